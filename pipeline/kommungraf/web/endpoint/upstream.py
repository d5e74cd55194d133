"""A lean HTTP client for one server: kept connections, small answers whole, large ones piece by piece."""

from __future__ import annotations

import asyncio
import ssl
from base64 import b64encode
from collections import deque
from collections.abc import AsyncIterator
from typing import cast
from urllib.parse import quote, unquote, urlsplit

import httptools

WHOLE = 256_000
"""Bytes: an answer up to this size is collected; of a larger one the beginning is, and the rest comes in pieces."""
_AHEAD = 1_000_000
"""Bytes of an answer that may wait here for a reader who is slower than the server."""


class LostError(Exception):
    """The connection ended before the answer was whole: the server died, or it was ended."""


class Answer:
    """An answer of the server: whole, with ``body``; or its beginning there, and the rest to be had from ``rest``."""

    __slots__ = ("_connection", "body", "content_type", "status")

    def __init__(self, status: int, content_type: bytes, body: bytes, connection: Connection | None) -> None:
        self.status = status
        self.content_type = content_type
        self.body = body
        self._connection = connection

    @property
    def whole(self) -> bool:
        """Whether ``body`` is all of it."""
        return self._connection is None

    @property
    def held_up(self) -> bool:
        """Whether the server waits for whoever reads: it has nothing to do meanwhile."""
        return self._connection is not None and self._connection.paused

    async def rest(self) -> AsyncIterator[bytes]:
        """The pieces after ``body``. Raises what :meth:`Connection.stop` was told, or :class:`LostError`."""
        while self._connection is not None and (piece := await self._connection.next_piece()):
            yield piece

    def drop(self) -> None:
        """Nobody wants the rest: the connection is ended, by which the server notices."""
        if self._connection is not None:
            self._connection.stop(LostError("The answer was not wanted any longer."))


