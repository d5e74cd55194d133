# ruff: noqa: E501
"""Tables become observations: what is a value, of which line, year, phase and unit."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
import spacy

from kommungraf.extract.amounts import find_amounts
from kommungraf.extract.context import Context
from kommungraf.extract.observations import find_observations
from kommungraf.extract.units import parse_cell, unit_in_label, unit_of_words, without_unit
from kommungraf.model.facts import GoverningBody, Observation
from kommungraf.model.parts import LogicalDocument
from kommungraf.model.source import Span
from kommungraf.read import read_bytes

Row = tuple[str, int | None, str, str, str | None]
"""Line item, year, value, unit, phase."""


def context(text: str, kind: str = "övrigt", year: int | None = None) -> Context:
    """A text as one logical document without parts."""
    read = read_bytes(text.encode(), "exempel.md")
    whole = range(len(read.blocks))
    document = LogicalDocument("document/x/1", 1, kind, "Exempel", 0, len(read.clean), whole, Span(0, 1), year=year)
    return Context(read, document, [document], spacy.blank("sv").make_doc(""))


def rows(text: str, kind: str = "övrigt", year: int | None = None) -> list[Row]:
    """The observations of a text's tables."""
    return [plain(o) for o in find_observations(context(text, kind, year))]


def plain(observation: Observation) -> Row:
    o = observation
    return (o.line_item, o.fiscal_year, str(o.value), o.unit, o.phase)


YEARS = """## Flerårsöversikt

Allmänna förutsättningar\t2023\t2022
Medelantalet anställda\t23\t25
Resultat (tkr)\t\t
Verksamhetens intäkter\t71 163\t79 899
Ekonomisk ställning\t\t
Eget kapital (tkr)\t8 137\t-302
Soliditet (%)\t47,16\t60,53
"""

STATEMENT = """Resultaträkning\tNot\t2023-01-01- 2023-12-31\t2022-01-01- 2022-12-31
Tkr\t\t\t
Intäkter\t\t\t
Bidrag\t1\t46 047\t57 337
\t\t46 047\t57 337
Kostnader\t\t\t
Personalkostnader\t2, 3\t-21 723\t(18 087)
Årets resultat\t\t24 324\t39 250
"""

BUDGET = """## Budget 2024

Budget Kansliet\t
Avtalade intäkter\t7 478
TOTALT\t0

Intäkterna kommer från kommunerna genom avtal, 7 478 tkr.
"""

PART = """## Ekonomi (tkr)

Post\tBudget 2024\tUtfall jan–aug 2024\tPrognos 2024
Hyror\t-90\t-60\t-88
"""

COUNTS = """Utbildningar\tAntal deltagare
Konflikthantering\t19
Summa\t19
Konferenser\t
Höstdagen\t249
Summa\t249
"""

TWO_HEADS = """## Driftbudget (mnkr)

\tBudget\tUtfall\tAvvikelse
Nämnd\t2024\t2023\t
Skolnämnden\t-210,5\t-208,0\t2,5
"""

YEARS_DOWN = """Antal invånare den 31 december

År\tKvinnor\tMän
2022\t5 010\t5 102
2023\t5 044\t5 131
"""

CODES = """## Investeringar 2025, tkr

Nr\tProjekt\tBudget 2025\tPlan 2026
101\tNy förskola\t12 000\t4 000
102\tGång- och cykelväg\t850\t0
"""

CAPITAL = """### Förändringar i eget kapital (Tkr)

\tBalanserat kapital\tSumma kapital
Belopp vid årets ingång\t8 302\t8 302
"""

SHARES = """## Not 5 Andelar

Belopp i tkr

Namn\tKapitalandel\tAntal andelar\tBokfört värde
Exempelhus AB\t100\t5 000\t500
\tOrg. nr\tSäte\t
Exempelhus AB\t556000-0000\tExempelby\t
"""

REPORT = """## Nyckeltal

Nyckeltal\tUtfall 2022\tMål 2023\tUtfall 2023
Andel behöriga elever (%)\t85\t90\t88,5
Antal anmälningar\t120\t-\t134
Nettokostnad per invånare, kr\t61 200\t62 000\t63 050
"""

ABSENCE = """Sjukfrånvaro i %\t2023
Kvinnor\t7,2
Män\t4,1
"""

