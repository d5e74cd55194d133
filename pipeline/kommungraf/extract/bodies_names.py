"""Words that name governing bodies: ``kommunstyrelsens`` is the genitive of ``kommunstyrelsen``.

The words are looked for by their stems (a literal search is much quicker than a pattern over each word) and then read
outwards: a compound to the left, an ending to the right, ``barn- och`` before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from kommungraf.wordlists import toml

_HYPHENATED = re.compile(r"(?:[A-Za-zÅÄÖåäöé]+-\s*,\s*)*[A-Za-zÅÄÖåäöé]+-\s+(?:och|samt)\s+$")
_NAMED_FOR = re.compile(
    r" för (?:[A-ZÅÄÖa-zåäö-]+, )*[A-ZÅÄÖa-zåäö-]{4,}(?: (?:och|&) [A-ZÅÄÖa-zåäö-]{3,}| & [A-ZÅÄÖ][a-zåäö]+)?"
)
_SPACED = re.compile(
    r"(?<![\w-])(kommun|region|landstings|förbunds|bolags|förenings)\s((?:fullmäktige|styrelsen?|mötet?|stämman?|direktionen?)s?)(?![\w-])"
)
_WORD = re.compile(r"[\w-]+")


class BodyName(NamedTuple):
    """A word (or words) that name a body. ``name`` is the plain form: lower case, definite, no genitive.

    ``stem`` is the kind of body (``nämnd``); ``definite`` and ``genitive`` say how it was printed; ``misspelt`` is set
    where it was read as the nearest known word.
    """

    start: int
    end: int
    name: str
    stem: str
    definite: bool
    genitive: bool
    misspelt: bool = False

    @property
    def bare(self) -> bool:
        """Whether the word alone says nothing about whose body it is, not even of what kind: ``styrelsen``."""
        return self.name in (
            "styrelsen",
            "nämnden",
            "utskottet",
            "direktionen",
            "presidiet",
            "fullmäktige",
            "valberedningen",
            "revisorerna",
            "arbetsutskottet",
        )


class _Stem(NamedTuple):
    stem: str
    indefinite: str
    definite: str
    prefixes: frozenset[str]
    endings: dict[str, tuple[bool, bool]]


@cache
def _stems() -> list[_Stem]:
    stems = []
    for stem, row in toml("extract", "bodies.toml").items():
        if stem == "rules":
            continue
        indefinite, definite = row.get("indefinite", ""), row["definite"]
        endings = {indefinite: (definite == indefinite, False), definite: (True, False), definite + "s": (True, True)}
        endings |= {indefinite + "s": (True, True)} if definite != indefinite else {}
        stems.append(_Stem(stem, indefinite, definite, frozenset(row["prefixes"]), endings))
    return stems


@cache
def _rules() -> tuple[frozenset[str], re.Pattern[str], re.Pattern[str]]:
    rules = toml("extract", "bodies.toml")["rules"]
    adjective = re.compile(rf"(?<![\w-])(?:{'|'.join(rules['adjectives'])})\s+$")
    return frozenset(rules["not_bodies"]), adjective, re.compile(rf"(?<![\w-])(?:{'|'.join(rules['any'])})\s+$")


@cache
def _not_for() -> frozenset[str]:
    return frozenset(toml("extract", "bodies.toml")["rules"]["not_for"])


@cache
def _half() -> re.Pattern[str]:
    halves = "|".join(toml("extract", "bodies.toml")["rules"]["halves"])
    return re.compile(rf"(?<![\w-])(?:{halves})\s(?:och|&)\s$")


def body_names(text: str) -> list[BodyName]:
    """All words of a text that name a body, in order; ``kommunstyrelsens arbetsutskott`` is one name."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = text
    found: dict[int, BodyName] = {}
    for stem in _stems():
        position = lowered.find(stem.stem)
        while position >= 0:
            name = _read(lowered, position, stem)
            if name is not None and (name.start not in found or found[name.start].end < name.end):
                found[name.start] = name
            position = lowered.find(stem.stem, position + len(stem.stem))
    for name in _misspelt(lowered):
        found.setdefault(name.start, name)
    names: list[BodyName] = []
    for name in sorted(found.values()):
        if not names or name.start >= names[-1].end:  # "kommun styrelsen" torn apart holds a "styrelsen"
            names.append(name)
    return list(_joined(lowered, names))


