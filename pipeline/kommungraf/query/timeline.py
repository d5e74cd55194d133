"""An entity through the years: its facts as entries that a person reads, what belongs together told once."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from kommungraf.query.entity import Entity, Fact
from kommungraf.query.nodes import Node, Quote
from kommungraf.query.telling import tell
from kommungraf.query.telling_conclusions import leaving as leaving_words
from kommungraf.query.telling_words import Telling

CONTEXT = 90
"""Characters of text shown on each side of a bare mention."""

_MARKUP = re.compile(r"</?[a-z][^<>]*>|\*{1,3}|^(?:#+|[-*•]) ")
_QUIET = frozenset({"new", "again"})
"""Presences that the entries of a year show by themselves."""


_MISSING = frozenset({"silent", "noDocuments"})


@dataclass(slots=True)
class Entry:
    """One line of a timeline.

    ``kind`` is a code (decision, seat, present, plan, result, mention …) that :func:`kommungraf.query.kinds.entry_word`
    says, ``what`` one line in the entity's language, ``quotes`` the passages that prove it. ``called`` is the name that
    the thing went by, where it was another. ``score`` and ``because`` are those of a conclusion. ``count`` facts are
    told in it, those of the ``nodes``. What was said under an item, or became of a plan, is ``under``.
    """

    when: str
    kind: str
    what: str
    quotes: list[Quote]
    called: str = ""
    score: float | None = None
    because: str = ""
    count: int = 1
    under: list[Entry] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list, repr=False)

    @property
    def year(self) -> str:
        """The year, or nothing where none is known."""
        return self.when[:4]

    @property
    def concluded(self) -> bool:
        """Whether it is a conclusion and no statement of a document."""
        return self.score is not None

    def holds(self, other: Entry) -> bool:
        """Whether the passage that proves it holds that of another."""
        if not self.quotes or not other.quotes:
            return False
        outer, inner = self.quotes[0], other.quotes[0]
        same = outer.sha256 == inner.sha256
        return same and outer.start <= inner.start and inner.end <= outer.end


def timeline(entity: Entity, texts: Path | None = None) -> list[Entry]:
    """The entries of an entity in order of time; then those without a year, and last the possible links (``perhaps``).

    ``texts`` is the folder of stored texts: with it, a bare mention is quoted with the words around it.
    """
    told = [fact for fact in entity.facts if not _is_noise(fact, entity)]
    grouped = _grouped([fact for fact in told if fact.kind != "mention"], entity)
    leaving = [
        _departure(fact, words)
        for fact in told
        if fact.kind == "Tenure" and (words := leaving_words(fact, entity.words))
    ]
    return sorted([*_nested(grouped), *leaving, *_mentions(told, entity, texts)], key=_order)


def _departure(fact: Fact, words: str) -> Entry:
    """The end of a tenure, in its own year; the reason stands at its beginning."""
    latest = max(fact.quotes, key=lambda quote: (quote.file, quote.start), default=None)
    quotes = [latest] if latest else []
    return Entry(
        fact.node.one("kg:validTo"), "left", words, quotes, score=fact.score, because=fact.because, nodes=[fact.node]
    )


def unfolded(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Every entry, each before those under it."""
    for entry in entries:
        yield entry
        yield from unfolded(entry.under)


def _order(entry: Entry) -> tuple[object, ...]:
    last = entry.kind == "perhaps"
    place = (entry.quotes[0].file, entry.quotes[0].start) if entry.quotes else ("", 0)
    return last, entry.when == "", entry.year, entry.kind == "mention", entry.when, entry.concluded, place, entry.what


def _is_noise(fact: Fact, entity: Entity) -> bool:
    """What a reader need not be told: the same again, or what every line shows."""
    if fact.kind == "Presence":
        return _is_plain(fact, entity)
    if fact.kind == "Change":  # the succession that follows from it says it better
        return any(other.kind == "Succession" and _shares(fact, other) for other in entity.facts)
    if fact.kind == "Membership":
        if fact.node.one("org:role") == "partimedlem":
            return fact.link != "member" or len(_parties(entity)) < 2
        return fact.node.iri in _in_tenures(entity)
    if fact.kind == "Conclusion":
        return not tell(fact, entity).what
    if fact.kind == "Proposal":  # minutes print a proposal and then decide it: the decision says it
        return bool(set(fact.node.refs("kg:resultedIn")) & {other.node.iri for other in entity.facts})
    return fact.kind == "Meeting" and fact.link == "itself" and not fact.quotes


