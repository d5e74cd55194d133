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
    free: list[Run] = []
    inside: dict[int, list[Run]] = {}
    for run in content.runs:
        x, y = (run.x0 + run.x1) / 2, run.y - run.font.size / 4
        at = next((i for i, grid in enumerate(content.grids) if grid.box.holds(x, y)), None)
        (free if at is None else inside.setdefault(at, [])).append(run)
    rows: list[Row | RuledRow] = [*text_rows(free)]
    for index, runs in inside.items():
        rows += _ruled_rows(content.grids[index], runs)
    return sorted(rows, key=lambda row: row.y)


def _ruled_rows(grid: Grid, runs: list[Run]) -> list[RuledRow]:
    """The runs of a ruled table in its cells; a row without any text is left out."""
    rows = []
    for boxes in grid.rows:
        cells = []
        for box in boxes:
            here = [] if box is None else [r for r in runs if box.holds((r.x0 + r.x1) / 2, r.y - r.font.size / 4)]
            lines = text_rows(here)
            padding = max(1.0, min((row.x0 for row in lines), default=0.0) - box.x0) if box else 0.0
            cells.append(RuledCell(lines, box.x1 - padding if box else 0.0))
        texts = [row for cell in cells for row in cell.rows]
        if texts:
            rows.append(RuledRow(grid, min(row.y for row in texts), cells))
    return rows
