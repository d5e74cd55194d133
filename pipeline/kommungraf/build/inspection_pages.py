"""Pictures of a file's pages with the places of words that no block holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium

from kommungraf.build.inspection import Inspection
from kommungraf.model.source import Place
from kommungraf.read import pictures as drawing
from kommungraf.read.detect import PDF
from kommungraf.read.pictures import Picture

_SLACK = 1.5  # points that a word may stand out of its block
_MOST_WORDS = 400


@dataclass(frozen=True, slots=True)
class PagePicture(Picture):
    """A page as a picture, and where words stand that belong to no block."""

    unread: list[Place]

    @classmethod
    def of(cls, picture: Picture, unread: list[Place]) -> PagePicture:
        """A picture with what is unread on it."""
        return cls(picture.number, picture.width, picture.height, picture.image, unread)


def has_pictures(inspection: Inspection) -> bool:
    """Whether the format has pages that can be shown."""
    return drawing.has_pictures(inspection.media_type)


def pictures(inspection: Inspection, data: bytes, pages: Iterable[int], pixels: int = 1000) -> Iterator[PagePicture]:
    """The pages of a file as pictures about ``pixels`` wide, one after the other.

    Raises :class:`~kommungraf.errors.InputError` (``damaged``) when a page cannot be drawn.
    """
    wanted = [page for page in pages if 1 <= page <= inspection.pages]
    if inspection.media_type == PDF:
        with drawing.opened(data, inspection.name) as document:
            for number in wanted:
                with drawing.turned_to(document, number, inspection.name) as page:
                    picture = drawing.drawn(page, number, inspection.name, pixels)
                    places = [place for block in inspection.on_page(number) for place in block.places]
                    yield PagePicture.of(picture, list(_unread(page, number, places)))
    else:
        for picture in drawing.pictures(data, inspection.media_type, inspection.name, wanted, pixels):
            yield PagePicture.of(picture, [])


def _unread(page: pdfium.PdfPage, number: int, places: list[Place]) -> Iterator[Place]:
    """Where words stand that no block of the page holds: running heads, page numbers, what nobody sees."""
    frame = drawing.frame_of(page)
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
