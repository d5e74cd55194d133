"""What a list of matters says of each: lists of unanswered motions (kommunallagen 5 kap. 35 §) and of pending matters.

A table with a column for the state ("Läge", "Status") says it in its row; in a list under a title such as "Obesvarade
motioner" every matter is open unless its line says otherwise.
"""

from __future__ import annotations

import re

from kommungraf.extract.context import Context
from kommungraf.model.parts import Role
from kommungraf.model.source import Block, Row, Span

_LIST = re.compile(
    r"""(?ix)\b(?:(?:o|ej\s|inte\s|icke\s)besvarade|icke\savgjorda|oavslutade|pågående)\s(?:\w+\s(?:och\s|samt\s)?)?
    (?:motioner|medborgarförslag|e-förslag|interpellationer|ärenden|uppdrag)
    |\b(?:motioner|medborgarförslag)\b.{0,40}\bunder\sberedning\b|\bberedningsläget?\b|\bbalanslista\b"""
)
_COLUMN = re.compile(
    r"(?i)\W*(?:läge|nuläge|status|beredningsläge|ärendeläge|ställning|handläggningsläge|kommentar|anmärkning)\W*"
)
# What the line says, the first that matches: a motion "återtagen efter beredning" is no longer prepared.
_SAYS = (
    ("withdrawn", re.compile(r"(?i)\b(?:återtag\w+|återkalla\w+|dragits? tillbaka|tillbakadrag\w+)\b")),
    ("postponed", re.compile(r"(?i)\b(?:bordlagd|bordlagt|vilande|uppskjut\w+|vilar)\b")),
    ("open", re.compile(r"(?i)\b(?:inte|ej|ännu) (?:besvara\w+|avgjor\w+|beslutad\w*|klar)\b|\bobesvara\w+\b")),
    ("answered", re.compile(r"(?i)\bbesvara(?:d|t|des|ts)\b")),
    ("decided", re.compile(r"(?i)\b(?:besluta[dt]|avgjor[dt]|avslag(?:en|et)|bifall(?:en|et)|avsluta[dt])\b")),
    (
        "open",
        re.compile(
            r"(?i)\b(?:under (?:beredning|handläggning|utredning)|bereds|handläggs|remitterad\w*|återremitterad\w*"
            r"|pågår|pågående|på remiss|inväntar|planeras)\b"
        ),
    ),
)  # fmt: skip


def said_state(ctx: Context, span: Span) -> str | None:
    """The state that a table or list says the matter with a number at ``span`` is in; ``None`` where it is no list."""
    block = ctx.text.block_at(span.start)
    listed = any(
        part.start <= span.start < part.end and _LIST.search(part.title)
        for part in ctx.document.with_role(Role.AGENDA_ITEM, Role.SECTION, Role.BACKGROUND)
    )
    if block.kind == "table":
        return _row_says(ctx, block, span, listed)
    if block.kind == "item" and listed:
        return _says(ctx.text.clean[block.start : block.end]) or "open"
    return None


def _row_says(ctx: Context, block: Block, span: Span, listed: bool) -> str | None:
    row = next((row for row in block.rows[1:] if _has(row, span)), None)
    if row is None:
        return None
    columns = {cell.column for cell in block.rows[0].cells if _COLUMN.fullmatch(ctx.text.of(cell).strip(" *"))}
    told = " ".join(ctx.text.of(cell) for cell in row.cells if cell.column in columns)
    return _says(told) or ("open" if listed and columns else None)


def _has(row: Row, span: Span) -> bool:
    return any(cell.start <= span.start < cell.end for cell in row.cells)


def _says(text: str) -> str | None:
    return next((state for state, words in _SAYS if words.search(text)), None)
