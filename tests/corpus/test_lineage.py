"""The planted stories of projects, networks and offices that changed: found with proof, and nothing else is."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import QuerySolutions, Store

from kommungraf.cli import main
from kommungraf.query.store import ask

# (predecessor, kind, successor, effective): stories 1-4, 9, 20 of docs/corpus.md, and the later ones on the same lines.
PLANTED = [
    ("Digital vardag", "renamed", "Trygg digital vardag", "2022-01-01"),
    ("Trygg digital vardag", "ended", "", "2024-06-30"),
    ("Unga vägar", "merged", "Ung i Exempelbygden", "2023-01-01"),
    ("Plugga vidare", "merged", "Ung i Exempelbygden", "2023-01-01"),
    ("Ung i Exempelbygden", "ended", "", "2025-06-30"),
    ("Grön måltid", "ended", "", "2022-12-31"),
    ("Språk på jobbet", "continued", "Yrkesspråk", "2023"),
    ("nätverket för IT-chefer", "renamed", "digitaliseringsnätverket", "2022-01-01"),
    ("kanslichef", "renamed", "förbundsdirektör", "2023-01-01"),
]


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    """The answers of a query as words."""
    answer = ask(store, query)
    assert isinstance(answer, QuerySolutions)
    return [tuple("" if value is None else str(value.value) for value in row) for row in answer]


def lineage(out: Path, **parameters: str) -> list[dict[str, str]]:
    """The rows of the named query."""
    pairs = [word for key, value in parameters.items() for word in ("--param", f"{key}={value}")]
    result = CliRunner().invoke(main, ["query", "lineage", *pairs, "--format", "csv", "--out", str(out)])
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


@pytest.mark.parametrize("planted", PLANTED, ids=[row[0] for row in PLANTED])
def test_planted(corpus_graph: Path, planted: tuple[str, ...]) -> None:
    found = [row for row in lineage(corpus_graph) if row["predecessor"] == planted[0] and row["kind"] == planted[1]]
    assert planted[2:] in [(row["successor"], row["effective"]) for row in found]
    assert all(row["quote"] and row["document"] for row in found), "each has its sentence"


def test_one_succession_for_each_pair_of_things(corpus_store: Store) -> None:
    found = rows(
        corpus_store,
        """SELECT ?old ?new (COUNT(DISTINCT ?s) AS ?count) WHERE {
             ?s a kg:Succession ; kg:predecessor ?old OPTIONAL { ?s kg:successor ?new } } GROUP BY ?old ?new""",
    )
    assert {row[2] for row in found} == {"1"}


def test_evidence_of_both_sides(corpus_store: Store) -> None:
    found = rows(
        corpus_store,
        """SELECT DISTINCT ?exact WHERE {
             ?s a kg:Succession ; kg:predecessor/foaf:name "Unga vägar" .
             ?s kg:evidence/oa:hasSelector/oa:exact ?exact }""",
    )
    quotes = {row[0] for row in found}
    assert {"Unga vägar", "Ung i Exempelbygden"} <= quotes
    assert any("slås samman" in quote for quote in quotes)


def test_a_name_brings_up_the_whole_line(corpus_graph: Path) -> None:
    kinds = [(row["predecessor"], row["kind"]) for row in lineage(corpus_graph, name="Plugga")]
    assert ("Unga vägar", "merged") in kinds
    assert ("Ung i Exempelbygden", "ended") in kinds
    assert not any("digital" in name.lower() for name, _ in kinds)


def test_a_project_that_was_prolonged_goes_on_as_itself(corpus_graph: Path) -> None:
    (row,) = lineage(corpus_graph, kind="prolonged")
    assert row["predecessor"] == row["successor"] == "Trygg digital vardag"


def test_the_life_of_a_project_is_found_under_both_names(corpus_graph: Path) -> None:
    years = {}
    for name in ("Digital vardag", "Trygg digital vardag"):
        words = [
            "query",
            "project-timeline",
            "--param",
            f"project={name}",
            "--format",
            "csv",
            "--out",
            str(corpus_graph),
        ]
        found = list(csv.DictReader(io.StringIO(CliRunner().invoke(main, words).stdout)))
        years[name] = {row["year"] for row in found}
        kinds = {row["kind"] for row in found}
    assert years["Digital vardag"] == years["Trygg digital vardag"] >= {"2020", "2021", "2022", "2023", "2024"}
    assert {"from", "to", "funder", "amount", "succession: renamed", "succession: ended"} <= kinds


def test_what_was_not_planted_is_not_claimed(corpus_store: Store) -> None:
    ended = {
        row[0]
        for row in rows(corpus_store, 'SELECT ?n WHERE { ?s kg:successionKind "ended" ; kg:predecessor/foaf:name ?n }')
    }
    assert ended == {"Grön måltid", "Mat och miljö", "Trygg digital vardag", "Ung i Exempelbygden"}


@pytest.mark.seeds
def test_the_real_documents_tell_of_many_changes(seeds_graph: Path) -> None:
    found = lineage(seeds_graph)
    assert len(found) >= 15
    assert {"renamed", "continued", "merged", "ended"} <= {row["kind"] for row in found}
    assert all(0.6 <= float(row["score"]) < 1 for row in found if row["score"])
    assert all(row["quote"] or "same words" in row["because"] for row in found)
