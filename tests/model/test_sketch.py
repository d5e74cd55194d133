"""Sketches: what two texts share is estimated well, in any order, and survives a recogniser's usual confusions."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommungraf.model.sketch import SIZE, contained, read_sketch, shared, sketched

WORDS = [f"ord{number}" for number in range(3_000)]


def text(count: int, seed: int) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(count))


@given(st.text(max_size=2_000))
def test_a_text_shares_all_with_itself(any_text: str) -> None:
    sketch = read_sketch(sketched(any_text))
    assert shared(sketch, sketch) == (1.0 if sketch.hashes else 0.0)
    assert len(sketch.hashes) <= SIZE


@pytest.mark.parametrize("count", [20, 300, 5_000])
@pytest.mark.parametrize("kept", [0.0, 0.5, 0.9])
def test_the_estimate_is_near_the_truth(count: int, kept: float) -> None:
    """Half of a text replaced leaves a third of the runs of both in common."""
    one, other = text(count, 1), text(count, 2)
    at = int(count * kept)
    mixed = " ".join([*one.split()[:at], *other.split()[at:]])
    truth = kept / (2 - kept)
    assert shared(read_sketch(sketched(one)), read_sketch(sketched(mixed))) == pytest.approx(truth, abs=0.1)


def test_a_part_is_contained_in_the_whole() -> None:
    whole = text(2_000, 1)
    part = " ".join(whole.split()[300:900])
    share, runs = contained(read_sketch(sketched(part)), [read_sketch(sketched(whole))])
    assert share > 0.97
    assert runs > 40


@pytest.mark.parametrize(
    ("one", "other", "same", "why"),
    [
        ("Budget för år 2024", "BUDGET  för\når 2024.", True, "case, spaces and points"),
        ("Åtgärder i kvarteret ön", "Atgarder i kvarteret on", True, "rings and dots that a recogniser drops"),
        ("sal 11 i hus 10", "sai ii l hus lo", True, "one, ell and i; nought and o"),
        ("beviljar 410 000 kronor nu", "beviljar 401 000 kronor nu", False, "another sum"),
    ],
)
def test_what_is_one_word(one: str, other: str, same: bool, why: str) -> None:
    assert (shared(read_sketch(sketched(one)), read_sketch(sketched(other))) == 1.0) is same, why
