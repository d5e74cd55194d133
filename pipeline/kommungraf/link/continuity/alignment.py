"""Promises: what plans say will be done against what reports say was done and what later plans carry forward.

Everything is compared within one publisher. A promise of a year is looked for in the reports of that year: first under
its own wording as a heading, then under a heading or in a text that shares its telling words. Where no report of the
year is held nothing is said of what was left out; the report of the year after may still tell of it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from kommungraf.link.continuity.alignment_likeness import Lookup, likeness, same_scope
from kommungraf.link.continuity.alignment_next import follow_plans
from kommungraf.link.continuity.alignment_statements import Section, Shelf, Statement, is_yearly, sections, shelves
from kommungraf.link.continuity.alignment_status import halves_of, says_how_it_went, status_of
from kommungraf.link.continuity.alignment_told import TOLD, WORDS, Match, matches
from kommungraf.link.continuity.alignment_words import sentences_of, stems
from kommungraf.link.resolution import Resolution, Slice
from kommungraf.model import iri

_REPEATS = 0.66
"""A heading of a report that is this like an activity of the plan is that activity again."""
_LATER = 0.75
"""What the report of the year after must share with a promise to be about it."""
_FOLLOWS = 0.34
"""A report that tells of so few of a plan's activities does not follow that plan: what it leaves out says nothing."""
_QUOTED = 160
_TELLING = 4


@dataclass(slots=True)
class _Told:
    """What is told on a shelf: matches by promise, the best of what may be one, and how surely each result was
    promised."""

    by_promise: dict[str, list[Match]] = field(default_factory=dict)
    unclear: dict[str, Match] = field(default_factory=dict)
    promised: dict[str, float] = field(default_factory=dict)


def follow_promises(slices: list[Slice], resolution: Resolution) -> None:
    """Align planned activities with reported results and with the plans after them."""
    for shelf in shelves(slices, resolution):
        repeated = _repeated(shelf)
        for heading, planned in repeated.items():
            resolution.entities.setdefault(heading, {})["repeats"] = planned.id
        told = _Told()
        parts = {year: sections(shelf.told_of(year), shelf.weights) for year in shelf.reports}
        for year in sorted({one.year for one in shelf.promises}):
            promises = [one for one in shelf.of_year(year) if one.id not in repeated]
            _match(shelf, year, promises, parts, repeated, told)
            _follow_up(shelf, year, promises, told, resolution)
            _conclude_interim(shelf, year, promises, resolution)
        for found in told.by_promise.values():
            _conclude(found, resolution)
        for promise, match in told.unclear.items():
            if promise not in told.by_promise and match.score >= TOLD:
                _propose(match, resolution)
        _note_unpromised(shelf, parts, told, resolution)
        follow_plans(shelf, set(repeated), resolution)


def _repeated(shelf: Shelf) -> dict[str, Statement]:
    """What a report repeats of the plan is no second promise, nor is a heading that repeats the report's own list."""
    found: dict[str, Statement] = {}
    for year in sorted({one.year for one in shelf.promises}):
        promises = shelf.of_year(year)
        planned = Lookup(one for one in promises if one.piece in shelf.plans.get(year, ()))
        listed = Lookup(one for one in promises if not one.repeated and one.piece in shelf.reports.get(year, ()))
        for one in (each for each in promises if each.piece in shelf.reports.get(year, ())):
            same = [other for other in planned.like(one) if other.goal == one.goal and same_scope(one, other)]
            if one.repeated:
                same += [other for other in listed.like(one) if other.piece is one.piece and not other.goal]
            best = max(
                ((likeness(one, other), other) for other in same), key=lambda pair: (pair[0], pair[1].id), default=None
            )
            if best is not None and (best[0] >= _REPEATS or _begins(one.key, best[1].key)):
                found[one.id] = best[1]
    return {one: found.get(other.id, other) for one, other in found.items()}


