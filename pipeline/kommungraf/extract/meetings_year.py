"""The year of a meeting whose head prints only weekday, day and month: a conclusion with its reason, never a guess."""

from __future__ import annotations

from itertools import chain

from kommungraf.dates import DateMatch, PartialDate, find_dates, year_of_weekday
from kommungraf.extract.context import Context
from kommungraf.model.source import Span


def full_date(ctx: Context, found: DateMatch, span: Span) -> tuple[PartialDate | None, str]:
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
            f"The head prints {day} without a year; the same day is printed with the year as {date} "
            f"in the same file{agrees}.",
        )
    if found.weekday:
        own = [date for date in _dates_of(ctx.clean(Span(ctx.document.start, ctx.document.end))) if date.day] or dates
        years = _years(found, sorted(own))
        near = [year for year in years if any(0 <= _days(year, found, date) <= 400 for date in own)] or years
        if len(near) == 1:
            date = PartialDate(near[0], found.month, found.day)
            return (
                date,
                f"The head prints {day} without a year; of the years that the document's dates allow, "
                f"only in {date.year} is that day a {found.weekday}.",
            )
    ctx.issue("no-year", f"The meeting's date ({day}) has no year and the dates of the file do not tell it.", span)
    return None, ""


def _years(found: DateMatch, dates: list[PartialDate]) -> list[int]:
    span = range(dates[0].year, dates[-1].year + 2)
    return year_of_weekday(found.weekday, found.month, found.day, span) if found.weekday else list(span)


def _days(year: int, found: DateMatch, date: PartialDate) -> int:
    """Roughly how many days a day of that year lies after a date."""
    return (year - date.year) * 365 + (found.month - date.month) * 30 + found.day - date.day


def _dates_of(text: str) -> list[PartialDate]:
    """The full dates of a string."""
    return [found.value for found in find_dates(text) if found.value is not None and found.value.day]


def _dates_of_bundle(ctx: Context) -> set[PartialDate]:
    start, end = ctx.bundle[0].start, ctx.bundle[-1].end
    return set(
        chain(_dates_of(ctx.text.clean[start:end]), (one.issued for one in ctx.bundle if one.issued and one.issued.day))
    )
