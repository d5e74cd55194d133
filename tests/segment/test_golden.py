"""Whole documents in the layouts of different systems, and what must come out of them.

``KOMMUNGRAF_REGENERATE=1 pytest tests/segment/test_golden.py`` writes the expected files anew: read the diff before you
commit it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kommungraf.model.parts import Part
from kommungraf.model.source import Text
from kommungraf.read import read
from kommungraf.segment import segment

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(GOLDEN.glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_document_is_segmented_as_recorded(path: Path) -> None:
    found = _record(path)
    expected = path.with_suffix(".json")
    if os.environ.get("KOMMUNGRAF_REGENERATE") == "1":
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


def test_every_golden_file_has_its_text() -> None:
    assert {path.stem for path in GOLDEN.glob("*.json")} == {path.stem for path in FILES}


def _record(path: Path) -> list[dict[str, object]]:
    text = read(path)
    return [
        {
            "start": text.blocks[document.blocks.start].stored.start,
            "type": document.type,
            "title": document.title,
            "issued": str(document.issued) if document.issued else None,
            "year": document.year,
            "publisher": document.publisher,
            "parts": [_part(text, part) for part in document.parts],
        }
        for document in segment(text)[0]
    ]


def _part(text: Text, part: Part) -> dict[str, object]:
    content = text.clean[part.start : part.end].replace("\n", " ⏎ ")
    shown = content if len(content) <= 60 else f"{content[:35]} … {content[-20:]}"
    number = {"number": part.number} if part.number is not None else {}
    children = {"children": [_part(text, child) for child in part.children]} if part.children else {}
    return {"role": part.role.value, **number, "title": part.title, "text": shown, **children}
