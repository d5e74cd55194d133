"""What pushing costs: ``python tests/bench/bench_push.py`` (``make bench-push``).

A graph of a million statements (copies of the bundled corpus) is pushed to Oxigraph's own server and, where it is
installed, to Virtuoso: at first whole, then with nothing changed, then into an empty store with a push that is killed
half-way and gone on with. It fails when a store does not come to hold what the graph holds.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import AbstractContextManager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))
import psutil
from bench_queries import large_store
from pyoxigraph import QuerySolutions
from stores_elsewhere import INSTALL, Elsewhere, oxigraph, virtuoso

from kommungraf.config import DEFAULT_BASE
from kommungraf.graph.files import read_manifest
from kommungraf.query.remote import RemoteStore
from kommungraf.query.store import open_store

KOMMUNGRAF = Path(sys.executable).parent / "kommungraf"
BUFFERS = 200_000
"""Of Virtuoso: 1.6 GB, as much as a machine of 4 GB should give it."""
_MB = 1_000_000


def main() -> int:
    """Measure and print; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", type=Path, help="a folder with out/ that was made before")
    parser.add_argument("--statements", type=int, default=1_000_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.graph or Path(scratch)
        if not chosen.graph:
            large_store(folder, chosen.statements)
        out = folder / "out"
        graphs = len(read_manifest(out)["graphs"])
        print(f"{len(open_store(out)):,} statements in {graphs:,} graphs, {psutil.cpu_count()} cores")
        names = ["oxigraph", *(["virtuoso"] if shutil.which("virtuoso-t") else [])]
        whole = [_measure(name, Path(scratch), out) for name in names]
        if len(names) == 1:
            print(f"Virtuoso is not installed: {INSTALL}")
        return 0 if all(whole) else 1


def _measure(name: str, scratch: Path, out: Path) -> bool:
    with _store(name, scratch / f"{name}-1") as store, _Most(store.pid) as held:
        seconds, memory, statements = _push(store, out)
        again, _, _ = _push(store, out)
        whole = _count(store) == len(open_store(out))
        print(
            f"{name:<10}{statements / seconds:>9,.0f} statements/s ({seconds:.0f} s), push {memory:,.0f} MB,"
            f" server {held.most:,.0f} MB, on disk {_size(scratch / f'{name}-1'):,.0f} MB;"
            f" nothing changed: {again:.1f} s; {'all is there' if whole else 'SOMETHING IS MISSING'}"
        )
    with _store(name, scratch / f"{name}-2") as store:
        _push(store, out, kill_after=seconds / 2)
        rest, _, put = _push(store, out)
        resumed = _count(store) == len(open_store(out))
        print(
            f"{'':<10}killed after {seconds / 2:.0f} s, gone on with: {put:,} statements were left, {rest:.0f} s;"
            f" {'all is there' if resumed else 'SOMETHING IS MISSING'}"
        )
    return whole and resumed


def _store(name: str, folder: Path) -> AbstractContextManager[Elsewhere]:
    folder.mkdir()
    return virtuoso(folder, BUFFERS) if name == "virtuoso" else oxigraph(folder / "store")


def _push(store: Elsewhere, out: Path, kill_after: float = 0.0) -> tuple[float, float, int]:
    """Push: seconds, the most memory that it had (MB), and the statements that were put."""
    began = time.monotonic()
    environment = {**os.environ, "STORE_PASSWORD": "dba"}
    command = [str(KOMMUNGRAF), "push", store.graphs, "--out", str(out), *store.options]
    with (
        subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process,
        _Most(process.pid) as held,
    ):
        if kill_after:
            time.sleep(kill_after)
            process.kill()
            return 0.0, 0.0, 0
        told = process.communicate()[0]
    if process.returncode:
        raise SystemExit("The push failed.")
    statements = next(line.split()[-1] for line in told.splitlines() if line.startswith("statements"))
    return time.monotonic() - began, held.most, int(statements)


def _count(store: Elsewhere) -> int:
    """The statements that the store has of the graph's, without what a push adds of its own and the store had."""
    apart = f"FILTER(STRSTARTS(STR(?g), '{DEFAULT_BASE}') || ?g = <https://w3id.org/kommungraf/ns>)"
    added = "".join(f" FILTER(?g != <{DEFAULT_BASE}graph/{name}>)" for name in ("pushed", "dataset"))
    query = f"SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {apart}{added} }} GROUP BY ?g"
    rows = RemoteStore(store.query, timeout=300).query(query)
    assert isinstance(rows, QuerySolutions)
    return sum(int(row["n"].value) for row in rows)


def _size(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / _MB


class _Most:
    """The most memory that a process has while this is open (MB of its own and shared pages)."""

    def __init__(self, pid: int) -> None:
        self.most = 0.0
        self._process = psutil.Process(pid)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> _Most:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            try:
                self.most = max(self.most, self._process.memory_info().rss / _MB)
            except psutil.NoSuchProcess:
                return


if __name__ == "__main__":
    sys.exit(main())
