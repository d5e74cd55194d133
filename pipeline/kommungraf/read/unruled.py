"""Tables without lines: which cell each text belongs to, and which texts go on with the one above."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kommungraf.read.breaks import LONG, hyphen_join
from kommungraf.read.rows import Row, Run

EDGE = 0.6  # ems: so near do the texts of a column begin or end
PROSE = 28  # characters on a line: less is a list of names or a table
_ENTRY_SIGNS = re.compile(r"[,)]\s*")
_LONG_WORD = 12  # letters
_OVERLAP = 0.8  # ems: lines nearer to each other overlap
_HANGING = ",–§"  # nothing that has ended ends so
_HEAD = 2  # lines that the head of a table may have


@dataclass(slots=True)
class Aligned:
    """A table without lines: rows and the columns that their runs stand in (``[left, right]``)."""

    rows: list[Row]
    columns: list[list[float]] = field(default_factory=list)

    def cells(self, in_order: bool = False, right: float = float("inf")) -> list[list[list[Run]]]:
        """The rows as cells of runs, none in an empty one; a cell that goes on in the next line has several.

        ``in_order``: only the last cell of a row goes on, so that the runs come in the order of their lines.
        ``right`` is where the last column wraps.
        """
        table: list[list[list[Run]]] = []
        above: Row | None = None
        for rows in self._centred():
            row = rows[0]
            close = above is not None and row.y - above.y < 1.8 * row.size
            cells = self._placed(row)
            for other in rows[1:]:
                for cell, runs in zip(cells, self._placed(other), strict=True):
                    cell += runs
            if close and in_order:
                self._go_on_in_order(cells, row, table[-1])
            elif close:
                self._go_on(cells, table[-1], right)
            if any(cells):
                table.append(cells)
            above = rows[-1]
        return table

    def _centred(self) -> list[list[Row]]:
        """The rows, those together whose lines overlap: a label of two lines beside the middle of its value."""
        groups: list[list[Row]] = []
        for row in self.rows:
            last = groups[-1][-1] if groups else None
            if last and row.y - last.y < _OVERLAP * min(row.size, last.size) and not self._share(last, row):
                groups[-1].append(row)
            else:
                groups.append([row])
        return groups

    def _share(self, one: Row, other: Row) -> bool:
        columns = [{column_of(self.columns, run) for run in row.runs} for row in (one, other)]
        return bool(columns[0] & columns[1])

    def _placed(self, row: Row) -> list[list[Run]]:
        """The runs of a row in their columns; one that reaches over two of them, with more to its right, is parted."""
        cells: list[list[Run]] = [[] for _ in self.columns]
        for number, run in enumerate(row.runs):
            for part in _parted(run, self.columns) if number < len(row.runs) - 1 else [run]:
                cells[column_of(self.columns, part)].append(part)
        return cells

    def _go_on_in_order(self, cells: list[list[Run]], row: Row, above: list[list[Run]]) -> None:
        column = next(number for number, cell in enumerate(cells) if cell)
        alone = len(row.runs) == 1 and row.runs[0].text[0].islower() and above[column]
        if alone and not any(above[column + 1 :]):
            above[column] += cells[column]
            cells[column] = []

    def _go_on(self, cells: list[list[Run]], above: list[list[Run]], right: float) -> None:
        """Move what goes on with the cell above it up there: a label, a broken word, a line of a long text."""
        filled = [number for number, cell in enumerate(cells) if cell]
        rest = all(above[number] and _begins_inside(cells[number][0].text) for number in filled)
        lists = self._lists() if len(filled) > 1 and filled[0] != 0 else set()
        for number in filled:
            if not above[number]:
                continue
            last, first = above[number][-1], cells[number][0]
            label = number == 0 and first.text[0].islower() and last.text[-1] not in ".:"
            limit = self.columns[number + 1][0] if number + 1 < len(self.columns) else right
            beside = number in lists and (_begins_inside(first.text) or _is_full(last, first, limit))
            full = filled == [number] and number > 0 and _is_full(last, first, limit)
            if rest or label or full or beside or hyphen_join(last.text, first.text) is not None:
                above[number] += cells[number]
                cells[number] = []

    def _lists(self) -> set[int]:
        """The columns after the first in which most lines begin as entries do: lists beside each other, of names."""
        begins: list[list[bool]] = [[] for _ in self.columns]
        for row in self.rows:
            for run in row.runs:
                begins[column_of(self.columns, run)].append(run.text[0].isupper())
        return {number for number, upper in enumerate(begins) if number and 2 * sum(upper) > len(upper) > 1}


def _begins_inside(text: str) -> bool:
    """Whether a text begins as no entry does: in lower case or with a bracket."""
    return text[0].islower() or text[0] == "("


def _is_full(above: Run, run: Run, limit: float) -> bool:
    """Whether a long line had no room for the first word of the next one."""
    word = run.text.split(maxsplit=1)[0]
    width = (run.x1 - run.x0) * len(word) / len(run.text)
    inside = _stops_inside(above.text)
    long = inside or len(above.text) >= (LONG if word[0].isupper() else PROSE)
    return (
        (long or above.text[-1] in _HANGING)
        and _is_open(above.text, word)
        and above.x1 + width > limit - 0.4 * run.font.size
    )


def _stops_inside(text: str) -> bool:
    """Whether a line stops inside of an entry: "Anna Ek (S), ersättare för Bo" does, "Anna Ek (S), Orsa" does not."""
    tail = _ENTRY_SIGNS.split(text)[-1].split()
    if " " not in text and len(text) >= _LONG_WORD:  # a long word alone is no name
        return True
    return len(tail) > 1 and tail[0][0].islower() and tail[-1][0].isupper()


def _is_open(text: str, word: str) -> bool:
    """Whether a text has not ended; after a stop, a figure shows that it was that of an abbreviation."""
    return text[-1] not in ").:;" or (text[-1] == "." and word[0].isdigit())


def _parted(run: Run, columns: list[list[float]]) -> list[Run]:
    """A run cut at the space that stands nearest to the gap between the columns that it reaches over."""
    under = [column for column in columns if run.x0 < column[1] and column[0] < run.x1]
    inner = range(len(run.text) - len(run.text.lstrip()), len(run.text.rstrip()))
    spaces = [number for number in inner if run.text[number] == " "]
    if len(under) < 2 or not spaces:
        return [run]
    gap = (under[0][1] + under[1][0]) / 2
    letter = (run.x1 - run.x0) / len(run.text)
    at = min(spaces, key=lambda number: abs(run.x0 + number * letter - gap))
    if abs(run.x0 + at * letter - gap) > 2 * run.font.size:
        return [run]
    left = Run(run.text[:at].rstrip(), run.x0, run.x0 + at * letter, run.y, run.font)
    return [left, Run(run.text[at:].lstrip(), max(left.x1, under[1][0]), run.x1, run.y, run.font)]


def column_of(columns: list[list[float]], run: Run) -> int:
    """The column that a run stands in: where it begins with it, else where its middle is nearest."""
    for index, column in enumerate(columns):
        if abs(run.x0 - column[0]) < EDGE * run.font.size:
            return index
    middle = (run.x0 + run.x1) / 2
    return min(range(len(columns)), key=lambda i: max(columns[i][0] - middle, 0.0, middle - columns[i][1]))


def joined_heads(rows: list[Row], columns: list[list[float]]) -> list[list[float]]:
    """The columns, a head at the left of its column joined with the figures at its right.

    Only the head has a text in the one, only rows below it in the other, which is next to it.
    """
    used: list[set[int]] = [set() for _ in columns]
    for number, row in enumerate(rows):
        for run in row.runs:
            used[column_of(columns, run)].add(number)
    joined = [list(columns[0])]
    lines = [used[0]]
    for column, numbers in zip(columns[1:], used[1:], strict=True):
        above, below = max(lines[-1], default=0), min(numbers, default=0)
        if len(joined) > 1 and above < _HEAD and above < below and len(numbers) > 1:
            joined[-1][1] = column[1]
            lines[-1] = lines[-1] | numbers
        else:
            joined.append(list(column))
            lines.append(numbers)
    return joined
