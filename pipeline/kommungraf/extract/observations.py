"""Every value of every data table as an observation: line item, year, phase, unit and the cell that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.extract.context import Context
from kommungraf.extract.grids import Line, Value, phase_of_words, single_year, year_in
from kommungraf.extract.observations_tables import Table, data_tables
from kommungraf.extract.observations_units import (
    UNKNOWN,
    document_unit,
    is_about_money,
    is_plausible,
    unit_issue,
    unit_of,
)
from kommungraf.extract.units import Unit, rules, whole_number, without_unit
from kommungraf.model import iri
from kommungraf.model.facts import FocusArea, Observation
from kommungraf.model.parts import Role
from kommungraf.model.source import Span
from kommungraf.text import fold

_FOOTNOTE = re.compile(r"(?:\s*\*+|\s+\d\))$")
_NOTE = re.compile(r"^Not\s+\d+[a-z]?[.:]?\s+")
# A difference or a target is neither budget nor outcome nor forecast.
_NO_PHASE = re.compile(r"(?i)avvikelse|differens|\bdiff\b|förändring|skillnad|\bmål(?:et|värde|nivå|tal)?\b")
_PREVIOUS = re.compile(r"(?i)föregående år|fg\.? år|f\.?g\.? år")


def find_observations(ctx: Context) -> Iterator[Observation]:
    """The values of the document's tables, table by table, row by row."""
    tables = list(data_tables(ctx))
    if not tables:
        return
    money = document_unit(ctx, tables)
    areas = {fold(area.name): area.id for area in ctx.of_type(FocusArea)}
    for table in tables:
        unit = money if is_plausible(table, money) else None
        found = [_observation(ctx, table, line, v, unit, areas) for line in table.grid.lines for v in line.values]
        if is_about_money(table) and any(observation.unit == UNKNOWN.code for observation in found):
            unit_issue(ctx, table)
        yield from found


def _observation(
    ctx: Context, table: Table, line: Line, value: Value, money: Unit | None, areas: dict[str, str]
) -> Observation:
    head = line.heads.get(value.cell.column, "")
    unit = unit_of(table, line, value, head, money)
    label = line.label or _NOTE.sub("", table.title)
    if line.year is not None:  # years down the side: the head says what is counted
        label = head or line.section or table.title
    span = _trimmed(ctx, value)
    return Observation(
        id=iri.statement(ctx.document.id, "observation", str(value.cell.start)),
        evidence=(span,),
        line_item=without_unit(_FOOTNOTE.sub("", label)),
        value=whole_number(value.number * unit.factor),
        unit=unit.code,
        fiscal_year=_year(ctx, table, line, head),
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


def _year(ctx: Context, table: Table, line: Line, head: str) -> int | None:
    if line.year is not None:
        return line.year
    year = year_in(head)
    if year is None and (around := _year_around(table, ctx.document.year)) is not None:
        year = around - 1 if _PREVIOUS.search(head) else around
    return year


def _year_around(table: Table, document_year: int | None) -> int | None:
    """The year of a table whose columns name none: of its title, a heading such as "Budget 2024", the document."""
    from_heading = single_year(table.heading) if phase_of_words(table.heading) else None
    return single_year(table.title) or single_year(table.grid.stub) or from_heading or document_year


def _phase(ctx: Context, table: Table, head: str) -> str | None:
    """The phase by the head of the column, the title, the heading, the part or the type of the document."""
    if _NO_PHASE.search(head):
        return None
    for text in (head, table.title, table.heading):
        if phase := phase_of_words(text):
            return phase
    for part in ctx.document.with_role(Role.BUDGET, Role.ACCOUNTS):
        if part.start <= table.block.start < part.end:
            return "budget" if part.role == Role.BUDGET else "outcome"
    phases: dict[str, str] = rules()["document_types"]
    return phases.get(ctx.document.type)


def _scope(ctx: Context, table: Table, areas: dict[str, str]) -> str | None:
    """Whose numbers they are: an area that the title or the heading names ("Budget Kansli"), else the publisher's."""
    for text in (table.title, table.heading):
        words = fold(re.sub(r"\s*(?:19|20)\d\d$", "", text))
        tails = (words, words.partition(" ")[2])
        if found := next((areas[tail] for tail in tails if tail in areas), None):
            return found
    return ctx.document.publisher_id
