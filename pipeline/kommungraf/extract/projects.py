"""Projects, programmes and standing cooperations with a proper name: one mention per printed form, with its facts.

Names are learnt where a document introduces them and found again wherever it prints them. The long and the short form
of one project in a document share ``name`` (the long one) and ``short_name``; the evidence is the form that is printed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from kommungraf.extract.context import Context
from kommungraf.extract.places_context import contents
from kommungraf.extract.projects_facts import Facts, facts_of, printed_period
from kommungraf.extract.projects_names import project_names
from kommungraf.extract.projects_reading import ProjectName, times, without_place
from kommungraf.extract.projects_tables import table_projects
from kommungraf.model.facts import Entity, Hints, Municipality, Organization, Project, Region
from kommungraf.model.source import Span
from kommungraf.text import fold


@dataclass(slots=True)
class _Concept:
    """A project of a document: its long and short names, all printed forms, and where they stand."""

    long: str = ""
    short: str = ""
    forms: set[str] = field(default_factory=set)
    spans: set[Span] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The long name, or else the longest printed form."""
        return self.long or max(sorted(self.forms), key=len)


def find_projects(ctx: Context) -> Iterator[Entity]:
    """Every mention of a project in a logical document; facts go to the first mention that states them."""
    text, offset = ctx.clean(Span(ctx.document.start, ctx.document.end)), ctx.document.start
    taken = _taken([*contents(ctx), *_other_names(ctx)])
    headings = _headings(ctx)
    introduced = [name for name in project_names(text, headings, ctx.text.clean) if not taken(name.start + offset)]
    introduced = [_shortened(name, introduced) for name in introduced]
    rows = list(table_projects(ctx))
    introduced += [ProjectName(row.start - offset, row.end - offset, ctx.clean(row)) for row, _ in rows]
    concepts = _concepts(introduced, _of_file(ctx.text.clean) if len(ctx.bundle) > 1 else ())
    for concept in concepts:
        _find_again(text, concept, taken, offset)
    _without_overlap(concepts)
    stated = dict(rows)
    everything = sorted(Span(span.start + offset, span.end + offset) for concept in concepts for span in concept.spans)
    titles = {
        ctx.text.block_index(part.title_span.start): part.end
        for part in ctx.document.walk()
        if part.title_span is not None
    }
    for concept in concepts:
        own = {Span(span.start + offset, span.end + offset) for span in concept.spans}
        others = [span for span in everything if span not in own]
        yield from _mentions(ctx, concept, sorted(own), stated, others, titles)


@lru_cache(maxsize=8)
def _of_file(text: str) -> tuple[ProjectName, ...]:
    """Names that a file introduces and that are proper names wherever they stand.

    One document of a bundle says ``projektet Gröna byar``, the next one only ``Gröna byar``. Acronyms and capitals
    throughout are names; other words are when the file never has them in lower case.
    """
    return tuple(name for name in project_names(text, [], text) if _is_proper(name.printed, text))


def _is_proper(name: str, text: str) -> bool:
    if all(word[0].isupper() for word in name.split() if len(word) > 2):
        return True
    return name[0].isupper() and not times(text, name[0].lower() + name[1:])


def _headings(ctx: Context) -> list[tuple[int, int]]:
    """The titles of the parts, and headings that open no part."""
    offset = ctx.document.start
    blocks = (ctx.text.blocks[index] for index in ctx.document.blocks)
    found = {(block.start - offset, block.end - offset) for block in blocks if block.kind == "heading"}
    titles = (part.title_span for part in ctx.document.walk() if part.title_span is not None)
    return sorted(found | {(span.start - offset, span.end - offset) for span in titles})


def _other_names(ctx: Context) -> list[Span]:
    """Organisations and municipalities: ``projektet Region X`` does not name a project."""
    return [node.evidence[0] for node in (*ctx.of_type(Organization), *ctx.of_type(Municipality), *ctx.of_type(Region))]


