# ruff: noqa: E501 (a table reads best with a row on a line)
"""Requests that try to do harm: what is sent, byte for byte, what must come back, and why."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from urllib.parse import quote

NOTHING = 0
"""The connection is closed without a word: there is nobody to talk to."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A request and the statuses of which one must come back; ``holds``: words that must be in the answer."""

    why: str
    sent: bytes
    status: tuple[int, ...]
    holds: str = ""


def get(target: str, *headers: str, method: str = "GET", host: str = "localhost", version: str = "1.1") -> bytes:
    """A request without a body, after which the connection ends."""
    lines = [f"{method} {target} HTTP/{version}", f"Host: {host}", "Connection: close", *headers]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogateescape")


def post(body: bytes | str, kind: str, *headers: str, target: str = "/sparql") -> bytes:
    """A POST of a body, by default to the endpoint."""
    body = body.encode() if isinstance(body, str) else body
    return get(target, f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers, method="POST") + body


def ask(query: str, *headers: str) -> bytes:
    """A query by GET."""
    return get(f"/sparql?query={quote(query)}", *headers)


def posted(query: str) -> bytes:
    """A query by POST."""
    return post(query, "application/sparql-query")


PARAMETERS = (
    ("/sok", "q"), ("/sok", "kind"), ("/sok", "year"), ("/sok", "body"), ("/sok", "municipality"), ("/sok", "page"),
    ("/sok", "lang"), ("/sok", "format"), ("/", "lang"), ("/", "format"), ("/oversikt/narvaro", "kind"),
    ("/oversikt/narvaro", "from"), ("/oversikt/narvaro", "page"), ("/oversikt/loften", "status"),
    ("/oversikt/loften", "year"), ("/oversikt/motsagelser", "page"), ("/oversikt/pengar", "year"),
    ("/oversikt/pengar", "line"), ("/oversikt/tackning", "year"), ("/fragor", "name"), ("/fragor/people", "name"),
    ("/feed.atom", "page"), ("/.well-known/void", "format"), ("/ns/", "term"), ("/sitemap.xml", "page"),
)  # fmt: skip
"""Pages and parameters, known to them or not, into each of which all of ``INJECTIONS`` are put."""

INJECTIONS = (
    "<script>window.__x=1</script>", '"><img src=x onerror=alert(1)>', "{{1234*4321}}{{''.__class__}}", "' OR '1'='1' --",
    '" NEAR(" AND * ^ : ( ) {', "x\r\nSet-Cookie: a=b\r\n\r\n<script>", "> } ; DROP ALL ; #", "../../../etc/passwd",
    "\u202e\u2028\ufeff", "9" * 400, "-1", "1e309", "a" * 3_000, "%00%0d%0a", "\ud7ff\U0010ffff",
)  # fmt: skip

_MARKED = "<script>window.__x=1</script>"

