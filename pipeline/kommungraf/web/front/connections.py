"""Connections with bounds: a head that does not come, a body that drips or an answer that nobody takes ends one.

uvicorn bounds only how long a connection may be idle between two requests. What is slow beyond that would be kept
for ever, and a thousand such connections would be all that the server has.
"""

from __future__ import annotations

import asyncio
from math import inf
from typing import Any, cast
from urllib.parse import unquote

import httptools
from uvicorn._types import ASGISendEvent
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from kommungraf.limits import ServeLimits
from kommungraf.web.front.security import HEADERS

_TOO_LARGE = (b"431 Request Header Fields Too Large", "The head of the request is too large.")
_SWEEP = 0.5
"""Seconds between looks at all connections: cheaper than a clock for each."""


_IN_ONE = 64_000
"""Bytes of a body that are worth copying, so that they go out with the head."""


class Cycle(RequestResponseCycle):
    """A request and its response. A response that is given whole goes out in one write, which is most of its cost."""

    _start: ASGISendEvent | None = None

    async def send(self, message: ASGISendEvent) -> None:
        """Send a part of the response; its head waits for the beginning of its body."""
        if message["type"] == "http.response.start" and not self.response_started:
            self._start = message
            return
        start, self._start = self._start, None
        if start is None or message["type"] != "http.response.body" or not self._whole(start, message):
            if start is not None:
                await super().send(start)
            await super().send(message)

    def _whole(self, start: Any, message: Any) -> bool:
        """Send a response that is whole; no: what is unusual with it is left to uvicorn, which checks more."""
        body: bytes = message.get("body", b"")
        if message.get("more_body") or len(body) > _IN_ONE or self.flow.write_paused or self.disconnected:
            return False
        length = 0 if start["status"] in (204, 304) else -1
        lines: list[bytes] = []
        for name, value in start["headers"]:
            if name == b"content-length":
                length = int(value)
            elif name == b"connection" or name == b"transfer-encoding":
                return False
            lines += (name, b": ", value, b"\r\n")
        for name, value in self.default_headers:
            lines += (name, b": ", value, b"\r\n")
        head = b"".join(lines)
        breaks = len(lines) // 4  # as many as there are headers: there is none in a value
        if length != len(body) or not self.keep_alive or head.count(b"\n") != breaks or head.count(b"\r") != breaks:
            return False
        shown = b"" if self.scope["method"] == "HEAD" else body
        self.transport.write(b"".join((STATUS_LINE[start["status"]], head, b"\r\n", shown)))
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        self.message_event.set()
        self.on_response()
        return True


class Connection(HttpToolsProtocol):
    """A connection of uvicorn's that knows since when it waits, and for what. When there are more than may be, the
    one that has been silent for the longest is closed.

    The clocks that uvicorn sets and stops for each request are left out: one look at all connections does as much.
    """

    limits = ServeLimits()

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.since = self.loop.time()
        self.unread_since = inf
        self.in_head = True
        self.head_size = 0
        self.heads_in_one = False
        self.too_large = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a connection on; when there are too many, let go of the one that has been silent for the longest."""
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            silent = [one for one in _all(self.server_state) if one.waits_for_head]
            if silent:
                min(silent, key=lambda one: one.since).transport.abort()
            else:
                transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take in what comes, up to the size that a head may have."""
        self.heads_in_one = len(data) > self.limits.head_kb * 1000
        super().data_received(data)
        if self.in_head and self.parser is not None and not self.transport.is_closing():
            self.head_size += len(data)
            if self.head_size > self.limits.head_kb * 1000:
                self._refuse(*_TOO_LARGE)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self.in_head = True

    def on_headers_complete(self) -> None:
        """The head is there: have the request answered, after those before it."""
        if self.heads_in_one and self._head_size() > self.limits.head_kb * 1000:
            self.too_large = True
            raise ValueError("The head is too large.")  # by which the parser ends, and send_400_response is called
        self.in_head, self.head_size = False, 0
        self.since = self.loop.time()
        before, self.cycle = self.cycle, self._cycle()
        if before is None or before.response_complete:
            self._start_asgi_task(self.cycle, self.app)
        else:
            self.flow.pause_reading()
            self.pipeline.appendleft((self.cycle, self.app))

    def _cycle(self) -> Cycle:
        version = self.parser.get_http_version()
        url = httptools.parse_url(self.url)
        path = url.path.decode("ascii")
        self.scope["method"] = self.parser.get_method().decode("ascii")
        self.scope["http_version"] = version
        self.scope["path"] = unquote(path) if "%" in path else path
        self.scope["raw_path"] = url.path
        self.scope["query_string"] = url.query or b""
        return Cycle(
            scope=self.scope,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=self.access_log,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=self.expect_100_continue,
            keep_alive=version != "1.0" and self.parser.should_keep_alive(),
            on_response=self.on_response_complete,
        )

    def _head_size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def on_response_complete(self) -> None:
        """The next head is waited for, or the next request has its turn."""
        self.since = self.loop.time()
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        if self.pipeline:
            cycle, app = self.pipeline.pop()
            self._start_asgi_task(cycle, app)

    def pause_writing(self) -> None:
        """Nobody takes what is sent."""
        self.unread_since = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        """Somebody does."""
        self.unread_since = inf
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Tell that this is no HTTP, or too much of it."""
        if self.too_large:
            self._refuse(*_TOO_LARGE)
        else:
            self._refuse(b"400 Bad Request", msg)

    @property
    def waits_for_head(self) -> bool:
        """Whether nothing is being done for it: it is expected to ask for something."""
        return self.cycle is None or (self.cycle.response_complete and not self.pipeline)

    def end_if_slow(self, now: float) -> None:
        """Close it when it has taken too long."""
        if now - self.unread_since > self.limits.unread_seconds:
            self.transport.abort()
        elif self.waits_for_head:
            if now - self.since <= self.limits.head_seconds:
                return
            if self.cycle is not None and not self.in_head:  # It was answered, and has asked for nothing since.
                self.transport.close()
            else:
                self._refuse(b"408 Request Timeout", "The request did not come in time.")
        elif self.cycle.more_body and not self.cycle.response_started and now - self.since > self.limits.body_seconds:
            self._refuse(b"408 Request Timeout", "The body of the request did not come in time.")

    def _refuse(self, status: bytes, sentence: str) -> None:
        body = f"{sentence}\n".encode()
        head = [b"HTTP/1.1 " + status]
        head += [name + b": " + value for name, value in [*self.server_state.default_headers, *HEADERS]]
        head += [b"content-type: text/plain; charset=utf-8", b"content-length: %d" % len(body), b"connection: close"]
        self.transport.write(b"\r\n".join([*head, b"", body]))
        self.transport.close()


def _all(state: ServerState) -> list[Connection]:
    return cast("list[Connection]", list(state.connections))


async def sweep(state: ServerState) -> None:
    """Close connections that take too long, for as long as the server runs."""
    loop = asyncio.get_running_loop()
    while True:
        await asyncio.sleep(_SWEEP)
        now = loop.time()
        for connection in _all(state):
            connection.end_if_slow(now)
