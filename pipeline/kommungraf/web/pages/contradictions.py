"""Contradictions: statements that cannot both be right, side by side with their documents and pages."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode

from kommungraf.languages import Words, messages
from kommungraf.query.lookup import local
from kommungraf.web.drawing.charts import Bar, bars
from kommungraf.web.drawing.svg import About
from kommungraf.web.parts import overviews
from kommungraf.web.parts.overviews import Answer, Filter
from kommungraf.web.parts.tables import csv_page
from kommungraf.web.site import Page, PageRequest, Site

PER_PAGE = 25

KINDS = messages(
    {
        "text": "contradiction|numbers in two texts",
        "text-table": "contradiction|a text and a table",
        "text-row": "contradiction|a text and a row of a table",
        "tables": "contradiction|two tables",
        "sum": "contradiction|a sum and its rows",
        "notice": "contradiction|a notice and its meeting",
        "start": "contradiction|two starts of a meeting",
        "meeting-date": "contradiction|two dates of a meeting",
        "report": "contradiction|a report and its year",
        "weekday": "contradiction|a weekday and its date",
        "period": "contradiction|two periods of a project",
        "column": "contradiction|the columns of a table",
        "decision-date": "contradiction|two dates of a decision",
        "before-motion": "contradiction|an answer before its motion",
        "role": "contradiction|two people in one post",
        "name": "contradiction|two spellings of a name",
    }
)
"""Kinds by the last part of the method that found them; a kind that is not here is said by its code."""


class Statement(NamedTuple):
    """A passage of a side of a contradiction."""

    contradiction: str
    method: str
    score: str
    explanation: str
    because: str
    about: str
    side: str
    statement: str
    passage: str
    quote: str
    page: str
    document: str
    title: str
    line: str

    @property
    def kind(self) -> str:
        """What sort of contradiction it is."""
        return self.method.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two statements; of each side the passage that says the most, with what is about both."""

    first: Statement
    second: Statement

    @property
    def sides(self) -> tuple[Statement, Statement]:
        """Both statements."""
        return self.first, self.second


def page(site: Site, request: PageRequest) -> Page:
    """The contradictions that are chosen, the surest first."""
    words = site.words(request.language)
    answer = statements(site)
    known = contradictions(answer)
    filters = _filters(request, words, known)
    wanted = _wanted(known, filters)
    if request.form == "csv":
        return _csv(wanted)
    return site.render(
        "contradictions.html", request, filters=filters, part=overviews.part(request, wanted, PER_PAGE), answer=answer,
        counts=counted(wanted), graphic=chart(words, wanted, request), said=lambda kind: named(words, kind),
        name_of=lambda iri: site.look.name(NamedNode(iri)),
    )  # fmt: skip


def statements(site: Site) -> Answer[Statement]:
    """All statements that contradict another."""
    return overviews.answer(site, "contradictions", Statement)


def contradictions(answer: Answer[Statement]) -> list[Contradiction]:
    """Contradictions with both of their sides, the surest first."""
    sides: dict[str, dict[str, list[Statement]]] = defaultdict(lambda: defaultdict(list))
    for row in answer.rows:
        sides[row.contradiction][local(row.side)].append(row)
    found = [
        Contradiction(_longest(both["statementA"]), _longest(both["statementB"]))
        for both in sides.values()
        if both.keys() >= {"statementA", "statementB"}
    ]
    return sorted(found, key=lambda one: (-float(one.first.score), one.first.title, one.first.contradiction))


def _longest(rows: list[Statement]) -> Statement:
    return max(rows, key=lambda row: (len(row.quote), row))


def named(words: Words, kind: str) -> str:
    """A kind in words."""
    return words(KINDS[kind]) if kind in KINDS else kind


def counted(found: list[Contradiction]) -> dict[str, int]:
    """How many there are of each kind, the most first."""
    return dict(Counter(one.first.kind for one in found).most_common())


def chart(words: Words, found: list[Contradiction], request: PageRequest | None = None) -> str:
    """A bar per kind; with a request they lead to those of the kind."""
    described = words("One bar per kind of contradiction, with their number.")
    about = About("contradictions", words("Contradictions by kind"), described)
    rows = [
        Bar(named(words, kind), count, words.number(count), request.link(kind=kind, page=None) if request else "", 5)
        for kind, count in counted(found).items()
    ]
    return bars(about, rows, 260)


def _filters(request: PageRequest, words: Words, known: list[Contradiction]) -> list[Filter]:
    kinds = {kind: named(words, kind) for kind in counted(known)}
    return [
        overviews.chooser(request, "kind", words("Kind"), kinds, words("all kinds")),
        Filter("q", words("Quote, explanation or document holds"), value=request.get("q")),
    ]


def _wanted(known: list[Contradiction], filters: list[Filter]) -> list[Contradiction]:
    kind, text = overviews.chosen(filters, "kind"), overviews.chosen(filters, "q")
    return [
        one
        for one in known
        if kind in ("", one.first.kind)
        and overviews.holds(text, one.first.explanation, *(f"{side.quote} {side.title}" for side in one.sides))
    ]


def _csv(found: list[Contradiction]) -> Page:
    sides = [
        f"{name}{letter}" for letter in "AB" for name in ("statement", "quote", "document", "title", "page", "evidence")
    ]
    columns = ["contradiction", "kind", "score", "explanation", "because", "about", *sides]
    return csv_page("contradictions", columns, [_line(one) for one in found])


def _line(one: Contradiction) -> list[str]:
    first = one.first
    shared = [first.contradiction, first.kind, first.score, first.explanation, first.because, first.about]
    sides = [[side.statement, side.quote, side.document, side.title, side.page, side.passage] for side in one.sides]
    return [*shared, *sides[0], *sides[1]]
