"""The Oxigraph server behind the endpoint: started over one generation's store, watched, replaced, ended."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import logging
import os
import resource
import signal
import socket
import sys
from collections import deque
from collections.abc import Callable
from pathlib import Path

from kommungraf.errors import UsageError
from kommungraf.limits import MB
from kommungraf.web.endpoint.upstream import Answer, LostError, Upstream

_LOG = logging.getLogger("kommungraf.web")
_START = 60.0
"""Seconds that a server may take to open a store."""
_TRIES = 5
"""How often another port is tried where somebody else was quicker to take it."""
_ENDING = 2
"""Servers that may be finishing their queries after they were replaced; of more, the oldest is ended at once."""
_PR_SET_PDEATHSIG = 1
_UNION = b"union-default-graph"
"""The parameter that makes all graphs the default graph. It, and the switch of that name, win over ``FROM``."""


class EngineError(UsageError):
    """The Oxigraph server does not start; the sentence says what it told."""


class Engine:
    """One Oxigraph process over one generation's store, or a SPARQL endpoint elsewhere (then without a process)."""

    def __init__(self, generation: str, upstream: Upstream, process: asyncio.subprocess.Process | None) -> None:
        self.generation = generation
        self.upstream = upstream
        self._process = process
        self._said: deque[str] = deque(maxlen=20)
        self._asked = 0
        self._retired = False
        self.ended_early = False
        """Whether it was ended, by us, before its queries were done."""
        self.watch: asyncio.Task[None] | None = None

    @classmethod
    async def start(cls, store: Path, generation: str = "", memory_mb: int = 2_000) -> Engine:
        """Start a server over a store and wait until it answers. Raises :class:`EngineError`."""
        arguments = ["serve-read-only", "--location", str(store)]
        return await cls._start(arguments, generation, memory_mb, f"The graph in {store} cannot be served")

    @classmethod
    async def empty(cls) -> Engine:
        """Start a server over nothing, for what it brings along. Raises :class:`EngineError`."""
        return await cls._start(["serve"], "", 2_000, "The Oxigraph server does not start")

    @classmethod
    async def _start(cls, arguments: list[str], generation: str, memory_mb: int, failure: str) -> Engine:
        said = ""
        for _ in range(_TRIES):
            port = _free_port()
            process = await _begin([str(program()), *arguments, "--bind", f"127.0.0.1:{port}"], memory_mb)
            engine = cls(generation, Upstream(f"http://127.0.0.1:{port}/query"), process)
            if await engine._listens():
                return engine
            said = " ".join(engine._said)
            engine.end()
            if "in use" not in said:
                break
        raise EngineError(f"{failure}: {said or 'it ended at once.'}")

    @classmethod
    def remote(cls, url: str, generation: str = "") -> Engine:
        """A SPARQL endpoint elsewhere."""
        return cls(generation, Upstream(url), None)

    async def _listens(self) -> bool:
        """Whether the server came to listen; what it says meanwhile is kept, and read on for ever after."""
        assert self._process is not None
        assert self._process.stderr is not None
        ready: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self.watch = asyncio.create_task(self._listen(self._process.stderr, self._process, ready))
        with contextlib.suppress(TimeoutError):
            return await asyncio.wait_for(asyncio.shield(ready), _START)
        return False

    async def _listen(
        self, said: asyncio.StreamReader, process: asyncio.subprocess.Process, ready: asyncio.Future[bool]
    ) -> None:
        while line := await _line(said):
            self._said.append(line)
            if not ready.done() and line.startswith("Listening"):
                ready.set_result(True)
        await process.wait()
        if not ready.done():
            ready.set_result(False)

    @property
    def died(self) -> bool:
        """Whether the process is gone."""
        return self._process is not None and (self._process.returncode is not None or self.watch_done)

    @property
    def watch_done(self) -> bool:
        """Whether what watches the process has seen its end."""
        return self.watch is not None and self.watch.done()

    @property
    def pid(self) -> int | None:
        """The process; ``None`` with an endpoint elsewhere."""
        return self._process.pid if self._process else None

    async def ask(
        self,
        query: bytes,
        accept: bytes,
        graphs: bytes = b"",
        began: Callable[[Callable[[Exception], None]], None] | None = None,
        host: bytes = b"",
        of_all: bool = True,
    ) -> Answer:
        """Ask a query (UTF-8) of some graphs; where none are named, ``of_all`` says that the query names none either.

        ``began`` is told how to stop it; relative IRIs in it are below ``host``.
        Whoever gets an answer that is not whole calls :meth:`release` when it is read.
        Raises :class:`~kommungraf.web.endpoint.upstream.LostError` when the server went away.
        """
        self._asked += 1
        try:
            connection = await self.upstream.connection()
            if began is not None:
                began(connection.stop)
            if self._process is None:
                request = self.upstream.post_form(query, accept, graphs)
            else:
                request = self.upstream.post(query, accept, graphs or (_UNION if of_all else b""), host)
            answer = await connection.ask(request)
            if not answer.whole:
                self._asked += 1
            return answer
        finally:
            self.release()

    async def fetch(self, path: str) -> Answer:
        """Something else that the server has, such as its query page."""
        connection = await self.upstream.connection()
        return await connection.ask(self.upstream.get(path))

    def release(self) -> None:
        """An answer that was not whole has been read: its server is not needed for it any longer."""
        self._asked -= 1
        if self._retired and not self._asked:
            self.end()

    def retire(self) -> None:
        """Another has taken its place: end it as soon as its queries are done."""
        self._retired = True
        if not self._asked:
            self.end()

    @property
    def ended(self) -> bool:
        """Whether it was ended, or died."""
        return self._process is None or self.died

    def end(self) -> None:
        """End it now."""
        self.ended_early |= self._asked > 0
        self.upstream.close()
        if self._process is not None and self._process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                self._process.kill()


