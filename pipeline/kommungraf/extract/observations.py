"""Every value of every data table as an observation: line item, year, phase, unit and the cell that says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kommungraf.extract.context import Context
from kommungraf.extract.grids import Line, Value, phase_of_words, single_year, year_in
from kommungraf.extract.observations_tables import Table, data_tables
from kommungraf.extract.observations_units import (
    UNKNOWN,
    TableUnits,
    document_unit,
    unit_issue,
    unit_of,
    units_of_table,
)
from kommungraf.extract.units import rules, whole_number, without_unit
from kommungraf.model import iri
from kommungraf.model.facts import FocusArea, GoverningBody, Observation
from kommungraf.model.parts import Role
from kommungraf.model.source import Span
from kommungraf.text import fold

_FOOTNOTE = re.compile(r"(?:\s*\*+|\s+\d\))$")
_NOTE = re.compile(r"^Not\s+\d+[a-z]?[.:]?\s+")
# A difference or a target is neither budget nor outcome nor forecast.
_NO_PHASE = re.compile(r"(?i)avvikelse|differens|\bdiff\b|förändring|skillnad|\bmål(?:et|värde|nivå|tal)?\b")
# What eight months gave is no outcome of the year: "Utfall jan–aug", "Utfall t.o.m. augusti", "Tertial 2".
_PART_OF_YEAR = re.compile(
    r"(?i)\b(?:januari|jan)\.?\s?[-–]+\s?(?!dec)[a-zåäö]{3,9}\b"
    r"|\b(?:t\.?o\.?m\.?|till och med|per|ack\w*)\s+(?:\d{1,2}\s+)?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov)"
    r"|\b(?:tertial|kvartal|delår|halvår)\w*|\b[TQ][1-4]\b"
)
_AREA = re.compile(r"(?i)(?:verksamhetsområde|område|avdelning|enhet)(?:et|en)?:?\s+\S")
_PREVIOUS = re.compile(r"(?i)föregående år|fg\.? år|f\.?g\.? år")


def find_observations(ctx: Context) -> Iterator[Observation]:
    """The values of the document's tables, table by table, row by row."""
    tables = list(data_tables(ctx))
    if not tables:
        return
    money = document_unit(ctx, tables)
    bodies = {fold(node.name): node.id for node in ctx.of_type(GoverningBody)}
    named = bodies | {fold(node.name): node.id for node in ctx.of_type(FocusArea)}
    kept = [(part.start, part.end, part.role) for part in ctx.document.with_role(Role.BUDGET, Role.ACCOUNTS)]
    for table in tables:
        frame = _Frame(
            units_of_table(table, money),
            _year_around(table, ctx.document.year),
            _phase_around(ctx, table, kept),
            _scope(ctx, table, named, bodies),
        )
        found = [_observation(ctx, table, frame, line, value) for line in table.grid.lines for value in line.values]
        if frame.units.is_money and any(observation.unit == UNKNOWN.code for observation in found):
            unit_issue(ctx, table)
        yield from found


@dataclass(frozen=True, slots=True)
class _Frame:
    """What holds for every value of a table that its row and column do not say otherwise."""

    units: TableUnits
    year: int | None
    phase: str | None
    scope: str | None


def _observation(ctx: Context, table: Table, frame: _Frame, line: Line, value: Value) -> Observation:
    head = line.heads.get(value.cell.column, "")
    unit = unit_of(frame.units, line, value, head)
    label = line.label or _NOTE.sub("", table.title) or head or table.heading or "summa"  # an unnamed row is a sum
    if line.year is not None:  # years down the side: the head says what is counted
        label = head or line.section or table.title or label
    span = _trimmed(ctx, value)
    return Observation(
        id=iri.statement(ctx.document.id, "observation", str(value.cell.start)),
        evidence=(span,),
        line_item=without_unit(_FOOTNOTE.sub("", label)),
        value=whole_number(value.number * unit.factor),
        unit=unit.code,
        fiscal_year=_year(frame, line, head),
        table=table.title or None,
        scope=frame.scope,
        phase=_phase(head, frame),
        column=head or None,
        as_printed=ctx.text.of(span),
    )


def _phase(head: str, frame: _Frame) -> str | None:
    """The phase of a column, else of its table; none for differences, for targets and for what part of a year gave."""
    phase = None if _NO_PHASE.search(head) else phase_of_words(head) or frame.phase
    return None if phase == "outcome" and _PART_OF_YEAR.search(head) else phase


def _trimmed(ctx: Context, value: Value) -> Span:
    text = ctx.text.of(value.cell)
    start = value.cell.start + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))


def _year(frame: _Frame, line: Line, head: str) -> int | None:
    if line.year is not None:
        return line.year
    year = year_in(head)
    if year is None and frame.year is not None:
        year = frame.year - 1 if _PREVIOUS.search(head) else frame.year
    return year


def _year_around(table: Table, document_year: int | None) -> int | None:
    """The year of a table whose columns name none: of its title, a heading such as "Budget 2024", the document."""
    from_heading = single_year(table.heading) if phase_of_words(table.heading) else None
    return single_year(table.title) or single_year(table.grid.stub) or from_heading or document_year


def _phase_around(ctx: Context, table: Table, parts: list[tuple[int, int, Role]]) -> str | None:
    """The phase by the title, the heading, the part or the type of the document."""
    for text in (table.title, table.heading):
        if phase := phase_of_words(text):
            return phase
    for start, end, role in parts:
        if start <= table.block.start < end:
            return "budget" if role == Role.BUDGET else "outcome"
    phases: dict[str, str] = rules()["document_types"]
    return phases.get(ctx.document.type)


def _scope(ctx: Context, table: Table, named: dict[str, str], bodies: dict[str, str]) -> str | None:
    """Whose numbers they are: the area or body that title or heading name ("Budget Kansli"), else the publisher.

    In an annual report each board has a chapter of its own, with tables of one and the same title. An area that is
    known by its heading alone ("Verksamhetsområde Kansli") has no IRI, and is not the publisher either.
    """
    for text in (table.title, table.heading):
        words = fold(re.sub(r"\s*(?:19|20)\d\d$", "", text))
        tails = (words, words.partition(" ")[2])
        if found := next((named[tail] for tail in tails if tail in named), None):
            return found
    chapters = map(fold, table.chapters if ctx.document.type in rules()["document_types"] else ())
    if found := next((bodies[chapter] for chapter in chapters if chapter in bodies), None):
        return found
    return None if _AREA.match(table.heading) else ctx.document.publisher_id
