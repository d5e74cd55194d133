"""A few words of a text around what was searched for, with the words that matched marked."""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise

from kommungraf.query.search_words import Token, tokens
from kommungraf.text import visible

Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is a word that matched."""

LENGTH = 240
"""Characters of a snippet, more or less: it begins and ends with whole words."""


def marked(text: str, wanted: Collection[str]) -> Pieces:
    """The whole text in pieces."""
    return _pieces(text, [token for token in tokens(text) if token.word in wanted], 0, len(text))


def snippet(text: str, wanted: Collection[str], length: int = LENGTH) -> Pieces:
    """The stretch of a text in which most different words of ``wanted`` stand; its beginning where none does."""
    found = [token for token in tokens(text) if token.word in wanted]
    start, end = _stretch(found, length) if found else (0, 0)
    room = max(0, length - (end - start))
    start = _word_edge(text, max(0, start - room // 3))
    end = min(len(text), start + max(length, end - start))
    if end < len(text):
        end = max(text.rfind(" ", start, end), end - 40)
    inside = [token for token in found if start <= token.start and token.end <= end]
    return _pieces(text, inside, start, end, "… " if start else "", " …" if end < len(text) else "")


def _stretch(found: list[Token], length: int) -> tuple[int, int]:
    """Of the stretches that fit, the first one with most different words, then most words."""
    best, most = (found[0].start, found[0].end), (0, 0)
    for place, first in enumerate(found):
        inside = [token for token in found[place : place + 40] if token.end - first.start <= length] or [first]
        count = (len({token.word for token in inside}), len(inside))
        if count > most:
            best, most = (first.start, inside[-1].end), count
    return best


def _word_edge(text: str, place: int) -> int:
    if place == 0:
        return 0
    space = max(text.find(" ", place, place + 40), 0) or place
    return space + 1 if text[space : space + 1] == " " else space


def _pieces(text: str, found: list[Token], start: int, end: int, before: str = "", after: str = "") -> Pieces:
    edges = [start, *(edge for token in found for edge in (token.start, token.end)), end]
    parts = [(_tidy(text[one:other]), bool(place % 2)) for place, (one, other) in enumerate(pairwise(edges))]
    return tuple((part, match) for part, match in [(before, False), *parts, (after, False)] if part)


def _tidy(text: str) -> str:
    """Line breaks and tabs are spaces; what could steer a page or a terminal is spelt out."""
    lead, trail = text[:1].isspace(), text[-1:].isspace()
    squeezed = visible(" ".join(text.split()))
    if not squeezed:
        return " " if text else ""
    return f"{' ' if lead else ''}{squeezed}{' ' if trail else ''}"
