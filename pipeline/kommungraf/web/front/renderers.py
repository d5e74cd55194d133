"""A few renderer processes and the queue before them: one that dies, hangs or grows is replaced by a new one."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import pickle
import sys
from asyncio.subprocess import PIPE, Process
from collections import deque
from collections.abc import Coroutine
from typing import Any

from kommungraf.limits import MB, ServeLimits
from kommungraf.web.front.generation import Generation
from kommungraf.web.front.renderer import LENGTH, Done, Rendered, Task
from kommungraf.web.site import PageRequest

_LOG = logging.getLogger("kommungraf.web")
_COMMAND = (sys.executable, "-P", "-c", "from kommungraf.web.front.renderer import main; main()")
"""Nothing of the program that serves, nor of the folder that it was started in, is loaded by a renderer."""
_START = 60.0
"""Seconds in which a renderer must have started and opened the graph."""
_AGAIN = (0.0, 1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before a renderer is started after so many that could not."""


class UnavailableError(Exception):
    """A page cannot be had now: too many wait, it took too long, or its renderer died. Asking again may help."""


class RefusedError(Exception):
    """A generation could not be opened; the message says why."""


class Renderers:
    """So many renderer processes. Make it in a running loop; :meth:`start` before the rest, and :meth:`stop` after."""

    def __init__(self, number: int, limits: ServeLimits) -> None:
        self.number, self.limits = number, limits
        self.latest: Generation | None = None
        self._all: set[_Renderer] = set()
        self._idle: list[_Renderer] = []
        self._waiting: deque[asyncio.Future[_Renderer]] = deque()
        self._later: deque[asyncio.Future[_Renderer]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._failed = 0
        self._refused = ""
        self._stopped = False

    @property
    def processes(self) -> list[int]:
        """The ids of the renderer processes that run now."""
        return [renderer.process.pid for renderer in self._all]

    async def start(self, generation: Generation) -> None:
        """Start all. Raises :class:`RefusedError` when they cannot open the generation."""
        self.latest = generation
        for renderer in await asyncio.gather(*(self._begin() for _ in range(self.number))):
            self._free(renderer)

    async def prepare(self, generation: Generation) -> None:
        """Let all open a generation that will be asked for; those before it stay open.

        Raises :class:`RefusedError` when it cannot be opened: the one before it is still served.
        """
        before, self.latest, self._refused = self.latest, generation, ""
        idle, self._idle = self._idle, []
        for renderer in idle:
            self._free(renderer)
        while any(renderer.opened != generation.name for renderer in self._all) and not self._refused:
            await asyncio.sleep(0.02)
        if self._refused:
            self.latest = before
            raise RefusedError(self._refused)

    async def render(
        self, generation: Generation, request: PageRequest, status: int = 0, *, ahead: bool = False
    ) -> Rendered:
        """A page of a generation (of an error, with a ``status``). Raises :class:`UnavailableError`.

        ``ahead``: nobody waits for it, so it is made when nobody waits for another one.
        """
        renderer = await (self._next_idle() if ahead else self._next())
        try:
            done = await renderer.do(Task(generation, request, status), self.limits.page_seconds)
        except UnavailableError:
            self._replace(renderer)
            raise
        except asyncio.CancelledError:
            self._end(renderer)
            raise
        if renderer.made >= self.limits.renderer_pages or done.memory > self.limits.renderer_memory_mb * MB:
            self._renew(renderer)
        self._free(renderer)
        if done.rendered is None:
            raise UnavailableError(done.refused)
        return done.rendered

    async def stop(self) -> None:
        """End all. What waits is told that there is nothing to be had any more."""
        self._stopped = True
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for future in (*self._waiting, *self._later):
            if not future.done():
                future.set_exception(UnavailableError("The server stops."))
        ended = list(self._all)
        for renderer in ended:
            self._end(renderer)
        await asyncio.gather(*(renderer.process.wait() for renderer in ended))

    async def _next(self) -> _Renderer:
        """A renderer that is free, in the order in which they are asked for."""
        if self._idle:
            return self._idle.pop()
        if len(self._waiting) >= self.limits.page_waiting:
            raise UnavailableError("Too many pages are waited for.")
        future: asyncio.Future[_Renderer] = asyncio.get_running_loop().create_future()
        self._waiting.append(future)
        try:
            async with asyncio.timeout(self.limits.page_seconds):
                return await future
        except (TimeoutError, asyncio.CancelledError) as error:
            if future.done() and not future.cancelled() and future.exception() is None:
                self._free(future.result())  # it came in the same moment
            if isinstance(error, TimeoutError):
                raise UnavailableError("No renderer was free in time.") from None
            raise

    async def _next_idle(self) -> _Renderer:
        """A renderer that nobody else wants, for as long as it takes."""
        if self._idle:
            return self._idle.pop()
        future: asyncio.Future[_Renderer] = asyncio.get_running_loop().create_future()
        self._later.append(future)
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and future.exception() is None:
                self._free(future.result())  # it came in the same moment
            raise

    def _free(self, renderer: _Renderer) -> None:
        """Give a renderer to whoever has waited for the longest, once it has the latest generation open.

        Pages that are made ahead come after all that somebody waits for.
        """
        assert self.latest is not None
        if renderer.ended:
            self._end(renderer)
            return
        if renderer.opened != self.latest.name:
            self._spawn(self._open(renderer, self.latest))
            return
        for queue in (self._waiting, self._later):
            while queue:
                future = queue.popleft()
                if not future.done():
                    future.set_result(renderer)
                    return
        self._idle.append(renderer)

    async def _open(self, renderer: _Renderer, generation: Generation) -> None:
        """Open a generation in a renderer that has others open; where it cannot, it goes on with those."""
        try:
            done = await renderer.do(Task(generation), _START)
        except UnavailableError:
            self._replace(renderer)
            return
        renderer.opened = generation.name
        self._refused = done.refused
        self._free(renderer)

    async def _begin(self) -> _Renderer:
        """A new process with the latest generation open."""
        assert self.latest is not None
        process = await asyncio.create_subprocess_exec(
            *_COMMAND, stdin=PIPE, stdout=PIPE, limit=MB, start_new_session=True
        )
        renderer, generation = _Renderer(process), self.latest
        self._all.add(renderer)
        try:
            done = await renderer.do(Task(generation), _START)
        except BaseException:
            self._end(renderer)
            raise
        if done.refused:
            self._end(renderer)
            raise RefusedError(done.refused)
        renderer.opened = generation.name
        return renderer

    async def _begin_at_last(self) -> _Renderer:
        """A new process, tried for as long as it takes."""
        while True:
            await asyncio.sleep(_AGAIN[min(self._failed, len(_AGAIN) - 1)])
            try:
                renderer = await self._begin()
            except (UnavailableError, RefusedError, OSError) as error:
                self._failed += 1
                _LOG.warning("A renderer could not start (%s); it is tried again.", error)
                continue
            self._failed = 0
            return renderer

    def _replace(self, renderer: _Renderer) -> None:
        """End a process that is of no use any more, and start another."""
        self._end(renderer)
        if self._stopped:
            return

        async def replace() -> None:
            self._free(await self._begin_at_last())

        self._spawn(replace())

    def _renew(self, renderer: _Renderer) -> None:
        """Let another process take the place of one that has grown; until it is ready, the old one goes on."""
        if renderer.leaving:
            return
        renderer.leaving = True

        async def renew() -> None:
            new = await self._begin_at_last()
            renderer.ended = True
            if renderer in self._idle:
                self._idle.remove(renderer)
                self._end(renderer)
            self._free(new)

        self._spawn(renew())

    def _end(self, renderer: _Renderer) -> None:
        self._all.discard(renderer)
        renderer.kill()

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class _Renderer:
    """A renderer process from outside. ``opened``: the last generation that it was told to open; ``made``: pages.

    ``leaving``: another is being started in its place; ``ended``: that one is there.
    """

    def __init__(self, process: Process) -> None:
        self.process = process
        self.opened = ""
        self.made = 0
        self.leaving = self.ended = False

    async def do(self, task: Task, seconds: float) -> Done:
        """Let it do a task. Raises :class:`UnavailableError` when it dies of it, or takes too long."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        message = pickle.dumps(task)
        self.made += 1
        try:
            async with asyncio.timeout(seconds):
                self.process.stdin.write(LENGTH.pack(len(message)) + message)
                await self.process.stdin.drain()
                (length,) = LENGTH.unpack(await self.process.stdout.readexactly(LENGTH.size))
                done: Done = pickle.loads(await self.process.stdout.readexactly(length))
                return done
        except TimeoutError:
            raise UnavailableError(f"It took more than {seconds:g} seconds.") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            raise UnavailableError("The renderer died.") from None

    def kill(self) -> None:
        """End the process."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
