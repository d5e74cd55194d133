"""The picture of a page before its letters are read: light made even, the skew measured, ruled lines found and erased.

A picture is an array of grey values (rows from above, 0 black, 255 white); ``ink`` is where it is dark.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Grey = NDArray[np.uint8]
Ink = NDArray[np.bool_]

_BLOCK = 16  # pixels: paper is measured in squares of this size
_DIMMEST = 0.55  # of the usual paper: what is darker is a filled area, not a shadow
_MOST_BEYOND = 0.35  # of a picture: more that is dark is a dark page
_MOST_SKEW, _STEP, _FINE = 7.0, 0.25, 0.05  # degrees
_SKEW_WIDTH = 1000  # pixels: enough to measure a skew
_LEVEL = 0.04  # degrees: less is not worth turning for
_FULL = 0.92  # of the pixels of a ruled line are dark
_ACROSS, _DOWN = 0.3, 0.18  # inches: no stroke of a letter is as wide, and of a letter of text as high
_ALONE = 0.6  # inches: an upright line this long is none of a large letter's
_THICK = 0.045  # inches: what is thicker is an area
_NEAR = 0.04  # inches


Segment = tuple[float, float, float, tuple[int, int]]  # start, middle row, end, and first and last row


class Line(NamedTuple):
    """A ruled line in a picture, in pixels; ``x0 == x1`` or ``y0 == y1``."""

    x0: float
    y0: float
    x1: float
    y1: float


def evened(grey: Grey) -> Grey:
    """The picture with paper that is white everywhere: shadows, yellowed paper, a grey cast and dark edges are gone."""
    height, width = grey.shape
    small = Image.fromarray(grey).resize(
        (max(1, width // _BLOCK), max(1, height // _BLOCK)), Image.Resampling.BOX, reducing_gap=None
    )
    paper = small.filter(ImageFilter.MaxFilter(3)).filter(ImageFilter.MedianFilter(5))
    light = np.asarray(paper.resize((width, height), Image.Resampling.BILINEAR), dtype=np.float32)
    dimmest = max(1.0, _DIMMEST * float(np.median(light)))
    light = np.maximum(light, dimmest)
    even = np.minimum(255.0, grey * (250.0 / light)).astype(np.uint8)
    beyond = _beyond(np.asarray(small) < dimmest)
    if beyond.any():
        even[np.asarray(Image.fromarray(beyond).resize((width, height), Image.Resampling.NEAREST))] = 255
    return even


def _beyond(dark: Ink) -> Ink:
    """What lies beyond the paper: dark squares that reach from the edge of the picture, and those next to them."""
    edge = np.zeros_like(dark)
    edge[[0, -1]], edge[:, [0, -1]] = dark[[0, -1]], dark[:, [0, -1]]
    reached, count = edge, 0
    while int(reached.sum()) > count:
        count = int(reached.sum())
        reached = _wider(reached) & dark
    return np.zeros_like(dark) if reached.mean() > _MOST_BEYOND else _wider(reached)


def _wider(mask: Ink) -> Ink:
    """A mask and what is beside, above and below it."""
    wide = mask.copy()
    wide[1:] |= mask[:-1]
    wide[:-1] |= mask[1:]
    wide[:, 1:] |= mask[:, :-1]
    wide[:, :-1] |= mask[:, 1:]
    return wide


def ink_of(grey: Grey) -> Ink:
    """Where the picture is dark: below the threshold that parts its dark from its light best (Otsu's)."""
    counts = np.array(Image.fromarray(grey).histogram(), dtype=np.float64)
    below = np.cumsum(counts)
    sums = np.cumsum(counts * np.arange(256))
    total, mean = below[-1], sums[-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        between = (mean * below / total - sums) ** 2 / (below * (total - below))
    between[~np.isfinite(between)] = 0
    return grey <= int(np.argmax(between))


def skew_of(ink: Ink) -> float:
    """By how many degrees the lines of text rise to the right (negative: fall); 0.0 where nothing tells.

    Of all angles the right one gives rows that are either full of ink or empty.
    """
    step = max(1, ink.shape[1] // _SKEW_WIDTH)
    y, x = np.nonzero(ink[::step, ::step])
    if len(x) < 200:
        return 0.0
    coarse = np.arange(-_MOST_SKEW, _MOST_SKEW + _STEP / 2, _STEP)
    best = _best_angle(x, y, coarse)
    best = _best_angle(x, y, np.arange(best - _STEP, best + _STEP + _FINE / 2, _FINE))
    return 0.0 if abs(best) < _LEVEL or abs(best) > _MOST_SKEW - _STEP else float(best)


def _best_angle(x: NDArray[np.intp], y: NDArray[np.intp], angles: NDArray[np.float64]) -> float:
    return float(max(angles, key=lambda angle: contrast(x, y, float(angle))))


def contrast(x: NDArray[np.intp], y: NDArray[np.intp], angle: float) -> float:
    """How sharply rows of ink and rows of paper part when the points are turned back by an angle."""
    rows = np.round(y + x * math.tan(math.radians(angle))).astype(np.int64)
    profile = np.bincount(rows - rows.min()).astype(np.float64)
    return float(np.sum(np.diff(profile) ** 2))


def stands_on_end(ink: Ink) -> bool:
    """Whether the lines of text run up or down the picture."""
    step = max(1, max(ink.shape) // _SKEW_WIDTH)
    y, x = np.nonzero(ink[::step, ::step])
    if len(x) < 200:
        return False
    angles = np.arange(-_MOST_SKEW, _MOST_SKEW + 0.5, 0.5)
    return max(contrast(y, x, float(a)) for a in angles) > 1.5 * max(contrast(x, y, float(a)) for a in angles)


def turned(grey: Grey, degrees: float) -> Grey:
    """The picture turned clockwise by a small angle, white where there was nothing."""
    image = Image.fromarray(grey).rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=255)
    return np.asarray(image)


def ruled_lines(ink: Ink, dpi: float) -> tuple[list[Line], Ink]:
    """The ruled lines of a straight picture, and their pixels: long, thin and dark from end to end.

    Upright strokes that are no longer than those of large letters count only where they meet a line across.
    """
    across, lines = _long_lines(ink, dpi, _ACROSS)
    down, uprights = _long_lines(np.ascontiguousarray(ink.T), dpi, _DOWN)
    near = _NEAR * dpi
    found = [Line(x0, y, x1, y) for x0, y, x1, _ in lines]
    mask = across
    for start, x, end, (first, last) in uprights:
        upright = Line(x, start, x, end)
        if end - start > _ALONE * dpi or any(_meets(upright, line, near) for line in found if line.y0 == line.y1):
            found.append(upright)
            mask[int(start) : int(end) + 1, first : last + 1] |= down[first : last + 1, int(start) : int(end) + 1].T
    return found, mask


def _meets(upright: Line, across: Line, near: float) -> bool:
    inside = across.x0 - near <= upright.x0 <= across.x1 + near
    return inside and upright.y0 - near <= across.y0 <= upright.y1 + near


def _long_lines(ink: Ink, dpi: float, inches: float) -> tuple[Ink, list[Segment]]:
    """The pixels of the lines along the rows, and the lines."""
    mask = _long_runs(ink, dpi, inches)
    return mask, [one for one in regions(mask) if one[2] - one[0] >= 0.8 * inches * dpi]


def _long_runs(ink: Ink, dpi: float, inches: float) -> Ink:
    """The ink that lies in long thin runs along the rows."""
    length, thick = max(8, round(inches * dpi)), max(4, round(_THICK * dpi))
    found = np.zeros_like(ink)
    if ink.shape[1] <= length or ink.shape[0] <= thick:
        return found
    thickened = ink.copy()
    thickened[1:] |= ink[:-1]
    thickened[:-1] |= ink[1:]
    rows = _rows_with_runs(thickened, length)
    if len(rows):
        found[rows] = _opened(thickened[rows], length, _FULL) & thickened[rows]
        found &= ~_thick(ink, thick)
    return found


def _rows_with_runs(ink: Ink, length: int) -> NDArray[np.intp]:
    """The rows that may hold a long run: three quarters of its length lie in parts of the row that are mostly dark."""
    part = length // 4
    count = ink.shape[1] // part
    sums = np.add.reduceat(ink[:, : count * part], np.arange(0, count * part, part), axis=1, dtype=np.int16)
    dark = sums >= part - (1 - _FULL) * length
    return np.flatnonzero((dark[:, 2:] & dark[:, 1:-1] & dark[:, :-2]).any(axis=1))


def _thick(ink: Ink, length: int) -> Ink:
    """The ink in upright runs of at least a length."""
    starts = _runs_of(ink, length)
    ends = np.zeros_like(ink)
    ends[length - 1 :] = starts[: ink.shape[0] - length + 1]
    return _runs_of(ends, length, spread=True)


def _runs_of(ink: Ink, length: int, *, spread: bool = False) -> Ink:
    """Where a run of a length begins going down; ``spread``: where any of that many pixels further down is dark."""
    result, done = ink.copy(), 1
    combine = np.logical_or if spread else np.logical_and
    while done < length:
        step = min(done, length - done)
        combine(result[:-step], result[step:], out=result[:-step])
        if not spread:
            result[-step:] = False
        done += step
    return result


def _opened(ink: Ink, length: int, full: float) -> Ink:
    """What windows of a length along the rows cover, in which at least a share of the pixels is dark."""
    sums = np.zeros((ink.shape[0], ink.shape[1] + 1), dtype=np.int32)
    np.cumsum(ink, axis=1, out=sums[:, 1:])
    windows = sums[:, length:] - sums[:, :-length] >= full * length
    covers = np.zeros((ink.shape[0], ink.shape[1] + 1), dtype=np.int32)
    covers[:, : windows.shape[1]] += windows
    covers[:, length : length + windows.shape[1]] -= windows
    return np.cumsum(covers, axis=1)[:, :-1] > 0


def regions(mask: Ink) -> list[Segment]:
    """The lines along the rows of a mask: runs of neighbouring rows that overlap are one."""
    inked = np.flatnonzero(mask.any(axis=1))
    edges = np.diff(mask[inked].astype(np.int8), axis=1, prepend=0, append=0)
    places, starts = np.nonzero(edges == 1)
    rows, ends = inked[places], np.nonzero(edges == -1)[1]
    lines: list[list[int]] = []  # x0, x1, first row, last row
    growing: list[list[int]] = []
    for y, x0, x1 in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
        growing = [line for line in growing if line[3] >= y - 2]
        line = next((one for one in growing if one[0] < x1 and x0 < one[1]), None)
        if line is None:
            line = [x0, x1, y, y]
            lines.append(line)
            growing.append(line)
        line[0], line[1], line[3] = min(line[0], x0), max(line[1], x1), y
    return [(float(x0), (first + last) / 2, float(x1), (first, last)) for x0, x1, first, last in lines]


def erased(grey: Grey, mask: Ink) -> Grey:
    """The picture without the pixels of a mask and those around them."""
    wide = mask.copy()
    for step in (1, 2):
        wide[step:] |= mask[:-step]
        wide[:-step] |= mask[step:]
        wide[:, step:] |= mask[:, :-step]
        wide[:, :-step] |= mask[:, step:]
    return np.bitwise_or(grey, -wide.view(np.uint8))
