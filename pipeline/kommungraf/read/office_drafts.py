"""Paragraphs and tables of a word processor become blocks, also where nobody used its styles.

Many documents are typed as on a typewriter: bold lines for headings, tabs for tables, numbers by hand, and line breaks
inside one paragraph where new ones were meant. They give the same blocks as those made with styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from kommungraf.read.breaks import BREAK, SPACE, hyphen_join, is_wrapped
from kommungraf.read.drafts import Draft, DraftCell
from kommungraf.read.lines import ITEM, Line, usual_width
from kommungraf.read.office_parts import Content, Paragraph, Run
from kommungraf.read.office_style import Usual, size_of
from kommungraf.read.office_tables import table_draft

PAGE_GAP = 3  # empty lines that say that a page ended, as in a text file
_DEEPEST_HEADING = 6
_BOLD_HEADING = 120  # characters: a longer bold paragraph is an emphasised paragraph
_HEADING = 250
_WIDEST = 120  # characters: a longer line was never ended because the paper was
_TABS = re.compile(r"\t+")
# A tab after the number of a title or item, and after the "att" of a clause, parts no cells.
_NUMBERED = re.compile(
    r"(?:[-*•·–]|\(?\d{1,3}(?:\.\d{1,3})*[.)]?|\(?[a-zåäö][.)]|(?:[\w.]{1,8}\s?)?§+\s?\d+\w?)\t+[^\t]+$"
)
_PAGE_BESIDE = re.compile(r"[^\t]+\t+(?:Sid(?:a|an|nr)?\.?:? ?)?\d{1,4}(?: ?\(\d{1,4}\)| av \d{1,4})$")
_CLAUSE = re.compile(r"[a-zåäö]+\t+[^\t]+$")


@dataclass(slots=True)
class _Piece:
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
        line = self.lines[0]
        if len(self.lines) > 1 or "\t" not in line.strip() or self.paragraph.heading:
            return False
        return not any(one.match(line.strip()) for one in (_NUMBERED, _CLAUSE, _PAGE_BESIDE))

    @property
    def goes_on(self) -> bool:
        """Whether it stands under a later column of the row above: a name under a name, its label further up."""
        return len(self.lines) == 1 and self.lines[0].startswith("\t") and not self.paragraph.heading


def drafts(content: list[Content], usual: Usual, first: bool = True) -> Iterator[Draft]:
    """The blocks of a document or of the next part of one (not ``first``), in order."""
    pieces = list(_pieces(content, first))
    rows: list[_Piece] = []
    for piece, following in zip(pieces, [*pieces[1:], None], strict=False):
        if isinstance(piece, _Piece) and (piece.is_row or (rows and piece.goes_on)):
            rows.append(piece)
            continue
        if rows:
            yield _tabbed(rows)
            rows = []
        yield piece if isinstance(piece, Draft) else _draft(piece, following, usual)
    if rows:
        yield _tabbed(rows)


def _pieces(content: list[Content], first: bool) -> Iterator[_Piece | Draft]:
    """Paragraphs cut into pieces and tables as drafts, with the empty lines before each."""
    gap = 0
    for block in content:
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


def _cut(paragraph: Paragraph) -> Iterator[_Piece]:
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
            yield _Piece(texts, bold, italic, size_of(Paragraph(part)), 1, paragraph, "" if start else label)
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
    if ITEM.match(second) or "\t" in first or "\t" in second:
        return True
    if max(len(first), len(second)) > _WIDEST and first[-1] in ".!?:":
        return True
    return _is_bold(above) != _is_bold(below)


def _is_bold(line: list[Run]) -> bool:
    return all(run.bold for run in line if run.text.strip())


def _draft(piece: _Piece, following: _Piece | Draft | None, usual: Usual) -> Draft:
    """The heading, item or paragraph that a piece is."""
    lines = [line.strip() for line in piece.lines]
    level = _heading(piece, lines, following, usual)
    label = "" if level and not any(sign.isalnum() for sign in piece.label) else piece.label
    lines[0] = f"{label} {lines[0]}".strip()
    draft = Draft("paragraph", lines, _joins(lines), gap=piece.gap, bold=piece.bold, italic=piece.italic)
    if level:
        draft.kind, draft.level = "heading", min(_DEEPEST_HEADING, level)
    elif not piece.paragraph.note and (match := ITEM.match(lines[0])):
        draft.kind, draft.marker, draft.level = "item", match[2], max(1, piece.paragraph.depth)
    elif _CLAUSE.match(lines[0]) or _PAGE_BESIDE.match(lines[0]):
        lines[0] = _TABS.sub(" ", lines[0])
    return draft


def _heading(piece: _Piece, lines: list[str], following: _Piece | Draft | None, usual: Usual) -> int:
    """The level of heading that a piece is, 0 for none: by its style, by its size, or as a bold line over a text."""
    length = sum(map(len, lines))
    paragraph = piece.paragraph
    if length > _HEADING or not (length or piece.label) or paragraph.note:
        return 0
    if paragraph.heading:
        return paragraph.heading
    if paragraph.titled and not lines[-1].endswith("."):
        return usual.ranks.get(piece.size, usual.lowest + 1)
    if ITEM.match(f"{piece.label} {lines[0]}".strip()) and not piece.bold:
        return 0
    if piece.size in usual.ranks:
        return usual.ranks[piece.size]
    over = not (isinstance(following, _Piece) and following.bold)
    short = length <= _BOLD_HEADING and len(lines) <= 2 and not lines[-1].endswith((".", ",", ";"))
    return usual.lowest + 1 if usual.bold_tells and piece.bold and short and over and following else 0


def _joins(lines: list[str]) -> list[str]:
    """What joins the lines of a paragraph: they were broken by hand, but text pasted from elsewhere wraps."""
    if len(lines) < 2:
        return []
    width = usual_width([Line(0, 0, 0, line) for line in lines])
    width = width if width <= _WIDEST else 0
    joins = []
    for above, below in pairwise(lines):
        hyphen = hyphen_join(above, below) if width else None
        joins.append(hyphen if hyphen is not None else SPACE if is_wrapped(above, below, width) else BREAK)
    return joins


def _tabbed(pieces: list[_Piece]) -> Draft:
    """A table made with tabs. People press Tab until it looks right: where that gives the same columns, once counts."""
    texts = [f"{piece.label}\t{piece.lines[0]}" if piece.label else piece.lines[0].rstrip() for piece in pieces]
    rows = [_TABS.sub("\t", text).split("\t") for text in texts]
    exact = [text.split("\t") for text in texts]
    if len({len(row) for row in rows}) > 1 and len({len(row) for row in exact}) == 1:
        rows = exact
    cells = [
        [DraftCell([text.strip()] if text.strip() else [], [], piece.bold and bool(text.strip())) for text in row]
        for row, piece in zip(rows, pieces, strict=True)
    ]
    return Draft("table", rows=cells, gap=pieces[0].gap)
