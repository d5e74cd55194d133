"""Matching facts with gold, and the measures: precision, recall, F1, and how well mentions are joined into entities."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from kommungraf.query.gold import Fact
from kommungraf.text import fold

# What makes a fact the same fact, apart from its place. Without a place, the first group alone is the soft match.
KEYS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "document": ((), ("type",)),
    "decision": ((), ("outcome",)),
    "reference": ((), ("ref", "chapter", "paragraphs")),
    "observation": (("lineItem", "fiscalYear", "value"), ("unit", "table")),
    "meeting": (("date",), ("body",)),
    "attendance": (("person",), ("capacity",)),
    "membership": (("member", "organization"), ("role",)),
    "agendaItem": (("number",), ()),
}
_UNITS = {
    "personer": "persons",
    "person": "persons",
    "%": "percent",
    "procent": "percent",
    "st": "count",
    "antal": "count",
    "number": "count",
    "kr": "SEK",
    "kronor": "SEK",
}
_NAMES = ("name", "shortName")
_SLACK = 120  # a document's start is softly right when it lies in the same few lines
_MARKS = 8  # a bare start may stand before or after the marks of a heading ("## **")
_LOOSE = {"reference"}  # gold gives the clause or paragraph that cites; which act and section it is decides


@dataclass(frozen=True, slots=True)
class Score:
    """Precision (``None`` where gold is complete nowhere), recall and their harmonic mean."""

    precision: float | None
    recall: float

    @property
    def f1(self) -> float | None:
        """The harmonic mean, or ``None`` without a precision."""
        if self.precision is None:
            return None
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def as_dict(self) -> dict[str, float | None]:
        """For JSON and floors."""
        return {"precision": self.precision, "recall": self.recall, "f1": self.f1}


Pairs = dict[int, int]
"""Index of a gold fact to the index of the found fact that it is."""


def match(gold: list[Fact], found: list[Fact], same: Callable[[Fact, Fact], float]) -> Pairs:
    """Pair each gold fact with at most one found fact of its file, the best fitting pairs first.

    ``same`` says how well two facts fit: 0 is not at all.
    """
    by_file: dict[str, list[tuple[int, int]]] = defaultdict(list)
    placeless: dict[str, list[int]] = defaultdict(list)
    longest: Counter[str] = Counter()
    for index, fact in enumerate(found):
        for place in fact.places:
            by_file[fact.file].append((place.start, index))
            longest[fact.file] = max(longest[fact.file], place.end - place.start)
        placeless[fact.file].append(index)
    for entries in by_file.values():
        entries.sort()
    fits: list[tuple[float, int, int]] = []
    for index, fact in enumerate(gold):
        candidates: Iterable[int] = placeless[fact.file]
        if fact.places:
            near, entries = fact.places[0], by_file[fact.file]
            low = bisect_left(entries, (near.start - longest[fact.file] - _SLACK, -1))
            high = bisect_left(entries, (near.end + _SLACK + 1, -1))
            candidates = {candidate for _, candidate in entries[low:high]}
        fits += ((-fit, index, c) for c in candidates if (fit := same(fact, found[c])) > 0)
    pairs: Pairs = {}
    used: set[int] = set()
    for _, index, candidate in sorted(fits):
        if index not in pairs and candidate not in used:
            pairs[index] = candidate
            used.add(candidate)
    return pairs


def overlap(gold: Fact, found: Fact) -> float:
    """How much of two facts' places is common: 1 for the same span, 0 for none; a bare start counts when it is near."""
    if not gold.places:
        return 0.0
    place, best = gold.places[0], 0.0
    for other in found.places:
        if place.end == place.start:
            best = max(best, 1 - abs(place.start - other.start) / (_SLACK + 1))
        elif other.start < place.end and place.start < other.end:
            common = min(place.end, other.end) - max(place.start, other.start)
            best = max(best, common / (max(place.end, other.end) - min(place.start, other.start)))
    return best


def soft(gold: Fact, found: Fact) -> float:
    """Softly the same: overlapping spans or, where gold has no span, the same key. The closer the larger."""
    if gold.places:
        fit = overlap(gold, found)
        return fit + sum(agrees(gold, found, key) for key in _keys(gold)) if fit else 0.0
    if is_same_key(gold, found):
        return 1.0 + sum(agrees(gold, found, key) for key in _keys(gold))
    return 0.0


