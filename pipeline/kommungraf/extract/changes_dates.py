"""When a change took effect, at the precision that its sentence has.

The document's year is used only where words point to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kommungraf.dates import MONTHS, PartialDate, find_dates

_YEAR = re.compile(r"(?<![\d/–.,-])(?<!\d[ \u00a0])(?:19|20)\d\d(?![\d/]|[–-]\d|[ \u00a0]\d|,\d)")
_TURN = re.compile(
    r"årsskiftet(?:\s+(?P<first>(?:19|20)\d\d)\s?[/–-]\s?(?P<second>(?:20|19)?\d\d))?(?!\s+(?:19|20)\d\d)"
)
_THIS_YEAR = re.compile(
    r"\bunder året\b|\bi år\b|\bdetta år\b|\bårets slut\b|\bslutet av året\b"
    r"|\b(?:under|i|på|vid) (?:våren|hösten|sommaren|vårterminen|höstterminen|halvårsskiftet)\b(?!\s+(?:19|20)\d\d)"
)
_NEXT_YEAR = re.compile(r"\bnästa år\b|\bkommande år(?:et)?\b")
_MONTH = re.compile(
    rf"\b(?:i|under|från|från och med|i slutet av|i början av)\s+({'|'.join(MONTHS)})\b(?!\s+(?:19|20)\d\d)"
)
# A date after these words is when something else was: when it began, was decided or was meant to be.
_OTHER = re.compile(
    r"(?:\bsedan|start(?:ade|ar|at)|inleddes|påbörjades|beslut\w*|godkän\w*|föreslog|skulle[^.]{0,40}|möte\w*|protokoll\w*|daterad\w*"
    r"|infördes|bildades|antag\w+|antogs|fastställ\w+)\s+(?:(?:den|i|under|år|av|hösten|våren|styrelsen)\s+)*$",
    re.I,
)
_FAR = 90


class _Found(NamedTuple):
    start: int
    end: int
    value: PartialDate


def effective(text: str, trigger: tuple[int, int], year: int | None, kind: str) -> PartialDate | None:
    """The date that the words at ``trigger`` take effect: the nearest one after them, or else before them.

    ``year`` is what the document is about: ``under året`` and ``i december`` are of that year, the turn of the year is
    the one that ends it. Nothing is made more precise than it is printed.
    """
    start, end = trigger
    every = list(_dates(text, year, kind))
    if inside := [one for one in every if start <= one.start < end]:  # "avlöstes 2022 av", "heter sedan i maj"
        return inside[0].value
    found = [one for one in every if not _OTHER.search(text[: one.start])]
    after = [one for one in found if end <= one.start <= end + _FAR and not _broken(text[end : one.start])]
    if after:
        return min(after, key=lambda one: one.start).value
    auxiliary = re.search(r"\bkommer\b[^,;]*\satt $", text[:start])  # "kommer X att avslutas" is one clause
    clause = max(0 if auxiliary else text.rfind(" att ", 0, start), text.rfind("; ", 0, start), 0)
    before = [one for one in found if clause <= one.start < start]
    return max(before, key=lambda one: one.end).value if before else None


def _broken(between: str) -> bool:
    """Whether another clause begins: what it dates is something else."""
    return bool(
        re.search(
            r"[;:]\s|,\s(?:sedan|då|när|medan|men|och)\s|,\s\w+(?:ade|ades)\b|\soch\s\w+(?:ar|er|ade|des|te)\b", between
        )
    )


def _dates(text: str, year: int | None, kind: str) -> Iterator[_Found]:
    taken: list[tuple[int, int]] = []
    for date in find_dates(text):
        value = date.value
        if value is None and year is not None and _is_day(year, date.month, date.day):
            value = PartialDate(year, date.month, date.day)
        if value is not None:
            taken.append((date.start, date.end))
            yield _Found(date.start, date.end, value)
    for match in _YEAR.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            yield _Found(match.start(), match.end(), PartialDate(int(match.group())))
    for match in _TURN.finditer(text):
        turn = _turn(match, year, kind)
        if turn is not None:
            yield _Found(match.start(), match.end(), turn)
    if year is not None:
        for pattern, value in ((_THIS_YEAR, PartialDate(year)), (_NEXT_YEAR, PartialDate(year + 1))):
            for match in pattern.finditer(text):
                yield _Found(match.start(), match.end(), value)
        for match in _MONTH.finditer(text):
            yield _Found(match.start(), match.end(), PartialDate(year, MONTHS.index(match[1]) + 1))


def _turn(match: re.Match[str], year: int | None, kind: str) -> PartialDate | None:
    """An end at the turn of the year is on its last day, a beginning on the first day of the next."""
    if match["first"]:
        first = int(match["first"])
        return PartialDate(first, 12, 31) if kind == "ended" else PartialDate(first + 1, 1, 1)
    if year is None:
        return None
    return PartialDate(year) if kind == "ended" else PartialDate(year + 1, 1, 1)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        PartialDate(year, month, day)
    except ValueError:
        return False
    return True
