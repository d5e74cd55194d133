"""Areas and focus areas of plans and reports, as a tree. The evidence is the title as printed, number included."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.extract.context import Context
from kommungraf.model.facts import FocusArea, Hints
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.text import squeeze

# "Fokusområde 2: Ungas hälsa", "Område 1 – Lärande", "3.1 Äldre", "Uppdrag 4: …"; a bare "Uppdrag 4" keeps its number.
_NUMBER = re.compile(
    r"^(?:(?:[A-ZÅÄÖa-zåäö]*(?:[Oo]mråden?)|Uppdrag|Mål|Strategi|Inriktning|Prioritering|Del|Kapitel)\s+)?"
    r"(?:\d+(?:\.\d+)*[.):]?|[A-Z][.):])\s*[–:-]?\s+(?=\S)"
    r"|^(?:Fokusområde|Verksamhetsområde|Område|Uppdrag)\s*:\s*"
)


def find_focus_areas(ctx: Context) -> Iterator[FocusArea]:
    """Every area and focus area of a logical document; ``part_of`` is the area above it, or the document."""
    for part in ctx.document.parts:
        yield from _walk(ctx, part, ctx.document.id)


def _walk(ctx: Context, part: Part, above: str) -> Iterator[FocusArea]:
    if part.role in (Role.AREA, Role.FOCUS) and part.title:
        area = _area(ctx, part, above)
        yield area
        above = area.id
    for child in part.children:
        yield from _walk(ctx, child, above)


def _area(ctx: Context, part: Part, above: str) -> FocusArea:
    span = title_span(part)
    hints: Hints = {"scope": ctx.document.publisher, "printed": squeeze(ctx.clean(span)), "role": part.role.value}
    return FocusArea(
        id=ctx.mention_id(FocusArea, span),
        name=area_name(part.title),
        evidence=(span,),
        part_of=above,
        year=ctx.document.year,
        hints=hints,
    )


def title_span(part: Part) -> Span:
    """Where the title stands; the beginning of the part where the segmenter kept no place for it."""
    return part.title_span or Span(part.start, part.start + len(part.title))


def area_name(title: str) -> str:
    """The title without its number: areas are numbered anew each year."""
    name = squeeze(title).strip(" *:")
    return _NUMBER.sub("", name) or name


def area_ids(ctx: Context) -> dict[int, str]:
    """The mention of the area that each part (by its ``id()``) belongs to; the document's where there is none."""
    found: dict[int, str] = {}

    def walk(part: Part, above: str) -> None:
        if part.role in (Role.AREA, Role.FOCUS) and part.title:
            above = ctx.mention_id(FocusArea, title_span(part))
        found[id(part)] = above
        for child in part.children:
            walk(child, above)

    for part in ctx.document.parts:
        walk(part, ctx.document.id)
    return found
