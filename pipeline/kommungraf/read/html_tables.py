"""Tables of web pages: cells over several rows and columns in their place, and tables that only lay out a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from kommungraf.read.breaks import BREAK
from kommungraf.read.drafts import Draft, DraftCell
from kommungraf.read.html_nodes import Node, elements, role

_COLUMNS = 100  # no table has more; spans that say so are wrong
_PROSE = 25  # words: a paragraph of running text
_ROWS = {"table": "row", "grid": "row", "treegrid": "row"}

Reader = Callable[[Node, bool], list[Draft]]
"""What reads the blocks of a cell; the second argument is whether it is the head of a row or column."""


def table_drafts(table: Node, read: Reader, skipped: set[int]) -> list[Draft]:
    """A table as one block or, where it only lays out the page, the blocks of its cells in order."""
    rows: list[list[list[Draft]]] = []
    headed = False
    over: dict[int, int] = {}  # column -> how many rows a cell above still reaches down
    for row in _rows(table, skipped):
        cells: list[list[Draft]] = []
        for cell in elements(row):
            if not _is_cell(cell) or cell.mem_id in skipped:
                continue
            _fill(cells, over)
            if len(cells) >= _COLUMNS:
                break
            head = cell.tag == "th" or role(cell) in ("columnheader", "rowheader")
            headed = headed or head
            wide = min(_span(cell, "colspan"), _COLUMNS - len(cells))
            tall = _span(cell, "rowspan")
            for column in range(len(cells), len(cells) + wide):
                if tall > 1:
                    over[column] = tall - 1
            cells += [read(cell, head), *([] for _ in range(wide - 1))]
        _fill(cells, over)
        rows.append(cells)
    if _is_layout(table, rows, headed):
        return [draft for row in rows for cell in row for draft in cell]
    return _table(rows)


def _rows(table: Node, skipped: set[int]) -> Iterator[Node]:
    """Its rows, head first and foot last, whatever their order in the source."""
    groups: dict[int, list[Node]] = {0: [], 1: [], 2: []}
    for child in elements(table):
        if child.mem_id in skipped:
            continue
        if child.tag == "tr" or role(child) == "row":
            groups[1].append(child)
        elif child.tag in ("thead", "tbody", "tfoot") or role(child) == "rowgroup":
            order = {"thead": 0, "tfoot": 2}.get(child.tag or "", 1)
            groups[order] += [row for row in elements(child) if row.tag == "tr" or role(row) == "row"]
    return (row for order in sorted(groups) for row in groups[order] if row.mem_id not in skipped)


def _is_cell(node: Node) -> bool:
    return node.tag in ("td", "th") or role(node) in ("cell", "gridcell", "columnheader", "rowheader")


def _span(cell: Node, name: str) -> int:
    value = (cell.attrs.sget(name) or "").strip()
    return min(max(1, int(value)), 1000) if re.fullmatch(r"\d{1,5}", value) else 1


def _fill(cells: list[list[Draft]], over: dict[int, int]) -> None:
    """Empty cells where one above reaches down."""
    while over.get(len(cells), 0) and len(cells) < _COLUMNS:
        over[len(cells)] -= 1
        cells.append([])


def _is_layout(table: Node, rows: list[list[list[Draft]]], headed: bool) -> bool:
    """Whether a table only lays out the page: it says so, is one column, or holds headings, tables or running text."""
    if role(table) in ("presentation", "none"):
        return True
    if max(map(len, rows), default=0) < 2:
        return True
    if headed:
        return False
    cells = [cell for row in rows for cell in row]
    return any(_is_page(cell) for cell in cells)


def _is_page(cell: list[Draft]) -> bool:
    if any(draft.kind in ("table", "heading") for draft in cell):
        return True
    return sum(len(" ".join(draft.lines).split()) >= _PROSE for draft in cell if draft.kind == "paragraph") >= 3


def _table(rows: list[list[list[Draft]]]) -> list[Draft]:
    """The block of a table: rows without a word and columns without one are gone."""
    made = [[_cell(cell) for cell in row] for row in rows]
    made = [row for row in made if any(cell.lines for cell in row)]
    width = max(map(len, made), default=0)
    for row in made:
        row += [DraftCell() for _ in range(width - len(row))]
    kept = [column for column in range(width) if any(row[column].lines for row in made)]
    made = [[row[column] for column in kept] for row in made]
    if len(kept) == 1:
        return [Draft("paragraph", row[0].lines, row[0].joins, gap=1, bold=row[0].bold) for row in made]
    return [Draft("table", rows=made, gap=1)] if made else []


def _cell(drafts: list[Draft]) -> DraftCell:
    """The blocks of a cell as its lines."""
    cell = DraftCell()
    for draft in drafts:
        lines = draft.lines or [" ".join(line for c in row for line in c.lines) for row in draft.rows]
        lines = [line for line in lines if line]
        if not lines:
            continue
        inner = draft.joins if draft.lines else [BREAK] * (len(lines) - 1)
        cell.joins += [*([BREAK] if cell.lines else []), *inner]
        cell.lines += lines
    cell.bold = bool(cell.lines) and all(draft.bold for draft in drafts)
    return cell
