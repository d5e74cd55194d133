"""The stored text of a file that is no text file, written block by block, and the clean text over it.

Lines end in a line feed, blocks in an empty line, pages in a form feed; cells of a row are parted by tabs.
"""

from __future__ import annotations

import re

from kommungraf.model.source import Block, Cell, Place, Recognised, Row, Running, RunningKind, SourceFile, Span, Text
from kommungraf.read.breaks import BREAK, LONG, SPACE, WHOLE, goes_on, hyphen_join
from kommungraf.read.builder import CleanBuilder, Edit, Piece, pieces
from kommungraf.read.drafts import Draft, DraftCell
from kommungraf.read.lines import ITEM
from kommungraf.read.table_breaks import fitted, goes_on_in, repeated_head

# Ligatures, what nobody sees, and the marks of notes.
_SPECIAL = re.compile(r"[\ufb00-\ufb06\u00ad\u200b-\u200f\ufeff]|\u2060[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]*")
_LIGATURES = dict(zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", "ff fi fl ffi ffl st st".split(), strict=True))

Ranges = list[tuple[int, int]]


class Composer:
    """Writes ``stored`` page by page and remembers where each block stands; :meth:`text` then makes ``clean`` of it.

    A format without pages never calls :meth:`page`.
    """

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._page = 0
        self._fresh = True
        self._first = False
        self._ended = -1
        self._drafts: list[tuple[Draft, int, list[Ranges]]] = []
        self._places: dict[int, list[Place]] = {}
        self._running: list[Running] = []
        self._recognised: list[Recognised] = []

    def page(self, number: int) -> None:
        """A new page begins."""
        if self._page:
            self._write("\f")
        self._page = number
        self._fresh = True
        self._first = True

    def running(self, lines: list[tuple[RunningKind, str]]) -> None:
        """Lines of a running head or foot: in ``stored``, not in ``clean``."""
        for kind, text in lines:
            self._part()
            start, end = self._write(text)
            self._running.append(Running(kind, self._page, Span(start, end), text))

    def block(self, draft: Draft) -> None:
        """The next block of the page."""
        after_break = self._first and self._ended == self._page - 1
        goes_on = (after_break or (draft.after_column and not self._first)) and self._goes_on(draft)
        self._first, self._ended = False, self._page
        self._part()
        ranges = self._rows(draft.rows) if draft.kind == "table" else [self._lines(draft.lines)]
        if draft.score is not None:
            self._recognised.append(Recognised(Span(ranges[0][0][0], self._length), draft.score))
        if goes_on:
            self._continue(draft, ranges)
        else:
            self._drafts.append((draft, self._page, ranges))
        if draft.box is not None:
            self._places.setdefault(len(self._drafts) - 1, []).append(Place(self._page, *draft.box))

    def _goes_on(self, draft: Draft) -> bool:
        """Whether the first block of a page is the rest of the last one of the page before: a paragraph or a table."""
        last = self._drafts[-1][0]
        if draft.kind == "table":
            if draft.after_column and last.columns and draft.columns:
                _shift(draft, last.columns[0] - draft.columns[0])
            return last.kind == "table" and fitted(last, draft)
        same = last.kind in ("paragraph", "item") and draft.kind == "paragraph" and last.bold == draft.bold
        return same and (goes_on(last.lines[-1], draft.lines[0]) or _runs_on(last, draft))

    def _continue(self, draft: Draft, ranges: list[Ranges]) -> None:
        """Add a block to the last one; what runs between them stays out of clean."""
        last, _, places = self._drafts[-1]
        if draft.kind == "table":
            _continue_table(last, places, draft, ranges)
            return
        hyphen = hyphen_join(last.lines[-1], draft.lines[0])
        last.joins += [SPACE if hyphen is None else hyphen, *draft.joins]
        last.lines += draft.lines
        last.room = draft.room
        places[0] += ranges[0]

    def _rows(self, rows: list[list[DraftCell]]) -> list[Ranges]:
        """Write the cells of a table; the places of each."""
        ranges: list[Ranges] = []
        for number, row in enumerate(rows):
            if number:
                self._write("\n")
            for column, cell in enumerate(row):
                if column:
                    self._write("\t")
                ranges.append(self._lines(cell.lines) or [(self._length, self._length)])
        return ranges

    def _part(self) -> None:
        if not self._fresh:
            self._write("\n\n")
        self._fresh = False

    def _lines(self, lines: list[str]) -> Ranges:
        ranges = []
        for number, line in enumerate(lines):
            if number:
                self._write("\n")
            ranges.append(self._write(line))
        return ranges

    def _write(self, text: str) -> tuple[int, int]:
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        return start, self._length

    def text(self, file: SourceFile) -> Text:
        """Both texts with their blocks."""
        builder = CleanBuilder("".join(self._parts))
        self._parts.clear()
        for number, (draft, page, ranges) in enumerate(self._drafts):
            _put_block(builder, draft, page or None, ranges)
            builder.blocks[-1].places = self._places.get(number, [])
        return Text(
            file,
            builder.stored,
            builder.clean,
            builder.offsets,
            builder.blocks,
            pages=self._page,
            running=self._running,
            recognised=self._recognised,
        )


def _shift(table: Draft, by: float) -> None:
    """Move the columns of a table, which goes on in the next column of the page, to where it began."""
    table.columns = tuple(x + by for x in table.columns)
    table.whites = tuple((left + by, right + by) for left, right in table.whites)


def _runs_on(last: Draft, draft: Draft) -> bool:
    """Whether a full last line goes on, in a capital or a figure too, but for what may be a short title."""
    line, first = last.lines[-1], draft.lines[0]
    if last.room is None or line[-1] in ".:;!?":
        return False
    if first[0].islower() and len(line) > max(LONG // 2, 0.7 * max(map(len, last.lines))):  # a line of a column
        return True
    return last.room < draft.opening and min(len(line), len(first)) >= (LONG if first[0].isupper() else LONG // 2)


def _continue_table(last: Draft, places: list[Ranges], draft: Draft, ranges: list[Ranges]) -> None:
    """Add the rows of a table's rest; its head, printed again, stays out, and a row cut in two is one again."""
    head = repeated_head(last, draft)
    rows, ranges = draft.rows[head:], ranges[sum(map(len, draft.rows[:head])) :]
    if goes_on_in(last.rows[-1], rows[0]):
        width = len(rows[0])
        for above, below, old, new in zip(last.rows[-1], rows[0], places[-width:], ranges, strict=False):
            if below.lines:
                hyphen = hyphen_join(above.lines[-1], below.lines[0]) if above.lines else None
                above.joins += [*([SPACE if hyphen is None else hyphen] if above.lines else []), *below.joins]
                old[:] = [*old, *new] if above.lines else new
                above.lines += below.lines
        rows, ranges = rows[1:], ranges[width:]
    last.rows += rows
    places += ranges


def _put_block(builder: CleanBuilder, draft: Draft, page: int | None, ranges: list[Ranges]) -> None:
    start, end = ranges[0][0][0], max(part[-1][1] for part in ranges)
    builder.separate(start)
    at = builder.length
    block = Block(draft.kind, at, at, Span(start, end), page=page, level=draft.level, gap=draft.gap)
    block.marker, block.bold, block.italic = draft.marker, draft.bold, draft.italic
    if draft.kind == "table":
        _put_rows(builder, block, draft.rows, ranges)
    else:
        lines = ranges[0]
        if draft.kind == "item" and (match := ITEM.match(draft.lines[0])):
            lines = [(start + match.end(), lines[0][1]), *lines[1:]]
        _put_lines(builder, lines, draft.joins)
    block.end = builder.length
    builder.blocks.append(block)


def _put_rows(builder: CleanBuilder, block: Block, rows: list[list[DraftCell]], ranges: list[Ranges]) -> None:
    places = iter(ranges)
    for number, row in enumerate(rows):
        cells = []
        for column, cell in enumerate(row):
            lines = next(places)
            if column or number:
                builder.put("\t" if column else "\n", max(0, lines[0][0] - 1))
            start = builder.length
            _put_lines(builder, lines, cell.joins)
            cells.append(Cell(start, builder.length, column, cell.bold))
        block.rows.append(Row(cells))


def _put_lines(builder: CleanBuilder, ranges: Ranges, joins: list[str]) -> None:
    """Lines with what joins them."""
    stored = builder.stored
    for number, (start, end) in enumerate(ranges):
        join = joins[number] if number < len(joins) else None
        stop = end - 1 if join == WHOLE else end
        edits = [Edit(m.start(), m.end(), _LIGATURES.get(m[0], "")) for m in _SPECIAL.finditer(stored, start, stop)]
        builder.copy(pieces(stored, start, stop, edits))
        if join in (SPACE, BREAK):
            builder.copy([Piece(end, end + 1, join)])
