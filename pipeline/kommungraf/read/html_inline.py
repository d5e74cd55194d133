"""The words of a web page's block as lines: white space as a browser shows it, emphasis remembered."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kommungraf.read.breaks import BREAK, is_title

_WHITE = re.compile(r"[ \t\n\r\f]+")
_TWO = re.compile(r"(?<! ) {2}(?! )")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
NO_BREAK = "\u00a0"
_COLUMN = 3 * NO_BREAK


@dataclass(frozen=True, slots=True)
class InlineLine:
    """A line of a block; whether all its words are bold or italic; ``new`` where an empty line stands above it."""

    text: str
    bold: bool
    italic: bool
    new: bool = False


class Inline:
    """Collects the words between two block boundaries."""

    def __init__(self) -> None:
        self._lines: list[list[tuple[str, bool, bool]]] = [[]]

    def text(self, text: str, bold: bool, italic: bool) -> None:
        """Words as they stand in the source."""
        self._lines[-1].append((_CONTROL.sub("", text), bold, italic))

    def column(self) -> None:
        """Words of their own follow, which only a style sheet sets apart: beside each other, not joined to one word."""
        last = self._lines[-1][-1][0] if self._lines[-1] else ""
        if last[-1:].isalnum() and not last[-1:].isupper():
            self._lines[-1].append((_COLUMN, False, False))

    def line_break(self) -> None:
        """The line ends here."""
        self._lines.append([])

    def take(self) -> list[InlineLine]:
        """The lines so far; after this there are none."""
        lines: list[InlineLine] = []
        new = False
        for parts in self._lines:
            text = shown("".join(text for text, _, _ in parts))
            if not text:
                new = True
                continue
            words = [(bold, italic) for part, bold, italic in parts if any(map(str.isalnum, part))]
            bold, italic = bool(words) and all(b for b, _ in words), bool(words) and all(i for _, i in words)
            lines.append(InlineLine(text, bold, italic, new and bool(lines)))
            new = False
        self._lines = [[]]
        return lines


def shown(text: str) -> str:
    """White space as a browser shows it. Fixed spaces become plain ones: three or more are columns and stay."""
    return _TWO.sub(" ", _WHITE.sub(" ", text).replace(NO_BREAK, " ").replace("\u202f", " ")).strip()


def raised(text: str) -> str:
    """Figures in superscript as letters of their own: m², and no note's number at the end of a year."""
    return text.translate(_HIGH)


def paragraphs(lines: list[InlineLine]) -> list[list[InlineLine]]:
    """Lines as paragraphs: an empty line parts them, and a bold line on top of a paragraph is its title."""
    found: list[list[InlineLine]] = []
    for line in lines:
        if not found or line.new or line.bold != found[-1][-1].bold:
            found.append([])
        found[-1].append(line)
    return [part for lines in found for part in _titled(lines)]


def _titled(lines: list[InlineLine]) -> list[list[InlineLine]]:
    """A title right on top of its text is a block of its own, as in a text file."""
    if len(lines) > 1 and is_title([line.text for line in lines]):
        return [lines[:1], lines[1:]]
    return [lines]


def joins(lines: list[InlineLine]) -> list[str]:
    """What joins the lines of a paragraph: each break was somebody's will."""
    return [BREAK] * (len(lines) - 1)
