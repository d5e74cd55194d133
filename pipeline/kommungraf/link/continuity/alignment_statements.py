"""Promises and what was told of them, shelved by publisher: the statements that alignment compares."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kommungraf.link.continuity.alignment_words import Vector, Weights, cover, merged, sentences_of, stems, subjects
from kommungraf.link.resolution import Json, Resolution, Slice, literal_text

_YEARLY = frozenset({"verksamhetsberättelse", "årsredovisning"})
_INTERIM = re.compile(r"(?i)\b(?:delår|tertial|kvartal|månads|halvår)|\bper den \d|\b(?:januari|jan)\s?[-–]\s?\w+")
_NOT_YEARLY_PLANS = frozenset({"strategi"})
_NAMED = ("Project", "Network")
_COMMITTEE = re.compile(r"(?i)nämnd(?:en)?$")
_FRONT = 400
_NAME = 5
_INDEXED = 6
"""How many of the most telling stems a promise is found by."""
_MENTIONED = 0.35
_PASSAGE = re.compile(r"/(\d+)-(\d+)$")
_NOTHING = Vector({})
# Where a plan's sentence goes on to say how, what for or by way of example.
_HOW = re.compile(
    r"(?i)(?<=\w{3}),? (?:genom(?: att)?|för att|i syfte att|så att|såsom|som (?:verktyg|stöd)|där|exempelvis|"
    r"till exempel|t\.? ?ex|bland annat|utifrån|i enlighet|inom ramen|kopplat?|samt att|med hjälp av|i samarbete med|"
    r"med stöd av)\b|\(|(?<=[.;]) "
)
_WORDS = re.compile(r"\w+")
_LABEL = re.compile(r"^(?:\w*mål|aktivitet|uppdrag|åtgärd) \d+(?: \d+)* (?=\w)")
_BRACKETS = re.compile(r"\s*\([^)]*\)")
# Words of titles that do not tell whose plan it is.
_TITLE = re.compile(
    r"(?i)\w*(?:plan|budget|berättelse|redovisning|rapport|strategi|inriktning)\w*|\b(?:19|20)\d\d\b|\bmål\b|\boch\b"
)


@dataclass(slots=True, eq=False)
class Statement:
    """A planned activity or a reported result with what the comparison needs of it.

    ``goal``: no activity; ``repeated``: a report has it as a heading over what was done.
    ``key`` is its wording apart from letters, brackets, line breaks and stops; ``scope`` the words of the title that
    tell whose document it is; ``even`` the vector for comparing plans with plans, ``core`` that of what is to be done
    without how and why, and ``subjects`` its words that not every plan has; ``telling`` are the stems that it is found
    by, ``sentences`` those of a result.
    """

    node: Json
    id: str
    text: str
    goal: bool
    repeated: bool
    piece: Slice
    year: int
    area: frozenset[str]
    area_name: str
    scope: frozenset[str]
    names: tuple[str, ...]
    start: int
    key: str
    vector: Vector = field(default_factory=lambda: _NOTHING)
    even: Vector = field(default_factory=lambda: _NOTHING)
    core: Vector = field(default_factory=lambda: _NOTHING)
    subjects: frozenset[str] = frozenset()
    telling: tuple[str, ...] = ()
    sentences: tuple[tuple[str, Vector], ...] = ()

    @property
    def evidence(self) -> list[str]:
        """Its passages."""
        return list(self.node.get("evidence", ()))


@dataclass(slots=True, eq=False)
class Section:
    """What a report says under one heading; a result without a heading is a section of its own."""

    heading: str
    key: str
    results: list[Statement]
    heading_vector: Vector
    vector: Vector = field(default_factory=lambda: _NOTHING)

    @property
    def first(self) -> Statement:
        """Its first result, which stands for its place."""
        return self.results[0]


@dataclass(slots=True)
class Shelf:
    """All plans and reports of one publisher; ``accounts`` are all that tell of a whole year, with results or not, and
    ``interim`` what was told of a part of a year whose whole report is held."""

    promises: list[Statement] = field(default_factory=list)
    results: list[Statement] = field(default_factory=list)
    interim: list[Statement] = field(default_factory=list)
    plans: dict[int, list[Slice]] = field(default_factory=dict)
    reports: dict[int, list[Slice]] = field(default_factory=dict)
    accounts: dict[int, list[Slice]] = field(default_factory=dict)
    weights: Weights = field(default_factory=lambda: Weights(()))

    def of_year(self, year: int) -> list[Statement]:
        """The promises of a year."""
        return [one for one in self.promises if one.year == year]

    def told_of(self, year: int) -> list[Statement]:
        """The results of a year."""
        return [one for one in self.results if one.year == year]

    def settle(self) -> None:
        """Set apart what a report of part of a year told of it where the whole year's is held; weigh the words."""
        whole = {year for year, reports in self.reports.items() if any(is_yearly(piece) for piece in reports)}
        self.interim = [one for one in self.results if one.year in whole and not is_yearly(one.piece)]
        self.results = [one for one in self.results if one.year not in whole or is_yearly(one.piece)]
        self._weigh()

    def mentions(self, promise: Statement) -> bool:
        """Whether a report or the accounts of its year name the project that a promise names, or tell of it in passing.

        A network is named for many reasons, a project for what it did.
        """
        text = promise.text.casefold()
        for piece in self.accounts.get(promise.year, ()):
            names = (str(node["name"]).casefold() for node in piece.of("Project", "NamedThing"))
            if any(len(name) >= _NAME and name in text for name in names):
                return True
            told = (str(node.get("text", "")) for node in piece.of("Change", "ReportedDecision", "Figure"))
            if any(cover(promise.vector, self.weights.within(each)) >= _MENTIONED for each in told):
                return True
        return False

    def _weigh(self) -> None:
        """Give every statement its vector: how telling a word is follows from all that the publisher plans."""
        years: dict[int, set[str]] = {}
        for one in self.promises:
            years.setdefault(one.year, set()).add(one.text)
        for one in (*self.results, *self.interim):
            years.setdefault(one.year, set()).add(str(one.node.get("heading") or ""))
        self.weights = Weights(years.values())
        for one in self.promises:
            one.vector = self.weights.of(one.text, one.names)
            one.even = self.weights.of(one.text, one.names, even=True)
            core = _core(one.text)
            one.core = self.weights.of(core, even=True) if core != one.text or one.names else one.even
            one.subjects = subjects(one.core)
            telling = (each for vector in (one.even, one.core, one.vector) for each in vector.telling(_INDEXED))
            one.telling = tuple(dict.fromkeys(telling))
        for one in (*self.results, *self.interim):
            one.sentences = tuple((each, self.weights.within(each)) for each in sentences_of(one.text))
            named = [self.weights.within("", one.names)] if one.names else []
            one.vector = merged([*named, *(vector for _, vector in one.sentences)])


