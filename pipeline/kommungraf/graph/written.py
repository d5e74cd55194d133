"""A few statements as Turtle or JSON-LD: in the terms of the context, in a fixed order, with the prefixes they use.

For the description of one thing. Whole graphs are written by :mod:`kommungraf.graph.export`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kommungraf.graph import ontology

Json = dict[str, Any]

_STRING = NamedNode("http://www.w3.org/2001/XMLSchema#string")
OTHERS = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "void": "http://rdfs.org/ns/void#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "qb": "http://purl.org/linked-data/cube#",
    "formats": "http://www.w3.org/ns/formats/",
}
"""Prefixes beside those of the context."""


def turtle(triples: Iterable[Triple], first: str = "") -> bytes:
    """The statements as Turtle, sorted; those of the IRI ``first`` stand first."""
    ordered = _in_order(triples, first)
    text = "\n".join(f"{t.subject} {t.predicate} {t.object}" for t in ordered)
    prefixes = {name: iri for name, iri in (ontology.prefixes() | OTHERS).items() if iri in text}
    written = (serialize(ordered, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").splitlines(keepends=True)
    declared = sorted(line for line in written if line.startswith(b"@prefix"))  # they come in no fixed order
    return b"".join(declared) + b"".join(line for line in written if not line.startswith(b"@prefix"))


def json_ld(triples: Iterable[Triple], first: str = "") -> bytes:
    """The statements as JSON-LD, compacted with the terms of the context that they use, which it holds."""
    import rdflib

    graph = rdflib.Graph()
    for triple in _in_order(triples, first):
        graph.add((_rdflib(triple.subject), _rdflib(triple.predicate), _rdflib(triple.object)))
    terms = ontology.context() | OTHERS
    written: Json = json.loads(graph.serialize(format="json-ld", context=terms, auto_compact=False))
    nodes = written.get("@graph") or [{key: value for key, value in written.items() if key != "@context"}]
    ordered = [
        _ordered(node) for node in sorted(nodes, key=lambda node: (node.get("@id") != first, str(node.get("@id"))))
    ]
    used = set(_used(ordered))
    context = {name: term for name, term in terms.items() if name in used}
    context |= {name: terms[name] for name in _prefixes(context.values()) if name in terms}
    whole = {"@context": dict(sorted(context.items())), "@graph": ordered}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def _in_order(triples: Iterable[Triple], first: str) -> list[Triple]:
    start = f"<{first}>"
    return sorted(
        set(triples), key=lambda t: (str(t.subject) != start, str(t.subject), str(t.predicate), str(t.object))
    )


def _rdflib(term: Any) -> Any:
    """A term as rdflib has it; a literal keeps its letters, which rdflib would otherwise write in its own way."""
    import rdflib

    if not isinstance(term, Literal):
        return rdflib.URIRef(term.value)
    datatype = None if term.language or term.datatype == _STRING else rdflib.URIRef(term.datatype.value)
    return rdflib.Literal(term.value, lang=term.language, datatype=datatype, normalize=False)


def _ordered(value: Any) -> Any:
    """Keys and values of a property in a fixed order: they are sets."""
    if isinstance(value, dict):
        return {key: _ordered(value[key]) for key in sorted(value)}
    if isinstance(value, list):
        return sorted(map(_ordered, value), key=lambda one: json.dumps(one, ensure_ascii=False, sort_keys=True))
    return value


def _used(value: Any) -> Iterable[str]:
    """The terms and prefixes that keys, types and IRIs may be written with."""
    if isinstance(value, list):
        for one in value:
            yield from _used(one)
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from (key, key.partition(":")[0])
            yield from _used(one)
    elif isinstance(value, str):
        yield from (value, value.partition(":")[0])


def _prefixes(terms: Iterable[Any]) -> set[str]:
    """The prefixes that the terms of a context are defined with."""
    names = set()
    for term in terms:
        iris = [term] if isinstance(term, str) else [term.get("@id", ""), term.get("@type", "")] if term else []
        names |= {iri.partition(":")[0] for iri in iris}
    return names
