"""Money over the years: lines of budgets and accounts, beside each other, with the values that were restated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple
from urllib.parse import urlencode

from markupsafe import Markup

from kommungraf.languages import Words, messages
from kommungraf.query.lookup import local
from kommungraf.web.drawing.charts import Line as Drawn
from kommungraf.web.drawing.charts import Point, lines
from kommungraf.web.drawing.svg import WIDTH, About
from kommungraf.web.parts import overviews
from kommungraf.web.parts.overviews import Answer, Filter
from kommungraf.web.parts.tables import csv_page
from kommungraf.web.site import Page, PageRequest, Site

MOST_LINES = 5
"""Lines that are compared at once."""
LISTED = 40
"""Lines to choose from on a page."""

PHASES = messages(
    {
        "outcome": "phase|outcome",
        "budget": "phase|budget",
        "forecast": "phase|forecast",
        "": "phase|not said if budget or outcome",
    }
)
UNITS = messages(
    {
        "SEK": "unit|SEK",
        "EUR": "unit|EUR",
        "percent": "unit|percent",
        "persons": "unit|persons",
        "count": "unit|number",
        "number": "unit|number",
        "full-time equivalents": "unit|full-time equivalents",
    }
)


class Series(NamedTuple):
    """A line of a scope in one phase."""

    series: str
    line: str
    scope: str
    scopeName: str  # noqa: N815 (the variable of the query)
    phase: str
    unit: str
    years: str


class Value(NamedTuple):
    """A value of a series as a document gives it; ``restated`` is the observation of a later document."""

    series: str
    observation: str
    year: str
    value: str
    printed: str
    passage: str
    document: str
    title: str
    about: str
    restated: str

    @property
    def number(self) -> Decimal:
        """The value in the base unit."""
        return Decimal(self.value)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a scope in all of its phases, by the name that its first series has."""

    name: str
    scope: str
    scope_name: str
    unit: str
    series: dict[str, list[str]] = field(default_factory=dict)
    years: int = 0

    @property
    def key(self) -> str:
        """What the line is called in an address."""
        return min(local(iri) for known in self.series.values() for iri in known)


def page(site: Site, request: PageRequest) -> Page:
    """Lines to choose from, and the values of those that are chosen."""
    words = site.words(request.language)
    known = all_lines(site)
    found = lines_of(known.rows)
    filters = _filters(request, words, found)
    offered = [line for line in found if _fits(line, filters)]
    picked = _picked(request, found) or offered[:1]
    values = values_of(site, picked)
    if request.form == "csv":
        return _csv(picked, values.rows)
    chosen = _picked(request, found)
    return site.render(
        "money.html", request, filters=filters, offered=offered[:LISTED], more=len(offered) - LISTED, picked=picked,
        chosen=bool(chosen), most=MOST_LINES, rows=table(picked, values.rows), answers=[values, known],
        graphics=charts(site, words, picked, values.rows), hidden=[("line", line.key) for line in chosen],
        narrowed=len(offered) < len(found),
        several=len({line.scope_name for line in offered}) > 1, toggle=lambda line: _toggled(request, picked, line),
        csv=_address(request, [line.key for line in picked], format="csv"),
        kronor=lambda value: number(words, value), by_key={value.observation: value for value in values.rows},
        phase=lambda code: words(PHASES.get(code, code)), unit=lambda code: words(UNITS.get(code, code)),
    )  # fmt: skip


def all_lines(site: Site) -> Answer[Series]:
    """Every series of the graph."""
    return overviews.answer(site, "money-lines", Series)


def values_of(site: Site, picked: Sequence[Line]) -> Answer[Value]:
    """The values of some lines."""
    nodes = sorted(iri for line in picked for known in line.series.values() for iri in known)
    return overviews.answer(site, "money-values", Value, nodes=nodes)


def lines_of(rows: Sequence[Series]) -> list[Line]:
    """Series that are phases of one line put together; those with values of the most years first."""
    together: dict[tuple[str, str, str], list[Series]] = defaultdict(list)
    for row in sorted(rows):
        together[(row.scopeName or row.scope, row.line.casefold(), row.unit)].append(row)
    found = []
    for known in together.values():
        series: dict[str, list[str]] = defaultdict(list)
        for row in known:
            series[row.phase].append(row.series)
        first = known[0]
        years = max(int(row.years) for row in known)
        found.append(Line(first.line, first.scope, first.scopeName, first.unit, dict(series), years))
    return sorted(found, key=lambda line: (-line.years, line.unit != "SEK", line.scope_name, line.name.casefold()))


def _filters(request: PageRequest, words: Words, found: Sequence[Line]) -> list[Filter]:
    scopes = {name: name for name in sorted({line.scope_name for line in found if line.scope_name})}
    return [
        overviews.chooser(request, "scope", words("Whose accounts"), scopes, words("all")),
        Filter("q", words("Line holds"), value=request.get("q")),
    ]


def _fits(line: Line, filters: list[Filter]) -> bool:
    scope, text = overviews.chosen(filters, "scope"), overviews.chosen(filters, "q")
    return scope in ("", line.scope_name) and overviews.holds(text, line.name)


def _picked(request: PageRequest, found: Sequence[Line]) -> list[Line]:
    """The lines that the address names, in its order."""
    named = {local(iri): line for line in found for known in line.series.values() for iri in known}
    picked = {named[key].key: named[key] for key in request.all("line") if key in named}
    return list(picked.values())[:MOST_LINES]


