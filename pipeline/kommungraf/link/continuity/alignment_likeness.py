"""What makes two statements alike: the wording first, and a little the area that they stand in."""

from __future__ import annotations

from collections.abc import Iterable

from kommungraf.link.continuity.alignment_statements import Statement
from kommungraf.link.continuity.alignment_words import cosine, cover

_AREA = 0.07
_AGAIN, _ALL, _SUBJECTS = 0.68, 0.75, 3
_COMMON = 60


def same_scope(one: Statement, other: Statement) -> bool:
    """Whether the documents of two statements are about the same part of their publisher: a committee's plan and that
    committee's report. What a title does not say is no difference."""
    return not one.scope or not other.scope or not one.scope.isdisjoint(other.scope)


def likeness(one: Statement, other: Statement) -> float:
    """How alike two promises are, 0 to 1: the wording, and a little the area that they stand in."""
    if one.key == other.key:
        return 1.0
    alike = cosine(one.even, other.even)
    near = nearness(one.area, other.area)
    held = max(cover(one.even, other.even), cover(other.even, one.even))
    whole = 0.65 * alike + 0.35 * held + near
    core = cosine(one.core, other.core) + near if near > 0 and not one.subjects.isdisjoint(other.subjects) else 0.0
    again = _AGAIN + near if _says_again(one, other) or _says_again(other, one) else 0.0
    return min(0.99, max(whole, 0.95 * core, again))


def _says_again(one: Statement, other: Statement) -> bool:
    """Whether a promise says all that another is about, in whatever words it says more."""
    return len(one.subjects) >= _SUBJECTS and cover(one.core, other.even) >= _ALL


class Lookup:
    """Promises by their telling words: what may be like a statement without comparing all with all."""

    def __init__(self, promises: Iterable[Statement]) -> None:
        self._by_stem: dict[str, list[Statement]] = {}
        for promise in promises:
            for key in promise.telling:
                self._by_stem.setdefault(key, []).append(promise)

    def like(self, statement: Statement) -> list[Statement]:
        """The promises that share a telling word with a promise, in the order of their IRIs."""
        return self.with_any(statement.telling)

    def with_any(self, stems: Iterable[str]) -> list[Statement]:
        """The promises of which one of these stems is a telling one; a word that very many have tells nothing."""
        found: dict[str, Statement] = {}
        for key in stems:
            some = self._by_stem.get(key, ())
            if len(some) <= _COMMON:
                found.update((one.id, one) for one in some)
        return [found[each] for each in sorted(found)]


def nearness(one: frozenset[str], other: frozenset[str]) -> float:
    """What the areas say for or against a link: a little."""
    if not one or not other:
        return 0.0
    return -_AREA if one.isdisjoint(other) else _AREA
