"""Which sentences tell of a decision, and what they tell. Every body, person and matter is an EXEMPEL."""

from __future__ import annotations

import pytest

from kommungraf.extract import extract
from kommungraf.model.facts import Entity, ReportedDecision
from kommungraf.read import read_bytes
from kommungraf.segment import segment

REPORT = """\
# Verksamhetsberättelse 2023

Kommunförbundet Exempelbygden

## Verksamhet under året

Förbundet har haft ett år med många möten. {sentence}

Styrelsen har haft sex sammanträden.
"""

MINUTES = """\
# Protokoll

**Granåkers kommun**
**Kommunfullmäktige**

Sammanträdesdatum: 2022-02-28

**Beslutande**

- Anna EXEMPELSSON (S), ordförande
- Bo EXEMPELBERG (M)

**Paragrafer:** §§ 12–13

## § 12 Svar på motion om ljusa gångvägar

Dnr KS 2020/112

### Sammanfattning

{sentence}

### Beslut

1. Kommunfullmäktige bifaller motionen.
2. Motionen anses i övrigt besvarad.

## § 13 Meddelanden

### Beslut

Meddelandena läggs till handlingarna.
"""

MEETING = "förbundsmötet"
Told = tuple[str, str | None, int | tuple[int, ...] | None, str | None]
"""Outcome, date as printed, §, name of the decider."""


def told(layout: str, sentence: str) -> list[Told]:
    text = read_bytes(layout.format(sentence=sentence).encode(), "exempel.md")
    documents, _ = segment(text)
    found: list[Told] = []
    for _, nodes in extract(text, documents)[0]:
        names = {node.id: node.name for node in nodes if isinstance(node, Entity)}
        found += [
            (
                node.outcome.removeprefix("kg:outcome-"),
                str(node.date) if node.date else None,
                node.number,
                names[node.decided_by] if node.decided_by else None,
            )
            for node in nodes
            if isinstance(node, ReportedDecision)
        ]
    return found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Styrelsen godkände förslaget den 9 november 2022 (§ 31).", ("approve", "2022-11-09", 31, "styrelsen")),
        ("I april fattade styrelsen beslut om en gemensam taxa.", ("other", "2023-04", None, "styrelsen")),
        ("Det slutade med att styrelsen i november antog en policy.", ("adopt", "2023-11", None, "styrelsen")),
        ("Frågan avgjordes genom ett beslut i mars om ny lokal.", ("other", "2023-03", None, None)),
        ("Vid sammanträdet den 3 maj antogs en ny policy.", ("adopt", "2023-05-03", None, None)),
        ("Den 9 maj beviljades projektet bidrag med 3 000 000 kronor.", ("grant", "2023-05-09", None, None)),
        ("Slutrapporten godkändes av Tillväxtverket i november.", ("approve", "2023-11", None, "Tillväxtverket")),
        ("Tillväxtverket har beviljat 3 400 tkr för åren 2020–2023.", ("grant", None, None, "Tillväxtverket")),
        ("Styrelsen har beslutat att avveckla biblioteket.", ("other", None, None, "styrelsen")),
        ("Taxan antogs av styrelsen 3 maj 2019.", ("adopt", "2019-05-03", None, "styrelsen")),
        ("Under året har kassören entledigats.", ("dismiss", "2023", None, None)),
        ("Projektets styrgrupp beslutade att förlänga arbetet.", ("other", None, None, None)),
        ("Vid mötet beslutades att byta lokal.", ("other", None, None, None)),
        ("Beslut togs därefter under våren i alla fullmäktige.", ("other", "2023", None, None)),
        ("Ett beslut om ny lokal togs av styrelsen i oktober.", ("other", "2023-10", None, "styrelsen")),
        ("Samtliga kommuner har beslutat att delta i projektet.", ("other", None, None, None)),
        ("Handlingsplanen som beslutades i styrelsen 2022 har följts.", ("other", "2022", None, "styrelsen")),
        ("Förbundsmötet den 12 april beviljade styrelsen ansvarsfrihet.", ("discharge", "2023-04-12", None, MEETING)),
        ("Ny ordförande valdes vid förbundsmötet den 12 april.", ("elect", "2023-04-12", None, MEETING)),
        ("Policyn antogs 2015 och gäller ännu.", ("adopt", "2015", None, None)),
        ("Planen är antagen av styrelsen den 3 maj 2021.", ("adopt", "2021-05-03", None, "styrelsen")),
    ],
)
def test_a_report_tells_of_a_decision(sentence: str, expected: Told) -> None:
    assert told(REPORT, sentence) == [expected]


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Styrelsen beslutar om budget och verksamhetsplan.", "a rule"),
        ("Styrelsen kommer att besluta om lokalerna i januari 2024.", "to come"),
        ("Beslut om planerna väntas fattas i januari 2024.", "to come"),
        ("Underlaget togs fram inför beslut i december.", "to come"),
        ("Styrelsen tog del av kommunernas beslut den 3 maj 2023.", "what others decided, and no word of what"),
        ("Styrelsen har inte beslutat om lokalerna.", "denied"),
        ("Om styrelsen beslutade det skulle avgiften höjas.", "a condition"),
        ("Nätverken har arbetat med beslutade uppdrag.", "a participle"),
        ("Ett projekt med beviljade medel startade den 1 februari 2023.", "a participle"),
        ("Arbetet sker med utgångspunkt i fattade beslut.", "a participle"),
        ("Kommunerna har valt att arbeta tillsammans.", "a choice is no election"),
        ("Under våren antogs 30 elever till utbildningen.", "admitted, not adopted"),
        ("Kommunerna utsåg projektledare.", "nobody in particular, on no day"),
        ("Under året beviljades 45 tillstånd.", "how many"),
        ("Under året fattades 300 beslut om bidrag.", "how many"),
        ("300 ansökningar avslogs i maj.", "how many"),
        ("Styrelsen beviljade 45 ansökningar.", "how many"),
        ("Styrelsens beslutade mål gäller hela året.", "a participle"),
        ("Av styrelsen beslutade mål gäller hela året.", "a participle"),
        ("Under året noterades en ökning av antalet besök.", "noticed, not noted"),
        ("Viktiga beslut i styrelsen bereds av kommuncheferna.", "a rule"),
    ],
)
def test_it_tells_of_none(sentence: str, why: str) -> None:
    assert told(REPORT, sentence) == [], why


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Kommunfullmäktige remitterade motionen den 28 september 2020, § 70.", ("refer", "2020-09-28", 70)),
        ("Kommunstyrelsen behandlade ärendet den 9 november 2021, § 143.", ("other", "2021-11-09", 143)),
        ("Vid kommunstyrelsens sammanträde 2021-11-09, § 143, bordlades motionen.", ("postpone", "2021-11-09", 143)),
        ("Kommunstyrelsen har 2021-11-09, § 143, föreslagit kommunfullmäktige avslag.", ("propose", "2021-11-09", 143)),
        ("Kommunstyrelsen föreslår den 9 november 2021, § 143, att motionen bifalls.", ("propose", "2021-11-09", 143)),
        ("Underlag är kommunstyrelsens beslut 2021-11-09, § 143.", ("other", "2021-11-09", 143)),
        ("Ärendet återremitterades, KS § 143/2021, för komplettering.", ("return", "2021", 143)),
    ],
)
def test_minutes_refer_to_earlier_decisions(sentence: str, expected: tuple[str, str, int]) -> None:
    assert [one[:3] for one in told(MINUTES, sentence)] == [expected]