def wording(text: str) -> str:
    """A wording as it is compared word for word, without the number of its goal."""
    return _LABEL.sub("", " ".join(_WORDS.findall(_BRACKETS.sub("", text).casefold())))


def shelves(slices: Iterable[Slice], resolution: Resolution) -> list[Shelf]:
    """The plans and reports of each publisher; a file of unknown publisher is a shelf of its own."""
    found: dict[str, Shelf] = {}
    for piece in slices:
        told = any(piece.nodes.get(kind) for kind in ("PlannedActivity", "ReportedResult"))
        if piece.year is None or not (told or is_yearly(piece)):
            continue
        publisher = resolution.iri(piece.head.get("publisher"))
        known = publisher is not None and "/mention/" not in publisher
        _put(piece, found.setdefault(str(publisher) if known else piece.file, Shelf()), resolution)
    for shelf in found.values():
        shelf.settle()
    return [shelf for _, shelf in sorted(found.items())]


def _put(piece: Slice, shelf: Shelf, resolution: Resolution) -> None:
    promises = list(_statements(piece, "PlannedActivity", resolution))
    results = list(_statements(piece, "ReportedResult", resolution))
    shelf.promises += promises
    shelf.results += results
    year = piece.year or 0
    if is_yearly(piece):
        shelf.accounts.setdefault(year, []).append(piece)
    if results:
        shelf.reports.setdefault(year, []).append(piece)
    elif any(not one.goal for one in promises) and piece.type not in _NOT_YEARLY_PLANS:
        shelf.plans.setdefault(year, []).append(piece)


