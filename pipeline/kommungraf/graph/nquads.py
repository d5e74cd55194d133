"""Nodes of a record as N-Quads, by the terms of ``ontology/context.jsonld``.

A record is JSON-LD and any JSON-LD reader makes the same quads of it (``tests/graph/test_nquads.py`` compares with
pyoxigraph's). Writing lines is faster than a JSON-LD parser and a Python object per quad: 3.2 against 4.2 s for 360,000
quads, loading included. Of JSON-LD this knows what records use: terms, types, ``@value``, lists, nested nodes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import quote

from kommungraf.graph import ontology

Json = dict[str, Any]

_RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_ILLEGAL = re.compile(r'[\x00-\x20<>"{}|^`\\]')
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


class _Term(NamedTuple):
    """How the values of a key are written: as IRIs, or as literals with a suffix (datatype or language)."""

    predicate: str
    is_iri: bool = False
    suffix: str = ""


def n_quads(graph: str, nodes: Iterable[Json]) -> str:
    """The N-Quads of the nodes in the named graph ``graph``. IRIs are whole, or have a prefix of the context."""
    return "".join(_lines(nodes, f" {_iri(graph)} .\n"))


def _lines(nodes: Iterable[Json], end: str) -> Iterator[str]:
    terms = _terms()
    for node in nodes:
        subject = _iri(node["@id"])
        for key, value in node.items():
            if key == "@type":
                for kind in value if isinstance(value, list) else (value,):
                    yield f"{subject} {_RDF_TYPE} {_iri(ontology.context()[kind])}{end}"
                continue
            term = terms.get(key)
            if term is None or value is None:
                continue
            for one in value if isinstance(value, list | tuple) else (value,):
                if isinstance(one, dict) and "@id" in one:
                    yield f"{subject} {term.predicate} {_iri(one['@id'])}{end}"
                    yield from _lines((one,), end)
                else:
                    yield f"{subject} {term.predicate} {_iri(one) if term.is_iri else _literal(one, term)}{end}"


def _literal(value: Any, term: _Term) -> str:
    if isinstance(value, str):
        return f'"{value.translate(_ESCAPES)}"{term.suffix}'
    if isinstance(value, dict):
        return f'"{value["@value"].translate(_ESCAPES)}"^^{_iri(value["@type"])}'
    if isinstance(value, bool):
        return f'"{"true" if value else "false"}"^^<{_XSD}boolean>'
    return f'"{value}"{term.suffix or f"^^<{_XSD}integer>"}'


@lru_cache(maxsize=20_000)  # those of a document and what many share
def _iri(ref: str) -> str:
    prefix, _, rest = ref.partition(":")
    if not rest.startswith("//"):
        ref = ontology.prefixes().get(prefix, prefix + ":") + rest
    return f"<{_ILLEGAL.sub(lambda match: quote(match.group()), ref)}>"


@lru_cache(maxsize=1)
def _terms() -> dict[str, _Term]:
    """The keys of a record that are properties."""
    terms = {}
    for key, term in ontology.context().items():
        if isinstance(term, dict):
            coercion = term.get("@type")
            suffix = f"@{term['@language']}" if "@language" in term else f"^^{_iri(coercion)}" if coercion else ""
            terms[key] = _Term(_iri(term["@id"]), coercion == "@id", "" if coercion == "@id" else suffix)
        elif term is not None:
            terms[key] = _Term(_iri(term))
    return terms
