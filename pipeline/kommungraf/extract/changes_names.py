"""What a sentence of change speaks of: mentions found before, names in quotes or emphasis, and names after a head word.

A thing that stands for another one (``projektet``) is looked for in the sentences before it and in the headings above,
and only taken where one thing alone can be meant.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kommungraf.dates import MONTHS
from kommungraf.extract.changes_headings import Headings
from kommungraf.extract.context import Context
from kommungraf.extract.projects_reading import ACRONYM, LONG_SHORT, ProjectName, initials_agree, name_at, rules
from kommungraf.model.facts import Entity, GoverningBody, NamedThing, Network, Organization, Person, Project
from kommungraf.model.source import Span
from kommungraf.wordlists import toml

_QUOTED = re.compile(r"[\"“”„»«]([^\"“”„»«\n]{3,80})[\"“”„»«]")
_MARKED = re.compile(r"(?<![\w*_])([*_])([^*_\n]{3,90})\1(?![\w*_])")
_SUFFIX = re.compile(r"-(?:projektets?|nätverket|gruppen|programmet|enheten|konceptet)(?!\w)")
_SHORT = re.compile(rf"\s\((?:[^()\n]{{3,80}}|{ACRONYM})\)")
_ABOUT = re.compile(
    rf"\b\w*(?:uppdrag|projekt|satsning)(?:et|en)? (?:kring|om|inom|för) (?P<name>{ACRONYM})"
    rf"|[Pp]rojekttiden för (?P<of>{ACRONYM})"
)
_TASK = re.compile(r"\bProjektet (att (?:(?!(?:har|hade|är|avslutades|slutfördes|och|som)\b)[\wåäö-]+ ?){2,9})")
# "Projektet att ta fram en ny Byaatlas" is called by what it makes, and a clause is no name.
_LAST_PROPER = re.compile(r"[A-ZÅÄÖ][\wåäö-]{3,}$")
_COORDINATION = re.compile(r"(?:\s*,\s*(?:och\s|samt\s)?|\s(?:och|samt|respektive|med)\s)(?:\w+(?:et|en|erna)\s)?")
_JOINED = re.compile(r"-[A-ZÅÄÖ]\w+(?:[ \u00a0][A-ZÅÄÖ]\w+)?")
_PROPER = re.compile(r"[A-ZÅÄÖ0-9][\w&-]*(?:[ \u00a0][A-ZÅÄÖ0-9][\w&-]*)*")
_YEAR = re.compile(r"[ \u00a0]20\d\d(?![\d–-])")
_REACHING = ("projekt", "program", "plan", "strategi", "policy", "överenskommelse", "utbildning")
_AREAS = frozenset("verksamhetsområdet området fokusområdet enheten avdelningen förvaltningen".split())
_LISTED = re.compile(r"[A-ZÅÄÖ][\w-]+(?:, [a-zåäö][\w-]+)* och [a-zåäö][\w-]+")
_DEFINED = re.compile(rf"(?<![\w-])(?P<short>{ACRONYM})\s\((?P<long>[A-ZÅÄÖ][^()\n]{{6,90}})\)")
_OF_PROJECT = re.compile(r"\b[Pp](?:ilotp)?rojekt(?:et)?\b")
# "Policy för resor", "Riktlinjer för bostadsanpassning": documents are called by what they are and for whom.
_TITLE = re.compile(
    r"(?<![\w-])(?:Policy|Riktlinjer?|Strategi|Handlingsplan|Plan|Reglemente|Program|Bestämmelser|Anvisningar|Taxa|Avgifter"
    r"|[A-ZÅÄÖ][a-zåäö]+(?:policy|plan|strategi|program|riktlinjer|reglemente)) (?:för|mot|om) [\wåäö-]+"
    r"(?:(?:,| och| i| vid| mot| samt)? (?!som\b|antag|från\b|har\b|är\b|upphäv|ersätt|ska\b|enligt\b|gäll)"
    r"[a-zåäöA-ZÅÄÖ-]+){0,5}"
)
# "Miljöförvaltningen", "vård- och omsorgskontoret": units of an administration are called by what they do.
_UNIT = re.compile(
    r"(?<![\w-])(?:[A-ZÅÄÖ][a-zåäö]+a |[\wåäö]+-(?:, [\wåäö]+-)* och )?"
    r"(?:[\wåäö-]{4,}(?:förvaltningen|avdelningen|kontoret|enheten|funktionen|mottagningen|jouren)"
    r"|(?<=[a-zåäö]a )förvaltningen)(?![\w-])"
)
_CLOSING = "\"“”»«*'"
_KINDS = (Project, Network, GoverningBody, Organization)


@dataclass(slots=True, frozen=True)
class Thing:
    """Something that a sentence names: ``start``/``end`` with its head word, quotes and short form, ``name`` alone.

    ``node`` is the mention found before; without one it becomes a :class:`NamedThing` of ``kind``.
    """

    start: int
    end: int
    span: Span
    name: str
    kind: str
    node: Entity | None = None


DATE = rf"(?:\d{{4}}-\d\d-\d\d|\d{{1,4}}(?:[/–-]\d{{1,4}})?|{'|'.join(MONTHS)})"


@cache
def words(key: str) -> str:
    """The alternatives of a list of ``changes.toml`` as one regular expression, with its gaps for dates."""
    lists = toml("extract", "changes.toml")
    time = rf"(?:\s(?:{'|'.join(lists['between'])}|\d[\d/–-]*)(?![\w-]))"
    gap = rf"{time}*\s"
    by_particle: dict[str, list[str]] = defaultdict(list)  # one gap for all verbs of a particle: quicker to compile
    for entry in lists[key]:
        verb, parted, particle = entry.replace("~~", f"{time}+").partition("~")
        by_particle[f"{gap}(?:{particle.replace('~', gap)})" if parted else ""].append(verb)
    return "(?:" + "|".join(f"(?:{'|'.join(verbs)}){particle}" for particle, verbs in by_particle.items()) + ")"


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?P<head>{words('heads')})[ \u00a0](?=[\"“”„»«*]?[A-ZÅÄÖ0-9])", re.I)


@cache
def _head_before() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w-])(?:(?:det|den|de) (?:[\wåäö]+a )?)?(?:{words('heads')}|[\w-]+[Pp]rojektet)[ \u00a0][{_CLOSING}]*$",
        re.I,
    )


@lru_cache(maxsize=2)
def _lower(text: str) -> str:
    low = text.lower()
    return low if len(low) == len(text) else text


@dataclass(slots=True)
class Names:
    """The things of a document, sentence by sentence. ``made`` are the mentions that were made on the way, by place."""

    ctx: Context
    made: dict[Span, NamedThing] = field(default_factory=dict)
    _cache: dict[Span, list[Thing]] = field(default_factory=dict)
    _headings: Headings | None = None

    @property
    def low(self) -> str:
        """The text in lower case, with the same offsets."""
        return _lower(self.ctx.text.clean)

    def within(self, span: Span) -> list[Thing]:
        """The things that a span names, in order, the longest reading of each."""
        if span not in self._cache:
            found = sorted((*self._known(span), *self._printed(span)), key=lambda t: (t.node is None, t.start, -t.end))
            kept: list[Thing] = []
            for thing in found:
                if not any(thing.span.start < one.end and one.start < thing.span.end for one in kept):
                    kept.append(thing)
            self._cache[span] = sorted(kept, key=lambda thing: thing.start)
        return self._cache[span]

    def ref(self, thing: Thing) -> str:
        """The IRI of the mention of a thing; one is made where none was found before."""
        if thing.node is not None:
            return thing.node.id
        if thing.span not in self.made:
            self.made[thing.span] = self.mention(thing.span, thing.name, thing.kind)
        return self.made[thing.span].id

    def mention(self, span: Span, name: str, kind: str) -> NamedThing:
        """A mention of a named thing at a place."""
        return NamedThing(
            id=self.ctx.mention_id(NamedThing, span),
            name=name,
            evidence=(span,),
            hints={"scope": self.ctx.document.publisher, "kind": kind},
        )

    def after(self, position: int, end: int, kind: str = "") -> Thing | None:
        """The name that begins at a position, known or not: what follows ``heter numera``.

        With a ``kind`` an unknown name is only its capitalised words.
        """
        clean = self.ctx.text.clean
        for thing in self.within(_line(clean, position, end)):
            if thing.start == position or thing.span.start == position:
                return thing
        both = LONG_SHORT.match(clean, position, end)
        if both is not None and initials_agree(both["long"], both["short"]):
            return Thing(position, both.end(), Span(position, both.end("long")), both["long"].strip(), "")
        return self._name(position, end, position, kind)

    def _name(self, position: int, end: int, start: int, kind: str) -> Thing | None:
        """The capitalised name at a position, as far as projects' names would reach."""
        clean = self.ctx.text.clean
        found = name_at(clean, position, clean)
        if found is None:
            return None
        stop = found.end
        closed = kind != "name" and (
            clean[stop : stop + 1] in (",", ".", "(", ")", ";", ":", "") or _told(clean, found)
        )
        if kind and not kind.startswith(_REACHING) and clean[position] not in _CLOSING and not closed:
            capitals = _PROPER.match(clean, position)
            stop = min(stop, capitals.end()) if capitals is not None else stop
        if stop == found.end and (joined := _JOINED.match(clean, stop)) is not None:  # "AB-Torget" is no acronym
            stop = joined.end()
        elif (
            kind in _AREAS
            and (listed := _LISTED.match(clean, found.start)) is not None
            and not _begins_clause(listed.group().split()[-1])
        ):
            stop = max(stop, listed.end())
        if kind and (year := _YEAR.match(clean, stop)) is not None:  # "Vision 2030" is called so
            stop = year.end()
        if stop > end or self.of_person(Span(position, stop)):
            return None
        name = found.printed if stop == found.end else " ".join(clean[found.start : stop].split())
        return Thing(start, stop, Span(found.start, stop), name, kind)

    def of_person(self, span: Span) -> bool:
        """Whether a person is named there."""
        return any(
            node.evidence[0].start < span.end
            for node in self.ctx.within(Person, Span(span.start - 40, span.end + 40))
            if node.evidence[0].end > span.start
        )

    def _known(self, span: Span) -> Iterator[Thing]:
        clean = self.ctx.text.clean
        for kind in _KINDS:
            for node in self.ctx.within(kind, span):
                place = node.evidence[0]
                end = place.end
                if (suffix := _SUFFIX.match(clean, end)) is not None:
                    end = suffix.end()
                while end < span.end and clean[end] in _CLOSING:
                    end += 1
                yield Thing(self._start(place.start, span.start), end, place, node.name, kind.__name__, node)

    def _printed(self, span: Span) -> Iterator[Thing]:
        clean = self.ctx.text.clean
        for match in _QUOTED.finditer(clean, span.start, span.end):
            yield self._thing(span, match.start(1), match.end(1), match.end())
        for place in self._marked(span):
            yield self._thing(span, place.start, place.end, place.end)
        for match in _TITLE.finditer(clean, span.start, span.end):
            yield self._thing(span, match.start(), match.end(), match.end())
        for match in _UNIT.finditer(clean, span.start, span.end):
            yield Thing(match.start(), match.end(), Span(*match.span()), match.group(), "unit")
        for match in _heads().finditer(clean, span.start, span.end):
            thing = self._name(match.end(), span.end, match.start(), match["head"].lower())
            if thing is not None:
                yield thing
        for match in _ABOUT.finditer(clean, span.start, span.end):
            group = "name" if match["name"] else "of"
            yield Thing(match.start(), match.end(), Span(match.start(group), match.end(group)), match[group], "projekt")
        if _OF_PROJECT.search(clean, span.start, span.end) is not None:
            yield from self._defined(span)
        for match in _TASK.finditer(clean, span.start, span.end):
            proper = _LAST_PROPER.search(match[1].rstrip())
            if proper is not None:
                start = match.start(1) + proper.start()
                place = Span(start, start + len(proper.group()))
                yield Thing(match.start(), place.end, place, proper.group(), "task")
        yield from self._headed(span)

    def _headed(self, span: Span) -> Iterator[Thing]:
        """Things that a heading of the document names."""
        if self._headings is None:
            self._headings = Headings(self.ctx)
        for place in self._headings.within(span):
            name = " ".join(self.ctx.clean(place).split())
            yield Thing(self._start(place.start, span.start), place.end, place, name, "heading")

    def _defined(self, span: Span) -> Iterator[Thing]:
        """``ett projekt … , ABC (Long name)``: an acronym that a sentence on a project explains."""
        clean = self.ctx.text.clean
        for match in _DEFINED.finditer(clean, span.start, span.end):
            if initials_agree(match["long"], match["short"]):
                yield Thing(match.start(), match.end(), Span(*match.span("short")), match["short"], "projekt")

    def _thing(self, span: Span, start: int, end: int, outer: int) -> Thing:
        name = " ".join(self.ctx.text.clean[start:end].split())
        plain = re.sub(rf"\s\({ACRONYM}\)$", "", name)
        return Thing(
            self._start(start, span.start), outer, Span(start, start + len(plain) if plain != name else end), plain, ""
        )

    def _start(self, start: int, low: int) -> int:
        """Where a thing begins, its quotation mark and head word included."""
        before = _head_before().search(self.ctx.text.clean, max(low, start - 60), start)
        if before is not None and not self.ctx.text.clean[start].islower():
            return before.start()
        while start > low and self.ctx.text.clean[start - 1] in _CLOSING:
            start -= 1
        return start

    def _marked(self, span: Span) -> Iterator[Span]:
        """What is set in italics: the marks are only in the stored text."""
        offsets = self.ctx.text.offsets
        low, high = offsets[span.start], offsets[span.end - 1] + 2
        for match in _MARKED.finditer(self.ctx.text.stored, max(0, low - 1), high):
            start, end = bisect_left(offsets, match.start(2)), bisect_left(offsets, match.end(2))
            if span.start <= start < end <= span.end and self.ctx.text.clean[start].isupper():
                yield Span(start, end)


