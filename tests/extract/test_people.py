# ruff: noqa: E501
"""People in text: which stretches are names, what the plain name is, and what only looks like one. All invented."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from kommungraf.extract import extract
from kommungraf.extract.people import accept
from kommungraf.extract.people_candidates import find_candidates
from kommungraf.extract.people_evidence import look_around, unit_at
from kommungraf.model.facts import Person
from kommungraf.read import read_bytes
from kommungraf.segment import segment


def names(text: str) -> list[str]:
    """The names found in a text, ``printed => plain`` where the two differ."""
    accepted = accept(text, find_candidates(text))
    known = {found.plain for found in accepted}
    shown = []
    for found in accepted:
        printed, plain = text[found.start : found.end], found.known or found.name(known - {found.plain})
        shown.append(printed if printed == plain else f"{printed} => {plain}")
    return shown


FOUND = [
    # minutes: lists of participants
    ("Maria Lind (S), ordförande\nBo Ek (M)", ["Maria Lind", "Bo Ek"], "a name, a party, an office"),
    ("Närvarande: Kvoldra Benzizek (V), Uzmira Tolvaku (MP)", ["Kvoldra Benzizek", "Uzmira Tolvaku"], "no list has them; the party tells"),
    ("Ledamöter\nMaria Lind\nKvoldra Benzizek\nBo Ek", ["Maria Lind", "Kvoldra Benzizek", "Bo Ek"], "a rare name among names in a list"),
    ("Maria Lind (S) ersätter Bo Ek (M) §§ 4-9", ["Maria Lind", "Bo Ek"], "a substitute"),
    ("Maria Lind, KD\nBo Ek, M, 1:e vice ordförande", ["Maria Lind", "Bo Ek"], "the party without brackets is no initial"),
    ("Maria Lind (s), Bo Ek (m)", ["Maria Lind", "Bo Ek"], "older minutes print parties in lower case"),
    ("Maria Lind (-)\nBo Ek (ABCD)", ["Maria Lind", "Bo Ek"], "no party; a local one"),
    ("Maria Lind Bo Ek Karin Ström Per Vallgren", ["Maria Lind", "Bo Ek", "Karin Ström", "Per Vallgren"], "a list that lost its line breaks"),
    ("Maria\nLind (S)\nKarin Ström\nHellqvist (M)", ["Maria\nLind => Maria Lind", "Karin Ström\nHellqvist => Karin Ström Hellqvist"], "a narrow column broke them"),
    ("Nilsson, Per Åke *\nRingdal Fransson, Maria\n", ["Nilsson, Per Åke => Per Åke Nilsson", "Ringdal Fransson, Maria => Maria Ringdal Fransson"], "last name first"),
    ("Beslutande: Lind, Maria (S), ordförande; Ek, Bo (M)", ["Lind, Maria => Maria Lind", "Ek, Bo => Bo Ek"], "the same in one line"),
    ("Nilsson Maria (S)\nAndersson Bo (M)\nZebrunzik Karin (V)", ["Nilsson Maria => Maria Nilsson", "Andersson Bo => Bo Andersson", "Zebrunzik Karin => Karin Zebrunzik"], "without a comma; the rare one as those around it"),
    ("| Maria Lind\tS\tJa\tBo Ek\tM\tNej", ["Maria Lind", "Bo Ek"], "cells of a vote"),
    ("Maria Lind Kvoldra Ström Bo Ek", ["Maria Lind", "Kvoldra Ström", "Bo Ek"], "people without a break, one of them with a rare name"),
    ("Maria kvist (V), Bo Ek (M)", ["Maria kvist => Maria Kvist", "Bo Ek"], "a family name that lost its capital"),
    ("Justeras\nMaria Lind\tKvoldra De Basso\nOrdförande", ["Maria Lind", "Kvoldra De Basso"], "a particle in capitals after a rare name"),
    ("Karin Ellis Nygren (M)\nBo Ek (S)", ["Karin Ellis Nygren", "Bo Ek"], "a middle name that looks like a genitive; the party tells"),
    ("rektor Maria Lind (S)\n7 Lokal för avdelningen Zebrasten Maria Lind", ["Maria Lind", "Maria Lind"], "a name known from elsewhere after an unknown word"),
    ("projektledare för Zebrastaden Maria Lind § 9", ["Maria Lind"], "what somebody leads is no part of the name"),
    ("Maria Ås (MP)\nBo Ek (M)", ["Maria Ås", "Bo Ek"], "a place's name is a family name where a party follows"),
    ("P-A Kvoldra (L), J-O Ek (M)", ["P-A Kvoldra", "J-O Ek"], "first names by their initials"),
    ('Maria "Maja" Lind (S)', ['Maria "Maja" Lind'], "what somebody is called"),
    ("Maria Tolv-Eriksson (S)", ["Maria Tolv-Eriksson"], "a double name with a word that is none"),
    # officers
    ("kommunchef Maria Lind, ekonom Bo Ek", ["Maria Lind", "Bo Ek"], "each office stands before its name"),
    ("Beslutet har fattats av valansvarig Maria Lind.", ["Maria Lind"], "the office is no part of the name"),
    ("Handläggare\nMaria Lind\n010-000 00 00\nmaria.lind@exempel.se", ["Maria Lind"], "names in e-mail addresses are not mentions"),
    ("4 Information GDPR Maria Lind", ["Maria Lind"], "an acronym before a name"),
    ("Maria Lind byggnadsinspektör, Bo Ek Parkchef", ["Maria Lind", "Bo Ek"], "offices that begin like things"),
    ("HR-chef Maria Lind och IT-strateg Bo Ek", ["Maria Lind", "Bo Ek"], "acronyms in offices"),
    # signatures
    ("NAMN: MARIA KARIN LIND\nTITEL: Ledamot", ["MARIA KARIN LIND => Maria Karin Lind"], "the civil name of a signature service"),
    ("Namn returnerat från Svenskt BankID: KVOLDRA BENZIZEK", ["KVOLDRA BENZIZEK => Kvoldra Benzizek"], "nothing but a name can follow"),
    ('Namnet som returnerades från svenskt BankID var "LARS GÖRAN KVOLDRA"', ["LARS GÖRAN KVOLDRA => Lars Göran Kvoldra"], "another service"),
    ("Sekreterare ..........\nMaria Lind\nOrdförande ..........\nBo Ek", ["Maria Lind", "Bo Ek"], "labels on their own lines"),
    # running text
    ("Med Maria Linds (S) avsägelse", ["Maria Linds => Maria Lind"], "the genitive keeps its s in print"),
    ("Lena Birkhaugs yrkande bifalls.", ["Lena Birkhaugs => Lena Birkhaug"], "what is owned shows the genitive of a rare name"),
    ("Enligt Tomas Alenius yrkande", ["Tomas Alenius"], "an s of the name's own"),
    ("Maria Lind (S) yrkar bifall. Bo Ek (M) yrkar avslag. Lind begär votering.", ["Maria Lind", "Bo Ek", "Lind => Maria Lind"], "a family name alone, of somebody named before"),
    ("Linds yrkande ställs mot avslag. Maria Lind (S) begär votering.", ["Linds => Maria Lind", "Maria Lind"], "also before the full name, and in the genitive"),
    ("Maria Lind och Ulf Lind yrkar. Lind begär votering", ["Maria Lind", "Ulf Lind"], "two of one family name: whose is unclear"),
    ("en föreläsare, Maria Lind, pedagogisk utvecklare i Exempelby", ["Maria Lind"], "between commas"),
    ("SKR:s Maria Lind Gustavsson håller i utbildningen", ["Maria Lind Gustavsson"], "double last names"),
    ("Anna von Essen, Carl-Fredrik af Ekenstam, Yvonne de Berg, Van Thi Nguyen (MP)", ["Anna von Essen", "Carl-Fredrik af Ekenstam", "Yvonne de Berg", "Van Thi Nguyen"], "particles, and a first name that looks like one"),
    ("Jan W Lindgren, Anna-Greta O Berg, A. Svensson (S)", ["Jan W Lindgren", "Anna-Greta O Berg", "A. Svensson"], "initials"),
    ("Anna LINDBERG (S), Uzmira TOLVAKU (V)", ["Anna LINDBERG => Anna Lindberg", "Uzmira TOLVAKU => Uzmira Tolvaku"], "family names in capitals"),
    ("P-O Nilsson (KD), Anna Ek/Bo Lind (S), Aïcha N'Dongo (V)", ["P-O Nilsson", "Anna Ek", "Bo Lind", "Aïcha N'Dongo"], "double initials, a slash, an apostrophe"),
    ("Jonas T. Kvoldra informerar", ["Jonas T. Kvoldra"], "an initial is no shouting"),
    ("Per Ek, Dag Lind och Maj Berg", ["Per Ek", "Dag Lind", "Maj Berg"], "first names that are words, too"),
    ("Åsa O'Brien (S), Şirin Öztürk (V), Ulla-Britt Ek-Svensson (KD)", ["Åsa O'Brien", "Şirin Öztürk", "Ulla-Britt Ek-Svensson"], "apostrophes, other letters, hyphens"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "why"), FOUND, ids=[why for *_, why in FOUND])
def test_names_are_found(text: str, expected: list[str], why: str) -> None:
    assert names(text) == expected


NOBODY = [
    ("Mötet hålls på Olof Palmes plats, Karl Johans gata 4 och Alfred Nobels allé.", "streets and squares"),
    ("Dalens folkhögskola, Sankt Eriks gymnasium, Anna Whitlocks Gymnasium", "schools"),
    ("Karin Boye-priset och Maria Lind-stipendiet", "prizes"),
    ("Nils Anderssons Bygg AB, Bo Eks Åkeri HB och Advokatfirman Lind", "companies"),
    ("Ernst & Young AB, Granlund Management Consulting", "more companies"),
    ("Region Kalmar län, Länsstyrelsen Östergötland, Kommunförbundet Västernorrland", "organisations"),
    ("Nybro Torsås Kalmar", "municipalities side by side"),
    ("Kommun\tLedamot\tErsättare\nSumma Intäkter\tBudget Utfall", "heads of tables"),
    ("SUMMA EGET KAPITAL OCH SKULDER\nBUDGET KANSLI", "headings in capitals"),
    ("Barn och Unga, Hälsa Vård och Omsorg, God och Nära Vård", "areas of work"),
    ("Senior Alert, Microsoft Teams, Green Screen, Bostad Först", "products and methods"),
    ("Ordförande\nVice Ordförande\nSekreterare Justerare", "labels"),
    ("Måndagen den 4 Mars till Fredagen den 8 Mars", "days and months"),
    ("Enligt Hälso- och Sjukvårdslagen", "an act"),
    ("Mobil Testverkstad används. En mobil testverkstad är bra.", "words that the text has in lower case, too"),
]


@pytest.mark.parametrize(("text", "why"), NOBODY, ids=[why for _, why in NOBODY])
def test_things_are_not_people(text: str, why: str) -> None:
    assert names(text) == []


EVIDENCE = [
    ("Maria Lind (S), ordförande", "Maria Lind", ("S", "ordförande"), "party and office after"),
    ("Maria Lind, Oppositionsråd (M)", "Maria Lind", ("M", "Oppositionsråd"), "the party after the office"),
    ("Maria Lind (FP)", "Maria Lind", ("L", ""), "a party under its former name"),
    (
        "kommundirektör Maria Lind, ekonom Bo Ek",
        "Maria Lind",
        ("", "kommundirektör"),
        "the next office is the next person's",
    ),
    (
        "Maria Lind (S), ordförande Bo Ek (M), ekonom Eva Berg",
        "Maria Lind",
        ("S", "ordförande"),
        "names first: the office follows its name",
    ),
    ("Maria Lind (S), ordförande Bo Ek (M), ekonom Eva Berg", "Bo Ek", ("M", "ekonom"), "and so does the next"),
    ("S\tMaria Lind\nM\tBo Ek", "Bo Ek", ("M", ""), "a column of parties before the names"),
    ("Maria Lind – S\n", "Maria Lind", ("S", ""), "a dash before the party"),
    ("Maria Lind\nTf. förbundschef\n", "Maria Lind", ("", "Tf. förbundschef"), "under the name"),
    (
        "Sekreterare\nMaria Lind\nOrdförande\nBo Ek",
        "Maria Lind",
        ("", "Sekreterare"),
        "above the name; what follows is the next label",
    ),
    (
        "Eva Berg\nSekreterare\n\nMaria Lind\nOrdförande",
        "Maria Lind",
        ("", "Ordförande"),
        "names come first: the office is below",
    ),
    (
        "Sekreterare\n\nEva Berg\n\nOrdförande\n\nMaria Lind\n\nJusterare",
        "Maria Lind",
        ("", "Ordförande"),
        "labels as blocks of their own",
    ),
    ("väljs till ordförande, Maria Lind väljs till", "Maria Lind", ("", ""), "the office of the one before"),
]


@pytest.mark.parametrize(("text", "name", "expected", "why"), EVIDENCE, ids=[why for *_, why in EVIDENCE])
def test_party_and_office(text: str, name: str, expected: tuple[str, str], why: str) -> None:
    start = text.index(name)
    evidence = look_around(text, start, start + len(name), unit_at(text, start, start + len(name)))
    assert (evidence.party, evidence.office) == expected


def test_the_time_grows_with_the_text_and_no_faster() -> None:
    line = "Maria Lind (S) yrkar bifall till förslaget. Kommunstyrelsen beslutar enligt Bo Eks förslag.\n"
    names(line)  # word lists are loaded once
    seconds = []
    for count in (500, 4_000):
        start = time.process_time()
        assert len(names(line * count)) >= 2 * count
        seconds.append(time.process_time() - start)
    assert seconds[1] < 8 * 4 * max(seconds[0], 0.01), "eight times the text in far more than eight times the time"


def test_an_installed_model_adds_the_names_that_only_it_sees(tmp_path: Path) -> None:
    nlp = spacy.blank("sv")
    patterns = [{"label": "PRS", "pattern": name} for name in ("Zorvald Krumzik", "Maria Lind", "Fin Form")]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "modell")
    source = read_bytes(b"# Rapport\n\nI Fin Form var Zorvald Krumzik och Maria Lind (S).\n", "rapport.md")
    documents, _ = extract(source, segment(source)[0], str(tmp_path / "modell"))
    people = {node.name: node.found_by for _, nodes in documents for node in nodes if isinstance(node, Person)}
    assert people == {
        "Maria Lind": "people",
        "Zorvald Krumzik": str(tmp_path / "modell"),
        "Fin Form": str(tmp_path / "modell"),
    }


_PIECES = st.sampled_from(
    ["Maria", "Lind", "Bo Ek", "Linds", "(S)", "(KD),", ", ", "; ", "\n", "\t", " ", "ordförande", "Ordförande", "von", "A.", "§ 4",
     "yrkar", "KVOLDRA", "Kvoldra", "Nilsson, Per", ":", "NAMN: ", "och", "Region", "Karin", "-", "´", "ersätter", "\n\n", "Öst", "Ann-Marie"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(_PIECES, max_size=25))
def test_mentions_lie_side_by_side_in_any_text(pieces: list[str]) -> None:
    text = "".join(piece if piece.isspace() else piece + " " for piece in pieces)
    found = accept(text, find_candidates(text))
    end = 0
    for one in found:
        assert end <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        assert one.plain
        end = one.end