@pytest.mark.parametrize(
    ("sentence", "why"),
    [
        ("Kommunfullmäktige beslutade den 28 februari 2022, § 12, att bifalla motionen.", "these minutes' own"),
        ("Anna EXEMPELSSON har utsetts till ordförande vid mötet.", "what this meeting did"),
        ("Enligt 5 kap. 35 § kommunallagen ska motionen beredas inom ett år.", "a statute"),
        ("Motionen bör enligt kommunstyrelsen avslås.", "an opinion"),
    ],
)
def test_minutes_do_not_report_themselves(sentence: str, why: str) -> None:
    assert told(MINUTES, sentence) == [], why


def test_a_cover_says_when_the_document_was_adopted() -> None:
    plan = "# Strategi för äldre\n\nKommunförbundet Exempelbygden\n\nAntagen av styrelsen den 7 december 2022, § 60\n\n"
    plan += "{sentence}"
    assert told(plan, "## Inledning\n\nFörbundet ska arbeta med frågor om äldre.") == [
        ("adopt", "2022-12-07", 60, "styrelsen")
    ]


def test_two_days_in_one_sentence_are_two_decisions() -> None:
    sentence = "Styrelsen godkände förslaget den 9 november 2022 (§ 31) och 3 mars 2023 (§ 4 och 6)."
    assert told(REPORT, sentence) == [
        ("approve", "2022-11-09", 31, "styrelsen"),
        ("approve", "2023-03-03", (4, 6), "styrelsen"),
    ]


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("2021-11-09, § 143", 143),
        ("2021-11-09 §§ 143–145", (143, 144, 145)),
        ("2021-11-09 §§ 143, 147 och 150", (143, 147, 150)),
        ("§ 143, 2021-11-09", 143),
        ("§ 143, 9 november 2021", 143),
    ],
)
def test_paragraphs_beside_a_date(printed: str, number: object) -> None:
    assert [one[2] for one in told(MINUTES, f"Kommunstyrelsen behandlade ärendet {printed}.")] == [number]


def test_the_case_is_that_of_the_item() -> None:
    text = read_bytes(
        MINUTES.format(sentence="Kommunstyrelsen behandlade ärendet den 9 november 2021, § 143.").encode(), "x.md"
    )
    nodes = [node for _, found in extract(text, segment(text)[0])[0] for node in found]
    case = next(node.case for node in nodes if isinstance(node, ReportedDecision))
    assert {node.id: node.name for node in nodes if isinstance(node, Entity)}[str(case)] == "KS 2020/112"
