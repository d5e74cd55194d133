"""Text against the tables of its own document, and two tables of one document against each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from itertools import combinations

from kommungraf.link.continuity.contradictions_numbers import of
from kommungraf.link.continuity.contradictions_said import Contradiction, Said, play, start_of
from kommungraf.link.continuity.contradictions_words import listed, pattern, stems
from kommungraf.link.continuity.measures import Measured, agree, step_of
from kommungraf.link.continuity.measures_words import line_of
from kommungraf.link.resolution import Json, Slice, literal_text
from kommungraf.text import fold

# "Budget för övriga kostnader", "Den totala personalkostnaden": what stands before the line's own name.
_BEFORE = re.compile(
    r"(?i)^(?:(?:och|samt|den|det|de|totala?|under\s+(?:året|\d{4})\s+(?:var|är|blev)|förbundets|kommunens|regionens|årets(?=\s+(?:budget|utfall)))\s+)*"
    r"(?:(?:budgeten|budget|budgeterade|utfallet|utfall|prognosen|prognos)(?:\s+(?:för|av))?\s+)?"
)
_AFTER = re.compile(
    r"(?i)\s+(?:som|vilket|vilka|är|var|blir|blev|uppgår|uppgick|för\s+(?:(?:hela\s+)?(?:hel)?året|kommunen|förbundet|regionen|organisationen))\b.*$"
)
_DEFINITE = re.compile(r"(?<=[^\W\d_]{4})(?:en|et|n|t)$")  # "Soliditeten": an ending that a stem may not see as one
_NEAR = 5000
"""Characters. Text comments a table that stands at most so far above it."""
_REPORTS = ("verksamhetsberättelse", "årsredovisning")
_TIMES = 2
"""A number more than so many times another is most likely of something else."""
_TRAINED = ("utbildning", "kurs", "program")
_DAY = re.compile(r"\b\d{1,2}/\d{1,2}\b|\bden \d{1,2}\b")


def text_against_table(piece: Slice, told: list[Said], values: list[Measured]) -> Iterator[Contradiction]:
    """Numbers of running text whose line stands in a table of the document with another value."""
    lines: dict[str, list[Measured]] = {}
    for value in values:
        lines.setdefault(value.measure.line, []).append(value)
    for one in told:
        core = _AFTER.sub("", _BEFORE.sub("", str(one.node["lineItem"])))
        same = [
            value
            for line in sorted({line_of(core), line_of(_DEFINITE.sub("", core))})
            for value in lines.get(line, ())
            if value.year == one.year
            and value.measure.unit == one.unit
            and not (one.phase and one.phase != value.phase)
        ]
        if (
            not same
            or one.part
            or one.differs
            or _of_another(one)
            or any(_fits(one, value.signed, value.step) for value in same)
        ):
            continue
        nearest = _nearest(one, _of_phase(one, same))
        if nearest is None or not _comparable(one.value, nearest.signed) or _elsewhere(one, nearest):
            continue
        yield Contradiction(
            one.node,
            nearest.node,
            one.scope if one.scope == nearest.measure.scope else piece.id,
            f"{of(one)}, but {_cell(nearest.node)} in the table “{nearest.node['table']}” of the same document.",
            "contradictions/text-table",
            0.9,
            f"The text names the line “{nearest.node['lineItem']}” of the table for {one.year}.",
        )


def participants_against_table(piece: Slice, told: list[Said]) -> Iterator[Contradiction]:
    """A list of courses with their participants, and text on one of the courses: the row is named in the sentence."""
    rows = [
        node
        for node in piece.of("Observation")
        if node.get("table") and node["unit"] in ("persons", "count") and stems(_counted(node))
    ]
    for one in told:
        if one.unit != "persons" and one.unit != "count":
            continue
        for node in rows:
            why = _row_of(one, node)
            value = Decimal(literal_text(node["value"]))
            if not why or _fits(one, value, step_of(value, node.get("asPrinted", ""))):
                continue
            if not _comparable(one.value, value):
                continue
            yield Contradiction(
                one.node,
                node,
                piece.id,
                f"{of(one)}, but {_cell(node)} in the table “{node['table']}” of the same document.",
                "contradictions/text-row",
                0.75 if why == "named" else 0.66,
                f"The sentence speaks of “{node['lineItem']}”, a row of the table for {one.year}.",
            )


def tables_against_tables(values: list[Measured]) -> Iterator[Contradiction]:
    """Two tables of a document, or of two reports on one year, that give one line of the year two values.

    That other lines agree shows that the tables are of the same thing; a count of people in one document needs no such
    proof. What a report of a later year says of the year before is a restatement, and left to series.
    """
    by_key: dict[tuple[object, ...], dict[_Source, list[Measured]]] = {}
    for value in values:
        key = (value.measure, value.year, value.phase)
        by_key.setdefault(key, {}).setdefault((value.document, str(value.node["table"])), []).append(value)
    agreeing: Counter[tuple[_Source, _Source]] = Counter()
    apart: dict[tuple[_Source, _Source], list[tuple[Measured, Measured]]] = {}
    for tables in by_key.values():  # a label that one table prints twice does not tell which line it is
        single = [(source, members[0]) for source, members in tables.items() if len(members) == 1]
        for (here, first), (there, other) in combinations(sorted(single, key=lambda one: one[0]), 2):
            if first.document != other.document and not (_reports(first) and _reports(other)):
                continue
            if agree(first, other) or abs(first.signed) == abs(other.signed):
                agreeing[here, there] += bool(first.signed)
            elif first.year is not None and _comparable(first.signed, other.signed):
                apart.setdefault((here, there), []).append((first, other))
    for pair, differing in apart.items():
        inside = pair[0][0] == pair[1][0]
        if len(differing) > max(1, agreeing[pair] // 2):
            continue
        for first, other in differing:
            if agreeing[pair] >= 2 or (inside and first.measure.unit != "SEK"):
                yield _tables_differ(first, other, inside)


_Source = tuple[str, str]
"""A document and the title of a table in it."""


def _reports(value: Measured) -> bool:
    """Whether it is the outcome of a year in a report on that year."""
    return value.phase == "outcome" and value.piece.year == value.year and value.piece.type in _REPORTS


def _tables_differ(one: Measured, other: Measured, inside: bool) -> Contradiction:
    here, there = (
        f"the table “{value.node['table']}”" + ("" if inside else f" of {value.piece.head.get('title')}")
        for value in (one, other)
    )
    return Contradiction(
        one.node,
        other.node,
        one.document if inside else one.measure.publisher,
        f"{_cell(one.node)} in {here}, but {_cell(other.node)} in {there}, both for {one.year}"
        + (" in the same document." if inside else "."),
        "contradictions/tables",
        0.8 if inside else 0.75,
        f"Both tables print the line “{one.node['lineItem']}” for {one.year}.",
    )


def _of_another(one: Said) -> bool:
    """Whether the sentence lays two years beside each other, so that the number may be of the other."""
    return one.year != one.piece.year and pattern("compared").search(fold(str(one.node["text"]))) is not None


def _elsewhere(one: Said, value: Measured) -> bool:
    """Whether the sentence speaks of a part of the organisation, or of its companies, that the table does not name."""
    where = pattern("elsewhere").search(fold(str(one.node["text"])))
    table = fold(f"{value.node['table']} {value.node.get('column', '')}")
    return where is not None and where[0][:6] not in table


def _fits(one: Said, value: Decimal, step: Decimal) -> bool:
    low, high = play(abs(value), step, one.unit, None)
    least, most = (one.low, one.high) if one.value >= 0 else (-one.high, -one.low)  # the sign is the table's convention
    return least <= high and low <= most


def _of_phase(one: Said, values: list[Measured]) -> list[Measured]:
    """Where a table has both budget and outcome: the one that the text speaks of; a report of what was, unless it
    says that it plans."""
    if len({value.phase for value in values}) == 1:
        return values
    wanted = one.phase or ("budget" if pattern("planned").search(fold(one.clause)) else "outcome")
    return [value for value in values if value.phase == wanted]


def _nearest(one: Said, values: list[Measured]) -> Measured | None:
    """The value of the table that the text stands under; elsewhere the one that all tables with the line print."""
    above = [value for value in values if 0 < one.start - start_of(value.node) < _NEAR]
    last = max(above, key=lambda value: start_of(value.node)) if above else None
    if last is not None and str(last.node["table"]) == one.section:
        return last
    plain = [value for value in values if not value.measure.frame] or values
    if last is None and plain and all(abs(value.signed) == abs(plain[0].signed) for value in plain):
        return plain[0]
    return last if last is not None and len({value.node["table"] for value in values}) == 1 else None


def _comparable(one: Decimal, other: Decimal) -> bool:
    small, large = sorted((abs(one), abs(other)))
    return small > 0 and large <= small * _TIMES


def _counted(node: Json) -> str:
    """What a column counts: its head or, in a table without one, the title."""
    return str(node.get("column") or node.get("table") or "")


def _row_of(one: Said, node: Json) -> str:
    """Whether the sentence is about a row: it names it ("named"), or counts those whom the row's course trains."""
    year = literal_text(node.get("fiscalYear"))
    if (year and int(year) != one.year) or _DAY.search(fold(str(one.node["text"]))):
        return ""
    label = fold(str(node["lineItem"]))
    if len(label) < 6 or label.startswith("summa"):
        return ""
    words = stems(label)
    if (
        one.head in stems(_counted(node))
        and words
        and all(any(w.startswith(word) for w in one.words) for word in words)
    ):
        return "named"
    trains = label.endswith(_TRAINED) and any(word.startswith("utbild") for word in one.words)
    return "trained" if trains and len(one.head) > 7 and label.startswith(one.head) else ""


@lru_cache(maxsize=1)
def _participants() -> frozenset[str]:
    """Those who come to what a row names; employees of a row's department are counted in many ways."""
    return stems(" ".join(listed("participants")))


def _cell(node: Json) -> str:
    return f"“{node['lineItem']}: {node.get('asPrinted', '')}”"
