"""Reading nodes of the graph with their properties and passages, in few queries however many there are."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Store

from kommungraf.query.find import Term, select
from kommungraf.query.store import PREFIXES

_AT_ONCE = 2_000
"""So many IRIs are asked for in one query."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage as printed and where it stands; ``page`` counts from 1 where pages exist, offsets are code points."""

    text: str
    document: str
    document_iri: str
    file: str
    page: int | None
    start: int
    end: int
    sha256: str


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


class Nodes:
    """Nodes that have been read, by IRI, with the documents that their passages are of."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.known: dict[str, Node] = {}
        self.documents: dict[str, Node] = {}
        self._evidence: dict[str, list[Quote]] = {}

    def __getitem__(self, iri: str) -> Node:
        return self.known.get(iri) or Node(iri, {})

    def read(self, iris: Iterable[str], hops: int = 0) -> None:
        """Read the properties of nodes and, so many steps on, of the meetings, items and statements that they name."""
        wanted = set(iris) - self.known.keys()
        told: dict[str, dict[str, dict[str, str]]] = defaultdict(lambda: defaultdict(dict))
        for values in batches(wanted):
            for row in select(self.store, _NODES % values):
                bucket = told[row["node"].value][_shorten(row["property"])]
                shown = (row["name"] or row["value"]).value
                bucket[row["value"].value] = min(shown, bucket.get(row["value"].value, shown))
        self.known |= {iri: Node(iri, properties) for iri, properties in told.items()}
        if hops and (following := {ref for iri in wanted for name in _FOLLOWED for ref in self[iri].refs(name)}):
            self.read(following, hops - 1)

    def quotes(self, iris: Iterable[str]) -> dict[str, list[Quote]]:
        """The passages of nodes, in the order of the years of their documents and of the places in them."""
        wanted = set(iris)
        of: dict[str, list[str]] = defaultdict(list)
        for values in batches(wanted - self._evidence.keys()):
            for row in select(self.store, _EVIDENCE % values):
                of[row["passage"].value].append(row["node"].value)
        self._read_documents(of)
        found: dict[str, set[Quote]] = defaultdict(set)
        for values in batches(of):
            for row in select(self.store, _PASSAGES % values):
                for iri in of[row["passage"].value]:
                    found[iri].add(self._quote(row))
        self._evidence |= {iri: sorted(quotes, key=self._order) for iri, quotes in found.items()}
        return {iri: self._evidence.get(iri, []) for iri in sorted(wanted)}

    def date_of(self, quote: Quote) -> str:
        """When a passage was written: its document's day where that is of the year that it is about, else that year."""
        document = self.documents[quote.document_iri]
        year, issued = document.one("kg:year"), document.one("dcterms:issued")
        return issued if issued and (not year or issued.startswith(year)) else year

    def _order(self, quote: Quote) -> tuple[str, str, int, int]:
        return self.documents[quote.document_iri].one("kg:year") or "9", quote.file, quote.start, quote.end

    def _read_documents(self, passages: Iterable[str]) -> None:
        iris: set[str] = set()
        for values in batches(passages):
            iris |= {row["document"].value for row in select(self.store, _SOURCES % values)}
        self.read(iris)
        self.documents |= {iri: self[iri] for iri in iris}

    def _quote(self, row: dict[str, Term]) -> Quote:
        document = self.documents[row["document"].value]
        return Quote(
            text=row["quote"].value,
            document=document_label(document),
            document_iri=document.iri,
            file=row["file"].value,
            page=int(row["page"].value) if row["page"] else None,
            start=int(row["start"].value),
            end=int(row["end"].value),
            sha256=row["sha"].value,
        )


_FOLLOWED = (
    "kg:meeting kg:agendaItem kg:planned kg:reported kg:next kg:statementA kg:statementB kg:earlier kg:later "
    "kg:takesOverFrom kg:minutes kg:about"
).split()
"""Properties whose target's own properties are needed to tell a fact."""

_NODES = """
SELECT DISTINCT ?node ?property ?value ?name WHERE {
  VALUES ?node { %s }
  ?node ?property ?value . FILTER(?property NOT IN (kg:evidence, rdf:type, prov:wasDerivedFrom))
  OPTIONAL { ?value foaf:name|skos:notation|dcterms:title|kg:fileName|kg:diaryNumber ?name }
}
"""
_EVIDENCE = "SELECT DISTINCT ?node ?passage WHERE { VALUES ?node { %s } ?node kg:evidence ?passage }"
_SOURCES = "SELECT DISTINCT ?document WHERE { VALUES ?passage { %s } ?passage oa:hasSource ?document }"
_PASSAGES = """
SELECT ?passage ?start ?end ?quote ?page (MIN(?source) AS ?document) (MIN(?name) AS ?file) (MIN(?hash) AS ?sha) WHERE {
  VALUES ?passage { %s }
  ?passage oa:hasSource ?source ; oa:hasSelector ?position, ?quoted .
  ?position oa:start ?start ; oa:end ?end .
  ?quoted oa:exact ?quote .
  ?source dcterms:isPartOf ?f . ?f kg:fileName ?name ; kg:sha256 ?hash .
  OPTIONAL { ?passage kg:page ?page }
} GROUP BY ?passage ?start ?end ?quote ?page
"""
_ABBREVIATION = 4
"""A word of capitals that is longer is a word of a heading printed in capitals."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def document_label(document: Node) -> str:
    """A document by its title; the date or year is added to a title without one (``Protokoll 2021-12-02``)."""
    words = document.one("dcterms:title").split()
    loud = [word.isupper() and len(word) > _ABBREVIATION for word in words]
    quiet = [
        word.capitalize() if not index else word.lower() if loud[index] else word for index, word in enumerate(words)
    ]
    title = " ".join(quiet) if any(loud) else " ".join(words)
    when = document.one("dcterms:issued") or document.one("kg:year")
    return title if not when or _YEAR.search(title) else f"{title} {when}"


def batches(iris: Iterable[str]) -> Iterator[str]:
    """IRIs as the values of a VALUES clause, so many at a time."""
    ordered = sorted(set(iris))
    for start in range(0, len(ordered), _AT_ONCE):
        yield " ".join(f"<{iri}>" for iri in ordered[start : start + _AT_ONCE])


def _shorten(term: Term) -> str:
    for prefix, namespace in PREFIXES.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value[len(namespace) :]}"
    return term.value
