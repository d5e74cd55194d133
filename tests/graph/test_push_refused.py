"""What a store may answer instead of taking a graph, and what a user is told of it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kommungraf.errors import RemoteError, UsageError
from kommungraf.graph.graph_store import GraphStore
from kommungraf.graph.push import Graph, plan, push

RECORD = "urn:x:pushed"


@dataclass
class Answers:
    """A store that gives the answers it is told to, one after another, and then takes everything."""

    statuses: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@contextmanager
def _answering(*statuses: int) -> Iterator[tuple[str, Answers]]:
    answers = Answers(list(statuses))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            answers.asked.append(self.command)
            status = 404 if self.command == "GET" else answers.statuses.pop(0) if answers.statuses else 204
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_PUT = do_POST = do_DELETE = _answer  # noqa: N815 (names of the library)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/store", answers
    finally:
        server.shutdown()
        server.server_close()


def _graphs(*names: str) -> Iterator[Graph]:
    for name in names:
        yield Graph(f"urn:x:{name}", "1", lambda: iter([b"<urn:a> <urn:b> <urn:c> .\n"]))


@pytest.mark.parametrize(
    ("status", "told"),
    [
        (401, "--password-env"),
        (403, "does not let you write"),
        (404, "sparql-graph-crud-auth"),
        (405, "takes no graphs"),
        (413, "--part"),
        (415, "--gzip"),
        (301, "has moved"),
    ],
)
def test_what_will_not_pass_is_told_in_a_sentence_and_not_tried_again(status: int, told: str) -> None:
    with _answering(status) as (url, answers):
        store = GraphStore(url, pause=0.001)
        with pytest.raises(RemoteError, match=told):
            push(plan(_graphs("a"), store, RECORD), store, RECORD)
        assert answers.asked == ["GET", "PUT"]


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_what_passes_is_tried_again_and_told(status: int) -> None:
    said: list[str] = []
    with _answering(status, status) as (url, answers):
        store = GraphStore(url, pause=0.001, told=said.append)
        assert push(plan(_graphs("a"), store, RECORD), store, RECORD).put == 1
        assert answers.asked == ["GET", *["PUT"] * 5]
    assert [str(status) in line for line in said] == [True, True]


def test_a_store_that_stays_ill_is_given_up() -> None:
    with _answering(*[503] * 9) as (url, answers):
        store = GraphStore(url, pause=0.001, tries=3)
        with pytest.raises(RemoteError, match="503"):
            push(plan(_graphs("a"), store, RECORD), store, RECORD)
        assert answers.asked.count("PUT") == 3


def test_a_graph_that_is_refused_does_not_keep_the_others_out() -> None:
    with _answering(204, 400) as (url, _):
        store = GraphStore(url, pause=0.001)
        done = push(plan(_graphs("a", "b"), store, RECORD), store, RECORD)
    assert (done.put, list(done.refused)) == (1, ["urn:x:a"])
    assert "400" in done.refused["urn:x:a"]


@pytest.mark.parametrize("url", ["ftp://exempel.se/store", "exempel.se/store", "http:///store"])
def test_what_is_no_address_is_wrong_usage(url: str) -> None:
    with pytest.raises(UsageError, match="not the address"):
        GraphStore(url)


def test_a_store_that_is_not_there_is_told() -> None:
    with _answering() as (url, _):
        gone = url
    with pytest.raises(RemoteError, match="cannot be reached"):
        GraphStore(gone, pause=0.001, tries=2).put("urn:x:a", b"")
