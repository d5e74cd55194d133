"""Stores that tests start as programs of their own: Oxigraph's server and Virtuoso, on free ports of this machine."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from kommungraf.graph.graph_store import Access

OXIGRAPH = Path(sys.executable).parent / "oxigraph"
INSTALL = "apt-get install virtuoso-opensource-7-bin"
_STARTS = 60.0
_INI = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
ErrorLogLevel = 3
FileExtend = 200
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
ServerThreads = 10
CheckpointInterval = 0
NumberOfBuffers = {buffers}
MaxDirtyBuffers = {dirty}
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 1000000
"""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A running store: where it is queried and where it is written, and who may."""

    query: str
    graphs: str
    access: Access = field(default_factory=Access)
    options: tuple[str, ...] = ()
    """How ``kommungraf push`` is told who writes; the password is in ``STORE_PASSWORD``."""
    pid: int = 0


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def oxigraph(folder: Path, *options: str, read_only: bool = False, port: int = 0) -> Iterator[Elsewhere]:
    """Oxigraph's own server over a folder."""
    root = f"127.0.0.1:{port or free_port()}"
    mode = "serve-read-only" if read_only else "serve"
    command = [str(OXIGRAPH), mode, "--location", str(folder), "--bind", root, *options]
    with _running(command, folder.parent, f"http://{root}/") as pid:
        yield Elsewhere(f"http://{root}/query", f"http://{root}/store", pid=pid)


@contextmanager
def virtuoso(folder: Path, buffers: int = 10_000) -> Iterator[Elsewhere]:
    """Virtuoso over an empty folder, as nobody's service; ``buffers`` of 8 kB. Skips where it is not installed."""
    program = shutil.which("virtuoso-t")
    if program is None:
        pytest.skip(f"Virtuoso is not installed: {INSTALL}")
    http = free_port()
    sizes = {"buffers": buffers, "dirty": buffers * 3 // 4}
    (folder / "virtuoso.ini").write_text(_INI.format(sql=free_port(), http=http, **sizes))
    root = f"http://127.0.0.1:{http}"
    command = [program, "+foreground", "+configfile", "virtuoso.ini"]
    with _running(command, folder, f"{root}/sparql?query=ASK%7B%7D") as pid:
        yield Elsewhere(
            f"{root}/sparql",
            f"{root}/sparql-graph-crud-auth",
            Access("dba", "dba", digest=True),
            ("--user", "dba", "--password-env", "STORE_PASSWORD", "--digest"),
            pid,
        )


@contextmanager
def _running(command: list[str], folder: Path, answers: str) -> Iterator[int]:
    log = folder / "stderr.txt"
    with log.open("w") as said, subprocess.Popen(command, cwd=folder, stdout=said, stderr=said) as process:
        try:
            _wait(process, answers, log)
            yield process.pid
        finally:
            process.kill()


def _wait(process: subprocess.Popen[bytes], answers: str, log: Path) -> None:
    end = time.monotonic() + _STARTS
    while time.monotonic() < end and process.poll() is None:
        try:
            httpx.get(answers, timeout=5)
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError(f"{process.args!r} does not answer: {log.read_text()}")
