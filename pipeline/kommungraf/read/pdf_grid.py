"""Ruled tables: the cells between the lines of a PDF page.

The lines that touch each other are laid out as a lattice of columns and rows; places of the lattice with no line
between them are one cell. So cells may span columns and rows, and a line may be missing at the edge of a table.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kommungraf.read.pdf_frame import Box
from kommungraf.read.pdf_paths import Rule

NEAR = 3.0  # points: lines this close are one line, and lines that come this close to each other touch
_SHORTEST = 4.0  # points: shorter lines rule nothing
_OVERHANG = 6.0  # points: a line that ends so far beyond the last column closes nothing
_GAPS = 5.0  # points: the longest white in a dashed line
MOST_RULES, _MOST_LINES, _MOST_PLACES = 20_000, 1_200, 20_000  # more than this is a drawing or a map
_TALL = 72.0  # points: what is as wide as its table and taller than this is running text in a frame

Place = tuple[int, int]


class Line(NamedTuple):
    """Rules on one height (or at one distance from the left) as one: where it runs, its start and its end."""

    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True, eq=False)
class Grid:
    """A ruled table: the edges of its columns and rows, and for each place which (row, column) its cell begins at."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    owners: tuple[tuple[Place, ...], ...]
    open: bool = False  # only some of its rows are drawn

    @property
    def box(self) -> Box:
        """Left, top, right, bottom; y goes down."""
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    def row(self, y: float) -> int:
        """The row at a height; one outside is the nearest."""
        return min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)

    def column(self, x: float) -> int:
        """The column at a distance from the left; one outside is the nearest."""
        return min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)

    def right(self, place: Place) -> float:
        """The right edge of the cell that begins at a place."""
        column = place[1]
        while column + 1 < len(self.xs) - 1 and self.owners[place[0]][column + 1] == place:
            column += 1
        return self.xs[column + 1]

    def split(self, row: int, heights: Sequence[float]) -> Grid:
        """The same with a row cut at some heights; cells that reach over several rows stay whole."""
        count = len(heights)
        below = self.owners[row + 1] if row + 1 < len(self.owners) else ()

        def after(place: Place, part: int) -> Place:
            if place[0] > row:
                return place[0] + count, place[1]
            return (row + part, place[1]) if place[0] == row and place not in below else place

        owners = [
            tuple(after(place, part) for place in line)
            for number, line in enumerate(self.owners)
            for part in range(count + 1 if number == row else 1)
        ]
        return Grid(self.xs, (*self.ys[: row + 1], *heights, *self.ys[row + 1 :]), tuple(owners), self.open)


def merged(rules: Iterable[Rule]) -> tuple[list[Line], list[Line]]:
    """The horizontal and the vertical lines that rules make together: bits of one line, dots, dashes, double lines."""
    flat, upright = [], []
    for x0, y0, x1, y1 in rules:
        if y0 == y1:
            flat.append(Line(y0, x0, x1))
        else:
            upright.append(Line(x0, y0, y1))
    return _merged(flat), _merged(upright)


def _merged(lines: list[Line]) -> list[Line]:
    found: list[Line] = []
    lines.sort()
    first = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and lines[index].at - lines[first].at <= NEAR:
            continue
        found += _joined(lines[first:index])
        first = index
    return found


def _joined(lines: list[Line]) -> list[Line]:
    """The lines of one height, those that touch made one."""
    at = sum(line.at for line in lines) / len(lines)
    joined: list[Line] = []
    for line in sorted(lines, key=lambda line: line.start):
        dashed = line.end - line.start < 4 * _GAPS
        if joined and line.start - joined[-1].end <= (_GAPS if dashed else NEAR):
            joined[-1] = Line(at, joined[-1].start, max(joined[-1].end, line.end))
        else:
            joined.append(Line(at, line.start, line.end))
    return [line for line in joined if line.end - line.start >= _SHORTEST]


def find_grids(flat: list[Line], upright: list[Line]) -> list[Grid]:
    """The tables that lines make. A frame of a single column is no table: what is in it is running text."""
    if not upright or not flat or len(flat) + len(upright) > _MOST_LINES:
        return []
    grids: list[Grid] = []
    for across, down in _touching(flat, upright):
        if len(across) + len(down) >= 4:
            grids += _lattice(across, down)
    return sorted(grids, key=lambda grid: (grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1]))


