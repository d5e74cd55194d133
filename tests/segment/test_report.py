# ruff: noqa: E501 (a case is a whole document: it reads better unbroken)
"""Reports, plans and strategies: areas, focus areas, goals, activities, results, money."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kommungraf.model.parts import LogicalDocument, Part, Role

Documents = Callable[[str], list[LogicalDocument]]
Outline = Callable[[list[Part]], list[str]]
PROSE = "Här berättas om arbetet under året, som har gått enligt planen i de flesta delar."

CASES = [
    pytest.param(
        f"# Verksamhetsberättelse 2025\n\n## Uppföljning av nämndens mål\n\n### Mål 1: Fler läser\n\n{PROSE}\n\n"
        f"### Mål 2: Fler räknar\n\n{PROSE}\n",
        ["front", "results Uppföljning av nämndens mål", "  results Mål 1: Fler läser", "  results Mål 2: Fler räknar"],
        id="below a goal a report tells how it went",
    ),
    pytest.param(
        f"# Verksamhetsplan 2025\n\n## Skola\n\n{PROSE}\n\n### Fokusområde 1: Läsning\n\n#### Mål\n\nAlla läser.\n\n"
        f"#### Aktiviteter\n\n- Köp böcker.\n\n## Fokusområde 2: Räkning\n\n### Mål\n\nAlla räknar.\n\n## Personal\n\n{PROSE}\n",
        [
            "front",
            "area Skola",
            "  focus Fokusområde 1: Läsning",
            "    goals Mål",
            "    activities Aktiviteter",
            "  focus Fokusområde 2: Räkning",
            "    goals Mål",
            "section Personal",
        ],
        id="focus areas by name, whatever the level of their heading",
    ),
    pytest.param(
        f"# Verksamhetsplan 2025\n\n## Inledning\n\n{PROSE}\n\n## Vård\n\n### Läget\n\n{PROSE}\n\n## Fokusområden\n\n"
        f"### *Äldre*\n\nVi stödjer kommunerna genom att\n\n- bygga\n- lära\n\n{PROSE}\n\n### *Unga*\n\n{PROSE}\n",
        [
            "front",
            "section Inledning",
            "area Vård",
            "  section Läget",
            "  focus Äldre",
            "    activities",
            "    body",
            "  focus Unga",
        ],
        id="headings below “Fokusområden”, and a list that a sentence leads in",
    ),
    pytest.param(
        f"# Verksamhetsberättelse 2025\n\n## Skola\n\n### Fokusområde 1: Läsning\n\n{PROSE}\n\n### Resultat\n\n{PROSE}\n\n"
        f"## **Köpa böcker**\n\n{PROSE}\n\n**Läsa böcker i alla skolor.**\n\n{PROSE}\n",
        [
            "front",
            "area Skola",
            "  focus Fokusområde 1: Läsning",
            "    results Resultat",
            "      results Köpa böcker",
            "      results Läsa böcker i alla skolor.",
        ],
        id="below “Resultat” each heading is an activity again",
    ),
    pytest.param(
        f"Verksamhetsberättelse 2025\n\nInnehåll\n\nInledning\t2\nSkola\t3\nLäsning\t3\nRäkning\t4\n\nInledning\n\n{PROSE}\n\n"
        f"Skola\n\nLäsning\n\nKöpa böcker till alla skolor i länet\n\n{PROSE}\n\nRäkning\n\nLära ut räkning\n\n{PROSE}\n",
        [
            "front",
            "contents Innehåll",
            "section Inledning",
            "area Skola",
            "  focus Läsning",
            "    results Köpa böcker till alla skolor i länet",
            "  focus Räkning",
            "    results Lära ut räkning",
        ],
        id="nothing marked up: the table of contents tells chapters from activities",
    ),
    pytest.param(
        "Verksamhetsberättelse 2025\n\nUppdrag 1\n\nFörbundet ska ordna möten.\n\nUppföljning av aktiviteter\n\n"
        "Ordna forum för kommunerna.\n\n- Fem forum ordnades.\n\nBjuda in till möten.\n\nHålla kurser.\n\n- Två kurser hölls.\n",
        [
            "front",
            "focus Uppdrag 1",
            "  results Uppföljning av aktiviteter",
            "    results Ordna forum för kommunerna.",
            "    results Bjuda in till möten.",
            "    results Hålla kurser.",
        ],
        id="activities repeated as sentences over lists",
    ),
    pytest.param(
        f"# Årsredovisning 2025\n\n## Förvaltningsberättelse\n\n{PROSE}\n\n## Resultat och ställning\n\n### Flerårsöversikt\n\n"
        "Post\t2025\nIntäkter\t10\n\n### Definitioner\n\nSoliditet är en andel.\n\n"
        "**Resultaträkning**\t**2025**\nIntäkter\t10\n\n## Noter\n\n### Not 1 Principer\n\n#### Leasing\n\nText om leasing.\n",
        [
            "front",
            "section Förvaltningsberättelse",
            "accounts Resultat och ställning",
            "  accounts Flerårsöversikt",
            "  accounts Definitioner",
            "accounts Resultaträkning",
            "accounts Noter",
            "  accounts Not 1 Principer",
            "  accounts Leasing",
        ],
        id="accounts with all that stands below them",
    ),
    pytest.param(
        f"# Verksamhetsplan 2025\n\n## 1. Inledning\n\n{PROSE}\n\n## 2. Budget 2025\n\n{PROSE}\n\n### Fonder\n\n{PROSE}\n\n"
        "## 3. Verksamhetsområde Kansli\n\nBudget Kansli\t\nIntäkter\t10\n",
        [
            "front",
            "section Inledning",
            "budget Budget 2025",
            "  budget Fonder",
            "budget Verksamhetsområde Kansli",
        ],
        id="a chapter with a budget table is budget; numbers are no part of a title",
    ),
]


@pytest.mark.parametrize(("content", "expected"), CASES)
def test_the_tree(documents: Documents, outline: Outline, content: str, expected: list[str]) -> None:
    (document,) = documents(content)
    assert outline(document.parts) == expected


def test_the_contents_end_where_a_title_that_they_list_begins_its_text(documents: Documents, outline: Outline) -> None:
    """Rows of figures end in numbers as the entries of contents do."""
    rows = "Intäkter\t9 900\t8 200\nKostnader\t9 400\t8 100\n"
    content = f"# Årsredovisning 2025\n\n## Innehåll\n\nFlerårsöversikt .... 3\nNoter .... 4\n\n## Flerårsöversikt\n\n{rows}\n## Noter\n\n{PROSE}\n"
    assert outline(documents(content)[0].parts) == [
        "front",
        "contents Innehåll",
        "accounts Flerårsöversikt",
        "accounts Noter",
    ]


def test_two_tables_of_contents(documents: Documents, outline: Outline) -> None:
    """One that a program made, and the author's own, which the first one names."""
    made = "## Innehåll\n\nVår plan .... 1\nInnehåll .... 3\nSkola .... 4\nNoter .... 5\n\n"
    own = "## Innehåll\n\nSkola\t4\nNoter\t5\n\n"
    content = f"# Årsredovisning 2025\n\n{made}{own}## Skola\n\n{PROSE}\n\n## Noter\n\n{PROSE}\n"
    assert outline(documents(content)[0].parts) == ["front", "contents Innehåll", "section Skola", "accounts Noter"]


def test_prose_is_never_a_heading(documents: Documents) -> None:
    content = f"Verksamhetsplan 2025\n\n{PROSE}\n\nVi fortsätter arbetet\n\nsom vi har börjat och som tar lång tid att göra.\n"
    assert [part.role for part in documents(content)[0].walk()] == [Role.FRONT]
