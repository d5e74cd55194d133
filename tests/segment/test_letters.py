# ruff: noqa: E501 (a case is a whole document: it reads better unbroken)
"""Letters, motions, authorities' decisions, notices: the parts that their labels and sentences open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kommungraf.model.parts import LogicalDocument, Part, Role

Documents = Callable[[str], list[LogicalDocument]]
Outline = Callable[[list[Part]], list[str]]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            "Tjänsteskrivelse\n\n# Taxa för bygglov\n\n## Förslag till beslut\n\nTaxan antas.\n\n## Bakgrund\n\nText.\n\n"
            "## Så räknas avgiften\n\nText.\n\n## Beslutsunderlag\n\n- Taxa\n\n## Handläggare\n\nAnna Exempel\n",
            [
                "front",
                "proposal Förslag till beslut",
                "background Bakgrund",
                "section Så räknas avgiften",
                "basis Beslutsunderlag",
                "handler Handläggare",
            ],
            id="a letter with headings",
        ),
        pytest.param(
            "Tjänsteskrivelse 2024-03-01\n\nHandläggare\nBo Påhittad\n\nTaxa för bygglov\n\nFörslag till beslut\nTaxan antas.\n",
            ["front", "proposal Förslag till beslut"],
            id="the handler in the letterhead opens no part",
        ),
        pytest.param(
            "# Motion: Fler träd\n\n## Bakgrund\n\nText.\n\n## Förslag\n\nTräd är bra.\n\n## Därför yrkar jag att:\n\n"
            "1. Träd planteras.\n2. Träd vårdas.\n\nTack för ordet och god natt till alla.\n\nAnna Exempel (MP)\n",
            [
                "front",
                "background Bakgrund",
                "background Förslag",
                "proposal Därför yrkar jag att",
                "background",
                "signatures",
            ],
            id="only the points of a motion are its proposal",
        ),
        pytest.param(
            "# Motion om fler träd\n\nTräd ger skugga och träd ger luft.\n\nMed anledning av detta yrkar Miljöpartiet\n\n"
            "att träd planteras\n\natt träd vårdas\n\nExempelby den 3 maj 2024\n\nAnna Exempel (MP)\n",
            ["front", "background", "proposal Med anledning av detta yrkar Miljöpartiet", "signatures"],
            id="a motion without labels",
        ),
        pytest.param(
            "# Interpellation om skolskjuts\n\nBussarna är sena.\n\nJag vill därför fråga kommunalrådet:\n\n1. Varför?\n\n"
            "Anna Exempel (V)\n",
            ["front", "background", "proposal", "signatures"],
            id="an interpellation asks",
        ),
        pytest.param(
            "# Ny ledamot\n\n## Beslut\n\nLänsstyrelsen i Örebro län beslutar att utse ny ledamot.\n\nKommun: Exempelköping\n\n"
            "Ny ledamot: Anna Exempel\n\n## Skäl för beslutet\n\nText.\n\n## Kopia till\n\nAnna Exempel\n\n"
            "## Hur man överklagar\n\nSkriv.\n\n### Tiden för överklagande\n\nTio dagar.\n\n"
            "## Aktuella ledamöter och ersättare\n\nText.\n\n### Ledamot\n\nExempel, Anna\n\n### Ersättare\n\nPåhittad, Bo\n",
            [
                "front",
                "decision Beslut",
                "front",
                "background Skäl för beslutet",
                "recipients Kopia till",
                "appeal Hur man överklagar",
                "attendance Aktuella ledamöter och ersättare",
                "  attendance Ledamot",
                "  attendance Ersättare",
            ],
            id="an authority's decision is its sentence, the form fields are not",
        ),
        pytest.param(
            "Kallelse till styrelsen\n\nTid: den 3 maj 2024 kl. 9\n\nPlats: Teams\n\n1. Upprop\n2. Budget\n"
            "   Föredragande: Bo Påhittad\n   Förslag till beslut: Budgeten antas.\n\n## Sändlista\n\nAnna Exempel\n",
            [
                "front",
                "meeting Tid",
                "meeting Plats",
                "agenda-item 1 Upprop",
                "agenda-item 2 Budget",
                "  handler Föredragande",
                "  proposal Förslag till beslut",
                "attendance Sändlista",
            ],
            id="a notice with its items",
        ),
        pytest.param(
            "Kallelse till styrelsen\n\nPlats: Teams\n\nNr\tÄrende\tDnr\n1\tUpprop\t\n2\tBudget\t2024/3\n",
            ["front", "meeting Plats", "agenda-item 1 Upprop", "agenda-item 2 Budget"],
            id="an agenda in a table",
        ),
    ],
)
def test_the_parts(documents: Documents, outline: Outline, content: str, expected: list[str]) -> None:
    (document,) = documents(content)
    assert outline(document.parts) == expected


def test_the_note_on_signing_belongs_to_the_signatures(documents: Documents) -> None:
    content = (
        "# Remittering av motion om träd\n\n## Beslut\n\nMotionen får ställas.\n\n## Beslutsunderlag\n\nMotion\n\n"
        "Anna Exempel (C)\nKommunfullmäktiges ordförande\n\n\n\nDetta dokument är elektroniskt signerat.\n\nOrdförande: Anna Exempel\n"
    )
    (document,) = documents(content)
    assert document.type == "tjänsteskrivelse"
    assert document.parts[-1].role is Role.SIGNATURES
