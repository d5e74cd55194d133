"""``kommungraf serve --backend``: the same pages before a store elsewhere, and what is said of what is not there."""

from __future__ import annotations

import re
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import feedparser
import httpx
import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Store
from serving import Server, serving

sys.path.insert(0, str(Path(__file__).parents[1]))

from stores_elsewhere import Elsewhere, free_port, oxigraph, virtuoso

from kommungraf.cli import main
from kommungraf.config import DEFAULT_BASE
from kommungraf.query.lookup import full
from kommungraf.query.named_queries import named_queries
from kommungraf.web.site import Site

KINDS = (
    "foaf:Person kg:Party kg:Municipality kg:GoverningBody org:Organization kg:Network kg:Project kg:FocusArea kg:Case "
    "kg:NamedThing kg:Document kg:File kg:Meeting kg:AgendaItem kg:Decision kg:Motion kg:Proposal kg:PlannedActivity "
    "kg:ReportedResult kg:Observation kg:Passage skos:Concept"
).split()
OTHERS = (
    "/ /oversikt /oversikt/narvaro /oversikt/loften /oversikt/motsagelser /oversikt/pengar /oversikt/tackning /fragor "
    "/ns/ /.well-known/void /.well-known/void?format=ttl /sitemap.xml /sitemap/1.xml /robots.txt /feed.atom "
    "/sok?q=protokoll /ns/context.jsonld"
).split()
QUESTIONS = [f"/fragor/{name}" for name, one in named_queries().items() if not any(p.required for p in one.parameters)]
CHOSEN_BY_STORE = {"/fragor/people", "/fragor/projects", "/fragor/lineage", "/fragor/open-matters"}
"""Questions with lists in no order, or the least of texts, of which each store has its own notion."""


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def elsewhere(
    request: pytest.FixtureRequest, corpus_graph: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Elsewhere]:
    """A store elsewhere that the corpus was pushed to."""
    folder = tmp_path_factory.mktemp(request.param)
    with virtuoso(folder) if request.param == "virtuoso" else oxigraph(folder / "store") as store:
        command = ["push", store.graphs, "--out", str(corpus_graph), "-q", *store.options]
        result = CliRunner().invoke(main, command, env={"STORE_PASSWORD": "dba"})
        assert result.exit_code == 0, result.output
        yield store


