"""Following the builds: the next generation is made ready beside the one that is served, then takes its place."""

from __future__ import annotations

import asyncio
import contextlib
import sys

from kommungraf.errors import UsageError
from kommungraf.web.app import App
from kommungraf.web.generation import Generation, Source, newest
from kommungraf.web.renderers import RefusedError, UnavailableError

_LOOK = 1.0
"""Seconds between looks at the folder."""
_AGAIN = 10.0
"""Seconds before a generation that could not be opened is tried again."""


async def follow(app: App, source: Source, look: asyncio.Event) -> None:
    """Follow a folder until cancelled; ``look`` makes it look at once.

    What goes wrong is told in one line, once, and the generation before goes on being served.
    """
    told = ""
    while True:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(look.wait(), _LOOK)
        look.clear()
        try:
            generation = newest(source)
            if generation.name != app.served.generation.name:
                await _switch(app, generation)
        except (UsageError, RefusedError, UnavailableError) as error:
            if str(error) != told:
                told = str(error)
                _tell(f"{told} Still served: generation {app.served.generation.name}.")
            if not isinstance(error, UsageError):
                await asyncio.sleep(_AGAIN)
        else:
            if told:
                _tell(f"The graph is there again; served: generation {app.served.generation.name}.")
            told = ""


async def _switch(app: App, generation: Generation) -> None:
    await app.renderers.prepare(generation)
    app.served = await app.prepare(generation)
    _tell(f"Now served: generation {generation.name}.")


def _tell(sentence: str) -> None:
    print(f"kommungraf: {sentence}", file=sys.stderr, flush=True)