PLAN = """mnkr\tNot\tBokslut 2022\tPlan 2025
Verksamhetens kostnader\t2\t– 1 329,0\t– 1 502,4
"""

LOANS = """## Budget (mnkr)

Intäkter\t5,0

## Lån

Långivare\tBelopp\tFörfallodag
Exempelbanken\t50 000 000\t2027-03-01
"""

AGES = """Åldersgrupp\tKvinnor\tMän\tTotalt
30-39\t110\t30\t140
"""

GOALS = """## Mål

Mål\tIndikator\tUtfall 2023
Nöjda elever\tAndel nöjda (%)\t84
Lägre skatt\tUtdebitering, kr/skattekrona\t21,90
"""

TABLES = [
    (YEARS, "årsredovisning", 2023, [
        ("Medelantalet anställda", 2023, "23", "persons", "outcome"), ("Medelantalet anställda", 2022, "25", "persons", "outcome"),
        ("Verksamhetens intäkter", 2023, "71163000", "SEK", "outcome"), ("Verksamhetens intäkter", 2022, "79899000", "SEK", "outcome"),
        ("Eget kapital", 2023, "8137000", "SEK", "outcome"), ("Eget kapital", 2022, "-302000", "SEK", "outcome"),
        ("Soliditet", 2023, "47.16", "percent", "outcome"), ("Soliditet", 2022, "60.53", "percent", "outcome"),
    ], "units of rows and sections"),
    (STATEMENT, "övrigt", None, [
        ("Bidrag", 2023, "46047000", "SEK", "outcome"), ("Bidrag", 2022, "57337000", "SEK", "outcome"),
        ("Intäkter", 2023, "46047000", "SEK", "outcome"), ("Intäkter", 2022, "57337000", "SEK", "outcome"),
        ("Personalkostnader", 2023, "-21723000", "SEK", "outcome"), ("Personalkostnader", 2022, "-18087000", "SEK", "outcome"),
        ("Årets resultat", 2023, "24324000", "SEK", "outcome"), ("Årets resultat", 2022, "39250000", "SEK", "outcome"),
    ], "a column of notes, a row with the unit, an unnamed sum takes its section's name, brackets are a minus"),
    (BUDGET, "verksamhetsplan", None, [
        ("Avtalade intäkter", 2024, "7478000", "SEK", "budget"), ("TOTALT", 2024, "0", "SEK", "budget"),
    ], "the year from the heading, the unit from the text that repeats a value"),
    (COUNTS, "verksamhetsberättelse", 2020, [
        ("Konflikthantering", 2020, "19", "persons", "outcome"), ("Summa", 2020, "19", "persons", "outcome"),
        ("Höstdagen", 2020, "249", "persons", "outcome"), ("Summa", 2020, "249", "persons", "outcome"),
    ], "the head says what is counted, the document the year"),
    (TWO_HEADS, "övrigt", None, [
        ("Skolnämnden", 2024, "-210500000", "SEK", "budget"), ("Skolnämnden", 2023, "-208000000", "SEK", "outcome"),
        ("Skolnämnden", None, "2500000", "SEK", None),
    ], "two rows of heads; a difference is neither budget nor outcome"),
    (YEARS_DOWN, "övrigt", None, [
        ("Kvinnor", 2022, "5010", "persons", None), ("Män", 2022, "5102", "persons", None),
        ("Kvinnor", 2023, "5044", "persons", None), ("Män", 2023, "5131", "persons", None),
    ], "years down the side"),
    (CODES, "övrigt", None, [
        ("Ny förskola", 2025, "12000000", "SEK", "budget"), ("Ny förskola", 2026, "4000000", "SEK", "budget"),
        ("Gång- och cykelväg", 2025, "850000", "SEK", "budget"), ("Gång- och cykelväg", 2026, "0", "SEK", "budget"),
    ], "serial numbers before the labels are no values"),
    (CAPITAL, "årsredovisning", 2023, [
        ("Belopp vid årets ingång", 2023, "8302000", "SEK", "outcome"), ("Belopp vid årets ingång", 2023, "8302000", "SEK", "outcome"),
    ], "columns that are not years"),
    (SHARES, "årsredovisning", 2023, [
        ("Exempelhus AB", 2023, "100", "percent", "outcome"), ("Exempelhus AB", 2023, "5000", "count", "outcome"),
        ("Exempelhus AB", 2023, "500000", "SEK", "outcome"),
    ], "columns of different units; a corporate number is no value"),
    (REPORT, "övrigt", None, [
        ("Andel behöriga elever", 2022, "85", "percent", "outcome"), ("Andel behöriga elever", 2023, "90", "percent", None),
        ("Andel behöriga elever", 2023, "88.5", "percent", "outcome"), ("Antal anmälningar", 2022, "120", "count", "outcome"),
        ("Antal anmälningar", 2023, "134", "count", "outcome"), ("Nettokostnad per invånare", 2022, "61200", "SEK", "outcome"),
        ("Nettokostnad per invånare", 2023, "62000", "SEK", None), ("Nettokostnad per invånare", 2023, "63050", "SEK", "outcome"),
    ], "a unit for each row; a target has no phase; a dash is no value"),
    (ABSENCE, "övrigt", None, [("Kvinnor", 2023, "7.2", "percent", None), ("Män", 2023, "4.1", "percent", None)],
     "a printed percentage is stronger than words that count people"),
    (PLAN, "övrigt", None, [
        ("Verksamhetens kostnader", 2022, "-1329000000", "SEK", "outcome"),
        ("Verksamhetens kostnader", 2025, "-1502400000", "SEK", "budget"),
    ], "the unit over the labels, a dash with a space as minus"),
    (LOANS, "övrigt", None, [("Intäkter", None, "5000000", "SEK", "budget"), ("Exempelbanken", None, "50000000", "number", None)],
     "fifty million millions are not what is meant"),
    (AGES, "övrigt", 2023, [("30-39", 2023, n, "persons", None) for n in ("110", "30", "140")], "a total is of what the others are of"),
    (GOALS, "övrigt", None, [("Nöjda elever", 2023, "84", "percent", "outcome"), ("Lägre skatt", 2023, "21.90", "SEK", "outcome")],
     "a cell of text beside the value says the unit"),
    (PART, "verksamhetsberättelse", 2024, [("Hyror", 2024, "-90000", "SEK", "budget"), ("Hyror", 2024, "-60000", "SEK", None),
     ("Hyror", 2024, "-88000", "SEK", "forecast")], "what eight months gave is no outcome of the year"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "year", "expected", "why"), TABLES, ids=[case[-1] for case in TABLES])
