"""What a Swedish name looks like: word lists, word shapes, and how a run of capitalised words falls into names.

No list holds every name. A word is sorted into a kind; a run of words is cut into names at the least cost; what a name
scores says how much more evidence (a party after it, a list, an office) it needs before it counts.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from kommungraf.wordlists import toml

UPPER = "A-ZÅÄÖÆØÜÉÈÁÓÍÚÇŠŽČĆĐŞĞİŁÑ"
LOWER = "´a-zåäöæøüéèêëáàãâąćčçđęěğíîïıłńñóòôõřśšşțúùûýžźż"
PARTICLES = frozenset("von af de der van den da di dos du la le el al bin ibn ten ter zu do e y".split())
_CASED = (
    rf"(?:[{UPPER}]['’](?=[{UPPER}])|al-|el-)?[{UPPER}][{LOWER}]+(?:['’][{UPPER}]?[{LOWER}]+)?(?:[{UPPER}][{LOWER}]+)?"
    rf"(?:[-‐‑][{UPPER}]?[{LOWER}]+)*"
)
_CAPS = rf"[{UPPER}]{{2,}}(?:[-‐‑][{UPPER}]{{2,}})*"
_PARTICLE = r"(?:von der|van der|van den|de la|von|af|de|der|van|da|di|dos|du|la|le|el|al|bin|ten|ter|zu|do)"
# A run: capitalised words, initials and particles with one or two spaces between; a line break or a cell ends it.
TOKEN = rf"(?:{_CASED}|{_CAPS}|[{UPPER}]\.(?:-?[{UPPER}]\.)*|[{UPPER}](?:-[{UPPER}])?)(?![\w'’])"
_CALLED = rf"(?:[\"”“]{_CASED}[\"”“] )?"  # Lars "Lasse" Ek
RUN = re.compile(rf"(?<![\w@.&#-]){TOKEN}(?:[ \u00a0]{{1,2}}{_CALLED}(?:{_PARTICLE} )?{TOKEN})*")
_PLAIN = str.maketrans({"’": "'", "‐": "-", "‑": "-", "\u00a0": " "})
_WORD = re.compile(r"\S+")


class Kind(StrEnum):
    """What a word of a run may be."""

    FIRST = "first name"
    LAST = "last name"
    BOTH = "first or last name"
    UNKNOWN = "unknown"
    INITIAL = "initial"
    PARTICLE = "particle"
    STOP = "no part of a name"


class Name(NamedTuple):
    """A stretch of a run that may be a name: word indexes (end excluded) and how name-like it is by itself."""

    first: int
    last: int
    score: float
    reverse: bool = False


@cache
def words_about_names() -> dict[str, str]:
    """``data/people.toml`` with each list as the alternatives of a regular expression, the longest first."""
    return {
        key: "|".join(sorted(words.split(), key=lambda w: (-len(w), w)))
        for key, words in toml("extract", "people.toml").items()
    }


@cache
def _ending(kind: str) -> re.Pattern[str]:
    words = words_about_names()[kind]
    if kind == "stop_endings":
        words += f"|(?:{words_about_names()['office_endings']})(?:en|n|et|e)?"
    return re.compile(f"(?<=..)(?:{words})$")


def _words(name: str) -> Iterator[str]:
    text = files("kommungraf.extract").joinpath("data", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if not line.startswith("#"):
            yield from line.split()


@cache
def first_names() -> frozenset[str]:
    """First names seen in Sweden, case-folded."""
    return frozenset(word.casefold() for word in _words("first_names.txt"))


@cache
def last_names() -> frozenset[str]:
    """Last names seen in Sweden, case-folded."""
    return frozenset(word.casefold() for word in _words("last_names.txt"))


@cache
def stop_words() -> frozenset[str]:
    """Words that are no part of a name, case-folded; with them the municipalities that are no family names."""
    text = files("kommungraf.extract").joinpath("data", "municipalities.csv").read_text(encoding="utf-8")
    places = {word.casefold() for row in csv.DictReader(text.splitlines()) for word in row["name"].split()}
    return frozenset(_words("not_names.txt")) | (places - last_names()) | {place + "s" for place in places}


@lru_cache(maxsize=100_000)
def kind_of(word: str) -> Kind:
    """The kind of a word by lists and shape alone, whatever its case (``NILSSON`` is a last name)."""
    word = word.translate(_PLAIN).strip('"”“')
    folded = word.casefold()
    if len(folded) == 3 and folded[1] == "-" and word.isupper():
        return Kind.FIRST  # "P-A Ek": two first names by their initials
    if folded in PARTICLES and (word[0].islower() or (word.isupper() and len(word) > 1)):
        return Kind.PARTICLE
    if len(folded.rstrip(".")) == 1 or re.fullmatch(r"(?:\w\.-?)+|\w-\w", folded):
        return Kind.INITIAL
    if "-" in folded:
        return _hyphenated(word)
    return _plain(folded)


def _plain(folded: str) -> Kind:
    first, last = folded in first_names(), folded in last_names()
    if first or last:
        return Kind.BOTH if first and last else Kind.FIRST if first else Kind.LAST
    if folded in stop_words():
        return Kind.STOP
    base = folded[:-1] if folded.endswith("s") and not folded.endswith("ss") else folded
    if base in last_names() or _ending("last_name_endings").search(base):
        return Kind.STOP if _ending("stop_endings").search(folded) else Kind.LAST
    if _ending("stop_endings").search(folded) or _ending("stop_endings").search(base) or base in stop_words():
        return Kind.STOP
    return Kind.FIRST if base in first_names() and len(base) > 3 else Kind.UNKNOWN


def _hyphenated(word: str) -> Kind:
    """``Ann-Louise`` and ``Berg-Nilsson`` are names; ``IT-chef``, ``IT-Center`` and ``Hälso-`` are not."""
    if word.casefold() in first_names():
        return Kind.FIRST
    parts = [part for part in word.split("-") if part]
    if (
        len(parts) < 2
        or parts[-1].casefold() in PARTICLES
        or (parts[0].isupper() and not word.isupper())
        or not all(part[0].isupper() for part in parts)
    ):
        return Kind.STOP if len(parts) < 2 or parts[0].isupper() or parts[-1].islower() else Kind.UNKNOWN
    kinds = [_plain(part.casefold()) for part in parts if part.casefold() not in PARTICLES]  # El-Khatib
    if Kind.STOP in kinds and parts[-1].casefold() not in last_names() - first_names():
        return Kind.STOP
    if kinds[-1] is Kind.LAST:
        return Kind.LAST
    return Kind.FIRST if kinds[0] in (Kind.FIRST, Kind.BOTH) else kinds[-1]


def is_genitive(word: str) -> bool:
    """Whether a word is a name's genitive and no name of its own: ``Nilssons``, but not ``Andreas`` or ``Fors``."""
    folded = word.casefold()
    if not folded.endswith("s") or folded.endswith(("ss", "'s")) or folded in last_names() or folded in first_names():
        return False
    base = folded[:-1]
    parts = base.rsplit("-", 1)
    return (
        parts[-1] in last_names()
        or parts[-1] in first_names()
        or (bool(_ending("last_name_endings").search(base)) and base[-2:] not in ("iu", "eu", "lä"))
    )


