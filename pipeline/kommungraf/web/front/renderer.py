"""A renderer process from inside: it has the graph open, read-only, and makes one page after another."""

from __future__ import annotations

import gc
import gzip
import os
import pickle
import resource
import signal
import struct
import sys
import threading
import traceback
from collections import OrderedDict
from dataclasses import dataclass
from http import HTTPStatus
from io import FileIO
from pathlib import Path
from queue import SimpleQueue

from kommungraf import config
from kommungraf.errors import KommungrafError, RemoteError, UsageError
from kommungraf.query.store import Reader
from kommungraf.web import pages
from kommungraf.web.front.generation import Generation
from kommungraf.web.front.links import links
from kommungraf.web.site import NotFoundError, Page, PageRequest, Site

_SITES = 2
"""Generations that are kept open: the current one, and the one before it for requests that began with it."""
_LEAST_PACKED = 600
"""Bytes: a shorter body is sent as it is."""
_LEVEL = 5
_PATIENCE = 0.8
"""Of the time for a page, what a store elsewhere may take for one answer: then there is time to say that it did."""
_GARBAGE = (100_000, 50, 50)
"""A page makes many things and no rings of them: looking for those as often as Python does costs more than it finds."""
LENGTH = struct.Struct(">I")
"""Before each message between the processes: how many bytes it has."""


@dataclass(frozen=True, slots=True)
class Task:
    """What a renderer is told to do: open a generation, and make a page of it.

    ``request``: the page; ``None``: nothing more. ``status``: of the page of an error that is asked for; 0: no error.
    """

    generation: Generation
    request: PageRequest | None = None
    status: int = 0


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page as it is kept and sent. ``packed``: ``body`` is in gzip."""

    status: int
    media_type: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    packed: bool

    @property
    def size(self) -> int:
        """Bytes that it takes, about."""
        return len(self.body) + sum(len(name) + len(value) + 200 for name, value in self.headers) + 1000

    def plain(self) -> bytes:
        """The body as it was rendered."""
        return gzip.decompress(self.body) if self.packed else self.body


@dataclass(frozen=True, slots=True)
class Done:
    """What a renderer tells of a task: the page, or why the graph could not be opened; the memory that it has now."""

    rendered: Rendered | None
    refused: str
    memory: int


def main() -> None:
    """Serve tasks from the standard input until it ends; answers go to the standard output, all else to stderr."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that the user started
    gc.set_threshold(*_GARBAGE)
    tasks: SimpleQueue[Task] = SimpleQueue()
    threading.Thread(target=_listen, args=(FileIO(0), tasks), daemon=True).start()
    sites: OrderedDict[str, Site] = OrderedDict()
    while True:
        message = pickle.dumps(_do(tasks.get(), sites))
        answers.write(LENGTH.pack(len(message)) + message)
        answers.flush()


def _listen(stream: FileIO, tasks: SimpleQueue[Task]) -> None:
    """Take tasks in. The end of the input is the end of the server: whatever is being made is made for nobody."""
    while True:
        (length,) = LENGTH.unpack(_read(stream, LENGTH.size))
        tasks.put(pickle.loads(_read(stream, length)))


def _read(stream: FileIO, length: int) -> bytes:
    read = b""
    while len(read) < length:
        part = stream.read(length - len(read))
        if not part:
            os._exit(0)
        read += part
    return read


def _do(task: Task, sites: OrderedDict[str, Site]) -> Done:
    try:
        site = _site(task.generation, sites)
    except KommungrafError as error:
        return Done(None, str(error), _memory())
    if task.request is None:
        return Done(None, "", _memory())
    page = error_page(site, task.request, task.status) if task.status else answer(site, task.request)
    return Done(pack(page), "", _memory())


def _site(generation: Generation, sites: OrderedDict[str, Site]) -> Site:
    if generation.name not in sites:
        sites[generation.name] = open_site(generation)
        while len(sites) > _SITES:
            sites.popitem(last=False)
    return sites[generation.name]


def open_site(generation: Generation) -> Site:
    """The site of a generation. Raises :class:`~kommungraf.errors.UsageError` when its store cannot be opened."""
    source = generation.source
    return Site(
        _reader(generation),
        source.base,
        generation=generation.name,
        out=source.out if generation.folder else None,
        folder=generation.folder,
        documents=source.documents,
        looked_for_in=source.looked_for_in,
        licence=config.load().publish.licence,
    )


def _reader(generation: Generation) -> Reader:
    if generation.source.backend:
        from kommungraf.query.remote import RemoteStore

        patience = config.load().serve.page_seconds * _PATIENCE
        return RemoteStore(generation.source.backend, timeout=patience, name="The store behind this site")
    from pyoxigraph import Store

    try:
        return Store.read_only(str(generation.store))
    except OSError as error:
        raise UsageError(f"The graph in {generation.folder} cannot be opened ({error}).") from error


def answer(site: Site, request: PageRequest) -> Page:
    """The page that is asked for, or the page that says why there is none. Defects are told on stderr."""
    try:
        page = pages.page(site, request)
    except NotFoundError:
        return error_page(site, request, HTTPStatus.NOT_FOUND)
    except UsageError as error:
        return error_page(site, request, HTTPStatus.BAD_REQUEST, str(error))
    except RemoteError as error:
        print(f"kommungraf: {request.path!r} could not be shown: {error}", file=sys.stderr, flush=True)
        return error_page(site, request, HTTPStatus.BAD_GATEWAY)
    except Exception:  # the one broad catch: a defect in one page must not take the others down
        trace = traceback.format_exc()
        print(f"kommungraf: a defect in the page {request.path!r}:\n{trace}", file=sys.stderr, flush=True)
        return error_page(site, request, HTTPStatus.INTERNAL_SERVER_ERROR)
    if page.status == HTTPStatus.OK:
        return Page(page.body, page.media_type, page.status, (*page.headers, *links(site, request)))
    return page


def error_page(site: Site, request: PageRequest, status: int, detail: str = "") -> Page:
    """A page in the frame of the site that says what went wrong: never how it looks inside."""
    plain = PageRequest(request.path, request.query, request.language, "html", request.root)
    return site.render("error.html", plain, status, number=int(status), detail=detail)


def pack(page: Page) -> Rendered:
    """A page with its body in gzip where that is shorter."""
    if len(page.body) >= _LEAST_PACKED and not page.media_type.startswith("image/"):
        packed = gzip.compress(page.body, _LEVEL, mtime=0)
        if len(packed) < len(page.body):
            return Rendered(page.status, page.media_type, page.headers, packed, packed=True)
    return Rendered(page.status, page.media_type, page.headers, page.body, packed=False)


def _memory() -> int:
    """Bytes of memory that this process has."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:  # no such file on this system: the most that it ever had
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
