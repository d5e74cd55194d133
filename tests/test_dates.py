"""Dates as Swedish documents print them, at the precision that they print."""

from __future__ import annotations

import pytest

from kommungraf.dates import find_dates, year_of_weekday


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("torsdagen den 25 april 2024", ["2024-04-25"]),
        ("den 9 november 2022 (§ 31) och 3 mars 2023 (§ 4 och 6)", ["2022-11-09", "2023-03-03"]),
        ("2024-04-25", ["2024-04-25"]),
        ("2024-04-25--26", ["2024-04-25"]),
        ("2024-04-25–26", ["2024-04-25"]),
        ("från och med den 12 juni 2023 till och med den 31 maj 2025", ["2023-06-12", "2025-05-31"]),
        ("25/4 2024", ["2024-04-25"]),
        ("Sammanträdesdatum 240425", ["2024-04-25"]),
        ("Datum: 20240425", ["2024-04-25"]),
        ("nummer 240425", []),
        ("september 2021", ["2021-09"]),
        ("30 februari 2024", []),
        ("den 25:e april 2024", ["2024-04-25"]),
        ("2024-13-01", []),
        ("010-223 80 00", []),
        ("1/2 2024-2026", []),
    ],
)
def test_full_dates(text: str, dates: list[str]) -> None:
    assert [str(found.value) for found in find_dates(text) if found.value] == dates


def test_date_without_year_keeps_weekday() -> None:
    (found,) = find_dates("Torsdagen den 25 april, kl. 09.00-10.00")
    assert (found.value, found.month, found.day, found.weekday) == (None, 4, 25, "torsdag")


def test_years_of_a_weekday() -> None:
    assert year_of_weekday("torsdag", 4, 25, range(2015, 2028)) == [2019, 2024]
