"""Governing bodies: forms, compounds, parts of bodies, misread words, and whose they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kommungraf.extract.bodies import find_bodies
from kommungraf.extract.bodies_names import body_names
from kommungraf.extract.context import Context
from kommungraf.extract.organizations import find_organizations
from kommungraf.extract.organizations_publisher import find_publisher
from kommungraf.extract.places import find_municipalities, find_regions
from kommungraf.model.facts import GoverningBody

FINDERS = [find_municipalities, find_regions, find_organizations, find_publisher, find_bodies]

WORDS = [
    ("Kommunstyrelsens beslut", [("Kommunstyrelsens", "kommunstyrelsen")]),
    ("KOMMUNFULLMÄKTIGE", [("KOMMUNFULLMÄKTIGE", "kommunfullmäktige")]),
    ("Kommunfullmäktiges ordförande", [("Kommunfullmäktiges", "kommunfullmäktige")]),
    ("barn- och utbildningsnämndens synpunkter", [("barn- och utbildningsnämndens", "barn- och utbildningsnämnden")]),
    (
        "Bygg-, miljö- och hälsoskyddsnämnden",
        [("Bygg-, miljö- och hälsoskyddsnämnden", "bygg-, miljö- och hälsoskyddsnämnden")],
    ),
    ("tekniska nämnden", [("tekniska nämnden", "tekniska nämnden")]),
    ("Kommunstyrelsens arbetsutskott", [("Kommunstyrelsens arbetsutskott", "kommunstyrelsens arbetsutskott")]),
    ("Gemensam nämnd för familjerätt", [("Gemensam nämnd för familjerätt", "gemensamma nämnden för familjerätt")]),
    ("Kommunerna bildar en gemensam nämnd för hjälpmedel.", []),
    ("Socialutskottets sammanträde", [("Socialutskottets", "socialutskottet")]),
    ("socialnämndens arbetsutskotts protokoll", [("socialnämndens arbetsutskotts", "socialnämndens arbetsutskott")]),
    ("kommunfullmäktiges presidium", [("kommunfullmäktiges presidium", "kommunfullmäktiges presidium")]),
    ("Vård och omsorgsnämnden", [("Vård och omsorgsnämnden", "vård- och omsorgsnämnden")]),
    (
        "Nämnden för arbetsmarknad och vuxenutbildning",
        [("Nämnden för arbetsmarknad och vuxenutbildning", "nämnden för arbetsmarknad och vuxenutbildning")],
    ),
    ("kommunala pensionärsrådet", [("kommunala pensionärsrådet", "kommunala pensionärsrådet")]),
    ("Socialutskottet", [("Socialutskottet", "socialutskottet")]),
    ("nämnden för beslut", [("nämnden", "nämnden")]),
    ("förbundsmötet", [("förbundsmötet", "förbundsmötet")]),
    ("förbundsmöten hålls varje år", []),
    ("en ny kommunstyrelse", []),
    ("nämnderna och styrelserna", []),
    ("Hyresnämnden och Socialstyrelsen", []),
    ("ovan nämnd plan, som benämnd", []),
    ("styrelseledamot i nämndhuset", []),
    ("Förbundsmötte", [("Förbundsmötte", "förbundsmötet")]),  # one letter too many
    ("Kommun styrelsen", [("Kommun styrelsen", "kommunstyrelsen")]),  # a compound torn apart
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_words_that_name_a_body(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[name.start : name.end], name.name) for name in body_names(text)] == expected


OWNERS = [
    ("Kommunfullmäktige i Orsa har beslutat.", None, "kommunfullmäktige", "Orsa kommun"),
    ("Hjo kommuns kommunstyrelse", None, "kommunstyrelsen", "Hjo kommun"),
    ("Kommunstyrelsen beslutar.", "Orsa kommun", "kommunstyrelsen", "Orsa kommun"),
    ("Socialnämnden i Hjo kommun beslutar.", "Orsa kommun", "socialnämnden", "Hjo kommun"),
    ("Regionfullmäktige i Region Halland", None, "regionfullmäktige", "Region Halland"),
    ("Kommunförbundet Dalens län. Kommunförbundets styrelse möts.", None, "styrelsen", "Kommunförbundet Dalens län"),
    ("styrelsen för Kommunförbundet Dalens län", None, "styrelsen", "Kommunförbundet Dalens län"),
    ("Plats: Kommunhuset, Orsa\n\nKommunstyrelsen beslutar.", None, "kommunstyrelsen", "Orsa kommun"),
    ("Styrelsen beslutar.", "Ale Energi AB", "styrelsen", "Ale Energi AB"),
]


@pytest.mark.parametrize(("text", "publisher", "name", "owner"), OWNERS)
def test_whose_body_it_is(
    text: str, publisher: str | None, name: str, owner: str, context: Callable[..., Context]
) -> None:
    text = f"{publisher}\n\n{text}" if publisher else text
    bodies = context(text, FINDERS, publisher=publisher).of_type(GoverningBody)
    assert [(body.name, body.hints["organization"]) for body in bodies] == [(name, owner)]
    assert bodies[0].hints["because"]
    assert bodies[0].unit_of


BARE = [
    ("Orsa kommun", "Miljönämnden möttes. Nämnden beslutade.", ["miljönämnden", "miljönämnden"]),
    ("Orsa kommun", "Miljönämnden och socialnämnden möttes. Nämnden beslutade.", ["miljönämnden", "socialnämnden"]),
    ("Orsa kommun", "Styrelsen beslutade.", []),  # a municipality's board is called kommunstyrelsen
    (None, "Styrelsen beslutade.", []),
]


@pytest.mark.parametrize(("publisher", "text", "expected"), BARE)
def test_a_bare_body_is_one_only_where_it_is_clear(
    publisher: str | None, text: str, expected: list[str], context: Callable[..., Context]
) -> None:
    text = f"{publisher}\n\n{text}" if publisher else text
    bodies = context(text, FINDERS, publisher=publisher).of_type(GoverningBody)
    assert [body.name for body in bodies] == expected


def test_a_misread_state_board_is_no_body(context: Callable[..., Context]) -> None:
    text = "Orsa kommun\n\nDu kan överklaga till Valprövningsnämnden. Adress: Valprovsnämnden."
    ctx = context(text, FINDERS, publisher="Orsa kommun")
    assert ctx.of_type(GoverningBody) == []
    assert [issue.kind for issue in ctx.issues] == ["spelling"]
