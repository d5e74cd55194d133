"""Decisions: each sentence or numbered point of a decision part; what it decides, who, when, about whom, until when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kommungraf.dates import PartialDate, find_dates
from kommungraf.extract.agenda import document_case, enclosing, item_case, item_ids
from kommungraf.extract.context import Context
from kommungraf.extract.decisions_rules import PROPOSES, decides
from kommungraf.extract.meetings import meeting_of
from kommungraf.extract.outcomes import Outcome
from kommungraf.extract.points import Point, content, points
from kommungraf.model import iri
from kommungraf.model.facts import (
    Decision,
    Entity,
    GoverningBody,
    Meeting,
    Municipality,
    Network,
    Node,
    Organization,
    Person,
    Project,
)
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span

_DIRECTION = re.compile(r"(?i)\b(?:till|åt|hos)\s+(?:\w+s\s+)?$")
# A delegate's or a chair's decision comes without the form of minutes or of an authority's letter.
_SECTION = re.compile(r"(?i)(?:[\wåäö-]+s )?beslut(?: (?:i|om|enligt) .{1,80})?")
_OWN_DECISION = re.compile(r"(?i)\bs? ?beslut$|s beslut$|\bbeslutar(?: att)?$")
# "Kommunstyrelsen bemyndigas …", "Nämnden får …": the subject is told, it does not decide.
_PASSIVE = re.compile(r"\s+(?:får|fick|ska|skall|bör|(?!beslutas)[a-zåäö]{3,}as|åläggs|ges|utses|väljs)\b")
_FIELD = re.compile(
    r"""(?ix)^\W*(?:ny|nya|avgången|avgångna|avgående|utsedd|tidigare)\s
    [\wåäö]*(?:ledamot|ledamöter|ersättare)\w*\s*[:\t]"""
)
_FROM_HEAD = re.compile(
    r"""(?ix)(?:från\soch\smed|fr\.?\s?o\.?\s?m\.?|med\sbörjan|med\sverkan\sfrån
    |för\s(?:tiden|perioden)|under\s(?:tiden|perioden))(?:\s+den)?\s*$"""
)
_UNTIL = r"till och med|t\.?\s?o\.?\s?m\.?|intill|längst till"
_TO_HEAD = re.compile(rf"(?i)(?:(?:^|\s)(?:{_UNTIL}|till)|\s*[–-])(?:\s+den)?\s*$")
_ONLY_TO_HEAD = re.compile(rf"(?i)(?:{_UNTIL})(?:\s+den)?\s*$")
_TERM = re.compile(
    r"""(?ix)\b(?:mandatperioden|valperioden|mandattiden|för\stiden|för\såren|för\sperioden|under\såren|under\sperioden)
    \s+(?P<a>20\d\d)\s?[-–]\s?(?P<b>20\d\d)(?![-–]?\d)"""
)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a decision part stands: its item and what that gives to each decision in it."""

    part: Part
    item: Part | None
    item_id: str | None
    meeting: Meeting | None
    case: str | None
    date: PartialDate | None


def find(ctx: Context) -> Iterator[Node]:
    """The decisions of a document. A decision part in which none is recognised is an issue, not a guess."""
    ids, used = item_ids(ctx.document), set()
    ordinals: dict[int, int] = {}
    for part, item in decision_parts(ctx):
        place = _place(ctx, part, item, ids)
        found = 0
        for point in points(ctx, part):
            outcome = decides(point, part)
            if outcome is None:
                continue
            found += 1
            scope = item.start if item else -1
            ordinals[scope] = ordinals.get(scope, 0) + 1
            decision = _decision(ctx, place, point, outcome, ordinals[scope])
            if decision.id in used:
                decision.id = iri.statement(ctx.document.id, "decision", f"at{point.span.start - ctx.document.start}")
            used.add(decision.id)
            yield decision
        if not found and part.role is Role.DECISION and ctx.clean(content(part)).strip(" \n:.*"):
            under = part.title or "a decision heading"
            ctx.issue("no-decision", f"No decision was recognised under {under!r}.", Span(part.start, part.end))


