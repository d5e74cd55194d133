"""Minutes: the meeting's head, attendance, the items by §, and the signatures after them."""

from __future__ import annotations

import re

from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.segment.items import DIARY, sub_marks, unlabelled
from kommungraf.segment.labels import Label, labels
from kommungraf.segment.lines import Line, label_key
from kommungraf.segment.numbering import number_of, numbered
from kommungraf.segment.signatures import closing
from kommungraf.segment.tree import Mark, build

_PARAGRAPH = re.compile(
    r"^(?:(?P<body>[A-ZÅÄÖ][\wåäöÅÄÖ]{0,7}(?: [A-ZÅÄÖa-zåäö]{2,8})?|[A-ZÅÄÖ][\wåäö-]+(?:fullmäktige|styrelsen|nämnden|utskottet)) )?"
    r"(?:§§?|Paragraf|PARAGRAF) ?(?P<number>\d{1,4})(?: ?[-–] ?\d{1,4})?(?P<year>[/:]\d{2,4})?[.:]?(?=\s|$|[–-])(?P<rest>.*)$",
    re.DOTALL,
)
_OTHER_BODY = re.compile(r"^[\s,–-]*(?:\(?(?:[A-ZÅÄÖ][\wåäö]{0,12} ){1,2}§ ?\d+[\w/]*\)?[\s,]*)+")
_DIARY_IN_TITLE = re.compile(
    r"(?i)[\s,(–-]*\b(?:dnr|diarienr|diarienummer|ärendenr|ärende)\b\.?:? ?[\w ./:-]*\d[\w./: -]*\)?$|[\s(]+[A-ZÅÄÖ]{1,6}[ -]?\d{4}[/:.-]\d+\)?(?: \d{2,4})?$|\t+\d{4}[/:-]\d+.*$|\t+[A-ZÅÄÖ]{1,6}[ /-]?\d{4}[/:-]\d+.*$"
)
_CONTENTS_ROW = re.compile(r"(?:\.{3,}|…|\t| {2,})\s*\d{1,3}$")
_ROMAN = re.compile(r"^\W+|\W+$")


def protocol(lines: list[Line], title: range) -> list[Part]:
    """The parts of minutes: FRONT, MEETING, ATTENDANCE, CONTENTS, an AGENDA_ITEM per §, SIGNATURES."""
    starts = _items(lines)
    tail = closing(lines, starts[-1] + 1 if starts else 0)
    head_end = starts[0] if starts else tail
    marks = head_marks(lines, 0, head_end)
    organ = _organ(lines, marks, head_end)
    for number, start in enumerate(starts):
        end = starts[number + 1] if number + 1 < len(starts) else tail
        marks += _item(lines, start, end, organ)
    if tail < len(lines):
        marks.append(Mark(tail, Role.SIGNATURES, 0, _label_text(lines[tail])))
    return build(lines, marks, Role.FRONT)


def _label_text(line: Line) -> str:
    label = labels("item", "header").find(line)
    return label.text if label else ""


def head_marks(lines: list[Line], start: int, end: int) -> list[Mark]:
    """The labelled lines before the first item: one part per label. In "Underskrifter" the names are signatures."""
    known = labels("header")
    marks: list[Mark] = []
    for at in range(start, end):
        label = known.find(lines[at], prefix=True)
        if label is None or _is_value(lines, at, label, marks):
            continue
        role = label.role
        if role is Role.CONTENTS and not _opens_contents(lines, at):
            continue
        if marks and marks[-1].role is Role.SIGNATURES and label_key(label.text) in _SIGNERS:
            continue
        marks.append(Mark(at, role, 0, label.text, label.span))
    return marks


_SIGNERS = {
    "ordförande",
    "sekreterare",
    "justerare",
    "justerande",
    "protokollförare",
    "organ",
    "datum",
    "sammanträdesdatum",
    "paragrafer",
    "underskrift",
    "vice ordförande",
    "paragraf",
    "justering",
}


def _is_value(lines: list[Line], at: int, label: Label, marks: list[Mark]) -> bool:
    """A role after a name in the same list ("Anna Ek (S)" / "ordförande") is no label of its own."""
    line = lines[at]
    return bool(
        marks
        and not label.inline
        and not line.first
        and marks[-1].role is Role.ATTENDANCE
        and label_key(label.text) in {"ordförande", "vice ordförande", "sekreterare", "revisor"}
        and "\t" not in line.text
        and line.text[:1].islower()
    )


def _opens_contents(lines: list[Line], at: int) -> bool:
    return at + 1 < len(lines) and not lines[at].text.rstrip().endswith(".")


