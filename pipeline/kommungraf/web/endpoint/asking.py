"""A question on its way to the engine and its answer on its way out: places, time, size, engines that die."""

from __future__ import annotations

import asyncio

from starlette.types import Receive, Scope, Send

from kommungraf.limits import MB, ServeLimits
from kommungraf.web.endpoint.answers import Answers, Header, Packer
from kommungraf.web.endpoint.engine import Engine, Engines
from kommungraf.web.endpoint.forms import Form
from kommungraf.web.endpoint.lanes import FullError, GoneError, Lanes, Ticket, TimeOutError
from kommungraf.web.endpoint.query_text import look
from kommungraf.web.endpoint.request import ProblemError, Question
from kommungraf.web.endpoint.rows import counter
from kommungraf.web.endpoint.upstream import Answer, LostError
from kommungraf.web.negotiation import gzipped

_LATER = (b"retry-after", b"5")
_DEATH = 0.5
"""Seconds in which it shows whether a lost connection means that the server died."""
_NO_FUNCTION = "The custom function "
"""What Oxigraph begins with, as an error of its own, when a query calls a function that it does not have."""
_IN_A_THREAD = 50_000
"""Bytes from which a piece is compressed outside of the loop, which must go on."""


class BrokenOffError(Exception):
    """An answer that was being sent cannot be sent to its end; it says why."""


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


