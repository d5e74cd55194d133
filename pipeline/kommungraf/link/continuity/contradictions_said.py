"""What running text says in numbers, in a form that can be compared: value with its play, year, place and words."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any

from kommungraf.link.continuity.measures import step_of
from kommungraf.link.continuity.measures_words import stem
from kommungraf.link.resolution import Json, Resolution, Slice, literal_text
from kommungraf.text import fold

LIMIT = 0.6
"""Below this score nothing is said to contradict anything."""

_TOKEN = re.compile(r"[^\W\d_]+(?:[:-][^\W\d_]+)*")
_CLAUSE = re.compile(r",\s|[;:(]\s?|\s(?:varav|därav|men|medan|samt)\s")
_TENTH = Decimal("0.1")
_EXACT_TO = 1000
"""Amounts printed in whole tkr may be off by one in the last figure; coarser ones are rounded."""


@dataclass(slots=True)
class Contradiction:
    """Two statements that cannot both be right; ``one`` and ``other`` are nodes of records."""

    one: Json
    other: Json
    about: str | None
    explanation: str
    method: str
    score: float
    because: str


@dataclass(slots=True)
class Said:
    """A number in running text. ``low`` and ``high`` are what it may mean; ``low`` is ``None`` for "upp till".

    ``near`` is its clause, folded; ``clause`` and ``words`` are the stems of its clause and sentence, ``named`` the
    projects and networks named there, ``section`` the last table or agenda item before it and ``heading`` the heading
    over it, ``planned`` whether it is of a plan, ``pointing`` whether it speaks of what was named before ("skolan").
    """

    node: Json
    piece: Slice
    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    year: int | None
    phase: str | None
    head: str
    near: str
    clause: frozenset[str]
    words: frozenset[str]
    named: frozenset[str]
    scope: str | None
    section: str
    heading: str
    planned: bool
    pointing: bool
    part: frozenset[str]
    time: frozenset[str]
    start: int

    @property
    def printed(self) -> str:
        """The number as the text prints it, with what it counts."""
        return str(self.node.get("asPrinted") or self.value)


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """The word lists of ``data/contradictions.toml``."""
    source = resources.files("kommungraf.link").joinpath("data/contradictions.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _hedges() -> dict[str, str]:
    return {word: kind for kind, words in rules()["hedges"].items() for word in words}


@lru_cache(maxsize=1)
def _one_verb() -> dict[str, str]:
    lists = rules()["words"]
    return {
        form: verb for verb in lists if verb not in ("empty", "common", "pointing", "headings") for form in lists[verb]
    }


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """Stems of measures so common that they tell little."""
    return frozenset(_stem(word) for word in rules()["words"]["common"])


@lru_cache(maxsize=1)
def _empty() -> frozenset[str]:
    from_figures = "två tre fyra fem sex sju åtta nio tio elva tolv".split()
    return frozenset([*rules()["words"]["empty"], *from_figures])


@lru_cache(maxsize=1)
def _pointing() -> frozenset[str]:
    return frozenset(rules()["words"]["pointing"])


def _place_of(node: Json) -> str:
    """The heading over a number, folded; one that stands over many parts tells no place, and the number its own."""
    heading = fold(str(node.get("underHeading", ""))).strip(" :.")
    return str(node["@id"]) if heading in _headings() else heading


@lru_cache(maxsize=1)
def _headings() -> frozenset[str]:
    return frozenset(rules()["words"]["headings"])


@lru_cache(maxsize=10)
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the word lists, for folded text."""
    return re.compile(rules()["patterns"][name])


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    verb = _one_verb().get(word)
    if verb is not None:
        return stem(verb)
    return stem(word[:-1] if word.endswith("s") and len(word) > 5 else word)


def stems(text: str) -> frozenset[str]:
    """The telling words of a text without their endings; of compounds with a hyphen each part."""
    words = (part for token in _TOKEN.findall(fold(text)) for part in (token, *token.split("-")) if len(part) > 1)
    return frozenset(_stem(word) for word in words if word not in _empty() and "-" not in word)


def start_of(node: Json) -> int:
    """Where the last piece of evidence of a node begins: for a number in text, the number itself."""
    return int(str(node["evidence"][-1]).rpartition("/")[2].partition("-")[0])


