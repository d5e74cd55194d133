# ruff: noqa: E501
"""How documents speak of posts beside lists and elections: offices with names, acting, by-elections, posts without names."""

from __future__ import annotations

import pytest

from kommungraf.extract import extract
from kommungraf.model.facts import Membership, Node, Party, Person
from kommungraf.read import read_bytes
from kommungraf.segment import segment

MINUTES = """# Sammanträdesprotokoll

Kommunstyrelsen i Hjo kommun

Sammanträdesdatum 2024-03-05

Beslutande
Eva Berg (S), ordförande
Per Dahl (M)

## § 12 Val

Dnr KS 2024/1

### Beslut

{decision}
"""
REPORT = """# Verksamhetsberättelse 2024

Kommunförbundet Exempelbygden

## Personal

{told}
"""


def posts(text: str) -> list[tuple[str, str, str, str, str, dict[str, object]]]:
    """Who, role, event, start, end and hints of every post that is not merely somebody's attendance."""
    source = read_bytes(text.encode(), "exempel.md")
    documents, _ = extract(source, segment(source)[0])
    nodes: list[Node] = [node for _, found in documents for node in found]
    names = {node.id: node.name for node in nodes if isinstance(node, Person | Party)}
    return [
        (
            names.get(node.member or "", "–"),
            node.name,
            node.event,
            str(node.valid_from or ""),
            str(node.valid_to or ""),
            {key: names.get(str(value), value) for key, value in node.hints.items()},
        )
        for node in nodes
        if isinstance(node, Membership)
    ]