class Asker:
    """Asks engines on behalf of clients, within the limits."""

    def __init__(self, engines: Engines, limits: ServeLimits) -> None:
        self._engines = engines
        self._limits = limits
        self._lanes: Lanes | None = None
        self._suspects = asyncio.Lock()

    async def ask(
        self, request: Request, question: Question, forms: tuple[Form, ...], answers: Answers, headers: list[Header]
    ) -> tuple[Form, bytes] | None:
        """The answer, with its form; ``None`` where it was large and has been sent, with the headers.

        Raises :class:`ProblemError` for all that can go wrong before anything is sent, and :class:`BrokenOffError`
        after; :class:`~kommungraf.web.endpoint.lanes.GoneError` when the client hung up while it waited.
        """
        lanes = self._lanes = self._lanes or Lanes(self._limits)
        slow = answers.was_slow(question.query)
        try:
            ticket = lanes.enter_now(slow) or await lanes.enter(request.client, slow, request.gone)
        except FullError as error:
            raise ProblemError(503, "Too many queries wait already; ask again in a while.", _LATER) from error
        try:
            engine, answer = await self._answered(question, forms, ticket)
            form = self._form(answer, forms)
            if answer.whole:
                self._check_rows(form, answer.body)
                return form, answer.body
            await self._send_on(request, form, engine, answer, headers)
            return None
        except (TimeOutError, FullError) as error:
            answers.note_slow(question.query)
            raise self._too_slow(error) from error
        finally:
            if ticket.slow_since(self._limits.slow_after):
                answers.note_slow(question.query)
            lanes.leave(ticket)

    def _too_slow(self, error: Exception) -> ProblemError:
        if isinstance(error, TimeOutError):
            sentence = f"The query ran for more than {self._limits.seconds:g} seconds and was ended; ask for less."
        else:
            sentence = "The query is slow, and too many slow queries run already; ask again in a while."
        return ProblemError(503, sentence, _LATER)

    async def _answered(self, question: Question, forms: tuple[Form, ...], ticket: Ticket) -> tuple[Engine, Answer]:
        """The engine's answer. Where an engine dies, its questions are asked once more, of a fresh one.

        One of them may have been its death: so the second time they are asked one after the other, and whoever kills
        an engine then has done so alone.
        """
        accept = ", ".join(form.media for form in forms).encode()
        engine = self._engines.current
        try:
            return engine, await self._once(engine, question, accept, ticket)
        except LostError:
            ticket.lost()
            if engine.ended_early:
                raise FullError from None
            await self._fresh(engine)
        async with self._suspects:
            engine = self._engines.current
            if ticket.slow_since(self._limits.seconds):
                raise TimeOutError
            try:
                return engine, await self._once(engine, question, accept, ticket)
            except LostError as error:
                ticket.lost()
                if engine.ended_early:
                    raise FullError from None
                await self._fresh(engine)
                if engine.pid is None:
                    raise ProblemError(503, "The store behind this endpoint does not answer now.", _LATER) from error
                sentence = "The query ended the server that ran it, twice. It asks for too much, or is nested too deep."
                raise ProblemError(500, sentence) from error

    async def _once(self, engine: Engine, question: Question, accept: bytes, ticket: Ticket) -> Answer:
        try:
            return await engine.ask(
                question.query.encode(),
                accept,
                question.graphs,
                ticket.stopped_by,
                question.host,
                not look(question.query).names_graphs,
            )
        except (TimeOutError, FullError):
            # Its thread in the engine cannot be ended alone.
            self._engines.replace(engine)
            raise

    async def _fresh(self, engine: Engine) -> None:
        """Wait for a fresh engine in place of one that died; a connection that was merely lost needs none."""
        if engine.watch is not None:
            await asyncio.wait({engine.watch}, timeout=_DEATH)
        if engine.died and (replacing := self._engines.replace(engine)) is not None:
            await asyncio.shield(replacing)

    def _form(self, answer: Answer, forms: tuple[Form, ...]) -> Form:
        """The form of an answer. Raises :class:`ProblemError` for what the engine refuses."""
        if answer.status == 200:
            media = answer.content_type.partition(b";")[0].strip().decode("latin-1")
            for form in forms:
                if media in (form.media, *form.others):
                    return form
            answer.drop()
            raise ProblemError(406, f"The store behind this endpoint has the answer as {media} only.")
        answer.drop()
        said = " ".join(answer.body[:2_000].decode("utf-8", "replace").split())
        if answer.status == 400:
            raise ProblemError(400, f"The query is not understood: {said}")
        if said.startswith(_NO_FUNCTION):
            raise ProblemError(400, f"The query cannot be answered: {said}")
        if answer.status == 406:
            raise ProblemError(406, "The answer to this query is not had in the form that was asked for.")
        raise ProblemError(500 if answer.status == 500 else 503, f"The engine did not answer: {said}")

    def _check_rows(self, form: Form, body: bytes) -> int:
        """The rows of a whole answer, if counting is needed at all. Raises :class:`ProblemError` when too many."""
        rows = counter(form.name)(body) if len(body) > self._limits.rows else 0
        if rows > self._limits.rows:
            raise ProblemError(400, self._too_many())
        return rows

    def _too_many(self) -> str:
        return f"The answer has more than {self._limits.rows} rows, the most that is given; add a LIMIT to the query."

    async def _send_on(
        self, request: Request, form: Form, engine: Engine, answer: Answer, headers: list[Header]
    ) -> None:
        """Send a large answer while it comes."""
        gone = asyncio.create_task(request.gone())
        gone.add_done_callback(lambda _: answer.drop())
        try:
            await self._pieces(request, form, answer, headers)
        except LostError as error:
            if gone.done():
                raise GoneError from error
            raise BrokenOffError("what ran it ended") from error
        except (TimeOutError, FullError) as error:
            if not answer.held_up:
                self._engines.replace(engine)
            raise BrokenOffError(str(self._too_slow(error))) from error
        finally:
            gone.cancel()
            answer.drop()
            engine.release()

    async def _pieces(self, request: Request, form: Form, answer: Answer, headers: list[Header]) -> None:
        count, size = counter(form.name), len(answer.body)
        if count(answer.body) > self._limits.rows:
            raise ProblemError(400, self._too_many())
        if request.version == "1.0":
            raise ProblemError(505, "An answer of this size needs HTTP/1.1: HTTP/1.0 cannot tell where it ends.")
        packer = Packer() if request.gzip else None
        given = [*headers, (b"content-type", form.content_type)]
        if packer is not None:
            given.append((b"content-encoding", b"gzip"))
        await request.send({"type": "http.response.start", "status": 200, "headers": given})
        if request.method == "HEAD":
            await request.send({"type": "http.response.body", "body": b""})
            return
        await _send_piece(request, answer.body, packer)
        async for piece in answer.rest():
            size += len(piece)
            if count(piece) > self._limits.rows or size > self._limits.answer_mb * MB:
                raise BrokenOffError("it grew larger than answers may be")
            await _send_piece(request, piece, packer)
        end = packer.end() if packer is not None else b""
        await request.send({"type": "http.response.body", "body": end})


async def _send_piece(request: Request, piece: bytes, packer: Packer | None) -> None:
    if packer is not None and len(piece) > _IN_A_THREAD:
        piece = await asyncio.get_running_loop().run_in_executor(None, packer.pack, piece)
    elif packer is not None:
        piece = packer.pack(piece)
    if piece:
        await request.send({"type": "http.response.body", "body": piece, "more_body": True})
