"""What a question may cost, and what happens when it costs more."""

from __future__ import annotations

import json
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest
from sparql_servers import Serve, Served

ALL = "SELECT * { ?s ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) {{ ?a ?p ?x . ?b ?q ?y FILTER(STRLEN(STR(?y)) < {}) }}"
"""Takes a few seconds."""
FOR_EVER = "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }"


def get(served: Served, query: str, **parameters: str) -> httpx.Response:
    return httpx.get(served.sparql, params={"query": query, **parameters}, timeout=60)


@pytest.fixture(scope="module")
def narrow(serve_sparql: Serve) -> Served:
    """An endpoint that gives 1,000 rows and 1 MB."""
    return serve_sparql(rows=1_000, answer_mb=1)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_an_answer_with_too_many_rows_is_an_error_not_a_shorter_answer(narrow: Served, form: str) -> None:
    assert get(narrow, f"{ALL} LIMIT 1000", format=form).status_code == 200
    answer = get(narrow, f"{ALL} LIMIT 1001", format=form)
    assert (answer.status_code, "more than 1000 rows" in answer.text) == (400, True)


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf", "jsonld", "trig", "nq", "n3"])
def test_and_so_is_one_with_too_many_triples(narrow: Served, form: str) -> None:
    build = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT "
    assert get(narrow, f"{build} 1000", format=form).status_code == 200
    assert get(narrow, f"{build} 1001", format=form).status_code == 400


@pytest.mark.parametrize("gzip", ["gzip", "identity"])
def test_one_that_grows_too_large_while_it_is_sent_is_broken_off(
    serve_sparql: Serve, gzip: str, caplog: pytest.LogCaptureFixture
) -> None:
    served = serve_sparql(answer_mb=1)
    with pytest.raises(httpx.RemoteProtocolError):  # The last piece of the chunked encoding never comes.
        httpx.get(
            served.sparql,
            params={"query": "SELECT * { ?s ?p ?o . ?t a ?c }"},
            headers={"accept-encoding": gzip},
            timeout=60,
        )
    assert get(served, "ASK {}").status_code == 200
    assert [record.getMessage() for record in caplog.records if record.name == "kommungraf.web"] == [
        "An answer was broken off: it grew larger than answers may be"
    ]


def test_one_that_takes_too_long_while_it_is_sent_is_broken_off(serve_sparql: Serve) -> None:
    served = serve_sparql(seconds=1.0, slow_after=0.3, rows=10**9, answer_mb=10**6)
    with pytest.raises(httpx.RemoteProtocolError):
        get(served, "SELECT ?s ?t ?u { ?s ?p ?o . ?t ?q ?r . ?u ?v ?w }", format="tsv")
    assert get(served, "ASK {}").status_code == 200


