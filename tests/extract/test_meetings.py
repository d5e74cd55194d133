"""Heads of minutes, notices and agendas: the body, the date with a concluded year, and items. All are EXEMPEL."""

from __future__ import annotations

from pathlib import Path

import pytest

from kommungraf.extract import extract
from kommungraf.model.facts import AgendaItem, Case, Decision, GoverningBody, Meeting, Node, Person
from kommungraf.read import read
from kommungraf.segment import segment

MINUTES = """\
# Protokoll förbundsmöte

Kommunförbundet Exempelbygden

| | |
|---|---|
| **Tid** | Torsdagen den 13 april, kl. 10.00–11.40 |
| **Plats** | Stadshuset, lokal Ån |
| **Ombud** | Karin Karlsson (S), Hjo |
| **Justerare** | Karin Karlsson (S) |
| **Paragrafer** | 1–2 |

§ 1 Mötet öppnas

Ordföranden öppnar mötet.

§ 2 Val av styrelse

**Beslut:** Förbundsmötet väljer ny styrelse från och med den 1 maj 2023 till och med den {until}.
"""

NOTICE_WITH_TABLE = """\
**Kommunförbundet Exempelbygden**

**KALLELSE**
2022-10-10

# Styrelsen sammanträder

**Tid:** torsdagen den 20 oktober 2022 kl. 09.30
**Plats:** Kansliet

Karin Karlsson (S)
ordförande

| Nr | Ärende | Dnr | Föredragande |
|---|---|---|---|
| 1 | Upprop | | |
| 2 | Avsägelse från uppdrag | 2022/41 | Karin Karlsson |
"""

NOTICE_IN_A_SENTENCE = """\
**Exempelstads kommun**

2020-02-13

# Kallelse till kommunfullmäktiges sammanträde

Kommunfullmäktige kallas till sammanträde måndagen den 24 februari 2020 klockan 18.00 i Folkets hus, Exempelby.

## Ärenden

1. Upprop
2. Anmälan av motion om en cykelpool, dnr KS 2020/112
3. Interpellation om vattenprover (KS 2020/117)
"""

CHAIRS_DECISION = """\
Ordförandebeslut

Exempelstads kommun
Kommunstyrelsen

Datum: 2022-04-04
Dnr: KS 2022/99

## Beslut

Kommunstyrelsens ordförande beslutar att bevilja föreningen ett bidrag.

## Bakgrund

Föreningen har ansökt.
"""


def nodes_of(tmp_path: Path, text: str) -> tuple[list[Node], list[str]]:
    """What is extracted from a text, and the kinds of its issues."""
    path = tmp_path / "exempel.md"
    path.write_text(text, encoding="utf-8")
    read_text = read(path)
    documents, _ = segment(read_text)
    results, issues = extract(read_text, documents)
    return [node for _, found in results for node in found], [issue.kind for issue in issues]


def meetings(nodes: list[Node]) -> list[Meeting]:
    return [node for node in nodes if isinstance(node, Meeting)]


@pytest.mark.parametrize("until", ["30 april 2024", "30 april 2027"])
def test_year_from_weekday_and_the_dates_around_it(tmp_path: Path, until: str) -> None:
    """13 April is a Thursday in 2023 and in 2028; until when something is valid does not say when the body met."""
    (meeting,) = meetings(nodes_of(tmp_path, MINUTES.format(until=until))[0])
    assert str(meeting.date) == "2023-04-13"
    assert "torsdag" in str(meeting.hints["date_because"])


def test_a_misdated_notice_does_not_mislead(tmp_path: Path) -> None:
    """The day is printed with a year elsewhere in the bundle, but in that year it is no Thursday."""
    text = MINUTES.format(until="30 april 2027") + "\n\nHandlingarna skickades ut inför mötet den 13 april 2022.\n"
    (meeting,) = meetings(nodes_of(tmp_path, text)[0])
    assert str(meeting.date) == "2023-04-13"


def test_no_year_is_guessed(tmp_path: Path) -> None:
    text = MINUTES.replace("från och med den 1 maj 2023 till och med den {until}", "som tidigare")
    nodes, issues = nodes_of(tmp_path, text)
    assert [meeting.date for meeting in meetings(nodes)] == [None]
    assert "no-year" in issues


def test_agenda_printed_as_a_table(tmp_path: Path) -> None:
    nodes, _ = nodes_of(tmp_path, NOTICE_WITH_TABLE)
    names = {node.id: node.name for node in nodes if isinstance(node, Case | Person)}
    items = [node for node in nodes if isinstance(node, AgendaItem)]
    assert [(item.number, item.title, names.get(str(item.case))) for item in items] == [
        (1, "Upprop", None),
        (2, "Avsägelse från uppdrag", "2022/41"),
    ]
    assert [names[one] for one in items[1].presenter] == ["Karin Karlsson"]


def test_place_after_the_time_and_numbers_after_titles(tmp_path: Path) -> None:
    nodes, _ = nodes_of(tmp_path, NOTICE_IN_A_SENTENCE)
    (meeting,) = meetings(nodes)
    assert (str(meeting.date), meeting.place, meeting.start_time) == ("2020-02-24", "Folkets hus, Exempelby", "18:00")
    assert [node.title for node in nodes if isinstance(node, AgendaItem)] == [
        "Upprop",
        "Anmälan av motion om en cykelpool",
        "Interpellation om vattenprover",
    ]


def test_a_chairs_decision_has_no_meeting_but_a_date_and_a_body(tmp_path: Path) -> None:
    nodes, _ = nodes_of(tmp_path, CHAIRS_DECISION)
    names = {node.id: node.name for node in nodes if isinstance(node, Case | GoverningBody)}
    (decision,) = [node for node in nodes if isinstance(node, Decision)]
    assert not meetings(nodes)
    assert (decision.outcome, str(decision.date)) == ("kg:outcome-grant", "2022-04-04")
    assert (names[str(decision.case)], names[str(decision.decided_by)]) == ("KS 2022/99", "kommunstyrelsen")
