"""Whatever is asked, the server answers as it should, tells nothing of itself, and goes on."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest
from hostile_requests import HOSTILE, INJECTIONS, NOTHING, PARAMETERS, Hostile, ask, get, posted
from serving import Server, serving

SECONDS = 1.5
"""Time for a query here."""
PATIENCE = 12
"""Seconds after which an answer is taken for none."""
TELLING = (
    "Traceback", "site-packages", "/work/", "/root/", "/home/", "/tmp/", "pyoxigraph", "uvicorn", "starlette",
    "Python/", "oxigraph/", "kommungraf/web", ".py\"", "sqlite3", "jinja2", "panicked",
)  # fmt: skip
"""What an answer to a stranger never says: how the server is made, and where it lies."""
HEADERS = ("content-security-policy", "x-content-type-options", "referrer-policy")


@pytest.fixture(scope="module")
def bounded(hostile_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with narrow limits, over documents that try to do harm."""
    messages = tmp_path_factory.mktemp("bounded") / "stderr.txt"
    limits = {"seconds": SECONDS, "rows": 5_000, "answer_mb": 2, "body_kb": 50, "at_once": 4, "waiting": 8}
    with serving(hostile_graph, messages, **limits) as server:
        yield server


@pytest.fixture(scope="module")
def slow_ones(bounded: Server) -> Iterator[list[socket.socket]]:
    """Connections that drip: heads that never end, and bodies that never come. They are there in all tests."""
    stop = threading.Event()
    sockets = [socket.create_connection(("127.0.0.1", bounded.port)) for _ in range(60)]
    for number, one in enumerate(sockets):
        head = get("/sparql", "Content-Length: 40000", "Content-Type: application/sparql-query", method="POST")
        one.sendall(head if number % 2 else b"GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ")

    def drip() -> None:
        while not stop.wait(1):
            for one in sockets:
                with_no_reader(one)

    def with_no_reader(one: socket.socket) -> None:
        try:
            one.send(b"#")
        except OSError:
            return  # the server has closed it, as it should

    thread = threading.Thread(target=drip)
    thread.start()
    yield sockets
    stop.set()
    thread.join()
    for one in sockets:
        one.close()


def exchange(server: Server, sent: bytes) -> tuple[int, dict[str, str], str]:
    """Send bytes; the status, headers and body of what comes back. Status 0: nothing did."""
    received = bytearray()
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as one:
        try:
            one.sendall(sent)
            while piece := one.recv(65_536):
                received += piece
        except (ConnectionResetError, BrokenPipeError):
            pass  # it did not want to hear the rest: what it said before counts
    head, _, body = bytes(received).partition(b"\r\n\r\n")
    if not head:
        return NOTHING, {}, ""
    line, *rest = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (one.partition(":") for one in rest)}
    return int(line.split()[1]), headers, body.decode("utf-8", "replace")


def is_well(server: Server) -> None:
    """A plain question is answered, and a page is shown."""
    status, _, body = exchange(server, ask("ASK { ?s ?p ?o }"))
    assert (status, body) == (200, '{"head":{},"boolean":true}')
    assert exchange(server, get("/static/site.css"))[0] == 200


def tells_nothing(status: int, headers: dict[str, str], body: str) -> None:
    """An answer is guarded, and says nothing of how and where the server is made."""
    assert status == NOTHING or not [name for name in HEADERS if name not in headers]
    assert "server" not in headers
    assert "x-powered-by" not in headers
    said = f"{headers}{body}"
    assert not [word for word in TELLING if word in said]


@pytest.mark.parametrize("hostile", HOSTILE, ids=[one.why for one in HOSTILE])
def test_a_hostile_request_fails_safely(hostile: Hostile, bounded: Server, slow_ones: list[socket.socket]) -> None:
    status, headers, body = exchange(bounded, hostile.sent)
    assert status in hostile.status, body[:500]
    assert hostile.holds in body
    tells_nothing(status, headers, body)
    assert "set-cookie" not in headers or headers["set-cookie"].startswith("lang=sv;")
    if headers.get("content-type", "").startswith("text/html"):
        assert "<script>window" not in body
        assert "evil.example" not in body
    is_well(bounded)


@pytest.mark.parametrize(("path", "parameter"), PARAMETERS, ids=[f"{path} {name}" for path, name in PARAMETERS])
def test_nothing_put_into_a_parameter_gets_out(path: str, parameter: str, bounded: Server) -> None:
    for injection in INJECTIONS:
        status, headers, body = exchange(bounded, get(f"{path}?{parameter}={quote(injection, safe='')}"))
        assert status in (200, 400, 404, 406), (injection, body[:500])
        tells_nothing(status, headers, body)
        assert "<script>window" not in body
        assert "onerror=alert(1)>" not in body
        assert str(1234 * 4321) not in body
        assert "set-cookie" not in headers
    is_well(bounded)


def test_a_crowd_waits_in_turn_and_the_rest_is_sent_away(bounded: Server) -> None:
    """More queries than may run and wait: some time out, the others hear at once that there is no place."""
    heavy = [
        posted(f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != {n}) }}") for n in range(30)
    ]
    with ThreadPoolExecutor(40) as pool:
        asked = [pool.submit(exchange, bounded, one) for one in heavy]
        time.sleep(0.3)
        pages = [pool.submit(exchange, bounded, get("/ns/")) for _ in range(5)]
        assert [page.result()[0] for page in pages] == [200] * 5
        answers = [one.result() for one in asked]
    assert {status for status, _, _ in answers} == {503}
    for answer in answers:
        tells_nothing(*answer)
    is_well(bounded)


def test_who_hangs_up_costs_nothing_more(bounded: Server) -> None:
    """Clients that go in the middle of a query, and in the middle of an answer."""
    for sent in (
        posted("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"),
        posted("SELECT * { ?s ?p ?o }"),
        get("/"),
    ) * 5:
        with socket.create_connection(("127.0.0.1", bounded.port)) as one:
            one.sendall(sent)
            if sent.startswith(b"GET"):
                one.recv(10)
    is_well(bounded)


def test_a_hundred_requests_in_one_breath_are_answered_in_order(bounded: Server) -> None:
    whole = get("/ns/").replace(b"Connection: close\r\n", b"") * 99 + get("/ns/")
    with socket.create_connection(("127.0.0.1", bounded.port), timeout=PATIENCE) as one:
        one.sendall(whole)
        received = b"".join(iter(lambda: one.recv(65_536), b""))
    assert received.count(b"HTTP/1.1 200 OK") == 100


def test_connections_that_drip_are_closed(bounded: Server, slow_ones: list[socket.socket]) -> None:
    """They had from the first test on; the head has 15 seconds, the body 30."""
    end = time.monotonic() + 35
    for one in slow_ones:
        one.settimeout(max(end - time.monotonic(), 0.1))
        received = bytearray()
        try:
            while piece := one.recv(65_536):
                received += piece
        except ConnectionResetError:
            pass
        assert not received or received.startswith(b"HTTP/1.1 408 ")
    is_well(bounded)


def test_nothing_was_a_defect(bounded: Server) -> None:
    """What the server wrote for whoever runs it holds no traceback: all that was sent had been thought of."""
    assert "Traceback" not in bounded.said()
