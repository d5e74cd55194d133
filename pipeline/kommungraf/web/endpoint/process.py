"""The process of an Oxigraph server: the program, its port, its bounds, what it says."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import resource
import signal
import socket
import sys
from pathlib import Path

from kommungraf.errors import UsageError
from kommungraf.limits import MB

_PR_SET_PDEATHSIG = 1
_NICE = 5
"""Pages, and the front that everything goes through, win over queries: an aggregate takes the whole of a processor."""
_STACK = 32 * MB
"""Memory for the calls of a query. With the usual 2 MB, a query of some thousand clauses in a row ends the server."""
_FURTHER = 16
"""Connections that may be there beside those of the queries that run."""


def stacks_mb(at_once: int) -> int:
    """Megabytes that the calls of so many queries may take. The system counts them as memory whether they do or not."""
    return (at_once + _FURTHER) * _STACK // MB


class EngineError(UsageError):
    """The Oxigraph server does not start; the sentence says what it told."""


def program() -> Path:
    """The Oxigraph server that the package of that name installs beside Python. Raises :class:`EngineError`."""
    path = Path(sys.executable).parent / "oxigraph"
    if not path.is_file():
        raise EngineError(f"There is no {path}. Install it: pip install oxigraph")
    return path


def free_port() -> int:
    """A port of loopback that nobody has now."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
    return port


async def begin(command: list[str], memory_mb: int) -> asyncio.subprocess.Process:
    """Start a server whose memory is bounded, and that ends with us. Raises :class:`EngineError`."""
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None
    parent = os.getpid()

    def bound() -> None:
        _yield_to_others()
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


def _yield_to_others() -> None:
    """Let this process stand back. Where Linux groups processes by session, the group must stand back, too."""
    os.nice(_NICE)
    with contextlib.suppress(OSError):
        Path("/proc/self/autogroup").write_text(str(_NICE), encoding="ascii")


async def line(said: asyncio.StreamReader) -> str:
    """A line that the server says, or what fits of a long one; empty at the end."""
    try:
        told = await said.readline()
    except ValueError:  # A line that is longer than the buffer was dropped.
        return "…"
    return told.decode("utf-8", "replace").strip() or ("…" if told else "")
