# ruff: noqa: E501
"""Contradictions between invented statements: what cannot both be right, and what only seems so."""

from __future__ import annotations

from typing import Any

import pytest

from kommungraf.link.continuity.contradictions import find_contradictions
from kommungraf.link.resolution import Resolution, Slice

Json = dict[str, Any]


def a_slice(document: str, *nodes: Json, kind: str = "verksamhetsberättelse", year: int = 2024, **head: Any) -> Slice:
    """A document of one publisher with nodes given as JSON-LD."""
    by_class: dict[str, list[Json]] = {}
    for node in nodes:
        by_class.setdefault(node["@type"], []).append(node)
    about = {
        "@id": document,
        "@type": "Document",
        "documentType": f"kg:documentType-{kind}",
        "title": document,
        "evidence": ["passage/x/0-1"],
    }
    return Slice({**about, "year": {"@value": str(year)}, "publisher": "organization/exempel", **head}, by_class)


def a_figure(
    document: str, text: str, printed: str, value: str, item: str, *, start: int = 100, year: int = 2024, **more: Any
) -> Json:
    return {
        "@id": f"{document}/figure/{start}",
        "@type": "Figure",
        "text": text,
        "asPrinted": printed,
        "value": {"@value": value},
        "lineItem": item,
        "unit": "count",
        "fiscalYear": year,
        "evidence": [f"passage/{document}/{start}-{start + 50}", f"passage/{document}/{start + 5}-{start + 9}"],
        **more,
    }


def an_amount(document: str, text: str, printed: str, value: str, item: str, *, start: int = 100, **more: Any) -> Json:
    made = a_figure(document, text, printed, value, item, start=start, **more)
    return made | {"@id": f"{document}/observation/{start}", "@type": "Observation", "unit": "SEK"}


def a_table(
    document: str, title: str, rows: list[tuple[str, str]], *, start: int = 1000, year: int = 2024
) -> list[Json]:
    """A table of one column in tkr."""
    nodes = []
    for index, (label, printed) in enumerate(rows):
        at = start + 20 * index
        nodes.append(
            {
                "@id": f"{document}/observation/{at}",
                "@type": "Observation",
                "lineItem": label,
                "table": title,
                "asPrinted": printed,
                "value": {"@value": f"{printed.replace(' ', '')}000"},
                "unit": "SEK",
                "phase": "outcome",
                "fiscalYear": year,
                "scope": "organization/exempel",
                "evidence": [f"passage/{document}/{at}-{at + len(printed)}"],
            }
        )
    return nodes


def found(*slices: Slice) -> list[str]:
    """The methods of the contradictions between some documents."""
    resolution = Resolution()
    find_contradictions(list(slices), resolution)
    return [str(node["method"]).partition("/")[2] for node in resolution.conclusions]


PAIRS = [
    # one sentence (printed, value, hedge), another, whether they contradict, why
    ("Vi köpte 200 nya filmer till Filmhyllan.", "200", "", "Till Filmhyllan köptes 100 nya filmer.", "100", "", True, "same"),
    ("Vi köpte 200 nya filmer till Filmhyllan.", "200", "", "Till Filmhyllan köptes cirka 190 nya filmer.", "190", "cirka", False, "about"),
    ("Vi köpte 200 nya filmer till Filmhyllan.", "200", "", "Till Filmhyllan köptes drygt 190 nya filmer.", "190", "drygt", False, "just above"),
    ("Vi köpte 200 nya filmer till Filmhyllan.", "200", "", "Till Filmhyllan köptes knappt 190 nya filmer.", "190", "knappt", True, "just below is not above"),
    ("Vi köpte 200 nya filmer till Filmhyllan.", "200", "", "Till Filmhyllan köptes över 150 nya filmer.", "150", "över", False, "open above"),
    ("Vi köpte 200 nya filmer till Filmhyllan.", "200", "", "Till Filmhyllan köptes upp till 250 nya filmer.", "250", "upp till", False, "open below"),
    ("Vi köpte 200 nya filmer till Filmhyllan.", "200", "", "Målet var att köpa 100 nya filmer till Filmhyllan.", "100", "", False, "a goal is no outcome"),
    ("Vi köpte 200 nya filmer till Filmhyllan.", "200", "", "Under våren köptes 100 nya filmer till Filmhyllan.", "100", "", False, "a part of the year"),
    ("Vi köpte 200 nya filmer till Filmhyllan.", "200", "", "Till Filmhyllan köptes ytterligare 100 nya filmer.", "100", "", False, "more of them"),
    ("Vi köpte 200 nya filmer till Filmhyllan.", "200", "", "Till Barnhyllan köptes 100 nya filmer.", "100", "", False, "another shelf"),
    ("Nätverket för rektorer har haft sex möten.", "6", "", "Nätverket för ekonomer har haft fem möten.", "5", "", False, "each may be right"),
]  # fmt: skip


