"""What a document tells of itself, and where two of them tell different things: those are no versions of each other.

Like wording alone says little. Minutes of two meetings come from one template, a plan repeats last year's, and letters
of one office differ in a name. So two documents are compared by publisher, type, meeting, year, date, title, paragraphs
and matters first.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from kommungraf.dates import MONTHS
from kommungraf.link.resolution import Json, Slice, literal_text
from kommungraf.model.sketch import Sketch, read_sketch
from kommungraf.text import fold, squeeze

_WORD = re.compile(r"[^\W\d_]+|\d+")  # a page number may stick to a word
_OF_EDITIONS = frozenset(
    "förslag till utkast koncept reviderad reviderat rättad rättat korrigerad korrigerat uppdaterad uppdaterat ny "
    "slutlig version utgåva bilaga kopia antagen antaget justerad justerat ojusterat och för i av den det".split()
)
_NUMBERED = re.compile(r"\d+|[ivx]{2,}|" + "|".join(MONTHS))
_PROPOSED = re.compile(r"(?i)förslag\b")
_UNCLEAR = "övrigt"
_LIKE_NAME = 80  # names and titles that a recogniser read are compared by likeness, from 0 to 100
_SAME_PARAGRAPHS = 0.6
_FEW_CASES = 2  # who names more matters is not about one


@dataclass(frozen=True, slots=True)
class Told:
    """What a document tells of itself; empty where it does not say. ``met``: the date of its first dated meeting, and
    ``bodies``: who met on that day. ``statements``: how many mentions and statements were found in it."""

    id: str
    file: str
    type: str
    publishers: frozenset[str]
    year: str
    issued: str
    bodies: frozenset[str]
    met: str
    title: frozenset[str]
    numbers: frozenset[str]
    paragraphs: frozenset[int]
    cases: frozenset[str]
    edition: str
    recognition: float
    sketch: Sketch
    statements: int
    opening: str

    @property
    def recognised(self) -> bool:
        """Whether its text, or some of it, was read in a picture."""
        return self.recognition < 1

    @property
    def dates(self) -> set[str]:
        """All that dates it, the most telling of each kind."""
        return {f"met {self.met}" if self.met else "", f"issued {self.issued}" if self.issued else "", self.year} - {""}


class Difference(NamedTuple):
    """Something that two documents tell differently: what (publisher, date …), and a clause that says so."""

    what: str
    said: str


def told(piece: Slice) -> Told | None:
    """What a slice's document tells of itself; ``None`` where its record has no sketch."""
    written = piece.head.get("sketch")
    if not written:
        return None
    met = next((literal_text(node["date"]) for node in piece.of("Meeting") if node.get("date")), "")
    title = set(_WORD.findall(fold(str(piece.head["title"])))) - _OF_EDITIONS
    numbers = {word for word in title if _NUMBERED.fullmatch(word)}
    return Told(
        id=piece.id,
        file=piece.file,
        type=piece.type,
        publishers=_publishers(piece),
        year=literal_text(piece.head.get("year")),
        issued=literal_text(piece.head.get("issued")),
        bodies=frozenset(
            fold(str(node["name"])) for node in piece.of("Meeting") if met == literal_text(node.get("date"))
        ),
        met=met,
        title=frozenset(title - numbers),
        numbers=frozenset(numbers),
        paragraphs=frozenset(node["number"] for node in piece.of("AgendaItem")),
        cases=frozenset(_case(node) for node in piece.of("Case")),
        edition=squeeze(str(piece.head.get("statedVersion") or (_PROPOSED.match(str(piece.head["title"])) or [""])[0])),
        recognition=float(literal_text(piece.head.get("recognition")) or 1),
        sketch=read_sketch(str(written)),
        statements=sum(len(nodes) for nodes in piece.nodes.values()),
        opening=str(piece.head["evidence"][0]),
    )


