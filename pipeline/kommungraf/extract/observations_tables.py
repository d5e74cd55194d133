"""The data tables of a document with what stands around them: the title as printed, and the heading above."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kommungraf.extract.context import Context
from kommungraf.extract.grids import Grid, phase_of_words, read_grid
from kommungraf.extract.units import is_unit_only, rules, without_unit
from kommungraf.model.parts import Role
from kommungraf.model.source import Block
from kommungraf.text import fold, parse_number

_NO_DATA = (Role.CONTENTS, Role.ATTENDANCE, Role.SIGNATURES, Role.RECIPIENTS, Role.VOTE, Role.MEETING)
_DAY = re.compile(r"(?:.*\s)?(?:19|20)\d\d-\d\d-\d\d")
_PAGE = re.compile(r"(?i)(?:sid(?:a|an)?\.? ?)?\d{1,3}(?: ?\(\d{1,3}\))?")
_LEADERS = re.compile(r"\.{3,}|…$")
_NUMBERED = re.compile(
    r"^(?:Tabell\s+)?\d{1,2}(?:\.\d{1,2})*[.:]?\s+(?=[A-ZÅÄÖ])"
)  # "5.2 Ekonomi", "Tabell 3. Ekonomi"
_NEAR = 3  # blocks between a heading and the table that it still names
_CAPTION = 90  # a paragraph before a table that is longer than this is text, not its caption


@dataclass(slots=True)
class Table:
    """A table that holds values. ``before`` is the heading or caption right above it, if there is one; ``chapters`` are
    the headings that it stands under, the innermost first."""

    grid: Grid
    block: Block
    title: str
    heading: str
    before: str
    chapters: tuple[str, ...] = ()


def data_tables(ctx: Context) -> Iterator[Table]:
    """The tables that hold values, in reading order; not lists of contents, attendance or signatures."""
    excluded = [(part.start, part.end) for part in ctx.document.with_role(*_NO_DATA)]
    titles = {part.title_span.start for part in ctx.document.walk() if part.title_span}  # headings without marks too
    heading = before = ""
    distance = 0
    under: list[tuple[int, str]] = []
    previous: Table | None = None
    for index in ctx.document.blocks:
        block = ctx.text.blocks[index]
        if block.kind == "table":
            table = None
            if not any(start <= block.start < end for start, end in excluded) and not _heads_page(ctx, block):
                grid = read_grid(ctx.text, block)
                table = _continued(ctx, previous, block, grid) if previous else None
                chapters = tuple(text for _, text in reversed(under))
                table = table or Table(grid, block, _title(grid, before, heading, distance), heading, before, chapters)
                if table.grid.lines and not any(_LEADERS.search(line.label) for line in table.grid.lines):
                    yield table
            previous = table
            before, distance = "", _NEAR  # what stands over a table is not the title of the next
            continue
        text = " ".join(ctx.text.of(block).split())
        previous = None
        distance += 1
        if block.kind == "heading" or block.start in titles:
            heading, before, distance = text, text, 0
            if block.level:
                under = [(level, above) for level, above in under if level < block.level] + [(block.level, text)]
        elif is_unit_only(text):
            before = f"{before} ({text.strip('()')})"
        else:
            before = text if _is_caption(block, text) else ""


def _heads_page(ctx: Context, block: Block) -> bool:
    """A running head in columns ("Kommunstyrelsen | 2024-05-07 | 3 (12)"): a day and a page are no values."""
    cells = [ctx.text.of(cell).strip() for row in block.rows[:3] for cell in row.cells]
    return len(block.rows) < 3 and any(_DAY.fullmatch(cell) for cell in cells) and any(map(_PAGE.fullmatch, cells))


def _continued(ctx: Context, previous: Table, block: Block, grid: Grid) -> Table | None:
    """A table without heads that follows another of as many columns at once: the rest of it, after a page break."""
    columns, width = (max((len(row.cells) for row in b.rows), default=0) for b in (previous.block, block))
    if grid.heads or grid.title or not previous.grid.heads or columns != width:
        return None
    rest = read_grid(ctx.text, block, previous.grid)
    return Table(rest, block, previous.title, previous.heading, previous.before, previous.chapters)


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
