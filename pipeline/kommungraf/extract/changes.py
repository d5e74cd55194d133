"""Changes: sentences that say that something was renamed, continued, merged, split, replaced or ended.

Each rule is a pattern of words with the places of what was before and what came after. A rule says nothing where a name
is missing on a side that needs one, where the sentence only wishes, proposes or denies, or where the subject is generic
(``kursen avslutades``).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from kommungraf.dates import PartialDate
from kommungraf.extract.changes_dates import effective
from kommungraf.extract.changes_names import Names, Thing
from kommungraf.extract.changes_renamed import formerly
from kommungraf.extract.changes_rules import rules
from kommungraf.extract.changes_said import Said
from kommungraf.extract.changes_subjects import after
from kommungraf.extract.context import Context
from kommungraf.extract.places_context import contents
from kommungraf.model import iri
from kommungraf.model.facts import Change, NamedThing, Network, Node, Organization, Project
from kommungraf.model.parts import Role
from kommungraf.model.source import Span
from kommungraf.wordlists import toml


def find_changes(ctx: Context) -> Iterator[Node]:
    """Every change that a document tells, after the mentions of named things that it made necessary."""
    names = Names(ctx)
    found: dict[str, Change] = {}
    for sentence in _sentences(ctx):
        for said in _said(names, sentence):
            change = _change(names, sentence, said)
            found.setdefault(change.id, change)
    for change in _done(names):
        found.setdefault(change.id, change)
    yield from names.made.values()
    yield from _again(names)
    yield from found.values()


def _sentences(ctx: Context) -> Iterator[Span]:
    """The sentences in which a word of change stands: not in tables, contents, or what is only proposed."""
    skip = [*contents(ctx), *(Span(part.start, part.end) for part in ctx.document.with_role(Role.PROPOSAL))]
    places = sorted(_places(ctx))
    for index in sorted({ctx.text.block_index(place) for place in places}):
        block = ctx.text.blocks[index]
        if block.kind == "table" or any(part.start <= block.start < part.end for part in skip):
            continue
        for sentence in ctx.sentences(block.start, block.end):
            near = bisect_left(places, sentence.start)
            if near < len(places) and places[near] < sentence.end:
                yield sentence


def _places(ctx: Context) -> Iterator[int]:
    """Where a word of change may stand."""
    start = ctx.document.start
    text = ctx.text.clean[start : ctx.document.end]
    text = text.lower() if len(text.lower()) == len(text) else text
    for stem in toml("extract", "changes.toml")["stems"]:
        place = text.find(stem)
        while place >= 0:
            yield start + place
            place = text.find(stem, place + len(stem))


def _said(names: Names, sentence: Span) -> Iterator[Said]:
    taken: list[Said] = []
    heading = names.ctx.text.block_at(sentence.start).kind == "heading"
    clean, low = names.ctx.text.clean, names.low
    for pattern, rule in rules():
        if heading and rule is not formerly:  # a title says what a text is about, not yet what came of it
            continue
        for match in pattern.finditer(clean if pattern.groups else low, sentence.start, sentence.end):
            if any(said.start < match.end() and match.start() < said.end for said in taken):
                continue
            said = rule(names, sentence, match)
            if said is not None:
                taken.append(said)
                yield said


def _change(names: Names, sentence: Span, said: Said) -> Change:
    ctx = names.ctx
    text = ctx.clean(sentence)
    trigger = (said.start - sentence.start, said.end - sentence.start)
    date = said.when
    if said.dated and date is None:
        date = effective(_without_years(ctx, sentence, said), trigger, ctx.document.year, said.kind)
    old = tuple(dict.fromkeys(names.ref(thing) for thing in said.old))
    new = tuple(dict.fromkeys(names.ref(thing) for thing in said.new))
    key = f"{sentence.start}-{sentence.end}-{said.kind}-{iri.digest(*old, '|', *new)[:6]}"
    return Change(
        id=iri.statement(ctx.document.id, "change", key),
        text=" ".join(text.split()),
        change_kind=said.kind,
        changed_from=old,
        changed_into=new,
        effective=date,
        evidence=(sentence,),
    )


_PERIOD = re.compile(r"\s20\d\d\s?[–-]\s?(?:20)?\d\d")


def _without_years(ctx: Context, sentence: Span, said: Said) -> str:
    """The sentence with blanks for the names and the years that are part of them: ``Vision 2030`` dates nothing."""
    text = ctx.clean(sentence)
    for thing in (*said.old, *said.new):
        year = _PERIOD.match(ctx.text.clean, thing.end)
        start, end = thing.start - sentence.start, (year.end() if year else thing.end) - sentence.start
        if 0 <= start < end <= len(text) and not (said.start - sentence.start) < end <= (said.end - sentence.start):
            text = text[:start] + "_" * (end - start) + text[end:]
    return text


_TASK = re.compile(r"(?:Avveckla|Avsluta|Slutför|Slutföra|Lägg(?:a)? (?:ned|ner))\s(?P<what>[^.,;:!?\n]{4,90}?)\.?\s*")
_DONE = re.compile(
    r"(?:Har |Är )?(?:[Gg]enomför(?:t|d|da)|[Uu]tför(?:t|d)|[Kk]lar[t]?|[Ss]lutför(?:t|d)|[Aa]vveckla(?:t|d|de))\.?\s*"
)
_LONGEST = 8


def _done(names: Names) -> Iterator[Change]:
    """``Avveckla kurserna i X.`` with ``Genomfört.`` below it: the report says that what was planned to end did."""
    ctx = names.ctx
    for index in ctx.document.blocks[:-1]:
        block, below = ctx.text.blocks[index], ctx.text.blocks[index + 1]
        if below.end - below.start > 20 or _DONE.fullmatch(ctx.text.clean, below.start, below.end) is None:
            continue
        task = _TASK.fullmatch(ctx.text.clean, block.start, block.end)
        if task is None:
            continue
        span = Span(block.start, block.end)
        things = after(names, span, task.start("what") - 1) or [_phrase(task)]
        if len(things[0].name.split()) <= _LONGEST:
            change = _change(names, span, Said("ended", things, [], task.start(), task.start("what"), dated=False))
            change.text += " " + " ".join(ctx.clean(Span(below.start, below.end)).split())
            change.evidence = (span, Span(below.start, below.end))
            change.effective = PartialDate(ctx.document.year) if ctx.document.year else None
            yield change


def _phrase(task: re.Match[str]) -> Thing:
    """What is to end, in the words of the plan."""
    return Thing(*task.span("what"), Span(*task.span("what")), " ".join(task["what"].split()), "phrase")


def _again(names: Names) -> Iterator[NamedThing]:
    """The other places where the document prints the name of a thing that changed."""
    ctx = names.ctx
    if not names.made:
        return
    known = sorted(
        node.evidence[0] for kind in (Project, Network, Organization, NamedThing) for node in ctx.of_type(kind)
    )
    known += names.made
    for thing in list(names.made.values()):
        if thing.hints.get("kind") in ("task", "phrase", "part"):  # the thing itself is another than the work on it
            continue
        if not re.search(r"[A-ZÅÄÖ]", thing.name) or len(thing.name) < 5 or len(thing.name.split()) > 8:
            continue
        for span in _printed(ctx, thing.name):
            if not any(span.start < other.end and other.start < span.end for other in known):
                known.append(span)
                yield names.mention(span, thing.name, str(thing.hints.get("kind", "")))


def _printed(ctx: Context, name: str) -> Iterator[Span]:
    """Where a document has a name as whole words, or in the genitive."""
    clean = ctx.text.clean
    place = clean.find(name, ctx.document.start, ctx.document.end)
    while place >= 0:
        end = place + len(name)
        whole = re.match(r"s?(?![\w-])", clean[end : end + 2]) is not None
        if whole and not (place and (clean[place - 1].isalnum() or clean[place - 1] in "-_")):
            yield Span(place, end)
        place = clean.find(name, end, ctx.document.end)
