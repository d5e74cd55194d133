"""What of a graph can be searched for: names from what linking concluded, statements and paragraphs per document.

Rows are made of nodes on their way into the graph (JSON-LD with whole IRIs, keys of ``ontology/context.jsonld``), not
of the store: reading a million statements back takes longer than all the rest of the index.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

from kommungraf.query.lookup import local
from kommungraf.query.nodes import Node, document_label

Json = dict[str, Any]
Span = tuple[int, int]

NAME, SHORT, LONG = 0, 1, 2
"""Levels of what is found: something by its name, a short text or title, a long text."""

NAMED = tuple(
    "Person Party Municipality Region GoverningBody Organization Network Project FocusArea NamedThing Case "
    "Meeting".split()
)
"""Classes of what has a name of its own."""
STATED = tuple("AgendaItem Decision ReportedDecision Proposal Motion PlannedActivity ReportedResult".split())
"""Classes of what a document states that can be found by its words."""
LINE = "Observation"
"""The class of the values of a line of accounts: the values that a document has of a line are found together."""
KINDS = (*NAMED, "Document", *STATED, LINE, "Passage")
"""All kinds of hits."""
_LABELS = ("name", "shortName", "abbreviation", "diaryNumber", "altLabel")
_HEAD = {"title": "dcterms:title", "issued": "dcterms:issued", "year": "kg:year"}

_BREAK = re.compile(r"\n[ \t\r]*\n|\f")
_SENTENCE = re.compile(r"(?<=[.!?])\s|\n")
_HEADING = 60
"""A shorter paragraph is a heading or a cell: it goes with the one after it."""
_PARAGRAPH = 1_500
_SHORT = 300
"""A longer statement counts as a long text."""


class Facets(NamedTuple):
    """What hits can be chosen by, beside their kind. Bodies and places are IRIs."""

    years: tuple[int, ...] = ()
    bodies: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


_NO_FACETS = Facets()


@dataclass(frozen=True, slots=True)
class Row:
    """Something to be found.

    ``labels`` are all that it is called, for names; ``title`` is its own, empty where only its document has one;
    ``passage`` is the IRI of its evidence.
    """

    iri: str
    kind: str
    level: int
    title: str
    text: str = ""
    facets: Facets = _NO_FACETS
    labels: tuple[str, ...] = ()
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Whole:
    """A document in force on its way into the graph.

    ``extent``: where in the stored text ``text`` of its file it begins and ends. ``hidden``: the places of names that
    somebody asked to forget; no text that holds one can be found. ``entities`` are the nodes of all entities by IRI.
    """

    graph: str
    nodes: Sequence[Json]
    text: str
    extent: Span
    entities: Mapping[str, Json]
    hidden: Sequence[Span] = ()

    @property
    def head(self) -> Json:
        """The node of the document itself."""
        return next(node for node in self.nodes if node["@id"] == self.graph)

    @property
    def label(self) -> str:
        """What the document is called."""
        told = {name: {value: value for value in texts(self.head, key)} for key, name in _HEAD.items()}
        return document_label(Node(self.graph, told))

    @property
    def facets(self) -> Facets:
        """Its year, the body whose meeting it is of, and who published it."""
        meetings = (self.entities[node["@id"]] for node in self.nodes if self._kind(node) == "Meeting")
        bodies = sorted({body for meeting in meetings for body in texts(meeting, "body")})
        return Facets(years(self.head), tuple(bodies), tuple(texts(self.head, "publisher")))

    def _kind(self, node: Json) -> str:
        return str(self.entities.get(node["@id"], {}).get("@type", "")) if "evidence" in node else ""

    def named(self) -> Iterator[tuple[str, str]]:
        """What the document names (IRIs) and what it calls it there, where that is a title of its own."""
        for node in self.nodes:
            if self._kind(node) in NAMED:
                yield node["@id"], "\n".join(texts(node, "title"))

    def rows(self) -> Iterator[Row]:
        """The document itself, what it states, and its paragraphs."""
        facets = self.facets
        yield Row(self.graph, "Document", SHORT, self.label, facets=facets)
        items = {node["@id"]: node for node in self.nodes if node.get("@type") == "AgendaItem"}
        for node in self.nodes:
            if node.get("@type") in STATED:
                row = self._statement(node, items, facets)
                if not _meets(map(span, texts(node, "evidence")), self.hidden):
                    yield row
        yield from self._lines(facets)
        passages = sorted((span(node["@id"]), node["@id"]) for node in self.nodes if node.get("@type") == "Passage")
        for place in paragraphs(self.text, *self.extent):
            if not _meets([place], self.hidden):
                passage = _longest_in(place, passages)
                text = self.text[slice(*place)]
                yield Row(passage or self.graph, "Passage", LONG, "", text, facets, (), passage)

    def _statement(self, node: Json, items: Mapping[str, Json], facets: Facets) -> Row:
        text, kind = " ".join(texts(node, "text")), str(node["@type"])
        bodies = tuple(texts(node, "decidedBy"))
        own = Facets(years(node) or facets.years, bodies or facets.bodies, facets.places)
        passage = next(iter(texts(node, "evidence")), "")
        level = SHORT if len(text) <= _SHORT else LONG
        return Row(node["@id"], kind, level, self._title(node, items), text, own, (), passage)

    def _lines(self, facets: Facets) -> Iterator[Row]:
        """The lines of tables and the amounts of sentences: each once, with all values that stand in it."""
        lines: dict[tuple[str, ...], list[Json]] = {}
        for node in self.nodes:
            if node.get("@type") == LINE and not _meets(map(span, texts(node, "evidence")), self.hidden):
                key = (*texts(node, "lineItem"), *(texts(node, "text") or texts(node, "table") or [""]))
                lines.setdefault(key, []).append(node)
        for (title, where), values in ((key, values) for key, values in lines.items() if len(key) == 2):
            told = [" ".join([*texts(node, "column"), *texts(node, "asPrinted")]) for node in values]
            text = where if texts(values[0], "text") else ": ".join(part for part in (where, ", ".join(told)) if part)
            years = sorted({int(year) for node in values for year in texts(node, "fiscalYear")})
            own = Facets(tuple(years) or facets.years, facets.bodies, facets.places)
            passage = next(iter(texts(values[0], "evidence")), "")
            yield Row(values[0]["@id"], LINE, LONG, title, text, own, (), passage)

    @staticmethod
    def _title(node: Json, items: Mapping[str, Json]) -> str:
        if node["@type"] in ("PlannedActivity", "ReportedResult"):
            return next(iter(texts(node, "heading")), "")
        item = items.get(next(iter(texts(node, "agendaItem")), ""), node)
        title = next(iter(texts(item, "title") or texts(node, "title")), "")
        number = next(iter(texts(item, "number")), "")
        return f"§ {number} {title}".strip() if number else title


def name_row(node: Json, facets: Facets, titles: Sequence[str], entities: Mapping[str, Json]) -> Row:
    """The row of an entity. ``facets`` are those of the documents that name it, ``titles`` what these call it.

    A body is called by its organisation, too (of ``entities``): every municipality has the same bodies.
    """
    kind = str(node["@type"])
    labels = [value for name in _LABELS for value in texts(node, name)]
    if kind == "Meeting":
        labels = texts(node, "title")
        facets = Facets(years(node) or facets.years, tuple(texts(node, "body")) or facets.bodies, facets.places)
    title = next(iter([*labels, *titles]), local(node["@id"]))
    if kind == "Case" and labels and titles:
        title = f"{title} {titles[0]}"
    for of in texts(node, "unitOf"):
        title = ", ".join([title, *texts(entities.get(of, {}), "name")[:1]])
        labels.append(title)
    return Row(node["@id"], kind, NAME, title, "", facets, tuple(dict.fromkeys([*labels, *titles])))


def texts(node: Json, key: str) -> list[str]:
    """The values of a key of a node as text."""
    value = node.get(key)
    values = value if isinstance(value, list | tuple) else [value]
    return [str(one["@value"] if isinstance(one, dict) else one) for one in values if one is not None and one != ""]


def years(node: Json) -> tuple[int, ...]:
    """The year of a statement's date, or that which it or its document is about."""
    told = texts(node, "date") or texts(node, "year") or texts(node, "issued")
    return (int(told[0][:4]),) if told else ()