def _toggled(request: PageRequest, picked: Sequence[Line], line: Line) -> str:
    """The address with a line put in or taken out."""
    keys = [known.key for known in picked]
    return _address(request, [key for key in keys if key != line.key] if line.key in keys else [*keys, line.key])


def _address(request: PageRequest, keys: Sequence[str], **more: str) -> str:
    """The address of the page with these lines."""
    kept = [(name, value) for name, value in request.query if name not in ("line", "format")]
    return request.path + "?" + urlencode([*kept, *(("line", key) for key in keys), *more.items()])


def current(values: Sequence[Value]) -> dict[str, tuple[Value, bool]]:
    """By year the value that stands: the one that no later document restates, of the latest document; and whether
    others were given for the year.
    """
    of_year: dict[str, list[Value]] = defaultdict(list)
    for value in values:
        of_year[value.year].append(value)
    standing = {}
    for year, given in of_year.items():
        last = max(given, key=lambda value: (not value.restated, value.about, value.document, value.observation))
        standing[year] = (last, not all(alike(value.number, last.number) for value in given))
    return standing


def alike(one: Decimal, other: Decimal) -> bool:
    """Whether two values are the same, or one is the other in whole thousands."""
    if one == other:
        return True
    rounded = one % 1000 == 0 or other % 1000 == 0
    return rounded and min(abs(one), abs(other)) >= 1000 and abs(one - other) <= 500


def charts(site: Site, words: Words, picked: Sequence[Line], values: Sequence[Value]) -> list[Markup]:
    """A graphic per unit, with a line per phase: outcomes whole, budgets and forecasts dashed."""
    return [
        chart(site, words, unit, [(at, line) for at, line in enumerate(picked) if line.unit == unit], values)
        for unit in dict.fromkeys(line.unit for line in picked)
    ]


def chart(
    site: Site,
    words: Words,
    unit: str,
    shown: Sequence[tuple[int, Line]],
    values: Sequence[Value],
    high: float = 300,
    width: float = WIDTH,
) -> Markup:
    """The lines of one unit, each with its place among all (for its letter and colour)."""
    alike = len({line.scope_name for _, line in shown}) == 1
    drawn = []
    for place, line in shown:
        for phase in PHASES:
            given = [value for value in values if value.series in line.series.get(phase, ())]
            label = line.name if alike else f"{line.name}, {line.scope_name}"
            label = f"{label}: {words(PHASES[phase])}"
            points = tuple(_point(site, words, label, *one) for _, one in sorted(current(given).items()))
            if points:
                drawn.append(Drawn(label, points, "ABCDE"[place], place, phase in ("budget", "forecast")))
    size = max([abs(point.y) for line in drawn for point in line.points], default=0)
    divisor, axis = _axis(words, unit, size)
    key = "money-" + "".join(letter for letter in unit if letter.isalnum())
    described = words(
        "Lines over the years. Outcomes are whole lines, budgets dashed; hollow marks are years for which documents "
        "give several values."
    )
    about = About(key, words("Money over the years: {unit}", unit=axis), described)
    return lines(about, drawn, lambda value: number(words, Decimal(repr(value)) / divisor), axis, high, width)


def _point(site: Site, words: Words, label: str, value: Value, several: bool) -> Point:
    said = f"{label} {value.year}: {number(words, value.number)}"
    note = f" ({words('restated, or given in several ways')})" if several else ""
    return Point(int(value.year), float(value.number), said + note, site.href(value.passage), several)


def _axis(words: Words, unit: str, size: float) -> tuple[int, str]:
    """What to divide by, and what the unit is then called."""
    if unit != "SEK":
        return 1, words(UNITS.get(unit, unit))
    if size >= 100_000_000:
        return 1_000_000, words("million SEK")
    return (1_000, words("thousand SEK")) if size >= 100_000 else (1, words("unit|SEK"))


def number(words: Words, value: Decimal) -> str:
    """A number as the language writes it, with the decimals that it has."""
    whole, _, rest = f"{value.normalize():f}".partition(".")
    digits = ("-" if whole.startswith("-") else "") + words.number(abs(int(whole)))
    point = "." if words.code == "en" else ","
    return digits.replace("-", "\u2212") + (point + rest if rest else "")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A value in the table: ``stands`` is false where a later document restates it."""

    line: Line
    phase: str
    value: Value
    stands: bool
    several: bool


def table(picked: Sequence[Line], values: Sequence[Value]) -> list[TableRow]:
    """All values by line, year and phase."""
    rows = []
    for line in picked:
        for phase, series in line.series.items():
            given = [value for value in values if value.series in series]
            standing = current(given)
            for value in {value.observation: value for value in given}.values():
                last, several = standing[value.year]
                rows.append(TableRow(line, phase, value, alike(value.number, last.number), several))
    order = {line.key: place for place, line in enumerate(picked)}
    return sorted(rows, key=lambda row: (order[row.line.key], row.value.year, row.phase, not row.stands, row.value))


def _csv(picked: Sequence[Line], values: Sequence[Value]) -> Page:
    columns = "line scope phase year value unit printed stands document title observation evidence restatedBy"
    return csv_page("money", columns.split(), [_cells(row) for row in table(picked, values)])


def _cells(row: TableRow) -> list[str]:
    line, value = row.line, row.value
    told = [line.name, line.scope_name, row.phase, value.year, value.value, line.unit, value.printed]
    stands = "yes" if row.stands else "no"
    return [*told, stands, value.document, value.title, value.observation, value.passage, value.restated]
