"""Tables with lines in one direction only, or with shaded rows: what stands between the lines tells the columns."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from kommungraf.read.lines import ITEM
from kommungraf.read.pdf_grid import NEAR, Grid, Line, Place, owners_of, walls
from kommungraf.read.pdf_lanes import chunks, crosses, crossings, find_lanes, head_heights, row_heights
from kommungraf.read.rows import Row, Run, on_baselines

_MOST_LINES, _MOST_GRIDS = 500, 100  # more than this on a page is a drawing
_LEADING, _PADDING = 1.65, 2.0  # ems: between the lines of a row, and above and below them
_AS_HIGH = 1.3  # times the height of a shaded row: a row without shade that has a single text
_ALONE = 90.0  # points: two lines this far apart can be those of a table; the lines of head and foot are further apart
_HEAD = 60.0  # points above the first full line in which shorter ones part the head
_LARGER = 1.06  # times the size of a table's text: that of a title
_HEAD_LINES = 3  # that a head above the first line may have
_WIDER = 2.2  # times the usual height of a row: a single text with so much room is a title between two tables


class Ladder(NamedTuple):
    """Horizontal lines of one length under each other: left, right, their heights from above, and shorter ones."""

    x0: float
    x1: float
    ys: tuple[float, ...]
    parts: tuple[Line, ...] = ()


def find_ladders(flat: list[Line], grids: list[Grid]) -> list[Ladder]:
    """The ladders among lines that are no part of a grid."""
    free = [line for line in flat if not any(_inside(line, grid) for grid in grids[:_MOST_GRIDS])]
    if len(free) > _MOST_LINES:
        return []
    groups: list[list[Line]] = []
    for line in free:
        for group in groups:
            if abs(group[0].start - line.start) <= NEAR and abs(group[0].end - line.end) <= NEAR:
                group.append(line)
                break
        else:
            groups.append([line])
    ladders = [_ladder(group, free) for group in groups if len(group) >= 2]
    return [ladder for ladder in ladders if len(ladder.ys) > 2 or ladder.ys[1] - ladder.ys[0] < _ALONE]


def _inside(line: Line, grid: Grid) -> bool:
    x0, y0, x1, y1 = grid.box
    return y0 - NEAR <= line.at <= y1 + NEAR and line.start < x1 and line.end > x0


def _ladder(group: list[Line], lines: list[Line]) -> Ladder:
    x0, x1 = group[0].start, group[0].end
    ys = sorted(line.at for line in group)
    parts = [
        line
        for line in lines
        if line.start > x0 - NEAR and line.end < x1 + NEAR and line.end - line.start < x1 - x0 - 2 * NEAR
        and ys[0] - _HEAD < line.at < ys[-1]
    ]  # fmt: skip
    return Ladder(x0, x1, tuple(ys), tuple(parts))


def ladder_grids(ladder: Ladder, runs: list[Run]) -> list[Grid]:
    """The tables between the lines of a ladder, with the row above its first and the one below its last line."""
    beside = [run for run in runs if ladder.x0 - NEAR <= (run.x0 + run.x1) / 2 <= ladder.x1 + NEAR]
    bands = [_band(beside, top, bottom) for top, bottom in pairwise(ladder.ys)]
    usual = median(
        [bottom - top for (top, bottom), band in zip(pairwise(ladder.ys), bands, strict=True) if band] or [0]
    )
    grids: list[Grid] = []
    start = 0
    for end in range(len(bands) + 1):
        if end == len(bands) or _parts(bands[end], ladder, ladder.ys[end + 1] - ladder.ys[end], usual):
            if end > start:
                grid = _table(ladder, list(ladder.ys[start : end + 1]), bands[start:end], beside)
                grids += [grid] if grid else []
            start = end + 1
    return grids


def _band(runs: list[Run], top: float, bottom: float) -> list[Row]:
    return on_baselines([run for run in runs if top <= run.y - run.font.size / 4 < bottom])


def _parts(band: list[Row], ladder: Ladder, height: float, usual: float) -> bool:
    """Whether lines of running text or a title stand between two rules: a table ends above them."""
    single = [row for row in band if len(chunks(row)) == 1]
    full = [row for row in single if row.x1 - row.x0 > 0.6 * (ladder.x1 - ladder.x0)]
    if len(full) >= 2 and len(full) >= 0.4 * len(band):
        return True
    return bool(band) and height > _WIDER * usual and (len(single) == len(band) or _is_titled(band))


def _is_titled(band: list[Row]) -> bool:
    """Whether a title stands over the head of another table: a single text, larger or set apart."""
    title, head = band[:2]
    apart = head.y - title.y > _LEADING * title.size or title.size > _LARGER * head.size
    return len(chunks(title)) == 1 and apart


def _table(ladder: Ladder, ys: list[float], bands: list[list[Row]], beside: list[Run]) -> Grid | None:
    rows = [row for band in bands for row in band]
    parts = [line for line in ladder.parts if ys[0] - _HEAD < line.at < ys[-1]]
    top = min([ys[0], *(line.at for line in parts)])
    rows = [*_band(beside, top, ys[0]), *rows]
    lanes, head, below = _with_neighbours(rows, _head(beside, top), _next(beside, ys[-1]))
    if not lanes:
        return None
    lanes = [_at_end(lane, parts, rows) for lane in lanes]
    xs = (ladder.x0, *lanes, ladder.x1)
    heights = sorted({*ys, *(line.at for line in parts)})
    if head:
        rows, heights = [*head, *rows], [head[0].y - 1.2 * head[0].size, *heights]
    if below:
        rows, heights = [*rows, below], [*heights, below.y + 0.5 * below.size]
    full = [Line(y, ladder.x0, ladder.x1) for y in (*ys, heights[0], heights[-1])]
    return _laid_out(xs, heights, [*full, *parts], rows)


def _with_neighbours(rows: list[Row], head: list[Row], below: Row | None) -> tuple[list[float], list[Row], Row | None]:
    """The lanes between columns, and the lines above and below the rules where they stand in the same columns."""
    alone = find_lanes(rows) if rows else []
    for lines in (head, head[-1:]):
        lanes = find_lanes([*lines, *rows, *([below] if below else [])])
        if lanes and len(lanes) >= len(alone):
            return lanes, lines, below
    if head and alone and len(chunks(head[-1])) > 1 and not all(crosses(head[-1], x) for x in alone):
        return alone, head[-1:], None
    return alone, [], None


def _head(runs: list[Run], y: float) -> list[Row]:
    """The lines of a head right above a table's first rule: cells wrap there too, so the first has several texts."""
    head: list[Row] = []
    for row in reversed(_band(runs, float("-inf"), y)):
        last = head[0] if head else row
        near = last.y - row.y < _LEADING * last.size if head else y - row.y + row.size / 4 < 1.8 * row.size
        if len(head) == _HEAD_LINES or not near or row.size > _LARGER * last.size or ITEM.match(row.text):
            break
        head.insert(0, row)
    while head and len(chunks(head[0])) < 2:
        head.pop(0)
    return head


