"""The points of a part that decides or proposes: its sentences, and the members of a list under a lead-in.

Swedish decisions are written in three ways: as sentences ("Motionen avslås."), as a numbered or bulleted list, or as a
lead-in ("Kommunstyrelsen beslutar") with clauses that begin with "att". The lead-in gives the subject, often the verb.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from kommungraf.extract.context import Context
from kommungraf.extract.outcomes import MAIN, outcome_of
from kommungraf.extract.sentences import sentences, trim
from kommungraf.model.parts import Part
from kommungraf.model.source import Block, Span
from kommungraf.text import squeeze

_DECIDES = r"(?:besluta[rt]?|beslutade|beslutas|beslut|föreslår|föreslå|yrkar|hemställer|att|följande|nedan|således)"
_AFTER = r"att|följande|således|enhälligt|därmed|för egen del|enligt följande|nedan|besluta"
_ORGAN = r"fullmäktige|styrelsen|nämnden|mötet|stämman"
_LEAD = re.compile(
    rf"(?is)(?:.*\b{_DECIDES}(?:\s+(?:{_AFTER}))*"
    rf"|.*\b(?:föreslår|föreslås|yrkar)\b.{{0,60}}?(?:{_ORGAN})(?:\s+att)?"
    rf"|förslag till [\w-]*(?:{_ORGAN})"
    rf"|.*\bbeslut(?:ar|ade)\s+(?:[\w-]+s?\s+){{0,2}}[\w-]*(?:{_ORGAN}|utskottet|direktionen))\s*[,:]?|.*:"
)
# "Fullmäktige beslutade enligt styrelsens förslag" opens the clauses that it took over; by itself it is a decision.
_ACCORDING = re.compile(
    r"(?i).{0,80}\bbeslut(?:ar|ade|at)\b(?: \w+)? (?:enligt .{1,60}förslag|efter (?:votering|omröstning).{0,60}),?"
)
_BARE = re.compile(r"(?i)\W*(?:beslut|beslutet|förslag|yrkanden?|förslag till beslut|beslutsförslag)\W*")
_MARKER = re.compile(r"(?:\d{1,2}[.)]|[a-zåäö]\)|[-–•*])\s+")
# What a lead-in with one of these does, it does with each of its members: each is a decision of that kind.
GOVERNING = frozenset({"propose", "assign", "recommend", "delegate"})
# "Utreda frågan", but not "Riktlinjerna gäller", "Anna EXEMPEL väljs" or "Dessa medel": other words end in -a too.
INFINITIVE = re.compile(
    r"\W*(?:\d{1,2}[.)]\s*|[a-z]\)\s*)?(?:[Aa]tt\b|(?!Dessa|Samma|Alla|Andra|Flera|Båda|Nya)[A-ZÅÄÖ][a-zåäö]+a\b"
    r"(?<!rna)(?<!nna)(?!\s+[A-ZÅÄÖ(]))"
)
_CLAUSE = re.compile(r"\W{0,2}att\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Point:
    """A sentence or list member. ``text`` is squeezed; ``lead`` are its lead-in's words and ``lead_span`` their place.

    ``listed``: it has a marker of its own or is an "att" clause on its own line. ``details`` are what it lists without
    deciding more: the names and table cells under "väljer följande ledamöter:".
    """

    span: Span
    text: str
    lead: str = ""
    lead_span: Span | None = None
    listed: bool = False
    details: tuple[Span, ...] = ()


class _Piece(NamedTuple):
    span: Span
    text: str
    kind: Literal["sentence", "item", "cell"]


def points(ctx: Context, part: Part) -> list[Point]:
    """The points of a part in order.

    A lead-in with one "att" clause under it is one point: they form one sentence. A lead-in that says itself what is
    decided ("väljer följande ledamöter:") is a point, and bare names under it are its details.
    """
    pieces = list(_pieces(ctx, part))
    lead, lead_span = _title_lead(ctx, part)
    found: list[Point] = []
    opened: tuple[str, Span | None] = (lead, lead_span)
    deciding: int | None = None  # where the lead-in stands in ``found`` when it is a point itself
    for piece, following in zip(pieces, [*pieces[1:], None], strict=False):
        if following is not None and _is_lead(piece, following):
            lead, lead_span, deciding = piece.text, piece.span, None
            opened = lead, lead_span
            if _decides_itself(lead) or following.kind == "cell":
                deciding = len(found)
                found.append(Point(piece.span, piece.text))
            continue
        own = _is_own(piece.text)
        if not lead and piece.kind == "sentence" and _CLAUSE.match(piece.text):
            lead, lead_span = opened  # after a list of names the lead-in goes on with its next clause
        if deciding is not None and not own and (piece.kind != "sentence" or piece.text[:1] in "-–•"):
            found[deciding] = replace(found[deciding], details=(*found[deciding].details, piece.span))
            continue
        listed = piece.kind == "item" or bool(_MARKER.match(piece.text)) or bool(lead and _CLAUSE.match(piece.text))
        if piece.kind == "cell" or deciding is not None or not (listed or own or INFINITIVE.match(piece.text)):
            lead, lead_span, deciding = "", None, None  # the list under the lead-in has ended
        found.append(Point(piece.span, piece.text, lead, lead_span, listed))
    return _join_single(ctx, found)


def _decides_itself(lead: str) -> bool:
    outcome = outcome_of(lead)
    return outcome is not None and outcome.level == MAIN and outcome.code not in GOVERNING | {"other"}


def _is_own(text: str) -> bool:
    outcome = outcome_of(text)
    return outcome is not None and outcome.level == MAIN


def content(part: Part) -> Span:
    """What stands under (or after) the title of a part."""
    return Span(part.title_span.end if part.title_span else part.start, part.end)


def _title_lead(ctx: Context, part: Part) -> tuple[str, Span | None]:
    """A title such as "Kommunstyrelsen beslutar" is the lead-in of what follows; "Beslut" says nothing."""
    if part.title_span is None:
        return "", None
    title = squeeze(ctx.clean(part.title_span))
    return (title, part.title_span) if title and not _BARE.fullmatch(title) else ("", None)


def _is_lead(piece: _Piece, following: _Piece) -> bool:
    text = piece.text
    if piece.kind == "sentence" and _ACCORDING.fullmatch(text):
        return bool(_CLAUSE.match(following.text))
    if piece.kind != "sentence" or not _LEAD.fullmatch(text):  # a list below an item belongs to it
        return False
    if following.kind != "sentence" or text.endswith(":") or len(text) < 90:
        return True
    return bool(_MARKER.match(following.text) or _CLAUSE.match(following.text))


def _join_single(ctx: Context, found: list[Point]) -> list[Point]:
    """Join a lead-in with its only member where that goes on in lower case without a marker."""
    members: dict[Span, int] = {}
    for point in found:
        if point.lead_span is not None:
            members[point.lead_span] = members.get(point.lead_span, 0) + 1
    return [_joined(ctx, point) if point.lead_span and members[point.lead_span] == 1 else point for point in found]


def _joined(ctx: Context, point: Point) -> Point:
    assert point.lead_span is not None
    block = ctx.text.block_at(point.span.start)
    one_sentence = point.text[:1].islower() and not (block.kind == "item" and block.marker) and "\t" not in point.text
    if not one_sentence or not re.search(r"(?i)\b(?:beslutar|beslutade|besluta|föreslår|yrkar)\b", point.lead):
        return point
    span = Span(point.lead_span.start, point.span.end)
    return Point(span, squeeze(ctx.clean(span)), "", None, False)


def _pieces(ctx: Context, part: Part) -> Iterator[_Piece]:
    """Sentences of paragraphs, whole list items, cells of tables, outside the title and the parts below this one."""
    below = [(child.start, child.end) for child in part.children]
    whole = content(part)
    level = -1
    for index in part.blocks:
        block = ctx.text.blocks[index]
        span = _inside(ctx, block, whole)
        if span is None or any(start <= span.start < end for start, end in below):
            continue
        if block.kind == "item":
            if 0 <= level < block.level:  # a list below a list item belongs to it
                continue
            level = block.level
            yield _Piece(span, squeeze(ctx.clean(span)), "item")
            continue
        level = -1
        if block.kind == "table":
            cells = (Span(cell.start, cell.end) for row in block.rows for cell in row.cells)
            inside = [cell for cell in cells if whole.start <= cell.start < cell.end <= whole.end]
        else:
            inside = [span]
        for start, end in inside:
            for one in sentences(ctx.text.clean, start, end):
                yield _Piece(one, squeeze(ctx.clean(one)), "cell" if block.kind == "table" else "sentence")


def _inside(ctx: Context, block: Block, whole: Span) -> Span | None:
    start, end = max(block.start, whole.start), min(block.end, whole.end)
    if start > block.start:  # after an inline label: "Förslag till beslut: …"
        while start < end and ctx.text.clean[start] in " :\t*":
            start += 1
    return trim(ctx.text.clean, start, end)