def _begins(short: str, long: str) -> bool:
    """A heading that is cut off: the beginning of the whole wording."""
    return len(short.split()) > 2 and long.startswith(short)


def _match(
    shelf: Shelf,
    year: int,
    promises: list[Statement],
    parts: dict[int, list[Section]],
    repeated: dict[str, Statement],
    told: _Told,
) -> None:
    heads = [one for one in shelf.of_year(year) if one.repeated]
    sure, likely = matches(promises, heads, parts.get(year, []), repeated)
    if year not in shelf.reports and year + 1 in shelf.reports:
        heads = [one for one in shelf.of_year(year + 1) if one.repeated]
        sure = _told_later(promises, heads, parts[year + 1])
    for match in sure:
        told.by_promise.setdefault(match.promise.id, []).append(match)
    for match in likely:
        best = told.unclear.setdefault(match.promise.id, match)
        if (match.score, match.results[0].id) > (best.score, best.results[0].id):
            told.unclear[match.promise.id] = match
    for match in (*sure, *likely):
        for one in match.section.results:
            told.promised[one.id] = max(told.promised.get(one.id, 0.0), match.score)


def _told_later(promises: list[Statement], heads: list[Statement], parts: list[Section]) -> list[Match]:
    """What the report of the year after tells of promises whose own report is not held, where it names them in a
    heading of its own; what it promised anew for its own year it tells of that."""
    found, _ = matches([one for one in promises if not one.goal], heads, parts, {})
    own = {one.id for one in heads}
    later = [one for one in found if one.promise.id not in own and one.score >= _LATER and one.method != WORDS]
    for match in later:
        match.method = "alignment/later-report"
        match.because = f"The report of its year is not held; that of the year after tells of it: {match.because}"
    return later


def _conclude(found: list[Match], resolution: Resolution, otherwise: str = "done") -> None:
    """An alignment per result of a promise; the status is that of the promise, read off all that is told of it."""
    promise = found[0].promise
    status = status_of(promise.text, [text for match in found for text in _about(match)], otherwise)
    for match in found:
        for one in match.results:
            if resolution.parted(promise.id, one.id):
                continue
            resolution.conclusions.append(
                {
                    "@id": f"alignment/{iri.digest(promise.id, one.id)}",
                    "@type": "Alignment",
                    "planned": promise.id,
                    "reported": one.id,
                    "status": status.status,
                    "method": match.method,
                    "score": round(match.score, 3),
                    "because": f"{match.because}; {status.status} by “{_short(status.sentence)}”.",
                    "evidence": sorted({*promise.evidence, *one.evidence}),
                }
            )


def _conclude_interim(shelf: Shelf, year: int, promises: list[Statement], resolution: Resolution) -> None:
    """What a report of part of the year told by then, where the whole year's is held, too: how it stood."""
    parts = sections((one for one in shelf.interim if one.year == year), shelf.weights)
    found: dict[str, list[Match]] = {}
    for match in matches(promises, [], parts, {})[0]:
        found.setdefault(match.promise.id, []).append(match)
    for some in found.values():
        _conclude(some, resolution, "ongoing")


def _propose(match: Match, resolution: Resolution) -> None:
    """What may tell of a promise, for a person to decide."""
    promise, result = match.promise, match.results[0]
    if resolution.parted(promise.id, result.id):
        return
    resolution.conclusions.append(
        {
            "@id": f"candidate/{iri.digest(promise.id, result.id)}",
            "@type": "Candidate",
            "about": promise.id,
            "candidate": result.id,
            "candidateKind": "reported",
            "method": match.method,
            "score": round(match.score, 3),
            "because": f"{match.because}.",
            "evidence": sorted({*promise.evidence, *result.evidence}),
        }
    )


