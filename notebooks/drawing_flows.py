"""What became of what: bands from one column of categories to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence

import matplotlib.pyplot as plt
import pandas as pd
from drawing import GREY
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Curve


def alluvial(columns: Sequence[pd.Series], headings: Sequence[str], colours: dict[str, str], title: str) -> Figure:
    """What became of things from one column to the next: a band for each combination, as wide as its number.

    ``columns`` are parallel series of categories, one row per thing; colours are those of the middle column's.
    """
    rows = pd.DataFrame({index: column.to_numpy() for index, column in enumerate(columns)})
    figure, axes = plt.subplots(figsize=(9.5, 5))
    gap = 0.03 * len(rows)
    heights: list[dict[str, float]] = []
    for index in rows:
        counts = rows[index].value_counts()
        order = [name for name in colours if name in counts] + sorted(set(counts.index) - set(colours), key=_counting)
        tops, top = {}, 0.0
        for name in order:
            tops[name] = top
            axes.barh(-top - counts[name] / 2, 0.16, counts[name], index - 0.08, color=colours.get(name, GREY))
            axes.text(
                *_beside(index, len(columns), -top - counts[name] / 2),
                f"{name}  {counts[name]}",
                va="center",
                ha="right" if index == 0 else "left",
                bbox={"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 1.5},
            )
            top += counts[name] + gap
        heights.append(tops)
    for index in range(len(columns) - 1):
        _bands(axes, rows, index, heights, colours)
    for index, heading in enumerate(headings):
        axes.text(index, gap, heading, ha="center", va="bottom", fontweight="bold")
    axes.set_xlim(-0.75, len(columns) - 1 + 0.75)
    axes.axis("off")
    axes.set_title(title, pad=22)
    return figure


def _counting(name: object) -> list[tuple[bool, str | int]]:
    """A key by which 2 goes before 10."""
    parts = re.split(r"(\d+)", str(name))
    return [(not part.isdigit(), int(part) if part.isdigit() else part) for part in parts]


def _beside(index: int, columns: int, height: float) -> tuple[float, float]:
    return (index - 0.11 if index == 0 else index + 0.11, height)


def _bands(
    axes: Axes, rows: pd.DataFrame, index: int, heights: list[dict[str, float]], colours: dict[str, str]
) -> None:
    flows = rows.groupby([index, index + 1]).size()
    left, right = dict(heights[index]), dict(heights[index + 1])
    order = (
        {name: place for place, name in enumerate(heights[index])},
        {name: place for place, name in enumerate(heights[index + 1])},
    )
    for (source, target), count in sorted(flows.items(), key=lambda flow: (order[0][flow[0][0]], order[1][flow[0][1]])):
        top, bottom, other = -left[source], -left[source] - count, -right[target]
        corners = [(index + 0.08, top), (index + 0.5, top), (index + 0.5, other), (index + 0.92, other)]
        back = [
            (index + 0.92, other - count),
            (index + 0.5, other - count),
            (index + 0.5, bottom),
            (index + 0.08, bottom),
        ]
        codes = [
            Curve.MOVETO,
            Curve.CURVE4,
            Curve.CURVE4,
            Curve.CURVE4,
            Curve.LINETO,
            Curve.CURVE4,
            Curve.CURVE4,
            Curve.CURVE4,
        ]
        colour = colours.get(target if index == 0 else source, GREY)
        axes.add_patch(PathPatch(Curve([*corners, *back], codes), color=colour, alpha=0.35, linewidth=0))
        left[source] += count
        right[target] += count
