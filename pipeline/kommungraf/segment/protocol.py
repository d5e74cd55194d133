"""Minutes: the meeting's head, attendance, the items by §, and the signatures after them."""

from __future__ import annotations

from itertools import pairwise

from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.segment.items import DIARY, sub_marks, unlabelled
from kommungraf.segment.labels import Label, labels
from kommungraf.segment.letterhead import BODY
from kommungraf.segment.lines import Line, label_key
from kommungraf.segment.paragraphs import item_starts, item_title
from kommungraf.segment.running import running, set_aside
from kommungraf.segment.signatures import closing
from kommungraf.segment.tree import Mark, build

# Who signs, and the fields of "Anslag/Bevis": below "Underskrifter" these labels open no part of their own.
_OF_SIGNATURES = frozenset(
    "ordförande|vice ordförande|sekreterare|justerare|justerande|justering|protokollförare|organ|datum|paragrafer|"
    "paragraf|sammanträdesdatum|sammanträdesdag|underskrift|underskrifter|signatur|sammanträde|mötesdatum".split("|")
)
_OFFICES = frozenset({"ordförande", "vice ordförande", "sekreterare", "revisor"})
_HOLDERS = frozenset({"ordföranden", "vice ordföranden"})
_NAMES_BODY = frozenset({"organ", "nämnd", "styrelse", "instans"})


def protocol(lines: list[Line], title: range) -> list[Part]:
    """The parts of minutes: FRONT, MEETING, ATTENDANCE, CONTENTS, an AGENDA_ITEM per §, SIGNATURES."""
    starts = item_starts(lines)
    tail = closing(lines, starts[-1] + 1 if starts else title.stop, "item", "header")
    head_end = starts[0] if starts else tail
    marks = _head(lines, head_end)
    organ = _organ(lines, marks, head_end)
    for start, end in pairwise([*starts, tail]):
        marks += _item(lines, start, end, organ)
    if tail < len(lines):
        label = labels("item", "header").find(lines[tail])
        marks.append(Mark(tail, Role.SIGNATURES, 0, label.text if label else ""))
    return build(lines, set_aside(marks, running(lines)), Role.FRONT)


def _head(lines: list[Line], end: int) -> list[Mark]:
    """The labelled lines before the first item: one part per label. In "Underskrifter" the names are signatures."""
    known = labels("header")
    marks: list[Mark] = []
    for at in range(end):
        label = known.find(lines[at], prefix=True)
        if label is None or _is_office_of_above(lines[at], label, marks):
            continue
        signing = marks and marks[-1].role is Role.SIGNATURES
        if not (signing and label_key(label.text) in _OF_SIGNATURES):
            marks.append(Mark(at, label.role, 0, label.text, label.span))
    return marks


def _is_office_of_above(line: Line, label: Label, marks: list[Mark]) -> bool:
    """A role on the line below a name in a list ("Anna Ek (S)", "ordförande") is no label of its own."""
    among = bool(marks) and marks[-1].role is Role.ATTENDANCE
    if among and label.inline and label_key(label.text) in _HOLDERS:
        return line.text[len(label.text) : len(label.text) + 1] == " "  # "Ordföranden Anna Ek (S), Bo Lind (M)"
    return bool(
        among and not (label.inline or line.first) and label_key(label.text) in _OFFICES and line.text[:1].islower()
    )


def _organ(lines: list[Line], marks: list[Mark], head_end: int) -> str:
    """The folded name of the meeting's body: from its label, or from the first lines of the head."""
    for mark in marks:
        if label_key(mark.title) in _NAMES_BODY:
            return label_key(lines[mark.at].text[len(mark.title) :])
    for line in lines[: min(head_end, 12)]:
        if len(line.text) < 80 and (match := BODY.search(line.text)):
            return label_key(match[0])
    return ""


def _item(lines: list[Line], start: int, end: int, organ: str) -> list[Mark]:
    number, span, body = item_title(lines, start, end)
    marks = [Mark(start, Role.AGENDA_ITEM, 0, _printed(lines, start, span), span, number)]
    inner = sub_marks(lines, body, end, labels("item"), 1, organ)
    first = inner[0].at if inner else end
    while body < first and DIARY.match(lines[body].text.strip()):
        body += 1
    if body < first:
        decided = any(mark.role in (Role.DECISION, Role.PROPOSAL) for mark in inner)
        marks += unlabelled(lines, body, first, 1, not decided)
    return marks + inner


def _printed(lines: list[Line], start: int, span: Span | None) -> str:
    line = next((line for line in lines[start : start + 7] if span and line.start <= span.start < line.end), None)
    return line.text[span.start - line.start : span.end - line.start].strip() if line and span else ""