class Engines:
    """The server that answers now. It is replaced by one over the next generation, or by a fresh one over the same."""

    def __init__(self, memory_mb: int = 2_000) -> None:
        self._memory_mb = memory_mb
        self._current: Engine | None = None
        self._store: Path | None = None
        self._ending: deque[Engine] = deque()
        self._change = asyncio.Lock()
        self._replacing: dict[Engine, asyncio.Task[None]] = {}
        self._closed = False

    @property
    def current(self) -> Engine:
        """The server that new queries go to."""
        assert self._current is not None, "switch() comes first"
        return self._current

    async def switch(self, store: Path, generation: str) -> None:
        """Serve another generation: new queries go there once its server answers; the old one finishes its own.

        Raises :class:`EngineError`; then the old one stays.
        """
        async with self._change:
            engine = await Engine.start(store, generation, self._memory_mb)
            self._store = store
            self._put(engine)

    async def connect(self, url: str, generation: str) -> None:
        """Serve what an endpoint elsewhere answers."""
        async with self._change:
            self._put(Engine.remote(url, generation))

    def _put(self, engine: Engine) -> None:
        before, self._current = self._current, engine
        if engine.watch is not None:
            engine.watch.add_done_callback(lambda _: self._on_end(engine))
        if before is not None:
            before.retire()
            self._ending.append(before)
        self._ending = deque(one for one in self._ending if not one.ended)
        while len(self._ending) > _ENDING:
            self._ending.popleft().end()

    def _on_end(self, engine: Engine) -> None:
        if engine is self._current and not self._closed:
            _LOG.warning("The Oxigraph server ended by itself; another one is started.")
            self.replace(engine)

    def replace(self, engine: Engine) -> asyncio.Task[None] | None:
        """Start a fresh server in place of one that died or that has queries in it which must end.

        However often it is asked, each is replaced once. ``None``: it was replaced already, or is elsewhere.
        """
        if engine in self._replacing:
            return self._replacing[engine]
        if engine is not self._current or engine.pid is None or self._closed:
            return None
        task = asyncio.create_task(self._replace(engine))
        self._replacing[engine] = task
        task.add_done_callback(lambda _: self._replacing.pop(engine, None))
        return task

    async def _replace(self, engine: Engine) -> None:
        async with self._change:
            if engine is not self._current or self._store is None or self._closed:
                return
            try:
                self._put(await Engine.start(self._store, engine.generation, self._memory_mb))
            except EngineError as error:
                _LOG.error("%s", error)

    async def close(self) -> None:
        """End all servers."""
        self._closed = True
        for task in list(self._replacing.values()):
            task.cancel()
        async with self._change:
            for engine in (*self._ending, *([self._current] if self._current else [])):
                engine.end()
                if engine.watch is not None:
                    await engine.watch


def program() -> Path:
    """The Oxigraph server that the package of that name installs beside Python. Raises :class:`EngineError`."""
    path = Path(sys.executable).parent / "oxigraph"
    if not path.is_file():
        raise EngineError(f"There is no {path}. Install it: pip install oxigraph")
    return path


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


_STACK = 32 * MB
"""Memory for the calls of a query. With the usual 2 MB, a query of some thousand clauses in a row ends the server."""


async def _begin(command: list[str], memory_mb: int) -> asyncio.subprocess.Process:
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None
    parent = os.getpid()

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_DATA, (memory_mb * MB, memory_mb * MB))
        if prctl is not None:
            prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
            if os.getppid() != parent:  # It died before the line above.
                os._exit(1)

    try:
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            start_new_session=True,
            preexec_fn=bound,
            env={**os.environ, "RUST_MIN_STACK": str(_STACK)},
        )
    except OSError as error:
        raise EngineError(f"{command[0]} cannot be started ({error.strerror}).") from error


async def _line(said: asyncio.StreamReader) -> str:
    """A line that the server says, or what fits of a long one; empty at the end."""
    try:
        line = await said.readline()
    except ValueError:  # A line that is longer than the buffer was dropped.
        return "…"
    return line.decode("utf-8", "replace").strip() or ("…" if line else "")


__all__ = ["Answer", "Engine", "EngineError", "Engines", "LostError", "program"]
