"""Turns: no more pages are recognised at the same time than there are cores, by all processes that read together."""

from __future__ import annotations

import fcntl
import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kommungraf import limits

_LOOK = 0.05  # seconds between looks for a turn


class Turns:
    """A file for each core in a folder; who has locked one has a turn. A process that dies gives its turns back."""

    def __init__(self, folder: Path) -> None:
        self.files = [folder / f"turn-{number}" for number in range(os.cpu_count() or 1)]

    def take(self) -> int:
        """Wait for a turn; the time that this takes is none of the file's. It ends with :func:`os.close`."""
        while True:
            for file in self.files:
                turn = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
                with suppress(BlockingIOError):
                    fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    return turn
                os.close(turn)
            time.sleep(_LOOK)
            limits.more_time(_LOOK)


@contextmanager
def turns() -> Iterator[Turns]:
    """The turns of all who read now: those of a build, else of this process alone."""
    if shared := limits.common():
        yield Turns(shared)
    else:
        with tempfile.TemporaryDirectory(prefix="kommungraf-") as folder:
            yield Turns(Path(folder))
