"""Comparers of two clusters of mentions of people: tiny functions that return a score and a sentence, or a conflict.

A name decides nothing alone. Names must be the same name (:func:`same_name`), nothing may conflict
(:func:`conflict`), and unless both stand in one organisation's documents something must link them (:func:`context`).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import NamedTuple

from kommungraf.text import fold, phonetic

SAME_TIME = 4
"""Years, a term of office: a party or municipality that differs within them is a conflict, later it may change."""


class Finding(NamedTuple):
    """What a comparer found: a score from 0 to 1 and why, as half a sentence."""

    score: float
    because: str


_SETS = (
    "civil", "offices", "scopes", "areas", "about", "files", "documents", "years", "judged", "printed", "misread",
)  # fmt: skip


@dataclass(slots=True)
class Cluster:
    """Mentions that are one person so far. ``words`` is the longest name as phonetic words, first name first.

    ``parties``, ``places`` and ``offices`` hold the years in which they were seen; ``candidates`` the IRIs that the
    names have in their scopes, each with the documents that use it; ``about`` the organisations that those mention.
    ``printed`` are the names that stand in text, ``misread`` those that were recognised in a picture.
    """

    words: tuple[str, ...]
    spellings: Counter[str] = field(default_factory=Counter)
    civil: set[str] = field(default_factory=set)
    parties: dict[str, set[int]] = field(default_factory=dict)
    places: dict[str, set[int]] = field(default_factory=dict)
    offices: set[str] = field(default_factory=set)
    scopes: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    about: set[str] = field(default_factory=set)
    files: set[str] = field(default_factory=set)
    documents: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    candidates: dict[str, set[str]] = field(default_factory=dict)
    mentions: list[tuple[str, str]] = field(default_factory=list)
    judged: set[str] = field(default_factory=set)
    printed: set[str] = field(default_factory=set)
    misread: set[str] = field(default_factory=set)
    moved: bool = False  # a text says that the person changed party
    joins: list[tuple[str, Finding, list[str], str]] = field(default_factory=list)

    def take(self, other: Cluster) -> None:
        """Add what another cluster holds."""
        self.words = max(self.words, other.words, key=lambda words: (len(words), words))
        self.spellings.update(other.spellings)
        for mine, theirs in (
            (self.parties, other.parties),
            (self.places, other.places),
            (self.candidates, other.candidates),
        ):
            for key, values in theirs.items():
                mine.setdefault(key, set()).update(values)  # type: ignore[arg-type]
        for name in _SETS:
            getattr(self, name).update(getattr(other, name))
        self.moved |= other.moved
        self.mentions.extend(other.mentions)
        self.joins.extend(other.joins)

    @property
    def name(self) -> str:
        """The most frequent spelling in mixed case, never the civil name of a signature page if there is another."""
        if len(self.spellings) == 1:
            return next(iter(self.spellings))
        usual = {name: count for name, count in self.spellings.items() if name not in self.civil} or self.spellings
        usual = {name: count for name, count in usual.items() if name in self.printed} or usual
        return min(usual, key=lambda name: (-usual[name], name))


def name_words(name: str) -> tuple[str, ...]:
    """A name as phonetic words; double names fall apart (``Ann-Marie`` and ``Ann Marie`` are one spelling)."""
    return tuple(phonetic(fold(name).replace(".", " ")).split())


def block_of(words: tuple[str, ...]) -> tuple[str, str]:
    """Names are compared only when their first letter and their last word sound alike."""
    return words[0][:1], words[-1]


def same_name(a: Cluster, b: Cluster) -> Finding | None:
    """Whether two names can be one name, and how surely."""
    if a.words == b.words:
        names = fold(a.name), fold(b.name)
        if names[0] == names[1]:
            return Finding(1.0, f"the name {a.name} is the same")
        return Finding(0.95, f"{a.name} and {b.name} sound the same")
    short, long = sorted((a, b), key=lambda cluster: (len(cluster.words), cluster.words))
    first, others = short.words[0], long.words
    if len(first) == 1 and others[0].startswith(first) and short.words[1:] == others[1:]:
        return Finding(0.75, f"{short.name} is {long.name} with an initial")
    if first != others[0] or short.words[-1] != others[-1] or not _within(short.words, others):
        return None
    if "-" in long.name.split()[0] and "-" not in short.name.split()[0] and not long.civil:
        return None  # Anna Berg and Anna-Karin Berg are two names
    full = max(long.spellings, key=lambda name: (len(name.split()), name))
    return Finding(0.85, f"{full} is {short.name} with all names")


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


def conflict(a: Cluster, b: Cluster) -> str:
    """What speaks against one person, or an empty string."""
    for mine, theirs, what in ((a.parties, b.parties, "party"), (a.places, b.places, "municipality")):
        if what == "party" and (a.moved or b.moved):
            continue
        if mine and theirs and not mine.keys() & theirs.keys() and _same_time(mine, theirs):
            return f"the {what} differs in the same time ({_list(mine)}, {_list(theirs)})"
    if any("!" + mark in b.judged for mark in a.judged):
        return "a judgement says that they are two"
    return ""


def _same_time(a: dict[str, set[int]], b: dict[str, set[int]]) -> bool:
    years_a = sorted({year for years in a.values() for year in years})
    years_b = sorted({year for years in b.values() for year in years})
    if not years_a or not years_b or 0 in years_a or 0 in years_b:
        return True
    return min(abs(x - y) for x in years_a for y in years_b) <= SAME_TIME


def _list(values: dict[str, set[int]]) -> str:
    return "/".join(sorted(values))


def context(a: Cluster, b: Cluster, rare: bool) -> Finding | None:
    """What links two people of one name: the documents they stand in, party, area, office, a rare name."""
    if a.documents & b.documents:
        return Finding(0.98, "both stand in one document")
    party = bool(a.parties.keys() & b.parties.keys())
    area = bool((a.places.keys() | a.areas) & (b.places.keys() | b.areas))
    if shared := a.scopes & b.scopes:
        score = 0.96 if party or a.offices & b.offices else 0.93
        return Finding(score, f"both stand in documents of {min(shared)}")
    if a.files & b.files:
        return Finding(0.9, "their documents came in one file")
    spoken = min((a.scopes & b.about) | (b.scopes & a.about), default="")
    if party and area:
        return Finding(0.92, f"the party ({_list(a.parties)}) and the area agree")
    if party and spoken:
        return Finding(0.88, f"the party agrees and the one's documents speak of {spoken}, where the other stands")
    if rare and (party or area):
        return Finding(0.85, "the name is rare and " + ("the party agrees" if party else "the area agrees"))
    if rare and spoken:
        return Finding(0.82, f"the name is rare and the one's documents speak of {spoken}, where the other stands")
    if rare and (office := min(a.offices & b.offices, default="")):
        return Finding(0.8, f"the name is rare and the office ({office}) is the same")
    return None
