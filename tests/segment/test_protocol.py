"""Minutes: § lines, titles, labels and decisions in the ways that they are printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kommungraf.model.parts import LogicalDocument, Part, Role

Documents = Callable[[str], list[LogicalDocument]]
Outline = Callable[[list[Part]], list[str]]

HEAD = "# Sammanträdesprotokoll\n\nKommunstyrelsen 2024-05-07\n\nPlats: Kommunhuset\n\nBeslutande: Anna Exempel (S)\n\n"


@pytest.mark.parametrize(
    ("printed", "number", "title"),
    [
        ("§ 45 Bokslut 2023", 45, "Bokslut 2023"),
        ("## § 45 Bokslut 2023", 45, "Bokslut 2023"),
        ("Ks § 45 Bokslut 2023", 45, "Bokslut 2023"),
        ("Ks § 45 Au § 12 Dnr KS/2024:118\n\nBokslut 2023", 45, "Bokslut 2023"),
        ("§ 45\tDnr 2024-00123 106\n\nBokslut 2023", 45, "Bokslut 2023"),
        ("§ 45\tBokslut 2023\tKS 2024/12", 45, "Bokslut 2023"),
        ("§ 45\n\nDnr KS 2024/12\n\n### **Bokslut 2023**", 45, "Bokslut 2023"),
        ("§ 45/2024 Bokslut 2023", 45, "Bokslut 2023"),
        ("§ 45/24 Bokslut 2023", 45, "Bokslut 2023"),
        ("§§ 45–46 Bokslut 2023", 45, "Bokslut 2023"),
        ("## Ärende 3\n\n§ 45\nBokslut 2023", 45, "Bokslut 2023"),
        ("§ 45 Svar på remiss – SOU 2024:99", 45, "Svar på remiss – SOU 2024:99"),
        ("§ 45 Motion om tåg (KS 2024/12)", 45, "Motion om tåg"),
        ("45 § Bokslut 2023", 45, "Bokslut 2023"),
        ("KS/2024:12\n\n## § 45\n\n## Bokslut 2023", 45, "Bokslut 2023"),
        ("§ 45\n\nDelegationsbeslut", 45, "Delegationsbeslut"),
    ],
)
def test_an_items_number_and_title(documents: Documents, printed: str, number: int, title: str) -> None:
    content = f"{HEAD}{printed}\n\n## Beslut\n\nBokslutet godkänns.\n"
    items = list(documents(content)[0].with_role(Role.AGENDA_ITEM))
    assert [(item.number, item.title) for item in items] == [(number, title)]


def test_a_diary_number_above_its_paragraph_belongs_to_it(documents: Documents) -> None:
    below = "".join(f"KS/2024:{n}\n\n## § {n}\n\n## Ärende {n}\n\nÄrendet avslås.\n\n" for n in (5, 6, 7))
    items = list(documents(HEAD + below)[0].with_role(Role.AGENDA_ITEM))
    assert len({item.end - item.start for item in items}) == 1  # each begins with its number


def test_the_title_span_is_the_title(documents: Documents) -> None:
    document = documents(HEAD + "Ks § 45 Bokslut 2023 Dnr KS 2024/12\n\nBokslutet godkänns.\n")[0]
    item = next(document.with_role(Role.AGENDA_ITEM))
    assert item.title_span is not None
    assert item.title_span.end - item.title_span.start == len("Bokslut 2023")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param("Dagordningen fastställs.", ["decision"], id="a passive"),
        pytest.param("Nämnden tackar för informationen.", ["decision"], id="a body does something"),
        pytest.param("Anna Exempel (S) väljs till ordförande.", ["decision"], id="an election"),
        pytest.param("Kommunchefen informerar om läget.", ["body"], id="information"),
        pytest.param("Rapporten ger en god bild av läget.", ["body"], id="a verb of deciding that decides nothing"),
        pytest.param(
            "Chefen informerar.\n\nStyrelsen beslutar\n\natt godkänna.",
            ["body", "decision Styrelsen beslutar"],
            id="text, then a sentence that opens the points",
        ),
        pytest.param(
            "*Föredragande: Bo Påhittad*\n\nInga frågor.", ["handler Föredragande", "body"], id="presenter on one line"
        ),
        pytest.param("**Beslut:** Motionen avslås.", ["decision Beslut"], id="label and text on one line"),
        pytest.param(
            "Beslut\nMotionen avslås.\n\nParagrafen är omedelbart justerad.",
            ["decision Beslut", "signatures"],
            id="adjusted at once",
        ),
        pytest.param(
            "## Utskottets förslag till beslut\n\nKommunstyrelsen beslutar\n\natt avslå.\n\n"
            "## Kommunstyrelsens beslut\n\nKommunstyrelsen föreslår kommunfullmäktige besluta\n\natt avslå.",
            ["proposal Utskottets förslag till beslut", "decision Kommunstyrelsens beslut"],
            id="a proposal's sentence is no decision, a decision's no proposal",
        ),
        pytest.param(
            "Nämnden har fått en ansökan.\n\nEfter ställd proposition beslutar kommunstyrelsen\n\natt avslå ansökan.",
            ["body", "decision"],
            id="the body after its verb",
        ),
        pytest.param(
            "**Beslut**\n\nFörslag till kommunfullmäktige\n\n1. Planen godkänns.",
            ["decision Beslut"],
            id="what is proposed to another body is this body's decision",
        ),
        pytest.param(
            "## Förvaltningens beslut\n\nAtt föreslå.\n\n## Kommunstyrelsens beslut\n\nAtt avslå.",
            ["background Förvaltningens beslut", "decision Kommunstyrelsens beslut"],
            id="another body's decision is background",
        ),
        pytest.param(
            "## Beslutsunderlag\n\nArbetsutskottets beslut § 12\n\nStyrelse reglemente förslag\n\n"
            "## Beslut\n\nAtt avslå.",
            ["basis Beslutsunderlag", "decision Beslut"],
            id="papers are no labels",
        ),
        pytest.param(
            "Sammanfattning\nText.\n\nYrkanden\nBo yrkar bifall.\n\nPropositionsordning\nOrdföranden frågar.\n\n"
            "Votering\n3 ja, 2 nej.\n\n"
            "Beslut\nMotionen bifalls.\n\nReservationer\nBo reserverar sig.\n\nJäv\nBo deltar inte.\n\n"
            "Expedieras till\nBo",
            [
                "background Sammanfattning",
                "proposal Yrkanden",
                "procedure Propositionsordning",
                "vote Votering",
                "decision Beslut",
                "reservation Reservationer",
                "recusal Jäv",
                "recipients Expedieras till",
            ],
            id="plain labels alone on their lines",
        ),
    ],
)
def test_the_parts_of_an_item(documents: Documents, outline: Outline, body: str, expected: list[str]) -> None:
    item = next(documents(f"{HEAD}§ 45 Ett ärende\n\n{body}\n")[0].with_role(Role.AGENDA_ITEM))
    assert outline(item.children) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param(
            "Beslutande\nAnna Exempel (S)\n\nErsättare (2)\nBo Påhittad",
            ["attendance Beslutande", "attendance Ersättare (2)"],
            id="labels above lists",
        ),
        pytest.param(
            "**Plats och tid:** Salen\n\n**Ej tjänstgörande ersättare:**\nBo",
            ["meeting Plats och tid", "attendance Ej tjänstgörande ersättare"],
            id="bold labels",
        ),
        pytest.param(
            "Organ\tSocialnämnden\nBeslutande\tAnna\n\tBo\nÖvriga\tCecilia",
            ["meeting Organ", "attendance Beslutande", "attendance Övriga"],
            id="a table of two columns",
        ),
        pytest.param(
            "Utses att justera Bo Påhittad (M)\n\nÖvriga närvarande Cecilia Prov",
            ["meeting Utses att justera", "attendance Övriga närvarande"],
            id="label and value side by side",
        ),
        pytest.param(
            "Närvarande, ej tjänstgörande ersättare\n\nBo Påhittad",
            ["attendance Närvarande, ej tjänstgörande ersättare"],
            id="a comma in the label",
        ),
        pytest.param(
            "Underskrifter\nSekreterare Bo\nOrdförande Anna\n\nAnslag/Bevis\nOrgan\tNämnden",
            ["signatures Underskrifter", "signatures Anslag/Bevis"],
            id="names to be signed are no attendance",
        ),
    ],
)
def test_the_head_of_minutes(documents: Documents, outline: Outline, head: str, expected: list[str]) -> None:
    document = documents(f"# Protokoll\n\n{head}\n\n§ 1 Upprop\n\nUpprop förrättas.\n\n§ 2 Val\n\nBo väljs.\n")[0]
    parts = [part for part in document.parts if part.role not in (Role.FRONT, Role.AGENDA_ITEM)]
    assert outline(parts) == expected


def test_what_follows_the_last_item_are_signatures(documents: Documents) -> None:
    content = (
        HEAD
        + "§ 1 Avslutning\n\nOrdföranden avslutar mötet.\n\nAnna Exempel (S), ordförande\n\nBo Påhittad, sekreterare\n"
    )
    assert [part.role for part in documents(content)[0].parts][-2:] == [Role.AGENDA_ITEM, Role.SIGNATURES]


@pytest.mark.parametrize(
    ("signed", "why"),
    [
        ("Anna Exempel (S)\tordförande\nBo Påhittad\tsekreterare\n", "roles beside names"),
        ("Anna Exempel (S), ordförande\tCia Uppdiktad (M), justerare\n", "signatures side by side"),
    ],
)
def test_signatures_in_columns(documents: Documents, signed: str, why: str) -> None:
    content = HEAD + f"§ 1 Avslutning\n\nOrdföranden avslutar mötet.\n\n{signed}\nProtokollet är digitalt justerat.\n"
    last = documents(content)[0].parts[-1]
    assert last.role is Role.SIGNATURES, why
    assert last.end - last.start > len(signed), why


def test_what_the_minutes_hold_is_no_item(documents: Documents) -> None:
    head = "PROTOKOLL\n\nRegionstyrelsen §§ 1-21\nTid: 2024-05-07, kl 13:00\nPlats: Salen\n\n"
    content = head + "§ 5 Motion\n\nMotionen avslås.\n"
    assert [item.number for item in documents(content)[0].with_role(Role.AGENDA_ITEM)] == [5]


def test_a_table_of_contents_has_no_items(documents: Documents) -> None:
    content = (
        HEAD
        + "## Ärendelista\n\n§ 1 Upprop .... 2\n§ 2 Val .... 3\n\n"
        + "## § 1 Upprop\n\nUpprop förrättas.\n\n## § 2 Val\n\nBo väljs.\n"
    )
    assert [item.number for item in documents(content)[0].with_role(Role.AGENDA_ITEM)] == [1, 2]


def test_an_item_that_goes_on_over_the_page_is_one(documents: Documents) -> None:
    content = HEAD + "§ 1 Upprop\n\nUpprop.\n\n\n\n§ 1 forts.\n\nMer om uppropet.\n\n§ 2 Val\n\nBo väljs.\n"
    assert [item.number for item in documents(content)[0].with_role(Role.AGENDA_ITEM)] == [1, 2]
