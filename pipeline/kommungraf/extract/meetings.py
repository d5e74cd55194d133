"""Meetings as minutes, notices and agendas head them: body, date, place, start and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.dates import DateMatch, find_dates
from kommungraf.extract.context import Context
from kommungraf.extract.meetings_times import place_of, times_of
from kommungraf.extract.meetings_year import full_date
from kommungraf.extract.organizations_publisher import canonical
from kommungraf.model.facts import Entity, GoverningBody, Hints, Meeting, Organization
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span

# Dates of the head that are not the meeting's: adjusting, posting and printing the minutes.
_OTHER_DATE = re.compile(
    r"""(?ix)juster|anslag|utskri|expedi|publicer|protokollet|uppsätt|nedtag|kungör|beslutad|skapad|utskick|nästa|sista
    |senast|anmäl"""
)
_MEETING_DATE = re.compile(
    r"""(?ix)\b(?:sammanträdesdatum|sammanträdesdag|mötesdatum|sammanträde|datum|tid|plats\soch\stid|tid\soch\splats
    |dag\soch\stid|när|\w*(?:möte|sammanträde|stämma))\b"""
)
_DEFINITE = {
    "förbundsmöte": "förbundsmötet",
    "förbundsstämma": "förbundsstämman",
    "föreningsstämma": "föreningsstämman",
    "bolagsstämma": "bolagsstämman",
    "årsmöte": "årsmötet",
    "årsstämma": "årsstämman",
    "styrelsemöte": "styrelsen",
    "styrelsesammanträde": "styrelsen",
    "direktionsmöte": "direktionen",
}
_HEAD_BODY = re.compile(rf"(?i)\b(?P<body>{'|'.join(_DEFINITE)})\b")
_VALUE_END = re.compile(r"\n(?!\t)")  # a row with an empty label goes on with the value above
_BODY_LABEL = re.compile(r"(?im)^\W*(?:organ|nämnd|styrelse|instans|utskott|möte|sammanträde|nämnd/styrelse)\b")


def find(ctx: Context) -> Iterator[Entity]:
    """The meeting of a document that has a meeting part; none, and an issue, where its body is not named."""
    heads = list(ctx.document.with_role(Role.MEETING))
    if not heads and any(ctx.document.with_role(Role.AGENDA_ITEM)):
        heads = list(ctx.document.with_role(Role.FRONT))  # an agenda says in its title which meeting it is for
    if not heads:
        return
    regions = [*heads, *(part for part in ctx.document.with_role(Role.FRONT) if part.start < heads[-1].start)]
    regions.sort(key=lambda part: part.start)
    body = _body(ctx, regions)
    if body is None:
        ctx.issue("no-body", "The meeting does not say which body met.", Span(heads[0].start, heads[0].end))
        return
    if body.found_by == "meetings":
        yield body
    printed = _date(ctx, regions)
    span = _line(ctx, printed[1]) if printed else body.evidence[0]
    meeting = Meeting(id=ctx.mention_id(Meeting, span), name=body.name, body=body.id, evidence=(span,))
    if span != body.evidence[0]:
        meeting.evidence = (span, body.evidence[0])
    if printed is not None:
        meeting.date, because = full_date(ctx, *printed)
        if because:
            meeting.hints["date_because"] = because
    head = "\n".join(ctx.clean(part) for part in heads)
    meeting.start_time, meeting.end_time = times_of(head)
    meeting.place = place_of(head)
    yield meeting


def meeting_of(ctx: Context, position: int) -> Meeting | None:
    """The meeting that a place of the document belongs to: the last one headed before it, else the first."""
    meetings = ctx.of_type(Meeting)
    before = [meeting for meeting in meetings if meeting.evidence[0].start <= position]
    return before[-1] if before else meetings[0] if meetings else None


def _body(ctx: Context, regions: list[Part]) -> GoverningBody | None:
    """The body after a label ("Organ"), else the first that the head names, else the first of the document's title."""
    for part in regions:
        for label in _BODY_LABEL.finditer(ctx.clean(part)):
            start = part.start + label.end()
            end = _VALUE_END.search(ctx.text.clean, start, part.end)
            value = Span(start, end.start() if end else part.end)
            named = ctx.within(GoverningBody, value)
            if named:
                return named[-1]  # "Federation X, förbundsmöte": the body comes last
            if body := _by_words(ctx, ctx.text.of(value)):
                return body
    named = [body for part in regions for body in ctx.within(GoverningBody, part)]
    if named:
        return named[0]
    opening = Span(ctx.document.start, min(ctx.document.end, ctx.document.start + 400))
    return next(iter(ctx.within(GoverningBody, opening)), None) or _indefinite(ctx, regions)


