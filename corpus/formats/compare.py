"""Facts of one build laid beside those of another: how many are the same, which are lost, which are new."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.formats.facts import FIELDS, NAMED, Said
from rapidfuzz import fuzz

PARTY_MEMBER = "partimedlem"
_EXACT = 100.0
RECOGNISED = 90.0
"""Words read from a picture are the same when nine of ten letters are: the facts are to be right, not each letter."""

Key = tuple[str, str, tuple[str, ...]]


@dataclass
class Result:
    """One kind in one look."""

    wanted: int = 0
    found: int = 0
    same: int = 0
    lost: list[Said] = field(default_factory=list)
    extra: list[Said] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Share of the facts of the clean text that are there (1 where there are none)."""
        return self.same / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        """Share of the facts here that the clean text has too."""
        return self.same / self.found if self.found else 1.0


def compare(wanted: list[Said], found: list[Said], *, recognised: bool = False) -> dict[str, Result]:
    """The results by kind. ``recognised``: words come from pictures and need be the same only nearly."""
    canon = _canon(wanted)
    least = RECOGNISED if recognised else _EXACT
    there, here = _by_key(wanted, canon), _by_key(found, canon)
    results = {kind: Result() for kind in FIELDS}
    for key in sorted(there.keys() | here.keys()):
        result = results[key[1]]
        pairs, lost, extra = _match(there.get(key, []), here.get(key, []), least)
        result.wanted += pairs + len(lost)
        result.found += pairs + len(extra)
        result.same += pairs
        result.lost += lost
        result.extra += extra
    for result in results.values():
        _told_more(result, least)
    return results


def _told_more(result: Result, least: float) -> None:
    """Pair what differs only in fields that the clean text leaves open: a running head may say whose document it is."""
    for fact in list(result.lost):
        fuller = (other for other in result.extra if _is_fuller(other, fact, least))
        if (other := next(fuller, None)) is not None:
            result.lost.remove(fact)
            result.extra.remove(other)
            result.same += 1


def _is_fuller(other: Said, fact: Said, least: float) -> bool:
    open_fields = [not values for values in fact.fields]
    same = all(mine == theirs for mine, theirs in zip(fact.fields, other.fields, strict=True) if mine)
    alike = other.file == fact.file and fuzz.ratio(fact.words, other.words) >= least
    return any(open_fields) and not all(open_fields) and same and alike


def _by_key(facts: Iterable[Said], canon: dict[str, str]) -> dict[Key, list[Said]]:
    result: dict[Key, list[Said]] = defaultdict(list)
    for fact in facts:
        fields = tuple(
            _one(values, canon if name in NAMED else {})
            for name, values in zip(FIELDS[fact.kind][0], fact.fields, strict=True)
        )
        result[_where(fact), fact.kind, fields].append(fact)
    return result


def _where(fact: Said) -> str:
    """The document, but for membership of a party: linking concludes it and rests it on any document that shows it."""
    return "" if fact.kind == "membership" and PARTY_MEMBER in fact.fields[-1] else fact.file


def _one(values: frozenset[str], canon: dict[str, str]) -> str:
    """One word for a set of names: the entity of the clean text that has one of them, else the first."""
    known = sorted({canon[value] for value in values if value in canon})
    return known[0] if known else min(values, default="")


def _canon(facts: Iterable[Said]) -> dict[str, str]:
    """Each name of the clean text's entities -> one name of its entity."""
    canon: dict[str, str] = {}
    for fact in facts:
        for name, values in zip(FIELDS[fact.kind][0], fact.fields, strict=True):
            if name in NAMED and values:
                one = min(canon.get(value, value) for value in values)
                canon.update(dict.fromkeys(values, one))
    return {name: _root(canon, name) for name in canon}


def _root(canon: dict[str, str], name: str) -> str:
    while canon[name] != name:
        name = canon[name]
    return name


def _match(wanted: list[Said], found: list[Said], least: float) -> tuple[int, list[Said], list[Said]]:
    """Pair facts of one key by their words, the most alike first."""
    scored = sorted(
        (
            (-fuzz.ratio(a.words, b.words), i, j)
            for i, a in enumerate(wanted)
            for j, b in enumerate(found)
            if fuzz.ratio(a.words, b.words) >= least
        )
    )
    left, right = set(range(len(wanted))), set(range(len(found)))
    for _, i, j in scored:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
    return len(wanted) - len(left), [wanted[i] for i in sorted(left)], [found[j] for j in sorted(right)]