def _organ(lines: list[Line], marks: list[Mark], head_end: int) -> str:
    """The folded name of the meeting's body: from its label, or from the first lines of the head."""
    for mark in marks:
        if label_key(mark.title) in ("organ", "nämnd", "styrelse", "instans"):
            return label_key(lines[mark.at].text[len(mark.title) :])
    bodies = re.compile(
        r"(?i)\w*(?:fullmäktige|styrelsen?|nämnden?|utskottet?|mötet?|stämman?|beredning(?:en)?|rådet?|direktionen?)\b(?:s? \w*utskott)?"
    )
    for line in lines[: min(head_end, 12)]:
        if len(line.text) < 80 and (match := bodies.search(line.text)):
            return label_key(match[0])
    return ""


def _items(lines: list[Line]) -> list[int]:
    """The lines at which items begin: the longest run of § lines whose numbers rise, the table of contents left out."""
    found = [(at, int(match["number"])) for at, line in enumerate(lines) if (match := _paragraph(line))]
    listed = _listed(found, lines)
    starts: list[int] = []
    last = 0
    if not found:
        return [at for at, _, _ in numbered(lines, headed=True)]
    for at, number in found:
        if at in listed or (starts and not last < number <= last + 60):
            continue
        starts.append(at)
        last = number
    return starts


def _paragraph(line: Line) -> re.Match[str] | None:
    if (
        ("§" not in line.text[:40] and not line.text[:9].lower().startswith("paragraf"))
        or len(line.text) > 250
        or line.kind == "item"
    ):
        return None
    match = _PARAGRAPH.match(line.text.strip())
    if match is None:
        return None
    rest = match["rest"].strip()
    if line.kind != "heading" and not line.bold and rest and (rest[:1].islower() or rest.endswith((".", ",", ";"))):
        return None  # "§ 18 ändras meningen …" is prose about a law or a statute
    return match


def _listed(found: list[tuple[int, int]], lines: list[Line]) -> set[int]:
    """§ lines of a table of contents: they end in a page number, or the same numbers come again with text."""
    rows = {at for at, _ in found if _CONTENTS_ROW.search(lines[at].text)}
    again: dict[int, list[int]] = {}
    for at, number in found:
        again.setdefault(number, []).append(at)
    starts = {at for at, _ in found}
    for places in again.values():
        for at in places[:-1]:
            if at + 1 in starts or at + 2 in starts or at - 1 in rows or at - 1 in starts:
                rows.add(at)
    return rows if len(rows) < len(found) else set()


def _item(lines: list[Line], start: int, end: int, organ: str) -> list[Mark]:
    number, span, body = _title(lines, start, end)
    title = _printed(lines, span)
    marks = [Mark(start, Role.AGENDA_ITEM, 0, title, span, number)]
    inner = sub_marks(lines, body, end, labels("item"), 1, organ)
    first = inner[0].at if inner else end
    while body < first and DIARY.match(lines[body].text.strip()):
        body += 1
    if body < first:
        own = not any(mark.role in (Role.DECISION, Role.PROPOSAL) for mark in inner)
        marks += unlabelled(lines, body, first, 1, own)
    return marks + inner


def _printed(lines: list[Line], span: Span | None) -> str:
    if span is None:
        return ""
    line = next(line for line in lines if line.start <= span.start < line.end)
    return line.text[span.start - line.start : span.end - line.start].strip()


def _title(lines: list[Line], start: int, end: int) -> tuple[int, Span | None, int]:
    """An item's number, the place of its title, and the first line after its title."""
    line = lines[start]
    match = _paragraph(line)
    if match is None:
        number, begin = number_of(line)
        return number or 0, Span(line.start + begin, line.end), start + 1
    number = int(match["number"])
    offset = len(line.text) - len(line.text.lstrip())
    rest = match["rest"]
    if other := _OTHER_BODY.match(rest):
        rest = rest[other.end() :]
    rest = _DIARY_IN_TITLE.sub("", rest)
    if DIARY.match(rest.strip()):
        rest = ""
    stripped = rest.strip(" \t:.–-,")
    if stripped:
        begin = line.text.index(stripped, offset + match.start("rest"))
        return number, Span(line.start + begin, line.start + begin + len(stripped)), start + 1
    known = labels("item")
    for at in range(start + 1, min(start + 5, end)):
        text = lines[at].text.strip()
        if DIARY.match(text) or not text:
            continue
        if known.find(lines[at]) or (not lines[at].headed and (len(text) > 150 or text.endswith("."))):
            return number, None, start + 1
        title = _DIARY_IN_TITLE.sub("", lines[at].text).rstrip()
        return number, Span(lines[at].start, lines[at].start + len(title)), at + 1
    return number, None, start + 1
