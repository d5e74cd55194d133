"""Periods as bars on a line of time, and who sits where in panels of years."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import shorten, wrap

import matplotlib.pyplot as plt
import networkx as nx
import pandas as pd
from drawing import GREY, INK, point, years
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

Row = dict[str, object]


def spans(
    rows: pd.DataFrame,
    title: str,
    colours: dict[str, str],
    last: float,
    links: Sequence[tuple[str, str, float]] = (),
) -> Figure:
    """Periods as bars, a line for each ``label``: filled where a text states it, pale where documents only show it.

    ``rows`` has ``label``, ``kind`` (the key of its colour), ``from`` and ``to`` (as stated, or missing), ``first`` and
    ``last`` (as seen), ``end`` (words at an end that a text tells, perhaps none, or missing) and ``ended`` (when, where
    it is not ``to``). ``links`` are arrows from one label to another at a point in time.
    """
    lanes, heights = _lanes(rows, last)
    total = -min(heights.values()) if heights else 0
    figure, axes = plt.subplots(figsize=(10, 1.3 + 0.3 * (total + 1)))
    for row, height in lanes:
        _span(axes, row, height, colours[str(row["kind"])], last)
    for number, (source, target, when) in enumerate(links):
        here = when + 0.03 * sum(other[2] == when for other in links[:number])  # two at one time are two lines
        ends = (here, heights[target]), (here, heights[source])
        axes.annotate("", *ends, arrowprops={"arrowstyle": "-|>", "color": INK, "linewidth": 1.3, "shrinkA": 0})
    axes.set_yticks(list(heights.values()), [shorten(label, 52, placeholder=" …") for label in heights])
    axes.set_ylim(-total - 0.8, 0.7)
    years(axes, int(min(_extent(row, last)[0] for row, _ in lanes)), last)
    axes.grid(axis="x")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.set_title(title)
    axes.legend(handles=_marks(rows, colours, bool(links)), loc="upper left", bbox_to_anchor=(1, 1))
    return figure


def _marks(rows: pd.DataFrame, colours: dict[str, str], linked: bool) -> list[Patch | Line2D]:
    marks: list[Patch | Line2D] = [
        Patch(color=colours[kind], label=kind) for kind in colours if kind in set(rows["kind"])
    ]
    marks.append(Patch(facecolor=GREY, alpha=0.28, edgecolor=GREY, label="sedd i dokument"))
    if rows["end"].notna().any():
        marks.append(Line2D([], [], marker="|", color=INK, ls="", ms=10, mew=2, label="slut enligt text"))
    if linked:
        marks.append(Line2D([], [], marker=r"$\downarrow$", color=INK, ls="", ms=10, label="följdes av"))
    return marks


def _lanes(rows: pd.DataFrame, last: float) -> tuple[list[tuple[Row, float]], dict[str, float]]:
    """Each row with its height, and the height of each label; what overlaps under one label stands in further lanes."""
    placed: list[tuple[Row, float]] = []
    heights: dict[str, float] = {}
    height = 0.0
    for label, group in rows.groupby("label", sort=False):
        heights[str(label)] = height
        ends: list[float] = []
        for row in sorted(group.to_dict("records"), key=lambda row: _extent(row, last)):
            start, stop = _extent(row, last)
            lane = next((lane for lane, end in enumerate(ends) if end <= start + 0.05), len(ends))
            ends[lane : lane + 1] = [stop]
            placed.append((row, height - 0.75 * lane))
        height -= 1 + 0.75 * (len(ends) - 1)
    return placed, heights


def _stated(row: Row, last: float) -> tuple[float, float] | None:
    """The period that texts state; where no end is stated it goes as far as documents show, or a little."""
    if not _known(row, "from"):
        return None
    start = point(row["from"])
    if _known(row, "to"):
        return start, min(last, point(row["to"], end=True))
    seen = _seen(row)
    return start, max(start + 0.1, seen[1] if seen else 0)


def _seen(row: Row) -> tuple[float, float] | None:
    seen = [row[name] for name in ("first", "last") if _known(row, name)]
    return (point(seen[0]), max(point(seen[-1], end=True), point(seen[0]) + 0.08)) if seen else None


def _extent(row: Row, last: float) -> tuple[float, float]:
    """From where to where something is drawn."""
    drawn = [period for period in (_stated(row, last), _seen(row)) if period]
    return min(start for start, _ in drawn), max(stop for _, stop in drawn)


def _known(row: Row, name: str) -> bool:
    return name in row and pd.notna(row[name]) and bool(row[name])


def length(row: Row, last: float) -> float:
    """How many years a row covers, as stated or seen."""
    start, stop = _extent(row, last)
    return min(stop, last) - start


def _span(axes: Axes, row: Row, height: float, colour: str, last: float) -> None:
    """One period: what is seen drawn pale, what is stated drawn over it, an end that a text tells marked."""
    if seen := _seen(row):
        axes.barh(height, seen[1] - seen[0], 0.62, seen[0], color=colour, alpha=0.28, edgecolor=colour, linewidth=0.8)
    if stated := _stated(row, last):
        axes.barh(height, stated[1] - stated[0], 0.34, stated[0], color=colour)
    if pd.notna(row.get("end")):
        stop = point(row["ended"], end=True) if _known(row, "ended") else (stated or seen or (0, 0))[1]
        axes.plot([stop], [height], marker="|", color=INK, markersize=13, markeredgewidth=2)
        box = {"facecolor": "white", "alpha": 0.8, "linewidth": 0, "pad": 1}
        if row["end"]:
            axes.text(stop + 0.09, height, str(row["end"]), va="center", fontsize=8, bbox=box)


def families(rows: pd.DataFrame, links: Sequence[tuple[str, str, float]]) -> pd.DataFrame:
    """Rows in order of their beginning, those that links join standing together."""
    graph = nx.Graph([link[:2] for link in links])
    graph.add_nodes_from(rows["label"])
    begins = {
        row["label"]: min(point(row[n]) for n in ("from", "first") if _known(row, n)) for row in rows.to_dict("records")
    }
    groups = [sorted(group, key=lambda label: (begins[label], label)) for group in nx.connected_components(graph)]
    order = [label for group in sorted(groups, key=lambda group: (begins[group[0]], group[0])) for label in group]
    return rows.set_index("label").loc[order].reset_index()


def seats(networks: dict[str, nx.Graph], title: str, colours: dict[str, str]) -> Figure:
    """Who sits where, one panel per year: people on the left, bodies on the right, a line for each seat by its role.

    People and bodies stand at the same height in all panels, so that one sees who came and who left.
    """
    names = {node: str(told["name"]) for graph in networks.values() for node, told in graph.nodes(data=True)}
    kinds = {node: str(told["kind"]) for graph in networks.values() for node, told in graph.nodes(data=True)}
    people = sorted((node for node in names if kinds[node] == "person"), key=lambda node: (names[node], node))
    bodies = sorted((node for node in names if kinds[node] != "person"), key=lambda node: (names[node], node))
    size = (4.0 * len(networks), 1.3 + 0.23 * max(len(people), 3 * len(bodies)))
    figure, panels = plt.subplots(1, len(networks), figsize=size, sharey=True, squeeze=False)
    places = {node: (0.0, -float(index)) for index, node in enumerate(people)}
    gap = max(len(people), 3 * len(bodies)) / max(1, len(bodies))
    places |= {node: (1.0, -gap * (index + 0.5)) for index, node in enumerate(bodies)}
    for axes, (year, graph) in zip(panels[0], networks.items(), strict=True):
        _panel(axes, graph, places, names, colours)
        axes.set_title(year, fontsize=10.5, loc="center")
    marks = [Line2D([], [], color=colour, linewidth=2, label=role) for role, colour in colours.items()]
    figure.legend(handles=marks, loc="outside lower center", ncols=len(marks))
    figure.suptitle(title, x=0.01, ha="left", fontweight="bold", fontsize=11.5)
    return figure


def _panel(
    axes: Axes,
    graph: nx.Graph,
    places: dict[str, tuple[float, float]],
    names: dict[str, str],
    colours: dict[str, str],
) -> None:
    for one, other, told in graph.edges(data=True):
        (left, start), (right, stop) = sorted([places[one], places[other]])
        role = next((name for name in colours if name in told["role"].split(", ")), list(colours)[-1])
        if left != right:
            axes.plot([left, right], [start, stop], color=colours[role], linewidth=1.6, alpha=0.85)
    for node, (side, height) in places.items():
        ink = INK if node in graph and graph.degree(node) else "#BDBDBD"
        axes.plot([side], [height], "s" if side else "o", color=ink, markersize=6 if side else 4)
        text, align = ("\n".join(wrap(names[node], 20)), "left") if side else (names[node], "right")
        axes.text(1.06 if side else -0.05, height, text, va="center", ha=align, fontsize=7.8, color=ink)
    axes.set_xlim(-0.95, 1.75)
    axes.axis("off")
