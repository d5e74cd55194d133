"""Words of plans and reports as weighted stems: what two statements share, and how telling it is.

A stem is the word without inflection (Snowball's rules for Swedish; a lexicon of lemmas takes longer to load than all
of linking) and without the ending that makes a noun of a verb: *samordningen* and *samordna* are one. A compound is
also its parts where they are words of the same texts: *nätverksträffar* shares *träffar* and *nätverk*.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from kommungraf.text import snowball
from kommungraf.wordlists import toml

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What is left of verbs and of nouns made of them: samordn(a), undersökn(ing), genomfört, arbeta.
_TAIL = re.compile(r"(?:(?<=[bdfgjklmprstv])n|(?<=r)t|(?<=d)j|[aes])$")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9])")
_SHORTEST = 3
_SHORTEST_PART = 4
_COMPOUND = 9
_PART = 0.5
"""What a part of a compound weighs against a word of its own."""
_WEAK = 0.4


@cache
def rules() -> dict[str, Any]:
    """The word lists of ``data/alignment.toml``."""
    return toml("link", "alignment.toml")


@cache
def _derived() -> tuple[str, ...]:
    return tuple(rules()["derived"])


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word."""
    root = snowball(word)
    derived = _derived()
    for _ in range(2):  # etablering, etabler, etabl
        if not root.endswith(derived):
            break
        for ending in derived:
            if root.endswith(ending) and len(root) - len(ending) >= _SHORTEST_PART:
                root = root[: -len(ending)]
                break
    if len(root) > _SHORTEST_PART:
        root = _TAIL.sub("", root)
    return root


@cache
def _lists() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(rules()["empty"]), frozenset(stem(word) for word in rules()["weak"])


@lru_cache(maxsize=50_000)
def stems(text: str) -> tuple[str, ...]:
    """The stems of the telling words of a text, in order."""
    empty, _ = _lists()
    words = (part for word in _WORD.findall(text.casefold()) for part in _spellings(word))
    return tuple(stem(word) for word in words if len(word) >= _SHORTEST and word not in empty)


def _spellings(word: str) -> tuple[str, ...]:
    """A word with a hyphen is its parts, and one word: what one year writes with it the next writes without."""
    return (word,) if "-" not in word else (word.replace("-", ""), *word.split("-"))


def sentences_of(text: str) -> list[str]:
    """The sentences of a text."""
    return _SENTENCE.split(text)


@dataclass(slots=True)
class Vector:
    """Weighted stems. ``total`` is the sum of the weights, ``length`` the square root of that of their squares."""

    weights: dict[str, float]
    total: float = 0.0
    length: float = 0.0
    _ranked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.total = sum(self.weights.values())
        self.length = math.sqrt(sum(weight * weight for weight in self.weights.values()))

    def telling(self, count: int) -> list[str]:
        """Its most telling stems."""
        if not self._ranked:
            self._ranked = sorted(self.weights, key=lambda key: (-self.weights[key], key))
        return self._ranked[:count]


def merged(vectors: list[Vector]) -> Vector:
    """What several texts say together."""
    if len(vectors) == 1:
        return vectors[0]
    weights: dict[str, float] = {}
    for vector in vectors:
        for key, weight in vector.weights.items():
            if weights.get(key, 0.0) < weight:
                weights[key] = weight
    return Vector(weights)


