"""Notices and agendas: when and where, what will be dealt with, who is called."""

from __future__ import annotations

import re

from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.segment.items import sub_marks
from kommungraf.segment.labels import labels
from kommungraf.segment.lines import Line
from kommungraf.segment.signatures import is_signature
from kommungraf.segment.tree import Mark, build

_NUMBERED = re.compile(r"^(?:§ ?)?(\d{1,3})[.)]?\s+(?=[A-ZÅÄÖ\"”«])")
_SEATS = re.compile(r"^(?:sändlista|ombud|kallade|ledamöter|ersättare|för kännedom|kallas)\b")


def notice(lines: list[Line], title: range) -> list[Part]:
    """The parts of a notice or an agenda: FRONT, MEETING, an AGENDA_ITEM per numbered item, ATTENDANCE, SIGNATURES."""
    starts = _items(lines)
    marks: list[Mark] = []
    for index, (at, number, span) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else _end_of_last(lines, at)
        title = lines[at].text[span.start - lines[at].start :].strip()
        marks.append(Mark(at, Role.AGENDA_ITEM, 0, title, span, number))
        marks += sub_marks(lines, at + 1, end, labels("item"), 1)
    first = starts[0][0] if starts else len(lines)
    after = _end_of_last(lines, starts[-1][0]) if starts else len(lines)
    marks = _around(lines, 0, first) + marks + _around(lines, after, len(lines))
    if starts and after < len(lines) and not any(mark.at == after for mark in marks):
        marks.append(Mark(after, Role.BODY, 0))
    marks.sort(key=lambda mark: (mark.at, mark.depth))
    return build(lines, marks, Role.FRONT)


def _items(lines: list[Line]) -> list[tuple[int, int, Span]]:
    """Numbered items that follow one another from the first on: list items, or headed or short lines with a number."""
    found: list[tuple[int, int, Span]] = []
    for at, line in enumerate(lines):
        number, begin = _number(line)
        if (
            number is None
            or (not found and number > 1 and not line.marker)
            or (found and not found[-1][1] < number <= found[-1][1] + 5)
        ):
            continue
        found.append((at, number, Span(line.start + begin, line.end)))
    return found if len(found) > 1 else []


def _number(line: Line) -> tuple[int | None, int]:
    marker = line.marker.strip(" .)§")
    if marker.isdigit():
        return int(marker), 0
    if len(line.text) < 200 and line.first and (match := _NUMBERED.match(line.text)):
        return int(match[1]), match.end()
    return None, 0


def _end_of_last(lines: list[Line], at: int) -> int:
    """The last item ends where the list does: at a heading, a label of the head, or the signatures."""
    for index in range(at + 1, len(lines)):
        line = lines[index]
        if line.kind == "heading" or is_signature(line) or _SEATS.match(line.key):
            return index
    return len(lines)


def _around(lines: list[Line], start: int, end: int) -> list[Mark]:
    """What stands before and after the items: time and place, lists of who is called, signatures, information."""
    marks: list[Mark] = []
    for at in range(start, end):
        line = lines[at]
        label = labels("header").find(line, prefix=False)
        if _SEATS.match(line.key) and (line.headed or line.text.rstrip().endswith(":")):
            marks.append(Mark(at, Role.ATTENDANCE, 0, line.text.strip().rstrip(":"), line.span))
        elif label and label.role in (Role.MEETING, Role.ATTENDANCE) and (label.inline or line.headed):
            if not (marks and marks[-1].role is label.role is Role.ATTENDANCE and line.kind == "table"):
                marks.append(Mark(at, label.role, 0, label.text, label.span))
        elif line.kind == "heading":
            if marks:
                marks.append(Mark(at, Role.BODY, 0, line.text.strip(), line.span))
        elif is_signature(line) and marks and marks[-1].role not in (Role.ATTENDANCE, Role.SIGNATURES):
            marks.append(Mark(at, Role.SIGNATURES, 0))
        elif marks and marks[-1].role is Role.SIGNATURES and not is_signature(line) and len(line.text) > 110:
            marks.append(Mark(at, Role.BODY, 0))
    return marks
