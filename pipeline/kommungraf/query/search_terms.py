"""What somebody types, as terms; and the words of the index that each term may mean.

Nothing that is typed reaches FTS5 but as a word in quotation marks: there are no operators to be smuggled in.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from kommungraf.errors import UsageError
from kommungraf.query.search_words import bare, could_mean, stem, stems, words
from kommungraf.text import phonetic

LONGEST = 200
"""Characters that a search may have."""
MOST = 12
"""Terms that a search may have."""
_VARIANTS = 80
"""So many words of a kind (inflected, compounds …) does one term stand for, those that stand in most texts first."""
_NEIGHBOURS = 150
_PREFIX = 3
_PART = 4
"""A shorter word is no part of a compound: it would be in every other word."""
_REST = 3
"""What stands before a part of a compound has at least so many letters."""
_TYPED = re.compile(r'(-?)"([^"]*)"?|(\S+)')

EXACT, INFLECTED, LOOSE = 0, 1, 2
"""How near words are to what was typed: the word; inflected or without å, ä, ö; a beginning or part of a longer one."""


class TooLongError(UsageError):
    """A search of more characters or words than a search may have."""


@dataclass(frozen=True, slots=True)
class Term:
    """One or several words that stand together. ``quoted``: as they are; ``excluded``: not wanted."""

    words: tuple[str, ...]
    quoted: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term with the words that it may mean, by how near they are (:data:`EXACT` …)."""

    term: Term
    nearness: tuple[tuple[str, ...], ...]

    @property
    def is_known(self) -> bool:
        """Whether the index has any of it."""
        return any(self.nearness)

    def upto(self, level: int) -> str:
        """The FTS5 expression of what it means, up to a level of nearness; empty where that is nothing."""
        if len(self.term.words) > 1 or self.term.quoted:
            return _phrase(self.term.words)
        found = dict.fromkeys(word for near in self.nearness[: level + 1] for word in near)
        return " OR ".join(_phrase([word]) for word in found)

    def all(self) -> frozenset[str]:
        """All words that it may mean."""
        return frozenset(word for near in self.nearness for word in near)


def _phrase(together: Iterable[str]) -> str:
    return '"' + " ".join(word.replace('"', "") for word in together) + '"'


def terms(text: str) -> list[Term]:
    """The terms of a search: words, phrases in quotation marks, and either with ``-`` before it.

    Raises :class:`TooLongError` for a search that is too long.
    """
    if len(text) > LONGEST:
        raise TooLongError(f"A search has at most {LONGEST} characters; this one has {len(text)}.")
    found = list(dict.fromkeys(_terms(text)))
    if len(found) > MOST:
        raise TooLongError(f"A search has at most {MOST} words; this one has {len(found)}.")
    return found


def _terms(text: str) -> Iterator[Term]:
    for match in _TYPED.finditer(re.sub("[“”„]", '"', _joined(text))):
        minus, phrase, word = match.groups()
        if phrase is not None:
            if together := tuple(words(phrase)):
                yield Term(together, True, bool(minus))
        elif together := tuple(words(word.lstrip("-"))):
            excluded = word.startswith("-")
            if len(together) > 1 and "/" in together[-1]:  # ks2020-112: two words, as where a space is between them
                yield from (Term((each,), False, excluded) for each in together)
            else:
                yield Term(together, False, excluded)


def _joined(text: str) -> str:
    """``§ 27`` is one word."""
    return re.sub(r"§+\s+(?=\d)", "§", text)


