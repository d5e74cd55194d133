"""A passage in the stored text: the paragraphs around it, in them the words that it quotes, and its row of a table."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kommungraf.model.source import Span

_BREAK = re.compile(r"\n[ \t\r]*\n\s*|[\f\u2029]")
LONGEST = 1200
"""Characters of a paragraph that are shown on each side of a quote: some texts have no paragraphs."""
_AROUND, _EACH = 10_000, 1_500
"""Characters on each side of a quote in which paragraphs are looked for, and for each more of them: a text may have
millions."""
_TABLE = 60_000
"""Characters on each side of a cell in which the beginning of its table is looked for."""
_STEP = 1 << 16
_KEPT = 500


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


@dataclass(frozen=True, slots=True)
class Row:
    """The row of a table that a quote stands in, beside the first row of the table: its cells as the text has them.

    ``marked``: for each cell, whether any of it is quoted.
    """

    heads: list[str]
    cells: list[str]
    marked: list[bool]


class Stored:
    """A stored text that is read in stretches. Its line ends are as they are: offsets count them.

    Offsets count characters and the file has bytes, so where every 65,536th byte falls is found once.
    """

    def __init__(self, path: Path) -> None:
        """Raises :class:`FileNotFoundError` where there is no such text."""
        self._path = path
        self._bytes, self._characters = [0], [0]
        decoder = codecs.getincrementaldecoder("utf-8")()
        with path.open("rb") as file:
            read = count = 0
            while chunk := file.read(_STEP):
                read += len(chunk)
                count += len(decoder.decode(chunk))
                self._bytes.append(read - len(decoder.getstate()[0]))  # a letter may be cut in two
                self._characters.append(count)
        self.length = self._characters[-1]

    def read(self, start: int, end: int) -> str:
        """The characters from ``start`` to ``end``, as far as there are any."""
        start, end = max(0, start), min(end, self.length)
        if start >= end:
            return ""
        first = bisect_right(self._characters, start) - 1
        last = min(bisect_right(self._characters, end), len(self._bytes) - 1)
        with self._path.open("rb") as file:
            file.seek(self._bytes[first])
            text = file.read(self._bytes[last] - self._bytes[first]).decode("utf-8")
        return text[start - self._characters[first] : end - self._characters[first]]


@lru_cache(maxsize=_KEPT)
def stored(path: Path) -> Stored | None:
    """A stored text, or nothing where there is none. A text at a path never changes: its name is its content's."""
    try:
        return Stored(path)
    except FileNotFoundError:
        return None


def around(text: Stored, start: int, end: int, paragraphs: int = 1) -> Surroundings:
    """The paragraphs that a range of a stored text stands in, and some on each side."""
    far = _AROUND + _EACH * paragraphs
    low = max(0, start - far)
    shown = surroundings(text.read(low, end + far), start - low, end - low, paragraphs)
    return Surroundings(shown.paragraphs, shown.more_before or low > 0, shown.more_after or end + far < text.length)


def surroundings(text: str, start: int, end: int, paragraphs: int = 1) -> Surroundings:
    """The paragraphs that a range of a text stands in, and some on each side."""
    spans = _paragraphs(text)
    touched = [number for number, (first, last) in enumerate(spans) if first < end and start < last]
    if not touched:
        return Surroundings([Paragraph("", text[start:end], "")], start > 0, end < len(text))
    low, high = max(0, touched[0] - paragraphs), min(len(spans), touched[-1] + paragraphs + 1)
    shown = [_paragraph(text, span, start, end) for span in spans[low:high]]
    cut = shown[0].cut[0], shown[-1].cut[1]
    return Surroundings(shown, low > 0 or cut[0], high < len(spans) or cut[1])


def row(text: Stored, start: int, end: int) -> Row | None:
    """The row that a range of a stored text stands in, of a table whose cells tabs part; nothing outside of tables."""
    low = max(0, start - _TABLE)
    near = text.read(low, end + _TABLE)
    start, end = start - low, end - low
    here = Span(near.rfind("\n", 0, start) + 1, _or_end(near, near.find("\n", end)))
    if "\t" not in near[slice(*here)] or "\n" in near[slice(*here)]:
        return None
    first = here
    while first.start > 0:
        above = Span(near.rfind("\n", 0, first.start - 1) + 1, first.start - 1)
        if "\t" not in near[slice(*above)]:
            break
        first = above
    cells, place, marked = near[slice(*here)].split("\t"), here.start, []
    for cell in cells:
        marked.append(place < end and start < place + len(cell))
        place += len(cell) + 1
    heads = near[slice(*first)].split("\t") if first != here else []
    return Row([head.strip() for head in heads], [cell.strip() for cell in cells], marked)


def _or_end(text: str, place: int) -> int:
    return len(text) if place < 0 else place


def _paragraphs(text: str) -> list[Span]:
    """Where the paragraphs of a text stand, blanks around them left out."""
    edges = [0, *(place for match in _BREAK.finditer(text) for place in match.span()), len(text)]
    spans = (Span(first, last) for first, last in zip(edges[::2], edges[1::2], strict=True))
    return [span for span in spans if text[slice(*span)].strip()]


def _paragraph(text: str, span: Span, start: int, end: int) -> Paragraph:
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
