"""What running text says in numbers, in a form that can be compared: value with its play, year, place and words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from kommungraf.link.continuity.contradictions_words import head_of, hedges, listed, pattern, stems
from kommungraf.link.continuity.measures import step_of
from kommungraf.link.resolution import Json, Resolution, Slice, literal_text
from kommungraf.text import fold

LIMIT = 0.6
"""Below this score nothing is said to contradict anything."""

_CLAUSE = re.compile(r",\s|[;:(]\s?|\s(?:varav|därav|men|medan|samt)\s")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TENTH = Decimal("0.1")
_EXACT_TO = 1000
"""Amounts printed in whole tkr may be off by one in the last figure; coarser ones are rounded."""


@dataclass(slots=True)
class Contradiction:
    """Two statements that cannot both be right; ``one`` and ``other`` are nodes of records."""

    one: Json
    other: Json
    about: str | None
    explanation: str
    method: str
    score: float
    because: str


@dataclass
class Said:
    """A number in running text. ``low`` and ``high`` are what it may mean.

    ``head`` is the head noun of what it counts, ``telling`` are the stems of its clause and ``words`` of its sentence;
    ``section`` is the last table or agenda item before it, ``heading`` the heading over it.
    """

    node: Json
    piece: Slice
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    year: int | None
    phase: str | None
    head: str
    clause: str
    telling: frozenset[str]
    words: frozenset[str]
    scope: str | None
    section: str
    heading: str
    start: int
    names: _Names

    @cached_property
    def sentence(self) -> str:
        """The sentence in which it stands."""
        return str(self.node["text"])

    @cached_property
    def named(self) -> frozenset[str]:
        """The projects and networks that the sentence names."""
        return self.names.within(self.start - len(self.sentence), self.start + len(self.sentence), self.sentence)

    @cached_property
    def planned(self) -> bool:
        """Whether the sentence plans, hopes or estimates."""
        return pattern("planned").search(fold(self.sentence)) is not None

    @cached_property
    def pointing(self) -> bool:
        """Whether the clause speaks of something that was named before ("skolan")."""
        return not listed("pointing").isdisjoint(fold(self.clause).split())

    @cached_property
    def part(self) -> bool:
        """Whether the clause counts a part of something, or what is said of each."""
        return pattern("part").search(fold(self.clause)) is not None

    @cached_property
    def differs(self) -> bool:
        """Whether it is how much two other numbers differ: "2 mnkr bättre än budget"."""
        _, found, after = self.sentence.partition(_bare(self.node))
        return bool(found) and pattern("differs").search(fold(after)) is not None

    @cached_property
    def time(self) -> frozenset[str]:
        """The seasons, months and days that the sentence names."""
        return frozenset(pattern("time").findall(fold(self.sentence)))

    @cached_property
    def printed(self) -> str:
        """The number as the text prints it, with what it counts."""
        return str(self.node.get("asPrinted") or self.value)


def day_of(value: object) -> date | None:
    """The day that a literal of a record gives; a month or a year is none."""
    text = literal_text(value)
    return date.fromisoformat(text) if _DAY.fullmatch(text) else None


def start_of(node: Json) -> int:
    """Where the last piece of evidence of a node begins: for a number in text, the number itself."""
    return int(str(node["evidence"][-1]).rpartition("/")[2].partition("-")[0])


def play(value: Decimal, step: Decimal, unit: str, hedge: str | None) -> tuple[Decimal, Decimal]:
    """From what to what a printed number may mean.

    "Cirka" leaves a tenth to both sides, "drygt" and "knappt" a bit more to one; "över" and "upp till" are open ends.
    """
    kind = hedges().get(hedge or "")
    slack = Decimal(0)
    if unit == "SEK":
        slack = step if step <= _EXACT_TO else step / 2
    elif step < 1:
        slack = step / 2
    elif unit == "percent":
        slack = Decimal("0.5")
    tenth = abs(value) * _TENTH
    low, high = value - slack, value + slack
    if kind == "about":
        return low - tenth, high + tenth
    if kind == "just_above":
        return low, high + tenth * 2
    if kind == "just_below":
        return low - tenth * 2, high
    if kind == "above":
        return low, Decimal("Infinity")
    return (Decimal("-Infinity"), high) if kind == "below" else (low, high)


def said(piece: Slice, resolution: Resolution) -> Iterator[Said]:
    """The numbers of a document's running text."""
    names = _Names(piece, resolution)
    sections = _sections(piece)
    for node in piece.of("Figure", "Observation"):
        if node.get("table") or not node.get("text"):
            continue
        value = Decimal(literal_text(node["value"]))
        step = step_of(value, node.get("asPrinted", ""))
        hedge = node.get("hedge")
        sentence = str(node["text"])
        clause = _clause(sentence, node)
        start = start_of(node)
        year = literal_text(node.get("fiscalYear"))
        low, high = play(value, step, node["unit"], hedge)
        at = bisect_right(sections, (start, "\uffff"))
        yield Said(
            node=node,
            piece=piece,
            value=value,
            low=low,
            high=high,
            unit=str(node["unit"]),
            year=int(year) if year else piece.year,
            phase=node.get("phase"),
            head=head_of(str(node["lineItem"])),
            clause=clause,
            telling=stems(clause),
            words=stems(sentence),
            scope=resolution.iri(node.get("scope")),
            section=sections[at - 1][1] if at else "",
            heading=_place_of(node),
            start=start,
            names=names,
        )


