"""The rows of a PDF page: lines of running text, and rows of ruled tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from kommungraf.read.pdf_grid import Grid
from kommungraf.read.pdf_page import PageContent
from kommungraf.read.rows import Row, Run, text_rows


@dataclass(slots=True)
class RuledCell:
    """The lines in one cell of a ruled table, and the right edge at which they wrap."""

    rows: list[Row] = field(default_factory=list)
    right: float = 0.0


@dataclass(slots=True)
class RuledRow:
    """One row of a ruled table; rows of one table have the same grid."""

    grid: Grid
    y: float
    cells: list[RuledCell]

    @property
    def text(self) -> str:
        """The cells' texts, a space between them."""
        return " ".join(row.text for cell in self.cells for row in cell.rows)


def page_rows(content: PageContent) -> list[Row | RuledRow]:
    """All rows of a page from above: those of running text, and those of ruled tables."""
    free = content.runs
    rows: list[Row | RuledRow] = []
    for grid in content.grids:
        cells, free = _by_cell(grid, free)
        rows += _ruled_rows(grid, cells)
    return sorted([*rows, *text_rows(free)], key=lambda row: row.y)


def _by_cell(grid: Grid, runs: list[Run]) -> tuple[dict[tuple[int, int], list[Run]], list[Run]]:
    """The runs in each cell, by its row and column (a run is where its middle is), and those outside of all cells."""
    inside: dict[tuple[int, int], list[Run]] = {}
    outside: list[Run] = []
    bands = [(min(box.y0 for box in row if box), max(box.y1 for box in row if box)) for row in grid.rows]
    for run in runs:
        x, y = (run.x0 + run.x1) / 2, run.y - run.font.size / 4
        place = None
        if grid.box.holds(x, y):
            for number, (top, bottom) in enumerate(bands):
                columns = enumerate(grid.rows[number]) if top <= y <= bottom else ()
                place = next(((number, column) for column, box in columns if box and box.holds(x, y)), None)
                if place:
                    break
        if place:
            inside.setdefault(place, []).append(run)
        else:
            outside.append(run)
    return inside, outside


def _ruled_rows(grid: Grid, inside: dict[tuple[int, int], list[Run]]) -> list[RuledRow]:
    """The rows of a ruled table; one without any text is left out."""
    rows = []
    for number, boxes in enumerate(grid.rows):
        cells = []
        for column, box in enumerate(boxes):
            lines = text_rows(inside.get((number, column), []))
            padding = max(1.0, min((row.x0 for row in lines), default=0.0) - box.x0) if box else 0.0
            cells.append(RuledCell(lines, box.x1 - padding if box else 0.0))
        texts = [row for cell in cells for row in cell.rows]
        if texts:
            rows.append(RuledRow(grid, min(row.y for row in texts), cells))
    return rows
