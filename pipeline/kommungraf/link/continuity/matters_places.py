"""Where a matter is dealt with: an item of minutes, of a notice or an agenda, or a letter as a whole.

A matter is met again in a referral and, a year later, in an answer, under a title that is seldom the same. Titles are
compared by their telling words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache

from kommungraf.link.resolution import Json, Resolution, Slice, literal_text
from kommungraf.model import iri
from kommungraf.text import fold
from kommungraf.wordlists import toml

_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_START = re.compile(r"/(\d+)-\d+$")
_BODY = re.compile(r"(?:\w*(?:fullmäktige|styrelse|nämnd|utskott|förbundsmöte|stämma)\w{0,4})$")


@dataclass(slots=True)
class Place:
    """Decisions and proposals taken together: those of an agenda item, or of a letter."""

    id: str
    title: str
    words: frozenset[str]
    piece: Slice
    publisher: str | None
    meeting: str | None
    body: str | None
    date: str
    number: int | None
    case: str | None
    evidence: list[str]
    item: Json | None = None
    people: set[str] = field(default_factory=set)
    decisions: list[Json] = field(default_factory=list)
    proposals: list[Json] = field(default_factory=list)

    @property
    def texts(self) -> list[str]:
        """Its title and what it decides."""
        return [self.title, *(decision["text"] for decision in self.decisions)]


@cache
def word_list(name: str) -> frozenset[str]:
    """A list of ``data/matters.toml``."""
    return frozenset(str(toml("link", "matters.toml")[name]).split())


@lru_cache(maxsize=50_000)
def words_of(text: str) -> frozenset[str]:
    """The telling words of a title or sentence, by their first six letters: Swedish words inflect at the end."""
    found = _WORD.findall(fold(text))
    return frozenset(word[:6] for word in found if word not in word_list("form") and not _BODY.match(word))


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set of words that stands in the larger, too."""
    return len(one & other) / max(1, min(len(one), len(other)))


def code(decision: Json) -> str:
    """The code of what a decision does: ``refer``."""
    return str(decision["outcome"]).removeprefix("kg:outcome-")


def start_of(node: Json) -> int:
    """Where a node's first passage begins: it stands in the passage's IRI."""
    match = _START.search(node["evidence"][0]) if node.get("evidence") else None
    return int(match[1]) if match else -1


def places_of(slices: list[Slice], resolution: Resolution) -> list[Place]:
    """All places of all documents, in the order of the documents and of their text."""
    return [place for piece in slices for place in _places(piece, resolution)]


def _places(piece: Slice, resolution: Resolution) -> Iterable[Place]:
    meetings = {meeting["@id"]: meeting for meeting in piece.of("Meeting")}
    people = {fold(person["name"]) for person in piece.of("Person")}
    places: dict[str, Place] = {}
    for item in piece.of("AgendaItem"):
        meeting = meetings.get(item.get("meeting", ""), {})
        places[item["@id"]] = _place(piece, item, meeting, people, resolution)
    for kind in ("Decision", "Proposal"):
        for node in piece.of(kind):
            place = places.get(node.get("agendaItem", ""))
            if place is None:
                place = places.get("") or places.setdefault("", _place(piece, None, {}, people, resolution))
            (place.decisions if kind == "Decision" else place.proposals).append(node)
            place.case = place.case or resolution.iri(node.get("case"))
            if kind == "Decision":
                place.body = place.body or resolution.iri(node.get("decidedBy"))
                place.date = place.date or literal_text(node.get("date"))
    return places.values()


def _place(piece: Slice, item: Json | None, meeting: Json, people: set[str], resolution: Resolution) -> Place:
    title = str((item or piece.head).get("title", ""))
    publisher = resolution.iri(piece.head.get("publisher"))
    numbers = {resolution.iri(case["@id"]) for case in piece.of("Case") if not case.get("hints", {}).get("foreign")}
    only = next(iter(numbers)) if item is None and len(numbers) == 1 else None
    return Place(
        id=item["@id"] if item else piece.id,
        title=title,
        words=words_of(title),
        piece=piece,
        publisher=None if publisher is None or "/mention/" in publisher else publisher,
        meeting=resolution.iri(item.get("meeting")) if item else None,
        body=resolution.iri(meeting.get("body")),
        date=literal_text(meeting.get("date") or piece.head.get("issued")),
        number=item.get("number") if item else None,
        case=resolution.iri(item.get("case")) if item else only,
        evidence=list((item or piece.head).get("evidence", ())),
        item=item,
        people=people,
    )


class ByPosition:
    """Which place of a document a passage stands in: the last item headed before it, else the letter."""

    def __init__(self, places: list[Place]) -> None:
        self._items: dict[str, list[tuple[int, Place]]] = {}
        self._letters = {place.piece.id: place for place in places if place.item is None}
        for place in places:
            if place.item is not None:
                self._items.setdefault(place.piece.id, []).append((start_of(place.item), place))
        for items in self._items.values():
            items.sort(key=lambda one: one[0])

    def of(self, piece: Slice, node: Json) -> Place | None:
        """The place of a node of a document."""
        items = self._items.get(piece.id, [])
        index = bisect_right(items, start_of(node), key=lambda one: one[0])
        return items[index - 1][1] if index else self._letters.get(piece.id)


def conclude(
    resolution: Resolution,
    node: Json,
    key: str,
    value: str,
    *,
    method: str,
    score: float,
    because: str,
    evidence: Iterable[str],
) -> None:
    """Add a value to a property of a node and explain it, once; the node's own evidence is added."""
    values = resolution.entities.setdefault(node["@id"], {}).setdefault(key, [])
    if value in values:
        return
    values.append(value)
    resolution.conclusions.append(
        {
            "@id": f"conclusion/{iri.digest(node['@id'], key, value)}",
            "@type": "Conclusion",
            "about": node["@id"],
            "property": key,
            "method": method,
            "score": round(min(score, 0.98), 3),
            "because": f"{because[0].upper()}{because[1:]}.",
            "evidence": sorted({*node.get("evidence", ()), *evidence}),
        }
    )
