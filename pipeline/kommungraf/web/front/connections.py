"""Connections with bounds: a head that does not come, a body that drips or an answer that nobody takes ends one.

uvicorn bounds only how long a connection may be idle between two requests. What is slow beyond that would be kept
for ever, and a thousand such connections would be all that the server has.
"""

from __future__ import annotations

import asyncio
from math import inf
from typing import Any, cast

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from kommungraf.limits import ServeLimits
from kommungraf.web.front.security import HEADERS

_SWEEP = 0.5
"""Seconds between looks at all connections: cheaper than a clock for each."""


class Connection(HttpToolsProtocol):
    """A connection of uvicorn's that knows since when it waits, and for what. When there are more than may be, the
    one that has been silent for the longest is closed.
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
        super().data_received(data)
        if self.in_head and self.parser is not None and not self.transport.is_closing():
            self.head_size += len(data)
            if self.head_size > self.limits.head_kb * 1000:
                self._refuse(b"431 Request Header Fields Too Large", "The head of the request is too large.")

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self.in_head = True

    def on_headers_complete(self) -> None:
        """The head is there."""
        self.in_head, self.head_size = False, 0
        self.since = self.loop.time()
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """The next head is waited for."""
        self.since = self.loop.time()
        super().on_response_complete()

    def pause_writing(self) -> None:
        """Nobody takes what is sent."""
        self.unread_since = self.loop.time()
        super().pause_writing()

    def resume_writing(self) -> None:
        """Somebody does."""
        self.unread_since = inf
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Tell that this is no HTTP."""
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
            if now - self.since > self.limits.head_seconds:
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