def decision_parts(ctx: Context) -> Iterator[tuple[Part, Part | None]]:
    """The parts that decide, each with its agenda item.

    Besides parts with that role: what the meeting's own body decides or proposes to another, as "Kommunstyrelsens
    förslag till kommunfullmäktige" in its minutes; the text of an item of minutes that has no headings; and a section
    "Beslut" of a document of no known kind.
    """
    for part, item in enclosing(ctx.document):
        bare = part.role is Role.BODY and item is not None and part is not item and _is_bare(item)
        section = part.role is Role.SECTION and item is None and _SECTION.fullmatch(part.title.strip())
        if part.role is Role.DECISION or bare or section or is_own(ctx, part, item):
            yield part, item


def is_own(ctx: Context, part: Part, item: Part | None) -> bool:
    """Does the title say that the body whose minutes these are decides, or proposes to another body?

    The same words with another body in them ("Arbetsutskottets förslag", "Kommunstyrelsens beslut" in the minutes of
    fullmäktige) tell how the matter was prepared.
    """
    if item is None or part.title_span is None or part.role not in (Role.PROPOSAL, Role.BACKGROUND, Role.SECTION):
        return False
    if not (_OWN_DECISION.search(part.title) or PROPOSES.search(part.title)):
        return False
    bodies, meeting = ctx.within(GoverningBody, part.title_span), meeting_of(ctx, part.start)
    if not bodies or meeting is None or bodies[0].name.lower() != meeting.name.lower():
        return False
    return len(bodies) > 1 or bool(_OWN_DECISION.search(part.title))


def _is_bare(item: Part) -> bool:
    """An item of minutes without a heading for what was decided or proposed."""
    return not any(part.role in (Role.DECISION, Role.PROPOSAL) for part in item.walk())


def _place(ctx: Context, part: Part, item: Part | None, ids: dict[int, str]) -> _Place:
    meeting = meeting_of(ctx, part.start)
    case = item_case(ctx, item) if item else document_case(ctx)
    issued = ctx.document.issued
    date = meeting.date if meeting else issued if issued and issued.day else None
    return _Place(part, item, ids.get(item.start) if item else None, meeting, case.id if case else None, date)


def _decision(ctx: Context, place: _Place, point: Point, outcome: Outcome, ordinal: int) -> Decision:
    number = place.item.number if place.item else None
    if outcome.code == "other" and outcome.end == 0:
        ctx.issue("outcome", f"The decision says no verb that we know: {point.text[:120]!r}.", point.span)
    valid_from, valid_to = validity(point.text)
    referred_to = _referred_to(ctx, place, point, outcome)
    decided_by = _decided_by(ctx, place, point, referred_to, outcome)
    return Decision(
        id=iri.statement(ctx.document.id, "decision", f"{number}.{ordinal}" if number is not None else f"{ordinal}"),
        text=point.text,
        outcome=iri.concept("outcome", outcome.code),
        ordinal=ordinal,
        decided_by=decided_by,
        agenda_item=place.item_id,
        number=number,
        date=place.date,
        case=place.case,
        referred_to=referred_to,
        concerns=_concerns(ctx, place.part, point, decided_by),
        valid_from=valid_from,
        valid_to=valid_to,
        evidence=(point.span,),
    )