def _statements(piece: Slice, kind: str, resolution: Resolution) -> Iterator[Statement]:
    areas = {node["@id"]: str(node["name"]) for node in piece.of("FocusArea")}
    mentions = sorted(
        (*_place(passage), resolution.iri(node["@id"]) or "")
        for node in piece.of(*_NAMED)
        for passage in node.get("evidence", ())[:1]
    )
    begins = [begin for begin, _, _ in mentions]
    scope = _scope(piece)
    for node in piece.of(kind):
        places = [_place(passage) for passage in node.get("evidence", ())]
        names = {
            name
            for begin, end in places
            for start, stop, name in mentions[bisect_left(begins, begin) : bisect_left(begins, end)]
            if stop <= end
        }
        area = areas.get(node.get("partOf", ""), "")
        year = int(literal_text(node.get("year")) or piece.year or 0)
        yield Statement(
            node,
            str(node["@id"]),
            str(node["text"]),
            bool(node.get("isGoal")),
            bool(node.get("fromReport")),
            piece,
            year,
            area=_area_words(area),
            area_name=area,
            scope=scope,
            names=tuple(sorted(names)),
            start=places[0][0],
            key=wording(node["text"]),
        )


def _scope(piece: Slice) -> frozenset[str]:
    """The words of the title that tell whose document it is, and the committees that stand on its front."""
    opening = _place(piece.head["evidence"][0])[0] if piece.head.get("evidence") else 0
    boards = [
        str(node["name"])
        for node in piece.of("GoverningBody")
        if _COMMITTEE.search(str(node["name"])) and _place(node["evidence"][0])[0] - opening < _FRONT
    ]
    return frozenset(stems(" ".join((_TITLE.sub(" ", str(piece.head.get("title", ""))), *boards))))


def _area_words(name: str) -> frozenset[str]:
    """What tells areas apart: the words of the name, or all of it where only a number does ("Uppdrag 6")."""
    return frozenset({name.casefold()} if any(each.isdigit() for each in name) else stems(name))


def _place(passage: str) -> tuple[int, int]:
    match = _PASSAGE.search(passage)
    return (int(match[1]), int(match[2])) if match else (0, 0)


def sections(results: Iterable[Statement], weights: Weights) -> list[Section]:
    """Results under their headings, in the order of the text."""
    found: list[Section] = []
    for one in sorted(results, key=lambda each: (each.piece.id, each.start)):
        heading = str(one.node.get("heading") or "")
        last = found[-1] if found else None
        same = last is not None and heading and last.heading == heading and last.first.piece is one.piece
        if last is not None and same and last.first.area_name == one.area_name:
            last.results.append(one)
        else:
            found.append(Section(heading, wording(heading), [one], weights.of(heading)))
    for section in found:
        section.vector = merged([one.vector for one in section.results])
    return found


def _core(text: str) -> str:
    """What is to be done: the words before those that say how, what for or by way of example."""
    match = _HOW.search(text)
    return text[: match.start()] if match else text


def is_yearly(report: Slice) -> bool:
    """Whether a report is of a whole year: what it leaves out is left out; an interim one may come to it later."""
    return report.type in _YEARLY and not _INTERIM.search(str(report.head.get("title", "")))
