"""The parts of every graphic: elements with text that stays text, patterns that stand in for colour, legends.

A graphic scales by its ``viewBox``. It has a title and a description, no ``style`` attributes (the pages forbid them);
colours come from classes of ``static/charts.css``, so that dark mode and printing work. What a colour says, a pattern
or a letter says, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from markupsafe import Markup

Element = ElementTree.Element
WIDTH = 720
"""Units of the drawing from left to right; a unit is a pixel of a graphic that is shown at this width."""
ROW = 24
"""Height of a line of a legend or a row."""
STYLES = 10
"""How many fills can be told apart, in colour and without; the last one is an empty frame."""
_LETTER = 7.4
"""Mean width of a letter of the usual text, for what has to fit."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class About:
    """What a graphic is called and shows. ``key`` tells it from others on a page (letters, digits and ``-``)."""

    key: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Key:
    """An entry of a legend: a fill by its number (0 … 9), the letter that says the same, and what it means."""

    style: int
    label: str
    letter: str = ""


def part(parent: Element, tag: str, text: str = "", /, **attributes: str | float) -> Element:
    """A new element in ``parent``; attributes are written ``font_size`` for ``font-size`` and ``class_``."""
    named = {name.rstrip("_").replace("_", "-"): written(value) for name, value in attributes.items()}
    made = ElementTree.SubElement(parent, tag, named)
    made.text = clean(text) or None
    return made


def written(value: str | float) -> str:
    """An attribute's value; numbers with at most two decimals."""
    return clean(value) if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")


def clean(text: str) -> str:
    """Text without what XML does not allow."""
    return _NOT_XML.sub("\ufffd", text)


def canvas(about: About, height: float, links: bool, width: float = WIDTH) -> Element:
    """An empty graphic. One with links is a group, as the inside of an image is hidden from those who listen."""
    names = f"{about.key}-title {about.key}-desc"
    role = "group" if links else "img"
    svg = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": f"0 0 {written(width)} {written(height)}"})
    svg.attrib |= {"role": role, "aria-labelledby": names, "class": "graphic"}
    part(svg, "title", about.title, id=f"{about.key}-title")
    part(svg, "desc", about.description, id=f"{about.key}-desc")
    return svg


def markup(svg: Element) -> Markup:
    """The graphic for a template: every text in it is escaped."""
    return Markup(ElementTree.tostring(svg, encoding="unicode"))


def linked(parent: Element, href: str, name: str) -> Element:
    """Where a mark is to be drawn: a link with a name when there is somewhere to go, else a group that has one."""
    if not href:
        group = part(parent, "g")
        part(group, "title", name)
        return group
    link = part(parent, "a", href=href, aria_label=name, class_="chart-link")
    part(link, "title", name)
    return link


def box(parent: Element, about: About, style: int, x: float, y: float, width: float, height: float) -> None:
    """A filled rectangle: its colour, and over it its pattern."""
    at = {"x": x, "y": y, "width": width, "height": height}
    part(parent, "rect", class_=f"chart-fill chart-s{style % STYLES}", **at)
    if style % STYLES in _PATTERNS:
        part(parent, "rect", fill=f"url(#{about.key}-p{style % STYLES})", aria_hidden="true", **at)


def patterns(svg: Element, about: About, styles: Iterable[int]) -> None:
    """Define the patterns of the fills that are used; the first and the last fill are plain."""
    used = sorted({style % STYLES for style in styles} & _PATTERNS.keys())
    if not used:
        return
    defs = part(svg, "defs")
    for style in used:
        shape = part(defs, "pattern", id=f"{about.key}-p{style}", width=8, height=8, patternUnits="userSpaceOnUse")
        path, filled = _PATTERNS[style]
        part(shape, "path", d=path, class_="chart-dot" if filled else "chart-hatch")


_PATTERNS = {
    1: ("M-2 2L2 -2M-2 10L10 -2M6 10L10 6", False),
    2: ("M2 2h2v2h-2zM6 6h2v2h-2z", True),
    3: ("M-2 6L2 10M-2 -2L10 10M6 -2L10 2", False),
    4: ("M0 4H8", False),
    5: ("M4 0V8", False),
    6: ("M0 4H8M4 0V8", False),
    7: ("M3 3h3v3h-3z", True),
    8: ("M-2 -2L10 10M-2 10L10 -2", False),
}
"""What is drawn over a fill, in a square of 8: a path, and whether it is filled or drawn as lines."""


def text(parent: Element, said: str, x: float, y: float, /, anchor: str = "start", kind: str = "") -> Element:
    """A line of text. ``kind`` is a class beside that of all text."""
    return part(parent, "text", said, x=x, y=y, text_anchor=anchor, class_=f"chart-text {kind}".strip())


def width_of(said: str) -> float:
    """About how wide a text is."""
    return len(said) * _LETTER


def shortened(said: str, room: float) -> str:
    """A text that fits; what is cut off ends in an ellipsis."""
    most = max(2, int(room / _LETTER))
    return said if len(said) <= most else said[: most - 1].rstrip() + "…"


def legend_height(keys: Sequence[Key], width: float = WIDTH) -> float:
    """How high the legend will be."""
    return (1 + max((row for _, row, _ in _placed(keys, width)), default=-1)) * ROW + (8 if keys else 0)


def legend(svg: Element, about: About, keys: Sequence[Key], top: float, width: float = WIDTH) -> None:
    """What the fills mean, in as many lines as it takes."""
    for x, row, key in _placed(keys, width):
        y = top + 8 + row * ROW
        box(svg, about, key.style, x, y, 16, 16)
        said = f"{key.letter} {key.label}" if key.letter else key.label
        text(svg, said, x + 22, y + 13)


def _placed(keys: Sequence[Key], width: float) -> list[tuple[float, int, Key]]:
    placed: list[tuple[float, int, Key]] = []
    x, row = 0.0, 0
    for key in keys:
        wide = 22 + width_of(f"{key.letter} {key.label}") + 18
        if x and x + wide > width:
            x, row = 0.0, row + 1
        placed.append((x, row, key))
        x += wide
    return placed
