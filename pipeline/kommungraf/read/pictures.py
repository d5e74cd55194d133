"""Pages of a file as pictures, as a viewer shows them."""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image, ImageOps

from kommungraf.errors import InputError
from kommungraf.read.detect import JPEG, PDF, PNG, TIFF
from kommungraf.read.image import resolution
from kommungraf.read.pdf_frame import Frame

_MOST_PIXELS = 4_000_000
_QUALITY = 72  # of JPEG: letters stay sharp enough to read


@dataclass(frozen=True, slots=True)
class Picture:
    """A page: its number, its size in points, and how it looks."""

    number: int
    width: float
    height: float
    image: Image.Image

    def jpeg(self) -> bytes:
        """The picture, packed for the web."""
        packed = io.BytesIO()
        self.image.convert("RGB").save(packed, "JPEG", quality=_QUALITY, optimize=True)
        return packed.getvalue()

    def png(self) -> bytes:
        """The picture with every letter sharp: few colours, as a printed page has."""
        packed = io.BytesIO()
        self.image.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(packed, "PNG", optimize=False)
        return packed.getvalue()


def has_pictures(media_type: str) -> bool:
    """Whether a format has pages that can be shown."""
    return media_type in (PDF, PNG, JPEG, TIFF)


def pictures(data: bytes, media_type: str, name: str, pages: Iterable[int], pixels: int) -> Iterator[Picture]:
    """Pages of a file, counted from 1, as pictures about ``pixels`` wide, one after the other.

    Raises :class:`~kommungraf.errors.InputError` (``damaged``) when a page cannot be drawn.
    """
    if media_type == PDF:
        with opened(data, name) as document:
            for number in pages:
                with turned_to(document, number, name) as page:
                    yield drawn(page, number, name, pixels)
    elif has_pictures(media_type):
        yield from _of_scan(data, name, pages, pixels)


@contextmanager
def opened(data: bytes, name: str) -> Iterator[pdfium.PdfDocument]:
    """A PDF, closed in the end. Raises :class:`~kommungraf.errors.InputError` when it is none."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise InputError("damaged", f"{name} cannot be opened.") from error
    try:
        yield document
    finally:
        document.close()


@contextmanager
def turned_to(document: pdfium.PdfDocument, number: int, name: str) -> Iterator[pdfium.PdfPage]:
    """A page of a PDF, counted from 1."""
    try:
        page = document[number - 1]
    except (pdfium.PdfiumError, IndexError) as error:
        raise InputError("damaged", f"Page {number} of {name} cannot be drawn.") from error
    try:
        yield page
    finally:
        page.close()


def drawn(page: pdfium.PdfPage, number: int, name: str, pixels: int) -> Picture:
    """A page of a PDF as a picture."""
    try:
        width, height = page.get_size()
        image = page.render(scale=_scale(width, height, pixels)).to_pil()
    except pdfium.PdfiumError as error:
        raise InputError("damaged", f"Page {number} of {name} cannot be drawn.") from error
    return Picture(number, width, height, image)


def frame_of(page: pdfium.PdfPage) -> Frame:
    """How a viewer shows a page."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation() // 90)


def _of_scan(data: bytes, name: str, pages: Iterable[int], pixels: int) -> Iterator[Picture]:
    try:
        with Image.open(io.BytesIO(data)) as file:
            for number in pages:
                file.seek(number - 1)
                image = ImageOps.exif_transpose(file).convert("RGB")
                width, height = _size(image, file.info.get("dpi", (0, 0))[0])
                scale = _scale(width, height, pixels)
                image.thumbnail((max(1, round(width * scale)), max(1, round(height * scale))))
                yield Picture(number, width, height, image)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise InputError("damaged", f"A page of {name} cannot be drawn.") from error


def _scale(width: float, height: float, pixels: int) -> float:
    return min(pixels / max(width, 1.0), math.sqrt(_MOST_PIXELS / max(width * height, 1.0)))


def _size(image: Image.Image, told: float) -> tuple[float, float]:
    """The size of a picture in points, as the reader of pictures takes it to be."""
    point = 72.0 / resolution(image.size, float(told))
    return image.width * point, image.height * point
