"""Handovers: who takes over a seat or office from whom, by the word of a text or because it follows, and what is left
without a successor.

A stated handover ("efter Bo Ek", a resignation and an election in one item) is sure. It is inferred where a post of one
holder, or the seat of one municipality, passes from one to the other without a gap; then its score is lower.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from kommungraf.link.continuity.tenure_drafts import Draft
from kommungraf.link.continuity.tenure_sightings import (
    Post,
    adjoin,
    day_after,
    first_day,
    is_single,
    last_day,
    title_of,
)
from kommungraf.link.continuity.tenure_spans import Span
from kommungraf.link.resolution import Json
from kommungraf.model import iri

_SEATS = frozenset({"kg:role-ledamot", "kg:role-ersättare", "kg:role-ombud", "kg:role-revisor"})


def hand_over(drafts: list[Draft]) -> Iterator[Json]:
    """Set ``after`` and how tenures began and ended by it; yield the conclusions that explain each."""
    by_person: dict[str, list[Draft]] = defaultdict(list)
    for one in drafts:
        if one.person:
            by_person[one.person].append(one)
    for later, earlier in _stated(drafts, by_person):
        because = "a text leaves it vacant" if later.vacant else "a text says whom it is taken over from"
        yield from _join(later, earlier, "tenure/said", 0.95, because)
    yield from _new_titles(drafts, by_person)
    for mine in by_person.values():
        _move_up(mine)
    for later, earlier, score, because in (*_inferred(drafts), *_stand_ins(drafts)):
        yield from _join(later, earlier, "tenure/follows", score, because)


def _stated(drafts: list[Draft], by_person: dict[str, list[Draft]]) -> Iterator[tuple[Draft, Draft]]:
    for later in drafts:
        for person in sorted({one.after for one in later.span.all if one.after}):
            before = [
                earlier
                for earlier in by_person.get(person, ())
                if earlier.post[:2] == later.post[:2] and first_day(earlier.first) <= last_day(later.first)
            ]
            if before:
                yield later, max(before, key=lambda one: (first_day(one.first), one.iri))


def _join(later: Draft, earlier: Draft, method: str, score: float, because: str) -> Iterator[Json]:
    if earlier in later.after:
        return
    later.after.append(earlier)
    if not earlier.ended_by and not later.vacant:
        earlier.ended_by = "replaced" if method == "tenure/said" else ""
    yield {
        "@id": f"conclusion/{iri.digest(later.iri, 'takesOverFrom', earlier.iri)}",
        "@type": "Conclusion",
        "about": later.iri,
        "property": "takesOverFrom",
        "method": method,
        "score": round(score, 3),
        "because": f"{title_of(later.post[1]).capitalize()}: {because}.",
        "evidence": sorted({*later.evidence()[:4], *earlier.evidence()[:4]}),
    }


def _new_titles(drafts: list[Draft], by_person: dict[str, list[Draft]]) -> Iterator[Json]:
    """One person, one office, a new title by the word of a text: two tenures, the second follows the first."""
    titles = {
        (one.body, iri.concept("role", one.title)): one for draft in drafts for one in draft.span.all if one.title
    }
    for later in drafts:
        told = titles.get(later.post[:2])
        if told is None or later.person is None:
            continue
        old = (later.post[0], iri.concept("role", told.formerly), later.post[2])
        before = [one for one in by_person[later.person] if one.post == old]
        if before:
            later.started_by = before[-1].ended_by = "retitled"
            later.valid_from = later.valid_from or told.retitled
            because = f"a text gives the office of {told.formerly} the title {told.title}"
            yield from _join(later, before[-1], "tenure/retitled", 0.95, because)


def _move_up(mine: list[Draft]) -> None:
    """A substitute who becomes a member leaves the substitutes, whatever term she was elected for."""
    for later in mine:
        for earlier in mine if later.started_by == "movedUp" else ():
            same = earlier.post[0] == later.post[0] and title_of(earlier.post[1]) == "ersättare"
            if same and first_day(earlier.first) < first_day(later.first) and not earlier.ended_by:
                earlier.ended_by = "movedUp"
                if first_day(later.first) < last_day(earlier.valid_to):
                    earlier.valid_to = ""  # the term that she was elected for went on without her
                    earlier.because = f"{earlier.because[:-1]}; it ended before its term with the seat of a member."


def _inferred(drafts: list[Draft]) -> Iterator[tuple[Draft, Draft, float, str]]:
    posts: dict[tuple[str, str, str], list[Draft]] = defaultdict(list)
    for one in drafts:
        if not one.person or one.vacant:
            continue
        body, role, _ = one.post
        if is_single(role):
            posts[body, role, ""].append(one)
        elif role in _SEATS and len(one.seats) == 1:
            posts[body, role, min(one.seats)].append(one)
    for (_, role, seat), holders in sorted(posts.items()):
        holders.sort(key=lambda one: (first_day(one.first), last_day(one.last), one.iri))
        if seat and _overlap(holders):
            continue  # a municipality with several seats: whose is whose does not follow
        for earlier, later in pairwise(holders):
            stated = bool(earlier.valid_to and later.valid_from)
            meanwhile = last_day(earlier.last) >= first_day(later.first) and not stated
            if later.after or earlier.person == later.person or meanwhile:
                continue
            if stated and adjoin(earlier.valid_to, later.valid_from):
                score, how = 0.88, "the stated end of the one and the stated start of the other adjoin"
            elif (later.valid_from or later.started_by) and adjoin(earlier.last, later.first, 400):
                score, how = 0.75, "the other is seen in it until the year before"
            elif adjoin(earlier.last, later.first, 400):
                score, how = 0.65, "the one is seen in it when the other no longer is"
            else:
                continue
            what = "the seat of one municipality" if seat else f"one person at a time is {title_of(role)}"
            yield later, earlier, score, f"{what}, and {how}"


def _stand_ins(drafts: list[Draft]) -> Iterator[tuple[Draft, Draft, float, str]]:
    """An acting holder appointed in the year in which the holder left, neither of them named."""
    gone = {(one.post[:2], one.last[:4]): one for one in drafts if one.method == "tenure/unnamed" and one.ended_by}
    for one in drafts:
        earlier = gone.get((one.post[:2], one.first[:4])) if one.person is None and one.post[2] else None
        if earlier is not None and one.started_by and is_single(one.post[1]):
            yield one, earlier, 0.85, "an acting one was appointed in the year in which the holder left"


def _overlap(holders: list[Draft]) -> bool:
    return any(
        first_day(later.first) <= first_day(earlier.last) and earlier.person != later.person
        for earlier, later in pairwise(holders)
    )


def left_empty(drafts: list[Draft]) -> Iterator[Draft]:
    """Seats that were resigned and to which no text that we hold elects or appoints anybody."""
    taken = {earlier for later in drafts for earlier in later.after}
    by_post: dict[Post, list[Draft]] = defaultdict(list)
    for one in drafts:
        by_post[one.post].append(one)
    for one in drafts:
        if not one.person or not one.span.left or one.post[1] not in _SEATS or one in taken:
            continue
        if _filled(one, by_post[one.post]):
            continue
        yield Draft(
            iri="tenure/" + iri.digest("vacancy", one.iri),
            person=None,
            post=one.post,
            span=Span(left=one.span.left),
            method="tenure/no-successor",
            score=0.65,
            because="Somebody resigned from it, and no text that we hold elects or appoints a successor.",
            valid_from=day_after(one.valid_to),
            vacant=True,
            after=[one],
            seats=set(one.seats),
        )


def _filled(one: Draft, drafts: list[Draft]) -> bool:
    """Whether somebody new of the same party or municipality is elected to the body in that role afterwards."""
    left = first_day(one.span.left[-1].date or one.last)
    return any(
        other.person not in (None, one.person)
        and other.post == one.post
        and first_day(other.first) >= left
        and bool(other.started_by)
        and bool((other.parties & one.parties) or (other.seats & one.seats))
        for other in drafts
    )