def _decided_by(ctx: Context, place: _Place, point: Point, referred_to: str | None, outcome: Outcome) -> str | None:
    """The body named as the subject, else in the lead-in or title, else the meeting's or the publishing authority.

    Where a body proposes a list of decisions to another, the subjects within are the other body's affair; and the
    subject of a passive verb ("Socialnämnden beviljas …") is told, it does not decide.
    """
    spans = [point.span, point.lead_span, place.part.title_span]
    passive = outcome.end > 0 and re.match(r"\w+s\b", point.text[outcome.start :])
    if outcome.code == "propose" or passive:
        spans = [*spans[1:], *([] if passive else spans[:1])]
    for span in spans:
        if span is None:
            continue
        for kind in (GoverningBody, Organization):
            first = next(iter(ctx.within(kind, span)), None)
            if first is None or first.id == referred_to:  # "Kommunstyrelsen ska …": who must act did not decide it
                continue
            opens = not ctx.text.clean[span.start : first.evidence[0].start].strip(" *0123456789.)\n")
            if opens and not _PASSIVE.match(ctx.text.clean, first.evidence[0].end):
                return first.id
    if place.meeting is not None:
        return place.meeting.body
    for part in ctx.document.with_role(Role.SIGNATURES):
        bodies = {body.name.lower(): body.id for body in ctx.within(GoverningBody, part)}
        if len(bodies) == 1:
            return next(iter(bodies.values()))
    return ctx.document.publisher_id


def _referred_to(ctx: Context, place: _Place, point: Point, outcome: Outcome) -> str | None:
    """Who gets the matter: the body after "till" or "åt"; for an assignment the body that must act.

    A proposal goes to the first body named that is not the one that makes it.
    """
    if outcome.code not in {"refer", "assign", "propose", "return", "delegate", "recommend"}:
        return None
    bodies: list[Entity] = [
        one for kind in (GoverningBody, Organization, Network) for one in ctx.within(kind, point.span)
    ]
    bodies.sort(key=lambda one: one.evidence[0])
    for body in bodies:
        if _DIRECTION.search(ctx.text.clean, point.span.start, body.evidence[0].start):
            return body.id
    if outcome.code == "assign":
        words = re.compile(r"(?i)\s+(?:ska(?:ll)?|får|i uppdrag)\b")
        return next((body.id for body in bodies if words.match(ctx.text.clean, body.evidence[0].end)), None)
    if outcome.code in {"propose", "recommend"}:
        spans = [span for span in (point.lead_span or place.part.title_span, point.span) if span is not None]
        named = [body for span in spans for body in ctx.within(GoverningBody, span)]
        own = place.meeting.name if place.meeting else named[0].name if named else ""
        return next((body.id for body in named if body.name.lower() != own.lower()), None)
    return None


def _concerns(ctx: Context, part: Part, point: Point, decided_by: str | None) -> tuple[str, ...]:
    found: list[Node] = [
        node
        for span in (point.span, *point.details)
        for kind in (Person, Organization, Project, Municipality)
        for node in ctx.within(kind, span)
    ]
    if not any(isinstance(node, Person) for node in found) and re.search(r"(?i)\b(?:ledam[oö]t|ersättare)", point.text):
        found += _field_people(ctx, part)
    found.sort(key=lambda node: node.evidence[0])
    ids = dict.fromkeys(node.id for node in found if node.id != decided_by)
    return tuple(ids)


def _field_people(ctx: Context, part: Part) -> list[Person]:
    """The people in form fields of a decision: a county board prints "Ny ledamot: …" below its decision sentence."""
    people = []
    for person in ctx.of_type(Person):
        start = ctx.text.clean.rfind("\n", 0, person.evidence[0].start) + 1
        if person.evidence[0].start >= part.start and _FIELD.match(ctx.text.clean[start : person.evidence[0].start]):
            people.append(person)
    return people


def validity(text: str) -> tuple[PartialDate | None, PartialDate | None]:
    """From when and until when a decision says that it is valid, at the precision that it prints."""
    start: PartialDate | None = None
    end: PartialDate | None = None
    for found in find_dates(text):
        before = text[max(0, found.start - 40) : found.start]
        if found.value is None:
            continue
        if start is not None and end is None and _TO_HEAD.search(before) and found.value >= start:
            end = found.value
        elif start is None and _FROM_HEAD.search(before):
            start = found.value
        elif end is None and re.search(
            r"(?i)(?:till och med|t\.?\s?o\.?\s?m\.?|längst till|intill)(?:\s+den)?\s*$", before
        ):
            end = found.value
    if start is None and end is None and (term := _TERM.search(text)):
        return PartialDate(int(term["a"])), PartialDate(int(term["b"]))
    return start, end
