"""The rows of a PDF page: lines of running text, and rows of ruled tables."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise

from kommungraf.read.columns import cell_rows
from kommungraf.read.leaders import has_leaders
from kommungraf.read.pdf_bands import ladder_grids, stacked
from kommungraf.read.pdf_grid import Grid, Place
from kommungraf.read.pdf_lanes import all_counted, chunks, crosses, row_heights
from kommungraf.read.pdf_page import PageContent
from kommungraf.read.rows import Row, Run, on_baselines, text_rows

_SPACE = 0.45  # ems: words closer than this belong together
_PADDING = 9.0  # points: a text begins or ends this near to the edge of its cell

Cells = dict[Place, list[Run]]


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
    for grid in stacked(content.grids, free):
        free = _take(grid, free, rows)
    for ladder in content.ladders:
        for grid in [] if has_leaders(ladder, free) else ladder_grids(ladder, free):
            free = _take(grid, free, rows)
    return in_order([*rows, *text_rows(free)])


def in_order(rows: list[Row | RuledRow]) -> list[Row | RuledRow]:
    """Rows from above, those of a table together: what stands beside a table comes after it."""
    grids = {id(row.grid): row.grid for row in rows if isinstance(row, RuledRow)}

    def key(row: Row | RuledRow) -> tuple[float, float, float]:
        if isinstance(row, RuledRow):
            return row.grid.ys[0], row.grid.xs[0], row.y
        y = row.y - row.size / 4
        return max([y, *(grid.ys[-1] for grid in grids.values() if grid.ys[0] < y < grid.ys[-1])]), 0.0, row.y

    return sorted(rows, key=key)


def _take(grid: Grid, runs: list[Run], rows: list[Row | RuledRow]) -> list[Run]:
    """Add the rows of a grid; the runs that stand outside of it. Boxes with text in only one are no table."""
    inside, outside = _parted(grid, runs)
    if len(_by_cell(grid, inside)) < 2:
        return runs
    grid, cells = _with_unruled_rows(_with_open_cells(grid, inside), inside)
    grid, cells = _without_margins(grid, cells)
    rows += _ruled_rows(grid, cells)
    return outside


def _parted(grid: Grid, runs: list[Run]) -> tuple[list[Run], list[Run]]:
    """The runs inside a grid (a run is where its middle is) and those outside."""
    left, top, right, bottom = grid.box
    inside: list[Run] = []
    outside: list[Run] = []
    for run in runs:
        within = left <= (run.x0 + run.x1) / 2 <= right and top <= run.y - run.font.size / 4 <= bottom
        (inside if within else outside).append(run)
    return inside, outside


def _by_cell(grid: Grid, inside: list[Run]) -> Cells:
    """The runs in each cell, by the place where it begins."""
    cells: Cells = {}
    for line in on_baselines(inside):
        y = line.y - line.runs[0].font.size / 4
        row = grid.row(y)
        for chunk in _chunks(grid, row, line.runs):
            cells.setdefault(grid.owners[row][_column(grid, row, chunk)], []).extend(chunk)
    return cells


def _chunks(grid: Grid, row: int, runs: list[Run]) -> list[list[Run]]:
    """Words of a line that belong together: no wide gap between them and no line of the grid in a gap."""
    edges = [x for column, x in enumerate(grid.xs[1:-1], 1) if _is_edge(grid, row, column)]
    chunks = [[runs[0]]]
    for left, right in pairwise(runs):
        ruled = bisect_right(edges, right.x0 + 1) > bisect_right(edges, left.x1 - 1)
        if ruled or right.x0 - left.x1 > _SPACE * right.font.size:
            chunks.append([right])
        else:
            chunks[-1].append(right)
    return chunks


def _is_edge(grid: Grid, row: int, column: int) -> bool:
    return grid.owners[row][column - 1] != grid.owners[row][column]


def _column(grid: Grid, row: int, chunk: list[Run]) -> int:
    """The column of words that may reach over the edge of their cell: where they begin, or where a number ends."""
    x0, x1 = chunk[0].x0, chunk[-1].x1
    first, last, middle = grid.column(x0 + 1), grid.column(x1 - 1), grid.column((x0 + x1) / 2)
    if grid.owners[row][first] == grid.owners[row][last]:
        return middle
    begins = x0 - grid.xs[first] < _PADDING
    ends = grid.xs[last + 1] - x1 < _PADDING
    return middle if begins == ends else first if begins else last


def _with_open_cells(grid: Grid, inside: list[Run]) -> Grid:
    """The grid, cells that reach over columns parted where each of these columns has a text of its own in them."""
    owners = [list(line) for line in grid.owners]
    for number, line in enumerate(owners):
        for start in {c for r, c in line if r == number}:
            columns = [c for c, place in enumerate(line) if place == (number, start)]
            if len(columns) < 3 or (number + 1 < len(owners) and (number, start) in owners[number + 1]):
                continue
            x0, x1 = grid.xs[columns[0]], grid.xs[columns[-1] + 1]
            runs = [r for r in inside if x0 <= r.x0 < x1 and grid.row(r.y - r.font.size / 4) == number]
            edges = (x0, *grid.xs[columns[1] : columns[-1] + 1], x1)
            if runs and all(_fills(row, edges) for row in on_baselines(runs)):
                for column in columns:
                    line[column] = (number, column)
    return Grid(grid.xs, grid.ys, tuple(map(tuple, owners)), grid.open)


def _fills(row: Row, edges: tuple[float, ...]) -> bool:
    """Whether a line has a text in each column and none over an edge."""
    texts = chunks(row)
    return len(texts) == len(edges) - 1 and not any(crosses(row, x) for x in edges[1:-1])


def _without_margins(grid: Grid, cells: Cells) -> tuple[Grid, Cells]:
    """The grid without an empty first or last column as tall as all of it: the margin of a frame around the table."""
    first, last = 0, len(grid.xs) - 2
    while last - first > 1 and len({line[first] for line in grid.owners}) == 1 and grid.owners[0][first] not in cells:
        first += 1
    while last - first > 1 and len({line[last] for line in grid.owners}) == 1 and grid.owners[0][last] not in cells:
        last -= 1
    if (first, last) == (0, len(grid.xs) - 2) or len(grid.owners) == 1:
        return grid, cells
    owners = tuple(tuple((r, c - first) for r, c in line[first : last + 1]) for line in grid.owners)
    moved = {(r, c - first): runs for (r, c), runs in cells.items()}
    return Grid(grid.xs[first : last + 2], grid.ys, owners, grid.open), moved


def _with_unruled_rows(grid: Grid, inside: list[Run]) -> tuple[Grid, Cells]:
    """The grid with rows that no line parts, known by a number in each of their lines.

    Where lines part more than three rows, only lines that all have a first text and a number are rows.
    """
    cells = _by_cell(grid, inside)
    ruled = len({row for row, _ in cells}) > 3
    for row in range(len(grid.owners) - 1, -1, -1):
        band = [run for run in inside if grid.ys[row] <= run.y - run.font.size / 4 <= grid.ys[row + 1]]
        lines = on_baselines(band)
        heights = [] if ruled and not all_counted(lines, grid.xs) else row_heights(lines, grid.xs)
        if heights:
            grid = grid.split(row, heights)
            cells = _by_cell(grid, inside)
    return grid, cells


def _ruled_rows(grid: Grid, inside: Cells) -> list[RuledRow]:
    """The rows of a ruled table; one without any text is left out."""
    rows = []
    for number in range(len(grid.owners)):
        cells = []
        for column in range(len(grid.xs) - 1):
            place = number, column
            lines = cell_rows(inside.get(place, []))
            padding = max(1.0, min(row.x0 for row in lines) - grid.xs[column]) if lines else 0.0
            cells.append(RuledCell(lines, grid.right(place) - padding if lines else 0.0))
        texts = [row for cell in cells for row in cell.rows]
        if texts:
            rows.append(RuledRow(grid, min(row.y for row in texts), cells))
    return rows
