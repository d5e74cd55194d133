"""Blocks before they have a place in the stored text: what the readers of PDF, Word, web pages and scans all make."""

from __future__ import annotations

from dataclasses import dataclass, field

from kommungraf.model.source import BlockKind


@dataclass(slots=True)
class DraftCell:
    """The lines of a cell, with what joins each to the next (a space, a line break, or nothing)."""

    lines: list[str] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)
    bold: bool = False


@dataclass(slots=True)
class Draft:
    """A block before it has a place in the stored text: its lines and joins, or its rows of cells.

    ``box`` is where it stands on its page (left, top, right, bottom; points from the upper left corner as shown);
    ``score`` is how sure its letters are when they were recognised in a picture. ``room`` is the white after the last
    line and ``opening`` the width of the first word, both in ems, where they are known; ``after_column``: it begins
    a column of text.
    """

    kind: BlockKind
    lines: list[str] = field(default_factory=list)
    joins: list[str] = field(default_factory=list)
    rows: list[list[DraftCell]] = field(default_factory=list)
    columns: tuple[float, ...] = ()  # where those of a table begin
    level: int = 0
    marker: str = ""
    gap: int = 0
    bold: bool = False
    italic: bool = False
    box: tuple[float, float, float, float] | None = None
    score: float | None = None
    room: float | None = None
    opening: float = 0.0
    after_column: bool = False
    whites: tuple[tuple[float, float], ...] = ()  # between the columns of a table: from where to where no text stands
