"""Decisions that a text tells of: "styrelsen godkände förslaget den 9 november 2022 (§ 31)", "i juni fattade styrelsen
beslut om …", "i maj beviljades projektet medel", "KS § 143/2021".

Not the document's own decisions, nor proposals, plans, conditions and rules. Without a date only what a body or an
authority is said to have done counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kommungraf.dates import PartialDate
from kommungraf.extract.agenda import document_case, item_case
from kommungraf.extract.context import Context
from kommungraf.extract.meetings import meeting_of
from kommungraf.extract.outcomes import outcome_of
from kommungraf.extract.reported_decisions_actors import Sentence, agent, organ_acts, subject
from kommungraf.extract.reported_decisions_dates import Told, is_report, told_dates, written_on
from kommungraf.extract.reported_decisions_paragraphs import PARAGRAPH, numbers_of, paragraph_at, stands_with
from kommungraf.extract.reported_decisions_sentences import telling_sentences
from kommungraf.extract.reported_decisions_verbs import BREAK, Telling, rules, says_adopted, tellings
from kommungraf.model import iri
from kommungraf.model.facts import (
    Case,
    Decision,
    Entity,
    GoverningBody,
    Municipality,
    Network,
    Node,
    Organization,
    Person,
    Project,
    Proposal,
    Region,
    ReportedDecision,
)
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.text import squeeze

_AND = re.compile(r"(?:\s*\(§[^)]{1,20}\)|,?\s*§{1,2}\s*\d+)?\s*(?:och|samt|,)\s+(?:den\s+)?$")
_TO = re.compile(r"(?i)\b(?:till|åt)\s+(?:[\w-]+s\s+)?$")
_CLAUSE_END = re.compile(r",\s+(?:under förutsättning|eftersom|då|vilket|som|och)\b")
_CONTENT = re.compile(r"(?i)(?: \w+){0,3}? (?:om|att|i|av|hos)\b")
_DECIDERS = (GoverningBody, Organization, Network, Region, Municipality)


@dataclass(slots=True)
class _Found:
    code: str
    decider: Entity | None = None
    date: PartialDate | None = None
    number: int | tuple[int, ...] | None = None


def find_reported_decisions(ctx: Context) -> Iterator[ReportedDecision]:
    """The decisions that the running text of a document tells of, each with the sentence that does."""
    own = sorted(node.evidence[0] for kind in (Decision, Proposal) for node in ctx.of_type(kind) if node.evidence)
    used: set[str] = set()
    for span, item in telling_sentences(ctx):
        if any(one.start < span.end and span.start < one.end for one in own):
            continue
        sentence = _sentence(ctx, span, item)
        for found in _decisions(ctx, sentence):
            key = f"at{span.start - ctx.document.start}"
            while f"{key}" in used:
                key += "-"
            used.add(key)
            yield _node(ctx, sentence, found, key)


def _sentence(ctx: Context, span: Span, item: Part | None) -> Sentence:
    text = ctx.clean(span).replace("\n", " ").replace("*", " ")
    deciders = [
        (node.evidence[0].start - span.start, node.evidence[0].end - span.start, node)
        for kind in _DECIDERS
        for node in ctx.within(kind, span)
    ]
    deciders.sort(key=lambda one: (one[0], -one[1]))
    return Sentence(span, text, item, told_dates(text, ctx, span.start), deciders)


def _decisions(ctx: Context, sentence: Sentence) -> Iterator[_Found]:
    """What the sentence tells: one decision per verb that has a date of its own, and per § that stands with a date."""
    told, taken = False, set[int]()
    for telling in tellings(sentence.text):
        date = _date_of(sentence, telling)
        if told and (date is None or date.start in taken):
            continue
        found = _told(ctx, sentence, telling, date)
        if found is None or not _is_other(ctx, sentence, found):
            continue
        told = True
        yield found
        if date is not None:
            taken.add(date.start)
            for more in _coordinate(sentence, date):
                taken.add(more.start)
                yield _Found(found.code, found.decider, more.value, paragraph_at(sentence.text, more))
    yield from _references(ctx, sentence, taken)


def _told(ctx: Context, sentence: Sentence, telling: Telling, date: Told | None) -> _Found | None:
    """The decision that a verb tells of, if it does: who did it, when, and whether that is enough to be one."""
    number = paragraph_at(sentence.text, date) if date else None
    decider = subject(sentence, telling) if not telling.passive and not telling.noun else agent(sentence, telling)
    exact = date is not None
    found = _Found(_code(sentence.text, telling), decider, date.value if date else None, number)
    if telling.noun:
        unnamed = sentence.text.lower().startswith("ett ", telling.start)  # "kommunernas beslut" would name someone
        enough = (
            date is not None and date.value.month > 0 and (decider is not None or (unnamed and is_report(ctx.document)))
        )
    elif telling.code == "":
        enough = _explicit_is_enough(sentence.text, telling, decider, exact)
    else:
        nameless = decider is None and not telling.passive and found.date is not None and found.date.month > 0
        enough = _verb_is_enough(telling, decider, exact) or (nameless and organ_acts(sentence.text, telling))
    return found if enough else None


def _explicit_is_enough(text: str, telling: Telling, decider: Entity | None, exact: bool) -> bool:
    if decider is not None:
        return True
    if not telling.passive:
        return organ_acts(text, telling)
    before = text[max(0, telling.start - 90) : telling.start]
    relative = re.search(r"(?i)\b(?:som|vilka|vilken|där|att)\b[^,]*$", before)
    if relative:  # "se vad som beslutades", "träffar vid vilka det tagits beslut"
        return exact and relative[0].split()[0] == "som"
    return exact or bool(_CONTENT.match(text, telling.end))


def _verb_is_enough(telling: Telling, decider: Entity | None, exact: bool) -> bool:
    told = rules()
    if decider is None:
        if not telling.passive or telling.weak:
            return False
        return telling.code in told.alone or (exact and telling.code in told.passive)
    if exact:
        return True
    if telling.weak or telling.code not in told.undated:
        return False
    return isinstance(decider, GoverningBody) or telling.code in ("grant", "approve")


def _code(text: str, telling: Telling) -> str:
    if telling.code:
        whole = outcome_of(text[telling.start :]) if telling.code == "grant" else None
        return whole.code if whole is not None and whole.code in ("discharge", "dismiss") else telling.code
    clause = _CLAUSE_END.split(text[telling.end :], maxsplit=1)[0]
    outcome = outcome_of(clause)
    return outcome.code if outcome else "other"


def _date_of(sentence: Sentence, telling: Telling) -> Told | None:
    """The nearest date in the clause of the verb: "beslutade den 3 maj att …", "i juni fattade styrelsen beslut"."""
    near: list[tuple[int, Told]] = []
    for date in sentence.dates:
        low, high = (telling.end, date.start) if date.start >= telling.start else (date.end, telling.start)
        gap = sentence.text[low:high] if low < high else ""
        about = telling.code == "" and low == telling.end and re.search(r"\bom\b", gap)  # "beslut om taxan för 2024"
        if len(gap) <= 140 and not about and not BREAK.search(gap):
            near.append((len(gap) + (15 if date.value.month == 0 else 0), date))
    return min(near, default=(0, None), key=lambda one: one[0])[1]


def _coordinate(sentence: Sentence, date: Told) -> Iterator[Told]:
    """Further dates of the same verb: "den 9 november 2022 (§ 31) och 3 mars 2023"."""
    for other in sentence.dates:
        if other.start >= date.end and other.value.day and _AND.fullmatch(sentence.text[date.end : other.start]):
            yield other
            date = other


def _is_other(ctx: Context, sentence: Sentence, found: _Found) -> bool:
    """Is it another decision than this document's own? In minutes only an earlier day or another body tells of one."""
    written = written_on(ctx, sentence.span.start)
    if found.date is not None and written is not None and str(found.date) > str(written)[: len(str(found.date))]:
        return False  # still to come
    meeting = meeting_of(ctx, sentence.span.start)
    if meeting is None or sentence.item is None:
        return True
    same_body = found.decider is None or found.decider.name.lower() == meeting.name.lower()
    return not same_body or (found.date is not None and found.date != meeting.date)


