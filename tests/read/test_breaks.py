"""Line breaks: (line, the one below, what joins them, why)."""

from __future__ import annotations

import pytest

from kommungraf.read.breaks import BREAK, SPACE, TIGHT, WHOLE, hyphen_join, is_hanging, is_wrapped, settled

HYPHENS = [
    ("beslut om social-", "tjänsten", WHOLE, "a broken word"),
    ("beslut om social\u00ad", "tjänsten", WHOLE, "a soft hyphen is only ever a break"),
    ("beslut om social\u2010", "tjänsten", WHOLE, "Unicode's own hyphen"),
    ("stöd för IT-", "system", TIGHT, "an abbreviation keeps its hyphen"),
    ("åren 2023-", "2024", TIGHT, "years"),
    ("§§ 141–", "146", TIGHT, "a range with a dash"),
    ("Anna Ek –", "146", None, "a dash between words"),
    ("Utfall 2023-01-01-", "2023-12-31", SPACE, "two full dates, which could not be told apart any more"),
    ("mellan Malmö-", "Lund", TIGHT, "a capital after it"),
    ("via e-", "post", TIGHT, "a single letter"),
    ("för hälso-", "och sjukvården", None, "a hanging hyphen"),
    ("lista -", "andra", None, "a dash"),
    ("utan", "bindestreck", None, "no hyphen"),
]


@pytest.mark.parametrize(("line", "below", "join", "why"), HYPHENS)
def test_hyphens(line: str, below: str, join: str | None, why: str) -> None:
    assert hyphen_join(line, below) == join, why


def test_hanging_hyphen() -> None:
    assert is_hanging("barn-", "och ungdomsnämnden")
    assert not is_hanging("barn-", "omsorgen")


WIDTH = 60
FULL = "Kommunstyrelsen har i uppdrag att bereda ärendet och lämna"
BREAKS = [
    (FULL, "förslag till fullmäktige.", True, "a full line"),
    ("Anna Ek (S)", "Bo Al (M)", False, "the next word would have fitted"),
    (FULL, "Plats: Stadshuset", False, "a label begins a line of its own"),
    (FULL[:-6] + ",", "att fastställa budgeten", False, "each att-clause of a decision has its line"),
    (FULL[:-1] + ".", "§ 4 Val av justerare", False, "a section and its title under a sentence"),
    ("Nämnden hänvisar i sitt yttrande till det som sägs i 5 kap.", "§ 4 Kommunallagen om val", True, "a reference"),
    (
        "Kommunstyrelsen anser också att förslaget ska",
        "remitteras",
        True,
        "a word of lower case goes on with the sentence",
    ),
    ("Vård och omsorg ........................................ 12", "Skola", False, "an entry of the contents"),
    (
        "KF § 12                               Dnr KS 2020/112",
        "Svar på motion om cyklar",
        False,
        "columns are no prose",
    ),
]


@pytest.mark.parametrize(("line", "below", "wrapped", "why"), BREAKS)
def test_wrapped(line: str, below: str, wrapped: bool, why: str) -> None:
    assert is_wrapped(line, below, WIDTH) is wrapped, why


def test_text_without_a_width_keeps_its_breaks() -> None:
    assert not is_wrapped(FULL, "förslag", 0)


def test_entries_that_fill_their_lines_are_no_prose() -> None:
    entries = ["Beslut den 1 mars", "Beslut den 2 mars", "Motion"]
    assert settled(entries, [SPACE, SPACE]) == [BREAK, BREAK]
    prose = ["han bor i", "Exempelby och har", "hund"]
    assert settled(prose, [SPACE, SPACE]) == [SPACE, SPACE]


@pytest.mark.parametrize(
    ("lines", "join", "why"),
    [
        (["Anna Ek (S)", "Bo Alm (M)"], BREAK, "entries, each on its line"),
        (["Anna Ek (S) Bo Alm (M) Eva", "Lind (C)"], SPACE, "a line that ends inside of an entry"),
        (["Anna Ek (S) och", "Bo Alm (M)"], SPACE, "no entry ends in a conjunction"),
    ],
)
def test_full_lines_before_a_capital(lines: list[str], join: str, why: str) -> None:
    assert settled(lines, [SPACE], measured=True) == [join], why
