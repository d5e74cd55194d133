"""Series: the same line of the accounts over years, values that later documents restate, and budget against outcome."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import combinations

from kommungraf.link.continuity.measures import Measure, Measured, agree, measured, written
from kommungraf.link.continuity.measures_words import related
from kommungraf.link.resolution import Json, Resolution, Slice
from kommungraf.model import iri

_PLANS = ("budget", "verksamhetsplan", "strategi")
_DIGITS = 4  # two values of fewer digits may be equal by chance

Key = tuple[Measure, str]
"""A measure and a phase ("" where a value has none): what one series is of."""

Told = dict[tuple[str, int | None, str | None], Measured]
"""What is told of a measure, by document, year and phase."""


def follow_series(slices: list[Slice], resolution: Resolution) -> None:
    """Draw observations of one line together, find restated values, and lay outcomes beside budgets."""
    values = _told_apart(value for piece in slices for value in measured(piece, resolution) if value.year)
    same = _same_measures(values)
    series: dict[Key, list[Measured]] = {}
    for value in values:
        series.setdefault((same.get(value.measure, value.measure), value.phase or ""), []).append(value)
    for (measure, phase), members in series.items():
        members.sort(key=lambda value: (value.year or 0, written(value.piece), value.node["@id"]))
        if len({value.year for value in members}) > 1 or len({value.document for value in members}) > 1:
            resolution.conclusions.append(_series(measure, phase, members))
        resolution.conclusions.extend(_restatements(members))
        if phase == "budget" and (outcomes := series.get((measure, "outcome"))) and not measure.period:
            resolution.conclusions.extend(_comparisons(members, outcomes))


# --- which values are of one line -------------------------------------------------------------------------------------


def _told_apart(values: Iterable[Measured]) -> list[Measured]:
    """The values whose line is one line of its document. A label that a document prints with two values for one year
    and phase ("Övrigt" among incomes and among costs) does not tell which line it is; equal values are kept once."""
    found: dict[tuple[str, Measure, int | None, str | None], Measured | None] = {}
    unclear: set[tuple[str, Measure]] = set()
    for value in values:
        key = (value.document, value.measure, value.year, value.phase)
        first = found.setdefault(key, value)
        if first is not None and not agree(first, value):
            unclear.add((value.document, value.measure))
    return [value for value in found.values() if value and (value.document, value.measure) not in unclear]


def _same_measures(values: list[Measured]) -> dict[Measure, Measure]:
    """Measures of one publisher that its own documents show to be one, to the one that stands for all.

    "Summa intäkter" and "Verksamhetens intäkter" may be one line or two: they are one where every document that prints
    both gives them the same values, for two years or in four digits. In the same way "exklusive transfereringar" does
    not touch every line.
    """
    told: dict[Measure, Told] = {}
    blocks: dict[tuple[str, ...], set[Measure]] = {}
    for value in values:
        measure = value.measure
        told.setdefault(measure, {}).setdefault((value.document, value.year, value.phase), value)
        groups = [f"{group} {measure.frame}" for group in related().get(measure.line, ())]
        for group in (*groups, f"line {measure.line}"):
            blocks.setdefault((measure.publisher, measure.scope, measure.unit, measure.period, group), set()).add(
                measure
            )
    same: dict[Measure, Measure] = {}
    for _, block in sorted(blocks.items()):
        for one, other in combinations(sorted(block), 2):
            first, second = same.get(one, one), same.get(other, other)
            if first == second or (one.frame and other.frame):  # two tables may each be narrowed in its own way
                continue
            if _shown_equal(told[first], told[second]):
                told[first] = told[second] | told[first]
                same |= {measure: first for measure in (*same, second) if same.get(measure, measure) == second}
    return same


def _shown_equal(one: Told, other: Told) -> bool:
    shared = one.keys() & other.keys()
    if not shared or not all(agree(one[key], other[key]) for key in shared):
        return False
    numbers = {abs(one[key].signed / one[key].step) for key in shared if one[key].signed}
    return len(numbers) > 1 or any(number >= 10 ** (_DIGITS - 1) for number in numbers)


# --- what follows -----------------------------------------------------------------------------------------------------


def _series(measure: Measure, phase: str, members: list[Measured]) -> Json:
    first, last = members[0], members[-1]
    labels = Counter(str(value.node["lineItem"]) for value in members if value.node["lineItem"] != value.node["table"])
    label = _label(labels) if labels else str(first.node["lineItem"])
    others = sorted(set(labels) - {label})
    documents = len({value.document for value in members})
    because = f'"{label}" of {first.scope_name or "one document"} ({first.node["unit"]}'
    because += f", {phase})" if phase else ")"
    because += f" stands in {documents} document{'s' if documents > 1 else ''}"
    if others:
        because += ", also as " + ", ".join(f'"{other}"' for other in others[:3])
    node = {
        "@id": f"series/{iri.digest(*measure, phase)}",
        "@type": "Series",
        "lineItem": label,
        "unit": str(first.node["unit"]),
        "phase": phase or None,
        "scopeName": first.scope_name or None,
        "scope": _scope(measure),
        "observation": [value.node["@id"] for value in members],
        "method": "series/line" if len({value.measure for value in members}) == 1 else "series/same-values",
        "score": 0.97 if not others else 0.93 if len({value.measure for value in members}) == 1 else 0.85,
        "because": f"{because}, for {_years(members)}.",
        "evidence": sorted({*first.node["evidence"], *last.node["evidence"]}),
    }
    return {key: value for key, value in node.items() if value is not None}


def _years(members: list[Measured]) -> str:
    """The years of values as a person writes them: "2019–2023", "2024 and 2026"."""
    years = sorted({value.year for value in members if value.year})
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{years[0]}–{years[-1]}"
    return " and ".join(filter(None, (", ".join(map(str, years[:-1])), str(years[-1]))))


def _label(labels: Counter[str]) -> str:
    """The label printed most often; of two, the one that is not all capitals."""
    return min(labels, key=lambda label: (-labels[label], label.isupper(), label))


def _scope(measure: Measure) -> str | None:
    """The area or organisation as an IRI; an area that only titles name has none, and its publisher stands for it."""
    scope = measure.scope.partition(" ")[0]
    return None if scope.startswith("document/") else scope


def _restatements(members: list[Measured]) -> Iterator[Json]:
    """Values that a later document gives differently for the same year: each change of the value, once."""
    by_year: dict[int | None, list[Measured]] = {}
    for value in members:
        by_year.setdefault(value.year, []).append(value)
    for values in by_year.values():
        standing: list[Measured] = []  # those who give the value that stands
        for value in values:
            if standing and not agree(standing[0], value):
                told = [(before, why) for before in standing if (why := _restates(before, value))]
                if told:
                    own_year = [one for one in told if one[0].piece.year == value.year]
                    before, why = (own_year or told)[0]
                    yield _restatement(before, value, *why)
                standing = []
            standing.append(value)


def _restates(before: Measured, after: Measured) -> tuple[str, float, str] | None:
    """How a value restates another (method, score, words); ``None`` where nothing says which document is the later."""
    early, late = before.piece.year, after.piece.year
    if early is None or late is None or written(before.piece) >= written(after.piece):
        return None
    if late > early:
        if after.phase == "outcome":
            return "series/restated", 0.95, "as a figure for comparison"
        if before.year is not None and early < before.year:
            return "series/planned-anew", 0.9, "after an earlier plan"
        return "series/restated", 0.9, "as a figure for comparison"
    if after.phase == "budget" and before.piece.type in _PLANS and after.piece.type not in _PLANS:
        return "series/revised", 0.85, "as the budget that it reports on"
    return None


def _restatement(before: Measured, after: Measured, method: str, score: float, words: str) -> Json:
    return {
        "@id": f"restatement/{iri.digest(before.node['@id'], after.node['@id'])}",
        "@type": "Restatement",
        "earlier": before.node["@id"],
        "later": after.node["@id"],
        "method": method,
        "score": score,
        "because": (
            f'"{after.node["lineItem"]}" of {after.year} is {_printed(before)} in {_title(before)} and'
            f" {_printed(after)} in {_title(after)}, {words}."
        ),
        "evidence": sorted({*before.node["evidence"], *after.node["evidence"]}),
    }


def _comparisons(budgets: list[Measured], outcomes: list[Measured]) -> Iterator[Json]:
    """The outcome of each year beside its budget."""
    for year in sorted({value.year or 0 for value in outcomes} & {value.year or 0 for value in budgets}):
        outcome = _telling([value for value in outcomes if value.year == year])
        budget = _budget_for(outcome, [value for value in budgets if value.year == year])
        yield {
            "@id": f"comparison/{iri.digest(budget.node['@id'], outcome.node['@id'])}",
            "@type": "BudgetComparison",
            "budgeted": budget.node["@id"],
            "accounted": outcome.node["@id"],
            "deviation": outcome.signed - budget.signed,
            "scopeName": outcome.scope_name or budget.scope_name,
            "method": "series/budget",
            "score": 0.98 if budget.document == outcome.document else 0.92,
            "because": (
                f'"{budget.node["lineItem"]}" of {year} is budgeted at {_printed(budget)} in {_title(budget)} and'
                f" accounted at {_printed(outcome)} in {_title(outcome)}."
            ),
            "evidence": sorted({*budget.node["evidence"], *outcome.node["evidence"]}),
        }


def _telling(outcomes: list[Measured]) -> Measured:
    """The outcome as the report on its own year gives it; else the first that is written."""
    return next((value for value in outcomes if value.piece.year == value.year), outcomes[0])


def _budget_for(outcome: Measured, budgets: list[Measured]) -> Measured:
    """The budget that the outcome's own table lays beside it; the plan itself where it says the same.

    Budgets are in the order in which their documents were written.
    """
    beside = next((value for value in budgets if value.document == outcome.document), None)
    adopted = [value for value in budgets if value.piece.year == value.year and value.piece.type in _PLANS]
    if beside is None:
        return (adopted or budgets)[-1]
    return next((value for value in adopted if agree(value, beside)), beside)


def _printed(value: Measured) -> str:
    """A value as a person reads it, in its base unit: "-240 000 SEK"."""
    number = f"{value.signed:,f}".replace(",", " ").replace(".", ",")
    return f"{number} {value.node['unit']}"


def _title(value: Measured) -> str:
    title = str(value.piece.head.get("title") or value.piece.type)
    year = str(value.piece.year or "")
    return f'"{title}"' if year in title else f'"{title}" ({year})'
