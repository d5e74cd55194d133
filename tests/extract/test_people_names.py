"""The shapes of names: kinds of words, how a run falls into names, genitives and capitals."""

from __future__ import annotations

import pytest

from kommungraf.extract.people_names import Kind, cut, is_genitive, kind_of, reversed_in_unit, spell

KINDS = [
    ("Anna", Kind.FIRST, "by list"),
    ("ANNA", Kind.FIRST, "whatever its case"),
    ("Ann-Louise", Kind.FIRST, "a double name"),
    ("Nilsson", Kind.LAST, "by list"),
    ("Zebrastrand", Kind.LAST, "by its ending"),
    ("Berg-Nilsson", Kind.LAST, "a double last name"),
    ("Nilssons", Kind.LAST, "its genitive"),
    ("Kvoldra", Kind.UNKNOWN, "no list, no ending"),
    ("von", Kind.PARTICLE, "a particle"),
    ("W", Kind.INITIAL, "an initial"),
    ("A.", Kind.INITIAL, "with its dot"),
    ("Kommundirektör", Kind.STOP, "an office by its ending"),
    ("Kulturnämnden", Kind.STOP, "a body by its ending"),
    ("HR-chef", Kind.STOP, "an acronym and a common word"),
    ("IT-Center", Kind.STOP, "an acronym and another"),
    ("Socialdemokraterna", Kind.STOP, "a party"),
    ("Hultsfred", Kind.STOP, "a municipality that nobody is called"),
    ("Lund", Kind.LAST, "a municipality that many are called"),
]


@pytest.mark.parametrize(("word", "expected", "why"), KINDS, ids=[why + ": " + word for word, _, why in KINDS])
def test_kinds(word: str, expected: Kind, why: str) -> None:
    assert kind_of(word) is expected


CUTS = [
    ("Anna Lind", ["Anna Lind"], "the plain case"),
    ("Ordförande Anna Lind", ["Anna Lind"], "an office is left out"),
    ("Anna Karin Lind Berg", ["Anna Karin Lind Berg"], "two first names, two last names"),
    ("Cecilia Kvoldra Anna Lind", ["Cecilia Kvoldra", "Anna Lind"], "a first name after a last name begins a person"),
    ("Anna Lind Bo Ek Eva Maria Stina Berg", ["Anna Lind", "Bo Ek", "Eva Maria", "Stina Berg"], "crowded: pairs"),
]


@pytest.mark.parametrize(("run", "expected", "why"), CUTS, ids=[why for *_, why in CUTS])
def test_cutting_a_run(run: str, expected: list[str], why: str) -> None:
    words = run.split()
    assert [" ".join(words[name.first : name.last]) for name in cut([kind_of(word) for word in words])] == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("Nilssons", True), ("Bergs", True), ("Andreas", False), ("Lars", False), ("Fors", False), ("Lenaeus", False)],
)
def test_genitives(word: str, expected: bool) -> None:
    assert is_genitive(word) is expected


def test_last_name_first_needs_a_last_name_and_a_first_name() -> None:
    assert reversed_in_unit([Kind.LAST, Kind.FIRST, Kind.FIRST]) == 1
    assert reversed_in_unit([Kind.LAST, Kind.UNKNOWN, Kind.FIRST]) == 2
    assert reversed_in_unit([Kind.FIRST, Kind.LAST]) == 0
    assert reversed_in_unit([Kind.UNKNOWN, Kind.FIRST]) == 0


def test_capitals_are_spelt_as_usual() -> None:
    assert spell("ANN-MARIE AF EK") == "Ann-Marie af Ek"
    assert spell("Anna Ek") == "Anna Ek"