def _at_end(lane: float, parts: list[Line], rows: list[Row]) -> float:
    """A lane moved to the end of a short line that lies in the same white: there one column ends."""
    several = [row for row in rows if len(chunks(row)) > 1]
    ends = [end for part in parts for end in (part.start, part.end)]
    for end in sorted(ends, key=lambda end: abs(end - lane)):
        between = sorted((end, lane))
        if not any(x0 < between[1] and x1 > between[0] for row in several for x0, x1 in chunks(row)):
            return end
    return lane


def _next(runs: list[Run], y: float) -> Row | None:
    """The line right below a table's last rule, if it has several texts."""
    rows = on_baselines([run for run in runs if 0 < run.y - run.font.size / 4 - y < 1.8 * run.font.size])
    return rows[0] if rows and len(chunks(rows[0])) > 1 else None


def _laid_out(xs: Sequence[float], levels: list[float], lines: list[Line], rows: list[Row]) -> Grid | None:
    """The grid of columns, heights and lines: where no text crosses an edge between two columns, it parts them."""
    bands = _by_band(levels, rows)
    for number in range(len(bands) - 1, -1, -1):
        levels[number + 1 : number + 1] = head_heights(bands[number], xs)
    bands = _by_band(levels, rows)
    across = walls(lines, levels, list(xs))
    down = {
        (column, number)
        for number, band in enumerate(bands)
        for column, x in enumerate(xs[1:-1], 1)
        if not any(crosses(row, x) for row in band)
    }
    owners = owners_of(len(levels) - 1, len(xs) - 1, across, down)
    grid = Grid(tuple(xs), tuple(levels), owners)
    for number in range(len(bands) - 1, -1, -1):
        heights = row_heights(bands[number], xs)
        if heights:
            grid = grid.split(number, heights)
    return grid


