"""Where things stand on a PDF page: as stored, turned so that its text is upright, and as a viewer shows it."""

from __future__ import annotations

import math
from typing import NamedTuple

Box = tuple[float, float, float, float]


class Frame(NamedTuple):
    """The visible part of a page as stored (y goes up), how a viewer turns it, and how its text runs.

    ``rotation`` counts quarter turns clockwise, ``angle`` those of the text counter-clockwise on the page as stored: a
    page is mostly turned so that its text becomes upright, and then they are the same. ``slant`` is by how many degrees
    its lines rise to the right: a skewed scan is made straight before it is read.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0
    angle: int = 0
    slant: float = 0.0

    def turned(self, x: float, y: float) -> tuple[float, float]:
        """A place on the page as stored, turned so that the text is upright and y goes down."""
        if self.angle == 0:
            return x, -y
        return ((y, x), (-x, y), (-y, -x))[self.angle - 1]

    def turned_box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box on the page as stored, turned: left, top, right, bottom."""
        (x0, y0), (x1, y1) = self.turned(left, bottom), self.turned(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    @property
    def visible(self) -> Box:
        """The visible part of the page, turned."""
        return self.turned_box(self.left, self.bottom, self.right, self.top)

    def shown(self, box: Box) -> Box:
        """A turned box as a viewer shows it: in points from the upper left corner of the visible page, inside it."""
        box = self._slanted(box) if self.slant else box
        (x0, y0), (x1, y1) = self._shown(*box[:2]), self._shown(*box[2:])
        width, height = self.right - self.left, self.top - self.bottom
        if self.rotation % 2:
            width, height = height, width
        xs = sorted(min(max(x, 0.0), width) for x in (x0, x1))
        ys = sorted(min(max(y, 0.0), height) for y in (y0, y1))
        return round(xs[0], 1), round(ys[0], 1), round(xs[1], 1), round(ys[1], 1)

    def _slanted(self, box: Box) -> Box:
        """What holds a box of the straight page on the skewed one, which was turned about its middle."""
        left, top, right, bottom = self.visible
        x, y = (left + right) / 2, (top + bottom) / 2
        cos, sin = math.cos(math.radians(self.slant)), math.sin(math.radians(self.slant))
        corners = [(a - x, b - y) for a in (box[0], box[2]) for b in (box[1], box[3])]
        xs = [x + a * cos + b * sin for a, b in corners]
        ys = [y + b * cos - a * sin for a, b in corners]
        return min(xs), min(ys), max(xs), max(ys)

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        x, y = ((x, -y), (y, x), (-x, y), (-y, -x))[self.angle]
        if self.rotation == 0:
            return x - self.left, self.top - y
        return ((y - self.bottom, x - self.left), (self.right - x, y - self.bottom), (self.top - y, self.right - x))[
            self.rotation - 1
        ]


NOWHERE = Frame(0.0, 0.0, 0.0, 0.0)