# What a word costs as the first, a middle and the last word of a name.
_COST: dict[Kind, tuple[float, float, float]] = {
    Kind.FIRST: (0.0, 0.3, 1.2),
    Kind.BOTH: (0.1, 0.4, 0.1),
    Kind.LAST: (2.0, 0.5, 0.0),
    Kind.UNKNOWN: (1.0, 0.8, 0.6),
    Kind.INITIAL: (0.6, 0.1, 4.0),
    Kind.PARTICLE: (3.0, 0.0, 6.0),
}
_SKIP, _NAME, _FIRST_AFTER_LAST, _LONGEST, _CROWDED = 2.0, 1.0, 2.0, 6, 5


def cut(kinds: list[Kind]) -> list[Name]:
    """The cheapest way to read a run of words as names; leaving a word out costs as well.

    In a long run lists have lost their line breaks: then three first names in a row are rather two people.
    """
    crowded = len(kinds) > _CROWDED
    best: list[tuple[float, int, bool]] = [(0.0, 0, False)]
    for end in range(1, len(kinds) + 1):
        skip = 0.0 if kinds[end - 1] is Kind.STOP else _SKIP
        choice = (best[end - 1][0] + skip, end - 1, False)
        for start in range(max(0, end - _LONGEST), end - 1):
            cost = _cost(kinds[start:end], crowded)
            if cost is not None and best[start][0] + cost < choice[0]:
                choice = (best[start][0] + cost, start, True)
        best.append(choice)
    found, end = [], len(kinds)
    while end:
        _, start, is_name = best[end]
        if is_name:
            found.append(Name(start, end, _score(kinds[start:end])))
        end = start
    return found[::-1]


