"""What is shown of a body: who sits there over the years, meetings, decisions per year."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from kommungraf.query.telling import OUTCOMES
from kommungraf.web.drawing import charts
from kommungraf.web.drawing.svg import About, Key
from kommungraf.web.parts.by_year import by_year
from kommungraf.web.parts.overviews import about
from kommungraf.web.parts.portraits import Cell, Portrait, Section, counted, table
from kommungraf.web.parts.seats import change, newest_first, period, role_cell, seats_in, year_keys, years_of

MEMBERS = 150
MEETINGS = 40
OUTCOMES_TOLD = 7
"""Outcomes told apart in the graphic; the others are one."""


class Held(NamedTuple):
    """A row of ``body-meetings``."""

    date: str
    meeting: str
    place: str
    items: str
    decisions: str


class Decided(NamedTuple):
    """A row of ``body-outcomes``."""

    year: str
    outcome: str
    decisions: str


def sections(made: Portrait) -> list[Section]:
    """The sections of a body's page."""
    return [*members(made), *_decisions(made), *_meetings(made)]


def members(made: Portrait) -> list[Section]:
    """Who sat there in which years, and every seat, the newest first."""
    return [*years_in(made, [made.entity.candidate.iri], made.entity.name), *_seats(made)]


def years_in(made: Portrait, bodies: list[str], name: str) -> list[Section]:
    """Who sat in some bodies, which together have a name, in which years."""
    say = made.things.say
    lines = years_of(made, newest_first(seat for body in bodies for seat in seats_in(made, body)))
    told = say("A row per person, those with the newest seat first, and a column per year, with a letter for the role.")
    lede = say(
        "Each letter leads to what it rests on. In brackets: no text states the seat for that year, documents show it."
    )
    what = About("members", say("Members of {body} per year", body=name), told)
    section = Section("members", say("Members per year"), lede=lede)
    return by_year(made, section, what, lines, year_keys(lines, say))


def _seats(made: Portrait) -> list[Section]:
    say, seats = made.things.say, seats_in(made, made.entity.candidate.iri)
    rows = tuple(
        (
            made.link(seat.person) if seat.person else Cell(say("vacant")),
            role_cell(made, seat),
            Cell(", ".join(seat.node.all("kg:forMunicipality")), lang="sv"),
            period(seat),
            Cell(change(seat, say)),
        )
        for seat in seats
    )
    columns = (say("Name"), say("Role"), say("For"), say("Period"), say("Began and ended"))
    lede = say("Days in brackets are those on which documents show it; the others are stated by a text.")
    return table(Section("seats", say("Seats"), columns, rows, lede), MEMBERS)


def _decisions(made: Portrait) -> list[Section]:
    """Decisions per year and outcome."""
    say, found = made.things.say, about(made.site, "body-outcomes", Decided, made.entity.candidate.iri, 2000)
    totals: Counter[str] = Counter()
    per_year: dict[str, Counter[str]] = defaultdict(Counter)
    for row in found.rows:
        totals[row.outcome] += int(row.decisions)
        per_year[row.year][row.outcome] += int(row.decisions)
    told = [code for code, _ in totals.most_common(OUTCOMES_TOLD)]
    labels = [say(OUTCOMES.get(code, code)) for code in told]
    rest = [say("seat|other")] if len(totals) > len(told) else []
    years = sorted(per_year)
    stacks = [charts.Stack(year, _parts(per_year[year], told, bool(rest))) for year in years]
    legend = [Key(place, label) for place, label in enumerate([*labels, *rest])]
    what = About(
        "outcomes",
        say("Decisions of {body} per year", body=made.entity.name),
        say("A column per year, in parts by outcome."),
    )
    rows = tuple(
        (
            Cell(year),
            *(counted(part, made) for part in _parts(per_year[year], told, bool(rest))),
            counted(per_year[year].total(), made),
        )
        for year in reversed(years)
    )
    columns = (say("Year"), *labels, *rest, say("All"))
    graphic = charts.stacked_bars(what, legend, stacks) if stacks else None
    return table(Section("decided", say("Decisions per year"), columns, rows, "", graphic, made.ask(found.sparql)))


def _parts(of_year: Counter[str], told: list[str], rest: bool) -> tuple[int, ...]:
    parts = [of_year[code] for code in told]
    return (*parts, of_year.total() - sum(parts)) if rest else tuple(parts)


def _meetings(made: Portrait) -> list[Section]:
    say, found = made.things.say, about(made.site, "body-meetings", Held, made.entity.candidate.iri, 2000)
    rows = tuple(
        (
            Cell(row.date or "–", made.site.href(row.meeting)),
            Cell(row.place, lang="sv"),
            counted(int(row.items), made),
            counted(int(row.decisions), made),
        )
        for row in found.rows
    )
    columns = (say("Date"), say("Place"), say("Items"), say("Decisions"))
    lede = say.count(
        len(rows),
        "{n} meeting of which a notice or minutes are held.",
        "{n} meetings of which a notice or minutes are held.",
    )
    return table(Section("meetings", say("Meetings"), columns, rows, lede, query=made.ask(found.sparql)), MEETINGS)
