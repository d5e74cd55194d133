"""Which promise a section of a report answers: by its heading, or by the telling words that they share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kommungraf.link.continuity.alignment_likeness import Lookup, nearness, same_scope
from kommungraf.link.continuity.alignment_statements import Section, Statement
from kommungraf.link.continuity.alignment_status import sentences_of
from kommungraf.link.continuity.alignment_words import Vector, Weights, cosine, cover, shared

TOLD = 0.5
LIKELY = 0.4
"""Below the first nothing is concluded; between the two it is not clear enough to say that nothing was told."""
_AS_GOOD = 0.92
"""A second promise gets the same section where it fits this well beside the best."""
_OWN_PART = 0.12
"""What a paragraph under a heading must share with a promise that the heading does not repeat."""
_LONG_HEADING = 4.0
_ROW = "alignment/heading-row"
_GOAL = 0.15
_SENTENCE, _CORE = 0.85, 0.75
_SPECIFIC = 9
_BESIDE = 0.6
"""A sentence may tell of two promises, each in words of its own."""


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
    promises: list[Statement],
    heads: list[Statement],
    parts: list[Section],
    stands_for: dict[str, Statement],
    weights: Weights,
) -> tuple[list[Match], list[Match]]:
    """What answers what, and what might. ``heads`` are the promises that reports repeat as headings; ``stands_for``
    says which activity of a plan such a heading repeats."""
    sure: list[Match] = []
    taken: set[str] = set()
    for section, head, score, method, because in _under_headings(heads, parts):
        results = [one for one in section.results if _tells(one)] or section.results[:1]
        if method == _ROW:
            results = [one for one in results if cover(head.vector, one.vector) >= _OWN_PART] or results[:1]
        promise = stands_for.get(head.id, head)
        sure.append(Match(promise, section, results, score, method, because))
        if not promise.goal:  # what stands under a goal may tell of the activities that lead to it
            taken |= {section.first.id, promise.id}
    open_parts = [section for section in parts if section.first.id not in taken]
    left = [one for one in promises if one.id not in taken]
    near = [*_near(left, open_parts), *_by_sentence(left, open_parts, weights)]
    sure += [match for match in near if match.score >= TOLD]
    return _once(sure), [match for match in near if match.score < TOLD]


def _under_headings(
    heads: list[Statement], parts: list[Section]
) -> Iterator[tuple[Section, Statement, float, str, str]]:
    """Sections with the promises that their heading repeats. Several in a row share what follows, by its words."""
    in_text: dict[str, list[Statement | Section]] = {}
    both: list[Statement | Section] = [*heads, *parts]
    for one in both:
        in_text.setdefault(_first(one).piece.id, []).append(one)
    for some in in_text.values():
        row: list[Statement] = []
        answered = False
        for one in sorted(some, key=lambda each: _first(each).start):
            if isinstance(one, Statement):
                row = [one] if answered else [*row, one]
                answered = False
                continue
            answered = True
            if row and one.heading and row[-1].key == one.key:
                yield from ((one, *each) for each in _shared_by(row, one))


def _first(one: Statement | Section) -> Statement:
    return one if isinstance(one, Statement) else one.first


def _shared_by(row: list[Statement], section: Section) -> Iterator[tuple[Statement, float, str, str]]:
    yield row[-1], 0.96, "alignment/heading", "The report repeats the activity as the heading over what it tells"
    because = "The report names several activities in a row, and what it tells shares the words of this one"
    for other in row[:-1]:
        if other.area_name == row[-1].area_name and cover(other.vector, section.vector) >= LIKELY:
            yield other, 0.8, _ROW, because


def _tells(result: Statement) -> bool:
    """Whether a result says something by itself: the items of an enumeration ("individuella möten,") do not."""
    return not result.text[:1].islower() and not result.text.endswith(",")


def _near(promises: list[Statement], parts: list[Section]) -> Iterator[Match]:
    """Promises and sections that share telling words: each section goes to the promises that it fits best."""
    lookup = Lookup(promises)
    for section in parts:
        near = lookup.with_any(section.heading_vector.weights.keys() | section.vector.weights.keys())
        found = [_fit(one, section) for one in near if same_scope(one, section.first)]
        best = max((match.score for match in found), default=0.0)
        yield from (match for match in found if match.score >= LIKELY and match.score >= _AS_GOOD * best)


def _by_sentence(promises: list[Statement], parts: list[Section], weights: Weights) -> Iterator[Match]:
    """A paragraph may tell of several promises, a sentence of each."""
    lookup = Lookup(promises)
    for section in parts:
        for result in (one for one in section.results if _tells(one)):
            for sentence in sentences_of(result.text):
                vector = weights.within(sentence)
                near = [one for one in lookup.with_any(vector.weights) if same_scope(one, result) and not one.goal]
                scored = ((_said(one, vector) + nearness(one.area, result.area), one) for one in near)
                ranked = sorted(scored, key=lambda each: (-each[0], each[1].id))
                for score, one in ranked:
                    if score >= TOLD and score >= _BESIDE * ranked[0][0]:
                        because = f"A sentence of it shares {shared(one.text, one.vector, vector)}"
                        yield Match(one, section, [result], min(0.88, score), "alignment/words", because)


def _said(promise: Statement, sentence: Vector) -> float:
    """How much of a promise a sentence says: of all of it, or all of what is to be done and that in telling words."""
    whole = _SENTENCE * cover(promise.vector, sentence) if len(promise.vector.weights) > 2 else 0.0
    if any(len(key) >= _SPECIFIC and key in sentence.weights for key in promise.core.weights):
        return max(whole, _CORE * cover(promise.core, sentence) ** 2)
    return whole


def _fit(promise: Statement, section: Section) -> Match:
    """How well a section answers a promise, by which method, and why."""
    near = nearness(promise.area, section.first.area)
    where = " in the same area" if near > 0 else ""
    if section.heading and section.key == promise.key:
        return _match(promise, section, 0.95, "alignment/heading", f"The report has it as a heading{where}")
    heading, goal = section.heading_vector, _GOAL * promise.goal
    by_heading = by_text = 0.0
    if section.heading:
        share = 0.0 if near < 0 else 0.9 if heading.total > _LONG_HEADING else 0.6
        by_heading = max(cosine(promise.vector, heading), share * cover(heading, promise.vector)) + near
    if len(promise.vector.weights) > 2:
        by_text = 0.85 * cover(promise.vector, section.vector) + (near if near >= 0 else 3 * near)
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
    if same := [one for one in section.results if one.key == promise.key]:
        telling = same
    elif method != "alignment/heading" and len(telling) > 1:
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
