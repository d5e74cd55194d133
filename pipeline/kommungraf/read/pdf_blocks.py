"""Rows of a page become blocks: headings by their size, paragraphs by the white between them, items by their marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from kommungraf.read.breaks import BREAK, SPACE, hyphen_join, is_hanging, is_title, means_break, settled
from kommungraf.read.columns import columns_of
from kommungraf.read.drafts import Draft, DraftCell
from kommungraf.read.layout import with_tables
from kommungraf.read.lines import FIRST_MARKERS, ITEM
from kommungraf.read.pdf_rows import RuledCell, RuledRow
from kommungraf.read.pdf_style import Style
from kommungraf.read.rows import Row, Run, around
from kommungraf.read.unruled import Aligned

_BOLD_HEADING = 120  # characters: a longer bold paragraph is an emphasised paragraph
_HEADING = 250
_SAME = 1.25  # usual distances: lines further apart are two paragraphs


def page_blocks(rows: list[Row | RuledRow], style: Style, right: float | None = None) -> Iterator[Draft]:
    """The blocks of rows under each other, in reading order: a page, or a column that wraps at ``right``."""
    style = style.on_page(rows)
    if right is not None:
        style = replace(style, right=right)
    free: list[Row] = []
    ruled: list[RuledRow] = []
    for row in rows:
        if ruled and not (isinstance(row, RuledRow) and row.grid is ruled[0].grid):
            yield _ruled_table(ruled)
            ruled = []
        if isinstance(row, RuledRow):
            yield from _free_blocks(free, style)
            free = []
            ruled.append(row)
        else:
            free.append(row)
    if ruled:
        yield _ruled_table(ruled)
    yield from _free_blocks(free, style)


def _ruled_table(rows: list[RuledRow]) -> Draft:
    grid = rows[0].grid
    cells = [_ruled_cells(row) for row in rows]
    return Draft("table", rows=cells, columns=grid.xs[:-1], gap=1, box=grid.box, whites=_whites(rows))


def _whites(rows: list[RuledRow]) -> tuple[tuple[float, float], ...]:
    """The white between the columns of a table, as its texts leave it; those that reach over an edge do not count."""
    xs = rows[0].grid.xs
    ends, starts = list(xs[:-1]), list(xs[1:])
    for column, (left, right) in enumerate(pairwise(xs)):
        lines = [line for row in rows for line in row.cells[column].rows if line.x1 < right]
        ends[column] = max((line.x1 for line in lines), default=left)
        starts[column] = min((line.x0 for line in lines), default=right)
    return tuple(zip(ends[:-1], starts[1:], strict=True))


def _ruled_cells(row: RuledRow) -> list[DraftCell]:
    """The cells of a row. Lines at the heights of a list's lines, in a cell beside it, are a list too: names, roles."""
    drafts = [_cell(cell) for cell in row.cells]
    pairs = list(zip(map(_heights, row.cells), drafts, strict=True))
    lists = {heights for heights, draft in pairs if len(draft.joins) > 1 and _is_list(draft)}
    for heights, draft in pairs:
        if heights in lists:
            draft.joins = [BREAK] * len(draft.joins)
    return drafts


def _is_list(draft: DraftCell) -> bool:
    return all(join == BREAK for join in draft.joins)


def _heights(cell: RuledCell) -> tuple[int, ...]:
    return tuple(round(row.y) for row in cell.rows)


def _cell(cell: RuledCell) -> DraftCell:
    bold = bool(cell.rows) and all(row.bold for row in cell.rows)
    columns = columns_of(cell.rows)
    joins: list[str] = []
    for number, rows in enumerate(columns):
        right = cell.right if number == len(columns) - 1 else max(row.x1 for row in rows)
        inner = _joins(rows, right)
        if len(columns) > 1:  # a narrow list: the longest entry fills its line, and yet it has ended
            inner = [BREAK if _is_entry(*pair) else join for pair, join in zip(pairwise(rows), inner, strict=True)]
        joins += [BREAK] * bool(number) + inner
    return DraftCell([row.text for row in cell.rows], joins, bold)


