"""Who is who among organisations, bodies, networks and projects; joins are explained and order says nothing."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest

from kommungraf.link.bodies import resolve_bodies
from kommungraf.link.judgements import Judgements, Ruling, Thing
from kommungraf.link.named import area_key, network_key, resolve_named
from kommungraf.link.named_projects import resolve_projects
from kommungraf.link.organizations import resolve_organizations
from kommungraf.link.resolution import Resolution, Slice

Json = dict[str, Any]


def _mention(document: str, kind: str, place: int, name: str, **fields: Any) -> Json:
    identity = f"{document}/mention/{kind}/{place}-{place + 5}"
    return {"@id": identity, "@type": kind, "name": name, "evidence": [f"passage/x/{place}-{place + 5}"], **fields}


def _slice(number: int, publisher: str | None, *mentions: tuple[str, str, Json]) -> Slice:
    """A document with mentions ``(class, name, fields)``; the publisher is its first organisation of that name."""
    document = f"document/file{number}/1"
    nodes: dict[str, list[Json]] = {}
    for place, (kind, name, fields) in enumerate(mentions):
        nodes.setdefault(kind, []).append(_mention(document, kind, 10 * place, name, **fields))
    head: Json = {"@id": document, "@type": "Document"}
    if publisher:
        owner = _mention(document, "Organization", 900, publisher)
        nodes.setdefault("Organization", []).append(owner)
        head["publisher"] = owner["@id"]
    return Slice(head, nodes)


def _resolve(*slices: Slice, different: tuple[str, ...] = ()) -> Resolution:
    ruling = Ruling("different", tuple(Thing(iri=one) for one in different))
    resolution = Resolution(judgements=Judgements((ruling,)))
    for step in (resolve_organizations, resolve_bodies, resolve_projects, resolve_named):
        step(list(slices), resolution)
    return resolution


def _entities(resolution: Resolution, kind: str) -> set[str]:
    return {resolved.iri for mention, resolved in resolution.by_mention.items() if f"/mention/{kind}/" in mention}


def test_other_names_of_the_register_are_one_organisation_and_say_why() -> None:
    full = ("Organization", "Sveriges Kommuner och Regioner", {"hints": {"kind": "association"}})
    known = {"kind": "association", "canonical": "Sveriges Kommuner och Regioner"}
    resolution = _resolve(_slice(1, None, full, ("Organization", "SKR", {"hints": known})))
    assert _entities(resolution, "Organization") == {"organization/sveriges-kommuner-och-regioner"}
    (join,) = resolution.conclusions
    assert join["method"] == "organizations/register"
    assert 0 < join["score"] < 1
    assert join["evidence"]


def test_a_county_board_with_and_without_i_is_one() -> None:
    hints = {"hints": {"kind": "county board", "canonical": "Länsstyrelsen i Hallands län"}}
    pieces = [
        _slice(1, None, ("Organization", "Länsstyrelsen Hallands län", hints)),
        _slice(2, "Länsstyrelsen i Hallands län"),
    ]
    assert len(_entities(_resolve(*pieces), "Organization")) == 1


def test_names_with_one_acronym_are_joined_when_one_has_the_words_of_the_other() -> None:
    short = {"shortName": "DHAB", "hints": {"kind": "company"}}
    resolution = _resolve(
        _slice(1, None, ("Organization", "Dalens Hus AB", short), ("Organization", "Dalens Hus i Orsa AB", short)),
        _slice(2, None, ("Organization", "Norrlands Hamn AB", short)),
    )
    assert _entities(resolution, "Organization") == {
        "organization/dalens-hus-orsa-ab",
        "organization/norrlands-hamn-ab",
    }
    assert resolution.replaced == {"organization/dalens-hus-ab": "organization/dalens-hus-orsa-ab"}


def test_a_body_belongs_to_its_organisation() -> None:
    orsa = {"hints": {"organization": "Orsa kommun"}, "unitOf": "municipality/2034"}
    hjo = {"hints": {"organization": "Hjo kommun"}, "unitOf": "municipality/1497"}
    body = "kommunstyrelsen"
    resolution = _resolve(_slice(1, None, ("GoverningBody", body, orsa)), _slice(2, None, ("GoverningBody", body, hjo)))
    assert _entities(resolution, "GoverningBody") == {
        "body/orsa-kommun/kommunstyrelsen",
        "body/hjo-kommun/kommunstyrelsen",
    }
    assert resolution.entities["body/orsa-kommun/kommunstyrelsen"]["unitOf"] == "municipality/2034"


def test_the_board_of_a_federation_has_two_names() -> None:
    hints = {"hints": {"organization": "Dalens kommunalförbund"}}
    names = [("GoverningBody", "styrelsen", hints), ("GoverningBody", "förbundsstyrelsen", hints)]
    resolution = _resolve(_slice(1, "Dalens kommunalförbund", *names))
    assert _entities(resolution, "GoverningBody") == {"body/dalens-kommunalförbund/styrelsen"}
    assert [join["method"] for join in resolution.conclusions] == ["bodies/federation-board"]


PROJECTS = [
    (("Arbete, Bildning, Livskraft", "ABL"), ("Arbete bildning och livskraft", "ABL"), True, "small words and case"),
    (("Arbete bildning livskraft", "ABL"), ("Arbete, bildning och livskraften", "ABL"), True, "inflection"),
    (("NyVäg Dalen", "NyVäg"), ("Ny-Väg", None), True, "the short name, spelt otherwise"),
    (("Gröna byar", None), ("Samverkan kring gröna byar", None), True, "said in short and in full"),
    (("Arbete och bildning", "AB"), ("Allas barn", "AB"), False, "one acronym, two projects"),
    (("Gröna byar", None), ("Fortsatt gröna byar", None), False, "a continuation is a new project"),
    (("Digital vardag", None), ("Trygg digital vardag", None), False, "a new name is a succession, not a spelling"),
    (("Gröna byar", None), ("Gröna dalar", None), False, "other words"),
]


@pytest.mark.parametrize(("one", "other", "same", "why"), PROJECTS, ids=[case[3] for case in PROJECTS])
def test_project_names(one: tuple[str, str | None], other: tuple[str, str | None], same: bool, why: str) -> None:
    pieces = [
        _slice(number, "Dalens kommunalförbund", ("Project", name, {"shortName": short} if short else {}))
        for number, (name, short) in enumerate((one, other), 1)
    ]
    results = [_resolve(*order) for order in permutations(pieces)]
    assert len(_entities(results[0], "Project")) == (1 if same else 2), why
    assert results[0].by_mention == results[1].by_mention
    assert sorted(map(str, results[0].conclusions)) == sorted(map(str, results[1].conclusions))
    assert bool(results[0].conclusions) is same


def test_a_project_of_another_publisher_is_another() -> None:
    pieces = [
        _slice(1, "Dalens kommunalförbund", ("Project", "Gröna byar", {})),
        _slice(2, "Ale Energi AB", ("Project", "Gröna byar", {})),
    ]
    assert len(_entities(_resolve(*pieces), "Project")) == 2


def test_a_document_without_publisher_takes_the_only_project_of_that_name() -> None:
    pieces = [
        _slice(1, "Dalens kommunalförbund", ("Project", "Gröna byar", {})),
        _slice(2, None, ("Project", "Gröna byar", {})),
    ]
    resolution = _resolve(*pieces)
    assert _entities(resolution, "Project") == {"project/dalens-kommunalförbund/gröna-byar"}
    assert [join["score"] for join in resolution.conclusions] == [0.8]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("nätverket för skolchefer", "skolchefsnätverket"),
        ("barn- och ungdomsnätverket", "barn och ungdomsnätverket"),
        ("IT-chefsnätverket", "nätverket för IT-chefer"),
    ],
)
def test_networks_with_one_key(one: str, other: str) -> None:
    assert network_key({"name": one}) == network_key({"name": other})


def test_areas_keep_their_identity_when_numbered_anew() -> None:
    assert area_key({"name": "Fokusområde 2: Ungas hälsa"}) == area_key({"name": "3. Ungas hälsa"})


def test_a_network_is_known_by_its_acronym() -> None:
    long = ("Network", "kultur- och fritidsnätverket", {"shortName": "KoF"})
    resolution = _resolve(
        _slice(1, "Dalens kommunalförbund", long), _slice(2, "Dalens kommunalförbund", ("Network", "KoF-nätverket", {}))
    )
    assert len(_entities(resolution, "Network")) == 1
    assert [join["method"] for join in resolution.conclusions] == ["named/acronym"]


def test_two_spellings_that_make_one_iri_are_not_joined() -> None:
    names = ("Lär – växa – bo", "Lär, växa, bo")
    pieces = [_slice(number, "Dalens kommunalförbund", ("Project", name, {})) for number, name in enumerate(names)]
    resolution = _resolve(*pieces)
    assert len(_entities(resolution, "Project")) == 1
    assert (resolution.replaced, resolution.conclusions) == ({}, []), "an IRI neither replaces nor explains itself"
    assert not any("shortName" in told for told in resolution.entities.values()), "nor is a spelling a short name"


KNOWN = {"canonical": "Sveriges Kommuner och Regioner", "kind": "association"}
PARTED = [
    # what is joined, unless a ruling parts it
    (("Project", "Gröna byar", {"shortName": "GB"}), ("Project", "Samverkan kring gröna byar", {"shortName": "GB"})),
    (("Network", "Skol- och familjenätverket", {"shortName": "SoF"}), ("Network", "SoF-nätverket", {})),
    (("Organization", "SKR", {"hints": KNOWN}), ("Organization", "Sveriges Kommuner och Regioner", {})),
    (("Organization", "Dalens Hus", {"shortName": "DH"}), ("Organization", "Norra Dalens Hus", {"shortName": "DH"})),
]


@pytest.mark.parametrize(("one", "other"), PARTED, ids=[one[1] for one, _ in PARTED])
def test_a_ruling_parts_what_linking_would_join(one: tuple[str, str, Json], other: tuple[str, str, Json]) -> None:
    kind = one[0]
    pieces = [_slice(1, "Dalens kommunalförbund", one), _slice(2, "Dalens kommunalförbund", other)]
    joined = _resolve(*pieces)
    assert len(_entities(joined, kind) - {"organization/dalens-kommunalförbund"}) == 1
    (join,) = joined.conclusions
    ruled = _resolve(*pieces, different=(join["entity"], join["joined"]))
    assert len(_entities(ruled, kind) - {"organization/dalens-kommunalförbund"}) == 2
