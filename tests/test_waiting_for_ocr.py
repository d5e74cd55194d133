"""Files that are read again when a recogniser comes, goes or changes: statistics, kinds of issues, what is there."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from kommungraf.build import build
from kommungraf.build.recognition import waits_for_ocr
from kommungraf.read import ocr

CASES = [
    ({}, [], "tesseract 5.3.0 swe", False, "typed text has nothing to recognise"),
    ({}, ["no-text"], "tesseract 5.3.0 swe", False, "nothing is on its pages"),
    ({"waitingPages": 2}, ["no-ocr"], "tesseract 5.3.0 swe", True, "pages waited for it"),
    ({"waitingPages": 2}, ["no-ocr"], "", False, "they still wait"),
    ({}, ["no-ocr"], "tesseract 5.3.0 swe", True, "the whole file waited"),
    ({"recogniser": "tesseract 5.3.0 swe"}, [], "tesseract 5.3.0 swe", False, "the same as before"),
    ({"recogniser": "tesseract 5.3.0 swe"}, [], "tesseract 5.5.0 swe", True, "another version"),
    ({"recogniser": "tesseract 5.3.0 swe"}, [], "", False, "what was read stays when the recogniser goes"),
]


@pytest.mark.parametrize(("statistics", "kinds", "there", "again", "why"), CASES)
def test_read_again(
    statistics: dict[str, object],
    kinds: list[str],
    there: str,
    again: bool,
    why: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "engine", lambda: there)
    assert waits_for_ocr(statistics, [{"kind": kind} for kind in kinds]) is again, why


def test_typed_text_never_asks_for_the_recogniser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked() -> str:
        raise AssertionError("the recogniser was asked for")

    monkeypatch.setattr(ocr, "engine", asked)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Protokoll\n\n§ 1 Val\n\nNämnden väljer Åsa Öberg.\n", encoding="utf-8")
    assert build([tmp_path / "in"], tmp_path / "out", jobs=1).read == 1
    assert build([tmp_path / "in"], tmp_path / "out", jobs=1).unchanged == 1


def test_a_build_that_is_killed_leaves_no_recogniser(tmp_path: Path) -> None:
    """The recogniser is one that never ends."""
    program, told, folder = tmp_path / "bin" / "tesseract", tmp_path / "told", tmp_path / "in"
    program.parent.mkdir()
    program.write_text(
        "#!/bin/sh\ncase $1 in --version) echo tesseract 5.0.0;; --list-langs) echo swe;;\n"
        f"*) echo $$ > {told}.new; mv {told}.new {told}; exec sleep 600;; esac\n"
    )
    program.chmod(0o755)
    folder.mkdir()
    page = Image.new("L", (400, 560), 255)
    ImageDraw.Draw(page).text((40, 60), "Protokoll med en rad text", fill=0)
    page.save(folder / "skannad.png")
    command = [sys.executable, "-c", "from kommungraf.cli import run; run()", "build", str(folder), "--quiet"]
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    process = subprocess.Popen([*command, "--out", str(tmp_path / "out")], env=os.environ | {"PATH": path})
    assert _within(20, told.exists), "the recogniser was started"
    recogniser = Path(f"/proc/{told.read_text().strip()}")
    assert recogniser.exists() or not Path("/proc/self").exists()
    process.kill()
    process.wait()
    assert _within(10, lambda: not recogniser.exists())


def _within(seconds: float, true: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not true() and time.monotonic() < until:
        time.sleep(0.05)
    return true()
