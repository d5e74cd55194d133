"""What nobody reads on a PDF page: text without ink, white on white, outside of the page; and watermarks."""

from __future__ import annotations

import ctypes
from typing import Any, Literal

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kommungraf.read.pdf_frame import Box, Frame

Unseen = Literal["", "hidden-text", "outside-page", "watermark", "recognised"]
WHY: dict[str, str] = {
    "hidden-text": "The text is in the file, but no reader of the page sees it.",
    "outside-page": "The text stands outside of the page that a viewer shows.",
    "watermark": "The text is printed askew, or pale and large, over the page.",
}
_WHITE, _PALE = 245, 160  # of 255, for the darkest of red, green and blue
_LARGE = 34.0  # points: a pale text of this size is no text of the page
_PICTURE = 0.6  # of the page: a picture this large is a scanned page
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)


class Sight:
    """Asks pdfium what of a page's text is seen; what lies under a text is looked up when it matters."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, frame: Frame) -> None:
        self.page = page
        self.textpage = textpage
        self.frame = frame
        self.colour = [ctypes.c_uint() for _ in range(4)]
        self._grounds: list[Box] | None = None
        self._scan: bool | None = None

    def of_line(self, first: int, last: int) -> tuple[Unseen, Unseen]:
        """Why nobody sees the first and the last character of a line, which mostly were drawn at once."""
        one, other = (raw.FPDFText_GetTextObject(self.textpage, index) for index in (first, last))
        seen = self.of(first, one)
        drawn_at_once = one and other and ctypes.addressof(one.contents) == ctypes.addressof(other.contents)
        return seen, seen if drawn_at_once else self.of(last, other)

    def of(self, index: int, item: Any) -> Unseen:
        """Why nobody sees a character of a text object; nothing where it is seen. ``recognised``: it lies on a scan."""
        if item and raw.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE:
            return "recognised" if self.is_scan() else "hidden-text"
        if not raw.FPDFText_GetFillColor(self.textpage, index, *self.colour):
            return ""
        red, green, blue, alpha = (part.value for part in self.colour)
        darkest = min(red, green, blue)
        if alpha and darkest < _PALE and alpha > 255 - _PALE:
            return ""
        return self._pale(item, darkest, alpha)

    def _pale(self, item: Any, darkest: int, alpha: int) -> Unseen:
        x0, y0, x1, y1 = (ctypes.c_float() for _ in range(4))
        if not item or not raw.FPDFPageObj_GetBounds(item, x0, y0, x1, y1):
            return ""
        x, y = (x0.value + x1.value) / 2, (y0.value + y1.value) / 2
        if alpha and any(a <= x <= c and b <= y <= d for a, b, c, d in self.grounds()):
            return ""
        if not alpha or darkest >= _WHITE:
            return "hidden-text"
        return "watermark" if min(x1.value - x0.value, y1.value - y0.value) > _LARGE * 0.7 else ""

    def grounds(self) -> list[Box]:
        """What is painted on the page and not white: white text can be read on it."""
        if self._grounds is None:
            kinds = [raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING]
            items = self.page.get_objects(filter=kinds, max_depth=3)
            self._grounds = [item.get_bounds() for item in items if self._is_painted(item)]
        return self._grounds

    def _is_painted(self, item: pdfium.PdfObject) -> bool:
        if item.type != raw.FPDF_PAGEOBJ_PATH:
            return True
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, mode, stroked)
        if not mode.value:
            return False
        colour = [ctypes.c_uint() for _ in range(4)]
        known = raw.FPDFPageObj_GetFillColor(item, *colour)
        return not known or (min(part.value for part in colour[:3]) < _WHITE and colour[3].value > 0)

    def is_scan(self) -> bool:
        """Whether a picture fills the page: what is invisible on it was recognised in it."""
        if self._scan is None:
            left, bottom, right, top = self.frame[:4]
            least = _PICTURE * (right - left) * (top - bottom)
            boxes = [i.get_bounds() for i in self.page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
            self._scan = sum((x1 - x0) * (y1 - y0) for x0, y0, x1, y1 in boxes) >= least
        return self._scan
