"""Which named graphs differ from those of before, and what goes into them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kommungraf.build.state import State
from kommungraf.graph import ontology
from kommungraf.graph.materialise import LINKS, Identities, document_graph, file_graph, graph_ids, links_graph
from kommungraf.graph.nquads import n_quads
from kommungraf.model import iri

if TYPE_CHECKING:
    from kommungraf.link.resolution import Resolution

Json = dict[str, Any]

_VERSIONS = ("extractor", "grapher", "ontology", "base")


class Plan:
    """The graphs to come against the graphs of before, by digests of what each is made of.

    A document's graph is made of its record and of its slice of the resolution, so a new document that changes who is
    who changes only the graphs in which those people are.
    """

    def __init__(self, new: State, old: State, identities: Identities, resolution: Resolution) -> None:
        self._new, self._identities, self._resolution = new, identities, resolution
        self._base = identities.base
        self.digests = dict(self._digest_all())
        before = old.graphs if old.versions.get("base") == self._base else {}
        self.changed = {graph for graph, digest in self.digests.items() if before.get(graph) != digest}
        self._before = set(before)
        self.gone = self._before - self.digests.keys()
        self.from_nothing = not before or 2 * len(self.changed | self.gone) > len(self.digests)
        self.vocabulary_changed = ontology.GRAPH in self.changed or self.from_nothing

    def _digest_all(self) -> Iterator[tuple[str, str]]:
        made_by = [self._new.versions[name] for name in _VERSIONS]
        slices = self._identities.by_document()
        names = self._new.names()
        for content in self._new.readable():
            yield iri.file(content), _digest(made_by, content, names[content])
            for document in self._new.contents[content]["documents"]:
                yield document, _digest(made_by, content, slices.get(document))
        found = self._resolution
        yield LINKS, _digest(made_by, found.conclusions, found.entities, found.replaced, sorted(found.forgotten))
        yield ontology.GRAPH, self._new.versions["ontology"]

    def outdated(self) -> list[str]:
        """The whole IRIs of graphs to take out of a copy of the store of before."""
        if self.from_nothing:
            return []
        return [self._identities.absolute(graph) for graph in sorted((self.changed & self._before) | self.gone)]

    def to_write(self) -> set[str]:
        """The graphs made of JSON-LD that have to be written."""
        return (self.digests.keys() if self.from_nothing else self.changed) - {ontology.GRAPH}

    def n_quads(self, record: Callable[[str], Json]) -> Iterator[str]:
        """The graphs to write, one at a time; ``record`` gives the record of a content."""
        todo, names = self.to_write(), self._new.names()
        for content in self._new.readable():
            ids = [iri.file(content), *self._new.contents[content]["documents"]]
            if todo.isdisjoint(ids):
                continue
            for graph, nodes in graph_ids(record(content)):
                if graph not in todo:
                    continue
                if graph == ids[0]:
                    made = file_graph(nodes, names[content], self._identities)
                else:
                    made = document_graph(nodes, self._identities)
                yield n_quads(self._identities.absolute(graph), made)
        if LINKS in todo:
            found = self._resolution
            made = links_graph(found.conclusions, found.replaced, self._identities)
            yield n_quads(self._identities.absolute(LINKS), made)


def _digest(*parts: Any) -> str:
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str)
    return sha256(text.encode()).hexdigest()[:20]
