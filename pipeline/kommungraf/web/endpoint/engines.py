"""The server that answers now: followed by one over the next generation, or replaced by a fresh one over the same."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from pathlib import Path

from kommungraf.web.endpoint.engine import Engine
from kommungraf.web.endpoint.process import EngineError, stacks_mb

_LOG = logging.getLogger("kommungraf.web")
_ENDING = 2
"""Servers that may be finishing their queries after they were replaced; of more, the oldest is ended at once."""


class Engines:
    """The server that answers now. It is replaced by one over the next generation, or by a fresh one over the same."""

    def __init__(self, memory_mb: int = 2_000, at_once: int = 16) -> None:
        self._memory_mb = memory_mb + stacks_mb(at_once)
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

    async def another(self) -> Engine:
        """A further server over the same store, for a question that may end it. Who has it retires it.

        Raises :class:`EngineError`.
        """
        if self._store is None or self._closed:
            raise EngineError("There is no store to serve.")
        return await Engine.start(self._store, self.current.generation, self._memory_mb)

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
