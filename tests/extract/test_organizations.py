"""Organisations by register, by how names are built, by acronym, and bare; who publishes a document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from kommungraf.extract.context import Context
from kommungraf.extract.organizations import find_organizations
from kommungraf.extract.organizations_publisher import find_publisher
from kommungraf.extract.places import find_municipalities, find_regions
from kommungraf.model.facts import Organization

FINDERS = [find_municipalities, find_regions, find_organizations, find_publisher]

NAMES = [
    ("Skolverkets rapport", [("Skolverkets", "Skolverket")]),
    ("enligt SKR:s modell", [("SKR:s", "Sveriges Kommuner och Regioner")]),
    ("SKL blev SKR", [("SKL", "Sveriges Kommuner och Regioner"), ("SKR", "Sveriges Kommuner och Regioner")]),
    ("Länsstyrelsen i Hallands län", [("Länsstyrelsen i Hallands län", "Länsstyrelsen i Hallands län")]),
    ("Länsstyrelsen Skåne", [("Länsstyrelsen Skåne", "Länsstyrelsen i Skåne län")]),
    ("Ale Energi AB har svarat", [("Ale Energi AB", "Ale Energi AB")]),
    ("Gemensamma verken i Orsa AB har", [("Gemensamma verken i Orsa AB", "Gemensamma verken i Orsa AB")]),
    ("Kommunen investerar i Orsa AB", [("Orsa AB", "Orsa AB")]),
    ("AB Orsabostäder", [("AB Orsabostäder", "AB Orsabostäder")]),
    ("Enligt Orsa Fastigheter AB", [("Orsa Fastigheter AB", "Orsa Fastigheter AB")]),
    ("Norra Dalens kommunalförbund", [("Norra Dalens kommunalförbund", "Norra Dalens kommunalförbund")]),
    ("Samordningsförbundet Dalen", [("Samordningsförbundet Dalen", "Samordningsförbundet Dalen")]),
    ("Kommunförbundet Dalens län", [("Kommunförbundet Dalens län", "Kommunförbundet Dalens län")]),
    ("Dalens folkhögskola", [("Dalens folkhögskola", "Dalens folkhögskola")]),
    ("den nya Lokalmyndigheten svarar", [("Lokalmyndigheten", "Lokalmyndigheten")]),
    (
        "Ale Energi AB, Alebostäder AB och Ale Lokaler AB",
        [(name, name) for name in ("Ale Energi AB", "Alebostäder AB", "Ale Lokaler AB")],
    ),
    ("Dala Vatten och Avfall AB", [("Dala Vatten och Avfall AB", "Dala Vatten och Avfall AB")]),
    ("Dalsförbundet och Ale Energi AB", [("Ale Energi AB", "Ale Energi AB")]),
    ("Kvinnojouren Iris", [("Kvinnojouren Iris", "Kvinnojouren Iris")]),
    ("Dalarnas kommun och Dalarnas kommun", [("Dalarnas kommun", "Dalarnas kommun")] * 2),
    ("Nätverket och Regelverket", []),
    ("Tillsynsmyndigheten och förvaltningen", []),
    ("Orsa kommun", []),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_name(text: str, expected: list[tuple[str, str]], context: Callable[..., Context]) -> None:
    ctx = context(text, FINDERS)
    found = [
        (ctx.clean(node.evidence[0]), node.hints.get("canonical") or node.name) for node in ctx.of_type(Organization)
    ]
    assert found == expected


def test_an_acronym_that_the_text_defines_is_found_again(context: Callable[..., Context]) -> None:
    ctx = context("Dalens Hus i Orsa AB (DHAB) ägs av tre kommuner. DHAB:s hyror höjs.", FINDERS)
    first, *again = ctx.of_type(Organization)
    assert first.short_name == "DHAB"
    assert [(node.name, node.hints["canonical"]) for node in again] == [("DHAB", "Dalens Hus i Orsa AB")] * 2


def test_a_party_in_brackets_defines_no_acronym(context: Callable[..., Context]) -> None:
    ctx = context("ersättare i styrelsen för Kommunförbundet Dalens län (KD)", FINDERS)
    assert [node.short_name for node in ctx.of_type(Organization)] == [None]


BARE = [
    ("Samordningsförbundet Dalen möter kommunerna. Förbundet betalar.", "Samordningsförbundet Dalen"),
    ("Länsstyrelsen i Hallands län skrev. Länsstyrelsen beslutar.", "Länsstyrelsen i Hallands län"),
    ("Region Halland skrev. Länsstyrelsen beslutar.", "Länsstyrelsen i Hallands län"),
    ("Samordningsförbundet Dalen möter alla. I maj startade Samordningsförbundets kurs.", "Samordningsförbundet Dalen"),
]


@pytest.mark.parametrize(("text", "expected"), BARE)
def test_a_bare_mention_takes_the_name_of_what_the_document_names(
    text: str, expected: str, context: Callable[..., Context]
) -> None:
    bare = [node for node in context(text, FINDERS).of_type(Organization) if node.hints.get("bare")]
    assert [node.name for node in bare] == [expected]
    assert all(node.hints["because"] for node in bare)


@pytest.mark.parametrize(("head", "found"), [("Kommunförbundet", ["Kommunförbundet Dalen"]), ("Bolaget", [])])
def test_a_letter_in_a_bundle_means_the_federation_of_the_bundle(
    head: str, found: list[str], context: Callable[..., Context]
) -> None:
    ctx = context(f"{head} har frågat kommunen om avgiften.")
    for publisher in ("Orsa kommun", "Kommunförbundet Dalen", "Dalens Energi AB"):
        ctx.bundle.append(replace(ctx.document, publisher=publisher))
    assert [node.name for node in find_organizations(ctx)] == found


def test_an_ambiguous_bare_mention_is_one_issue_and_no_fact(context: Callable[..., Context]) -> None:
    ctx = context(
        "Samordningsförbundet Dalen och Dalens gymnasieförbund. Förbundet betalar. Förbundet sparar.", FINDERS
    )
    assert not [node for node in ctx.of_type(Organization) if node.hints.get("bare")]
    assert [issue.kind for issue in ctx.issues] == ["bare-mention"]


PUBLISHERS = [
    ("Orsa kommun", "Orsa kommun\n\nKommunstyrelsen har beslutat.", "municipality/2034"),
    ("Region Halland", "Region Halland\n\nRegionstyrelsen har beslutat.", "region/13"),
    ("Dalens Vatten", "Dalens Vatten\n\nStyrelsen har beslutat.", "mention/Organization"),
    (None, "Dalens förbund. " * 9, None),
    (None, "Kommunförbundet ska stödja. " * 6 + "Kommunförbundet Dalens län är störst.", "mention/Organization"),
]


@pytest.mark.parametrize(("publisher", "text", "expected"), PUBLISHERS)
def test_publisher(publisher: str | None, text: str, expected: str | None, context: Callable[..., Context]) -> None:
    found = context(text, FINDERS, publisher=publisher).document.publisher_id
    assert (expected is None and found is None) or (found is not None and expected is not None and expected in found)
