"""How whole files are read: a dump of their blocks beside the one that a person has looked at.

After a wanted change: ``KOMMUNGRAF_GOLDEN=write pytest tests/read/test_golden.py``, then read the diff.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from read_pdfs import drawn, landscape, mixed, sans, serif, two_columns
from reportlab.pdfgen.canvas import Canvas

from kommungraf.model.source import Block, Text
from kommungraf.read import read_bytes

GOLDEN = Path(__file__).parent / "golden"
DRAWINGS: list[Callable[[Canvas], None]] = [serif, sans, two_columns, landscape, mixed]


def dump(text: Text) -> str:
    """The blocks and running lines of a text, one after the other, to be read by a person."""
    running = [f"({line.page} {line.kind}) {line.text}" for line in text.running]
    return "\n".join([*(shown(text, block) for block in text.blocks), "", *running, ""])


def shown(text: Text, block: Block) -> str:
    marks = [f"level={block.level}"] * bool(block.level) + [f"marker={block.marker}"] * bool(block.marker)
    marks += ["bold"] * block.bold + ["italic"] * block.italic
    body = text.of(block).replace("\t", " | ").replace("\n", "\n    ")
    return f"[{block.page} {' '.join([block.kind, *marks])}]\n    {body}"


def check(name: str, text: Text) -> None:
    path = GOLDEN / f"{name}.blocks"
    if os.environ.get("KOMMUNGRAF_GOLDEN") == "write":
        path.write_text(dump(text), encoding="utf-8")
    assert dump(text) == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("draw", DRAWINGS, ids=lambda draw: draw.__name__)
def test_pdf(draw: Callable[[Canvas], None]) -> None:
    check(draw.__name__, read_bytes(drawn(draw), f"{draw.__name__}.pdf"))


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.txt")), ids=lambda path: path.stem)
def test_text(path: Path) -> None:
    check(path.stem, read_bytes(path.read_bytes(), path.name))


@pytest.mark.parametrize("path", sorted([*GOLDEN.glob("*.docx"), *GOLDEN.glob("*.odt")]), ids=lambda path: path.name)
def test_office(path: Path) -> None:
    check(path.stem, read_bytes(path.read_bytes(), path.name))


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.pdf")), ids=lambda path: path.name)
def test_rendered(path: Path) -> None:
    """Documents of the bundled corpus as programs make them: a browser's engine in two looks, LibreOffice, Typst."""
    check(path.stem, read_bytes(path.read_bytes(), path.name))