def _is_plain(presence: Fact, entity: Entity) -> bool:
    """Whether a presence says what the other entries of its year show: named, under whichever name, or succeeded."""
    kind = presence.node.one("kg:presence")
    if kind == "ended":
        return any(fact.kind == "Succession" for fact in entity.facts)
    named = any(fact.kind == "mention" and fact.when[:4] == presence.when[:4] for fact in entity.facts)
    return kind in _QUIET or presence.of != entity.candidate.iri or (kind in _MISSING and named)


def _shares(fact: Fact, other: Fact) -> bool:
    """Whether one passage is among the evidence of both."""
    return bool(set(fact.quotes) & set(other.quotes))


def _parties(entity: Entity) -> set[str]:
    return {
        fact.node.one("org:organization")
        for fact in entity.facts
        if fact.kind == "Membership" and fact.node.one("org:role") == "partimedlem"
    }


def _in_tenures(entity: Entity) -> set[str]:
    return {iri for fact in entity.facts if fact.kind == "Tenure" for iri in fact.node.refs("kg:basedOn")}


Told = tuple[Fact, Telling]


def _grouped(facts: Iterable[Fact], entity: Entity) -> list[tuple[Entry, list[Fact]]]:
    """Entries with their facts: facts of a year that say the same of several are one entry that lists them."""
    groups: dict[tuple[str, ...], list[Told]] = defaultdict(list)
    for fact in facts:
        telling = tell(fact, entity)
        key = (fact.when[:4], *telling.group) if telling.group else (fact.node.iri, fact.link)
        groups[key].append((fact, telling))
    return [(_entry(told, entity), [fact for fact, _ in told]) for told in groups.values()]


def _entry(told: list[Told], entity: Entity) -> Entry:
    fact, telling = max(told, key=lambda one: one[0].score or 0)
    items = Counter(item for _, one in told if (item := one.item))
    whens = {one.when for one, _ in told}
    what = telling.what
    if telling.item and (len(told) > 1 or whens != {f"{fact.when[:4]}-{telling.item}"}):
        listed = ", ".join(f"{item} ({count})" if count > 1 else item for item, count in items.items())
        what += f": {listed}" if what else listed
    elif len(told) > 1:
        what += entity.words(" (and {n} more)", n=len(told) - 1)
    return Entry(
        when=fact.when if len(whens) == 1 else fact.when[:4],
        kind=telling.kind,
        what=what,
        quotes=fact.quotes if fact.concluded else [quote for one, _ in told for quote in one.quotes],
        called="" if fact.concluded or fact.of == entity.candidate.iri else entity.names.get(fact.of, ""),
        score=fact.score,
        because=fact.because,
        count=len(told),
        nodes=[one.node for one, _ in told],
    )


_ABOVE = ("kg:agendaItem", "kg:planned", "kg:next", "kg:reported", "kg:about")
"""What stands under what: decisions and the like under the item of their meeting, what became of a plan under it."""
_HOLDERS = frozenset({"AgendaItem", "PlannedActivity", "ReportedResult"})
_HOLDING = frozenset({"ReportedResult", "PlannedActivity", "Decision"})
_HELD = frozenset({"Figure", "Observation", "ReportedDecision", "Change"})
"""Statements of one sentence or number stand under the statement that holds it."""


