"""The § that stands beside a date: "2021-11-09, § 143", "§ 143, den 9 november 2021", "§§ 18 och 20"."""

from __future__ import annotations

import re

from kommungraf.dates import MONTHS
from kommungraf.extract.reported_decisions_dates import Told

PARAGRAPH = re.compile(
    rf"""(?x)§{{1,2}}\s*(?P<number>\d{{1,4}})(?:/(?P<year>(?:19|20)?\d\d))?
    (?P<more>(?:\s*(?:och|samt|,|–|-)\s*\d{{1,3}}(?!\d|[-–/]\d|\s(?:{"|".join(MONTHS)})\b))*)(?!\w|\.\d|\s*(?:kap|st)\b)"""
)
_RANGE = re.compile(r"(\d+)\s*[–-]\s*(\d+)")
_AFTER_DATE = re.compile(r"[\s,(]{1,3}$")
_BEFORE_DATE = re.compile(r"[\s,)]{1,3}(?:den\s+)?$")


def paragraph_at(text: str, date: Told) -> int | tuple[int, ...] | None:
    """The § that stands right after or before a date; several where it prints several ("§ 18 och 20")."""
    match = next((one for one in PARAGRAPH.finditer(text) if stands_with(text, date, one)), None)
    return numbers_of(match) if match else None


def numbers_of(match: re.Match[str]) -> int | tuple[int, ...]:
    """The number of a match of ``PARAGRAPH``, or all of a list or range."""
    if not match["more"]:
        return int(match["number"])
    printed = match["number"] + match["more"]
    span = _RANGE.fullmatch(printed)
    if span and int(span[1]) < int(span[2]) < int(span[1]) + 20:
        return tuple(range(int(span[1]), int(span[2]) + 1))
    return tuple(int(number) for number in re.findall(r"\d+", printed))


def stands_with(text: str, date: Told, paragraph: re.Match[str]) -> bool:
    """Does a § stand right beside a date, with no more than a comma or bracket between them?"""
    after = paragraph.start() >= date.end and _AFTER_DATE.fullmatch(text[date.end : paragraph.start()])
    before = paragraph.end() <= date.start and _BEFORE_DATE.fullmatch(text[paragraph.end() : date.start])
    return bool(after or before)
