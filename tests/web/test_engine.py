"""The Oxigraph server behind the endpoint: started, watched, replaced, ended."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest
from pyoxigraph import Literal, Quad
from sparql_servers import DOCUMENT, NAME, Serve, small_quads, store_of

from kommungraf.web.endpoint.engine import Engine
from kommungraf.web.endpoint.engines import Engines
from kommungraf.web.endpoint.process import EngineError
from kommungraf.web.endpoint.upstream import Answer, LostError

JSON = b"application/sparql-results+json"
COUNT = b"SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
FOR_EVER = "SELECT (COUNT(*) AS ?n) { ?a ?p ?x . ?b ?q ?y . ?c ?r ?z }"
DEADLY = "ASK { <urn:deadly> ?p ?o }"


def run(test: Callable[[], Awaitable[None]]) -> None:
    asyncio.run(asyncio.wait_for(test(), 60))


def runs(pid: int | None) -> bool:
    return pid is not None and psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def until(true: Callable[[], bool], seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.02)
    return true()


def test_it_answers_and_ends(small_store: Path) -> None:
    async def test() -> None:
        engine = await Engine.start(small_store, "1")
        answer = await engine.ask(COUNT, JSON)
        assert (answer.status, answer.whole) == (200, True)
        assert b'"3003"' in answer.body
        engine.end()
        assert engine.watch is not None
        await engine.watch
        assert not runs(engine.pid)
        with pytest.raises(LostError):
            await engine.ask(COUNT, JSON)

    run(test)


def test_what_is_no_store_is_told_in_a_sentence(tmp_path: Path) -> None:
    async def test() -> None:
        with pytest.raises(EngineError, match="cannot be served"):
            await Engine.start(tmp_path / "none", "1")

    run(test)


def test_a_retired_one_finishes_what_it_was_asked_and_ends_then(small_store: Path) -> None:
    async def test() -> None:
        engine = await Engine.start(small_store, "1")
        large = await engine.ask(b"SELECT * { ?s ?p ?o . ?t a ?c }", JSON)
        assert not large.whole
        engine.retire()
        assert not engine.died
        size = len(large.body) + sum([len(piece) async for piece in large.rest()])
        assert size > 1_000_000
        engine.release()
        assert engine.watch is not None
        await asyncio.wait_for(engine.watch, 10)

    run(test)


def test_it_is_replaced_once_however_often_that_is_asked(small_store: Path) -> None:
    async def test() -> None:
        engines = Engines()
        await engines.switch(small_store, "1")
        first = engines.current
        tasks = [engines.replace(first) for _ in range(5)]
        await asyncio.gather(*(task for task in tasks if task is not None))
        second = engines.current
        assert second is not first
        assert engines.replace(first) is None
        assert engines.current is second
        await engines.close()
        assert not runs(first.pid)
        assert not runs(second.pid)

    run(test)


def test_one_that_dies_is_replaced_without_a_question(small_store: Path) -> None:
    async def test() -> None:
        engines = Engines()
        await engines.switch(small_store, "1")
        first = engines.current
        assert first.pid is not None
        os.kill(first.pid, signal.SIGKILL)
        while engines.current is first:
            await asyncio.sleep(0.02)
        assert (await engines.current.ask(COUNT, JSON)).status == 200
        await engines.close()

    run(test)


def test_it_dies_with_whoever_started_it(small_store: Path) -> None:
    program = textwrap.dedent(f"""
        import asyncio, pathlib
        from kommungraf.web.endpoint.engine import Engine
        async def main():
            engine = await Engine.start(pathlib.Path({str(small_store)!r}), "1")
            print(engine.pid, flush=True)
            await asyncio.sleep(60)
        asyncio.run(main())
    """)
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        pid = int(starter.stdout.readline())
        assert runs(pid)
        starter.kill()
    assert until(lambda: not runs(pid))


def test_a_switch_of_generations_fails_no_request(serve_sparql: Serve, small_store: Path, tmp_path: Path) -> None:
    other = store_of(tmp_path / "other", [*small_quads(), Quad(NAME, NAME, Literal("en till"), DOCUMENT)])
    served = serve_sparql()
    failed, seen, stop = [], set(), threading.Event()

    def client(number: int) -> None:
        with httpx.Client() as http:
            while not stop.is_set():
                query = f"SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} # {number} {time.monotonic_ns() % 50}"
                answer = http.get(served.sparql, params={"query": query, "format": "csv"})
                if answer.status_code != 200:
                    failed.append(answer.text)
                seen.add(answer.text)

    with ThreadPoolExecutor(4) as pool:
        clients = [pool.submit(client, number) for number in range(4)]
        for number in range(4):
            time.sleep(0.2)
            served.switch(other if number % 2 == 0 else small_store, str(number + 2))
        time.sleep(0.2)
        stop.set()
        for done in clients:
            done.result()
    assert not failed
    assert len(seen) == 2, "both generations answered, and nothing in between"


def test_a_query_that_takes_too_long_is_ended_and_others_are_not(serve_sparql: Serve) -> None:
    served = serve_sparql(seconds=1.0, slow_after=0.3)
    first = served.engines.current
    with ThreadPoolExecutor(3) as pool:
        late = [pool.submit(httpx.get, served.sparql, params={"query": FOR_EVER + f"#{n}"}, timeout=20) for n in "ab"]
        quick = [httpx.get(served.sparql, params={"query": f"ASK {{}} #{n}"}).status_code for n in range(20)]
        answers = [one.result() for one in late]
    assert quick == [200] * 20
    for answer in answers:
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        assert "1 seconds" in answer.text
    assert until(lambda: served.engines.current is not first)
    assert until(lambda: not runs(first.pid)), "what ran in it has ended with it"
    assert httpx.get(served.sparql, params={"query": "ASK {}"}).status_code == 200


def test_queries_that_kill_the_engine_are_told_so_and_the_others_are_answered(
    serve_sparql: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = serve_sparql()
    stop = threading.Event()
    ask, killed = Engine.ask, []

    async def deadly(engine: Engine, query: bytes, *rest: Any) -> Answer:
        """As a query that overflows the stack would, but each time."""
        if b"urn:deadly" in query and engine.pid is not None:
            killed.append(engine.pid)
            with contextlib.suppress(ProcessLookupError):
                os.kill(engine.pid, signal.SIGKILL)
        return await ask(engine, query, *rest)

    monkeypatch.setattr(Engine, "ask", deadly)

    def client(number: int) -> list[int]:
        codes = []
        with httpx.Client(timeout=30) as http:
            while not stop.is_set():
                parameters = {"query": f"SELECT * {{ ?s ?p ?o }} LIMIT 5 # {number} {len(codes)}"}
                codes.append(http.get(served.sparql, params=parameters).status_code)
        return codes

    with ThreadPoolExecutor(4) as pool:
        clients = [pool.submit(client, number) for number in range(3)]
        headers = {"content-type": "application/sparql-query"}
        with ThreadPoolExecutor(3) as killers:
            deadly_ones = [f"{DEADLY} # {number}" for number in range(3)]
            answers = list(
                killers.map(
                    lambda query: httpx.post(served.sparql, content=query, headers=headers, timeout=30), deadly_ones
                )
            )
        stop.set()
        codes = [code for one in clients for code in one.result()]
    assert [(answer.status_code, "twice" in answer.text) for answer in answers] == [(500, True)] * 3
    assert 4 <= len(set(killed)) <= 6, "one for all or for each, and then one apart for each"
    assert set(codes) == {200}
    assert httpx.get(served.sparql, params={"query": "ASK {}"}).status_code == 200


def test_memory_is_bounded(serve_sparql: Serve) -> None:
    served = serve_sparql(memory_mb=200, at_once=1, seconds=25)
    greedy = "SELECT * { ?a ?p ?x . ?b ?q ?y } ORDER BY ?x ?y LIMIT 5000000"
    answer = httpx.get(served.sparql, params={"query": greedy}, timeout=60)
    assert answer.status_code in (500, 503), answer.text
    assert httpx.get(served.sparql, params={"query": "ASK {}"}).status_code == 200


def test_memory_is_bounded_but_not_the_number_of_queries(small_store: Path) -> None:
    query = "SELECT (COUNT(*) AS ?n) {{ ?a ?p ?x . {{ SELECT * {{ ?b ?q ?y }} LIMIT 20 }} }} # {}"

    async def test() -> None:
        engines = Engines(memory_mb=300, at_once=40)
        await engines.switch(small_store, "1")
        ask = engines.current.ask
        answers = await asyncio.gather(*(ask(query.format(number).encode(), JSON) for number in range(40)))
        assert [answer.status for answer in answers] == [200] * 40
        await engines.close()

    run(test)