def _nested(told: list[tuple[Entry, list[Fact]]]) -> list[Entry]:
    """Entries, those that belong to another one under it."""
    holders = {fact.node.iri: entry for entry, facts in told for fact in facts if fact.kind in _HOLDERS}
    texts: dict[str, list[Entry]] = defaultdict(list)
    for entry, facts in told:
        if facts[0].kind in _HOLDING and entry.quotes:
            texts[entry.quotes[0].document_iri].append(entry)
    entries: list[Entry] = []
    for entry, facts in told:
        refs = [ref for name in _ABOVE for ref in facts[0].node.refs(name)]
        holder = next((holders[ref] for ref in refs if ref in holders), None)
        if facts[0].node.refs("kg:agendaItem") and holder is not None:
            entry.what = entry.what.partition(" · ")[2] or entry.what
        elif facts[0].kind in _HELD and entry.quotes:
            holder = next((one for one in texts[entry.quotes[0].document_iri] if one.holds(entry)), None)
        if holder is None or holder is entry:
            entries.append(entry)
        else:
            holder.under.append(entry)
    for entry in entries:
        entry.under.sort(key=_order)
    return entries


_HEADINGS = frozenset({"Case", "AgendaItem", "Meeting", "FocusArea", "Document"})
"""A mention of these is a heading or a number in one, which says nothing where the document says more."""


def _mentions(facts: list[Fact], entity: Entity, texts: Path | None) -> list[Entry]:
    """One entry per document that only names the entity; places that another entry quotes are left out."""
    spoken = {quote.document_iri for fact in facts if fact.kind != "mention" for quote in fact.quotes}
    if entity.candidate.kind in _HEADINGS:
        facts = [fact for fact in facts if fact.kind != "mention" or fact.quotes[0].document_iri not in spoken]
    quoted: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for fact in facts:
        if fact.kind != "mention":
            for quote in fact.quotes:
                quoted[quote.sha256].append((quote.start, quote.end))
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "mention" and not _is_within(fact.quotes[0], quoted[fact.quotes[0].sha256]):
            groups[fact.quotes[0].document_iri, fact.of].append(fact)
    return [_mention(group, entity, texts) for group in groups.values()]


def _is_within(quote: Quote, spans: list[tuple[int, int]]) -> bool:
    return any(start <= quote.start and quote.end <= end for start, end in spans)


def _mention(facts: list[Fact], entity: Entity, texts: Path | None) -> Entry:
    quotes = [_in_context(fact.quotes[0], texts) for fact in facts]
    pages = sorted({quote.page for quote in quotes if quote.page is not None})
    words, several = entity.words, len(facts) > 1
    times = words("{n} times", n=len(facts)) if several else ""
    where = words("p. {pages}", pages=", ".join(map(str, pages))) if pages and several else ""
    return Entry(
        when=facts[0].when,
        kind="mention",
        what=" · ".join(part for part in (quotes[0].document, times, where) if part),
        quotes=sorted(quotes, key=lambda quote: len(quote.text), reverse=True),
        called="" if facts[0].of == entity.candidate.iri else entity.names.get(facts[0].of, ""),
        count=len(facts),
    )


def _in_context(quote: Quote, texts: Path | None) -> Quote:
    """A mention with the words of its line, or of what stands near it."""
    text = _stored(texts / f"{quote.sha256}.txt") if texts is not None else ""
    if not text:
        return quote
    start = max(text.rfind("\n\n", 0, quote.start) + 1, quote.start - CONTEXT)
    stop = text.find("\n\n", quote.end)
    stop = min(len(text) if stop < 0 else stop, quote.end + CONTEXT)
    start = start if start < quote.start - CONTEXT + 1 and start == 0 else _at_word(text, start, quote.start)
    before, after = _tidy(text[start : quote.start]).lstrip(), _tidy(text[quote.end : stop])
    if stop == quote.end + CONTEXT:
        after = after.rpartition(" ")[0] + " …"
    return replace(quote, text=f"{before}{' '.join(quote.text.split())}{after}".strip())


def _at_word(text: str, start: int, stop: int) -> int:
    """The next beginning of a word."""
    while 0 < start < stop and not text[start - 1].isspace():
        start += 1
    return start


@cache
def _stored(path: Path) -> str:
    if not path.exists():
        return ""
    with path.open(encoding="utf-8", newline="") as file:
        return file.read()


def _tidy(text: str) -> str:
    """A stretch of stored text on one line without mark-up; a space at its edge stays."""
    return re.sub(r"\s+", " ", _MARKUP.sub("", text))
