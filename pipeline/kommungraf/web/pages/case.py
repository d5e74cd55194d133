"""What is shown of a case: the thread from the first paper to the answer, how long it took, its documents."""

from __future__ import annotations

from datetime import date

from kommungraf.query.entity import Fact
from kommungraf.query.kinds import entry_word
from kommungraf.query.telling import outcome_of, tell, where
from kommungraf.text import cut
from kommungraf.web.parts.portraits import Cell, Portrait, Section, table

STEPS = 200
_RANKS = {
    "Motion": 0,
    "Document": 1,
    "AgendaItem": 2,
    "Proposal": 3,
    "Vote": 4,
    "Decision": 5,
    "ReportedDecision": 6,
    "Reservation": 7,
}
"""What is a step of a case, in the order of a meeting."""
_CLOSED = frozenset({"answered", "decided", "withdrawn"})
_DAY = len("2024-02-28")


def sections(made: Portrait) -> list[Section]:
    """The sections of a case's page."""
    steps = sorted(_steps(made), key=lambda fact: _place(made, fact))
    return [*_thread(made, steps), *_documents(made)]


def _steps(made: Portrait) -> list[Fact]:
    """Each step once; a decision that is told afterwards only where its minutes are not held."""
    seen: set[str] = set()
    steps = []
    for fact in made.entity.facts:
        told_again = fact.kind == "ReportedDecision" and (fact.node.refs("kg:minutes") or fact.node.refs("kg:retells"))
        if fact.kind in _RANKS and fact.link != "around" and fact.node.iri not in seen and not told_again:
            seen.add(fact.node.iri)
            steps.append(fact)
    return steps


def _place(made: Portrait, fact: Fact) -> tuple[object, ...]:
    """The day, then the § of the meeting, then the order of a meeting."""
    node, day = fact.node, when(fact)
    start = fact.quotes[0].start if fact.quotes else 0
    items = [made.entity.nodes[ref] for ref in node.refs("kg:agendaItem")]
    number = next((one.one("kg:number") for one in [node, *items] if one.one("kg:number")), "0")
    ordinal = int(node.one("kg:ordinal") or 0)
    return day == "", day, number.zfill(5), _RANKS[fact.kind], ordinal, start, node.iri


def when(fact: Fact) -> str:
    """The day of a step; of a paper that on which it was written, not only the year that it is about."""
    issued = fact.node.one("dcterms:issued") if fact.kind == "Document" else ""
    return issued if len(issued) > len(fact.when) else fact.when


def _thread(made: Portrait, steps: list[Fact]) -> list[Section]:
    say = made.things.say
    rows = tuple(
        (
            Cell(when(fact), time=True) if when(fact) else Cell(say("undated")),
            Cell(entry_word(tell(fact, made.entity).kind, say), made.site.href(fact.node.iri)),
            _where(made, fact),
            Cell(cut(_what(fact), 260), made.site.href(fact.quotes[0].passage) if fact.quotes else "", "sv"),
            Cell(outcome_of(fact.node, say) if fact.node.one("kg:outcome") else ""),
        )
        for fact in steps
    )
    columns = (say("Date"), say("Step"), say("Where"), say("What"), say("Outcome"))
    return table(
        Section("thread", say("From the first paper to the answer"), columns, rows, _duration(made, steps)), STEPS
    )


def _where(made: Portrait, fact: Fact) -> Cell:
    by = ", ".join(fact.node.all("dcterms:creator"))
    return Cell(by or where(fact.node, made.entity.nodes), lang="sv")


def _what(fact: Fact) -> str:
    node = fact.node
    counts = "–".join(part for part in (node.one("kg:yes"), node.one("kg:no")) if part)
    if fact.kind in ("Motion", "AgendaItem", "Document"):
        return node.one("dcterms:title") or node.one("kg:text")
    return node.one("kg:text") or counts or (fact.quotes[0].text if fact.quotes else "")


def _duration(made: Portrait, steps: list[Fact]) -> str:
    """How long the case took, or since when it is open."""
    say, told = made.things.say, made.entity.properties
    days = [day for fact in steps if len(day := when(fact)) == _DAY]
    states, since = told.get("kg:state", []), told.get("kg:stateSince", [])
    if not days or not states:
        return ""
    if states[0] in _CLOSED and since and len(since[0]) == _DAY:
        took = (date.fromisoformat(since[0]) - date.fromisoformat(days[0])).days
        if took >= 0:
            return say.count(
                took, "It took {n} day from the first paper held.", "It took {n} days from the first paper held."
            )
    if states[0] == "open":
        return say("Open since {day}, as far as the documents held tell.", day=days[0])
    return ""


def _documents(made: Portrait) -> list[Section]:
    say, nodes = made.things.say, made.entity.nodes
    quotes = {quote.document_iri: quote for fact in reversed(made.entity.facts) for quote in reversed(fact.quotes)}
    rows = tuple(
        (
            Cell(quote.document, made.site.href(iri), "sv"),
            Cell(nodes[iri].one("dcterms:issued") or nodes[iri].one("kg:year"), time=True),
            Cell(nodes[iri].one("dcterms:publisher"), lang="sv"),
        )
        for iri, quote in sorted(quotes.items(), key=lambda entry: (nodes.date_of(entry[1]), entry[0]))
    )
    return table(Section("documents", say("Documents"), (say("Document"), say("Date"), say("Publisher")), rows))
