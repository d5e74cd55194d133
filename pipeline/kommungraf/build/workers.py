"""Documents read in worker processes that are killed when a document takes too much; small texts, in this process.

A worker has one document at a time: when it is killed, or dies, no other document is lost with it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import wait
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from kommungraf import limits
from kommungraf.build import work
from kommungraf.build.work import Outcome, Shop, left_out, process
from kommungraf.build.worker import CONTENT, MORE, READY, serve
from kommungraf.errors import InputError, KommungrafError, UsageError
from kommungraf.limits import MB
from kommungraf.read.detect import TEXT, media_type
from kommungraf.read.inputs import Source, content

_PRELOAD = ["kommungraf.extract", "kommungraf.read.plain", "kommungraf.segment"]
_LIGHT = 1 * MB
"""A text up to this size is read in this process: a worker takes a second to start."""
_LOOK = 0.1  # seconds between looks at what workers use
_START = 60.0  # seconds in which a worker must have started
_PAGE_SIZE = resource.getpagesize()


def process_all(sources: list[Source], shop: Shop, jobs: int) -> Iterator[Outcome]:
    """All sources, in the order in which they are done. One job reads small texts in this process."""
    rest = sources
    if jobs <= 1 and threading.current_thread() is threading.main_thread():  # only that one has an alarm clock
        rest = []
        for source in sources:
            outcome = _in_this_process(source, shop)
            if outcome is None:
                rest.append(source)
            else:
                yield outcome
    if rest:
        yield from _in_workers(rest, shop, max(jobs, 1))


def _in_this_process(source: Source, shop: Shop) -> Outcome | None:
    """The outcome of a small text; ``None`` for what belongs in a worker."""
    if source.length > _LIGHT or len(source.members) > 1:
        return None
    try:
        if media_type(content(source), source.name) != TEXT:
            return None
        with _alarm(source):
            return process(source, shop)
    except InputError as error:
        return left_out(source, error.kind, str(error))


@contextlib.contextmanager
def _alarm(source: Source) -> Iterator[None]:
    """Raise :class:`~kommungraf.errors.InputError` in what takes too long: Python code, and its regular expressions."""
    allowed = limits.in_force()

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise InputError(work.TOO_SLOW, work.too_slow(source))

    def more(seconds: float) -> None:
        left, again = signal.getitimer(signal.ITIMER_REAL)
        signal.setitimer(signal.ITIMER_REAL, left + seconds, again)

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, allowed.seconds, 1.0)  # again: a callback or a finaliser may swallow it
    try:
        with limits.under(allowed, more):
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _in_workers(sources: list[Source], shop: Shop, jobs: int) -> Iterator[Outcome]:
    waiting = deque(sources)
    folder = Path(tempfile.mkdtemp(prefix=".work-", dir=shop.out))
    workers: list[_Worker] = []
    try:
        while waiting or any(worker.source for worker in workers):
            for worker in workers:
                if worker.idle and waiting:
                    worker.begin(waiting.popleft())
            idle = sum(worker.source is None for worker in workers)
            if len(workers) < jobs and idle < len(waiting):
                with _uninterrupted():
                    workers.append(_Worker(shop, folder))
                continue
            wait([worker.pipe for worker in workers], _LOOK)
            for worker in workers:
                yield from worker.listen()
            workers = [worker for worker in workers if worker.alive]
    finally:
        for worker in workers:
            worker.kill()
        shutil.rmtree(folder, ignore_errors=True)


class _Worker:
    """A worker process as its employer sees it: what it reads, and until when.

    ``idle``: it waits for work; ``alive``: it has not ended, nor been ended; ``source``: what it reads; ``used``: the
    memory that it was last seen to have.
    """

    def __init__(self, shop: Shop, folder: Path) -> None:
        self.limits = limits.in_force()
        self.folder = Path(tempfile.mkdtemp(dir=folder))
        self.pipe, theirs = multiprocessing.Pipe()
        self.process: Any = context().Process(
            target=serve, args=(theirs, shop, self.limits, self.folder), daemon=True, name="kommungraf-worker"
        )
        with _without_main():
            self.process.start()
        theirs.close()
        self.source: Source | None = None
        self.sha256, self.used = "", 0
        self.started, self.idle, self.alive = False, False, True
        self.deadline = time.monotonic() + _START

    def begin(self, source: Source) -> None:
        """Give it a document to read."""
        self.idle, self.source, self.sha256, self.used = False, source, "", 0
        self.deadline = time.monotonic() + self.limits.seconds
        with contextlib.suppress(OSError):  # it died just now: that is heard next
            self.pipe.send(source)

    def listen(self) -> Iterator[Outcome]:
        """What it has told since, or the end of it: it died, or it takes too much."""
        try:
            while self.alive and self.pipe.poll():
                yield from self.hear(*self.pipe.recv())
        except (EOFError, ConnectionResetError):  # C code dies of memory that it does not get
            yield from self.end(work.TOO_BIG if self.used > self.limits.memory_mb * MB / 2 else work.CRASHED)
        if self.alive and self.source:
            self.used = memory(self.process.pid)
            if self.used > self.limits.memory_mb * MB:
                yield from self.end(work.TOO_BIG)
        if self.alive and not self.idle and time.monotonic() > self.deadline:
            yield from self.end(work.TOO_SLOW)

    def hear(self, what: str, told: Any) -> Iterator[Outcome]:
        """Take in one thing that it tells."""
        if what == READY:
            self.started = self.idle = True
        elif what == CONTENT:
            self.sha256 = told
        elif what == MORE:
            self.deadline += told
        elif isinstance(told, KommungrafError):
            raise told
        else:
            self.source = None
            self.deadline = time.monotonic() + _START
            if memory(self.process.pid) > self.limits.memory_mb * MB / 2:  # the next one gets all that it may have
                self.kill()
            yield told

    def end(self, kind: str) -> Iterator[Outcome]:
        """Kill it; the document that it had is left out."""
        self.kill()
        if not self.started:
            raise UsageError("A worker process could not start; is there too little memory?")
        if self.source is not None:
            # A death may have been an accident: without its SHA-256 a document is tried again by the next build.
            sha256 = "" if kind == work.CRASHED else self.sha256
            yield left_out(self.source, kind, work.SENTENCES[kind](self.source), sha256)

    def kill(self) -> None:
        """End the process and all that it started, and remove what they left."""
        self.alive = False
        with contextlib.suppress(ProcessLookupError, PermissionError):  # gone, or too young to have a group
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.join()
        self.pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def memory(pid: int) -> int:
    """Bytes in memory of a process and the programs that it started; 0 where the system does not tell."""
    try:
        used = int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE_SIZE
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0
    return used + sum(memory(int(child)) for child in children)


def context() -> Any:
    """How worker processes are started: from a server that has the package loaded, where the system has that."""
    methods = multiprocessing.get_all_start_methods()
    if "forkserver" not in methods:
        return multiprocessing.get_context("spawn")
    server: Any = multiprocessing.get_context("forkserver")
    _start_server(server)
    return server


def _start_server(context: Any) -> None:
    """Start the server of workers deaf to Ctrl-C, which a terminal sends to all: only the user's process answers it."""
    from multiprocessing import forkserver

    context.set_forkserver_preload(_PRELOAD)
    if threading.current_thread() is not threading.main_thread():
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with _without_main():
            forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, before)


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Start a process without the user's program: it needs nothing of it, and an unguarded script would run anew."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextlib.contextmanager
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
