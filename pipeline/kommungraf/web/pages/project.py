"""What is shown of a project: its lineage, its money year by year, and what was planned and done each year."""

from __future__ import annotations

from collections import defaultdict

from pyoxigraph import NamedNode

from kommungraf.query.kinds import entry_word
from kommungraf.query.portrait import money
from kommungraf.query.telling import tell
from kommungraf.text import cut
from kommungraf.web.drawing.lineage import Kin, Step, columns, lineage
from kommungraf.web.drawing.svg import About
from kommungraf.web.pages.promises import NAMES
from kommungraf.web.parts.portraits import Cell, Portrait, Section, portrait, show, table
from kommungraf.web.site import Page, PageRequest, Site

_FURTHEST = 40
"""Things of one lineage that are drawn."""


def page(site: Site, request: PageRequest) -> Page:
    """The page of a project."""
    made = portrait(site, request, site.iri(request.path), "Project")
    made.sections = [*_lineage(made), *_status(made), *_money(made)]
    return show(made)


def _lineage(made: Portrait) -> list[Section]:
    """What it came from and became, all the way, drawn and as a table."""
    steps = _steps(made)
    if not steps:
        return []
    say, look = made.things.say, made.site.look
    own = made.entity.candidate.iri
    keys = list(dict.fromkeys([own, *(key for step in steps for key in (step[1], step[2]) if key)]))
    drawn = [Step(before, after, entry_word(kind, say), when) for _, before, after, kind, when in steps]
    at = columns(keys, drawn, own)
    kin = [
        Kin(key, look.name(NamedNode(key)), _period(made, key), made.site.href(key), at[key], key == own)
        for key in sorted(keys, key=lambda key: (at[key], look.name(NamedNode(key))))
    ]
    about = About("lineage-chart", say("What it came from and what it became"), say("The table below says the same."))
    rows = tuple(
        (
            made.link(before),
            Cell(entry_word(kind, say), made.site.href(iri)),
            made.link(after) if after else Cell(""),
            Cell(when, time=True),
        )
        for iri, before, after, kind, when in steps
    )
    names = (say("From"), say("What happened"), say("To"), say("Date"))
    return [Section("lineage", say("Lineage"), names, rows, graphic=lineage(about, kin, drawn))]


def _steps(made: Portrait) -> list[tuple[str, str, str, str, str]]:
    """Successions around a project, as far as they go: their IRI, from, to, how, when."""
    look, nodes = made.site.look, made.entity.nodes
    found: dict[str, tuple[str, str, str, str, str]] = {}
    seen: set[str] = set()
    fresh = [made.entity.candidate.iri]
    while fresh and len(seen) < _FURTHEST:
        one = fresh.pop(0)
        seen.add(one)
        for link in ("kg:predecessor", "kg:successor"):
            for succession in look.subjects(link, NamedNode(one)):
                node = nodes[succession.value]
                for before in node.refs("kg:predecessor"):
                    for after in node.refs("kg:successor") or [""]:
                        key = f"{succession.value} {before} {after}"
                        when = node.one("kg:effective")
                        found[key] = (succession.value, before, after, node.one("kg:successionKind"), when)
                        fresh += [near for near in (before, after) if near and near not in seen]
    kept = [step for step in found.values() if step[1] in seen and (not step[2] or step[2] in seen)]
    return sorted(kept, key=lambda step: (step[4], step[1], step[2]))


def _period(made: Portrait, iri: str) -> str:
    node = made.entity.nodes[iri]
    starts, stops = node.all("kg:validFrom"), node.all("kg:validTo")
    return f"{starts[0] if starts else '…'} – {stops[-1] if stops else '…'}" if starts or stops else ""


_STATUS = ("PlannedActivity", "ReportedResult", "Decision")
"""What tells how a project goes, in the order within a year."""


def _status(made: Portrait) -> list[Section]:
    """What was planned and reported of it, year by year."""
    say = made.things.say
    facts = [fact for fact in made.entity.facts if fact.kind in _STATUS]
    rows = []
    for fact in sorted(facts, key=lambda fact: (fact.when[:4], _STATUS.index(fact.kind), fact.node.iri)):
        telling, quote = tell(fact, made.entity), fact.quotes[0] if fact.quotes else None
        rows.append(
            (
                Cell(fact.when[:4] or say("undated")),
                Cell(entry_word(telling.kind, say), made.site.href(fact.node.iri)),
                Cell(
                    cut(" ".join((quote.text if quote else fact.node.one("kg:text")).split()), 240),
                    made.site.href(quote.passage) if quote else "",
                    "sv",
                ),
                Cell(say(NAMES[follow]) if (follow := fact.node.one("kg:followUp")) in NAMES else ""),
            )
        )
    names = (say("Year"), say("Kind"), say("What"), say("Became of it"))
    return table(Section("status", say("Planned, decided and reported"), names, tuple(rows)))


def _money(made: Portrait) -> list[Section]:
    """Sums of money of which it is the scope, year by year, as tables and texts print them."""
    say, nodes = made.things.say, made.entity.nodes
    years: dict[str, list[tuple[Cell, ...]]] = defaultdict(list)
    for one in made.site.look.subjects("kg:scope", made.node):
        node = nodes[one.value]
        if node.one("kg:unit") != "SEK":
            continue
        quotes = nodes.quotes(one.value)
        years[node.one("kg:fiscalYear")].append(
            (
                Cell(node.one("kg:fiscalYear") or say("undated")),
                Cell(node.one("kg:lineItem"), made.site.href(quotes[0].passage) if quotes else "", "sv"),
                Cell(", ".join(link.name for link in made.things.links(node, "kg:phase"))),
                Cell(money(node.one("kg:value")), num=True),
                Cell(quotes[0].document if quotes else "", lang="sv"),
            )
        )
    rows = tuple(row for year in sorted(years) for row in sorted(years[year], key=lambda row: row[1].text))
    names = (say("Year"), say("What"), say("Phase"), say("Amount"), say("Document"))
    return table(Section("money", say("Money"), names, rows))
