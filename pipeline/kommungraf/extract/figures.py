"""Counts and shares in running text: how many, of what, and how sure the text is ("drygt 200 nya filmer").

Two forms are read. A number before its noun: "sex medarbetare", "12 av 13 kommuner", "fem av länets kommuner". And a
number after what it measures: "antalet utlån har ökat till 722", "sjukfrånvaron var 3,1 procent". Money is left to
:mod:`kommungraf.extract.amounts`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.extract.context import Context
from kommungraf.extract.figures_reading import Found, numbers_in
from kommungraf.extract.units import whole_number
from kommungraf.model import iri
from kommungraf.model.facts import Figure, FocusArea, Network, Project
from kommungraf.model.parts import Role
from kommungraf.model.source import Span
from kommungraf.text import fold

_NOT_TEXT = tuple(map(Role, "contents attendance signatures recipients vote meeting handler appeal basis".split()))
_YEAR = re.compile(r"(?<![\d/-])(?:19|20)\d\d(?![\d-]|/\d)")
# A year after these is a day's or a limit's, not the year of the count.
_NOT_ITS_YEAR = re.compile(
    r"(?i)(?:\b\d{1,2}(?::e)?\s+(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"
    r"|\b(?:till|senast|från|med|sedan|före|efter|inför|än|målet|agenda|jämfört\s+med(?:\s+\S+){1,3}|mot\s+\S+(?:\s+procent)?))\s+(?:år\s+)?$"
)
_LONGEST = 400
"""A sentence that is longer is a list; its text is cut around the number."""


def find_figures(ctx: Context) -> Iterator[Figure]:
    """The counts and shares of the document's paragraphs, items and headings, in reading order."""
    clean = ctx.text.clean
    excluded = [(part.start, part.end) for part in ctx.document.with_role(*_NOT_TEXT)]
    for index in ctx.document.blocks:
        block = ctx.text.blocks[index]
        if block.kind == "table" or any(start <= block.start < end for start, end in excluded):
            continue
        found = sorted(numbers_in(clean, block.start, block.end), key=lambda one: one.start)
        if not found:
            continue
        spans = ctx.sentences(block.start, block.end)
        for one in found:
            sentence = next((span for span in spans if span.start <= one.start < span.end), None)
            if sentence is not None:
                yield _figure(ctx, one, sentence)


def _figure(ctx: Context, found: Found, sentence: Span) -> Figure:
    clean = ctx.text.clean
    told = sentence
    if sentence.end - sentence.start > _LONGEST:
        told = Span(max(sentence.start, found.start - _LONGEST // 2), min(sentence.end, found.end + _LONGEST // 2))
    printed = clean[found.start : found.end]
    return Figure(
        id=iri.statement(ctx.document.id, "figure", str(found.start)),
        evidence=(told, Span(found.start, found.end)),
        text=" ".join(clean[told.start : told.end].split()),
        line_item=found.noun,
        value=whole_number(found.value),
        unit=found.unit,
        fiscal_year=_year(ctx, clean[sentence.start : sentence.end]),
        scope=scope_of(ctx, sentence),
        hedge=found.hedge,
        as_printed=" ".join(f"{found.hedge or ''} {printed}".split()),
        under_heading=heading_over(ctx, sentence),
    )


def _year(ctx: Context, sentence: str) -> int | None:
    """The year of the sentence, else the document's; a year far ahead is in the name of a goal or strategy."""
    year, own = year_of(sentence), ctx.document.year
    return year if year is not None and (own is None or year <= own + 5) else own


def year_of(sentence: str) -> int | None:
    """The only year that a sentence names as such, not as part of a date."""
    years = {
        int(match[0])
        for match in _YEAR.finditer(sentence)
        if not _NOT_ITS_YEAR.search(sentence, max(0, match.start() - 24), match.start())
    }
    return years.pop() if len(years) == 1 else None


def scope_of(ctx: Context, sentence: Span) -> str | None:
    """What the number is about: the only project or network of the sentence, else of the nearest heading above it,
    else the area of work that it stands in, else the publisher."""
    for span in (sentence, _heading(ctx, sentence)):
        if span is None:
            continue
        for kind in (Project, Network):
            names = {fold(node.name): node.id for node in ctx.within(kind, span)}
            if len(names) == 1:
                return next(iter(names.values()))
    around = [part for part in ctx.document.with_role(Role.AREA, Role.FOCUS) if part.start <= sentence.start < part.end]
    for part in sorted(around, key=lambda one: one.end - one.start):
        if part.title_span and (areas := ctx.within(FocusArea, part.title_span)):
            return areas[0].id
    return ctx.document.publisher_id


def heading_over(ctx: Context, sentence: Span) -> str | None:
    """The nearest heading that a sentence stands under, as printed."""
    span = _heading(ctx, sentence)
    return " ".join(ctx.clean(span).split()) if span else None


def _heading(ctx: Context, sentence: Span) -> Span | None:
    titled = [part for part in ctx.document.walk() if part.title_span and part.start <= sentence.start < part.end]
    return max(titled, key=lambda part: part.start).title_span if titled else None
