"""Sums that do not add up: a row that says that it sums the rows above it, and another result.

A sum may take in the rows since the last sum, all rows of the table, the sums before it, or income less costs: one
reading that adds up is enough. Only where the plainest reading is also the only one is a sum said to be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kommungraf.link.continuity.contradictions_said import Contradiction, start_of
from kommungraf.link.continuity.measures import step_of
from kommungraf.link.continuity.measures_words import is_difference
from kommungraf.link.resolution import Json, Slice, literal_text
from kommungraf.text import fold

_SUM = re.compile(r"^(?:summa|s:a|totalt|total|totalsumma|sammanlagt)\b")
_PLAIN_SUM = re.compile(r"^(?:summa|s:a|totalsumma)\b|^total(?:t)?$")
_WITHIN = re.compile(r"^(?:varav|därav)\b")
_RESULT = re.compile(r"resultat|saldo|netto|differens|utgång|utgående|ingång|ingående")
_ROW = 400
"""Characters. Cells of one table stand no further apart."""
_LARGEST = Decimal("0.25")
"""A sum that is off by more than this share most likely takes in other rows than those above it."""


@dataclass(slots=True)
class _Cell:
    node: Json
    label: str
    value: Decimal
    step: Decimal
    start: int
    section: str = ""


def sums_that_do_not_add_up(piece: Slice) -> Iterator[Contradiction]:
    """The sums of a document's tables that no reading of the rows above makes right.

    Either the same sum is right in another column, which shows what it sums, or its figures are nearly the right ones:
    one is wrong, or two have changed places. Else the rows may not be all that it sums.
    """
    for columns in _tables(piece):
        readings = {head: list(_sums(cells)) for head, cells in columns.items()}
        for head, sums in readings.items():
            for total, terms, right in sums:
                if right or not _plain(total, terms):
                    continue
                beside = [
                    _adds_up(one, them)
                    for other, found in readings.items()
                    if other != head
                    for one, them, _ in found
                    if one.label == total.label and len(them) == len(terms)
                ]
                if (beside and not all(beside)) or not (beside or _slip(total, terms)):
                    continue
                yield _contradiction(piece, total, terms, bool(beside))


def _slip(total: _Cell, terms: list[_Cell]) -> bool:
    """Whether the printed sum is right but for one figure, or for two next to each other that changed places."""
    printed, right = str(abs(total.value / total.step)), str(abs(_added(terms) / total.step))
    apart = [index for index, (one, other) in enumerate(zip(printed, right, strict=False)) if one != other]
    if len(printed) != len(right) or not 1 <= len(apart) <= 2:
        return False
    first, last = apart[0], apart[-1]
    return first == last or (last == first + 1 and printed[first] == right[last] and printed[last] == right[first])


def _added(terms: list[_Cell]) -> Decimal:
    return sum((term.value for term in terms), Decimal(0))


def _tables(piece: Slice) -> Iterator[dict[str, list[_Cell]]]:
    """The tables of a document as columns of cells, each in reading order."""
    columns: dict[str, list[_Cell]] = {}
    title, last = None, 0
    nodes = sorted((node for node in piece.of("Observation") if node.get("table")), key=start_of)
    for node in nodes:
        start = start_of(node)
        if columns and (node["table"] != title or start - last > _ROW):
            yield columns
            columns = {}
        title, last = node["table"], start
        head = str(node.get("column", ""))
        if is_difference(head) or node["unit"] == "percent":
            continue
        value = Decimal(literal_text(node["value"]))
        label = fold(str(node["lineItem"]))
        key = f"{head} {node['unit']}"
        columns.setdefault(key, []).append(_Cell(node, label, value, step_of(value, node.get("asPrinted", "")), start))
    if columns:
        yield columns


def _sums(cells: list[_Cell]) -> Iterator[tuple[_Cell, list[_Cell], bool]]:
    """Each sum of a column, the rows since the last one, and whether any reading makes it right."""
    loose: list[_Cell] = []  # rows since the last sum
    rows: list[_Cell] = []  # all rows that are no sums
    sums: list[_Cell] = []
    for cell in cells:
        if not _SUM.match(cell.label):
            if not _WITHIN.match(cell.label):
                loose.append(cell)
                rows.append(cell)
            continue
        several = [[*sums[-count:], *loose] for count in (1, 2, len(sums))]
        readings = [loose, rows, sums, sums[-2:], sums[-3:], *several, _collapsed(loose), _collapsed(rows)]
        right = any(_adds_up(cell, terms) for terms in readings if terms)
        yield cell, loose, right or _any_run(cell, rows)
        sums.append(cell)
        loose = []


def _any_run(total: _Cell, rows: list[_Cell]) -> bool:
    """Whether the rows right above it add up from some row on: a section without a sum of its own may begin there."""
    return any(_adds_up(total, rows[start:]) for start in range(len(rows) - 1))


def _collapsed(rows: list[_Cell]) -> list[_Cell]:
    """The rows with those left out that a sum without a label of its own has taken in."""
    kept: list[_Cell] = []
    group: list[_Cell] = []
    for row in rows:
        if group and sum(term.value for term in group) == row.value != 0:
            kept.append(row)
            group = []
        else:
            group.append(row)
    return [*kept, *group]


def _adds_up(total: _Cell, terms: list[_Cell]) -> bool:
    slack = max([total.step, *(term.step for term in terms)]) * max(1, len(terms)) if len(terms) > 1 else total.step
    if total.node["unit"] != "SEK" and total.step >= 1:
        slack = Decimal(0)
    added = _added(terms)
    turned = sum((abs(term.value) for term in terms), Decimal(0))
    less = abs(terms[0].value) - sum((abs(term.value) for term in terms[1:]), Decimal(0))
    return any(abs(abs(total.value) - abs(found)) <= slack for found in (added, turned, less))


def _plain(total: _Cell, terms: list[_Cell]) -> bool:
    """Whether the sum says that it sums the two or more rows right above, and is nearly what they give."""
    if len(terms) < 2 or not _PLAIN_SUM.match(total.label) or _RESULT.search(total.label):
        return False
    if any(_RESULT.search(term.label) for term in terms):
        return False
    added = _added(terms)
    return total.value != 0 and abs(added - total.value) <= abs(total.value) * _LARGEST


def _contradiction(piece: Slice, total: _Cell, terms: list[_Cell], proved: bool) -> Contradiction:
    added = _added(terms)
    printed = total.node.get("asPrinted", "")
    return Contradiction(
        total.node,
        max(terms, key=lambda term: (abs(term.value), -term.start)).node,
        piece.id,
        f"“{total.node['lineItem']}” in the table “{total.node['table']}” is printed as {printed}, but the "
        f"{len(terms)} rows above it add up to {_number(added / total.step)}.",
        "contradictions/sum",
        0.92 if proved else 0.82,
        f"The row says that it is a sum, and no reading of the rows above gives {printed}.",
    )


def _number(value: Decimal) -> str:
    return f"{value.normalize():,f}".replace(",", " ").replace(".", ",")
