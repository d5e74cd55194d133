"""What lists of matters say of each. Every number and motion is an EXEMPEL."""

from __future__ import annotations

import pytest

from kommungraf.extract import extract
from kommungraf.model.facts import Case
from kommungraf.read import read_bytes
from kommungraf.segment import segment

MINUTES = """\
# Protokoll

**Granåkers kommun**
**Kommunfullmäktige**

Sammanträdesdatum: 2023-03-27

**Paragrafer:** §§ 24–25

## § 24 {title}

Dnr KS 2023/7

{content}

### Beslut

Kommunfullmäktige lägger redovisningen till handlingarna.

## § 25 Meddelanden

### Beslut

Meddelandena läggs till handlingarna.
"""
UNANSWERED = "Redovisning av obesvarade motioner"


def states(title: str, content: str) -> dict[str, object]:
    text = read_bytes(MINUTES.format(title=title, content=content).encode(), "exempel.md")
    nodes = [node for _, found in extract(text, segment(text)[0])[0] for node in found]
    return {node.name: node.hints.get("state") for node in nodes if isinstance(node, Case)}


def table(state: str, heading: str = "Läge") -> str:
    return f"| Dnr | Motion | {heading} |\n|---|---|---|\n| KS 2022/140 | Motion om ett ungdomsråd | {state} |"


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("Under beredning", "open"),
        ("Remitterad till socialnämnden", "open"),
        ("Ej besvarad", "open"),
        ("Återtagen", "withdrawn"),
        ("Besvarad 2023-01-30", "answered"),
        ("Bordlagd", "postponed"),
        ("Avslagen", "decided"),
        ("", "open"),
    ],
)
def test_the_row_of_a_list_says_where_a_motion_stands(state: str, expected: str) -> None:
    assert states(UNANSWERED, table(state))["KS 2022/140"] == expected


def test_the_lists_own_number_is_no_row() -> None:
    assert states(UNANSWERED, table("Återtagen"))["KS 2023/7"] is None


def test_a_bulleted_list_of_unanswered_motions() -> None:
    content = "- KS 2022/140 Motion om ett ungdomsråd\n- KS 2022/155 Motion om hållplatser, återtagen"
    found = states(UNANSWERED, content)
    assert (found["KS 2022/140"], found["KS 2022/155"]) == ("open", "withdrawn")


@pytest.mark.parametrize(
    ("title", "heading", "why"),
    [("Delegationsbeslut", "Beslut", "decisions reported"), ("Ekonomisk uppföljning", "Belopp", "no state in it")],
)
def test_another_table_says_nothing(title: str, heading: str, why: str) -> None:
    assert states(title, table("12 000", heading))["KS 2022/140"] is None, why
