"""The presence matrix: in which years documents name something, in which they are silent, of which none are held."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from kommungraf.languages import Words, messages
from kommungraf.query.kinds import kind_word
from kommungraf.query.lookup import local
from kommungraf.web.drawing.charts import Cell, Row, matrix
from kommungraf.web.drawing.svg import About, Key
from kommungraf.web.parts import overviews
from kommungraf.web.parts.overviews import Answer, Filter, Part
from kommungraf.web.parts.tables import csv_page
from kommungraf.web.site import Page, PageRequest, Site

PER_PAGE = 100
"""Things on a page."""
_FIRST_SHOWN = "Project"
"""The kind that is shown when none is chosen, if the graph has any."""

NAMES = messages(
    {
        "new": "presence|new",
        "again": "presence|named again",
        "resumed": "presence|named again after silence",
        "silent": "presence|silent",
        "noDocuments": "presence|no documents held",
        "ended": "presence|ended, as a text says",
    }
)
LETTERS = messages(
    {
        "new": "letter of new|N",
        "again": "letter of again|A",
        "resumed": "letter of resumed|R",
        "silent": "letter of silent|S",
        "noDocuments": "letter of no documents|–",
        "ended": "letter of ended|E",
    }
)
STYLES = {"new": 0, "again": 1, "resumed": 2, "silent": 8, "noDocuments": 9, "ended": 6}


class Kind(NamedTuple):
    """A class and how many things of it there are."""

    kind: str
    entities: str


class Count(NamedTuple):
    """How many things of a class are in a state in a year."""

    year: str
    presence: str
    entities: str


class State(NamedTuple):
    """What the documents of a year say of a thing."""

    entity: str
    name: str
    year: str
    presence: str
    score: str
    because: str
    passage: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing with what is known of each year."""

    entity: str
    name: str
    years: dict[str, State]

    @property
    def first(self) -> str:
        """The first year in which it is named."""
        return min((year for year, state in self.years.items() if state.presence == "new"), default=min(self.years))


def page(site: Site, request: PageRequest) -> Page:
    """The matrix of one kind of things, or of those in one state in one year."""
    words = site.words(request.language)
    kinds = kinds_of(site)
    filters, answer = _filters(site, request, words, kinds)
    things = _wanted(things_of(answer) if answer else [], filters)
    kind = overviews.chosen(filters, "kind")
    if request.form == "csv":
        return _csv(kind, things)
    part = overviews.part(request, things, PER_PAGE)
    years = sorted({year for thing in things for year in thing.years})
    said = kind_word(kind, words) if kind else ""
    graphic = matrix(
        _about(words, said, part), years, [_row(site, words, thing, years) for thing in part.rows], _keys(words)
    )
    return site.render(
        "presence.html", request, filters=filters, answer=answer, part=part, years=years, graphic=graphic, kind=said,
        names=NAMES, letters=LETTERS,
    )  # fmt: skip


def kinds_of(site: Site) -> dict[str, str]:
    """The classes whose things have a presence: IRI by the last part of it, the most numerous first."""
    rows = overviews.answer(site, "kinds", Kind).rows
    return {local(row.kind): row.kind for row in sorted(rows, key=lambda row: (-int(row.entities), row.kind))}


def number_of(site: Site, kind: str) -> int:
    """How many things of a class (the last part of its IRI) have a presence."""
    rows = overviews.answer(site, "kinds", Kind).rows
    return sum(int(row.entities) for row in rows if local(row.kind) == kind)


def counts(site: Site, kind: str) -> list[Count]:
    """The things of a class, by its IRI, per year and state."""
    return overviews.answer(site, "presence-counts", Count, {"class": kind}).rows


def first_kind(kinds: dict[str, str]) -> str:
    """The kind that is shown when none is chosen."""
    return _FIRST_SHOWN if _FIRST_SHOWN in kinds else next(iter(kinds), "")


def _filters(
    site: Site, request: PageRequest, words: Words, kinds: dict[str, str]
) -> tuple[list[Filter], Answer[State] | None]:
    named = {kind: kind_word(kind, words) for kind in kinds}
    kind = overviews.chooser(request, "kind", words("Kind"), named, default=first_kind(kinds))
    answer = states(site, kinds[overviews.chosen([kind], "kind")]) if kinds else None
    years = overviews.year_options(state.year for state in answer.rows) if answer else {}
    names = {code: words(name) for code, name in NAMES.items()}
    return [
        kind,
        overviews.chooser(request, "state", words("State"), names, words("all states")),
        overviews.chooser(request, "year", words("In the year"), years, words("any year")),
        Filter("q", words("Name holds"), value=request.get("q")),
    ], answer


def states(site: Site, kind: str) -> Answer[State]:
    """All states of the things of a class, by its IRI."""
    return overviews.answer(site, "presence", State, {"class": kind})


def things_of(answer: Answer[State]) -> list[Thing]:
    """Things in the order of the year in which they are first named, then by name."""
    years: dict[str, dict[str, State]] = defaultdict(dict)
    for row in answer.rows:
        known = years[row.entity].setdefault(row.year, row)
        if row < known:
            years[row.entity][row.year] = row
    things = [Thing(entity, min(state.name for state in known.values()), known) for entity, known in years.items()]
    return sorted(things, key=lambda thing: (thing.first, thing.name.casefold(), thing.entity))


def _wanted(things: list[Thing], filters: list[Filter]) -> list[Thing]:
    state, year, text = (overviews.chosen(filters, name) for name in ("state", "year", "q"))
    return [
        thing
        for thing in things
        if overviews.holds(text, thing.name)
        and any(state in ("", known.presence) and year in ("", known.year) for known in thing.years.values())
    ]


def _about(words: Words, kind: str, part: Part[Thing]) -> About:
    described = words(
        "{n} things in rows, years in columns; each field has a letter for the state of that year. The same stands in "
        "the table below.",
        n=len(part.rows),
    )
    return About("presence", words("Presence through the years: {kind}", kind=kind), described)


def _keys(words: Words) -> list[Key]:
    return [Key(STYLES[code], words(name), words(LETTERS[code])) for code, name in NAMES.items()]


def _row(site: Site, words: Words, thing: Thing, years: list[str]) -> Row:
    cells = [_cell(site, words, thing.years[year]) if year in thing.years else None for year in years]
    return Row(thing.name, tuple(cells), site.href(thing.entity))


def _cell(site: Site, words: Words, state: State) -> Cell:
    code = state.presence
    return Cell(words(LETTERS[code]), STYLES[code], words(NAMES[code]), site.href(state.passage))


def _csv(kind: str, things: list[Thing]) -> Page:
    columns = ["entity", "name", "kind", "year", "presence", "score", "because", "evidence"]
    rows = (
        [state.entity, thing.name, kind, year, state.presence, state.score, state.because, state.passage]
        for thing in things
        for year, state in sorted(thing.years.items())
    )
    return csv_page("presence", columns, rows)
