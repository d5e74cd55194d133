"""Tables that list projects: the name's column makes each row a project, the other columns tell of it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.dates import PartialDate, find_dates
from kommungraf.extract.context import Context
from kommungraf.extract.projects_facts import Facts, read_amount
from kommungraf.model.facts import Municipality, Organization, Region
from kommungraf.model.source import Block, Cell, Row, Span
from kommungraf.wordlists import toml

_YEARS = re.compile(r"((?:19|20)\d\d)\s?[–-]\s?((?:19|20)\d\d)")
_AMOUNT = re.compile(r"(-?\d[\d \u00a0.,]*)\s*(\w+)?")
_PROJECT_NAME = re.compile(r"[A-ZÅÄÖ0-9][^\n\t]{2,80}")


def table_projects(ctx: Context) -> Iterator[tuple[Span, Facts]]:
    """The name cell of each row of a table of projects, with what the row states."""
    for index in ctx.document.blocks:
        block = ctx.text.blocks[index]
        if block.kind == "table" and len(block.rows) > 1:
            columns = _columns(ctx, block)
            if "name" in columns and len(columns) > 1:
                for row in block.rows[1:]:
                    yield from _row(ctx, row, columns)


def _columns(ctx: Context, block: Block) -> dict[str, int]:
    """Which column holds what, by the words of the first row."""
    wanted = toml("extract", "projects.toml")["columns"]
    found: dict[str, int] = {}
    for cell in block.rows[0].cells:
        header = ctx.text.of(cell).strip().lower()
        for kind, words in wanted.items():
            if header in words:
                found.setdefault(kind, cell.column)
    return found


def _row(ctx: Context, row: Row, columns: dict[str, int]) -> Iterator[tuple[Span, Facts]]:
    cells = {cell.column: cell for cell in row.cells if cell.end > cell.start}
    name = cells.get(columns["name"])
    if (
        name is None
        or not _PROJECT_NAME.fullmatch(ctx.text.of(name))
        or ctx.text.of(name).lower().startswith(("summa", "total"))
    ):
        return
    facts: Facts = {}
    if (cell := cells.get(columns.get("period", -1))) is not None:
        facts |= _period(ctx.text.of(cell))
    if (cell := cells.get(columns.get("amount", -1))) is not None:
        facts |= _amount(ctx.text.of(cell))
    if (cell := cells.get(columns.get("funder", -1))) is not None:
        facts |= _funder(ctx, cell)
    if (cell := cells.get(columns.get("participant", -1))) is not None:
        members = tuple(dict.fromkeys(node.id for node in ctx.within(Municipality, Span(cell.start, cell.end))))
        facts |= {"participant": members} if members else {}
    yield Span(name.start, name.end), facts


def _period(text: str) -> Facts:
    if match := _YEARS.search(text):
        return {"valid_from": PartialDate(int(match[1])), "valid_to": PartialDate(int(match[2]))}
    dates = [date.value for date in find_dates(text) if date.value is not None]
    return {"valid_from": dates[0], "valid_to": dates[1]} if len(dates) == 2 else {}


def _amount(text: str) -> Facts:
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or not match[2]:  # without a unit the column's is unknown
        return {}
    value = read_amount(match[1].strip(), match[2])
    return {"amount": value} if value is not None else {}


def _funder(ctx: Context, cell: Cell) -> Facts:
    span = Span(cell.start, cell.end)
    nodes = [*ctx.within(Organization, span), *ctx.within(Region, span), *ctx.within(Municipality, span)]
    return {"funder": nodes[0].id} if len(nodes) == 1 else {}
