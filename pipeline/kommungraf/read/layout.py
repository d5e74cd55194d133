"""The order of reading: text in two columns, and tables without lines, known by what stands under what."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from statistics import median

from kommungraf.read.lines import ITEM
from kommungraf.read.rows import Row, Run
from kommungraf.read.unruled import EDGE, PROSE, Aligned, column_of, joined_heads

_COLUMN_LINES = 5  # so many lines beside each other make two columns of text
_OFF_LINE = 0.4  # the share of lines without a neighbour on their height: what stands in a table has one


def in_reading_order(rows: list[Row]) -> list[list[Row]]:
    """The rows as stretches to be read one after the other: a left column before the right one beside it."""
    gutter = _gutter(rows)
    if gutter is None:
        return [rows] if rows else []
    start, end = _band(rows, gutter)
    band = [run for row in rows[start:end] for run in row.runs]
    left = [Row([run]) for run in band if run.x1 <= gutter]
    right = [Row([run]) for run in band if run.x1 > gutter]
    if not ((_is_prose(left) and _is_prose(right)) or _flow_apart(left, right)):
        return [rows]
    return [part for part in (rows[:start], left, right, *in_reading_order(rows[end:])) if part]


def _gutter(rows: list[Row]) -> float | None:
    """Just left of where many runs begin in the middle of the page: of such places, the one that fewest lines cross."""
    runs = [run for row in rows for run in row.runs]
    if len(runs) < 2 * _COLUMN_LINES:
        return None
    x0, x1 = min(run.x0 for run in runs), max(run.x1 for run in runs)
    width = x1 - x0
    starts = Counter(round(run.x0 / 3) for run in runs if 0.35 < (run.x0 - x0) / width < 0.65)
    places = [start * 3 - 4.0 for start in sorted(starts) if starts[start] + starts[start + 1] >= _COLUMN_LINES]
    return max(places, key=lambda place: _height(_band(rows, place)), default=None)


def _height(band: tuple[int, int]) -> int:
    return band[1] - band[0]


def _band(rows: list[Row], gutter: float) -> tuple[int, int]:
    """The longest stretch of rows in which nothing crosses the gutter."""
    best = (0, 0)
    start = 0
    for index, row in enumerate([*rows, None]):
        if row is None or any(run.x0 < gutter < run.x1 for run in row.runs):
            best = max(best, (start, index), key=_height)
            start = index + 1
    return best


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


def with_tables(rows: list[Row], leading: float) -> list[Row | Aligned]:
    """The rows, those that make a table without lines gathered in one.

    ``leading`` is the usual distance of lines, in ems. Columns are what is left when all runs are laid over each other;
    two rows, of which the second has a text in a further column, are the least.
    """
    rows = [_with_marker(row) for row in rows]
    found: list[Row | Aligned] = []
    index = 0
    while index < len(rows):
        table = _table_at(rows, index, leading) if len(rows[index].runs) > 1 else None
        if table:
            found.append(table)
            index += len(table.rows)
        else:
            found.append(rows[index])
            index += 1
    return found


def _with_marker(row: Row) -> Row:
    """A list mark and its text are one run, however wide the tab between them."""
    if len(row.runs) > 1 and ITEM.match(row.runs[0].text + " x") and len(row.runs[0].text) <= 4:
        first, second = row.runs[:2]
        row.runs[:2] = [Run(f"{first.text} {second.text}", first.x0, second.x1, first.y, second.font)]
    return row


def _table_at(rows: list[Row], start: int, leading: float) -> Aligned | None:
    """The table that begins at a row with several runs, or ``None``."""
    columns = [[run.x0, run.x1] for run in rows[start].runs]
    end = start + 1
    while end < len(rows):
        row, above = rows[end], rows[end - 1]
        distance = (row.y - above.y) / (leading * min(row.size, above.size))
        laid = _laid_over(columns, row)
        if laid is None or distance > (3.2 if len(row.runs) > 1 else 1.9) or not _in_line(columns, row):
            break
        columns = laid
        end += 1
    while end > start and _comes_after(rows, end - 1, columns):
        end -= 1
    body = rows[start:end]
    if len(body) < 2 or all(len(row.runs) == 1 and column_of(columns, row.runs[0]) == 0 for row in body[1:]):
        return None
    return Aligned(body, joined_heads(body, columns))


def _comes_after(rows: list[Row], index: int, columns: list[list[float]]) -> bool:
    """Whether the last row, short and at the left, is no row of the table (an odd name) but begins what comes after."""
    row, above = rows[index], rows[index - 1]
    if len(row.runs) > 1 or column_of(columns, row.runs[0]) != 0:
        return False
    distance = row.y - above.y
    close = distance < 1.8 * row.size and row.runs[0].font == above.runs[0].font
    return not close or (index + 1 < len(rows) and rows[index + 1].y - row.y < 1.3 * distance)


def _laid_over(columns: list[list[float]], row: Row) -> list[list[float]] | None:
    """The columns with a row laid over them; ``None`` when the row does not stand in columns like these.

    A text may be wider than its column where the rest of its row is empty: a long value beside short names with roles.
    """
    laid = [list(column) for column in columns]
    edge = EDGE * row.size
    for number, run in enumerate(row.runs):
        touched = [column for column in laid if run.x0 < column[1] + 2 and column[0] - 2 < run.x1]
        own = next((column for column in touched if abs(run.x0 - column[0]) < edge), None)
        last = number == len(row.runs) - 1
        if len(touched) > 1:
            if own is not touched[0] or own is laid[0] or not last:
                return None
        elif not touched:
            if len(row.runs) == 1:
                return None
            laid.append([run.x0, run.x1])
            laid.sort()
        elif own is None and number and _reached_over(touched[0], row.runs[number - 1], run, edge):
            # A row with more columns shows that a text above reached over two of them.
            touched[0][1] = row.runs[number - 1].x1
            laid.append([run.x0, run.x1])
            laid.sort()
        else:
            touched[0][0], touched[0][1] = min(touched[0][0], run.x0), max(touched[0][1], run.x1)
    if any(left[1] >= right[0] for left, right in pairwise(laid)):
        return None
    return laid if len({column_of(laid, run) for run in row.runs}) == len(row.runs) else None


def _reached_over(column: list[float], left: Run, run: Run, edge: float) -> bool:
    """Whether a column has two texts of a row side by side in it."""
    return left.x0 < column[0] + edge < run.x0 and left.x1 > column[0] - 2


def _in_line(columns: list[list[float]], row: Row) -> bool:
    """Whether a run begins or ends where a column does: what is only near is a row of its own."""
    edge = EDGE * row.size
    return any(abs(run.x0 - left) < edge or abs(run.x1 - right) < edge for run in row.runs for left, right in columns)
