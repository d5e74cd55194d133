"""Letters, motions, decisions of authorities and other short documents: a head, labelled parts, a closing."""

from __future__ import annotations

import re

from kommungraf.model.parts import Part, Role
from kommungraf.segment.items import sub_marks
from kommungraf.segment.kinds import authority_decides
from kommungraf.segment.labels import labels
from kommungraf.segment.lines import Line
from kommungraf.segment.signatures import closing
from kommungraf.segment.tree import Mark, build

_FIELD = re.compile(r"^[A-ZÅÄÖ][\wåäö/ -]{2,40}: ?\S")
_CLAIM = re.compile(
    r"(?i)\b(?:yrkar|föreslår|hemställer)\b.{0,140}(?:att\b|:$|beslut|följande)|\b(?:yrkar|föreslår|hemställer)\b[^.]{0,60}$|"
    r"\b(?:fråga|frågar|undrar)\b[^.]{0,120}:$"
)
_POINT = re.compile(r"(?i)^(?:att|1\.|-|–|•)\s")


def letter(lines: list[Line], title: range) -> list[Part]:
    """A letter to or from officials: FRONT, then what its labels say, SIGNATURES."""
    marks, tail = _labelled(lines, title)
    start = _head_end(lines, title)
    if start < (marks[0].at if marks else tail) and all(mark.role is Role.SIGNATURES for mark in marks):
        marks.insert(0, Mark(start, Role.BODY, 0))
    return build(lines, marks, Role.FRONT)


def motion(lines: list[Line], title: range) -> list[Part]:
    """A motion, interpellation or citizens' proposal: what it wants is PROPOSAL, why is BACKGROUND."""
    marks, tail = _labelled(lines, title)
    claims = [mark for mark in marks if mark.role is Role.PROPOSAL and _CLAIM.search(lines[mark.at].text)]
    for mark in marks:
        if mark.role in (Role.SECTION, Role.DECISION) or (mark.role is Role.PROPOSAL and claims and mark not in claims):
            mark.role = Role.BACKGROUND
    if not any(mark.role is Role.PROPOSAL for mark in marks):
        marks += _claims(lines, _head_end(lines, title), tail)
    else:
        marks += _after_points(lines, marks, tail)
    start = _head_end(lines, title)
    if start < tail and not any(mark.at <= start for mark in marks):
        marks.append(Mark(start, Role.BACKGROUND, 0))
    marks.sort(key=lambda mark: mark.at)
    return build(lines, marks, Role.FRONT)


def authority_decision(lines: list[Line], title: range) -> list[Part]:
    """A state authority's decision: the decision is its sentence; the form fields after it say about whom."""
    marks, _ = _labelled(lines, title)
    placed: list[Mark] = []
    for index, mark in enumerate(marks):
        placed.append(mark)
        end = marks[index + 1].at if index + 1 < len(marks) else len(lines)
        if mark.role is Role.DECISION:
            field = next(
                (
                    at
                    for at in range(mark.at + 1, end)
                    if _FIELD.match(lines[at].text) and not authority_decides(lines[at].text)
                ),
                None,
            )
            if field is not None:
                placed.append(Mark(field, Role.FRONT, 0))
        if (
            mark.role is Role.ATTENDANCE
            and mark.title.lower().startswith(("ledamot", "ersättare", "ledamöter"))
            and len(placed) > 1
            and any(one.role is Role.ATTENDANCE and one.depth == 0 for one in placed[:-1])
        ):
            mark.depth = 1
    return build(lines, placed, Role.FRONT)


def signature_page(lines: list[Line], title: range) -> list[Part]:
    """A page of electronic signatures: all of it is SIGNATURES."""
    return build(lines, [Mark(0, Role.SIGNATURES, 0, lines[0].text.strip(), lines[0].span)], Role.SIGNATURES)


def _labelled(lines: list[Line], title: range) -> tuple[list[Mark], int]:
    start = _head_end(lines, title)
    tail = closing(lines, start)
    marks = sub_marks(lines, start, tail, labels("letter", "item"), 0)
    if tail < len(lines):
        marks.append(Mark(tail, Role.SIGNATURES, 0))
    return marks, tail


def _head_end(lines: list[Line], title: range) -> int:
    """The first line after the letterhead and title: after the last heading that comes before any label or prose.

    "Handläggare" may stand in the letterhead: a label above the title opens no part.
    """
    known = labels("letter", "item")
    end = title.stop
    for at, line in enumerate(lines[:25]):
        if at >= end and (
            known.find(line) or len(line.text) > 140 or (line.text.rstrip().endswith(".") and len(line.text) > 60)
        ):
            return max(end, 1) if end else at
        if line.headed:
            end = max(end, at + 1)
    return end or 1


def _claims(lines: list[Line], start: int, tail: int) -> list[Mark]:
    """The claim of a motion without labels: the last paragraph that says "yrkar" or "föreslår", with its points."""
    found = [at for at in range(start, tail) if _CLAIM.search(lines[at].text)]
    if not found:
        return []
    pointed = [
        at for at in found if at + 1 < tail and (lines[at + 1].kind == "item" or _POINT.match(lines[at + 1].text))
    ]
    at = (pointed or found)[-1]
    marks = [Mark(at, Role.PROPOSAL, 0)]
    return marks + _after_points(lines, marks, tail)


def _after_points(lines: list[Line], marks: list[Mark], tail: int) -> list[Mark]:
    """Prose after the points of a claim is reasons again, not a point."""
    added: list[Mark] = []
    starts = sorted(mark.at for mark in marks)
    for mark in marks:
        if mark.role is not Role.PROPOSAL:
            continue
        end = next((at for at in starts if at > mark.at), tail)
        points = [at for at in range(mark.at + 1, end) if lines[at].kind == "item" or _POINT.match(lines[at].text)]
        if points and points[-1] + 1 < end:
            added.append(Mark(points[-1] + 1, Role.BACKGROUND, 0))
    return added
