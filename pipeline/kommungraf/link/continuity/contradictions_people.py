"""People in two roles that exclude each other: who audits an organisation sits in none of its bodies.

Kommunallagen (2017:725) 4 kap. 6 § bars auditors from the bodies that they audit; so do the statutes of associations.
"""

from __future__ import annotations

from collections.abc import Iterator

from kommungraf.link.continuity.contradictions_said import Contradiction
from kommungraf.link.resolution import Json, Resolution, Slice, literal_text

_AUDITS = frozenset(
    {"revisor", "revisorsersättare", "lekmannarevisor", "auktoriserad-revisor", "förtroendevald-revisor"}
)
_SITS = frozenset({"ledamot", "ordförande", "vice-ordförande", "tjänstgörande-ersättare"})
_BODIES = ("styrelse", "nämnd", "utskott", "direktion")


def exclusive_roles(slices: list[Slice], resolution: Resolution) -> Iterator[Contradiction]:
    """Auditors who are told to sit in a body of the organisation that they audit, in one document or at one time."""
    audits: dict[str, list[tuple[str, Slice, Json]]] = {}
    sits: dict[str, list[tuple[str, Slice, Json]]] = {}
    for piece in slices:
        for node in piece.of("Membership"):
            person, where = resolution.iri(node.get("member")), resolution.iri(node.get("organization"))
            role = str(node.get("role", "")).removeprefix("kg:role-")
            if person is None or where is None or node.get("event") in ("resigned", "vacant"):
                continue
            told = resolution.entities.get(where, {})
            if role in _AUDITS:
                audits.setdefault(person, []).append((str(told.get("unitOf") or where), piece, node))
            elif role in _SITS and any(word in str(told.get("name", "")).casefold() for word in _BODIES):
                sits.setdefault(person, []).append((str(told.get("unitOf") or where), piece, node))
    for person in sorted(audits.keys() & sits.keys()):
        for audited, there, audit in audits[person]:
            for organization, here, seat in sits[person]:
                if audited == organization and _at_one_time(there, audit, here, seat):
                    yield _contradiction(person, audit, there, seat, here, resolution)
                    break


def _at_one_time(there: Slice, audit: Json, here: Slice, seat: Json) -> bool:
    """Told in one document, or for stated terms that overlap by more than a year in common."""
    if there.id == here.id:
        return True
    terms = [(literal_text(node.get("validFrom"))[:4], literal_text(node.get("validTo"))[:4]) for node in (audit, seat)]
    if not all(first and last for first, last in terms):
        return False
    return int(min(terms[0][1], terms[1][1])) - int(max(terms[0][0], terms[1][0])) > 1


def _contradiction(
    person: str, audit: Json, there: Slice, seat: Json, here: Slice, resolution: Resolution
) -> Contradiction:
    name = resolution.entities.get(person, {}).get("name", "One person")
    return Contradiction(
        audit,
        seat,
        person,
        f"{name} is {audit['name']} in “{there.head.get('title')}” and {seat['name']} of the audited organisation in "
        f"“{here.head.get('title')}” at the same time.",
        "contradictions/role",
        0.72,
        "An auditor sits in no body of the organisation that is audited.",
    )
