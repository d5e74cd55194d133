"""The lines of a text with what their blocks know about them: the unit in which documents are cut and parts are made.

A block is too coarse for that: a table of attendance has a label in each row, and a paragraph of a PDF may hold a label
and its text on two lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kommungraf.model.source import Block, BlockKind, Span, Text
from kommungraf.text import fold

LONGEST_LABEL = 110
"""Longer lines are prose: nobody writes a heading or a label that long."""
_LEAD = re.compile(r"([^*<\n]{2,60}?)\s*(?:\*{1,3}|</(?:b|strong|i|em)>)")
BREAK = 3
"""Blank lines that usually stand where a page ended."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a block, or one row of a table. ``gap``, ``new_page`` belong to the block's first line.

    ``lead`` is the length of a run in bold or italics with which the line begins ("**Beslut** Nämnden …"), else 0.
    """

    start: int
    end: int
    block: int
    text: str
    kind: BlockKind
    level: int = 0
    marker: str = ""
    bold: bool = False
    italic: bool = False
    first: bool = True
    gap: int = 0
    new_page: bool = False
    alone: bool = True
    lead: int = 0

    @property
    def key(self) -> str:
        """The folded text without its colon, as label tables spell it; empty for prose."""
        return label_key(self.text) if len(self.text) <= LONGEST_LABEL else ""

    @property
    def after_break(self) -> bool:
        """A page ended before this line, or enough blank lines say so."""
        return self.first and (self.new_page or self.gap >= BREAK)

    @property
    def headed(self) -> bool:
        """Printed as a heading: marked as one, or a line of its own in bold or italics."""
        return self.kind == "heading" or (self.kind == "paragraph" and self.alone and (self.bold or self.italic))

    @property
    def span(self) -> Span:
        """Its place in ``clean``."""
        return Span(self.start, self.end)


@lru_cache(maxsize=50_000)
def label_key(text: str) -> str:
    """A label as the tables spell it: folded, without the marks around it."""
    return fold(text).strip(" \t:.*_#–-·")


def lines_of(text: Text) -> list[Line]:
    """All lines with text, in order. Line breaks inside a table cell do not make a row of their own."""
    lines: list[Line] = []
    page: int | None = None
    for index, block in enumerate(text.blocks):
        new_page = page is not None and block.page != page
        page = block.page
        lines.extend(_lines_of_block(text, index, block, new_page))
    return lines


def _lines_of_block(text: Text, index: int, block: Block, new_page: bool) -> list[Line]:
    spans = _rows(block) if block.rows else _breaks(text.clean, block)
    spans = [span for span in spans if text.clean[span.start : span.end].strip()]
    return [
        Line(
            span.start, span.end, index, text.clean[span.start : span.end],
            block.kind, block.level, block.marker if not number else "", block.bold, block.italic,
            number == 0, block.gap if number == 0 else 0, new_page and number == 0, len(spans) == 1,
            0 if block.rows else _lead(text, span),
        )
        for number, span in enumerate(spans)
    ]  # fmt: skip


def _lead(text: Text, span: Span) -> int:
    start = text.offsets[span.start]
    if text.stored[start - 1 : start] not in ("*", ">"):
        return 0
    match = _LEAD.match(text.stored, start)
    if match is None or not text.clean.startswith(match[1], span.start) or len(match[1]) >= span.end - span.start:
        return 0
    return len(match[1])


def _rows(block: Block) -> list[Span]:
    return [Span(row.cells[0].start, row.cells[-1].end) for row in block.rows if row.cells]


def _breaks(clean: str, block: Block) -> list[Span]:
    spans, start = [], block.start
    while start < block.end:
        end = clean.find("\n", start, block.end)
        end = block.end if end < 0 else end
        spans.append(Span(start, end))
        start = end + 1
    return spans