@pytest.mark.parametrize("row", PAIRS, ids=[f"{row[3][:40]} ({row[7]})" for row in PAIRS])
def test_a_count_said_twice(row: tuple[str, str, str, str, str, str, bool, str]) -> None:
    one, first, hedge_1, other, second, hedge_2, contradict, why = row
    item = "nya filmer" if "filmer" in one else "möten"
    slices = []
    for document, text, value, hedge in (
        ("document/a/1", one, first, hedge_1),
        ("document/b/1", other, second, hedge_2),
    ):
        printed = f"{hedge} {value}".strip() + f" {item}"
        slices.append(a_slice(document, a_figure(document, text, printed, value, item, hedge=hedge)))
    assert (found(*slices) == ["text"]) is contradict, why


@pytest.mark.parametrize(
    ("other", "expected", "why"),
    [
        (
            "Fullmäktige beviljar Norra gården {} ur fonden för sociala investeringar under året.",
            ["text"],
            "the same grant",
        ),
        ("Fullmäktige beviljar Södra gården {} ur fonden för sociala investeringar under året.", [], "another place"),
    ],
)
def test_sums_of_money_in_long_sentences(other: str, expected: list[str], why: str) -> None:
    one = "Fullmäktige beviljar Norra gården {} ur fonden för sociala investeringar i höst."
    slices = []
    for name, text, printed, value in (("a", one, "150 tkr", "150000"), ("b", other, "90 tkr", "90000")):
        node = an_amount(f"document/{name}/1", text.format(printed), printed, value, "Fullmäktige beviljar")
        slices.append(a_slice(f"document/{name}/1", node))
    assert found(*slices) == expected, why


def test_two_numbers_of_one_sentence_are_of_two_things() -> None:
    text = "A har 190 konton och B har 70 konton i Kursportalen."
    one = a_figure("document/a/1", text, "190 konton", "190", "konton")
    other = a_figure("document/a/1", text, "70 konton", "70", "konton", start=130)
    again = a_figure("document/b/1", text, "70 konton", "70", "konton")
    assert found(a_slice("document/a/1", one, other), a_slice("document/b/1", again)) == []


def test_other_years_and_publishers_are_other_things() -> None:
    text = "Vi köpte {} nya filmer till Filmhyllan."
    one = a_figure("document/a/1", text.format(200), "200 nya filmer", "200", "nya filmer")
    other = a_figure("document/b/1", text.format(100), "100 nya filmer", "100", "nya filmer", year=2023)
    assert found(a_slice("document/a/1", one), a_slice("document/b/1", other)) == []
    other["fiscalYear"] = 2024
    assert found(a_slice("document/a/1", one), a_slice("document/b/1", other)) == ["text"]
    assert found(a_slice("document/a/1", one), a_slice("document/b/1", other, publisher="organization/annan")) == []


@pytest.mark.parametrize(
    ("printed", "value", "expected", "why"),
    [
        ("7 985 tkr", "7985000", [], "as the table"),
        ("7 958 tkr", "7958000", ["text-table"], "two figures changed places"),
        ("8,0 miljoner kronor", "8000000", [], "rounded"),
        ("7,5 miljoner kronor", "7500000", ["text-table"], "not rounded so"),
        ("7 000 tkr bättre än budget", "7000000", [], "how much two others differ"),
        ("300 tkr", "300000", [], "so far off that it is of something else"),
    ],
)
def test_text_against_its_own_table(printed: str, value: str, expected: list[str], why: str) -> None:
    table = a_table("document/a/1", "Resultaträkning", [("Projektbidrag", "7 985"), ("Övrigt", "10")])
    text = an_amount(
        "document/a/1",
        f"Projektbidragen uppgick till {printed}.",
        " ".join(printed.split()[:3]),
        value,
        "Projektbidragen",
        start=2000,
    )
    assert found(a_slice("document/a/1", *table, text)) == expected, why


