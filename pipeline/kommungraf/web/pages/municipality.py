"""What is shown of a municipality or region: the organisation of its name, people and projects per year."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from kommungraf.languages import Words
from kommungraf.query.entity import Fact
from kommungraf.query.portrait import either
from kommungraf.web.drawing.svg import About, Key
from kommungraf.web.pages import organization
from kommungraf.web.pages.body import years_in
from kommungraf.web.pages.party import SIDES, per_year
from kommungraf.web.parts.by_year import Field, Line, by_year
from kommungraf.web.parts.municipal import organisations
from kommungraf.web.parts.overviews import about
from kommungraf.web.parts.portraits import Cell, Portrait, Section, counted, table

MEETINGS = 40


class Held(NamedTuple):
    """A row of ``held-meetings``."""

    date: str
    meeting: str
    body: str
    items: str


def sections(made: Portrait) -> list[Section]:
    """The sections of a municipality's page."""
    code = next(iter(made.entity.properties.get("kg:municipalityCode", [])), "")
    own = [section for iri in organisations(made.site, code) for section in _own(made, iri)]
    return [*own, *_people(made), *_projects(made), *organization.cases(made, made.entity.candidate.iri)]


def _own(made: Portrait, iri: str) -> list[Section]:
    """The organisation of its name: why it is shown here, its bodies, who sat in them, its meetings and cases."""
    say, link = made.things.say, made.link(iri)
    because = say(
        "{name} is an official form of the name {municipality} in the register of municipalities; nothing else put the "
        "two together.",
        name=link.text,
        municipality=made.entity.name,
    )
    bodies = organization.bodies_of(made, iri)
    return [
        Section("organisation", link.text, lede=because, more=Cell(say("All that is known of it"), link.href)),
        *organization.bodies(made, iri),
        *years_in(made, bodies, link.text),
        *_meetings(made, iri),
        *organization.cases(made, iri),
    ]


def _meetings(made: Portrait, iri: str) -> list[Section]:
    say, found = made.things.say, about(made.site, "held-meetings", Held, iri, 2000)
    rows = tuple(
        (Cell(row.date or "–", made.site.href(row.meeting)), made.link(row.body), counted(int(row.items), made))
        for row in found.rows
    )
    columns = (say("Date"), say("Body"), say("Items"))
    return table(Section("meetings", say("Meetings"), columns, rows, query=made.ask(found.sparql)), MEETINGS)


def _people(made: Portrait) -> list[Section]:
    """Who sat for it, by minutes and lists of members, in each year; those seen last first."""
    say = made.things.say
    seen: dict[str, dict[int, list[Fact]]] = defaultdict(lambda: defaultdict(list))
    for fact in made.entity.facts:
        for person, day in _sat(fact):
            if day:
                seen[person][int(day[:4])].append(fact)
    order = sorted(seen, key=lambda one: (-max(seen[one]), -sum(map(len, seen[one].values())), one))
    lines = [Line(one, made.link(one), {year: _seen(facts, say) for year, facts in seen[one].items()}) for one in order]
    graphic = per_year(made, {person: {str(year) for year in years} for person, years in seen.items()})
    lede = say.count(
        len(lines),
        "{n} person, as minutes and lists of members show.",
        "{n} people, as minutes and lists of members show.",
    )
    lede += " " + say("A number is that of the meetings attended in the year; a letter stands for a list of members.")
    what = About("people", say("People per year"), say("A row per person and a column per year."))
    return by_year(made, Section("people", say("People per year"), lede=lede, graphic=graphic), what, lines, ())


def _sat(fact: Fact) -> list[tuple[str, str]]:
    """Who a fact shows to have sat for a municipality, and when."""
    if fact.kind == "Attendance" and fact.link in SIDES:
        return [(person, fact.when) for person in fact.node.refs("kg:person")]
    if fact.kind == "Membership" and fact.link == "organization":
        days = dict.fromkeys((fact.when, fact.node.one("kg:lastSeen")))
        return [(person, day) for person in fact.node.refs("org:member") for day in days]
    return []


def _seen(facts: list[Fact], say: Words) -> Field:
    attended = [fact for fact in facts if fact.kind == "Attendance"]
    if not attended:
        return Field(say("letter of listed|L"), 1, say("in a list of members"), "listed", True, facts[0].node.iri)
    meetings = len({ref for fact in attended for ref in fact.node.refs("kg:meeting")} or attended)
    told = say.count(meetings, "{n} meeting", "{n} meetings")
    return Field(str(meetings), 0, told, "attended", True, attended[0].node.iri)


def _projects(made: Portrait) -> list[Section]:
    """Projects that it takes part in or pays for, by the years of their stated periods; else the years that tell it."""
    say, lines = made.things.say, {}
    for fact in made.entity.facts:
        if fact.kind == "Project" and fact.link in ("participant", "funder") and (years := _years_of(made, fact)):
            name = Cell(fact.node.one("foaf:name"), made.site.href(fact.node.iri), "sv")
            lines[fact.node.iri] = Line(fact.node.iri, name, years)
    order = sorted(lines.values(), key=lambda line: (-max(line.years), -min(line.years), line.name.text, line.iri))
    what = About(
        "projects",
        say("Projects per year"),
        say("A row per project and a column per year, with a letter in its years."),
    )
    lede = say(
        "The years of the period that documents state. In brackets: none is stated, documents of the year name it."
    )
    letter = say("letter of project|P")
    keys = [
        Key(0, say("period stated"), letter),
        Key(8, say("documents of the year name it"), f"({letter})"),
    ]
    return by_year(made, Section("projects", say("Projects per year"), lede=lede), what, order, keys)


def _years_of(made: Portrait, fact: Fact) -> dict[int, Field]:
    """The years of a project: those of its period, as far as it is stated."""
    say, node, nodes = made.things.say, fact.node, made.entity.nodes
    starts, stops = node.all("kg:validFrom"), node.all("kg:validTo")
    if starts or stops:
        ends = [int(day[:4]) for day in (*starts, *stops)]
        told = f"{either(starts, say) or '…'} – {either(stops, say) or '…'}"
        field = Field(say("letter of project|P"), 0, told, "period", True, node.iri)
        return dict.fromkeys(range(min(ends), max(ends) + 1), field)
    days = {nodes.date_of(quote) for quote in nodes.quotes(node.iri, made.entity.of)}
    field = Field(f"({say('letter of project|P')})", 8, say("documents of the year name it"), "named", False, node.iri)
    return dict.fromkeys((int(day[:4]) for day in days if day), field)