def _touching(flat: list[Line], upright: list[Line]) -> list[tuple[list[Line], list[Line]]]:
    """The lines in groups of those that touch."""
    group = list(range(len(flat) + len(upright)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = index = group[group[index]]
        return index

    heights = [line.at for line in flat]
    for number, (x, y0, y1) in enumerate(upright, len(flat)):
        for index in range(bisect_right(heights, y0 - NEAR), bisect_right(heights, y1 + NEAR)):
            if flat[index].start - NEAR <= x <= flat[index].end + NEAR:
                group[root(index)] = root(number)
    groups: dict[int, tuple[list[Line], list[Line]]] = {}
    for index, line in enumerate([*flat, *upright]):
        groups.setdefault(root(index), ([], []))[index >= len(flat)].append(line)
    return list(groups.values())


def _lattice(flat: list[Line], upright: list[Line]) -> list[Grid]:
    xs = _edges([line.at for line in upright], [end for line in flat for end in (line.start, line.end)])
    ys = _edges([line.at for line in flat], [end for line in upright for end in (line.start, line.end)])
    if len(xs) < 3 or len(ys) < 2 or len(xs) * len(ys) > _MOST_PLACES:
        return []
    across, down = walls(flat, ys, xs), walls(upright, xs, ys)
    owners = owners_of(len(ys) - 1, len(xs) - 1, across, down)
    return [grid for grid in _without_frames(Grid(tuple(xs), tuple(ys), owners)) if _is_table(grid)]


def _edges(lines: list[float], ends: list[float]) -> list[float]:
    """Where the lines of one direction run, and the outermost ends of the others, which close an open table."""
    edges: list[float] = []
    for at in sorted(lines):
        if not edges or at - edges[-1] > NEAR:
            edges.append(at)
    low, high = min(ends), max(ends)
    if not edges or low < edges[0] - _OVERHANG:
        edges.insert(0, low)
    if high > edges[-1] + _OVERHANG:
        edges.append(high)
    return edges


def walls(lines: list[Line], at: list[float], along: list[float]) -> set[Place]:
    """Which stretches of the lattice's edges have a line: (edge, stretch along it)."""
    walls: set[Place] = set()
    for line in lines:
        edge = min(range(len(at)), key=lambda index: abs(at[index] - line.at))
        first = max(0, bisect_right(along, line.start) - 1)
        for index in range(first, len(along) - 1):
            if along[index] >= line.end:
                break
            covered = min(line.end, along[index + 1]) - max(line.start, along[index])
            if covered >= 0.5 * (along[index + 1] - along[index]):
                walls.add((edge, index))
    return walls


def owners_of(rows: int, columns: int, across: set[Place], down: set[Place]) -> tuple[tuple[Place, ...], ...]:
    """For each place where its cell begins; what is no rectangle falls apart into the parts of its rows."""
    owners: list[list[Place]] = []
    for row in range(rows):
        line: list[Place] = []
        for column in range(columns):
            joined = column > 0 and (column, row) not in down
            line.append(line[-1] if joined else (row, column))
        owners.append(line)
    for row in range(1, rows):
        column = 0
        while column < columns:
            end = column + 1
            while end < columns and owners[row][end] == owners[row][column]:
                end += 1
            above = owners[row - 1][column]
            same = all(place == above for place in owners[row - 1][column:end])
            edges = (column == 0 or owners[row - 1][column - 1] != above) and (
                end == columns or owners[row - 1][end] != above
            )
            if same and edges and not any((row, index) in across for index in range(column, end)):
                owners[row][column:end] = [above] * (end - column)
            column = end
    return tuple(map(tuple, owners))


def _without_frames(grid: Grid) -> list[Grid]:
    """The grid, cut where a cell as wide as all of it is so tall that it holds running text and no row."""
    rows = len(grid.owners)
    framed = {
        row
        for row, line in enumerate(grid.owners)
        if len(set(line)) == 1 and _height(grid, line[0]) > _TALL
    }  # fmt: skip
    parts: list[Grid] = []
    start = 0
    for row in range(rows + 1):
        if row == rows or row in framed:
            if row > start:
                owners = tuple(tuple((r - start, c) for r, c in line) for line in grid.owners[start:row])
                parts.append(Grid(grid.xs, grid.ys[start : row + 1], owners))
            start = row + 1
    return parts


def _height(grid: Grid, place: Place) -> float:
    return sum(
        below - above
        for (above, below), line in zip(pairwise(grid.ys), grid.owners, strict=True)
        if place in line
    )  # fmt: skip


def _is_table(grid: Grid) -> bool:
    return any(len(set(line)) > 1 for line in grid.owners)
