"""A built graph, opened for reading."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Store

from kommungraf.errors import UsageError

PREFIXES = {
    "kg": "https://w3id.org/kommungraf/ns#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "oa": "http://www.w3.org/ns/oa#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "qb": "http://purl.org/linked-data/cube#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

QueryAnswer = QuerySolutions | QueryBoolean | QueryTriples


class Reader(Protocol):
    """A graph that is read: pyoxigraph's ``Store``, or a store elsewhere that answers in its stead."""

    def query(self, query: str, *, prefixes: Any = ..., use_default_graph_as_union: bool = ...) -> QueryAnswer:
        """Run SPARQL."""

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | None,
        graph_name: NamedNode | None = ...,
    ) -> Iterable[Quad]:
        """All quads, of all graphs (or of one), that match."""


def open_store(out: Path) -> Store:
    """The store of an output folder, read-only: any number of readers may have it open while a build runs.

    Raises :class:`~kommungraf.errors.UsageError` when there is none.
    """
    folder = out / "store"
    try:
        if not folder.exists():
            raise UsageError(f"There is no graph in {out}. Build one first: kommungraf build PATH --out {out}")
        return Store.read_only(str(folder.resolve()))
    except OSError as error:
        raise UsageError(f"The graph in {out} cannot be opened ({error}). Build it again: kommungraf build") from error


def ask(store: Reader, sparql: str) -> QueryAnswer:
    """Run SPARQL 1.1 over the union of all named graphs. The usual prefixes need not be declared.

    Raises :class:`~kommungraf.errors.UsageError` with the parser's words for a query that is not SPARQL.
    """
    try:
        return store.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        raise UsageError(f"The query could not be answered: {error}") from error
