"""Every value of every data table as an observation: line item, year, phase, unit and the cell that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kommungraf.extract.context import Context
from kommungraf.extract.grids import Grid, Line, Value, phase_of_words, read_grid, single_year, year_in
from kommungraf.extract.units import (
    Unit,
    is_unit_only,
    rules,
    speaks_of_money,
    stated_units,
    unit_in_label,
    unit_of_words,
    whole_number,
    without_unit,
)  # fmt: skip
from kommungraf.model import iri
from kommungraf.model.facts import FocusArea, Observation
from kommungraf.model.parts import Role
from kommungraf.model.source import Block, Span
from kommungraf.text import fold, parse_number

_NO_DATA = (Role.CONTENTS, Role.ATTENDANCE, Role.SIGNATURES, Role.RECIPIENTS, Role.VOTE, Role.MEETING)
_FOOTNOTE = re.compile(r"(?:\s*\*+|\s+\d\))$")
_NOTE = re.compile(r"^Not\s+\d+[a-z]?[.:]?\s+")
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[A-ZÅÄÖ])")  # "5.2 Ekonomi"
_LEADERS = re.compile(r"\.{3,}|…$")
_NEAR = 3  # blocks between a heading and the table that it still names
_CAPTION = 90  # a paragraph before a table that is longer than this is text, not its caption
_AMOUNT = re.compile(
    r"(?<![\d,.])(\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+(?:,\d+)?)\s?(tkr|kkr|mnkr|mkr|kronor|kr)\b", re.I
)
_UNKNOWN = Unit("number")
_SMALL = 100  # a number below this may repeat by chance, unless the text names the line too
_DIFFERENCE = re.compile(r"(?i)avvikelse|differens|\bdiff\b|förändring|skillnad")


@dataclass(slots=True)
class _Table:
    """A table with what stands around it: its title as printed, and the heading above it."""

    grid: Grid
    block: Block
    title: str
    heading: str
    before: str


def find_observations(ctx: Context) -> Iterator[Observation]:
    """The values of the document's tables, table by table, row by row."""
    tables = list(_tables(ctx))
    if not tables:
        return
    money = _document_unit(ctx, tables)
    areas = {fold(area.name): area.id for area in ctx.of_type(FocusArea)}
    for table in tables:
        default = _table_unit(table, money)
        found = [_observation(ctx, table, line, v, default, areas) for line in table.grid.lines for v in line.values]
        if _is_about_money(table) and any(observation.unit == _UNKNOWN.code for observation in found):
            span = Span(table.block.start, table.block.end)
            ctx.issue("unit-unknown", f"The table {table.title!r} is about money but nothing says in which unit.", span)
        yield from found


# --- which tables, and what stands around them -----------------------------------------------------------------------


def _tables(ctx: Context) -> Iterator[_Table]:
    excluded = [(part.start, part.end) for part in ctx.document.with_role(*_NO_DATA)]
    heading = before = ""
    distance = 0
    titles = {part.title_span.start for part in ctx.document.walk() if part.title_span}  # headings without marks too
    for index in ctx.document.blocks:
        block = ctx.text.blocks[index]
        if block.kind == "table":
            if not any(start <= block.start < end for start, end in excluded):
                grid = read_grid(ctx.text, block)
                if grid.lines and not any(_LEADERS.search(line.label) for line in grid.lines):
                    yield _Table(grid, block, _title(grid, before, heading, distance), heading, before)
            before, distance = "", _NEAR  # what stands over a table is not the title of the next
            continue
        text = " ".join(ctx.text.of(block).split())
        distance += 1
        if block.kind == "heading" or block.start in titles:
            heading, before, distance = text, text, 0
        elif is_unit_only(text):
            before = f"{before} ({text.strip('()')})"
        else:
            before = text if _is_caption(block, text) else ""


def _is_caption(block: Block, text: str) -> bool:
    return block.kind == "paragraph" and len(text) <= _CAPTION and (text[-1:] not in ".!?" or text.startswith("Tabell"))


def _title(grid: Grid, before: str, heading: str, distance: int) -> str:
    """The caption nearest to the values.

    That is a first row of its own, the line right before, a head over the labels that names a statement
    ("Resultaträkning"), a heading a little further up, or else what the head over the labels says ("Utbildningar").
    """
    stub = "" if is_unit_only(grid.stub) or parse_number(grid.stub) is not None else grid.stub
    own = stub if phase_of_words(stub) else ""
    plain = "" if fold(stub) in rules()["words"]["stubs"] else stub
    candidates = (grid.title, before, own, heading if distance <= _NEAR else "", plain, heading)
    chosen = next((text for text in candidates if text.strip()), "")
    return _NUMBERED.sub("", without_unit(chosen)).rstrip(" :.")


# --- one value -------------------------------------------------------------------------------------------------------


