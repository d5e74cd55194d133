"""Work on one document in a process apart, which is killed when it takes too much."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from kommungraf import limits
from kommungraf.build import work
from kommungraf.build.worker import settle
from kommungraf.build.workers import context
from kommungraf.errors import InputError, UsageError
from kommungraf.limits import Limits
from kommungraf.read.inputs import Source

_START = 30.0  # seconds in which the process must have started
_READY, _MORE, _DONE, _INPUT, _USAGE = "ready", "more", "done", "input", "usage"


def apart(function: Callable[..., bytes], source: Source, *arguments: object) -> bytes:
    """What ``function(source, *arguments)`` gives, within the limits in force.

    Raises the :class:`~kommungraf.errors.InputError` and :class:`~kommungraf.errors.UsageError` that it raises, and an
    ``InputError`` (``too-slow``, ``too-big``, ``crashed``) when it had to be ended, or ended itself.
    """
    allowed = limits.in_force()
    folder = Path(tempfile.mkdtemp(prefix="kommungraf-"))
    ours, theirs = multiprocessing.Pipe()
    process = context().Process(
        target=_serve, args=(theirs, allowed, folder, function, source, arguments), daemon=True, name="kommungraf-apart"
    )
    try:
        process.start()
        theirs.close()
        return _heard(ours, process, source, allowed)
    finally:
        if process.pid is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):  # gone, or too young to have a group
                os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.join()
        ours.close()
        shutil.rmtree(folder, ignore_errors=True)


def _heard(pipe: Connection[Any, Any], process: Any, source: Source, allowed: Limits) -> bytes:
    """What the process tells until it is done."""
    deadline = time.monotonic() + _START
    while pipe.poll(max(0.0, deadline - time.monotonic())):
        try:
            what, told = pipe.recv()
        except EOFError as error:
            raise _ended(process, source) from error
        if what == _READY:
            deadline = time.monotonic() + allowed.seconds
        elif what == _MORE:
            deadline += told
        elif what == _INPUT:
            raise InputError(*told)
        elif what == _USAGE:
            raise UsageError(told)
        else:
            content: bytes = told
            return content
    raise InputError(work.TOO_SLOW, work.too_slow(source))


def _ended(process: Any, source: Source) -> InputError:
    """Why the process ended by itself: of an exception that nobody expected, or of something worse."""
    process.join(_START)
    if process.exitcode == 1:
        told = f"{source.name} cannot be inspected because of a fault in kommungraf; please report it with the file."
        return InputError("internal", told)
    return InputError(work.CRASHED, work.crashed(source))


def _serve(
    pipe: Connection[Any, Any],
    allowed: Limits,
    folder: Path,
    function: Callable[..., bytes],
    source: Source,
    arguments: tuple[object, ...],
) -> None:
    settle(allowed, folder)
    with limits.under(allowed, lambda seconds: pipe.send((_MORE, seconds))):
        pipe.send((_READY, None))
        try:
            pipe.send((_DONE, function(source, *arguments)))
        except InputError as error:
            pipe.send((_INPUT, (error.kind, str(error))))
        except UsageError as error:
            pipe.send((_USAGE, str(error)))
        except MemoryError:
            pipe.send((_INPUT, (work.TOO_BIG, work.too_big(source))))