def _is_entry(above: Row, row: Row) -> bool:
    """Whether a line ends in brackets, as the entries of a list of names do, and the next begins another."""
    return above.text.endswith(")") and row.text[0].isupper()


def _free_blocks(rows: list[Row], style: Style) -> Iterator[Draft]:
    """The blocks of running text and of tables without lines."""
    lines: list[Row] = []
    for item in with_tables(rows, style.leading):
        if isinstance(item, Aligned):
            yield from _Lines(lines, style).blocks()
            lines = []
            yield _aligned_table(item, style.right)
        else:
            lines.append(item)
    yield from _Lines(lines, style).blocks()


def _aligned_table(table: Aligned, right: float) -> Draft:
    rows = [[_aligned_cell(cell) for cell in row] for row in table.cells(right=right)]
    columns = tuple(left for left, _ in table.columns)
    return Draft("table", rows=rows, columns=columns, gap=1, box=around(table.rows))


def _aligned_cell(runs: list[Run]) -> DraftCell:
    texts = [run.text for run in runs]
    hyphens = [hyphen_join(above, below) for above, below in pairwise(texts)]
    joins = [SPACE if hyphen is None else hyphen for hyphen in hyphens]
    return DraftCell(texts, joins, bool(runs) and all(run.font.bold for run in runs))


