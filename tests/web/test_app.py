"""What every answer says of itself, which requests are refused, and how the server begins and ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import httpx
import psutil
import pytest
from serving import KOMMUNGRAF, Server, serving

PAGE, CSS = "oversikt/tackning", "static/site.css"


def fetch(server: Server, path: str, method: str = "GET", **headers: str) -> httpx.Response:
    """One request."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.request(method, server.root + path, headers=named, verify=False)  # no TLS: certificates take time


@pytest.mark.parametrize("path", [PAGE, "ingenting", CSS])
def test_every_answer_is_guarded(served: Server, path: str) -> None:
    """Nothing in a page can run, be framed, or be read by another site; nothing tells what serves it."""
    headers = fetch(served, path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    for part in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert part in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == headers["cross-origin-resource-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "server" not in headers
    assert "strict-transport-security" not in headers, "only where it is asked for"


@pytest.mark.parametrize(
    ("method", "path", "headers", "status", "why"),
    [
        ("GET", PAGE, {}, 200, "a page"),
        ("HEAD", PAGE, {}, 200, "and its head"),
        ("POST", PAGE, {}, 405, "pages are only read"),
        ("DELETE", "", {}, 405, "by no method"),
        ("GET", "ingenting", {}, 404, "no such path"),
        ("GET", "id/person/ingen-alls", {}, 404, "no such person"),
        ("GET", PAGE, {"accept": "image/png"}, 406, "no such form"),
        ("GET", PAGE + "?format=exe", {}, 406, "nor by the parameter"),
        ("GET", "%ff%fe", {}, 400, "a path that is no text"),
        ("GET", "a%00b", {}, 400, "a sign that no path has"),
        ("GET", "sok?q=%ff", {}, 400, "a parameter that is no text"),
        ("GET", "sok?" + "&".join(f"a={n}" for n in range(200)), {}, 400, "too many parameters"),
        ("GET", "sok?q=" + "a" * 9_000, {}, 400, "a long address"),
        ("GET", "static/../serve.py", {}, 404, "files are had by name, not by path"),
        ("GET", "static/%2e%2e/serve.py", {}, 404, "however it is written"),
        ("GET", "static//etc/passwd", {}, 404, "nor from the root"),
        ("GET", PAGE, {"host": "evil.example"}, 421, "another site's name that leads here"),
        ("GET", PAGE, {"host": "127.0.0.1.evil.example"}, 421, "that only begins as ours"),
        ("GET", PAGE, {"host": "localhost:1@evil.example"}, 421, "or hides it"),
        ("GET", PAGE, {"host": "localhost"}, 200, "loopback by name"),
        ("GET", PAGE, {"host": "[::1]:8000"}, 200, "and by number"),
        ("GET", "sparql?query=ASK%7B%7D", {"host": "evil.example"}, 421, "the endpoint has the same names"),
    ],
)
def test_status(served: Server, method: str, path: str, headers: dict[str, str], status: int, why: str) -> None:
    """Each request has the status that HTTP has for it, and no answer shows how we look inside."""
    request = httpx.Request(method, served.root, headers=headers)
    request.url = request.url.copy_with(raw_path=b"/" + path.encode())
    with httpx.Client() as client:
        answer = client.send(request)
    assert answer.status_code == status, why
    assert "Traceback" not in answer.text
    assert "/kommungraf/web" not in answer.text
    if status == 405:
        assert answer.headers["allow"] == "GET, HEAD"
    if method == "HEAD":
        assert answer.content == b""
        assert int(answer.headers["content-length"]) > 1000


def test_languages(served: Server) -> None:
    """Whoever chooses a language keeps it; the page says which it is in."""
    swedish = fetch(served, "ingenting")
    assert (swedish.headers["content-language"], "set-cookie" in swedish.headers) == ("sv", False)
    assert "Här finns ingenting" in swedish.text
    chosen = fetch(served, "ingenting?lang=en")
    assert "There is nothing here" in chosen.text
    cookie = chosen.headers["set-cookie"]
    assert cookie.startswith("lang=en; Path=/;")
    assert "SameSite=Lax" in cookie
    assert "HttpOnly" in cookie
    assert "There is nothing here" in fetch(served, "ingenting", cookie="lang=en").text
    assert "There is nothing here" in fetch(served, "ingenting", accept_language="en-US,en").text
    assert "set-cookie" not in fetch(served, "ingenting?lang=xx%0d%0aset-cookie:a=b").headers


def test_what_is_had_already_is_not_sent_again(served: Server) -> None:
    """A page has a tag of its generation, form and language, and is 304 to whoever has it."""
    first = fetch(served, PAGE)
    tag = first.headers["etag"]
    assert re.fullmatch(r'W/"\d{6}-[0-9a-f]{8}-[0-9a-f]{6}-[0-9a-f]{16}"', tag)
    assert first.headers["cache-control"] == "no-cache"
    again = fetch(served, PAGE, if_none_match=f'"other", {tag}')
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert fetch(served, PAGE + "?lang=en", if_none_match=tag).status_code == 200
    assert fetch(served, PAGE + "?format=csv", if_none_match=tag).status_code == 200
    assert fetch(served, "ingenting").headers["cache-control"] == "no-store"


def test_vary_names_what_decided(served: Server) -> None:
    """A cache in between must not give one what another asked for."""
    assert set(fetch(served, PAGE).headers["vary"].split(", ")) == {
        "accept",
        "accept-encoding",
        "accept-language",
        "cookie",
    }
    assert fetch(served, PAGE + "?lang=sv&format=csv").headers["vary"] == "accept-encoding"


def test_gzip_only_for_who_takes_it(served: Server) -> None:
    """The same page, packed or not."""
    packed, plain = fetch(served, PAGE, accept_encoding="gzip"), fetch(served, PAGE, accept_encoding="identity")
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2


def test_links_of_an_entity(served: Server) -> None:
    """An entity's page names its IRI, its other forms, its licence, and the description of the data."""
    query = "SELECT ?p { ?p a <http://xmlns.com/foaf/0.1/Person> } ORDER BY ?p LIMIT 1"
    told = httpx.get(f"{served.root}sparql", params={"query": query}, headers={"accept": "text/csv"})
    iri = told.text.split()[1]
    answer = fetch(served, iri.removeprefix("https://w3id.org/"))
    assert answer.status_code == 200
    links = httpx.Response(200, headers={"link": answer.headers["link"]}).links
    assert str(httpx.URL(links["canonical"]["url"])) == str(httpx.URL(iri))
    assert links["describedby"]["url"] == "/.well-known/void"
    assert links["license"]["url"].startswith("https://creativecommons.org/")
    assert 'rel="alternate"; type="text/turtle"' in answer.headers["link"]
    turtle = fetch(served, iri.removeprefix("https://w3id.org/"), accept="text/turtle")
    assert turtle.headers["content-type"].startswith("text/turtle")


def test_static_files_are_kept_for_long_by_their_digest(served: Server) -> None:
    """The address in a page holds a digest: the file behind it never changes."""
    link = re.search(r'href="/(static/site\.css\?v=[0-9a-f]+)"', fetch(served, "ingenting").text)
    assert link
    lasting = fetch(served, link[1])
    assert lasting.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert lasting.headers["content-type"] == "text/css; charset=utf-8"
    assert fetch(served, CSS + "?v=other").headers["cache-control"] == "no-cache"
    assert fetch(served, CSS, if_none_match=lasting.headers["etag"]).status_code == 304
    assert fetch(served, CSS, method="POST").status_code == 405


def test_root_url_hsts_and_a_proxy(empty_graph: Path, tmp_path: Path) -> None:
    """Behind a proxy with TLS the site is known by its name there, and addresses in pages are whole."""
    options = ("--root-url", "https://exempel.test", "--hsts", "--trusted-proxy", "127.0.0.1")
    with serving(empty_graph, tmp_path / "stderr", *options) as server:
        answer = fetch(server, CSS, host="exempel.test", x_forwarded_proto="https", x_forwarded_for="192.0.2.1")
        assert answer.status_code == 200
        assert answer.headers["strict-transport-security"] == "max-age=31536000"
        assert fetch(server, CSS, host="other.test").status_code == 421


def test_visible_to_others_only_with_a_warning(empty_graph: Path, tmp_path: Path) -> None:
    """A host that is not loopback is told; then requests may also call it by an address."""
    with serving(empty_graph, tmp_path / "stderr", "--host", "0.0.0.0") as server:
        assert "visible to others" in server.said()
        root = f"http://127.0.0.1:{server.port}/"
        assert httpx.get(root + CSS, headers={"host": "192.0.2.7:8000"}).status_code == 200
        assert httpx.get(root + CSS, headers={"host": "evil.example"}).status_code == 421


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--out", "nowhere"], "There is no graph in nowhere."),
        (["--port", "{taken}"], "cannot be used (Address already in use)"),
        (["--host", "no.such.host.invalid"], "is not one of this machine"),
        (["--documents", "nowhere"], "--documents nowhere: there is no such file or folder."),
        (["--root-url", "exempel.se"], "write the whole address"),
        (["--port", "70000"], "not in the range"),
    ],
)
def test_wrong_usage_is_one_sentence(empty_graph: Path, tmp_path: Path, arguments: list[str], sentence: str) -> None:
    """Exit code 2, what is wrong, and no traceback."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        filled = [argument.format(taken=taken.getsockname()[1]) for argument in arguments]
        out = [] if "--out" in arguments else ["--out", str(empty_graph)]
        command = [str(KOMMUNGRAF), "serve", *(["--port", "0"] if "--port" not in arguments else []), *out, *filled]
        ended = subprocess.run(command, capture_output=True, text=True, timeout=60, cwd=tmp_path, check=False)
    assert ended.returncode == 2, ended.stderr
    assert sentence in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 0), (signal.SIGTERM, 0), (signal.SIGKILL, -9)])
def test_no_process_stays_behind(empty_graph: Path, number: signal.Signals, code: int) -> None:
    """However the server is ended, all that it started ends within seconds; SIGHUP before it changes nothing."""
    command = [str(KOMMUNGRAF), "serve", "--port", "0", "--out", str(empty_graph)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        root = process.stdout.readline().split()[0]
        children = psutil.Process(process.pid).children(recursive=True)
        assert len(children) == 3, "two renderers and the engine"
        process.send_signal(signal.SIGHUP)
        assert httpx.get(root + CSS).status_code == 200
        process.send_signal(number)
        assert process.wait(10) == code
        assert process.stderr.read() == ""
    gone, alive = psutil.wait_procs(children, 5)
    assert (len(gone), alive) == (3, [])


def test_a_request_that_has_begun_is_finished(corpus_graph: Path, tmp_path: Path) -> None:
    """SIGTERM comes while a query runs: its answer comes whole, and then the server is gone."""
    slow = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?p ?b . ?b ?q ?c . ?c ?r ?d }"
    head = "POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nAccept: text/csv\r\n"
    with serving(corpus_graph, tmp_path / "stderr") as server:
        with socket.create_connection(("127.0.0.1", server.port), timeout=30) as asking:
            asking.sendall(f"{head}Content-Length: {len(slow)}\r\n\r\n{slow}".encode())
            time.sleep(0.8)
            os.kill(server.process.pid, signal.SIGTERM)
            said = b"".join(iter(lambda: asking.recv(10_000), b""))
        assert said.startswith(b"HTTP/1.1 200 ")
        assert b"\r\n\r\nn\r\n" in said
        assert server.process.wait(10) == 0


class Slow:
    """Connections that begin something and do not end it."""

    def __init__(self, port: int, number: int, begun: bytes) -> None:
        self.sockets = [socket.create_connection(("127.0.0.1", port)) for _ in range(number)]
        for connection in self.sockets:
            connection.sendall(begun)

    def told(self) -> bytes:
        """What the first one is told at last."""
        self.sockets[0].settimeout(10)
        return self.sockets[0].recv(1000)

    def close(self) -> None:
        """Hang up."""
        for connection in self.sockets:
            connection.close()


@pytest.mark.parametrize(
    ("begun", "told", "why"),
    [
        (b"", b"408", "nothing comes at all"),
        (b"GET / HTTP/1.1\r\nHost: local", b"408", "half a head"),
        (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
         b"Content-Type: application/sparql-query\r\n\r\nASK", b"408", "half a body"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000, b"431", "a head without end"),
        (b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n", b"431", "one in one piece"),
        (b"\x16\x03\x01\x02\x00\x01\x00", b"400", "no HTTP"),
    ],
)  # fmt: skip
def test_slow_and_endless_requests_end(limited: Server, begun: bytes, told: bytes, why: str) -> None:
    """Each is told why, and its connection is closed."""
    slow = Slow(limited.port, 1, begun)
    assert slow.told().startswith(b"HTTP/1.1 " + told), why
    slow.close()


def test_a_thousand_slow_connections_stop_nobody(limited: Server) -> None:
    """With places for 200, a thousand half requests push out each other, and not those who ask something."""
    slow = Slow(limited.port, 1000, b"GET / HTTP/1.1\r\nHost: local")
    with httpx.Client(verify=False, headers={"connection": "close"}) as client:
        begin = time.monotonic()
        for _ in range(10):
            assert client.get(limited.root + CSS).status_code == 200
        assert time.monotonic() - begin < 3
    assert len(psutil.Process(limited.process.pid).net_connections()) < 300
    slow.close()


@pytest.fixture(scope="module")
def limited(empty_graph: Path, tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    """A server with little patience."""
    limits = {"head_seconds": 2, "body_seconds": 2, "connections": 200}
    with serving(empty_graph, tmp_path_factory.mktemp("limited") / "stderr", **limits) as server:
        yield server
