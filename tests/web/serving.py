"""A running ``kommungraf serve``, as a user starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

KOMMUNGRAF = Path(sys.executable).parent / "kommungraf"
STOPS = 15
"""Seconds that a server may take to stop."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where a server listens, the file that its messages go to, and what it said when it was there."""

    root: str
    messages: Path
    process: subprocess.Popen[str]
    started: str

    @property
    def port(self) -> int:
        """The port of 127.0.0.1."""
        port = urlsplit(self.root).port
        assert port is not None
        return port

    def said(self) -> str:
        """All that it has written to stderr."""
        return self.messages.read_text(encoding="utf-8")


@contextmanager
def serving(out: Path, messages: Path, *options: str, **limits: int | float) -> Iterator[Server]:
    """Serve an output folder on a free port; ``limits`` are those of ``[serve]`` in ``kommungraf.toml``.

    It is stopped at the end, which must go well and leave no traceback.
    """
    settings: Mapping[str, str] = {f"KOMMUNGRAF_SERVE_{name.upper()}": str(value) for name, value in limits.items()}
    command = [str(KOMMUNGRAF), "serve", "--port", "0", "--out", str(out), *options]
    with (
        messages.open("w", encoding="utf-8") as stderr,
        subprocess.Popen(
            command, env={**os.environ, **settings}, stdout=subprocess.PIPE, stderr=stderr, text=True
        ) as process,
    ):
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line.startswith("http://"), f"{line}{messages.read_text(encoding='utf-8')}"
            yield Server(line.split()[0], messages, process, line)
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(STOPS)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
    assert process.returncode == 0
    assert "Traceback" not in messages.read_text(encoding="utf-8")
