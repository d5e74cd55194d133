"""The year of a meeting whose head prints only weekday, day and month: a conclusion with its reason, never a guess."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date

from kommungraf.dates import MONTHS, WEEKDAYS, DateMatch, PartialDate, find_dates, year_of_weekday
from kommungraf.extract.context import Context
from kommungraf.model.source import Span

_YEAR = re.compile(r"(?<![\d.,/-])(?:19|20)\d\d(?!\d)")
# Until when something is valid lies years ahead and says nothing about when the body met.
_UNTIL = re.compile(r"(?i)(?:till och med|t\.?\s?o\.?\s?m\.?|längst|senast|intill|–|-)(?:\s+den)?\s*$")
_NEAR = 400
"""Days. Minutes speak of what happened since the last yearly meeting and of what is decided until the next."""


def full_date(ctx: Context, found: DateMatch, span: Span) -> tuple[PartialDate | None, str]:
    """The date with its year; where the year is concluded, a sentence says why. Not unique: an issue and no date."""
    if found.value is not None:
        return found.value, ""
    day = f"{found.weekday + 'en ' if found.weekday else ''}den {found.day}/{found.month}"
    year, because = _printed_elsewhere(ctx, found)
    if year is None and found.weekday:
        year, because = _by_weekday(ctx, found)
    if year is None:
        ctx.issue("no-year", f"The meeting's date ({day}) has no year and the dates of the file do not tell it.", span)
        return None, ""
    return PartialDate(year, found.month, found.day), f"The head prints {day} without a year; {because}."


def _printed_elsewhere(ctx: Context, found: DateMatch) -> tuple[int | None, str]:
    """The same day with its year elsewhere in the bundle, as in the notice of the meeting. The weekday must agree."""
    day, month = found.day, found.month
    long = rf"(?:0?{day}(?::?e)?\s+{MONTHS[month - 1]},?\s+|0?{day}/0?{month}[\s-]+)(?P<last>(?:19|20)\d\d)"
    pattern = re.compile(rf"(?i)(?<![\d-])(?:{long}|(?P<first>(?:19|20)\d\d)-{month:02}-{day:02})(?!\d)")
    matches = pattern.finditer(ctx.text.clean, ctx.bundle[0].start, ctx.bundle[-1].end)
    years = [year for name in WEEKDAYS for year in year_of_weekday(name, month, day, range(1900, 2100))]
    if found.weekday:
        years = year_of_weekday(found.weekday, month, day, range(1900, 2100))
    same = {PartialDate(year, month, day) for one in matches if (year := int(one["last"] or one["first"])) in years}
    if len(same) != 1:
        return None, ""
    (one,) = same
    agrees = f", a {found.weekday}," if found.weekday else ""
    return one.year, f"the same day{agrees} is printed with the year as {one} in the same file"


def _by_weekday(ctx: Context, found: DateMatch) -> tuple[int | None, str]:
    """The year in which the weekday agrees: the only one that the document speaks of, or the one its dates lie near."""
    text = ctx.clean(Span(ctx.document.start, ctx.document.end))
    printed = Counter(int(year) for year in _YEAR.findall(text))
    if not printed:
        return None, ""
    years = year_of_weekday(found.weekday, found.month, found.day, range(min(printed), max(printed) + 2))
    if len(years) == 1:
        return years[0], (
            f"of the years {min(printed)}-{max(printed) + 1} that the document can be from, "
            f"that day is a {found.weekday} only in {years[0]}"
        )
    near = sorted((_distance(year, found, text), year) for year in years)
    if near and near[0][0] <= _NEAR and (len(near) == 1 or near[0][0] * 4 < near[1][0]):
        year = near[0][1]
        return year, f"that day is a {found.weekday} in {year}, and the document's own dates lie around it"
    return None, ""


def _distance(year: int, found: DateMatch, text: str) -> int:
    """How many days lie between that day of a year and the nearest full date of the document."""
    meeting = date(year, found.month, found.day)
    days = [
        abs((meeting - date(one.value.year, one.value.month, one.value.day)).days)
        for one in find_dates(text)
        if one.value is not None and one.value.day and not _UNTIL.search(text, max(0, one.start - 25), one.start)
    ]
    return min(days, default=10**6)
