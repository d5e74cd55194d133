"""Tables with lines in one direction only, or with shaded rows: what stands between the lines tells the columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kommungraf.read.pdf_grid import NEAR, Grid, Line, Place
from kommungraf.read.rows import Row, Run, on_baselines

_LANE = 0.6  # ems: the narrowest white between two columns; the space in a number is narrower
_BETWEEN = 60.0  # points: the highest row between two shaded ones
_NUMBER = re.compile(r"[-–−+]?\d[\d\s.,]*\s?(?:%|kr|tkr|mnkr)?$|[-–−]$")


class Ladder(NamedTuple):
    """Horizontal lines of one length under each other: left, right, and their heights from above."""

    x0: float
    x1: float
    ys: tuple[float, ...]


def find_ladders(flat: list[Line], grids: list[Grid]) -> list[Ladder]:
    """The ladders among lines that are no part of a grid."""
    groups: list[list[Line]] = []
    for line in flat:
        if any(_inside(line, grid) for grid in grids):
            continue
        for group in groups:
            if abs(group[0].start - line.start) <= NEAR and abs(group[0].end - line.end) <= NEAR:
                group.append(line)
                break
        else:
            groups.append([line])
    return [
        Ladder(group[0].start, group[0].end, tuple(sorted(line.at for line in group)))
        for group in groups
        if len(group) >= 3
    ]


def _inside(line: Line, grid: Grid) -> bool:
    x0, y0, x1, y1 = grid.box
    return y0 - NEAR <= line.at <= y1 + NEAR and line.start < x1 and line.end > x0


def ladder_grids(ladder: Ladder, runs: list[Run]) -> list[Grid]:
    """The tables between the lines of a ladder, with the row above its first and the one below its last line."""
    beside = [run for run in runs if ladder.x0 - NEAR <= (run.x0 + run.x1) / 2 <= ladder.x1 + NEAR]
    ys = list(ladder.ys)
    bands = [_band(beside, top, bottom) for top, bottom in pairwise(ys)]
    grids: list[Grid] = []
    start = 0
    for end in range(len(bands) + 1):
        if end == len(bands) or _is_prose(bands[end], ladder):
            grid = _table(ladder, ys[start : end + 1], bands[start:end], beside)
            grids += [grid] if grid else []
            start = end + 1
    return grids


def _band(runs: list[Run], top: float, bottom: float) -> list[Row]:
    return on_baselines([run for run in runs if top <= run.y - run.font.size / 4 < bottom])


def _is_prose(band: list[Row], ladder: Ladder) -> bool:
    """Whether lines of running text stand between two rules."""
    full = [row for row in band if len(_chunks(row)) == 1 and row.x1 - row.x0 > 0.6 * (ladder.x1 - ladder.x0)]
    return len(full) >= 2 and len(full) >= 0.4 * len(band)


def _chunks(row: Row) -> list[tuple[float, float]]:
    """The texts of a line, parted by more than a space: where they begin and end."""
    chunks = [(row.runs[0].x0, row.runs[0].x1)]
    for run in row.runs[1:]:
        if run.x0 - chunks[-1][1] < _LANE * run.font.size:
            chunks[-1] = (chunks[-1][0], max(run.x1, chunks[-1][1]))
        else:
            chunks.append((run.x0, run.x1))
    return chunks


def _table(ladder: Ladder, ys: list[float], bands: list[list[Row]], beside: list[Run]) -> Grid | None:
    lanes = _lanes([row for band in bands for row in band])
    if not lanes:
        return None
    xs = (ladder.x0, *lanes, ladder.x1)
    above = _next(beside, xs, ys[0], -1)
    below = _next(beside, xs, ys[-1], 1)
    if above:
        ys, bands = [above.y - 1.2 * above.size, *ys], [[above], *bands]
    if below:
        ys, bands = [*ys, below.y + 0.5 * below.size], [*bands, [below]]
    owners = tuple(_owners(number, band, xs) for number, band in enumerate(bands))
    grid = Grid(xs, tuple(ys), owners)
    for number in range(len(bands) - 1, -1, -1):
        heights = row_heights(bands[number], xs)
        if heights:
            grid = grid.split(number, heights)
    return grid


def _lanes(rows: list[Row]) -> list[float]:
    """The middles of the white between columns: what no line of several texts crosses. A head may cross it."""
    for lines in (rows, rows[1:], rows[2:]):
        several = [row for row in lines if len(_chunks(row)) > 1]
        if len(several) < 2 or len(several) < 0.5 * len(lines):
            return []
        size = max(row.size for row in several)
        covered = sorted(chunk for row in several for chunk in _chunks(row))
        lanes: list[float] = []
        end = covered[0][1]
        for x0, x1 in covered[1:]:
            if x0 - end >= _LANE * size:
                lanes.append((x0 + end) / 2)
            end = max(end, x1)
        if lanes:
            return lanes
    return []


def _owners(number: int, band: list[Row], xs: Sequence[float]) -> tuple[Place, ...]:
    """The cells of a row: columns over which one text reaches are one."""
    places = [(number, 0)]
    for column, x in enumerate(xs[1:-1], 1):
        crossed = any(x0 < x - 1 and x1 > x + 1 for row in band for x0, x1 in _chunks(row))
        places.append(places[-1] if crossed else (number, column))
    return tuple(places)


def _next(runs: list[Run], xs: Sequence[float], y: float, way: int) -> Row | None:
    """The line right above (-1) or below (1) a table's rules where it is a row of the table."""
    near = [run for run in runs if 0 < way * (run.y - run.font.size / 4 - y) < 1.8 * run.font.size]
    rows = on_baselines(near)
    row = rows[0 if way > 0 else -1] if rows else None
    return row if row and _fits(row, xs) else None