DECISIONS = [
    (
        "Kommunstyrelsen utser Maria Lind till tillförordnad kommunchef från och med den 1 maj 2024.",
        ("Maria Lind", "kommunchef", "appointed", "2024-05-01", "", {"acting": True}),
        "acting is told apart from the office",
    ),
    (
        "Kommunstyrelsen väljer Maria Lind (S) till ledamot i arbetsutskottet efter Bo Ek (S), som har avsagt sig uppdraget.",
        ("Maria Lind", "ledamot", "elected", "", "", {"after": "Bo Ek", "how": "byElection"}),
        "who comes after whom",
    ),
    (
        "Kommunstyrelsen förrättar fyllnadsval och väljer Maria Lind (S) till ledamot i arbetsutskottet.",
        ("Maria Lind", "ledamot", "elected", "", "", {"how": "byElection"}),
        "a by-election by its word",
    ),
    (
        "Maria Lind (S) träder in som ledamot i arbetsutskottet från och med den 1 maj 2024.",
        ("Maria Lind", "ledamot", "elected", "2024-05-01", "", {"how": "movedUp"}),
        "a substitute comes in",
    ),
    (
        "Maria Lind slutar som kommunchef den 30 november 2024.",
        ("Maria Lind", "kommunchef", "resigned", "", "2024-11-30", {}),
        "the day after the verb is the end",
    ),
    (
        "Maria Lind (S) har den 25 augusti 2024 avsagt sig uppdraget som ledamot i arbetsutskottet.",
        ("Maria Lind", "ledamot", "resigned", "", "", {}),
        "the day before it is when she asked",
    ),
    (
        "Maria Linds förordnande som tillförordnad kommunchef upphör den 30 april 2024.",
        ("Maria Lind", "kommunchef", "seen", "", "2024-04-30", {"acting": True}),
        "a term that runs out is nobody's resignation",
    ),
    (
        "1. Kommunstyrelsen entledigar Maria Lind (S) från uppdraget som ledamot i arbetsutskottet.\n2. Platsen lämnas vakant.",
        ("–", "ledamot", "vacant", "", "", {"after": "Maria Lind"}),
        "the seat of the same item",
    ),
    (
        "Kommunstyrelsen förordnar Maria Lind som tf kommunchef under tiden 1 juni–31 augusti 2024.",
        ("Maria Lind", "kommunchef", "appointed", "2024-06-01", "2024-08-31", {"acting": True}),
        "a period whose year is printed once",
    ),
    (
        "Kommunfullmäktige entledigar Maria Lind (M) från uppdragen som ledamot i socialnämnden och ersättare i valnämnden.",
        ("Maria Lind", "ersättare", "resigned", "", "", {}),
        "two posts in one sentence",
    ),
    (
        "Maria Lind (S) utses till kommunens ombud vid bolagsstämman i Exempelbostäder AB med Bo Ek (M) som ersättare.",
        ("Bo Ek", "ersättare", "appointed", "", "", {}),
        "the substitute of an ombud",
    ),
    (
        "Kommundirektör Maria Lind går i pension den 31 mars 2025 och Bo Ek har anställts som ny kommundirektör från och med den 1 april 2025.",
        ("Maria Lind", "kommundirektör", "resigned", "", "2025-03-31", {}),
        "who leaves and who comes in one sentence",
    ),
    (
        "Kommunstyrelsen entledigar Maria Lind (S) från uppdraget som ledamot i arbetsutskottet från och med den 1 april 2024.",
        ("Maria Lind", "ledamot", "resigned", "", "2024-03-31", {}),
        "who leaves with a day has the day before as the last",
    ),
    (
        "Kommunstyrelsen entledigar Maria Lind (S) från uppdraget som ledamot i arbetsutskottet för perioden 2023–2026.",
        ("Maria Lind", "ledamot", "resigned", "", "", {}),
        "the term of a post that is left says nothing of when",
    ),
    (
        "Kommunstyrelsen väljer Maria Lind (S) till ledamot i arbetsutskottet för återstoden av mandatperioden 2023–2026.",
        ("Maria Lind", "ledamot", "elected", "", "2026", {"how": "byElection"}),
        "the rest of a term has not begun with it",
    ),
    (
        "Maria Lind slutar som kommunchef vid årsskiftet 2024/2025.",
        ("Maria Lind", "kommunchef", "resigned", "", "2024-12-31", {}),
        "the turn of the year is New Year's Eve for who leaves",
    ),
    (
        "Per Dahl (M) har meddelat att han slutar den 31 maj 2024.",
        ("Per Dahl", "ledamot", "resigned", "", "2024-05-31", {}),
        "who leaves, without a role: the one that the list of participants shows",
    ),
    (
        "Maria Lind (S) ersätter Bo Ek (S) som ledamot i arbetsutskottet från och med den 1 maj 2024.",
        ("Maria Lind", "ledamot", "seen", "2024-05-01", "", {"after": "Bo Ek"}),
        "who takes over, from when",
    ),
    (
        "Maria Lind (S) beviljas ledighet från uppdraget som ledamot i arbetsutskottet till och med den 31 augusti 2024.",
        ("Maria Lind", "ledamot", "seen", "", "", {}),
        "who is on leave holds the post",
    ),
    (
        "Kommunstyrelsen entledigar Maria Lind (S) och väljer Bo Ek (S) till ny ledamot i arbetsutskottet.",
        ("Maria Lind", "ledamot", "resigned", "", "", {}),
        "whom the verb before the name dismisses is not elected",
    ),
    (
        "Maria Lind (S) avsäger sig sina uppdrag som ledamot i arbetsutskottet och ersättare i valnämnden från och med den 1 juni 2024.",
        ("Maria Lind", "ersättare", "resigned", "", "2024-05-31", {}),
        "every post of several that are left",
    ),
    (
        "Kommunstyrelsen utser Maria Lind (S) till tillförordnad ordförande i valnämnden, 1 augusti 2024–31 januari 2025.",
        ("Maria Lind", "ordförande", "appointed", "2024-08-01", "2025-01-31", {"acting": True}),
        "two days with a dash are a period",
    ),
    (
        "Skolchefen Maria Lind har sagt upp sig och slutar den 31 augusti 2024.",
        ("Maria Lind", "skolchef", "resigned", "", "2024-08-31", {}),
        "who leaves, with the title before the name",
    ),
    (
        "Maria Lind tillträdde som skolchef den 1 mars 2024.",
        ("Maria Lind", "skolchef", "appointed", "2024-03-01", "", {}),
        "who took office, and when",
    ),
    (
        "Till ny socialchef har Maria Lind anställts. Hon tillträder den 1 augusti 2024.",
        ("Maria Lind", "socialchef", "appointed", "2024-08-01", "", {}),
        "the next sentence says from when",
    ),
    (
        "Kommunstyrelsen avslår Maria Linds (S) begäran om entledigande från uppdraget som ledamot i arbetsutskottet.",
        ("Maria Lind", "ledamot", "seen", "", "", {}),
        "a wish that is not granted ends nothing",
    ),
    (
        "Kommundirektör Maria Lind går i pension den 31 mars 2025 och Bo Ek har anställts som ny kommundirektör från och med den 1 april 2025.",
        ("Bo Ek", "kommundirektör", "appointed", "2025-04-01", "", {"after": "Maria Lind"}),
        "and whom he comes after",
    ),
    (
        "Maria Lind (M) har den 4 november 2024 anmält att hon har lämnat partiet och numera tillhör Centerpartiet.",
        ("Maria Lind", "partimedlem", "appointed", "2024-11-04", "", {}),
        "another party, from when she says so",
    ),
    (
        "Maria Lind (M) har den 4 november 2024 anmält att hon har lämnat partiet och numera tillhör Centerpartiet.",
        ("Maria Lind", "partimedlem", "resigned", "", "2024-11-04", {}),
        "the party of the brackets is the one that she left",
    ),
]


