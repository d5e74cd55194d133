"""The sketch of a document's words: numbers by which two documents are compared without their texts.

A document's words are folded, and each run of three words that follow on each other is hashed. The smallest ``SIZE`` of
the hashes are kept (a bottom-k sketch; of a short document all of them). Two sketches tell how much of their runs two
documents share with an error of some two per cent, whatever their length. Letters and digits that a recogniser of
printed text takes for each other are one, so that a scan's sketch stays near its source's.
"""

from __future__ import annotations

import re
from base64 import b85decode, b85encode
from collections.abc import Iterable
from struct import pack, unpack
from typing import NamedTuple
from zlib import crc32

SIZE = 256
"""Hashes that are kept of a document."""
RUN = 3
"""Words in a run: two are often the same in documents of one template, four rarely survive a recogniser."""

_WORD = re.compile(r"\w+")
_WRITTEN = re.compile(r"(\d+)([+=])(.*)", re.DOTALL)
_CONFUSED = str.maketrans("åäáàöóòéèü1l0", "aaaaoooeeuiio")
_HIGHEST = (1 << 32) - 1


class Sketch(NamedTuple):
    """The ``hashes`` that were kept of a document's runs: all that are not above ``limit``; and its number of words."""

    hashes: frozenset[int]
    limit: int
    words: int

    def below(self, limit: int) -> frozenset[int]:
        """The hashes that are not above a limit."""
        return self.hashes if limit >= self.limit else frozenset(one for one in self.hashes if one <= limit)


def sketched(text: str) -> str:
    """The sketch of a text, as it stands in a record."""
    words = _WORD.findall(text.casefold().translate(_CONFUSED))
    hashes = sorted(_runs(words))
    limit = hashes[SIZE - 1] if len(hashes) > SIZE else _HIGHEST
    return written(Sketch(frozenset(hashes[:SIZE]), limit, len(words)))


def written(sketch: Sketch) -> str:
    """A sketch as it stands in a record: the number of words, ``+`` where more hashes were made than are kept, else
    ``=``, and the hashes."""
    hashes = sorted(sketch.hashes)
    mark = "=" if sketch.limit == _HIGHEST else "+"
    return f"{sketch.words}{mark}{b85encode(pack(f'<{len(hashes)}I', *hashes)).decode()}"


def read_sketch(written: str) -> Sketch:
    """The sketch that a record holds."""
    words, mark, coded = _WRITTEN.fullmatch(written).groups()  # type: ignore[union-attr]  # we wrote it
    data = b85decode(coded)
    hashes = unpack(f"<{len(data) // 4}I", data)
    return Sketch(frozenset(hashes), hashes[-1] if mark == "+" else _HIGHEST, int(words))


def shared(one: Sketch, other: Sketch) -> float:
    """Which part of the runs of both together two documents share, from 0 to 1."""
    limit = min(one.limit, other.limit)
    ours, theirs = one.below(limit), other.below(limit)
    return len(ours & theirs) / len(ours | theirs) if ours or theirs else 0.0


def contained(part: Sketch, wholes: Iterable[Sketch]) -> tuple[float, int]:
    """Which part of a document's runs stands in others, and on how many runs that is founded."""
    wholes = list(wholes)
    limit = min(part.limit, *(whole.limit for whole in wholes))
    ours = part.below(limit)
    theirs = frozenset[int]().union(*(whole.below(limit) for whole in wholes))
    return (len(ours & theirs) / len(ours) if ours else 0.0), len(ours)


def _runs(words: list[str]) -> set[int]:
    """The hashes of the runs of words; of fewer words than a run has, of them all."""
    runs = zip(words, words[1:], words[2:], strict=False) if len(words) >= RUN else (words,)
    return {crc32(" ".join(run).encode()) for run in runs}
