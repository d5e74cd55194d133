"""Runs of text with their places, and the rows that they make: what stands on one line of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

GAP = 1.1  # in ems: more white than this between two words on a line sets them apart (a column, a label and its value)

_ASCENT, _DESCENT = 0.9, 0.25  # in ems


class Font(NamedTuple):
    """How a stretch of text looks."""

    size: float
    bold: bool
    italic: bool


@dataclass(slots=True)
class Run:
    """A stretch of text on one baseline without a wide gap."""

    text: str
    x0: float
    x1: float
    y: float
    font: Font


@dataclass(slots=True)
class Row:
    """The runs on one line, from left to right."""

    runs: list[Run]

    @property
    def y(self) -> float:
        """The baseline."""
        return self.runs[0].y

    @property
    def x0(self) -> float:
        """The left edge."""
        return self.runs[0].x0

    @property
    def x1(self) -> float:
        """The right edge."""
        return self.runs[-1].x1

    @property
    def size(self) -> float:
        """The size of the largest run."""
        if len(self.runs) == 1:  # most rows are one run, and this is asked often
            return self.runs[0].font.size
        return max(run.font.size for run in self.runs)

    @property
    def bold(self) -> bool:
        """Whether all of it is bold."""
        return all(run.font.bold for run in self.runs)

    @property
    def italic(self) -> bool:
        """Whether all of it is italic."""
        return all(run.font.italic for run in self.runs)

    @property
    def text(self) -> str:
        """The runs, a space between them."""
        return self.runs[0].text if len(self.runs) == 1 else " ".join(run.text for run in self.runs)


def around(rows: Sequence[Row]) -> tuple[float, float, float, float]:
    """The box of some rows: left, top, right, bottom, as high as letters with rings and tails are."""
    return (
        min(row.x0 for row in rows),
        min(run.y - _ASCENT * run.font.size for row in rows for run in row.runs),
        max(row.x1 for row in rows),
        max(run.y + _DESCENT * run.font.size for row in rows for run in row.runs),
    )


def text_rows(runs: list[Run]) -> list[Row]:
    """Runs that share a baseline, from above; runs that are no wide gap apart become one."""
    rows = on_baselines(runs)
    for row in rows:
        if len(row.runs) > 1:
            row.runs = _joined(row.runs)
    return rows


def on_baselines(runs: list[Run]) -> list[Row]:
    """Runs that share a baseline, from above and from left to right.

    A small run whose height overlaps that of the line and that stands right beside it is an index or an exponent.
    """
    rows: list[Row] = []
    for run in sorted(runs, key=lambda run: (run.y, run.x0)):
        if rows and _shares(rows[-1].runs[0], run):
            rows[-1].runs.append(run)
        else:
            rows.append(Row([run]))
    rows = _with_raised(rows)
    for row in rows:
        row.runs.sort(key=lambda run: run.x0)
    return rows


def _shares(one: Run, other: Run) -> bool:
    return abs(other.y - one.y) < 0.4 * min(other.font.size, one.font.size)


def _with_raised(rows: list[Row]) -> list[Row]:
    """The rows, those of only small raised or lowered runs laid into the line that they belong to."""
    kept: list[Row] = []
    for row in rows:
        near = kept[-1] if kept else None
        if near and row.y - near.y < 0.6 * max(row.size, near.size):
            small, large = sorted((near, row), key=lambda row: row.size)
            if small.size < 0.8 * large.size and all(_beside(run, large) for run in small.runs):
                kept[-1] = Row([*large.runs, *small.runs])
                continue
        kept.append(row)
    return kept


def _beside(small: Run, row: Row) -> bool:
    edge = 0.4 * small.font.size
    return any(abs(small.x0 - run.x1) < edge or abs(run.x0 - small.x1) < edge for run in row.runs)


def _joined(runs: list[Run]) -> list[Run]:
    """Runs parted by no more than a space are one; so are all of a line that is stretched to fill its width."""
    gaps = [right.x0 - left.x1 for left, right in pairwise(runs)]
    stretched = len(gaps) >= 4 and max(gaps) < 2.5 * runs[0].font.size and max(gaps) - min(gaps) < 0.4 * max(gaps)
    joined = [runs[0]]
    for run in runs[1:]:
        last = joined[-1]
        gap = run.x0 - last.x1
        size = max(last.font.size, run.font.size)
        if stretched or gap < GAP * size:
            last.text += run.text if gap < 0.08 * size else " " + run.text
            last.x1 = max(last.x1, run.x1)
            bold, italic = last.font.bold and run.font.bold, last.font.italic and run.font.italic
            last.font = last.font._replace(bold=bold, italic=italic, size=size)
        else:
            joined.append(run)
    return joined
