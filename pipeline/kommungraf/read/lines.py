"""The lines of a text file, and the marks of list items."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

_LINE = re.compile(r"([^\r\n\f]*)(\r\n|\r|\n|\f|\Z)")
# Indent, and the mark of a list item; a bullet before a number is only the bullet of a numbered item.
# A real bullet needs no space after it.
ITEM = re.compile(
    r"([ \t]*)(?:[-*•][ \t]+(?=\d{1,3}[.)][ \t]))?"
    r"([-*•‣◦▪▫●○■□➢✓·–—−\uf0b7]|o(?=[ \t]{2,}|\t)|\(?\d{1,3}[.)]|\(?[a-zåäö][.)]|[ivx]{1,4}[.)])"
    r"(?:[ \t]+(?=\S)|(?<=[•‣◦▪●■➢✓\uf0b7])(?=[^\s•‣◦▪●■➢✓\uf0b7]))"
)
FIRST_MARKERS = frozenset({"1", "a", "i"})  # a list begins with one of these
_NARROWEST = 40  # characters: no page of text is narrower


class Line(NamedTuple):
    """A line: its range in ``stored`` without the line end, its page (counted from 1), and its text, right-trimmed.

    ``place`` is how far down its page it stands, where that is known.
    """

    start: int
    end: int
    page: int
    text: str
    place: int = 0


def split_lines(stored: str) -> list[Line]:
    """The lines of a text, whatever ends them; a form feed starts a new page."""
    lines: list[Line] = []
    page = 1
    for match in _LINE.finditer(stored):
        if match.start() == match.end() and match.start() == len(stored):
            break
        lines.append(Line(match.start(1), match.end(1), page, match[1].rstrip()))
        if match[2] == "\f":
            page += 1
    return lines


def usual_width(lines: list[Line]) -> int:
    """The width at which a text wraps its lines, or 0 for a text whose paragraphs are one line each.

    Only lines with another line right after them tell: they were ended by somebody. Where some lines are far longer
    than these, paragraphs do not wrap, and what ended these was their meaning.
    """
    prose = [len(line.text) for line in lines if "\t" not in line.text and "|" not in line.text]
    ended = sorted(
        len(line.text)
        for line, following in pairwise(lines)
        if len(line.text) >= _NARROWEST and following.text and "\t" not in line.text
    )
    if len(ended) < 3:
        return 0
    width = ended[len(ended) * 9 // 10]
    longer = sum(length > 1.25 * width for length in prose)
    return width if longer <= len(prose) // 100 else 0
