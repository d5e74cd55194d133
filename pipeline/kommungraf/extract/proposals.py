"""Proposals for decisions, yrkanden with who made them; motions, interpellations and citizens' proposals as a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.extract.agenda import document_case, enclosing, item_case, item_ids
from kommungraf.extract.context import Context
from kommungraf.extract.decisions import is_own
from kommungraf.extract.outcomes import MAIN, outcome_of
from kommungraf.extract.points import Point, points
from kommungraf.model import iri
from kommungraf.model.facts import GoverningBody, Motion, Node, Organization, Party, Person, Proposal
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.text import squeeze

MOTION_TYPES = {"motion", "interpellation", "medborgarförslag"}
_ASKS = re.compile(
    r"(?i)\b(?:yrka[rt]?|yrkade|yrkande[nt]?|föreslår|föreslog|föreslås|hemställer|bifall|avslag|återremiss|bordläggning|instämmer)\b"
)
_PROPOSAL = re.compile(r"(?i)\bförslag\b")
_COLON = re.compile(r"[^:\n]{3,160}:(?=\s)")
_SENDER = re.compile(r"(?im)^\W*(?:inlämna[td] av|förslagsställare|motionär(?:er)?|insän[dt]t? av|avsändare)\b\W*")
_NO_PROPOSAL = re.compile(
    r"(?i)^\W*(?:ordföranden (?:ställer|finner|frågar|konstaterar)|se bilaga|propositionsordning|beslutsgång|"
    r"inga yrkanden)"
)
_GENRE = re.compile(r"(?i)^\W*(?:motion|interpellation|medborgarförslag|e-förslag|enkel fråga)\s*(?:[:–—-]\s*|\n\s*)")


def find(ctx: Context) -> Iterator[Node]:
    """The motion that the document is, if it is one, and the proposals of all its proposal parts."""
    motion = _motion(ctx) if ctx.document.type in MOTION_TYPES else None
    if motion is not None:
        yield motion
    ids, used = item_ids(ctx.document), set()
    ordinals: dict[int, int] = {}
    for part, item in enclosing(ctx.document):
        if part.role is not Role.PROPOSAL or is_own(ctx, part, item):
            continue
        for point in points(ctx, part):
            if not _is_proposal(point, part, motion is not None):
                continue
            scope = item.start if item else -1
            ordinals[scope] = ordinals.get(scope, 0) + 1
            proposal = _proposal(ctx, part, item, point, ordinals[scope])
            proposal.agenda_item = ids.get(item.start) if item else None
            if motion is not None:
                proposal.part_of, proposal.creator = motion.id, motion.creator or proposal.creator
            if proposal.id in used:
                proposal.id = iri.statement(ctx.document.id, "proposal", f"at{point.span.start - ctx.document.start}")
            used.add(proposal.id)
            yield proposal


def _is_proposal(point: Point, part: Part, in_motion: bool) -> bool:
    if _NO_PROPOSAL.match(point.text):
        return False
    if point.listed and (
        not in_motion or _ASKS.search(point.lead or part.title) or point.text.lower().startswith("att ")
    ):
        return True
    if _ASKS.search(point.text):
        return True
    outcome = outcome_of(point.text)
    return outcome is not None and outcome.level == MAIN and not in_motion


def _proposal(ctx: Context, part: Part, item: Part | None, point: Point, ordinal: int) -> Proposal:
    case = item_case(ctx, item) if item else document_case(ctx)
    number = item.number if item else None
    return Proposal(
        id=iri.statement(ctx.document.id, "proposal", f"{number}.{ordinal}" if number is not None else f"{ordinal}"),
        text=point.text,
        ordinal=ordinal,
        title=squeeze(part.title) or None,
        creator=_creators(ctx, part, point),
        case=case.id if case else None,
        evidence=(point.span,),
    )


def _creators(ctx: Context, part: Part, point: Point) -> tuple[str, ...]:
    """Who proposes: the people before the verb of the sentence or its lead-in; else the parties or the body.

    "Arbetsutskottets förslag" in the title goes before the subject of the sentence, as what it would have it do.
    """
    spans = [_before_verb(ctx, span) for span in (point.span, point.lead_span, part.title_span) if span is not None]
    for span in spans:
        people = [person.id for person in ctx.within(Person, span)]
        if people:
            return tuple(dict.fromkeys(people))
    for span in reversed(spans):
        others: list[Node] = [*ctx.within(Party, span), *ctx.within(Organization, span)]
        body = [] if ctx.clean(span).endswith(":") else ctx.within(GoverningBody, span)[:1]
        if others or (others := list(body)):
            others.sort(key=lambda node: node.evidence[0])
            return tuple(dict.fromkeys(node.id for node in others))
    return ()


def _before_verb(ctx: Context, span: Span) -> Span:
    """What stands before "yrkar" or "förslag", or before the colon of "Eva EXEMPEL (S): Bifall till motionen"."""
    clean = ctx.text.clean
    match = _ASKS.search(clean, span.start, span.end) or _PROPOSAL.search(clean, span.start, span.end)
    match = match or _COLON.match(clean, span.start, span.end)
    return Span(span.start, match.end() if match else span.start)


def _motion(ctx: Context) -> Motion | None:
    document = ctx.document
    title = squeeze(_GENRE.sub("", document.title)) or squeeze(document.title)
    if not title:
        ctx.issue("no-title", f"The {document.type} has no title.", document.opening)
        return None
    asked = list(document.with_role(Role.PROPOSAL))
    text = squeeze(" ".join(ctx.clean(part) for part in asked) or ctx.text.clean[document.start : document.end])
    case = document_case(ctx)
    return Motion(
        id=iri.statement(document.id, "motion", "1"),
        title=title,
        text=text,
        creator=_signers(ctx),
        case=case.id if case else None,
        evidence=(_title_span(ctx, title),),
    )


def _title_span(ctx: Context, title: str) -> Span:
    start = ctx.text.clean.find(title, ctx.document.start, ctx.document.end)
    return Span(start, start + len(title)) if start >= 0 else ctx.document.opening


def _signers(ctx: Context) -> tuple[str, ...]:
    """Who signs: the people of the signature part, else those whose name stands on a line of its own near the end."""
    people = [person.id for part in ctx.document.with_role(Role.SIGNATURES) for person in ctx.within(Person, part)]
    for label in _SENDER.finditer(ctx.text.clean, ctx.document.start, ctx.document.end):
        people += [person.id for person in ctx.within(Person, Span(label.end(), label.end() + 80))]
    if not people:
        tail = Span(max(ctx.document.start, ctx.document.end - 500), ctx.document.end)
        clean = ctx.text.clean
        people = [one.id for one in ctx.within(Person, tail) if clean[: one.evidence[0].start].endswith(("\n", "\t"))]
    return tuple(dict.fromkeys(people))
