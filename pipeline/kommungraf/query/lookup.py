"""Single look-ups in the store: for walks over a few thousand nodes they are many times faster than SPARQL."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kommungraf.query.store import PREFIXES, Reader

Term = NamedNode | Literal | BlankNode
Node = NamedNode | BlankNode

_NAMES = ("foaf:name", "skos:notation", "dcterms:title", "kg:fileName", "kg:diaryNumber")
"""What a thing is called, the first that there is."""

KEPT = 50_000
"""So many names and classes are kept, some 20 MB: most of what pages point at, in a graph of some millions."""


@cache
def full(name: str) -> NamedNode:
    """The IRI of a prefixed name (``kg:evidence``)."""
    prefix, _, rest = name.partition(":")
    return NamedNode(PREFIXES[prefix] + rest)


@lru_cache(1000)
def shorten(iri: str) -> str:
    """An IRI as a prefixed name, where one of the usual prefixes fits."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


class Lookup:
    """Reads the union of all graphs of a store; what the same statement says in two graphs is said once."""

    def __init__(self, store: Reader) -> None:
        self.store = store
        self.memo: dict[str, Any] = {}
        """What readers above keep as long as the look-up lives, by a key of their own; each bounds what it keeps."""
        self.name = lru_cache(KEPT)(self._name)
        self.classes = lru_cache(KEPT)(self._classes)

    def objects(self, subject: Node, name: str) -> list[Term]:
        """The values of a property, in a fixed order."""
        found = {quad.object for quad in self.store.quads_for_pattern(subject, full(name), None)}
        return sorted((term for term in found if isinstance(term, NamedNode | Literal | BlankNode)), key=str)

    def nodes(self, subject: Node, name: str) -> list[NamedNode]:
        """The nodes that a property points at, in a fixed order."""
        return [term for term in self.objects(subject, name) if isinstance(term, NamedNode)]

    def pairs(self, name: str) -> Iterator[tuple[str, str]]:
        """Every use of a property: the IRI of its subject and its value as text."""
        for quad in self.store.quads_for_pattern(None, full(name), None):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
                yield quad.subject.value, quad.object.value

    def value(self, subject: Node, name: str) -> str:
        """The first value of a property as text, or nothing."""
        return next((term.value for term in self.objects(subject, name)), "")

    def subjects(self, name: str, target: Node | Literal) -> list[NamedNode]:
        """What points at a node by a property, in a fixed order."""
        found = {quad.subject for quad in self.store.quads_for_pattern(None, full(name), target)}
        return sorted((node for node in found if isinstance(node, NamedNode)), key=str)

    def properties(self, subject: Node) -> Iterator[tuple[str, Term]]:
        """All that is said of a node: prefixed property and value."""
        for quad in self.store.quads_for_pattern(subject, None, None):
            if isinstance(value := quad.object, NamedNode | Literal | BlankNode):
                yield shorten(quad.predicate.value), value

    def pointing(self, target: Node, graphs: frozenset[str] | None = None) -> Iterator[tuple[NamedNode, str]]:
        """All that points at a node (in some graphs), and by which property (the last part of its IRI)."""
        for quad in self.store.quads_for_pattern(None, None, target):
            if graphs is not None and graph_of(quad) not in graphs:
                continue
            if isinstance(subject := quad.subject, NamedNode):
                yield subject, local(quad.predicate.value)

    def _classes(self, node: Node) -> tuple[str, ...]:
        """The classes of a node by the last part of their IRIs."""
        return tuple(local(term.value) for term in self.objects(node, "rdf:type"))

    def _name(self, node: Node) -> str:
        """What a thing is called, or nothing."""
        return next((said for name in _NAMES if (said := self.value(node, name))), "")


def graph_of(quad: Quad) -> str:
    """The IRI of the graph of a statement: the document that says it, or that of conclusions."""
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""


@lru_cache(1000)
def local(iri: str) -> str:
    """The last part of an IRI."""
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
