"""What plans say will be done and reached, and what reports say was done: a statement per list item or paragraph.

A report that repeats an activity of the plan over what was done says both: its headings are planned activities, too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from kommungraf.extract.activities_labels import labelled
from kommungraf.extract.activities_tables import table_activities
from kommungraf.extract.activities_wording import instructs, is_goal, is_lead, promises, tells
from kommungraf.extract.areas import area_ids
from kommungraf.extract.context import Context
from kommungraf.extract.sentences import trim
from kommungraf.model import iri
from kommungraf.model.facts import Node, PlannedActivity, ReportedResult
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Block, Span
from kommungraf.text import squeeze

_LETTERS = re.compile(r"[a-zåäö]{3}")
# Lines under a heading that are no statement themselves.
_LABEL = re.compile(r"^(?:Ansvarig\w*|Kontaktperson|Foto|Bild|Källa|Tabell|Diagram|Figur)\b", re.I)
_BULLET = re.compile(r"(?<=\S)\s+[•·▪●]\s+(?=\S)")
_GOAL_LABEL = re.compile(r"(?:\W*(?:Mål|Målsättning|Delmål|Övergripande mål)(?: \d+)?: +)(?=\S)")
# "Mål 2: Fler läser": the heading is the goal.
_GOAL_TITLE = re.compile(r"(?i)(?:\w*mål|målsättning) ?\d*(?:\.\d+)* ?[:.–-] ?(?=\S)(.{8,})")
_ACTIVITIES = re.compile(r"(?i)\b(?:aktivitet|åtgärd|insats)\w*[^.]*:$")
_SENTENCE = 140
_ALSO = re.compile(r"(?i)^[^.:]*\b(?:kommer|ska|planeras)\b[^.:]* (?:även|också|dessutom)\b[^.:]*\.?$")
_RESULT_TITLE = re.compile(r"(?i)resultat\w*|uppföljning\w*(?: av .*)?|utfall")
_REPORTS = frozenset({"verksamhetsberättelse", "årsredovisning"})
_PLANS = frozenset({"verksamhetsplan"})
_UNNAMED = (Role.AREA, Role.FOCUS, Role.SECTION, Role.BODY)
# Whose duties or ways of working a list of infinitives may state: those are no promises of the year.
_DUTIES = re.compile(
    r"(?i)\b(?:uppgift|uppdrag|ändamål|syfte|ansvar\w*|roll|vision|mening|metod|tanke)\w*\b[^.]{0,60}\b(?:är|att|innebär)\b[^.]*$"
)
_NO_PROMISES = re.compile(
    r"(?i)(?:om|vision|organisation|personal|bakgrund|inledning|syfte|ändamål|styr|uppföljning|vårt uppdrag|"
    r"ordlista|bilag|roll|metod|intern kontroll|riktlinje|principer)"
)
# The first half of a paragraph that a page break cut stops at such a word, whatever the second begins with.
_SMALL_WORD = re.compile(r"\b(?:och|av|till|för|med|som|att|den|det|på|en|ett|eller|i|samt|från|om|vid)$")


@dataclass(slots=True)
class _Statement:
    """What one item or paragraph says; a page break may have cut it in two. ``bold``: printed like a heading; ``lead``:
    the words before the list that it is an item of."""

    spans: list[Span]
    kind: str
    text: str
    bold: bool
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Apart:
    """What is no statement of a part: lines that return on every page, and blocks that labels have told of."""

    running: frozenset[str]
    labelled: frozenset[int]


def find_activities(ctx: Context) -> Iterator[Node]:
    """Planned activities, goals and reported results of a logical document, in text order."""
    areas, running = area_ids(ctx), _running(ctx)
    before: Role | None = None
    for part in ctx.document.walk():
        area = areas[id(part)]
        behind_labels = labelled(ctx, part, area)
        yield from behind_labels.nodes
        apart = Apart(running, behind_labels.blocks)
        if part.role is Role.BODY and before is Role.ACTIVITIES:
            yield from _added(ctx, part, area, apart)
        before = part.role
        if part.role in (Role.ACTIVITIES, Role.GOALS):
            yield from _planned(ctx, part, area, apart)
        elif part.role is Role.RESULTS:
            yield from _reported(ctx, part, area, apart)
        elif part.role in _UNNAMED and ctx.document.type in _PLANS and not _NO_PROMISES.match(part.title):
            yield from _listed(ctx, part, area, apart)
    yield from table_activities(ctx)


def _planned(ctx: Context, part: Part, area: str, apart: Apart) -> Iterator[Node]:
    """What a part says is planned; what a report says there in the past tense is told."""
    goal = part.role is Role.GOALS
    report = ctx.document.type in _REPORTS
    titled = _GOAL_TITLE.match(squeeze(part.title)) if goal and part.title_span else None
    if titled and part.title_span:
        yield _activity(ctx, [part.title_span], titled[1], area, goal=True)
    found = list(_statements(ctx, part, apart, items_only=not goal))
    for one in found:
        if report and tells(one.text):
            yield _result(ctx, one, area, None)
            continue
        if goal and (titled or len(found) > 1) and one.kind == "paragraph" and not is_goal(one.text):
            continue  # the text under "Mål" that says why
        done = _ACTIVITIES.search(one.lead) is not None or (titled is not None and instructs(one.text))
        yield _activity(ctx, one.spans, one.text, area, goal=goal and not done)


def _listed(ctx: Context, part: Part, area: str, apart: Apart) -> Iterator[PlannedActivity]:
    """A list of a plan that says what is to be done, whatever it stands under: "Utveckling" / "- Utvärdera …"."""
    items = [one for one in _statements(ctx, part, apart, items_only=False) if one.kind == "item"]
    for lead, some in groupby(items, key=lambda one: one.lead):
        row = list(some)
        instructions = [one for one in row if instructs(one.text)]
        if 2 * len(instructions) > len(row) > 1 and not _DUTIES.search(lead or part.title):
            for one in instructions:
                yield _activity(ctx, one.spans, one.text, area)


def _added(ctx: Context, part: Part, area: str, apart: Apart) -> Iterator[PlannedActivity]:
    """What a sentence right after a list adds to it: "Ett årsmöte kommer även att hållas under hösten."."""
    for one in _statements(ctx, part, apart, items_only=False):
        if one.kind == "paragraph" and len(one.text) < _SENTENCE and _ALSO.search(one.text):
            yield _activity(ctx, one.spans, one.text, area)


def _activity(
    ctx: Context, spans: list[Span], text: str, area: str, *, goal: bool = False, repeated: bool = False
) -> PlannedActivity:
    return PlannedActivity(
        id=iri.statement(ctx.document.id, "plannedactivity", str(spans[0].start)),
        text=text,
        evidence=tuple(spans),
        part_of=area,
        year=ctx.document.year,
        is_goal=goal,
        from_report=repeated or None,
    )


def _reported(ctx: Context, part: Part, area: str, apart: Apart) -> Iterator[Node]:
    """The results of a part; its title, and a paragraph that instructs, are the activities that they answer."""
    title = squeeze(part.title).strip(" *")
    heading = title if title and not _RESULT_TITLE.fullmatch(title.strip(" :")) else None
    if heading and part.title_span and (titled := _GOAL_TITLE.match(heading)):
        yield _activity(ctx, [part.title_span], titled[1], area, goal=True, repeated=True)
    elif heading and part.title_span and promises(heading):
        yield _activity(ctx, [part.title_span], heading, area, repeated=True)
    found = list(_statements(ctx, part, apart, items_only=False))
    if len(found) == 1 and len(found[0].text) < _SENTENCE and any(one.role is Role.RESULTS for one in part.children):
        return  # a sentence that leads in what the headings below it tell
    for one in found:
        if (one.kind == "paragraph" or one.bold) and instructs(one.text):
            heading = one.text
            yield _activity(ctx, one.spans, one.text, area, repeated=True)
            continue
        yield _result(ctx, one, area, heading)


def _result(ctx: Context, one: _Statement, area: str, heading: str | None) -> ReportedResult:
    return ReportedResult(
        id=iri.statement(ctx.document.id, "reportedresult", str(one.spans[0].start)),
        text=one.text,
        evidence=tuple(one.spans),
        part_of=area,
        year=ctx.document.year,
        heading=heading,
    )


def _statements(ctx: Context, part: Part, apart: Apart, items_only: bool) -> Iterator[_Statement]:
    """The items of a part, or its paragraphs too; of a plan only the items where it has any: the rest explains."""
    blocks = [ctx.text.blocks[index] for index in part.own_blocks()]
    tabled = any(block.kind == "table" for block in blocks)
    blocks = [block for block in blocks if block.kind in ("item", "paragraph") and not _is_title(part, block)]
    blocks = [one for one in blocks if ctx.text.of(one) not in apart.running and one.start not in apart.labelled]
    joined = _joined(ctx, blocks)
    listed = any(one.kind == "item" for one in joined)
    lead = ""
    for one in joined:
        lead = one.text if one.kind == "paragraph" else lead
        one.lead = lead if one.kind == "item" else ""
        if items_only and one.kind != "item" and (listed or (tabled and not instructs(one.text))):
            continue
        about = one.kind == "paragraph" and (is_lead(one.text) or _LABEL.search(one.text))
        if _LETTERS.search(one.text) and not about:
            yield from _parted(ctx, one)


def _joined(ctx: Context, blocks: list[Block]) -> list[_Statement]:
    """Blocks as statements; what a page break cut is one again."""
    found: list[_Statement] = []
    for block in blocks:
        text = squeeze(ctx.text.of(block))
        if found and block.kind == "paragraph" and _goes_on(found[-1].text, text):
            found[-1].spans.append(Span(block.start, block.end))
            found[-1].text += f" {text}"
        else:
            found.append(_Statement([Span(block.start, block.end)], block.kind, text, block.bold))
    return found


def _goes_on(text: str, following: str) -> bool:
    """Whether a paragraph is the rest of the one before: that is not complete, and this begins in its middle."""
    before = text.rstrip(" *")
    if not before or not following or before[-1] in '.!?:;…”"':
        return False
    return following.lstrip(" *")[:1].islower() or bool(_SMALL_WORD.search(before))


def _parted(ctx: Context, one: _Statement) -> Iterator[_Statement]:
    """A list whose items a converter ran together is a list again; the label before a goal is no part of its text."""
    label = _GOAL_LABEL.match(one.text)
    text = one.text[label.end() :] if label else one.text
    first = one.spans[0]
    cuts = list(_BULLET.finditer(ctx.text.clean, first.start, first.end)) if one.kind == "item" else []
    if not cuts:
        yield _Statement(one.spans, one.kind, text, one.bold, one.lead)
        return
    begins, ends = [first.start, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), first.end]
    for begin, end in zip(begins, ends, strict=True):
        span = trim(ctx.text.clean, begin, end)
        if span is not None:
            rest = one.spans[1:] if end == first.end else []
            text = " ".join(squeeze(ctx.clean(each)) for each in (span, *rest))
            yield _Statement([span, *rest], one.kind, text, one.bold, one.lead)


def _running(ctx: Context) -> frozenset[str]:
    """Short lines that a text file without pages repeats: running heads and feet. A sentence may well return."""
    text, blocks = ctx.text, ctx.text.blocks[ctx.document.blocks.start : ctx.document.blocks.stop]
    lines = Counter(text.of(block) for block in blocks if block.kind == "paragraph" and block.end - block.start < 90)
    return frozenset(line for line, count in lines.items() if count > 2 and not line.endswith((".", "!", "?")))


def _is_title(part: Part, block: Block) -> bool:
    return part.title_span is not None and block.start < part.title_span.end and part.title_span.start < block.end
