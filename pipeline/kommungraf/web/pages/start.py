"""The start page: what the graph holds, a search, and ways into it that are made from the graph itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kommungraf.languages import Words, messages
from kommungraf.query.lookup import local
from kommungraf.query.nodes import Nodes, document_label
from kommungraf.text import cut
from kommungraf.web.parts.overviews import answer
from kommungraf.web.site import Page, PageRequest, Site


class Kind(NamedTuple):
    """A row of ``start-kinds``."""

    kind: str
    things: str


class Years(NamedTuple):
    """The row of ``start-years``."""

    first: str
    last: str


class Entrance(NamedTuple):
    """A row of the queries behind the ways in: a thing, its name, and what ranks it."""

    thing: str
    name: str
    rank: str


@dataclass(frozen=True, slots=True)
class Way:
    """A way into the graph: its title, why these stand in it, links with a word beside each, where there is more."""

    key: str
    title: str
    lede: str
    links: list[tuple[str, str, str]]
    more: str = ""
    more_words: str = ""


_NUMBERS = messages(
    {
        "Document": "documents",
        "Meeting": "meetings",
        "Decision": "decisions",
        "Person": "people",
        "Case": "cases",
        "Project": "projects",
        "Municipality": "municipalities",
        "PlannedActivity": "plans and goals",
        "ReportedResult": "reported results",
        "Observation": "figures in tables",
        "Passage": "quoted lines",
    }
)
_WAYS = messages(
    {
        "start-people": "Most named people",
        "start-lineage": "Projects with a history",
        "start-open": "Waiting for an answer",
        "start-newest": "Newest documents",
        "start-silent": "Promised, and not a word of it",
        "start-contradictions": "Cannot both be right",
    }
)
_LEDES = messages(
    {
        "start-people": "Who is named in most documents.",
        "start-lineage": "What was renamed, continued, parted or ended.",
        "start-open": "Matters without news for the longest time, as far as the documents tell.",
        "start-newest": "By the day on which they were issued.",
        "start-silent": "Planned for a year whose report is held and says nothing of it.",
        "start-contradictions": "Statements of two documents that do not agree.",
    }
)
_MORE = {"start-silent": "/oversikt/loften", "start-contradictions": "/oversikt/motsagelser"}
_LONGEST = 90
_LINKS = 100
"""More than any way has."""


def page(site: Site, request: PageRequest) -> Page:
    """The start page."""
    say = site.words(request.language)
    counts = {local(row.kind): int(row.things) for row in answer(site, "start-kinds", Kind).rows}
    years = answer(site, "start-years", Years).rows[0]
    return site.render(
        "start.html",
        request,
        numbers=[(say(word), say.number(counts[kind])) for kind, word in _NUMBERS.items() if counts.get(kind)],
        years=years if years.first else None,
        ways=[way for name in _WAYS if (way := _way(site, say, name)).links],
        documents=counts.get("Document", 0),
    )


def _way(site: Site, say: Words, name: str) -> Way:
    rows, nodes = answer(site, name, Entrance, most=_LINKS).rows, Nodes.of(site.look)
    links = [
        (
            site.href(row.thing),
            cut(document_label(nodes[row.thing]) if name == "start-newest" else " ".join(row.name.split()), _LONGEST),
            _beside(say, name, row.rank),
        )
        for row in rows
    ]
    more = _MORE.get(name, "")
    return Way(name, say(_WAYS[name]), say(_LEDES[name]), links, more, say("All of them") if more else "")


def _beside(say: Words, name: str, count: str) -> str:
    """What stands beside a link: how many documents, since when, for which year."""
    if name == "start-people":
        return say.count(int(count), "{n} document", "{n} documents")
    if name in ("start-lineage", "start-contradictions"):
        return ""
    return say("since {day}", day=count) if name == "start-open" else count