@pytest.mark.parametrize(("decision", "expected", "why"), DECISIONS, ids=[why for *_, why in DECISIONS])
def test_what_minutes_say_of_a_post(decision: str, expected: tuple[str, ...], why: str) -> None:
    found = posts(MINUTES.format(decision=decision))
    assert expected in found, (why, found)


TOLD = [
    (
        "Under året har kanslichefen entledigats. En av kansliets utvecklingsledare tillsattes som tillförordnad kanslichef.",
        [
            ("–", "kanslichef", "resigned", "", "2024", {"how": "dismissed"}),
            ("–", "kanslichef", "appointed", "2024", "", {"acting": True}),
        ],
        "an office that changes hands without a name",
    ),
    ("En ny samordnare tillträdde i augusti.", [("–", "samordnare", "appointed", "2024-08", "", {})], "a month of the year of the report"),
    ("Ekonomichefen slutade den 1 mars 2024.", [("–", "ekonomichef", "resigned", "", "2024-03-01", {})], "a stated day"),
    ("Rekryteringen av en ny förbundschef pågår.", [("–", "förbundschef", "vacant", "", "", {"how": "sought"})], "an office that is being filled"),
    ("Tre extra möten hölls med anledning av tillsättning av en tillförordnad förbundschef.", [("–", "förbundschef", "appointed", "", "", {"acting": True})], "an event named by a noun, undated"),
    ("Förbundschefen har inte slutat.", [], "what did not happen"),
    ("Under 2025 ska en ny utvecklingsledare anställas.", [], "what is planned"),
    ("Kurser för chefer avslutades i maj.", [], "an office in passing"),
    ("Styrelsen har utsett en arbetsgrupp.", [], "a group is no office"),
]  # fmt: skip


@pytest.mark.parametrize(("told", "expected", "why"), TOLD, ids=[why for *_, why in TOLD])
def test_posts_that_reports_tell_of_without_a_name(told: str, expected: list[tuple[str, ...]], why: str) -> None:
    assert posts(REPORT.format(told=told)) == expected


SIGNED = [
    ("Maria Lind\nTf. förbundschef", ("Maria Lind", "förbundschef", "seen", "", "", {"acting": True}), "an acting office under the name"),
    ("Maria Lind\nFörbundschef", ("Maria Lind", "förbundschef", "seen", "", "", {}), "the office itself"),
    ("Bo Ek\nFörbundsordförande", ("Bo Ek", "ordförande", "seen", "", "", {}), "the federation's chair chairs its board"),
]  # fmt: skip


@pytest.mark.parametrize(("signature", "expected", "why"), SIGNED, ids=[why for *_, why in SIGNED])
def test_a_preface_signed_by_the_heads(signature: str, expected: tuple[str, ...], why: str) -> None:
    text = f"# Strategi 2024–2027\n\nKommunförbundet Exempelbygden\n\n## Förord\n\nFörbundets styrelse har antagit strategin.\n\n{signature}\n\n## Mål\n\nFler ska delta.\n"
    assert expected in posts(text)


def test_a_new_title_is_noted_with_the_office() -> None:
    decision = (
        "1. Benämningen kanslichef ändras till kommundirektör från och med den 1 januari 2025.\n"
        "2. Kommunstyrelsen utser Maria Lind till kommundirektör."
    )
    (found,) = [post for post in posts(MINUTES.format(decision=decision)) if post[0] == "Maria Lind"]
    assert found[5] == {"formerly": "kanslichef", "title": "kommundirektör", "retitled": "2025-01-01"}


def test_a_letter_that_prepares_a_decision_only_proposes_it() -> None:
    text = (
        "2024-03-01\n\nTjänsteskrivelse\nKommunstyrelsen\n\n# Val av ledamot\n\n## Förslag till beslut\n\n"
        "Kommunstyrelsen i Hjo kommun väljer Maria Lind (S) till ledamot i arbetsutskottet.\n\n## Handläggare\n\nBo Ek\n"
    )
    assert [post[5].get("proposed") for post in posts(text) if post[0] == "Maria Lind"] == [True]


