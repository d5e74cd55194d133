"""What is shown of an organisation, network or area: its bodies, offices, cases, projects, and what is part of it."""

from __future__ import annotations

from typing import NamedTuple

from kommungraf.query.portrait import either, state_word
from kommungraf.web.pages.body import members
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
    return [*bodies(made), *members(made), *projects(made), *cases(made)]


def bodies(made: Portrait) -> list[Section]:
    """Bodies that are a part of it."""
    say, look = made.things.say, made.site.look
    rows = tuple((made.link(one.value),) for one in look.subjects("org:unitOf", made.node))
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


def cases(made: Portrait) -> list[Section]:
    """Cases that it holds."""
    say, found = made.things.say, about(made.site, "held-cases", HeldCase, made.entity.candidate.iri, 2000)
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
