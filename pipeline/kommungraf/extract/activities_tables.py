"""Tables of activities: a row is something planned and, in a report, what became of it.

Systems for planning and follow-up print plans so: "Aktivitet | Ansvarig | Tid", and reports "Aktivitet | Status |
Kommentar". The heads of the columns are in ``data/activities.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kommungraf.extract.areas import area_ids
from kommungraf.extract.context import Context
from kommungraf.extract.sentences import trim
from kommungraf.model import iri
from kommungraf.model.facts import Node, PlannedActivity, ReportedResult
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Block, Row, Span
from kommungraf.text import fold, squeeze
from kommungraf.wordlists import toml

_DOCUMENTS = frozenset({"verksamhetsplan", "budget", "strategi", "verksamhetsberättelse", "årsredovisning"})
_REPORTS = frozenset({"verksamhetsberättelse", "årsredovisning"})
_NO_PLANS = (Role.BUDGET, Role.ACCOUNTS, Role.CONTENTS, Role.ATTENDANCE, Role.SIGNATURES)
_WORDS = re.compile(r"[a-zåäö]{3}")
_TOTAL = re.compile(r"(?i)(?:summa|totalt?|antal)\b")

Columns = dict[str, list[int]]


def table_activities(ctx: Context) -> Iterator[Node]:
    """Planned activities and goals of tables, and in a report the results beside them, in text order."""
    if ctx.document.type not in _DOCUMENTS:
        return
    areas = area_ids(ctx)
    for part in ctx.document.walk():
        if part.role in _NO_PLANS:
            continue
        columns, width = Columns(), 0
        for block in _tables(ctx, part):
            heads = _columns(ctx, block.rows[0])
            rows = block.rows
            if heads:
                columns, width, rows = heads, len(block.rows[0].cells), block.rows[1:]
            elif not columns or len(block.rows[0].cells) != width:  # else it goes on over a page break
                columns = Columns()
                continue
            for row in rows:
                yield from _row(ctx, row, columns, areas[id(part)])


def _tables(ctx: Context, part: Part) -> Iterator[Block]:
    blocks = (ctx.text.blocks[index] for index in part.own_blocks())
    return (block for block in blocks if block.kind == "table" and block.rows)


@cache
def _heads() -> dict[str, re.Pattern[str]]:
    return {name: re.compile(pattern) for name, pattern in toml("extract", "activities.toml")["columns"].items()}


def _columns(ctx: Context, row: Row) -> Columns:
    """Which columns hold what; nothing where none holds activities, or where it is the only one."""
    found = Columns()
    for cell in row.cells:
        head = fold(ctx.text.of(cell)).strip(" *:")
        name = next((name for name, pattern in _heads().items() if pattern.fullmatch(head)), "")
        if name:
            found.setdefault(name, []).append(cell.column)
    return found if "activity" in found and len(row.cells) > 1 else Columns()


def _row(ctx: Context, row: Row, columns: Columns, area: str) -> Iterator[Node]:
    cells = {
        cell.column: span for cell in row.cells if (span := trim(ctx.text.clean, cell.start, cell.end)) is not None
    }
    report = ctx.document.type in _REPORTS
    for name in ("goal", "activity"):
        for span in (cells[at] for at in columns.get(name, ())[:1] if at in cells):
            text = squeeze(ctx.clean(span))
            if not _WORDS.search(text) or _TOTAL.match(text):
                return
            yield PlannedActivity(
                id=iri.statement(ctx.document.id, "plannedactivity", str(span.start)),
                text=text,
                evidence=(span,),
                part_of=area,
                year=ctx.document.year,
                is_goal=name == "goal",
                from_report=report or None,
            )
    activity = cells.get(columns["activity"][0])
    told = [cells[at] for at in columns.get("told", ()) if at in cells and _WORDS.search(ctx.clean(cells[at]))]
    if report and activity is not None and told:
        yield _result(ctx, activity, told, area)


def _result(ctx: Context, activity: Span, told: list[Span], area: str) -> ReportedResult:
    texts = [squeeze(ctx.clean(span)) for span in told]
    return ReportedResult(
        id=iri.statement(ctx.document.id, "reportedresult", str(told[0].start)),
        text=" ".join(text if text.endswith((".", "!", "?")) or text is texts[-1] else f"{text}." for text in texts),
        evidence=tuple(told),
        part_of=area,
        year=ctx.document.year,
        heading=squeeze(ctx.clean(activity)),
    )
