"""Which paragraphs of a word processor are headings: by style, by size, or as short bold lines over a text."""

from __future__ import annotations

from collections.abc import Sequence

from kommungraf.read.drafts import Draft
from kommungraf.read.lines import ITEM
from kommungraf.read.office_pieces import Piece
from kommungraf.read.office_style import Usual

_HEADING = 250  # characters: a longer one is a paragraph, whatever its style
_BOLD_HEADING = 120
_MOST_STACKED = 3  # bold lines over each other: more are a list that somebody set in bold


def levels(pieces: Sequence[Piece | Draft], usual: Usual) -> list[int]:
    """The level of heading of each piece, 0 for none."""
    found = [_sure(piece, usual) if isinstance(piece, Piece) else 0 for piece in pieces]
    if not usual.bold_tells:
        return found
    runs = [run for run in _bold_runs(pieces, found) if run.stop < len(pieces)]  # a heading is over something
    heads = [_heads(run, pieces) for run in runs]
    lower = any(len(head) > 1 for head in heads)  # where one bold line stands over another, it is the higher one
    for head in heads:
        for number, at in enumerate(head):
            found[at] = usual.lowest + 1 + (lower and (number > 0 or len(head) == 1))
    return found


def _sure(piece: Piece, usual: Usual) -> int:
    """The level of a heading by its style or its size, 0 for none."""
    lines, paragraph = piece.lines, piece.paragraph
    length = sum(map(len, lines))
    if length > _HEADING or not (length or piece.label) or paragraph.note:
        return 0
    if paragraph.heading:
        return paragraph.heading
    if paragraph.titled and not lines[-1].rstrip().endswith("."):
        return usual.ranks.get(piece.size, usual.lowest + 1)
    return 0 if _is_item(piece) and not piece.bold else usual.ranks.get(piece.size, 0)


def _bold_runs(pieces: Sequence[Piece | Draft], found: list[int]) -> list[range]:
    """Runs of bold pieces that are no headings for another reason."""
    runs: list[range] = []
    for at, piece in enumerate(pieces):
        if not isinstance(piece, Piece) or not piece.bold or found[at] or piece.is_row:
            continue
        if runs and runs[-1].stop == at:
            runs[-1] = range(runs[-1].start, at + 1)
        else:
            runs.append(range(at, at + 1))
    return runs


def _heads(run: range, pieces: Sequence[Piece | Draft]) -> list[int]:
    """Which of a run are headings: all of a few short lines, else only the last, which stands over the text."""
    short = [at for at in run if _may_head(pieces[at])]
    return short if len(short) == len(run) <= _MOST_STACKED else [at for at in short if at == run.stop - 1]


def _may_head(piece: Piece | Draft) -> bool:
    if not isinstance(piece, Piece) or piece.paragraph.note:
        return False
    ended = piece.lines[-1].rstrip().endswith((".", ",", ";"))
    return sum(map(len, piece.lines)) <= _BOLD_HEADING and len(piece.lines) <= 2 and not ended


def _is_item(piece: Piece) -> bool:
    return bool(ITEM.match(f"{piece.label} {piece.lines[0].strip()}".strip()))
