"""A built graph from Python: questions as pandas tables, entities as dataclasses, ties as networkx graphs.

    from kommungraf import open_graph

    with open_graph("graph_out") as graph:
        graph.queries()                               # what can be asked
        graph.query("promises", year=2024)            # a table
        graph.timeline("KS 2020/112")                 # what is told of one thing, year by year
        graph.search("cykelpool")                     # what says it, best first
        graph.network("people", 2022)                 # who sits where

What cannot be answered (an unknown query, a name that nobody bears or that several bear) raises
:class:`~kommungraf.errors.UsageError` with a sentence that says what to do.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from pyoxigraph import QueryBoolean, QuerySolutions, Store

from kommungraf import config
from kommungraf.errors import UsageError
from kommungraf.query.named_queries import named_queries, named_query
from kommungraf.query.store import ask, open_store

if TYPE_CHECKING:
    import networkx
    import pandas

    from kommungraf.query.entity import Entity

Value = str | int | date


def open_graph(out: str | PathLike[str] = "graph_out", *, base: str | None = None) -> Graph:
    """Open the graph in an output folder of ``kommungraf build``, for reading.

    ``base`` is the IRI that the graph's entities live under; by default it is taken from the settings. Raises
    :class:`~kommungraf.errors.UsageError` when there is no graph in the folder.
    """
    return Graph(Path(out), base or config.load().base)


class Graph:
    """A graph that is open for reading; made by :func:`open_graph`. Any number may be open, also while a build runs."""

    def __init__(self, out: Path, base: str) -> None:
        self.out = out
        self.base = base
        self._store: Store | None = open_store(out)

    def __enter__(self) -> Graph:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"open_graph({str(self.out)!r})"

    def close(self) -> None:
        """Let go of the store. A closed graph answers no more."""
        self._store = None

    @property
    def store(self) -> Store:
        """The pyoxigraph store behind it, read-only."""
        if self._store is None:
            raise UsageError(f"The graph {self.out} is closed; open it again with open_graph.")
        return self._store

    def query(self, name: str, /, **parameters: Value | None) -> pandas.DataFrame:
        """The answer of a named query as a table; a parameter that is ``None`` counts as not given.

        Whole numbers and years are integers, decimals floats, full dates ``datetime64``. No answer is an empty table
        with its columns. What can be asked: :meth:`queries`.
        """
        values = {key: _text(value) for key, value in parameters.items() if value is not None}
        return self._table(named_query(name).bind(values), name)

    def sparql(self, text: str) -> pandas.DataFrame | bool:
        """The answer of any SPARQL 1.1: a table for SELECT, true or false for ASK, and for CONSTRUCT and DESCRIBE a
        table of subject, predicate and object. The usual prefixes (``kg:``, ``foaf:``, ``org:`` …) are declared.
        """
        from kommungraf.query.answer import shortener
        from kommungraf.query.frame import frame, frame_of

        answer = ask(self.store, text)
        if isinstance(answer, QueryBoolean):
            return bool(answer)
        if isinstance(answer, QuerySolutions):
            return frame_of(answer, self.base)
        write = shortener(self.base)
        triples = sorted([write(t.subject), write(t.predicate), write(t.object)] for t in answer)
        return frame(["subject", "predicate", "object"], triples)

    def queries(self) -> pandas.DataFrame:
        """The named queries: name, the question that it answers, its parameters (``*`` marks those it needs), and
        what its answer is.
        """
        from kommungraf.query.frame import frame

        rows = [
            [q.name, q.title, ", ".join(p.name + ("*" if p.required else "") for p in q.parameters), q.description]
            for q in named_queries().values()
        ]
        return frame(["query", "question", "parameters", "answer"], rows)

    def documents(self) -> pandas.DataFrame:
        """The documents that the graph holds, one row per logical document (a file may hold several)."""
        return self.query("documents")

    def entity(self, name: str) -> Entity:
        """All that is known of one entity: properties, facts, conclusions.

        ``name`` is what ``kommungraf show`` takes: a name, a short name, a diary number, ``§ 27 2023``, or an IRI (with
        or without the base). Raises :class:`~kommungraf.errors.UsageError` when nothing bears the name, and with the
        choices when several do.
        """
        from kommungraf.query.entity import describe, find_one

        return describe(self.store, find_one(self.store, name, self.base))

    def timeline(self, name: str) -> pandas.DataFrame:
        """What is told of one entity through the years, one row per fact, in order of time.

        Columns: ``year``, ``date`` (text, at the precision known), ``kind`` (decision, seat, present, plan, result,
        mention … or what was concluded), ``what``, ``quote``, ``document``, ``page``, ``file``; for conclusions also
        ``score`` and ``because``. ``name`` is as for :meth:`entity`.
        """
        from kommungraf.query.frame import frame
        from kommungraf.query.timeline import timeline, unfolded

        rows = []
        for entry in unfolded(timeline(self.entity(name), self.out / "text")):
            quote = entry.quotes[0] if entry.quotes else None
            where = [quote.text, quote.document, quote.page, quote.file] if quote else [None] * 4
            year = int(entry.year) if entry.year else None
            rows.append([year, entry.when or None, entry.kind, entry.what, *where, entry.score, entry.because or None])
        return frame("year date kind what quote document page file score because".split(), rows)

    def search(
        self, text: str, *, kinds: Collection[str] = (), years: Collection[int] = (), limit: int = 20
    ) -> pandas.DataFrame:
        """What is found by words, best first: ``kind``, ``name``, ``year`` (or first and last year), ``body``, ``text``
        (the words around those that matched), ``iri``.

        ``kinds`` are classes (``Decision``). Inflection, parts of compounds and typing errors are seen to; a phrase
        stands in quotation marks, ``-word`` leaves out. More, such as facets: :class:`kommungraf.query.search.Search`.
        """
        from kommungraf.query.frame import frame
        from kommungraf.query.search import search_of

        self.store  # noqa: B018 (a closed graph says so)
        with search_of(self.out) as index:
            hits = index.find(text, kinds=kinds, years=years, limit=limit).hits
        rows = [[hit.kind, hit.name, hit.year, hit.body, hit.text, hit.iri.removeprefix(self.base)] for hit in hits]
        return frame("kind name year body text iri".split(), rows)

    def network(self, kind: str = "people", year: int | None = None) -> networkx.Graph:
        """A network of one year, or of all: ``people`` (who sits where), ``projects`` (who takes part in what, who
        pays) or ``cooperation`` (who takes part in the same projects).

        Nodes carry ``name`` and ``kind``; edges ``role``, ``first`` and ``last`` year, or ``projects`` and ``weight``.
        """
        from kommungraf.query.ties import network

        return network(self.store, kind, year, self.base)

    def _table(self, sparql: str, name: str) -> pandas.DataFrame:
        from kommungraf.query.frame import frame_of

        answer = ask(self.store, sparql)
        if not isinstance(answer, QuerySolutions):
            raise UsageError(f"The query {name} gives no table.")
        return frame_of(answer, self.base)


def _text(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
