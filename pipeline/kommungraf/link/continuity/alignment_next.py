"""From plan to plan: what is carried forward word for word, what is changed, and what is new or dropped."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from kommungraf.link.continuity.alignment_likeness import Lookup, likeness, same_scope
from kommungraf.link.continuity.alignment_statements import Shelf, Statement
from kommungraf.link.continuity.alignment_words import shared
from kommungraf.link.resolution import Json, Resolution
from kommungraf.model import iri

_AGAIN = 0.6
_LIKELY, _LIKE = 0.4, 0.3
"""Below the limit nothing is concluded; from the first of these it is a candidate, and from the second on nobody says
that a promise was dropped or is new."""
_SURE, _ONLY_HERE, _LONG = 0.8, 0.08, 6
"""What a long word adds that one promise of each year has, and no other, in the same area."""
_BOTH_ONLY_HERE, _SHORT = 0.62, 4
"""What two words are worth that one promise of each year has, and no other, in the same area."""
_SPLIT = 0.9
"""One activity becomes two, or two become one, where the second fits this well beside the best."""
_RESUMED = 0.8
"""What comes back after a plan without it must be this like it."""
_STRATEGY = "strategi"
_TOKEN = re.compile(r"\S+")

Scored = dict[tuple[Statement, Statement], float]


@dataclass(slots=True)
class _Step:
    """The promises of a year beside those of a later one: how alike they are, and which are the same."""

    year: int
    later: int
    early: list[Statement]
    late: list[Statement]
    scores: Scored
    pairs: Scored


def follow_plans(shelf: Shelf, repeated: set[str], resolution: Resolution) -> None:
    """Align the promises of each year with those of the next year and of the next plan that is held."""
    promises = [one for one in shelf.promises if one.id not in repeated]
    years = sorted({one.year for one in promises})
    steps = [_compare(promises, year, later) for year in years for later in _later(shelf, years, year)]
    for step in steps:
        for (one, other), score in step.pairs.items():
            _conclude(one, other, score, "", resolution)
        _note_candidates(step, resolution)
    kept = {one.id for step in steps for one, _ in step.pairs}
    begun = {other.id for step in steps for _, other in step.pairs}
    rest = [one for one in promises if one.id not in kept], [one for one in promises if one.id not in begun]
    begun |= {other.id for other in _resume(*rest, resolution)}
    for step in steps:
        if step.year in shelf.plans and step.later in shelf.plans:
            _note_rest(step, begun, resolution)


def _compare(promises: list[Statement], year: int, later: int) -> _Step:
    early = [one for one in promises if one.year == year]
    late = [one for one in promises if one.year == later and one.piece.type != _STRATEGY]
    scores = {(one, other): score for one, other, score in _near(early, late)}
    return _Step(year, later, early, late, scores, _pairs(scores))


def _resume(dropped: list[Statement], new: list[Statement], resolution: Resolution) -> list[Statement]:
    """What a plan dropped and a plan years later has again, in nearly the same words."""
    found: dict[str, Statement] = {}
    later = [
        one for one in new if one.piece.type != _STRATEGY and one.year > min((one.year for one in dropped), default=0)
    ]
    for one, other, score in sorted(_near(dropped, later), key=lambda each: (each[0].id, each[1].year, -each[2])):
        if score >= _RESUMED and one.id not in found:
            found[one.id] = other
            _conclude(one, other, score, f"; the plan after that of {one.year} did not have it", resolution)
    return list(found.values())


def _later(shelf: Shelf, years: list[int], year: int) -> list[int]:
    """The next year with promises, and the next with a plan of its own: a report may only repeat some of its plan."""
    after = [one for one in years if one > year]
    planned = [one for one in after if one in shelf.plans]
    return sorted({*after[:1], *planned[:1]})


def _near(early: list[Statement], late: list[Statement]) -> Iterator[tuple[Statement, Statement, float]]:
    """Pairs that share a telling word, with how alike they are; goals go with goals."""
    lookup = Lookup(late)
    single = _single(early) & _single(late)
    for one in early:
        for other in lookup.like(one):
            if one.goal == other.goal and one.year < other.year and same_scope(one, other):
                score = likeness(one, other)
                if _LIKELY <= score < _SURE and not one.area.isdisjoint(other.area):
                    only = [key for key in one.even.weights if key in other.even.weights and key in single]
                    score = min(_SURE, score + _ONLY_HERE * min(2, sum(len(key) >= _LONG for key in only)))
                    score = max(score, _BOTH_ONLY_HERE) if len(only) > 1 else score
                if score >= _LIKE:
                    yield one, other, score


def _single(promises: list[Statement]) -> set[str]:
    """Words that one promise only has: what has them in another year is about the same thing."""
    counts = Counter(key for one in promises for key in one.even.weights if len(key) >= _SHORT)
    return {key for key, count in counts.items() if count == 1}


def _pairs(scores: Scored) -> Scored:
    """Each with its best, one to one; then what is left over with what fits it nearly as well."""
    found: Scored = {}
    left: set[str] = set()
    right: set[str] = set()
    ranked: dict[str, list[float]] = {}
    ordered = sorted(scores.items(), key=lambda item: (-item[1], item[0][0].id, item[0][1].id))
    for (one, other), score in ordered:
        for each in (one.id, other.id):
            ranked.setdefault(each, []).append(score if score >= _LIKELY else 0.0)
    for (one, other), score in ordered:
        if score >= _AGAIN and one.id not in left and other.id not in right:
            found[one, other] = score
            left.add(one.id)
            right.add(other.id)
    for (one, other), score in ordered:
        rest = one.id not in left or other.id not in right
        if rest and score >= _AGAIN and score >= _SPLIT * max(ranked[one.id][0], ranked[other.id][0]):
            found[one, other] = score
    return found


def _conclude(one: Statement, other: Statement, score: float, gap: str, resolution: Resolution) -> None:
    if resolution.parted(one.id, other.id):
        return
    same = one.key == other.key
    words = shared(one.text, one.even, other.even)
    because = f"The wording of {other.year} shares {words}"
    if same:
        because = f"The plan of {other.year} has it in the same words"
    where = " in the same area" if not one.area.isdisjoint(other.area) else ""
    node: Json = {
        "@id": f"alignment/{iri.digest(one.id, other.id)}",
        "@type": "Alignment",
        "planned": one.id,
        "next": other.id,
        "status": "carriedForward" if same else "changed",
        "method": "alignment/same-wording" if same else "alignment/changed-wording",
        "score": round(min(0.97, score), 3),
        "because": f"{because}{where}{gap}.",
        "evidence": sorted({*one.evidence, *other.evidence}),
    }
    if not same:
        node["difference"] = difference(one.text, other.text)
    resolution.conclusions.append(node)


def _note_candidates(step: _Step, resolution: Resolution) -> None:
    """What may be the same promise, for a person to decide: the likeliest of those that nothing else is like."""
    taken = {one.id for pair in step.pairs for one in pair}
    for (one, other), score in sorted(step.scores.items(), key=lambda item: (-item[1], item[0][0].id, item[0][1].id)):
        if score < _LIKELY or taken & {one.id, other.id} or resolution.parted(one.id, other.id):
            continue
        taken |= {one.id, other.id}
        resolution.conclusions.append(
            {
                "@id": f"candidate/{iri.digest(one.id, other.id)}",
                "@type": "Candidate",
                "about": one.id,
                "candidate": other.id,
                "candidateKind": "carriedForward",
                "method": "alignment/changed-wording",
                "score": round(min(score, _AGAIN - 0.01), 3),
                "because": f"The wording of {other.year} shares {shared(one.text, one.even, other.even)}.",
                "evidence": sorted({*one.evidence, *other.evidence}),
            }
        )


def _note_rest(step: _Step, begun: set[str], resolution: Resolution) -> None:
    """What the later of two plans dropped and what is new in it, where nothing in the other is at all like it."""
    kept, like = {one.id for one, _ in step.pairs}, {one.id for pair in step.scores for one in pair}
    for one in step.early:
        _note(
            one,
            "nextPlan",
            "again" if one.id in kept else "unclear" if one.id in like else "dropped",
            step.late,
            resolution,
        )
    for one in step.late:
        _note(
            one,
            "previousPlan",
            "again" if one.id in begun else "unclear" if one.id in like else "new",
            step.early,
            resolution,
        )


def _note(one: Statement, prop: str, value: str, others: list[Statement], resolution: Resolution) -> None:
    if one.goal or one.repeated or one.piece.type == _STRATEGY:
        return
    resolution.entities.setdefault(one.id, {})[prop] = value
    if value in ("again", "unclear"):
        return
    silent = {other.piece.id: other.piece for other in others if not other.repeated}
    evidence = {passage for piece in silent.values() for passage in piece.head.get("evidence", ())}
    resolution.conclusions.append(
        {
            "@id": f"conclusion/{iri.digest(one.id, prop)}",
            "@type": "Conclusion",
            "about": one.id,
            "property": prop,
            "method": "alignment/remainder",
            "score": 0.7,
            "because": f"Nothing in the plan of {others[0].year} is like it.",
            "evidence": sorted({*one.evidence, *evidence}),
        }
    )


def difference(before: str, after: str) -> str:
    """How a wording changed, word by word: ``[-taken out-] {+put in+}``; letters and stops alone are no change."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    plain_old, plain_new = ([word.casefold().strip(".,;:") for word in words] for words in (old, new))
    parts: list[str] = []
    for what, a, b, c, d in SequenceMatcher(None, plain_old, plain_new, autojunk=False).get_opcodes():
        if what == "equal":
            parts.append(" ".join(new[c:d]))
            continue
        if b > a:
            parts.append(f"[-{' '.join(old[a:b])}-]")
        if d > c:
            parts.append(f"{{+{' '.join(new[c:d])}+}}")
    return " ".join(parts)