def play(value: Decimal, step: Decimal, unit: str, hedge: str | None) -> tuple[Decimal, Decimal]:
    """From what to what a printed number may mean.

    "Cirka" leaves a tenth to both sides, "drygt" and "knappt" a bit more to one; "över" and "upp till" are open ends.
    """
    kind = _hedges().get(hedge or "")
    slack = Decimal(0)
    if unit == "SEK":
        slack = step if step <= _EXACT_TO else step / 2
    elif step < 1:
        slack = step / 2
    elif unit == "percent":
        slack = Decimal("0.5")
    tenth = abs(value) * _TENTH
    low, high = value - slack, value + slack
    if kind == "about":
        return low - tenth, high + tenth
    if kind == "just_above":
        return low, high + tenth * 2
    if kind == "just_below":
        return low - tenth * 2, high
    if kind == "above":
        return low, Decimal("Infinity")
    return (Decimal("-Infinity"), high) if kind == "below" else (low, high)


def said(piece: Slice, resolution: Resolution) -> Iterator[Said]:
    """The numbers of a document's running text."""
    names = _Names(piece, resolution)
    sections = _sections(piece)
    for node in piece.of("Figure", "Observation"):
        if node.get("table") or not node.get("text"):
            continue
        value = Decimal(literal_text(node["value"]))
        step = step_of(value, node.get("asPrinted", ""))
        hedge = node.get("hedge")
        sentence = str(node["text"])
        clause = _clause(sentence, node)
        folded, near = fold(sentence), fold(clause)
        start = start_of(node)
        year = literal_text(node.get("fiscalYear"))
        low, high = play(value, step, node["unit"], hedge)
        at = bisect_right(sections, (start, "\uffff"))
        yield Said(
            node=node,
            piece=piece,
            value=value,
            low=low,
            high=high,
            unit=str(node["unit"]),
            year=int(year) if year else piece.year,
            phase=node.get("phase"),
            head=_head(str(node["lineItem"])),
            near=near,
            clause=stems(clause),
            words=stems(sentence),
            named=names.within(start - len(sentence), start + len(sentence), sentence),
            scope=resolution.iri(node.get("scope")),
            section=sections[at - 1][1] if at else "",
            heading=_place_of(node),
            planned=pattern("planned").search(folded) is not None,
            pointing=not _pointing().isdisjoint(near.split()),
            part=frozenset(pattern("part").findall(near)),
            time=frozenset(pattern("time").findall(folded)),
            start=start,
        )


def _head(measure: str) -> str:
    """The head noun of a measure: the last word of what is counted."""
    words = _TOKEN.findall(fold(measure))
    return _stem(words[-1]) if words else ""


def _clause(sentence: str, node: Json) -> str:
    """The clause in which the number stands, by commas and the like; the sentence where it cannot be found."""
    printed = str(node.get("asPrinted", ""))
    hedge = str(node.get("hedge") or "")
    bare = printed[len(hedge) :].strip() if hedge and fold(printed).startswith(fold(hedge)) else printed
    at = sentence.find(bare) if bare else -1
    if at < 0:
        return sentence
    cuts = [0, *(match.end() for match in _CLAUSE.finditer(sentence)), len(sentence)]
    begin = max(cut for cut in cuts if cut <= at)
    end = min(cut for cut in cuts if cut >= at + len(bare))
    return sentence[begin:end]


def _sections(piece: Slice) -> list[tuple[int, str]]:
    """Where each table or agenda item of the document begins: text after a table most often comments it, and items of
    minutes are of different matters."""
    found: dict[str, int] = {str(node["@id"]): start_of(node) for node in piece.of("AgendaItem")}
    for node in piece.of("Observation"):
        if title := node.get("table"):
            start = start_of(node)
            found[title] = min(found.get(title, start), start)
    return sorted((start, title) for title, start in found.items())


class _Names:
    """The projects and networks that a document names, by place."""

    def __init__(self, piece: Slice, resolution: Resolution) -> None:
        places = []
        for node in piece.of("Project", "Network"):
            entity = resolution.iri(node["@id"])
            for passage in node.get("evidence", ()):
                start, _, end = str(passage).rpartition("/")[2].partition("-")
                places.append((int(start), int(end), str(entity), fold(str(node["name"]))))
                if node.get("shortName"):
                    places.append((int(start), int(end), str(entity), fold(str(node["shortName"]))))
        self.places = sorted(places)
        self.starts = [place[0] for place in self.places]

    def within(self, start: int, end: int, sentence: str) -> frozenset[str]:
        """The entities named between two places, if their name stands in the sentence at hand."""
        folded = fold(sentence)
        low, high = bisect_right(self.starts, start - 1), bisect_right(self.starts, end)
        return frozenset(entity for _, _, entity, name in self.places[low:high] if name in folded)
