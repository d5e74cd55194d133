"""Where things stand on a PDF page: as stored, turned so that its text is upright, and as a viewer shows it."""

from __future__ import annotations

from typing import NamedTuple

Box = tuple[float, float, float, float]


class Frame(NamedTuple):
    """The visible part of a page as stored (y goes up), how a viewer turns it, and how its text runs.

    ``rotation`` counts quarter turns clockwise, ``angle`` those of the text counter-clockwise on the page as stored: a
    page is mostly turned so that its text becomes upright, and then they are the same.
    """

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0
    angle: int = 0

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
        (x0, y0), (x1, y1) = self._shown(*box[:2]), self._shown(*box[2:])
        width, height = self.right - self.left, self.top - self.bottom
        if self.rotation % 2:
            width, height = height, width
        xs = sorted(min(max(x, 0.0), width) for x in (x0, x1))
        ys = sorted(min(max(y, 0.0), height) for y in (y0, y1))
        return round(xs[0], 1), round(ys[0], 1), round(xs[1], 1), round(ys[1], 1)

    def _shown(self, x: float, y: float) -> tuple[float, float]:
        x, y = ((x, -y), (y, x), (-x, y), (-y, -x))[self.angle]
        if self.rotation == 0:
            return x - self.left, self.top - y
        return ((y - self.bottom, x - self.left), (self.right - x, y - self.bottom), (self.top - y, self.right - x))[
            self.rotation - 1
        ]


NOWHERE = Frame(0.0, 0.0, 0.0, 0.0)
