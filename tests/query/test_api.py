"""The Python interface as a researcher uses it: tables with types, entities, networks, and sentences for mistakes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pandas
import pytest

from kommungraf import Graph, open_graph
from kommungraf.errors import UsageError
from kommungraf.query.named_queries import named_queries


@pytest.fixture(scope="module")
def graph(corpus_graph: Path) -> Iterator[Graph]:
    with open_graph(corpus_graph) as opened:
        yield opened


@pytest.fixture(scope="module")
def empty(empty_graph: Path) -> Iterator[Graph]:
    with open_graph(empty_graph) as opened:
        yield opened


TYPES = [
    ("decisions", {"year": 2022}, "date", "datetime64", "all are full dates"),
    ("plans", {"year": 2022}, "year", "int64", "whole numbers"),
    ("decisions", {}, "paragraph", "Int64", "whole numbers with gaps"),
    ("outcomes", {}, "year", "Int64", "a year that the query cuts out of a date"),
    ("amounts", {}, "value", "float64", "decimals"),
    ("appointments", {}, "from", "str", "some dates are only months or years: nothing is made more exact"),
    ("decisions", {"year": 1900}, "ordinal", "Int64", "no rows: a number is still a number"),
]


@pytest.mark.parametrize(("name", "parameters", "column", "dtype", "why"), TYPES)
def test_columns_have_the_type_of_what_is_in_them(
    graph: Graph, name: str, parameters: dict[str, int], column: str, dtype: str, why: str
) -> None:
    found = str(graph.query(name, **parameters)[column].dtype)
    assert found.startswith(dtype) or (dtype == "str" and found == "object"), why  # pandas 2 calls text object


def test_a_value_may_be_a_date_and_none_is_not_given(graph: Graph) -> None:
    held = graph.query("attendance", date=date(2022, 10, 20), person=None)
    assert set(held["date"].dt.date) == {date(2022, 10, 20)}


WRONG: list[tuple[Callable[[Graph], object], str, str]] = [
    (lambda g: g.query("decisoins"), "Near it: decisions", "an unknown query"),
    (lambda g: g.query("decisions", yaer=2022), "has no parameter 'yaer'", "an unknown parameter"),
    (lambda g: g.query("career"), "needs", "a missing parameter"),
    (lambda g: g.query("decisions", year="nyss"), "a year such as 2024", "a value that does not fit"),
    (lambda g: g.sparql("SELECT WHERE"), "could not be answered", "no SPARQL"),
    (lambda g: g.entity("Xyzzy Qwertyson"), "Nothing in the graph is called", "nobody of that name"),
    (lambda g: g.entity("Anders Nilsson"), "may mean", "two of that name"),
    (lambda g: g.network("love"), "There are: people", "an unknown network"),
]


@pytest.mark.parametrize(("ask", "says", "why"), WRONG, ids=[row[2] for row in WRONG])
def test_a_mistake_is_a_sentence(graph: Graph, ask: Callable[[Graph], object], says: str, why: str) -> None:
    with pytest.raises(UsageError, match=says):
        ask(graph)


def test_a_folder_without_a_graph_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="kommungraf build"):
        open_graph(tmp_path)


def test_a_closed_graph_says_so(corpus_graph: Path) -> None:
    with open_graph(corpus_graph) as opened:
        assert not opened.documents().empty
    with pytest.raises(UsageError, match="closed"):
        opened.documents()


def test_any_sparql(graph: Graph) -> None:
    assert graph.sparql("ASK { ?s a kg:Decision }") is True
    counted = graph.sparql("SELECT (COUNT(*) AS ?n) { ?s a kg:Decision }")
    assert isinstance(counted, pandas.DataFrame)
    assert counted["n"].dtype == "int64"
    triples = graph.sparql("CONSTRUCT { ?s a kg:Decision } WHERE { ?s a kg:Decision } LIMIT 3")
    assert isinstance(triples, pandas.DataFrame)
    assert list(triples.columns) == ["subject", "predicate", "object"]


def test_queries_lists_all(graph: Graph) -> None:
    assert set(graph.queries()["query"]) == set(named_queries())


def test_an_entity_by_its_name_or_by_what_a_table_calls_it(graph: Graph) -> None:
    person = graph.query("people", name="Gustafsson")["person"][0]
    assert graph.entity(person).candidate == graph.entity("Gustafsson Ewa").candidate


def test_who_sits_where_changes_with_the_year(graph: Graph) -> None:
    def seats(year: int) -> dict[str, str]:
        ties = graph.network("people", year)
        (board,) = (node for node in ties if node.endswith("exempelbygden/styrelsen"))
        return {ties.nodes[who]["name"]: ties.edges[board, who]["role"] for who in ties[board]}

    assert "ersättare" in seats(2021)["Johan Ekdahl"], "story 6: a substitute"
    assert "vice ordförande" in seats(2024)["Johan Ekdahl"], "… and later vice chair"
    assert "Birgitta Sjöqvist" not in seats(2024), "who resigned in 2022"


def test_projects_tie_municipalities_and_funders(graph: Graph) -> None:
    ties = graph.network("projects")
    kinds = {told["kind"] for _, told in ties.nodes(data=True)}
    assert kinds == {"project", "municipality", "organization"}
    shared = graph.network("cooperation")
    assert max(weight for *_, weight in shared.edges(data="weight")) >= 2
    assert all("project" not in told["kind"] for _, told in shared.nodes(data=True))


def test_an_empty_graph_gives_empty_tables_with_their_columns(empty: Graph) -> None:
    for name, query in named_queries().items():
        if not any(parameter.required for parameter in query.parameters) and name not in ("documents", "coverage"):
            table = empty.query(name)
            assert len(table) == 0, name
            assert len(table.columns) > 1, name
    assert len(empty.network("people")) == len(empty.network("cooperation", 2022)) == 0


def test_importing_the_package_is_cheap() -> None:
    code = "import sys, kommungraf; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"pandas", "networkx", "pyoxigraph", "numpy"}
    code = "import sys; from kommungraf import open_graph; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"pandas", "networkx", "numpy"}, "only when a table is asked for"
