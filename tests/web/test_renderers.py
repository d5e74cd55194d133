"""Renderer processes: one that dies, hangs or grows is replaced, and the queue before them has an end."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from kommungraf.config import DEFAULT_BASE
from kommungraf.limits import ServeLimits
from kommungraf.web.front.generation import Generation, Source, newest
from kommungraf.web.front.renderer import Rendered
from kommungraf.web.front.renderers import RefusedError, Renderers, UnavailableError
from kommungraf.web.site import PageRequest

NOWHERE = PageRequest("/ingenting", root="http://localhost")


@pytest.fixture
def generation(corpus_graph: Path) -> Generation:
    """The generation of the bundled corpus."""
    return newest(Source(corpus_graph, DEFAULT_BASE))


@asynccontextmanager
async def renderers(generation: Generation, number: int = 1, **limits: float) -> AsyncIterator[Renderers]:
    """Renderers that run; all of them are gone at the end."""
    running = Renderers(number, replace(ServeLimits(), **limits))
    await running.start(generation)
    try:
        yield running
    finally:
        processes = [psutil.Process(pid) for pid in running.processes]
        await running.stop()
        assert not any(process.is_running() for process in processes)


def run(test: Callable[[], Coroutine[Any, Any, None]]) -> None:
    """Run a test in a loop, within a minute."""
    asyncio.run(asyncio.wait_for(test(), 60))


async def other_than(running: Renderers, before: list[int]) -> None:
    """Wait until there are as many processes as before, and none of them."""
    while len(running.processes) < len(before) or set(running.processes) & set(before):
        await asyncio.sleep(0.02)


def test_a_page_comes_packed_and_unpacks_to_html(generation: Generation) -> None:
    """What is rendered is kept in gzip; whoever does not take that gets it unpacked."""

    async def test() -> None:
        async with renderers(generation) as running:
            rendered: Rendered = await running.render(generation, NOWHERE)
            assert (rendered.status, rendered.packed) == (404, True)
            assert rendered.plain().startswith(b'<!doctype html>\n<html lang="sv">')
            english = await running.render(generation, replace(NOWHERE, language="en"), 503)
            assert english.status == 503
            assert b"This page cannot be had just now" in english.plain()

    run(test)


@pytest.mark.parametrize(
    ("what", "limits", "says"),
    [
        (signal.SIGKILL, {}, "died"),
        (signal.SIGSTOP, {"page_seconds": 0.5}, "more than 0.5 seconds"),
    ],
)
def test_one_that_dies_or_hangs_is_replaced(
    generation: Generation, what: signal.Signals, limits: dict[str, float], says: str
) -> None:
    """The page that it had is told to be unavailable; the next one is rendered by another process."""

    async def test() -> None:
        async with renderers(generation, **limits) as running:
            before = running.processes
            os.kill(before[0], what)
            with pytest.raises(UnavailableError, match=says):
                await running.render(generation, NOWHERE)
            await other_than(running, before)
            running.limits = ServeLimits()
            assert (await running.render(generation, NOWHERE)).status == 404

    run(test)


@pytest.mark.parametrize("limits", [{"renderer_memory_mb": 1}, {"renderer_pages": 3}])
def test_one_that_has_grown_is_renewed_without_a_gap(generation: Generation, limits: dict[str, float]) -> None:
    """Until the new process is ready, the old one goes on: no page is refused."""

    async def test() -> None:
        async with renderers(generation, **limits) as running:
            before = running.processes
            renewed = asyncio.create_task(other_than(running, before))
            while not renewed.done():
                assert (await running.render(generation, NOWHERE)).status == 404
            assert len(running.processes) <= 2, "one, and the one that takes its place"

    run(test)


def test_the_queue_has_an_end(generation: Generation) -> None:
    """With one renderer, one page is being made and two wait; the fourth is refused at once."""

    async def test() -> None:
        async with renderers(generation, page_waiting=2) as running:
            pages = [asyncio.create_task(running.render(generation, NOWHERE)) for _ in range(4)]
            done = await asyncio.gather(*pages, return_exceptions=True)
            assert [type(one) for one in done] == [Rendered, Rendered, Rendered, UnavailableError]

    run(test)


def test_a_page_made_ahead_comes_after_those_that_are_waited_for(generation: Generation) -> None:
    """Asked for first, it is made last; and it takes no place in the queue."""

    async def test() -> None:
        async with renderers(generation, page_waiting=2) as running:
            order: list[str] = []

            async def page(name: str, *, ahead: bool) -> None:
                await running.render(generation, NOWHERE, ahead=ahead)
                order.append(name)

            first = asyncio.create_task(page("first", ahead=False))
            await asyncio.sleep(0)
            ahead = [asyncio.create_task(page("ahead", ahead=True)) for _ in range(3)]
            await asyncio.sleep(0)
            asked = [asyncio.create_task(page("asked", ahead=False)) for _ in range(2)]
            await asyncio.gather(first, *ahead, *asked)
            assert order == ["first", "asked", "asked", "ahead", "ahead", "ahead"]
            given_up = asyncio.create_task(page("given up", ahead=True))
            last = asyncio.create_task(page("last", ahead=True))
            await asyncio.sleep(0)
            last.cancel()
            await given_up
            await page("again", ahead=True)
            assert order[-2:] == ["given up", "again"]

    run(test)


def test_a_generation_that_cannot_be_opened_is_refused(generation: Generation, tmp_path: Path) -> None:
    """It is refused by name, and pages of the one before are still had."""

    async def test() -> None:
        async with renderers(generation, 2) as running:
            with pytest.raises(RefusedError, match=str(tmp_path)):
                await running.prepare(replace(generation, name="bad", folder=tmp_path))
            for _ in range(4):
                assert (await running.render(generation, NOWHERE)).status == 404
            await running.prepare(replace(generation, name="other"))
            assert running.latest is not None
            assert running.latest.name == "other"

    run(test)


def test_start_refuses_what_cannot_be_opened(generation: Generation, tmp_path: Path) -> None:
    """No process stays behind."""

    async def test() -> None:
        running = Renderers(2, ServeLimits())
        with pytest.raises(RefusedError, match="cannot be opened"):
            await running.start(replace(generation, name="bad", folder=tmp_path))
        await running.stop()
        assert running.processes == []

    run(test)
