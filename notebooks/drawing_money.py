"""Budgets, outcomes and forecasts: year by year, line by line."""

from __future__ import annotations

from collections.abc import Iterable
from textwrap import shorten

import matplotlib.pyplot as plt
import pandas as pd
from drawing import BLUE, GREY, INK, ORANGE, RED
from matplotlib.figure import Figure
from matplotlib.lines import Line2D


def compared(rows: pd.DataFrame, title: str) -> Figure:
    """Budget and outcome of one line per year, joined by a line that shows which way the outcome went."""
    rows = rows.sort_values("year")
    unit, size = _money([*rows["budget"], *rows["outcome"]])
    figure, axes = plt.subplots(figsize=(8.5, 1.6 + 0.42 * len(rows)))
    heights = {year: -index for index, year in enumerate(rows["year"])}
    for row in rows.to_dict("records"):
        height, budget, outcome = heights[row["year"]], row["budget"] / size, row["outcome"] / size
        colour = BLUE if outcome >= budget else RED
        axes.plot([budget, outcome], [height, height], color=colour, linewidth=3, alpha=0.45, solid_capstyle="round")
        axes.plot([budget], [height], "o", markersize=9, markerfacecolor="white", markeredgecolor=INK)
        axes.plot([outcome], [height], "o", markersize=9, color=colour)
        axes.annotate(
            _signed(outcome - budget),
            (max(budget, outcome), height),
            (12, 0),
            textcoords="offset points",
            va="center",
            color=colour,
        )
    axes.axvline(0, color=GREY, linewidth=0.8)
    axes.set_yticks(list(heights.values()), [str(year) for year in heights])
    axes.set_xlabel(unit)
    axes.margins(x=0.14, y=0.14)
    axes.grid(axis="x")
    axes.set_title(title)
    marks = [
        Line2D(
            [], [], marker="o", linestyle="", markerfacecolor="white", markeredgecolor=INK, markersize=9, label="budget"
        ),
        Line2D([], [], marker="o", linestyle="", color=BLUE, markersize=9, label="utfall, bättre än budget"),
        Line2D([], [], marker="o", linestyle="", color=RED, markersize=9, label="utfall, sämre än budget"),
    ]
    axes.legend(handles=marks, loc="center left", bbox_to_anchor=(1, 0.5))
    return figure


def deviations(rows: pd.DataFrame, title: str) -> Figure:
    """How far each line came from its budget: above zero is better, below worse."""
    rows = rows.drop_duplicates("line").sort_values("deviation")
    unit, size = _money(rows["deviation"])
    figure, axes = plt.subplots(figsize=(8.5, 1.4 + 0.36 * len(rows)))
    values = rows["deviation"] / size
    bars = axes.barh(range(len(rows)), values, 0.62, color=[BLUE if value >= 0 else RED for value in values])
    for bar, value in zip(bars, values, strict=True):
        side = 1 if value >= 0 else -1
        axes.annotate(
            _signed(value),
            (value, bar.get_y() + bar.get_height() / 2),
            (5 * side, 0),
            textcoords="offset points",
            va="center",
            ha="left" if side > 0 else "right",
        )
    axes.axvline(0, color=INK, linewidth=0.9)
    axes.set_yticks(range(len(rows)), rows["line"])
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.16)
    axes.set_xlabel(f"avvikelse, {unit}: över noll är bättre än budget")
    axes.set_title(title)
    return figure


def lines_over_years(rows: pd.DataFrame, title: str, most: int = 9) -> Figure:
    """Small panels, one per line of the accounts: outcome, budget and forecast through the years."""
    rows = rows.assign(line=rows["lineItem"].str.strip().str.capitalize())
    spread = rows.groupby("line")["year"].nunique().sort_values(ascending=False, kind="stable")
    chosen = list(spread[spread > 1].index[:most]) or list(spread.index[:most])
    unit, size = _money(rows[rows["line"].isin(chosen)]["value"])
    across = min(3, len(chosen))
    down = -(-len(chosen) // across)
    figure, panels = plt.subplots(down, across, figsize=(3.5 * across, 0.8 + 2.1 * down), squeeze=False, sharex=True)
    looks = {  # outcomes are drawn last and smaller: where they meet the budget, both are seen
        "budget": ("budget", INK, "--", "white", 6.5),
        "forecast": ("prognos", ORANGE, ":", "white", 6.5),
        "outcome": ("utfall", BLUE, "-", BLUE, 4),
    }
    for axes, name in zip(panels.flat, chosen, strict=False):
        for phase, (_, colour, stroke, fill, dot) in looks.items():
            of = rows[(rows["line"] == name) & (rows["phase"] == phase)].groupby("year")["value"].last() / size
            if len(of):
                axes.plot(
                    of.index.astype(int), of, stroke, marker="o", color=colour, markerfacecolor=fill, markersize=dot
                )
        axes.set_title(shorten(name, 32, placeholder=" …"), fontsize=9.5)
        axes.grid(axis="y")
        axes.axhline(0, color=GREY, linewidth=0.8)
        axes.margins(y=0.2)
        axes.xaxis.get_major_locator().set_params(integer=True)
        bottom, top = axes.get_ylim()
        decimals = 0 if top - bottom >= 8 else 1 if top - bottom >= 0.8 else 2
        axes.yaxis.set_major_formatter(lambda value, _, decimals=decimals: _swedish(f"{value:,.{decimals}f}"))
    for axes in panels.flat[len(chosen) :]:
        axes.axis("off")
    marks = [
        Line2D([], [], color=c, linestyle=s, marker="o", markerfacecolor=f, label=n) for n, c, s, f, _ in looks.values()
    ]
    figure.legend(handles=marks, loc="outside lower center", ncols=3)
    figure.suptitle(f"{title} ({unit})", x=0.01, ha="left", fontweight="bold", fontsize=11.5)
    return figure


def _money(values: Iterable[float]) -> tuple[str, float]:
    """The unit in which sums are read most easily, and how many kronor it is."""
    top = max((abs(value) for value in values), default=0)
    return ("mnkr", 1e6) if top >= 2e7 else ("tkr", 1e3) if top >= 1e4 else ("kr", 1.0)


def _signed(value: float) -> str:
    if not round(value, 1):
        return "0"
    text = f"{value:+,.1f}" if abs(value) < 10 and value != int(value) else f"{value:+,.0f}"
    return _swedish(text)


def _swedish(number: str) -> str:
    return number.replace(",", "\u00a0").replace(".", ",").replace("-", "−")
