"""A passage in the stored text: the paragraphs around it, and in them the words that it quotes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_BREAK = re.compile(r"\n[ \t]*\n\s*|\f")
LONGEST = 1200
"""Characters of a paragraph that are shown on each side of a quote: some texts have no paragraphs."""
_KEPT = 8


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as three stretches of text, the middle one quoted; ``cut``: that it goes on before and after."""

    before: str
    quoted: str
    after: str
    cut: tuple[bool, bool] = (False, False)

    @property
    def text(self) -> str:
        """All of it."""
        return self.before + self.quoted + self.after


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The paragraphs around a quote, and whether the text goes on before the first and after the last."""

    paragraphs: list[Paragraph]
    more_before: bool
    more_after: bool


@lru_cache(maxsize=_KEPT)
def stored(path: Path) -> str:
    """A stored text, its line ends as they are: offsets count them. Empty where there is none."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return file.read()
    except FileNotFoundError:
        return ""


def surroundings(text: str, start: int, end: int, around: int = 1) -> Surroundings:
    """The paragraphs that a range of a text stands in, and ``around`` paragraphs on each side."""
    spans = _paragraphs(text)
    touched = [number for number, (first, last) in enumerate(spans) if first < end and start < last]
    if not touched:
        return Surroundings([Paragraph("", text[start:end], "")], start > 0, end < len(text))
    low, high = max(0, touched[0] - around), min(len(spans), touched[-1] + around + 1)
    paragraphs = [_paragraph(text, span, start, end) for span in spans[low:high]]
    cut = paragraphs[0].cut[0], paragraphs[-1].cut[1]
    return Surroundings(paragraphs, low > 0 or cut[0], high < len(spans) or cut[1])


def _paragraphs(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs of a text stand, blanks around them left out."""
    edges = [0, *(place for match in _BREAK.finditer(text) for place in match.span()), len(text)]
    return [(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True) if text[first:last].strip()]


def _paragraph(text: str, span: tuple[int, int], start: int, end: int) -> Paragraph:
    first, last = span
    if start >= last or end <= first:  # beside the quote: its end or its beginning is what is near
        if last <= start:
            begin = _word(text, max(first, last - LONGEST), last)
            return Paragraph(text[begin:last], "", "", (begin > first, False))
        stop = min(last, first + LONGEST)
        return Paragraph(text[first:stop], "", "", (False, stop < last))
    low, high = max(first, start), min(last, end)
    begin, stop = _word(text, max(first, low - LONGEST), low), min(last, high + LONGEST)
    return Paragraph(text[begin:low], text[low:high], text[high:stop], (begin > first, stop < last))


def _word(text: str, place: int, end: int) -> int:
    """The beginning of the next word, from a place that may be inside of one."""
    while 0 < place < end and not text[place - 1].isspace():
        place += 1
    return place
