"""The server as a whole: the engine, the renderers and the address, started together and ended together."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import resource
import signal
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

import uvicorn
import uvloop
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from kommungraf.errors import UsageError
from kommungraf.limits import MB, ServeLimits
from kommungraf.web.endpoint.engines import Engines
from kommungraf.web.endpoint.sparql import SparqlEndpoint
from kommungraf.web.front.app import App
from kommungraf.web.front.connections import Connection, sweep
from kommungraf.web.front.follow import ask, follow
from kommungraf.web.front.generation import Source, newest
from kommungraf.web.front.renderers import RefusedError, Renderers, UnavailableError
from kommungraf.web.front.security import Hosts, loopback

_BACKLOG = 1024
_FINISH = 8
"""Seconds that requests get to finish in when the server is told to stop."""
_FILES = 65_536
"""Open files that the server asks the system for: each connection is one."""
_TOLD = "ASGI callable returned without completing response."
"""What uvicorn says of an answer that was broken off. It was done on purpose, and told with the reason."""
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
    limits: ServeLimits = field(default_factory=ServeLimits)


def serve(options: Options, ready: Callable[[str], None]) -> None:
    """Serve until SIGINT or SIGTERM; ``ready`` is told the address when all is up.

    Raises :class:`~kommungraf.errors.UsageError` when there is no graph, or the address is taken.
    """
    listener = _listen(options.host, options.port)
    with contextlib.closing(listener):
        _tell_on_stderr()
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_serve(options, listener, ready))


async def _serve(options: Options, listener: socket.socket, ready: Callable[[str], None]) -> None:
    """Start what answers, answer, end it. Told to stop while it starts, it ends what it has."""
    engines = Engines(options.limits.memory_mb, options.limits.at_once)
    renderers = Renderers(options.renderers, options.limits)
    app = App(
        SparqlEndpoint(engines, options.limits, options.root_url),
        renderers,
        Hosts(options.host, options.root_url),
        root_url=options.root_url,
        hsts=options.hsts,
        kept=options.limits.page_cache_mb * MB,
    )
    try:
        generation = newest(options.source)
        await renderers.start(generation)
        await ask(engines, generation)
        app.served = await app.prepare(generation)
        await _answer(options, listener, app, engines, ready)
    except (RefusedError, UnavailableError) as error:
        raise UsageError(str(error)) from error
    finally:
        await renderers.stop()
        await engines.close()


async def _answer(
    options: Options, listener: socket.socket, app: App, engines: Engines, ready: Callable[[str], None]
) -> None:
    """Answer requests until a signal says stop."""
    files = _raise_files()
    limits = replace(options.limits, connections=min(options.limits.connections, max(files - _SPARE, 50)))
    server = _Server(
        uvicorn.Config(
            ProxyHeadersMiddleware(app, list(options.trusted_proxy)) if options.trusted_proxy else app,  # type: ignore[arg-type]
            http=type("BoundedConnection", (Connection,), {"limits": limits}),
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            timeout_keep_alive=int(limits.head_seconds),
            timeout_graceful_shutdown=_FINISH,
            backlog=_BACKLOG,
        )
    )
    look = asyncio.Event()
    listener.listen(_BACKLOG)
    address = _address(options.host, listener)
    background = [
        asyncio.create_task(sweep(server.server_state)),
        asyncio.create_task(follow(app, engines, options.source, look, app.root_url or address.rstrip("/"))),
    ]
    _collect_less()
    with _signals(server, look):
        ready(address)
        await server.serve([listener])
    for task in background:
        task.cancel()
    await asyncio.gather(*background, return_exceptions=True)


def _collect_less() -> None:
    """What is there when serving begins stays; what a request leaves is freed without the garbage collector."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


class _Server(uvicorn.Server):
    """uvicorn's server, which leaves signals to whoever runs it."""

    def capture_signals(self) -> contextlib.nullcontext[None]:  # type: ignore[override]
        """Nothing is captured."""
        return contextlib.nullcontext()


@contextlib.contextmanager
def _signals(server: uvicorn.Server, look: asyncio.Event) -> Iterator[None]:
    """SIGINT and SIGTERM stop the server, a second one at once; SIGHUP looks for a new generation."""

    def stop() -> None:
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # what is cut short now is no defect
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


def _tell_on_stderr() -> None:
    """What happens to the server is told in lines; what a request has wrong is the affair of who asked."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("kommungraf: %(message)s"))
    logging.getLogger("kommungraf.web").handlers = [handler]
    logging.getLogger("kommungraf.web").setLevel(logging.INFO)
    logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
    logging.getLogger("uvicorn.error").addFilter(lambda record: record.msg != _TOLD)


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