def _by_band(levels: Sequence[float], rows: list[Row]) -> list[list[Row]]:
    bands: list[list[Row]] = [[] for _ in levels[1:]]
    for row in rows:
        number = bisect_right(levels, row.y - row.runs[0].font.size / 4) - 1
        if 0 <= number < len(bands):
            bands[number].append(row)
    return bands


def stacked(grids: list[Grid], runs: list[Run]) -> list[Grid]:
    """The grids, those over each other with the same edges made one where only rows stand between them.

    Cells that are shaded in every other row give a grid for each of these rows.
    """
    found: list[Grid] = []
    for grid in sorted(grids, key=lambda grid: grid.ys[0]):
        above = next((number for number in reversed(range(len(found))) if _as_wide(found[number], grid)), None)
        joined = _over(found[above], grid, runs) if above is not None else None
        if above is not None and joined:
            found[above] = joined
        else:
            found.append(grid)
    found = [_extended(grid, runs) if grid.open or len(grid.owners) == 1 else grid for grid in found]
    return sorted(found, key=lambda grid: (grid.box[2] - grid.box[0]) * (grid.box[3] - grid.box[1]))


def _extended(grid: Grid, runs: list[Run]) -> Grid:
    """A grid of shaded rows, or of nothing but a head, with the rows right above and below that have no shade."""
    beside = [run for run in runs if grid.xs[0] - NEAR <= (run.x0 + run.x1) / 2 <= grid.xs[-1] + NEAR]
    above = _adjoining(_band(beside, float("-inf"), grid.ys[0])[::-1], grid, -1)[::-1]
    below = _adjoining(_band(beside, grid.ys[-1], float("inf")), grid, 1)
    heights = _row_ends(above, grid.xs)
    if above:
        grid = _with_rows(grid, [above[0].y - 1.2 * above[0].size, *heights], 0)
    heights = _row_ends(below, grid.xs)
    if below:
        grid = _with_rows(grid, [*heights, below[-1].y + 0.5 * below[-1].size], len(grid.owners))
    return grid


def _adjoining(lines: list[Row], grid: Grid, way: int) -> list[Row]:
    """The lines above (-1) or below (1) a table that stand in its columns, one close to the other.

    A single text may be a heading; it is a row where it stands in the middle of one as high as the shaded rows.
    """
    found: list[Row] = []
    edge = y = grid.ys[0] if way < 0 else grid.ys[-1]
    for row in lines:
        near, far = (row.y - 0.7 * row.size, row.y + 0.3 * row.size)[::way]
        if way * (near - y) > 1.2 * row.size or crossings([row], grid.xs):
            break
        y = far
        found.append(row)
    while found and len(chunks(found[-1])) == 1 and found[-1].x0 < grid.xs[1]:
        if grid.open and len(found) == 1 and _is_in_step(found[0], edge, way, grid):
            return found
        found.pop()
    return found if any(len(chunks(row)) > 1 for row in found) else []