def _taken(spans: list[Span]) -> Callable[[int], bool]:
    """Whether a position lies inside one of the spans."""
    ordered = sorted(spans)
    starts = [span.start for span in ordered]

    def inside(position: int) -> bool:
        index = bisect_right(starts, position) - 1
        return index >= 0 and position < ordered[index].end

    return inside


def _shortened(name: ProjectName, names: list[ProjectName]) -> ProjectName:
    """A name that runs on after another one of the document (``Lärlyftet barn``, ``Lärlyftets mål``) is that one."""
    for other in names:
        single = " " not in other.printed and len(other.printed) > 5
        if (
            single
            and not name.long
            and name.printed != other.printed
            and re.match(rf"{re.escape(other.printed)}s? .*\b[a-zåäö]", name.printed)
        ):
            return ProjectName(name.start, name.start + len(other.printed), other.printed, other.long, other.short)
    return name


def _concepts(introduced: list[ProjectName], elsewhere: tuple[ProjectName, ...]) -> list[_Concept]:
    """Names that a definition ties together are one project; names from elsewhere have no place here yet."""
    by_form: dict[str, _Concept] = {}
    concepts: list[_Concept] = []
    own = sorted(introduced, key=lambda name: (not name.long, name.start, name.end))
    for number, name in enumerate((*own, *elsewhere)):
        keys = {fold(form) for form in (name.printed, name.long, name.short) if form}
        concept = next((by_form[key] for key in sorted(keys) if key in by_form), None)
        if concept is None:
            concept = _Concept()
            concepts.append(concept)
        concept.long = concept.long or name.long
        concept.short = concept.short or name.short
        concept.forms |= {form for form in (name.printed, name.long, name.short) if form}
        if number < len(own):
            concept.spans.add(Span(name.start, name.end))
        for key in keys:
            by_form[key] = concept
    return concepts


def _find_again(text: str, concept: _Concept, taken: Callable[[int], bool], offset: int) -> None:
    """The other places where the document prints a name; an acronym also in compounds and in ordinary case."""
    for form in sorted(concept.forms):
        ending = "" if not form[-1].isalpha() or form.endswith("s") else "s?"
        variants = [(form, ending)]
        if form == concept.short and form.isupper() and form.isalpha() and len(form) >= 4:
            variants.append((form.capitalize(), "(?:en|ens|s)?"))
        for words, tail in variants:
            first, *rest = words.split()
            pattern = re.compile(r"\s+".join(map(re.escape, [first, *rest])) + tail + r"(?!\w)")
            position = text.find(first)
            while position >= 0:
                match = pattern.match(text, position) if position == 0 or not _is_word(text[position - 1]) else None
                if match is not None and not taken(position + offset):
                    concept.spans.add(Span(position, match.end()))
                position = text.find(first, position + len(first))


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter in "-_"


def _without_overlap(concepts: list[_Concept]) -> None:
    """Of spans that overlap the longer one stays: the short name inside the long one is no mention of its own."""
    everything = sorted((span for concept in concepts for span in concept.spans), key=lambda s: (s.start, -s.end))
    kept: set[Span] = set()
    last = 0
    for span in everything:
        if span.start >= last:
            kept.add(span)
            last = span.end
    for concept in concepts:
        concept.spans &= kept


def _mentions(
    ctx: Context,
    concept: _Concept,
    spans: list[Span],
    stated: dict[Span, Facts],
    others: list[Span],
    titles: dict[int, int],
) -> Iterator[Entity]:
    told: set[str] = set()
    for span in spans:
        facts, made = facts_of(ctx, span, stated.get(span), others, titles)
        yield from made
        fresh = {key: value for key, value in facts.items() if key not in told}
        told |= fresh.keys()
        hints: Hints = {"scope": ctx.document.publisher, "printed": without_place(ctx.clean(span))}
        if period := printed_period(ctx, span):
            hints["period"] = [str(year) for year in period]
        yield Project(
            id=ctx.mention_id(Project, span),
            name=concept.name,
            short_name=concept.short or None,
            evidence=(span,),
            hints=hints,
            **fresh,
        )
