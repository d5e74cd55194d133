"""Tables of contents: where they stand and which titles they name. They are never a source of facts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from kommungraf.segment.lines import Line, label_key

_HEADING = {"innehåll", "innehållsförteckning", "ärendelista", "ärendeförteckning"}
_ENTRY = re.compile(r"^(.*?\S)[\s.·…_]*(?:\t|\.{2,}|…| {2,}|\s)\s*(\d{1,3})$")
_BARE = re.compile(r"[\s.·…_]+$")


@dataclass(slots=True)
class Contents:
    """``rows``: the lines that it covers, its heading included (``None``: there is none). ``titles``: folded."""

    rows: range | None = None
    titles: set[str] = field(default_factory=set)


def contents(lines: list[Line]) -> Contents:
    """The table of contents near the beginning: rows that end in page numbers after the word "Innehåll"."""
    start = next((at for at, line in enumerate(lines[:80]) if line.key in _HEADING), None)
    if start is None:
        return Contents()
    titles: set[str] = set()
    end = start + 1
    for at in range(start + 1, len(lines)):
        entry = _entry(lines[at])
        if entry:
            titles.add(label_key(entry))
            end = at + 1
        elif lines[at].key in _HEADING:  # a list made by a program, and the author's own
            end = at + 1
        elif at - end >= 2 or len(lines[at].text) > 160 or lines[at].key in titles:  # the text itself begins
            break
    return Contents(range(start, end), titles) if len(titles) > 1 else Contents()


def listed_titles(lines: list[Line]) -> set[str]:
    """The folded titles that a document's table of contents names; empty when it has none."""
    return contents(lines).titles


def _entry(line: Line) -> str | None:
    match = _ENTRY.match(line.text.strip())
    if match:
        return _BARE.sub("", match[1])
    return None
