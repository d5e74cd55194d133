"""The straight lines among what is drawn on a PDF page: rules, the edges of boxes, dots and dashes that make a line."""

from __future__ import annotations

import ctypes
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kommungraf.read.pdf_bullets import is_dot
from kommungraf.read.pdf_frame import Box

_THIN = 4.0  # points: a narrower box is a line
_DOT = 2.0  # points: smaller in both directions, a dot of a line that may run either way
_WHITE = 250  # of 255: nobody sees such a box on paper
_FAR = 50_000.0  # points: no paper is as large
_PAPER = 0.9  # of width and height: a box this large is the paper


class Rule(NamedTuple):
    """A ruled line, horizontal (``y0 == y1``) or vertical (``x0 == x1``)."""

    x0: float
    y0: float
    x1: float
    y1: float


def page_rules(page: pdfium.PdfPage) -> tuple[list[Rule], list[Box]]:
    """The straight lines and the edges of boxes among the page's paths, as they stand in the page; and small dots."""
    found: list[Rule] = []
    dots: list[Box] = []
    left, bottom, right, top = page.get_mediabox()
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3):
        x0, y0, x1, y1 = item.get_bounds()
        if not (-_FAR < x0 <= x1 < _FAR and -_FAR < y0 <= y1 < _FAR):
            continue  # nowhere, or no number at all
        if x1 - x0 > _PAPER * (right - left) and y1 - y0 > _PAPER * (top - bottom):
            continue
        if is_dot(x1 - x0, y1 - y0):
            dots.append((x0, y0, x1, y1))
        if x1 - x0 < _THIN or y1 - y0 < _THIN:
            found += _thin(x0, y0, x1, y1)
        elif raw.FPDFPath_CountSegments(item) > 5:
            found += _segments(item)
        elif not _unseen(item):
            found += (Rule(x0, y1, x1, y1), Rule(x0, y0, x1, y0), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1))
    return found, dots


def _thin(left: float, bottom: float, right: float, top: float) -> list[Rule]:
    """A line, or a box so thin that it is one."""
    if is_dot(right - left, top - bottom) and right - left > _DOT:
        return []
    x, y = (left + right) / 2, (bottom + top) / 2
    flat, upright = Rule(left, y, right, y), Rule(x, bottom, x, top)
    if right - left < _DOT and top - bottom < _DOT:
        return [flat, upright]
    return [flat] if right - left >= top - bottom else [upright]


def _unseen(box: Any) -> bool:
    """Whether a box is only filled, and with white."""
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(box, mode, stroked)
    if stroked.value:
        return False
    colour = [ctypes.c_uint() for _ in range(4)]
    return bool(raw.FPDFPageObj_GetFillColor(box, *colour)) and all(part.value >= _WHITE for part in colour[:3])


def _segments(path: Any) -> list[Rule]:
    """The straight horizontal and vertical segments of a path with many of them: a whole grid drawn at once."""
    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    found: list[Rule] = []
    begin = last = (0.0, 0.0)
    for number in range(raw.FPDFPath_CountSegments(path)):
        segment = raw.FPDFPath_GetPathSegment(path, number)
        kind = raw.FPDFPathSegment_GetType(segment)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            begin = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            found += _straight(last, point)
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            found += _straight(last, begin)
            last = begin
    return found


def _straight(one: tuple[float, float], other: tuple[float, float]) -> list[Rule]:
    (x0, y0), (x1, y1) = one, other
    if abs(y0 - y1) < 0.5 and abs(x0 - x1) >= 1:
        return [Rule(min(x0, x1), y0, max(x0, x1), y0)]
    if abs(x0 - x1) < 0.5 and abs(y0 - y1) >= 1:
        return [Rule(x0, min(y0, y1), x0, max(y0, y1))]
    return []
