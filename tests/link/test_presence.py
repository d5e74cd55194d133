"""Presence and silence: what documents of each year name, and what we can know of it at all."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from kommungraf.link.continuity.presence import follow_presence
from kommungraf.link.resolution import Resolution, Resolved, Slice
from kommungraf.model import iri

OWNER = "exempelförbundet"
Json = dict[str, Any]


def document(
    number: int,
    year: int,
    *names: str,
    kind: str = "verksamhetsberättelse",
    text: str = "",
    owner: str = OWNER,
    what: str = "Project",
) -> Slice:
    """A document of a year that names entities of a class, and may print more words in a result."""
    ident = f"document/{number:016}/1"
    publisher = f"{ident}/mention/Organization/0"
    nodes: dict[str, list[Json]] = {
        what: [
            {"@id": f"{ident}/mention/{what}/{place}", "name": name, "evidence": [f"passage/{number}/{place}-9"]}
            for place, name in enumerate(names)
        ],
        "ReportedResult": [{"@id": f"{ident}/result/1", "text": text, "evidence": [f"passage/{number}/500-600"]}],
    }
    head = {
        "@id": ident,
        "documentType": iri.concept("documentType", kind),
        "year": {"@value": str(year), "@type": "xsd:gYear"},
        "publisher": publisher,
        "owner": owner,
    }
    return Slice(head, nodes)


def linked(*pieces: Slice, succession: Json | None = None) -> Resolution:
    """The resolution after presence; a name is one entity of the document's owner."""
    resolution = Resolution()
    for piece in pieces:
        owner = piece.head["owner"]
        resolution.by_mention[piece.head["publisher"]] = Resolved(f"organization/{owner}", owner)
        for kind in ("Project", "Person"):
            for node in piece.of(kind):
                entity = iri.named(kind.lower(), owner, node["name"])
                resolution.by_mention[node["@id"]] = Resolved(entity, node["name"])
                resolution.entities[entity] = {"@type": kind, "name": node["name"]}
    if succession:
        resolution.conclusions.append(
            {"@id": "succession/1", "@type": "Succession", "evidence": ["passage/9/1-2"], **succession}
        )
    follow_presence(list(pieces), resolution)
    return resolution


def years(name: str, *pieces: Slice, succession: Json | None = None, kind: str = "project") -> dict[int, str]:
    """What is said of one entity, by year."""
    entity = iri.named(kind, OWNER, name)
    return {
        int(node["year"]["@value"]): node["presence"]
        for node in linked(*pieces, succession=succession).conclusions
        if node["@type"] == "Presence" and node["entity"] == entity
    }


def ended(how: str, effective: str) -> Json:
    """A succession that ends the project Gnistan."""
    told: Json = {"predecessor": iri.named("project", OWNER, "Gnistan"), "successionKind": how}
    return told | ({"effective": {"@value": effective, "@type": "xsd:date"}} if effective else {})


STORIES: list[tuple[list[Slice], Json | None, dict[int, str], str]] = [
    ([document(1, 2020, "Gnistan")], None, {2020: "new"}, "named once, and nothing later is held"),
    (
        [document(1, 2020, "Gnistan"), document(2, 2021, "Gnistan")],
        None,
        {2020: "new", 2021: "again"},
        "two years in a row",
    ),
    (
        [document(1, 2020, "Gnistan"), document(2, 2021), document(3, 2022, "Gnistan")],
        None,
        {2020: "new", 2021: "silent", 2022: "resumed"},
        "a year that is held and silent",
    ),
    (
        [document(1, 2020, "Gnistan"), document(3, 2022, "Gnistan")],
        None,
        {2020: "new", 2021: "noDocuments", 2022: "again"},
        "a year of which nothing is held is no silence",
    ),
    (
        [document(1, 2020, "Gnistan"), document(2, 2021, owner="annan-kommun")],
        None,
        {2020: "new"},
        "the silence of others says nothing",
    ),
    (
        [document(1, 2020, "Gnistan"), *(document(year, year) for year in range(2021, 2030))],
        None,
        {2020: "new", 2021: "silent", 2022: "silent", 2023: "silent"},
        "after three silent years it is known",
    ),
    (
        [document(1, 2020, "Gnistan"), document(2, 2021, text="Arbetet i gnistan fortsatte.")],
        None,
        {2020: "new", 2021: "again"},
        "a statement prints the name without being read as a mention",
    ),
    (
        [document(1, 2020, "Gnistan", "Nya Gnistan"), document(2, 2021, text="Arbetet i Nya Gnistan fortsatte.")],
        None,
        {2020: "new", 2021: "silent"},
        "a name inside another one's is not meant",
    ),
    (
        [document(1, 2020, "Gnistan"), document(2, 2021), document(3, 2022)],
        ended("ended", "2020-12-31"),
        {2020: "new", 2021: "ended", 2022: "ended"},
        "a text says that it ended",
    ),
    (
        [document(1, 2020, "Gnistan"), document(2, 2021), document(3, 2022)],
        ended("ended", "2021-06-30"),
        {2020: "new", 2021: "silent", 2022: "ended"},
        "it ended in the course of a silent year",
    ),
    (
        [document(1, 2020, "Gnistan"), document(2, 2021)],
        ended("renamed", "2021-01-01"),
        {2020: "new", 2021: "ended"},
        "a new name with the new year: the old one's last year is the one before",
    ),
    (
        [document(1, 2020, "Gnistan"), document(2, 2021)],
        ended("ended", ""),
        {2020: "new", 2021: "ended"},
        "it ended, no text says when",
    ),
    (
        [document(1, 2020, "Gnistan"), document(2, 2021, "Gnistan")],
        ended("ended", "2020-12-31"),
        {2020: "new", 2021: "again"},
        "what is named after its end is named all the same",
    ),
]


