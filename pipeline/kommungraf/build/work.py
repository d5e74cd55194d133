"""One document through read, segment and extract, and the worker processes that do it for many."""

from __future__ import annotations

import gc
import hashlib
import json
import multiprocessing
import os
import signal
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kommungraf.errors import InputError, Issue, KommungrafError, StorageError
from kommungraf.graph.files import write_text
from kommungraf.read.inputs import Source, content

Json = dict[str, Any]

_PRELOAD = ["kommungraf.extract", "kommungraf.read.plain", "kommungraf.segment"]


@dataclass(frozen=True, slots=True)
class Shop:
    """What every job needs to know: where results go, and which version of the extractor makes them."""

    out: Path
    extractor: str
    model: str = ""

    def record(self, sha256: str) -> Path:
        """Where the record of a content is."""
        return self.out / "records" / f"{sha256}.{self.extractor}.jsonld"

    def text(self, sha256: str) -> Path:
        """Where the stored text of a content is."""
        return self.out / "text" / f"{sha256}.txt"

    def has(self, sha256: str) -> bool:
        """Whether a content was read already."""
        return self.record(sha256).exists() and self.text(sha256).exists()


@dataclass(slots=True)
class Outcome:
    """What became of a source. ``sha256`` is empty when its bytes could not be had; ``documents`` are graph IRIs."""

    key: str
    sha256: str = ""
    name: str = ""
    documents: list[str] = field(default_factory=list)
    statistics: Json = field(default_factory=dict)
    issues: list[Json] = field(default_factory=list)
    quarantined: bool = False


def process(source: Source, shop: Shop) -> Outcome:
    """Make the record of one source, or find it made already. Bad input becomes an issue; so does a defect of ours."""
    outcome = Outcome(source.key, name=source.name)
    try:
        data = content(source)
        outcome.sha256 = hashlib.sha256(data).hexdigest()
        record = _made_already(shop, outcome.sha256) or _make(data, source.name, shop)
        outcome.documents = [graph["@id"] for graph in record["@graph"][1:]]
        outcome.statistics, outcome.issues = record["statistics"], record["issues"]
    except InputError as error:
        _quarantine(outcome, Issue(source.name, "read", error.kind, str(error), quarantined=True))
    except KommungrafError:
        raise
    except Exception as error:  # the one broad catch: a defect in one document must not stop the others
        where = traceback.extract_tb(error.__traceback__)[-1]
        told = f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}: {str(error)[:200]}"
        message = f"{source.name} was left out because of a fault in kommungraf ({told}); please report it."
        _quarantine(outcome, Issue(source.name, "build", "internal", message, quarantined=True))
    return outcome


def _quarantine(outcome: Outcome, issue: Issue) -> None:
    outcome.quarantined = True
    outcome.issues = [issue.as_dict()]


def unwritable(out: Path, error: OSError) -> str:
    """The sentence for a disk that is full or closed to us."""
    reason = error.strerror or str(error).rpartition(": ")[2]  # the store ends with the system's words
    return f"{out} cannot be written ({reason}); the graph of before is as it was."


def _made_already(shop: Shop, sha256: str) -> Json | None:
    path = shop.record(sha256)
    if not shop.has(sha256):
        return None
    record: Json = json.loads(path.read_text(encoding="utf-8"))
    return record


def _make(data: bytes, name: str, shop: Shop) -> Json:
    from kommungraf.extract import extract
    from kommungraf.model.record import make_record
    from kommungraf.read import read_bytes
    from kommungraf.segment import segment

    text = read_bytes(data, name)
    documents, cut = segment(text)
    results, unclear = extract(text, documents, shop.model or None)
    record = make_record(text, results, shop.extractor)
    record["issues"] = [issue.as_dict() for issue in (*text.issues, *cut, *unclear)]
    record["statistics"] = statistics(record, text.pages, text.empty_pages, text.stored)
    try:
        write_text(shop.text(text.file.sha256), text.stored)
        write_text(shop.record(text.file.sha256), json.dumps(record, ensure_ascii=False))
    except OSError as error:
        raise StorageError(unwritable(shop.out, error)) from error
    return record