def _read(text: str, position: int, stem: _Stem) -> BodyName | None:
    """The body whose stem stands at a position, or ``None`` where the word around it is another."""
    end = position + len(stem.stem)
    while end < len(text) and (text[end].isalpha() or text[end] == "-"):
        end += 1
    ending = stem.endings.get(text[position + len(stem.stem) : end])
    if ending is None:
        return None
    start = position
    while start and (text[start - 1].isalnum() or text[start - 1] in "-_"):
        start -= 1
    prefix, (definite, genitive) = text[start:position], ending
    not_bodies, adjective, anyone = _rules()
    if (prefix not in stem.prefixes and not (prefix and "*" in stem.prefixes)) or prefix + stem.stem in not_bodies:
        return None
    before = text[max(0, start - 60) : start]
    hyphenated = _HYPHENATED.search(before)
    if not prefix and not hyphenated:
        named = adjective.search(before)
        if named and (stem.stem in ("nämnd", "utskott") or stem.stem.endswith("råd")):
            start -= len(before) - named.start()
        elif not definite and stem.stem != "styrelse" and text[max(0, start - 2) : start] != "s ":
            return None
    elif hyphenated and ("*" in stem.prefixes):
        start -= len(before) - hyphenated.start()
    elif stem.stem == "nämnd" and (half := _half().search(before)) is not None:
        start -= len(before) - half.start()
    if not definite and anyone.search(text, max(0, start - 14), start):
        return None
    name = " ".join((text[start:position] + stem.stem + stem.definite).split())
    if stem.stem == "nämnd" and not hyphenated:
        name = re.sub(r"^(\w+) (?:och|&) ", r"\1- och ", name)
    name = name.replace("gemensam nämnd", "gemensamma nämnd")  # a heading: "Gemensam nämnd för hjälpmedel"
    if name in ("nämnden", "gemensamma nämnden") and (purpose := _NAMED_FOR.match(text, end)) is not None:
        words = " ".join(purpose.group().split())
        if words.split()[1].strip(",") not in _not_for():
            return BodyName(start, purpose.end(), f"{name} {words}", stem.stem, True, False)
    return BodyName(start, end, name, stem.stem, definite, genitive)


def _joined(text: str, names: list[BodyName]) -> Iterator[BodyName]:
    """Names with a body's part joined to it: ``kommunstyrelsens arbetsutskott`` is one body."""
    skip = -1
    for index, name in enumerate(names):
        if index == skip:
            continue
        after = names[index + 1] if index + 1 < len(names) else None
        parts = ("utskott", "presidi", "valberedning")
        if after and name.genitive and after.stem in parts and text[name.end : after.start] == " ":
            skip = index + 1
            indefinite = " ".join(text[after.start : after.end].split())
            indefinite = re.sub(
                r"(?<=utskott)(?:ets?|s)$|(?<=presidi)(?:ets?|ums)$|(?<=beredning)ens?$", "", indefinite
            )
            indefinite = indefinite + "um" if indefinite.endswith("presidi") else indefinite
            genitive = name.name if name.name.endswith("s") else name.name + "s"
            yield after._replace(start=name.start, name=f"{genitive} {indefinite}", definite=True)
        else:
            yield name


@cache
def _known_forms() -> tuple[dict[str, tuple[str, str, bool]], frozenset[str]]:
    """Long compounds of the closed lists by each form, and the plurals, which are no misspellings."""
    forms: dict[str, tuple[str, str, bool]] = {}
    plurals = set()
    for stem in _stems():
        for prefix in stem.prefixes - {"*"}:
            whole = prefix + stem.stem
            if len(whole) >= 10 and " " not in whole:
                for ending, (_, genitive) in stem.endings.items():
                    forms[whole + ending] = (whole + stem.definite, stem.stem, genitive)
                plurals |= {whole + ending for ending in toml("extract", "bodies.toml")[stem.stem]["plural"]}
    return forms, frozenset(plurals)


@cache
def _nearest(word: str) -> tuple[str, str, bool] | None:
    """The one body that a long word is a single letter away from, if it is no word of its own (a plural)."""
    forms, plurals = _known_forms()
    if word in plurals or word in forms:
        return None
    near = {value for form, value in forms.items() if Levenshtein.distance(word, form, score_cutoff=1) == 1}
    return near.pop() if len(near) == 1 else None


def _misspelt(text: str) -> Iterator[BodyName]:
    for match in _SPACED.finditer(text):
        forms, _ = _known_forms()
        known = forms.get(match[1] + match[2])
        if known is not None:
            yield BodyName(match.start(), match.end(), known[0], known[1], True, known[2], misspelt=True)
    for prefix in ("förbunds", "kommunst", "kommunfu", "regionst", "regionfu", "bolagsst", "förenings", "landstings"):
        position = text.find(prefix)
        while position >= 0:
            word = _WORD.match(text, position)
            free = position == 0 or not (text[position - 1].isalnum() or text[position - 1] == "-")
            if word and free and len(word.group()) >= 10 and (near := _nearest(word.group())) is not None:
                yield BodyName(position, word.end(), near[0], near[1], True, near[2], misspelt=True)
            position = text.find(prefix, position + len(prefix))