def _fits(row: Row, xs: Sequence[float]) -> bool:
    """Whether a line has texts in two columns or more, none of them over an edge between two."""
    chunks = _chunks(row)
    crossed = any(x0 < x - 1 and x1 > x + 1 for x in xs[1:-1] for x0, x1 in chunks)
    return len(chunks) > 1 and not crossed


def stacked(grids: list[Grid], runs: list[Run]) -> list[Grid]:
    """The grids, those over each other with the same columns made one where only rows stand between them.

    Cells that are shaded in every other row give a grid for each of these rows.
    """
    found: list[Grid] = []
    for grid in sorted(grids, key=lambda grid: (grid.xs[0], grid.ys[0])):
        last = found[-1] if found else None
        if last and _same_columns(last, grid) and 0 <= grid.ys[0] - last.ys[-1] < _BETWEEN:
            band = _band(
                [run for run in runs if grid.xs[0] <= (run.x0 + run.x1) / 2 <= grid.xs[-1]], last.ys[-1], grid.ys[0]
            )
            if band and all(_fits(row, grid.xs) for row in band):
                found[-1] = _over(last, grid)
                continue
        found.append(grid)
    return sorted(found, key=lambda grid: (grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1]))


def _same_columns(one: Grid, other: Grid) -> bool:
    return len(one.xs) == len(other.xs) and all(abs(x - y) <= NEAR for x, y in zip(one.xs, other.xs, strict=True))


def _over(one: Grid, other: Grid) -> Grid:
    """Two grids and the row between them."""
    count = len(one.owners)
    between = tuple((count, column) for column in range(len(one.xs) - 1))
    below = (tuple((row + count + 1, column) for row, column in line) for line in other.owners)
    return Grid(one.xs, (*one.ys, *other.ys), (*one.owners, between, *below))


def row_heights(lines: list[Row], xs: Sequence[float]) -> list[float]:
    """Where to cut lines that no rule parts into rows; nowhere when they are one row with wrapped cells.

    Lines with a number in one column, two or more, are rows; so are three or more that all begin with a capital.
    A line that begins in lower case, or has neither a first text nor a number, goes on in the row above.
    """
    if len(lines) < 2 or not _are_rows(lines, xs):
        return []
    heights: list[float] = []
    counted = _has_number(lines[0], xs)
    for above, line in pairwise(lines):
        number = _has_number(line, xs)
        begins = line.x0 < xs[1] and not line.runs[0].text[0].islower()
        if begins or (number and counted):
            heights.append((above.y + line.y - 0.6 * line.size) / 2)
            counted = number
        else:
            counted = counted or number
    return heights


def _are_rows(lines: list[Row], xs: Sequence[float]) -> bool:
    if sum(_has_number(line, xs) for line in lines) >= max(2, len(lines) // 2):
        return True
    full = sum(len(_chunks(line)) > 1 and not line.runs[0].text[0].islower() and line.x0 < xs[1] for line in lines)
    return len(lines) >= 3 and full >= 0.7 * len(lines)


def _has_number(line: Row, xs: Sequence[float]) -> bool:
    """Whether a column after the first holds a number and nothing else."""
    for left, right in pairwise(xs[1:]):
        text = " ".join(run.text for run in line.runs if left <= (run.x0 + run.x1) / 2 < right)
        if text and _NUMBER.match(text):
            return True
    return False
