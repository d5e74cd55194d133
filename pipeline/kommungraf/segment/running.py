"""Running heads and feet of text files without pages: where pages exist the reader removes them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter

from kommungraf.model.parts import Role
from kommungraf.segment.letterhead import without_page
from kommungraf.segment.lines import Line
from kommungraf.segment.tree import Mark

_ZONE = 8
_FOOT = re.compile(
    r"(?:justerandes?|justerarnas|ordförandes?)s? sign\w*\b.{0,80}|utdragsbestyrkande[\s_.]*|sign[\s_.]*"
)


def running(lines: list[Line]) -> list[range]:
    """Runs of lines that return after three or more page ends (two, when the document begins with them)."""
    tops = [list(_zone(lines, at)) for at, line in enumerate(lines) if line.after_break]
    counts = Counter(key for top in tops for key in {_key(lines[at]) for at in top})
    first = {_key(line) for line in lines[:_ZONE]}
    found: list[range] = []
    for top in tops:
        stop = top[0] if top else 0
        for at in top:
            key = _key(lines[at])
            if counts[key] < 3 and not (key in first and counts[key] >= 2):
                break
            stop = at + 1
        if top and stop > top[0]:
            found.append(range(top[0], stop))
    feet = [
        range(at, at + 1)
        for at, line in enumerate(lines[:-1])
        if line.key and _FOOT.fullmatch(line.key) and lines[at + 1].after_break
    ]
    return sorted(found + feet, key=lambda one: one.start)


def set_aside(marks: list[Mark], runs: list[range]) -> list[Mark]:
    """Running lines become FRONT parts inside whatever is open around them, so that no role reads them as its text."""
    marks = sorted(marks, key=lambda mark: (mark.at, mark.depth))
    places = [mark.at for mark in marks]
    dropped: set[int] = set()
    placed: list[Mark] = []
    for run in runs:
        first, after = bisect_left(places, run.start), bisect_left(places, run.stop)
        if any(mark.role not in (Role.MEETING, Role.ATTENDANCE, Role.FRONT) for mark in marks[first:after]):
            continue
        dropped.update(range(first, after))
        around = next((index for index in range(first - 1, -1, -1) if index not in dropped), None)
        if around is not None:
            placed.append(Mark(run.start, Role.FRONT, marks[around].depth + 1, stop=run.stop))
    kept = [mark for index, mark in enumerate(marks) if index not in dropped]
    return sorted(kept + placed, key=lambda mark: (mark.at, mark.depth))


def _zone(lines: list[Line], at: int) -> range:
    stop = at
    while (
        stop < min(at + _ZONE, len(lines))
        and len(lines[stop].text) < 80
        and (stop == at or not lines[stop].after_break)
    ):
        stop += 1
    return range(at, stop)


def _key(line: Line) -> str:
    key = line.key
    return without_page(key) or "page"
