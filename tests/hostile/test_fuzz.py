"""Whatever is done to a good file: reading it gives a text that holds together, or one sentence; soon, and no crash.

In the suite it runs for a minute; ``make fuzz SECONDS=3600`` runs it for an hour, with other dice each time.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fuzz import FORMATS, broken
from fuzz_reader import serve, wrong
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

SECONDS = float(os.environ.get("KOMMUNGRAF_FUZZ_SECONDS", "60"))
FIRST = int(os.environ.get("KOMMUNGRAF_FUZZ_SEED", "1"))
LONGEST = 30.0  # seconds for a small file, on a machine that has other work too


class Reader:
    """A process that reads; a new one when the old one died or had to be killed."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        self.pipe, theirs = multiprocessing.Pipe()
        self.process: Any = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs,), daemon=True)
        self.process.start()
        theirs.close()

    def read(self, data: bytes, name: str) -> str:
        """What is wrong with what reading gives; that the process died, or did not come to an end."""
        self.pipe.send((data, name))
        try:
            if self.pipe.poll(LONGEST):
                return str(self.pipe.recv())
            told = f"no answer in {LONGEST:g} seconds"
        except EOFError:
            told = "the process died"
        self.stop()
        self.start()
        return told

    def stop(self) -> None:
        self.process.kill()
        self.process.join()


@pytest.fixture
def reader() -> Iterator[Reader]:
    made = Reader()
    yield made
    made.stop()


@pytest.mark.parametrize("name", FORMATS)
def test_the_good_files_are_good(name: str) -> None:
    if not name.endswith(".png"):  # a picture is for OCR
        assert wrong(FORMATS[name], name) == ""


def test_a_broken_file_gives_a_text_or_a_sentence(reader: Reader, tmp_path: Path) -> None:
    until = time.monotonic() + SECONDS
    counted = dict.fromkeys(FORMATS, 0)

    def holds(name: str, dice: random.Random) -> None:
        data = broken(FORMATS[name], dice)
        if time.monotonic() > until:
            return
        told = reader.read(data, name)
        counted[name] += 1
        if told:
            kept = Path(os.environ.get("KOMMUNGRAF_FUZZ_KEEP", tmp_path)) / f"broken-{counted[name]}-{name}"
            kept.write_bytes(data)
            pytest.fail(f"{kept}: {told}")

    check = settings(max_examples=100, deadline=None, database=None, suppress_health_check=list(HealthCheck))(
        given(st.sampled_from(sorted(FORMATS)), st.randoms(use_true_random=False))(holds)
    )
    turn = FIRST
    while time.monotonic() < until:
        seed(turn)(check)()
        turn += 1
    print(counted)
    assert SECONDS < 10 or all(counted.values()), counted
