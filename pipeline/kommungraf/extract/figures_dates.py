"""Dates as a text states them, where they can be checked: the day a document is dated, a day that is not the weekday
printed with it, a period that ends before it begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kommungraf.dates import DateMatch, PartialDate, find_dates
from kommungraf.extract.context import Context
from kommungraf.model import iri
from kommungraf.model.facts import StatedDate
from kommungraf.model.source import Span

_HEAD = 1500
"""A document is dated in its first lines; what stands further down is another date."""
_WEEKDAY = re.compile(r"(?i)\b(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?\b")
_TO = re.compile(r"\s*(?:[-–—]|till(?:\s+och\s+med)?|t\.?\s?o\.?\s?m\.?)\s*(?:den\s+)?")
_COLUMN = re.compile(r"(?P<first>(?:19|20)\d\d)-01-01\s*[-–]+\s*(?P<last>(?:19|20)\d\d)-12-31")
_FROM = re.compile(r"(?i)(?:från(?:\s+och\s+med)?|fr\.?\s?o\.?\s?m\.?|perioden|tiden|mellan)\s+(?:den\s+)?$")


def find_stated_dates(ctx: Context) -> Iterator[StatedDate]:
    """The date of the document, and the dates that cannot be."""
    clean = ctx.text.clean
    if dated := _dated(ctx):
        yield dated
    for index in ctx.document.blocks:
        block = ctx.text.blocks[index]
        if block.kind == "table":
            yield from _columns(ctx, block.start, block.end)
            continue
        text = clean[block.start : block.end]
        weekday = _WEEKDAY.search(text) is not None
        if not weekday and not re.search(r"(?:19|20)\d\d\D", text):
            continue
        before: DateMatch | None = None
        for found in find_dates(text):
            if weekday and found.weekday and found.value and not _fits(found):
                yield _stated(ctx, block.start, found.start, found.end, "weekday", found.value, _real(found))
            if before is not None and _reversed(text, before, found):
                yield _stated(ctx, block.start, before.start, found.end, "period", found.value, None)
            before = found


def _columns(ctx: Context, start: int, end: int) -> Iterator[StatedDate]:
    """The heads of a table's columns where one runs over two years beside one of the last of them."""
    heads = list(_COLUMN.finditer(ctx.text.clean, start, end))
    whole = {head["last"] for head in heads if head["first"] == head["last"]}
    wrong = {head["last"] for head in heads if head["first"] != head["last"] and head["first"] not in whole}
    for head in heads:
        if head["last"] in whole & wrong:
            yield _stated(ctx, 0, head.start(), head.end(), "column", None, None)


def _dated(ctx: Context) -> StatedDate | None:
    """The printed date that the document is dated by, with its line."""
    issued, start = ctx.document.issued, ctx.document.start
    if issued is None or not issued.day:
        return None
    head = ctx.text.clean[start : min(ctx.document.end, start + _HEAD)]
    match = next((found for found in find_dates(head) if found.value == issued), None)
    return _stated(ctx, start, match.start, match.end, "issued", issued, None) if match else None


def _fits(found: DateMatch) -> bool:
    return found.value is None or found.value.weekday() == found.weekday


def _real(found: DateMatch) -> str | None:
    return found.value.weekday() if found.value else None


def _reversed(text: str, first: DateMatch, last: DateMatch) -> bool:
    """A period of two whole dates, the second before the first: "från den 1 maj 2024 till den 30 april 2023"."""
    if first.value is None or last.value is None or not (first.value.day and last.value.day):
        return False
    if not _TO.fullmatch(text, first.end, last.start) or not _FROM.search(text, max(0, first.start - 25), first.start):
        return False
    begin, end = (date(day.year, day.month, day.day) for day in (first.value, last.value))
    return end < begin


def _stated(
    ctx: Context, base: int, start: int, end: int, kind: str, value: PartialDate | None, weekday: str | None
) -> StatedDate:
    span = Span(base + start, base + end)
    return StatedDate(
        id=iri.statement(ctx.document.id, "date", f"{kind}-{span.start}"),
        evidence=(span,),
        text=" ".join(ctx.clean(span).split()),
        date_kind=kind,
        date=value,
        weekday=weekday,
    )