class Connection(asyncio.Protocol):
    """One connection: a question at a time, an answer to each."""

    def __init__(self, upstream: Upstream) -> None:
        self._upstream = upstream
        self._parser = httptools.HttpResponseParser(self)
        self._transport: asyncio.Transport | None = None
        self._begin()
        self._answer: asyncio.Future[Answer] | None = None
        self._kept = True

    def _begin(self) -> None:
        self._content_type = b""
        self._pieces: deque[bytes] = deque()
        self._size = 0
        self._streams = self._done = False
        self._more: asyncio.Event | None = None
        self._error: Exception | None = None
        self.paused = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """There is a connection."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is none by inheritance

    def connection_lost(self, exc: Exception | None) -> None:
        """The connection ended, by whichever side."""
        self._upstream.forget(self)
        self._fail(LostError("The server ended the connection before its answer was whole."))
        self._transport = None

    def data_received(self, data: bytes) -> None:
        """More of an answer."""
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserError as error:
            self.stop(LostError(f"What the server answers is not HTTP ({error})."))

    def on_header(self, name: bytes, value: bytes) -> None:
        """A header of the answer."""
        if len(name) == 12 and name.lower() == b"content-type":
            self._content_type = value
        elif len(name) == 10 and name.lower() == b"connection":
            self._kept = value.lower() != b"close"

    def on_body(self, piece: bytes) -> None:
        """A piece of the body."""
        self._pieces.append(piece)
        self._size += len(piece)
        if self._streams:
            assert self._more is not None
            self._more.set()
            if self._size > _AHEAD and not self.paused and self._transport is not None:
                self.paused = True
                self._transport.pause_reading()
        elif self._size > WHOLE and self._answer is not None and not self._answer.done():
            self._streams = True
            self._more = asyncio.Event()
            self._answer.set_result(self._beginning(self))

    def on_message_complete(self) -> None:
        """The end of the body."""
        self._done = True
        if self._answer is not None and not self._answer.done():
            self._answer.set_result(self._beginning(None))
            self._rest()
        elif self._more is not None:
            self._more.set()

    def _beginning(self, connection: Connection | None) -> Answer:
        body = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        self._pieces.clear()
        self._size = 0
        return Answer(self._parser.get_status_code(), self._content_type, body, connection)

    def ask(self, request: bytes) -> asyncio.Future[Answer]:
        """Send a request; the answer comes when it is whole, or when it is known to be large."""
        self._begin()
        self._answer = self._upstream.loop.create_future()
        if self._transport is None:
            self._answer.set_exception(LostError("The server had ended the connection."))
        else:
            self._transport.write(request)
        return self._answer

    async def next_piece(self) -> bytes:
        """The next piece of a large answer; empty at its end."""
        assert self._more is not None
        while True:
            if self._error is not None:
                raise self._error
            if self._pieces:
                joined = b"".join(self._pieces)
                self._pieces.clear()
                self._size = 0
                if self.paused and self._transport is not None:
                    self.paused = False
                    self._transport.resume_reading()
                return joined
            if self._done:
                self._rest()
                return b""
            self._more.clear()
            await self._more.wait()

    def stop(self, error: Exception) -> None:
        """End the connection now; who waits for its answer gets the error."""
        self._fail(error)
        if self._transport is not None:
            self._transport.abort()

    def _fail(self, error: Exception) -> None:
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)
        elif self._streams and not self._done and self._error is None:
            self._error = error
            assert self._more is not None
            self._more.set()

    def _rest(self) -> None:
        """The answer was given whole: the connection waits for the next question."""
        self._streams = False
        if self._transport is None:
            return
        if self._kept:
            self._upstream.idle.append(self)
        else:
            self._transport.close()


class Upstream:
    """A server at an address, and the connections to it that are kept. A user and password in it are sent along."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.loop = asyncio.get_running_loop()
        self.idle: list[Connection] = []
        self._host = parts.hostname or ""
        self._ssl = ssl.create_default_context() if parts.scheme == "https" else None
        self._port = parts.port or (443 if self._ssl else 80)
        self._path = (parts.path or "/").encode("ascii")
        self._given = parts.query.encode("ascii")
        who, _, host = parts.netloc.rpartition("@")
        self._host_header = host.encode("ascii")
        self._who = b"\r\nAuthorization: Basic " + b64encode(unquote(who).encode()) if who else b""

    async def connection(self) -> Connection:
        """A connection that nobody uses. Raises :class:`LostError` when there is no way to the server."""
        if self.idle:
            return self.idle.pop()
        try:
            _, connection = await self.loop.create_connection(
                lambda: Connection(self), self._host, self._port, ssl=self._ssl
            )
        except OSError as error:
            raise LostError(f"The server cannot be reached ({error.strerror or error}).") from error
        return connection

    def post(self, query: bytes, accept: bytes, graphs: bytes = b"", host: bytes = b"") -> bytes:
        """The request that asks a query; ``host``: what the server is to take for its own address."""
        return self._post(b"application/sparql-query", query, accept, graphs, host or self._host_header)

    def post_form(self, query: bytes, accept: bytes, graphs: bytes = b"") -> bytes:
        """The request as a form sends it: what every server understands. Virtuoso never answers the other kind."""
        body = b"&".join(part for part in (b"query=" + quote(query, safe="").encode(), graphs) if part)
        return self._post(b"application/x-www-form-urlencoded", body, accept, b"", self._host_header)

    def _post(self, kind: bytes, body: bytes, accept: bytes, parameters: bytes, host: bytes) -> bytes:
        given = b"&".join(part for part in (self._given, parameters) if part)
        return b"".join(
            (
                b"POST ",
                self._path,
                b"?" + given if given else b"",
                b" HTTP/1.1\r\nHost: ",
                host,
                self._who,
                b"\r\nContent-Type: ",
                kind,
                b"\r\nAccept: ",
                accept,
                b"\r\nContent-Length: %d\r\n\r\n" % len(body),
                body,
            )
        )

    def get(self, path: str) -> bytes:
        """The request for another path of the server."""
        return b"GET %s HTTP/1.1\r\nHost: %s\r\n\r\n" % (path.encode("ascii"), self._host_header)

    def forget(self, connection: Connection) -> None:
        """A connection ended: it is not to be used again."""
        if connection in self.idle:
            self.idle.remove(connection)

    def close(self) -> None:
        """End the connections that nobody uses."""
        for connection in list(self.idle):
            connection.stop(LostError("closed"))
        self.idle.clear()
