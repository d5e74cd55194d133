"""What overview pages have in common: the query behind each, asked once per generation, and filters, pages, links.

The queries are ``pages/data/*.rq``, written as the named ones are. What a page shows is what its query gave, filtered
in Python; so the query that a page shows is the one that was run.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Generic, NamedTuple, TypeVar

from pyoxigraph import NamedNode, QuerySolutions

from kommungraf.errors import UsageError
from kommungraf.languages import Words
from kommungraf.query.named_queries import NamedQuery, parse
from kommungraf.query.store import PREFIXES, ask
from kommungraf.web.site import PageRequest, Site
from kommungraf.web.sparql_links import query_page_link

MOST = 200_000
"""Rows of one query that are kept; a page says when there are more."""
_KEPT = 40
"""Answers that are kept per generation, the least recently used forgotten first."""
_KEPT_ROWS = 500_000
"""Rows of all answers that are kept."""
_ASKED = re.compile(r"\b(" + "|".join(PREFIXES) + r"):[A-Za-z]")

Rows = TypeVar("Rows")
Record = TypeVar("Record", bound=NamedTuple)


@dataclass(frozen=True, slots=True)
class Answer(Generic[Rows]):
    """What a query gave.

    ``whole``: nothing was left out; ``sparql``: the query as it was run; ``title``: what it asks.
    """

    rows: list[Rows]
    whole: bool
    sparql: str
    title: str

    @property
    def link(self) -> str:
        """The query in the query page."""
        return query_page_link(self.sparql)


@cache
def data_query(name: str) -> NamedQuery:
    """A query of ``pages/data``."""
    return parse(name, (resources.files("kommungraf.web.pages") / "data" / f"{name}.rq").read_text(encoding="utf-8"))


def declared(sparql: str) -> str:
    """A query with the prefixes that it uses, so that it can be asked anywhere."""
    used = sorted({match[1] for match in _ASKED.finditer(sparql)})
    return "".join(f"PREFIX {prefix}: <{PREFIXES[prefix]}>\n" for prefix in used) + sparql


def answer(
    site: Site,
    name: str,
    record: type[Record],
    values: Mapping[str, str] | None = None,
    nodes: Iterable[str] = (),
    most: int | None = None,
) -> Answer[Record]:
    """What a query of ``pages/data`` gives, as records with a field per variable; what is not bound is empty.

    ``values`` are its parameters; ``nodes`` are the IRIs that stand for ``$nodes`` in it. ``most``: rows that are read;
    Virtuoso puts no more than 10,000 in order. Kept for the generation.
    """
    bound = _bound(name, values or {}).replace("$nodes", " ".join(str(NamedNode(node)) for node in nodes))
    return _kept(site, data_query(name).title, f"{bound}\nLIMIT {(MOST if most is None else most) + 1}", record)


def about(site: Site, name: str, record: type[Record], iri: str, most: int) -> Answer[Record]:
    """What a query of ``pages/data`` gives of one thing, which is its parameter ``iri``: so many rows, not kept."""
    return _answer(site, data_query(name).title, f"{_bound(name, {'iri': iri})}\nLIMIT {most}", record)


def _bound(name: str, values: Mapping[str, str]) -> str:
    bound = data_query(name).bind(values)
    return declared("\n".join(line for line in bound.splitlines() if not line.startswith("#")).strip())


def _kept(site: Site, title: str, sparql: str, record: type[Record]) -> Answer[Record]:
    """The answer of a query, asked once per generation."""
    memo: dict[str, Answer[Record]] = site.memo.setdefault("overviews", {})
    found = memo.pop(sparql, None)
    if found is None:
        found = _answer(site, title, sparql, record)
    memo[sparql] = found
    while len(memo) > 1 and (len(memo) > _KEPT or sum(len(one.rows) for one in memo.values()) > _KEPT_ROWS):
        del memo[next(iter(memo))]
    return found


def _answer(site: Site, title: str, sparql: str, record: type[Record]) -> Answer[Record]:
    solutions = ask(site.store, sparql)
    if not isinstance(solutions, QuerySolutions):
        raise UsageError("The query of an overview has to be a SELECT.")
    names = [variable.value for variable in solutions.variables]
    if names != list(record._fields):
        raise ValueError(f"{record.__name__} has other fields than the query gives: {names}")
    same: dict[str, str] = {}
    rows = []
    for solution in solutions:
        texts = ["" if term is None else term.value for term in solution]
        rows.append(record._make([same.setdefault(text, text) for text in texts]))
    return Answer(rows[:MOST], len(rows) <= MOST, sparql, title)


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a filter."""

    value: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of a page: a choice among what the graph has, or (without choices) a field for text."""

    name: str
    label: str
    choices: tuple[Choice, ...] = ()
    value: str = ""


def chooser(
    request: PageRequest, name: str, label: str, options: Mapping[str, str], every: str = "", default: str = ""
) -> Filter:
    """A filter with the options by value; ``every`` is said for none of them."""
    chosen = request.get(name) if request.get(name) in options else default
    first = (Choice("", every, not chosen),) if every else ()
    return Filter(name, label, (*first, *(Choice(value, said, value == chosen) for value, said in options.items())))


def chosen(filters: Sequence[Filter], name: str) -> str:
    """What is chosen in a filter; empty for all."""
    wanted = next(entry for entry in filters if entry.name == name)
    return next((choice.value for choice in wanted.choices if choice.chosen), wanted.value)


@dataclass(frozen=True, slots=True)
class Part(Generic[Rows]):
    """A part of a long list. ``before`` and ``after`` are the addresses of its neighbours."""

    rows: list[Rows]
    total: int
    first: int
    before: str = ""
    after: str = ""

    def words(self, words: Words) -> str:
        """Which part it is."""
        last, number = self.first + len(self.rows) - 1, words.number
        return words("{first}–{last} of {total}", first=number(self.first), last=number(last), total=number(self.total))


def part(request: PageRequest, rows: Sequence[Rows], size: int) -> Part[Rows]:
    """The part of a list that ``?page=`` asks for; beyond the end it is the last one."""
    asked = request.get("page")
    last = max(1, -(-len(rows) // size))
    page = min(max(1, int(asked)), last) if asked.isascii() and asked.isdecimal() and len(asked) < 10 else 1
    start = (page - 1) * size
    return Part(
        list(rows[start : start + size]),
        len(rows),
        start + 1 if rows else 0,
        request.link(page=str(page - 1)) if page > 1 else "",
        request.link(page=str(page + 1)) if page < last else "",
    )


def holds(wanted: str, *texts: str) -> bool:
    """Whether every word that is sought stands in one of the texts."""
    said = " ".join(texts).casefold()
    return all(word in said for word in wanted.casefold().split())


def year_options(years: Iterable[str], latest_first: bool = True) -> dict[str, str]:
    """Years as options."""
    return {year: year for year in sorted({year for year in years if year}, reverse=latest_first)}
