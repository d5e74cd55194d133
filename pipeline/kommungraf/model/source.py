"""What the read stage hands on: one file as a :class:`Text` of blocks in one string, mapped back to the stored text.

Two strings are kept apart. ``stored`` is what ``text/<sha256>.txt`` holds and what every ``oa:TextPositionSelector``
counts in (for a text file: the file decoded, unchanged). ``clean`` is what the later stages read: markup, running heads
and line-end hyphens are gone. ``offsets`` maps each character of ``clean`` to the one in ``stored`` that it came from.
All offsets are code points, start included, end excluded.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from kommungraf.errors import Issue

BlockKind = Literal["heading", "paragraph", "item", "table"]
RunningKind = Literal["header", "footer", "page-number"]


class Span(NamedTuple):
    """A half-open range of code points, in ``clean`` unless a name says ``stored``."""

    start: int
    end: int


class Printed(Span):
    """A range of ``stored`` that ``clean`` does not have: in a running head."""


class Place(NamedTuple):
    """A rectangle on a page counted from 1, in points from the upper left corner of the page as a viewer shows it."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class Recognised(NamedTuple):
    """A range of ``stored`` that was recognised in a picture (OCR), and how sure that is, from 0 to 1."""

    stored: Span
    score: float


class LeftOut(NamedTuple):
    """Something in the file that ``clean`` does not have, and why: a comment, a deletion, navigation, a contents page.

    ``kind`` is a short stable code, ``why`` one sentence for a person; ``page`` counts from 1. ``text`` begins it.
    """

    kind: str
    why: str
    text: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file itself: content hash, the name it came under, size in bytes, media type by content."""

    sha256: str
    name: str
    size: int
    media_type: str


@dataclass(slots=True)
class Cell:
    """A table cell: its text span in ``clean`` (may be empty), column counted from 0, and whether it was emphasised."""

    start: int
    end: int
    column: int
    bold: bool = False


@dataclass(slots=True)
class Row:
    """A table row, cells from left to right; empty cells are present (``start == end``)."""

    cells: list[Cell]


@dataclass(slots=True)
class Block:
    """A heading, paragraph, list item or table.

    ``level`` is the heading's depth (1 is the highest, 0 unknown) or the item's depth; ``marker`` an item's own mark as
    printed (``1.``, ``a)``, ``-``); ``page`` counts from 1, ``None`` where there are none; ``gap`` is how many blank
    lines stood before (three or more is often a page break in text files); ``bold``/``italic``: the whole block was
    emphasised; ``stored`` is the block's range in the stored text, marker and emphasis marks included; ``places`` are
    where it stands on its pages, where that is known.
    In ``clean`` a line break that carries meaning is ``\\n`` inside a block; table cells are joined with ``\\t`` and
    rows with ``\\n``; blocks with ``\\n\\n``.
    """

    kind: BlockKind
    start: int
    end: int
    stored: Span
    page: int | None = None
    level: int = 0
    marker: str = ""
    gap: int = 0
    bold: bool = False
    italic: bool = False
    rows: list[Row] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Running:
    """A running head, foot or page number: taken out of ``clean`` but remembered. ``stored`` is its place."""

    kind: RunningKind
    page: int
    stored: Span
    text: str


@dataclass(slots=True)
class Text:
    """One file, read. ``pages`` is 0 where the format has none; ``empty_pages`` gave no text (counted from 1).

    ``page_labels`` are page numbers as printed, by counted page. ``metadata`` are claims inside the file (title,
    author, dates): kept, never trusted over the text. ``recognised`` are the ranges that come from OCR, in order, and
    ``recogniser`` what made them; ``unrecognised`` are pages that are pictures, where no recogniser is installed.
    """

    file: SourceFile
    stored: str
    clean: str
    offsets: array[int]
    blocks: list[Block]
    pages: int = 0
    empty_pages: list[int] = field(default_factory=list)
    page_labels: dict[int, str] = field(default_factory=dict)
    running: list[Running] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    recognised: list[Recognised] = field(default_factory=list)
    recogniser: str = ""
    unrecognised: list[int] = field(default_factory=list)
    metadata: dict[str, str] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    _starts: list[int] = field(default_factory=list, repr=False)
    _breaks: list[int] | None = field(default=None, repr=False)

    def of(self, span: Span | Block | Cell) -> str:
        """The clean text of a span, block or cell."""
        return self.clean[span.start : span.end]

    def block_index(self, position: int) -> int:
        """Index of the block that holds a position of ``clean`` (or the last one before it)."""
        if not self._starts:
            self._starts = [block.start for block in self.blocks]
        return max(0, bisect_right(self._starts, position) - 1)

    def block_at(self, position: int) -> Block:
        """The block that holds a position of ``clean``."""
        return self.blocks[self.block_index(position)]

    def page_at(self, position: int) -> int | None:
        """The page, counted from 1, on which a position of ``clean`` stands; ``None`` where there are no pages.

        Pages end with a form feed in ``stored``: a paragraph that goes on over a page break stands on two.
        """
        if not self.pages or not self.offsets:
            return None
        return self.page_of_stored(self.offsets[min(position, len(self.offsets) - 1)])

    def page_of(self, span: Span) -> int | None:
        """The page on which a span begins, one in a running head included; ``None`` where there are no pages."""
        if isinstance(span, Printed):
            return self.page_of_stored(span.start) if self.pages else None
        return self.page_at(span.start)

    def page_of_stored(self, position: int) -> int:
        """The page, counted from 1, on which a position of ``stored`` stands."""
        if self._breaks is None:
            self._breaks = [match.start() for match in re.finditer("\f", self.stored)]
        return bisect_right(self._breaks, position) + 1

    def stored_span(self, span: Span, *, exact: bool = False) -> Span:
        """Where a clean span stands in ``stored``.

        A span that covers a whole block takes the block's own range, list marker and emphasis marks included, so that
        the quote of a numbered decision shows its number; unless ``exact``: a name is its letters. A span that holds
        an opening emphasis mark keeps its closing one.
        """
        if span.end <= span.start:
            raise ValueError(f"empty span {span}")
        if isinstance(span, Printed):
            return Span(*span)
        block = self.block_at(span.start)
        if not exact and block.kind == "item" and (block.start, block.end) == (span.start, span.end):
            return block.stored
        start, end = self.offsets[span.start], self.offsets[span.end - 1] + 1
        return Span(start, _close_emphasis(self.stored, start, end))


def _close_emphasis(stored: str, start: int, end: int) -> int:
    """Move ``end`` past a closing ``*``/``**`` whose opening mark lies inside the span."""
    inside = stored[start:end]
    follow = 0
    while end + follow < len(stored) and stored[end + follow] == "*":
        follow += 1
    return end + follow if follow and inside.count("*") % (2 * follow) == follow else end
