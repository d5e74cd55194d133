# ruff: noqa: E501
"""Lists and tables of those who get a post: the sentence over them, labels in them, and the heading of the matter."""

from __future__ import annotations

import pytest

from kommungraf.extract import extract
from kommungraf.model.facts import GoverningBody, Membership, Municipality, Node, Organization, Person
from kommungraf.read import read_bytes
from kommungraf.segment import segment

MINUTES = """# Sammanträdesprotokoll

Kommunfullmäktige i Hjo kommun

Sammanträdesdatum 2023-01-30

Beslutande
Eva Berg (S), ordförande
Per Dahl (M)

## § 12 {title}

Dnr KS 2023/1

### Beslut

{decision}

## § 13 Avsägelse från Per Dahl (M)

Per Dahl (M) har avsagt sig uppdraget som ersättare i byggnadsnämnden.

### Beslut

Avsägelsen godkänns.
"""

Post = tuple[str, str, str, str, str]

MARIA, BO = "Maria Lind", "Bo Ek"
LISTS: list[tuple[str, str, set[Post], str]] = [
    (
        "Val av ledamöter i socialnämnden 2023–2026",
        "Kommunfullmäktige väljer följande personer för tiden 2023-01-01–2026-12-31:\n\nLedamöter\n\n- Maria Lind (S), ordförande\n\nErsättare\n\n- Bo Ek (M)",
        {
            (MARIA, "ledamot", "elected", "socialnämnden", "2023-01-01"),
            (MARIA, "ordförande", "elected", "socialnämnden", "2023-01-01"),
            (BO, "ersättare", "elected", "socialnämnden", "2023-01-01"),
        },
        "labels in the list, the body in the heading",
    ),
    (
        "Val till nämnder",
        "Kommunfullmäktige väljer följande personer till socialnämnden för mandatperioden 2023–2026:\n\n**Ordinarie ledamöter:**\n\n1. Maria Lind (S)\n\n**Ersättare:**\n\n1. Bo Ek (M)\n2. Vakant",
        {
            (MARIA, "ledamot", "elected", "socialnämnden", "2023"),
            (BO, "ersättare", "elected", "socialnämnden", "2023"),
            ("–", "ersättare", "vacant", "socialnämnden", "2023"),
        },
        "labels in bold with a colon, an empty seat",
    ),
    (
        "Val till nämnder",
        "Kommunfullmäktige väljer följande personer till socialnämnden:\n\n| Ledamöter | Ersättare |\n|---|---|\n| Maria Lind (S) | Bo Ek (M) |",
        {(MARIA, "ledamot", "elected", "socialnämnden", ""), (BO, "ersättare", "elected", "socialnämnden", "")},
        "a table with the roles in its head",
    ),
    (
        "Val av ledamöter i socialnämnden",
        "Kommunfullmäktige väljer följande ledamöter:\n\n- Maria Lind (S)\n- Bo Ek (M)",
        {(MARIA, "ledamot", "elected", "socialnämnden", ""), (BO, "ledamot", "elected", "socialnämnden", "")},
        "the council does not elect its own members: the heading names the body",
    ),
    (
        "Val av revisorer",
        "Kommunfullmäktige väljer till revisorer för 2023–2026:\n\n- Maria Lind (S), ordförande\n- Bo Ek (M), vice ordförande",
        {(MARIA, "revisor", "elected", "Hjo", "2023"), (BO, "revisor", "elected", "Hjo", "2023")},
        "who chairs the auditors chairs nothing else",
    ),
    (
        "Val av ombud",
        "Kommunfullmäktige väljer följande ombud till förbundsmötet:\n\n- Maria Lind (S)\n- Bo Ek (M), ersättare",
        {(MARIA, "ombud", "elected", "förbundsmötet", ""), (BO, "ersättare", "elected", "förbundsmötet", "")},
        "a substitute in a list of ombud",
    ),
    (
        "Val till gemensam nämnd",
        "Kommunfullmäktige utser följande personer i räddningsnämnden:\n\n| Ordinarie | Personlig ersättare |\n|---|---|\n| Maria Lind (S) | Bo Ek (M) |",
        {
            (MARIA, "ledamot", "appointed", "räddningsnämnden", ""),
            (BO, "ersättare", "appointed", "räddningsnämnden", ""),
        },
        "personal substitutes",
    ),
    (
        "Val till socialnämnden samt byggnadsnämnden",
        "Kommunfullmäktige väljer följande personer:\n\nSocialnämnden\n\nLedamöter\n\n- Maria Lind (S)\n\nByggnadsnämnden\n\nErsättare\n\n- Bo Ek (M)",
        {(MARIA, "ledamot", "elected", "socialnämnden", ""), (BO, "ersättare", "elected", "byggnadsnämnden", "")},
        "one list for several bodies",
    ),
    (
        "Val till socialnämnden",
        "Valberedningen föreslår att kommunfullmäktige väljer följande ledamöter i socialnämnden:\n\n- Maria Lind (S)",
        set(),
        "proposed is not elected",
    ),
]


@pytest.mark.parametrize(("title", "decision", "expected", "why"), LISTS, ids=[one[3] for one in LISTS])
def test_who_is_elected_in_a_list(title: str, decision: str, expected: set[Post], why: str) -> None:
    source = read_bytes(MINUTES.format(title=title, decision=decision).encode(), "exempel.md")
    documents, _ = extract(source, segment(source)[0])
    nodes: list[Node] = [node for _, found in documents for node in found]
    names = {
        node.id: node.name for node in nodes if isinstance(node, Person | GoverningBody | Municipality | Organization)
    }
    found = {
        (
            names.get(one.member or "", "–"),
            one.name,
            one.event,
            names.get(one.organization, ""),
            str(one.valid_from or ""),
        )
        for one in nodes
        if isinstance(one, Membership) and one.event != "seen"
    }
    assert found - {("Per Dahl", "ersättare", "resigned", "byggnadsnämnden", "")} == expected, why