def _told(clean: str, found: ProjectName) -> bool:
    """Whether a verb follows two words such as ``Hemma bra``: both are the name."""
    more = re.compile(r" ([a-zåäö]+)").match(clean, found.end)
    words = found.printed.split()
    short = len(words) == 2 and words[1].islower() and not _begins_clause(words[1])
    return short and more is not None and _begins_clause(more[1]) and more[1] not in rules()["inner"]


def _begins_clause(word: str) -> bool:
    """Whether what follows ``och`` is a verb, and not the second half of a name."""
    return word in rules()["stop"] or word.endswith(("ade", "ades", "erar", "eras", "er", "ar", "as"))


def _line(clean: str, position: int, end: int) -> Span:
    return Span(position, max(position + 1, end))


def coordinated(things: list[Thing], clean: str, index: int, step: int) -> list[Thing]:
    """A thing and those joined to it (``A, B och C``), towards the left (-1) or the right (1)."""
    group = [things[index]]
    while 0 <= index + step < len(things):
        other = things[index + step]
        left, right = (other, group[-1]) if step < 0 else (group[-1], other)
        between = clean[left.end : right.start]
        if not _COORDINATION.fullmatch(_SHORT.sub("", between)):
            break
        group.append(other)
        index += step
    return group if step > 0 else group[::-1]