def statistics(record: Json, pages: int, empty_pages: list[int], stored: str) -> Json:
    """What the coverage table is summed up from."""
    kinds: Counter[str] = Counter()
    types: Counter[str] = Counter()
    without_outcome = 0
    for graph in record["@graph"][1:]:
        for node in graph["@graph"]:
            kinds[node["@type"]] += 1
            if node["@type"] == "Document":
                types[node["documentType"].partition("-")[2]] += 1
            elif node["@type"] == "Decision" and node.get("outcome") in (None, "kg:outcome-other"):
                without_outcome += 1
    return {
        "pages": pages,
        "emptyPages": len(empty_pages),
        "characters": len(stored),
        "words": len(stored.split()),
        "kinds": dict(sorted(kinds.items())),
        "types": dict(sorted(types.items())),
        "decisionsWithoutOutcome": without_outcome,
    }


def process_all(sources: list[Source], shop: Shop, jobs: int) -> Iterator[Outcome]:
    """All sources, in the order in which they are done. One job works in this process, more in workers of their own."""
    if jobs <= 1 or len(sources) <= 1:
        for source in sources:
            yield process(source, shop)
        return
    waiting = list(reversed(sources))
    while waiting:
        suspects = yield from _pool(waiting, shop, jobs)
        for source in suspects:  # one of them killed its worker: each gets a worker of its own
            yield _alone(source, shop)


def _pool(waiting: list[Source], shop: Shop, jobs: int) -> Generator[Outcome, None, list[Source]]:
    """Take sources off ``waiting`` until it is empty or a worker dies; the sources then under way are returned."""
    with _executor(jobs) as pool:
        running: dict[Future[Outcome], Source] = {}
        try:
            while waiting or running:
                while waiting and len(running) < 2 * jobs:
                    with _uninterrupted():
                        running[pool.submit(process, waiting[-1], shop)] = waiting[-1]
                    waiting.pop()
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    outcome = future.result()
                    del running[future]
                    yield outcome
        except BrokenProcessPool:
            return list(running.values())
        except BaseException:
            for worker in list((pool._processes or {}).values()):
                worker.kill()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return []


def _alone(source: Source, shop: Shop) -> Outcome:
    with _executor(1) as pool:
        try:
            return pool.submit(process, source, shop).result()
        except BrokenProcessPool:
            outcome = Outcome(source.key, name=source.name)
            message = (
                f"{source.name} was left out: reading it ended the program that read it (out of memory, or damaged)."
            )
            _quarantine(outcome, Issue(source.name, "read", "crashed", message, quarantined=True))
            return outcome


def _executor(jobs: int) -> ProcessPoolExecutor:
    methods = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if "forkserver" in methods:
        _start_server(context)
    return ProcessPoolExecutor(jobs, context, initializer=_start_worker)


def _start_server(context: Any) -> None:
    """Start the server of workers deaf to Ctrl-C, which a terminal sends to all: only the user's process answers it."""
    from multiprocessing import forkserver

    context.set_forkserver_preload(_PRELOAD)
    if threading.current_thread() is not threading.main_thread():
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait for the end of the block: a worker that is only half started could not be stopped."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if came:
        raise KeyboardInterrupt


@contextmanager
def few_collections() -> Iterator[None]:
    """Let the garbage collector run seldom: a build makes millions of small objects and hardly any cycles.

    Measured on 200 minutes: a fifth of the time of writing graphs, a tenth of the whole.
    """
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _start_worker() -> None:
    gc.set_threshold(200_000, 50, 50)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that the user started
    parent = multiprocessing.parent_process()
    if parent is not None:

        def leave_with_parent() -> None:
            parent.join()
            os._exit(1)

        threading.Thread(target=leave_with_parent, daemon=True).start()


Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


def silent(_what: str, _done: int, _total: int) -> None:
    """No progress shown."""


def tracked(outcomes: Iterable[Outcome], total: int, progress: Progress) -> Iterator[Outcome]:
    """Outcomes as they come, told to ``progress``."""
    progress("Reading", 0, total)
    for done, outcome in enumerate(outcomes, 1):
        progress("Reading", done, total)
        yield outcome
