"""The SPARQL 1.1 Protocol endpoint: what is asked, whether it may be, who answers it, and in which form."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Hashable
from urllib.parse import urlsplit
from zlib import crc32

from starlette.types import Receive, Scope, Send

from kommungraf.limits import ServeLimits
from kommungraf.web.endpoint.answers import Answers, Header, Reply, packed
from kommungraf.web.endpoint.asking import Asker, BrokenOffError
from kommungraf.web.endpoint.engines import Engines
from kommungraf.web.endpoint.forms import GRAPHS, TABLES, Form, choose, names, offered
from kommungraf.web.endpoint.lanes import GoneError
from kommungraf.web.endpoint.process import EngineError
from kommungraf.web.endpoint.query_page import ASSETS, QueryPage
from kommungraf.web.endpoint.query_text import Kind, look
from kommungraf.web.endpoint.request import READ_ONLY, ProblemError, Question, Request, read_get, read_post
from kommungraf.web.endpoint.service_description import service_description
from kommungraf.web.endpoint.upstream import LostError
from kommungraf.web.negotiation import preferences
from kommungraf.web.sparql_links import ENDPOINT, QUERY_PAGE

_LOG = logging.getLogger("kommungraf.web")
_ALLOW = b"GET, HEAD, POST, OPTIONS"
_VOID = "/.well-known/void"
_ALL: list[Header] = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Link, Retry-After"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
]
"""Headers of every answer."""
_POLICY = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'; sandbox")
_ANSWER: list[Header] = [
    *_ALL,
    _POLICY,
    (b"vary", b"Accept, Accept-Encoding"),
    (b"link", f'<{_VOID}>; rel="describedby", <{ENDPOINT}>; rel="service-desc"'.encode()),
]
_CACHED = (b"cache-control", b"public, no-cache")
"""A build switches the graph within seconds: who keeps an answer asks each time whether it holds, which is cheap."""
_UNCACHED = (b"cache-control", b"no-store")
_NO_ETAG = b""


class SparqlEndpoint:
    """The endpoint, as an ASGI application for ``/sparql``, ``/query`` and all below ``/fraga/``.

    ``root_url``: the address that the site is known by; empty: what each request calls it by.
    """

    def __init__(self, engines: Engines, limits: ServeLimits, root_url: str = "") -> None:
        self._engines = engines
        self._limits = limits
        self._root = root_url.rstrip("/")
        self._host = urlsplit(root_url).netloc.encode("ascii")
        self._page = QueryPage()
        self._asker = Asker(engines, limits)
        self._answers = Answers("", limits.cache_mb)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return
        request = Request(scope, receive, send)
        try:
            await self._route(request)
        except ProblemError as problem:
            await _refuse(request, problem)
        except GoneError:
            return
        except BrokenOffError as error:
            # The answer ends without its end: a client of HTTP/1.1 sees by that that it is not whole.
            _LOG.warning("An answer was broken off: %s", error)

    async def _route(self, request: Request) -> None:
        if request.path.startswith(QUERY_PAGE):
            name = request.path[len(QUERY_PAGE) :]
            if name not in ("sparql", "query", "update"):
                await self._query_page(request, name)
                return
            if name == "update":
                raise ProblemError(403, READ_ONLY)
        if len(request.query_string) > self._limits.url_kb * 1000:
            raise ProblemError(414, f"The address has more than {self._limits.url_kb} kB; send the query by POST.")
        if request.method in ("GET", "HEAD"):
            await self._get(request)
        elif request.method == "POST":
            await self._post(request)
        elif request.method == "OPTIONS":
            await _preflight(request)
        else:
            raise ProblemError(405, f"{request.method} means nothing here; ask by GET or POST.", (b"allow", _ALLOW))

    async def _get(self, request: Request) -> None:
        answers = self._of_generation()
        host = self._host or request.host
        key = (request.query_string, request.accept, request.gzip, host)
        reply = answers.kept.get(key)
        if reply is not None:
            await _give(request, reply)
            return
        question = read_get(request.query_string, host)
        if question is None:
            await self._describe(request)
        else:
            await self._answer(request, question, answers, key)

    async def _post(self, request: Request) -> None:
        body = await request.body(self._limits)
        host = self._host or request.host
        question = read_post(request.query_string, request.content_type, body, host)
        key = (request.query_string, request.accept, request.gzip, host, request.content_type, body)
        answers = self._of_generation()
        reply = answers.kept.get(key)
        if reply is not None:
            await _give(request, reply)
        else:
            await self._answer(request, question, answers, key)

    def _of_generation(self) -> Answers:
        generation = self._engines.current.generation
        if generation != self._answers.generation:
            self._answers = Answers(generation, self._limits.cache_mb)
        return self._answers

    async def _answer(self, request: Request, question: Question, answers: Answers, key: Hashable) -> None:
        kind, volatile = self._allowed(question)
        forms = self._forms(kind, request, question)
        tag = _NO_ETAG if volatile else _tag(answers.mark, question, forms, request.gzip)
        if tag and request.none_match and _matches(request.none_match, tag):
            await request.give(304, [*_ANSWER, (b"etag", tag), _CACHED])
            return
        flight = None if volatile else answers.flights.get(key)
        reply = await asyncio.shield(flight) if flight is not None else None
        if reply is None:
            reply = await self._ask(request, question, answers, key, forms, tag)
        if reply is not None:
            await _give(request, reply)

    def _allowed(self, question: Question) -> tuple[Kind, bool]:
        kind, depth, federated, volatile, names_graphs = look(question.query)
        if kind == "update":
            raise ProblemError(403, READ_ONLY)
        if federated:
            raise ProblemError(403, "SERVICE is switched off: this endpoint asks no other one.")
        if depth > self._limits.depth:
            raise ProblemError(400, f"Brackets lie more than {self._limits.depth} deep in the query.")
        if len(question.query) > self._limits.body_kb * 1000:
            raise ProblemError(413, f"The query has more than {self._limits.body_kb} kB.")
        if names_graphs is None:
            raise ProblemError(400, "It is not clear whether there is a FROM in the query; write a blank after each <.")
        return kind, volatile

    def _forms(self, kind: Kind, request: Request, question: Question) -> tuple[Form, ...]:
        """The form that is given; where it is not clear which kind a query is, one for each kind."""
        kinds = [offered(kind)] if kind != "unknown" else [TABLES, GRAPHS]
        found = [form for forms in kinds if (form := choose(forms, request.accept, question.wanted)) is not None]
        if not found:
            what = f"an answer to {kind}" if kind != "unknown" else "an answer"
            raise ProblemError(406, f"The forms of {what} are: {'; '.join(names(forms) for forms in kinds)}.")
        return tuple(found)

    async def _ask(
        self,
        request: Request,
        question: Question,
        answers: Answers,
        key: Hashable,
        forms: tuple[Form, ...],
        tag: bytes,
    ) -> Reply | None:
        """Have it answered; ``None``: it went out already, piece by piece."""
        flight: asyncio.Future[Reply | None] | None = None
        if key not in answers.flights and tag:
            flight = answers.flights[key] = asyncio.get_running_loop().create_future()
        reply: Reply | None = None
        try:
            headers = [*_ANSWER, (b"etag", tag), _CACHED] if tag else [*_ANSWER, _UNCACHED]
            whole = await self._asker.ask(request, question, forms, answers, headers)
            if whole is not None:
                form, body = whole
                reply = _reply(headers, form, body, tag, request.gzip)
                if tag:
                    answers.kept.put(key, reply)
        finally:
            if flight is not None:
                del answers.flights[key]
                flight.set_result(reply)
        return reply

    async def _describe(self, request: Request) -> None:
        """What is here, to whoever asks nothing: the query page for people, the description for programs."""
        if _prefers_page(request.accept):
            await request.give(303, [*_ALL, (b"location", QUERY_PAGE.encode()), (b"vary", b"Accept")])
            return
        form = choose(GRAPHS, request.accept, "")
        if form is None:
            raise ProblemError(406, f"There is no query; the endpoint is described as: {names(GRAPHS)}.")
        root = self._root or request.root
        body = service_description(root + ENDPOINT, root + _VOID, form)
        headers = [*_ANSWER, (b"content-type", form.content_type), _CACHED]
        await request.give(200, headers, body)

    async def _query_page(self, request: Request, name: str) -> None:
        if name not in ASSETS:
            raise ProblemError(404, "There is no such part of the query page.")
        if request.method not in ("GET", "HEAD"):
            raise ProblemError(405, "The query page is read by GET.", (b"allow", b"GET, HEAD"))
        try:
            headers, body = await self._page.get(name, self._engines.current, request.gzip)
        except (LostError, EngineError) as error:
            raise ProblemError(503, "The query page cannot be had now.", (b"retry-after", b"5")) from error
        if request.none_match and _matches(request.none_match, dict(headers)[b"etag"].removeprefix(b"W/")):
            await request.give(304, [*headers, *_ALL[2:]])
        else:
            await request.give(200, [*headers, *_ALL[2:]], body)


def _tag(generation: bytes, question: Question, forms: tuple[Form, ...], gzip: bool) -> bytes:
    """The tag of an answer: of one address, the same is the same, and that is all that a tag says."""
    what = crc32(question.host, crc32(question.graphs, crc32(question.query.encode())))
    return b'"%b-%08x-%b%b"' % (generation, what, "-".join(f.name for f in forms).encode(), b"-gzip" if gzip else b"")


def _matches(header: bytes, tag: bytes) -> bool:
    """Whether a client has what a tag stands for: weak comparison, as ``If-None-Match`` has it."""
    known = [entry.strip().removeprefix(b"W/") for entry in header.split(b",")]
    return tag in known or known == [b"*"]


def _reply(headers: list[Header], form: Form, body: bytes, tag: bytes, gzip: bool) -> Reply:
    given = [*headers, (b"content-type", form.content_type)]
    small = packed(body) if gzip else None
    if small is not None:
        given.append((b"content-encoding", b"gzip"))
        body = small
    given.append((b"content-length", b"%d" % len(body)))
    return Reply(given, body, tag)


async def _give(request: Request, reply: Reply) -> None:
    if reply.tag and request.none_match and _matches(request.none_match, reply.tag):
        await request.give(304, [*_ANSWER, (b"etag", reply.tag), _CACHED])
        return
    await request.send({"type": "http.response.start", "status": 200, "headers": reply.headers})
    await request.send({"type": "http.response.body", "body": reply.body})


async def _refuse(request: Request, problem: ProblemError) -> None:
    headers = [*_ALL, _POLICY, _UNCACHED, (b"content-type", b"text/plain; charset=utf-8"), *problem.headers]
    if problem.status in (408, 413):
        headers.append((b"connection", b"close"))
    await request.give(problem.status, headers, f"{problem.sentence}\n".encode())


async def _preflight(request: Request) -> None:
    headers = [
        *_ALL,
        (b"allow", _ALLOW),
        (b"access-control-allow-methods", _ALLOW),
        (b"access-control-allow-headers", b"Accept, Content-Type, If-None-Match, X-Requested-With"),
        (b"access-control-max-age", b"86400"),
    ]
    await request.give(204, headers)


def _prefers_page(accept: str) -> bool:
    """Whether a browser asks: HTML is wanted at least as much as any form of RDF."""
    ranges = dict(preferences(accept))
    rdf = [ranges.get(name, 0.0) for form in GRAPHS for name in (form.media, *form.others) if "xml" not in name]
    return ranges.get("text/html", 0.0) > max(rdf)
