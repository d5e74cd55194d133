"""Tenures: who held which seat or office from when to when, drawn together from all that documents say of posts.

A tenure is unbroken as far as the texts go. Its stated start and end are kept apart from when documents first and last
show it; an end follows from a text, never from silence. A vacant seat, and an office whose holder no text names, are
tenures without a person. Everything is grouped by post and person first, so the work grows with the number of mentions.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from kommungraf.link.continuity.tenure_drafts import Draft, draft, of_nobody
from kommungraf.link.continuity.tenure_handover import hand_over, left_empty
from kommungraf.link.continuity.tenure_parties import party_tenures
from kommungraf.link.continuity.tenure_sightings import (
    Post,
    Sighting,
    adjoin,
    first_day,
    is_single,
    last_day,
    sightings,
    title_of,
)
from kommungraf.link.continuity.tenure_spans import held_by_others, spans_of, stand_ins
from kommungraf.link.memberships import PARTY_ROLE
from kommungraf.link.resolution import Json, Resolution, Slice
from kommungraf.model import iri


def follow_tenures(slices: list[Slice], resolution: Resolution) -> None:
    """Conclude tenures from memberships, decisions and mentions."""
    found = sightings(slices, resolution)
    posts = [one for one in found if one.role != PARTY_ROLE]
    drafts = sorted([*_of_people(posts), *_of_nobody(posts)], key=lambda one: (first_day(one.first), one.iri))
    explained = list(hand_over(drafts))
    drafts.extend(left_empty(drafts))
    _end_terms(drafts)
    resolution.conclusions.extend(one.node() for one in drafts)
    resolution.conclusions.extend(explained)
    resolution.conclusions.extend(_candidates(drafts))
    resolution.conclusions.extend(party_tenures([one for one in found if one.role == PARTY_ROLE], resolution))


def _of_people(found: list[Sighting]) -> Iterator[Draft]:
    standing = stand_ins(found)
    found = [one for one in found if (one.person, one.post) not in standing]
    away = held_by_others(found)
    groups: dict[tuple[str, Post], list[Sighting]] = defaultdict(list)
    for one in found:
        if one.person is not None and not one.proposed:
            groups[one.person, one.post].append(one)
    for (person, post), seen in groups.items():
        spans = spans_of(seen, away.get(post, {}).get(person, []))
        for span in spans:
            yield draft(person, post, span, len(spans) > 1)


def _of_nobody(found: list[Sighting]) -> Iterator[Draft]:
    """Vacant seats, and offices that changed hands without a name; where a name is told elsewhere that one holds."""
    named = {
        (one.post, one.event, (one.until or one.since or one.date)[:4])
        for one in found
        if one.person is not None and one.event in ("resigned", "appointed", "elected")
    }
    groups: dict[tuple[str, ...], list[Sighting]] = defaultdict(list)
    for one in found:
        if one.person is not None:
            continue
        year = (one.since or one.until or one.year or one.date)[:4]
        if (one.post, one.event, year) in named and one.event != "vacant":
            continue
        groups[_key(one, year)].append(one)
    for key, seen in sorted(groups.items()):
        yield of_nobody(key, seen[0].post, seen)


def _key(one: Sighting, year: str) -> tuple[str, ...]:
    """What makes two texts speak of one post of nobody: the same seat, or the same office of one holder in a year."""
    post = (one.body, one.role, str(one.acting), one.event)
    if one.event == "vacant" and one.municipality:
        return *post, one.municipality
    if one.event == "vacant" and one.after:
        return *post, one.after
    return (*post, year) if is_single(one.role) else (*post, *one.passages)


def _end_terms(drafts: list[Draft]) -> None:
    """A stated term has ended when documents that we hold show the body after it."""
    latest: dict[str, str] = {}
    for one in drafts:
        for date in one.span.dates:
            latest[one.post[0]] = max(latest.get(one.post[0], ""), first_day(date))
    for one in drafts:
        if one.person and one.valid_to and not one.ended_by and last_day(one.valid_to) < latest.get(one.post[0], ""):
            one.ended_by = "termEnd"


def _candidates(drafts: list[Draft]) -> Iterator[Json]:
    """Who may have held an office that a report speaks of without a name, and offices that may have a new title."""
    unnamed = [one for one in drafts if one.method == "tenure/unnamed" and is_single(one.post[1])]
    by_post: dict[Post, list[Draft]] = defaultdict(list)
    for one in drafts:
        if one.person:
            by_post[one.post].append(one)
    for one in unnamed:
        near = [other for other in by_post[one.post] if _may_be(one, other)]
        if len({other.person for other in near}) == 1:
            what = f"{'acting ' * one.post[2]}{title_of(one.post[1])}"
            yield _candidate(one, near[0], "holder", 0.7, f"The only {what} whom documents of that time name.")

    for mine in _by_person_and_body(drafts).values():
        for earlier, later in pairwise(sorted(mine, key=lambda one: (first_day(one.first), one.iri))):
            apart = earlier.post[1] != later.post[1] and last_day(earlier.last) < first_day(later.first)
            if apart and earlier not in later.after and adjoin(earlier.last, later.first, 800):
                because = f"{title_of(earlier.post[1])} and then {title_of(later.post[1])}: it may be one office"
                yield _candidate(later, earlier, "retitled", 0.5, f"The same person is {because} with a new title.")


def _may_be(one: Draft, other: Draft) -> bool:
    """Whether a named holder is near enough in time to be the one whom a report appoints, or says that she left."""
    if one.ended_by:
        return first_day(other.first) <= last_day(one.last) and adjoin(other.last, one.last, 400)
    return first_day(one.first) <= last_day(other.last) and adjoin(one.last, other.first, 400)


def _by_person_and_body(drafts: list[Draft]) -> dict[tuple[str, str], list[Draft]]:
    """The chief offices of each person in each organisation."""
    found: dict[tuple[str, str], list[Draft]] = defaultdict(list)
    for one in drafts:
        if one.person and not one.post[2] and title_of(one.post[1]).endswith(("chef", "direktör")):
            found[one.person, one.post[0]].append(one)
    return found


def _candidate(one: Draft, other: Draft, kind: str, score: float, because: str) -> Json:
    return {
        "@id": f"candidate/{iri.digest(one.iri, other.iri)}",
        "@type": "Candidate",
        "about": one.iri,
        "candidate": other.iri,
        "candidateKind": kind,
        "method": f"tenure/{kind}",
        "score": score,
        "because": because,
        "evidence": sorted({*one.evidence()[:4], *other.evidence()[:4]}),
    }
