"""In which unit a table's value is: what is printed nearest to it, what words imply, what the document says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from kommungraf.extract.context import Context
from kommungraf.extract.grids import Line, Value
from kommungraf.extract.observations_tables import Table
from kommungraf.extract.units import (
    Unit,
    is_unit_only,
    rules,
    speaks_of_money,
    stated_units,
    unit_in_label,
    unit_of_words,
)
from kommungraf.model.source import Span
from kommungraf.text import fold

UNKNOWN = Unit("number")
_AMOUNT = re.compile(
    r"(?<![\d,.])(\d{1,3}(?:[ \u00a0\u202f]\d{3}){1,4}|\d+(?:,\d+)?)\s?(tkr|kkr|mnkr|mkr|kronor|kr)\b", re.I
)
_SMALL = 100  # a number below this may repeat by chance, unless the text names the line too
_TOO_MUCH = Decimal(10) ** 12  # more kronor than all municipalities together turn over: then the unit is another


@dataclass(frozen=True, slots=True)
class TableUnits:
    """What a table says of units as a whole.

    ``own`` is printed for all of its values, ``implied`` follows from its title, ``money`` is the unit of the
    document's tables that print none, and ``is_money`` whether this is a table of money.
    """

    own: Unit | None
    implied: Unit | None
    money: Unit | None
    is_money: bool


def units_of_table(table: Table, money: Unit | None) -> TableUnits:
    """The units of a table. ``money`` is left out where the values would be too large for it."""
    plausible = money if is_plausible(table, money) else None
    return TableUnits(table_unit(table), _implied(table), plausible, is_about_money(table))


def _implied(table: Table) -> Unit | None:
    """The unit that the title implies, or all heads (or all labels) but those of sums: women, men, total."""
    if unit := unit_of_words(table.title):
        return unit
    totals = rules()["words"]["totals"]
    heads = {head for line in table.grid.lines for head in line.heads.values()}
    for words in (heads, {line.label for line in table.grid.lines}):
        units = {unit_of_words(word) for word in words if fold(word) not in totals}
        if len(units) == 1 and (unit := units.pop()):
            return unit
    return None


def unit_of(units: TableUnits, line: Line, value: Value, head: str) -> Unit:
    """The unit of a value: printed at it, then implied by words at it, then the table's, then the document's."""
    label = line.label if line.year is None else head
    printed = value.unit or unit_in_label(label) or line.unit or unit_in_label(head)
    if printed or (units.own and not units.own.is_money):
        return printed or units.own or UNKNOWN
    counted = unit_of_words(label) or unit_of_words(head)
    if counted is None and not speaks_of_money(label):
        counted = units.implied
    if counted or units.own:
        return counted or units.own or UNKNOWN
    is_money = units.is_money or any(map(speaks_of_money, (label, head, line.section)))
    return units.money if units.money and is_money else UNKNOWN


def table_unit(table: Table) -> Unit | None:
    """The unit that a table prints for all of its values: in a row, its title, over its labels or right above."""
    grid = table.grid
    own = grid.unit or unit_in_label(grid.title) or unit_in_label(grid.stub)
    return own or unit_in_label(table.before) or unit_in_label(table.heading)


def is_about_money(table: Table) -> bool:
    """Whether a table as a whole is of money: by its title or heads, or by most of its lines."""
    if any(map(speaks_of_money, (table.title, table.grid.stub, *table.grid.heads.values()))):
        return True
    lines = table.grid.lines
    return 2 * sum(speaks_of_money(line.label) or speaks_of_money(line.section) for line in lines) >= len(lines)


def document_unit(ctx: Context, tables: list[Table]) -> Unit | None:
    """The unit of money in a document's tables, by what says it best; two answers at one step are none.

    A sentence may state it, or a line of its own; the text may repeat a number of a table with its unit; and a table
    without a unit has that of the document's other tables.
    """
    blocks = [ctx.text.blocks[index] for index in ctx.document.blocks]
    text = "\n\n".join(ctx.text.of(block) for block in blocks if block.kind != "table")
    short = (ctx.text.of(block) for block in blocks if block.kind == "paragraph" and block.end - block.start < 40)
    alone = {unit_in_label(line) for line in short if is_unit_only(line)}
    for units in (stated_units(text), alone, _repeated(text, tables), {table_unit(table) for table in tables}):
        found = {unit for unit in units if unit and unit.is_money}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def is_plausible(table: Table, money: Unit | None) -> bool:
    """Whether the values of a table can be in a unit that it does not print itself."""
    numbers = (abs(value.number) for line in table.grid.lines for value in line.values)
    return money is None or max(numbers) * money.factor < _TOO_MUCH


def _repeated(text: str, tables: list[Table]) -> set[Unit]:
    """The units with which the text repeats numbers of the tables: "intäkter på 48 120 tkr"."""
    amounts: dict[str, list[tuple[Unit, str]]] = {}
    for match in _AMOUNT.finditer(text):
        unit = unit_in_label(match[2])
        if unit:
            before = text[max(0, match.start() - 80) : match.start()].lower()
            amounts.setdefault(re.sub(r"\s", "", match[1]), []).append((unit, before))
    found: set[Unit] = set()
    for line in (line for table in tables for line in table.grid.lines if amounts):
        for value in line.values:
            for unit, before in amounts.get(format(abs(value.number), "f").replace(".", ","), ()):
                if abs(value.number) >= _SMALL or (len(line.label) > 3 and line.label.lower() in before):
                    found.add(unit)
    return found


def unit_issue(ctx: Context, table: Table) -> None:
    """Note a table of money whose unit nothing says."""
    span = Span(table.block.start, table.block.end)
    ctx.issue("unit-unknown", f"The table {table.title!r} is about money but nothing says in which unit.", span)
