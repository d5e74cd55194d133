"""Paragraphs of a word processor cut into pieces that are one block each, also where nobody meant them as paragraphs.

A line break inside a paragraph may part a bold title from its text; short paragraphs without white between them are
lines of one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kommungraf.read.drafts import Draft
from kommungraf.read.lines import ITEM
from kommungraf.read.office_parts import Content, Paragraph, Run
from kommungraf.read.office_style import size_of
from kommungraf.read.office_tables import table_draft

PAGE_GAP = 3  # empty lines that say that a page ended, as in a text file
WIDEST = 120
"""Characters: a longer line was never ended because the paper was."""
_STOPS = (".", "!", "?")
_NO_WHITE = 3.0  # points between paragraphs: less is no more than between lines
# A tab after the number of a title or item, after the "att" of a clause, or before a page number parts no cells.
_NUMBERED = re.compile(
    r"(?:[-*•·–]|\(?\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-zåäö][.)]|(?:[\w.]{1,8}\s?)?§+\s?\d+\w?)\t+[^\t]+$"
)
CLAUSE = re.compile(r"[a-zåäö]+\t+[^\t]+$")
PAGE_BESIDE = re.compile(r"[^\t]+\t+(?:Sid(?:a|an|nr)?\.?:? ?)?\d{1,4}(?: ?\(\d{1,4}\)| av \d{1,4})$")


@dataclass(slots=True)
class Piece:
    """Lines that are one block: a paragraph, or a part of one."""

    lines: list[str]
    bold: bool
    italic: bool
    size: float
    gap: int
    paragraph: Paragraph
    label: str

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table made with tabs."""
        return len(self.lines) == 1 and not self.paragraph.heading and _has_cells(self.lines[0].strip())

    @property
    def goes_on(self) -> bool:
        """Whether it belongs to the row above: a name under a name, its label further up, or a label without values."""
        alone = len(self.lines) == 1 and not self.paragraph.heading
        return alone and (self.lines[0].startswith("\t") or self.lines[0].endswith("\t"))


def pieces(content: list[Content], first: bool) -> Iterator[Piece | Draft]:
    """Paragraphs cut into pieces and tables as drafts, with the empty lines before each."""
    gap = 0
    for block in _tight(content):
        if not isinstance(block, Paragraph):
            yield table_draft(block, 0 if first else max(1, gap))
            first, gap = False, 0
            continue
        if block.breaks and not first:
            gap = max(gap, PAGE_GAP)
        cut = list(_cut(block))
        for number, piece in enumerate(cut):
            piece.gap = 0 if first else max(1, 0 if number else gap)
            first = False
            yield piece
        gap = 0 if cut else gap + 1


def _tight(content: list[Content]) -> Iterator[Content]:
    """The blocks, with short paragraphs that have no white between them as lines of one: as they look, so they are."""
    last: Paragraph | None = None
    for block in content:
        if not isinstance(block, Paragraph) or not _is_line(block):
            if last is not None:
                yield last
                last = None
            yield block
        elif last is not None and not block.breaks and _touch(last, block):
            last.runs += [Run("\n"), *block.runs]
            last.below = block.below
        else:
            if last is not None:
                yield last
            last = replace(block, runs=list(block.runs))
    if last is not None:
        yield last


def _touch(above: Paragraph, below: Paragraph) -> bool:
    """Whether two lines have no white between them, and the first does not end a sentence."""
    return max(above.below, below.above) <= _NO_WHITE and above.runs[-1].text.rstrip()[-1:] not in _STOPS


def _is_line(paragraph: Paragraph) -> bool:
    """Whether a paragraph may be a line among others: short, and no heading, item or note."""
    marked = paragraph.heading or paragraph.titled or paragraph.label or paragraph.note
    text = paragraph.text
    return not marked and 0 < len(text.strip()) <= WIDEST and "\t" not in text


def _cut(paragraph: Paragraph) -> Iterator[Piece]:
    """A paragraph in pieces: line breaks in it may part what is bold from what is not, items, rows, and long lines."""
    lines = _lines(paragraph.runs)
    label = paragraph.label
    if not lines and any(sign.isalnum() for sign in label) and ("§" in label or label[0].isalpha()):
        lines = [[Run("")]]  # a number alone, its title below it
    start = 0
    for end in range(1, len(lines) + 1):
        if end == len(lines) or _parts(lines[end - 1], lines[end], paragraph.heading):
            part = [run for line in lines[start:end] for run in line if run.text.strip()]
            texts = ["".join(run.text for run in line) for line in lines[start:end]]
            bold, italic = (bool(part) and all(getattr(run, name) for run in part) for name in ("bold", "italic"))
            yield Piece(texts, bold, italic, size_of(Paragraph(part)), 1, paragraph, "" if start else label)
            start = end


def _lines(runs: list[Run]) -> list[list[Run]]:
    """The runs of each line that has text."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for number, text in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            if text:
                lines[-1].append(Run(text, run.bold, run.italic, run.size) if text != run.text else run)
    return [line for line in lines if any(run.text.strip() for run in line)]


def _parts(above: list[Run], below: list[Run], heading: int) -> bool:
    """Whether a line break inside a paragraph parts two blocks."""
    if heading:
        return False
    first, second = ("".join(run.text for run in line).strip() for line in (above, below))
    if ITEM.match(second) or _has_cells(first) or _has_cells(second):
        return True
    if max(len(first), len(second)) > WIDEST and first[-1] in ".!?:":
        return True
    return _is_bold(above) != _is_bold(below)


def _has_cells(line: str) -> bool:
    return "\t" in line and not any(one.match(line) for one in (_NUMBERED, CLAUSE, PAGE_BESIDE))


def _is_bold(line: list[Run]) -> bool:
    return all(run.bold for run in line if run.text.strip())
