"""Running heads and feet of text files without pages: where pages exist the reader removes them."""

from __future__ import annotations

import re
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
    placed = list(marks)
    for run in runs:
        inside = [mark for mark in placed if mark.at in run]
        if any(mark.role not in (Role.MEETING, Role.ATTENDANCE, Role.FRONT) for mark in inside):
            continue
        placed = [mark for mark in placed if mark not in inside]
        before = [mark for mark in placed if mark.at < run.start]
        last = max(before, key=lambda mark: (mark.at, mark.depth), default=None)
        while last and last.stop is not None and last.stop <= run.start:
            before.remove(last)
            last = max(before, key=lambda mark: (mark.at, mark.depth), default=None)
        if last:
            placed.append(Mark(run.start, Role.FRONT, last.depth + 1, stop=run.stop))
    return sorted(placed, key=lambda mark: (mark.at, mark.depth))


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