def _indefinite(ctx: Context, regions: list[Part]) -> GoverningBody | None:
    """A head may print the body without its article ("Kallelse till förbundsmöte").

    Then the text's first mention of it says which; else the head itself is one, of the organisation that publishes.
    """
    body = _by_words(ctx, "\n".join(ctx.clean(part) for part in regions))
    if body:
        return body
    publisher = next((node for node in ctx.of_type(Organization) if node.id == ctx.document.publisher_id), None)
    for part in regions:
        match = _HEAD_BODY.search(ctx.text.clean, part.start, part.end)
        if match is None or publisher is None:
            continue
        span = Span(match.start("body"), match.end("body"))
        hints: Hints = {"organization": canonical(publisher), "because": "The document is published by it."}
        return GoverningBody(
            id=ctx.mention_id(GoverningBody, span),
            name=_DEFINITE[match["body"].lower()],
            evidence=(span,),
            unit_of=publisher.id,
            hints=hints,
            found_by="meetings",
        )
    return None


def _by_words(ctx: Context, text: str) -> GoverningBody | None:
    """The body of which a text has the name without its article."""
    words = {word.lower() for word in re.findall(r"\w+", text)}
    for body in ctx.of_type(GoverningBody):
        if any(body.name.lower().removesuffix(article) in words for article in ("et", "en", "n", "t")):
            return body
    return None


def _date(ctx: Context, regions: list[Part]) -> tuple[DateMatch, Span] | None:
    """The date that the head gives the meeting, and its place; never the date of adjusting."""
    ranked: dict[int, tuple[DateMatch, Span]] = {}
    for part in regions:
        text = ctx.clean(part)
        for found in find_dates(text):
            label = _label_before(text, found.start)
            if (found.value is not None and not found.value.day) or _OTHER_DATE.search(f"{part.title} {label}"):
                continue
            rank = _rank(part, label, found)
            ranked.setdefault(rank, (found, Span(part.start + found.start, part.start + found.end)))
    if not any(ctx.document.with_role(Role.DECISION)):
        ranked.pop(3, None)  # a notice heads with the day it was sent
    best = [ranked[rank] for rank in sorted(ranked)]
    if best and best[0][0].value is None:  # "torsdagen den 25 april" in one field, the whole date in another
        return next((one for one in best if _same_day(one[0], best[0][0])), best[0])
    return best[0] if best else None


def _rank(part: Part, label: str, found: DateMatch) -> int:
    """How surely a date of the head is the meeting's: labelled as such, in the meeting part, last in a letterhead."""
    if _MEETING_DATE.search(f"{part.title} {label}"):
        return 0 if found.value is not None else 1
    return 2 if part.role is Role.MEETING or found.weekday else 3


def _label_before(text: str, position: int) -> str:
    """What stands before a date on its line, and on the line above where the date opens its own."""
    start = text.rfind("\n", 0, position) + 1
    if text[start:position].strip(" \t*"):
        return text[start:position]
    above = text.rstrip().rfind("\n", 0, max(0, start - 1)) + 1
    while above < start and not text[above:start].strip():
        above = text.rfind("\n", 0, max(0, above - 1)) + 1
        if above == 0:
            break
    return text[above:position]


def _same_day(full: DateMatch, partial: DateMatch) -> bool:
    return full.value is not None and (full.value.month, full.value.day) == (partial.month, partial.day)


def _line(ctx: Context, span: Span) -> Span:
    """The line or cell of a span, so that the quote shows weekday and label with the date."""
    clean = ctx.text.clean
    start = max(clean.rfind("\n", 0, span.start), clean.rfind("\t", 0, span.start)) + 1
    ends = [end for end in (clean.find("\n", span.end), clean.find("\t", span.end)) if end >= 0]
    end = min(ends, default=len(clean))
    while end > start and clean[end - 1].isspace():
        end -= 1
    return Span(start, end)
