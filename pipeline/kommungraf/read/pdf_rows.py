"""From runs of text to rows: what stands on one line of a page, and what stands in one row of a ruled table."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from kommungraf.read.pdf_grid import Grid
from kommungraf.read.pdf_page import GAP, PageContent, Run


@dataclass(slots=True)
class Row:
    """The runs on one line, from left to right."""

    runs: list[Run]

    @property
    def y(self) -> float:
        """The baseline."""
        return self.runs[0].y

    @property
    def x0(self) -> float:
        """The left edge."""
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        """The right edge."""
        return self.runs[-1].x1

    @property
    def size(self) -> float:
        """The size of the largest run."""
        return max(run.font.size for run in self.runs)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(run.font.bold for run in self.runs)

    @property
    def italic(self) -> bool:
        """Whether all of it is italic."""
        return all(run.font.italic for run in self.runs)

    @property
    def text(self) -> str:
        """The runs, a space between them."""
        return " ".join(run.text for run in self.runs)


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


def text_rows(runs: list[Run]) -> list[Row]:
    """Runs that share a baseline, from above; runs that are no wide gap apart become one."""
    rows: list[Row] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x0)):
        if rows and abs(run.y - rows[-1].y) < 0.4 * min(run.font.size, rows[-1].runs[0].font.size):
            rows[-1].runs.append(run)
        else:
            rows.append(Row([run]))
    for row in rows:
        if len(row.runs) > 1:
            row.runs = _joined(sorted(row.runs, key=lambda run: run.x0))
    return rows


def _joined(runs: list[Run]) -> list[Run]:
    """Runs that are parted by no more than a space are one; so are all when each is parted from the next by the same."""
    gaps = [right.x0 - left.x1 for left, right in pairwise(runs)]
    stretched = len(gaps) >= 4 and max(gaps) < 2.5 * runs[0].font.size and max(gaps) - min(gaps) < 0.4 * max(gaps)
    joined = [runs[0]]
    for run in runs[1:]:
        last = joined[-1]
        gap = run.x0 - last.x1
        size = max(last.font.size, run.font.size)
        if stretched or gap < GAP * size:
            last.text += run.text if gap < 0.08 * size else " " + run.text
            last.x1 = max(last.x1, run.x1)
            bold, italic = last.font.bold and run.font.bold, last.font.italic and run.font.italic
            last.font = last.font._replace(bold=bold, italic=italic, size=size)
        else:
            joined.append(run)
    return joined


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
