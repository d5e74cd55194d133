"""Changes: sentences that say that something was renamed, continued, merged, split, replaced or ended.

Each rule is a pattern of words with the places of what was before and what came after. A rule says nothing where a name
is missing on a side that needs one, where the sentence only wishes, proposes or denies, or where the subject is generic
(``kursen avslutades``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from kommungraf.extract.changes_dates import effective
from kommungraf.extract.changes_names import Names, Thing, words
from kommungraf.extract.changes_subjects import after, antecedent, before, governed, past_fillers, titles
from kommungraf.extract.context import Context
from kommungraf.extract.places_context import contents
from kommungraf.extract.places_reference import toml
from kommungraf.extract.sentences import sentences
from kommungraf.model import iri
from kommungraf.model.facts import Change, Entity, NamedThing, Network, Node, Organization, Project
from kommungraf.model.parts import Role
from kommungraf.model.source import Span


class Said(NamedTuple):
    """What a rule found: the kind of change, what was before and after, and the words that say so."""

    kind: str
    old: list[Thing]
    new: list[Thing]
    start: int
    end: int
    dated: bool = True


Rule = Callable[[Names, Span, re.Match[str]], Said | None]
_SESSIONS = frozenset({"GoverningBody", "Organization"})  # these end meetings and employments, and seldom themselves


def find_changes(ctx: Context) -> Iterator[Node]:
    """Every change that a document tells, after the mentions of named things that it made necessary."""
    names = Names(ctx)
    found: dict[str, Change] = {}
    for sentence in _sentences(ctx):
        for said in _said(names, sentence):
            change = _change(names, sentence, said)
            found.setdefault(change.id, change)
    yield from names.made.values()
    yield from _again(names)
    yield from found.values()


def _sentences(ctx: Context) -> Iterator[Span]:
    """The sentences in which a word of change stands: not in tables, contents, or what is only proposed."""
    skip = [*contents(ctx), *(Span(part.start, part.end) for part in ctx.document.with_role(Role.PROPOSAL))]
    for index in sorted({ctx.text.block_index(place) for place in _places(ctx)}):
        block = ctx.text.blocks[index]
        if block.kind == "table":
            continue
        for sentence in sentences(ctx.text.clean, block.start, block.end):
            inside = any(part.start <= sentence.start < part.end for part in skip)
            if not inside and _any_rule().search(ctx.text.clean, sentence.start, sentence.end):
                yield sentence


def _places(ctx: Context) -> Iterator[int]:
    """Where a word of change may stand."""
    start = ctx.document.start
    text = ctx.text.clean[start : ctx.document.end]
    text = text.lower() if len(text.lower()) == len(text) else text
    for stem in toml("changes.toml")["stems"]:
        place = text.find(stem)
        while place >= 0:
            yield start + place
            place = text.find(stem, place + len(stem))


def _said(names: Names, sentence: Span) -> Iterator[Said]:
    taken: list[Said] = []
    heading = names.ctx.text.block_at(sentence.start).kind == "heading"
    for pattern, rule in _rules():
        if heading and rule is not _formerly:  # a title says what a text is about, not yet what came of it
            continue
        for match in pattern.finditer(names.ctx.text.clean, sentence.start, sentence.end):
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
    date = effective(text, trigger, ctx.document.year, said.kind) if said.dated else None
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
        if not re.search(r"[A-ZÅÄÖ]", thing.name) or len(thing.name) < 5 or len(thing.name.split()) > 8:
            continue
        pattern = re.compile(rf"(?<![\w-]){re.escape(thing.name)}(?=s?(?![\w-]))")
        for match in pattern.finditer(ctx.text.clean, ctx.document.start, ctx.document.end):
            span = Span(match.start(), match.end())
            if not any(span.start < other.end and other.start < span.end for other in known):
                known.append(span)
                yield names.mention(span, thing.name, str(thing.hints.get("kind", "")))


# --- the rules --------------------------------------------------------------------------------------------------------


def _real(names: Names, sentence: Span, match: re.Match[str]) -> bool:
    """Whether a sentence says that a change is, and does not wish, deny or correct it."""
    clean = names.ctx.text.clean
    earlier, later = clean[sentence.start : match.start()], clean[match.end() : min(sentence.end, match.end() + 25)]
    near = earlier[-40:]
    if _word("negation").search(near) or _word("negation").match(later.lstrip()) or _word("correction").search(earlier):
        return False
    if match.group().endswith(("ades", "örde", "ade", "des")):  # a plain past tense: no auxiliary can govern it
        return True
    return not _word("unreal").search(earlier)


@cache
def _word(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){words(key)}(?![\w-])", re.I)


def _renamed(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``X heter numera Y``, ``X ska benämnas Y i stället för Z``."""
    if not _real(names, sentence, match):
        return None
    instead = _instead(names, sentence, match)
    if instead is not None:
        return instead
    new = names.after(_start(names, match.end()), sentence.end)
    if new is None:
        return None
    old = before(names, sentence, match.start()) or _definite(names, sentence, match.start())
    if not old or _same(old, [new]):
        return None
    now = re.search(r"\bnu(?:mera)?\b", match.group(), re.I) is not None  # since when is not said
    return Said("renamed", old[:1], [new], match.start(), match.end(), dated=not now)


