"""What is shown of a person: posts over the years, sides, who sat there at the same time, decisions, spellings."""

from __future__ import annotations

from collections import defaultdict
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from kommungraf.query.entity import Fact
from kommungraf.query.lookup import local
from kommungraf.query.telling import outcome_of
from kommungraf.query.telling_conclusions import post
from kommungraf.text import cut
from kommungraf.web.drawing import charts
from kommungraf.web.drawing.svg import About
from kommungraf.web.parts.overviews import data_query, declared
from kommungraf.web.parts.portraits import Cell, Portrait, Section, counted, table
from kommungraf.web.parts.seats import Seat, change, keys, newest_first, period, role_cell, seat_of, seats_in, span

BARS = 30
"""Posts drawn; the table has all that it can bear."""
COMEMBERS = 25
DECISIONS = 15
_MEETINGS = 6
"""The newest meetings in which decisions are looked for."""


def sections(made: Portrait) -> list[Section]:
    """The sections of a person's page."""
    held = [seat_of(fact.node.iri, fact.node) for fact in made.entity.facts if _is(fact, "Tenure", "person")]
    seats = newest_first(held)
    return [*_career(made, seats), *_sides(made), *_comembers(made, seats), *_decisions(made), *_spellings(made)]


def _is(fact: Fact, kind: str, link: str) -> bool:
    return fact.kind == kind and fact.link == link


def _career(made: Portrait, seats: list[Seat]) -> list[Section]:
    say = made.things.say
    drawn = [seat for seat in reversed(seats) if seat.first][-BARS:]
    bars = [span(seat, _in_body(made, seat), made.site.href(seat.iri), say) for seat in drawn]
    told = say("A bar per post. An end that is drawn open is one that no document states.")
    about = About("career", say("Posts of {name} over the years", name=made.entity.name), told)
    rows = tuple(
        (
            made.link(seat.body) if seat.body else Cell("–"),
            role_cell(made, seat),
            period(seat),
            Cell(change(seat, say)),
            Cell(seat.node.one("kg:score") and say.share(float(seat.node.one("kg:score"))), num=True),
        )
        for seat in seats
    )
    columns = (say("Body"), say("Role"), say("Period"), say("Began and ended"), say("Certainty"))
    graphic = charts.spans(about, bars, keys(drawn, say)) if bars else None
    lede = say("Days in brackets are those on which documents show it; the others are stated by a text.")
    return table(Section("career", say("Career"), columns, rows, lede, graphic))


def _in_body(made: Portrait, seat: Seat) -> str:
    return made.things.say("{role} in {body}", role=post(seat.node, made.things.say), body=seat.node.one("kg:inBody"))


def _sides(made: Portrait) -> list[Section]:
    """Parties and municipalities that the person stands for, by minutes and lists of members."""
    say = made.things.say
    seen: dict[str, set[str]] = defaultdict(set)
    for fact in made.entity.facts:
        node = fact.node
        sides = node.refs("kg:forParty") + node.refs("kg:forMunicipality") if _is(fact, "Attendance", "person") else []
        if _is(fact, "Membership", "member") and node.one("org:role") == "partimedlem":
            sides = node.refs("org:organization")
        for side in sides:
            seen[side] |= {day[:4] for day in (fact.when, node.one("kg:lastSeen")) if day}
    rows = tuple(
        (made.link(side), made.kind(side), Cell("–".join(dict.fromkeys((min(years), max(years))))))
        for side, years in sorted(seen.items(), key=lambda entry: (local(entry[0]), entry[0]))
        if years
    )
    return table(Section("sides", say("Parties and municipalities"), (say("Name"), say("Kind"), say("Years")), rows))


def _comembers(made: Portrait, seats: list[Seat]) -> list[Section]:
    """Who sat in the same bodies at the same time, the longest first."""
    say, own = made.things.say, made.entity.candidate.iri
    shared: dict[str, set[int]] = defaultdict(set)
    bodies: dict[str, set[str]] = defaultdict(set)
    for seat in seats:
        for other in seats_in(made, seat.body) if seat.body else ():
            years = seat.meets(other)
            if years and other.person and other.person not in (own, *made.entity.names):
                shared[other.person] |= set(range(years[0], years[1] + 1))
                bodies[other.person].add(seat.node.one("kg:inBody"))
    order = sorted(shared, key=lambda person: (-len(shared[person]), person))
    rows = tuple(
        (
            made.link(person),
            Cell(", ".join(sorted(bodies[person])), lang="sv"),
            Cell("–".join(dict.fromkeys((str(min(shared[person])), str(max(shared[person])))))),
            counted(len(shared[person]), made),
        )
        for person in order[:COMEMBERS]
    )
    lede = say.count(
        len(order),
        "{n} person sat in the same body in the same year.",
        "{n} people sat in the same body in the same year.",
    )
    columns = (say("Name"), say("Body"), say("Years"), say("Number of years"))
    return table(Section("together", say("Sat together with"), columns, rows, lede))


def _decisions(made: Portrait) -> list[Section]:
    """The newest decisions of the meetings that the person attended."""
    say, look, nodes = made.things.say, made.site.look, made.entity.nodes
    attended = {
        ref: fact.when
        for fact in made.entity.facts
        if _is(fact, "Attendance", "person")
        for ref in fact.node.refs("kg:meeting")
    }
    newest = sorted(attended, key=lambda meeting: (attended[meeting], meeting), reverse=True)[:_MEETINGS]
    rows: list[tuple[Cell, ...]] = []
    for meeting in newest:
        items = [one for one in look.subjects("kg:meeting", NamedNode(meeting)) if "AgendaItem" in look.classes(one)]
        for decision in (one for item in items for one in look.subjects("kg:agendaItem", item)):
            if len(rows) < DECISIONS and "Decision" in look.classes(decision):
                node = nodes[decision.value]
                what = Cell(cut(node.one("kg:text"), 160), made.site.href(decision.value), "sv")
                rows.append((Cell(attended[meeting], time=True), what, Cell(outcome_of(node, say))))
    lede = say.count(
        len(attended),
        "Minutes show {n} meeting that the person attended. That somebody was there does not say how they voted.",
        "Minutes show {n} meetings that the person attended. That somebody was there does not say how they voted.",
    )
    query = declared(data_query("person-decisions").bind({"iri": made.entity.candidate.iri}))
    columns = (say("Date"), say("Decision"), say("Outcome"))
    search = Cell(say("Search for the name"), "/sok?" + urlencode({"q": made.entity.name}))
    return table(
        Section(
            "decisions",
            say("Decisions at meetings attended"),
            columns,
            tuple(rows),
            lede,
            query=made.ask(query),
            more=search,
        )
    )


def _spellings(made: Portrait) -> list[Section]:
    """What was joined into the person, and why."""
    say, look = made.things.say, made.site.look
    rows: list[tuple[Cell, ...]] = []
    for join in look.subjects("kg:entity", made.node):
        node = made.entity.nodes[join.value]
        for joined in node.refs("kg:joined") if "Join" in look.classes(join) else ():
            name = local(joined) if joined.startswith(made.site.base) else joined
            score = say.share(float(node.one("kg:score")))
            rows.append(
                (Cell(name, made.site.href(join.value)), Cell(node.one("kg:because"), lang="en"), Cell(score, num=True))
            )
    columns = (say("Joined"), say("Reason"), say("Certainty"))
    lede = say("Why names in several documents are taken as one person.")
    return table(
        Section(
            "spellings",
            say("Spellings and why they are one"),
            columns,
            tuple(sorted(rows, key=lambda row: row[0].text)),
            lede,
        ),
        most=30,
    )