def _references(ctx: Context, sentence: Sentence, taken: set[int]) -> Iterator[_Found]:
    """A body with a date and a §, whatever the verb: "Styrelsen behandlade ärendet den 9 november 2021, § 143"."""
    text = sentence.text
    for match in PARAGRAPH.finditer(text):
        date = next((one for one in sentence.dates if stands_with(text, one, match)), None)
        if date is None and match["year"] is None:
            continue
        if date is not None and date.start in taken:
            continue
        start = min(match.start(), date.start if date else match.start())
        decider, named = _named_before(ctx, sentence, start)
        if not named:
            continue
        year = int(match["year"] or 0)
        value = date.value if date else PartialDate(year if year > 99 else 2000 + year)
        outcome = outcome_of(text)
        found = _Found(outcome.code if outcome else "other", decider, value, numbers_of(match))
        if _is_other(ctx, sentence, found):
            yield found


def _named_before(ctx: Context, sentence: Sentence, position: int) -> tuple[Entity | None, bool]:
    """The body whose § it is: the last one named before it in the sentence, in full or as "KS"; and if there is one."""
    text = sentence.text
    short = re.search(r"\b([A-ZÅÄÖ]{2,4})\W{1,3}$", text[:position])
    if short and (name := rules().abbreviations.get(short[1])):
        return next((body for body in ctx.of_type(GoverningBody) if body.name.lower() == name), None), True
    for _, end, node in reversed(sentence.deciders):
        if isinstance(node, GoverningBody) and end <= position:
            near = position - end <= 100 and not re.search(r"[.;:]\s", text[end:position])
            return (node, True) if near else (None, False)
    after = [node for start, _, node in sentence.deciders if position < start <= position + 70]
    body = next((node for node in after if isinstance(node, GoverningBody)), None)
    return body, body is not None


