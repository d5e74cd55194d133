"""The graph in other formats. Every export is the same, byte for byte, for the same graph."""

from __future__ import annotations

import heapq
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from pyoxigraph import Quad, RdfFormat, Store, Triple, serialize

from kommungraf.errors import UsageError
from kommungraf.graph import ontology
from kommungraf.graph.files import STORE

_FORMATS = {"ttl": RdfFormat.TURTLE, "trig": RdfFormat.TRIG, "nq": RdfFormat.N_QUADS, "jsonld": RdfFormat.JSON_LD}
_RUN = 500_000
"""Lines that are sorted in memory at a time; larger graphs are merged from sorted runs on disk."""


def open_graph(out: Path) -> Store:
    """The current store, read-only. Raises :class:`~kommungraf.errors.UsageError` when there is none."""
    folder = out / STORE
    if not folder.exists():
        raise UsageError(f"There is no graph in {out}. Build one first: kommungraf build PATH --out {out}")
    return Store.read_only(str(folder.resolve()))


def export_rdf(store: Store, form: str, target: IO[bytes]) -> None:
    """Write the graph as ``ttl`` (the union of all graphs), ``trig``, ``nq`` (sorted lines) or ``jsonld``."""
    if form == "nq":
        target.writelines(_sorted_lines(store))
        return
    graphs = sorted(store.named_graphs(), key=str)
    ordered: Iterable[Any]
    if form == "ttl":
        ordered = sorted({quad.triple for quad in store}, key=_order)
    else:
        ordered = (
            quad for graph in graphs for quad in sorted(store.quads_for_pattern(None, None, None, graph), key=_order)
        )
    with tempfile.TemporaryFile() as spill:
        serialize(ordered, spill, _FORMATS[form], prefixes=ontology.prefixes())
        spill.seek(0)
        _copy_with_sorted_prefixes(spill, target)


def _copy_with_sorted_prefixes(spill: IO[bytes], target: IO[bytes]) -> None:
    """Prefixes are written in no fixed order, so that two equal graphs would give two files."""
    prefixes: list[bytes] = []
    for line in spill:
        if line.startswith(b"@prefix"):
            prefixes.append(line)
            continue
        target.writelines(sorted(prefixes))
        target.write(line)
        break
    shutil.copyfileobj(spill, target)


def _order(statement: Quad | Triple) -> tuple[str, str, str]:
    return str(statement.subject), str(statement.predicate), str(statement.object)


def _sorted_lines(store: Store) -> Iterator[bytes]:
    with tempfile.TemporaryFile() as spill:
        store.dump(spill, RdfFormat.N_QUADS)
        spill.seek(0)
        runs: list[IO[bytes]] = []
        lines: list[bytes] = []
        for line in spill:
            lines.append(line)
            if len(lines) == _RUN:
                runs.append(_run(lines))
                lines = []
        lines.sort()
        yield from heapq.merge(*runs, lines)
        for run in runs:
            run.close()


def _run(lines: list[bytes]) -> IO[bytes]:
    run = tempfile.TemporaryFile()  # noqa: SIM115 (closed by the caller when it is merged)
    run.writelines(sorted(lines))
    run.seek(0)
    return run
