"""The endpoint before a store elsewhere."""

from __future__ import annotations

import socket
import sys
import time
from pathlib import Path

import httpx
import pytest
from sparql_servers import Serve, Served

sys.path.insert(0, str(Path(__file__).parents[1]))  # the module of stores is beside the folder

from stores_elsewhere import virtuoso

NAMES = "SELECT ?s ?n { ?s <http://xmlns.com/foaf/0.1/name> ?n } ORDER BY ?s LIMIT 3"


@pytest.fixture(scope="module")
def before(serve_sparql: Serve, endpoint: Served) -> Served:
    """An endpoint before another one."""
    return serve_sparql(backend=endpoint.sparql)


@pytest.mark.parametrize(
    ("query", "form"), [(NAMES, "json"), (NAMES, "csv"), ("ASK {}", "xml"), ("DESCRIBE <urn:person:1>", "nt")]
)
def test_it_gives_what_the_other_gives(before: Served, endpoint: Served, query: str, form: str) -> None:
    parameters = {"query": query, "format": form}
    ours, theirs = (httpx.get(served.sparql, params=parameters) for served in (before, endpoint))
    assert (ours.status_code, ours.content) == (theirs.status_code, theirs.content)


def test_large_answers_come_whole(before: Served) -> None:
    answer = httpx.get(before.sparql, params={"query": "SELECT * { ?s ?p ?o . ?t a ?c }", "format": "csv"}, timeout=60)
    assert answer.text.count("urn:person:") == 9_000


def test_its_refusals_are_ours(before: Served) -> None:
    answer = httpx.get(before.sparql, params={"query": "SELECT * {"})
    assert (answer.status_code, "error at 1:11" in answer.text) == (400, True)
    assert httpx.get(before.sparql, params={"query": "DROP ALL"}).status_code == 403


def test_the_query_page_never_comes_from_elsewhere(before: Served, endpoint: Served) -> None:
    ours, theirs = (httpx.get(f"{served.url}/fraga/") for served in (before, endpoint))
    assert ours.status_code == 200
    assert ours.text == theirs.text, "both have it of a server of their own"


def test_one_that_is_not_there_is_told_as_such(serve_sparql: Serve) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    served = serve_sparql(backend=f"http://127.0.0.1:{port}/sparql")
    began = time.monotonic()
    answer = httpx.get(served.sparql, params={"query": NAMES})
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert "does not answer" in answer.text
    assert time.monotonic() - began < 3


def test_before_virtuoso(serve_sparql: Serve, tmp_path: Path) -> None:
    with virtuoso(tmp_path) as store:
        served = serve_sparql(backend=store.query, rows=10)
        two = {"query": "SELECT ?s WHERE { ?s ?p ?o } LIMIT 2"}
        for form in ("json", "xml", "csv", "tsv"):
            assert httpx.get(served.sparql, params=two | {"format": form}).status_code == 200, form
        build = {"query": "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 2", "format": "nt"}
        assert httpx.get(served.sparql, params=build).text.count("\n") == 2
        wrong = httpx.get(served.sparql, params={"query": "SELECT * {"})
        assert (wrong.status_code, "syntax error" in wrong.text) == (400, True)
        many = httpx.get(served.sparql, params={"query": "SELECT ?s WHERE { ?s ?p ?o } LIMIT 11"})
        assert many.status_code == 400
