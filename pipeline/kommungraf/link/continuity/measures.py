"""What a value of a table is a value of: line, frame, scope, year, phase and unit in forms that can be compared.

Two observations of one :class:`Measure` are of the same thing. Their values compare as they should whatever the table
prints: kronor or thousands, costs with a minus or without. Stored values are never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kommungraf.link.continuity.measures_words import (
    DAY,
    YEARS,
    frame_of,
    is_difference,
    line_of,
    nature,
    period_of,
    stem,
    word_list,
)
from kommungraf.link.resolution import Json, Resolution, Slice, literal_text
from kommungraf.text import fold, parse_number


class Measure(NamedTuple):
    """What is measured, where and how: two values with one measure are of the same thing.

    ``publisher`` is whose document says it and ``scope`` whose value it is: the IRI of an area or body, the words of a
    title that names one ("kansli"), or the publisher's IRI again. ``frame`` is what else narrows the line ("exklusive
    transfereringar", "antal deltagare"), ``period`` the part of the year ("" is all of it).
    """

    publisher: str
    scope: str
    frame: str
    line: str
    unit: str
    period: str = ""


@dataclass(slots=True)
class Measured:
    """An observation and what it measures.

    ``scope_name`` says in words whose value it is and what narrows it. ``signed`` is its value with incomes above and
    costs below zero; ``step`` is how finely it is printed (1000 for whole tkr).
    """

    node: Json
    piece: Slice
    measure: Measure
    scope_name: str
    year: int | None
    phase: str | None
    signed: Decimal
    step: Decimal

    @property
    def document(self) -> str:
        """The document that says it."""
        return self.piece.id


def measured(piece: Slice, resolution: Resolution) -> Iterator[Measured]:
    """The values of a document's tables with what they measure; differences, shares and targets are left out."""
    publisher = resolution.iri(piece.head.get("publisher")) or piece.id
    own = _names_of(publisher, resolution)
    tables: dict[str, list[Json]] = {}
    for node in piece.of("Observation"):
        if node.get("table") and not is_difference(node.get("column", "")):
            tables.setdefault(node["table"], []).append(node)
    for title, nodes in tables.items():
        costs_above, turned = _convention(nodes)
        for node in nodes:
            scope, scope_name, frame = _place(node, title, publisher, own, resolution)
            line, head = _line(node, title, frame), node.get("column", "")
            value = Decimal(literal_text(node["value"]))
            year = literal_text(node.get("fiscalYear"))
            unit = node["unit"] if node["unit"] != "number" else f"number in {piece.id}"
            told = [
                (text, words) for text, words in ((title, frame), (head, frame_of(head))) if words not in ("", line)
            ]
            around = " ".join(dict.fromkeys(words for _, words in told))
            yield Measured(
                node,
                piece,
                Measure(publisher, scope, around, line, unit, _period(node, title, piece)),
                ", ".join(filter(None, (scope_name, *(_printed(text) for text, _ in told)))),
                int(year) if year else None,
                node.get("phase"),
                _signed(value, line, unit, costs_above, turned),
                step_of(value, node.get("asPrinted", "")),
            )


def _line(node: Json, title: str, frame: str) -> str:
    """The line; a sum that has no label of its own but the table's title is the table's sum."""
    if node["lineItem"] == title and not frame_of(title).startswith(line_of(title)):
        return "summa"
    return line_of(node["lineItem"])


def _place(node: Json, title: str, publisher: str, own: frozenset[str], resolution: Resolution) -> tuple[str, str, str]:
    """Whose value it is (key and name), and what else the title narrows it to."""
    frame = _without_publisher(frame_of(title), title, own)
    scope = resolution.iri(node.get("scope"))
    if scope is not None and scope != publisher:
        names = _names_of(scope, resolution)
        return scope, str(resolution.entities.get(scope, {}).get("name", "")), "" if frame in names else frame
    if scope is None and frame:  # a heading or title names an area that no other text names
        return f"{publisher} {frame}", _printed(title), ""
    return publisher, str(resolution.entities.get(publisher, {}).get("name", "")), frame