def _publishers(piece: Slice) -> frozenset[str]:
    """The names of its publisher, short ones included; empty where it has none."""
    own = piece.head.get("publisher")
    if own is None:
        return frozenset()
    if "/mention/" not in own:
        return frozenset({str(own)})
    named = [node for node in piece.of("Organization", "Municipality", "Region", "Network") if node["@id"] == own]
    names = {fold(str(node[key])) for node in named for key in ("name", "shortName") if node.get(key)}
    shorts = {
        fold(str(node["shortName"]))
        for node in piece.of("Organization")
        if node.get("shortName") and fold(str(node["name"])) in names
    }
    return frozenset(names | shorts)


def _case(node: Json) -> str:
    return re.sub(r"\W", "", fold(str(node["diaryNumber"])))


def are_others(one: Told, other: Told) -> bool:
    """Whether two documents are of two publishers, years or typed dates of a meeting: wording does not matter then."""
    if one.publishers and other.publishers and not one.publishers & other.publishers:
        return True
    if one.year and other.year and one.year != other.year:
        return True
    length = min(len(one.met), len(other.met))
    return one.met[:length] != other.met[:length] and not (one.recognised or other.recognised)


def differences(one: Told, other: Told) -> list[Difference]:
    """What two documents tell differently of themselves; nothing where one of them does not say."""
    read = one.recognised or other.recognised
    found = [
        _differ("publisher", "publishers", one.publishers, other.publishers),
        _differ("type", "types", {one.type} - {_UNCLEAR}, {other.type} - {_UNCLEAR}),
        _apart("year", "years", one.year, other.year),
        _apart("meeting", "dates of the meeting", one.met, other.met),
        _apart("issued", "dates of issue", one.issued, other.issued),
        _bodies(one, other, read),
        _titles(one, other, read),
        _paragraphs(one, other),
    ]
    if max(len(one.cases), len(other.cases)) <= _FEW_CASES:
        found.append(_differ("cases", "matters", one.cases, other.cases))
    return [difference for difference in found if difference is not None]


def _differ(what: str, plural: str, one: Set[str], other: Set[str]) -> Difference | None:
    if not one or not other or one & other:
        return None
    return Difference(what, f"their {plural} differ ({_few(one)}; {_few(other)})")


def _apart(what: str, plural: str, one: str, other: str) -> Difference | None:
    """Two dates that cannot be one: what the more precise has too much is not in the way."""
    length = min(len(one), len(other))
    if one[:length] == other[:length]:
        return None
    return Difference(what, f"their {plural} differ ({one}; {other})")


def _bodies(one: Told, other: Told, read: bool) -> Difference | None:
    if not one.met or one.met != other.met:
        return None
    for ours in one.bodies:
        for theirs in other.bodies:
            if ours in theirs or theirs in ours or (read and fuzz.ratio(ours, theirs) >= _LIKE_NAME):
                return None
    return Difference("body", f"their bodies differ ({_few(one.bodies)}; {_few(other.bodies)})")


def _titles(one: Told, other: Told, read: bool) -> Difference | None:
    """Titles differ where each has a word of its own, or where one is of another month or number."""
    if one.numbers - other.numbers and other.numbers - one.numbers and not read:
        return Difference("numbers", f"the numbers in their titles differ ({_few(one.numbers)}; {_few(other.numbers)})")
    ours, theirs = one.title - other.title, other.title - one.title
    if not ours or not theirs:
        return None
    if read and fuzz.token_sort_ratio(" ".join(sorted(one.title)), " ".join(sorted(other.title))) >= _LIKE_NAME:
        return None
    return Difference("title", f"their titles differ ({_few(ours)}; {_few(theirs)})")


def _paragraphs(one: Told, other: Told) -> Difference | None:
    """Minutes and an extract of them, or two extracts, do not have the same paragraphs."""
    ours, theirs = one.paragraphs, other.paragraphs
    if not ours or not theirs or len(ours & theirs) >= _SAME_PARAGRAPHS * len(ours | theirs):
        return None
    return Difference("paragraphs", "they do not have the same paragraphs")


def _few(words: Set[str]) -> str:
    return " ".join(sorted(words)[:4])
