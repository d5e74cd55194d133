"""Of which graphs a query is asked: by its own words, or by the parameters of the request, which win."""

from __future__ import annotations

import httpx
import pytest
from sparql_servers import Served

D1, D2, D3 = (f"http://kasei.us/2009/09/sparql/data/data{number}.rdf" for number in (1, 2, 3))
ALL = 3_003
DEFAULT = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}"
NAMED = "SELECT (COUNT(*) AS ?n) {} {{ GRAPH ?g {{ ?s ?p ?o }} }}"

DATASETS = [
    # what the query says, what the request says, statements in the default graph, in named graphs
    ("", {}, ALL, ALL, "nothing is said: all graphs"),
    (f"FROM <{D1}>", {}, 1, 0, "one graph, and no named one"),
    (f"FROM <{D1}> FROM <{D2}>", {}, 2, 0, "two graphs as one"),
    (f"FROM NAMED <{D1}>", {}, 0, 1, "a named graph, and nothing else"),
    (f"FROM NAMED <{D1}> FROM NAMED <{D2}>", {}, 0, 2, "two named graphs"),
    (f"FROM <{D1}> FROM NAMED <{D2}> FROM NAMED <{D3}>", {}, 1, 2, "both"),
    ("FROM <file:///etc/passwd>", {}, 0, 0, "no graph of ours"),
    ("FROM NAMED <http://127.0.0.1/>", {}, 0, 0, "nor is this"),
    ("", {"default-graph-uri": D1}, 1, 0, "the request names one"),
    ("", {"default-graph-uri": [D1, D2]}, 2, 0, "or two"),
    ("", {"named-graph-uri": D1}, 0, 1, "or a named one"),
    ("", {"default-graph-uri": D1, "named-graph-uri": [D2, D3]}, 1, 2, "or both"),
    ("", {"default-graph-uri": "file:///etc/passwd"}, 0, 0, "or none of ours"),
    (f"FROM <{D1}> FROM <{D2}>", {"default-graph-uri": D3}, 1, 0, "the request wins"),
    (f"FROM NAMED <{D1}>", {"named-graph-uri": [D2, D3]}, 0, 2, "also with named graphs"),
    (f"FROM <{D1}>", {"named-graph-uri": D2}, 0, 1, "and as a whole: nothing of the query's is left"),
    (f"FROM NAMED <{D1}>", {"default-graph-uri": [D2, D3]}, 2, 0, "and the other way round"),
    ("", {"default-graph-uri": ""}, ALL, ALL, "an empty parameter, as forms send it, says nothing"),
    ("# FROM <urn:none>\n", {}, ALL, ALL, "a comment says nothing"),
]


@pytest.mark.parametrize(("clause", "graphs", "default", "named", "why"), DATASETS)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_graphs(
    endpoint: Served, method: str, clause: str, graphs: dict[str, str], default: int, named: int, why: str
) -> None:
    for pattern, expected in ((DEFAULT, default), (NAMED, named)):
        question = {"query": pattern.format(clause), "format": "csv", **graphs}
        if method == "GET":
            answer = httpx.get(endpoint.sparql, params=question)
        else:
            answer = httpx.post(endpoint.sparql, data=question)
        assert (answer.status_code, answer.text.split()[1:]) == (200, [str(expected)]), why


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (f"CONSTRUCT {{ ?s ?p ?o }} FROM <{D1}> WHERE {{ ?s ?p ?o }}", 1),
        (f"CONSTRUCT FROM <{D1}> WHERE {{ ?s ?p ?o }}", 1),
        (f"DESCRIBE <{D1}> FROM <{D1}>", 1),
        (f"DESCRIBE <{D1}> FROM <{D2}>", 0),
        (f"DESCRIBE <{D1}>", 1),
    ],
)
def test_statements_come_from_the_graphs_that_are_named(endpoint: Served, query: str, expected: int) -> None:
    answer = httpx.get(endpoint.sparql, params={"query": query, "format": "nt"})
    assert answer.text.count("\n") == expected, answer.text


def test_a_graph_that_is_no_iri_is_an_error(endpoint: Served) -> None:
    answer = httpx.get(endpoint.sparql, params={"query": "ASK {}", "default-graph-uri": "not an iri"})
    assert (answer.status_code, "IRI" in answer.text) == (400, True)
