# ruff: noqa: E501
"""The phonetic key: spellings of one Swedish name are one, names that only look alike are two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommungraf.text import phonetic

SAME = [
    "Ewa Eva", "Gustafsson Gustavsson", "Gustafson Gustavsson", "Blomquist Blomqvist", "Sjökvist Sjöquist", "Thomas Tomas",
    "Eric Erik", "Fredric Fredrik", "Christina Kristina", "Marcus Markus", "Alexander Aleksander", "Dahl Dal", "Wallin Vallin",
    "Carlsson Karlsson", "Jacobsson Jakobsson", "Ericsson Eriksson", "Stephan Stefan", "Ljungberg Jungberg", "Olsson Ohlsson",
    "Johnsson Jonsson", "Anderson Andersson", "Thörnell Törnell", "Lisbeth Lisbet", "Owe Ove", "Max Macs",
]  # fmt: skip
DIFFERENT = [
    "Larsson Karlsson",
    "Johansson Jonsson",
    "Lena Lina",
    "Nilsson Nielsen",
    "Hansson Jansson",
    "Per Pär",
    "Mats Max",
]


@pytest.mark.parametrize("pair", SAME)
def test_spellings_of_one_name(pair: str) -> None:
    one, other = pair.split()
    assert phonetic(one) == phonetic(other)


@pytest.mark.parametrize("pair", DIFFERENT)
def test_two_names(pair: str) -> None:
    one, other = pair.split()
    assert phonetic(one) != phonetic(other)


_NAMES = st.text(alphabet="abcdefghijklmnoprstuvwxyzåäö -", max_size=30)


@given(_NAMES)
def test_the_key_of_a_key_is_itself(name: str) -> None:
    assert phonetic(phonetic(name)) == phonetic(name)


@given(_NAMES, _NAMES)
def test_words_keep_their_order_and_do_not_influence_each_other(one: str, other: str) -> None:
    assert phonetic(f"{one} {other}").split() == [*phonetic(one).split(), *phonetic(other).split()]


@given(_NAMES)
def test_case_and_doubled_letters_do_not_matter(name: str) -> None:
    assert phonetic(name.upper()) == phonetic(name)
    assert phonetic(name.replace("l", "ll")) == phonetic(name)
