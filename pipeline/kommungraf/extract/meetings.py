"""Meetings as minutes, notices and agendas head them: body, date, place, start and end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from kommungraf.dates import DateMatch, PartialDate, find_dates, year_of_weekday
from kommungraf.extract.context import Context
from kommungraf.extract.meeting_times import place_of, times_of
from kommungraf.model.facts import GoverningBody, Meeting
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span

# Dates of the head that are not the meeting's: adjusting, posting and printing the minutes.
_OTHER_DATE = re.compile(
    r"(?i)juster|anslag|utskri|expedi|publicer|protokollet|uppsätt|nedtag|kungör|beslutad|skapad|utskick|nästa|sista|senast|anmäl"
)
_MEETING_DATE = re.compile(
    r"(?i)\b(?:sammanträdesdatum|sammanträdesdag|mötesdatum|sammanträde|datum|tid|plats och tid|tid och plats|dag och tid|när|möte)\b"
)
_BODY_LABEL = re.compile(r"(?im)^\W*(?:organ|nämnd|styrelse|instans|utskott|möte|sammanträde|nämnd/styrelse)\b")


def find(ctx: Context) -> Iterator[Meeting]:
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
    printed = _date(ctx, regions)
    span = _line(ctx, printed[1]) if printed else body.evidence[0]
    meeting = Meeting(id=ctx.mention_id(Meeting, span), name=body.name, body=body.id, evidence=(span,))
    if span != body.evidence[0]:
        meeting.evidence = (span, body.evidence[0])
    if printed is not None:
        meeting.date, because = _full_date(ctx, *printed)
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
            end = ctx.text.clean.find("\n", start, part.end)
            named = ctx.within(GoverningBody, Span(start, end if end > 0 else part.end))
            if named:
                return named[-1]  # "Federation X, förbundsmöte": the body comes last
    named = [body for part in regions for body in ctx.within(GoverningBody, part)]
    if named:
        return named[0]
    opening = Span(ctx.document.start, min(ctx.document.end, ctx.document.start + 400))
    return next(iter(ctx.within(GoverningBody, opening)), None)


def _date(ctx: Context, regions: list[Part]) -> tuple[DateMatch, Span] | None:
    """The date that the head gives the meeting, and its place: labelled ones first, never the date of adjusting."""
    plain: tuple[DateMatch, Span] | None = None
    partial: tuple[DateMatch, Span] | None = None
    for part in regions:
        text = ctx.clean(part)
        for found in find_dates(text):
            if found.value is not None and not found.value.day:
                continue
            if _OTHER_DATE.search(_label_before(text, found.start)):
                continue
            hit = (found, Span(part.start + found.start, part.start + found.end))
            if _MEETING_DATE.search(_label_before(text, found.start)):
                if found.value is not None:
                    return hit
                partial = partial or hit
            elif part.role is Role.MEETING or found.weekday:
                plain = plain or hit
    if partial is not None and plain is not None and _same_day(plain[0], partial[0]):
        return plain
    return partial or plain


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


def _full_date(ctx: Context, found: DateMatch, span: Span) -> tuple[PartialDate | None, str]:
    """The date with its year; where the year is concluded, a sentence says why. Not unique: an issue and no date."""
    if found.value is not None:
        return found.value, ""
    dates = sorted(_dates_of_bundle(ctx))
    if not dates:
        ctx.issue("no-year", "The meeting's date has no year and nothing in the file tells it.", span)
        return None, ""
    years = _years(found, dates)
    printed = sorted({date.year for date in dates if (date.month, date.day) == (found.month, found.day)} & set(years))
    day = f"{found.weekday + 'en ' if found.weekday else ''}den {found.day}/{found.month}"
    if len(printed) == 1:
        date = PartialDate(printed[0], found.month, found.day)
        agrees = f" and it is a {found.weekday}" if found.weekday else ""
        return (
            date,
            f"The head prints {day} without a year; the same day is printed with the year as {date} in the same file{agrees}.",
        )
    if found.weekday:
        own = [date for date in dates_of(ctx.clean(Span(ctx.document.start, ctx.document.end))) if date.day] or dates
        years = _years(found, sorted(own))
        near = [year for year in years if any(0 <= _days(year, found, date) <= 400 for date in own)] or years
        if len(near) == 1:
            date = PartialDate(near[0], found.month, found.day)
            return (
                date,
                f"The head prints {day} without a year; of the years that the document's dates allow, only in {date.year} is that day a {found.weekday}.",
            )
    ctx.issue("no-year", f"The meeting's date ({day}) has no year and the dates of the file do not tell it.", span)
    return None, ""


def _years(found: DateMatch, dates: list[PartialDate]) -> list[int]:
    span = range(dates[0].year, dates[-1].year + 2)
    return year_of_weekday(found.weekday, found.month, found.day, span) if found.weekday else list(span)


def _days(year: int, found: DateMatch, date: PartialDate) -> int:
    """Roughly how many days a day of that year lies after a date."""
    return (year - date.year) * 365 + (found.month - date.month) * 30 + found.day - date.day


def dates_of(text: str) -> list[PartialDate]:
    """The full dates of a string."""
    return [found.value for found in find_dates(text) if found.value is not None and found.value.day]


def _dates_of_bundle(ctx: Context) -> set[PartialDate]:
    start, end = ctx.bundle[0].start, ctx.bundle[-1].end
    return set(
        chain(dates_of(ctx.text.clean[start:end]), (one.issued for one in ctx.bundle if one.issued and one.issued.day))
    )


def _line(ctx: Context, span: Span) -> Span:
    """The line or cell of a span, so that the quote shows weekday and label with the date."""
    clean = ctx.text.clean
    start = max(clean.rfind("\n", 0, span.start), clean.rfind("\t", 0, span.start)) + 1
    ends = [end for end in (clean.find("\n", span.end), clean.find("\t", span.end)) if end >= 0]
    end = min(ends, default=len(clean))
    while end > start and clean[end - 1].isspace():
        end -= 1
    return Span(start, end)
