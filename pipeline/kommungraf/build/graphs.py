"""Which named graphs differ from those of before, and what goes into them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kommungraf.build.state import State
from kommungraf.graph import ontology
from kommungraf.graph.materialise import (
    LINKS,
    Identities,
    document_graph,
    file_graph,
    graph_ids,
    links_graph,
    superseded_graph,
)
from kommungraf.graph.nquads import n_quads
from kommungraf.model import iri

if TYPE_CHECKING:
    from kommungraf.link.resolution import Resolution

Json = dict[str, Any]

Told = Callable[[Json, str, list[Json]], None]
"""What hears of a document's graph: the record, the graph's IRI in it, and the nodes with whole IRIs."""

_PIECE = 5_000  # nodes of the links graph
_VERSIONS = ("extractor", "grapher", "ontology", "base")


class Plan:
    """The graphs to come against the graphs of before, by digests of what each is made of.

    A document's graph is made of its record and of its slice of the resolution, so a new document that changes who is
    who changes only the graphs in which those people are.
    """

    def __init__(
        self, new: State, old: State, identities: Identities, resolution: Resolution, *, anew: bool = False
    ) -> None:
        """``anew``: everything is to be written, whatever there was before."""
        self._new, self._identities, self._resolution = new, identities, resolution
        self._base = identities.base
        self.digests = dict(self._digest_all())
        before = old.graphs if old.versions.get("base") == self._base else {}
        self.changed = {graph for graph, digest in self.digests.items() if before.get(graph) != digest}
        self.gone = before.keys() - self.digests.keys()
        self.from_nothing = anew or not before or 2 * len(self.changed | self.gone) > len(self.digests)

    def _digest_all(self) -> Iterator[tuple[str, str]]:
        made_by = [self._new.versions[name] for name in _VERSIONS]
        slices = self._identities.by_document()
        names, superseded = self._new.names(), self._resolution.superseded
        for content in self._new.readable():
            recogniser = self._new.recognised_by(content)
            yield iri.file(content), _digest(made_by, content, recogniser, names[content])
            for document in self._new.contents[content]["documents"]:
                yield document, _digest(made_by, content, recogniser, slices.get(document), document in superseded)
        found = self._resolution
        yield LINKS, _digest(made_by, found.conclusions, found.entities, found.replaced, sorted(found.forgotten))
        yield ontology.GRAPH, self._new.versions["ontology"]

    def to_remove(self) -> list[str]:
        """The whole IRIs of graphs to take out of a copy of the store of before."""
        return [] if self.from_nothing else [self._identities.absolute(graph) for graph in sorted(self.gone)]

    def to_write(self) -> set[str]:
        """The graphs to write; the ontology's is written with a new store only, because all graphs follow from it."""
        return (self.digests.keys() if self.from_nothing else self.changed) - {ontology.GRAPH}

    def n_quads(self, record: Callable[[str], Json], told: Told) -> Iterator[tuple[str, str]]:
        """The graphs to write with their N-Quads, one at a time; ``record`` gives the record of a content, and ``told``
        hears of each document's graph before it is written.

        The links graph grows with the number of documents: a store that is written from nothing gets it in pieces.
        """
        todo, names = self.to_write(), self._new.names()
        for content in self._new.readable():
            own = iri.file(content)
            if todo.isdisjoint([own, *self._new.contents[content]["documents"]]):
                continue
            whole = record(content)
            for graph, nodes in graph_ids(whole):
                if graph == own and own in todo:
                    yield self._written(graph, file_graph(nodes, names[content], self._identities))
                elif graph in todo:
                    make = superseded_graph if graph in self._resolution.superseded else document_graph
                    made = make(nodes, self._identities)
                    told(whole, graph, made)
                    yield self._written(graph, made)
        if LINKS in todo:
            found = self._resolution
            nodes = links_graph(found.conclusions, found.replaced, self._identities)
            count = len(nodes) or 1
            for start in range(0, count, _PIECE if self.from_nothing else count):
                yield self._written(LINKS, nodes[start : start + _PIECE] if self.from_nothing else nodes)

    def _written(self, graph: str, nodes: list[Json]) -> tuple[str, str]:
        whole = self._identities.absolute(graph)
        return whole, n_quads(whole, nodes)


def _digest(*parts: Any) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:20]
