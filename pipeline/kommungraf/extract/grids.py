"""The structure of a data table: title, heads, sections and lines of values. Layout tables come out without lines."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from kommungraf.extract.units import Unit, is_unit_only, parse_cell, rules, unit_in_label
from kommungraf.model.source import Block, Cell, Row, Text
from kommungraf.text import fold

_YEAR = r"(?:19|20)\d\d"
_YEAR_ONLY = re.compile(_YEAR)
# "2023", "2023-12-31", "2023-01-01 – 2023-12-31", "2023/24", "Bokslut 2023", "31 dec 2023", "jan–aug 2024", "T2 2024"
_PERIOD = re.compile(
    rf"(?i)(?:[a-zåäö.]+\s+)*(?:\d{{1,2}}[/ ]?\s*[a-zåäö]+\.?\s+)?{_YEAR}(?:[-/]\d{{2,4}}(?:-\d\d)?)?"
    rf"(?:\s*[-–]+\s*{_YEAR}(?:-\d\d(?:-\d\d)?)?)?(?:\s*\**|\s+[a-zåäö]+)"
)
_FIRST_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)")


@dataclass(slots=True)
class Value:
    """A number in a cell, with the unit that the cell itself prints."""

    cell: Cell
    number: Decimal
    unit: Unit | None


@dataclass(slots=True)
class Line:
    """A row with values. ``label`` is as printed; an unnamed sum has its section's, or none: it sums the table."""

    label: str
    section: str
    values: list[Value]
    unit: Unit | None
    heads: dict[int, str]
    year: int | None = None