def span(passage: str) -> Span:
    """The offsets that stand in a passage's IRI."""
    start, _, end = passage.rpartition("/")[2].partition("-")
    return int(start), int(end)


def _meets(places: Iterable[Span], others: Sequence[Span]) -> bool:
    return bool(others) and any(start < place[1] and place[0] < end for place in places for start, end in others)


def _longest_in(place: Span, passages: list[tuple[Span, str]]) -> str:
    """The longest passage with evidence in a stretch of text, or nothing."""
    first, last = (bisect_left(passages, ((edge, 0), "")) for edge in place)
    inside = [(end - start, -start, iri) for (start, end), iri in passages[first:last] if end <= place[1]]
    return max(inside)[2] if inside else ""


def paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """Where the paragraphs of a stretch of text stand. Headings go with what follows; what is very long is parted."""
    edges = [start, *(edge for match in _BREAK.finditer(text, start, end) for edge in match.span()), end]
    since = None
    for one, other in pairwise(edges):
        if text[one:other].strip():
            since = one if since is None else since
            if other - since >= _HEADING:
                yield from _parted(text, since, other)
                since = None
    if since is not None:
        yield from _parted(text, since, end)


def _parted(text: str, start: int, end: int) -> Iterator[Span]:
    """A stretch without white space at its ends, in pieces that end with a sentence or line where one ends in time."""
    while start < end:
        stop = end
        if end - start > _PARAGRAPH:
            ends = [match.end() for match in _SENTENCE.finditer(text, start + _PARAGRAPH // 2, start + _PARAGRAPH)]
            stop = ends[-1] if ends else start + _PARAGRAPH
        piece = text[start:stop]
        if stripped := piece.strip():
            begin = start + len(piece) - len(piece.lstrip())
            yield begin, begin + len(stripped)
        start = stop
