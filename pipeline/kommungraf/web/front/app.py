"""The ASGI application: SPARQL to the engine, pages from the renderers, static files; what each answer must say."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from typing import Any, cast
from urllib.parse import parse_qsl, unquote

from kommungraf.languages import CODES
from kommungraf.limits import MB
from kommungraf.web import negotiation
from kommungraf.web.caching import Cache
from kommungraf.web.front.generation import Generation
from kommungraf.web.front.renderer import Rendered
from kommungraf.web.front.renderers import Renderers, UnavailableError
from kommungraf.web.front.security import HEADERS, TRANSPORT, Headers, Hosts, header
from kommungraf.web.front.static import StaticFile, release, static_files
from kommungraf.web.site import Form, PageRequest
from kommungraf.web.sparql_links import ENDPOINT, QUERY_PAGE

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_LOG = logging.getLogger("kommungraf.web")
_SPARQL = (ENDPOINT.encode(), ENDPOINT.encode() + b"/", b"/query")
_QUERY_PAGE = QUERY_PAGE.encode()
_STATIC = b"/static/"
_LONGEST = 8_000
"""Bytes of a path and its parameters."""
_PARAMETERS = 60
_ERRORS = (400, 405, 406, 500, 503)
"""Pages of errors that the front itself must have at hand."""
_KEPT, _MADE = (b"cache-status", b"kommungraf; hit"), (b"cache-status", b"kommungraf; fwd=miss")
"""Whether a page was at hand or had to be made, as RFC 9211 says it."""
_YEAR = 31_536_000
_READ = {"GET", "HEAD"}


@dataclass
class Served:
    """A generation as it is served: its rendered pages, those being rendered, and its pages of errors.

    ``ahead`` are being rendered although nobody waits for them: whoever asks for one gets it in the queue of its own.
    """

    generation: Generation
    cache: Cache[PageRequest, Rendered]
    errors: dict[tuple[int, str], Rendered] = field(default_factory=dict)
    flights: dict[PageRequest, asyncio.Task[Rendered]] = field(default_factory=dict)
    ahead: dict[PageRequest, asyncio.Task[Rendered]] = field(default_factory=dict)


class WrongRequestError(Exception):
    """A request that no page can be found for; ``status`` says why."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class App:
    """The application. ``served`` is set by :meth:`serve` and replaced, in one step, when a generation is.

    ``root_url``: the address that the site is known by; empty: what each request calls it by. ``kept``: bytes of
    rendered pages that are kept.
    """

    def __init__(
        self, sparql: Application, renderers: Renderers, hosts: Hosts, *, root_url: str, hsts: bool, kept: int = 64 * MB
    ) -> None:
        self.sparql, self.renderers, self.hosts = sparql, renderers, hosts
        self.root_url = root_url.rstrip("/")
        self.kept = kept
        self.served: Served
        self._static = static_files()
        self._headers = [*HEADERS, TRANSPORT] if hsts else HEADERS
        self._release = release()

    async def prepare(self, generation: Generation) -> Served:
        """What is needed to serve a generation that all renderers have open. Raises ``UnavailableError``."""
        served = Served(generation, Cache(self.kept))
        for status in _ERRORS:
            for language in CODES:
                request = PageRequest("/", language=language, root=self.root_url)
                served.errors[status, language] = await self.renderers.render(generation, request, status)
        return served

    async def warm(self, served: Served, requests: Iterable[PageRequest]) -> None:
        """Render pages before anybody asks for them, as many at once as there are renderers.

        Cancelled, it leaves what it has begun to be finished.
        """
        waiting = iter(requests)

        async def some() -> None:
            for request in waiting:
                if served.cache.get(request) is None:
                    with contextlib.suppress(UnavailableError):
                        await self._rendered(served, request, ahead=True)

        await asyncio.gather(*(some() for _ in range(self.renderers.number)))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":  # a WebSocket, which nobody here speaks
            return
        if not self.hosts.allowed(header(scope["headers"], b"host")):
            await self._misdirected(scope, send)
        elif scope["raw_path"] in _SPARQL or scope["raw_path"].startswith(_QUERY_PAGE):
            await self.sparql(scope, receive, send)
        elif scope["raw_path"].startswith(_STATIC):
            await self._static_file(scope, send)
        else:
            await self._page(scope, send)

    async def _page(self, scope: Scope, send: Send) -> None:
        served = self.served
        wish = _Wish(scope)
        try:
            request = wish.request(self.root_url or f"{scope['scheme']}://{wish.host}")
        except WrongRequestError as error:
            await self._send(scope, send, served.errors[error.status, wish.language], wish.extra(error.status))
            return
        tag = self._tag(served.generation, request)
        if wish.has(tag):
            await _send(send, HTTPStatus.NOT_MODIFIED, [*self._headers, *wish.shared(tag)], b"")
            return
        rendered = served.cache.get(request)
        kept = _KEPT if rendered is not None else _MADE
        try:
            rendered = rendered or await self._rendered(served, request)
        except UnavailableError as error:
            _LOG.warning("%r could not be shown: %s", request.path, error)
            rendered = served.errors[503, request.language]
        extra = wish.shared(tag) if rendered.status == HTTPStatus.OK else wish.extra(rendered.status)
        await self._send(scope, send, rendered, [*extra, kept])

    async def _rendered(self, served: Served, request: PageRequest, *, ahead: bool = False) -> Rendered:
        """A page that is not kept: rendered once for all who ask for it at the same time."""
        flights = served.ahead if ahead else served.flights
        flight = flights.get(request)
        if flight is None:
            flight = asyncio.get_running_loop().create_task(self._render(served, request, ahead=ahead))
            flight.add_done_callback(_seen)
            flights[request] = flight
        return await asyncio.shield(flight)

    async def _render(self, served: Served, request: PageRequest, *, ahead: bool) -> Rendered:
        try:
            rendered = await self.renderers.render(served.generation, request, ahead=ahead)
        finally:
            del (served.ahead if ahead else served.flights)[request]
        if rendered.status == HTTPStatus.OK:
            served.cache.put(request, rendered)
        return rendered

    def _tag(self, generation: Generation, request: PageRequest) -> bytes:
        """The ETag of a page. Weak: with gzip and without it, it is the same page."""
        digest = sha256(repr(request).encode()).hexdigest()[:16]
        return f'W/"{generation.name}-{self._release}-{digest}"'.encode()

    async def _send(self, scope: Scope, send: Send, rendered: Rendered, extra: Headers) -> None:
        body, headers = rendered.body, [*self._headers, *extra]
        headers.append((b"content-type", rendered.media_type.encode()))
        headers += [(name.lower().encode(), value.encode("latin-1")) for name, value in rendered.headers]
        if rendered.packed:
            if negotiation.gzipped(header(scope["headers"], b"accept-encoding").decode("latin-1")):
                headers.append((b"content-encoding", b"gzip"))
            else:
                body = rendered.plain()
        await _send(send, rendered.status, headers, body)

    async def _static_file(self, scope: Scope, send: Send) -> None:
        file = self._static.get(scope["raw_path"][len(_STATIC) :].decode("latin-1"))
        if file is None or scope["method"] not in _READ:
            await self._page(scope, send)  # which says that there is none, in the frame of the site
            return
        fixed = scope["query_string"] == b"v=" + file.digest.encode()
        lasting = f"public, max-age={_YEAR}, immutable" if fixed else "no-cache"
        tag = f'"{file.digest}"'.encode()
        headers = [*self._headers, (b"cache-control", lasting.encode()), (b"etag", tag), (b"vary", b"accept-encoding")]
        if _matches(header(scope["headers"], b"if-none-match"), tag):
            await _send(send, HTTPStatus.NOT_MODIFIED, headers, b"")
            return
        body, more = _encoded(file, header(scope["headers"], b"accept-encoding").decode("latin-1"))
        await _send(send, HTTPStatus.OK, headers + more, body)

    async def _misdirected(self, scope: Scope, send: Send) -> None:
        """The request calls the server by a name that is not its own: nothing of the graph is told."""
        said = b"This server is not known by that name. Whoever runs it can name it with --root-url.\n"
        headers = [*self._headers, (b"content-type", b"text/plain; charset=utf-8")]
        await _send(send, HTTPStatus.MISDIRECTED_REQUEST, headers, said)