def _node(ctx: Context, sentence: Sentence, found: _Found, key: str) -> ReportedDecision:
    decider = found.decider
    case = _case(ctx, sentence)
    _note_ambiguity(ctx, sentence, found)
    return ReportedDecision(
        id=iri.statement(ctx.document.id, "reported-decision", key),
        text=squeeze(ctx.clean(sentence.span)),
        outcome=iri.concept("outcome", found.code),
        decided_by=decider.id if decider else None,
        date=found.date,
        number=found.number,
        case=case.id if case else None,
        referred_to=_referred_to(sentence, found),
        concerns=_concerns(ctx, sentence, decider),
        evidence=(sentence.span,),
    )


def _referred_to(sentence: Sentence, found: _Found) -> str | None:
    """To whom a matter is told to have been sent: "remitterade motionen till kommunstyrelsen"."""
    if found.code not in ("refer", "return"):
        return None
    sent = (node for start, _, node in sentence.deciders if _TO.search(sentence.text, 0, start))
    return next((node.id for node in sent if node is not found.decider), None)


def _note_ambiguity(ctx: Context, sentence: Sentence, found: _Found) -> None:
    """Where an item revises a text, "§ 27" beside a date may be that text's: the number is kept as it is printed."""
    if sentence.item is None or found.number is None:
        return
    numbers = (found.number,) if isinstance(found.number, int) else found.number
    rest = ctx.text.clean[sentence.item.start : sentence.span.start]
    for number in numbers:
        if re.search(rf"§\s*{number}\b(?!/)", rest):
            message = f"§ {number} beside the date may be of the minutes, or of the text that the item speaks of."
            ctx.issue("paragraph", message, sentence.span)


def _case(ctx: Context, sentence: Sentence) -> Case | None:
    """The case whose number stands in the sentence, else that of its item or letter."""
    named = [case for case in ctx.within(Case, sentence.span) if not case.hints.get("foreign")]
    if named:
        return named[0]
    if sentence.item is not None:
        return item_case(ctx, sentence.item)
    letter = any(ctx.document.with_role(Role.PROPOSAL, Role.DECISION, Role.BASIS))
    return document_case(ctx) if letter and not is_report(ctx.document) else None


def _concerns(ctx: Context, sentence: Sentence, decider: Entity | None) -> tuple[str, ...]:
    found: list[Node] = [
        node
        for kind in (Person, Organization, Project, Network, Municipality)
        for node in ctx.within(kind, sentence.span)
    ]
    if re.search(r"(?i)\bprojektet\b", sentence.text) and not any(isinstance(node, Project) for node in found):
        block = ctx.text.block_at(sentence.span.start)
        found += ctx.within(Project, Span(block.start, sentence.span.start))[-1:]
    found.sort(key=lambda node: node.evidence[0])
    near = decider.evidence[0].start if decider else -1
    own = [ctx.document.id] if says_adopted(sentence.text.lstrip("( ")) else []
    ids = dict.fromkeys(node.id for node in found if node is not decider and not 0 <= near - node.evidence[0].end <= 2)
    return (*own, *ids)