@pytest.fixture(scope="module")
def before(elsewhere: Elsewhere, corpus_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server before it, with the folder of the build at hand."""
    said = tmp_path_factory.mktemp("before") / "stderr.txt"
    with serving(corpus_graph, said, "--backend", elsewhere.query, page_seconds=60) as server:
        yield server


@pytest.fixture(scope="module")
def alone(elsewhere: Elsewhere, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server before it on a machine where nothing was built."""
    folder = tmp_path_factory.mktemp("alone")
    with serving(folder / "nothing", folder / "stderr.txt", "--backend", elsewhere.query, page_seconds=60) as server:
        yield server


def _entities(store: Store) -> dict[str, str]:
    """The path of an entity of every kind that the pages tell apart."""
    site, found = Site(store, DEFAULT_BASE), {}
    for kind in KINDS:
        quads = store.quads_for_pattern(None, full("rdf:type"), full(kind))
        iris = sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})
        paths = [path for iri in iris if (path := site.href(iri)).startswith("/")]
        found[kind] = paths[len(paths) // 2]
    return found


def _get(server: Server, path: str, **headers: str) -> httpx.Response:
    return httpx.get(server.root.rstrip("/") + path, headers=headers, timeout=90)


def _lines(answer: httpx.Response, server: Server) -> list[str]:
    """The text of a page, line by line, in no order: what sorts alike comes as the store likes."""
    text = answer.text.replace(server.root.rstrip("/"), "")
    if "html" in answer.headers["content-type"]:
        text = unescape(re.sub(r"<[^>]*>", "\n", text))
    return sorted(line for tag in text.splitlines() if (line := tag.strip(" ,")))


def test_pages_of_everything_say_the_same(served: Server, before: Server, corpus_store: Store) -> None:
    for path in [*_entities(corpus_store).values(), *OTHERS]:
        here, there = _get(served, path), _get(before, path)
        assert (here.status_code, there.status_code) == (200, 200), f"{path}: {_lines(there, before)}"
        assert here.headers["content-type"] == there.headers["content-type"], path
        assert _lines(there, before) == _lines(here, served), path
    assert "Traceback" not in before.said()


@pytest.mark.parametrize("form", ["ttl", "jsonld"])
def test_descriptions_are_the_same(served: Server, before: Server, corpus_store: Store, form: str) -> None:
    paths = _entities(corpus_store)
    for kind in ("foaf:Person", "kg:Project", "kg:Decision", "kg:Passage"):
        here, there = (_get(server, f"{paths[kind]}?format={form}") for server in (served, before))
        assert (there.status_code, _lines(there, before)) == (200, _lines(here, served)), kind


def test_every_question_is_answered(served: Server, before: Server) -> None:
    for path in QUESTIONS:
        here, there = _get(served, path), _get(before, path)
        assert there.status_code == 200, f"{path}: {_lines(there, before)}"
        if path not in CHOSEN_BY_STORE:
            assert _lines(there, before) == _lines(here, served), path


def test_the_endpoint_and_its_page_are_there(served: Server, before: Server) -> None:
    asked = "/sparql?query=SELECT+%28COUNT%28*%29+AS+%3Fn%29+%7B+%3Fs+a+%3Chttp://xmlns.com/foaf/0.1/Person%3E+%7D"
    counts = [_get(server, asked, Accept="text/csv").text.replace('"', "").split() for server in (served, before)]
    assert counts[0] == counts[1]
    assert int(counts[0][1]) > 20
    assert _get(before, "/fraga/").status_code == 200


def test_where_nothing_was_built_the_rest_is_there_and_what_is_missing_is_told(
    alone: Server, corpus_store: Store
) -> None:
    paths = _entities(corpus_store)
    for path in [paths["foaf:Person"], paths["kg:Document"], paths["kg:Case"], *OTHERS]:
        assert _get(alone, path).status_code == 200, path
    passage = _get(alone, paths["kg:Passage"] + "?lang=en").text
    (quoted,) = re.findall(r"<mark>([^<]+)</mark>", passage)
    assert quoted
    assert "is not at hand here" in passage, "why there is no paragraph around it"
    found = _get(alone, "/sok?q=exempelbygden&lang=en").text
    assert "only names are searched" in found
    assert "Kommunförbundet" in found
    feed = feedparser.parse(_get(alone, "/feed.atom?lang=en").text)
    assert (feed.bozo, feed.entries) == (False, [])
    assert "does not tell" in feed.feed.subtitle


def test_a_store_that_is_not_there_is_told_and_the_server_goes_on(tmp_path: Path, corpus_graph: Path) -> None:
    """The store is down at first, comes, and goes again."""
    port = free_port()
    with serving(tmp_path / "nothing", tmp_path / "said", "--backend", f"http://127.0.0.1:{port}/query") as server:
        down = _get(server, "/oversikt?lang=en")
        assert (down.status_code, "The graph cannot be reached just now" in down.text) == (502, True)
        assert _get(server, "/sparql?query=ASK%7B%7D").status_code == 503
        with oxigraph((corpus_graph / "store").resolve(), "--union-default-graph", read_only=True, port=port):
            assert _get(server, "/oversikt?lang=en").status_code == 200, "an error is not kept"
        assert _get(server, "/fragor/people?lang=en").status_code == 502
        assert "127.0.0.1" not in down.text, "how it looks inside is nobody's business"
        assert server.said().count("cannot be reached") == 2, "one line for each page"


class _Odd(BaseHTTPRequestHandler):
    """A store that wants a user and password, is slow when it has them, and notes what it was told."""

    told: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.told.append(self.headers.get("authorization", ""))
        time.sleep(5)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def _odd() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Odd)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def test_a_slow_store_is_given_up_and_who_asks_it_is_never_told(tmp_path: Path) -> None:
    with (
        _odd() as port,
        serving(
            tmp_path / "nothing",
            tmp_path / "said",
            "--backend",
            f"http://anna:hemlig@127.0.0.1:{port}/sparql?key=hemlig",
            page_seconds=1,
            seconds=1,
        ) as server,
    ):
        began = time.monotonic()
        page, answer = _get(server, "/oversikt?lang=en"), _get(server, "/sparql?query=ASK%7B%7D")
        assert time.monotonic() - began < 4
        assert page.status_code == 502
        assert "did not answer a query in time" in server.said()
        assert answer.status_code == 503
        assert set(_Odd.told) == {"Basic YW5uYTpoZW1saWc="}, "both ways of asking say who asks"
        for text in (page.text, answer.text, server.said(), server.started):
            assert "hemlig" not in text
            assert "anna" not in text


def test_what_is_no_address_is_told() -> None:
    result = CliRunner().invoke(main, ["serve", "--backend", "localhost:7878"])
    assert (result.exit_code, "write the whole address" in result.output) == (2, True)
