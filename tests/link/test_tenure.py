# ruff: noqa: E501
"""Tenures: what documents say of posts, drawn together to the times in which people held them."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from kommungraf.link.continuity.tenure import follow_tenures
from kommungraf.link.continuity.tenure_sightings import adjoin
from kommungraf.link.memberships import resolve_memberships
from kommungraf.link.resolution import Resolution, Resolved, Slice
from kommungraf.model import iri

BODY = "body/exempel-kommun/kommunstyrelsen"
Json = dict[str, Any]


def post(who: str | None, event: str = "seen", role: str = "ledamot", **said: Any) -> Json:
    """What a text says of one post: ``since``, ``until``, and hints such as ``acting`` or ``after``."""
    return {"who": who, "event": event, "role": role, "said": said}


def document(number: int, date: str, *posts: Json) -> Slice:
    """A document of a day that speaks of posts in one body; people are told apart by their name alone."""
    ident = f"document/{number:016}/1"
    head = {
        "@id": ident,
        "documentType": "kg:documentType-protokoll",
        "issued": {"@value": date, "@type": "xsd:date"},
        "year": {"@value": date[:4], "@type": "xsd:gYear"},
    }
    people, memberships = [], []
    for place, one in enumerate(posts):
        said = dict(one["said"])
        passage = [f"passage/{number}/{place}-9"]
        person = f"{ident}/mention/Person/{place}" if one["who"] else None
        party, municipality = said.pop("party", ""), said.pop("seat", "")
        hints = {key: value for key, value in (("party", party), ("municipality", municipality)) if value}
        if person:
            people.append({"@id": person, "name": one["who"], "evidence": passage, "hints": hints})
        stated = {
            key: {"@value": said.pop(word), "@type": "xsd:date"}
            for key, word in (("validFrom", "since"), ("validTo", "until"))
            if word in said
        }
        if "after" in said:
            said["after"] = f"{ident}/mention/Person/{[p['who'] for p in posts].index(said['after'])}"
        if not person and municipality:
            said["municipality"] = municipality
        memberships.append(
            {
                "@id": f"{ident}/mention/Membership/{place}",
                "name": one["role"],
                "organization": BODY,
                "role": iri.concept("role", one["role"]),
                "event": one["event"],
                "evidence": passage,
                "hints": said,
                **stated,
                **({"member": person} if person else {}),
            }
        )
    return Slice(head, {"Person": people, "Membership": memberships})


def linked(*pieces: Slice) -> Resolution:
    """The resolution after memberships and tenures; whoever bears a name is one person."""
    resolution = Resolution()
    for piece in pieces:
        for person in piece.of("Person"):
            name = person["name"]
            resolution.by_mention[person["@id"]] = Resolved(iri.person("exempel", name), name)
    resolve_memberships(list(pieces), resolution)
    follow_tenures(list(pieces), resolution)
    return resolution


def tenures(*pieces: Slice) -> list[str]:
    """Each tenure as one line: who, role, stated start and end, seen, how it began and ended."""
    found = []
    for node in linked(*pieces).conclusions:
        if node["@type"] != "Tenure":
            continue
        who = node.get("person", "–").rpartition("/")[2]
        stated = f"{node.get('validFrom', '')}/{node.get('validTo', '')}"
        seen = f"{node.get('firstSeen', '')}/{node.get('lastSeen', '')}"
        how = f"{node.get('startedBy', '')}/{node.get('endedBy', '')}"
        flags = " acting" * bool(node.get("acting")) + " vacant" * bool(node.get("vacant"))
        role = node["role"].removeprefix("kg:role-")
        found.append(f"{who} {role}{flags} {stated} seen {seen} {how}")
    return sorted(found)


FIRST, SECOND = {"since": "2019-01-01", "until": "2022-12-31"}, {"since": "2023-01-01", "until": "2026-12-31"}

STORIES: list[tuple[list[Slice], list[str], str]] = [
    (
        [document(1, "2021-03-02", post("Eva Ek")), document(2, "2023-05-04", post("Eva Ek"))],
        ["eva-ek ledamot / seen 2021-03-02/2023-05-04 /"],
        "only seen: no start and no end is stated",
    ),
    (
        [document(1, "2018-11-01", post("Eva Ek", "elected", **FIRST)), document(2, "2021-03-02", post("Eva Ek"))],
        ["eva-ek ledamot 2019-01-01/2022-12-31 seen 2018-11-01/2021-03-02 elected/"],
        "a stated term, kept apart from when it was seen; no later document shows the body",
    ),
    (
        [
            document(1, "2018-11-01", post("Eva Ek", "elected", **FIRST)),
            document(2, "2022-11-01", post("Eva Ek", "elected", **SECOND)),
            document(3, "2024-03-01", post("Eva Ek")),
        ],
        ["eva-ek ledamot 2019-01-01/2026-12-31 seen 2018-11-01/2024-03-01 elected/"],
        "two terms that adjoin are one tenure",
    ),
    (
        [
            document(1, "2010-11-01", post("Eva Ek", "elected", since="2011", until="2014")),
            document(2, "2022-11-01", post("Eva Ek", "elected", since="2023", until="2026")),
        ],
        [
            "eva-ek ledamot 2011/2014 seen 2010-11-01/2010-11-01 elected/termEnd",
            "eva-ek ledamot 2023/2026 seen 2022-11-01/2022-11-01 elected/",
        ],
        "terms with years between them are two; the first has ended, for the body is shown later",
    ),
    (
        [
            document(1, "2019-03-01", post("Eva Ek")),
            document(2, "2020-03-01", post("Eva Ek", "resigned")),
            document(3, "2024-03-01", post("Eva Ek")),
        ],
        [
            "eva-ek ledamot / seen 2019-03-01/2020-03-01 /resigned",
            "eva-ek ledamot / seen 2024-03-01/2024-03-01 /",
            "– ledamot vacant / seen 2020-03-01/2020-03-01 /",
        ],
        "a resignation breaks it; who came is not in the texts",
    ),
    (
        [
            document(1, "2017-03-01", post("Eva Ek")),
            document(2, "2018-11-01", post("Eva Ek", "elected", **FIRST)),
        ],
        ["eva-ek ledamot /2022-12-31 seen 2017-03-01/2018-11-01 /"],
        "whoever sat before the stated term began did not begin with it",
    ),
    (
        [
            document(1, "2019-03-01", post("Eva Ek", role="ordförande")),
            document(2, "2020-03-01", post("Bo Lind", role="ordförande")),
            document(3, "2021-03-01", post("Bo Lind", role="ordförande")),
            document(4, "2024-03-01", post("Eva Ek", role="ordförande")),
        ],
        [
            "bo-lind ordförande / seen 2020-03-01/2021-03-01 /",
            "eva-ek ordförande / seen 2019-03-01/2019-03-01 /",
            "eva-ek ordförande / seen 2024-03-01/2024-03-01 /",
        ],
        "one person at a time chairs: somebody else in between breaks it",
    ),
    (
        [
            document(1, "2020-03-01", post("Eva Ek", role="ordförande")),
            document(2, "2020-04-01", post("Bo Lind", role="ordförande")),
            document(3, "2020-05-01", post("Eva Ek", role="ordförande")),
        ],
        ["eva-ek ordförande / seen 2020-03-01/2020-05-01 /"],
        "who chairs one meeting between two of the chair's stands in",
    ),
    (
        [
            document(1, "2024-03-01", post("Eva Ek", role="kommunchef", acting=True)),
            document(2, "2024-09-01", post("Eva Ek", role="kommunchef")),
        ],
        ["eva-ek kommunchef / seen 2024-09-01/2024-09-01 /", "eva-ek kommunchef acting / seen 2024-03-01/2024-03-01 /"],
        "acting is held apart from the office itself",
    ),
    (
        [document(1, "2020-09-01", post("Bo Lind", "resigned"), post("Eva Ek", "elected", after="Bo Lind", how="byElection"))],
        [
            "bo-lind ledamot / seen 2020-09-01/2020-09-01 /resigned",
            "eva-ek ledamot / seen 2020-09-01/2020-09-01 byElection/",
        ],
        "a by-election fills the seat: nothing is vacant",
    ),
    (
        [
            document(1, "2019-01-10", post("Eva Ek", "elected", "ersättare", **FIRST)),
            document(2, "2021-05-01", post("Eva Ek", "elected", since="2021-06-01", how="movedUp")),
        ],
        [
            "eva-ek ersättare 2019-01-01/ seen 2019-01-10/2019-01-10 elected/movedUp",
            "eva-ek ledamot 2021-06-01/ seen 2021-05-01/2021-05-01 movedUp/",
        ],
        "a substitute who comes in is substitute no more, whatever her term was",
    ),
    (
        [
            document(1, "2022-10-01", post("Eva Ek", role="kanslichef")),
            document(
                2, "2022-11-01",
                post("Eva Ek", "appointed", "direktör", formerly="kanslichef", title="direktör", retitled="2023-01-01"),
            ),
        ],
        [
            "eva-ek direktör 2023-01-01/ seen 2022-11-01/2022-11-01 retitled/",
            "eva-ek kanslichef / seen 2022-10-01/2022-10-01 /retitled",
        ],
        "an office gets a new title",
    ),
    (
        [
            document(1, "2022-10-01", post("Eva Ek", "seen", "kanslichef", formerly="kanslichef", title="direktör", retitled="2023-01-01")),
            document(2, "2024-11-01", post("Eva Ek", role="direktör")),
        ],
        [
            "eva-ek direktör 2023-01-01/ seen 2024-11-01/2024-11-01 retitled/",
            "eva-ek kanslichef / seen 2022-10-01/2022-10-01 /retitled",
        ],
        "the text that gives the new title shows her under the old one",
    ),
    (
        [document(1, "2022-10-01", post("Eva Ek", role="kanslichef")), document(2, "2024-11-01", post("Eva Ek", role="direktör"))],
        ["eva-ek direktör / seen 2024-11-01/2024-11-01 /", "eva-ek kanslichef / seen 2022-10-01/2022-10-01 /"],
        "two titles that no text makes one are two tenures",
    ),
    (
        [
            document(1, "2024-02-01", post(None, "resigned", "kommunchef", until="2023", how="dismissed")),
            document(2, "2024-03-01", post(None, "resigned", "kommunchef", until="2023")),
            document(3, "2024-03-02", post(None, "appointed", "kommunchef", since="2023", acting=True)),
        ],
        [
            "– kommunchef /2023 seen 2024-02-01/2024-03-01 /dismissed",
            "– kommunchef acting 2023/ seen 2024-03-02/2024-03-02 appointed/",
        ],
        "two reports of one event without a name are one tenure",
    ),
    (
        [document(1, "2024-02-01", post("Eva Ek", "appointed", proposed=True)), document(2, "2024-03-01", post("Bo Lind"))],
        ["bo-lind ledamot / seen 2024-03-01/2024-03-01 /"],
        "what is only proposed is no tenure",
    ),
    (
        [
            document(1, "2023-04-01", post(None, "vacant", "ersättare", seat="0884")),
            document(2, "2024-04-01", post(None, "vacant", "ersättare", seat="0884")),
            document(3, "2024-04-01", post(None, "vacant", "ersättare", seat="0821")),
        ],
        [
            "– ersättare vacant / seen 2023-04-01/2024-04-01 /",
            "– ersättare vacant / seen 2024-04-01/2024-04-01 /",
        ],
        "the vacant seat of one municipality is one, in whatever year it is shown",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("pieces", "expected", "why"), STORIES, ids=[why for *_, why in STORIES])
def test_stories(pieces: list[Slice], expected: list[str], why: str) -> None:
    assert tenures(*pieces) == expected


@pytest.mark.parametrize(("pieces", "expected", "why"), STORIES[:6], ids=[why for *_, why in STORIES[:6]])
def test_the_order_of_documents_makes_no_difference(pieces: list[Slice], expected: list[str], why: str) -> None:
    for order in permutations(pieces):
        assert linked(*order).conclusions == linked(*pieces).conclusions


def handovers(*pieces: Slice) -> list[tuple[str, str, float]]:
    """Who takes over from whom, and how sure that is."""
    resolution = linked(*pieces)
    nodes = {node["@id"]: node for node in resolution.conclusions if node["@type"] == "Tenure"}
    scores = {
        node["about"]: node["score"] for node in resolution.conclusions if node.get("property") == "takesOverFrom"
    }
    return sorted(
        (node.get("person", "–").rpartition("/")[2], nodes[earlier].get("person", "–").rpartition("/")[2], scores[key])
        for key, node in nodes.items()
        for earlier in node.get("takesOverFrom", ())
        if key in scores
    )


SINGLE = {"role": "ordförande"}
HANDOVERS: list[tuple[list[Slice], list[tuple[str, str, float]], str]] = [
    (
        [document(1, "2020-09-01", post("Bo Lind", "resigned"), post("Eva Ek", "elected", after="Bo Lind"))],
        [("eva-ek", "bo-lind", 0.95)],
        "stated",
    ),
    (
        [
            document(1, "2018-11-01", post("Bo Lind", "elected", **SINGLE, **FIRST)),
            document(2, "2022-11-01", post("Eva Ek", "elected", **SINGLE, **SECOND)),
        ],
        [("eva-ek", "bo-lind", 0.88)],
        "terms of the chair that adjoin",
    ),
    (
        [document(1, "2021-11-01", post("Bo Lind", **SINGLE)), document(2, "2022-11-01", post("Eva Ek", **SINGLE))],
        [("eva-ek", "bo-lind", 0.65)],
        "the chair of one year and that of the next: likely, not sure",
    ),
    (
        [document(1, "2011-11-01", post("Bo Lind", **SINGLE)), document(2, "2022-11-01", post("Eva Ek", **SINGLE))],
        [],
        "years lie between them",
    ),
    (
        [
            document(1, "2018-11-01", post("Bo Lind", "elected", seat="0884", **FIRST)),
            document(2, "2022-11-01", post("Eva Ek", "elected", seat="0884", **SECOND)),
        ],
        [("eva-ek", "bo-lind", 0.88)],
        "the one seat of a municipality",
    ),
    (
        [
            document(1, "2018-11-01", post("Bo Lind", "elected", seat="0884", **FIRST), post("Per Dahl", seat="0884")),
            document(2, "2022-11-01", post("Eva Ek", "elected", seat="0884", **SECOND), post("Per Dahl", seat="0884")),
        ],
        [],
        "a municipality with two seats: whose is whose does not follow",
    ),
    (
        [document(1, "2018-11-01", post("Bo Lind", "elected", **FIRST)), document(2, "2022-11-01", post("Eva Ek", "elected", **SECOND))],
        [],
        "members without a municipality: nobody follows anybody",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("pieces", "expected", "why"), HANDOVERS, ids=[why for *_, why in HANDOVERS])
def test_who_takes_over_from_whom(pieces: list[Slice], expected: list[tuple[str, str, float]], why: str) -> None:
    assert handovers(*pieces) == expected


def test_an_unnamed_acting_holder_may_be_the_only_one_that_is_named_soon_after() -> None:
    resolution = linked(
        document(1, "2024-02-01", post(None, "appointed", "kommunchef", since="2023", acting=True)),
        document(2, "2024-03-01", post("Eva Ek", role="kommunchef", acting=True)),
    )
    (candidate,) = [node for node in resolution.conclusions if node["@type"] == "Candidate"]
    assert (candidate["candidateKind"], candidate["score"]) == ("holder", 0.7)


def test_an_unnamed_chief_who_left_may_be_the_one_that_was_named_the_year_before() -> None:
    resolution = linked(
        document(1, "2022-03-01", post("Eva Ek", role="kommunchef")),
        document(2, "2024-02-01", post(None, "resigned", "kommunchef", until="2023")),
        document(3, "2024-03-01", post("Bo Lind", role="kommunchef")),
    )
    nodes = {node["@id"]: node for node in resolution.conclusions}
    (candidate,) = [node for node in resolution.conclusions if node["@type"] == "Candidate"]
    assert nodes[candidate["candidate"]]["person"] == "person/exempel/eva-ek"


def test_two_chief_titles_in_a_row_may_be_one_office() -> None:
    resolution = linked(
        document(1, "2022-10-01", post("Eva Ek", role="kanslichef")),
        document(2, "2023-11-01", post("Eva Ek", role="direktör")),
    )
    (candidate,) = [node for node in resolution.conclusions if node["@type"] == "Candidate"]
    assert (candidate["candidateKind"], candidate["score"]) == ("retitled", 0.5)


def test_every_conclusion_is_explained() -> None:
    for pieces, *_ in STORIES:
        for node in linked(*pieces).conclusions:
            assert 0 < node["score"] < 1, node
            assert node["because"].endswith("."), node
            assert node["evidence"], node


ADJOINING = [
    ("2022", "2023", True, "years"),
    ("2022-12-31", "2023-01-01", True, "days"),
    ("2022-12-31", "2023-02-01", True, "the weeks between two terms"),
    ("2022-12-31", "2023-06-01", False, "half a year"),
    ("2022-02", "2022-03-01", True, "a month and a day"),
    ("2023-05-01", "2023-01-01", True, "overlapping"),
    ("", "2023", False, "nothing to adjoin"),
]


@pytest.mark.parametrize(("end", "start", "expected", "why"), ADJOINING)
def test_adjoining(end: str, start: str, expected: bool, why: str) -> None:
    assert adjoin(end, start) is expected, why
