"""The order of reading of a page: columns of text one after the other, what stands over all of them in between."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from kommungraf.read.pdf_rows import RuledRow, in_order
from kommungraf.read.rows import Row, Run
from kommungraf.read.unruled import PROSE

_COLUMN_LINES = 5  # so many lines beside each other make two columns of text
_OFF_LINE = 0.4  # the share of lines without a neighbour on their height: what stands in a table has one
_TOGETHER = 0.6  # the share of paragraphs that begin beside another one: those are the rows of a table
_TRIED = 4  # places of a gutter
_EDGE = 3.0  # points: so near to the edge of its column does a line begin
_INDENT = 4.0  # ems: a list stands at most so far inside of its column
_MANY = 0.1  # of the lines of a column: so many begin at its edge
_TITLE = 1.15  # times the size of a column's text: what may be a title over all columns

Rows = list[Row | RuledRow]


class Gutter(NamedTuple):
    """The white between two columns of text, just left of the right one, and where the lines of both begin."""

    x: float
    left: float
    right: float


class Stretch(NamedTuple):
    """Rows to be read one after the other; ``right`` is where they wrap, where they are a column."""

    rows: Rows
    right: float | None = None


class _Band(NamedTuple):
    """A stretch of the rows, by their numbers, in which nothing crosses a gutter."""

    gutter: Gutter
    start: int
    end: int


def in_reading_order(rows: Rows, known: Sequence[Gutter] = ()) -> list[Stretch]:
    """The rows as stretches to be read one after the other: a left column before the right one beside it.

    ``known`` are gutters of other places: a few lines in two columns are no proof of a gutter by themselves.
    """
    band = _proven(rows) or next((found for gutter in known if (found := _few_lines(rows, gutter))), None)
    if band is None:
        return [Stretch(rows)] if rows else []
    known = [band.gutter, *known]
    return [
        *in_reading_order(rows[: band.start], known),
        *_columns(rows[band.start : band.end], band.gutter),
        *in_reading_order(rows[band.end :], known),
    ]


def gutter_of(rows: Rows) -> Gutter | None:
    """The gutter between the columns of a page, if it surely has any."""
    band = _proven(rows)
    return band.gutter if band else None


def _columns(rows: Rows, gutter: Gutter) -> list[Stretch]:
    """The left column, then the right one; each may have columns itself. A title over both is read between."""
    left, right = _sides(rows, gutter.x)
    ends = _end(left, gutter.left), _end(right, gutter.right)
    width = max(ends[0] - gutter.left, ends[1] - gutter.right)
    edges = max(ends[0], min(gutter.left + width, gutter.right - 2 * _EDGE)), max(ends[1], gutter.right + width)
    heights = [float("-inf"), *_titles(left, right), float("inf")]
    found: list[Stretch] = []
    for top, bottom in pairwise(heights):
        for side, edge in zip((left, right), edges, strict=True):
            part = [row for row in side if top <= _top(row) < bottom]
            inner = in_reading_order(part)
            found += inner if len(inner) > 1 else [Stretch(stretch.rows, edge) for stretch in inner]
    return found


def _sides(rows: Rows, x: float) -> tuple[Rows, Rows]:
    """What stands left and right of a gutter, each from above."""
    sides: tuple[Rows, Rows] = ([], [])
    for row in rows:
        if isinstance(row, RuledRow):
            sides[row.grid.xs[0] > x - 1].append(row)
            continue
        for number, runs in enumerate(_parted(row, x)):
            if runs:
                sides[number].append(Row(runs))
    return in_order(sides[0]), in_order(sides[1])


def _parted(row: Row, x: float) -> tuple[list[Run], list[Run]]:
    return [run for run in row.runs if run.x1 <= x], [run for run in row.runs if run.x1 > x]


def _free(rows: Rows) -> list[Row]:
    return [row for row in rows if isinstance(row, Row)]


def _usual(rows: Rows) -> float:
    """The size of most lines that stand outside of tables; 0 where none do."""
    return median([row.size for row in _free(rows)] or [0.0])


def _end(rows: Rows, least: float) -> float:
    return max((row.x1 for row in _free(rows)), default=least)


def _top(row: Row | RuledRow) -> float:
    return row.grid.ys[0] if isinstance(row, RuledRow) else row.y


def _titles(left: Rows, right: Rows) -> list[float]:
    """Above which heights a short title stands over both columns: in large letters, and with white at its right.

    The last line of a column is no title of it.
    """
    usual = _usual(left)
    lines = [(row.y - 0.7 * row.size, row.y) for row in _free(right)]
    lines += [(row.grid.ys[0], row.grid.ys[-1]) for row in right if isinstance(row, RuledRow)]
    heights: list[float] = []
    for number, row in enumerate(left):
        if not isinstance(row, Row) or row.size < _TITLE * usual:
            continue
        top, bottom = row.y - 1.3 * row.size, row.y + 0.6 * row.size
        white = not any(start < bottom and end > top for start, end in lines)
        above, below = any(end <= top for _, end in lines), any(start >= bottom for start, _ in lines)
        if white and above and (below or number == len(left) - 1):
            heights.append(top)
    return heights


def _proven(rows: Rows) -> _Band | None:
    """The tallest band of two columns of text, each of which is surely one."""
    free = [run for row in _free(rows) for run in row.runs]
    grids = {id(row.grid): row.grid for row in rows if isinstance(row, RuledRow)}
    if len(grids) < 2 and (len(rows) < 2 * _COLUMN_LINES or len(free) < _COLUMN_LINES):
        return None
    lefts = [run.x0 for run in free] + _lefts(rows)
    rights = [run.x1 for run in free] + [row.grid.xs[-1] for row in rows if isinstance(row, RuledRow)]
    x0, x1 = min(lefts), max(rights)
    starts = Counter(round(left / 3) for left in lefts if 0.2 < (left - x0) / (x1 - x0) < 0.8)
    places = [start * 3 - 4.0 for start in sorted(starts) if starts[start] + starts[start + 1] >= _COLUMN_LINES]
    places += sorted({grid.xs[0] - 4.0 for grid in grids.values() if 0.2 < (grid.xs[0] - x0) / (x1 - x0) < 0.8})
    bands = [(*_band(rows, place), place) for place in places]
    for start, end, place in sorted(bands, key=lambda band: band[0] - band[1])[:_TRIED]:
        left, right = _sides(rows[start:end], place)
        if _are_columns(left, right, 0.35 < (place - x0) / (x1 - x0) < 0.65):
            gutter = Gutter(place, _edge(left), _edge(right))
            start += _heads(rows, start, _usual([*left, *right]))
            return _Band(gutter, start + _labels(rows[start:end], gutter), end)
    return None


def _edge(rows: Rows) -> float:
    """The leftmost place at which many lines begin, or the tables: further right stand lists."""
    free = _free(rows)
    lefts = [row.x0 for row in free] if len(free) >= _COLUMN_LINES else [row.x0 for row in free] + _lefts(rows)
    return min(left for left in lefts if sum(abs(left - other) < _EDGE for other in lefts) > _MANY * len(lefts))


def _lefts(rows: Rows) -> list[float]:
    return [row.grid.xs[0] for row in rows if isinstance(row, RuledRow)]


def _band(rows: Rows, x: float) -> tuple[int, int]:
    """The longest stretch of rows in which nothing crosses a gutter."""
    best = (0, 0)
    start = 0
    for index, row in enumerate([*rows, None]):
        if row is None or _crosses(row, x):
            best = max(best, (start, index), key=lambda band: band[1] - band[0])
            start = index + 1
    return best


def _crosses(row: Row | RuledRow, x: float) -> bool:
    if isinstance(row, RuledRow):
        return row.grid.xs[0] < x < row.grid.xs[-1]
    return any(run.x0 < x < run.x1 for run in row.runs)


def _heads(rows: Rows, start: int, usual: float) -> int:
    """How many rows at the top of a band go on with what stands over all columns: the last lines of a large title."""
    count = 0
    while start > 0 and start + count < len(rows):
        above, row = rows[start + count - 1], rows[start + count]
        if not (isinstance(above, Row) and isinstance(row, Row) and row.size == above.size > _TITLE * usual):
            break
        if len(row.runs) > 1 or row.y - above.y > 1.6 * row.size:
            break
        count += 1
    return count


def _labels(rows: Rows, gutter: Gutter) -> int:
    """How many rows at the top of a band are labels with values, which begin elsewhere than the right column does."""
    for number, row in enumerate(rows):
        left, right = _parted(row, gutter.x) if isinstance(row, Row) else ([], [])
        if not (left and right and abs(right[0].x0 - gutter.right) > _EDGE):
            return number
    return 0


def _are_columns(left: Rows, right: Rows, halves: bool) -> bool:
    """Whether what stands beside each other are two columns of text; where these are no ``halves``, of long lines."""
    one, other = _free(left), _free(right)
    if (_is_prose(one) and _is_prose(other)) or (halves and _flow_apart(one, other)):
        return not _begin_together(one, other)
    ruled = [len(free) < len(side) for free, side in ((one, left), (other, right))]
    return bool(left and right) and (all(ruled) or (_is_prose(one) and ruled[1]) or (_is_prose(other) and ruled[0]))


def _is_prose(rows: list[Row]) -> bool:
    """Whether the lines of a column are as long as lines of running text."""
    if len(rows) < _COLUMN_LINES:
        return False
    width = max(row.x1 for row in rows) - min(row.x0 for row in rows)
    return median(len(row.text) for row in rows) >= PROSE and median(row.x1 - row.x0 for row in rows) > 0.7 * width


def _flow_apart(left: list[Row], right: list[Row]) -> bool:
    """Whether two columns have lines on heights of their own: headings and paragraphs part them, in each differently.

    In a list of labels with their values each label has a value beside it; the first column of a table is narrow.
    """
    columns = (left, right)
    if any(len(rows) < 2 * _COLUMN_LINES or median(len(row.text) for row in rows) < PROSE / 2 for rows in columns):
        return False
    return all(
        sum(not any(abs(row.y - other.y) < 0.25 * row.size for other in others) for row in rows) > _OFF_LINE * len(rows)
        for rows, others in ((left, right), (right, left))
    )


def _begin_together(left: list[Row], right: list[Row]) -> bool:
    """Whether the paragraphs of both sides begin at the same heights: these are the rows of a table of texts."""
    starts = [_starts(rows) for rows in (left, right)]
    if min(map(len, starts)) < 3:
        return False
    same = sum(any(abs(y - other) < 2 for other in starts[1]) for y in starts[0])
    return same > _TOGETHER * max(map(len, starts))


def _starts(rows: list[Row]) -> list[float]:
    """The heights at which a line follows after more white than there is between most."""
    steps = [below.y - above.y for above, below in pairwise(rows)]
    usual = 1.25 * median(steps) if steps else 0.0
    return [rows[0].y, *(row.y for row, step in zip(rows[1:], steps, strict=True) if step > usual)] if rows else []


def _few_lines(rows: Rows, gutter: Gutter) -> _Band | None:
    """The band of some lines on both sides of a gutter that is known, each where its column begins."""
    start, end = _band(rows, gutter.x)
    left, right = map(_free, _sides(rows[start:end], gutter.x))
    if not left or not right or len(left) + len(right) < 3:
        return None
    for side, edge in ((left, gutter.left), (right, gutter.right)):
        if not any(abs(row.x0 - edge) < _EDGE for row in side):
            return None
        if any(not edge - _EDGE < row.x0 < edge + _INDENT * row.size for row in side):
            return None
    heights = {round(row.y) for row in right}
    beside = all(round(row.y) in heights for row in left)
    short = all(len(row.text) < PROSE for row in left)
    return None if beside and short else _Band(gutter, start, end)
