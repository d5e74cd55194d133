"""The server as a whole: the engine, the renderers and the address, started together and ended together."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import uvicorn
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from kommungraf.errors import UsageError
from kommungraf.limits import MB
from kommungraf.web.app import App
from kommungraf.web.connections import Bounds, Connection, sweep
from kommungraf.web.follow import follow
from kommungraf.web.generation import Source, newest
from kommungraf.web.renderers import Allowed, RefusedError, Renderers, UnavailableError
from kommungraf.web.security import Hosts, loopback

_FINISH = 8
"""Seconds that requests get to finish in when the server is told to stop."""
_FILES = 65_536
"""Open files that the server asks the system for: each connection is one."""
_SPARE = 200
"""Open files that are kept for other things than connections."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to serve. ``port`` 0 takes any that is free; ``trusted_proxy``: whose ``X-Forwarded-…`` headers count."""

    source: Source
    host: str = "127.0.0.1"
    port: int = 8000
    root_url: str = ""
    renderers: int = 2
    trusted_proxy: tuple[str, ...] = ()
    hsts: bool = False
    cache_mb: int = 64
    rendering: Allowed = field(default_factory=Allowed)
    bounds: Bounds = field(default_factory=Bounds)


def serve(options: Options, ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; ``ready`` is told the address when all is up.

    Raises :class:`~kommungraf.errors.UsageError` when there is no graph, or the address is taken.
    """
    newest(options.source)
    listener = _listen(options.host, options.port)
    with contextlib.closing(listener):
        logging.getLogger("uvicorn.error").setLevel(logging.ERROR)  # what a request has wrong is the asker's affair
        config = uvicorn.Config(_nothing, loop="uvloop", lifespan="off", log_config=None)
        factory = config.get_loop_factory()
        with asyncio.Runner(loop_factory=factory) as runner:
            runner.run(_serve(options, listener, ready))


async def _nothing(*_: object) -> None:
    """Stands where the application will be."""


async def _serve(options: Options, listener: socket.socket, ready: Callable[[str], None]) -> None:
    renderers = Renderers(options.renderers, options.rendering)
    generation = newest(options.source)
    try:
        await renderers.start(generation)
        app = App(
            _nothing,
            renderers,
            Hosts(options.host, options.root_url),
            root_url=options.root_url,
            hsts=options.hsts,
            kept=options.cache_mb * MB,
        )
        app.served = await app.prepare(generation)
        await _answer(options, listener, app, ready)
    except (RefusedError, UnavailableError) as error:
        raise UsageError(str(error)) from error
    finally:
        await renderers.stop()


async def _answer(options: Options, listener: socket.socket, app: App, ready: Callable[[str], None]) -> None:
    """Answer requests until a signal says stop."""
    files = _raise_files()
    most = min(options.bounds.connections, max(files - _SPARE, 50))
    bounds = replace(options.bounds, connections=most)
    server = _Server(
        uvicorn.Config(
            ProxyHeadersMiddleware(app, list(options.trusted_proxy)) if options.trusted_proxy else app,  # type: ignore[arg-type]
            http=type("BoundedConnection", (Connection,), {"bounds": bounds}),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=int(bounds.head_seconds),
            timeout_graceful_shutdown=_FINISH,
            backlog=1024,
        )
    )
    look = asyncio.Event()
    background = [
        asyncio.create_task(sweep(server.server_state)),
        asyncio.create_task(follow(app, options.source, look)),
    ]
    with _signals(server, look):
        ready(_address(options.host, listener))
        await server._serve([listener])
    for task in background:
        task.cancel()
    await asyncio.gather(*background, return_exceptions=True)


class _Server(uvicorn.Server):
    """uvicorn's server, run inside a loop of ours."""


@contextlib.contextmanager
def _signals(server: uvicorn.Server, look: asyncio.Event) -> Iterator[None]:
    """SIGINT and SIGTERM stop the server, a second one at once; SIGHUP looks for a new generation."""

    def stop() -> None:
        server.force_exit = server.should_exit
        server.should_exit = True

    loop = asyncio.get_running_loop()
    handlers: dict[signal.Signals, Callable[[], None]] = {
        signal.SIGINT: stop,
        signal.SIGTERM: stop,
        signal.SIGHUP: look.set,
    }
    for number, handler in handlers.items():
        loop.add_signal_handler(number, handler)
    try:
        yield
    finally:
        for number in handlers:
            loop.remove_signal_handler(number)


def _listen(host: str, port: int) -> socket.socket:
    """A socket on the address. Raises :class:`~kommungraf.errors.UsageError` when that cannot be had."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host.strip("[]"), port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise UsageError(f"The host {host} is not one of this machine ({error.strerror}).") from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
    except OSError as error:
        listener.close()
        raise UsageError(
            f"Port {port} of {host} cannot be used ({error.strerror}); choose another with --port, 0 takes a free one."
        ) from error
    return listener


def _address(host: str, listener: socket.socket) -> str:
    port = listener.getsockname()[1]
    name = f"[{host}]" if ":" in host and not host.startswith("[") else host
    return f"http://{name}:{port}/"


def _raise_files() -> int:
    """Ask for more open files than the system gives unasked; the number that there is."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES if hard == resource.RLIM_INFINITY else min(_FILES, hard)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return _FILES
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return wanted


def visible(host: str) -> bool:
    """Whether others than this machine can reach a host of it."""
    return not loopback(host)


def complain(sentence: str) -> None:
    """Tell whoever runs the server something, on stderr."""
    print(f"kommungraf: {sentence}", file=sys.stderr, flush=True)
