"""Files that are read again when a recogniser comes, goes or changes: statistics, kinds of issues, what is there."""

from __future__ import annotations

from pathlib import Path

import pytest

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
