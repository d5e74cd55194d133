"""Answers that are kept, and those on their way: the same question is not asked twice of one generation."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Hashable
from dataclasses import dataclass
from hashlib import blake2b

from kommungraf.limits import MB
from kommungraf.web.caching import Cache

Header = tuple[bytes, bytes]
_WORTH = 1_000
"""Bytes from which an answer is sent compressed."""
_LEVEL = 1
"""Of zlib: the quickest; answers shrink to a tenth even so."""
_SLOW_ONES = 10_000


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it goes out. ``tag``: its ETag; empty where it is another one each time."""

    headers: list[Header]
    body: bytes
    tag: bytes = b""

    @property
    def size(self) -> int:
        """Bytes of memory, about."""
        return len(self.body) + 2_000


class Answers:
    """What is known of one generation: its answers, those being asked for, and the queries that were slow."""

    def __init__(self, generation: str, cache_mb: int) -> None:
        self.generation = generation
        self.mark = blake2b(generation.encode(), digest_size=6).hexdigest().encode()
        """What tags of its answers begin with."""
        self.kept: Cache[Hashable, Reply] = Cache(cache_mb * MB)
        self.flights: dict[Hashable, asyncio.Future[Reply | None]] = {}
        """Of each question on its way, what will be its answer; ``None`` comes where it cannot be shared."""
        self._slow: dict[str, None] = {}

    def was_slow(self, query: str) -> bool:
        """Whether a query took long when it was last asked."""
        return query in self._slow

    def note_slow(self, query: str) -> None:
        """A query took long."""
        self._slow[query] = None
        if len(self._slow) > _SLOW_ONES:
            del self._slow[next(iter(self._slow))]


def packed(body: bytes) -> bytes | None:
    """A whole answer compressed with gzip; ``None`` where that is not worth it."""
    if len(body) < _WORTH:
        return None
    packer = Packer()
    return packer.pack(body) + packer.end()


class Packer:
    """Compresses an answer that goes out in pieces."""

    def __init__(self) -> None:
        self._zlib = zlib.compressobj(_LEVEL, zlib.DEFLATED, 31)

    def pack(self, piece: bytes) -> bytes:
        """What can be sent after one more piece; may be empty."""
        return self._zlib.compress(piece)

    def end(self) -> bytes:
        """What is sent last."""
        return self._zlib.flush()
