# ruff: noqa: E501
"""The stories of people planted in the corpus (``docs/corpus.md``): who held what when, who came and who left."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import QuerySolutions, Store

from kommungraf.cli import main
from kommungraf.query.store import ask as ask_store

Row = dict[str, str]

# (query, parameters, cells that stand together in one row, story)
FOUND: list[tuple[str, Row, Row, str]] = [
    ("career", {"person": "Sjöqvist"}, {"role": "ledamot", "from": "2019-05-01", "began": "elected", "ended": "resigned"}, "6: she resigns"),
    ("career", {"person": "Ekdahl"}, {"role": "ersättare", "from": "2019-05-01", "to": "", "ended": "movedUp"}, "6: the substitute"),
    ("career", {"person": "Ekdahl"}, {"role": "ledamot", "from": "2022-11-01", "began": "movedUp", "after": "Birgitta Sjöqvist"}, "6: takes over"),
    ("career", {"person": "Ekdahl"}, {"role": "vice ordförande", "from": "2023-05-01", "to": "2027-04-30"}, "6: and rises"),
    ("career", {"person": "Vallgren"}, {"role": "kanslichef", "ended": "retitled"}, "9: the old title"),
    ("career", {"person": "Vallgren"}, {"role": "förbundsdirektör", "from": "2023-01-01", "began": "retitled"}, "9: the new one"),
    ("career", {"person": "Castegren"}, {"organization": "barn- och utbildningsnämnden", "began": "byElection", "after": "Börje Hamrell", "to": "2022-12-31"}, "10"),
    ("career", {"person": "Fjällborg"}, {"organization": "kommunfullmäktige", "role": "ledamot", "from": "2020-01-28", "began": "appointed"}, "10"),
    ("tenures", {"body": "exempelbygden", "role": "förbundsdirektör"}, {"name": "Karin Vallgren", "to": "2025-11-30", "ended": "resigned"}, "25"),
    ("tenures", {"body": "exempelbygden", "role": "förbundsdirektör"}, {"name": "Jonas Tillberg", "acting": "true", "from": "2025-12-01", "to": "2026-04-30"}, "25"),
    ("tenures", {"body": "exempelbygden", "role": "förbundsdirektör"}, {"name": "Hedvig Almroth", "from": "2026-05-01"}, "25"),
    ("tenures", {"body": "exempelbygden", "role": "revisor", "year": "2024"}, {"name": "Arne Lindhé", "from": "2019", "to": "2026"}, "re-elected auditors"),
    ("career", {"person": "Bråding"}, {"organization": "Centerpartiet", "from": "2024-11-04", "began": "changedParty"}, "26"),
    ("vacancies", {"body": "kommunstyrelsen"}, {"after": "Signe Wadman", "score": "0.9"}, "27"),
    ("vacancies", {"body": "styrelsen", "year": "2025"}, {"after": "Malin Thörnell", "municipality": "Vara"}, "27"),
    ("came-and-left", {"body": "styrelsen", "year": "2023"}, {"change": "came", "name": "Miranda Kjellvander", "after": "Ewa Gustafsson"}, "6"),
    ("came-and-left", {"body": "arbetsutskottet"}, {"change": "left", "name": "Ingela Stohl", "how": "resigned"}, "a seat on a committee"),
]  # fmt: skip


def ask(out: Path, name: str, parameters: Row) -> list[Row]:
    """The rows of a named query."""
    pairs = [word for key, value in parameters.items() for word in ("--param", f"{key}={value}")]
    result = CliRunner().invoke(main, ["query", name, *pairs, "--format", "csv", "--out", str(out)])
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    """The answers of a query as words."""
    answer = ask_store(store, query)
    assert isinstance(answer, QuerySolutions)
    return [tuple("" if value is None else str(value.value) for value in row) for row in answer]


@pytest.mark.parametrize(("query", "parameters", "cells", "story"), FOUND, ids=[f"{q}-{s}" for q, _, _, s in FOUND])
def test_what_is_planted_is_found(corpus_graph: Path, query: str, parameters: Row, cells: Row, story: str) -> None:
    found = ask(corpus_graph, query, parameters)
    assert any(cells.items() <= row.items() for row in found), (story, found)


def test_two_people_of_one_name_hold_two_seats(corpus_store: Store) -> None:
    query = """SELECT DISTINCT ?person ?from ?to WHERE { ?t a kg:Tenure ; kg:person ?person ; kg:inBody/foaf:name "styrelsen" ;
        org:role/skos:notation "ledamot" ; kg:validFrom ?from ; kg:validTo ?to . ?person foaf:name "Anders Nilsson" }"""
    found = rows(corpus_store, query)
    assert len({person for person, *_ in found}) == 2 == len(found)
    assert {(since, until) for _, since, until in found} == {("2019-05-01", "2027-04-30")}


def test_one_person_of_many_spellings_has_one_career(corpus_graph: Path) -> None:
    found = ask(corpus_graph, "career", {"person": "Gustaf"})
    assert {row["name"] for row in found} == {"Ewa Gustafsson"}
    assert sorted(row["role"] for row in found) == ["ledamot", "ordförande"]


def test_nobody_ends_by_silence(corpus_store: Store) -> None:
    """Every end is stated: a date of a term that later documents outlive, or a word of a text."""
    query = """SELECT DISTINCT ?how WHERE { ?t a kg:Tenure ; kg:endedBy ?how }"""
    assert {row[0] for row in rows(corpus_store, query)} == {
        "resigned",
        "movedUp",
        "retitled",
        "termEnd",
        "changedParty",
    }
    unexplained = "SELECT ?t WHERE { ?t a kg:Tenure ; kg:endedBy 'termEnd' FILTER NOT EXISTS { ?t kg:validTo ?to } }"
    assert rows(corpus_store, unexplained) == []


@pytest.mark.seeds
def test_the_shared_documents_have_officers_auditors_and_an_unnamed_chief(seeds_store: Store) -> None:
    count = (
        """SELECT (COUNT(DISTINCT ?t) AS ?n) WHERE { ?t a kg:Tenure ; kg:person ?p ; org:role/skos:notation "%s" }"""
    )
    assert rows(seeds_store, count % "revisor") == [("3",)]
    assert rows(seeds_store, count % "ledamot")[0][0] == "21"
    unnamed = """SELECT DISTINCT ?ended ?acting WHERE { ?t a kg:Tenure ; kg:method "tenure/unnamed" ; org:role/skos:notation ?role .
        FILTER(STRENDS(?role, "chef")) OPTIONAL { ?t kg:endedBy ?ended } OPTIONAL { ?t kg:acting ?acting } }"""
    assert sorted(rows(seeds_store, unnamed)) == [("", "true"), ("dismissed", "")]