def test_tables(text: str, kind: str, year: int | None, expected: list[Row], why: str) -> None:
    assert rows(text, kind, year) == expected


def test_a_table_goes_on_after_a_page_break() -> None:
    text = "## Resultatbudget (tkr)\n\nPost\tBudget 2024\tUtfall 2023\nHyra\t5\t4\n\n\n\n\nLöner\t7\t6\n"
    ctx = context(text)
    assert [plain(o) for o in find_observations(ctx)] == [
        ("Hyra", 2024, "5000", "SEK", "budget"),
        ("Hyra", 2023, "4000", "SEK", "outcome"),
        ("Löner", 2024, "7000", "SEK", "budget"),
        ("Löner", 2023, "6000", "SEK", "outcome"),
    ]
    assert {o.table for o in find_observations(ctx)} == {"Resultatbudget"}


TITLES = [
    (YEARS, "Flerårsöversikt", "a heading right above"),
    (STATEMENT, "Resultaträkning", "the head over the labels names the statement"),
    (BUDGET, "Budget Kansliet", "a first row of its own is nearer than the heading"),
    (COUNTS, "Utbildningar", "the head over the labels says what they are"),
    (CAPITAL, "Förändringar i eget kapital", "the unit is not part of the title"),
    (
        "## Ekonomi\n\nSå gick det.\n\nPost\tUtfall 2023\nHyra\t-5\n",
        "Ekonomi",
        "'Post' says only that these are labels",
    ),
]


@pytest.mark.parametrize(("text", "title", "why"), TITLES)
def test_titles(text: str, title: str, why: str) -> None:
    assert {o.table for o in find_observations(context(text))} == {title}, why


