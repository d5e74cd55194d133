"""Memberships over all documents: one node per post, from the first document to the last; parties by conclusion."""

from __future__ import annotations

from typing import Any

import pytest

from kommungraf.link.memberships import PARTY_ROLE, resolve_memberships
from kommungraf.link.resolution import Resolution, Resolved, Slice
from kommungraf.model import iri

PERSON, BODY = "person/hjo-kommun/anna-berg", "body/hjo-kommun/kommunstyrelsen"
LEDAMOT = iri.concept("role", "ledamot")


def document(
    number: int,
    *,
    date: str = "",
    year: int | None = None,
    party: str = "",
    event: str = "seen",
    term: tuple[str, str] = ("", ""),
) -> Slice:
    """A document that names Anna Berg as a member, dated by its meeting or only by its year."""
    stated = {
        key: {"@value": value, "@type": "xsd:date"}
        for key, value in zip(("validFrom", "validTo"), term, strict=True)
        if value
    }
    ident = f"document/{number:016}/1"
    person = f"{ident}/mention/Person/0"
    evidence = [f"passage/{number}/0-9"]
    nodes: dict[str, list[dict[str, Any]]] = {
        "Person": [
            {"@id": person, "name": "Anna Berg", "evidence": evidence, "hints": {"party": party} if party else {}}
        ],
        "Membership": [
            {
                "@id": f"{ident}/mention/Membership/0",
                "name": "ledamot",
                "member": person,
                "organization": f"{ident}/mention/GoverningBody/0",
                "role": LEDAMOT,
                "event": event,
                "evidence": evidence,
                **stated,
            }
        ],
    }
    if party:
        nodes["Party"] = [{"@id": iri.party(party), "name": party, "abbreviation": party, "evidence": evidence}]
    if date:
        nodes["Meeting"] = [
            {"@id": f"{ident}/mention/Meeting/0", "name": "x", "date": {"@value": date, "@type": "xsd:date"}}
        ]
    head: dict[str, Any] = {"@id": ident}
    if year:
        head["year"] = {"@value": str(year), "@type": "xsd:gYear"}
    return Slice(head, nodes)


def linked(*documents: Slice) -> Resolution:
    """The resolution after people and bodies are known."""
    resolution = Resolution()
    for piece in documents:
        resolution.by_mention[f"{piece.id}/mention/Person/0"] = Resolved(PERSON, "Anna Berg")
        resolution.by_mention[f"{piece.id}/mention/GoverningBody/0"] = Resolved(BODY, "kommunstyrelsen")
    resolve_memberships(list(documents), resolution)
    return resolution


def test_one_post_for_all_years_that_it_is_seen() -> None:
    found = linked(document(1, date="2021-03-02"), document(2, year=2024), document(3, date="2019-11-05"))
    entity = iri.membership(PERSON, BODY, LEDAMOT)
    posts = {mention.split("/")[1]: item.iri for mention, item in found.by_mention.items() if "Membership" in mention}
    assert set(posts.values()) == {entity}
    assert found.entities[entity] == {"firstSeen": "2019-11-05", "lastSeen": "2024"}


TERMS = [
    ([("2019-01-01", "2022-12-31"), ("2023-01-01", "2026-12-31")], 2, "elected twice: two terms"),
    ([("2019-01-01", "2022-12-31"), ("2019-01-01", "")], 1, "a start alone is the start of the term that has it"),
    ([("", "2022-12-31"), ("2019-01-01", "2022-12-31")], 1, "so is an end alone"),
    ([("2019-01-01", "2022-12-31"), ("2023-01-01", "2026-12-31"), ("", "")], 3, "a sighting belongs to the post"),
    ([("", ""), ("", "")], 1, "two sightings are one post"),
]


@pytest.mark.parametrize(("terms", "nodes", "why"), TERMS)
def test_a_stated_term_is_a_node_of_its_own(terms: list[tuple[str, str]], nodes: int, why: str) -> None:
    documents = [document(number, year=2020, term=term) for number, term in enumerate(terms)]
    for order in (documents, documents[::-1]):
        found = linked(*order)
        posts = {item.iri for mention, item in found.by_mention.items() if "Membership" in mention}
        assert len(posts) == nodes, why


def test_an_undated_document_says_nothing_about_when() -> None:
    found = linked(document(1))
    assert found.entities[iri.membership(PERSON, BODY, LEDAMOT)] == {}


def test_a_party_printed_with_a_name_is_concluded_once_and_explained() -> None:
    found = linked(document(1, date="2021-03-02", party="S"), document(2, date="2022-03-01", party="S"))
    (post,) = found.conclusions
    assert (post["member"], post["organization"], post["role"]) == (PERSON, "party/s", PARTY_ROLE)
    assert (post["firstSeen"], post["lastSeen"]) == ("2021-03-02", "2022-03-01")
    assert 0 < post["score"] < 1
    assert post["because"] == "The party is printed with the name 2 times in 2 documents."
    assert post["evidence"] == ["passage/1/0-9", "passage/2/0-9"]


def test_the_order_of_documents_does_not_matter() -> None:
    pieces = [document(n, date=f"202{n}-01-01", party="S") for n in range(1, 5)]
    one, other = linked(*pieces), linked(*reversed(pieces))
    assert (one.conclusions, one.entities) == (other.conclusions, other.entities)


def test_a_signature_shows_a_post_on_its_own_day() -> None:
    piece = document(1, date="2024-02-29")
    piece.nodes["Membership"][0]["hints"] = {"on": "2024-03-12"}
    found = linked(piece)
    assert found.entities[iri.membership(PERSON, BODY, LEDAMOT)] == {
        "firstSeen": "2024-03-12",
        "lastSeen": "2024-03-12",
    }


def test_the_party_that_a_text_says_she_came_to_is_the_one_that_is_printed_with_her_name() -> None:
    piece = document(1, date="2024-11-25", party="C", term=("2024-11-04", ""))
    piece.nodes["Membership"][0] |= {"role": PARTY_ROLE, "organization": "party/c"}
    found = linked(piece)
    assert found.by_mention[piece.nodes["Membership"][0]["@id"]].iri == found.conclusions[0]["@id"]
