"""The page that leads to the overviews, with a small figure of each."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from kommungraf.languages import Words
from kommungraf.query.kinds import kind_word
from kommungraf.web.drawing.charts import Bar, bars
from kommungraf.web.drawing.svg import About
from kommungraf.web.pages import contradictions, coverage, money, presence, promises
from kommungraf.web.parts.tables import csv_page
from kommungraf.web.site import Page, PageRequest, Site

_WIDTH = 360
"""Units of a small figure."""


@dataclass(frozen=True, slots=True)
class Lead:
    """An overview with what it is about in a sentence, and its figure; ``number`` of ``things`` for the table."""

    path: str
    name: str
    sentence: str
    graphic: Markup | None
    things: str
    number: int


def page(site: Site, request: PageRequest) -> Page:
    """All overviews."""
    words = site.words(request.language)
    leads = [made(site, words) for made in (_presence, _promises, _contradictions, _money, _coverage)]
    if request.form == "csv":
        return csv_page(
            "overviews", ("overview", "number"), [(lead.path.rsplit("/", 1)[-1], lead.number) for lead in leads]
        )
    return site.render("overview.html", request, leads=leads)


def _presence(site: Site, words: Words) -> Lead:
    kinds = presence.kinds_of(site)
    kind = presence.first_kind(kinds)
    states = presence.counts(site, kinds[kind]) if kind else []
    last = max((state.year for state in states), default="")
    counts = {state.presence: int(state.entities) for state in states if state.year == last}
    rows = [
        Bar(words(name), number, words.number(number), style=presence.STYLES[code])
        for code, name in presence.NAMES.items()
        for number in [counts.get(code, 0)]
    ]
    title = words("{kind}, {year}", kind=kind_word(kind, words), year=last) if kind else words("Presence")
    about = About("presence", title, words("One bar per state, with the number of things in it."))
    name, sentence = (
        words("Presence through the years"),
        words("In which years documents name something, and when they are silent."),
    )
    graphic = bars(about, rows, 150, width=_WIDTH) if states else None
    return Lead("/oversikt/narvaro", name, sentence, graphic, title, presence.number_of(site, kind))


def _promises(site: Site, words: Words) -> Lead:
    known = promises.board(site).promises
    counts = Counter(promise.outcome for promise in known)
    rows = [
        Bar(words(name), counts[code], words.number(counts[code]), style=promises.STYLES[code])
        for code, name in promises.NAMES.items()
        if counts[code]
    ]
    about = About(
        "promises", words("What became of promises"), words("One bar per outcome, with the number of promises.")
    )
    sentence = words("What plans said would be done, what reports tell of it, and where they are silent.")
    graphic = bars(about, rows, 150, width=_WIDTH) if known else None
    return Lead("/oversikt/loften", words("What became of promises"), sentence, graphic, words("All years"), len(known))


def _contradictions(site: Site, words: Words) -> Lead:
    found = contradictions.contradictions(contradictions.statements(site))
    rows = [
        Bar(contradictions.named(words, kind), count, words.number(count), style=5)
        for kind, count in list(contradictions.counted(found).items())[:8]
    ]
    about = About(
        "contradictions",
        words("Contradictions by kind"),
        words("One bar per kind of contradiction, with their number."),
    )
    sentence = words("Statements that cannot both be right, with both quotes.")
    graphic = bars(about, rows, 180, width=_WIDTH) if found else None
    return Lead("/oversikt/motsagelser", words("Contradictions"), sentence, graphic, words("By kind"), len(found))


def _money(site: Site, words: Words) -> Lead:
    known = money.lines_of(money.all_lines(site).rows)
    graphic, said = None, ""
    if known:
        values = money.values_of(site, known[:1]).rows
        graphic = money.chart(site, words, known[0].unit, [(0, known[0])], values, 170, _WIDTH)
        said = known[0].scope_name
    sentence = words("Lines of budgets and accounts, year by year, beside each other.")
    return Lead("/oversikt/pengar", words("Money over the years"), sentence, graphic, said, len(known))


def _coverage(site: Site, words: Words) -> Lead:
    rows = coverage.held(site).rows
    graphic = coverage.year_bars(words, rows, _WIDTH) if rows else None
    sentence = words("Which documents are held, and what could not be read: what can be known here at all.")
    number = sum(int(row.documents) for row in rows)
    return Lead("/oversikt/tackning", words("Coverage"), sentence, graphic, words("Documents held per year"), number)
