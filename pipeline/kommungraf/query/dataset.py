"""The description of a whole graph as a data set: VoID and DCAT, counted in the graph itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from kommungraf.graph import ontology
from kommungraf.model import iri as minted
from kommungraf.publishing import Publishing
from kommungraf.query.lookup import shorten
from kommungraf.query.store import PREFIXES, Reader, ask

_NAMESPACES = PREFIXES | {
    "void": "http://rdfs.org/ns/void#",
    "formats": "http://www.w3.org/ns/formats/",
    "wikidata": "http://www.wikidata.org/entity/",
}
TITLE = {"sv": "Kommunala dokument som kunskapsgraf", "en": "Municipal documents as a knowledge graph"}
DESCRIPTION = {
    "sv": "Vad kommunala protokoll, planer och berättelser säger om människor, organ, möten, ärenden, beslut, projekt,"
    " aktiviteter och pengar, med citat och plats för varje uppgift. Uppgifterna är framtagna maskinellt.",
    "en": "What municipal minutes, plans and reports say of people, bodies, meetings, cases, decisions, projects,"
    " activities and money, with the quote and the place of every statement. The statements were found by machine.",
}
RIGHTS = {
    "sv": "Licensen gäller uppgifterna. Citaten är ur dokumenten, och vad som gäller för dokumenten gäller för dem.",
    "en": "The licence is that of the statements. Quotes are from the documents, whose own terms apply to them.",
}
_EXAMPLES = ("foaf:Person", "kg:Project", "kg:Decision", "kg:Document")
_FORMATS = ("Turtle", "JSON-LD")
XSD = PREFIXES["xsd"]


@dataclass(frozen=True, slots=True)
class Extent:
    """How much a graph holds: statements, classes and properties with their numbers, years, and an example each.

    ``classes`` counts the nodes of a class, ``properties`` the statements with a property; both by whole IRI.
    """

    statements: int
    entities: int
    classes: dict[str, int]
    properties: dict[str, int]
    years: tuple[str, str]
    examples: dict[str, str]


def extent(store: Reader, base: str) -> Extent:
    """Count what lies below a base IRI: the graphs of documents, of files, and what linking concluded."""
    own = f"FILTER(?g NOT IN ({', '.join(_apart(store, base))}))"
    properties = _counts(store, f"SELECT ?x (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?x ?o }} {own} }} GROUP BY ?x")
    classes = _counts(store, f"SELECT ?x (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH ?g {{ ?s a ?x }} {own} }} GROUP BY ?x")
    entities = _rows(store, f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ GRAPH ?g {{ ?s a ?x }} {own} }}")
    years = _rows(
        store, "SELECT (MIN(STR(?y)) AS ?a) (MAX(STR(?y)) AS ?b) { GRAPH ?g { ?d a kg:Document ; kg:year ?y } }"
    )
    examples = {name: _example(store, name) for name in _EXAMPLES}
    return Extent(
        statements=sum(properties.values()),
        entities=int(entities[0]["n"].value),
        classes=classes,
        properties=properties,
        years=(_text(years[0]["a"]), _text(years[0]["b"])) if years else ("", ""),
        examples={name: found for name, found in examples.items() if found},
    )


def description(held: Extent, base: str, said: Publishing, *, endpoint: str = "", modified: str = "") -> list[Triple]:
    """The statements that describe a data set. Nodes have IRIs: there is no blank node among them.

    ``endpoint`` is the address at which SPARQL is answered, ``modified`` an xsd:dateTime; neither is told if empty.
    """
    dataset = base + minted.DATASET
    return [_triple(*row) for row in (*_general(dataset, base, held, said, endpoint, modified), *_parts(dataset, held))]


Row = tuple[str, str, Any]
"""Subject IRI, prefixed property, and a value: a prefixed or whole IRI in ``<…>``, a number or a literal."""


def _general(dataset: str, base: str, held: Extent, said: Publishing, endpoint: str, modified: str) -> Iterator[Row]:
    yield from ((dataset, "rdf:type", _iri("void:Dataset")), (dataset, "rdf:type", _iri("dcat:Dataset")))
    for name, usual, own in (("title", TITLE, said.title), ("description", DESCRIPTION, said.description)):
        texts = [Literal(own)] if own else [Literal(text, language=code) for code, text in usual.items()]
        yield from ((dataset, f"dcterms:{name}", text) for text in texts)
    yield from ((dataset, "dcterms:rights", Literal(text, language=code)) for code, text in RIGHTS.items())
    links = (
        ("dcterms:license", said.licence),
        ("dcterms:publisher", said.publisher),
        ("foaf:homepage", said.homepage),
        ("void:sparqlEndpoint", endpoint),
    )
    yield from ((dataset, name, NamedNode(value)) for name, value in links if value)
    if said.publisher and said.publisher_name:
        yield said.publisher, "foaf:name", Literal(said.publisher_name)
    if modified:
        yield dataset, "dcterms:modified", Literal(modified, datatype=NamedNode(XSD + "dateTime"))
    yield dataset, "dcterms:language", Literal("sv")
    yield dataset, "void:uriSpace", Literal(base)
    yield from ((dataset, "void:feature", _iri(f"formats:{name}")) for name in _FORMATS)
    yield from ((dataset, "void:exampleResource", NamedNode(example)) for example in held.examples.values())
    if all(held.years):
        period = dataset + "#years"
        yield dataset, "dcterms:temporal", NamedNode(period)
        yield period, "rdf:type", _iri("dcterms:PeriodOfTime")
        for name, year in zip(("dcat:startDate", "dcat:endDate"), held.years, strict=True):
            yield period, name, Literal(year, datatype=NamedNode(XSD + "gYear"))


def _parts(dataset: str, held: Extent) -> Iterator[Row]:
    yield dataset, "void:triples", held.statements
    yield dataset, "void:entities", held.entities
    yield dataset, "void:classes", len(held.classes)
    yield dataset, "void:properties", len(held.properties)
    used = {*held.classes, *held.properties}
    for namespace in sorted({space for name in used for space in _NAMESPACES.values() if name.startswith(space)}):
        yield dataset, "void:vocabulary", NamedNode(namespace)
    for kind, counted, counts in (("class", "entities", held.classes), ("property", "triples", held.properties)):
        for name, number in counts.items():
            part = f"{dataset}#{kind}-{shorten(name).replace(':', '-').replace('/', '-')}"
            yield dataset, f"void:{kind}Partition", NamedNode(part)
            yield part, f"void:{kind}", NamedNode(name)
            yield part, f"void:{counted}", number


def _triple(subject: str, name: str, value: Any) -> Triple:
    return Triple(NamedNode(subject), _iri(name), Literal(value) if isinstance(value, int) else value)


def _iri(name: str) -> NamedNode:
    prefix, _, rest = name.partition(":")
    return NamedNode(_NAMESPACES[prefix] + rest)


def _apart(store: Reader, base: str) -> list[str]:
    """Graphs that are none of the data: those that tell of it, and what else lies in a store elsewhere.

    Their names are compared here: a store takes five times as long for ``STRSTARTS`` as for all of the counting.
    """
    told = {base + minted.PUSHED_GRAPH, base + minted.DATASET_GRAPH, ontology.GRAPH}
    found = {row["g"] for row in _rows(store, "SELECT DISTINCT ?g { GRAPH ?g {} }")} - {None}  # which Virtuoso says
    counted = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"  # its DISTINCT takes a minute
    names = found or {row["g"] for row in _rows(store, counted)}
    others = {name.value for name in names if not name.value.startswith(base)}
    return [str(NamedNode(name)) for name in sorted(told | others)]


def _example(store: Reader, name: str) -> str:
    found = _rows(store, f"SELECT (MIN(STR(?x)) AS ?first) {{ GRAPH ?g {{ ?x a {name} }} }}")
    return _text(found[0]["first"]) if found else ""


def _counts(store: Reader, query: str) -> dict[str, int]:
    """Numbers by IRI, the largest first."""
    counts = {row["x"].value: int(row["n"].value) for row in _rows(store, query)}
    return dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))


def _rows(store: Reader, query: str) -> list[Any]:
    answer = ask(store, query)
    assert isinstance(answer, QuerySolutions)
    return list(answer)


def _text(term: Any) -> str:
    return str(term.value) if term is not None else ""