def is_same_key(gold: Fact, found: Fact) -> bool:
    """Whether the fields that tell a fact without a place from others agree."""
    if gold.kind == "project":
        return any(agrees(gold, found, name) for name in _NAMES if name in gold.attributes)
    needed, _ = KEYS.get(gold.kind, ((), ()))
    return bool(needed) and all(agrees(gold, found, key) for key in needed)


def strict(gold: Fact, found: Fact) -> bool:
    """Strictly the same: the same span (where gold has one) and every key field equal."""
    return has_same_place(gold, found) and all(agrees(gold, found, key) for key in _keys(gold))


def has_same_place(gold: Fact, found: Fact) -> bool:
    """Whether the spans are the same; a bare start may differ by the marks of a heading."""
    fit = overlap(gold, found)
    if not gold.places or (gold.kind in _LOOSE and fit):
        return True
    place = gold.places[0]
    if place.start == place.end:
        return any(abs(other.start - place.start) <= _MARKS for other in found.places)
    return fit == 1.0


def _keys(gold: Fact) -> list[str]:
    groups = KEYS.get(gold.kind, ((), ()))
    return [key for group in groups for key in group if key in gold.attributes]


def agrees(gold: Fact, found: Fact, attribute: str) -> bool:
    """Whether a found fact has the value that gold gives; of several names each has to be there."""
    wanted, values = gold.attributes.get(attribute, []), found.attributes.get(attribute, [])
    if gold.kind == "project" and attribute in _NAMES:  # a project goes by its long or its short name
        values = [value for name in _NAMES for value in found.attributes.get(name, [])]
    known = {normal(attribute, value) for value in values}
    return all(normal(attribute, value) in known for value in wanted)


def normal(attribute: str, value: str) -> Hashable:
    """A value in a form in which equal values are equal: numbers as numbers, acts by their number, words folded."""
    if attribute == "ref":
        return _reference(value)
    if attribute == "unit":
        return _UNITS.get(value, value)
    if attribute == "diaryNumber":
        return re.sub(r"[\W_]", "", fold(value))
    text = {"true": "yes", "ja": "yes", "false": "no", "nej": "no"}.get(fold(value), fold(value))
    try:
        return Decimal(text)
    except InvalidOperation:
        return re.sub(r"\s?[-–]\s?", "-", text).strip(" .:;,*")


def _reference(value: str) -> str:
    """``SFS 2005:837`` and ``https://lagen.nu/2005:837#K14P13`` are one; so are ``SOU 2020:47`` and its IRI."""
    value = fold(value).partition("#")[0].removeprefix("https://lagen.nu/").removeprefix("sfs ").replace("/", " ", 1)
    return value.replace(". ", " ")


def score(gold: int, found: int | None, right_gold: int, right_found: int) -> Score:
    """A score from counts; ``found`` is ``None`` where gold is complete nowhere."""
    precision = None if found is None else (right_found / found if found else float(right_gold == gold))
    return Score(precision, right_gold / gold if gold else 1.0)


def entity_mapping(gold: list[Fact], found: list[Fact], pairs: Pairs) -> dict[str, str]:
    """Each gold entity and the one found entity that shares most of its mentions; no found entity is taken twice."""
    shared = Counter((gold[g].entity, found[f].entity) for g, f in pairs.items())
    mapping: dict[str, str] = {}
    taken: set[str] = set()
    for (entity, other), _ in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        if entity not in mapping and other not in taken:
            mapping[entity] = other
            taken.add(other)
    return mapping


def identity(gold: list[Fact], found: list[Fact], pairs: Pairs) -> dict[str, Score]:
    """How well mentions are joined: over pairs of mentions, and B-cubed over single mentions.

    Mentions that are missing or superfluous count: a pair that cannot be made is not made.
    """
    together: Counter[tuple[str, str]] = Counter((gold[g].entity, found[f].entity) for g, f in pairs.items())
    sizes_gold = Counter(fact.entity for fact in gold)
    sizes_found = Counter(fact.entity for fact in found)

    def two(count: int) -> int:
        return count * (count - 1) // 2

    common = sum(two(n) for n in together.values())
    total_gold, total_found = sum(map(two, sizes_gold.values())), sum(map(two, sizes_found.values()))
    pairwise = Score(
        common / total_found if total_found else float(not total_gold), common / total_gold if total_gold else 1.0
    )
    recall = sum(n * n / sizes_gold[entity] for (entity, _), n in together.items()) / len(gold) if gold else 1.0
    precision = sum(n * n / sizes_found[entity] for (_, entity), n in together.items()) / len(found) if found else 1.0
    return {"pairwise": pairwise, "bcubed": Score(precision, recall)}
