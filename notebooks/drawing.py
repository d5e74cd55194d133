"""What the notebooks share: opening the graph, one look for all figures, and the figures that take more than a line.

Figures are in Swedish, for Swedish reports. Colours are those of Okabe and Ito and of cividis, which people who see few
colours can tell apart; nothing is told by colour alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from textwrap import shorten

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from kommungraf import Graph, open_graph
from kommungraf.errors import UsageError

BLUE, ORANGE, GREEN, RED, PURPLE, SKY, YELLOW = "#0072B2 #E69F00 #009E73 #D55E00 #CC79A7 #56B4E9 #F0E442".split()
INK, GREY, LIGHT = "#222222", "#8C8C8C", "#ECECEC"
PALETTE = (BLUE, ORANGE, GREEN, PURPLE, RED, SKY, YELLOW, GREY)


class NoGraphError(UsageError):
    """There is no graph to look at; a notebook shows the sentence alone."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


def open_here(folder: str) -> Graph:
    """The graph in a folder, seen from the notebook's folder or from the one above it.

    ``KOMMUNGRAF_GRAPH`` in the environment goes before the name in the notebook.
    """
    wanted = os.environ.get("KOMMUNGRAF_GRAPH", folder)
    path = next((base / wanted for base in (Path(), Path("..")) if (base / wanted / "store").exists()), Path(wanted))
    _style()
    try:
        return open_graph(path)
    except UsageError:
        raise NoGraphError(
            f"No graph in {wanted}. In the project's folder, `make graph` makes it of the bundled documents,\n"
            f"and of your own: .venv/bin/kommungraf build MY-FOLDER --out {wanted}"
        ) from None


def _style() -> None:
    pd.set_option("display.max_colwidth", 200)
    plt.rcParams.update(
        {
            "figure.dpi": 110,
            "figure.figsize": (9, 4.5),
            "figure.constrained_layout.use": True,
            "font.size": 9.5,
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.titlelocation": "left",
            "axes.titleweight": "bold",
            "axes.titlesize": 11.5,
            "axes.titlepad": 12,
            "axes.axisbelow": True,
            "axes.edgecolor": GREY,
            "axes.prop_cycle": plt.cycler(color=PALETTE),
            "grid.color": LIGHT,
            "text.color": INK,
            "axes.labelcolor": INK,
            "xtick.color": INK,
            "ytick.color": INK,
            "legend.frameon": False,
        }
    )


def table(rows: pd.DataFrame, *columns: str, most: int = 12) -> pd.DataFrame | None:
    """The first rows for reading: chosen columns, gaps empty, dates without a time; says so when there are none."""
    if rows.empty:
        print("Inget i den här grafen svarar på frågan.")
        return None
    shown = rows[list(columns) if columns else list(rows.columns)].head(most).copy()
    for name in shown:
        if pd.api.types.is_datetime64_any_dtype(shown[name]):
            shown[name] = shown[name].dt.strftime("%Y-%m-%d")
    return shown.astype(object).where(shown.notna(), "").reset_index(drop=True)


def nothing(what: str) -> None:
    """Say that a figure has nothing to show."""
    print(f"Den här grafen har {what}: det finns inget att rita.")