class Weights:
    """How telling each stem is among the promises of one publisher: what stands everywhere says little."""

    def __init__(self, years: Iterable[set[str]]) -> None:
        """``years``: the wordings of each year. What returns every year is no less telling: the busiest year counts."""
        self._found: Counter[str] = Counter()
        self._count = 0
        for texts in years:
            found = Counter(each for text in texts for each in set(stems(text)))
            for each, count in found.items():
                self._found[each] = max(count, self._found[each])
            self._count = max(self._count, len(texts))
        self._beginnings = {each[:5] for each in self._found}
        self._parts: dict[str, tuple[str, ...]] = {}
        self._rarities: dict[int, float] = {}
        self._words: dict[str, tuple[tuple[str, float], ...]] = {}

    def of(self, text: str, names: Iterable[str] = (), *, even: bool = False) -> Vector:
        """The weighted stems of a text; ``names`` are the IRIs of what it names, which tell more than words.

        ``even``: the words that nearly every plan has weigh as much as others; between two plans they tell activities
        apart that do different things with the same thing.
        """
        vector: dict[str, float] = {}
        for each in stems(text):
            vector[each] = max(vector.get(each, 0.0), self._weight(each, even))
            for part in self._parted(each):
                vector[part] = max(vector.get(part, 0.0), _PART * self._weight(part, even))
        vector.update((name, self._rarity(0)) for name in names)
        return Vector(vector)

    def within(self, text: str, names: Iterable[str] = ()) -> Vector:
        """The stems of a long text that promises have, too; what else it says does not matter."""
        vector = {name: self._rarity(0) for name in names}
        for word in _WORD.findall(text.casefold()):
            known = self._words.get(word)
            if known is None:
                known = self._words[word] = tuple(self._known(word))
            for each, weight in known:
                if vector.get(each, 0.0) < weight:
                    vector[each] = weight
        return Vector(vector)

    def _known(self, word: str) -> Iterator[tuple[str, float]]:
        """The stems of a word that promises have, and those of its parts, with their weights."""
        if "-" not in word and self._beginnings.isdisjoint((word[:3], word[:4], word[:5])):
            return  # inflection stands at the end: no known stem is its beginning
        for each in stems(word):
            if each in self._found:
                yield each, self._weight(each, False)
            for part in self._parted(each):
                yield part, _PART * self._weight(part, False)

    def _weight(self, each: str, even: bool) -> float:
        weight = self._rarity(self._found[each])
        return weight if even or each not in _lists()[1] else weight * _WEAK

    def _rarity(self, found: int) -> float:
        if found not in self._rarities:
            self._rarities[found] = math.log(1 + (self._count + 1) / (1 + found))
        return self._rarities[found]

    def _parted(self, each: str) -> tuple[str, ...]:
        """The two parts of a compound, if both are stems of the same texts (with or without the linking s)."""
        if len(each) < _COMPOUND:
            return ()
        if each not in self._parts:
            self._parts[each] = self._cut(each)
        return self._parts[each]

    def _cut(self, each: str) -> tuple[str, ...]:
        for at in range(_SHORTEST_PART, len(each) - _SHORTEST_PART + 1):
            head = each[:at]
            known = head if head in self._found else head.removesuffix("s")
            if known in self._found and (tail := stem(each[at:])) in self._found:
                return known, tail
        return ()


def cosine(one: Vector, other: Vector) -> float:
    """How alike two vectors are, 0 to 1."""
    if len(one.weights) > len(other.weights):
        one, other = other, one
    theirs, dot = other.weights, 0.0
    for key, weight in one.weights.items():
        if key in theirs:
            dot += weight * theirs[key]
    return dot / (one.length * other.length) if dot else 0.0


def cover(one: Vector, other: Vector) -> float:
    """How much of what the first says is in the second, 0 to 1."""
    theirs, both = other.weights, 0.0
    for key, weight in one.weights.items():
        if key in theirs:
            both += weight
    return both / one.total if both else 0.0


def subjects(one: Vector) -> frozenset[str]:
    """Its stems that not every plan has."""
    return frozenset(one.weights) - _lists()[1]


def shared(text: str, one: Vector, other: Vector, count: int = 5) -> str:
    """The words of a text (``one`` is its vector) that another shares: the most telling, in the order of the text."""
    both = [key for key in one.telling(len(one.weights)) if key in other.weights][:count]
    words = (word for word in _WORD.findall(text) if not set(stems(word)).isdisjoint(both))
    return ", ".join(dict.fromkeys(words)) or "a name"
