"""Memberships: one node for a person's post in a body over all documents that show it, one for each term of it that a
text states: who is elected for 2019–2022 and again for 2023–2026 held two terms, and two starts in one node would tell
neither.

When it was first and last seen follows from the dates of the documents, at the precision that they have; that nobody
mentions a post in a year does not end it. Membership in a party is concluded from the party printed with a name.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from kommungraf.link.resolution import Json, Resolution, Resolved, Slice
from kommungraf.model import iri

PARTY_ROLE = iri.concept("role", "partimedlem")
_EVIDENCE_SHOWN = 8

_Term = tuple[str, str]


@dataclass(slots=True)
class _Seen:
    """Where a membership stands: (date, document, passage) of each mention."""

    places: list[tuple[str, str, str]] = field(default_factory=list)

    def period(self) -> Json:
        """``firstSeen`` and ``lastSeen``, where a document is dated."""
        dates = sorted({date for date, _, _ in self.places if date})
        return {"firstSeen": dates[0], "lastSeen": dates[-1]} if dates else {}

    def evidence(self) -> list[str]:
        """Passages of the first and last documents."""
        passages = [passage for _, _, passage in sorted(self.places)]
        shown = dict.fromkeys(passages[: _EVIDENCE_SHOWN // 2] + passages[-_EVIDENCE_SHOWN // 2 :])
        return sorted(shown)


def resolve_memberships(slices: list[Slice], resolution: Resolution) -> None:
    """Give memberships their IRIs and conclude when each was first and last seen; add those in parties."""
    posts: dict[str, _Seen] = defaultdict(_Seen)
    parties: dict[tuple[str, str], _Seen] = defaultdict(_Seen)
    terms = _terms(slices, resolution)
    for piece in slices:
        dates = piece.date
        for node in piece.of("Membership"):
            post = _post(node, resolution)
            term = () if node["role"] == PARTY_ROLE else _whole(_term(node), terms[post])
            entity = iri.membership(*post, *term)
            resolution.by_mention[node["@id"]] = Resolved(entity, node["name"])
            posts[entity].places.append((seen_on(node, piece), piece.id, node["evidence"][0]))
        _take_parties(piece, resolution, parties, dates)
    for entity, seen in sorted(posts.items()):
        resolution.entities.setdefault(entity, {}).update(seen.period())
    for (person, party), seen in sorted(parties.items()):
        resolution.conclusions.append(_party_membership(person, party, seen))


def seen_on(node: Json, piece: Slice) -> str:
    """When a mention of a post was made: the day of its own signature, else the date of its document."""
    return str(node.get("hints", {}).get("on") or piece.date)


def _post(node: Json, resolution: Resolution) -> tuple[str, str, str]:
    member = resolution.iri(node.get("member")) or f"vacant/{node['@id']}"
    return member, resolution.iri(node["organization"]) or "", node["role"]


def _term(node: Json) -> _Term:
    """The stated start and end; empty where the text gives none."""
    start, end = (str(node[key]["@value"]) if key in node else "" for key in ("validFrom", "validTo"))
    return start, end


def _terms(slices: list[Slice], resolution: Resolution) -> dict[tuple[str, str, str], set[_Term]]:
    """The terms with both ends stated, by post."""
    terms: dict[tuple[str, str, str], set[_Term]] = defaultdict(set)
    for piece in slices:
        for node in piece.of("Membership"):
            if all(term := _term(node)):
                terms[_post(node, resolution)].add(term)
    return terms


def _whole(term: _Term, stated: set[_Term]) -> tuple[str, ...]:
    """The term that a text means: one with a single end is the stated one that shares it, if there is just one."""
    if not any(term):
        return ()
    same = [one for one in stated if (term[0] in ("", one[0])) and (term[1] in ("", one[1]))]
    return same[0] if len(same) == 1 else term


def _take_parties(piece: Slice, resolution: Resolution, parties: dict[tuple[str, str], _Seen], date: str) -> None:
    printed = {node.get("abbreviation") or node["name"]: node["@id"] for node in piece.of("Party")}
    for node in piece.of("Person"):
        party = node.get("hints", {}).get("party")
        local = printed.get(party) if party else None
        person, entity = resolution.iri(node["@id"]), resolution.iri(local)
        if person and entity:
            parties[person, entity].places.append((date, piece.id, node["evidence"][0]))


def _party_membership(person: str, party: str, seen: _Seen) -> Json:
    """Printed with a name in brackets, a party is the one that the person stands for."""
    documents = len({document for _, document, _ in seen.places})
    return {
        "@id": iri.membership(person, party, PARTY_ROLE),
        "@type": "Membership",
        "member": person,
        "organization": party,
        "role": PARTY_ROLE,
        **seen.period(),
        "method": "party-with-name",
        "score": 0.97 if len(seen.places) > 1 else 0.93,
        "because": f"The party is printed with the name {len(seen.places)} times in {documents} documents.",
        "evidence": seen.evidence(),
    }