class _Wish:
    """What a request wants, read from its headers and parameters."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.headers: dict[bytes, bytes] = dict(reversed(scope["headers"]))
        self.query = _query(scope["query_string"])
        self.asked_language = self._parameter("lang")
        self.asked_form = self._parameter("format")
        self.language = negotiation.language(self.asked_language, self._text(b"cookie"), self._text(b"accept-language"))

    @property
    def host(self) -> str:
        """What the server is called by."""
        return self._text(b"host")

    def request(self, root: str) -> PageRequest:
        """The page that is wanted. Raises :class:`WrongRequestError`."""
        if self.scope["method"] not in _READ:
            raise WrongRequestError(405)
        path = _path(self.scope["raw_path"])
        if (
            path is None
            or self.query is None
            or len(self.scope["raw_path"]) + len(self.scope["query_string"]) > _LONGEST
        ):
            raise WrongRequestError(400)
        form = negotiation.form(path, self.asked_form, self._text(b"accept"))
        if form is None:
            raise WrongRequestError(406)
        return PageRequest(path, self.query, self.language, cast(Form, form), root)

    def has(self, tag: bytes) -> bool:
        """Whether whoever asks has the page already."""
        return _matches(self.headers.get(b"if-none-match", b""), tag)

    def shared(self, tag: bytes) -> Headers:
        """Headers of a page that was found, or that whoever asks has already."""
        return [(b"etag", tag), (b"cache-control", b"no-cache"), *self._both()]

    def extra(self, status: int) -> Headers:
        """Headers of any other page."""
        headers = [(b"cache-control", b"no-store" if status >= 400 else b"no-cache"), *self._both()]
        if status == HTTPStatus.METHOD_NOT_ALLOWED:
            headers.append((b"allow", b"GET, HEAD"))
        if status == HTTPStatus.SERVICE_UNAVAILABLE:
            headers.append((b"retry-after", b"5"))
        return headers

    def _both(self) -> Headers:
        vary = b"accept-encoding" if self.asked_form else b"accept, accept-encoding"
        if self.asked_language not in CODES:
            vary += b", accept-language, cookie"
        headers = [(b"vary", vary), (b"content-language", self.language.encode())]
        if self.asked_language in CODES:
            cookie = f"lang={self.asked_language}; Path=/; Max-Age={_YEAR}; SameSite=Lax; HttpOnly"
            headers.append((b"set-cookie", cookie.encode()))
        return headers

    def _text(self, name: bytes) -> str:
        return self.headers.get(name, b"").decode("latin-1")

    def _parameter(self, name: str) -> str:
        return next((value for key, value in self.query or () if key == name), "")


def _seen(flight: asyncio.Task[Rendered]) -> None:
    """Whoever waited for a page may have hung up: then nobody else asks why there is none."""
    if not flight.cancelled():
        flight.exception()


def _path(raw: bytes) -> str | None:
    """A path decoded, or ``None`` for one that is no text, or has signs in it that no path of ours has."""
    try:
        path = unquote(raw.decode("ascii"), errors="strict")
    except UnicodeDecodeError:
        return None
    return path if path.startswith("/") and path.isprintable() else None


def _query(raw: bytes) -> tuple[tuple[str, str], ...] | None:
    """The parameters, decoded; ``None`` for those that are no text, or too many."""
    if not raw:
        return ()
    try:
        pairs = parse_qsl(raw.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_PARAMETERS)
    except ValueError:
        return None
    return None if any("\0" in key + value for key, value in pairs) else tuple(pairs)


def _matches(header: bytes, tag: bytes) -> bool:
    if not header:
        return False
    bare = tag.removeprefix(b"W/")
    return bare in (entry.strip().removeprefix(b"W/") for entry in header.split(b","))


def _encoded(file: StaticFile, accepted: str) -> tuple[bytes, Headers]:
    kind = (b"content-type", file.media_type.encode())
    if file.packed and negotiation.gzipped(accepted):
        return file.packed, [kind, (b"content-encoding", b"gzip")]
    return file.body, [kind]


async def _send(send: Send, status: int, headers: Headers, body: bytes) -> None:
    if status != HTTPStatus.NOT_MODIFIED:
        headers = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": int(status), "headers": headers})
    await send({"type": "http.response.body", "body": body})
