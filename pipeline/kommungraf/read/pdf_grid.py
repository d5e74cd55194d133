"""Ruled tables: the cells between the lines of a PDF page. The geometry is pdfplumber's, the lines are pypdfium2's."""

from __future__ import annotations

from itertools import groupby
from typing import Any, NamedTuple

TOLERANCE = 3.0  # points: lines this close are one line, as in pdfplumber
_MOST_RULES, _MOST_EDGES = 20_000, 600  # more than this, before and after joining, is a drawing or a map


class Rule(NamedTuple):
    """A ruled line, horizontal (``y0 == y1``) or vertical (``x0 == x1``); y goes down."""

    x0: float
    y0: float
    x1: float
    y1: float


class Box(NamedTuple):
    """A rectangle on the page; y goes down."""

    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        return self.x0 <= x <= self.x1 and self.y0 <= y <= self.y1


class Grid(NamedTuple):
    """A ruled table: its rows from above, each with its columns' boxes; ``None`` where a merged cell covers one."""

    box: Box
    rows: list[list[Box | None]]


def find_grids(rules: list[Rule]) -> list[Grid]:
    """The ruled tables of a page, from above. A frame of a single column is no table: what is in it is running text."""
    upright = sum(rule.x0 == rule.x1 for rule in rules)
    if upright < 3 or len(rules) - upright < 2 or len(rules) > _MOST_RULES:
        return []
    from pdfplumber.table import (  # takes a while to load, and most pages have no grid
        cells_to_tables,
        edges_to_intersections,
        intersections_to_cells,
        merge_edges,
    )

    edges = merge_edges([_edge(rule) for rule in rules], TOLERANCE, TOLERANCE, TOLERANCE, TOLERANCE)
    if len(edges) > _MOST_EDGES:
        return []
    cells = intersections_to_cells(edges_to_intersections(edges, TOLERANCE, TOLERANCE))
    grids = [_grid([Box(*cell) for cell in table]) for table in cells_to_tables(cells)]
    return [grid for grid in grids if max(len(row) for row in grid.rows) > 1]


def _edge(rule: Rule) -> dict[str, Any]:
    upright = rule.x0 == rule.x1
    return {
        "x0": rule.x0,
        "x1": rule.x1,
        "top": rule.y0,
        "bottom": rule.y1,
        "width": rule.x1 - rule.x0,
        "height": rule.y1 - rule.y0,
        "orientation": "v" if upright else "h",
        "object_type": "line",
    }


def _grid(cells: list[Box]) -> Grid:
    columns = sorted({cell.x0 for cell in cells})
    rows: list[list[Box | None]] = []
    for _, row in groupby(sorted(cells, key=lambda cell: (cell.y0, cell.x0)), key=lambda cell: cell.y0):
        by_column = {cell.x0: cell for cell in row}
        rows.append([by_column.get(x) for x in columns])
    box = Box(
        min(cell.x0 for cell in cells),
        min(cell.y0 for cell in cells),
        max(cell.x1 for cell in cells),
        max(cell.y1 for cell in cells),
    )
    return Grid(box, rows)
