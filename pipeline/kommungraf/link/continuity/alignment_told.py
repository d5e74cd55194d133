"""Which promise a section of a report answers: by its heading, or by the telling words that they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kommungraf.link.continuity.alignment_statements import Section, Statement, nearness, same_scope
from kommungraf.link.continuity.alignment_words import cosine, cover, shared

TOLD = 0.5
LIKELY = 0.4
"""Below the first nothing is concluded; between the two it is not clear enough to say that nothing was told."""
_AS_GOOD = 0.92
"""A second promise gets the same section where it fits this well beside the best."""
_OWN_PART = 0.12
"""What a paragraph under a heading must share with a promise that the heading does not repeat."""
_INDEXED = 6
_LONG_HEADING = 4.0
_GOAL = 0.15


@dataclass(slots=True)
class Match:
    """That results of a section answer a promise."""

    promise: Statement
    section: Section
    results: list[Statement]
    score: float
    method: str
    because: str


def matches(
    promises: list[Statement], heads: list[Statement], parts: list[Section], stands_for: dict[str, Statement]
) -> tuple[list[Match], list[Match]]:
    """What answers what, and what might. ``heads`` are the promises that reports repeat as headings; ``stands_for``
    says which activity of a plan such a heading repeats."""
    sure: list[Match] = []
    taken: set[str] = set()
    for section in parts:
        for head, score, because in _heads(section, heads, parts):
            results = [one for one in section.results if _tells(one)] or section.results[:1]
            promise = stands_for.get(head.id, head)
            sure.append(Match(promise, section, results, score, "alignment/heading", because))
            taken.add(section.first.id)
    near = list(_near(promises, [section for section in parts if section.first.id not in taken]))
    sure += [match for match in near if match.score >= TOLD]
    return _once(sure), [match for match in near if match.score < TOLD]


def _heads(section: Section, heads: list[Statement], parts: list[Section]) -> Iterator[tuple[Statement, float, str]]:
    """The promises that a section's heading repeats. Several in a row share what follows, by its words."""
    if not section.heading:
        return
    piece, start = section.first.piece, section.first.start
    before = sorted((one for one in heads if one.piece is piece and one.start < start), key=lambda one: one.start)
    if not before or before[-1].key != section.key:
        return
    head = before[-1]
    yield head, 0.96, "The report repeats the activity as the heading over what it tells"
    told = (one.start for part in parts for one in part.results if one.piece is piece and one.start < head.start)
    last = max(told, default=-1)
    because = "The report names several activities in a row, and what it tells shares the words of this one"
    for other in before[:-1]:
        if other.start > last and other.area_name == head.area_name and cover(other.vector, section.vector) >= LIKELY:
            yield other, 0.8, because


def _tells(result: Statement) -> bool:
    """Whether a result says something by itself: the items of an enumeration ("individuella möten,") do not."""
    return not result.text[:1].islower() and not result.text.endswith(",")


def _near(promises: list[Statement], parts: list[Section]) -> Iterator[Match]:
    """Promises and sections that share telling words: each section goes to the promises that it fits best."""
    by_stem: dict[str, list[Statement]] = {}
    for promise in promises:
        for key in promise.vector.telling(_INDEXED):
            by_stem.setdefault(key, []).append(promise)
    for section in parts:
        keys = section.heading_vector.weights.keys() | section.vector.weights.keys()
        near = {one.id: one for key in keys for one in by_stem.get(key, ()) if same_scope(one, section.first)}
        found = [_fit(one, section) for _, one in sorted(near.items())]
        best = max((match.score for match in found), default=0.0)
        yield from (match for match in found if match.score >= LIKELY and match.score >= _AS_GOOD * best)


def _fit(promise: Statement, section: Section) -> Match:
    """How well a section answers a promise, by which method, and why."""
    near = nearness(promise.area, section.first.area)
    where = " in the same area" if near > 0 else ""
    if section.heading and section.key == promise.key:
        return _match(promise, section, 0.95, "alignment/heading", f"The report has it as a heading{where}")
    heading, goal = section.heading_vector, _GOAL * promise.goal
    by_heading = by_text = 0.0
    if section.heading:
        share = 0.9 if heading.total > _LONG_HEADING else 0.6
        by_heading = max(cosine(promise.vector, heading), share * cover(heading, promise.vector)) + near
    if len(promise.vector.weights) > 2:
        by_text = 0.85 * cover(promise.vector, section.vector) + (near if near >= 0 else 2 * near)
    if by_heading >= by_text:
        words = shared(promise.text, promise.vector, heading)
        because = f"Its heading shares {words}{where}"
        return _match(promise, section, min(0.93, by_heading) - goal, "alignment/heading-words", because)
    words = shared(promise.text, promise.vector, section.vector)
    because = f"What it tells shares {words}{where}"
    return _match(promise, section, min(0.88, by_text) - goal, "alignment/words", because)


def _match(promise: Statement, section: Section, score: float, method: str, because: str) -> Match:
    """The match with the results that speak of the promise: of a section whose heading is not its own, not all do."""
    telling = [one for one in section.results if _tells(one)] or section.results[:1]
    if method != "alignment/heading" and len(telling) > 1:
        own = [one for one in telling if cover(promise.vector, one.vector) >= _OWN_PART]
        telling = own or telling[:1]
    return Match(promise, section, telling, score, method, because)


def _once(found: Iterable[Match]) -> list[Match]:
    """The best reason for each pair of promise and section, in the order of the text."""
    best: dict[tuple[str, str], Match] = {}
    for match in found:
        key = (match.promise.id, match.section.first.id)
        if key not in best or best[key].score < match.score:
            best[key] = match
    return sorted(best.values(), key=lambda one: (one.promise.id, one.section.first.piece.id, one.section.first.start))