_PATHS = (
    Hostile("plain traversal", get("/../../../../etc/passwd"), (404,)),
    Hostile("traversal below static files", get("/static/../../../pyproject.toml"), (404,)),
    Hostile("traversal below static files, encoded", get("/static/%2e%2e/%2e%2e/serve.py"), (404,)),
    Hostile("encoded slashes", get("/static/..%2f..%2fserve.py"), (404,)),
    Hostile("encoded twice", get("/static/%252e%252e%252fserve.py"), (404,)),
    Hostile("backslashes", get("/static/..\\..\\serve.py"), (404,)),
    Hostile("encoded backslashes", get("/static/..%5c..%5cserve.py"), (404,)),
    Hostile("an absolute path", get("//etc/passwd"), (404,)),
    Hostile("an absolute path below static files", get("/static//etc/passwd"), (404,)),
    Hostile("a scheme of files", get("/file:///etc/passwd"), (404,)),
    Hostile("a zero byte", get("/static/site.css%00.html"), (404, 400)),
    Hostile("a zero byte in a page's path", get("/id/person%00"), (400,)),
    Hostile("an over-long slash (UTF-8 that is none)", get("/static/..%c0%af..%c0%afserve.py"), (400,)),
    Hostile("half of a surrogate pair", get("/id/%ed%a0%80"), (400,)),
    Hostile("traversal below an entity", get("/id/../../etc/passwd"), (404,)),
    Hostile("traversal below an entity, encoded", get("/id/%2e%2e/%2e%2e/etc/passwd"), (404,)),
    Hostile("traversal below the documents' files", get("/fil/../../etc/passwd"), (404,)),
    Hostile("traversal below the documents' files, encoded", get("/fil/..%2f..%2fetc%2fpasswd"), (404,)),
    Hostile("a file that is not a digest", get("/fil/%2Fetc%2Fpasswd"), (404,)),
    Hostile("traversal below pictures of pages", get("/sida/../1"), (404,)),
    Hostile("a page of a picture that is no number", get("/sida/0000000000000000/-1"), (404,)),
    Hostile("traversal below the query page", get("/fraga/../sparql_text.py"), (404,)),
    Hostile("traversal below the query page, encoded", get("/fraga/%2e%2e%2f%2e%2e%2fetc%2fpasswd"), (404,)),
    Hostile("a path of the store", get("/store/CURRENT"), (404,)),
    Hostile("a hidden file", get("/.git/config"), (404,)),
    Hostile("a query by a name that is a path", get("/fragor/..%2F..%2Fentity"), (404,)),
    Hostile("broken percent signs", get("/id/%zz%"), (404,)),
    Hostile("half a percent sign in a parameter", get("/sok?q=%"), (200,)),
    Hostile("letters that are no UTF-8 in a parameter", get("/sok?q=%ff%fe"), (400,)),
    Hostile("a zero byte in a parameter", get("/sok?q=a%00b"), (400,)),
    Hostile("markup in a path", get(f"/id/{quote(_MARKED)}"), (404,)),
    Hostile("markup in a path, not encoded", get("/id/<script>window.__x=1</script>"), (404, 400)),
    Hostile("an IRI that ends a query", get(f"/id/{quote('x> . } INSERT DATA { <a> <b> <c')}"), (404,)),
    Hostile("ends of lines in a path", get("/id/x%0d%0aSet-Cookie:%20a=b"), (400,)),
    Hostile("control signs in a path", get("/id/%1b[2J%07"), (400,)),
    Hostile("letters written from the right in a path", get("/id/%e2%80%aegnp.exe"), (400,)),
    Hostile("a term of the vocabulary that ends a query", get(f"/ns/{quote('x> ?y ?z } #')}"), (404,)),
    Hostile("a sitemap far beyond the last", get("/sitemap/99999999999999999999.xml"), (404,)),
    Hostile("a passage with offsets that no text has", get("/id/passage/0000000000000000/9-1"), (404,)),
    Hostile("a passage with enormous offsets", get(f"/id/passage/0000000000000000/0-{'9' * 400}"), (404,)),
    Hostile("a path of 7 kB", get("/" + "a/" * 3_500), (404,)),
    Hostile("a path of 20 kB", get("/" + "a" * 20_000), (400,)),
)  # fmt: skip

