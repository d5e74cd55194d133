"""When a told decision was taken: the dates of a sentence at the precision printed, with the year that a report is
about where only "i juni" or "den 18 juni" stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kommungraf.dates import MONTHS, PartialDate, find_dates
from kommungraf.extract.context import Context
from kommungraf.extract.meetings import meeting_of
from kommungraf.model.parts import LogicalDocument

REPORTS = frozenset({"verksamhetsberättelse", "årsredovisning", "delårsrapport", "revisionsberättelse"})
"""Documents that tell of one year: a month without a year is that year's."""

_PART = r"(?:(?:början|slutet|mitten) av )?"
_MONTH = re.compile(rf"(?i)\b(?:i|under) {_PART}(?P<month>{'|'.join(MONTHS)})\b(?: månad)?(?!\s*(?:19|20)\d\d)")
_SEASON = re.compile(
    rf"(?i)\b(?:under|i) {_PART}(?:(?:verksamhets|räkenskaps)?året|(?:hösten|våren|sommaren|vintern|vår|höst))"
    r"(?:\s+(?P<year>20\d\d))?\b(?!\s+(?:före|innan|därpå|efter))"
)
_ORGAN = (
    "beslutade|beslutades|antog|antogs|antagen|fastställdes|godkändes|beviljades"
    "|fullmäktige|styrelsen|nämnden|mötet|stämman|utskottet|direktionen"
)
_YEAR = re.compile(
    rf"(?i)(?:\b(?:under|i {_PART}|år|hösten|våren|sommaren|vintern|sedan)|{_ORGAN})(?: år)?"
    r"\s*(?P<year>20\d\d)\b(?![-–/]\s?\d)"
)
# A date after one of these says from when, until when or how something holds, not when it was decided.
_HOLDS = re.compile(
    r"""(?ix)(?:från(?:\soch\smed)?|fr\.?\s?o\.?\s?m\.?|till(?:\soch\smed)?|t\.?\s?o\.?\s?m\.?|och\smed|intill|senast|före|inför
    |innan|per|för|gäll(?:er|a|de)|start\w*|börja\w*|avslutas|mellan|perioden|tiden|framtill|fram\still|inkom(?:men|na)?
    |dateras?d?|upphör\w*|[–-]|mellan\s.{3,30}\soch)\s*(?:den\s+|slutet\sav\s+|början\sav\s+)?$"""
)


class Told(NamedTuple):
    """A date in a sentence that may be the day of a decision."""

    start: int
    end: int
    value: PartialDate


def told_dates(sentence: str, ctx: Context, position: int) -> list[Told]:
    """The dates of a sentence (which stands at ``position``) that may say when something was decided, in order."""
    found = {date.start: date for date in _candidates(sentence, ctx, position)}
    dates: list[Told] = []
    for start in sorted(found):
        if (not dates or start >= dates[-1].end) and not _HOLDS.search(sentence, 0, start):
            dates.append(found[start])
    return dates


def _candidates(sentence: str, ctx: Context, position: int) -> Iterator[Told]:
    year = ctx.document.year if ctx.document.type in REPORTS else None
    for match in _YEAR.finditer(sentence):
        yield Told(match.start(), match.end(), PartialDate(int(match["year"])))
    for match in _SEASON.finditer(sentence):
        if match["year"] or year:
            yield Told(match.start(), match.end(), PartialDate(int(match["year"] or year or 0)))
    for match in _MONTH.finditer(sentence):
        month = MONTHS.index(match["month"].lower()) + 1
        if (dated := _in_year(ctx, position, month, 0)) is not None:
            yield Told(match.start(), match.end(), dated)
    for date in find_dates(sentence):
        value = date.value or _in_year(ctx, position, date.month, date.day)
        if value is not None:
            yield Told(date.start, date.end, value)


def _in_year(ctx: Context, position: int, month: int, day: int) -> PartialDate | None:
    """A day or month without a year: of the year that a report is about, else the year in which the text was written
    where it had passed by then."""
    if ctx.document.type in REPORTS:
        year = ctx.document.year
        return PartialDate(year, month, day) if year and _is_day(year, month, day) else None
    written = written_on(ctx, position)
    if written is None or not written.month or not _is_day(written.year, month, day):
        return None
    dated = PartialDate(written.year, month, day)
    passed = dated < written if day and written.day else month < written.month
    return dated if passed else None


def written_on(ctx: Context, position: int) -> PartialDate | None:
    """When the text at a place was written: the date of its meeting, else of the document."""
    meeting = meeting_of(ctx, position)
    return meeting.date if meeting is not None and meeting.date else ctx.document.issued


def is_report(document: LogicalDocument) -> bool:
    """Does the document tell of a year that has passed?"""
    return document.type in REPORTS


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        PartialDate(year, month, day)
    except ValueError:
        return False
    return True
