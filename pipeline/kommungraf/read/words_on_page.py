"""Where the words of a quote stand on a page of a PDF: found again by their letters, which every reader agrees on."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2 as pdfium

from kommungraf.model.source import Place
from kommungraf.read.pictures import frame_of

_LEAST = 12
"""So many letters on end are no accident: a quote is found in pieces of at least as many."""
_MOST_RECTANGLES = 200


def words_on_page(page: pdfium.PdfPage, number: int, quote: str, before: str) -> list[Place]:
    """Rectangles around the words of a quote, one per line; none where they are not found.

    ``before`` is the text that the page was read to have before the quote: where the quote's letters stand on the page
    several times, those are meant before which it is told as often.
    """
    layer = page.get_textpage()
    try:
        text = layer.get_text_range()
        if layer.count_chars() != len(text):  # pdfium writes some of its signs as two
            text = "".join(layer.get_text_range(index, 1) or " " for index in range(layer.count_chars()))
        letters, places = _letters(text)
        frame = frame_of(page)
        found: list[Place] = []
        for start, stop in _pieces(letters, _letters(quote)[0], _letters(before)[0]):
            first, last = places[start], places[stop - 1]
            for index in range(min(layer.count_rects(first, last - first + 1), _MOST_RECTANGLES)):
                found.append(Place(number, *frame.shown(frame.turned_box(*layer.get_rect(index)))))
        return [place for place in found if place.x1 > place.x0 and place.y1 > place.y0]
    finally:
        layer.close()


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, all small, and where each of them stands."""
    found = [(letter, place) for place, sign in enumerate(text) for letter in sign.casefold() if letter.isalnum()]
    return "".join(letter for letter, _ in found), [place for _, place in found]


def _pieces(page: str, quote: str, before: str) -> Iterator[tuple[int, int]]:
    """Where a quote stands among the letters of a page, whole or in pieces: lines may follow in another order."""
    if not quote:
        return
    whole = _occurrences(page, quote)
    if whole:
        rank = len(_occurrences(before, quote))
        start = whole[min(rank, len(whole) - 1)]
        yield start, start + len(quote)
        return
    place = 0
    while len(quote) - place >= _LEAST:
        length = _longest(page, quote[place:])
        if length >= _LEAST:
            start = page.find(quote[place : place + length])
            yield start, start + length
            place += length
        else:
            place += 1


def _occurrences(text: str, part: str) -> list[int]:
    """Where a part begins in a text, each after the end of the one before."""
    found, place = [], text.find(part)
    while place >= 0:
        found.append(place)
        place = text.find(part, place + len(part))
    return found


def _longest(page: str, quote: str) -> int:
    """How many of the quote's first letters stand on the page on end."""
    low, high = 0, len(quote)
    while low < high:
        middle = (low + high + 1) // 2
        if quote[:middle] in page:
            low = middle
        else:
            high = middle - 1
    return low
