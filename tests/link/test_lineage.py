"""Lineage: sentences of change become successions; weaker signals only candidates; order says nothing."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from kommungraf.link.continuity.lineage import LIMIT, follow_lineage
from kommungraf.link.continuity.lineage_candidates import HIGHEST
from kommungraf.link.judgements import Judgements, Ruling, Thing
from kommungraf.link.named import resolve_named
from kommungraf.link.named_projects import resolve_projects
from kommungraf.link.named_things import resolve_named_things
from kommungraf.link.names import resolve_names
from kommungraf.link.organizations import resolve_organizations
from kommungraf.link.resolution import Json, Resolution, Slice

FEDERATION = "Kommunförbundet Exempelbygden"


def _year(value: str) -> Json:
    kind = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}[len(value)]
    return {"@value": value, "@type": kind}


class Document:
    """A document of the federation, about a year, to which mentions and changes are added in order."""

    def __init__(
        self, number: int, year: int, kind: str = "verksamhetsberättelse", publisher: str = FEDERATION
    ) -> None:
        self.id, self.year, self.kind, self.place = f"document/file{number}/1", year, kind, 0
        self.nodes: dict[str, list[Json]] = {}
        self.owner = self.mention("Organization", publisher)

    def mention(self, kind: str, name: str, **fields: Any) -> str:
        """Add a mention; the answer is its local IRI."""
        self.place += 10
        iri = f"{self.id}/mention/{kind}/{self.place}-{self.place + 5}"
        node = {"@id": iri, "@type": kind, "name": name, "evidence": [f"passage/{self.id}/{self.place}"], **fields}
        self.nodes.setdefault(kind, []).append(node)
        return iri

    def change(self, kind: str, old: list[str], new: list[str], date: str = "", **names: str) -> Document:
        """Add a sentence of change between projects (or things of the class ``kind_of``)."""
        of = names.get("of", "Project")
        self.place += 10
        node: Json = {
            "@id": f"{self.id}/change/{self.place}",
            "@type": "Change",
            "changeKind": kind,
            "changedFrom": [self.mention(of, name) for name in old],
            "changedInto": [self.mention(of, name) for name in new],
            "text": f"{old} {kind} {new} {date}",
            "evidence": [f"passage/{self.id}/change/{self.place}"],
        }
        if date:
            node["effective"] = _year(date)
        self.nodes.setdefault("Change", []).append(node)
        return self

    def slice(self) -> Slice:
        """The document as linking sees it."""
        head = {
            "@id": self.id,
            "@type": "Document",
            "documentType": f"kg:documentType-{self.kind}",
            "year": _year(str(self.year)),
            "publisher": self.owner,
        }
        return Slice(head, self.nodes)


def follow(*documents: Document, different: tuple[str, ...] = ()) -> Resolution:
    """Link some documents as far as lineage needs it."""
    resolution = Resolution(judgements=Judgements((Ruling("different", tuple(Thing(iri=one) for one in different)),)))
    slices = [document.slice() for document in documents]
    for step in (resolve_organizations, resolve_projects, resolve_named, resolve_named_things, resolve_names):
        step(slices, resolution)
    follow_lineage(slices, resolution)
    return resolution


def successions(resolution: Resolution) -> list[tuple[str, str, str, str]]:
    """(predecessor, kind, successor, effective) by names."""
    found = [node for node in resolution.conclusions if node["@type"] == "Succession"]
    name = {iri: str(properties.get("name", "")) for iri, properties in resolution.entities.items()} | {"": ""}
    return sorted(
        (
            name[node["predecessor"]],
            node["successionKind"],
            name[node.get("successor", "")],
            node.get("effective", {}).get("@value", ""),
        )
        for node in found
    )


def test_several_texts_on_one_change_are_one_succession_with_all_evidence() -> None:
    plan = Document(1, 2022, "protokoll").change("renamed", ["Gröna byar"], ["Hållbara byar"], "2023-01-01")
    report = Document(2, 2023).change("renamed", ["Gröna byar"], ["Hållbara byar"])
    resolution = follow(plan, report)
    assert successions(resolution) == [("Gröna byar", "renamed", "Hållbara byar", "2023-01-01")]
    (node,) = [node for node in resolution.conclusions if node["@type"] == "Succession"]
    assert {f"passage/{document.id}" in " ".join(node["evidence"]) for document in (plan, report)} == {True}
    assert any("change" not in passage for passage in node["evidence"]), "both names are shown where they stand"
    assert LIMIT < node["score"] < 1
    assert "1 more sentence" in node["because"]


EFFECTIVE = [
    (["2022-12", "2022-12-31"], "2022-12-31", "", "the more precise one of those that agree"),
    (["2022-12-31", "2022-12-31", "2023-01-31"], "2022-12-31", "2023-01-31", "what most say; the other is told"),
    (["", "2022"], "2022", "", "silence disagrees with nothing"),
]


@pytest.mark.parametrize(("dates", "best", "other", "why"), EFFECTIVE, ids=[row[3] for row in EFFECTIVE])
def test_which_date_is_kept(dates: list[str], best: str, other: str, why: str) -> None:
    documents = [Document(i, 2024).change("ended", ["Gröna byar"], [], date) for i, date in enumerate(dates)]
    (node,) = [node for node in follow(*documents).conclusions if node["@type"] == "Succession"]
    assert node["effective"]["@value"] == best, why
    assert other in node["because"]


def test_what_came_true_counts_before_what_was_planned() -> None:
    plan = Document(1, 2023, "verksamhetsplan").change("ended", ["Gröna byar"], [], "2023-06-30")
    again = Document(2, 2023, "budget").change("ended", ["Gröna byar"], [], "2023-06-30")
    report = Document(3, 2024).change("ended", ["Gröna byar"], [], "2024-03-31")
    resolution = follow(plan, again, report)
    assert successions(resolution) == [("Gröna byar", "ended", "", "2024-03-31")]
    (node,) = [node for node in resolution.conclusions if node["@type"] == "Succession"]
    assert "2023-06-30" in node["because"]


def test_a_plan_alone_is_less_sure_than_a_report() -> None:
    scores = []
    for kind in ("verksamhetsplan", "verksamhetsberättelse"):
        (node,) = [
            node
            for node in follow(Document(1, 2023, kind).change("ended", ["Gröna byar"], [], "2023")).conclusions
            if node["@type"] == "Succession"
        ]
        scores.append(node["score"])
    assert LIMIT < scores[0] < scores[1] < 1


SHAPES = [
    (
        [("merged", ["Gröna byar", "Nya spår"], ["Hela bygden"], "2023")],
        [("Gröna byar", "merged", "Hela bygden", "2023"), ("Nya spår", "merged", "Hela bygden", "2023")],
        "each of those merged has a succession",
    ),
    (
        [("split", ["Hela bygden"], ["Gröna byar", "Nya spår"], "")],
        [("Hela bygden", "split", "Gröna byar", ""), ("Hela bygden", "split", "Nya spår", "")],
        "and each that it was split into",
    ),
    (
        [("ended", ["Gröna byar"], [], "2022-12-31"), ("continued", ["Gröna byar"], ["Nya spår"], "2023")],
        [("Gröna byar", "continued", "Nya spår", "2023")],
        "the end of what goes on under another name is no other event",
    ),
    (
        [("merged", ["Gröna byar"], ["Nya spår"], "2023"), ("continued", ["Gröna byar"], ["Nya spår"], "")],
        [("Gröna byar", "merged", "Nya spår", "2023")],
        "the more telling kind of two",
    ),
    (
        [("renamed", ["Gröna byar"], ["Nya spår"], "2022"), ("ended", ["Nya spår"], [], "2024")],
        [("Gröna byar", "renamed", "Nya spår", "2022"), ("Nya spår", "ended", "", "2024")],
        "what ended under the new name ended",
    ),
    ([("continued", ["Gröna byar"], ["Gröna byar"], "")], [], "what is prolonged is no other thing"),
    ([("renamed", ["Gröna byar"], ["Gröna Byar"], "")], [], "nor is another spelling"),
]


@pytest.mark.parametrize(("told", "expected", "why"), SHAPES, ids=[row[2] for row in SHAPES])
def test_shape(told: list[tuple[str, list[str], list[str], str]], expected: list[Any], why: str) -> None:
    document = Document(1, 2025)
    for kind, old, new, date in told:
        document.change(kind, old, new, date)
    assert successions(follow(document)) == sorted(expected), why


def test_a_named_thing_is_the_project_or_network_of_its_name() -> None:
    document = Document(1, 2023)
    project = document.mention("Project", "Gröna byar")
    thing = document.mention("NamedThing", "Gröna Byar")
    other = document.mention("NamedThing", "Lånehyllan")
    resolution = follow(document)
    assert resolution.iri(thing) == resolution.iri(project)
    assert resolution.entities[str(resolution.iri(project))]["@type"] == "Project"
    assert str(resolution.iri(other)).startswith("thing/")


def test_what_people_ruled_different_does_not_succeed() -> None:
    document = Document(1, 2023).change("renamed", ["Gröna byar"], ["Nya spår"])
    ruled = tuple(f"project/kommunförbundet-exempelbygden/{name}" for name in ("gröna-byar", "nya-spår"))
    assert successions(follow(document, different=ruled)) == []


def test_a_project_that_returns_is_two_and_the_second_continues_the_first() -> None:
    first = Document(1, 2022)
    first.mention("Project", "Samverkan kring gröna byar", validTo=_year("2023"))
    first.mention("Project", "Gröna byar")
    later = Document(2, 2025)
    later.mention(
        "Project",
        "Samverkan för gröna byar",
        validFrom=_year("2024"),
        validTo=_year("2026"),
        hints={"period": ["2024", "2026"]},
    )
    short = later.mention("Project", "Gröna byar")
    resolution = follow(first, later)
    assert successions(resolution) == [("Samverkan kring gröna byar", "continued", "Samverkan för gröna byar", "2024")]
    assert resolution.name(short) == "Samverkan för gröna byar", "the short name is the phase of its year"


def test_projects_without_a_later_period_stay_one() -> None:
    first, later = Document(1, 2022), Document(2, 2025)
    one = first.mention("Project", "Gröna byar", validFrom=_year("2021"), validTo=_year("2023"))
    other = later.mention("Project", "Gröna byar", validTo=_year("2026"))
    resolution = follow(first, later)
    assert resolution.iri(one) == resolution.iri(other), "a project that was prolonged"


ELSEWHERE = [
    ("Gröna byar", True, True, "a member's minutes name the federation and its project"),
    ("Gröna byar", False, False, "nothing links the two"),
    ("Lyftet", True, False, "one word is no proper name"),
]


@pytest.mark.parametrize(("name", "linked", "same", "why"), ELSEWHERE, ids=[row[3] for row in ELSEWHERE])
def test_a_project_in_the_documents_of_another_publisher(name: str, linked: bool, same: bool, why: str) -> None:
    own, other = Document(1, 2023), Document(2, 2023, "protokoll", "Granby kommun")
    if linked:
        other.mention("Organization", FEDERATION)
    mentions = own.mention("Project", name), other.mention("Project", name)
    resolution = follow(own, other)
    assert (resolution.iri(mentions[0]) == resolution.iri(mentions[1])) is same, why


def test_signals_without_a_sentence_make_only_a_candidate() -> None:
    document = Document(1, 2024)
    fund = document.mention("Organization", "Byfonden")
    document.mention("Project", "Trygga gröna byar", validTo=_year("2022"), funder=fund)
    document.mention("Project", "Levande gröna byar", validFrom=_year("2023"), funder=fund)
    resolution = follow(document)
    assert successions(resolution) == []
    (node,) = [node for node in resolution.conclusions if node["@type"] == "Candidate"]
    assert node["candidateKind"] == "continued"
    assert node["score"] <= HIGHEST < LIMIT
    assert node["because"].startswith("Levande gröna byar may follow on Trygga gröna byar")


def test_projects_that_only_share_a_word_are_no_candidates() -> None:
    document = Document(1, 2024)
    document.mention("Project", "Trygga gröna byar", validTo=_year("2022"))
    document.mention("Project", "Gröna tak", validFrom=_year("2019"))
    assert not [node for node in follow(document).conclusions if node["@type"] == "Candidate"]


PEOPLE = [
    ({}, {}, 1, "one name that nothing else links"),
    ({"party": "S"}, {"party": "M"}, 0, "the parties speak against it"),
    ({"municipality": "0642"}, {"municipality": "0821"}, 0, "the municipalities do"),
]


@pytest.mark.parametrize(("mine", "theirs", "count", "why"), PEOPLE, ids=[row[3] for row in PEOPLE])
def test_people_of_one_name_are_candidates(mine: dict[str, str], theirs: dict[str, str], count: int, why: str) -> None:
    one, other = Document(1, 2023), Document(2, 2023)
    one.mention("Person", "Anna Ek", hints=mine)
    other.mention("Person", "Anna Ek", hints=theirs)
    found = [node for node in follow(one, other).conclusions if node.get("candidateKind") == "samePerson"]
    assert len(found) == count, why


def test_the_order_of_documents_makes_no_difference() -> None:
    documents = [
        Document(1, 2022, "protokoll").change("merged", ["Gröna byar", "Nya spår"], ["Hela bygden"], "2023-01-01"),
        Document(2, 2022).change("ended", ["Nya spår"], [], "2022-12-31"),
        Document(3, 2025).change("ended", ["Hela bygden"], [], "2025"),
    ]
    results = [follow(*order).conclusions for order in permutations(documents)]
    first = sorted(results[0], key=lambda node: str(node["@id"]))
    assert all(sorted(result, key=lambda node: str(node["@id"])) == first for result in results)
