"""SPARQL endpoints that tests start: over a small store or another, with limits of their own, each in a thread."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from pyoxigraph import Literal, NamedNode, Quad, Store

from kommungraf.limits import ServeLimits
from kommungraf.web.endpoint.engines import Engines
from kommungraf.web.endpoint.sparql import SparqlEndpoint

NAME = NamedNode("http://xmlns.com/foaf/0.1/name")
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
DOCUMENT = NamedNode("http://xmlns.com/foaf/0.1/Document")
PEOPLE = 3_000


def small_quads() -> list[Quad]:
    """Three graphs with a document each, as the protocol's tests want them, and one with many names."""
    quads = []
    for number in (1, 2, 3):
        data = NamedNode(f"http://kasei.us/2009/09/sparql/data/data{number}.rdf")
        quads.append(Quad(data, TYPE, DOCUMENT, data))
    graph = NamedNode("urn:personer")
    for number in range(PEOPLE):
        person = NamedNode(f"urn:person:{number}")
        quads.append(Quad(person, NAME, Literal(f'Åsa "{number}",\nÖ; {{x}} <y> . z'), graph))
    return quads


def store_of(folder: Path, quads: list[Quad]) -> Path:
    """A store on the disk with some statements in it."""
    store = Store(str(folder))
    store.bulk_extend(quads)
    store.flush()
    return folder


@dataclass
class Served:
    """An endpoint that runs in a thread of its own."""

    url: str
    engines: Engines
    loop: asyncio.AbstractEventLoop

    @property
    def sparql(self) -> str:
        """The address of the endpoint."""
        return f"{self.url}/sparql"

    def switch(self, store: Path, generation: str) -> None:
        """Serve another generation."""
        asyncio.run_coroutine_threadsafe(self.engines.switch(store, generation), self.loop).result(60)


Serve = Callable[..., Served]


@dataclass
class Servers:
    """Starts endpoints, and ends them all."""

    store: Path
    running: list[tuple[uvicorn.Server, threading.Thread]] = field(default_factory=list)

    def serve(self, store: Path | None = None, backend: str = "", **limits: float) -> Served:
        """Start an endpoint over a store, or before another endpoint, with limits by their names."""
        listener = socket.create_server(("127.0.0.1", 0))
        ready: list[Served] = []
        up = threading.Event()
        server = uvicorn.Server(uvicorn.Config(_nothing, lifespan="off", log_level="critical", ws="none"))

        async def run() -> None:
            bounds = ServeLimits(**limits)  # type: ignore[arg-type]
            engines = Engines(bounds.memory_mb, bounds.at_once)
            try:
                await (engines.connect(backend, "1") if backend else engines.switch(store or self.store, "1"))
                server.config.app = SparqlEndpoint(engines, bounds)
                url = f"http://127.0.0.1:{listener.getsockname()[1]}"
                ready.append(Served(url, engines, asyncio.get_running_loop()))
                asyncio.get_running_loop().call_soon(up.set)
                await server._serve([listener])
            finally:
                up.set()
                await engines.close()

        thread = threading.Thread(target=asyncio.run, args=(run(),), daemon=True)
        thread.start()
        self.running.append((server, thread))
        assert up.wait(60)
        return ready[0]

    def end(self) -> None:
        """End them all."""
        for server, _ in self.running:
            server.should_exit = True
        for _, thread in self.running:
            thread.join(20)


async def _nothing(*_: object) -> None:
    """Stands where the endpoint will be."""
