"""The lineage of a thing drawn: what it came from on the left, what it became on the right, with links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from kommungraf.web.drawing.svg import About, Element, canvas, linked, markup, part, shortened, text

BOX, HIGH, GAP_X, GAP_Y, EDGE = 210, 46, 96, 22, 12
"""Sizes in the units of the graphic: a box, the room between boxes, the edge around all."""


@dataclass(frozen=True, slots=True)
class Kin:
    """A thing of a lineage. ``column`` counts from the oldest; ``beside`` is a line below its name."""

    key: str
    name: str
    beside: str
    href: str
    column: int
    here: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What became what, how (a word) and when; ``after`` is empty for an end."""

    before: str
    after: str
    word: str
    when: str


def columns(keys: Iterable[str], steps: Iterable[Step], start: str) -> dict[str, int]:
    """A column for each thing, so that what came later stands further to the right, as far as there is no circle."""
    found = {start: 0}
    links = [step for step in steps if step.after]
    for _ in range(len(links) + 1):
        for step in links:
            if step.before in found and found.get(step.after, -len(links)) <= found[step.before]:
                found[step.after] = found[step.before] + 1
            elif step.after in found and step.before not in found:
                found[step.before] = found[step.after] - 1
    least = min(found.values())
    return {key: min(found.get(key, 0) - least, len(links)) for key in keys}


def lineage(about: About, kin: list[Kin], steps: list[Step]) -> Markup:
    """The graphic: boxes in columns, lines between them with what happened, and when."""
    rows: dict[int, list[Kin]] = defaultdict(list)
    for one in kin:
        rows[one.column].append(one)
    most = max(len(column) for column in rows.values())
    width = (max(rows) + 1) * (BOX + GAP_X) - GAP_X + 2 * EDGE + (GAP_X if any(not step.after for step in steps) else 0)
    svg = canvas(about, most * (HIGH + GAP_Y) - GAP_Y + 2 * EDGE, links=True, width=width)
    svg.set("width", str(width))
    places = {
        one.key: (EDGE + number * (BOX + GAP_X), EDGE + row * (HIGH + GAP_Y))
        for number, column in rows.items()
        for row, one in enumerate(column)
    }
    for step in steps:
        _line(svg, step, places)
    for one in kin:
        x, y = places[one.key]
        group = linked(svg, "" if one.here else one.href, f"{one.name}. {one.beside}")
        box = {"x": x, "y": y, "width": BOX, "height": HIGH, "rx": 6}
        part(group, "rect", class_="node-here" if one.here else "node", **box)
        text(group, shortened(one.name, BOX - 20), x + 10, y + 19)
        text(group, shortened(one.beside, BOX - 20), x + 10, y + 36, "start", "label-soft")
    return markup(svg)


def _line(svg: Element, step: Step, places: dict[str, tuple[int, int]]) -> None:
    left, top = places[step.before]
    x, y = left + BOX, top + HIGH // 2
    if step.after:
        end_x, end_y = places[step.after]
        end_y += HIGH // 2
        middle = (x + end_x) / 2
        part(svg, "path", d=f"M{x} {y}C{middle} {y} {middle} {end_y} {end_x} {end_y}", class_="line-soft")
        part(svg, "path", d=f"M{end_x - 7} {end_y - 4}L{end_x} {end_y}L{end_x - 7} {end_y + 4}", class_="line-soft")
    else:
        end_x, end_y = x + GAP_X - 20, y
        part(svg, "path", d=f"M{x} {y}H{end_x}M{end_x} {y - 8}V{y + 8}", class_="line-soft")
    at = (x + end_x) / 2, y  # beside the box that it comes from: lines that meet have their words apart
    text(svg, shortened(step.word, GAP_X - 8), at[0], at[1] - 6, "middle", "label-soft")
    if step.when:
        text(svg, step.when, at[0], at[1] + 15, "middle", "label-soft")
