"""Lists side by side in one cell of a table: names in two or three columns, or roles beside names."""

from __future__ import annotations

from itertools import pairwise

from kommungraf.read.rows import GAP, Row, Run, text_rows

_STRIPE = 0.6  # ems of white all the way down part columns; between the words of one line it is rarely so much


def cell_rows(runs: list[Run]) -> list[Row]:
    """The lines of a cell, a left column before the one beside it.

    What begins in lower case, in figures or in brackets belongs to what stands left of it: a role, a party. So does
    what stands beside labels.
    """
    rows = text_rows([_copy(run) for run in runs])
    columns = _columns(runs, len(rows))
    if len(columns) < 2:
        return rows
    lines = [text_rows([_copy(run) for run in column]) for column in columns]
    if any(len(column) < 2 for column in lines) or _are_labels(lines[0], lines[1]):
        return rows
    groups: list[list[Run]] = []
    for column, texts in zip(columns, lines, strict=True):
        if groups and not any(row.text[0].isupper() for row in texts):
            groups[-1] += column
        else:
            groups.append(list(column))
    return rows if len(groups) < 2 else [row for group in groups for row in text_rows(group)]


def _copy(run: Run) -> Run:
    return Run(run.text, run.x0, run.x1, run.y, run.font)


def _columns(runs: list[Run], count: int) -> list[list[Run]]:
    """The runs parted where white goes all the way down; two lines part only with as much white as sets words apart."""
    if count < 2:
        return [runs]
    least = (GAP if count == 2 else _STRIPE) * runs[0].font.size
    columns: list[list[Run]] = []
    end = float("-inf")
    for run in sorted(runs, key=lambda run: run.x0):
        if columns and run.x0 < end + least:
            columns[-1].append(run)
        else:
            columns.append([run])
        end = max(end, run.x1)
    return columns


def _are_labels(left: list[Row], right: list[Row]) -> bool:
    """Whether a column has labels for the values beside it."""
    if all(row.bold for row in left) and not any(row.bold for row in right):
        return True
    if sum(row.text.endswith(":") for row in left) > len(left) / 2:
        return True
    single = all(" " not in row.text for row in left) and all(" " in row.text for row in right)
    return single and [round(row.y) for row in left] == [round(row.y) for row in right]


def columns_of(rows: list[Row]) -> list[list[Row]]:
    """Lines as :func:`cell_rows` gives them, those of each column by themselves: a new one begins further up."""
    parts = [[rows[0]]] if rows else []
    for above, row in pairwise(rows):
        if row.y < above.y:
            parts.append([])
        parts[-1].append(row)
    return parts