def _observation(
    ctx: Context, table: _Table, line: Line, value: Value, default: Unit | None, areas: dict[str, str]
) -> Observation:
    head = line.heads.get(value.cell.column, "")
    unit = _unit(table, line, value, head, default)
    year, label = _year(ctx, table, line, head), line.label or _NOTE.sub("", table.title)
    if line.year is not None:  # years down the side: the head says what is counted
        label = head or line.section or table.title
    span = _trimmed(ctx, value)
    return Observation(
        id=iri.statement(ctx.document.id, "observation", str(value.cell.start)),
        evidence=(span,),
        line_item=without_unit(_FOOTNOTE.sub("", label)),
        value=whole_number(value.number * unit.factor),
        unit=unit.code,
        fiscal_year=year,
        table=table.title or None,
        scope=_scope(ctx, table, areas),
        phase=_phase(ctx, table, head),
        column=head or None,
        as_printed=ctx.text.of(span),
    )


def _trimmed(ctx: Context, value: Value) -> Span:
    text = ctx.text.of(value.cell)
    start = value.cell.start + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))


def _year(ctx: Context, table: _Table, line: Line, head: str) -> int | None:
    if line.year is not None:
        return line.year
    year = year_in(head)
    if year is None and (around := _year_around(table, ctx.document.year)) is not None:
        year = around - 1 if "föregående" in head.lower() or "fg år" in head.lower() else around
    return year


def _year_around(table: _Table, document_year: int | None) -> int | None:
    """The year of a table whose columns name none: of its title, a heading such as "Budget 2024", the document."""
    from_heading = single_year(table.heading) if phase_of_words(table.heading) else None
    return single_year(table.title) or single_year(table.grid.stub) or from_heading or document_year


def _phase(ctx: Context, table: _Table, head: str) -> str | None:
    if _DIFFERENCE.search(head):
        return None
    for text in (head, table.title, table.heading):
        if phase := phase_of_words(text):
            return phase
    for part in ctx.document.with_role(Role.BUDGET, Role.ACCOUNTS):
        if part.start <= table.block.start < part.end:
            return "budget" if part.role == Role.BUDGET else "outcome"
    phases: dict[str, str] = rules()["document_types"]
    return phases.get(ctx.document.type)


def _scope(ctx: Context, table: _Table, areas: dict[str, str]) -> str | None:
    """Whose numbers they are: an area that the title or the heading names ("Budget Kansli"), else the publisher's."""
    for text in (table.title, table.heading):
        words = fold(re.sub(r"\s*(?:19|20)\d\d$", "", text))
        tails = (words, words.partition(" ")[2])
        if found := next((areas[tail] for tail in tails if tail in areas), None):
            return found
    return ctx.document.publisher_id


# --- units -----------------------------------------------------------------------------------------------------------


def _unit(table: _Table, line: Line, value: Value, head: str, default: Unit | None) -> Unit:
    """The unit nearest to the value: in its cell, at its line, over its column; what words say; the table's."""
    label = line.label if line.year is None else head
    printed = value.unit or unit_in_label(label) or line.unit or unit_in_label(head)
    if printed:
        return printed
    counted = unit_of_words(label) or unit_of_words(head)
    if counted:
        return counted
    if unit_of_words(table.title) and not speaks_of_money(label):
        return unit_of_words(table.title) or _UNKNOWN
    if default and default.is_money and not (_is_about_money(table) or speaks_of_money(label) or speaks_of_money(head)):
        return _UNKNOWN
    return default or _UNKNOWN


def _table_unit(table: _Table, money: Unit | None) -> Unit | None:
    grid = table.grid
    own = grid.unit or unit_in_label(grid.title) or unit_in_label(grid.stub)
    return own or unit_in_label(table.before) or unit_in_label(table.heading) or money


def _document_unit(ctx: Context, tables: list[_Table]) -> Unit | None:
    """The unit of money in a document's tables, by what says it best; two answers at one step are none.

    A sentence may state it, or a line of its own; the text may repeat a number of a table with its unit; and a table
    without a unit has that of the document's other tables.
    """
    text = ctx.clean(Span(ctx.document.start, ctx.document.end))
    alone = {unit_in_label(ctx.text.of(ctx.text.blocks[i])) for i in ctx.document.blocks if _is_short_unit(ctx, i)}
    for units in (stated_units(text), alone, _repeated(text, tables), {_table_unit(t, None) for t in tables}):
        found = {unit for unit in units if unit and unit.is_money}
        if found:
            return found.pop() if len(found) == 1 else None
    return None


def _is_short_unit(ctx: Context, index: int) -> bool:
    block = ctx.text.blocks[index]
    return block.end - block.start < 40 and block.kind == "paragraph" and is_unit_only(ctx.text.of(block))


def _repeated(text: str, tables: list[_Table]) -> set[Unit]:
    """The units with which the text repeats numbers of the tables: "intäkter på 71 293 tkr"."""
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


def _is_about_money(table: _Table) -> bool:
    grid = table.grid
    texts = [
        table.title,
        *grid.heads.values(),
        *(line.label for line in grid.lines),
        *(line.section for line in grid.lines),
    ]
    return any(map(speaks_of_money, texts)) or bool(grid.unit and grid.unit.is_money)