def _place_of(node: Json) -> str:
    """The heading over a number, folded; one that stands over many parts tells no place, and the number its own."""
    heading = fold(str(node.get("underHeading", ""))).strip(" :.")
    return str(node["@id"]) if heading in listed("headings") else heading


def _bare(node: Json) -> str:
    """The number as printed without its hedge."""
    printed, hedge = str(node.get("asPrinted", "")), str(node.get("hedge") or "")
    return printed[len(hedge) :].strip() if hedge and fold(printed).startswith(fold(hedge)) else printed


def _clause(sentence: str, node: Json) -> str:
    """The clause in which the number stands, by commas and the like; the sentence where it cannot be found."""
    bare = _bare(node)
    at = sentence.find(bare) if bare else -1
    if at < 0:
        return sentence
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(sentence)), len(sentence)]
    begin = max(cut for cut in cuts if cut <= at)
    end = min(cut for cut in cuts if cut >= at + len(bare))
    return sentence[begin:end]


def _sections(piece: Slice) -> list[tuple[int, str]]:
    """Where each table or agenda item of the document begins: text after a table most often comments it, and items of
    minutes are of different matters."""
    found: dict[str, int] = {str(node["@id"]): start_of(node) for node in piece.of("AgendaItem")}
    for node in piece.of("Observation"):
        if title := node.get("table"):
            start = start_of(node)
            found[title] = min(found.get(title, start), start)
    return sorted((start, title) for title, start in found.items())


class _Names:
    """The projects and networks that a document names, by place; read when first asked."""

    def __init__(self, piece: Slice, resolution: Resolution) -> None:
        self.piece, self.resolution = piece, resolution
        self.places: list[tuple[int, str, str]] | None = None

    def within(self, start: int, end: int, sentence: str) -> frozenset[str]:
        """The entities named between two places, if their name stands in the sentence at hand."""
        if self.places is None:
            self.places = sorted(self._read())
        low, high = bisect_right(self.places, (start,)), bisect_right(self.places, (end, "\uffff"))
        folded = fold(sentence)
        return frozenset(entity for _, name, entity in self.places[low:high] if name in folded)

    def _read(self) -> Iterator[tuple[int, str, str]]:
        for node in self.piece.of("Project", "Network"):
            entity = str(self.resolution.iri(node["@id"]))
            for passage in node.get("evidence", ()):
                start = int(str(passage).rpartition("/")[2].partition("-")[0])
                for name in filter(None, (node["name"], node.get("shortName"))):
                    yield start, fold(str(name)), entity
