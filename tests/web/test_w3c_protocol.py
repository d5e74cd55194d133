"""The W3C's SPARQL 1.1 Protocol tests (rdf-tests, sparql11/protocol), by their names.

The query tests are passed as they stand. Of the update tests, those in which an update must work cannot be passed by
an endpoint that only reads: they must be refused, with 403. Those in which a bad update must be refused are passed.
"""

from __future__ import annotations

import json
from urllib.parse import quote
from xml.etree import ElementTree

import httpx
import pytest
from rdflib import Graph

QUERY, FORM, UPDATE = "application/sparql-query", "application/x-www-form-urlencoded", "application/sparql-update"
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
D0, D1, D2, D3 = (DATA.format(number) for number in range(4))
BOTH = f"ASK {{ <{D1}> a ?type . <{D2}> a ?type . }}"
NAMED = f"ASK {{ GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }} }}"
FULL = f"ASK {{ <{D3}> a ?type . GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }} }}"
FROM = f"ASK FROM <{D3}> {{ GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }} }}"
BOOLEAN = "true"
TABULAR = ("application/sparql-results+json", "application/sparql-results+xml", "text/csv", "text/tab-separated-values")
RDF = ("text/turtle", "application/rdf+xml", "application/n-triples", "application/ld+json")


def address(**parameters: str | list[str]) -> str:
    pairs = []
    for name, values in parameters.items():
        for value in [values] if isinstance(values, str) else values:
            pairs.append(f"{name.replace('_', '-')}={quote(value, safe='')}")
    return "?" + "&".join(pairs) if pairs else ""


D0_ONLY = address(default_graph_uri=D0)
QUERIES = [
    ("query_get", "GET", address(query="ASK {}", default_graph_uri=D0), "", b"", BOOLEAN),
    ("query_post_form", "POST", D0_ONLY, FORM, b"query=ASK%20%7B%7D", BOOLEAN),
    ("query_post_direct", "POST", D0_ONLY, QUERY, b"ASK {}", BOOLEAN),
    (
        "query_dataset_default_graph",
        "POST",
        address(default_graph_uri=D1),
        QUERY,
        f"ASK {{ <{D1}> ?p ?o }}".encode(),
        BOOLEAN,
    ),
    (
        "query_dataset_default_graphs_get",
        "GET",
        address(query=BOTH, default_graph_uri=[D1, D2]),
        "",
        b"",
        BOOLEAN,
    ),
    (
        "query_dataset_default_graphs_post",
        "POST",
        address(default_graph_uri=[D1, D2]),
        QUERY,
        BOTH.encode(),
        BOOLEAN,
    ),
    ("query_dataset_named_graphs_get", "GET", address(query=NAMED, named_graph_uri=[D1, D2]), "", b"", BOOLEAN),
    ("query_dataset_named_graphs_post", "POST", address(named_graph_uri=[D1, D2]), QUERY, NAMED.encode(), BOOLEAN),
    (
        "query_dataset_full",
        "POST",
        address(default_graph_uri=D3, named_graph_uri=[D1, D2]),
        QUERY,
        FULL.encode(),
        BOOLEAN,
    ),
    ("query_multiple_dataset", "POST", address(named_graph_uri=[D1, D2]), QUERY, FROM.encode(), BOOLEAN),
    ("query_content_type_select", "POST", D0_ONLY, QUERY, b"SELECT (1 AS ?value) {}", TABULAR),
    ("query_content_type_ask", "POST", D0_ONLY, QUERY, b"ASK {}", TABULAR[:2]),
    ("query_content_type_describe", "POST", D0_ONLY, QUERY, b"DESCRIBE <http://example.org/>", RDF),
    ("query_content_type_construct", "POST", D0_ONLY, QUERY, b"CONSTRUCT { <s> <p> 1 } WHERE {}", RDF),
]


@pytest.mark.parametrize(("name", "method", "target", "content_type", "body", "expected"), QUERIES)
@pytest.mark.parametrize("accept", ["*/*", "application/sparql-results+xml, application/rdf+xml"])
def test_queries(endpoint, name, method, target, content_type, body, expected, accept: str) -> None:
    headers = {"accept": accept} | ({"content-type": content_type} if content_type else {})
    answer = httpx.request(method, endpoint.sparql + target, headers=headers, content=body)
    assert answer.status_code == 200, answer.text
    media = answer.headers["content-type"].partition(";")[0]
    if expected == BOOLEAN:
        assert truth(media, answer.content) is True
    else:
        assert media in expected
        if expected is RDF:
            Graph().parse(data=answer.content, format=media)


