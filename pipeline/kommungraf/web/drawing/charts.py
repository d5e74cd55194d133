"""Graphics for pages as SVG: bars, stacked bars, lines, matrices and spans of years, with every text escaped.

Each function takes what is shown and what it is called, and gives markup for a template. The same data stand beside
each graphic as a table; so labels may be cut here, and whole in their ``<title>``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from kommungraf.web.drawing.scale import Scale, ticks, whole_ticks
from kommungraf.web.drawing.svg import (
    ROW,
    WIDTH,
    About,
    Element,
    Key,
    box,
    canvas,
    legend,
    legend_height,
    linked,
    markup,
    part,
    patterns,
    shortened,
    text,
    width_of,
)

Say = Callable[[float], str]
"""How a number is written."""
_GAP = 8
_FOOT = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: how much of what, with the text at its end (else the value)."""

    label: str
    value: float
    text: str = ""
    href: str = ""
    style: int = 0


@dataclass(frozen=True, slots=True)
class Stack:
    """A column of a stacked chart: a value per key of the legend."""

    label: str
    values: tuple[int, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a year. ``hollow`` marks it as not the only one (restated); ``text`` is its name for a reader."""

    x: int
    y: float
    text: str
    href: str = ""
    hollow: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Points that belong together: ``style`` is the colour and mark, ``dashed`` tells a budget from an outcome."""

    label: str
    points: tuple[Point, ...]
    letter: str = ""
    style: int = 0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a matrix: its fill, the letter or number in it, and what it says in words."""

    letter: str
    style: int
    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a matrix; ``None`` where there is no field."""

    label: str
    cells: tuple[Cell | None, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """Something that was so from one year into another, both counted. Open ends are drawn as open."""

    label: str
    first: int
    last: int
    text: str
    href: str = ""
    style: int = 0
    open_start: bool = False
    open_end: bool = False


def bars(about: About, rows: Sequence[Bar], label_width: float = 200, say: Say = str, width: float = WIDTH) -> Markup:
    """A bar per row, side by side with its label and value; all values from 0."""
    height = max(1, len(rows)) * (ROW + 4) + _GAP
    svg = canvas(about, height, any(row.href for row in rows), width)
    patterns(svg, about, [row.style for row in rows])
    shown = [row.text or say(row.value) for row in rows]
    room = width - label_width - max([width_of(said) for said in shown], default=0) - 2 * _GAP
    scale = Scale(0, max([row.value for row in rows], default=0) or 1, 0, room)
    for index, (row, said) in enumerate(zip(rows, shown, strict=True)):
        y = index * (ROW + 4) + _GAP / 2
        group = linked(svg, row.href, f"{row.label}: {said}")
        text(group, shortened(row.label, label_width - _GAP), label_width - _GAP, y + 16, "end")
        wide = max(scale(row.value), 1 if row.value else 0)
        box(group, about, row.style, label_width, y, wide, ROW - 2)
        text(group, said, label_width + wide + _GAP / 2, y + 16, kind="chart-value")
    return markup(svg)


def stacked_bars(about: About, keys: Sequence[Key], columns: Sequence[Stack], high: float = 260) -> Markup:
    """A column per label, of parts that the legend tells apart; in a part that has room stands its letter."""
    foot = legend_height(keys)
    svg = canvas(about, high + _FOOT + foot, any(column.href for column in columns))
    patterns(svg, about, [key.style for key in keys])
    marks = whole_ticks(max([sum(column.values) for column in columns], default=0))
    left = 12 + width_of(str(marks[-1]))
    up = Scale(0, marks[-1], high, 12)
    _rules(svg, [(up(mark), str(mark)) for mark in marks], left)
    step = (WIDTH - left) / max(1, len(columns))
    wide = min(56, step * 0.72)
    for index, column in enumerate(columns):
        middle = left + step * (index + 0.5)
        told = ", ".join(f"{key.label} {value}" for key, value in zip(keys, column.values, strict=True) if value)
        group = linked(svg, column.href, f"{column.label}: {told}")
        _stack(group, about, keys, column, middle - wide / 2, wide, up)
        text(group, column.label, middle, high + 20, "middle")
    legend(svg, about, keys, high + _FOOT)
    return markup(svg)


def _stack(group: Element, about: About, keys: Sequence[Key], column: Stack, x: float, wide: float, up: Scale) -> None:
    below = 0
    for key, value in zip(keys, column.values, strict=True):
        if not value:
            continue
        top, bottom = up(below + value), up(below)
        box(group, about, key.style, x, top, wide, bottom - top)
        if key.letter and bottom - top >= 15:
            _letter(group, key.letter, x + wide / 2, (top + bottom) / 2)
        below += value


def lines(
    about: About, drawn: Sequence[Line], say: Say = str, axis: str = "", high: float = 300, width: float = WIDTH
) -> Markup:
    """Lines over the years. The end of each bears its letter; years that lack a value are not bridged in silence: the
    line over them is dotted. ``axis`` names the unit.
    """
    keys = [Key(line.style, line.label, line.letter) for line in drawn]
    foot = _line_legend_height(keys)
    links = any(point.href for line in drawn for point in line.points)
    svg = canvas(about, high + _FOOT + foot, links, width)
    values = [point.y for line in drawn for point in line.points]
    marks = ticks(min([0.0, *values]), max([0.0, *values]))
    said = [say(mark) for mark in marks]
    left = 14 + max(width_of(mark) for mark in said)
    up = Scale(marks[0], marks[-1], high, 28 if axis else 12)
    _rules(svg, [(up(mark), name) for mark, name in zip(marks, said, strict=True)], left, width)
    if axis:
        text(svg, axis, 0, 12, kind="chart-axis")
    years = [point.x for line in drawn for point in line.points] or [0]
    across = Scale(min(years), max(years), left + 20, width - 30)
    if min(years) == max(years):
        across = Scale(min(years) - 1, max(years) + 1, left + 20, width - 30)
    _years(svg, sorted(set(years)), across, high + 20)
    for line in drawn:
        _line(svg, line, across, up)
    _end_letters(svg, drawn, across, up)
    _line_legend(svg, drawn, high + _FOOT, width)
    return markup(svg)


def _line(svg: Element, line: Line, across: Scale, up: Scale) -> None:
    dash = {"stroke_dasharray": "7 4"} if line.dashed else {}
    for before, after in pairwise(line.points):
        ends = {"x1": across(before.x), "y1": up(before.y), "x2": across(after.x), "y2": up(after.y)}
        gap = {"stroke_dasharray": "1 6"} if after.x - before.x > 1 else dash
        part(svg, "line", class_=f"chart-line chart-l{line.style}", **ends, **gap)
    for point in line.points:
        group = linked(svg, point.href, point.text)
        _mark(group, line, across(point.x), up(point.y), point.hollow)


def _end_letters(svg: Element, drawn: Sequence[Line], across: Scale, up: Scale) -> None:
    """The letter of each line at its end, moved down where another stands."""
    ends = sorted((across(line.points[-1].x), up(line.points[-1].y), line.letter) for line in drawn if line.points)
    taken: list[tuple[float, float]] = []
    for x, y, letter in sorted(ends, key=lambda end: end[1]):
        while any(abs(x - other) < 20 and abs(y - height) < 13 for other, height in taken):
            y += 13
        taken.append((x, y))
        text(svg, letter, x + 11, y + 5, kind="chart-strong").set("aria-hidden", "true")


_MARKS = (
    "M-5 0A5 5 0 1 0 5 0A5 5 0 1 0 -5 0Z",
    "M-5 -5H5V5H-5Z",
    "M0 -6L6 5H-6Z",
    "M0 -6.5L6.5 0L0 6.5L-6.5 0Z",
    "M-6 -5H6L0 6Z",
)
"""The shapes of points: circle, square, triangle, diamond, triangle on its point."""


def _mark(parent: Element, line: Line, x: float, y: float, hollow: bool) -> None:
    kind = f"chart-mark chart-m{line.style}" + (" chart-hollow" if hollow else "")
    place = f"translate({x:.1f} {y:.1f})"
    part(parent, "path", d=_MARKS[line.style % len(_MARKS)], transform=place, class_=kind)


def _line_legend_height(keys: Sequence[Key]) -> float:
    return len(keys) * ROW + _GAP


def _line_legend(svg: Element, drawn: Sequence[Line], top: float, width: float) -> None:
    for index, line in enumerate(drawn):
        y = top + _GAP + index * ROW + 8
        dash = {"stroke_dasharray": "7 4"} if line.dashed else {}
        part(svg, "line", class_=f"chart-line chart-l{line.style}", x1=0, x2=36, y1=y, y2=y, **dash)
        _mark(svg, line, 18, y, hollow=False)
        said = f"{line.letter} {line.label}" if line.letter else line.label
        text(svg, shortened(said, width - 46), 46, y + 5)


def matrix(about: About, columns: Sequence[str], rows: Sequence[Row], keys: Sequence[Key] = ()) -> Markup:
    """Rows by columns, with a letter or number in each field, and a legend above."""
    label_width = min(300, 16 + max([width_of(row.label) for row in rows], default=0))
    wide = max(22, min(56, (WIDTH - label_width) / max(1, len(columns))))
    width = max(WIDTH, label_width + wide * len(columns))
    top = legend_height(keys, width) + ROW
    svg = canvas(about, top + len(rows) * ROW + _GAP, True, width)
    styles = [cell.style for row in rows for cell in row.cells if cell]
    patterns(svg, about, [*styles, *(key.style for key in keys)])
    legend(svg, about, keys, 0, width)
    for index, column in enumerate(columns):
        said = column if wide >= width_of(column) else column[-2:]
        text(svg, said, label_width + wide * (index + 0.5), top - 6, "middle").set("aria-hidden", "true")
    for index, row in enumerate(rows):
        y = top + index * ROW
        group = linked(svg, row.href, row.label)
        text(group, shortened(row.label, label_width - _GAP), 0, y + 16)
        for place, (column, cell) in enumerate(zip(columns, row.cells, strict=True)):
            if cell:
                _field(svg, about, cell, f"{row.label}, {column}", (label_width + wide * place, y, wide))
    return markup(svg)


def _field(svg: Element, about: About, cell: Cell, where: str, place: tuple[float, float, float]) -> None:
    x, y, wide = place
    group = linked(svg, cell.href, f"{where}: {cell.text}")
    box(group, about, cell.style, x + 1, y + 1, wide - 2, ROW - 2)
    _letter(group, cell.letter, x + wide / 2, y + ROW / 2)


def spans(about: About, rows: Sequence[Span], keys: Sequence[Key] = ()) -> Markup:
    """A bar over the years per row: posts, projects. An open end is a point of an arrow, not a wall."""
    top = legend_height(keys) + ROW
    svg = canvas(about, top + len(rows) * (ROW + 4) + _GAP, any(row.href for row in rows))
    patterns(svg, about, [*(row.style for row in rows), *(key.style for key in keys)])
    legend(svg, about, keys, 0)
    label_width = min(320, 16 + max([width_of(row.label) for row in rows], default=0))
    first = min([row.first for row in rows], default=0)
    last = max([row.last for row in rows], default=0)
    across = Scale(first, last + 1, label_width, WIDTH - 14)
    bottom = top + len(rows) * (ROW + 4)
    for year in range(first, last + 2):
        part(svg, "line", class_="chart-rule", x1=across(year), x2=across(year), y1=top, y2=bottom)
    middles = Scale(first, last, across(first + 0.5), across(last + 0.5))
    _years(svg, list(range(first, last + 1)), middles, top - 6)
    for index, row in enumerate(rows):
        y = top + index * (ROW + 4) + 3
        group = linked(svg, row.href, f"{row.label}: {row.text}")
        text(group, shortened(row.label, label_width - _GAP), 0, y + 15)
        begin, end = across(row.first), across(row.last + 1)
        box(group, about, row.style, begin, y, end - begin, ROW - 4)
        _open_ends(group, row, begin, end, y)
    return markup(svg)


def _open_ends(group: Element, row: Span, begin: float, end: float, y: float) -> None:
    middle, half = y + (ROW - 4) / 2, (ROW - 4) / 2
    kind = f"chart-fill chart-s{row.style}"
    if row.open_start:
        part(group, "path", class_=kind, d=f"M{begin:.1f} {middle - half:.1f}l-9 {half}l9 {half}Z")
    if row.open_end:
        part(group, "path", class_=kind, d=f"M{end:.1f} {middle - half:.1f}l9 {half}l-9 {half}Z")


def _letter(parent: Element, said: str, x: float, y: float) -> None:
    """A letter on a fill, in a field of its own so that no pattern runs through it."""
    if not said:
        return
    half = 3 + width_of(said) / 2
    part(parent, "rect", class_="chart-plate", x=x - half, y=y - 7.5, width=2 * half, height=15, rx=3)
    text(parent, said, x, y + 4.5, "middle", "chart-letter").set("aria-hidden", "true")


def _rules(svg: Element, marks: Sequence[tuple[float, str]], left: float, width: float = WIDTH) -> None:
    for y, said in marks:
        part(svg, "line", class_="chart-rule", x1=left, x2=width, y1=y, y2=y)
        text(svg, said, left - 6, y + 4, "end", "chart-axis")


def _years(svg: Element, years: Sequence[int], across: Scale, y: float) -> None:
    """As many of the years as there is room for; always the first."""
    free = float("-inf")
    for year in years:
        middle = across(year)
        if middle - width_of(str(year)) / 2 >= free:
            text(svg, str(year), middle, y, "middle", "chart-axis")
            free = middle + width_of(str(year)) / 2 + 6
