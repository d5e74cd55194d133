"""How much one input file may cost, and one request; what a reader asks about it: the limits, more time, others."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

MB = 1_000_000
PAGE = 3_000
"""Characters: where a format has no pages, this much text counts as one."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file may cost. A file that needs more is left out, and named; the others are read.

    ``seconds``: time for a file; ``seconds_per_page`` comes on top for each page (or 3,000 characters of text) that it
    has, ``seconds_per_ocr_page`` for each page that is recognised from its picture.
    ``memory_mb``: memory of a worker process, and of each program that it starts.
    ``pages``: pages of a file. ``file_mb``: size of a file, unpacked.
    ``archive_mb``, ``members``: size and number of all files in an archive, archives inside it included.
    ``depth``: how deep archives may lie in archives (1: none inside another).
    ``ratio``: how many times its packed size a file of more than 10 MB may have.
    """

    seconds: float = 60.0
    seconds_per_page: float = 0.1
    seconds_per_ocr_page: float = 30.0
    memory_mb: int = 2_000
    pages: int = 5_000
    file_mb: int = 500
    archive_mb: int = 5_000
    members: int = 20_000
    depth: int = 3
    ratio: int = 200


@dataclass(frozen=True, slots=True)
class ServeLimits:
    """What one who asks a server may cost. A question that needs more is refused, in a sentence that says why.

    ``seconds``: time for a query. ``rows``: rows of an answer (of a graph: its triples). ``answer_mb``: its size.
    ``body_kb``, ``url_kb``: size of the body and of the address of a request.
    ``at_once``: queries that run at the same time; ``waiting``: those that wait for it, half of them of one client.
    ``slow_after``: seconds after which a query counts as slow, of which ``slow_at_once`` run at the same time.
    ``depth``: how deep brackets may lie in brackets in a query.
    ``memory_mb``: memory of the process that answers queries. ``cache_mb``: memory for answers that are kept.
    ``page_seconds``: time for a page, its wait included twice at most; ``page_waiting``: pages that wait for a
    renderer. ``page_cache_mb``: memory for pages that are kept. ``renderer_memory_mb``, ``renderer_pages``: memory of
    a renderer process, and pages that it has made, after which another takes its place.
    ``connections``: at once. ``head_seconds``, ``head_kb``: until the head of a request is there, and its size;
    ``body_seconds``: until its body is; ``unread_seconds``: until a reader takes the next part of an answer.
    """

    seconds: float = 30.0
    rows: int = 1_000_000
    answer_mb: int = 200
    body_kb: int = 500
    url_kb: int = 32
    at_once: int = 16
    waiting: int = 512
    slow_at_once: int = 2
    slow_after: float = 1.0
    depth: int = 64
    memory_mb: int = 2_000
    cache_mb: int = 64
    page_seconds: float = 10.0
    page_waiting: int = 256
    page_cache_mb: int = 64
    renderer_memory_mb: int = 600
    renderer_pages: int = 20_000
    connections: int = 4_000
    head_seconds: float = 15.0
    head_kb: int = 64
    body_seconds: float = 30.0
    unread_seconds: float = 60.0


def _no_clock(_seconds: float) -> None:
    """Nobody counts the time."""


_LIMITS: ContextVar[Limits] = ContextVar("limits", default=Limits())  # noqa: B039 (frozen)
_CLOCK: ContextVar[Callable[[float], None]] = ContextVar("clock", default=_no_clock)
_COMMON: ContextVar[Path | None] = ContextVar("common", default=None)


def in_force() -> Limits:
    """The limits under which files are read now."""
    return _LIMITS.get()


def more_time(seconds: float) -> None:
    """Told by a reader that begins on something that may take this much longer: a page for OCR, a thousand pages."""
    _CLOCK.get()(seconds)


def common() -> Path | None:
    """A folder that all who read at the same time share, where there are others; for locks."""
    return _COMMON.get()


@contextmanager
def under(limits: Limits, clock: Callable[[float], None] = _no_clock, shared: Path | None = None) -> Iterator[None]:
    """Read under other limits; ``clock`` is told when a reader needs more time, ``shared`` is a folder for locks."""
    limits_before, clock_before, common_before = _LIMITS.set(limits), _CLOCK.set(clock), _COMMON.set(shared)
    try:
        yield
    finally:
        _COMMON.reset(common_before)
        _LIMITS.reset(limits_before)
        _CLOCK.reset(clock_before)
