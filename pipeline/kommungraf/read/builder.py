"""Building ``clean`` piece by piece, with the offset of every character in ``stored``."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from typing import NamedTuple

from kommungraf.model.source import Block


class Edit(NamedTuple):
    """Stored characters from ``start`` to ``end`` become ``by`` in clean."""

    start: int
    end: int
    by: str = ""


class Piece(NamedTuple):
    """A run of stored characters, or (``by`` not ``None``) text that stands for the stored range."""

    start: int
    end: int
    by: str | None = None


class CleanBuilder:
    """Collects clean text. What is copied keeps its places; what is put (separators, entities) points at a place."""

    def __init__(self, stored: str) -> None:
        self.stored = stored
        self.length = 0
        self.offsets = array("I")
        self.blocks: list[Block] = []
        self._parts: list[str] = []

    @property
    def clean(self) -> str:
        """Everything so far, as one string."""
        return "".join(self._parts)

    def copy(self, pieces: Sequence[Piece]) -> None:
        """Append pieces of the stored text."""
        for start, end, by in pieces:
            if by is None:
                self._parts.append(self.stored[start:end])
                self.offsets.extend(range(start, end))
                self.length += end - start
            else:
                self.put(by, start)

    def put(self, text: str, at: int) -> None:
        """Append characters that stand for the stored place ``at`` (an entity, a ligature, a separator)."""
        if text:
            self._parts.append(text)
            self.offsets.extend([at] * len(text))
            self.length += len(text)

    def separate(self, at: int) -> None:
        """The blank line between two blocks; nothing before the first one."""
        if self.length:
            self.put("\n\n", at)


def pieces(stored: str, start: int, end: int, edits: Sequence[Edit]) -> list[Piece]:
    """The stored range as pieces with the edits applied, white space at both ends left out."""
    found: list[Piece] = []
    position = start
    for edit in edits:
        if edit.start < position or edit.end > end:
            continue
        if edit.start > position:
            found.append(Piece(position, edit.start))
        if edit.by:
            found.append(Piece(edit.start, edit.end, edit.by))
        position = edit.end
    if position < end:
        found.append(Piece(position, end))
    return _trimmed(stored, found)


def _trimmed(stored: str, found: list[Piece]) -> list[Piece]:
    while found and not _visible(stored, found[0]):
        del found[0]
    while found and not _visible(stored, found[-1]):
        del found[-1]
    if found and found[0].by is None:
        text = stored[found[0].start : found[0].end]
        found[0] = Piece(found[0].end - len(text.lstrip()), found[0].end)
    if found and found[-1].by is None:
        text = stored[found[-1].start : found[-1].end]
        found[-1] = Piece(found[-1].start, found[-1].start + len(text.rstrip()))
    return found


def _visible(stored: str, piece: Piece) -> bool:
    return bool((stored[piece.start : piece.end] if piece.by is None else piece.by).strip())
