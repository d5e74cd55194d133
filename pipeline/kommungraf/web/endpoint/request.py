"""A request to the endpoint, read by the SPARQL 1.1 Protocol: the question in it, or what is wrong with it."""

from __future__ import annotations

import asyncio
import re
from binascii import a2b_qp
from dataclasses import dataclass
from urllib.parse import quote, unquote_to_bytes

from starlette.types import Receive, Scope, Send

from kommungraf.limits import ServeLimits
from kommungraf.web.endpoint.answers import Header
from kommungraf.web.negotiation import gzipped

QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"
UPDATE = "application/sparql-update"
READ_ONLY = "This endpoint only reads: updates are not accepted. Change the documents and build again."


class ProblemError(Exception):
    """What is wrong with a request, in a sentence, with the status that the protocol has for it."""

    def __init__(self, status: int, sentence: str, *headers: tuple[bytes, bytes]) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence
        self.headers = headers


class Request:
    """A request, as far as the endpoint looks at it."""

    __slots__ = (
        "_length",
        "_receive",
        "_scheme",
        "accept",
        "client",
        "content_type",
        "gzip",
        "host",
        "method",
        "none_match",
        "path",
        "query_string",
        "send",
        "version",
    )

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.method: str = scope["method"]
        self.path: str = scope["path"]
        self.query_string: bytes = scope["query_string"]
        self.version: str = scope["http_version"]
        self.client: str = scope["client"][0] if scope.get("client") else ""
        self.send, self._receive = send, receive
        self._scheme: str = scope["scheme"]
        self.accept = self.content_type = ""
        self.none_match = self.host = self._length = b""
        self.gzip = False
        for name, value in scope["headers"]:
            if name == b"accept":
                self.accept = f"{self.accept},{value.decode('latin-1')}" if self.accept else value.decode("latin-1")
            elif name == b"accept-encoding":
                self.gzip = gzipped(value.decode("latin-1"))
            elif name == b"content-type":
                self.content_type = value.decode("latin-1")
            elif name == b"if-none-match":
                self.none_match = value
            elif name == b"content-length":
                self._length = value
            elif name == b"host":
                self.host = value

    @property
    def root(self) -> str:
        """The address that the request calls the site by."""
        return f"{self._scheme}://{self.host.decode('latin-1')}"

    async def body(self, limits: ServeLimits) -> bytes:
        """The body. Raises :class:`ProblemError` when it is too large, or does not come."""
        most = limits.body_kb * 1000
        if self._length.isdigit() and int(self._length) > most:
            raise ProblemError(413, f"The body has more than {limits.body_kb} kB.")
        try:
            return await asyncio.wait_for(self._read(most, limits), limits.seconds)
        except TimeoutError as error:
            raise ProblemError(408, f"The body did not come within {limits.seconds:g} seconds.") from error

    async def _read(self, most: int, limits: ServeLimits) -> bytes:
        pieces, size = [], 0
        while True:
            message = await self._receive()
            if message["type"] == "http.disconnect":
                raise ProblemError(400, "The body did not come whole.")
            pieces.append(message.get("body", b""))
            size += len(pieces[-1])
            if size > most:
                raise ProblemError(413, f"The body has more than {limits.body_kb} kB.")
            if not message.get("more_body", False):
                return b"".join(pieces)

    async def gone(self) -> None:
        """Comes back when the client has hung up."""
        while (await self._receive())["type"] != "http.disconnect":
            pass

    async def give(self, status: int, headers: list[Header], body: bytes = b"") -> None:
        """Answer with a whole body."""
        if status not in (204, 304):
            headers = [*headers, (b"content-length", b"%d" % len(body))]
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the graphs that it is asked of (all, where none are named), and the form that ``format=`` names.

    ``host``: what the endpoint was called by; relative IRIs are below it.
    """

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    wanted: str = ""
    host: bytes = b""

    @property
    def graphs(self) -> bytes:
        """The graphs as the parameters of an address."""
        if not self.default_graphs and not self.named_graphs:
            return b""
        pairs = [("default-graph-uri", iri) for iri in self.default_graphs]
        pairs += [("named-graph-uri", iri) for iri in self.named_graphs]
        return "&".join(f"{name}={quote(iri, safe='')}" for name, iri in pairs).encode()


def read_get(query_string: bytes, host: bytes = b"") -> Question | None:
    """The question of a GET; ``None`` where there is no ``query`` in it.

    Raises :class:`ProblemError` for what the protocol forbids.
    """
    return _question(_parameters(query_string, "address"), host)


def read_post(query_string: bytes, content_type: str, body: bytes, host: bytes = b"") -> Question:
    """The question of a POST, of either form. Raises :class:`ProblemError` for what the protocol forbids."""
    media, _, rest = content_type.partition(";")
    media = media.strip().lower()
    if media == UPDATE:
        raise ProblemError(403, READ_ONLY)
    if media not in (QUERY, FORM):
        said = f"not {media!r}" if media else "and it must be said in the header Content-Type"
        raise ProblemError(415, f"The body of a POST is {QUERY} or {FORM}, {said}.", (b"accept-post", _ACCEPT_POST))
    _check_charset(rest)
    parameters = _parameters(query_string, "address")
    if media == FORM:
        question = _question([*parameters, *_parameters(body, "body")], host)
        if question is None:
            raise ProblemError(400, "There is no parameter query in the body.")
        return question
    if any(name == "query" for name, _ in parameters):
        raise ProblemError(400, "There are two queries: one in the body and one in the address.")
    question = _question([*parameters, ("query", _text(body, "body"))], host)
    assert question is not None
    return question


_ACCEPT_POST = f"{QUERY}, {FORM}".encode()


def _check_charset(parameters: str) -> None:
    for parameter in parameters.split(";"):
        name, _, value = parameter.partition("=")
        charset = value.strip().strip('"').lower()
        if name.strip().lower() == "charset" and charset not in ("utf-8", "utf8", "us-ascii"):
            raise ProblemError(415, f"Queries are read as UTF-8, not as {charset or 'nothing'}.")


def _parameters(encoded: bytes, where: str) -> list[tuple[str, str]]:
    pairs = []
    for part in encoded.split(b"&"):
        if part:
            name, _, value = part.partition(b"=")
            pairs.append((_unquoted(name, where), _unquoted(value, where)))
    return pairs


def _unquoted(value: bytes, where: str) -> str:
    value = value.replace(b"+", b" ")
    return _text(unescaped(value) if b"%" in value else value, where)


_WRONG_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


def unescaped(value: bytes) -> bytes:
    """What ``%20`` and the like stand for, as ``unquote_to_bytes`` has it, at a fifth of its cost.

    Quoted-printable, which the standard library decodes in C, differs only in its sign.
    """
    if _WRONG_ESCAPE.search(value):
        return unquote_to_bytes(value)
    return a2b_qp(value.replace(b"=", b"=3D").replace(b"%", b"="))


def _text(value: bytes, where: str) -> str:
    try:
        text = value.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProblemError(
            400, f"The {where} is not UTF-8: byte {error.start + 1} of {len(value)} fits nothing."
        ) from error
    if "\0" in text:
        raise ProblemError(400, f"The {where} holds a zero byte, which no query has.")
    return text


def _question(parameters: list[tuple[str, str]], host: bytes) -> Question | None:
    if len(parameters) == 1 and parameters[0][0] == "query" and parameters[0][1].strip():
        return Question(parameters[0][1], host=host)  # as most are
    queries = [value for name, value in parameters if name == "query"]
    if any(name in ("update", "using-graph-uri", "using-named-graph-uri") for name, _ in parameters):
        raise ProblemError(403, READ_ONLY)
    if len(queries) > 1:
        raise ProblemError(400, f"One query is asked at a time: there are {len(queries)} parameters query.")
    if not queries:
        return None
    if not queries[0].strip():
        raise ProblemError(400, "The query is empty.")
    return Question(
        queries[0],
        _graphs(parameters, "default-graph-uri"),
        _graphs(parameters, "named-graph-uri"),
        next((value for name, value in parameters if name in ("format", "output") and value), ""),
        host,
    )


def _graphs(parameters: list[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(value for name, value in parameters if name == wanted and value)