@pytest.mark.parametrize(("pieces", "succession", "expected", "why"), STORIES, ids=[why for *_, why in STORIES])
def test_stories(pieces: list[Slice], succession: Json | None, expected: dict[int, str], why: str) -> None:
    assert years("Gnistan", *pieces, succession=succession) == expected


def test_what_ends_from_a_year_on_had_its_last_year_before() -> None:
    pieces = [document(1, 2022, "Gnistan"), document(2, 2023), document(3, 2024)]
    pieces[0].nodes["Change"] = [
        {"@id": "c", "text": "Gnistan upphör från och med nästa år.", "evidence": ["passage/9/1-2"]}
    ]
    assert years("Gnistan", *pieces, succession=ended("ended", "2023")) == {2022: "new", 2023: "ended", 2024: "ended"}


def test_a_first_year_is_no_beginning_where_nothing_alike_is_held_before() -> None:
    plan = document(1, 2023, kind="verksamhetsplan")
    minutes = document(2, 2024, "Eva Ek", kind="protokoll", what="Person")
    before = document(3, 2023, kind="protokoll")
    unsure, surer = (
        next(node for node in linked(*pieces).conclusions if node["@type"] == "Presence" and "person" in node["entity"])
        for pieces in ((plan, minutes), (plan, before, minutes))
    )
    assert unsure["score"] < 0.6 < surer["score"], "parties and people of the first minutes held are not new with them"
    assert "protokoll" in unsure["because"]


def test_people_are_silent_only_where_a_document_of_such_a_type_is_held() -> None:
    minutes = [document(year, year, "Eva Ek", kind="protokoll", what="Person") for year in (2020, 2021)]
    plan, later = document(2022, 2022, kind="verksamhetsplan"), document(2023, 2023, kind="protokoll")
    assert years("Eva Ek", *minutes, plan, later, kind="person") == {2020: "new", 2021: "again", 2023: "silent"}


def test_whom_one_document_mentions_is_not_followed() -> None:
    first, later = document(1, 2020, "Eva Ek", what="Person"), document(2, 2021)
    assert years("Eva Ek", first, later, kind="person") == {2020: "new"}


def test_the_reason_says_what_is_held() -> None:
    resolution = linked(document(1, 2020, "Gnistan"), document(2, 2021, kind="verksamhetsplan"))
    first, second = resolution.conclusions
    assert first["because"] == "1 document of 2020 names it; no earlier documents are held, so that it may be older."
    assert "verksamhetsplan" in second["because"]
    assert second["score"] < 0.88, "a plan is not the type of document that named it"
    assert second["evidence"] == ["passage/1/0-9"], "the last passage before"


def test_the_order_of_documents_makes_no_difference() -> None:
    pieces = [document(1, 2020, "Gnistan"), document(2, 2021), document(3, 2022, "Gnistan", "Lågan")]
    for order in permutations(pieces):
        assert linked(*order).conclusions == linked(*pieces).conclusions
