"""The promises board: what was planned for each year, what its report says became of it, and where it is silent."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from kommungraf.languages import Words, messages
from kommungraf.query.lookup import local
from kommungraf.web.drawing.charts import Stack, stacked_bars
from kommungraf.web.drawing.svg import About, Key
from kommungraf.web.parts import overviews
from kommungraf.web.parts.overviews import Answer, Filter
from kommungraf.web.parts.tables import csv_page
from kommungraf.web.site import Page, PageRequest, Site

PER_PAGE = 50

NAMES = messages(
    {
        "done": "promise|done",
        "partly": "promise|partly done",
        "ongoing": "promise|ongoing",
        "postponed": "promise|postponed",
        "cancelled": "promise|cancelled",
        "notDone": "promise|not done",
        "carriedForward": "promise|in a later plan",
        "unclear": "promise|unclear",
        "noWord": "promise|not a word in the report",
        "noReportHeld": "promise|no report held",
    }
)
"""What became of a promise, in the order of the graphic: from what was reported to silence."""
LETTERS = messages(
    {
        "done": "letter of done|D",
        "partly": "letter of partly|P",
        "ongoing": "letter of ongoing|O",
        "postponed": "letter of postponed|L",
        "cancelled": "letter of cancelled|C",
        "notDone": "letter of not done|N",
        "carriedForward": "letter of carried forward|F",
        "unclear": "letter of unclear|?",
        "noWord": "letter of silent|S",
        "noReportHeld": "letter of no documents|–",
    }
)
STYLES = dict(zip(NAMES, (0, 2, 1, 3, 6, 5, 4, 7, 8, 9), strict=True))
_SILENT = ("noWord", "noReportHeld", "unclear")


class Planned(NamedTuple):
    """A planned activity that a report can follow up."""

    planned: str
    year: str
    said: str
    followUp: str  # noqa: N815 (the variable of the query)
    passage: str
    document: str
    publisher: str


class FollowUp(NamedTuple):
    """A link from an activity to a result, or to an activity of a later plan."""

    planned: str
    leads: str
    status: str
    score: str
    because: str
    result: str
    said: str
    passage: str
    document: str


class Document(NamedTuple):
    """A document's title and publisher."""

    document: str
    title: str
    publisher: str
    publisherName: str  # noqa: N815 (the variable of the query)


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise with what became of it: ``outcome`` is a key of ``NAMES``."""

    planned: Planned
    outcome: str
    follow_up: FollowUp | None
    publisher: str


@dataclass(frozen=True, slots=True)
class Board:
    """All promises, the titles of documents, and the queries behind."""

    promises: list[Promise]
    titles: dict[str, str]
    answers: tuple[Answer[Planned], Answer[FollowUp], Answer[Document]]


def page(site: Site, request: PageRequest) -> Page:
    """The board of what is chosen: bars per year, and each promise with both quotes."""
    words = site.words(request.language)
    known = board(site)
    filters = _filters(request, words, known)
    wanted = _wanted(known, filters)
    if request.form == "csv":
        return _csv(known, wanted)
    years = per_year(wanted)
    return site.render(
        "promises.html", request, filters=filters, part=overviews.part(request, wanted, PER_PAGE), years=years,
        graphic=chart(words, years, request), board=known, names=NAMES, letters=LETTERS,
    )  # fmt: skip


def board(site: Site) -> Board:
    """All promises, put together once per generation."""
    if "promises" not in site.memo:
        site.memo["promises"] = _board(site)
    known: Board = site.memo["promises"]
    return known


def _board(site: Site) -> Board:
    planned = overviews.answer(site, "promises", Planned)
    links = overviews.answer(site, "follow-ups", FollowUp)
    documents = overviews.answer(site, "documents", Document)
    names = {row.publisher: row.publisherName for row in documents.rows}
    leading: dict[str, list[FollowUp]] = defaultdict(list)
    for link in links.rows:
        leading[link.planned].append(link)
    activities = {row.planned: row for row in sorted(planned.rows, reverse=True)}
    promises = [
        Promise(row, *outcome(row, leading[row.planned]), names.get(row.publisher, "")) for row in activities.values()
    ]
    promises.sort(key=_order)
    return Board(promises, {row.document: row.title for row in documents.rows}, (planned, links, documents))


def _order(promise: Promise) -> tuple[bool, int, str, str, str]:
    """The latest years first; last of all what no report that we hold can tell of."""
    row = promise.planned
    return promise.outcome == "noReportHeld", -int(row.year), promise.publisher, row.said.casefold(), row.planned


def outcome(planned: Planned, links: list[FollowUp]) -> tuple[str, FollowUp | None]:
    """What became of an activity: the surest link to a result; where no report tells of it, whether a later plan has it
    again; else the silence, as it is known.
    """
    reported = [link for link in links if local(link.leads) == "reported"]
    if reported:
        best = max(reported, key=lambda link: (float(link.score), link))
        return ("carriedForward" if best.status == "changed" else best.status), best
    later = [link for link in links if local(link.leads) == "next"]
    if later:
        return "carriedForward", max(later, key=lambda link: (float(link.score), link))
    return (planned.followUp if planned.followUp in _SILENT else "unclear"), None


def per_year(promises: list[Promise]) -> dict[str, dict[str, int]]:
    """How many promises of each year came to what; all outcomes in their order."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for promise in promises:
        counts[promise.planned.year][promise.outcome] += 1
    return {year: {code: counts[year][code] for code in NAMES} for year in sorted(counts)}


