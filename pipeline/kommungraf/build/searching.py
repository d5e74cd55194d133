"""The step of a build that makes the search index of a generation, from the graphs on their way into the store."""

from __future__ import annotations

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
        self._index.add(Whole(whole, nodes, text, extent, self._entities, self._hidden(record, graph)))

    def finish(self) -> None:
        """Enter the names. Afterwards the index is whole."""
        self._index.finish(self._entities.values())

    def _hidden(self, record: Json, graph: str) -> list[Span]:
        """Where a document names what somebody asked to forget."""
        known = self._identities
        if not known.forgotten:
            return []
        nodes = next(one["@graph"] for one in record["@graph"] if one["@id"] == graph)
        named = (node for node in nodes if "evidence" in node and known.is_forgotten(node["@id"]))
        return [span(passage) for node in named for passage in node["evidence"]]

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
