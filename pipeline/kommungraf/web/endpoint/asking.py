"""A question on its way to the engine and its answer on its way out: places, time, size, engines that die."""

from __future__ import annotations

import asyncio

from kommungraf.limits import MB, ServeLimits
from kommungraf.web.endpoint.answers import Answers, Header, Packer
from kommungraf.web.endpoint.engine import Engine
from kommungraf.web.endpoint.engines import Engines
from kommungraf.web.endpoint.forms import Form
from kommungraf.web.endpoint.lanes import FullError, GoneError, Lanes, Ticket, TimeOutError
from kommungraf.web.endpoint.process import EngineError
from kommungraf.web.endpoint.query_text import look
from kommungraf.web.endpoint.request import ProblemError, Question, Request
from kommungraf.web.endpoint.rows import counter
from kommungraf.web.endpoint.upstream import Answer, LostError

_LATER = (b"retry-after", b"5")
_DEATH = 0.5
"""Seconds in which it shows whether a lost connection means that the server died."""
_TRIES = 2
"""How often a question is asked when its connection is lost: one that was kept may have been closed meanwhile."""
_NO_FUNCTION = "The custom function "
"""What Oxigraph begins with, as an error of its own, when a query calls a function that it does not have."""
_IN_A_THREAD = 50_000
"""Bytes from which a piece is compressed outside of the loop, which must go on."""


class BrokenOffError(Exception):
    """An answer that was being sent cannot be sent to its end; it says why."""


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
        """The engine's answer. Where an engine dies, each of the questions that it had is asked once more, apart."""
        accept = ", ".join(form.media for form in forms).encode()
        for _ in range(_TRIES):
            engine = self._engines.current
            try:
                return engine, await self._once(engine, question, accept, ticket)
            except LostError:
                ticket.lost()
                if engine.ended_early:
                    raise FullError from None
                if await self._died(engine):
                    return await self._apart(question, accept, ticket)
            except (TimeOutError, FullError):
                # Its thread in the engine cannot be ended alone.
                self._engines.replace(engine)
                raise
        raise ProblemError(503, "The store behind this endpoint does not answer now.", _LATER)

    async def _apart(self, question: Question, accept: bytes, ticket: Ticket) -> tuple[Engine, Answer]:
        """The answer of an engine that nobody else asks: a question that ends that one has done so by itself."""
        async with self._suspects:
            if ticket.slow_since(self._limits.seconds):
                raise TimeOutError
            try:
                engine = await self._engines.another()
            except EngineError as error:
                raise ProblemError(503, "The store behind this endpoint does not answer now.", _LATER) from error
            try:
                return engine, await self._once(engine, question, accept, ticket)
            except LostError as error:
                ticket.lost()
                sentence = "The query ended the server that ran it, twice. It asks for too much, or is nested too deep."
                raise ProblemError(500, sentence) from error
            finally:
                engine.retire()

    async def _once(self, engine: Engine, question: Question, accept: bytes, ticket: Ticket) -> Answer:
        return await engine.ask(
            question.query.encode(),
            accept,
            question.graphs,
            ticket.stopped_by,
            question.host,
            not look(question.query).names_graphs,
        )

    async def _died(self, engine: Engine) -> bool:
        """Whether an engine is dead, and so replaced; else a connection to it was merely lost."""
        if engine.watch is not None:
            await asyncio.wait({engine.watch}, timeout=_DEATH)
        return engine.died

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
