"""Columns and rows of a table that no lines part: the white between texts, numbers under each other, heads over two."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from kommungraf.read.rows import Row

_LANE = 0.6  # ems: the narrowest white between two columns; the space in a number is narrower
_INDENT = 2.5  # ems: the white between the sign of a list and its text
_CLOSE = 1.12  # times the smallest distance of two lines: still lines of one cell
_HEAD = 3  # lines that the head of a table may have
_NUMBER = re.compile(r"[-–−+]?\d[\d\s.,]*\s?(?:%|kr|tkr|mnkr)?$|[-–−]$")


def chunks(row: Row) -> list[tuple[float, float]]:
    """The texts of a line, parted by more than a space: where they begin and end. A list's sign is none of its own."""
    found = [(row.runs[0].x0, row.runs[0].x1)]
    sign = len(row.runs[0].text) == 1 and not row.runs[0].text.isalnum()
    for number, run in enumerate(row.runs[1:]):
        space = _INDENT if sign and number == 0 else _LANE
        if run.x0 - found[-1][1] < space * run.font.size:
            found[-1] = (found[-1][0], max(run.x1, found[-1][1]))
        else:
            found.append((run.x0, run.x1))
    return found


def crosses(row: Row, x: float) -> bool:
    """Whether a text of a line reaches over an edge."""
    return any(x0 < x - 1 and x1 > x + 1 for x0, x1 in chunks(row))


def crossings(rows: list[Row], xs: Sequence[float]) -> int:
    """How many of the inner edges are crossed by a line."""
    return sum(any(crosses(row, x) for row in rows) for x in xs[1:-1])


def find_lanes(rows: list[Row]) -> list[float]:
    """The middles of the white between columns: what no line of several texts crosses. A head may cross it."""
    best: list[float] = []
    for lines in (rows, rows[1:], rows[2:]):
        several = [row for row in lines if len(chunks(row)) > 1]
        if len(several) < 2:
            break
        lanes = _together(_white(several), lines)
        if sum(not any(crosses(row, x) for x in lanes) for row in lines) < 0.6 * len(lines):
            continue
        if len(lanes) > len(best):
            best = lanes
    return best


def _white(rows: list[Row]) -> list[float]:
    size = max(row.size for row in rows)
    covered = sorted(chunk for row in rows for chunk in chunks(row))
    lanes: list[float] = []
    end = covered[0][1]
    for x0, x1 in covered[1:]:
        if x0 - end >= _LANE * size:
            lanes.append((x0 + end) / 2)
        end = max(end, x1)
    return lanes


def _together(lanes: list[float], rows: list[Row]) -> list[float]:
    """The lanes but those between columns that no line has both of: a head at the left, numbers at the right."""
    texts = [chunks(row) for row in rows]
    lanes = _under_heads(lanes, texts)
    kept: list[float] = []
    for lane in lanes:
        left = kept[-1] if kept else float("-inf")
        following = [other for other in lanes if other > lane][:1] or [float("inf")]
        if any(_holds(line, left, lane) and _holds(line, lane, following[0]) for line in texts):
            kept.append(lane)
    return kept


def _under_heads(lanes: list[float], texts: list[list[tuple[float, float]]]) -> list[float]:
    """The lanes but those between the head of a column, at its left, and the numbers below it, at its right."""
    edges = [float("-inf"), *lanes, float("inf")]
    used = [{n for n, line in enumerate(texts) if _holds(line, left, right)} for left, right in pairwise(edges)]
    kept: list[float] = []
    for number, lane in enumerate(lanes):
        head, below = used[number], used[number + 1]
        if number and head and below and max(head) < min(min(below), _HEAD):
            continue
        kept.append(lane)
    return kept


def _holds(texts: list[tuple[float, float]], left: float, right: float) -> bool:
    return any(left <= (x0 + x1) / 2 < right for x0, x1 in texts)


