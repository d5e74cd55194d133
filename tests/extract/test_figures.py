"""Counts and shares in running text: how many, of what, how sure, of which year; and dates that cannot be."""

from __future__ import annotations

import pytest
import spacy

from kommungraf.dates import PartialDate
from kommungraf.extract.context import Context
from kommungraf.extract.figures import find_figures
from kommungraf.extract.figures_dates import find_stated_dates
from kommungraf.extract.figures_names import find_abbreviations
from kommungraf.model.facts import Figure
from kommungraf.model.parts import LogicalDocument
from kommungraf.model.source import Span
from kommungraf.read import read_bytes


def context(text: str, year: int | None = 2024, issued: PartialDate | None = None) -> Context:
    """A text as one logical document without parts."""
    read = read_bytes(text.encode(), "exempel.md")
    document = LogicalDocument(
        "document/x/1", 1, "övrigt", "Exempel", 0, len(read.clean), range(len(read.blocks)), Span(0, 1), year=year
    )
    document.issued = issued
    return Context(read, document, [document], spacy.blank("sv").make_doc(""))


def told(text: str, year: int | None = 2024) -> list[tuple[str, str]]:
    """Value and measure of every figure of a text."""
    return [(str(figure.value), figure.line_item) for figure in find_figures(context(text, year))]


FIGURES = [
    # a number before its noun
    ("Förbundet har 23 medarbetare.", [("23", "medarbetare")], "digits"),
    ("Området består av sex medarbetare.", [("6", "medarbetare")], "words"),
    ("Vi köpte drygt 300 nya böcker och 80 klipp.", [("300", "nya böcker"), ("80", "klipp")], "adjective and noun"),
    ("Sidan hade 67 000 sidvisningar.", [("67000", "sidvisningar")], "thousands"),
    ("Det blev 34 olika kurs- och konferensdagar.", [("34", "kurs- och konferensdagar")], "a shared last part"),
    ("7 av 9 kommuner deltog.", [("7", "kommuner")], "some of all"),
    ("Åtta av länets kommuner deltar.", [("8", "kommuner")], "some of those named"),
    ("Mål för länets 12 kommuner.", [("12", "länets kommuner")], "whose they are"),
    ("Vid årets slut fanns 19 anställda, varav 13 kvinnor.", [("19", "anställda"), ("13", "kvinnor")], "a participle"),
    ("De tre planerade dagarna ställdes in.", [], "days are a time"),
    ("Nätverket bemannas med 22,8 årsarbetare.", [("22.8", "årsarbetare")], "decimals"),
    # a number after what it measures
    ("Medelantalet anställda var 19 (18).", [("19", "Medelantalet anställda")], "a mean keeps its name"),
    ("Antalet utlån av teknik ökade från 698 till 722.", [("722", "utlån av teknik")], "the later of two"),
    ("Antalet anställda ökade med 123 personer till totalt 3 869.", [("3869", "anställda")], "what it came to"),
    ("Antal inkomna synpunkter: 143", [("143", "inkomna synpunkter")], "a colon for a verb"),
    ("Kö till särskilt boende: 12 personer", [("12", "personer")], "a colon before the number"),
    ("Antal besökare beräknades till runt 50.", [("50", "besökare")], "hedged"),
    ("Sjukfrånvaron var 3,1 procent.", [("3.1", "Sjukfrånvaron")], "the subject of a share"),
    ("Cirka 40 procent av deltagarna fick arbete.", [("40", "deltagarna")], "a share of what follows"),
    # no figures
    ("Mötet är den 25 april 2024 kl. 09.00.", [], "dates and times"),
    ("Elever i årskurs 6 och årskurs 8 svarade.", [], "school years"),
    ("Enligt 14 kap. 13 § vallagen (2005:837).", [], "law"),
    ("Bidraget var 500 kronor per år.", [], "money is an amount"),
    ("Avtalet gäller i tre år.", [], "periods"),
    ("Ungefär en av fyra personer känner så.", [], "a proportion in words"),
    ("Kursen handlade om 3D-skrivare.", [], "a name with a digit"),
    ("Under 2023 deltog skolorna.", [], "years"),
    ("Ring 010-123 45 67 eller besök rum 12 på plan 3.", [], "numbers of phones and rooms"),
]


