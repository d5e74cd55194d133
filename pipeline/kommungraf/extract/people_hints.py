"""What the context says about a mentioned person: party, municipality, office. Linking weighs it; it is no fact yet."""

from __future__ import annotations

import re

from kommungraf.extract.context import Context
from kommungraf.extract.people_evidence import Evidence
from kommungraf.model.facts import Hints, Municipality, Party
from kommungraf.model.source import Span

_PARTY_LABEL = re.compile(r"(?:^|\n)[ \t]*(?:Parti|Partibeteckning|Partigrupp)[ \u00a0]*:[ \u00a0]*$", re.I)
_PLACE_LABEL = re.compile(r"(?:^|\n)[ \t]*(?:Kommun|Kommun/region|Medlemskommun|Valkrets)[ \u00a0]*:[ \u00a0]*$", re.I)


def hints_for(ctx: Context, span: Span, evidence: Evidence) -> Hints:
    """The hints of the person named at a span."""
    hints: Hints = {}
    if evidence.party:
        hints["party"] = evidence.party
    elif evidence.structured and (party := _governing(ctx, Party, span, _PARTY_LABEL)):
        hints["party"] = party
    if evidence.office:
        hints["office"] = evidence.office
    if code := _municipality(ctx, span, evidence):
        hints["municipality"] = code
    if ctx.document.publisher:
        hints["organization"] = ctx.document.publisher
    return hints


def _governing(ctx: Context, kind: type[Party] | type[Municipality], span: Span, label: re.Pattern[str]) -> str:
    """The last value of a form field before a list: ``Parti: …`` says the party of all names that follow it."""
    text, found = ctx.text.clean, ""
    for node in ctx.of_type(kind):
        start = node.evidence[0].start
        if start >= span.start:
            break
        if label.search(text, max(ctx.document.start, start - 40), start):
            found = (node.abbreviation or node.name) if isinstance(node, Party) else node.municipality_code
    return found


def _municipality(ctx: Context, span: Span, evidence: Evidence) -> str:
    """From the row of a table, the words right after the name, or a form field above a list."""
    block = ctx.text.block_at(span.start)
    for row in block.rows if block.kind == "table" else ():
        if row.cells and row.cells[0].start <= span.start < row.cells[-1].end:
            codes = {
                node.municipality_code for node in ctx.within(Municipality, Span(row.cells[0].start, row.cells[-1].end))
            }
            return codes.pop() if len(codes) == 1 else ""
    after = ctx.within(Municipality, Span(span.end, min(span.end + 40, block.end)))
    if after and re.fullmatch(
        r"\s*(?:\([^()]{1,9}\))?\s*[,–(-]?\s*", ctx.text.clean[span.end : after[0].evidence[0].start]
    ):
        return after[0].municipality_code
    return _governing(ctx, Municipality, span, _PLACE_LABEL) if evidence.structured else ""
