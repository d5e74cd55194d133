"""Units as printed: what a number in a table or in running text is a number of, and its factor to the base unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from kommungraf.text import parse_number
from kommungraf.wordlists import toml


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its code (``SEK``, ``percent``, ``persons`` …) and the factor from the printed number to it."""

    code: str
    factor: Decimal = Decimal(1)

    @property
    def is_money(self) -> bool:
        """Whether it is an amount in kronor."""
        return self.code == "SEK"


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """The word lists of ``data/observations.toml``."""
    return toml("extract", "observations.toml")


@lru_cache(maxsize=1)
def _units() -> dict[str, Unit]:
    return {printed: Unit(code, Decimal(factor)) for printed, (code, factor) in rules()["units"].items()}


def unit_named(printed: str) -> Unit | None:
    """The unit of a printed name or sign (``tkr``, ``%``), or ``None``."""
    return _units().get(" ".join(printed.lower().split()).rstrip("."))


_MONEY = (
    r"tkr|kkr|ksek|tsek|mnkr|mkr|mdkr|msek|tusen(?:tals?)?\s+kronor|miljon(?:er)?\s+(?:kronor|kr)"
    r"|miljarder\s+(?:kronor|kr)|kronor|kr|sek"
)
_IN_BRACKETS = re.compile(rf"(?i)\s*[(\[]\s*(?:belopp\s+)?(?:i\s+)?({_MONEY}|%|procent|antal|st)\s*[)\]]")
_TRAILING = re.compile(
    r"(?i)(?:,?\s+(?:i\s+)?(tkr|kkr|mnkr|mkr|msek|tsek|%|procent|tusentals\s+kronor|miljoner\s+kronor)"
    r"|(?:,\s*|\s+i\s+)(kr|kronor|sek|st|antal))\s*$"
)
_RATE = re.compile(r"(?i)\b(kr|tkr|kronor)/\w+")  # "kr/skattekrona": an amount of money, and its label says per what
_STATEMENT = re.compile(
    rf"(?i)\b(?:(?:samtliga|alla)\s+)?(?:belopp|siffror|värden|tal)(?:en)?\b[^.\n]{{0,40}}?\bi\s+({_MONEY})\b"
    rf"|\bredovisas\s+i\s+({_MONEY})\b|\buttryckt\w*\s+i\s+({_MONEY})\b"
)
_ONLY = re.compile(
    rf"(?i)[(\[]?\s*(?:(?:samtliga|alla)\s+)?(?:belopp(?:en)?\s+)?(?:i\s+)?({_MONEY}|%)"
    r"(?:\s*\(\w+\))?\s*[)\]]?[.:]?"
)


def unit_in_label(text: str) -> Unit | None:
    """The unit that a label, head or title ends with or has in brackets: ``Eget kapital (tkr)``, ``Budget, mnkr``."""
    found = _RATE.search(text) or _IN_BRACKETS.search(text) or _TRAILING.search(text) or _ONLY.fullmatch(text.strip())
    return unit_named(next(filter(None, found.groups()))) if found else None


def without_unit(text: str) -> str:
    """A label without its unit: ``Soliditet (%)`` is ``Soliditet``. A label that is a unit only stays."""
    bare = _TRAILING.sub("", _IN_BRACKETS.sub("", text)).strip()
    return bare or text.strip()


def is_unit_only(text: str) -> bool:
    """Whether a line says nothing but a unit: ``Tkr``, ``(belopp i mnkr)``."""
    return _ONLY.fullmatch(text.strip()) is not None


def stated_units(text: str) -> set[Unit]:
    """The units that sentences of a text state for its tables: ``Alla belopp i tusentals kronor (tkr)``."""
    found = (unit_named(next(filter(None, match.groups()))) for match in _STATEMENT.finditer(text))
    return {unit for unit in found if unit}


def whole_number(value: Decimal) -> Decimal:
    """A value without a needless fraction: 2.5 million is 2500000, not 2500000.0."""
    return value.to_integral_value() if value == value.to_integral_value() else value


_CELL = re.compile(
    r"(?i)(?P<number>.*?\d\)?)\s*(?P<unit>%|procent|tkr|kkr|mnkr|mkr|kr|kronor|st|år|personer|månader|kvm|:-)?\.?"
)
_LEADING = re.compile(r"^(?:[+±]|ca\.?\s+|cirka\s+|~)\s*")


def parse_cell(text: str) -> tuple[Decimal, Unit | None] | None:
    """The number of a table cell and the unit that it is printed with: ``-2 622``, ``+3``, ``47,16 %``, ``5 år``."""
    stripped = _LEADING.sub("", text.strip().strip("*").strip())
    match = _CELL.fullmatch(stripped)
    if not match:
        return None
    number = parse_number(match["number"])
    return None if number is None else (number, unit_named(match["unit"]) if match["unit"] else None)


@lru_cache(maxsize=4096)
def unit_of_words(text: str) -> Unit | None:
    """The unit that words imply: "Antal deltagare" are persons, "Soliditet" is a percentage, "Antal kurser" a count."""
    words, lists = re.findall(r"[\wåäö]+", text.lower()), rules()["words"]
    if any(word in lists["full_time"] for word in words):
        return Unit("full-time equivalents")
    counted = any(word in lists["counted"] for word in words)
    if any(word in lists["persons"] for word in words) and (counted or len(words) == 1):
        return Unit("persons")
    if counted:
        return Unit("count")
    return Unit("percent") if words and (words[0] in lists["percent"] or words[-1] in lists["percent"]) else None


@lru_cache(maxsize=4096)
def speaks_of_money(text: str) -> bool:
    """Whether a label is about money: "Verksamhetens intäkter", "Summa eget kapital"."""
    return _money_words().search(text.lower()) is not None


@lru_cache(maxsize=1)
def _money_words() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, rules()["words"]["money"])))