@pytest.mark.parametrize(("text", "expected", "why"), FIGURES, ids=[row[0][:40] for row in FIGURES])
def test_figures(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert told(text) == expected, why


@pytest.mark.parametrize(
    ("text", "hedge"),
    [
        ("Det kom cirka 120 lärare.", "cirka"),
        ("Det kom ca 120 lärare.", "ca"),
        ("Det kom drygt 120 lärare.", "drygt"),
        ("Det kom mer än 120 lärare.", "mer än"),
        ("Det kom upp till 120 lärare.", "upp till"),
        ("Det kom totalt 120 lärare.", None),
    ],
)
def test_words_that_make_a_number_approximate(text: str, hedge: str | None) -> None:
    (figure,) = find_figures(context(text))
    assert (figure.hedge, str(figure.value), figure.unit) == (hedge, "120", "persons")


@pytest.mark.parametrize(
    ("text", "year", "why"),
    [
        ("Det kom 120 lärare.", 2024, "the document's"),
        ("Under 2023 kom 120 lärare.", 2023, "the sentence's"),
        ("Det kom 120 lärare den 4 maj 2022.", 2024, "a day's year is not the count's"),
        ("Det kom 120 lärare, jämfört med 90 2022.", 2024, "the year of what is compared"),
        ("Strategin för länet 2040 har 120 mål.", 2024, "a year far ahead names a goal"),
    ],
)
def test_the_year_of_a_figure(text: str, year: int, why: str) -> None:
    figures: list[Figure] = list(find_figures(context(text)))
    assert figures[0].fiscal_year == year, why


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Torsdagen den 13 april 2024.", [("weekday", "lördag")], "the calendar says otherwise"),
        ("Lördagen den 13 april 2024.", [], "as the calendar says"),
        ("Torsdagen den 13 april.", [], "no year, nothing to check"),
        ("Avtalet gäller från den 1 maj 2024 till den 30 april 2023.", [("period", None)], "ends before it begins"),
        ("Avtalet gäller från den 1 maj 2023 till den 30 april 2024.", [], "a year"),
        ("Den 1 maj 2024 eller den 30 april 2023.", [], "no period"),
    ],
)
def test_dates_that_cannot_be(text: str, expected: list[tuple[str, str | None]], why: str) -> None:
    assert [(one.date_kind, one.weekday) for one in find_stated_dates(context(text))] == expected, why


def test_the_date_of_a_document_is_where_it_stands() -> None:
    ctx = context("Förbundet\n\n2024-03-16\n\nKallelse till möte den 4 april 2024", issued=PartialDate(2024, 3, 16))
    (dated,) = find_stated_dates(ctx)
    assert (dated.date_kind, dated.text) == ("issued", "2024-03-16")


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("Arbetet med Barns behov i fokus (BBIF) fortsätter.", [("Barns behov i fokus", "BBIF")], "words before"),
        ("BBIF (Barns behov i fokus) fortsätter.", [("Barns behov i fokus", "BBIF")], "words in the brackets"),
        (
            "Projektet SIV (Samverkan, Inkludering, Växt – Exempellän).",
            [("Samverkan, Inkludering, Växt", "SIV")],
            "a dash",
        ),
        ("Kommunen svarar (KS) på det.", [], "the letters do not fit"),
        ("Anna Ek (MP) yrkar bifall.", [], "a party is no abbreviation of a name"),
    ],
)
def test_abbreviations(text: str, expected: list[tuple[str, str]], why: str) -> None:
    assert [(one.text, one.abbreviation) for one in find_abbreviations(context(text))] == expected, why
