"""The contradictions planted in the corpus (``docs/corpus.md``, stories 16, 17, 18, 21 and 31) are found, no others."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner

from kommungraf.cli import main

PLANTED = [
    # kind, words of one quote, words of the other, story
    ("text-table", "medelantalet anställda 19", "Medelantalet anställda: 21", 16),
    ("text", "412 deltagare", "421 deltagare", 17),
    ("notice", "2022-03-16", "13 april 2023", 18),
    ("text", "6 200 tkr", "6 000 tkr", 21),
    ("sum", "653", "", 31),
]


@pytest.fixture(scope="module")
def found(corpus_graph: Path) -> list[dict[str, str]]:
    """The answer of the named query."""
    result = CliRunner().invoke(main, ["query", "contradictions", "--format", "csv", "--out", str(corpus_graph)])
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.mark.parametrize(("kind", "one", "other", "story"), PLANTED, ids=[f"story {row[3]}" for row in PLANTED])
def test_a_planted_contradiction_is_found(
    found: list[dict[str, str]], kind: str, one: str, other: str, story: int
) -> None:
    rows = [row for row in found if row["kind"] == kind]
    quotes = [{row["quoteA"], row["quoteB"]} for row in rows]
    assert any(any(one in quote for quote in pair) and any(other in quote for quote in pair) for pair in quotes), (
        f"story {story}: {quotes}"
    )


def test_nothing_else_is_claimed(found: list[dict[str, str]]) -> None:
    assert len(found) == len(PLANTED), [row["explanation"] for row in found]


def test_each_shows_both_quotes_documents_and_a_reason(found: list[dict[str, str]]) -> None:
    for row in found:
        assert all(row[column] for column in ("quoteA", "documentA", "quoteB", "documentB", "explanation")), row
        assert 0.6 <= float(row["score"]) < 1


@pytest.mark.seeds
def test_real_documents_contradict_themselves_here_and_there(seeds_graph: Path) -> None:
    result = CliRunner().invoke(main, ["query", "contradictions", "--format", "csv", "--out", str(seeds_graph)])
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert {"text", "text-table", "notice"} <= {row["kind"] for row in rows}
    assert 8 <= len(rows) <= 20, "a careful reader finds about a dozen"