@lru_cache(maxsize=10_000)
def _without_publisher(frame: str, title: str, own: frozenset[str]) -> str:
    """A frame without the publisher's names, and without capitals that abbreviate one of them."""
    for name in sorted(own, key=len, reverse=True):
        frame = re.sub(rf"(?:^|(?<= )){re.escape(name)}(?:$|(?= ))", "", frame).strip()
    for capitals in re.findall(r"\b[A-ZÅÄÖ]{3,6}\b", title):
        short = fold(capitals)
        if any(_abbreviates(short, name) for name in own):
            frame = " ".join(word for word in frame.split() if word != stem(short))
    return frame


def _abbreviates(short: str, name: str) -> bool:
    """Whether letters stand for a name: those of each word in order, and of parts of compounds between them."""
    words = name.split()
    return (
        len(words) > 1
        and short[0] == name[0]
        and _in_order("".join(word[0] for word in words), short)
        and _in_order(short, name.replace(" ", ""))
    )


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


@lru_cache(maxsize=10_000)
def _printed(title: str) -> str:
    """What a title or head says beyond phase and year, as printed: "Budget Kansli 2026" is "Kansli"."""
    idle = word_list("statements")
    words = [word for word in YEARS.sub(" ", title).split() if fold(word).strip(":,.") not in idle]
    return " ".join(words) or title


def _names_of(entity: str, resolution: Resolution) -> frozenset[str]:
    """What titles call an entity, as frames: its names, and nothing for one without a name."""
    told = resolution.entities.get(entity, {})
    other = told.get("altLabel", ())
    names = [told.get("name", ""), told.get("shortName", ""), *([other] if isinstance(other, str) else other)]
    return frozenset(frame for name in names if isinstance(name, str) and (frame := frame_of(name)))


def _period(node: Json, title: str, piece: Slice) -> str:
    """The part of the year; the accounts of a report for a part of the year are of that part."""
    period = period_of(node.get("column", "")) or period_of(title)
    if not period and node.get("phase") == "outcome" and not DAY.search(node.get("column", "")):
        return period_of(str(piece.head.get("title", "")))
    return period


def _convention(nodes: list[Json]) -> tuple[bool, bool]:
    """Whether a table prints its costs above zero, and whether it prints its incomes below (as ledgers do)."""
    costs = incomes = 0
    for node in nodes:
        if node["unit"] != "SEK":
            continue
        value = Decimal(literal_text(node["value"]))
        sign = (value > 0) - (value < 0)
        side = nature(line_of(node["lineItem"]))
        costs += sign if side < 0 else 0
        incomes += sign if side > 0 else 0
    return costs > 0, incomes < 0 and costs >= 0


def _signed(value: Decimal, line: str, unit: str, costs_above: bool, turned: bool) -> Decimal:
    if unit != "SEK":
        return value
    if turned or (costs_above and nature(line) < 0):
        return -value
    return value


@lru_cache(maxsize=50_000)
def step_of(value: Decimal, printed: str) -> Decimal:
    """How finely a value is printed, in its base unit: ``7 985`` for 7985000 is 1000, ``41,2`` is 0.1."""
    number = parse_number(re.sub(r"[^\d\s.,()−–-]", "", printed))
    if not number:
        return Decimal(1)
    decimals = printed.rpartition(",")[2] if "," in printed else ""
    shown = len(re.match(r"\d*", decimals)[0]) if decimals else 0  # type: ignore[index]
    return abs(value / number).quantize(Decimal(1)) * Decimal(1).scaleb(-shown)


def agree(one: Measured, other: Measured) -> bool:
    """Whether two values of one measure say the same: equal but for rounding. Sums of rounded amounts may be off by
    one step; counts are exact."""
    apart = abs(one.signed - other.signed)
    if one.measure.unit == "SEK":
        return apart <= max(one.step, other.step)
    return apart == 0 if one.step == other.step else apart <= max(one.step, other.step) / 2


def written(piece: Slice) -> str:
    """When a document was written, for comparing with another: its issue, else what its type says of its year.

    Plans and budgets are written before their year, reports after it.
    """
    issued = literal_text(piece.head.get("issued"))
    if issued:
        return issued
    year = piece.year
    if year is None:
        return piece.date
    plans = ("budget", "verksamhetsplan", "strategi")
    return f"{year - 1}-11" if piece.type in plans else f"{year + 1}-03"
