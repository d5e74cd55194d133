"""Pictures of the pages that a quote stands on, and where on them its words are."""

from __future__ import annotations

from dataclasses import dataclass

from kommungraf.errors import InputError
from kommungraf.model.source import Place
from kommungraf.query.nodes import Quote
from kommungraf.read.detect import PDF
from kommungraf.read.pictures import has_pictures, opened, pictures, turned_to
from kommungraf.read.words_on_page import words_on_page
from kommungraf.web.parts.documents import Document, document
from kommungraf.web.parts.passages import stored
from kommungraf.web.site import NotFoundError, Site

PIXELS = 1240
"""The width of a picture: a page of A4 at 150 dots per inch."""
_PAGE = 100_000
"""Characters that a page has at most, to be told apart from those before it."""
_MOST = 3
"""A quote over more pages is shown on the first of them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it looks: its number, its picture's address, its size in points, and where the quoted words are."""

    number: int
    picture: str
    width: float
    height: float
    places: list[Place]


def sheets(site: Site, quote: Quote) -> list[Sheet]:
    """The pages of a quote; none where its file is no longer there, has no pages, or cannot be drawn."""
    if quote.page is None:
        return []
    try:
        file = document(site, quote.sha256)
        return _sheets(site, file, quote, quote.page) if has_pictures(file.media_type) else []
    except (NotFoundError, InputError):
        return []


def _sheets(site: Site, file: Document, quote: Quote, first: int) -> list[Sheet]:
    parts = quote.text.split("\f")[:_MOST]
    before = _before(site, quote)
    found = []
    if file.media_type != PDF:
        picture = next(pictures(file.data, file.media_type, file.name, [first], PIXELS))
        return [Sheet(first, address(file.sha256, first), picture.width, picture.height, [])]
    with opened(file.data, file.name) as pdf:
        for number, part in enumerate(parts, first):
            with turned_to(pdf, number, file.name) as page:
                width, height = page.get_size()
                places = words_on_page(page, number, part, before if number == first else "")
                found.append(Sheet(number, address(file.sha256, number), width, height, places))
    return found


def _before(site: Site, quote: Quote) -> str:
    """What stands on the first page of a quote before it."""
    text = stored(site.texts / f"{quote.sha256}.txt") if site.texts is not None else None
    return text.read(quote.start - _PAGE, quote.start).rpartition("\f")[2] if text is not None else ""


def address(sha256: str, page: int) -> str:
    """Where the picture of a page is."""
    return f"/sida/{sha256}/{page}.png"
