"""The words of accounts in normal form: labels of lines, titles of tables, heads of columns.

What is the same by the law on municipal accounts or the chart of accounts stands in ``data/measures.toml``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from kommungraf.text import fold
from kommungraf.wordlists import toml

_NOTE = re.compile(
    r"^(?:not|tabell|bilaga)\s+\d+[a-z]?\b[.:]?\s*|\s*\(?\bnot(?:er)?\s+[\d, -]+\)?$|(?:\s*\*+|\s+\d\))$"
)
_NUMBERING = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[^\W\d])")
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?:[-/]\d\d(?:\d\d)?)?(?![\d])(?:-\d\d){0,2}")
_OF_YEAR = re.compile(r"\s*\b(?:för|under|år|per|i)?\s*(?:år\s+)?(?:19|20)\d\d(?:-\d\d-\d\d)?\b|\s+för (?:hel)?året\b")
DAY = re.compile(r"(?<!\d)(?:19|20)\d\d-(\d\d)-(\d\d)(?!\d)")
_WORD = re.compile(r"s:a|[^\W_]+(?:[.-][^\W_]+)*")
_NUMERIC = re.compile(r"[\d.,-]+")
_COUNT = re.compile(r"^antal(?:et)?\s+(?=\S)")
# Endings of Swedish nouns and participles, the definite ones first; a word keeps at least four letters.
_DEFINITE = ("ernas", "arnas", "ornas", "erna", "arna", "orna", "ets", "ens", "et", "en")
_PLURAL = ("er", "ar", "or", "a", "e")


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return toml("link", "measures.toml")


@lru_cache(maxsize=20)
def word_list(name: str) -> frozenset[str]:
    """A list of words of ``data/measures.toml``."""
    return frozenset(_rules()["words"][name])


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
    told = [word for word in words if word not in word_list("sums")]
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
    frames, idle = _frames(), word_list("statements") | word_list("empty") | word_list("parts") | _months().keys()
    told = []
    for word in _WORD.findall(YEARS.sub(" ", plain)):
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
    """The part of a year that a head or title speaks of, empty for all of it: "2023-08-31" and "jan–aug" are "08"."""
    days = DAY.findall(text)
    if days and days[-1] != ("12", "31"):
        return str(days[-1][0])
    plain = fold(text)
    if re.search(r"\bhelår|\bårsprognos", plain):
        return ""
    months = [month for word in _WORD.findall(plain.replace("-", " ")) if (month := _months().get(word))]
    if months:
        return "" if months[-1] == "12" else months[-1]
    part = re.search(r"\b(?:tertial|kvartal)\w*(?:\s+\d)?|\b[tq][1-4]\b|\b(?:halvår|delår)\w*", plain)
    return part[0] if part else ""


@lru_cache(maxsize=1)
def _months() -> dict[str, str]:
    """Names of months, whole and cut short, to their numbers."""
    names = _rules()["words"]["months"]
    whole = {name: f"{number:02}" for number, name in enumerate(names, 1)}
    return whole | {name[:3]: number for name, number in whole.items()} | {"sept": "09"}


@lru_cache(maxsize=10_000)
def is_difference(column: str) -> bool:
    """Whether a column holds how two values differ, or a share or target, and no value of its line."""
    if "%" in column or "avvikelse" in fold(column):
        return True
    told = word_list("differences")
    return any(word in told or stem(word) in told for word in _WORD.findall(fold(column)))


@lru_cache(maxsize=10_000)
def nature(line: str) -> int:
    """1 for a line of income, -1 for one of cost, 0 where its words do not say."""
    for sign, name in ((-1, "cost"), (1, "income")):
        for mark in _rules()["nature"][name]:
            root = stem(mark)
            if any(word.startswith(root) or word.endswith(root) for word in line.split()):
                return sign
    return 0
