"""The SPARQL service description: what the endpoint can do, for programs."""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from kommungraf.web.endpoint.forms import GRAPHS, TABLES, Form

SD = "http://www.w3.org/ns/sparql-service-description#"
_RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
    "n3": RdfFormat.N3,
}
_PREFIXES = {
    "sd": SD,
    "void": "http://rdfs.org/ns/void#",
    "formats": "http://www.w3.org/ns/formats/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
}


@lru_cache(maxsize=64)
def service_description(endpoint: str, void: str, form: Form) -> bytes:
    """The description of an endpoint at an address, in a form; ``void``: where its data set is described."""
    kind = _FORMATS[form.name]
    prefixes = {} if kind == RdfFormat.JSON_LD else _PREFIXES
    told = serialize(_triples(endpoint, void), format=kind, prefixes=prefixes)
    assert told is not None
    return told


def _triples(endpoint: str, void: str) -> list[Triple]:
    service, data, graph = NamedNode(endpoint), BlankNode("data"), BlankNode("graph")
    told: list[tuple[NamedNode | BlankNode, str, NamedNode | BlankNode | Literal]] = [
        (service, SD + "endpoint", service),
        (service, SD + "supportedLanguage", NamedNode(SD + "SPARQL11Query")),
        (service, SD + "feature", NamedNode(SD + "UnionDefaultGraph")),
        (service, SD + "defaultEntailmentRegime", NamedNode("http://www.w3.org/ns/entailment/Simple")),
        *((service, SD + "resultFormat", NamedNode(form.formats)) for form in (*TABLES, *GRAPHS)),
        (service, SD + "defaultDataset", data),
        (data, SD + "defaultGraph", graph),
        (
            graph,
            "http://www.w3.org/2000/01/rdf-schema#comment",
            Literal("The union of all named graphs; each document has one of its own.", language="en"),
        ),
        (data, "http://www.w3.org/2000/01/rdf-schema#seeAlso", NamedNode(void)),
    ]
    types: list[tuple[NamedNode | BlankNode, str]] = [(service, "Service"), (data, "Dataset"), (graph, "Graph")]
    return [
        *(Triple(node, _RDF_TYPE, NamedNode(SD + name)) for node, name in types),
        *(Triple(subject, NamedNode(predicate), value) for subject, predicate, value in told),
    ]
