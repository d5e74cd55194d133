"""Changes of party: people whom documents show in one party and later in another, or of whom a text says so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from kommungraf.link.continuity.tenure_sightings import Sighting, first_day, last_day
from kommungraf.link.memberships import PARTY_ROLE
from kommungraf.link.resolution import Json, Resolution
from kommungraf.model import iri
from kommungraf.text import fold


def party_tenures(stated: list[Sighting], resolution: Resolution) -> Iterator[Json]:
    """A tenure in each party of the people who changed party; those who stayed have their membership alone."""
    shown: dict[str, dict[str, list[Json]]] = defaultdict(lambda: defaultdict(list))
    for one in resolution.conclusions:
        if one.get("@type") == "Membership" and one.get("role") == PARTY_ROLE:
            shown[one["member"]][_letters(one["organization"], resolution)].append(one)
    told: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in stated:
        if sighting.person:
            told[sighting.person].append(sighting)
    for person in sorted(shown):
        known = _summed(shown[person], resolution)
        parties = sorted(known, key=lambda one: (one.get("firstSeen", ""), one["organization"]))
        if told[person] or (len(parties) > 1 and _one_after_the_other(parties)):
            yield from _tenures(person, parties, told[person])


def _letters(party: str, resolution: Resolution) -> str:
    """What makes one person's party the same in two texts: its registered IRI, or the letters of a local one's name."""
    entity = resolution.iri(party) or party
    if entity.count("/") == 1:
        return entity
    name = fold(resolution.name(party) or entity.rpartition("/")[2].replace("-", " "))
    return "".join(word[0] for word in name.split()) if " " in name else name


def _summed(shown: dict[str, list[Json]], resolution: Resolution) -> Iterator[Json]:
    """One entry for each party, however many local mentions of it there are."""
    for nodes in shown.values():
        meant = Counter(resolution.iri(node["organization"]) or "" for node in nodes)
        party = min(meant, key=lambda one: (-meant[one], one))
        dates = sorted({node[key] for node in nodes for key in ("firstSeen", "lastSeen") if key in node})
        period = {"firstSeen": dates[0], "lastSeen": dates[-1]} if dates else {}
        evidence = sorted({passage for node in nodes for passage in node["evidence"]})
        yield {"organization": party, "evidence": evidence, "basedOn": sorted({n["@id"] for n in nodes}), **period}


def _one_after_the_other(parties: list[Json]) -> bool:
    """Two parties printed with a name at the same time are a slip or two people, and no change."""
    return all(
        last_day(earlier.get("lastSeen", "")) < first_day(later.get("firstSeen", ""))
        for earlier, later in pairwise(parties)
    )


def _tenures(person: str, parties: list[Json], told: list[Sighting]) -> Iterator[Json]:
    into = {one.body: one for one in told if one.event == "appointed"}
    left = {one.body: one for one in told if one.event == "resigned"}
    known = {one["organization"]: one for one in parties}
    moved = next(iter(into.values()), None)
    for party in sorted({*known, *into, *left}):
        shown = known.get(party, {})
        came, went = into.get(party), left.get(party) or (moved if moved and party not in into else None)
        passages = {*shown.get("evidence", ()), *(p for one in (came, went) if one for p in one.passages)}
        dates = sorted({*(shown[key] for key in ("firstSeen", "lastSeen") if key in shown)})
        node: Json = {
            "@id": "tenure/" + iri.digest(person, party, PARTY_ROLE),
            "@type": "Tenure",
            "person": person,
            "inBody": party,
            "role": PARTY_ROLE,
            "validFrom": came.since if came else "",
            "validTo": (went.until or went.since) if went else "",
            "firstSeen": dates[0] if dates else "",
            "lastSeen": dates[-1] if dates else "",
            "startedBy": "changedParty" if came else "",
            "endedBy": "changedParty" if went else "",
            "basedOn": shown.get("basedOn", []) or [came.membership if came else ""],
            "method": "tenure/party-said" if moved else "tenure/party",
            "score": 0.93 if moved else 0.8,
            "because": "A text says that the person changed party."
            if moved
            else "The name is printed with this party, and at another time with another one.",
            "evidence": sorted(passages)[:8],
        }
        yield {key: value for key, value in node.items() if value not in ("", [])}
