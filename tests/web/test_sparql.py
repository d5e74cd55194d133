"""The endpoint as its clients see it: the protocol, forms, errors, caching."""

from __future__ import annotations

import gzip
import json
import re
import socket
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import unquote_to_bytes

import httpx
import pytest
from rdflib import Graph

from kommungraf.web.endpoint.request import unescaped

NAMES = "SELECT ?s ?n { ?s <http://xmlns.com/foaf/0.1/name> ?n } ORDER BY ?s LIMIT 2"
BUILD = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3"
ALL = "SELECT * { ?s ?p ?o }"


def ask(endpoint, query: str, **headers: str) -> httpx.Response:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.get(endpoint.sparql, params={"query": query}, headers={"accept-encoding": "identity", **given})


@pytest.mark.parametrize(
    ("query", "accept", "expected"),
    [
        (NAMES, "*/*", "application/sparql-results+json"),
        (NAMES, "application/sparql-results+xml", "application/sparql-results+xml"),
        (NAMES, "text/csv", "text/csv; charset=utf-8"),
        (NAMES, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("ASK {}", "*/*", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        (BUILD, "*/*", "text/turtle; charset=utf-8"),
        (BUILD, "application/n-triples", "application/n-triples"),
        (BUILD, "application/rdf+xml", "application/rdf+xml"),
        (BUILD, "application/ld+json", "application/ld+json"),
        ("DESCRIBE <urn:person:1>", "application/n-quads", "application/n-quads"),
        ("DESCRIBE <urn:person:1>", "application/trig", "application/trig"),
    ],
)
def test_forms(endpoint, query: str, accept: str, expected: str) -> None:
    answer = ask(endpoint, query, accept=accept)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == expected
    assert answer.content


@pytest.mark.parametrize(
    ("parameters", "status", "content_type"),
    [
        ({"query": NAMES, "format": "csv"}, 200, "text/csv; charset=utf-8"),
        ({"query": NAMES, "output": "json"}, 200, "application/sparql-results+json"),
        ({"query": BUILD, "format": "jsonld"}, 200, "application/ld+json"),
        ({"query": BUILD, "format": "csv"}, 406, "text/plain; charset=utf-8"),
        ({"query": NAMES, "format": "ttl"}, 406, "text/plain; charset=utf-8"),
    ],
)
def test_the_parameter_format(endpoint, parameters: dict[str, str], status: int, content_type: str) -> None:
    answer = httpx.get(endpoint.sparql, params=parameters, headers={"accept": "text/html"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, content_type), answer.text


QUERY, FORM = "application/sparql-query", "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("method", "address", "headers", "body", "status", "said"),
    [
        ("GET", "?query=SELECT+*+%7B", {}, b"", 400, "error at 1:11"),
        ("GET", "?query=ASK{}&query=ASK{}", {}, b"", 400, "2 parameters query"),
        ("GET", "?query=", {}, b"", 400, "empty"),
        ("GET", "?query=%FF", {}, b"", 400, "not UTF-8"),
        ("GET", "?query=ASK%7B%7D%00", {}, b"", 400, "zero byte"),
        ("GET", "?query=ASK{}", {"accept": "image/png"}, b"", 406, "text/csv"),
        ("GET", "?update=DROP+ALL", {}, b"", 403, "only reads"),
        ("GET", "?query=DROP+ALL", {}, b"", 403, "only reads"),
        ("GET", "?query=LOAD+<file:///etc/passwd>", {}, b"", 403, "only reads"),
        ("GET", "?query=ASK{SERVICE<http://a.se/>{}}", {}, b"", 403, "SERVICE"),
        ("GET", "?query=ASK{}&using-graph-uri=urn:g", {}, b"", 403, "only reads"),
        ("GET", "?query=ASK" + "%7B" * 65 + "%7D" * 65, {}, b"", 400, "64 deep"),
        ("GET", "?query=ASK{}" + "+" * 40_000, {}, b"", 414, "POST"),
        ("GET", "", {"accept": "image/png"}, b"", 406, "text/turtle"),
        ("PUT", "?query=ASK{}", {}, b"", 405, "GET or POST"),
        ("DELETE", "", {}, b"", 405, "GET or POST"),
        ("PATCH", "", {}, b"", 405, "GET or POST"),
        ("POST", "", {}, b"ASK {}", 415, "Content-Type"),
        ("POST", "", {"content-type": "text/plain"}, b"ASK {}", 415, "text/plain"),
        ("POST", "", {"content-type": "application/sparql-update"}, b"DROP ALL", 403, "only reads"),
        ("POST", "", {"content-type": FORM}, b"update=DROP+ALL", 403, "only reads"),
        ("POST", "", {"content-type": FORM}, b"frage=ASK{}", 400, "no parameter query"),
        ("POST", "", {"content-type": FORM}, b"query=ASK{}&query=ASK{}", 400, "2 parameters query"),
        ("POST", "?query=ASK{}", {"content-type": QUERY}, b"ASK {}", 400, "two queries"),
        ("POST", "", {"content-type": QUERY}, b"", 400, "empty"),
        ("POST", "", {"content-type": QUERY}, "ASK {}".encode("utf-16"), 400, "not UTF-8"),
        ("POST", "", {"content-type": QUERY + "; charset=utf-16"}, b"ASK {}", 415, "UTF-8"),
        ("POST", "", {"content-type": QUERY}, b"ASK {}" + b" " * 500_000, 413, "500 kB"),
        ("POST", "", {"content-type": QUERY}, b"SELECT ?x { ?x ", 400, "error at"),
        ("POST", "", {"content-type": QUERY}, b"SELECT (<urn:f>(1) AS ?x) {}", 400, "function <urn:f> is not"),
        ("POST", "", {"content-type": QUERY}, b"SELECT (?a<'>' AS ?b) FROM <urn:g> {} # '", 400, "blank after each <"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    endpoint, method: str, address: str, headers: dict[str, str], body: bytes, status: int, said: str
) -> None:
    answer = httpx.request(method, endpoint.sparql + address, headers=headers, content=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert said in answer.text
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "no-store"
    if status == 405:
        assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_relative_iris_are_below_the_address_that_was_asked(endpoint) -> None:
    answer = ask(endpoint, "CONSTRUCT { <s> <p> 1 } WHERE {}", accept="application/n-triples")
    assert answer.text.startswith(f"<{endpoint.url}/s> <{endpoint.url}/p>")


def test_service_description_in_every_form(endpoint) -> None:
    sizes = set()
    for accept, parser in (
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ):
        answer = httpx.get(endpoint.sparql, headers={"accept": accept})
        assert answer.headers["content-type"].startswith(accept)
        graph = Graph().parse(data=answer.content, format=parser)
        sizes.add(len(graph))
        found = list(graph.query("SELECT ?e { ?s <http://www.w3.org/ns/sparql-service-description#endpoint> ?e }"))
        assert [str(row[0]) for row in found] == [endpoint.sparql]
    assert len(sizes) == 1, "every form says the same"


def test_every_form_that_the_description_names_is_given(endpoint) -> None:
    told = Graph().parse(data=httpx.get(endpoint.sparql, headers={"accept": "text/turtle"}).content, format="turtle")
    formats = {str(value).rpartition("/")[2] for value in told.objects(None, None) if "/ns/formats/" in str(value)}
    given = {"json": NAMES, "xml": NAMES, "csv": NAMES, "tsv": NAMES}
    given |= dict.fromkeys(("ttl", "nt", "rdf", "jsonld", "trig", "nq", "n3"), BUILD)
    assert len(formats) == len(given)
    for form, query in given.items():
        assert httpx.get(endpoint.sparql, params={"query": query, "format": form}).status_code == 200, form


def test_whoever_has_an_answer_already_is_told_so(endpoint) -> None:
    first = ask(endpoint, NAMES)
    tag = first.headers["etag"]
    assert re.fullmatch(r'"[0-9a-f]+-[0-9a-f]{8}-json"', tag)
    assert ask(endpoint, NAMES + " ").headers["etag"] != tag, "another query, another tag"
    assert "no-cache" in first.headers["cache-control"]
    again = ask(endpoint, NAMES, if_none_match=f'"x", {tag}')
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert ask(endpoint, NAMES, if_none_match='"x"').status_code == 200
    assert ask(endpoint, NAMES, accept="text/csv").headers["etag"] != tag, "another form, another tag"
    assert ask(endpoint, NAMES, accept_encoding="gzip").headers["etag"] != tag, "other bytes, another tag"


def test_answers_that_change_each_time_are_not_kept(endpoint) -> None:
    query = "SELECT (STRUUID() AS ?x) {}"
    one, two = ask(endpoint, query), ask(endpoint, query)
    assert one.content != two.content
    assert "etag" not in one.headers
    assert one.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("query", [NAMES.replace("LIMIT 2", "LIMIT 40"), ALL], ids=["small", "large"])
def test_gzip(endpoint, query: str) -> None:
    plain = ask(endpoint, query)
    with httpx.stream("GET", endpoint.sparql, params={"query": query}, headers={"accept-encoding": "gzip"}) as answer:
        body = b"".join(answer.iter_raw())
        assert answer.headers["content-encoding"] == "gzip"
    assert gzip.decompress(body) == plain.content
    assert len(body) < len(plain.content) / 2
    assert plain.headers["vary"] == "Accept, Accept-Encoding"
    assert "content-encoding" not in ask(endpoint, "ASK {}", accept_encoding="gzip").headers, "not worth it"
    refused = ask(endpoint, query, accept_encoding="gzip;q=0")
    assert "content-encoding" not in refused.headers


def test_head_says_what_get_says_without_saying_it(endpoint) -> None:
    got, told = (
        ask(endpoint, NAMES),
        httpx.head(endpoint.sparql, params={"query": NAMES}, headers={"accept-encoding": "identity"}),
    )
    assert told.content == b""
    for name in ("content-type", "content-length", "etag"):
        assert told.headers[name] == got.headers[name]
    assert httpx.head(endpoint.sparql, params={"query": ALL}).status_code == 200
    assert httpx.head(endpoint.sparql).headers["content-type"].startswith("text/turtle")


def test_other_sites_may_read(endpoint) -> None:
    headers = {"origin": "https://exempel.se", "access-control-request-method": "POST"}
    answer = httpx.options(endpoint.sparql, headers=headers)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "Content-Type" in answer.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in answer.headers


def test_a_browser_that_asks_nothing_is_led_to_the_query_page(endpoint) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    answer = httpx.get(endpoint.sparql, headers={"accept": browser})
    assert (answer.status_code, answer.headers["location"]) == (303, "/fraga/")
    assert httpx.get(endpoint.sparql, headers={"accept": "*/*"}).status_code == 200


def test_the_same_question_at_the_same_time_is_asked_once(serve_sparql) -> None:
    served = serve_sparql()
    asked = []
    engine = served.engines.current
    ask_engine = engine.ask

    async def counted(*arguments):
        asked.append(arguments)
        return await ask_engine(*arguments)

    engine.ask = counted
    slow = "SELECT (COUNT(?y) AS ?n) { { SELECT ?a { ?a ?p ?x } LIMIT 100 } ?b ?q ?y FILTER(STRLEN(STR(?y)) < 90) }"
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: ask(served, slow, accept="text/csv"), range(8)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert len(asked) == 1


def test_a_large_answer_is_whole_and_comes_in_pieces(endpoint) -> None:
    answer = ask(endpoint, ALL)
    assert answer.headers["transfer-encoding"] == "chunked"
    assert len(json.loads(answer.content)["results"]["bindings"]) == 3_003


def test_http_1_0_gets_small_answers_and_is_told_why_it_gets_no_large_ones(endpoint) -> None:
    def old(query: str) -> bytes:
        host, port = endpoint.url.removeprefix("http://").split(":")
        with socket.create_connection((host, int(port)), 20) as connection:
            parameters = httpx.QueryParams(query=query)
            connection.sendall(f"GET /sparql?{parameters} HTTP/1.0\r\nAccept: application/json\r\n\r\n".encode())
            return b"".join(iter(lambda: connection.recv(65536), b""))

    assert old("ASK {}").endswith(b"true}")
    assert b" 505 " in old(ALL).partition(b"\r\n")[0]


@pytest.mark.parametrize(
    "value",
    [b"a%20b", b"%C3%A5=%3D%3d", b"%", b"%2", b"%zz=%41", b"%%41", b"a=\nb%41=\r\n", b"%0A%0D%5F_ \t ", b"%41%\n"],
)
def test_escapes_in_addresses_are_read_as_the_standard_library_reads_them(value: bytes) -> None:
    assert unescaped(value) == unquote_to_bytes(value)
