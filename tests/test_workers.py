"""Worker processes: what one document does to its worker is told of that document, and of no other."""

from __future__ import annotations

import ctypes
import faulthandler
import multiprocessing
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import psutil
import pytest

from kommungraf import limits
from kommungraf.build import Summary, build, work, workers
from kommungraf.config import Config, load
from kommungraf.errors import UsageError
from kommungraf.extract import extract
from kommungraf.limits import Limits
from kommungraf.model.source import SourceFile
from kommungraf.read.plain_file import read_text
from kommungraf.segment import segment

SOON = Limits(seconds=2.5)
PAUSE = f"1000.{os.getpid()}"  # a sleep by which those of this process are known


def tight() -> Limits:
    """Little time, and little memory on top of what this process holds, of which its forks are copies."""
    held = psutil.Process().memory_info()
    return replace(SOON, memory_mb=max(held.rss, held.data) // limits.MB + 400)


def exits() -> None:
    os._exit(0)


def breaks() -> None:
    faulthandler.disable()  # that of the test runner would print
    os.kill(os.getpid(), signal.SIGSEGV)


def hangs_in_python() -> None:
    while True:
        pass


def hangs_in_c() -> None:
    ctypes.PyDLL(None).sleep(1000)  # the lock of the interpreter is held: no thread of this process can end it


def hangs_deaf() -> None:
    for number in (signal.SIGTERM, signal.SIGALRM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    time.sleep(1000)


def waits_for_a_program() -> None:
    subprocess.run(["sleep", PAUSE], check=False)


def grows() -> None:
    held = []
    while True:
        held.append(os.urandom(10_000_000))


def grows_at_once() -> None:
    bytearray(5_000_000_000)


def grows_in_c() -> None:
    faulthandler.disable()
    library = ctypes.CDLL(None)
    library.malloc.restype = ctypes.c_void_p
    while True:  # what is refused is written to all the same, as much C code does
        ctypes.memset(library.malloc(ctypes.c_size_t(50_000_000)), 1, 50_000_000)


def starts_a_program_that_grows() -> None:
    """Each program has the bound of the worker; together they are watched."""
    size = resource.getrlimit(resource.RLIMIT_DATA)[0] * 7 // 10
    program = [sys.executable, "-c", f"import time; held = b'x' * {size}; time.sleep(1000)"]
    started = [subprocess.Popen(program) for _ in range(2)]
    started[0].wait()


DEADLY: list[tuple[Callable[[], None], set[str], str]] = [
    (exits, {"crashed"}, "a library that ends the program"),
    (breaks, {"crashed"}, "a wild pointer in C code"),
    (hangs_in_python, {"too-slow"}, "a loop"),
    (hangs_in_c, {"too-slow"}, "a loop in C code that holds the interpreter's lock"),
    (hangs_deaf, {"too-slow"}, "no signal but one can end it"),
    (waits_for_a_program, {"too-slow"}, "a program that it started hangs"),
    (grows, {"too-big"}, "memory taken bit by bit"),
    (grows_at_once, {"too-big"}, "memory asked for at once"),
    (grows_in_c, {"too-big", "crashed"}, "memory taken by C code, which knows no exceptions"),
    (starts_a_program_that_grows, {"too-big"}, "memory taken by a program that it started"),
]


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """Workers are forked from this process: it has what the first document would wait for."""
    source = SourceFile("0" * 64, "x.txt", 1, "text/plain")
    text = read_text(b"Protokoll\n\nNamnden beslutar att anta planen.\n", source)
    extract(text, segment(text)[0])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for number in range(6):
        (made / f"god{number}.txt").write_text(f"Protokoll nummer {number}\n\nNämnden beslutar att anta planen.\n")
    return made


@pytest.fixture
def harmed(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Summary]:
    """A build with two workers in which a text that begins with "ond" does harm when it is read."""
    (folder / "ond.txt").write_text("ond\n")
    make = work._make
    forked = multiprocessing.get_context("fork")  # so that workers know the functions of this module
    monkeypatch.setattr(workers, "context", lambda: forked)

    def run(harm: Callable[[], None], allowed: Limits | None = None) -> Summary:
        def harmful(data: bytes, *rest: Any) -> Any:
            if data.startswith(b"ond"):
                harm()
            return make(data, *rest)

        monkeypatch.setattr(work, "_make", harmful)
        return build(
            [folder], tmp_path / "out", Config(limits=allowed or tight(), judgements=tmp_path / "none"), jobs=2
        )

    return run


@pytest.mark.parametrize(("harm", "kinds", "why"), DEADLY)
def test_harm_to_a_worker(
    harm: Callable[[], None], kinds: set[str], why: str, harmed: Callable[..., Summary], tmp_path: Path
) -> None:
    started = time.monotonic()
    summary = harmed(harm, replace(tight(), seconds=12) if "too-big" in kinds else None)
    assert [issue["file"] for issue in summary.quarantined] == ["ond.txt"], why
    assert summary.quarantined[0]["kind"] in kinds, why
    assert summary.quarantined[0]["message"].startswith("ond.txt was left out: reading it ")
    assert summary.files == 6
    assert time.monotonic() - started < 30
    assert not list((tmp_path / "out").glob(".work*")), "the temporary files of workers are gone"


def test_programs_that_a_worker_started_end_with_it(harmed: Callable[..., Summary]) -> None:
    harmed(waits_for_a_program)
    for process in psutil.process_iter(["cmdline"]):
        assert process.info["cmdline"] != ["sleep", PAUSE]


def test_what_met_a_limit_is_read_again_under_other_limits(harmed: Callable[..., Summary]) -> None:
    allowed = tight()
    harmed(hangs_in_python, allowed)
    started = time.monotonic()
    summary = harmed(hangs_in_python, allowed)
    assert (summary.read, summary.unchanged) == (0, 7), "nothing changed, nothing done"
    assert [issue["kind"] for issue in summary.quarantined] == ["too-slow"]
    assert time.monotonic() - started < SOON.seconds
    summary = harmed(lambda: None, replace(allowed, seconds=3.5))
    assert (summary.read, summary.quarantined) == (1, [])


def test_what_died_is_tried_again(harmed: Callable[..., Summary]) -> None:
    assert [issue["kind"] for issue in harmed(exits).quarantined] == ["crashed"]
    assert harmed(lambda: None).quarantined == []


def test_a_reader_gets_more_time_for_what_is_slow_by_nature(harmed: Callable[..., Summary]) -> None:
    def slow() -> None:
        limits.more_time(30)
        time.sleep(SOON.seconds + 1)

    assert harmed(slow).quarantined == []


def test_a_worker_has_no_network_and_no_dumps(harmed: Callable[..., Summary], tmp_path: Path) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    told = tmp_path / "told"

    def look() -> None:
        reached = "refused"
        try:
            socket.create_connection(server.getsockname(), timeout=1).close()
            reached = "reached"
        except OSError:
            pass
        told.write_text(f"{reached} {resource.getrlimit(resource.RLIMIT_CORE)[0]} {tempfile.gettempdir()}")

    assert harmed(look).quarantined == []
    server.close()
    reached, dump, folder = told.read_text().split()
    assert dump == "0"
    assert Path(folder).parents[1] == tmp_path / "out"
    if subprocess.run(["unshare", "-rn", "true"], capture_output=True, check=False).returncode == 0:
        assert reached == "refused"


ENDLESS = re.compile(r"(a+)+b")


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_text_that_takes_too_long(jobs: int, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One job reads small texts in the process of the build, where an alarm stops them."""
    make = work._make

    def slow(data: bytes, *rest: Any) -> Any:
        return ENDLESS.match("a" * 60) if data.startswith(b"ond") else make(data, *rest)

    forked = multiprocessing.get_context("fork")
    monkeypatch.setattr(workers, "context", lambda: forked)
    monkeypatch.setattr(work, "_make", slow)
    (folder / "ond.txt").write_text("ond\n")
    summary = build([folder], tmp_path / "out", Config(limits=tight(), judgements=tmp_path / "none"), jobs=jobs)
    assert [(issue["file"], issue["kind"]) for issue in summary.quarantined] == [("ond.txt", "too-slow")]
    assert summary.files == 6
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)


WRONG = [
    ("[limits]\nsecond = 3", "seconds, seconds_per_page", "no such limit"),
    ("[limits]\nseconds = 0", "number above 0", "nothing can be read in no time"),
    ("[limits]\nseconds = 'many'", "number above 0", "a text"),
    ("[limits]\nseconds = true", "number above 0", "a truth"),
    ("[limits]\nseconds = inf", "number above 0", "no limit"),
    ("[limits]\nmemory_mb = 20", "at least", "less than a worker takes before it reads"),
    ("[limits]\npages = 1.5", "whole number", "half a page"),
    ("limits = 3", "it is a table", "no table"),
]


@pytest.mark.parametrize(("text", "message", "why"), WRONG)
def test_wrong_limits_are_told(text: str, message: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "kommungraf.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        load(tmp_path)


def test_limits_of_a_folder_and_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kommungraf.toml").write_text("[limits]\nseconds = 5\npages = 10\n", encoding="utf-8")
    monkeypatch.setenv("KOMMUNGRAF_LIMITS_PAGES", "20")
    assert load(tmp_path).limits == Limits(seconds=5, pages=20)
    monkeypatch.setenv("KOMMUNGRAF_LIMITS_PAGES", "tjugo")
    with pytest.raises(UsageError, match="KOMMUNGRAF_LIMITS_PAGES is a whole number"):
        load(tmp_path)


def test_a_script_without_a_guard_may_build(folder: Path, tmp_path: Path) -> None:
    """Workers start without the program that asks for them: it would run again in each of them."""
    script = tmp_path / "script.py"
    script.write_text(
        "print('ran')\nfrom pathlib import Path\nfrom kommungraf.build import build\n"
        f"print(build([Path({str(folder)!r})], Path({str(tmp_path / 'out')!r}), jobs=2).files)\n"
    )
    told = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert (told.stdout, told.stderr) == ("ran\n6\n", "")
