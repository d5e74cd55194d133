"""Leaders: dotted lines that lead from a title to its page number, or a line to sign on. They rule no table."""

from __future__ import annotations

from kommungraf.read.pdf_bands import Ladder
from kommungraf.read.rows import Run

_ON = 0.3  # ems: so near to the feet of the letters does a leader stand
_EDGE = 3.0  # points


def has_leaders(ladder: Ladder, runs: list[Run]) -> bool:
    """Whether most of some lines stand between two texts, at their feet: the line under a row stands further down."""
    lines = sum(_leads(y, ladder, runs) for y in ladder.ys)
    return 2 * lines > len(ladder.ys)


def _leads(y: float, ladder: Ladder, runs: list[Run]) -> bool:
    beside = [run for run in runs if abs(run.y - y) < _ON * run.font.size]
    left = any(run.x1 <= ladder.x0 + _EDGE for run in beside)
    return left and any(run.x0 >= ladder.x1 - _EDGE for run in beside)
