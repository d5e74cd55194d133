"""Lines of the accounts over years: what is one line, what a later document restates, what came of a budget."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kommungraf.link.continuity.measures import measured, step_of
from kommungraf.link.continuity.measures_words import frame_of, is_difference, line_of, nature, period_of
from kommungraf.link.continuity.series import follow_series
from kommungraf.link.resolution import Resolution, Slice

Json = dict[str, Any]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Summa kostnader", "SUMMA KOSTNADER", "case"),
        ("Kostnader", "Summa kostnader (tkr)", "the sum of a section is the section"),
        ("Personalkostnader, tkr", "Personalkostnad", "unit and number"),
        ("Kostnader för arbetskraft", "Personalkostnader", "class 5 of the chart of accounts"),
        ("Resultat", "Årets resultat", "the last line of the statement of income"),
        ("Årets resultat (not 7)", "Årets resultat", "a note"),
        ("3.1 Lokalkostnader", "Lokalkostnader*", "numbering and footnote"),
        ("Medelantalet anställda", "Medelantal anställda", "definite form"),
        ("Resultatet för 2022", "Resultat", "a year in running text"),
        ("Antal invånare", "Folkmängd", "one count"),
        ("TOTALT", "Summa", "a sum without a name"),
    ],
)
def test_one_line_under_several_labels(one: str, other: str, why: str) -> None:
    assert line_of(one) == line_of(other), why


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        ("Verksamhetens kostnader", "Summa kostnader", "depreciation is no part of the first in municipal accounts"),
        ("Verksamhetens resultat", "Årets resultat", "taxes and interest lie between them"),
        ("Övriga kostnader", "Övriga intäkter", "two sides"),
        ("Kortfristiga skulder", "Långfristiga skulder", "two terms"),
        ("Summa", "Summa intäkter", "the table and a part of it"),
    ],
)
def test_lines_that_are_two(one: str, other: str, why: str) -> None:
    assert line_of(one) != line_of(other), why


@pytest.mark.parametrize(
    ("title", "frame", "why"),
    [
        ("Resultaträkning", "", "which statement, not of what"),
        ("Budget 2024", "", "phase and year"),
        ("Tabell 3. Ekonomi i korthet", "", "numbering"),
        ("Budget exklusive transfereringar 2024–2026", "exklusiv transferering", "it narrows every line"),
        ("Driftbudget 2024", "drift", "operations and investments have the same lines"),
        ("Investeringsredovisning", "investering", "operations and investments have the same lines"),
        ("Koncernen 2023-12-31", "koncern", "the group is not the municipality"),
        ("Kommunen", "", "the municipality is the publisher itself"),
        ("Utfall 2023", "", "the head of a column"),
    ],
)
def test_what_a_title_narrows(title: str, frame: str, why: str) -> None:
    assert frame_of(title) == frame, why


@pytest.mark.parametrize(
    ("head", "period"),
    [
        ("Utfall 2023", ""),
        ("2023-01-01 – 2023-12-31", ""),
        ("2023-12-31", ""),
        ("2023-08-31", "08"),
        ("Utfall jan–aug 2023", "08"),
        ("Utfall jan–dec 2023", ""),
        ("Utfall per den 31 augusti", "08"),
        ("Tertial 2", "tertial 2"),
    ],
)
def test_parts_of_a_year(head: str, period: str) -> None:
    assert period_of(head) == period


@pytest.mark.parametrize(
    ("head", "answer"),
    [
        ("Budgetavvikelse", True),
        ("Förändring i %", True),
        ("Mål 2024", True),
        ("Utfall 2023", False),
        ("Medeltal", False),
    ],
)
def test_differences_are_no_values(head: str, answer: bool) -> None:
    assert is_difference(head) is answer


@pytest.mark.parametrize(
    ("value", "printed", "step"),
    [
        ("7985000", "7 985", "1000"),
        ("7985112", "7 985 112", "1"),
        ("41.2", "41,2", "0.1"),
        ("8400000", "8,4", "100000"),
    ],
)
def test_how_finely_a_value_is_printed(value: str, printed: str, step: str) -> None:
    assert step_of(Decimal(value), printed) == Decimal(step)


@pytest.mark.parametrize(("label", "side"), [("Personalkostnader", -1), ("Ränteintäkter", 1), ("Årets resultat", 0)])
def test_sides(label: str, side: int) -> None:
    assert nature(line_of(label)) == side


# --- documents ---------------------------------------------------------------------------------------------------


def a_document(name: str, kind: str, year: int, *rows: tuple[Any, ...], **more: Any) -> Slice:
    """A document of an invented publisher. A row is line, year, phase, value in tkr (as printed), and what differs."""
    nodes = []
    for number, row in enumerate(rows):
        line, fiscal_year, phase, value = row[:4]
        nodes.append(
            {
                "@id": f"document/{name}/1/observation/{number}",
                "@type": "Observation",
                "lineItem": line,
                "table": "Ekonomi",
                "unit": "SEK",
                "phase": phase,
                "fiscalYear": {"@value": str(fiscal_year)},
                "value": {"@value": str(value * 1000)},
                "asPrinted": f"{value:,}".replace(",", " "),
                "scope": "organization/exempel",
                "evidence": [f"passage/{name}/{number}-{number + 1}"],
                **(row[4] if len(row) > 4 else {}),
            }
        )
    head = {"@id": f"document/{name}/1", "documentType": f"kg:documentType-{kind}", "title": f"{kind} {year}"}
    head |= {"year": {"@value": str(year)}, "publisher": "organization/exempel", **more}
    return Slice(head, {"Observation": nodes})


def concluded(*slices: Slice) -> dict[str, list[Json]]:
    """What follows, by class."""
    resolution = Resolution(entities={"organization/exempel": {"name": "Exempelförbundet", "shortName": "EXF"}})
    follow_series(sorted(slices, key=lambda piece: piece.id), resolution)
    found: dict[str, list[Json]] = {"Series": [], "Restatement": [], "BudgetComparison": []}
    for node in resolution.conclusions:
        found[node["@type"]].append(node)
    return found


def test_a_series_holds_the_values_of_one_line_year_by_year() -> None:
    found = concluded(
        a_document("a", "verksamhetsplan", 2023, ("Personalkostnader", 2023, "budget", -500)),
        a_document("b", "verksamhetsplan", 2024, ("PERSONALKOSTNADER", 2024, "budget", -600)),
    )
    (series,) = found["Series"]
    assert series["observation"] == ["document/a/1/observation/0", "document/b/1/observation/0"]
    assert series["scopeName"] == "Exempelförbundet"
    assert not found["Restatement"]


def test_one_value_is_no_series() -> None:
    assert not concluded(a_document("a", "budget", 2023, ("Hyror", 2023, "budget", -500)))["Series"]


def test_areas_that_only_titles_name_have_series_of_their_own() -> None:
    kansli, skola = {"table": "Budget Kansli", "scope": None}, {"table": "Budget Skola", "scope": None}
    found = concluded(
        a_document(
            "a", "budget", 2023, ("Kostnader", 2023, "budget", -5, kansli), ("Kostnader", 2023, "budget", -8, skola)
        ),
        a_document("b", "budget", 2024, ("Kostnader", 2024, "budget", -6, kansli | {"table": "Budget Kansli 2024"})),
    )
    assert [(series["scopeName"], len(series["observation"])) for series in found["Series"]] == [("Kansli", 2)]


def test_what_narrows_a_line_is_part_of_the_series_name() -> None:
    rows = [("Intäkter", year, "outcome", 5, {"column": f"Koncernen {year}"}) for year in (2023, 2022)]
    (series,) = concluded(a_document("a", "årsredovisning", 2023, *rows))["Series"]
    assert series["scopeName"] == "Exempelförbundet, Koncernen"


def test_the_publishers_short_name_in_a_title_is_no_area() -> None:
    found = concluded(
        a_document("a", "budget", 2023, ("Kostnader", 2023, "budget", -5, {"table": "Budget EXF 2023"})),
        a_document("b", "budget", 2024, ("Kostnader", 2024, "budget", -6)),
    )
    assert [series["scopeName"] for series in found["Series"]] == ["Exempelförbundet"]


def test_a_label_printed_twice_with_two_values_tells_no_line() -> None:
    rows = [("Övrigt", 2023, "outcome", 4), ("Övrigt", 2023, "outcome", -9)]
    assert not concluded(a_document("a", "årsredovisning", 2023, *rows, ("Övrigt", 2022, "outcome", 5)))["Series"]


@pytest.mark.parametrize(
    ("second", "restated", "why"),
    [
        (("årsredovisning", 2023, ("Resultat", 2022, "outcome", -200)), True, "a figure for comparison differs"),
        (("årsredovisning", 2023, ("Resultat", 2022, "outcome", -241)), False, "one step is rounding"),
        (("årsredovisning", 2023, ("Resultat", 2022, "outcome", -240)), False, "the same value"),
        (("årsredovisning", 2023, ("Resultat", 2022, "forecast", -200)), False, "a forecast is no outcome"),
        (("årsredovisning", 2023, ("Resultat", 2021, "outcome", -200)), False, "another year"),
        (("årsredovisning", 2022, ("Resultat", 2022, "outcome", -200)), False, "no later document: they contradict"),
        (
            ("årsredovisning", 2023, ("Resultat", 2022, "outcome", -200, {"column": "Utfall jan–aug 2022"})),
            False,
            "a part of the year",
        ),
        (
            ("årsredovisning", 2023, ("Resultat", 2022, "outcome", -200, {"column": "Koncernen 2022"})),
            False,
            "the group's",
        ),
    ],
)
def test_restated_values(second: tuple[Any, ...], restated: bool, why: str) -> None:
    kind, year, row = second
    first = a_document("a", "årsredovisning", 2022, ("Årets resultat", 2022, "outcome", -240))
    found = concluded(first, a_document("b", kind, year, row))["Restatement"]
    assert bool(found) is restated, why
    for node in found:
        assert (node["earlier"], node["later"]) == ("document/a/1/observation/0", "document/b/1/observation/0")
        assert len(node["evidence"]) == 2


def test_a_plan_for_the_same_year_made_later_restates_the_earlier_plan() -> None:
    found = concluded(
        a_document("a", "verksamhetsplan", 2024, ("Intäkter", 2026, "budget", 500)),
        a_document("b", "verksamhetsplan", 2026, ("Intäkter", 2026, "budget", 450)),
    )
    assert [node["method"] for node in found["Restatement"]] == ["series/planned-anew"]


@pytest.mark.parametrize(
    ("budget", "outcome", "deviation", "why"),
    [
        (("Resultat", 100), ("Årets resultat", -240), -340_000, "worse than planned"),
        (("Personalkostnader", -500), ("Personalkostnader", -450), 50_000, "costs with a minus in both"),
        (("Personalkostnader", -500), ("Personalkostnader", 450), 50_000, "costs without a minus in the report"),
        (("Personalkostnader", 500), ("Personalkostnader", 450), 50_000, "costs without a minus in both"),
        (("Ränteintäkter", 10), ("Ränteintäkter", 12), 2_000, "more income"),
        (("Ränteintäkter", -10), ("Ränteintäkter", -12), 2_000, "a ledger's signs: incomes below zero"),
    ],
)
def test_outcomes_beside_budgets(budget: tuple[str, int], outcome: tuple[str, int], deviation: int, why: str) -> None:
    plan = a_document("a", "budget", 2023, (budget[0], 2023, "budget", budget[1]))
    report = a_document("b", "årsredovisning", 2023, (outcome[0], 2023, "outcome", outcome[1]))
    (found,) = concluded(plan, report)["BudgetComparison"]
    assert found["deviation"] == deviation, why


def test_the_budget_beside_the_outcome_counts_where_it_was_revised() -> None:
    rows = [("Hyror", 2023, "budget", -550), ("Hyror", 2023, "outcome", -560)]
    plan = a_document("a", "budget", 2023, ("Hyror", 2023, "budget", -500))
    found = concluded(plan, a_document("b", "verksamhetsberättelse", 2023, *rows))
    assert [node["budgeted"] for node in found["BudgetComparison"]] == ["document/b/1/observation/0"]
    assert [node["method"] for node in found["Restatement"]] == ["series/revised"]


def test_two_names_are_one_line_where_a_document_gives_both_the_same_values() -> None:
    both = [
        (name, year, "outcome", value)
        for name in ("Summa intäkter", "Verksamhetens intäkter")
        for year, value in ((2022, 8_110), (2023, 9_320))
    ]
    later = a_document("b", "årsredovisning", 2025, ("Verksamhetens intäkter", 2025, "outcome", 9_900))
    (series,) = concluded(a_document("a", "årsredovisning", 2023, *both), later)["Series"]
    assert len(series["observation"]) == 5
    apart = [*both[:3], ("Verksamhetens intäkter", 2023, "outcome", 9_000)]
    assert len(concluded(a_document("a", "årsredovisning", 2023, *apart), later)["Series"]) == 2


def test_the_order_of_documents_makes_no_difference() -> None:
    slices = [
        a_document(name, "årsredovisning", year, ("Hyror", year, "outcome", year), ("Hyror", year - 1, "outcome", year))
        for name, year in (("a", 2022), ("b", 2023), ("c", 2024))
    ]
    assert concluded(*slices) == concluded(*reversed(slices))


def test_stored_values_stay_as_they_are() -> None:
    piece = a_document("a", "budget", 2023, ("Hyror", 2023, "budget", 500))
    (value,) = measured(piece, Resolution())
    assert (value.node["value"]["@value"], value.signed) == ("500000", Decimal(-500_000))
