"""Tables in text files: lines of cells separated by tabs, and Markdown's pipe tables."""

from __future__ import annotations

import re
from itertools import pairwise

from kommungraf.model.source import Block, Cell, Row
from kommungraf.read.builder import CleanBuilder, Piece, pieces
from kommungraf.read.lines import Line
from kommungraf.read.marks import find_marks

_SEPARATOR = re.compile(r"[\s|:+=-]*[-=]{3}[\s|:+=-]*$")
_NUMBERED = re.compile(r"\s*(?:[-*•·–]|\(?\d{1,3}[.)]|\(?[a-zåäö][.)])\t+[^\t]+$")
_PIPE = re.compile(r"(?<!\\)\|")

# The ranges of a row's cells in the stored text; a cell that goes over several lines has several.
CellRanges = list[tuple[int, int]]


def is_separator(text: str) -> bool:
    """The line between a table's head and body (``---|---``): mark-up."""
    return bool(_SEPARATOR.match(text))


def is_pipe_row(text: str) -> bool:
    """A row of a Markdown table: begins with a pipe and has another."""
    return text.lstrip().startswith("|") and len(_PIPE.findall(text)) >= 2


def is_tab_row(stored: str, line: Line) -> bool:
    """A tab between two texts, or several; a tab after a list marker or one that indents is no table."""
    raw = stored[line.start : line.end].strip(" ")
    return "\t" in raw.strip() and not _NUMBERED.match(raw)


def table_rows(stored: str, lines: list[Line], separator: str) -> list[list[CellRanges]]:
    """The cells of each row. A line that completes a row which is short of cells is a further line of its last cell."""
    rows: list[list[CellRanges]] = []
    lengths = [len(_cells(stored, line, separator)) for line in lines]
    width = max(lengths)
    for line in lines:
        cells: list[CellRanges] = [[cell] for cell in _cells(stored, line, separator)]
        if rows and 1 < len(rows[-1]) < width and len(rows[-1]) + len(cells) - 1 == width and len(cells) < width:
            rows[-1][-1] += cells[0]
            rows[-1] += cells[1:]
        else:
            rows.append(cells)
    return rows


def _cells(stored: str, line: Line, separator: str) -> list[tuple[int, int]]:
    start, end = line.start, line.end
    if separator == "\t":
        bounds = [match.start() for match in re.finditer("\t", stored[start:end])]
    else:
        end = start + len(line.text)
        start += len(line.text) - len(line.text.lstrip()) + 1
        end -= stored[end - 1] == "|"
        bounds = [match.start() for match in _PIPE.finditer(stored[start:end])]
    edges = [start - 1, *(start + bound for bound in bounds), end]
    return [(left + 1, right) for left, right in pairwise(edges)]


def put_table(builder: CleanBuilder, block: Block, rows: list[list[CellRanges]]) -> None:
    """Append the cells to clean, tabs between them and a line break after each row."""
    for number, row in enumerate(rows):
        if number:
            builder.put("\n", rows[number - 1][-1][-1][1])
        cells = []
        for column, ranges in enumerate(row):
            if column:
                builder.put("\t", ranges[0][0] - 1)
            cells.append(_put_cell(builder, column, ranges))
        block.rows.append(Row(cells))


def _put_cell(builder: CleanBuilder, column: int, ranges: CellRanges) -> Cell:
    start = builder.length
    bold = True
    for start_of, end_of in ranges:
        marks = find_marks(builder.stored, start_of, end_of)
        parts: list[Piece] = pieces(builder.stored, start_of, end_of, marks.edits)
        if not parts:
            continue
        if builder.length > start:
            builder.put("\n", start_of)
        builder.copy(parts)
        bold = bold and any(a <= parts[0].start and parts[-1].end <= b for a, b in marks.bold)
    return Cell(start, builder.length, column, bold and builder.length > start)
