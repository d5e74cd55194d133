"""Notices and agendas: when and where, what will be dealt with, who is called."""

from __future__ import annotations

import re

from kommungraf.model.parts import Part, Role
from kommungraf.segment.items import sub_marks
from kommungraf.segment.labels import labels
from kommungraf.segment.lines import Line
from kommungraf.segment.numbering import numbered
from kommungraf.segment.signatures import is_signature
from kommungraf.segment.tree import Mark, build

_SEATS = re.compile(r"^(?:sändlista|ombud|kallade|ledamöter|ersättare|för kännedom|kallas)\b")


def notice(lines: list[Line], title: range) -> list[Part]:
    """The parts of a notice or an agenda: FRONT, MEETING, an AGENDA_ITEM per numbered item, ATTENDANCE, SIGNATURES."""
    starts = numbered(lines)
    marks: list[Mark] = []
    for index, (at, number, span) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else _end_of_last(lines, at)
        printed = lines[at].text[span.start - lines[at].start : span.end - lines[at].start].strip()
        marks.append(Mark(at, Role.AGENDA_ITEM, 0, printed, span, number))
        marks += sub_marks(lines, at + 1, end, labels("item"), 1)
    first = starts[0][0] if starts else len(lines)
    after = _end_of_last(lines, starts[-1][0]) if starts else len(lines)
    marks = _around(lines, 0, first) + marks + _around(lines, after, len(lines))
    if starts and after < len(lines) and not any(mark.at == after for mark in marks):
        marks.append(Mark(after, Role.BODY, 0))
    marks.sort(key=lambda mark: (mark.at, mark.depth))
    return build(lines, marks, Role.FRONT)


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
        elif label and label.role is Role.CONTENTS and marks:
            marks.append(Mark(at, Role.BODY, 0, label.text, label.span))
        elif (
            is_signature(line)
            and (marks or start)
            and not (marks and marks[-1].role in (Role.ATTENDANCE, Role.SIGNATURES))
        ):
            marks.append(Mark(at, Role.SIGNATURES, 0))
        elif marks and marks[-1].role is Role.SIGNATURES and not is_signature(line) and len(line.text) > 110:
            marks.append(Mark(at, Role.BODY, 0))
    return marks
