"""Numbered items ("1. Upprop", "5 Budget"): the agendas of notices, and the minutes of those who do not count in §."""

from __future__ import annotations

import re

from kommungraf.model.source import Span
from kommungraf.segment.items import without_diary
from kommungraf.segment.lines import Line

_NUMBERED = re.compile(r"^(?:§ ?)?(\d{1,3})[.)]?\s+(?=[A-ZÅÄÖ\"”«])")


def numbered(lines: list[Line], headed: bool = False) -> list[tuple[int, int, Span]]:
    """Items whose numbers follow one another from the first on: line, number, place of the title.

    With ``headed`` only lines printed as headings count, as long as there are such: in minutes a numbered line may also
    be a point of a decision.
    """
    found: list[tuple[int, int, Span]] = []
    for at, line in enumerate(lines):
        number, begin = number_of(line)
        if number is None or (headed and not line.headed and line.kind != "heading"):
            continue
        if (not found and number > 1 and not line.marker) or (found and not found[-1][1] < number <= found[-1][1] + 5):
            continue
        title = line.text[begin:].split("\t")[0] if line.kind == "table" else line.text[begin:]
        length = len(without_diary(title).rstrip()) or len(title.rstrip())
        if length:
            found.append((at, number, Span(line.start + begin, line.start + begin + length)))
    return found if len(found) > 1 else []


def number_of(line: Line) -> tuple[int | None, int]:
    """The number of a line, and where its text begins after it; ``None`` when it has none."""
    marker = line.marker.strip(" .)§")
    if marker.isdigit():
        return int(marker), 0
    if len(line.text) < 200 and (line.first or line.kind == "table") and (match := _NUMBERED.match(line.text)):
        return int(match[1]), match.end()
    return None, 0