class _Lines:
    """Lines of running text under each other, and where one block ends and the next begins."""

    def __init__(self, rows: list[Row], style: Style) -> None:
        self.rows = rows
        self.style = style
        self.right = style.right
        self.indents: list[float] = []

    def blocks(self) -> Iterator[Draft]:
        """The blocks, in order."""
        start = 0
        for end in range(1, len(self.rows) + 1):
            if end == len(self.rows) or self.parts(start, end):
                yield self.draft(start, end)
                start = end

    def distance(self, index: int) -> float:
        """How far a line stands below the one above, in usual distances."""
        above, row = self.rows[index - 1], self.rows[index]
        return (row.y - above.y) / (self.style.leading * max(row.size, above.size))

    def parts(self, start: int, index: int) -> bool:
        """Whether a new block begins at a line."""
        first, above, row = self.rows[start], self.rows[index - 1], self.rows[index]
        if self.rebolded(index) or self.resized(index):
            return True
        if not 0 < self.distance(index) <= _SAME or self.is_item(start, index):
            return True
        if index == start + 1 and self.is_title(start):
            return True
        if ITEM.match(first.text):
            return row.x0 < first.x0 + 0.5 * row.size and not self.wrapped(above, row)
        indented = row.x0 > above.x0 + 0.8 * row.size and above.x0 <= first.x0 + 1
        return indented and not self.wrapped(above, row)

    def is_item(self, start: int, index: int) -> bool:
        """Whether a line begins a list item, and not a figure with which a full line goes on: "§ 18 och|20) samt"."""
        above, row = self.rows[index - 1], self.rows[index]
        match = ITEM.match(row.text)
        if match is None:
            return False
        number = match[2].strip("().")
        if not number.isalnum() or number in FIRST_MARKERS or above.text[-1] in ".:;,":
            return True
        inside = above.text.rfind("(") > above.text.rfind(")") and match[2].endswith(")")
        level = abs(row.x0 - above.x0) < 0.5 * row.size
        return not (inside or (level and not ITEM.match(self.rows[start].text) and self.wrapped(above, row)))

    def rebolded(self, index: int) -> bool:
        """Whether a line is bold and the one above is not, or the reverse: a title, but for words emphasised in a
        sentence that goes on over the end of its line."""
        above, row = self.rows[index - 1], self.rows[index]
        flows = row.text[0].islower() and above.text[-1] not in ".:;!?" and abs(self.distance(index) - 1) < 0.1
        return row.bold != above.bold and not (flows and self.wrapped(above, row))

    def resized(self, index: int) -> bool:
        """Whether a line has another size than the one above; a little is allowed where the sentence surely goes on."""
        above, row = self.rows[index - 1], self.rows[index]
        change = abs(row.size - above.size) / above.size
        flows = change < 0.15 and abs(self.distance(index) - 1) < 0.1 and self.wrapped(above, row)
        return change > 0.06 and not flows

    def is_title(self, start: int) -> bool:
        """Whether a line, in the look of its text, is the title of the lines right below it."""
        end = start + 1
        while end < len(self.rows) and 0 < self.distance(end) <= _SAME and not self.rows[end - 1].text.endswith("."):
            end += 1
        return end > start + 1 and is_title([row.text for row in self.rows[start:end]])

    def wrapped(self, above: Row, row: Row) -> bool:
        """Whether the line above is full."""
        return _join(above, row, self.right) != BREAK

    def draft(self, start: int, end: int) -> Draft:
        """The block of some lines."""
        rows = self.rows[start:end]
        first = rows[0]
        draft = Draft("paragraph", [row.text for row in rows], _joins(rows, self.right))
        draft.bold, draft.italic = all(row.bold for row in rows), all(row.italic for row in rows)
        draft.box = around(rows)
        draft.room, draft.opening = (self.right - rows[-1].x1) / first.size, _first_word(first) / first.size + 0.25
        draft.gap = max(1, min(9, round(self.distance(start)) - 1)) if start else 1
        length = sum(map(len, draft.lines))
        level = self.style.level(first.size)
        if level and length <= _HEADING:
            draft.kind, draft.level = "heading", min(6, level)
            draft.joins = [_join(above, row, self.right) for above, row in pairwise(rows)]
        elif draft.bold and length <= _BOLD_HEADING and len(rows) <= 2 and self.titles(end, draft.lines[-1]):
            draft.kind, draft.level = "heading", min(6, self.style.levels + 1)
        elif match := ITEM.match(first.text):
            draft.kind, draft.marker, draft.level = "item", match[2], self.depth(first.x0)
            return draft
        self.indents.clear()
        return draft

    def titles(self, end: int, last: str) -> bool:
        """Whether a short bold block stands over text that is not bold, and does not end like a sentence."""
        return not last.endswith((".", ",", ";")) and not (end < len(self.rows) and self.rows[end].bold)

    def depth(self, x0: float) -> int:
        """The level of a list item: how many of those above stand further left."""
        while self.indents and self.indents[-1] >= x0 - 4:
            self.indents.pop()
        self.indents.append(x0)
        return len(self.indents)


def _joins(rows: list[Row], right: float) -> list[str]:
    """What joins the lines of a paragraph or cell, one to the next."""
    joins = [_join(above, row, right) for above, row in pairwise(rows)]
    return settled([row.text for row in rows], joins, measured=True)


def _join(above: Row, row: Row, right: float) -> str:
    """What joins two lines that wrap at a right edge."""
    hyphen = hyphen_join(above.text, row.text)
    if hyphen is not None:
        return hyphen
    if is_hanging(above.text, row.text):
        return SPACE
    if means_break(above.text, row.text):
        return BREAK
    width = _first_word(row)
    if above.x1 + 0.25 * above.size + width > right - 0.4 * above.size:
        return SPACE
    full = above.x1 - above.x0 > 0.6 * (right - above.x0)
    return SPACE if full and row.text[0].islower() and above.text[-1] not in ".:;!?" else BREAK


def _first_word(row: Row) -> float:
    """About how wide the first word of a line is."""
    word, first = row.text.split(maxsplit=1)[0], row.runs[0]
    return (first.x1 - first.x0) * min(1.0, len(word) / max(1, len(first.text)))
