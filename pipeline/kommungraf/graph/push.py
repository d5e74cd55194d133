"""Pushing a graph to a store elsewhere: the named graphs that changed, so that the store holds what ours holds.

What was pushed stands in a named graph of the store itself (``…/graph/pushed``): a digest for each graph that lies
there whole, and an empty one for each that is being written or taken out. So a push that is killed at any moment is
gone on with from any machine, and a store that was emptied or restored tells the truth about itself. The notes have
IRIs of their own: nothing is said of a document that our graph does not say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode, RdfFormat, Store, Triple, serialize

from kommungraf.graph.graph_store import GraphRefusedError, GraphStore

PART = 50_000
"""Statements in one request: a larger graph is put in parts."""

NOTED = 50
"""Graphs that are written before the store is told that they are whole."""

_DIGEST = NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
_BEING_WRITTEN = ""

Progress = Callable[[str, int, int], None]
Content = Callable[[], Iterator[bytes]]
"""The N-Triples of a graph, in parts."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A named graph of ours: its IRI, a digest of what it says, and its statements."""

    iri: str
    digest: str
    parts: Content = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a push does: graphs to put and to take out, and the digests of those that lie there as they should."""

    put: tuple[Graph, ...]
    delete: tuple[str, ...]
    kept: dict[str, str]

    @property
    def is_empty(self) -> bool:
        """Whether the store holds what ours holds."""
        return not self.put and not self.delete


@dataclass(slots=True)
class Pushed:
    """What a push did. ``refused``: graphs that the store did not take, with its reasons."""

    put: int = 0
    deleted: int = 0
    unchanged: int = 0
    statements: int = 0
    refused: dict[str, str] = field(default_factory=dict)


def graphs_of(store: Store, digests: Mapping[str, str], base: str, part: int = PART) -> Iterator[Graph]:
    """The graphs of a manifest (``graphs``: names below the base IRI, or whole IRIs, with digests) in a store."""
    for name, digest in sorted(digests.items()):
        iri = name if "://" in name else base + name
        yield Graph(iri, digest, lambda iri=iri: _parts(store, iri, part))  # type: ignore[misc]


def described(iri: str, n_triples: bytes) -> Graph:
    """A graph that lies in no store of ours."""
    return Graph(iri, sha256(n_triples).hexdigest()[:20], lambda: iter([n_triples]))


def _parts(store: Store, graph: str, size: int) -> Iterator[bytes]:
    quads = iter(store.quads_for_pattern(None, None, None, NamedNode(graph)))
    while part := [quad.triple for quad in islice(quads, size)]:
        yield serialize(part, format=RdfFormat.N_TRIPLES) or b""


def plan(graphs: Iterator[Graph], target: GraphStore, record: str) -> Plan:
    """What has to be done for the store to hold these graphs; ``record`` is the graph that tells what it holds."""
    there: defaultdict[str, set[str]] = defaultdict(set)
    for quad in target.get(record):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal) and quad.predicate == _DIGEST:
            there[unquote(quad.subject.value.removeprefix(record + "#"))].add(quad.object.value)
    ours = {graph.iri: graph for graph in graphs}
    whole = {iri: found - {_BEING_WRITTEN} for iri, found in there.items()}
    kept = {iri: graph.digest for iri, graph in ours.items() if whole.get(iri) == {graph.digest}}
    put = tuple(graph for iri, graph in ours.items() if iri not in kept)
    return Plan(put, tuple(sorted(there.keys() - ours.keys())), kept)


def push(
    todo: Plan, target: GraphStore, record: str, *, jobs: int = 1, noted: int = NOTED, progress: Progress | None = None
) -> Pushed:
    """Carry out a plan. A store that refuses a graph is asked to take the others.

    Raises :class:`~kommungraf.errors.RemoteError` when the store cannot be written to: what was done stays done.
    """
    done = Pushed(unchanged=len(todo.kept))
    if todo.is_empty:
        return done
    in_work = dict.fromkeys([*(graph.iri for graph in todo.put), *todo.delete], _BEING_WRITTEN)
    target.put(record, _notes(record, {**todo.kept, **in_work}))
    whole = dict(todo.kept)
    fresh: dict[str, str] = {}
    total = len(in_work)
    for counted, (iri, digest, outcome) in enumerate(_carried_out(todo, target, jobs), 1):
        if isinstance(outcome, GraphRefusedError):
            done.refused[iri] = str(outcome)
        elif digest:
            fresh[iri] = digest
            done.put, done.statements = done.put + 1, done.statements + outcome
        else:
            done.deleted += 1
            in_work.pop(iri)
        if len(fresh) >= noted:
            target.post(record, _notes(record, fresh))
            whole, fresh = whole | fresh, {}
        if progress:
            progress("push", counted, total)
    target.put(record, _notes(record, {**in_work, **whole, **fresh}))
    return done


def _carried_out(todo: Plan, target: GraphStore, jobs: int) -> Iterator[tuple[str, str, int | GraphRefusedError]]:
    """The graphs as they are done: IRI, digest (empty when it was taken out), statements or why it was refused.

    No more than a few are waiting at a time: those that are done can be noted before the others are.
    """
    tasks: Iterator[Graph | str] = iter([*todo.put, *todo.delete])
    with ThreadPoolExecutor(jobs) as pool:
        waiting: dict[Future[int | GraphRefusedError], Graph | str] = {}
        try:
            while True:
                for task in islice(tasks, 2 * jobs - len(waiting)):
                    waiting[pool.submit(_do, target, task)] = task
                if not waiting:
                    return
                for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                    task = waiting.pop(future)
                    iri, digest = (task.iri, task.digest) if isinstance(task, Graph) else (task, "")
                    yield iri, digest, future.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _do(target: GraphStore, task: Graph | str) -> int | GraphRefusedError:
    try:
        if isinstance(task, Graph):
            return _put(target, task)
        target.delete(task)
    except GraphRefusedError as error:
        return error
    return 0


def _put(target: GraphStore, graph: Graph) -> int:
    """Put a graph, the first part in place of what was there; how many statements it has."""
    write, statements = target.put, 0
    for part in graph.parts():
        write(graph.iri, part)
        write, statements = target.post, statements + part.count(b"\n")
    if not statements:
        target.delete(graph.iri)
    return statements


def _notes(record: str, digests: Mapping[str, str]) -> bytes:
    """What is said of the graphs; the note on one has its IRI as a fragment."""
    noted = ((NamedNode(f"{record}#{quote(iri, safe='/:')}"), digest) for iri, digest in sorted(digests.items()))
    triples = (Triple(node, _DIGEST, Literal(digest)) for node, digest in noted)
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""