SUMS = [
    ([("Löner", "100"), ("Hyra", "50"), ("Summa kostnader", "150")], [], "it adds up"),
    ([("Löner", "100"), ("Hyra", "50"), ("Summa kostnader", "151")], [], "rounded rows"),
    ([("Löner", "100"), ("Hyra", "50"), ("Summa kostnader", "160")], ["sum"], "it does not"),
    ([("Löner", "100"), ("Hyra", "53"), ("Summa kostnader", "135")], ["sum"], "two figures changed places"),
    ([("Löner", "100"), ("Hyra", "50"), ("Summa kostnader", "187")], [], "so many wrong figures: rows may be missing"),
    ([("Löner", "100"), ("varav chefer", "30"), ("Hyra", "50"), ("Summa kostnader", "150")], [], "varav is within"),
    (
        [("Avgift", "90"), ("Bidrag", "60"), ("Summa intäkter", "150"), ("Löner", "-100"), ("Hyra", "-60"), ("Summa kostnader", "-160"), ("Totalt", "-10")],
        [],
        "income less costs",
    ),
    ([("A", "10"), ("B", "20"), ("Summa", "30"), ("C", "5"), ("D", "5"), ("Summa", "10"), ("Summa", "40")], [], "a sum of sums"),
    ([("Ingående balans", "100"), ("Årets resultat", "20"), ("Summa eget kapital", "90")], [], "a balance is no plain sum"),
    ([("A", "10"), ("Totalt", "30")], [], "one row alone is summed with others"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "expected", "why"), SUMS, ids=[row[2] for row in SUMS])
def test_sums(rows: list[tuple[str, str]], expected: list[str], why: str) -> None:
    assert found(a_slice("document/a/1", *a_table("document/a/1", "Ekonomi", rows))) == expected, why


TABLES = [
    # rows of one table, rows of another, in one document, expected, why
    ([("Löner", "900"), ("Hyra", "500"), ("El", "70")], [("Löner", "900"), ("Hyra", "500"), ("El", "90")], True, ["tables"], "one line differs"),
    ([("Löner", "900"), ("Hyra", "500"), ("El", "70")], [("Löner", "900"), ("Hyra", "500"), ("El", "71")], True, [], "rounding"),
    ([("Löner", "900"), ("El", "70")], [("Löner", "800"), ("El", "90")], True, [], "all differ: of two things"),
    ([("El", "70")], [("El", "90")], True, [], "nothing shows that they are of one thing"),
    ([("Löner", "900"), ("Hyra", "500"), ("El", "70")], [("Löner", "900"), ("Hyra", "500"), ("El", "90")], False, ["tables"], "two reports on one year"),
]  # fmt: skip


@pytest.mark.parametrize("row", TABLES, ids=[row[4] for row in TABLES])
def test_tables(
    row: tuple[list[tuple[str, str]], list[tuple[str, str]], bool, list[str], str],
) -> None:
    one, other, inside, expected, why = row
    here, there = "document/a/1", "document/a/1" if inside else "document/b/1"
    first, second = a_table(here, "Resultaträkning", one), a_table(there, "Årsbudget", other, start=5000)
    slices = [a_slice(here, *first, *second)] if inside else [a_slice(here, *first), a_slice(there, *second)]
    assert found(*slices) == expected, why


