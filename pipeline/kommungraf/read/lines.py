"""Lines of text, and the question whether a line break carries meaning or only ends a full line."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

_LINE = re.compile(r"([^\r\n\f]*)(\r\n|\r|\n|\f|\Z)")
_FIRST_WORD = re.compile(r"\S+")
_HANGING = re.compile(r"(?:och|eller|samt|respektive|resp\.|till|som|men|kontra)\b")
# Indent, and the mark of a list item; a bullet before a number is only the bullet of a numbered item.
ITEM = re.compile(
    r"([ \t]*)(?:[-*•][ \t]+(?=\d{1,3}[.)][ \t]))?"
    r"([-*•‣◦▪▫●○■□➢✓·–—−\uf0b7]|o(?=[ \t]{2,}|\t)|\(?\d{1,3}[.)]|\(?[a-zåäö][.)]|[ivx]{1,4}[.)])[ \t]+(?=\S)"
)
HYPHENS = "-\u00ad\u2010\ufffe\u0002"


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

    Only lines with another line right after them tell: they were ended by somebody.
    """
    lengths = sorted(
        len(line.text)
        for line, following in pairwise(lines)
        if len(line.text) >= 40 and following.text and "\t" not in line.text
    )
    if len(lengths) < 3:
        return 0
    width = lengths[len(lengths) * 9 // 10]
    return width if width <= 160 else 0


def is_wrapped(line: str, following: str, width: int) -> bool:
    """Whether the break between two lines only means that the line was full: the next word would not have fitted."""
    if is_hanging(line, following):
        return True
    if not width:
        return False
    word = _FIRST_WORD.search(following)
    if word is None:
        return False
    if following[0].islower() and len(line) >= 0.6 * width and line[-1] not in ".:;!?":
        return True
    return len(line) + 1 + len(word[0]) > width * 0.97


def is_hanging(line: str, following: str) -> bool:
    """Whether a line ends in a hanging hyphen: the rest of the word stands after an *och*."""
    return len(line) > 1 and line[-1] in HYPHENS and line[-2].isalpha() and bool(_HANGING.match(following))


def joined_hyphen(line: str, following: str) -> str | None:
    """How two lines join when the first ends in a hyphen: without it, with it, or (``None``) not so.

    ``hälso-`` + ``och sjukvård`` is a hanging hyphen and keeps its space; ``IT-`` + ``stöd``, ``2023-`` + ``2024`` and
    ``Kalmar-`` + ``Öland`` keep the hyphen; a soft hyphen is only ever a place to break a word.
    """
    if len(line) < 2 or line[-1] not in HYPHENS or not following or not following[0].isalnum():
        return None
    if line[-1] in "\u00ad\ufffe\u0002" and line[-2].islower() and following[0].islower():
        return None if _HANGING.match(following) else ""
    if line[-1] == "\u00ad":
        return ""
    if not line[-2].isalnum() or _HANGING.match(following):
        return None
    word = re.search(r"\w+$", line[:-1])
    whole = word is not None and len(word[0]) > 1 and word[0][-1].islower() and following[0].islower()
    return "" if whole else "-"
