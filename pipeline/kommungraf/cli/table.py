"""Rows for a terminal: columns as wide as what is in them where that fits, else a block of lines for each row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from kommungraf.text import cut

NARROW = 18
"""A column whose cells are no longer is never broken: dates, codes, numbers, short names."""
READABLE = 20
"""A column of text needs so much room, or rows become blocks."""
LONGEST_WORD = 32
"""A longer word (an IRI) is broken."""
LONGEST = 260
"""A longer cell is cut where someone looks; --format csv and json give it whole."""

_NUMBER = re.compile(r"-?\d[\d\u00a0]*(?:\.\d+)?")
_LONG_NUMBER = re.compile(r"-?\d{5,}(?:\.\d+)?")
_IRI = re.compile(r"(?:[a-z]+/[^\s]+/[^\s]+|[a-z]+://[^\s]+)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of cells on one line each."""

    name: str
    cells: tuple[str, ...]

    @property
    def width(self) -> int:
        """What it takes to print every cell unbroken."""
        return max(len(self.name), *(len(cell) for cell in self.cells), 1)

    @property
    def least(self) -> int:
        """What it takes to print it readably, broken between words only."""
        words = max((len(word) for cell in self.cells for word in cell.split()), default=1)
        return (
            self.width if self.is_narrow else max(len(self.name), min(self.width, READABLE), min(words, LONGEST_WORD))
        )

    @property
    def is_narrow(self) -> bool:
        """Whether it is printed unbroken."""
        return self.width <= max(NARROW, len(self.name))

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers (years, too) and nothing else."""
        return any(self.cells) and all(not cell or _NUMBER.fullmatch(cell) for cell in self.cells)

    @property
    def is_spare(self) -> bool:
        """Whether a reader can do without it where room is scarce: nothing but IRIs, or nothing."""
        return all(not cell or _IRI.fullmatch(cell) for cell in self.cells)


def print_rows(names: Sequence[str], rows: Sequence[Sequence[str]], console: Console) -> list[str]:
    """Print rows as a table or, where that cannot be read, as blocks; the columns left out are returned.

    Columns of IRIs are left out where someone looks and they would break the others.
    """
    columns = [Column(name, tuple(_cell(row[index], console) for row in rows)) for index, name in enumerate(names)]
    unbroken = sum(column.width + 2 for column in columns) <= console.width
    if unbroken or not rows or (not console.is_terminal and _needs(columns) <= console.width):
        console.print(_table(columns, console.width))
        return []
    kept = [column for column in columns if not column.is_spare] or columns
    if _needs(kept) <= console.width:
        console.print(_table(kept, console.width))
    else:
        _print_blocks(kept, console)
    return [column.name for column in columns if column not in kept and any(column.cells)]


def _cell(value: str, console: Console) -> str:
    value = " ".join(value.split())
    if _LONG_NUMBER.fullmatch(value):
        whole, point, rest = value.partition(".")
        return f"{int(whole):,}".replace(",", "\u00a0") + point + rest
    return cut(value, LONGEST) if console.is_terminal else value


def _needs(columns: Sequence[Column]) -> int:
    gaps = 2 * (len(columns) - 1)
    return sum(column.least for column in columns) + gaps


def _table(columns: Sequence[Column], width: int) -> Table:
    """Narrow columns as they are; the others share what is left by how much they hold."""
    wide = [column for column in columns if not column.is_narrow]
    left = width - 2 * (len(columns) - 1) - sum(column.width for column in columns if column.is_narrow)
    broken = sum(column.width for column in wide) > left
    table = Table(
        header_style="bold", box=None, pad_edge=False, padding=(0, 1), row_styles=["", "dim"] if broken else None
    )
    shares = _shares(wide, left)
    for column in columns:
        room = column.width if column.is_narrow else shares[wide.index(column)]
        table.add_column(
            column.name,
            width=room,
            no_wrap=column.is_narrow,
            overflow="fold",
            justify="right" if column.is_number and column.name != "year" else "left",
        )
    for index in range(len(columns[0].cells) if columns else 0):
        table.add_row(*(Text(column.cells[index]) for column in columns))
    return table


def _shares(columns: list[Column], room: int) -> list[int]:
    """Room for each of some columns: what it takes to read it, and of the rest an equal part as far as it needs it."""
    shares = [column.least for column in columns]
    room -= sum(shares)
    waiting = sorted(range(len(columns)), key=lambda index: columns[index].width - shares[index])
    for place, index in enumerate(waiting):
        more = max(0, min(columns[index].width - shares[index], room // (len(waiting) - place)))
        shares[index] += more
        room -= more
    return shares


def _print_blocks(columns: Sequence[Column], console: Console) -> None:
    label = max(len(column.name) for column in columns) + 2
    for index in range(len(columns[0].cells)):
        grid = Table.grid(padding=0)
        grid.add_column(width=label, no_wrap=True, style="bold")
        grid.add_column(overflow="fold", max_width=max(READABLE, console.width - label))
        for column in columns:
            if column.cells[index]:
                grid.add_row(column.name, Text(column.cells[index]))
        console.print(grid)
        console.print()
