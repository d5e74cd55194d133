"""The named queries as pages: a form of their parameters, the answer as a table, and the query itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, QuerySolutions

from kommungraf.errors import UsageError
from kommungraf.languages import Words, messages
from kommungraf.query.answer import shortener
from kommungraf.query.named_queries import NamedQuery, Parameter, named_queries
from kommungraf.query.store import ask
from kommungraf.web.pages.questions_codes import called
from kommungraf.web.pages.questions_columns import COLUMNS
from kommungraf.web.parts import overviews
from kommungraf.web.parts.tables import csv_page
from kommungraf.web.site import NotFoundError, Page, PageRequest, Site
from kommungraf.web.sparql_links import answer_link, query_page_link

MOST = 9_999
"""Rows of an answer that are kept; whoever wants more asks the SPARQL endpoint. With the one that tells that there are
more, no more than Virtuoso sorts (10,000).
"""
PER_PAGE = 100
_KEPT = 24
"""Answers that are kept per generation."""
_LONGEST_NAME = 80
"""Letters: what is longer is a sentence and not a name to search for."""

NAMES = frozenset(
    "after area before body case creator diaryNumber funder heldBy municipality name organization party person "
    "predecessor project publisher referredTo scope short successor".split()
)
"""Columns of names, which lead to the search for them; IRIs lead to their pages."""
_ENGLISH = frozenset({"because", "explanation"})
_SWEDISH = NAMES | frozenset(
    "activity asPrinted exact file heading hedge lineItem measure next printed quote quoteA quoteB report result role "
    "sharedText text title unitOf".split()
)
_LONG = 60
"""Letters: a cell of more gets room."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"(-?\d+(\.\d+)?)?")
WRONG = messages(
    {
        "year": "Give a year such as 2024.",
        "number": "Give a whole number.",
        "date": "Give a date such as 2024-04-25.",
        "iri": "Give a whole IRI, beginning with https:// or the like.",
    }
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its text, where it leads, its language where that is known, how it is set (a class), and the code that
    its text is the label of.
    """

    text: str
    href: str = ""
    language: str = ""
    kind: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Columns and rows of whole terms as (text, is it an IRI); ``whole``: nothing was left out."""

    columns: list[str]
    rows: list[tuple[tuple[str, bool], ...]]
    whole: bool
    sparql: str
    title: str = ""

    @property
    def link(self) -> str:
        """The query in the query page."""
        return query_page_link(self.sparql)

    @property
    def json(self) -> str:
        """The answer as JSON, from the endpoint."""
        return answer_link(self.sparql, "json")


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter in the form. ``fault`` says what is wrong with what was typed."""

    parameter: Parameter
    label: str
    value: str
    fault: str = ""


def page(site: Site, request: PageRequest) -> Page:
    """The list of questions, or one of them."""
    name = request.path.removeprefix("/fragor").strip("/")
    if not name:
        return _list(site, request)
    query = named_queries().get(name)
    if query is None:
        raise NotFoundError(request.path)
    words = site.words(request.language)
    fields = [_field(request, words, parameter) for parameter in query.parameters]
    values = {field.parameter.name: field.value for field in fields if field.value}
    faulty = any(field.fault for field in fields)
    ready = not faulty and all(field.value for field in fields if field.parameter.required)
    answer = answered(site, query, values) if ready else None
    if request.form == "csv" and answer:
        return csv_page(name, answer.columns, ([text for text, _ in row] for row in answer.rows))
    part = overviews.part(request, answer.rows if answer else [], PER_PAGE)
    return site.render(
        "question.html", request, 400 if faulty else 200, query=query, fields=fields, answer=answer, part=part,
        heads=[words(COLUMNS.get(column, column)) for column in answer.columns] if answer else [],
        rows=shown(site, words, answer, part.rows) if answer else [], numbers=_numbers(part.rows),
    )  # fmt: skip


def _list(site: Site, request: PageRequest) -> Page:
    queries = sorted(named_queries().values(), key=lambda query: query.name)
    if request.form == "csv":
        rows = [(one.name, one.title, one.description, " ".join(p.name for p in one.parameters)) for one in queries]
        return csv_page("questions", ("name", "title", "description", "parameters"), rows)
    return site.render("questions.html", request, queries=queries)


def _field(request: PageRequest, words: Words, parameter: Parameter) -> Field:
    value = request.get(parameter.name).strip()
    label = words(COLUMNS.get(parameter.name, parameter.name))
    try:
        if value:
            parameter.term(value)
    except (UsageError, ValueError):  # the second: an IRI that only looks like one
        return Field(parameter, label, value, words(WRONG[parameter.kind]))
    return Field(parameter, label, value)


def answered(site: Site, query: NamedQuery, values: Mapping[str, str]) -> Answer:
    """The answer of a query for some values, kept for the generation."""
    bound = "\n".join(line for line in query.bind(values).splitlines() if not line.startswith("#")).strip()
    sparql = f"{overviews.declared(bound)}\nLIMIT {MOST + 1}"
    memo: dict[str, Answer] = site.memo.setdefault("questions", {})
    found = memo.pop(sparql, None) or _ask(site, sparql)
    memo[sparql] = found
    while len(memo) > _KEPT:
        del memo[next(iter(memo))]
    return found


def _ask(site: Site, sparql: str) -> Answer:
    solutions = ask(site.store, sparql)
    if not isinstance(solutions, QuerySolutions):
        raise UsageError("A named query has to be a SELECT.")
    columns = [variable.value for variable in solutions.variables]
    rows = [
        tuple(("", False) if term is None else (term.value, isinstance(term, NamedNode)) for term in solution)
        for solution in solutions
    ]
    return Answer(columns, rows[:MOST], len(rows) <= MOST, sparql)


def shown(site: Site, words: Words, answer: Answer, rows: list[tuple[tuple[str, bool], ...]]) -> list[list[Cell]]:
    """Cells with where they lead: an IRI to what is known of it, a name to the search for it; codes by their labels."""
    return [
        [_cell(site, words, column, text, is_iri) for column, (text, is_iri) in zip(answer.columns, row, strict=True)]
        for row in rows
    ]


def _cell(site: Site, words: Words, column: str, text: str, is_iri: bool) -> Cell:
    if is_iri:
        named = site.look.name(NamedNode(text)) if text.startswith(site.base) else ""
        return Cell(named or shortener(site.base)(NamedNode(text)), site.href(text), "sv" if named else "")
    if label := called(site, words, column, text):
        return Cell(label, code=text)
    language = "en" if column in _ENGLISH else "sv" if column in _SWEDISH else ""
    kind = "when" if _DAY.fullmatch(text) else "long" if len(text) > _LONG else ""
    return Cell(text, _search(column, text), language, kind)


def _search(column: str, text: str) -> str:
    if column not in NAMES or not text or len(text) > _LONGEST_NAME or ";" in text:
        return ""
    return PageRequest("/sok").link(q=text)


def _numbers(rows: list[tuple[tuple[str, bool], ...]]) -> set[int]:
    """The columns that hold numbers only."""
    columns = range(len(rows[0])) if rows else range(0)
    return {at for at in columns if all(_NUMBER.fullmatch(row[at][0]) for row in rows)}