@pytest.mark.parametrize(
    ("sent", "held", "expected", "why"),
    [
        ("2024-03-20", "2024-04-10", [], "three weeks before"),
        ("2023-03-20", "2024-04-10", ["notice"], "last year's date"),
        ("2024-04-12", "2024-04-10", ["notice"], "after the meeting"),
        ("2024-04-10", "2024-04-10", [], "the same day"),
        ("2024-04", "2024-04-10", [], "a month is no day"),
    ],
)
def test_notices(sent: str, held: str, expected: list[str], why: str) -> None:
    meeting = {
        "@id": "document/a/1/mention/Meeting/1-2",
        "@type": "Meeting",
        "date": {"@value": held},
        "evidence": ["passage/x/5-9"],
    }
    assert found(a_slice("document/a/1", meeting, kind="kallelse", issued={"@value": sent})) == expected, why


@pytest.mark.parametrize(
    ("issued", "expected", "why"),
    [
        ("2025-02-01", [], "after its year"),
        ("2024-06-01", ["report"], "half a year is no year"),
        ("2024-12-20", [], "soon over"),
    ],
)
def test_reports_are_written_after_their_year(issued: str, expected: list[str], why: str) -> None:
    head = {"title": "Verksamhetsberättelse 2024", "issued": {"@value": issued}}
    dated = {
        "@id": "document/a/1/date/1",
        "@type": "StatedDate",
        "dateKind": "issued",
        "text": issued,
        "evidence": ["passage/x/3-9"],
    }
    assert found(a_slice("document/a/1", dated, **head)) == expected, why


@pytest.mark.parametrize(
    ("one", "other", "expected", "why"),
    [
        ("Barns behov i fokus", "Barns bästa i fokus", ["name"], "another word"),
        ("Samverkan, Utveckling, Nytta", "Samverkan för utveckling och nytta", [], "small words"),
        ("Regionala stödstrukturen för skolan", "Regional stödstruktur för skolan", [], "endings"),
        ("Nationellt Centrum Anhöriga", "Nätverket för Cykling i Arvslund", [], "two things with the same letters"),
    ],
)
def test_abbreviations(one: str, other: str, expected: list[str], why: str) -> None:
    slices = []
    for document, text in (("document/a/1", one), ("document/b/1", other)):
        node = {"@id": f"{document}/abbreviation/1", "@type": "Abbreviation", "abbreviation": "ABC", "text": text}
        slices.append(a_slice(document, node | {"evidence": [f"passage/{document}/1-9"]}))
    assert found(*slices) == expected, why


@pytest.mark.parametrize(
    ("role", "body", "terms", "expected", "why"),
    [
        ("ledamot", "styrelsen", None, ["role"], "told in one document"),
        ("ledamot", "valberedningen", None, [], "no body that is audited"),
        ("ersättare", "styrelsen", None, [], "a substitute need not have sat"),
        ("ledamot", "styrelsen", (("2019", "2022"), ("2023", "2026")), [], "one term after the other"),
        ("ledamot", "styrelsen", (("2019", "2022"), ("2020", "2023")), ["role"], "at one time"),
    ],
)
def test_auditors(
    role: str, body: str, terms: tuple[tuple[str, str], ...] | None, expected: list[str], why: str
) -> None:
    resolution = Resolution()
    resolution.entities["body/exempel"] = {"name": body, "unitOf": "organization/exempel"}
    nodes = []
    for index, (name, where) in enumerate([("revisor", "organization/exempel"), (role, "body/exempel")]):
        node = {"@id": f"document/a/1/m{index}", "@type": "Membership", "name": name, "role": f"kg:role-{name}"}
        node |= {"member": "person/exempel/eva-ek", "organization": where, "evidence": [f"passage/x/{index}-9"]}
        if terms:
            node |= {"validFrom": terms[index][0], "validTo": terms[index][1]}
        nodes.append(node)
    slices = (
        [a_slice("document/a/1", nodes[0]), a_slice("document/b/1", nodes[1])]
        if terms
        else [a_slice("document/a/1", *nodes)]
    )
    find_contradictions(slices, resolution)
    assert [str(node["method"]).partition("/")[2] for node in resolution.conclusions] == expected, why


