"""The two looks of the bundled PDFs, for any document: the neutral list in the markup that they are set from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.make.looks.blocks import Block, Document, Line
from corpus.make.pdf import write_pdf


def serif(documents: Sequence[Document], to: Path) -> list[Path]:
    """One column of Times, ruled tables, a running head with the page number."""
    return [_write(document, "serif", to) for document in documents]


def sans(documents: Sequence[Document], to: Path) -> list[Path]:
    """Helvetica, names in two columns, unruled tables, a foot."""
    return [_write(document, "sans", to) for document in documents]


def _write(document: Document, look: str, to: Path) -> Path:
    path = to / f"{document.name}.pdf"
    text = "\n\n".join(_markup(block) for block in document.blocks)
    write_pdf(path, text, {"look": look, "title": document.title, "head": document.head})
    return path


def _markup(block: Block) -> str:
    if block.kind == "break":
        return "\f"
    if block.kind == "table":
        return "\n".join("\t".join(f"**{c.text}**" if c.bold and c.text else c.text for c in row) for row in block.rows)
    if block.kind == "fields":
        rows = [(label if number == 0 else "", value) for label, v in block.fields for number, value in enumerate(v)]
        return "\n".join(f"**{label}**\t{value}" if label else f"\t{value}" for label, value in rows)
    lines = [_line(line) for line in block.lines]
    if block.kind == "heading":
        return "#" * min(3, max(1, block.level)) + " " + " ".join(lines)
    if block.kind == "names":
        middle = (len(lines) + 1) // 2
        return "\n".join(["|||", *lines[:middle], "|||", *lines[middle:]])
    if block.kind == "item":
        return f"{block.marker} {'<br/>'.join(lines)}"
    return "\n".join(lines)


def _line(line: Line) -> str:
    """A line with its bold words marked; what looks like markup of its own is kept apart from it."""
    return "".join(f"**{_safe(run.text)}**" if run.bold else _safe(run.text) for run in line)


def _safe(text: str) -> str:
    return text.replace("<", "‹").replace("*", "∗") if "*" in text or "<" in text else text
