"""Spans: the sightings of one person in one post drawn together to the unbroken times in which she held it.

Terms that adjoin are one span, and what is seen before, between and after them belongs to it, unless something says
that it was broken: a resignation, or somebody else in an office that one person at a time holds.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from kommungraf.link.continuity.tenure_sightings import Post, Sighting, adjoin, first_day, is_single, last_day

Term = tuple[str, str]


@dataclass(slots=True, eq=False)
class Span:
    """One unbroken time. ``terms`` are the stated ones in it; ``left`` the sightings that say that it ended."""

    terms: list[Term] = field(default_factory=list)
    seen: list[Sighting] = field(default_factory=list)
    left: list[Sighting] = field(default_factory=list)

    @property
    def all(self) -> list[Sighting]:
        """Every sighting of the span in the order of time."""
        return sorted({*self.seen, *self.left}, key=lambda one: one.order)

    @property
    def dates(self) -> list[str]:
        """When it was seen."""
        return sorted({one.date for one in self.all if one.date})

    @property
    def valid_from(self) -> str:
        """The stated start: that of the first term, unless somebody was seen in the post well before it began."""
        start = self.terms[0][0] if self.terms else ""
        before = [one for one in self.seen if one.event == "seen" and one.date and not one.since]
        return "" if any(last_day(one.date) < first_day(start) for one in before if start) else start

    @property
    def valid_to(self) -> str:
        """The stated end: what says that it was left, else the end of the last term unless it was seen after that."""
        if told := sorted({one.until for one in self.left if one.until}):
            return told[0]
        end = self.terms[-1][1] if self.terms and not self.left else ""
        return "" if any(first_day(one.date) > last_day(end) for one in self.seen if one.date and end) else end


def spans_of(found: list[Sighting], others: list[str]) -> list[Span]:
    """The spans of one person in one post; ``others`` are dates at which it was somebody else's alone."""
    left = [one for one in found if one.event == "resigned"]
    seen = [one for one in found if one.event != "resigned"]
    breaks = sorted({*(one.until or one.date for one in left if one.until or one.date), *others})
    spans: list[Span] = []
    for term in _terms(seen):
        if spans and _goes_on(spans[-1].terms[-1], term, breaks):
            spans[-1].terms.append(term)
        else:
            spans.append(Span([term]))
    for one in seen:
        _put(one, spans, breaks)
    for one in left:
        _leave(one, spans)
    return spans


def _goes_on(one: Term, other: Term, breaks: list[str]) -> bool:
    """Whether a term follows on another: it begins where that ends, or that has no stated end, and nothing broke it."""
    start, end = other[0] or other[1], one[1]
    return (not end or adjoin(end, start)) and not _broken(one[0] or one[1], start, breaks)


def _terms(seen: list[Sighting]) -> list[Term]:
    """The stated terms; one with a single end is the whole one that shares it."""
    told = {(one.since, one.until) for one in seen if one.since or one.until}
    whole = {term for term in told if all(term)}
    shared = {part for term in whole for part in term}
    parts = {term for term in told - whole if not shared & set(term)}
    return sorted(whole | parts, key=lambda term: first_day(term[0] or term[1]))


def _broken(one: str, other: str, breaks: list[str]) -> bool:
    """Whether something between two dates says that the time was broken."""
    return any(last_day(one) < first_day(cut) and last_day(cut) < first_day(other) for cut in breaks)


def _put(one: Sighting, spans: list[Span], breaks: list[str]) -> None:
    """Put a sighting into the span that it belongs to, a new one if all others are broken off from it."""
    if one.since or one.until:
        for span in spans:
            if any(one.since in ("", start) and one.until in ("", end) for start, end in span.terms):
                span.seen.append(one)
                return
    for span in spans:
        if any(
            first_day(start) <= last_day(one.date) and first_day(one.date) <= last_day(end) for start, end in span.terms
        ):
            span.seen.append(one)
            return
    near = [span for span in spans if not _apart(one, span, breaks)]
    if near:
        min(near, key=lambda span: _distance(one, span)).seen.append(one)
    else:
        spans.append(Span(seen=[one]))
        spans.sort(key=lambda span: first_day((span.terms[0][0] if span.terms else "") or (span.dates or [""])[0]))


def _moments(span: Span) -> list[str]:
    return [value for term in span.terms for value in term if value] + span.dates


def _apart(one: Sighting, span: Span, breaks: list[str]) -> bool:
    moments = _moments(span)
    return bool(one.date and moments) and any(
        _broken(min(one.date, moment), max(one.date, moment), breaks) for moment in moments
    )


def _distance(one: Sighting, span: Span) -> int:
    years = [abs(int(moment[:4]) - int(one.date[:4])) for moment in _moments(span)] if one.date else []
    return min(years, default=0)


def _leave(one: Sighting, spans: list[Span]) -> None:
    """Give a resignation to the last span that had begun when it was told."""
    told = one.until or one.date
    begun = [span for span in spans if not told or first_day((_moments(span) or [""])[0]) <= last_day(told)]
    if begun:
        begun[-1].left.append(one)
    elif not spans or told:
        spans.insert(0, Span(left=[one]))
    else:
        spans[0].left.append(one)


def held_by_others(found: list[Sighting]) -> dict[Post, dict[str, list[str]]]:
    """For each office of one holder and each person: the dates at which documents show only somebody else in it."""
    away: dict[Post, dict[str, list[str]]] = {}
    for post, by_date in _shown(found).items():
        people = set().union(*by_date.values())
        away[post] = {
            person: sorted(day for day, holders in by_date.items() if person not in holders) for person in people
        }
    return away


def stand_ins(found: list[Sighting]) -> set[tuple[str, Post]]:
    """Who chairs a single meeting between two of one and the same other person stands in, and holds no office."""
    standing: set[tuple[str, Post]] = set()
    stated = {(one.person, one.post) for one in found if one.event != "seen" or one.since or one.until}
    for post, by_date in _shown(found).items():
        days = sorted(by_date)
        times = Counter(person for holders in by_date.values() for person in holders)
        for before, day, after in zip(days, days[1:], days[2:], strict=False):
            same = by_date[before] & by_date[after] - by_date[day]
            once = {person for person in by_date[day] if times[person] == 1 and (person, post) not in stated}
            standing |= {(person, post) for person in once if same}
    return standing


def _shown(found: list[Sighting]) -> dict[Post, dict[str, set[str]]]:
    """Whom documents of each date show in each office of one holder."""
    dates: dict[Post, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for one in found:
        if one.person and one.date and one.event == "seen" and is_single(one.role):
            dates[one.post][one.date].add(one.person)
    return dates