def years(axes: Axes, first: float, last: float) -> None:
    """A time axis with every year, or every few where there are many."""
    step = max(1, int((last - first) // 15) + 1)
    axes.set_xticks(range(int(first), int(last) + 1, step))
    axes.set_xlim(first, last)


def year_of(dates: pd.Series) -> pd.Series:
    """The years of dates; a column in which some are only months or years is text."""
    return dates.astype(str).str[:4].astype(int)


def as_text(rows: pd.DataFrame, *names: str) -> pd.DataFrame:
    """A table with some columns as text, and nothing where there is nothing: dates of any precision become alike."""
    return rows.assign(**{name: rows[name].astype(str).where(rows[name].notna(), None) for name in names})


def point(when: object, end: bool = False) -> float:
    """A date of any precision (``2023``, ``2023-05``, ``2023-05-01``) as a point in time; with ``end``, its end."""
    parts = [int(part) for part in str(when)[:10].split("-")]
    if len(parts) == 1:
        return parts[0] + (1 if end else 0)
    if len(parts) == 2:
        return parts[0] + (parts[1] - (0 if end else 1)) / 12
    return parts[0] + (parts[1] - 1) / 12 + (parts[2] - (0 if end else 1)) / 365


def heat_map(cells: pd.DataFrame, title: str, unit: str) -> Figure:
    """Numbers by row and year as shades, the number in each cell; no number is an empty cell."""
    figure, axes = plt.subplots(
        figsize=(min(11, 2.6 + 0.62 * cells.shape[1] + 0.07 * _longest(cells.index)), 1.4 + 0.36 * len(cells))
    )
    values = cells.to_numpy(dtype=float)
    shown = np.ma.masked_where((values == 0) | np.isnan(values), values)
    top = max(1.0, float(np.nanmax(values))) if values.size else 1.0
    colours = plt.get_cmap("cividis_r").copy()
    colours.set_bad(LIGHT)
    axes.imshow(shown, cmap=colours, aspect="auto", vmin=0, vmax=top)
    for (row, column), value in np.ndenumerate(values):
        if value and not np.isnan(value):
            axes.text(column, row, f"{value:g}", ha="center", va="center", color="white" if value > 0.55 * top else INK)
    axes.set_xticks(range(cells.shape[1]), [str(name) for name in cells.columns])
    axes.set_yticks(range(len(cells)), [shorten(str(name), 46, placeholder=" …") for name in cells.index])
    axes.set_xticks(np.arange(-0.5, cells.shape[1]), minor=True)
    axes.set_yticks(np.arange(-0.5, len(cells)), minor=True)
    axes.grid(which="minor", color="white", linewidth=2)
    axes.tick_params(which="both", length=0)
    axes.spines[:].set_visible(False)
    axes.set_title(f"{title}\n", loc="left")
    axes.text(0, 1.02, unit, transform=axes.transAxes, color=GREY)
    return figure


def _longest(labels: Iterable[object]) -> int:
    return min(46, max((len(str(label)) for label in labels), default=0))


def stacked_bars(
    cells: pd.DataFrame, title: str, unit: str, rest: str = "övrigt", colours: dict[str, str] | None = None
) -> Figure:
    """Numbers per year (rows) as bars divided by kind (columns): the largest first, or in the order of the colours.

    What is more than there are colours for is ``rest``.
    """
    order = cells.drop(columns=rest, errors="ignore").sum().sort_values(ascending=False, kind="stable").index
    kept = [name for name in colours or order if name in cells][: len(PALETTE) if colours is None else None]
    kept = kept if colours or len(order) < len(PALETTE) else kept[: len(PALETTE) - 1]
    left = cells.drop(columns=kept).sum(axis=1)
    cells = cells[kept].assign(**({rest: left} if left.any() else {}))
    shades = dict(zip(cells, PALETTE, strict=False)) | {rest: GREY} | (colours or {})
    figure, axes = plt.subplots()
    base = np.zeros(len(cells))
    for name in cells:
        axes.bar(cells.index, cells[name], 0.75, base, label=name, color=shades[name], edgecolor="white")
        base += cells[name].to_numpy(dtype=float)
    for year, total in zip(cells.index, base, strict=True):
        axes.annotate(f"{total:g}", (year, total), (0, 3), textcoords="offset points", ha="center", color=GREY)
    axes.set_xticks(range(int(cells.index.min()), int(cells.index.max()) + 1))
    axes.margins(y=0.08)
    axes.set_ylabel(unit)
    axes.grid(axis="y")
    axes.set_title(title)
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5), reverse=True)
    return figure
