"""Repairs of what was recognised: (what was seen, what it becomes, why). No recogniser is needed."""

from __future__ import annotations

from array import array

import pytest

from kommungraf.build.lexicon import without_noise
from kommungraf.misreading import is_near
from kommungraf.model.source import Block, Recognised, SourceFile, Span, Text
from kommungraf.read.terms import Lexicon, repaired

LEXICON = Lexicon(
    words=frozenset("beslut närvarande ordförande kommunfullmäktige kommun besluta Hällnäs Vara".split()),
    names=frozenset("Olsson Ingela Håkan".split()),
    codes=frozenset({"S", "M", "SD", "L"}),
)


def recognised(clean: str, score: float = 0.9) -> Text:
    """A text of one block, all of it recognised."""
    file = SourceFile("0" * 64, "skannad.pdf", len(clean), "application/pdf")
    whole = Span(0, len(clean))
    block = Block("paragraph", 0, len(clean), whole)
    return Text(file, clean, clean, array("I", range(len(clean))), [block], recognised=[Recognised(whole, score)])


REPAIRS = [
    ("Bes1ut", "Beslut", "a digit among letters"),
    ("Narvarande", "Närvarande", "dots are lost"),
    ("NARVARANDE", "NÄRVARANDE", "the case is the printed one"),
    ("kornmun", "kommun", "r and n for m"),
    ("Kommunfullmaktige", "Kommunfullmäktige", "one letter in many"),
    ("Anna 0lsson", "Anna Olsson", "a name that no word can be"),
    ("Hallnäs", "Hällnäs", "a proper noun of some length"),
    ("Hakan Ek", "Hakan Ek", "a name may be spelt without its ring: the list of names is no reason"),
    ("Våra förslag", "Våra förslag", "marks are lost, never won: this is not the place called Vara"),
    ("beslutat", "beslutat", "another form of a known word is no noise"),
    ("hällnas", "hällnas", "a proper noun does not stand in lower case"),
    ("Anna Ek (5)", "Anna Ek (S)", "a party's code behind a name"),
    ("Sida 3 (5)", "Sida 3 (5)", "a number of pages is behind no name"),
    ("Anna Ek (5D)", "Anna Ek (SD)", "a code of two letters"),
    ("den 2O maj 2O24", "den 20 maj 2024", "letters among digits"),
    ("l2 500 kronor", "12 500 kronor", "a stroke before digits"),
    ("l 250 kronor", "1 250 kronor", "a stroke before a group of three digits"),
    ("punkt l och 2", "punkt l och 2", "a stroke alone may be a letter"),
    ("§ 11 Val\n\n8 12 Taxor", "§ 11 Val\n\n§ 12 Taxor", "a section next to its neighbour"),
    ("§ 11 Val\n\n$ 12 Taxor", "§ 11 Val\n\n§ 12 Taxor", "a dollar is no number"),
    ("§ 40 Val\n\n8 12 Taxor", "§ 40 Val\n\n8 12 Taxor", "no section is near"),
    ("9 kap. 37 $ lagen (2017:725)", "9 kap. 37 § lagen (2017:725)", "behind a number, before a word"),
    ("priset var 37 $ 12", "priset var 37 $ 12", "before a number it may be money"),
    ("sidorna 15—17", "sidorna 15–17", "the long dash in a range"),
    ("8 12 Taxor", "8 12 Taxor", "nothing says that these are sections"),
    (
        "Ulla Bergqvist Ulla Bergqvist Ulla Bergqvist Ulla Berqvist",
        "Ulla Bergqvist Ulla Bergqvist Ulla Bergqvist Ulla Bergqvist",
        "the document's own name, once with a letter lost",
    ),
    ("Ulla Bergqvist Ulla Berqvist", "Ulla Bergqvist Ulla Berqvist", "neither spelling is the usual one"),
    (
        "Strandängen Strandängen Strandängen Strandangen",
        "Strandängen Strandängen Strandängen Strandängen",
        "the document's own term",
    ),
]


@pytest.mark.parametrize(("seen", "wanted", "why"), REPAIRS)
def test_repairs(seen: str, wanted: str, why: str) -> None:
    text = repaired(recognised(seen), LEXICON)
    assert text.clean == wanted, why
    assert text.stored == seen, "what was recognised stays"
    assert len(text.offsets) == len(text.clean)
    assert (text.blocks[0].start, text.blocks[0].end) == (0, len(text.clean))


def test_typed_text_is_never_repaired() -> None:
    text = recognised("Bes1ut l 250 (5)")
    text.recognised = []
    assert without_noise(text).clean == "Bes1ut l 250 (5)"


def test_a_repair_lowers_the_score_of_its_word_only() -> None:
    text = repaired(recognised("Enligt Bes1ut idag"), LEXICON)
    assert [(text.stored[s:e], score) for (s, e), score in text.recognised] == [
        ("Enligt ", 0.9),
        ("Bes1ut", 0.72),
        (" idag", 0.9),
    ]


def test_the_quote_of_a_repaired_word_is_what_was_seen() -> None:
    clean = "Ulla Bergqvist " * 3 + "och Ulla Berqvist sade"
    text = repaired(recognised(clean), LEXICON)
    start = text.clean.rindex("Ulla")
    span = text.stored_span(Span(start, start + len("Ulla Bergqvist")))
    assert text.stored[span.start : span.end] == "Ulla Berqvist"


def test_known_terms_come_from_the_word_lists() -> None:
    text = without_noise(recognised("Narvarande: 0rdforande. Kommunstyrelsen bes1utar. Priset anges."))
    assert text.clean == "Närvarande: ordförande. Kommunstyrelsen beslutar. Priset anges."


@pytest.mark.parametrize(
    ("seen", "term", "near"),
    [
        ("0lsson", "Olsson", True),
        ("lngela", "Ingela", True),
        ("Äke", "Åke", True),
        ("kominun", "kommun", True),
        ("Vära", "Vara", False),
        ("Larsson", "Karlsson", False),
        ("Beslut", "Beslut", False),
    ],
)
def test_usual_confusions(seen: str, term: str, near: bool) -> None:
    assert is_near(seen, term) is near
