"""Scans that are image files: PNG, JPEG, and TIFF with a picture for each page."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageFile, ImageOps, ImageSequence

from kommungraf import limits
from kommungraf.errors import InputError
from kommungraf.model.source import SourceFile, Text
from kommungraf.read import ocr
from kommungraf.read.ocr_page import Picture
from kommungraf.read.ocr_scans import not_installed, recognised_pages, scan_issues
from kommungraf.read.pdf import Page, composed
from kommungraf.read.pdf_frame import NOWHERE

_FORMATS = ("PNG", "JPEG", "TIFF")
_MOST_PIXELS = 20_000_000  # more tells the recogniser nothing
_LARGEST = 200_000_000  # pixels: a larger picture is no page
_STRETCHED = 4.2  # times: no fax has pixels that are more unlike
_SHORT_SIDE = 595.0  # points: a page of A4
_LIKELY = (250.0, 1700.0)  # points: the long side of a page, from a small receipt to A2
_FAULTS = (OSError, SyntaxError, ValueError, EOFError, struct.error, Image.DecompressionBombError)


def read_image(data: bytes, file: SourceFile) -> Text:
    """Read a picture of one page, or of one page after the other.

    Raises :class:`~kommungraf.errors.InputError`: ``no-ocr`` when no recogniser is installed, ``damaged``,
    ``too-large``, ``no-text`` when there is no print in it.
    """
    if not ocr.engine():
        raise InputError("no-ocr", not_installed(f"{file.name} is a picture"))
    scans = recognised_pages(_pictures(data, file.name))
    pages = [Page([], [], False, NOWHERE, picture=True).with_scan(scan) for _, scan in sorted(scans.items())]
    if all(page.empty for page in pages):
        raise InputError("no-text", f"{file.name} is a picture in which no print could be made out.")
    text = composed(pages, file)
    text.issues = list(scan_issues(scans, file.name))
    return text


def _pictures(data: bytes, name: str) -> Iterator[tuple[int, Picture]]:
    """The pictures in a file, numbered from 1, one decoded at a time."""
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # of all Pillow: another library may have asked for whatever can be had
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow's word for faults that it can live with
            with Image.open(io.BytesIO(data), formats=_FORMATS) as image:
                if getattr(image, "n_frames", 1) > (most := limits.in_force().pages):
                    raise InputError("too-large", f"{name} has more than {most} pages; split it.")
                for number, frame in enumerate(ImageSequence.Iterator(image), 1):
                    if frame.width * frame.height > _LARGEST:
                        raise InputError("too-large", f"Picture {number} of {name} is larger than any page.")
                    yield number, _picture(frame)
    except _FAULTS as error:
        raise InputError("damaged", f"{name} is a damaged picture and cannot be read.") from error


def _picture(frame: Image.Image) -> Picture:
    """A picture in grey, upright as the camera says, on white where it is clear."""
    frame, told = _square(frame)
    image = ImageOps.exif_transpose(frame)
    if image.has_transparency_data:
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image.convert("RGBA"))
    grey = image.convert("L")
    dpi = resolution(grey.size, told)
    width, height = grey.width * 72.0 / dpi, grey.height * 72.0 / dpi
    if grey.width * grey.height > _MOST_PIXELS:
        scale = (_MOST_PIXELS / (grey.width * grey.height)) ** 0.5
        grey = grey.resize((round(grey.width * scale), round(grey.height * scale)), Image.Resampling.BOX)
        dpi *= scale
    return Picture(np.asarray(grey), dpi, width, height)


def _square(frame: Image.Image) -> tuple[Image.Image, float]:
    """The picture with pixels as wide as high, and its resolution: a fax has half as many rows as columns."""
    across, down = (float(dots) for dots in frame.info.get("dpi", (0, 0)))
    stretch = across / down if across > 0 and down > 0 else 1.0
    if not 1.05 < max(stretch, 1 / stretch) < _STRETCHED:
        return frame, across
    size = (frame.width, round(frame.height * stretch)) if stretch > 1 else (round(frame.width / stretch), frame.height)
    grey = frame.convert("L").resize(size, Image.Resampling.BICUBIC)
    return grey, max(across, down)


def resolution(size: tuple[int, int], told: float) -> float:
    """Dots per inch: as the file tells, where the page is then of a likely size, else as if it were A4."""
    low, high = _LIKELY
    if told > 0 and low <= max(size) * 72.0 / told <= high:
        return told
    return max(1.0, min(size) * 72.0 / _SHORT_SIDE)
