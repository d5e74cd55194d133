"""Activities with what was told of them, each behind its label: "Uppdrag: … Status: … Kommentar: …".

Forms and systems for follow-up print plans and reports so, a label on a line of its own or several in one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kommungraf.extract.context import Context
from kommungraf.extract.sentences import trim
from kommungraf.model import iri
from kommungraf.model.facts import PlannedActivity, ReportedResult
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Block, Span
from kommungraf.text import squeeze

_LABEL = re.compile(
    r"(?<![^\s*_])[*_]*"
    r"(?:(?P<activity>(?:Aktivitet|Uppdrag|Åtgärd|Insats)(?: \d+(?:\.\d+)*)?)"
    r"|(?P<told>Status|Läge|Kommentar|Resultat|Utfall|Uppföljning|Analys|Bedömning|Måluppfyllelse)"
    r"|(?P<other>Ansvarig|Tid|Tidplan|Klart(?: senast)?|Startdatum|Slutdatum|Mål|Syfte|Indikator|Kontaktperson|Budget))"
    r"[*_]*:[*_]*\s+(?=\S)"
)
_WORDS = re.compile(r"[a-zåäö]{3}")
_REPORTS = frozenset({"verksamhetsberättelse", "årsredovisning"})
_DOCUMENTS = _REPORTS | {"verksamhetsplan", "budget", "strategi"}
_NOT_HERE = (Role.BUDGET, Role.ACCOUNTS, Role.CONTENTS, Role.ATTENDANCE, Role.SIGNATURES)


@dataclass(slots=True)
class Labelled:
    """What stands behind the labels of a part, and the blocks that hold nothing else."""

    nodes: list[PlannedActivity | ReportedResult]
    blocks: frozenset[int]


def labelled(ctx: Context, part: Part, area: str) -> Labelled:
    """The activities of a part that stand behind a label and, in a report, what is told of each; in text order."""
    if ctx.document.type not in _DOCUMENTS or part.role in _NOT_HERE:
        return Labelled([], frozenset())
    taken: set[int] = set()
    entries: list[tuple[Span, list[Span]]] = []
    for block in (ctx.text.blocks[index] for index in part.own_blocks()):
        if block.kind not in ("paragraph", "item"):
            continue
        pieces = list(_pieces(ctx, block))
        if not pieces or (not entries and pieces[0][0] != "activity"):
            continue
        taken.add(block.start)
        for kind, span in pieces:
            if kind == "activity":
                entries.append((span, []))
            elif kind == "told":
                entries[-1][1].append(span)
    return Labelled([node for entry in entries for node in _said(ctx, *entry, area)], frozenset(taken))


def _pieces(ctx: Context, block: Block) -> Iterator[tuple[str, Span]]:
    """What stands behind each label of a block that begins with one."""
    clean = ctx.text.clean
    found = list(_LABEL.finditer(clean, block.start, block.end))
    if not found or clean[block.start : found[0].start()].strip(" *_\n"):
        return
    ends = [*(match.start() for match in found[1:]), block.end]
    for match, end in zip(found, ends, strict=True):
        span = trim(clean, match.end(), end)
        if span is not None and _WORDS.search(ctx.clean(span)):
            yield str(match.lastgroup), span


def _said(ctx: Context, activity: Span, told: list[Span], area: str) -> Iterator[PlannedActivity | ReportedResult]:
    report = ctx.document.type in _REPORTS
    text = squeeze(ctx.clean(activity))
    yield PlannedActivity(
        id=iri.statement(ctx.document.id, "plannedactivity", str(activity.start)),
        text=text,
        evidence=(activity,),
        part_of=area,
        year=ctx.document.year,
        from_report=report or None,
    )
    if report and told:
        texts = [squeeze(ctx.clean(span)) for span in told]
        yield ReportedResult(
            id=iri.statement(ctx.document.id, "reportedresult", str(told[0].start)),
            text=" ".join(each if each.endswith((".", "!", "?")) else f"{each}." for each in texts),
            evidence=tuple(told),
            part_of=area,
            year=ctx.document.year,
            heading=text,
        )
