"""Things by year on the page of an entity: a row per thing, a column per year, with a letter that says what was so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kommungraf.web.drawing import charts
from kommungraf.web.drawing.svg import About, Key
from kommungraf.web.parts.portraits import Cell, Portrait, Section

DRAWN = 25
"""Rows of the graphic."""
SHOWN = 25
"""Rows of the table that are shown at once."""
FOLDED = 100
"""Rows of the table that can be unfolded; all of them are in the data."""
COLUMNS = ("thing", "name", "year", "what", "stated", "statement")


@dataclass(frozen=True, slots=True)
class Field:
    """What was so of a thing in a year.

    ``letter`` stands in the field, ``text`` says it in words; ``code`` and ``stated`` (by a text) are for programs;
    ``iri`` is the statement.
    """

    letter: str
    style: int
    text: str
    code: str
    stated: bool
    iri: str


@dataclass(frozen=True, slots=True)
class Line:
    """A thing with what was so in its years."""

    iri: str
    name: Cell
    years: dict[int, Field]


def by_year(made: Portrait, section: Section, what: About, lines: Sequence[Line], keys: Sequence[Key]) -> list[Section]:
    """A section with the graphic (unless it has one), the table and the data of things by year."""
    years = sorted({year for line in lines for year in line.years})
    if not years:
        return []
    rows = tuple((line.name, *(_cell(made, line.years.get(year)) for year in years)) for line in lines)
    drawn = [_drawn(made, line, years) for line in lines[:DRAWN]]
    graphic = section.graphic or charts.matrix(what, [*map(str, years)], drawn, keys)
    return [
        replace(
            section,
            columns=(made.things.say("Name"), *map(str, years)),
            rows=rows[:SHOWN],
            folded=rows[SHOWN:FOLDED],
            unshown=max(0, len(rows) - FOLDED),
            graphic=graphic,
            data=(COLUMNS, tuple(row for line in lines for row in _data(line))),
        )
    ]


def _cell(made: Portrait, field: Field | None) -> Cell:
    return Cell(field.letter, made.site.href(field.iri), said=field.text) if field else Cell("")


def _drawn(made: Portrait, line: Line, years: Sequence[int]) -> charts.Row:
    fields = [line.years.get(year) for year in years]
    cells = tuple(
        charts.Cell(one.letter, one.style, one.text, made.site.href(one.iri)) if one else None for one in fields
    )
    return charts.Row(line.name.text, cells, line.name.href)


def _data(line: Line) -> list[tuple[str, ...]]:
    return [
        (line.iri, line.name.text, str(year), field.code, str(field.stated).lower(), field.iri)
        for year, field in sorted(line.years.items())
    ]
