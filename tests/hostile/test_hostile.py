"""A folder of broken and hostile files: the good ones are read, each bad one is named, and nothing else happens."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import psutil
import pytest
from hostile_folder import FILES, GOOD, OTHERS, READ, Bad, make
from hostile_pdf import CANARY

from kommungraf.text import printable

SECONDS, MEMORY = 20, 1_500
IN_ALL = 150  # seconds: about 40 on an idle machine with two cores


class Run(NamedTuple):
    """What a build of the folder left."""

    code: int
    told: str
    issues: dict[str, list[dict[str, Any]]]
    seconds: float
    memory: int
    asked: list[str]
    around: Path


def shown(name: str) -> str:
    return printable(os.fsencode(name).decode("utf-8", "backslashreplace"))


@pytest.fixture(scope="module")
def asked() -> Iterator[list[str]]:
    """What is asked of the address that hostile files point to."""
    heard: list[str] = []

    class Ears(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            pass

    port = urlsplit(CANARY).port
    assert port is not None
    server = http.server.ThreadingHTTPServer(("127.0.0.1", port), Ears)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield heard
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory, asked: list[str]) -> Run:
    """The folder, built by the command with two workers, in a folder, a home and a temporary folder of its own."""
    around = tmp_path_factory.mktemp("hostile")
    make(around / "in")
    places = {name: around / name for name in ("here", "home", "tmp")}
    for place in places.values():
        place.mkdir()
    allowed = {"KOMMUNGRAF_LIMITS_SECONDS": str(SECONDS), "KOMMUNGRAF_LIMITS_MEMORY_MB": str(MEMORY)}
    settings = os.environ | allowed | {"HOME": str(places["home"]), "TMPDIR": str(places["tmp"])}
    powerless = ["setpriv", "--bounding-set=-all"] if os.geteuid() == 0 else []  # root, too, may not read all then
    command = [*powerless, str(Path(sys.executable).parent / "kommungraf"), "build", "../in", "--out", "../out"]
    started = time.monotonic()
    process = psutil.Popen(
        [*command, "--jobs", "2"], cwd=places["here"], env=settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    memory: list[int] = [0]
    watch = threading.Thread(target=_watch, args=(process, memory), daemon=True)
    watch.start()
    told, _ = process.communicate(timeout=600)
    seconds = time.monotonic() - started
    watch.join()
    issues = defaultdict(list)
    for line in (around / "out" / "issues.jsonl").read_text("utf-8").splitlines():
        issue = json.loads(line)
        issues[issue["file"]].append(issue)
    return Run(process.returncode, told.decode("utf-8"), issues, seconds, memory[0], asked, around)


def _watch(process: psutil.Popen, memory: list[int]) -> None:
    """The most memory that a worker had, looked at ten times a second."""
    while process.poll() is None:
        for child in process.children(recursive=True):
            try:
                memory[0] = max(memory[0], child.memory_info().rss)
            except psutil.NoSuchProcess:
                continue
        time.sleep(0.1)


def kinds_of(run: Run, name: str) -> set[str]:
    """The kinds of the issues for which a file, or what is in it, was left out."""
    return {
        issue["kind"]
        for file, issues in run.issues.items()
        for issue in issues
        if issue["quarantined"] and (file == shown(name) or file.startswith(f"{shown(name)}/"))
    }


@pytest.mark.parametrize("bad", FILES, ids=lambda bad: ascii(bad.name))
def test_what_becomes_of_a_bad_file(bad: Bad, run: Run) -> None:
    kinds = kinds_of(run, bad.name) or {READ}
    if kinds == {"no-ocr"} and not shutil.which("tesseract"):
        pytest.skip("apt-get install tesseract-ocr tesseract-ocr-swe")
    assert kinds <= set(bad.becomes.split("|")), bad.why


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_file_is_named(name: str, run: Run) -> None:
    assert kinds_of(run, name) == {OTHERS[name]}


def test_every_good_file_is_read(run: Run) -> None:
    assert {name: kinds_of(run, name) for name in GOOD} == {name: set() for name in GOOD}
    texts = [path.read_text("utf-8") for path in (run.around / "out" / "text").iterdir()]
    for words in (
        "i PDF kan läsas",
        "i Word kan läsas",
        "i OpenDocument kan läsas",
        "Denna sida kan läsas",
        "§ 2",
        "§ 5",
    ):
        assert any(words in text for text in texts), words


def test_there_are_enough() -> None:
    assert len(FILES) + len(OTHERS) >= 90
    assert len({bad.name for bad in FILES} | OTHERS.keys() | GOOD.keys()) == len(FILES) + len(OTHERS) + len(GOOD)


def test_the_build_ends_well(run: Run) -> None:
    assert run.code == 1
    assert "Traceback" not in run.told
    assert not any(issue["kind"] == "internal" for issues in run.issues.values() for issue in issues)
    assert run.seconds < IN_ALL
    assert run.memory < MEMORY * 1_000_000 * 1.15  # it is looked at ten times a second


def test_every_sentence_is_one_and_can_be_shown(run: Run) -> None:
    for file, issues in run.issues.items():
        for issue in issues:
            assert file.isprintable(), ascii(file)
            assert issue["message"].isprintable(), ascii(issue["message"])
            assert not issue["quarantined"] or file in issue["message"] or file.endswith("…"), issue
    shown = run.told.replace("\n", "")
    assert shown.isprintable(), ascii("".join(letter for letter in shown if not letter.isprintable()))


def test_nothing_is_written_outside_the_output_folder(run: Run) -> None:
    assert sorted(path.name for path in run.around.iterdir()) == ["here", "home", "in", "out", "tmp"]
    for place in ("here", "home", "tmp"):
        assert list((run.around / place).iterdir()) == []
    assert not Path("/tmp/hostile-was-here.txt").exists()
    known = {".lock", "generations", "issues.jsonl", "records", "run.json", "store", "text"}
    assert {path.name for path in (run.around / "out").iterdir()} == known


def test_nothing_is_asked_of_the_network_and_nothing_runs(run: Run) -> None:
    assert run.asked == []
    for path in (run.around / "out" / "text").iterdir():
        text = path.read_text("utf-8")
        assert "root:x:0" not in text, "a file of the system, fetched by an entity"
        assert "INJICERAT" not in text
