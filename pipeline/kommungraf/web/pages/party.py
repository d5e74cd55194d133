"""What is shown of a party: who sat for it, in which years."""

from __future__ import annotations

from collections import Counter, defaultdict

from markupsafe import Markup

from kommungraf.web.drawing import charts
from kommungraf.web.drawing.svg import About
from kommungraf.web.parts.portraits import Cell, Portrait, Section, counted, table

PEOPLE = 150
SIDES = frozenset({"forParty", "forMunicipality"})
"""The properties by which somebody sits for somebody."""


def sections(made: Portrait) -> list[Section]:
    """The sections of a party's page."""
    return people(made)


def people(made: Portrait) -> list[Section]:
    """Who sat for a party by minutes and lists of members; those seen last first."""
    say = made.things.say
    meetings: Counter[str] = Counter()
    years: dict[str, set[str]] = defaultdict(set)
    for fact in made.entity.facts:
        if fact.kind == "Attendance" and fact.link in SIDES:
            who = fact.node.refs("kg:person")
            meetings.update(who)
        elif fact.kind == "Membership" and fact.link == "organization":
            who = fact.node.refs("org:member")
        else:
            continue
        for person in who:
            years[person] |= {day[:4] for day in (fact.when, fact.node.one("kg:lastSeen")) if day}
    order = sorted((one for one in years if years[one]), key=lambda one: (-int(max(years[one])), -meetings[one], one))
    rows = tuple(
        (
            made.link(person),
            Cell("–".join(dict.fromkeys((min(years[person]), max(years[person]))))),
            counted(meetings[person], made),
        )
        for person in order
    )
    columns = (say("Name"), say("Years"), say("Meetings"))
    lede = say.count(
        len(rows),
        "{n} person, as minutes and lists of members show.",
        "{n} people, as minutes and lists of members show.",
    )
    return table(Section("people", say("People"), columns, rows, lede, per_year(made, years)), PEOPLE)


def per_year(made: Portrait, years: dict[str, set[str]]) -> Markup | None:
    """How many people documents show in each year."""
    counts = Counter(year for of_person in years.values() for year in of_person)
    say = made.things.say
    about = About(
        "per-year",
        say("People per year"),
        say("How many people the documents of each year show for {name}.", name=made.entity.name),
    )
    bars = [charts.Bar(year, counts[year], say.number(counts[year])) for year in sorted(counts)]
    return charts.bars(about, bars, 60) if len(bars) > 1 else None
