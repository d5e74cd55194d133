"""Pictures of a file's pages, as a viewer shows them, with the places of words that no block holds."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from kommungraf.build.inspection import Inspection
from kommungraf.errors import InputError
from kommungraf.model.source import Place
from kommungraf.read.detect import JPEG, PDF, PNG, TIFF
from kommungraf.read.image import resolution
from kommungraf.read.pdf_frame import Frame

_MOST_PIXELS = 4_000_000
_QUALITY = 72  # of JPEG: letters stay sharp enough to read
_SLACK = 1.5  # points that a word may stand out of its block
_MOST_WORDS = 400


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page: its number, its size in points, its picture, and where words stand that belong to no block."""

    number: int
    width: float
    height: float
    image: Image.Image
    unread: list[Place]

    def jpeg(self) -> bytes:
        """The picture, packed for the web."""
        packed = io.BytesIO()
        self.image.convert("RGB").save(packed, "JPEG", quality=_QUALITY, optimize=True)
        return packed.getvalue()


def has_pictures(inspection: Inspection) -> bool:
    """Whether the format has pages that can be shown."""
    return inspection.media_type in (PDF, PNG, JPEG, TIFF)


def pictures(inspection: Inspection, data: bytes, pages: Iterable[int], pixels: int = 1000) -> Iterator[PagePicture]:
    """The pages of a file as pictures about ``pixels`` wide, one after the other.

    Raises :class:`~kommungraf.errors.InputError` (``damaged``) when a page cannot be drawn.
    """
    wanted = [page for page in pages if 1 <= page <= inspection.pages]
    if inspection.media_type == PDF:
        yield from _of_pdf(inspection, data, wanted, pixels)
    elif has_pictures(inspection):
        yield from _of_scan(inspection, data, wanted, pixels)


def _of_pdf(inspection: Inspection, data: bytes, pages: list[int], pixels: int) -> Iterator[PagePicture]:
    document = pdfium.PdfDocument(data)
    try:
        for number in pages:
            try:
                page = document[number - 1]
                width, height = page.get_size()
                scale = _scale(width, height, pixels)
                image = page.render(scale=scale).to_pil()
                unread = list(_unread(page, number, [p for b in inspection.on_page(number) for p in b.places]))
            except pdfium.PdfiumError as error:
                raise InputError("damaged", f"Page {number} of {inspection.name} cannot be drawn.") from error
            yield PagePicture(number, width, height, image, unread)
            page.close()
    finally:
        document.close()


def _unread(page: pdfium.PdfPage, number: int, places: list[Place]) -> Iterator[Place]:
    """Where words stand that no block of the page holds: running heads, page numbers, what nobody sees."""
    frame = _frame(page)
    layer = page.get_textpage()
    try:
        for index in range(min(layer.count_rects(), _MOST_WORDS)):
            x0, y0, x1, y1 = frame.shown(frame.turned_box(*layer.get_rect(index)))
            x, y = (x0 + x1) / 2, (y0 + y1) / 2
            held = any(
                place.page == number
                and place.x0 - _SLACK <= x <= place.x1 + _SLACK
                and place.y0 - _SLACK <= y <= place.y1 + _SLACK
                for place in places
            )
            if not held and x1 > x0 and y1 > y0:
                yield Place(number, x0, y0, x1, y1)
    finally:
        layer.close()


def _frame(page: pdfium.PdfPage) -> Frame:
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation() // 90)


def _of_scan(inspection: Inspection, data: bytes, pages: list[int], pixels: int) -> Iterator[PagePicture]:
    try:
        with Image.open(io.BytesIO(data)) as file:
            for number in pages:
                file.seek(number - 1)
                image = ImageOps.exif_transpose(file).convert("RGB")
                width, height = _size(image, file.info.get("dpi", (0, 0))[0])
                scale = _scale(width, height, pixels)
                image.thumbnail((max(1, round(width * scale)), max(1, round(height * scale))))
                yield PagePicture(number, width, height, image, [])
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise InputError("damaged", f"A page of {inspection.name} cannot be drawn.") from error


def _scale(width: float, height: float, pixels: int) -> float:
    return min(pixels / max(width, 1.0), math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))


def _size(image: Image.Image, told: float) -> tuple[float, float]:
    """The size of a picture in points, as the reader of pictures takes it to be."""
    point = 72.0 / resolution(image.size, float(told))
    return image.width * point, image.height * point
