"""Where documents begin in a bundle, and the headings that look like a beginning and are none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kommungraf.errors import Issue
from kommungraf.model.parts import LogicalDocument

Documents = Callable[[str], list[LogicalDocument]]

MINUTES = """# Protokoll

Socialnämnden 2024-03-05

Plats: Kommunhuset

Beslutande: Anna Exempel (S), Bo Påhittad (M)

§ 12 Upprop

Upprop förrättas.

"""
PLAN = """# Verksamhetsplan 2025

## Innehåll

Inledning ..... 2
Budget 2025 ..... 9
Policy för resor ..... 11

## Inledning

Text om året som kommer.

"""
LETTER = """2024-04-11

Tjänsteskrivelse
Kommunstyrelsen

# Verksamhetsplan 2025

## Förslag till beslut

Planen fastställs.

## Handläggare

Anna Exempel

anna@exempel.example



"""

PAPER = """# Motion om gratis busskort för {whom}

Vi föreslår att kommunfullmäktige beslutar

1. att införa gratis busskort för {whom}.

Vikbo den 3 januari 2022

{signed}

"""
NOTICE = """# Kallelse till kommunfullmäktige

Kommunfullmäktige sammanträder måndagen den 24 januari 2022 kl. 18.00.

1. Anmälan av motion om gratis busskort