def _about(match: Match) -> list[str]:
    """What a match tells of its promise: all that stands under its heading, else the sentences that share its words."""
    texts = [one.text for one in match.results]
    if match.method in (WORDS, "alignment/heading-row"):
        vector = match.promise.vector
        first, *rest = vector.telling(_TELLING)
        telling = {first, *(each for each in rest if 2 * vector.weights[each] >= vector.weights[first])}
        sentences = [each for text in texts for each in sentences_of(text) if not telling.isdisjoint(stems(each))]
        halves = [half for each in sentences for half in halves_of(each) if not telling.isdisjoint(stems(half))]
        return [half for half in halves if says_how_it_went(half)] or halves or texts
    return texts


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED].rsplit(' ', 1)[0]} …"


def _follow_up(shelf: Shelf, year: int, promises: list[Statement], told: _Told, resolution: Resolution) -> None:
    """Whether a report of its year tells of a promise.

    ``noWord`` only where the report answers the activities around it one by one, under headings: what prose leaves out
    may stand there in other words.
    """
    results = {one.piece.id: one for one in shelf.results if one.year == year and is_yearly(one.piece)}
    answered: dict[tuple[str, str], list[bool]] = {}
    for one in (each for each in promises if not each.goal):
        by_heading = any(match.method != WORDS for match in told.by_promise.get(one.id, ()))
        answered.setdefault((one.piece.id, one.area_name), []).append(by_heading)
    for promise in promises:
        reports = [one.piece for one in results.values() if same_scope(promise, one)]
        if promise.goal and promise.id not in told.by_promise:
            continue  # a goal is reached by many things: that no result names it says nothing
        beside = answered.get((promise.piece.id, promise.area_name), [])
        if (found := told.by_promise.get(promise.id)) is not None:
            value = "reportedLater" if found[0].method == "alignment/later-report" else "reported"
        elif not reports:
            value = "noReportHeld"
        elif promise.repeated or promise.id in told.unclear or 2 * sum(beside) < len(beside):
            value = "unclear"
        else:
            value = "unclear" if shelf.mentions(promise) else "noWord"
        if value == "noWord":
            because = (
                f"Of the {len(beside)} activities of its area the report of {year} tells of {sum(beside)} under "
                "headings of their own; no result shares enough of the words of this one."
            )
            evidence = [passage for piece in reports for passage in piece.head.get("evidence", ())]
            _explain(promise, "followUp", because, evidence, resolution)
        resolution.entities.setdefault(promise.id, {})["followUp"] = value


def _note_unpromised(shelf: Shelf, parts: dict[int, list[Section]], told: _Told, resolution: Resolution) -> None:
    """Results that no activity of the year's plan announced, where the plan is held and the report follows it."""
    for year, found in sorted(parts.items()):
        results = [one for part in found for one in part.results]
        planned = {one.piece.id: one for one in shelf.of_year(year) if one.piece in shelf.plans.get(year, ())}
        followed = sum(one.id in told.promised for one in results) >= _FOLLOWS * len(results)
        for part in found:
            plans = {one.piece.id: one.piece for one in planned.values() if same_scope(one, part.first)}
            known = any(one.id in told.promised for one in part.results)
            value = "promised" if known else "noPlanHeld" if not plans else "unpromised" if followed else "unclear"
            for one in part.results:
                resolution.entities.setdefault(one.id, {})["promise"] = value
            if value == "unpromised":
                evidence = [passage for _, piece in sorted(plans.items()) for passage in piece.head.get("evidence", ())]
                because = f"No activity of the plan of {year} shares enough of its words."
                _explain(part.first, "promise", because, evidence, resolution)


def _explain(about: Statement, prop: str, because: str, evidence: list[str], resolution: Resolution) -> None:
    """Why something was found missing: the statement, and where the document begins that is silent on it."""
    resolution.conclusions.append(
        {
            "@id": f"conclusion/{iri.digest(about.id, prop)}",
            "@type": "Conclusion",
            "about": about.id,
            "property": prop,
            "method": "alignment/remainder",
            "score": 0.72,
            "because": because,
            "evidence": sorted({*about.evidence, *evidence}),
        }
    )
