"""When a place name is the municipality, when it is something that bears its name, and the register behind it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kommungraf.extract.context import Context
from kommungraf.extract.places import find_municipalities, find_regions
from kommungraf.extract.places_reference import counties, municipalities
from kommungraf.model.facts import Municipality, Region

COUNTY_CODES = {f"{code:02}" for code in (1, *range(3, 11), *range(12, 15), *range(17, 26))}

MUNICIPALITIES = [
    ("Orsa kommun har yttrat sig.", ["Orsa"], "followed by kommun"),
    ("Hjo kommuns yttrande", ["Hjo"], "kommun in the genitive"),
    ("Mariestads och Skövdes yttranden har kommit.", ["Mariestads", "Skövdes"], "what belongs to each of a list"),
    ("Åstorps kommun", ["Åstorps"], "the name in the genitive; the s is part of the mention"),
    ("Borås Stad och Malmö stad", ["Borås", "Malmö"], "those that call themselves stad"),
    ("Falu kommun", ["Falu"], "the form that the municipality of Falun uses"),
    ("HÄRRYDA KOMMUN", ["HÄRRYDA"], "letterhead in capitals"),
    ("Kommunfullmäktige i Tranås har beslutat", ["Tranås"], "a body in it"),
    ("kommunalråd i Ystad", ["Ystad"], "an office in it"),
    ("Anna Ek (S), Kumla", ["Kumla"], "a representative's municipality"),
    ("Kommun: Strömstad", ["Strömstad"], "a form field"),
    ("kommunerna Tierp, Heby och Knivsta", ["Tierp", "Heby", "Knivsta"], "a list that is said to be of municipalities"),
    ("samverkan mellan Tierp, Heby och Knivsta", ["Tierp", "Heby", "Knivsta"], "three names in a list"),
    ("avtalet mellan Mora, Orsa och Rättviks kommuner", ["Mora", "Orsa", "Rättviks"], "a list that ends in kommuner"),
    ("Alla kommuner i länet deltar utom Laholm.", ["Laholm"], "an exception among municipalities"),
    ("Tierps nominering", ["Tierps"], "what a municipality owns"),
    ("Tierp har tagit fram en modell.", ["Tierp"], "a subject that acts"),
    ("Därefter presenterade Tierp sitt arbete.", ["Tierp"], "a subject after its verb"),
    ("Konferensen hölls i Tierp den 5 maj.", [], "a place where something is held"),
    ("Uppsala län", [], "a county"),
    ("Uppsala och Gävleborgs län", [], "two counties"),
    ("Länsstyrelsen i Uppsala län", [], "the county administrative board"),
    ("Region Uppsala", [], "the region"),
    ("751 86 Uppsala", [], "an address"),
    ("Tierps kommun. Besöksadress: Storgatan 7, Tierp.", ["Tierps"], "a street address"),
    ("Uppsala Energi AB", [], "a company"),
    ("Campus Varberg", [], "another name that ends in it"),
    ("matchen i Tierps sporthall", [], "a building"),
    ("Nora Berg", [], "a person's name"),
    ("Vara kommunernas röst i frågan", [], "a verb that begins a sentence"),
    ("E18 mellan Tierp, Heby och Knivsta ska byggas om", [], "places along a road"),
    ("I Kil, Grums och Sunne byggs nytt.", ["Kil", "Grums", "Sunne"], "a list after a capital preposition"),
    ("Göteborgs Stads Leasing AB", [], "a city's company"),
    ("Vara har valt att stå utanför.", ["Vara"], "a subject that has done something, though the name is a verb too"),
    ("bussarna på sträckan Tierp, Heby och Knivsta", [], "stops on a road"),
]


@pytest.mark.parametrize(("text", "expected", "why"), MUNICIPALITIES, ids=[case[2] for case in MUNICIPALITIES])
def test_municipality(
    text: str, expected: list[str], why: str, context: Callable[..., Context], printed: Callable[..., list[str]]
) -> None:
    assert printed(context(text, [find_municipalities]), Municipality) == expected, why


def test_a_column_of_municipalities_is_one(context: Callable[..., Context], printed: Callable[..., list[str]]) -> None:
    table = "Kommun\tOmbud\nTierp\tAnna Ek\nHeby\tBo Al\nKnivsta\tEva Ask\n"
    assert printed(context(table, [find_municipalities]), Municipality) == ["Tierp", "Heby", "Knivsta"]


def test_a_misread_name_in_a_list_is_read_with_an_issue(context: Callable[..., Context]) -> None:
    ctx = context("Deltagande kommuner är Tierp, Heby, Enköbing, Knivsta och Håbo.", [find_municipalities])
    assert {node.name for node in ctx.of_type(Municipality)} == {"Tierp", "Heby", "Enköping", "Knivsta", "Håbo"}
    assert [issue.kind for issue in ctx.issues] == ["spelling"]


def test_kommunen_is_the_publisher(context: Callable[..., Context], printed: Callable[..., list[str]]) -> None:
    ctx = context("Kommunen ska spara. Tierps kommun gör likadant.", [find_municipalities], publisher="Orsa kommun")
    assert [(node.name, bool(node.hints.get("because"))) for node in ctx.of_type(Municipality)] == [
        ("Orsa", True),
        ("Tierp", False),
    ]


REGIONS = [
    ("Region Örebro län har svarat.", ["Region Örebro län"]),
    ("Västra Götalandsregionens beslut", ["Västra Götalandsregionens"]),
    ("Region Skånes förslag", ["Region Skånes"]),
    ("Örebro läns landsting", ["Örebro läns landsting"]),
    ("Region Gotland", ["Region Gotland"]),
    ("Region Halland och kommunerna. Regionen ansvarar.", ["Region Halland", "Regionen"]),
    ("Region Halland och Region Skåne. Regionen ansvarar.", ["Region Halland", "Region Skåne"]),
    ("Region Halland finns i hela regionen.", ["Region Halland"]),
]


@pytest.mark.parametrize(("text", "expected"), REGIONS)
def test_region(
    text: str, expected: list[str], context: Callable[..., Context], printed: Callable[..., list[str]]
) -> None:
    assert printed(context(text, [find_regions]), Region) == expected


def test_the_register_is_whole() -> None:
    """290 municipalities and 21 counties; a municipality's code begins with its county's (SCB)."""
    codes = municipalities()
    assert len(codes) == 290
    assert len({entry.name for entry in codes.values()}) == 290
    assert counties().keys() == COUNTY_CODES == {code[:2] for code in codes}
    assert all(len(code) == 4 and code.isdigit() for code in codes)
    assert codes["0980"].name == "Gotland"
    assert codes["0180"].name == "Stockholm"
    assert codes["2584"].name == "Kiruna"
    assert counties()["14"].regions[0] == "Västra Götalandsregionen"
    assert counties()["08"].board == "Länsstyrelsen i Kalmar län"


@pytest.mark.parametrize(
    ("prefix", "count"),
    [
        ("01", 26),
        ("03", 8),
        ("05", 13),
        ("08", 12),
        ("09", 1),
        ("10", 5),
        ("12", 33),
        ("13", 6),
        ("14", 49),
        ("25", 14),
    ],
)
def test_municipalities_of_a_county(prefix: str, count: int) -> None:
    assert sum(code.startswith(prefix) for code in municipalities()) == count