def _is_in_step(row: Row, edge: float, way: int, grid: Grid) -> bool:
    """Whether the middle of a line is half a row from the edge of a table."""
    height = min(below - above for above, below in pairwise(grid.ys))
    return abs(way * (row.y - 0.33 * row.size - edge) - height / 2) < 0.15 * row.size


def _row_ends(lines: list[Row], xs: Sequence[float]) -> list[float]:
    """The heights between the rows of some lines that no rule parts."""
    heights = row_heights(lines, xs)
    if heights or not all(len(chunks(row)) > 1 and row.x0 < xs[1] for row in lines):
        return heights
    return [(above.y + line.y - 0.6 * line.size) / 2 for above, line in pairwise(lines)]


def _with_rows(grid: Grid, ys: list[float], number: int) -> Grid:
    """The grid with rows of plain cells at its top (0) or its bottom: where they begin, or where they end."""
    new = tuple(tuple((number + row, column) for column in range(len(grid.xs) - 1)) for row in range(len(ys)))
    if number:
        return Grid(grid.xs, (*grid.ys, *ys), (*grid.owners, *new), grid.open)
    below = (tuple((row + len(ys), column) for row, column in line) for line in grid.owners)
    return Grid(grid.xs, (*ys, *grid.ys), (*new, *below), grid.open)


def _over(one: Grid, other: Grid, runs: list[Run]) -> Grid | None:
    """Two grids and the row between them as one; ``None`` where they are two tables."""
    if other.ys[0] < one.ys[-1]:
        return None
    xs = _union(one.xs, other.xs)
    if len(xs) > max(len(one.xs), len(other.xs)):  # cells of one span columns of the other, but never both ways
        return None
    beside = [run for run in runs if xs[0] <= (run.x0 + run.x1) / 2 <= xs[-1]]
    band = _band(beside, one.ys[-1], other.ys[0])
    if not _is_row(band, one, other) or crossings(band, xs) > len(xs) - 3:
        return None
    count = len(one.owners)
    between: list[Place] = [(count, 0)]
    for column, x in enumerate(xs[1:-1], 1):
        between.append(between[-1] if any(crosses(row, x) for row in band) else (count, column))
    owners = (*_refined(one, xs, 0), tuple(between), *_refined(other, xs, count + 1))
    return Grid(xs, (*one.ys, *other.ys), owners, open=True)


def _as_wide(one: Grid, other: Grid) -> bool:
    return abs(one.xs[0] - other.xs[0]) <= NEAR and abs(one.xs[-1] - other.xs[-1]) <= NEAR


def _is_row(band: list[Row], above: Grid, below: Grid) -> bool:
    """Whether the lines between two shaded rows are a row: they fill the height, and stand side by side somewhere.

    A single text, the title of a group or of another table, must be as high as the shaded rows.
    """
    if not band:
        return False
    size = max(row.size for row in band)
    top, bottom = band[0].y - 0.7 * size - above.ys[-1], below.ys[0] - band[-1].y - 0.3 * size
    apart = max([line.y - last.y for last, line in pairwise(band)], default=0.0)
    if max(top, bottom) > _PADDING * size or apart > _LEADING * size:
        return False
    if any(len(chunks(row)) > 1 for row in band):
        return True
    height = min(above.ys[-1] - above.ys[-2], below.ys[1] - below.ys[0])
    return below.ys[0] - above.ys[-1] <= _AS_HIGH * height and len(_union(above.xs, below.xs)) == len(above.xs)


def _union(one: Sequence[float], other: Sequence[float]) -> tuple[float, ...]:
    return tuple(sorted([*one, *(x for x in other if all(abs(x - y) > NEAR for y in one))]))


def _refined(grid: Grid, xs: Sequence[float], down: int) -> list[tuple[Place, ...]]:
    """The owners of a grid with more columns, moved down by some rows."""
    old = [grid.column((left + right) / 2) for left, right in pairwise(xs)]
    new = {column: old.index(column) for column in old}
    return [tuple((line[c][0] + down, new[line[c][1]]) for c in old) for line in grid.owners]