NO_DATA = [
    ("Organ\tStyrelsen\nPlats och tid\tStora salen, kl. 09.00-10.00\nParagrafer\t§§ 1-13\n", "a head of minutes"),
    ("§\tÄrende\tSida\n1\tUpprop\t3\n2\tBudget\t4\n", "an agenda: serial numbers and pages"),
    ("Inledning.....\t3\nBudget.....\t5\n", "a table of contents"),
    ("Kommun\tOmbud\nExempelby\tAda Ek (S)\n", "names"),
    ("KOMMUNSTYRELSEN\t2005-11-08\t1\n\n§ 1 Upprop\n", "a running head in columns"),
]


@pytest.mark.parametrize(("text", "why"), NO_DATA)
def test_layout_tables_hold_no_values(text: str, why: str) -> None:
    assert rows(text) == [], why


def test_money_without_a_unit_is_noted_and_not_guessed() -> None:
    ctx = context("## Budget 2024\n\nIntäkter\t500\nKostnader\t-400\n")
    assert {o.unit for o in find_observations(ctx)} == {"number"}
    assert [issue.kind for issue in ctx.issues] == ["unit-unknown"]


def test_evidence_is_the_cell() -> None:
    ctx = context(STATEMENT)
    first = next(iter(find_observations(ctx)))
    assert ctx.text.of(first.evidence[0]) == first.as_printed == "46 047"
    assert first.column == "2023-01-01- 2023-12-31"


SCOPES = [
    ("## Socialnämnden\n\nBudget 2024\t\nHyra\t5\n", "body", "the heading is a body's name"),
    ("## Budget socialnämnden 2024\n\nHyra\t5\n", "body", "the title names it"),
    ("## Budget 2024\n\nHyra\t5\n", "publisher", "nobody else is named"),
    ("## Verksamhetsområde Kansli\n\nBudget 2024\t\nHyra\t5\n", None, "an area without an IRI is not the publisher"),
    ("## Förvaltningsberättelse\n\nUtfall 2024\t\nHyra\t5\n", "publisher", "a chapter, not an area"),
]


@pytest.mark.parametrize(("text", "scope", "why"), SCOPES)
def test_scopes(text: str, scope: str | None, why: str) -> None:
    ctx = context(text)
    ctx.document.publisher_id = "publisher"
    ctx.nodes.append(GoverningBody(id="body", name="Socialnämnden", evidence=(Span(0, 1),)))
    assert {o.scope for o in find_observations(ctx)} == {scope}, why


def test_a_chapter_of_a_board_is_whose_numbers_they_are() -> None:
    ctx = context("## Socialnämnden\n\nText.\n\n### Ekonomi\n\nPost\tUtfall 2024\nHyra\t5\n", "årsredovisning", 2024)
    ctx.document.publisher_id = "publisher"
    ctx.nodes.append(GoverningBody(id="body", name="Socialnämnden", evidence=(Span(0, 1),)))
    assert {o.scope for o in find_observations(ctx)} == {"body"}


CELLS = [
    ("-2 622", "-2622", None), ("(298)", "-298", None), ("47,16 %", "47.16", "percent"), ("5 år", "5", "years"),
    ("+3", "3", None), ("1 234,5 tkr", "1234.5", "SEK"), ("5, 6", None, None), ("556000-0000", None, None), ("2023-12-31", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "number", "unit"), CELLS)
def test_cells(text: str, number: str | None, unit: str | None) -> None:
    parsed = parse_cell(text)
    assert (parsed and str(parsed[0])) == number
    assert (parsed and parsed[1] and parsed[1].code) == unit


LABELS = [
    ("Eget kapital (tkr)", "SEK", "Eget kapital"), ("Soliditet (%)", "percent", "Soliditet"), ("Budget 2024, mnkr", "SEK", "Budget 2024"),
    ("Avgift, kr", "SEK", "Avgift"), ("Tkr", "SEK", "Tkr"), ("Belopp i tusentals kronor (tkr)", "SEK", "Belopp"),
    ("Personalkostnader", None, "Personalkostnader"), ("Kostnad (exkl. moms)", None, "Kostnad (exkl. moms)"),
]  # fmt: skip


@pytest.mark.parametrize(("label", "unit", "bare"), LABELS)
def test_labels(label: str, unit: str | None, bare: str) -> None:
    found = unit_in_label(label)
    assert (found and found.code) == unit
    assert without_unit(label) == bare


WORDS = [
    ("Antal deltagare", "persons"), ("Deltagare", "persons"), ("Antal kurser", "count"), ("Soliditet", "percent"),
    ("Antal årsarbetare", "full-time equivalents"), ("Ersättning till deltagare", None), ("Kapitalandel", "percent"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "unit"), WORDS)
