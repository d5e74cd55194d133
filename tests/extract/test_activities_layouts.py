# ruff: noqa: E501 (a case is a whole document: it reads better unbroken)
"""The layouts in which publishers print what they plan and what they did: the same activity is found in each."""

from __future__ import annotations

import pytest

from kommungraf.extract import extract
from kommungraf.extract.activities_wording import tells
from kommungraf.model.facts import PlannedActivity, ReportedResult
from kommungraf.read import read_bytes
from kommungraf.segment import segment

HEAD = "{kind} 2023\n\nKvarnby kommun, socialnämnden\n\n"
ONE, TWO = "Utbilda nya chefer", "Införa digital signering"
DONE, LATE = "Nio chefer har gått utbildningen.", "Signeringen har skjutits upp."


def _read(kind: str, body: str) -> tuple[list[tuple[str, bool]], list[tuple[str | None, str]]]:
    """The activities (with whether they are goals) and the results (under their headings) of a document."""
    text = read_bytes(f"# {HEAD.format(kind=kind)}{body}".encode(), "dokument.md")
    documents, _ = segment(text)
    found, _ = extract(text, documents)
    nodes = [node for _, some in found for node in some]
    planned = [(node.text, node.is_goal) for node in nodes if isinstance(node, PlannedActivity)]
    return planned, [(node.heading, node.text) for node in nodes if isinstance(node, ReportedResult)]


REPORTS = [
    ("below Aktiviteter each heading is one", f"## Aktiviteter\n\n### {ONE}\n\n{DONE}\n\n### {TWO}\n\n{LATE}\n\n## Ekonomi\n\nUnderskott.\n"),
    ("below Mål as well", f"## Inledning\n\nEtt år.\n\n## Mål\n\n### {ONE}\n\n{DONE}\n\n### {TWO}\n\n{LATE}\n\n## Organisation\n\nTvå enheter.\n"),
    ("below a sentence that leads in", f"## Nämndens uppdrag 2023\n\nSå gick det med uppdragen.\n\n### {ONE}\n\n{DONE}\n\n### {TWO}\n\n{LATE}\n"),
    ("in bold below an area", f"## Äldreomsorg\n\n**{ONE}**\n\n{DONE}\n\n**{TWO}**\n\n{LATE}\n"),
    ("behind labels, a line each", f"## Uppföljning\n\n**Aktivitet:** {ONE}\n\n**Kommentar:** {DONE}\n\n**Aktivitet:** {TWO}\n\n**Kommentar:** {LATE}\n"),
    ("behind labels in one paragraph", f"## Uppföljning\n\n**Uppdrag:** {ONE}\n**Ansvarig:** Chefen\n**Kommentar:** {DONE}\n\n**Uppdrag:** {TWO}\n**Kommentar:** {LATE}\n"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "body"), REPORTS, ids=[row[0] for row in REPORTS])
def test_a_report_answers_each_activity(why: str, body: str) -> None:
    planned, results = _read("Verksamhetsberättelse", body)
    assert planned == [(ONE, False), (TWO, False)], why
    assert results == [(ONE, DONE), (TWO, LATE)], why


def test_a_status_behind_its_label_comes_first() -> None:
    _, results = _read("Verksamhetsberättelse", f"## Uppdrag\n\nUppdrag: {ONE}\nStatus: Pågår\nKommentar: {DONE}\n")
    assert results == [(ONE, f"Pågår. {DONE}")]


def test_what_a_report_says_below_a_goal_in_the_past_tense_is_a_result() -> None:
    body = "## Mål\n\n- Sjukfrånvaron ska vara högst 7 procent.\n- Sjukfrånvaron var 7,8 procent.\n"
    assert _read("Verksamhetsberättelse", body) == (
        [("Sjukfrånvaron ska vara högst 7 procent.", True)],
        [(None, "Sjukfrånvaron var 7,8 procent.")],
    )


PLANS = [
    ("whatever the heading", f"## Utveckling\n\n- {ONE}\n- {TWO}\n", 2),
    ("Prioriterade uppdrag", f"## Prioriterade uppdrag\n\n- {ONE}\n- {TWO}\n", 2),
    ("Uppdrag, where no focus areas follow", f"## Uppdrag\n\n- {ONE}\n- {TWO}\n", 2),
    ("behind a label", f"## Utveckling\n\nAktivitet: {ONE}\n\nAktivitet: {TWO}\n", 2),
    ("a list of topics is none", "## Nuläge\n\n- Kompetens\n- Digital teknik\n- Starta nytt\n", 0),
    ("what the body is for is no promise", f"## Bakgrund\n\nNämndens uppgift är att\n\n- {ONE}\n- {TWO}\n", 0),
]


@pytest.mark.parametrize(("why", "body", "count"), PLANS, ids=[row[0] for row in PLANS])
def test_the_lists_of_a_plan(why: str, body: str, count: int) -> None:
    planned, results = _read("Verksamhetsplan", body)
    assert (planned, results) == ([(ONE, False), (TWO, False)][:count], []), why


TOLD = [
    ("Sjukfrånvaron var 7,8 procent.", True, "past tense"),
    ("Träffpunkten öppnade i augusti.", True, "a weak verb"),
    ("Nio av tio har en plan, och den har antagits.", True, "perfect"),
    ("Digital signering är införd på tre boenden.", True, "what is now done"),
    ("Alla barn är trygga i skolan.", False, "how it shall be"),
    ("Ökade kunskaper om våld", False, "an adjective"),
    ("Arbetet ska följa det förändrade uppdraget.", False, "what shall be"),
    ("Ta fram en plan för hur det blev.", False, "an instruction"),
]


@pytest.mark.parametrize(("text", "told", "why"), TOLD, ids=[row[0] for row in TOLD])
def test_past_tense(text: str, told: bool, why: str) -> None:
    assert tells(text) is told, why
