"""The ontology folder: the context that maps records to RDF, and the Turtle files of classes, shapes and concepts."""

from __future__ import annotations

import hashlib
import json
import sysconfig
from functools import lru_cache
from pathlib import Path
from typing import Any

from kommungraf.errors import UsageError
from kommungraf.model.iri import NS

SHACL = "http://www.w3.org/ns/shacl#"
GRAPH = NS.rstrip("#")
"""The named graph in which the ontology's labels and concepts lie beside the data."""


@lru_cache(maxsize=1)
def folder() -> Path:
    """Where the ontology is: in the checkout, or where the wheel installs it."""
    places = (Path(__file__).parents[3] / "ontology", Path(sysconfig.get_path("data"), "share/kommungraf/ontology"))
    for place in places:
        if (place / "context.jsonld").exists():
            return place
    raise UsageError(f"The ontology folder is missing; looked in {' and '.join(map(str, places))}.")


def files() -> list[Path]:
    """The Turtle files, in order of name."""
    return sorted(folder().glob("*.ttl"))


@lru_cache(maxsize=1)
def context() -> dict[str, Any]:
    """The terms of ``context.jsonld``."""
    terms: dict[str, Any] = json.loads((folder() / "context.jsonld").read_text(encoding="utf-8"))["@context"]
    return terms


@lru_cache(maxsize=1)
def reference_keys() -> frozenset[str]:
    """The record keys whose values are IRIs."""
    return frozenset(k for k, term in context().items() if isinstance(term, dict) and term.get("@type") == "@id")


@lru_cache(maxsize=1)
def date_keys() -> frozenset[str]:
    """The record keys whose values are dates of any precision."""
    return frozenset(k for k, term in context().items() if isinstance(term, dict) and term.get("@type") == "xsd:date")


@lru_cache(maxsize=1)
def version() -> str:
    """A digest of the whole folder: when it changes, every graph is made anew."""
    digest = hashlib.sha256()
    for path in (folder() / "context.jsonld", *files()):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def vocabulary() -> str:
    """The ontology without its shapes as N-Triples, sorted: what lies in the store so that queries can use labels.

    Shapes stay out: they describe the data to a validator and say nothing about it.
    """
    from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse, serialize

    def of_data(node: object) -> bool:
        return not isinstance(node, BlankNode) and not (isinstance(node, NamedNode) and node.value.startswith(SHACL))

    triples = {
        quad.triple
        for path in files()
        for quad in parse(path=str(path), format=RdfFormat.TURTLE)
        if of_data(quad.subject) and of_data(quad.predicate) and of_data(quad.object)
    }
    data = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return "".join(sorted(data.decode().splitlines(keepends=True)))


@lru_cache(maxsize=1)
def prefixes() -> dict[str, str]:
    """The prefixes of the context, for serialisations and queries."""
    return {k: term for k, term in context().items() if isinstance(term, str) and term.endswith(("#", "/"))}
