"""Paragraphs and tables of a word processor become blocks, also where nobody used its styles.

Many documents are typed as on a typewriter: bold lines for headings, tabs for tables, numbers by hand, and line breaks
inside one paragraph where new ones were meant. They give the same blocks as those made with styles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kommungraf.read.breaks import BREAK, SPACE, hyphen_join, is_wrapped
from kommungraf.read.drafts import Draft, DraftCell
from kommungraf.read.lines import ITEM, Line, usual_width
from kommungraf.read.office_headings import levels
from kommungraf.read.office_parts import Content
from kommungraf.read.office_pieces import CLAUSE, PAGE_BESIDE, WIDEST, Piece, pieces
from kommungraf.read.office_style import Usual

_DEEPEST_HEADING = 6
_TABS = re.compile(r"\t+")


def drafts(content: list[Content], usual: Usual, first: bool = True) -> Iterator[Draft]:
    """The blocks of a document or of the next part of one (not ``first``), in order."""
    found = list(pieces(content, first))
    rows: list[Piece] = []
    for piece, level in zip(found, levels(found, usual), strict=True):
        if isinstance(piece, Piece) and (piece.is_row or (rows and piece.goes_on)):
            rows.append(piece)
            continue
        if rows:
            yield _tabbed(rows)
            rows = []
        yield piece if isinstance(piece, Draft) else _draft(piece, level)
    if rows:
        yield _tabbed(rows)


def _draft(piece: Piece, level: int) -> Draft:
    """The heading (of a level), item or paragraph (level 0) that a piece is."""
    lines = [_without_tab(line.strip()) for line in piece.lines]
    label = "" if level and not any(sign.isalnum() for sign in piece.label) else piece.label
    lines[0] = f"{label} {lines[0]}".strip()
    draft = Draft("paragraph", lines, _joins(lines), gap=piece.gap, bold=piece.bold, italic=piece.italic)
    if level:
        draft.kind, draft.level = "heading", min(_DEEPEST_HEADING, level)
    elif not piece.paragraph.note and (match := ITEM.match(lines[0])):
        draft.kind, draft.marker, draft.level = "item", match[2], max(1, piece.paragraph.depth)
    return draft


def _without_tab(line: str) -> str:
    """A line without a tab that parts no cells, but for that after a number, which may part it from its title."""
    return _TABS.sub(" ", line) if CLAUSE.match(line) or PAGE_BESIDE.match(line) else line


def _joins(lines: list[str]) -> list[str]:
    """What joins the lines of a paragraph: they were broken by hand, but text pasted from elsewhere wraps."""
    if len(lines) < 2:
        return []
    width = usual_width([Line(0, 0, 0, line) for line in lines])
    width = width if width <= WIDEST else 0
    joins = []
    for above, below in pairwise(lines):
        hyphen = hyphen_join(above, below) if width else None
        joins.append(hyphen if hyphen is not None else SPACE if is_wrapped(above, below, width) else BREAK)
    return joins


def _tabbed(pieces: list[Piece]) -> Draft:
    """A table made with tabs. People press Tab until it looks right: where that gives the same columns, once counts."""
    texts = [f"{piece.label}\t{piece.lines[0]}" if piece.label else piece.lines[0] for piece in pieces]
    rows = [_TABS.sub("\t", text.rstrip()).split("\t") for text in texts]
    exact = [text.split("\t") for text in texts]
    if len({len(row) for row in rows}) > 1 and len({len(row) for row in exact}) == 1:
        rows = exact
    cells = [
        [DraftCell([text.strip()] if text.strip() else [], [], piece.bold and bool(text.strip())) for text in row]
        for row, piece in zip(rows, pieces, strict=True)
    ]
    return Draft("table", rows=cells, gap=pieces[0].gap)
