"""List bullets that a PDF draws as shapes: browsers paint them, so that no letter stands for them in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from kommungraf.read.pdf_frame import Box
from kommungraf.read.rows import Run

BULLET = "•"
_SMALLEST, _LARGEST = 1.5, 9.0  # points
_MOST = 500  # dots on a page: more are a drawing
_INDENT = 2.5  # ems: so far right of its bullet does a text begin at most


def is_dot(width: float, height: float) -> bool:
    """Whether a shape is as small and as square as a bullet."""
    return _SMALLEST <= width <= _LARGEST and _SMALLEST <= height <= _LARGEST and 0.7 < width / height < 1.4


def bullets(dots: list[Box], runs: Iterable[Run]) -> list[Run]:
    """A run for each dot that stands where a bullet does: left of a text, at half the height of its small letters.

    Several dots left of one text are a dotted line.
    """
    if not dots or len(dots) > _MOST:
        return []
    runs = list(runs)
    found = [(dot, run) for dot in dots if (run := _text_of(dot, runs)) is not None]
    counts = Counter(id(run) for _, run in found)
    return [Run(BULLET, dot[0], dot[2], run.y, run.font) for dot, run in found if counts[id(run)] == 1]


def _text_of(dot: Box, runs: list[Run]) -> Run | None:
    """The text right of a dot on its line; ``None`` where there is none, or where the dot stands in a text."""
    middle = (dot[1] + dot[3]) / 2
    line = [run for run in runs if run.y - 0.7 * run.font.size < middle < run.y and run.x1 > dot[0] - 0.1]
    first = min(line, key=lambda run: run.x0, default=None)
    if first is None or not 0 < first.x0 - dot[2] < _INDENT * first.font.size:
        return None
    return first if dot[3] - dot[1] < 0.7 * first.font.size else None
