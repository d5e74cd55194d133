"""Nodes of the graph with their properties and the passages that prove them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from kommungraf.query.lookup import Lookup


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as printed and where it stands; ``page`` counts from 1 where pages exist, offsets are code points.

    ``passage`` is its IRI. ``recognition`` is how surely it was recognised in a picture (0 to 1); ``None`` where the
    letters are the file's.
    """

    text: str
    document: str
    document_iri: str
    file: str
    page: int | None
    start: int
    end: int
    sha256: str
    passage: str
    recognition: float | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """Anything in the graph with its properties (shortened: ``kg:text``): value or IRI -> what a person calls it."""

    iri: str
    told: Mapping[str, Mapping[str, str]]

    def all(self, name: str) -> list[str]:
        """What a property says, for people, in alphabetical order."""
        return sorted(set(self.told.get(name, {}).values()))

    def one(self, name: str) -> str:
        """The first value of a property, or nothing."""
        return next(iter(self.all(name)), "")

    def refs(self, name: str) -> list[str]:
        """The values of a property as they are: IRIs where it points at nodes."""
        return sorted(self.told.get(name, {}))


_APART = frozenset({"kg:evidence", "rdf:type", "prov:wasDerivedFrom"})
"""Properties that are no part of what a node says."""


class Nodes:
    """Nodes and passages by IRI, each read from the store once, when it is first asked for."""

    def __init__(self, look: Lookup) -> None:
        self.look = look
        self._known: dict[str, Node] = {}
        self._quotes: dict[str, Quote] = {}

    def __getitem__(self, iri: str) -> Node:
        if iri not in self._known:
            told: dict[str, dict[str, str]] = {}
            for name, term in self.look.properties(NamedNode(iri)):
                if name not in _APART:
                    shown = self.look.name(term) if isinstance(term, NamedNode) else term.value
                    told.setdefault(name, {})[term.value] = shown or term.value
            self._known[iri] = Node(iri, told)
        return self._known[iri]

    def quotes(self, iri: str) -> list[Quote]:
        """The passages of a node, in the order of the years of their documents and of the places in them."""
        return sorted(
            (self._quote(passage) for passage in self.look.nodes(NamedNode(iri), "kg:evidence")), key=self._order
        )

    def date_of(self, quote: Quote) -> str:
        """When a passage was written: its document's day where that is of the year that it is about, else that year."""
        document = self[quote.document_iri]
        year, issued = document.one("kg:year"), document.one("dcterms:issued")
        return issued if issued and (not year or issued.startswith(year)) else year

    def _order(self, quote: Quote) -> tuple[str, str, int, int]:
        return self[quote.document_iri].one("kg:year") or "9", quote.file, quote.start, quote.end

    def _quote(self, passage: NamedNode) -> Quote:
        if passage.value not in self._quotes:
            look, told = self.look, self[passage.value]
            parts = selectors(look, passage)
            start, end = span_of(parts)
            document = self[told.refs("oa:hasSource")[0]]
            file = self[document.refs("dcterms:isPartOf")[0]]
            page, recognition = told.one("kg:page"), told.one("kg:recognition")
            self._quotes[passage.value] = Quote(
                text=next(one["oa:exact"] for one in parts if "oa:exact" in one),
                document=document_label(document),
                document_iri=document.iri,
                file=file.one("kg:fileName"),
                page=int(page) if page else None,
                start=start,
                end=end,
                sha256=file.one("kg:sha256"),
                passage=passage.value,
                recognition=float(recognition) if recognition else None,
            )
        return self._quotes[passage.value]


def selectors(look: Lookup, passage: NamedNode) -> list[dict[str, str]]:
    """What the selectors of a passage say: its offsets, its quote."""
    nodes = (one for one in look.objects(passage, "oa:hasSelector") if not isinstance(one, Literal))
    return [{name: term.value for name, term in look.properties(node)} for node in nodes]


def span_of(parts: Iterable[Mapping[str, str]]) -> tuple[int, int]:
    """The offsets that a passage's selectors give."""
    place = next(one for one in parts if "oa:start" in one)
    return int(place["oa:start"]), int(place["oa:end"])


_ABBREVIATION = 4
"""A word of capitals that is longer is a word of a heading printed in capitals."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def document_label(document: Node) -> str:
    """A document by its title; the date or year is added to a title without one (``Protokoll 2021-12-02``)."""
    words = document.one("dcterms:title").split()
    loud = [word.isupper() and len(word) > _ABBREVIATION for word in words]
    quiet = [
        word.capitalize() if not place else word.lower() if loud[place] else word for place, word in enumerate(words)
    ]
    title = " ".join(quiet) if any(loud) else " ".join(words)
    when = document.one("dcterms:issued") or document.one("kg:year")
    return title if not when or _YEAR.search(title) else f"{title} {when}"