@dataclass(slots=True)
class Grid:
    """A table as read. ``title`` is its own first row, ``stub`` the head over its labels, ``unit`` said in a row."""

    title: str = ""
    stub: str = ""
    unit: Unit | None = None
    heads: dict[int, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


def year_in(text: str) -> int | None:
    """The year of a head: of a period its first; ``None`` without one."""
    found = _FIRST_YEAR.search(text)
    return int(found[0]) if found else None


def single_year(text: str) -> int | None:
    """The only year that a title names, or ``None``."""
    years = set(_FIRST_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


def is_period(text: str) -> bool:
    """Whether a cell is the head of a year's or period's column."""
    return _PERIOD.fullmatch(text.strip()) is not None


@lru_cache(maxsize=4096)
def phase_of_words(text: str) -> str | None:
    """The phase (budget, forecast, outcome) that a head, title or clause names, by its first such word."""
    for word in re.findall(r"[a-zåäö]+", text.lower()):
        for phase, words in rules()["phases"].items():
            if (
                word in words
                or word[:-2] in words
                or (word.startswith(("budget", "prognos")) and word.startswith(words[0]))
            ):
                return str(phase)
    return None


def read_grid(text: Text, block: Block, continues: Grid | None = None) -> Grid:
    """Read a table block. Rows are told apart by what their cells hold, in order from the top.

    ``continues``: the table that this one goes on with, whose heads and unit hold here too.
    """
    reader = _Reader(text, block)
    if continues:
        reader.grid = Grid(continues.title, continues.stub, continues.unit, continues.heads)
        reader.stub_column = 0
        reader.sections = [continues.lines[-1].section] if continues.lines and continues.lines[-1].section else []
    return reader.read()


class _Reader:
    """One pass over the rows of a table; keeps the heads and sections that hold for the row at hand."""

    def __init__(self, text: Text, block: Block) -> None:
        self.text, self.rows = text, [row for row in block.rows if any(text.of(cell).strip() for cell in row.cells)]
        self.stub_column = self._find_stub_column()
        self.grid = Grid()
        self.sections: list[str] = []
        self.section_unit: Unit | None = None
        self.after_head = False

    def read(self) -> Grid:
        for index, row in enumerate(self.rows):
            label, rest = self._split(row)
            if not rest:
                self._single(index, label)
            elif self._is_head(label, rest):
                self._head(label, rest)
            else:
                self._line(label, rest)
        return self.grid

    def _split(self, row: Row) -> tuple[str, list[Cell]]:
        """The label of a row and its other cells that are not empty."""
        label, rest = "", []
        for cell in row.cells:
            if not self.text.of(cell).strip():
                continue
            if cell.column == self.stub_column:
                label = " ".join(self.text.of(cell).split())
            elif cell.column > self.stub_column:
                rest.append(cell)
        return label, rest

    def _find_stub_column(self) -> int:
        """Labels stand in the first column, or in the second where the first holds only codes or serial numbers."""
        codes = texts = second = 0
        for row in self.rows:
            cells = [self.text.of(cell).strip() for cell in row.cells[:2]]
            if len(cells) < 2 or not cells[1]:
                continue
            codes += bool(re.fullmatch(r"\d{1,6}\.?", cells[0])) and not _YEAR_ONLY.fullmatch(cells[0])
            texts += bool(cells[0]) and parse_cell(cells[0]) is None
            second += parse_cell(cells[1]) is None
        return 1 if codes >= 2 and codes > texts and second >= codes else 0

    def _single(self, index: int, label: str) -> None:
        """A row with a label alone: the title of the table, its unit, or the head of a section."""
        if is_unit_only(label):
            self.grid.unit = unit_in_label(label)
        elif not self.grid.lines and not self.grid.heads and not self.grid.title and self._is_title(index):
            self.grid.title = label
        else:
            self.sections.append(label)
            self.section_unit = unit_in_label(label)
        self.after_head = False

    def _is_title(self, index: int) -> bool:
        """A first row of its own is a title unless the table has more such rows further down, which are sections."""
        following = [self._split(row) for row in self.rows[index + 1 :]]
        if not following or not following[0][1] or self._is_head(*following[0]):
            return bool(following)
        return all(rest for _, rest in following)

    def _is_head(self, label: str, rest: list[Cell]) -> bool:
        texts = [self.text.of(cell).strip() for cell in rest]
        if all(is_period(text) or parse_cell(text) is None for text in texts):
            periods = sum(map(is_period, texts))
            if not self.grid.lines:
                return True
            return (not label and len(texts) >= periods) or periods == len(texts) > 1
        return False

    def _head(self, label: str, rest: list[Cell]) -> None:
        heads = {cell.column: " ".join(self.text.of(cell).split()) for cell in rest}
        if self.after_head:  # a head of two rows: "Budget | Utfall" over "2024 | 2023"
            heads = _combine(self.grid.heads, heads)
        elif not self.grid.lines:
            self.grid.stub = label
        if label and is_unit_only(label):
            self.grid.unit = unit_in_label(label)
        self.grid.heads = heads
        self.after_head = True

    def _line(self, label: str, rest: list[Cell]) -> None:
        self.after_head = False
        values, said = [], None
        for cell in rest:
            parsed = parse_cell(self.text.of(cell))
            if parsed is None:  # the name of an indicator, say, with its unit
                said = said or unit_in_label(self.text.of(cell))
            elif not self._is_skipped(cell.column):
                values.append(Value(cell, *parsed))
        if not values:
            return
        section = self.sections[-1] if self.sections else ""
        year = int(label) if _YEAR_ONLY.fullmatch(label) else None
        unit = unit_in_label(label) or said or self.section_unit
        name = label
        if not label:  # an unnamed sum closes its section
            name = self.sections.pop() if self.sections else ""
        self.grid.lines.append(Line(name, section, values, unit, self.grid.heads, year))
        if label and section and fold(label) in (f"summa {fold(section)}", f"s:a {fold(section)}"):
            self.sections.pop()

    def _is_skipped(self, column: int) -> bool:
        head = self.grid.heads.get(column, "").lower().strip(" .:*")
        return head in _skipped()


@lru_cache(maxsize=1)
def _skipped() -> set[str]:
    return set(rules()["columns"]["skip"])


def _combine(upper: dict[int, str], lower: dict[int, str]) -> dict[int, str]:
    """Two rows of heads as one. An upper head that stands over several lower ones holds for all of them."""
    combined: dict[int, str] = {}
    held = ""
    for column in sorted(upper.keys() | lower.keys()):
        held = upper.get(column, held if len(upper) < len(lower) else "")
        combined[column] = " ".join(filter(None, (held, lower.get(column, ""))))
    return combined