def test_words_imply_units(words: str, unit: str | None) -> None:
    found = unit_of_words(words)
    assert (found and found.code) == unit


AMOUNTS = [
    ("Hyran för 2024 blir drygt 1 400 tkr.", None, [("Hyran", 2024, "1400000", "drygt 1 400 tkr")], "the year is printed"),
    ("Projektet får stöd med upp till 12 480 500 kronor.", 2025, [("Projektet får stöd", None, "12480500", "upp till 12 480 500 kronor")], "no year is said"),
    ("Årets resultat är ett underskott på 210 tkr.", 2023, [("Årets resultat", 2023, "210000", "210 tkr")], "the year of the document is meant"),
    ("Medlemsavgiften är 150 kronor per medlem och år.", None, [("Medlemsavgiften", None, "150", "150 kronor per medlem och år")], "per what belongs to it"),
    ("Bidraget är på cirka 31 miljoner.", None, [("Bidraget", None, "31000000", "cirka 31 miljoner")], "kronor are understood"),
    ("Förbundet har 24 miljoner invånare.", None, [], "millions of something else"),
    ("Det kostar tre miljoner kronor.", None, [("Det", None, "3000000", "tre miljoner kronor")], "a number in words"),
    ("Kostnaden ligger på 2–3 mnkr.", None, [], "a range is not one amount"),
    ("Avgiften används fram till 2028, totalt 908 tkr.", 2024, [("Avgiften används fram till 2028", None, "908000", "totalt 908 tkr")], "a limit is not the year"),
    ("Intäkterna är budgeterade till 10 tkr.", 2024, [("Intäkterna", 2024, "10000", "10 tkr")], "a budget is the document's"),
    ("Av beviljade 2 400 tkr har 910 tkr använts.", None,
     [("Av beviljade", None, "2400000", "2 400 tkr"), ("använts", None, "910000", "910 tkr")], "two in one sentence"),
    ("Ersättningen är 18 kr/km och 50 kronor per dag och ska betalas ut.", None,
     [("Ersättningen", None, "18", "18 kr/km"), ("Ersättningen", None, "50", "50 kronor per dag")], "rates"),
    ("Arbetet tar 21,5 timmar.", None, [], "hours"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "year", "expected", "why"), AMOUNTS)
def test_amounts(text: str, year: int | None, expected: list[tuple[str, int | None, str, str]], why: str) -> None:
    found = [(o.line_item, o.fiscal_year, str(o.value), o.as_printed) for o in find_amounts(context(text, year=year))]
    assert found == expected, why


PHASES = [
    ("Intäkterna är budgeterade till 10 tkr.", "budget"),
    ("Budget för hyror är 10 tkr.", "budget"),
    ("Kostnaderna överstiger budgeten med 10 tkr.", None),
    ("Helårsprognosen pekar mot ett överskott på 5,1 mnkr.", "forecast"),
    ("Vid årets slut beräknas summan till 910 tkr.", "forecast"),
    ("Nämnden prognostiserar ett underskott på 2 mnkr.", "forecast"),
    ("Hyran var 10 tkr.", None),
]


@pytest.mark.parametrize(("text", "phase"), PHASES)
def test_phases_of_amounts(text: str, phase: str | None) -> None:
    assert [o.phase for o in find_amounts(context(text))] == [phase]


SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.mark.seeds
@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not here")
def test_every_number_of_the_seeds_tables_is_money_persons_or_said_otherwise() -> None:
    from kommungraf.read import read
    from kommungraf.segment import segment

    units: dict[str, int] = {}
    for path in sorted(SEEDS.glob("*.txt")):
        text = read(path)
        bundle, _ = segment(text)
        for document in bundle:
            ctx = Context(text, document, bundle, spacy.blank("sv").make_doc(""))
            for observation in find_observations(ctx):
                units[observation.unit] = units.get(observation.unit, 0) + 1
                assert observation.fiscal_year is not None
                assert observation.phase in ("budget", "outcome")
                assert Decimal(observation.value) is not None
            assert not ctx.issues
    assert units.keys() <= {"SEK", "persons", "percent", "count", "years"}
    assert sum(units.values()) > 250
