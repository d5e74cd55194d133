"""Following the builds: the next generation is made ready beside the one that is served, then takes its place."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from itertools import takewhile

from kommungraf.errors import UsageError
from kommungraf.web.endpoint.engines import Engines
from kommungraf.web.front.app import App, Served
from kommungraf.web.front.first import first
from kommungraf.web.front.generation import Generation, Source, newest
from kommungraf.web.front.renderers import RefusedError, UnavailableError
from kommungraf.web.site import PageRequest

_LOG = logging.getLogger("kommungraf.web")
_LOOK = 1.0
"""Seconds between looks at the folder."""
_WARM = 6.0
"""Seconds for rendering the pages that were asked for last, before the generation that they are of is served."""
_LATER = 120.0
"""Seconds in which the rest of them are rendered afterwards, whenever nobody waits for another page."""
_AGAIN = 10.0
"""Seconds before a generation that could not be opened is tried again."""


async def follow(app: App, engines: Engines, source: Source, look: asyncio.Event, root: str) -> None:
    """Follow a folder until cancelled; ``look`` makes it look at once. ``root``: the address that visitors come to.

    What goes wrong is told in one line, once, and the generation before goes on being served.
    """
    async with asyncio.TaskGroup() as background:
        background.create_task(_ahead(app, root))
        await _follow(app, engines, source, look, background)


async def _follow(
    app: App, engines: Engines, source: Source, look: asyncio.Event, background: asyncio.TaskGroup
) -> None:
    told, wait = "", _LOOK
    while True:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(look.wait(), wait)
        look.clear()
        wait = _LOOK
        try:
            generation = newest(source)
            if generation.name != app.served.generation.name:
                wait = _AGAIN
                asked = app.served.cache.keys()
                await switch(app, engines, generation)
                background.create_task(_rest(app, app.served, asked))
                wait = _LOOK
                if not source.backend:
                    _LOG.info(f"Now served: generation {generation.name}.")
        except (UsageError, RefusedError, UnavailableError) as error:
            if str(error) != told:
                told = str(error)
                _LOG.info(f"{told} Still served: generation {app.served.generation.name}.")
        else:
            if told:
                _LOG.info(f"The graph is there again; served: generation {app.served.generation.name}.")
            told = ""


async def switch(app: App, engines: Engines, generation: Generation) -> None:
    """Serve another generation, from one moment to the next, once all that answers for it is ready.

    Raises what tells that it cannot be opened; then the one before it stays.
    """
    await app.renderers.prepare(generation)
    served = await app.prepare(generation)
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(app.warm(served, app.served.cache.keys()), _WARM)
    await ask(engines, generation)
    app.served = served


async def _ahead(app: App, root: str) -> None:
    """Render what visitors open first, whenever nobody waits for another page. A store elsewhere is left in peace."""
    served = app.served
    if not served.generation.source.backend:
        await _rest(app, served, await asyncio.to_thread(first, served.generation, root))


async def _rest(app: App, served: Served, asked: list[PageRequest]) -> None:
    """Render what there was no time for, until something else is served."""
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(app.warm(served, takewhile(lambda _: app.served is served, asked)), _LATER)


async def ask(engines: Engines, generation: Generation) -> None:
    """Let queries go to a generation."""
    if generation.source.backend:
        await engines.connect(generation.source.backend, generation.name)
    else:
        assert generation.store is not None
        await engines.switch(generation.store, generation.name)