def test_look_ups_are_quick_while_many_slow_queries_come_in(serve_sparql: Serve) -> None:
    served = serve_sparql(at_once=4, slow_at_once=1, slow_after=0.3, seconds=1.2)
    stop = threading.Event()

    def heavy(number: int) -> set[int]:
        codes = set()
        while not stop.is_set():
            codes.add(get(served, f"{FOR_EVER} # {number} {time.monotonic_ns()}").status_code)
        return codes

    with ThreadPoolExecutor(6) as pool:
        slow = [pool.submit(heavy, number) for number in range(6)]
        time.sleep(0.5)
        took = []
        for number in range(8):
            began = time.monotonic()
            assert get(served, f"SELECT * {{ <urn:person:{number}> ?p ?o }}").status_code == 200
            took.append(time.monotonic() - began)
        stop.set()
        codes = set().union(*(one.result() for one in slow))
    assert codes == {503}
    assert sorted(took)[len(took) // 2] < 2


def test_a_full_queue_says_so_at_once(serve_sparql: Serve) -> None:
    served = serve_sparql(at_once=1, waiting=2, seconds=1.2, slow_after=1.1)
    with ThreadPoolExecutor(6) as pool:
        began = time.monotonic()
        answers = list(pool.map(lambda n: (get(served, f"{FOR_EVER} #{n}"), time.monotonic() - began), range(6)))
    assert {answer.status_code for answer, _ in answers} == {503}
    at_once = [took for answer, took in answers if "wait already" in answer.text]
    assert len(at_once) >= 4
    assert min(at_once) < max(took for answer, took in answers if "wait already" not in answer.text)
    assert all(answer.headers["retry-after"] for answer, _ in answers)


def test_a_client_that_hangs_up_while_it_waits_is_not_asked_for(serve_sparql: Serve) -> None:
    served = serve_sparql(at_once=1, seconds=3.0, slow_after=2.9)
    asked = []
    engine = served.engines.current
    ask_engine = engine.ask

    async def noted(query: bytes, *rest):
        asked.append(query)
        return await ask_engine(query, *rest)

    engine.ask = noted
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(get, served, SLOW.format(90))
        time.sleep(0.3)
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(served.sparql, params={"query": "ASK { <urn:gone> ?p ?o }"}, timeout=0.4)
        first.result()
    assert get(served, "ASK { <urn:here> ?p ?o }").status_code == 200
    assert not [query for query in asked if b"urn:gone" in query]


def test_a_client_that_reads_slowly_takes_no_memory_and_one_that_hangs_up_ends_its_query(serve_sparql: Serve) -> None:
    served = serve_sparql(rows=10**9, answer_mb=10**6, seconds=60)
    host, port = served.url.removeprefix("http://").split(":")
    query = httpx.QueryParams(query="SELECT ?s ?t ?u { ?s ?p ?o . ?t ?q ?r . ?u ?v ?w }", format="tsv")
    with socket.create_connection((host, int(port)), 20) as client:
        client.sendall(f"GET /sparql?{query} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert client.recv(20).startswith(b"HTTP/1.1 200")
        time.sleep(0.5)
        assert served.engines.current.upstream.idle == []
    end = time.monotonic() + 5
    while busy(served) and time.monotonic() < end:
        time.sleep(0.05)
    assert not busy(served)


def busy(served: Served) -> int:
    return served.engines.current._asked


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ service#\n<{url}>{{ ?s ?p ?o }} }}",
        "BASE <{url}> SELECT * {{ SERVICE <> {{ ?s ?p ?o }} }}",
        "PREFIX a: <{url}> SELECT * {{ SERVICE a:{{ ?s ?p ?o }} }}",
        "PREFIX a: <{url}> SELECT * {{ SERVICEa:{{ ?s ?p ?o }} }}",
        "SELECT * {{ BIND(<{url}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
        "SELECT * {{ VALUES ?x {{ <{url}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
        "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ ?s ?p 1SERVICE<{url}>{{ ?s ?p ?o }} }}",
        "SELECT * {{ FILTER(1<'>') SERVICE <{url}> {{ ?s ?p ?o }} # '\n }}",
        "SELECT * {{ FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
        "SELECT * {{ {{ SELECT * {{ OPTIONAL {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }} }} }}",
        "CONSTRUCT {{ ?s ?p ?o }} {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "DESCRIBE ?s {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "ASK {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
        "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "LOAD <{url}>",
        "LOAD SILENT <{url}> INTO GRAPH <urn:g>",
    ],
)
def test_nothing_reaches_for_the_network(endpoint: Served, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.15)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        answer = get(endpoint, query.format(url=url))
        assert answer.status_code in (200, 400, 403), answer.text
        if "SERVICE" in query.upper():
            assert answer.status_code == 403
        with pytest.raises(TimeoutError):
            listener.accept()


def test_settings(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kommungraf.config import load
    from kommungraf.errors import UsageError

    settings = tmp_path / "kommungraf.toml"
    settings.write_text("[serve]\nseconds = 5\nrows = 10\n", encoding="utf-8")
    monkeypatch.setenv("KOMMUNGRAF_SERVE_ROWS", "20")
    limits = load(tmp_path).serve
    assert (limits.seconds, limits.rows) == (5, 20)
    settings.write_text("[serve]\nminutes = 5\n", encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape("[serve] knows seconds")):
        load(tmp_path)
    settings.write_text("[serve]\nrows = 0\n", encoding="utf-8")
    monkeypatch.delenv("KOMMUNGRAF_SERVE_ROWS")
    with pytest.raises(UsageError, match="whole number above 0"):
        load(tmp_path)


def test_a_small_answer_is_whole_json(narrow: Served) -> None:
    assert len(json.loads(get(narrow, f"{ALL} LIMIT 1000").text)["results"]["bindings"]) == 1_000