def chart(words: Words, years: dict[str, dict[str, int]], request: PageRequest | None = None) -> str:
    """The bars of the years; with a request they lead to the promises of a year."""
    keys = [Key(STYLES[code], words(name), words(LETTERS[code])) for code, name in NAMES.items()]
    described = words(
        "One bar per year, with a part for each way in which promises came out. The numbers stand in a table."
    )
    about = About("promises", words("What became of promises, per year"), described)
    columns = [
        Stack(year, tuple(counts.values()), request.link(year=year, page=None) if request else "")
        for year, counts in years.items()
    ]
    return stacked_bars(about, keys, columns)


def _filters(request: PageRequest, words: Words, known: Board) -> list[Filter]:
    publishers = {promise.planned.publisher: promise.publisher for promise in known.promises if promise.publisher}
    named = dict(sorted(publishers.items(), key=lambda pair: pair[1]))
    found = {promise.outcome for promise in known.promises}
    outcomes = {code: words(name) for code, name in NAMES.items() if code in found}
    years = overviews.year_options(promise.planned.year for promise in known.promises)
    return [
        overviews.chooser(request, "year", words("Year of the plan"), years, words("all years")),
        overviews.chooser(request, "publisher", words("Publisher"), named, words("all publishers")),
        overviews.chooser(request, "outcome", words("What became of it"), outcomes, words("everything")),
        Filter("q", words("Text holds"), value=request.get("q")),
    ]


def _wanted(known: Board, filters: list[Filter]) -> list[Promise]:
    year, publisher, wanted, text = (overviews.chosen(filters, name) for name in ("year", "publisher", "outcome", "q"))
    return [
        promise
        for promise in known.promises
        if (not year or promise.planned.year == year)
        and (not publisher or promise.planned.publisher == publisher)
        and (not wanted or promise.outcome == wanted)
        and overviews.holds(text, promise.planned.said, promise.follow_up.said if promise.follow_up else "")
    ]


def _csv(known: Board, promises: list[Promise]) -> Page:
    columns = (
        "year publisher activity outcome followUp status score because planned plan planEvidence "
        "result resultText report reportEvidence"
    )
    return csv_page("promises", columns.split(), [_line(known, promise) for promise in promises])


def _line(known: Board, promise: Promise) -> list[str]:
    row, link = promise.planned, promise.follow_up
    told = [link.result, link.said, known.titles.get(link.document, ""), link.passage] if link else ["", "", "", ""]
    sure = [link.status, link.score, link.because] if link else ["", "", ""]
    plan = [row.planned, known.titles.get(row.document, ""), row.passage]
    return [row.year, promise.publisher, row.said, promise.outcome, row.followUp, *sure, *plan, *told]
