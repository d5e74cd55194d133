"""What is shown of an organisation, network or area: its bodies, offices, cases, projects, and what is part of it."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import NamedNode

from kommungraf.query.portrait import either, state_word
from kommungraf.web.pages.body import members
from kommungraf.web.parts.municipal import municipality_of
from kommungraf.web.parts.overviews import about
from kommungraf.web.parts.portraits import Cell, Portrait, Section, table

CASES = 50


class HeldCase(NamedTuple):
    """A row of ``held-cases``."""

    case: str
    number: str
    title: str
    state: str
    since: str


def sections(made: Portrait) -> list[Section]:
    """The sections of an organisation's page."""
    iri = made.entity.candidate.iri
    if municipality := municipality_of(made.site, made.entity.name):
        made.facts.append((made.things.say("Municipality"), [made.link(municipality)]))
    return [*bodies(made, iri), *members(made), *projects(made), *cases(made, iri)]


def bodies_of(made: Portrait, iri: str) -> list[str]:
    """The bodies that are a part of an organisation."""
    return [one.value for one in made.site.look.subjects("org:unitOf", NamedNode(iri))]


def bodies(made: Portrait, iri: str) -> list[Section]:
    """Bodies that are a part of an organisation, as a section."""
    say = made.things.say
    rows = tuple((made.link(one),) for one in bodies_of(made, iri))
    return table(Section("bodies", say("Bodies"), (say("Name"),), tuple(sorted(rows, key=lambda row: row[0].text))))


def projects(made: Portrait) -> list[Section]:
    """Projects that it takes part in or pays for, with their stated periods, the newest first."""
    say = made.things.say
    rows = []
    for fact in made.entity.facts:
        if fact.kind == "Project" and fact.link in ("participant", "funder"):
            node = fact.node
            role = say("takes part") if fact.link == "participant" else say("pays")
            start, stop = either(node.all("kg:validFrom"), say), either(node.all("kg:validTo"), say)
            name = Cell(node.one("foaf:name"), made.site.href(node.iri), "sv")
            rows.append((name, Cell(role), Cell(f"{start or '…'} – {stop or '…'}" if start or stop else "")))
    rows.sort(key=lambda row: (row[2].text, row[0].text), reverse=True)
    columns = (say("Name"), say("Role"), say("Period"))
    return table(Section("projects", say("Projects"), columns, tuple(rows)))


def cases(made: Portrait, iri: str) -> list[Section]:
    """Cases that an organisation holds."""
    say, found = made.things.say, about(made.site, "held-cases", HeldCase, iri, 2000)
    rows = tuple(
        (
            Cell(row.number, made.site.href(row.case), "sv"),
            Cell(row.title, lang="sv"),
            Cell(state_word(row.state, say)),
            Cell(row.since, time=True),
        )
        for row in found.rows
    )
    columns = (say("Diary number"), say("Title"), say("State"), say("In this state since"))
    return table(Section("cases", say("Cases"), columns, rows, query=made.ask(found.sparql)), CASES)