def test_a_list_of_resignations_under_its_heading() -> None:
    text = MINUTES.replace("## § 12 Val", "## § 12 Avsägelser").format(
        decision="Följande avsägelser godkänns.\n\n- Maria Lind (S), ersättare i socialnämnden\n- Bo Ek (M), ledamot i kulturnämnden"
    )
    assert [post[:3] for post in posts(text) if post[2] == "resigned"] == [
        ("Maria Lind", "ersättare", "resigned"),
        ("Bo Ek", "ledamot", "resigned"),
    ]


PROPOSED = [
    "Valberedningen föreslår att Maria Lind (S) väljs till ordförande i valnämnden.",
    "Per Dahl (M) yrkar att Maria Lind (S) väljs till ordförande i valnämnden.",
    "Centerpartiet har nominerat Maria Lind (C) att väljas till ledamot i valnämnden.",
]


@pytest.mark.parametrize("said", PROPOSED)
def test_who_is_proposed_is_not_elected(said: str) -> None:
    assert [post for post in posts(MINUTES.format(decision=said)) if post[0] == "Maria Lind"] == []


REQUESTS = [
    ("Kommunstyrelsen bordlägger begäran.", [("Maria Lind", "ledamot", "seen")], "the request is postponed"),
    ("Kommunstyrelsen avslår begäran.", [("Maria Lind", "ledamot", "seen")], "the request is denied"),
    ("Kommunstyrelsen tackar för informationen.", [("Maria Lind", "ledamot", "seen")], "nobody grants it"),
    ("Kommunstyrelsen godkänner begäran.", [("Maria Lind", "ledamot", "resigned")], "the request is granted"),
]


@pytest.mark.parametrize(("decision", "expected", "why"), REQUESTS, ids=[why for *_, why in REQUESTS])
def test_a_wish_to_leave_is_for_the_council_to_grant(decision: str, expected: list[tuple[str, ...]], why: str) -> None:
    asked = "### Ärendet\n\nMaria Lind (S) har begärt att bli entledigad från uppdraget som ledamot i valnämnden."
    text = MINUTES.replace("### Beslut", asked + "\n\n### Beslut").format(decision=decision)
    assert [post[:3] for post in posts(text) if post[0] == "Maria Lind"] == expected


NAMED = [
    ("Förbundschef Maria Lind redogjorde för arbetet.", ["förbundschef"], "the federation's own chief"),
    ("Kommunchef Maria Lind redogjorde för arbetet.", [], "a municipality's chief in a federation's report"),
    (
        "Kommunförbundet i Dalarna har besökt oss med förbundschef Maria Lind, Kommunförbundet Dalarna.",
        [],
        "another federation's",
    ),
]


@pytest.mark.parametrize(("told", "expected", "why"), NAMED, ids=[why for *_, why in NAMED])
def test_offices_that_name_the_kind_of_organisation(told: str, expected: list[str], why: str) -> None:
    assert [post[1] for post in posts(REPORT.format(told=told)) if post[0] == "Maria Lind"] == expected


def test_whom_the_title_of_an_item_names() -> None:
    text = MINUTES.replace("## § 12 Val", "## § 12 Val av ledamot i socialnämnden efter Bo Ek (S)").format(
        decision="Kommunstyrelsen väljer Maria Lind (S) till ledamot i socialnämnden."
    )
    (found,) = [post for post in posts(text) if post[0] == "Maria Lind"]
    assert found[5] == {"after": "Bo Ek", "how": "byElection"}


def test_a_table_of_who_leaves_and_who_comes() -> None:
    table = (
        "Följande val förrättas:\n\n| Uppdrag | Avgående | Ny |\n|---|---|---|\n"
        "| Ledamot i socialnämnden | Bo Ek (S) | Maria Lind (S) |\n| Ersättare i valnämnden | Karin Ström (M) | |\n"
    )
    found = {post[0]: (*post[1:3], post[5].get("after")) for post in posts(MINUTES.format(decision=table))}
    assert found["Maria Lind"] == ("ledamot", "elected", "Bo Ek")
    assert found["Bo Ek"] == ("ledamot", "resigned", None)
    assert found["Karin Ström"] == ("ersättare", "resigned", None)