class Vocabulary:
    """The words of an index, and which of them a typed one may mean."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def meaning(self, term: Term) -> Meaning:
        """What a term may mean. Words that stand together or in quotation marks mean themselves."""
        if len(term.words) > 1 or term.quoted:
            known = all(self._is_word(word) for word in term.words)
            return Meaning(term, (term.words if known else (), (), ()))
        (typed,) = term.words
        exact = (typed,) if self._is_word(typed) else ()
        inflected = self._kept([*self._inflected(typed), *self._spelt(typed)], exact)
        loose = () if term.excluded else self._kept(self._longer(typed), (*exact, *inflected))
        return Meaning(term, (exact, inflected, loose))

    def corrected(self, term: Term) -> Term | None:
        """The term with the nearest words that there are in the place of those that there are not, if any are near.

        What stands in quotation marks is meant as it is.
        """
        if term.quoted or term.excluded:
            return None
        right = [word if self._is_word(word) else self._nearest(word) for word in term.words]
        if None in right:
            return None
        return replace(term, words=tuple(word for word in right if word is not None))

    def _is_word(self, word: str) -> bool:
        return self._db.execute("SELECT 1 FROM word WHERE word = ?", (word,)).fetchone() is not None

    def _by(self, column: str, value: str) -> list[str]:
        query = f"SELECT word FROM word WHERE {column} = ? ORDER BY found DESC, word LIMIT {_VARIANTS}"
        return [word for (word,) in self._db.execute(query, (value,))]

    def _inflected(self, word: str) -> list[str]:
        return [other for root in stems(word) for other in self._by("stem", root)]

    def _spelt(self, typed: str) -> list[str]:
        """Words that are ``typed`` with å, ä and ö, and what these are when they are inflected."""
        spelt = [word for word in self._by("bare", bare(typed)) if word != typed and could_mean(typed, word)]
        return [*spelt, *(other for word in spelt[:3] for other in self._inflected(word))]

    def _longer(self, typed: str) -> Iterator[str]:
        """Words that begin with what was typed or its stem, compounds that it is a later part of, and what sounds as
        it does."""
        root = stem(typed)
        if typed[-1].isdigit() or len(typed) < _PREFIX:
            return
        start = root if len(root) >= _PART else typed
        query = f"SELECT word FROM word WHERE bare >= ? AND bare < ? ORDER BY found DESC, word LIMIT {_VARIANTS}"
        found = self._db.execute(query, (bare(start), bare(start) + "\U0010ffff"))
        yield from [word for (word,) in found if could_mean(start, word)]
        if len(start) >= _PART:
            query = (
                "SELECT word FROM grams JOIN word ON word.id = grams.rowid WHERE grams MATCH ?"
                f" ORDER BY found DESC, word LIMIT {_VARIANTS}"
            )
            for (word,) in self._db.execute(query, (_phrase([bare(start)]),)).fetchall():
                place = bare(word).find(bare(start), _REST)
                if place > 0 and could_mean(start, word[place:]):
                    yield word
            if self._is_word(typed):
                yield from self._by("sound", phonetic(typed))

    def _kept(self, found: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
        return tuple(word for word in dict.fromkeys(found) if word not in known)

    def _nearest(self, typed: str) -> str | None:
        """The word that was most likely meant: one that sounds alike, else the nearest by letters; of several the
        nearest, then the most common."""
        most = 0 if len(typed) < _PART else 1 if len(typed) < 6 else 2 if len(typed) < 11 else 3
        if typed[-1].isdigit() or not most:
            return None
        near = dict.fromkeys([*self._by("sound", phonetic(typed)), *self._alike(typed)])
        scored = [(self._distance(typed, word, most), -self._found(word), word) for word in near]
        within = [entry for entry in scored if entry[0] <= most]
        return min(within)[2] if within else None

    def _distance(self, typed: str, word: str, most: int) -> float:
        apart = OSA.distance(bare(typed), bare(word), score_cutoff=most)
        return apart - 0.5 if phonetic(typed) == phonetic(word) else apart

    def _found(self, word: str) -> int:
        row = self._db.execute("SELECT found FROM word WHERE word = ?", (word,)).fetchone()
        return int(row[0])

    def _alike(self, typed: str) -> list[str]:
        """Words that share most sequences of three letters with what was typed, and those one letter away from it."""
        plain = bare(typed)
        grams = dict.fromkeys(plain[at : at + 3] for at in range(len(plain) - 2))
        query = (
            "SELECT word FROM grams JOIN word ON word.id = grams.rowid WHERE grams MATCH ?"
            f" ORDER BY rank, word LIMIT {_NEIGHBOURS}"
        )
        found = self._db.execute(query, (" OR ".join(_phrase([gram]) for gram in grams),))
        return [word for (word,) in found]