def _called(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``Sedan årsskiftet heter X Y``: the old and the new name follow the verb."""
    things = names.within(sentence)
    start = _start(names, match.end())
    for old, new in pairwise(things):
        if old.start == start and new.start == old.end + 1 and not _same([old], [new]):
            return Said("renamed", [old], [new], match.start("verb"), match.end())
    return None


def _start(names: Names, position: int) -> int:
    clean = names.ctx.text.clean
    while position < len(clean) and clean[position] in " \u00a0\n:":
        position += 1
    return position


def _same(old: list[Thing], new: list[Thing]) -> bool:
    return bool({thing.name.casefold() for thing in old} & {thing.name.casefold() for thing in new})


_INSTEAD = re.compile(
    r"\s[\"“”»]?(?P<new>[A-ZÅÄÖ][^.,;:()\n]{2,70}?)[\"“”»]? (?:i stället|istället) för "
    r"(?:benämningen |namnet |som tidigare )?[\"“”»]?(?P<old>[A-ZÅÄÖ][^.,;:()\n\"“”»]{2,70})"
)


def _instead(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    both = _INSTEAD.match(names.ctx.text.clean, match.end(), sentence.end)
    if both is None:
        return None
    old, new = _plain(both, "old"), _plain(both, "new")
    return Said("renamed", [old], [new], match.start(), both.end())


def _plain(match: re.Match[str], group: str, kind: str = "") -> Thing:
    """The words of a group as the name of a thing."""
    start, name = match.start(group), match[group].rstrip()
    return Thing(start, start + len(name), Span(start, start + len(name)), " ".join(name.split()), kind)


_NOUN = re.compile(r"(?P<noun>[A-ZÅÄÖ][a-zåäö]{5,}(?:en|et|an|na))(?=\s(?:för|med|till|har|på|i|som)\s)")


def _definite(names: Names, sentence: Span, end: int) -> list[Thing]:
    """``Mediaportalen för lärare … heter nu X``: a sentence may begin with the definite noun that was the name."""
    match = _NOUN.match(names.ctx.text.clean, sentence.start, end)
    if match is None or re.fullmatch(words("anaphors"), match["noun"], re.I) or _is_mention(names, match.span("noun")):
        return []
    return [_plain(match, "noun")]


def _is_mention(names: Names, place: tuple[int, int]) -> bool:
    return any(
        isinstance(node, Entity)
        and node.evidence
        and node.evidence[0].start < place[1]
        and place[0] < node.evidence[0].end
        for node in names.ctx.nodes
    )


def _formerly(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``X (fd Y)``, ``X, tidigare Y, har``: both names side by side."""
    clean = names.ctx.text.clean
    start = _start(names, match.end())
    title = _office(names, match)
    if title is not None:
        return title
    things = names.within(sentence)
    new = next((thing for thing in things if thing.end == match.start()), None) or _name_before(
        names, sentence, match.start()
    )
    old = names.after(start, sentence.end)
    if old is None or new is None or new.name.casefold() == old.name.casefold():
        return None
    closed = clean[old.end : old.end + 2].lstrip()[:1] in (")", ",", ".", "")
    if not closed or names.of_person(Span(new.start, match.end() + 1)):
        return None
    return Said("renamed", [old], [new], match.start(), old.end, dated=False)


_CAPITALS = re.compile(r"(?<![\w-])(?P<name>[A-ZÅÄÖ][\w&-]*(?: (?:och )?[A-ZÅÄÖ][\w&-]*){0,4})$")


def _name_before(names: Names, sentence: Span, end: int) -> Thing | None:
    """The capitalised words right before brackets; a genitive loses its s where the document has the name without."""
    clean = names.ctx.text.clean
    match = _CAPITALS.search(clean, max(sentence.start, end - 80), end)
    if match is None:
        return None
    thing = _plain(match, "name")
    bare = thing.name[:-1]
    if thing.name.endswith("s") and re.search(rf"(?<![\w-]){re.escape(bare)}(?![\w-])", clean):
        return Thing(thing.start, thing.end, Span(thing.start, thing.start + len(bare)), bare, "")
    return thing


def _office(names: Names, match: re.Match[str]) -> Said | None:
    """``Verksamhetschef (tidigare kontorschef) har rätt att``: the title of an office, with nobody named beside it."""
    clean = names.ctx.text.clean
    office = words("offices")
    new = re.compile(rf"(?<![\w-])(?P<office>{office})$").search(clean, max(0, match.start() - 40), match.start())
    old = re.compile(rf"[\s–-]*(?P<office>{office})(?=[),])").match(clean, match.end())
    if new is None or old is None or names.of_person(Span(new.start() - 30 if new.start() > 30 else 0, old.end() + 30)):
        return None
    was, now = _plain(old, "office", "office"), _plain(new, "office", "office")
    if was.name.casefold() == now.name.casefold():
        return None
    return Said("renamed", [_lower(was)], [_lower(now)], match.start(), old.end(), dated=False)


def _lower(thing: Thing) -> Thing:
    return Thing(thing.start, thing.end, thing.span, thing.name[0].lower() + thing.name[1:], thing.kind)


def _naming(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``Benämningen X ändras till Y``."""
    if not _real(names, sentence, match):
        return None
    old, new = _plain(match, "old", "name"), names.after(match.start("new"), sentence.end)
    quoted = Thing(match.start("new"), match.end("new"), Span(*match.span("new")), match["new"], "name")
    return Said("renamed", [old], [new or quoted], match.start("verb"), match.end("verb"))


def _forward(kind: str) -> Rule:
    """``X TRIGGER Y``: what was stands before, what comes after."""

    def rule(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
        if not _real(names, sentence, match):
            return None
        new = after(names, sentence, match.end()) or _named(names, sentence, match.end())
        old = before(names, sentence, match.start(), loose=kind == "continued")
        if new and not old and kind == "continued" and match.group().endswith("namnet"):
            old = _of_title(names, sentence)
        if not old or not new or _same(old, new) or _people(names, sentence, old, new):
            return None
        return Said(kind, old, new if kind == "split" else new[:1], match.start(), match.end())

    return rule


def _named(names: Names, sentence: Span, position: int) -> list[Thing]:
    """A new name after ``under namnet`` need not be known from elsewhere."""
    clean = names.ctx.text.clean
    if not clean[:position].endswith("namnet"):
        return []
    found = names.after(_start(names, position), sentence.end)
    return [found] if found is not None else []


def _of_title(names: Names, sentence: Span) -> list[Thing]:
    """The one thing that the title above names: ``Fortsättning på X`` above ``arbetet fortsätter under namnet Y``."""
    for span in titles(names, sentence):
        found = names.within(span)
        if found:
            return found if len(found) == 1 else []
    return []


def _people(names: Names, sentence: Span, old: list[Thing], new: list[Thing]) -> bool:
    """A substitute replaces a member, and a municipality another's staff: no thing took another's place."""
    return any(names.of_person(thing.span) for thing in (*old, *new))


def _backward(kind: str) -> Rule:
    """``Y TRIGGER X``: what comes stands before, what was after."""

    def rule(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
        if not _real(names, sentence, match):
            return None
        old, new = after(names, sentence, match.end()), before(names, sentence, match.start())
        if kind == "replaced" and old and _PAID.match(names.ctx.text.clean, old[-1].end):
            return None
        if not old or not new or _same(old, new) or _people(names, sentence, old, new):
            return None
        return Said(kind, old, new[:1], match.start(), match.end())

    return rule


_PAID = re.compile(r"\s(?:för|med)\s")  # "ersätter kommunen för kostnaden": what is paid takes nobody's place


def _following(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``Ett fortsättningsprojekt, "Y", har beviljats``: of the project that the text before it is about."""
    new = [
        thing
        for thing in names.within(sentence)
        if thing.start >= match.end() and not _mentioned_by(names, sentence, thing)
    ]
    if not new or not _real(names, sentence, match):
        return None
    old = antecedent(names, sentence, match.start(), "projektet")
    if not old or _same(old, new[:1]):
        return None
    return Said("continued", old, new[:1], match.start(), match.end())


def _mentioned_by(names: Names, sentence: Span, thing: Thing) -> bool:
    return thing.kind in _SESSIONS or governed(names.ctx.text.clean, sentence.start, thing)


def _prolonged(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``Projektet X förlängs``: it goes on as itself."""
    if not _real(names, sentence, match):
        return None
    active = match.group().endswith(("a", " av"))
    old = after(names, sentence, match.end()) if active else before(names, sentence, match.start())
    old = [thing for thing in old if thing.kind == "Project" or thing.kind.endswith(("projekt", "projektet"))]
    return Said("continued", old, old, match.start(), match.end(), dated=False) if old else None


_INTO = re.compile(r"\s(?:till|i|och (?:bildar|bildade|blir|blev|kallas)|under namnet)(?=\s)")
_EMBRACED = re.compile(
    r"(?P<noun>\b(?:[Dd]e|[Bb]åda|[Bb]ägge) (?:två |båda |tre |fyra )?\w+(?:erna|orna|arna|en)"
    r"(?: (?:inom|för|i) [\w-]+)?) \((?P<one>[^(),]{3,60}) och (?P<other>[^(),]{3,60})\)(?: har| hade)? $"
)


def _merged(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``A och B slås samman till C``, ``A uppgår i C``."""
    if not _real(names, sentence, match):
        return None
    clean = names.ctx.text.clean
    one_way = match.group().endswith((" i", " med"))
    old = before(names, sentence, match.start())
    if not old and not one_way and (embraced := _EMBRACED.search(clean[sentence.start : match.start()])):
        parts = [_part(embraced, group, sentence.start) for group in ("one", "other")]
        return Said("merged", parts, [], match.start(), match.end())
    new: list[Thing] = []
    if one_way:
        new = after(names, sentence, match.end())
    elif (into := _INTO.match(clean, past_fillers(clean, match.end(), sentence.end), sentence.end)) is not None:
        new = after(names, sentence, into.end()) or _after_name(names, sentence, into.end())
    if not old or (one_way and not new) or (len(old) < 2 and not new) or _same(old, new):
        return None
    return Said("merged", old, new[:1], match.start(), match.end())


def _after_name(names: Names, sentence: Span, position: int) -> list[Thing]:
    found = names.after(_start(names, position), sentence.end)
    return [found] if found is not None else []


def _part(match: re.Match[str], group: str, offset: int) -> Thing:
    """``de två resorna (norr och söder)`` names two things: the noun with each of the words in brackets."""
    noun = re.sub(r"^(?:De|Båda|Bägge)\s(?:(?:två|båda|tre|fyra)\s)?", "", match["noun"], flags=re.I)
    start, end = match.start(group) + offset, match.end(group) + offset
    return Thing(start, end, Span(start, end), f"{noun} ({match[group]})", "part")


def _merger(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``genom en sammanslagning av A och B``: the result may be the subject or follow."""
    if not _real(names, sentence, match):
        return None
    old = after(names, sentence, match.end())
    if len(old) < 2:
        return None
    into = _INTO.match(names.ctx.text.clean, old[-1].end, sentence.end)
    new = after(names, sentence, into.end()) if into else []
    return Said("merged", old, new[:1], match.start(), match.end())


def _ended(tense: str) -> Rule:
    """``X avslutades``, ``Efter 2026 avslutas X``, ``beslutat att avveckla X``."""

    def rule(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
        if not _real(names, sentence, match):
            return None
        closes = re.match(r"avslut|slut|är avslut", match.group(), re.I) is not None
        never = _SESSIONS if closes else frozenset()
        old = [] if tense == "infinitive" else before(names, sentence, match.start(), never=never)
        old = [thing for thing in old or after(names, sentence, match.end()) if thing.kind not in never]
        if not old or not _dated_or_decided(names, sentence, match, tense):
            return None
        return Said("ended", old, [], match.start(), match.end())

    return rule


def _dated_or_decided(names: Names, sentence: Span, match: re.Match[str], tense: str) -> bool:
    """What is to end needs a date or a decision: a plan to end something is no end."""
    if tense == "past":
        return True
    text = names.ctx.clean(sentence)
    trigger = (match.start() - sentence.start, match.end() - sentence.start)
    dated = effective(text, trigger, None, "ended") is not None
    decided = _word("decided").search(names.ctx.text.clean, sentence.start, match.start()) is not None
    if tense == "present":
        return (
            dated
            or decided
            or "i förtid" in text
            or effective(text, trigger, names.ctx.document.year, "ended") is not None
        )
    return decided or dated


def _defunct(names: Names, sentence: Span, match: re.Match[str]) -> Said | None:
    """``den nedlagda föreningen X``."""
    old = [thing for thing in after(names, sentence, match.end()) if thing.kind not in ("", "Project")]
    return Said("ended", old[:1], [], match.start(), match.end(), dated=False) if old else None


def _pattern(key: str, after_it: str = "") -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){words(key)}(?![\w-]){after_it}", re.I)


@cache
def _rules() -> list[tuple[re.Pattern[str], Rule]]:
    """The rules in the order in which they are tried; words that one of them took are not read again."""
    naming = (
        rf"(?<![\w-]){words('naming')} [\"“”]?(?P<old>[\w -]{{3,60}}?)[\"“”]? "
        rf"(?P<verb>{words('naming_verb')}) (?:till )?[\"“”]?(?P<new>[\w-]{{3,60}})"
    )
    formerly = rf"\s?(?:\(|,\s)(?:{words('formerly')})(?: {words('called')})?(?=[\s:])"
    return [
        (re.compile(naming, re.I), _naming),
        (re.compile(formerly), _formerly),
        (_pattern("renamed"), _renamed),
        (
            re.compile(
                r"\b(?:[Ss]edan|[Ff]rån och med|[Ff]r\.o\.m\.)\s[^.,;]{3,40}?\s(?P<verb>heter|benämns|kallas)(?=\s)"
            ),
            _called,
        ),
        (_pattern("merged"), _merged),
        (_pattern("merger"), _merger),
        (_pattern("split"), _forward("split")),
        (_pattern("continued"), _forward("continued")),
        (_pattern("continues"), _backward("continued")),
        (_pattern("following_project"), _following),
        (_pattern("replaced"), _forward("replaced")),
        (_pattern("replaces"), _backward("replaced")),
        (_pattern("prolonged"), _prolonged),
        (_pattern("defunct"), _defunct),
        (_pattern("ended", r"(?! (?:med|på|som|från(?! och med)|ur)\s)"), _ended("past")),
        (_pattern("ends", r"(?! (?:med|på|som|från(?! och med)|ur)\s)"), _ended("present")),
        (_pattern("end"), _ended("infinitive")),
    ]


@cache
def _any_rule() -> re.Pattern[str]:
    """One search that tells whether any rule may apply."""
    return re.compile(
        "|".join(f"(?:{re.sub(r'[?]P<[a-z]+>', '?:', pattern.pattern)})" for pattern, _ in _rules()), re.I
    )
