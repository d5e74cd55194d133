"""Where texts tell of decisions: the sentences of running text, the lines of a list of documents and of a cover."""

from __future__ import annotations

from collections.abc import Iterator

from kommungraf.extract.context import Context
from kommungraf.extract.reported_decisions_verbs import says_adopted
from kommungraf.extract.sentences import trim
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span

_SILENT = frozenset(
    {
        Role.DECISION, Role.PROPOSAL, Role.PROCEDURE, Role.VOTE, Role.RESERVATION, Role.RECUSAL, Role.ATTENDANCE,
        Role.RECIPIENTS, Role.HANDLER, Role.SIGNATURES, Role.APPEAL, Role.CONTENTS, Role.MEETING,
    }
)  # fmt: skip
"""Parts that tell of no earlier decision: they decide, propose, name people or are no text."""
_LISTS = frozenset({Role.BASIS, Role.FRONT})
"""Parts whose lines stand each for itself: a list of documents, a cover."""
_STEMS = tuple(
    "beslut beslöt § antog antag godkän godt bevilj fastst fastsl avsl avvis bifö bifa remitt bordl tillstyrk avstyrk "
    "entledig utsåg utset vald valt upphäv uppdr anslog anslag föresl förord besvar överl".split()
)
"""What is in every sentence that tells of a decision: looked for first, as most sentences tell of none."""


def telling_sentences(ctx: Context) -> Iterator[tuple[Span, Part | None]]:
    """The sentences that may tell of a decision, each with its agenda item."""

    def walk(parts: list[Part], item: Part | None) -> Iterator[tuple[Span, Part | None]]:
        for part in parts:
            inside = part if part.role is Role.AGENDA_ITEM else item
            if part.role not in _SILENT:
                yield from ((span, inside) for span in _texts(ctx, part))
            yield from walk(part.children, inside)

    return walk(ctx.document.parts, None)


def _texts(ctx: Context, part: Part) -> Iterator[Span]:
    clean = ctx.text.clean
    begin = part.title_span.end if part.title_span else part.start
    for index in part.own_blocks():
        block = ctx.text.blocks[index]
        cells = [(cell.start, cell.end) for row in block.rows for cell in row.cells] if block.kind == "table" else []
        for start, end in cells or [(block.start, block.end)]:
            start, end = max(start, begin), min(end, part.end)
            if start < end and _may_tell(clean[start:end]):
                spans = _lines(clean, start, end) if part.role in _LISTS else ctx.sentences(start, end)
                for span in spans:
                    if part.role is Role.FRONT and not says_adopted(ctx.clean(span).lstrip("*( ")):
                        continue
                    if _may_tell(clean[span.start : span.end]):
                        yield span


def _may_tell(text: str) -> bool:
    text = text.lower()
    for stem in _STEMS:  # noqa: SIM110 (asked of every block: a generator takes twice as long)
        if stem in text:
            return True
    return False


def _lines(clean: str, start: int, end: int) -> Iterator[Span]:
    """The lines of a list of documents, each of which is one."""
    while start < end:
        stop = clean.find("\n", start, end)
        stop = end if stop < 0 else stop
        if (line := trim(clean, start, stop)) is not None:
            yield line
        start = stop + 1