def head_heights(rows: list[Row], xs: Sequence[float]) -> list[float]:
    """Where to cut lines of a head of which one reaches over columns that a line below has one by one."""
    heights: list[float] = []
    for number, row in enumerate(rows[:-1]):
        wide = [(x0, x1) for x0, x1 in chunks(row) if any(x0 < x - 1 and x1 > x + 1 for x in xs[1:-1])]
        below = [chunk for line in rows[number + 1 :] for chunk in chunks(line)]
        if any(sum(x0 <= (a + b) / 2 <= x1 or a < x0 < b or a < x1 < b for a, b in below) > 1 for x0, x1 in wide):
            heights.append((row.y + rows[number + 1].y - 0.6 * row.size) / 2)
    return heights


def row_heights(lines: list[Row], xs: Sequence[float]) -> list[float]:
    """Where to cut lines that no rule parts into rows; nowhere when they are one row with wrapped cells.

    Lines with a number in one column, two or more, are rows; so are three or more that all begin with a capital.
    A line that begins in lower case, or has neither a first text nor a number, goes on in the row above.
    """
    if len(lines) < 2:
        return []
    apart = _between_cells(lines, xs)
    if apart:
        return apart
    if not _are_rows(lines, xs):
        return []
    heights: list[float] = []
    counted = _numbers(lines[0], xs)
    for above, line in pairwise(lines):
        numbers = _numbers(line, xs)
        begins = line.x0 < xs[1] and not line.runs[0].text[0].islower()
        if begins or numbers & counted:
            heights.append((above.y + line.y - 0.6 * line.size) / 2)
            counted = numbers
        else:
            counted |= numbers
    return heights


def all_counted(lines: list[Row], xs: Sequence[float]) -> bool:
    """Whether each of some lines has a first text, not in lower case, and a number: none of them is wrapped."""
    return all(_numbers(line, xs) and line.x0 < xs[1] and not line.runs[0].text[0].islower() for line in lines)


def _between_cells(lines: list[Row], xs: Sequence[float]) -> list[float]:
    """The heights at which no cell stands, where lines inside of cells are closer to each other than rows are.

    So also rows are known whose cells are centred. Nothing, if what is close does not look like wrapped text.
    """
    columns = [_in_column(lines, left, right) for left, right in pairwise(xs)]
    steps = [below.y - above.y for column in columns for above, below in pairwise(column)]
    if not steps:
        return []
    closest = _CLOSE * min(steps)
    wraps: list[bool] = []
    cells: list[tuple[float, float]] = []
    for column in columns:
        for number, line in enumerate(column):
            top, bottom = line.y - 0.7 * line.size, line.y + 0.2 * line.size
            if number and line.y - column[number - 1].y <= closest:
                wraps.append(line.text[0].islower())
                cells[-1] = (cells[-1][0], bottom)
            else:
                cells.append((top, bottom))
    if sum(wraps) < 0.6 * len(wraps):
        return []
    heights: list[float] = []
    end = float("inf")
    for top, bottom in sorted(cells):
        if top > end:
            heights.append((top + end) / 2)
        end = bottom if end == float("inf") else max(end, bottom)
    return heights


def _in_column(lines: list[Row], left: float, right: float) -> list[Row]:
    """What the lines have in a column."""
    parts = [[run for run in line.runs if left <= (run.x0 + run.x1) / 2 < right] for line in lines]
    return [Row(part) for part in parts if part]


def _are_rows(lines: list[Row], xs: Sequence[float]) -> bool:
    counts = Counter(column for line in lines for column in _numbers(line, xs))
    if max(counts.values(), default=0) >= max(2, len(lines) // 2):
        return True
    full = sum(len(chunks(line)) > 1 and not line.runs[0].text[0].islower() and line.x0 < xs[1] for line in lines)
    return len(lines) >= 3 and full >= 0.7 * len(lines)


def _numbers(line: Row, xs: Sequence[float]) -> set[int]:
    """The columns after the first that hold a number and nothing else."""
    found: set[int] = set()
    for column, (left, right) in enumerate(pairwise(xs[1:]), 1):
        text = " ".join(run.text for run in line.runs if left <= (run.x0 + run.x1) / 2 < right)
        if text and _NUMBER.match(text):
            found.add(column)
    return found
