"""A load on a server, from a process of its own: ``python tests/bench/load.py FOLDER`` with a job in it.

So many clients ask one request after the other, each over a connection that it keeps; what each took is told at the
end. It is as cheap as Python allows (uvloop, httptools), for it shares the machine with what it measures.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import httptools
import uvloop

KEPT, MADE = b"cache-status: kommungraf; hit", b"cache-status: kommungraf; fwd=miss"
"""What the server says of an answer that it had, and of one that it had to make."""
UNIQUE = "@@@@@@@@@"
"""Stands in a request where each sending of it has another number, of as many digits."""


@dataclass
class Mix:
    """Requests of one kind: so many clients ask them, each one drawn anew, the first ones more often by ``zipf``.

    ``pause``: seconds, on average, for which a client reads an answer before it asks for the next one.
    """

    kind: str
    requests: list[str]
    clients: int
    zipf: float = 0.0
    pause: float = 0.0


@dataclass
class Told:
    """What came of it: seconds of each request that was answered by kind, in the order of their ends, and what failed.

    Kinds whose answers say whether they were kept are told a second time as ``page kept`` and ``page made``. ``over``:
    503, with which the server says that a limit of its own is reached, by kind.
    """

    seconds: dict[str, list[float]] = field(default_factory=dict)
    over: Counter[str] = field(default_factory=Counter)
    failed: list[str] = field(default_factory=list)
    bytes: int = 0
    passed: float = 0.0

    def rate(self, kind: str) -> float:
        """Requests per second."""
        return len(self.seconds.get(kind, [])) / self.passed

    def percentile(self, kind: str, share: float) -> float:
        """Seconds under which this share of the requests of a kind stayed."""
        ordered = sorted(self.seconds.get(kind, []))
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else 0.0

    def share(self, kind: str, of: str) -> float:
        """How many requests of a kind there are for each of another."""
        return len(self.seconds.get(kind, [])) / max(1, len(self.seconds.get(of, [])))


def get(path: str, accept: str = "text/html") -> str:
    """A request for a page."""
    return f"GET {path} HTTP/1.1\r\nHost: localhost\r\nAccept: {accept}\r\nAccept-Encoding: gzip\r\n\r\n"


def post(path: str, query: str) -> str:
    """A SPARQL query."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAccept: application/sparql-results+json\r\n"
        f"Content-Type: application/sparql-query\r\nContent-Length: {len(query.encode())}\r\n\r\n{query}"
    )


def start(port: int, mixes: list[Mix], seconds: float, seed: int = 1) -> subprocess.Popen[str]:
    """Begin a load in another process."""
    folder = Path(tempfile.mkdtemp(prefix="load-"))
    job = {"port": port, "mixes": [vars(mix) for mix in mixes], "seconds": seconds, "seed": seed}
    (folder / "job.json").write_text(json.dumps(job), encoding="utf-8")
    return subprocess.Popen([sys.executable, str(Path(__file__)), str(folder)], text=True)


def finish(process: subprocess.Popen[str]) -> Told:
    """What came of a load, when it is over."""
    assert process.wait() == 0
    assert isinstance(process.args, list)
    folder = Path(str(process.args[-1]))
    answer = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    shutil.rmtree(folder)
    return Told(answer["seconds"], Counter(answer["over"]), answer["failed"], answer["bytes"], answer["passed"])


class _Client(asyncio.Protocol):
    """A connection that sends a request and waits for its answer."""

    def __init__(self) -> None:
        self.parser = httptools.HttpResponseParser(self)
        self.done: asyncio.Future[int] | None = None
        self.size = 0
        self.kept = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport

    def data_received(self, data: bytes) -> None:
        self.size += len(data)
        if not self.kept:
            self.kept = " kept" if KEPT in data else " made" if MADE in data else ""
        self.parser.feed_data(data)

    def on_message_complete(self) -> None:
        assert self.done is not None
        status, done = self.parser.get_status_code(), self.done
        self.parser = httptools.HttpResponseParser(self)
        if not done.done():
            done.set_result(status)

    def connection_lost(self, _error: Exception | None) -> None:
        if self.done is not None and not self.done.done():
            self.done.set_exception(ConnectionResetError("The connection was lost."))

    async def ask(self, request: bytes) -> int:
        """The status of the answer."""
        self.kept = ""
        self.done = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self.done


async def _client(port: int, mix: Mix, told: Told, until: float, rng: random.Random, numbers: Any) -> None:
    loop = asyncio.get_running_loop()
    requests = [request.encode() for request in mix.requests]
    unique = [UNIQUE in request for request in mix.requests]
    shares = [1 / (place + 1) ** mix.zipf for place in range(len(requests))]
    took = told.seconds.setdefault(mix.kind, [])
    client: _Client | None = None
    while time.perf_counter() < until:
        for place in rng.choices(range(len(requests)), shares, k=200):
            if mix.pause:
                await asyncio.sleep(min(rng.expovariate(1 / mix.pause), max(0.0, until - time.perf_counter())))
            begin = time.perf_counter()
            if begin >= until:
                break
            request = requests[place]
            if unique[place]:
                request = request.replace(UNIQUE.encode(), b"%09d" % next(numbers))
            try:
                if client is None or client.transport.is_closing():
                    _, client = await loop.create_connection(_Client, "127.0.0.1", port)
                status = await client.ask(request)
            except OSError as error:
                told.failed.append(f"{mix.kind}: {error}: {request[:80]!r}")
                client = None
                continue
            passed = time.perf_counter() - begin
            if status == 200:
                took.append(passed)
                if client.kept:
                    told.seconds.setdefault(mix.kind + client.kept, []).append(passed)
            elif status == 503:
                told.over[mix.kind] += 1
            else:
                told.failed.append(f"{mix.kind}: {status}: {request[:160]!r}")
    if client is not None:
        told.bytes += client.size


async def _run(job: dict[str, Any]) -> Told:
    told, numbers, rng = Told(), count(), random.Random(job["seed"])
    begin = time.perf_counter()
    clients = []
    for mix in (Mix(**given) for given in job["mixes"]):
        for _ in range(mix.clients):
            own = random.Random(rng.random())
            clients.append(_client(job["port"], mix, told, begin + job["seconds"], own, numbers))
    await asyncio.gather(*clients)
    told.passed = job["seconds"]
    return told


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        found = runner.run(_run(json.loads((Path(sys.argv[1]) / "job.json").read_text(encoding="utf-8"))))
    (Path(sys.argv[1]) / "told.json").write_text(json.dumps(vars(found)), encoding="utf-8")
