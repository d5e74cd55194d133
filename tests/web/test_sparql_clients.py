"""The endpoint with the clients that analysts have."""

from __future__ import annotations

import json
import shutil
import subprocess
from io import StringIO
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pandas as pd
import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, JSONLD, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kommungraf.web.sparql_links import answer_link

NAMES = "SELECT ?s ?n { ?s <http://xmlns.com/foaf/0.1/name> ?n } ORDER BY ?s LIMIT 3"
FIRST = 'Åsa "0",\nÖ; {x} <y> . z'
BUILD = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3"


def curl(*arguments: str) -> bytes:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed: apt-get install curl")
    return subprocess.run(["curl", "-sS", "--fail", *arguments], check=True, capture_output=True, timeout=30).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["-G", "--data-urlencode", f"query={NAMES}"],
        ["--data-urlencode", f"query={NAMES}"],
        ["-H", "Content-Type: application/sparql-query", "--data-binary", NAMES],
        ["-G", "--compressed", "--data-urlencode", f"query={NAMES}"],
        ["-G", "--http1.0", "--data-urlencode", f"query={NAMES}"],
    ],
    ids=["get", "post a form", "post the query", "gzip", "HTTP/1.0"],
)
def test_curl(endpoint, arguments: list[str]) -> None:
    rows = json.loads(curl(*arguments, endpoint.sparql))["results"]["bindings"]
    assert rows[0]["n"]["value"] == FIRST
    assert len(rows) == 3


@pytest.mark.parametrize("method", [(GET, None), (POST, None), (POST, POSTDIRECTLY)], ids=["GET", "POST", "direct"])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_tables(endpoint, form: str, method) -> None:
    client = SPARQLWrapper(endpoint.sparql)
    client.setMethod(method[0])
    if method[1]:
        client.setRequestMethod(method[1])
    client.setReturnFormat(form)
    client.setQuery(NAMES)
    answer = client.queryAndConvert()
    if form == JSON:
        assert answer["results"]["bindings"][0]["n"]["value"] == FIRST
    elif form == XML:
        assert len(answer.getElementsByTagName("result")) == 3
    else:
        assert answer.count(b"urn:person:") == 3


@pytest.mark.parametrize("form", [TURTLE, RDFXML, JSONLD])
def test_sparqlwrapper_graphs(endpoint, form: str) -> None:
    client = SPARQLWrapper(endpoint.sparql)
    client.setReturnFormat(form)
    client.setQuery(BUILD)
    answer = client.queryAndConvert()
    graph = Graph().parse(data=answer, format="turtle") if form == TURTLE else answer
    assert len(graph) == 3


def test_sparqlwrapper_tells_what_is_wrong_with_a_query(endpoint) -> None:
    client = SPARQLWrapper(endpoint.sparql)
    client.setQuery("SELECT * {")
    with pytest.raises(QueryBadFormed, match="error at 1:11"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflibs_sparqlstore(endpoint, method: str) -> None:
    graph = Graph(SPARQLStore(endpoint.sparql, method=method))
    name = URIRef("http://xmlns.com/foaf/0.1/name")
    assert str(graph.value(URIRef("urn:person:0"), name)) == FIRST
    assert len(list(graph.query(NAMES))) == 3
    assert bool(graph.query("ASK { ?s ?p ?o }"))


def test_pandas_reads_a_link(endpoint) -> None:
    table = pd.read_csv(answer_link(NAMES, "csv", endpoint.url))
    assert list(table.columns) == ["s", "n"]
    assert table["n"][0] == FIRST


def test_pandas_reads_all_rows_of_a_large_answer(endpoint) -> None:
    query = "SELECT * { ?s ?p ?n . ?d a ?c }"
    table = pd.read_csv(answer_link(query, "csv", endpoint.url))
    assert len(table) == 3_003 * 3


def test_csv_as_r_asks_for_it(endpoint) -> None:
    """R's ``read.csv(url(..., headers = c(Accept = "text/csv")))``: a plain GET, the table as RFC 4180 has it."""
    request = Request(
        f"{endpoint.sparql}?{urlencode({'query': NAMES})}",
        headers={"Accept": "text/csv", "User-Agent": "libcurl/8.5.0 r-curl/5.2.1 httr/1.4.7"},
    )
    with urlopen(request, timeout=20) as answer:
        assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
        body = answer.read().decode("utf-8")
    assert body.startswith("s,n\r\n")
    assert pd.read_csv(StringIO(body))["n"][0] == FIRST
