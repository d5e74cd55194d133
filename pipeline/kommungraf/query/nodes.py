"""Nodes of the graph with their properties and the passages that prove them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from kommungraf.model.iri import offsets
from kommungraf.query.lookup import Lookup, Term, full, graph_of
from kommungraf.query.lookup import Node as Subject


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


KEPT_NODES = 5_000
"""Nodes of a few kilobytes each, some 20 MB: what the pages of a day share (documents, meetings, items, concepts)."""

KEPT_PASSAGES = 50
"""Passages of a node that are kept with it. A statement has one or two; a municipality may have many thousands."""

KEPT_QUOTES = 20_000
"""Quotes of about a kilobyte, some 20 MB: a passage that proves a decision is on many pages."""


class Nodes:
    """Nodes and passages by IRI, each read from the store when it is first asked for; those asked for last are kept."""

    def __init__(self, look: Lookup) -> None:
        self.look = look
        self._node = lru_cache(KEPT_NODES)(self._read)
        self._quote = lru_cache(KEPT_QUOTES)(self._read_quote)
        self._selector = lru_cache(KEPT_QUOTES)(self._read_selector)

    @classmethod
    def of(cls, look: Lookup) -> Nodes:
        """The nodes that a look-up keeps as long as it lives."""
        if "nodes" not in look.memo:
            look.memo["nodes"] = cls(look)
        kept: Nodes = look.memo["nodes"]
        return kept

    def __getitem__(self, iri: str) -> Node:
        return self._node(iri)[0]

    def quotes(self, iri: str, graphs: frozenset[str] | None = None) -> list[Quote]:
        """The passages of a node (in some graphs), in the order of the years of their documents and of their places."""
        passages = self.evidence(iri) if graphs is None else self._evidence_in(iri, graphs)
        return sorted(map(self.quote, passages), key=self._order)

    def _evidence_in(self, iri: str, graphs: frozenset[str]) -> set[NamedNode]:
        quads = self.look.store.quads_for_pattern(NamedNode(iri), full("kg:evidence"), None)
        return {quad.object for quad in quads if isinstance(quad.object, NamedNode) and graph_of(quad) in graphs}

    def evidence(self, iri: str) -> Iterable[NamedNode]:
        """The passages of a node, each once, in no order."""
        passages = self._node(iri)[1]
        return self.look.nodes(NamedNode(iri), "kg:evidence") if passages is None else passages

    def quote(self, passage: NamedNode) -> Quote:
        """A passage as printed."""
        return self._quote(passage)

    def date_of(self, quote: Quote) -> str:
        """When a passage was written: its document's day where that is of the year that it is about, else that year."""
        document = self[quote.document_iri]
        year, issued = document.one("kg:year"), document.one("dcterms:issued")
        return issued if issued and (not year or issued.startswith(year)) else year

    def _order(self, quote: Quote) -> tuple[str, str, int, int]:
        return self[quote.document_iri].one("kg:year") or "9", quote.file, quote.start, quote.end

    def _read(self, iri: str) -> tuple[Node, tuple[NamedNode, ...] | None]:
        """A node with its passages, unless there are so many that they are not worth keeping."""
        told: dict[str, dict[str, str]] = {}
        passages: set[NamedNode] = set()
        for name, term in self.look.properties(NamedNode(iri)):
            if name == "kg:evidence" and isinstance(term, NamedNode):
                passages.add(term)
            elif name not in _APART:
                shown = self.look.name(term) if isinstance(term, NamedNode) else term.value
                told.setdefault(name, {})[term.value] = shown or term.value
        return Node(iri, told), tuple(passages) if len(passages) <= KEPT_PASSAGES else None

    def _read_quote(self, passage: NamedNode) -> Quote:
        told = _said(self.look, passage)
        parts = [self._selector(one) for one in told["oa:hasSelector"]]
        start, end = span_of(parts)
        document = self[told["oa:hasSource"][0].value]
        file = self[document.refs("dcterms:isPartOf")[0]]
        page, recognition = told.get("kg:page"), told.get("kg:recognition")
        return Quote(
            text=next(one["oa:exact"] for one in parts if "oa:exact" in one),
            document=document_label(document),
            document_iri=document.iri,
            file=file.one("kg:fileName"),
            page=int(page[0].value) if page else None,
            start=start,
            end=end,
            sha256=file.one("kg:sha256"),
            passage=passage.value,
            recognition=float(recognition[0].value) if recognition else None,
        )

    def _read_selector(self, node: Term) -> dict[str, str]:
        """What a selector says; offsets by its name. That of a text is shared by all places of a name in a document."""
        place = offsets(node.value)
        return _plain(self.look, node) if place is None else {"oa:start": str(place[0]), "oa:end": str(place[1])}


def _said(look: Lookup, node: Subject) -> dict[str, list[Term]]:
    """What is said of a node, by property; the values of each in a fixed order."""
    said: defaultdict[str, set[Term]] = defaultdict(set)
    for name, term in look.properties(node):
        said[name].add(term)
    return {name: sorted(terms, key=str) for name, terms in said.items()}


def _plain(look: Lookup, node: Term) -> dict[str, str]:
    """What is said of a node, one value per property."""
    return {} if isinstance(node, Literal) else {name: term.value for name, term in look.properties(node)}


def selectors(look: Lookup, passage: NamedNode) -> list[dict[str, str]]:
    """What the selectors of a passage say: its offsets, its quote."""
    return [_plain(look, node) for node in look.objects(passage, "oa:hasSelector")]


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
