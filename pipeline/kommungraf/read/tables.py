"""Tables in text files: cells separated by tabs, Markdown's pipe tables, HTML tables."""

from __future__ import annotations

import re
from itertools import pairwise

from kommungraf.model.source import Block, Cell, Row
from kommungraf.read.builder import CleanBuilder, Piece, pieces
from kommungraf.read.lines import ITEM, Line
from kommungraf.read.marks import find_marks

_SEPARATOR = re.compile(r"[\s|:+=-]*[-=]{3}[\s|:+=-]*$")
_NUMBERED = re.compile(r"\s*(?:[-*•·–]|\(?\d{1,3}[.)]|\(?[a-zåäö][.)])\t+[^\t]+$")
# "§ 12<tab>Val av justerare" on its own is a title.
_NUMBERED_TITLE = re.compile(r"[*_\s]*(?:[A-ZÅÄÖ][\wåäö]{0,5}\s?)?§+\s?\d+\b[^\t]*\t+[^\t]+$")
_EMPHASISED = re.compile(r"(\*{1,3})(?!\*)[^*]*\t[^*]*\1\s*$")
_TABLE_START = re.compile(r"\s*<table\b", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>[ \t]*(?=[\r\n\f]|\Z)", re.IGNORECASE)
_HTML_ROW = re.compile(r"<tr\b[^>]*>(.*?)(?=</tr|<tr\b|</table)", re.IGNORECASE | re.DOTALL)
_HTML_CELL = re.compile(r"<t[dh]\b([^>]*)>(.*?)(?=</t[dhr]|<t[dh]\b|\Z)", re.IGNORECASE | re.DOTALL)
_COLSPAN = re.compile(r"colspan\s*=\s*[\"']?(\d+)", re.IGNORECASE)
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
    """A tab between two texts, or several; a tab after a list marker, in a heading or as an indent is no table."""
    if "\t" not in line.text:
        return False
    raw = stored[line.start : line.end].strip(" ")
    return "\t" in raw.strip() and not _NUMBERED.match(raw) and not raw.startswith("#")


def table_marks(stored: str, lines: list[Line]) -> list[str]:
    """For each line the sign that separates its cells (tab or pipe), or nothing for a line that is no row."""
    marks = ["|" if is_pipe_row(line.text) else "\t" if is_tab_row(stored, line) else "" for line in lines]
    for index, line in enumerate(lines):
        before = marks[index - 1] if index else ""
        after = marks[index + 1] if index + 1 < len(lines) else ""
        between = before == "\t" == after and not ITEM.match(line.text)
        beside = "\t" in (before, after) and "\t" in stored[line.start : line.end]
        if not marks[index] and (between or beside or (before and is_separator(line.text))):
            marks[index] = before or "\t"
        elif marks[index] == "\t" and not before and not after and _NUMBERED_TITLE.match(line.text):
            marks[index] = ""
    _mark_bare_pipes(lines, marks)
    return marks


def _mark_bare_pipes(lines: list[Line], marks: list[str]) -> None:
    """Pipe tables without outer pipes: a separator line says that there is one."""
    for index, line in enumerate(lines[1:], 1):
        if not marks[index] and is_separator(line.text) and "|" in line.text and _PIPE.search(lines[index - 1].text):
            marks[index - 1] = marks[index] = "|"
            for following in range(index + 1, len(lines)):
                if not _PIPE.search(lines[following].text):
                    break
                marks[following] = "|"


def table_rows(stored: str, lines: list[Line], separator: str) -> list[list[CellRanges]]:
    """The cells of each row."""
    return [[[cell] for cell in _cells(stored, line, separator)] for line in lines]


def _cells(stored: str, line: Line, separator: str) -> list[tuple[int, int]]:
    start, end = line.start, line.end
    if separator == "\t":
        if whole := _EMPHASISED.match(stored, start, end):  # all of the row is in bold: "**Nämnd<tab>Datum**"
            start, end = whole.end(1), start + len(whole[0].rstrip()) - len(whole[1])
        bounds = [match.start() for match in re.finditer("\t", stored[start:end])]
    else:
        end = start + len(line.text)
        start += len(line.text) - len(line.text.lstrip())
        start += stored[start] == "|"
        end -= stored[end - 1] == "|"
        bounds = [match.start() for match in _PIPE.finditer(stored[start:end])]
    edges = [start - 1, *(start + bound for bound in bounds), end]
    return [(left + 1, right) for left, right in pairwise(edges)]


def html_table_end(stored: str, line: Line) -> int:
    """Where an HTML table ends that begins on a line of its own and ends at the end of one; 0 for anything else."""
    if "<table" not in line.text[:60].lower() or not _TABLE_START.match(line.text):
        return 0
    match = _TABLE_END.search(stored, line.start)
    return match.end() if match else 0


def html_rows(stored: str, start: int, end: int) -> list[list[CellRanges]]:
    """The cells of an HTML table; a cell over several columns is followed by empty ones."""
    rows: list[list[CellRanges]] = []
    for row in _HTML_ROW.finditer(stored, start, end):
        cells: list[CellRanges] = []
        for cell in _HTML_CELL.finditer(stored, row.start(1), row.end(1)):
            cells.append([cell.span(2)])
            span = _COLSPAN.search(cell[1])
            cells += [[(cell.end(2), cell.end(2))]] * (min(int(span[1]), 50) - 1 if span else 0)
        if cells:
            rows.append(cells)
    return rows


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
