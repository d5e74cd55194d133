"""Swedish dates at the precision that they are printed with; nothing is ever rounded to a made-up day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

MONTHS = tuple("januari februari mars april maj juni juli augusti september oktober november december".split())
_MONTH_NUMBER = {name: number for number, name in enumerate(MONTHS, 1)} | {
    name[:3]: number for number, name in enumerate(MONTHS, 1)
}
_MONTH_NUMBER["sept"] = 9
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date with as much precision as the text has: a year, a month of a year, or a day."""

    year: int
    month: int = 0
    day: int = 0

    def __post_init__(self) -> None:
        if self.day:
            date(self.year, self.month, self.day)  # raises ValueError on 30 February
        elif not 0 <= self.month <= 12 or not 1 <= self.year <= 9999:
            raise ValueError(f"no such month: {self.year}-{self.month}")

    def __str__(self) -> str:
        if self.day:
            return f"{self.year:04}-{self.month:02}-{self.day:02}"
        return f"{self.year:04}-{self.month:02}" if self.month else f"{self.year:04}"

    @property
    def datatype(self) -> str:
        """The XSD datatype that has this precision: ``xsd:date``, ``xsd:gYearMonth`` or ``xsd:gYear``."""
        return "xsd:date" if self.day else "xsd:gYearMonth" if self.month else "xsd:gYear"

    def weekday(self) -> str:
        """The Swedish name of the weekday; ``ValueError`` when the day is not known."""
        return WEEKDAYS[date(self.year, self.month, self.day).weekday()]


class DateMatch(NamedTuple):
    """A date found in a string. Without a printed year ``value`` is ``None``, and ``month`` and ``day`` stand alone."""

    start: int
    end: int
    value: PartialDate | None
    month: int = 0
    day: int = 0
    weekday: str = ""


_MONTH = rf"(?:{'|'.join(MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept|sep|okt|nov|dec)\b\.?"
_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"""(?xi)
    \b(?=[0-9mtoflsjand])(?:  # what a weekday, a month or a number may begin with: keeps the search fast
    (?<![\w/.-])(?P<iso_y>{_YEAR})[-–](?P<iso_m>[01]\d)(?:[-–](?P<iso_d>[0-3]\d))?(?![\w/]|-\d)
  | (?:(?P<weekday>(?:mån|tis|ons|tors|fre|lör|sön)dag)(?:en)?,?\s+(?:den\s+)?)?
    (?<![\d:.,])(?P<day>[0-3]?\d)(?::?[ae])?\s+(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR})(?![\d-]))?
  | (?<![\d./-])(?P<slash_d>[0-3]?\d)/(?P<slash_m>1[0-2]|0?[1-9])[\s-]+(?P<slash_y>{_YEAR})(?![\d/-])
  | (?:(?<=datum:\s)|(?<=datum\s))(?:(?P<short_y>\d\d)|(?P<long_y>{_YEAR}))(?P<short_m>[01]\d)(?P<short_d>[0-3]\d)(?!\d)
  | (?P<my_m>{_MONTH})(?:\s+månad)?(?:\s+år)?\s+(?P<my_y>{_YEAR})(?![\d-])
    )"""
)


def find_dates(text: str) -> Iterator[DateMatch]:
    """The dates of a text, in order: ISO, ``25 april 2024``, ``torsdagen den 25 april``, ``april 2024``, ``25/4 2024``.

    ``240425`` is one only after a label that ends in "datum".
    """
    for match in _DATE.finditer(text):
        found = _read(match)
        if found is not None:
            yield found


def _read(match: re.Match[str]) -> DateMatch | None:
    groups = match.groupdict()
    try:
        if groups["iso_y"]:
            value = PartialDate(int(groups["iso_y"]), int(groups["iso_m"]), int(groups["iso_d"] or 0))
            return DateMatch(match.start(), match.end(), value)
        if groups["slash_d"]:
            value = PartialDate(int(groups["slash_y"]), int(groups["slash_m"]), int(groups["slash_d"]))
            return DateMatch(match.start(), match.end(), value)
        if groups["short_m"]:  # 240425 and 20240425 are dates only where the label says "datum"
            year = int(groups["long_y"] or f"20{groups['short_y']}")
            value = PartialDate(year, int(groups["short_m"]), int(groups["short_d"]))
            return DateMatch(match.start(), match.end(), value)
        if groups["my_m"]:
            value = PartialDate(int(groups["my_y"]), _month(groups["my_m"]))
            return DateMatch(match.start(), match.end(), value)
        day, month, weekday = int(groups["day"]), _month(groups["month"]), (groups["weekday"] or "").lower()
        PartialDate(2024, month, day)  # a leap year: is there such a day at all?
        full = PartialDate(int(groups["year"]), month, day) if groups["year"] else None
        return DateMatch(match.start(), match.end(), full, month, day, weekday)
    except ValueError:
        return None


def _month(name: str) -> int:
    return _MONTH_NUMBER[name.lower().rstrip(".")]


def year_of_weekday(weekday: str, month: int, day: int, years: range) -> list[int]:
    """The years of a range in which a day of a month falls on a weekday: how minutes without a year are dated."""
    return [
        year
        for year in years
        if _is_day(year, month, day) and PartialDate(year, month, day).weekday() == weekday.lower()
    ]


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
