"""Tables without lines, known by what stands under what."""

from __future__ import annotations

from itertools import pairwise

from kommungraf.read.lines import ITEM
from kommungraf.read.rows import Row, Run
from kommungraf.read.unruled import EDGE, Aligned, column_of, joined_heads

_APART = 1.8  # ems: a short line so far below a table is no row of it


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
    end = _without_tail(rows, start, end, columns)
    while end > start and _comes_after(rows, end - 1, columns):
        end -= 1
    body = rows[start:end]
    if len(body) < 2 or all(len(row.runs) == 1 and column_of(columns, row.runs[0]) == 0 for row in body[1:]):
        return None
    return Aligned(body, joined_heads(body, columns))


def _without_tail(rows: list[Row], start: int, end: int, columns: list[list[float]]) -> int:
    """Where a table ends: before the last lines, at the left only, from the first that wide white parts from it."""
    first = end
    while first > start + 1 and len(rows[first - 1].runs) == 1 and column_of(columns, rows[first - 1].runs[0]) == 0:
        first -= 1
    parted = (
        number for number in range(first, end) if rows[number].y - rows[number - 1].y >= _APART * rows[number].size
    )
    return next(parted, end)


def _comes_after(rows: list[Row], index: int, columns: list[list[float]]) -> bool:
    """Whether the last row, short and at the left, is no row of the table (an odd name) but begins what comes after."""
    row, above = rows[index], rows[index - 1]
    if len(row.runs) > 1 or column_of(columns, row.runs[0]) != 0:
        return False
    distance = row.y - above.y
    close = distance < _APART * row.size and row.runs[0].font == above.runs[0].font
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