_HEADS = (
    Hostile("an address of 100 kB", get("/sok?q=" + "a" * 100_000), (400, 431)),
    Hostile("1,000 parameters", get("/sok?" + "&".join(f"a{n}=1" for n in range(1_000))), (400,)),
    Hostile("a query of 60 kB in the address", get("/sparql?query=" + "a" * 60_000), (414,)),
    Hostile("a header of 100 kB", get("/", "X-Long: " + "a" * 1_000_000), (431, 400, NOTHING)),
    Hostile("3,000 headers", get("/", *(f"X-{n}: {'a' * 30}" for n in range(30_000))), (431, 400, NOTHING)),
    Hostile("a cookie of 60 kB", get("/?lang=sv", "Cookie: lang=" + "a" * 60_000), (200,)),
    Hostile("a cookie that splits headers", get("/", "Cookie: lang=en%0d%0aSet-Cookie: x=y"), (200,)),
    Hostile("a language that splits headers", get("/?lang=en%0d%0aSet-Cookie:%20x=y"), (200,)),
    Hostile("a line end without its carriage return", b"GET / HTTP/1.1\nHost: localhost\nConnection: close\n\n", (200, 400)),
    Hostile("a header that goes on in the next line", get("/", "X-A: b", " folded"), (200, 400)),
    Hostile("a blank before the colon", get("/", "Content-Length : 5"), (400,)),
    Hostile("a zero byte in a header", get("/", "X-A: b\0c"), (400,)),
    Hostile("no HTTP at all", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(range(64)), (400,)),
    Hostile("noise", bytes(range(255, 0, -1)) * 8, (400,)),
    Hostile("HTTP/0.9", b"GET /\r\n\r\n", (400, 421, NOTHING)),
    Hostile("HTTP/1.0 without a host", b"GET / HTTP/1.0\r\n\r\n", (421,)),
    Hostile("HTTP/1.0", get("/", version="1.0"), (200,)),
    Hostile("HTTP/9.9", get("/", version="9.9"), (400, 505)),
    Hostile("the preface of HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (400, 405, 421, NOTHING)),
    Hostile("an upgrade to HTTP/2", get("/", "Upgrade: h2c", "HTTP2-Settings: AAMAAABkAAQAAP__"), (200,)),
    Hostile("a WebSocket", get("/sparql?query=ASK%7B%7D", "Upgrade: websocket", "Sec-WebSocket-Version: 13"), (200,)),
    Hostile("no host", b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", (421, 400)),
    Hostile("two hosts", get("/", "Host: evil.example"), (400, 200, 421)),
    Hostile("a host elsewhere (DNS rebinding)", get("/", host="evil.example"), (421,)),
    Hostile("a host elsewhere for the endpoint", get("/sparql?query=ASK%7B%7D", host="evil.example:8000"), (421,)),
    Hostile("a host that looks like ours", get("/", host="localhost.evil.example"), (421,)),
    Hostile("a host with a user", get("/", host="localhost@evil.example"), (421,)),
    Hostile("a host with a path", get("/", host="localhost/../evil"), (421, 400)),
    Hostile("a host with a port that is none", get("/", host="localhost:99999999"), (421, 400)),
    Hostile("a host with markup", get("/", host="<script>"), (421, 400)),
    Hostile("another address in the request line", get("http://evil.example/", host="localhost"), (200, 400, 404, 421)),
    Hostile("the server as a proxy", get("http://127.0.0.1:1/latest/meta-data/"), (400, 404, 421)),
    Hostile("a tunnel", get("127.0.0.1:22", method="CONNECT"), (400, 405, 404)),
    Hostile("X-Forwarded-Host from nobody trusted", get("/", "X-Forwarded-Host: evil.example"), (200,)),
    Hostile("X-Forwarded-Proto from nobody trusted", get("/feed.atom", "X-Forwarded-Proto: javascript"), (200,)),
    Hostile("a forwarded address from nobody trusted", get("/", "X-Forwarded-For: 127.0.0.1'\"<>", "Forwarded: for=1"), (200,)),
    Hostile("another path by a proxy's header", get("/", "X-Original-URL: /admin", "X-Rewrite-URL: /admin"), (200,)),
    Hostile("a range that no file has", get("/static/site.css", "Range: bytes=99999999999999-0,0-1,0-1"), (200, 416)),
    Hostile("an Accept that is none", get("/", "Accept: ;;;,q=,*/*/*;q=nan"), (200, 406)),
    Hostile("an Accept of 10,000 kinds", get("/", "Accept: " + "a/b," * 10_000), (406, 200)),
    Hostile("a language that is none", get("/", "Accept-Language: " + "x-;q=1e999," * 500), (200,)),
    Hostile("tags that are none", get("/", "If-None-Match: " + 'W/"' * 5_000), (200,)),
    Hostile("a date that is none", get("/", "If-Modified-Since: 99999999999999999999"), (200,)),
    Hostile("an encoding that is none", get("/", "Accept-Encoding: gzip;q=,br;q=-1,*;q=nan"), (200,)),
    Hostile("Expect", get("/", "Expect: 100-continue"), (200, 417)),
    Hostile("shellshock", get("/", "User-Agent: () { :; }; echo hacked", "Referer: ${jndi:ldap://127.0.0.1/a}"), (200,)),
)  # fmt: skip

_METHODS = (
    *(Hostile(f"{method} of a page", get("/", method=method), (405,)) for method in ("TRACE", "DELETE", "PATCH", "PROPFIND")),
    Hostile("PUT of a static file", get("/static/site.css", "Content-Length: 1", method="PUT") + b"x", (405,)),
    Hostile("POST to a page", post("q=x", "application/x-www-form-urlencoded", target="/sok"), (405,)),
    Hostile("a method of nobody's", get("/", method="HACK"), (400, 405)),
    Hostile("a method in small letters", get("/", method="get"), (400, 405)),
    Hostile("another method by a header", get("/", "X-HTTP-Method-Override: DELETE"), (200,)),
    Hostile("PUT of a graph", get("/sparql?graph=urn:x", "Content-Length: 0", method="PUT"), (405,)),
    Hostile("DELETE of a graph", get("/sparql?default", method="DELETE"), (405,)),
    Hostile("PUT to a graph store", get("/store?default", "Content-Length: 0", method="PUT"), (405,)),
)  # fmt: skip

_CHUNKED = "Transfer-Encoding: chunked"
_KIND = "Content-Type: application/sparql-query"


def _body(*headers: str, body: bytes) -> bytes:
    return get("/sparql", _KIND, *headers, method="POST") + body


_BODIES = (
    Hostile("both lengths (request smuggling)", _body("Content-Length: 5", _CHUNKED, body=b"0\r\n\r\nASK{}"), (400,)),
    Hostile("two lengths", _body("Content-Length: 5", "Content-Length: 6", body=b"ASK{} "), (400,)),
    Hostile("a length below zero", _body("Content-Length: -1", body=b"ASK{}"), (400,)),
    Hostile("a length beyond all numbers", _body("Content-Length: 99999999999999999999", body=b"ASK{}"), (400, 413)),
    Hostile("a length beyond the limit, nothing sent", _body("Content-Length: 9999999999", body=b""), (413,)),
    Hostile("a chunk whose size is none", _body(_CHUNKED, body=b"zz\r\nASK{}\r\n0\r\n\r\n"), (400,)),
    Hostile("a chunk whose size is beyond all numbers", _body(_CHUNKED, body=b"f" * 40 + b"\r\nASK{}"), (400,)),
    Hostile("an encoding hidden behind another", _body("Transfer-Encoding: xchunked", body=b"0\r\n\r\n"), (400, 415, 501)),
    Hostile("a chunked body beyond the limit", _body(_CHUNKED, body=b"ffff\r\n" + b"#" * 65_535 + b"\r\n0\r\n\r\n"), (413,)),
    Hostile("a body beyond the limit", posted("ASK {}" + " " * 60_000), (413,)),
    Hostile("a body that is packed a thousand times", post(gzip.compress(b"#" * 9_000_000), "application/sparql-query", "Content-Encoding: gzip"), (415, 400)),
    Hostile("a body of another kind", post("ASK{}", "text/plain"), (415,)),
    Hostile("a body of no kind", post("ASK{}", ""), (415, 400)),
    Hostile("a form with files", post("--x\r\n\r\nASK{}\r\n--x--", "multipart/form-data; boundary=x"), (415,)),
    Hostile("another charset", post("ASK{}".encode("utf-16"), "application/sparql-query; charset=utf-16"), (415,)),
    Hostile("UTF-7", post("+ADw-script+AD4-", "application/sparql-query; charset=utf-7"), (415,)),
    Hostile("letters that are no UTF-8", post(b"ASK {} #\xff\xfe", "application/sparql-query"), (400,)),
    Hostile("a zero byte", post(b"ASK {} #\0", "application/sparql-query"), (400,)),
    Hostile("XML with entities", post('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>', "application/xml"), (415,)),
)  # fmt: skip

_HERE = "http://127.0.0.1:1/sparql"
_ALL = "?s ?p ?o"

_SPARQL = (
    Hostile("markup in a query that is none", ask(_MARKED), (400,)),
    Hostile("SERVICE to loopback", ask(f"SELECT * {{ SERVICE <{_HERE}> {{ {_ALL} }} }}"), (400, 403)),
    Hostile("SERVICE in small letters", posted(f"SELECT * {{ service<{_HERE}>{{ {_ALL} }} }}"), (400, 403)),
    Hostile("SERVICE SILENT", posted(f"SELECT * {{ SERVICE SILENT <{_HERE}> {{ {_ALL} }} }}"), (400, 403)),
    Hostile("SERVICE with escapes", posted(f"SELECT * {{ \\u0053ERVICE <{_HERE}> {{ {_ALL} }} }}"), (400, 403)),
    Hostile("SERVICE behind a comment", posted(f"SELECT * {{ SERVICE#\n<{_HERE}>#\n{{ {_ALL} }} }}"), (400, 403)),
    Hostile("SERVICE in a query in a query", posted(f"SELECT * {{ {{ SELECT * {{ SERVICE <{_HERE}> {{ {_ALL} }} }} }} }}"), (400, 403)),
    Hostile("SERVICE by a prefix", posted(f"PREFIX a: <http://127.0.0.1:1/> SELECT * {{ SERVICE a:sparql {{ {_ALL} }} }}"), (400, 403)),
    Hostile("SERVICE by a prefix without a blank", posted(f"PREFIX : <{_HERE}> SELECT * {{ SERVICE:{{ {_ALL} }} }}"), (400, 403)),
    Hostile("SERVICE by a variable", posted(f"SELECT * {{ VALUES ?u {{ <{_HERE}> }} SERVICE ?u {{ {_ALL} }} }}"), (400, 403)),
    Hostile("SERVICE in a filter", posted(f"ASK {{ FILTER EXISTS {{ SERVICE <{_HERE}> {{ {_ALL} }} }} }}"), (400, 403)),
    Hostile("FROM a file", posted("SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"), (200,), '"bindings":[]'),
    Hostile("FROM loopback", posted(f"SELECT * FROM NAMED <{_HERE}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"), (200,), '"bindings":[]'),
    Hostile("INSERT", posted("INSERT DATA { <urn:a> <urn:b> <urn:c> }"), (403,)),
    Hostile("INSERT behind a prefix and a comment", posted("PREFIX a: <urn:> #x\nINSERT DATA { a:a a:b a:c }"), (403,)),
    Hostile("DELETE WHERE", posted("DELETE WHERE { ?s ?p ?o }"), (403,)),
    Hostile("CLEAR ALL", ask("CLEAR ALL"), (403,)),
    Hostile("DROP", ask("DROP SILENT ALL"), (403,)),
    Hostile("LOAD from loopback", posted(f"LOAD <{_HERE}>"), (403,)),
    Hostile("LOAD of a file", posted("LOAD <file:///etc/passwd> INTO GRAPH <urn:x>"), (403,)),
    Hostile("an update as update", post("CLEAR ALL", "application/sparql-update"), (403,)),
    Hostile("an update in a form", post("update=CLEAR+ALL", "application/x-www-form-urlencoded"), (403,)),
    Hostile("an update in the address", get("/sparql?update=CLEAR%20ALL"), (403,)),
    Hostile("an update behind the query page", post("CLEAR ALL", "application/sparql-update", target="/fraga/update"), (403,)),
    Hostile("an update behind a query", posted("ASK {} ; CLEAR ALL"), (400,)),
    Hostile("two queries", get("/sparql?query=ASK%7B%7D&query=ASK%7B%7D"), (400,)),
    Hostile("two queries in two places", post("ASK{}", "application/sparql-query", target="/sparql?query=ASK%7B%7D"), (400,)),
    Hostile("no query", post("", "application/sparql-query"), (400,)),
    Hostile("a format that is markup", get(f"/sparql?query=ASK%7B%7D&format={quote(_MARKED)}"), (200, 400, 406)),
    Hostile("a format that nobody has", ask("ASK {}", "Accept: image/png"), (406,)),
    Hostile("a graph that is no IRI", get("/sparql?query=ASK%7B%7D&default-graph-uri=%3E%20x"), (400,)),
    Hostile("groups in groups", posted("ASK " + "{" * 20_000 + "}" * 20_000), (400,)),
    Hostile("brackets in brackets", posted("SELECT (" + "(" * 20_000 + "1" + ")" * 20_000 + " AS ?x) {}"), (400,)),
    Hostile("a path in paths", posted("ASK { ?s " + "(" * 9_000 + "<urn:p>" + ")*" * 9_000 + " ?o }"), (400,)),
    Hostile("no, no, no", posted("ASK { FILTER(" + "!" * 20_000 + "true) }"), (200, 400, 503)),
    Hostile("a path turned around and around", posted("ASK { ?s " + "^" * 20_000 + "<urn:p> ?o }"), (200, 400, 503)),
    Hostile("a query in a query in a query", posted("SELECT * {" * 2_000 + "}" * 2_000), (400,)),
    Hostile("lists in lists", posted("ASK { " + "(" * 10_000 + ")" * 10_000 + " ?p ?o }"), (400,)),
    Hostile("a sum of thousands", posted("SELECT (" + "1+" * 20_000 + "1 AS ?x) {}"), (200, 400, 503)),
    Hostile("unions of thousands", posted("ASK {" + "{}UNION" * 5_000 + "{} }"), (200, 400, 503)),
    Hostile("a table of thousands", posted("SELECT * { VALUES ?x {" + " 1" * 20_000 + " } }"), (200, 400)),
    Hostile("a product of all with all", posted("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"), (503,)),
    Hostile("a product that is sorted", posted("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"), (503, 400)),
    Hostile("a product without repeats", posted("SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"), (503, 400, 413, 200)),
    Hostile("paths without an end", posted("SELECT (COUNT(*) AS ?n) { ?a (<urn:a>|!<urn:a>|^<urn:a>)* ?b . ?b (<urn:c>|!<urn:c>)* ?c }"), (503,)),
    Hostile("a text that doubles", posted("SELECT (STRLEN(?z) AS ?n) { BIND('" + "x" * 999 + "' AS ?a) " + " ".join(f"BIND(CONCAT(?{chr(96 + n)},?{chr(96 + n)}) AS ?{chr(97 + n)})" for n in range(1, 26)) + " }"), (200, 503, 500, 400)),
    Hostile("all in one text", posted("SELECT (GROUP_CONCAT(CONCAT(STR(?s),STR(?o),STR(?c))) AS ?x) { ?s ?p ?o . ?a ?b ?c }"), (503, 400, 413)),
    Hostile("a pattern that goes wild", posted("SELECT * { BIND('" + "a" * 5_000 + "!' AS ?x) FILTER(REGEX(?x, '^(a+)+(a+)+(a|aa)*$')) }"), (200, 503)),
    Hostile("a pattern of great size", posted("SELECT * { FILTER(REGEX('aaa', '(((a{99}){99}){99}){99}')) }"), (200, 400, 503)),
    Hostile("more rows than are given", posted("SELECT * { ?a ?b ?c . ?d ?e ?f }"), (200, 413, 503)),
    Hostile("more triples than are given", posted("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }"), (200, 413, 503)),
    Hostile("markup as a column, as a table", ask(f"SELECT ('{_MARKED}' AS ?x) {{}}", "Accept: text/csv"), (200,)),
    Hostile("markup as XML", ask(f"SELECT ('{_MARKED}' AS ?x) {{}}", "Accept: application/sparql-results+xml"), (200,)),
    Hostile("a function that reads", posted("SELECT (<file:///etc/passwd>('x') AS ?x) {}"), (400,)),
)  # fmt: skip

HOSTILE: tuple[Hostile, ...] = (*_PATHS, *_HEADS, *_METHODS, *_BODIES, *_SPARQL)