@pytest.mark.parametrize(
    ("day", "titles", "expected", "why"),
    [
        ("2024-04-10", "Upprop Bokslut Plan Avgift Stadgar", [], "the day called"),
        ("2024-04-11", "Upprop Bokslut Plan Avgift Stadgar", ["meeting-date"], "a day late"),
        ("2023-04-10", "Upprop Bokslut Plan Avgift Stadgar", ["meeting-date"], "the same day of another year"),
        ("2024-04-11", "Upprop Val Motion Hamnen Avslut", [], "another agenda"),
        ("2024-06-11", "Upprop Bokslut Plan Avgift Stadgar", [], "two months later"),
    ],
)
def test_a_notice_and_minutes_of_two_days(day: str, titles: str, expected: list[str], why: str) -> None:
    slices = []
    for kind, when, items in (
        ("kallelse", "2024-04-10", "Upprop Bokslut Plan Avgift Stadgar"),
        ("protokoll", day, titles),
    ):
        document = f"document/{kind}/1"
        meeting = {
            "@id": f"{document}/mention/Meeting/1-2",
            "@type": "Meeting",
            "body": "body/exempel",
            "date": {"@value": when},
        }
        agenda = [
            {
                "@id": f"{document}/item/{number}",
                "@type": "AgendaItem",
                "title": title,
                "evidence": [f"passage/{kind}/{number}-9"],
            }
            for number, title in enumerate(items.split())
        ]
        slices.append(a_slice(document, meeting | {"evidence": [f"passage/{kind}/5-9"]}, *agenda, kind=kind))
    assert found(*slices) == expected, why


@pytest.mark.parametrize(
    ("day", "number", "expected", "why"),
    [
        ("2024-02-28", 12, [], "as the minutes say"),
        ("2023-02-28", 12, ["decision-date"], "the same § a year before"),
        ("2024-05-30", 40, [], "another decision in the matter"),
        ("2024-02", 12, [], "a month is no day"),
    ],
)
def test_decisions_dated_twice(day: str, number: int, expected: list[str], why: str) -> None:
    frame = {"decidedBy": "body/exempel", "case": "case/exempel/1", "text": "Beslut"}
    held = {
        "@id": "document/a/1/decision/1",
        "@type": "Decision",
        "number": 12,
        "date": {"@value": "2024-02-28"},
    } | frame
    told = {
        "@id": "document/b/1/told/1",
        "@type": "ReportedDecision",
        "number": number,
        "date": {"@value": day},
    } | frame
    slices = [
        a_slice(f"document/{name}/1", node | {"evidence": [f"passage/{name}/1-9"]})
        for name, node in (("a", held), ("b", told))
    ]
    assert found(*slices) == expected, why


@pytest.mark.parametrize(
    ("day", "expected", "why"),
    [
        ("2024-05-30", [], "after it"),
        ("2024-02-01", [], "registered some days later"),
        ("2023-05-30", ["before-motion"], "a year before it was written"),
    ],
)
def test_decisions_before_their_motion(day: str, expected: list[str], why: str) -> None:
    motion = {
        "@id": "document/a/1/motion/1",
        "@type": "Motion",
        "case": "case/exempel/1",
        "evidence": ["passage/a/1-9"],
    }
    decision = {
        "@id": "document/b/1/decision/1",
        "@type": "Decision",
        "case": "case/exempel/1",
        "date": {"@value": day},
    }
    slices = [
        a_slice("document/a/1", motion, kind="motion", issued={"@value": "2024-02-03"}),
        a_slice("document/b/1", decision | {"evidence": ["passage/b/1-9"]}, kind="protokoll"),
    ]
    assert found(*slices) == expected, why


def test_the_order_of_documents_makes_no_difference() -> None:
    text = "Vi köpte {} nya filmer till Filmhyllan."
    one = a_slice("document/a/1", a_figure("document/a/1", text.format(200), "200 nya filmer", "200", "nya filmer"))
    other = a_slice("document/b/1", a_figure("document/b/1", text.format(100), "100 nya filmer", "100", "nya filmer"))
    results = []
    for slices in ([one, other], [other, one]):
        resolution = Resolution()
        find_contradictions(slices, resolution)
        results.append(resolution.conclusions)
    assert results[0][0]["@id"] == results[1][0]["@id"]
    assert results[0][0]["statementA"] == results[1][0]["statementA"]
