"""Finding many known names in a text with one look at each capitalised word: a dictionary, not an alternation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")

_WORD = re.compile(r"(?<![\w-])[A-ZÅÄÖÉ0-9][\w&+!-]*")
_SIBILANTS = ("s", "x", "z", "S", "X", "Z")


class Hit(NamedTuple, Generic[T]):
    """A name found: offsets in the text searched (a genitive ``s`` or ``:s`` inside), what it means, its plain form."""

    start: int
    end: int
    value: T
    form: str
    genitive: bool


class Gazetteer(Generic[T]):
    """Names to values. A name is found as written, with a genitive ending, and over any white space between its words.

    Names are case-sensitive in their first word, which must begin with a capital or a digit; the longest name wins.
    """

    def __init__(self, names: Iterable[tuple[str, T]]) -> None:
        self._values: dict[str, T] = {}
        forms: dict[str, list[str]] = {}
        for name, value in names:
            self._values[name] = value
            first, _, rest = name.partition(" ")
            forms.setdefault(first, []).append(name)
            if not rest and not first.endswith(_SIBILANTS):
                forms.setdefault(first + "s", []).append(name)
        self._forms = forms
        self._patterns: dict[str, re.Pattern[str]] = {}

    def find(self, text: str) -> Iterator[Hit[T]]:
        """All names of a text, from left to right, without overlap."""
        end = 0
        forms = self._forms
        for word, start in _words(text):
            if word not in forms or start < end:
                continue
            match = self._pattern(word).match(text, start)
            if match is None:
                continue
            form = " ".join(match["name"].split())
            end = match.end()
            yield Hit(match.start(), end, self._values[form], form, match["genitive"] != "")

    def _pattern(self, first: str) -> re.Pattern[str]:
        """The names that begin with a word, the longest first; made when a text has the word, which most never do."""
        if first not in self._patterns:
            self._patterns[first] = _pattern(sorted(set(self._forms[first]), key=lambda n: (-len(n), n)))
        return self._patterns[first]


@lru_cache(maxsize=1)
def _words(text: str) -> list[tuple[str, int]]:
    """The words that may begin a name, with their places: several gazetteers look at one text after each other."""
    return [(word.group(), word.start()) for word in _WORD.finditer(text)]


def _pattern(names: list[str]) -> re.Pattern[str]:
    spaced = "|".join(r"\s+".join(map(re.escape, name.split())) for name in names)
    return re.compile(rf"(?P<name>{spaced})(?P<genitive>:s|s|)(?![\w])(?!-\w)")
