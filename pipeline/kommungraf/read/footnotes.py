"""Footnotes of a PDF page: small print at its foot that begins with a mark. They stand beside the text, not in it."""

from __future__ import annotations

import re
from itertools import pairwise

from kommungraf.read.breaks import SPACE, hyphen_join
from kommungraf.read.drafts import Draft
from kommungraf.read.pdf_rows import RuledRow
from kommungraf.read.rows import Row, around

_SMALLER = 0.93  # times the size of the text
_MARK = re.compile(
    r"(?:\u2060?[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]{1,2}|\d{1,2}\.?|\*{1,3}|†)\s?(?=[^\W\d_\s]|[\"”(])"
)
_LISTED = re.compile(r"\d+\.")
_ENDED = (".", ":", ";", "!", "?")


def parted(rows: list[Row | RuledRow], size: float) -> tuple[list[Row | RuledRow], list[Row]]:
    """The rows of a page without its footnotes, and these; ``size`` is that of the page's text."""
    tail: list[Row] = []
    for row in reversed(rows):
        if isinstance(row, RuledRow) or row.size >= _SMALLER * size:
            break
        tail.insert(0, row)
    first = next((index for index, row in enumerate(tail) if _MARK.match(row.text)), len(tail))
    notes = tail[first:]
    body = rows[: len(rows) - len(notes)]
    if not notes or not body or len(notes) > len(rows) / 2:
        return rows, []
    # "1." begins an item of a list in small print too, which stands close to its text
    if notes[0].y - _last(body) < (2.5 if _LISTED.match(notes[0].text) else 1.2) * notes[0].size:
        return rows, []
    return body, notes


def _last(rows: list[Row | RuledRow]) -> float:
    return max(row.grid.ys[-1] if isinstance(row, RuledRow) else row.y for row in rows[-3:])


def note_drafts(notes: list[Row]) -> list[Draft]:
    """A paragraph for each footnote."""
    groups: list[list[Row]] = []
    for row in notes:
        if _MARK.match(row.text):
            groups.append([])
        groups[-1].append(row)
    return [_draft(group) for group in groups]


def _draft(rows: list[Row]) -> Draft:
    lines = [row.text for row in rows]
    hyphens = [hyphen_join(above, below) for above, below in pairwise(lines)]
    joins = [SPACE if hyphen is None else hyphen for hyphen in hyphens]
    return Draft("paragraph", lines, joins, gap=1, box=around(rows))


def with_notes(drafts: list[Draft], notes: list[Draft]) -> list[Draft]:
    """The blocks of a page with its footnotes at the end, but before a sentence that goes on on the next page."""
    last = drafts[-1] if notes and drafts else None
    is_open = last is not None and last.kind in ("paragraph", "item") and not last.lines[-1].endswith(_ENDED)
    at = len(drafts) - is_open
    return [*drafts[:at], *notes, *drafts[at:]]