def _cost(kinds: list[Kind], crowded: bool) -> float | None:
    if Kind.STOP in kinds:
        return None
    total = _NAME + _COST[kinds[0]][0] + _COST[kinds[-1]][2]
    seen_last = kinds[0] is Kind.LAST
    for position, kind in enumerate(kinds[1:-1], 1):
        total += _COST[kind][1]
        if crowded and kind is Kind.FIRST and position > 1 and kinds[position - 1] is Kind.FIRST:
            total += _FIRST_AFTER_LAST
        if kind is Kind.FIRST and (seen_last or (kinds[position - 1] is Kind.UNKNOWN and position > 1)):
            total += _FIRST_AFTER_LAST  # "Cecilia Ek Caroline Berg" are two people
        elif kind is Kind.FIRST and kinds[position - 1] is Kind.UNKNOWN:
            total += 0.3
        if kind is Kind.UNKNOWN and seen_last and kinds[position - 1] is Kind.LAST and kinds[-1] is Kind.LAST:
            total += 1.0  # "Eva Ek Kvoldra Berg" rather are two, of whom one has a rare name
        seen_last = seen_last or kind is Kind.LAST
    if kinds[-1] is Kind.FIRST and seen_last and len(kinds) > 2:
        total += _FIRST_AFTER_LAST
    return total


def _score(kinds: list[Kind]) -> float:
    """How much of a name a stretch is by itself; 2 is enough without context."""
    first, last = kinds[0], kinds[-1]
    is_first, is_last = first in (Kind.FIRST, Kind.BOTH), last in (Kind.LAST, Kind.BOTH)
    if is_first and is_last:
        return 3.0
    if is_first:
        return 2.2 if last is Kind.UNKNOWN else 1.6
    if is_last:
        return {Kind.INITIAL: 1.2, Kind.UNKNOWN: 1.5, Kind.LAST: 1.2}.get(first, 0.8)
    return 0.9 if Kind.FIRST in kinds else 0.3


def reversed_in_unit(kinds: list[Kind]) -> int:
    """How many words of a family name stand first in ``Berg Nils Olof`` (no comma), 0 for the usual order."""
    family = (Kind.LAST, Kind.UNKNOWN)
    last = next((index for index, kind in enumerate(kinds) if kind not in family), len(kinds))
    first = kinds[last:]
    if not first or len(kinds) > 4 or kinds[0] is not Kind.LAST:
        return 0
    return last if all(kind is Kind.FIRST for kind in first) else 0


@lru_cache(maxsize=20_000)
def spell(words: str) -> str:
    """A name in capitals as it is written otherwise: ``ANN-MARIE AF EK`` is ``Ann-Marie af Ek``."""
    words = words.translate(_PLAIN)
    return " ".join(_spell_word(word) if word.isupper() and len(word) > 1 else word for word in words.split())


def _spell_word(word: str) -> str:
    if word.casefold() in PARTICLES:
        return word.casefold()
    return "-".join(part[:1] + part[1:].lower() for part in word.split("-"))


def word_spans(text: str, start: int) -> list[tuple[int, int]]:
    """The offsets of the words of a run that starts at ``start``."""
    return [(start + match.start(), start + match.end()) for match in _WORD.finditer(text)]
