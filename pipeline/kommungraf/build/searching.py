"""The step of a build that makes the search index of a generation, from the graphs on their way into the store."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from types import TracebackType
from typing import Any

from kommungraf.build.graphs import Plan
from kommungraf.graph.files import current
from kommungraf.graph.materialise import Identities, entity_nodes
from kommungraf.link.resolution import Resolution
from kommungraf.query.search_file import SEARCH
from kommungraf.query.search_index import Index
from kommungraf.query.search_rows import Span, Whole, span

Json = dict[str, Any]


class Searching:
    """The index of a generation in the making: hears of each document's graph, then enters the names."""

    def __init__(self, folder: Path, out: Path, plan: Plan, identities: Identities, resolution: Resolution) -> None:
        old = None if plan.from_nothing else current(out)
        self._index = Index(folder / SEARCH, old / SEARCH if old else None)
        self._texts, self._identities, self._resolution = out / "text", identities, resolution
        self._entities = {node["@id"]: node for node in entity_nodes(identities)}
        self._hidden = _hidden(identities)
        self._text = ("", "")

    def __enter__(self) -> Searching:
        self._index.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._index.__exit__()

    def remove(self, graph: str) -> None:
        """Take a graph out, by its whole IRI."""
        self._index.remove(graph)

    def hear(self, record: Json, graph: str, nodes: list[Json]) -> None:
        """Enter a document's graph; a version that is not in force is not to be found."""
        whole = self._identities.absolute(graph)
        if graph in self._resolution.superseded:
            self._index.remove(whole)
            return
        text = self._stored(record)
        extent = _extent(record, graph, len(text))
        self._index.add(Whole(whole, nodes, text, extent, self._entities, self._hidden.get(graph, ())))

    def finish(self) -> None:
        """Enter the names. Afterwards the index is whole."""
        self._index.finish(self._entities.values())

    def _stored(self, record: Json) -> str:
        """The stored text of a record's file; that of the last one is kept, for the documents of a bundle."""
        content = str(record["@graph"][0]["@graph"][0]["sha256"])
        if self._text[0] != content:
            with (self._texts / f"{content}.txt").open(encoding="utf-8", newline="") as file:
                self._text = (content, file.read())  # offsets count line ends as they are
        return self._text[1]


def _extent(record: Json, graph: str, length: int) -> Span:
    """Where in its file a document begins, and where the next one does."""
    heads = (one["@graph"][0] for one in record["@graph"][1:])
    begins = {head["@id"]: span(head["evidence"][0])[0] for head in heads}
    start = begins[graph]
    return start, min((other for other in begins.values() if other > start), default=length)


def _hidden(identities: Identities) -> dict[str, list[Span]]:
    """Where documents name what somebody asked to forget."""
    places: dict[str, list[Span]] = defaultdict(list)
    for mention, entity in identities.by_mention.items() if identities.forgotten else ():
        document, apart, place = mention.partition("/mention/")
        if apart and entity.iri in identities.forgotten:
            places[document].append(span("/" + place.split("/")[1]))
    return places
