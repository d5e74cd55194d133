"""Projects: how they are named, how far a name reaches, and what a document states of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import Store

from kommungraf.dates import PartialDate
from kommungraf.extract.context import Context
from kommungraf.extract.organizations import find_organizations
from kommungraf.extract.parties import find_parties
from kommungraf.extract.places import find_municipalities, find_regions
from kommungraf.extract.projects import find_projects
from kommungraf.extract.projects_reading import initials_agree, without_place
from kommungraf.model.facts import Project

FINDERS = [find_parties, find_municipalities, find_regions, find_organizations, find_projects]

NAMES = [
    ("Starta projektet Gröna byar, som vänder sig till unga.", [("Gröna byar", "Gröna byar", None)]),
    ("Driva projektet Gröna byar i Orsa och Hjo.", [("Gröna byar", "Gröna byar", None)]),
    ("Driva projektet Ljuspunkten i tre kommuner.", [("Ljuspunkten", "Ljuspunkten", None)]),
    ("Projektet ABC Väst tog över efter projektet ABC.", [("ABC Väst",) * 2 + (None,), ("ABC", "ABC", None)]),
    (
        "Projektet Gröna byar följdes av projektet Nya spår.",
        [("Gröna byar",) * 2 + (None,), ("Nya spår",) * 2 + (None,)],
    ),
    (
        "Projektet Gröna byar byttes mot projektet Nya spår.",
        [("Gröna byar",) * 2 + (None,), ("Nya spår",) * 2 + (None,)],
    ),
    ("Slutföra projektet Språk på jobbet och lämna slutrapport.", [("Språk på jobbet", "Språk på jobbet", None)]),
    ("Projektet Gröna byar beviljades medel.", [("Gröna byar", "Gröna byar", None)]),
    ("ett pilotprojekt ”Nya spår” som prövar", [("Nya spår", "Nya spår", None)]),
    ("Projekten Gröna byar och Nya spår slås samman.", [("Gröna byar",) * 2 + (None,), ("Nya spår",) * 2 + (None,)]),
    (
        "Projektet ABLE (Arbete, bildning, livskraft och egenmakt) pågår. ABLE-projektet växer.",
        [
            ("ABLE", "Arbete, bildning, livskraft och egenmakt", "ABLE"),
            ("Arbete, bildning, livskraft och egenmakt",) * 2 + ("ABLE",),
            ("ABLE", "Arbete, bildning, livskraft och egenmakt", "ABLE"),
        ],
    ),
    (
        "Projektet Arbete, bildning och livskraft – Hallands län (ABL) pågår.",
        [
            ("Arbete, bildning och livskraft – Hallands län", "Arbete, bildning och livskraft", "ABL"),
            ("ABL", "Arbete, bildning och livskraft", "ABL"),
        ],
    ),
    (
        "Projektet Gröna byar ska heta Hållbara gröna byar (HGB).",
        [
            ("Gröna byar", "Gröna byar", None),
            ("Hållbara gröna byar", "Hållbara gröna byar", None),
            ("HGB", "Hållbara gröna byar", None),
        ],
    ),
    (
        "Projektet Gröna byar heter numera Nya spår.",
        [("Gröna byar", "Gröna byar", None), ("Nya spår", "Nya spår", None)],
    ),
    ("i NYTT-projektet deltar tre", [("NYTT", "NYTT", None)]),
    ("Energisamverkan Dalen samlar tolv kommuner.", [("Energisamverkan Dalen",) * 2 + (None,)]),
    (
        "enkäten UNG (Unga nås gemensamt) genomfördes",
        [("UNG", "Unga nås gemensamt", "UNG"), ("Unga nås gemensamt",) * 2 + ("UNG",)],
    ),
    (
        "Insatsen VIA (Vägar in i arbete) startade 2022.",
        [("VIA", "Vägar in i arbete", "VIA"), ("Vägar in i arbete",) * 2 + ("VIA",)],
    ),
    ("Projektet avslutades. Projektgruppen möttes.", []),
    ("Kursen Projektledning steg 2", []),
    ("ett ESF-projekt och EU-projektet", []),
    ("Projektet Region Halland driver", []),
    ("Projektet Under våren", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMES, ids=[case[0][:40] for case in NAMES])
def test_name(text: str, expected: list[tuple[str, str, str | None]], context: Callable[..., Context]) -> None:
    ctx = context(text, FINDERS)
    found = [(ctx.clean(node.evidence[0]), node.name, node.short_name) for node in ctx.of_type(Project)]
    if expected and expected[0][2] is None:
        found = [(printed, name, None) for printed, name, _ in found]
    assert found == expected


FACTS = [
    (
        "Projektet Gröna byar startade den 1 maj 2021 och pågår t.o.m. 2023-12-31.",
        {"valid_from": PartialDate(2021, 5, 1), "valid_to": PartialDate(2023, 12, 31)},
    ),
    (
        "Projektet Gröna byar pågår under perioden 1 maj 2021 till 30 april 2024.",
        {"valid_from": PartialDate(2021, 5, 1), "valid_to": PartialDate(2024, 4, 30)},
    ),
    ("Projektet Gröna byar drivs under 2021–2024.", {"valid_from": PartialDate(2021), "valid_to": PartialDate(2024)}),
    ("Projektet Gröna byar avslutas januari 2026.", {"valid_to": PartialDate(2026, 1)}),
    ("Projektet Gröna byar skulle ha pågått till och med den 31 maj 2024.", {"valid_to": None}),
    ("Projektet Gröna byar beviljades stöd om upp till 1 630 326 kronor.", {"amount": Decimal(1630326)}),
    ("Projektet Gröna byar har en budget på 24 000 tkr.", {"amount": Decimal(24000000)}),
    ("Projektet Gröna byar beviljades cirka 2,5 miljoner kronor.", {"amount": Decimal(2500000)}),
    ("Projektet Gröna byar betalar 377 tkr vidare till kommunerna.", {"amount": None}),
    (
        "I projektet Gröna byar deltar Orsa, Hjo och Tierp.",
        {"participant": ("municipality/2034", "municipality/1497", "municipality/0360")},
    ),
    ("I projektet Gröna byar deltar inte Orsa, Hjo och Tierp.", {"participant": ()}),
]


@pytest.mark.parametrize(("text", "expected"), FACTS, ids=[case[0][22:62] for case in FACTS])
def test_facts(text: str, expected: dict[str, object], context: Callable[..., Context]) -> None:
    (project,) = context(text, FINDERS).of_type(Project)
    assert {key: getattr(project, key) for key in expected} == expected


FUNDERS = [
    ("Projektet Gröna byar finansieras av Tillväxtverket.", "Tillväxtverket"),
    ("Projektet Gröna byar drivs med medel från Skolverket.", "Skolverket"),
    ("ESF har beviljat medel till projektet Gröna byar.", "ESF"),
    ("Projektet Gröna byar samverkar med Skolverket.", None),
]


@pytest.mark.parametrize(("text", "expected"), FUNDERS)
def test_funder(text: str, expected: str | None, context: Callable[..., Context]) -> None:
    ctx = context(text, FINDERS)
    (project,) = ctx.of_type(Project)
    names = {node.id: node.name for node in ctx.nodes if hasattr(node, "name")}
    assert (names[project.funder] if project.funder else None) == expected


def test_a_bundle_introduces_a_name_once(context: Callable[..., Context]) -> None:
    """One document of a file says ``projektet``; the next one only the name, which the file has as a name alone."""
    ctx = context(
        "Projektet Gröna Byar startar. Projektet Språk på jobbet slutar. Projektet Fria händer pågår.\n\n"
        "Vi samordnar Gröna Byar, Språk på jobbet. Fria händer är bra, och vi får fria händer."
    )
    first, second = ctx.document, replace(ctx.document, id="document/x/2", ordinal=2)
    cut = ctx.text.clean.index("Vi samordnar")
    first.end, second.start = cut, cut
    bundle = Context(ctx.text, second, [first, second], ctx.doc)
    assert [bundle.clean(node.evidence[0]) for node in find_projects(bundle)] == ["Gröna Byar", "Språk på jobbet"]


def test_a_table_of_projects(context: Callable[..., Context]) -> None:
    table = (
        "Projekt\tPeriod\tFinansiär\tBelopp\tDeltagande kommuner\n"
        "Gröna byar\t2021–2024\tTillväxtverket\t2 400 tkr\tOrsa, Hjo, Tierp\n"
        "Nya spår\t2020–2022\tSkolverket\t900 tkr\tSamtliga\n"
    )
    first, second = context(table, FINDERS).of_type(Project)
    assert (first.name, first.valid_from, first.valid_to) == ("Gröna byar", PartialDate(2021), PartialDate(2024))
    assert (first.amount, len(first.participant)) == (Decimal(2400000), 3)
    assert (second.name, second.amount, second.participant) == ("Nya spår", Decimal(900000), ())


@pytest.mark.parametrize(
    ("long", "short", "agree"),
    [
        ("Unga nås gemensamt", "UNG", True),
        ("Samverkan i norr", "SIN", True),
        ("Helt andra ord", "SIN", False),
        ("Unga nås gemensamt", "G", False),
    ],
)
def test_initials(long: str, short: str, agree: bool) -> None:
    assert initials_agree(long, short) is agree


def test_a_county_after_a_dash_is_no_part_of_the_name() -> None:
    assert without_place("Unga nås gemensamt – Hallands län") == "Unga nås gemensamt"


@pytest.mark.seeds
def test_the_projects_of_a_real_report(seeds_store: Store) -> None:
    """All projects that the gold has for the reports, by long or short name, with its periods and amounts."""
    import json

    from kommungraf.text import fold

    gold = Path(__file__).parents[3] / "shared" / "gold" / "facts.jsonl"
    wanted = [row for line in gold.read_text().splitlines() if (row := json.loads(line))["kind"] == "project"]
    query = """
        PREFIX kg: <https://w3id.org/kommungraf/ns#> PREFIX foaf: <http://xmlns.com/foaf/0.1/>
        PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT ?name ?from ?to ?amount { ?p a kg:Project ; foaf:name|kg:shortName|skos:altLabel ?name
          OPTIONAL { ?p kg:validFrom ?from } OPTIONAL { ?p kg:validTo ?to } OPTIONAL { ?p kg:amount ?amount } }"""
    found: dict[str, set[str]] = {}
    for row in seeds_store.query(query, use_default_graph_as_union=True):
        values = {str(row[key].value) for key in ("from", "to", "amount") if row[key]}
        found.setdefault(fold(row["name"].value), set()).update(values)
    for project in wanted:
        names = [fold(project[key]) for key in ("shortName", "name") if key in project]
        assert any(name in found for name in names), project
        stated = {str(project[key]) for key in ("validFrom", "validTo", "amount") if key in project}
        assert stated <= set().union(*(found.get(name, set()) for name in names)), project