def truth(media: str, body: bytes) -> bool:
    if media == "application/sparql-results+json":
        return json.loads(body)["boolean"]
    assert media == "application/sparql-results+xml"
    return ElementTree.fromstring(body)[-1].text == "true"


def test_the_protocols_data_set_wins_over_that_of_the_query(endpoint) -> None:
    """query_multiple_dataset: what the address names holds, and ``FROM`` does not."""
    count = "SELECT (COUNT(*) AS ?n) FROM <{}> {{ ?s a ?type }}"
    parameters = {"query": count.format(D3), "default-graph-uri": [D1, D2], "format": "csv"}
    assert httpx.get(endpoint.sparql, params=parameters).text.split()[1] == "2"


ASK16 = "ASK {}".encode("utf-16")
BAD = [
    ("bad_query_method", "PUT", address(query="ASK {}"), "", b"", 405),
    ("bad_multiple_queries", "GET", address(query=["ASK {}", "SELECT * {}"]), "", b"", 400),
    ("bad_query_wrong_media_type", "POST", "", "text/plain", b"ASK {}", 415),
    ("bad_query_missing_form_type", "POST", "", "", b"query=ASK%20%7B%7D", 415),
    ("bad_query_missing_direct_type", "POST", "", "", b"ASK {}", 415),
    ("bad_query_non_utf8", "POST", "", f"{QUERY}; charset=UTF-16", ASK16, 415),
    ("bad_query_non_utf8, unsaid", "POST", "", QUERY, ASK16, 400),
    ("bad_query_syntax", "GET", address(query="ASK {"), "", b"", 400),
    ("bad_update_get", "GET", address(update="CLEAR ALL"), "", b"", 403),
    ("bad_multiple_updates", "POST", "", FORM, b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", 403),
    ("bad_update_wrong_media_type", "POST", "", "text/plain", b"CLEAR NAMED", 415),
    ("bad_update_missing_form_type", "POST", "", "", b"update=CLEAR%20NAMED", 415),
    ("bad_update_non_utf8", "POST", "", f"{UPDATE}; charset=UTF-16", "CLEAR NAMED".encode("utf-16"), 403),
    ("bad_update_syntax", "POST", "", FORM, b"update=CLEAR%20XYZ", 403),
    ("bad_update_dataset_conflict", "POST", "", FORM, b"using-named-graph-uri=urn%3Ag&update=CLEAR%20ALL", 403),
]


@pytest.mark.parametrize(("name", "method", "target", "content_type", "body", "status"), BAD)
def test_bad_requests(endpoint, name, method, target, content_type, body, status: int) -> None:
    headers = {"content-type": content_type} if content_type else {}
    answer = httpx.request(method, endpoint.sparql + target, headers=headers, content=body)
    assert answer.status_code == status, answer.text


CANNOT = [
    ("update_post_form", "", FORM, b"update=CLEAR%20ALL"),
    ("update_post_direct", "", UPDATE, b"CLEAR ALL"),
    ("update_dataset_default_graph", address(using_graph_uri=D1), UPDATE, b"CLEAR ALL"),
    ("update_dataset_default_graphs", address(using_graph_uri=[D1, D2]), UPDATE, b"DROP ALL"),
    ("update_dataset_named_graphs", address(using_named_graph_uri=[D1, D2]), UPDATE, b"DROP ALL"),
    ("update_dataset_full", address(using_graph_uri=D1, using_named_graph_uri=D2), UPDATE, b"DROP ALL"),
    ("update_base_uri", "", FORM, b"update=CLEAR%20GRAPH%20%3Curn%3Ag%3E"),
]


@pytest.mark.parametrize(("name", "target", "content_type", "body"), CANNOT)
def test_updates_are_refused_because_the_endpoint_only_reads(endpoint, name, target, content_type, body) -> None:
    headers = {"content-type": content_type}
    answer = httpx.post(endpoint.sparql + target, headers=headers, content=body)
    assert (answer.status_code, "only reads" in answer.text) == (403, True)
    count = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
    assert httpx.get(endpoint.sparql, params=count).text.split()[1] == "3003"
