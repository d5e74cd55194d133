"""What is kept of rendered pages: the ones last asked for, up to a number of bytes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, Protocol, TypeVar


class Sized(Protocol):
    """Something that knows how much memory it takes."""

    @property
    def size(self) -> int:
        """Bytes, about."""


Key = TypeVar("Key", bound=Hashable)
Kept = TypeVar("Kept", bound=Sized)


class Cache(Generic[Key, Kept]):
    """Keeps what was last asked for, up to ``most`` bytes. What takes more than a tenth of that is not kept."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.size = 0
        self._kept: OrderedDict[Key, Kept] = OrderedDict()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Key) -> Kept | None:
        """What is kept for a key."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def keys(self) -> list[Key]:
        """The keys of all that is kept, what was asked for last first."""
        return list(reversed(self._kept))

    def put(self, key: Key, value: Kept) -> None:
        """Keep something, and let go of what was not asked for in the longest time."""
        if value.size > self.most / 10:
            return
        before = self._kept.pop(key, None)
        if before is not None:
            self.size -= before.size
        self._kept[key] = value
        self.size += value.size
        while self.size > self.most:
            _, gone = self._kept.popitem(last=False)
            self.size -= gone.size
