"""Coverage: which documents are held for which years, how much was read from pictures, and what could not be read."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup

from kommungraf.languages import Words
from kommungraf.query.lookup import local
from kommungraf.web.drawing.charts import Bar, Cell, Row, bars, matrix
from kommungraf.web.drawing.svg import About
from kommungraf.web.parts import overviews
from kommungraf.web.parts.overviews import Answer
from kommungraf.web.parts.tables import csv_page
from kommungraf.web.site import Page, PageRequest, Site

LISTED = 100
"""Files that could not be read that a page names."""


class Held(NamedTuple):
    """How many documents of a publisher, type and year are held, and of how many the text was read from pictures."""

    publisher: str
    publisherName: str  # noqa: N815 (the variable of the query)
    type: str
    year: str
    documents: str
    recognised: str

    @property
    def code(self) -> str:
        """The code of the type."""
        return local(self.type).removeprefix("documentType-")


class Label(NamedTuple):
    """What a type of documents is called in a language."""

    type: str
    language: str
    label: str


@dataclass(slots=True)
class Kept:
    """What is held of one type: numbers by year (``""``: of no known year), and how many were read from pictures."""

    name: str
    code: str
    years: Counter[str] = field(default_factory=Counter)
    recognised: int = 0

    def number(self, year: str) -> int | None:
        """How many are held of a year; 0 in a gap, nothing before the first and after the last year held."""
        known = [held for held in self.years if held]
        within = bool(known) and bool(year) and min(known) < year < max(known)
        return self.years[year] or (0 if within else None)

    @property
    def documents(self) -> int:
        """All documents of the type."""
        return self.years.total()


@dataclass(frozen=True, slots=True)
class Problems:
    """What reading came across: numbers by stage and kind with an example of each, and files that were left out."""

    kinds: dict[tuple[str, str], int]
    examples: dict[tuple[str, str], str]
    quarantined: list[tuple[str, str]]
    whole: bool


def page(site: Site, request: PageRequest) -> Page:
    """The documents of all publishers, or of one."""
    words = site.words(request.language)
    answer = held(site)
    publishers = {row.publisher: row.publisherName or row.publisher for row in answer.rows if row.publisher}
    named = dict(sorted(publishers.items(), key=lambda pair: pair[1]))
    filters = [overviews.chooser(request, "publisher", words("Publisher"), named, words("all publishers"))]
    chosen = overviews.chosen(filters, "publisher")
    rows = [row for row in answer.rows if chosen in ("", row.publisher)]
    if request.form == "csv":
        return csv_page("coverage", Held._fields, [(*row[:2], row.code, *row[3:]) for row in sorted(rows)])
    types = by_type(site, words, rows)
    years = sorted({year for kept in types for year in kept.years if year})
    where = publishers.get(chosen, "")
    return site.render(
        "coverage.html", request, filters=filters, answer=answer, types=types, years=years, problems=problems(site),
        graphic=chart(words, types, years, where), listed=LISTED,
        link=lambda code, year: documents_link(code, year, where), undated=any(kept.years[""] for kept in types),
    )  # fmt: skip


def held(site: Site) -> Answer[Held]:
    """What is held of each publisher, type and year."""
    return overviews.answer(site, "coverage", Held)


def by_type(site: Site, words: Words, rows: list[Held]) -> list[Kept]:
    """What is held of each type, the type with the most documents first."""
    labels = {row.type: row.label for row in overviews.answer(site, "types", Label).rows if row.language == words.code}
    types: dict[str, Kept] = {}
    for row in rows:
        kept = types.setdefault(row.code, Kept(labels.get(row.type, row.code), row.code))
        kept.years[row.year] += int(row.documents)
        kept.recognised += int(row.recognised)
    return sorted(types.values(), key=lambda kept: (-kept.documents, kept.name))


def per_year(rows: list[Held]) -> dict[str, int]:
    """Documents of each year that is known."""
    years: Counter[str] = Counter()
    for row in rows:
        years[row.year] += int(row.documents)
    return {year: years[year] for year in sorted(years) if year}


def chart(words: Words, types: list[Kept], years: list[str], publisher: str) -> Markup:
    """A matrix of types by years."""
    described = words("Types of documents in rows, years in columns; each field has the number of documents held.")
    rows = []
    for kept in types:
        cells = [
            None
            if (number := kept.number(year)) is None
            else _cell(words, number, documents_link(kept.code, year, publisher))
            for year in years
        ]
        rows.append(Row(kept.name, tuple(cells)))
    return matrix(About("coverage", words("Documents held per type and year"), described), years, rows)


def _cell(words: Words, number: int, href: str) -> Cell:
    if not number:
        return Cell("0", 9, words("none held"))
    return Cell(words.number(number), 0, words.count(number, "{n} document", "{n} documents"), href)


def year_bars(words: Words, rows: list[Held], width: float) -> Markup:
    """Documents per year, of the last years."""
    about = About("coverage", words("Documents held per year"), words("One bar per year."))
    last = list(per_year(rows).items())[-8:]
    return bars(about, [Bar(year, number, words.number(number)) for year, number in last], 60, width=width)


def documents_link(code: str, year: str, publisher: str = "") -> str:
    """The list of the documents of a type and year."""
    asked = {"type": code, "year": year, "publisher": publisher}
    return "/fragor/documents?" + urlencode({name: value for name, value in asked.items() if value})


def problems(site: Site) -> Problems | None:
    """What the build wrote of problems; nothing where its folder is not at hand."""
    if site.out is None:
        return None
    if "problems" not in site.memo:
        site.memo["problems"] = _problems(site)
    found: Problems | None = site.memo["problems"]
    return found


def _problems(site: Site) -> Problems | None:
    path = site.out / "issues.jsonl" if site.out else None
    if path is None or not path.is_file():
        return None
    kinds: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    left_out: dict[str, str] = {}
    with path.open(encoding="utf-8") as lines:
        for line in islice(lines, overviews.MOST):
            issue = json.loads(line)
            kind = (str(issue["stage"]), str(issue["kind"]))
            kinds[kind] += 1
            examples.setdefault(kind, str(issue["message"]))
            if issue["quarantined"]:
                left_out.setdefault(str(issue["file"]), str(issue["message"]))
        whole = next(lines, None) is None
    return Problems(dict(kinds.most_common()), examples, sorted(left_out.items()), whole)
