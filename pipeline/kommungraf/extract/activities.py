"""What plans say will be done and reached, and what reports say was done: a statement per list item or paragraph."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kommungraf.extract.areas import area_ids
from kommungraf.extract.context import Context
from kommungraf.model import iri
from kommungraf.model.facts import Node, PlannedActivity, ReportedResult
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Block, Span
from kommungraf.text import squeeze

_LETTERS = re.compile(r"[a-zåäö]{3}")
# A paragraph before a list ("… genom att:") or under a heading ("Ansvarig: …") that is no statement itself.
_LEAD = re.compile(r":\s*$|^(?:Ansvarig\w*|Kontaktperson|Foto|Bild|Källa|Tabell|Diagram|Figur)\b", re.I)


def find_activities(ctx: Context) -> Iterator[Node]:
    """Planned activities, goals and reported results of a logical document, in text order."""
    areas, running = area_ids(ctx), _running(ctx)
    for part in ctx.document.walk():
        if part.role in (Role.ACTIVITIES, Role.GOALS):
            yield from _planned(ctx, part, areas[id(part)], running)
        elif part.role is Role.RESULTS:
            yield from _reported(ctx, part, areas[id(part)], running)


def _planned(ctx: Context, part: Part, area: str, running: frozenset[str]) -> Iterator[PlannedActivity]:
    goal = part.role is Role.GOALS
    for span in _statements(ctx, part, running, items_only=not goal):
        yield PlannedActivity(
            id=iri.statement(ctx.document.id, "plannedactivity", str(span.start)),
            text=squeeze(ctx.clean(span)),
            evidence=(span,),
            part_of=area,
            year=ctx.document.year,
            is_goal=goal,
        )


def _reported(ctx: Context, part: Part, area: str, running: frozenset[str]) -> Iterator[ReportedResult]:
    heading = (
        squeeze(part.title)
        if part.title and not re.fullmatch(r"(?i)resultat\w*|uppföljning\w*|utfall", part.title.strip(" *:"))
        else None
    )
    for span in _statements(ctx, part, running, items_only=False):
        yield ReportedResult(
            id=iri.statement(ctx.document.id, "reportedresult", str(span.start)),
            text=squeeze(ctx.clean(span)),
            evidence=(span,),
            part_of=area,
            year=ctx.document.year,
            heading=heading,
        )


def _statements(ctx: Context, part: Part, running: frozenset[str], items_only: bool) -> Iterator[Span]:
    """The items of a part, or its paragraphs too; of a plan only the items where it has any: the rest explains."""
    blocks = [ctx.text.blocks[index] for index in part.own_blocks()]
    blocks = [block for block in blocks if block.kind in ("item", "paragraph") and not _is_title(part, block)]
    blocks = [block for block in blocks if ctx.text.of(block) not in running]
    listed = [block for block in blocks if block.kind == "item"]
    for block in listed if items_only and listed else blocks:
        text = ctx.text.of(block)
        if _LETTERS.search(text) and not (block.kind == "paragraph" and _LEAD.search(text.strip(" *"))):
            yield Span(block.start, block.end)


def _running(ctx: Context) -> frozenset[str]:
    """Short lines that a text file without pages repeats: running heads and feet. A sentence may well return."""
    text, blocks = ctx.text, ctx.text.blocks[ctx.document.blocks.start : ctx.document.blocks.stop]
    lines = Counter(text.of(block) for block in blocks if block.kind == "paragraph" and block.end - block.start < 90)
    return frozenset(line for line, count in lines.items() if count > 2 and not line.endswith((".", "!", "?")))


def _is_title(part: Part, block: Block) -> bool:
    return part.title_span is not None and block.start < part.title_span.end and part.title_span.start < block.end
