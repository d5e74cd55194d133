"""Columns made with spaces in plain text, read as if they stood on a page of letters of one width."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from kommungraf.read.layout import with_tables
from kommungraf.read.lines import Line
from kommungraf.read.rows import Font, Row, Run
from kommungraf.read.tables import CellRanges
from kommungraf.read.unruled import Aligned

_RUN = re.compile(r"\S+(?: {1,2}\S+)*")
_COLUMNS = re.compile(r"\S {3,}\S")
_LETTER = 6.0  # the width of a letter; lines are two letters high
_FONT = Font(2 * _LETTER, False, False)
_LEADING = 1.2


class AlignedLines(NamedTuple):
    """Some lines of a chunk, by index, and the cells of each."""

    start: int
    end: int
    rows: list[list[CellRanges]]


def column_stops(lines: list[Line]) -> frozenset[int]:
    """The columns at which values stand below one another somewhere in a text, after wide white."""
    stops: set[int] = set()
    for above, line in pairwise(lines):
        indent = len(line.text) - len(line.text.lstrip(" "))
        if indent >= 8 and above.text[indent - 3 : indent] == "   " and above.text[indent : indent + 1].strip():
            stops.add(indent)
    return frozenset(stops)


def aligned_tables(lines: list[Line], stops: frozenset[int]) -> list[AlignedLines]:
    """The tables among the lines of a chunk (no blank line between them), in order.

    A single line is one when its value stands where values stand elsewhere in the text.
    """
    if not any(_COLUMNS.search(line.text) for line in lines):
        return []
    found: list[AlignedLines] = []
    index = 0
    for item in with_tables([_row(line, number) for number, line in enumerate(lines)], _LEADING):
        end = index + (len(item.rows) if isinstance(item, Aligned) else 1)
        if isinstance(item, Aligned):
            found.append(AlignedLines(index, end, [_ranges(lines, row) for row in item.cells(in_order=True)]))
        elif len(item.runs) > 1 and round(item.runs[1].x0 / _LETTER) in stops:
            found.append(AlignedLines(index, end, [_ranges(lines, [[run] for run in item.runs])]))
        index = end
    return found


def _row(line: Line, number: int) -> Row:
    y = number * _LEADING * _FONT.size
    return Row([Run(m[0], m.start() * _LETTER, m.end() * _LETTER, y, _FONT) for m in _RUN.finditer(line.text)])


def _ranges(lines: list[Line], row: list[list[Run]]) -> list[CellRanges]:
    """The places of a row's cells in the stored text; an empty cell stands right after the one before."""
    cells: list[CellRanges] = []
    first = next(run for cell in row for run in cell)
    position = lines[_line(first)].start + 1
    for cell in row:
        ranges = [_place(lines[_line(run)], run) for run in cell]
        cells.append(ranges or [(position, position)])
        position = cells[-1][0][1] + bool(ranges)
    return cells


def _line(run: Run) -> int:
    return round(run.y / (_LEADING * _FONT.size))


def _place(line: Line, run: Run) -> tuple[int, int]:
    return line.start + round(run.x0 / _LETTER), line.start + round(run.x1 / _LETTER)
