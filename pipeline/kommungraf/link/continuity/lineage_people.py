"""People who may be one: the same name in documents that nothing else links, and nothing that speaks against it.

Linking joins two people only where an organisation, a party, an area or an office links them; these are the pairs that
it left apart, for a person to decide.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from kommungraf.link.resolution import Json, Resolution, Slice
from kommungraf.model import iri
from kommungraf.text import fold, phonetic

_SOUNDS, _SPELT, _PARTY = 0.35, 0.1, 0.08
_CROWD = 4  # a name that more people bear says nothing about two of them


@dataclass(slots=True)
class _Person:
    """Where a person is named, and with which parties and municipalities."""

    iri: str
    names: set[str] = field(default_factory=set)
    parties: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    evidence: str = ""


def suggest_people(slices: list[Slice], resolution: Resolution) -> None:
    """Add a candidate for each pair of people who bear one name and were not joined."""
    by_sound: dict[str, set[str]] = defaultdict(set)
    people = _people(slices, resolution)
    for entity, person in people.items():
        for name in person.names:
            by_sound[phonetic(name)].add(entity)
    pairs = {
        pair
        for sound, entities in by_sound.items()
        if " " in sound and len(entities) <= _CROWD
        for pair in combinations(sorted(entities), 2)
    }
    for one, other in sorted(pairs):
        if not resolution.parted(one, other):
            resolution.conclusions.extend(_candidate(people[one], people[other]))


def _people(slices: list[Slice], resolution: Resolution) -> dict[str, _Person]:
    people: dict[str, _Person] = {}
    for piece in slices:
        for mention in piece.of("Person"):
            entity = resolution.iri(mention["@id"])
            if entity is None:
                continue
            person = people.setdefault(entity, _Person(entity, evidence=str(mention["evidence"][0])))
            person.names.add(str(mention["name"]))
            hints = mention.get("hints", {})
            if hints.get("party") not in (None, "", "-"):
                person.parties.add(str(hints["party"]))
            if hints.get("municipality"):
                person.places.add(str(hints["municipality"]))
    return people


def _candidate(one: _Person, other: _Person) -> Iterator[Json]:
    """The pair, unless its parties or municipalities speak against it."""
    if _differ(one.parties, other.parties) or _differ(one.places, other.places):
        return
    spelt = {fold(name) for name in one.names} & {fold(name) for name in other.names}
    party = one.parties & other.parties
    score = _SOUNDS + _SPELT * bool(spelt) + _PARTY * bool(party)
    names = sorted(one.names)[0], sorted(other.names)[0]
    reason = "bear the same name" if spelt else "have names that sound the same"
    yield {
        "@id": f"candidate/{iri.digest('samePerson', one.iri, other.iri)}",
        "@type": "Candidate",
        "about": one.iri,
        "candidate": other.iri,
        "candidateKind": "samePerson",
        "method": "lineage/names",
        "score": round(score, 3),
        "because": f"{names[0]} and {names[1]} {reason}{' and party' if party else ''}; nothing else links them, and "
        "nothing speaks against it.",
        "evidence": sorted({one.evidence, other.evidence}),
    }


def _differ(mine: set[str], theirs: set[str]) -> bool:
    return bool(mine and theirs) and not mine & theirs
