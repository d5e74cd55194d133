"""Generations of the store: a build works on a copy of its own and takes the old one's place in a single step.

``graph_out/store`` is a link to ``generations/<n>/store``. Beside each store lies the manifest that belongs to it, so
one rename switches both, and a build that is killed at any moment leaves the graph of before whole.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, RdfFormat, Store, parse

from kommungraf.graph.files import MANIFEST, STORE, current, write_text

Json = dict[str, Any]

_GENERATIONS = "generations"
_BATCH = 12_000_000
"""Characters (some 50,000 quads) that one bulk load holds in memory: more is not faster and takes 200 MB more."""


class Generation:
    """A store in the making. Use as a context manager: leaving it without :meth:`commit` throws it away."""

    def __init__(self, out: Path, *, fresh: bool) -> None:
        old = None if fresh else current(out)
        self._out = out
        self.folder = out / _GENERATIONS / f"{_newest(out) + 1:06}"
        self.folder.mkdir(parents=True)
        if old:
            before = Store.read_only(str(old / STORE))  # a checkpoint: files are linked, not copied
            before.backup(str(self.folder / STORE))
            del before
        self._store: Store | None = Store(str(self.folder / STORE))

    def __enter__(self) -> Generation:
        return self

    def __exit__(self, *_: object) -> None:
        self._store = None
        if current(self._out) != self.folder.resolve():
            shutil.rmtree(self.folder, ignore_errors=True)

    def remove(self, graph: str) -> None:
        """Take a named graph out."""
        assert self._store is not None
        self._store.remove_graph(NamedNode(graph))

    def replace(self, graph: str, n_quads: str) -> None:
        """Make a named graph what the N-Quads say. Only what differs is touched: taking statements out is slow."""
        assert self._store is not None
        before = set(self._store.quads_for_pattern(None, None, None, NamedNode(graph)))
        after = set(parse(n_quads, RdfFormat.N_QUADS, lenient=True))
        for quad in before - after:
            self._store.remove(quad)
        self._store.bulk_extend(after - before)

    def add(self, n_quads: Iterable[str]) -> None:
        """Load N-Quads in bulk loads of a bounded size: memory stays flat however many there are.

        The store, which needs no Python, loads a batch while the next one is made.
        """
        with ThreadPoolExecutor(1) as loader:
            loading: Future[None] | None = None
            for batch in _batches(n_quads):
                if loading:
                    loading.result()
                loading = loader.submit(self._load, batch)
            if loading:
                loading.result()

    def _load(self, batch: str) -> None:
        assert self._store is not None
        self._store.bulk_load(batch, RdfFormat.N_QUADS, lenient=True)  # lenient: our own lines are well-formed

    def add_triples(self, n_triples: str, graph: str) -> None:
        """Load N-Triples into a named graph."""
        assert self._store is not None
        self._store.bulk_load(n_triples, RdfFormat.N_TRIPLES, to_graph=NamedNode(graph))

    def commit(self, manifest: Json) -> None:
        """Make this generation the current one; the one before it stays, to be compared with (``kommungraf diff``)."""
        assert self._store is not None
        self._store.flush()
        self._store = None
        write_text(self.folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, sort_keys=True))
        link, target = self._out / f".{STORE}.new", Path(_GENERATIONS, self.folder.name, STORE)
        link.unlink(missing_ok=True)
        link.symlink_to(target, target_is_directory=True)
        os.replace(link, self._out / STORE)
        sweep(self._out)


def _batches(texts: Iterable[str]) -> Iterator[str]:
    batch: list[str] = []
    size = 0
    for text in texts:
        batch.append(text)
        size += len(text)
        if size > _BATCH:
            yield "".join(batch)
            batch, size = [], 0
    yield "".join(batch)


def sweep(out: Path) -> None:
    """Remove generations other than the current one and the one before it, and what a killed build left."""
    newest = current(out)
    whole = sorted(folder for folder in (out / _GENERATIONS).glob("*") if (folder / MANIFEST).exists())
    before = [folder for folder in whole if newest is None or folder.resolve() < newest]
    keep = {newest, *(folder.resolve() for folder in before[-1:])}
    for folder in (out / _GENERATIONS).glob("*"):
        if folder.resolve() not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def _newest(out: Path) -> int:
    numbers = [int(folder.name) for folder in (out / _GENERATIONS).glob("*") if folder.name.isdigit()]
    return max(numbers, default=0)
