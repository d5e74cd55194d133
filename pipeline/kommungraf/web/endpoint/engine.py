"""An Oxigraph server over one generation's store: started, asked, ended when its queries are done."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import deque
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from kommungraf.web.endpoint.process import EngineError, begin, free_port, line, program
from kommungraf.web.endpoint.upstream import Answer, Upstream

_START = 60.0
"""Seconds that a server may take to open a store."""
_TRIES = 5
"""How often another port is tried where somebody else was quicker to take it."""
_JSON = b"application/sparql-results+json"
Began = Callable[[Callable[[Exception], None]], None]
"""What is told how to stop a question that has begun."""
_UNION = b"union-default-graph"
"""The parameter that makes all graphs the default graph. It, and the switch of that name, win over ``FROM``."""


class Engine:
    """One Oxigraph process over one generation's store, or a SPARQL endpoint elsewhere (then without a process)."""

    def __init__(self, generation: str, upstream: Upstream, process: asyncio.subprocess.Process | None) -> None:
        self.generation = generation
        self.upstream = upstream
        self._process = process
        self._said: deque[str] = deque(maxlen=20)
        self._union: bytes | None = None
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
            port = free_port()
            process = await begin([str(program()), *arguments, "--bind", f"127.0.0.1:{port}"], memory_mb)
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
        while told := await line(said):
            self._said.append(told)
            if not ready.done() and told.startswith("Listening"):
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
        began: Began | None = None,
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
            if not graphs and of_all:
                graphs = _UNION if self._process else await self._all_graphs(began)
            if self._process is None:
                request = self.upstream.post_form(query, accept, graphs)
            else:
                request = self.upstream.post(query, accept, graphs, host)
            answer = await self._send(request, began)
            if not answer.whole:
                self._asked += 1
            return answer
        finally:
            self.release()

    async def _send(self, request: bytes, began: Began | None) -> Answer:
        connection = await self.upstream.connection()
        if began is not None:
            began(connection.stop)
        return await connection.ask(request)

    async def _all_graphs(self, began: Began | None) -> bytes:
        """The parameter that makes all graphs of an endpoint elsewhere the default graph: found out once."""
        from kommungraf.query.remote import IS_UNION, UNIONS, usual

        if self._union is None:
            for way in (urlencode(one).encode() for one in UNIONS):
                answer = await self._send(self.upstream.post_form(IS_UNION.encode(), _JSON, way), began)
                answer.drop()
                if answer.status == HTTPStatus.OK and json.loads(usual(answer.body))["boolean"]:
                    self._union = way
                    break
        return self._union or b""  # where nothing is in it yet, it is asked again

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
