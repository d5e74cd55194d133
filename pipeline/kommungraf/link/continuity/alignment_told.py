"""Which promise a section of a report answers: by its heading, or by the telling words that they share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kommungraf.link.continuity.alignment_likeness import Lookup, nearness, same_scope
from kommungraf.link.continuity.alignment_statements import Section, Statement
from kommungraf.link.continuity.alignment_words import Vector, cosine, cover, shared, stems

TOLD, _BY_WORDS = 0.5, 0.6
LIKELY = 0.4
"""Below the first nothing is concluded (the second is the limit of what only words say); down to the last it is not
clear enough to say that nothing was told."""
WORDS = "alignment/words"
_AS_GOOD = 0.92
"""A second promise gets the same section where it fits this well beside the best."""
_OWN_PART = 0.12
"""What a paragraph under a heading must share with a promise that the heading does not repeat."""
_LONG_HEADING = 4.0
# "För mer information om projektet, se www…", "Läs mer i bilaga 2".
_POINTER = re.compile(
    r"(?i)(?:för (?:mer|mera|ytterligare|vidare) (?:information|läsning)|läs (?:mer|vidare)|"
    r"se (?:även|vidare|bilaga|www))\b"
)
_ROW = "alignment/heading-row"
_GOAL = 0.15
_SENTENCE, _CORE = 0.85, 0.75
_SPECIFIC, _SEVERAL = 9, 4
_ONLY_HERE = 0.08
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

    @property
    def sure(self) -> bool:
        """Whether it is enough for a conclusion."""
        return self.score >= (_BY_WORDS if self.method == WORDS else TOLD)


def matches(
    promises: list[Statement],
    heads: list[Statement],
    parts: list[Section],
    stands_for: dict[str, Statement],
) -> tuple[list[Match], list[Match]]:
    """What answers what, and what might. ``heads`` are the promises that reports repeat as headings; ``stands_for``
    says which activity of a plan such a heading repeats."""
    sure: list[Match] = []
    taken: set[str] = set()
    for section, head, results, score, method, because in _under_headings(heads, parts):
        promise = stands_for.get(head.id, head)
        sure.append(Match(promise, section, results, score, method, because))
        if not promise.goal:  # what stands under a goal may tell of the activities that lead to it
            taken |= {section.first.id, promise.id}
    open_parts = [section for section in parts if section.first.id not in taken]
    left = [one for one in promises if one.id not in taken]
    goals = [one for one in left if one.goal]
    near = [*_near(left, open_parts), *_by_sentence(left, open_parts), *_reached(goals, parts)]
    sure += [match for match in near if match.sure]
    return _once(sure), [match for match in near if not match.sure]


def _under_headings(
    heads: list[Statement], parts: list[Section]
) -> Iterator[tuple[Section, Statement, list[Statement], float, str, str]]:
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


def _shared_by(row: list[Statement], section: Section) -> Iterator[tuple[Statement, list[Statement], float, str, str]]:
    """What stands under a heading is the heading's; of several in a row each has what shares its words most, and the
    last has the rest."""
    last, results = row[-1], _telling(section)
    others = [one for one in row[:-1] if one.area_name == last.area_name]
    others = [one for one in others if cover(one.vector, section.vector) >= LIKELY]
    because = "The report names several activities in a row, and what it tells shares the words of this one"
    left = results
    for one in others:
        own = [
            each for each in results if _OWN_PART <= cover(one.vector, each.vector) >= cover(last.vector, each.vector)
        ]
        left = [each for each in left if each not in own or cover(last.vector, each.vector) >= LIKELY]
        if own:
            yield one, own, 0.8, _ROW, because
    if left and len(left) < len(results):
        yield last, left, 0.8, _ROW, because
    elif left:
        yield last, left, 0.96, "alignment/heading", "The report repeats the activity as the heading over what it tells"


def _telling(section: Section) -> list[Statement]:
    found = [one for one in section.results if _tells(one)]
    return found or [one for one in section.results if not _POINTER.match(one.text)][:1]


def _tells(result: Statement) -> bool:
    """Whether a result says something by itself: the items of an enumeration ("individuella möten,") do not, nor does
    what only says where more is told."""
    return not result.text[:1].islower() and not result.text.endswith(",") and not _POINTER.match(result.text)


def _near(promises: list[Statement], parts: list[Section]) -> Iterator[Match]:
    """Promises and sections that share telling words: each section goes to the promises that it fits best."""
    lookup = Lookup(promises)
    for section in parts:
        near = lookup.with_any(section.heading_vector.weights.keys() | section.vector.weights.keys())
        fits = [_fit(one, section) for one in near if same_scope(one, section.first)]
        best = max((score for score, _ in fits), default=0.0)
        for score, found in fits:
            if score >= LIKELY and score >= _AS_GOOD * best:
                yield from found


def _by_sentence(promises: list[Statement], parts: list[Section]) -> Iterator[Match]:
    """A paragraph may tell of several promises, a sentence of each."""
    lookup = Lookup(promises)
    holders = Counter(key for one in promises for key in one.subjects)
    for section in parts:
        for result in (one for one in section.results if _tells(one)):
            for text, vector in result.sentences:
                near = [one for one in lookup.with_any(vector.weights) if same_scope(one, result) and not one.goal]
                begins = stems(text.partition(" ")[0])
                scored = (
                    (
                        _said(one, vector) + _only_here(one, vector, begins, holders) + nearness(one.area, result.area),
                        one,
                    )
                    for one in near
                )
                ranked = sorted(scored, key=lambda each: (-each[0], each[1].id))
                for score, one in ranked:
                    if score >= TOLD and score >= _BESIDE * ranked[0][0]:
                        because = f"A sentence of it shares {shared(one.text, one.vector, vector)}"
                        yield Match(one, section, [result], min(0.88, score), WORDS, because)


def _only_here(promise: Statement, sentence: Vector, begins: tuple[str, ...], holders: Counter[str]) -> float:
    """What it adds that the sentence begins with a word that no other promise has: "Kaféet i Norrby har öppnat"."""
    both = promise.subjects & sentence.weights.keys()
    return _ONLY_HERE if len(both) > 1 and any(key in both and holders[key] == 1 for key in begins) else 0.0


def _reached(goals: list[Statement], parts: list[Section]) -> Iterator[Match]:
    """A sentence that says what a goal of its area says, whatever activity it stands under: "268 unga har …"."""
    lookup = Lookup(goals)
    for section in parts:
        for result in (one for one in section.results if _tells(one)):
            for _, vector in result.sentences:
                for one in lookup.with_any(vector.weights):
                    score = _said(one, vector) + nearness(one.area, result.area)
                    if score >= _BY_WORDS and same_scope(one, result) and not one.area.isdisjoint(result.area):
                        because = f"A sentence of it shares {shared(one.text, one.vector, vector)}"
                        yield Match(one, section, [result], min(0.88, score), WORDS, because)


def _said(promise: Statement, sentence: Vector) -> float:
    """How much of a promise a sentence says: of all of it, or all of what is to be done and that in telling words."""
    whole = _SENTENCE * cover(promise.vector, sentence) if len(promise.vector.weights) > 2 else 0.0
    both = promise.subjects & sentence.weights.keys()
    if any(len(key) >= _SPECIFIC for key in both):
        part = cover(promise.core, sentence)
        return max(whole, _CORE * (part if len(both) >= _SEVERAL else part**2))
    return whole


def _fit(promise: Statement, section: Section) -> tuple[float, list[Match]]:
    """How well a section answers a promise, and with which results: of what only shares words, each answers alone."""
    near = nearness(promise.area, section.first.area)
    where = " in the same area" if near > 0 else ""
    if section.heading and section.key == promise.key:
        because = f"The report has it as a heading{where}"
        return 0.95, [Match(promise, section, _telling(section), 0.95, "alignment/heading", because)]
    goal = _GOAL * promise.goal
    by_heading = min(0.93, _by_heading(promise, section.heading_vector, near)) - goal
    by_text = min(0.88, _by_text(promise, section.vector, near)) - goal
    best = max(by_heading, by_text)
    if best < LIKELY:
        return best, []
    if by_heading >= by_text:
        results = _under(promise, section)
        because = f"Its heading shares {shared(promise.text, promise.vector, section.heading_vector)}{where}"
        return best, [Match(promise, section, results, best, "alignment/heading-words", because)] if results else []
    found = []
    for one in (each for each in section.results if _tells(each)):
        if (score := min(0.88, _by_text(promise, one.vector, near)) - goal) >= LIKELY:
            because = f"What it tells shares {shared(promise.text, promise.vector, one.vector)}{where}"
            found.append(Match(promise, section, [one], score, WORDS, because))
    return best, found


def _by_heading(promise: Statement, heading: Vector, near: float) -> float:
    """How well a heading names a promise; a short one in another area names something else."""
    if not heading.weights:
        return 0.0
    share = 0.0 if near < 0 else 0.9 if heading.total > _LONG_HEADING else 0.6
    return max(cosine(promise.vector, heading), share * cover(heading, promise.vector)) + near


def _by_text(promise: Statement, vector: Vector, near: float) -> float:
    """How well a text answers a promise: what it says of it; a promise of one or two words is no subject."""
    if len(promise.vector.weights) < 3:
        return 0.0
    return 0.85 * cover(promise.vector, vector) + (near if near >= 0 else 3 * near)


def _under(promise: Statement, section: Section) -> list[Statement]:
    """The results that speak of a promise: of a section whose heading is not its own, not all do."""
    telling = _telling(section)
    if same := [one for one in section.results if one.key == promise.key]:
        return same
    return [one for one in telling if cover(promise.vector, one.vector) >= _OWN_PART] or telling[:1]


def _once(found: Iterable[Match]) -> list[Match]:
    """The best reason for each pair of promise and section, in the order of the text."""
    best: dict[tuple[str, str], Match] = {}
    for match in found:
        first = match.results[0] if match.method == WORDS else match.section.first
        key = (match.promise.id, first.id)
        if key not in best or best[key].score < match.score:
            best[key] = match
    return sorted(best.values(), key=lambda one: (one.promise.id, one.results[0].piece.id, one.results[0].start))