"""

CASES = [
    pytest.param(
        NOTICE + PAPER.format(whom="unga", signed="Lars Exempel (V)") + PAPER.format(whom="äldre", signed="Eva Ek (C)"),
        ["kallelse", "motion", "motion"],
        id="papers that members have signed follow a notice on its page",
    ),
    pytest.param(
        MINUTES + "§ 13\n\n## Motion om fler cykelvägar\n\n### Beslut\n\nMotionen avslås.\n",
        ["protokoll"],
        id="an agenda item's title names a motion",
    ),
    pytest.param(
        MINUTES + "§ 13 Planer\n\n### Beslutsunderlag\n\nVerksamhetsplan 2025\n\nReglemente för nämnden\n",
        ["protokoll"],
        id="papers in a list of papers",
    ),
    pytest.param(
        PLAN + "\n\n\n# Budget 2025\n\nIntäkter\t100\nKostnader\t90\n\n\n\n# Policy för resor\n\nVi reser med tåg.\n",
        ["verksamhetsplan"],
        id="chapters that the table of contents names",
    ),
    pytest.param(
        "# Verksamhetsberättelse 2023\n\n\n\nExempelköpings kommun\n\n## Innehåll\n\nA ..... 1\nB ..... 2\n\n"
        "# Verksamhetsberättelse 2023\n\nUnder året har mycket hänt.\n",
        ["verksamhetsberättelse"],
        id="the title is repeated after cover and contents",
    ),
    pytest.param(
        LETTER + "# Verksamhetsplan 2025\n\n## Inledning\n\nText.\n",
        ["tjänsteskrivelse", "verksamhetsplan"],
        id="a letter has the title of the plan that it brings",
    ),
    pytest.param(
        "# Motion: Fler träd\n\nVi yrkar att fler träd planteras.\n\nAnna Exempel (MP)\n\n\n\n"
        "# Motion om fler träd\n\n## Beslut\n\nMotionen får ställas.\n\nMotionen remitteras till kommunstyrelsen.\n\n"
        "## Ärendet\n\nAnna Exempel (MP) har lämnat en motion.\n",
        ["motion", "tjänsteskrivelse"],
        id="the chair's referral bears the motion's title",
    ),
    pytest.param(
        "# Ny ledamot i kommunfullmäktige\n\n## Beslut\n\nLänsstyrelsen i Kronobergs län "
        "beslutar att utse ny ledamot.\n\n"
        "## Kopia till\n\nAnna Exempel\n\n\n\n## Du kan överklaga beslutet\n\nSkriv till Valprövningsnämnden.\n\n\n\n"
        "## Aktuella ledamöter och ersättare\n\nExempel, Anna\n",
        ["myndighetsbeslut"],
        id="appeal and list of members belong to the authority's decision",
    ),
    pytest.param(
        "# Årsredovisning\n\n## Räkenskapsåret 2023\n\nStyrelsen avger årsredovisning.\n\n## Noter\n\nNot 1\n\n"
        "Anna Exempel\nOrdförande\n\n\n\n# UNDERSKRIFTSSIDA\n\nDetta dokument har undertecknats elektroniskt:\n\n"
        "NAMN: ANNA EXEMPEL\nIDENTIFIKATIONSTYP: Svensk e-legitimation\n\n\n\n# Verksamhetsberättelse 2023\n\nText.\n",
        ["årsredovisning", "underskriftssida", "verksamhetsberättelse"],
        id="after a page of signatures another document begins",
    ),
    pytest.param(
        "# Verksamhetsplan 2025\n\n## Förord\n\nDet blir ett bra år.\n\nAnna Exempel\nOrdförande\n\n\n\n"
        "# Strategi för läsning\n\nInledning och mål.\n\n# Budget 2025\n\nIntäkter\t100\n",
        ["verksamhetsplan"],
        id="the signed preface of a plan is not its end",
    ),
    pytest.param(
        MINUTES + "Bo Påhittad (M) yrkar bifall\n\n\n\n## Motion om fler cykelvägar\n\n§ 13\n\nMotionen avslås.\n",
        ["protokoll"],
        id="an item whose title stands above its §",
    ),
    pytest.param(
        LETTER + "# Taxeringsunderlag för småhus\n\nUnderlaget visar värdena.\n",
        ["tjänsteskrivelse", "övrigt"],
        id="an attachment of no known type at the top of a page",
    ),
    pytest.param(
        "Kallelse\nSocialnämnden\n\nTid: den 5 mars 2024 kl. 13.00\n\nDagordning\n\n1. Upprop\n2. Budget\n\n\n\n"
        "Tjänsteskrivelse 1(2)\n2024-02-20\n\nBudgetuppföljning\n\nFörslag till beslut\n\n"
        "Uppföljningen godkänns.\n\n\n\n"
        "Tjänsteskrivelse 2(2)\n2024-02-20\n\nBeslutsunderlag\n\nPrognos\n",
        ["kallelse", "tjänsteskrivelse"],
        id="the second page of a letter repeats its letterhead",
    ),
    pytest.param(
        "Kommunstyrelsens arbetsutskott\n\nSAMMANTRÄDESPROTOKOLL\n\nSammanträdesdatum\n2024-03-05\n\n"
        "Plats och tid Kommunhuset\n\nBeslutande\n\nAnna Exempel (S)\n\n2(8)\n\nKommunstyrelsens arbetsutskott\n\n"
        "**Ärendelista**\n\n§ 26 Information... 3\n\n§ 27 Budget... 4\n\n"
        "Kommunstyrelsens arbetsutskott\n\n**§ 26**\n\n"
        "**Information**\n\nChefen informerar.\n\n**§ 27**\n\n**Budget**\n\nBudgeten godkänns.\n",
        ["protokoll"],
        id="the minutes' own list of items below the running head of its page",
    ),
    pytest.param(
        "Länsstyrelsen Kronobergs län\n\nBESLUT\t1 (2)\n\nDatum 2024-03-25\tDnr 201-14-2024\n\n"
        "# Ny ledamot i kommunfullmäktige\n\n## Beslut\n\nLänsstyrelsen utser Anna Exempel till ny ledamot.\n",
        ["myndighetsbeslut"],
        id="the word Beslut with a page number in an authority's letterhead",
    ),
    pytest.param(
        "PROTOKOLLSUTDRAG\n\nKommunstyrelsen\n\nSammanträdesdatum\n2024-03-05\n\n**§ 78**\n\n**Reglemente**\n\n"
        "**Beslut**\n\nReglementet antas.\n\nJusterandes sign\tUtdragsbestyrkande\n\n\n\n\n"
        "# Reglemente för valnämnden\n\n## § 1 Uppdrag\n\nNämnden har hand om val.\n",
        ["protokoll", "reglemente"],
        id="what an extract of minutes adopts is attached to it",
    ),
    pytest.param(
        "Exempelby kommun\n\n**ORDFÖRANDEBESLUT**\n\n2023-08-14\n\n# Yttrande över en ansökan\n\n## Beslut\n\n"
        "Ordföranden beslutar att anta yttrandet.\n",
        ["övrigt"],
        id="a chair's decision about a statement is no letter",
    ),
    pytest.param(
        "# Överenskommelse om samverkan\n\nParterna samverkar.\n\n## Underskrifter\n\nFör Exempelby kommun\n\n"
        "Anna Exempel\nKommunalråd\n\n\n\n\nSignatursida\n\nFöljande handlingar har undertecknats\n\n"
        "Namn: ANNA EXEMPEL\nIdentifikationstyp: Svenskt BankID\nUndertecknat 2023-12-18 10:12\n",
        ["överenskommelse", "underskriftssida"],
        id="where people sign, and the page of the signing service after it",
    ),
    pytest.param(
        "Kallelse\nSocialnämnden\n\nTid: den 5 mars 2024 kl. 13.00\n\nDagordning\n\n1. Upprop\n2. Budget\n\n\n\n\n"
        "Socialförvaltningen\n\n2024-02-28\n\nSN 2024/12\n\n# Budget\n\n## Förslag till beslut\n\nBudgeten godkänns.\n",
        ["kallelse", "tjänsteskrivelse"],
        id="a letter whose letterhead does not say that it is one",
    ),
    pytest.param(
        "Centerpartiet i Exempelby\n\nMotion till kommunfullmäktige\n\n# Inför skolfrukost\n\nCenterpartiet yrkar:\n\n"
        "- Att skolfrukost införs.\n\nAnna Exempel (C)\n",
        ["motion"],
        id="a motion on a party's paper",
    ),
]


@pytest.mark.parametrize(("content", "types"), CASES)
def test_documents_of_a_file(documents: Documents, content: str, types: list[str]) -> None:
    assert [document.type for document in documents(content)] == types


@pytest.mark.parametrize(
    ("opening", "kind"),
    [
        ("PROTOKOLLSUTDRAG\nKommunstyrelsen", "protokoll"),
        ("# Direktionens protokoll 31 maj 2024", "protokoll"),
        ("# Protokoll 12 2024-05-31", "protokoll"),
        ("Tjänsteutlåtande\n2024-01-01", "tjänsteskrivelse"),
        ("Medborgarförslag om en hundrastgård", "medborgarförslag"),
        ("Interpellation till kommunalrådet om skolskjuts", "interpellation"),
        ("# Mål och budget 2025", "budget"),
        ("# Reglemente för revisorerna", "reglemente"),
        ("# Arbetsordning för kommunfullmäktige", "reglemente"),
        ("# Överenskommelse om samverkan", "överenskommelse"),
        ("# Energistrategi för kommunen", "strategi"),
        ("# Resepolicy", "strategi"),
        ("# Delårsrapport 2024", "verksamhetsberättelse"),
        ("# Inbjudan till fest", "övrigt"),
    ],
)
def test_the_type_of_a_file(documents: Documents, opening: str, kind: str) -> None:
    assert (
        documents(opening + "\n\nHär följer text om saken som är lång nog för att inte vara en rubrik alls.\n")[0].type
        == kind
    )


def test_every_document_says_why_it_was_cut(documents: Documents) -> None:
    first, second = documents(LETTER + "# Reglemente för valnämnden\n\n## 1 § Uppgifter\n\nNämnden håller val.\n")
    assert "Tjänsteskrivelse" in first.because
    assert "the document before it had ended" in second.because


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        ("# Inbjudan till fest\n\nVälkommen!\n", "unknown-type"),
        ("# Protokoll\n\nSocialnämnden\n\nPlats: Kommunhuset\n\nBeslutande: Anna Exempel\n", "no-items"),
    ],
)
def test_what_is_unclear_is_told(issues: Callable[[str], list[Issue]], content: str, kind: str) -> None:
    assert [issue.kind for issue in issues(content)] == [kind]
