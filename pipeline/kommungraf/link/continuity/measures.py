"""What a value of a table is a value of: line, frame, scope, year, phase and unit in forms that can be compared.

Two observations of one :class:`Measure` are of the same thing. Their values compare as they should whatever the table
prints: kronor or thousands, costs with a minus or without. Stored values are never changed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any, NamedTuple

from kommungraf.link.resolution import Json, Resolution, Slice, literal_text
from kommungraf.text import fold, parse_number

_NOTE = re.compile(
    r"^(?:not|tabell|bilaga)\s+\d+[a-z]?\b[.:]?\s*|\s*\(?\bnot(?:er)?\s+[\d, -]+\)?$|(?:\s*\*+|\s+\d\))$"
)
_NUMBERING = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[^\W\d])")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?:[-/]\d\d(?:\d\d)?)?(?![\d])(?:-\d\d){0,2}")
_OF_YEAR = re.compile(r"\s*\b(?:för|under|år|per|i)?\s*(?:år\s+)?(?:19|20)\d\d(?:-\d\d-\d\d)?\b|\s+för (?:hel)?året\b")
_DAY = re.compile(r"(?<!\d)(?:19|20)\d\d-(\d\d)-(\d\d)(?!\d)")
_WORD = re.compile(r"s:a|[^\W_]+(?:[.-][^\W_]+)*")
_NUMERIC = re.compile(r"[\d.,-]+")
_COUNT = re.compile(r"^antal(?:et)?\s+(?=\S)")
# Endings of Swedish nouns and participles, the definite ones first; a word keeps at least four letters.
_DEFINITE = ("ernas", "arnas", "ornas", "erna", "arna", "orna", "ets", "ens", "et", "en")
_PLURAL = ("er", "ar", "or", "a", "e")


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

    ``signed`` is its value with incomes above and costs below zero; ``step`` is how finely it is printed (1000 for
    whole tkr). ``written`` orders documents by when they were written.
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


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    source = resources.files("kommungraf.link").joinpath("data/measures.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@lru_cache(maxsize=20)
def _words(name: str) -> frozenset[str]:
    return frozenset(_rules()["words"][name])


# --- normal forms -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A folded word without its ending: kostnaderna, kostnader and kostnad are one."""
    for endings in (_DEFINITE, _PLURAL):
        for ending in endings:
            if word.endswith(ending) and len(word) - len(ending) >= 4:
                word = word[: -len(ending)]
                break
    return word


@lru_cache(maxsize=50_000)
def line_of(text: str) -> str:
    """The normal form of a line's label: without numbering, notes, units, years, endings and words for sums.

    "Summa kostnader", "SUMMA KOSTNADER" and "Kostnader, tkr" are one; names that the law or the chart of accounts makes
    one are one. A label that says only that it sums is "summa".
    """
    plain = _plain(text)
    words = [word for word in _WORD.findall(plain) if not _NUMERIC.fullmatch(word)]
    told = [word for word in words if word not in _words("sums")]
    if not told:
        return "summa" if words else plain
    counted = _COUNT.sub("", " ".join(told))
    return _one_name().get(" ".join(map(stem, counted.split())), " ".join(map(stem, counted.split())))


def _plain(text: str) -> str:
    plain = _NUMBERING.sub("", _BRACKETS.sub(" ", fold(text)).strip())
    plain = _NOTE.sub("", _NOTE.sub("", plain))
    return _OF_YEAR.sub("", re.sub(r",?\s+(?:i\s+)?(?:tkr|mnkr|mkr|kronor|kr|procent|%|st)$", "", plain)).strip(
        " :.,-*"
    )


@lru_cache(maxsize=1)
def _one_name() -> dict[str, str]:
    """Every other name of a line, in normal form, to the first one."""
    return {
        " ".join(map(stem, name.split())): " ".join(map(stem, first.split()))
        for first, others in _rules()["same"].items()
        for name in (first, *others)
    }


@lru_cache(maxsize=1)
def related() -> dict[str, frozenset[str]]:
    """For a line in normal form the groups of lines that may be the same, where values prove it."""
    groups: dict[str, set[str]] = {}
    for group, names in _rules()["related"].items():
        for name in names:
            groups.setdefault(line_of(name) if name != "summa" else name, set()).add(group)
    return {line: frozenset(found) for line, found in groups.items()}


@lru_cache(maxsize=50_000)
def frame_of(text: str) -> str:
    """What a title or head says beyond which statement, phase and year it is: "Budget exklusive moms 2024–2026" is
    "exklusiv moms"; "Resultaträkning" says nothing more."""
    plain = _NOTE.sub("", _NUMBERING.sub("", _BRACKETS.sub(" ", fold(text)).strip()))
    frames, idle = _frames(), _words("statements") | _words("empty") | _words("periods")
    told = []
    for word in _WORD.findall(_YEARS.sub(" ", plain)):
        bare = word[:-2] if word[:-2] in idle or word[:-2] in frames else word  # budgeten, resultaträkningen
        if bare in frames:
            told.append(frames[bare])
        elif bare not in idle and not _NUMERIC.fullmatch(word):
            told.append(stem(word))
    return " ".join(told)


@lru_cache(maxsize=1)
def _frames() -> dict[str, str]:
    return {name: frame for frame, names in _rules()["frames"].items() for name in names}


@lru_cache(maxsize=50_000)
def period_of(text: str) -> str:
    """The part of a year that a head or title speaks of, empty for all of it: "2023-08-31", "jan–aug", "tertial 2"."""
    days = _DAY.findall(text)
    if days and days[-1] != ("12", "31"):
        return "-".join(days[-1])
    plain = fold(text)
    parts = [word for word in _WORD.findall(plain.replace("-", " ")) if word in _words("periods")]
    if not parts or re.search(r"\bhelår|årsprognos", plain):
        return ""
    number = re.search(r"(?:tertial|kvartal)\w*\s+(\d)", plain)
    return " ".join(dict.fromkeys([*parts, *(number.groups() if number else ())]))


@lru_cache(maxsize=10_000)
def is_difference(column: str) -> bool:
    """Whether a column holds how two values differ, or a share or target, and no value of its line."""
    words = _WORD.findall(fold(column))
    return "%" in column or any(word in _words("differences") or stem(word) in _words("differences") for word in words)


@lru_cache(maxsize=10_000)
def nature(line: str) -> int:
    """1 for a line of income, -1 for one of cost, 0 where its words do not say."""
    for sign, name in ((-1, "cost"), (1, "income")):
        for mark in _rules()["nature"][name]:
            root = stem(mark)
            if any(word.startswith(root) or word.endswith(root) for word in line.split()):
                return sign
    return 0


# --- observations -----------------------------------------------------------------------------------------------------


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
            line = _line(node, title, frame)
            value = Decimal(literal_text(node["value"]))
            year = literal_text(node.get("fiscalYear"))
            unit = node["unit"] if node["unit"] != "number" else f"number in {piece.id}"
            column = frame_of(node.get("column", ""))
            around = " ".join(dict.fromkeys(filter(None, (frame if frame != line else "", column))))
            yield Measured(
                node,
                piece,
                Measure(publisher, scope, around, line, unit, _period(node, title, piece)),
                scope_name,
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
        return f"{publisher} {frame}", _printed_scope(title), ""
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
def _printed_scope(title: str) -> str:
    """The words of a title that name an area, as printed: "Budget Kansli 2026" is "Kansli"."""
    idle = _words("statements")
    words = [word for word in _YEARS.sub(" ", title).split() if fold(word).strip(":,.") not in idle]
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
    if not period and node.get("phase") == "outcome" and not _DAY.search(node.get("column", "")):
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
