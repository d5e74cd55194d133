"""Sightings: every place where a document speaks of somebody's post, as the step of tenures sees it.

Dates are strings at the precision that they have (``2023``, ``2023-05``, ``2023-05-01``); :func:`first_day` and
:func:`last_day` make them comparable, and are never stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from kommungraf.link.memberships import seen_on
from kommungraf.link.resolution import Json, Resolution, Slice, literal_text

Post = tuple[str, str, bool]
"""A body or organisation, a role in it, and whether it is held as acting."""

CHIEFS = ("chef", "direktör", "ordförande", "kamrer", "ombudsman")
"""Endings of offices that one person at a time holds; a vice ordförande may be one of several."""


@dataclass(frozen=True, slots=True, eq=False)
class Sighting:
    """One mention of a post. ``event`` is how the text speaks of it; what is not said is empty."""

    person: str | None
    body: str
    role: str
    acting: bool
    event: str
    date: str
    since: str
    until: str
    passages: tuple[str, ...]
    membership: str
    document: str
    year: str
    after: str | None = None
    how: str = ""
    municipality: str = ""
    party: str = ""
    proposed: bool = False
    formerly: str = ""
    title: str = ""
    retitled: str = ""
    decisions: tuple[str, ...] = ()

    @property
    def post(self) -> Post:
        """What is held."""
        return self.body, self.role, self.acting

    @property
    def order(self) -> tuple[str, str, str, str]:
        """Sorts sightings of one post by time, the same in every order of documents."""
        return self.date or self.since, self.since, self.document, self.passages[0]


def sightings(slices: list[Slice], resolution: Resolution) -> list[Sighting]:
    """All sightings of posts, in the order of time."""
    found = [sighting for piece in slices for sighting in _of_document(piece, resolution)]
    return sorted(found, key=lambda one: (*one.order, one.body, one.role, one.person or ""))


def _of_document(piece: Slice, resolution: Resolution) -> Iterator[Sighting]:
    posts = list(piece.of("Membership"))
    if not posts:
        return
    people = {node["@id"]: node.get("hints", {}) for node in piece.of("Person")}
    decided: dict[str, list[str]] = {}
    for decision in piece.of("Decision"):
        for passage in decision.get("evidence", ()):
            decided.setdefault(passage, []).append(decision["@id"])
    for node in posts:
        body = resolution.iri(node["organization"])
        if body is not None:
            yield _sighting(node, body, piece, resolution, people.get(node.get("member", ""), {}), decided)


def _sighting(
    node: Json, body: str, piece: Slice, resolution: Resolution, person: Json, decided: dict[str, list[str]]
) -> Sighting:
    hints = node.get("hints", {})
    passages = tuple(node["evidence"])
    return Sighting(
        person=resolution.iri(node.get("member")),
        body=body,
        role=node["role"],
        acting=bool(hints.get("acting")),
        event=node.get("event", "seen"),
        date=seen_on(node, piece),
        since=literal_text(node.get("validFrom")),
        until=literal_text(node.get("validTo")),
        passages=passages,
        membership=resolution.iri(node["@id"]) or node["@id"],
        document=piece.id,
        year=str(piece.year or ""),
        after=resolution.iri(hints.get("after")),
        how=hints.get("how", ""),
        municipality=hints.get("municipality") or person.get("municipality", ""),
        party=person.get("party", ""),
        proposed=bool(hints.get("proposed")),
        formerly=hints.get("formerly", ""),
        title=hints.get("title", ""),
        retitled=hints.get("retitled", ""),
        decisions=tuple(one for passage in passages for one in decided.get(passage, ())),
    )


def first_day(value: str) -> str:
    """The first day that a date may be; of nothing, before everything."""
    return value + "0000-01-01"[len(value) :] if value else "0000-01-01"


def last_day(value: str) -> str:
    """The last day that a date may be (a month is taken to have 31 days); of nothing, after everything."""
    return value + "9999-12-31"[len(value) :] if value else "9999-12-31"


def day_after(value: str) -> str:
    """The day after a day; of a month or a year, which day that is is not known."""
    return str(date.fromisoformat(value) + timedelta(days=1)) if len(value) == 10 else ""


def adjoin(end: str, start: str, days: int = 45) -> bool:
    """Whether what ends at one date and what starts at another leave no gap to speak of between them.

    ``2022`` and ``2023`` adjoin; a gap of some weeks (an election between two terms) counts as none.
    """
    if not end or not start:
        return False
    if first_day(start) <= last_day(end):
        return True
    year, month, day = (int(part) for part in last_day(end).split("-"))
    if year > 9000:  # "9999-12-31" of an office system is no end
        return False
    return first_day(start) <= str(date(year, month, min(day, 28)) + timedelta(days=days + max(0, day - 28)))


@cache
def title_of(role: str) -> str:
    """A role's IRI as words: ``kg:role-vice-ordförande`` is ``vice ordförande``."""
    return role.removeprefix("kg:role-").replace("-", " ")


@cache
def is_single(role: str) -> bool:
    """Whether one person at a time holds such an office."""
    title = title_of(role)
    return title.endswith(CHIEFS) and not title.startswith("vice ")
