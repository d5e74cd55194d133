"""Which pages of a PDF are pictures, and these pages recognised, several at a time."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kommungraf import limits
from kommungraf.errors import Issue
from kommungraf.read import ocr
from kommungraf.read.ocr_page import Picture, Scan, recognise, settle_fonts
from kommungraf.read.ocr_turns import turns
from kommungraf.read.pdf_page import PageContent

_USUAL, _COARSEST, _FINEST = 300.0, 100.0, 400.0  # dots per inch
_MOST_PIXELS = 20_000_000
_FEW = 200  # characters: a stamp, a signing service's line on a scanned page
_PICTURE, _WHOLE = 0.4, 0.9  # of the page: a picture that may be the page's text, and one that is the page
UNTOLD = 0.8
"""The score of text that another program recognised: it tells none, and such text is seldom without faults."""


def is_picture(page: pdfium.PdfPage, content: PageContent) -> bool:
    """Whether the text of a page must be looked for in its picture: it has none, or hardly any beside a large image."""
    if content.characters >= _FEW:
        return False
    if not content.characters:
        return any(True for _ in islice(page.get_objects(), 1))
    width, height = page.get_size()
    return bool(sum(_areas(page)) > _PICTURE * width * height)


def _areas(page: pdfium.PdfPage) -> Iterator[float]:
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        yield (right - left) * (top - bottom)


def picture_of(page: pdfium.PdfPage) -> Picture:
    """The page as a viewer shows it; at the resolution of its image where it is one image, so that none is lost."""
    width, height = page.get_size()
    dpi = min(_resolution(page, width, height), (_MOST_PIXELS / (width * height)) ** 0.5 * 72.0)
    bitmap = page.render(scale=dpi / 72.0, grayscale=True)
    grey = np.array(bitmap.to_numpy()).reshape(bitmap.height, bitmap.width)
    bitmap.close()
    return Picture(grey, dpi, width, height)


def _resolution(page: pdfium.PdfPage, width: float, height: float) -> float:
    for image in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > _WHOLE * width * height:
            pixels, inches = max(image.get_px_size()), max(right - left, top - bottom) / 72.0
            return float(min(max(pixels / inches, _COARSEST), _FINEST))
    return _USUAL


def recognised_pages(pictures: Iterable[tuple[int, Picture]]) -> dict[int, Scan]:
    """The numbered pictures recognised, each within the time that a page may take; fonts are settled over all of them.

    Only as many are in memory as are recognised at the same time, and one that waits.
    """
    scans: dict[int, Future[Scan]] = {}
    seconds = limits.in_force().seconds_per_ocr_page
    with turns() as waiting, ThreadPoolExecutor(len(waiting.files)) as pool:
        for number, picture in pictures:
            turn = waiting.take()
            limits.more_time(seconds)
            scans[number] = pool.submit(_recognised, picture, seconds, turn)
            del picture
    done = {number: future.result() for number, future in scans.items()}
    settle_fonts([scan for scan in done.values() if scan.readable])
    return done


def _recognised(picture: Picture, seconds: float, turn: int) -> Scan:
    try:
        return recognise(picture, seconds)
    finally:
        os.close(turn)


def scan_issues(scans: dict[int, Scan], name: str) -> Iterator[Issue]:
    """What could not be made out."""
    for number, scan in scans.items():
        if scan.slow:
            message = f"Page {number} of {name} is a picture that took too long to recognise: nothing was read of it."
            yield Issue(name, "read", "slow-page", message, page=number)
        elif not scan.readable and not scan.blank:
            message = (
                f"Page {number} of {name} is a picture in which hardly any print could be made out (a photo, a map,"
                " handwriting or a poor scan): nothing was read of it."
            )
            yield Issue(name, "read", "unreadable", message, page=number)


def not_installed(where: str) -> str:
    """The sentence for pages that wait for a recogniser."""
    return f"{where} and no text recogniser is installed; install it and build again: {ocr.INSTALL}"
