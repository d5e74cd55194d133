"""What stands in a document, and where: its statements and mentions by class, its parts as far as these tell them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import NamedNode

from kommungraf.model.iri import offsets, position
from kommungraf.model.source import Span
from kommungraf.query.lookup import full
from kommungraf.web.site import Site

_KEPT = 50
"""Documents whose contents are kept for the life of a generation."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that a document says or names: its class, and the lines that say it, in the order of the text."""

    iri: str
    kind: str
    passages: tuple[str, ...]

    @property
    def start(self) -> int:
        """Where its first line begins in the stored text."""
        return place(self.passages[0]).start


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a document: its class or the title of its table, what stands in it, its first and last page.

    ``kind`` is the class of what stands there, ``title`` that of a table; ``pages`` are 0 where there are none.
    """

    kind: str
    title: str
    count: int
    passage: str
    pages: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Contents:
    """All that stands in a document: by class in the order of the text, and the pages of its lines where it has any.

    ``recognised`` are the pages with lines that were recognised in a picture.
    """

    kinds: dict[str, list[Standing]]
    pages: dict[str, int]
    recognised: frozenset[int]

    def part(self, kind: str, title: str, standing: Iterable[Standing]) -> Part:
        """What stands together as a part."""
        rows = list(standing)
        pages = [self.pages[one] for row in rows for one in row.passages[:1] if one in self.pages]
        return Part(kind, title, len(rows), rows[0].passages[0], (min(pages, default=0), max(pages, default=0)))

    def quoted(self, within: Span) -> int:
        """Characters of a stretch of the stored text that something quotes, each counted once."""
        spans = sorted({place(one) for rows in self.kinds.values() for row in rows for one in row.passages})
        total, reached = 0, within.start
        for start, end in spans:
            start, end = max(start, reached), min(end, within.end)
            if start < end:
                total, reached = total + end - start, end
        return total


def contents(site: Site, iri: str) -> Contents:
    """What stands in a document, by its IRI: read from its graph, and kept for those that were looked at last."""
    kept: dict[str, Contents] = site.memo.setdefault("contents", {})
    if iri not in kept:
        if len(kept) >= _KEPT:
            kept.pop(next(iter(kept)))
        kept[iri] = _read(site, NamedNode(iri))
    return kept[iri]


def _read(site: Site, document: NamedNode) -> Contents:
    said: dict[str, list[str]] = {}
    for one, passage in _pairs(site, "kg:evidence", document):
        said.setdefault(one, []).append(passage)
    kinds: dict[str, list[Standing]] = {}
    for one, passages in said.items():
        kind = next(iter(site.look.classes(NamedNode(one))), "")
        if kind and one != document.value:
            kinds.setdefault(kind, []).append(Standing(one, kind, tuple(sorted(passages, key=place))))
    pages = {passage: int(page) for passage, page in _pairs(site, "kg:page", document)}
    recognised = frozenset(pages[one] for one, _ in _pairs(site, "kg:recognition", document) if one in pages)
    return Contents({kind: sorted(rows, key=_order) for kind, rows in kinds.items()}, pages, recognised)


def _pairs(site: Site, name: str, graph: NamedNode) -> Iterable[tuple[str, str]]:
    """Subjects and values of a property in a graph."""
    for quad in site.store.quads_for_pattern(None, full(name), None, graph):
        yield getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")


def _order(row: Standing) -> tuple[int, str]:
    return row.start, row.iri


def parts(site: Site, held: Contents, kinds: Iterable[str]) -> list[Part]:
    """The parts of a document in the order of the text: the statements of some classes, and its tables by title."""
    found = [held.part(kind, "", held.kinds[kind]) for kind in kinds if kind in held.kinds]
    rows = [(site.look.value(NamedNode(row.iri), "kg:table"), row) for row in held.kinds.get("Observation", ())]
    for title, table in groupby(rows, key=lambda pair: pair[0]):
        if title:
            found.append(held.part("Observation", title, (row for _, row in table)))
    return sorted(found, key=lambda part: place(part.passage))


def place(passage: str) -> Span:
    """The offsets that stand in a passage's IRI. Raises :class:`ValueError` for what is no passage."""
    found = offsets(position(passage))
    if found is None:
        raise ValueError(f"{passage} is no place in a text.")
    return Span(*found)


def extent(site: Site, iri: str, length: int) -> Span:
    """Where a document stands in the stored text of its file (of so many characters): up to where the next begins."""
    node = NamedNode(iri)
    file = site.look.nodes(node, "dcterms:isPartOf")[0]
    own = _opening(site, node)
    beside = (_opening(site, other) for other in site.look.subjects("dcterms:isPartOf", file))
    return Span(own, min((start for start in beside if start > own), default=length))


def _opening(site: Site, document: NamedNode) -> int:
    return min((place(one.value).start for one in site.look.nodes(document, "kg:evidence")), default=0)
