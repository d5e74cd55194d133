"""What somebody types, as terms; and the words of the index that each term may mean.

Nothing that is typed reaches FTS5 but as a word in quotation marks: there are no operators to be smuggled in.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice, product

from rapidfuzz.distance import OSA

from kommungraf.dates import MONTHS, DateMatch, find_dates
from kommungraf.errors import UsageError
from kommungraf.query.search_words import STOP, bare, could_mean, is_year, of_year, stem, stems, words
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
_PARAGRAPH = re.compile(r"(?i)(?:\bparagraf|§+)\s+(?=\d)")
_NUMBER = re.compile(r"\d{4}[-–]\d\d")
_TURNED = re.compile(r"(\d{1,5})/((?:19|20)\d\d)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORT = 10
"""Longer words that are one letter apart share sequences of three letters."""
_TRIED = 4
"""Near words that are tried in the place of one that is nowhere."""
_TYPED = re.compile(r'(-?)"([^"]*)"?|(\S+)')

EXACT, INFLECTED, LOOSE = 0, 1, 2
"""How near words are to what was typed: the word; inflected or without å, ä, ö; a beginning or part of a longer one."""


class TooLongError(UsageError):
    """A search of more characters or words than a search may have."""


@dataclass(frozen=True, slots=True)
class Term:
    """One or several words that stand together. ``quoted``: as they are; ``excluded``: not wanted.

    ``also`` are other ways to write them: of a day, with the name of the month and without.
    """

    words: tuple[str, ...]
    quoted: bool = False
    excluded: bool = False
    also: tuple[tuple[str, ...], ...] = ()

    @property
    def says_little(self) -> bool:
        """Whether it is a word that need not be there, where others are."""
        return not self.quoted and len(self.words) == 1 and self.words[0] in STOP


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term with the words that it may mean, by how near they are (:data:`EXACT` …); several words as ``phrases``."""

    term: Term
    nearness: tuple[tuple[str, ...], ...]
    phrases: tuple[tuple[str, ...], ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether the index has any of it."""
        return any(self.nearness)

    def upto(self, level: int) -> str:
        """The FTS5 expression of what it means, up to a level of nearness; empty where that is nothing."""
        if self.phrases:
            return " OR ".join(_phrase(one) for one in self.phrases)
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
    text = re.sub("[“”„]", '"', _PARAGRAPH.sub("§", text))
    dates = {found.start: found for found in find_dates(text) if found.value and not _is_number(text, found)}
    done = 0
    for match in _TYPED.finditer(text):
        if match.start() < done:
            continue
        if found := dates.get(match.start()):
            done = found.end
            yield _day(found)
            continue
        minus, phrase, word = match.groups()
        if phrase is not None:
            if together := tuple(words(phrase)):
                yield Term(together, True, bool(minus))
        else:
            yield from _word(word.lstrip("-"), word.startswith("-"))


def _word(typed: str, excluded: bool) -> Iterator[Term]:
    """What is typed without a space, as one term; ``ks2020-112`` is two words, as where a space is between them."""
    together = tuple(words(typed))
    if len(together) > 1 and "/" in together[-1]:
        yield from (Term((each,), False, excluded) for each in together)
    elif turned := _TURNED.fullmatch(typed):
        yield Term(together, False, excluded, (tuple(words(f"{turned[2]}/{turned[1]}")),))
    elif together:
        yield Term(together, False, excluded)


def _day(found: DateMatch) -> Term:
    """A day or a month, as it may be written: 2023-10-17, 17 oktober 2023."""
    value = found.value
    assert value is not None
    spelt = f"{value.day or ''} {MONTHS[value.month - 1]} {value.year}"
    return Term(tuple(words(spelt)), also=(tuple(str(value).split("-")),))


def _is_number(text: str, found: DateMatch) -> bool:
    """Whether a date may as well be a diary number (``2020-11``), or is but a year."""
    return found.value is None or not found.value.month or _NUMBER.fullmatch(text, found.start, found.end) is not None


class Vocabulary:
    """The words of an index, and which of them a typed one may mean."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def meaning(self, term: Term) -> Meaning:
        """What a term may mean. Words that stand together or in quotation marks mean themselves."""
        if len(term.words) > 1 or term.quoted:
            known = tuple(one for one in (term.words, *term.also) if all(map(self._is_word, one)))
            return Meaning(term, (tuple(dict.fromkeys(word for one in known for word in one)), (), ()), known)
        (typed,) = term.words
        exact = (typed,) if self._is_word(typed) else ()
        inflected = self._kept([*self._inflected(typed), *self._spelt(typed)], exact)
        loose = () if term.excluded else self._kept(self._longer(typed), (*exact, *inflected))
        return Meaning(term, (exact, inflected, loose))

    def of_year(self, meaning: Meaning) -> Meaning:
        """The meaning of a year beside other words: what is of that year is meant, too."""
        word = of_year(meaning.term.words[0])
        if meaning.phrases or not is_year(meaning.term.words[0]) or not self._is_word(word):
            return meaning
        exact, inflected, loose = meaning.nearness
        return replace(meaning, nearness=(exact, (*inflected, word), loose))

    def corrected(self, term: Term) -> list[Term]:
        """The term with near words that there are in the place of those that there are not, the nearest first.

        What stands in quotation marks is meant as it is, and of a date nothing is near.
        """
        if term.quoted or term.excluded or term.also:
            return []
        right = [[word] if self._is_word(word) else self._near(word) for word in term.words]
        return [replace(term, words=together) for together in islice(product(*right), _TRIED)]

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

    def _near(self, typed: str) -> list[str]:
        """The words that were most likely meant: those that sound alike, else the nearest by letters; of several as
        near the most common."""
        most = 0 if len(typed) < _PART else 1 if len(typed) < 6 else 2 if len(typed) < 11 else 3
        if typed[-1].isdigit() or not most:
            return []
        near = dict.fromkeys([*self._by("sound", phonetic(typed)), *self._alike(typed), *self._one_apart(typed)])
        scored = [(self._distance(typed, word, most), -self._found(word), word) for word in near]
        return [word for apart, _, word in sorted(scored) if apart <= most][:_TRIED]

    def _one_apart(self, typed: str) -> list[str]:
        """Words with a letter more, less or another than what was typed, or with two letters in each other's place."""
        plain = bare(typed)
        if len(plain) > _SHORT:
            return []
        halves = [(plain[:at], plain[at:]) for at in range(len(plain) + 1)]
        one = {start + rest[1:] for start, rest in halves if rest}
        one |= {start + rest[1] + rest[0] + rest[2:] for start, rest in halves if len(rest) > 1}
        one |= {start + letter + rest[cut:] for start, rest in halves for letter in _LETTERS for cut in (0, 1)}
        query = f"SELECT word FROM word WHERE bare IN ({', '.join('?' * len(one))})"
        return [word for (word,) in self._db.execute(query, sorted(one))]

    def _distance(self, typed: str, word: str, most: int) -> float:
        apart = OSA.distance(bare(typed), bare(word), score_cutoff=most)
        return apart - 0.5 if phonetic(typed) == phonetic(word) else apart

    def _found(self, word: str) -> int:
        row = self._db.execute("SELECT found FROM word WHERE word = ?", (word,)).fetchone()
        return int(row[0])

    def _alike(self, typed: str) -> list[str]:
        """Words that share most sequences of three letters with what was typed."""
        plain = bare(typed)
        grams = dict.fromkeys(plain[at : at + 3] for at in range(len(plain) - 2))
        query = (
            "SELECT word FROM grams JOIN word ON word.id = grams.rowid WHERE grams MATCH ?"
            f" ORDER BY rank, word LIMIT {_NEIGHBOURS}"
        )
        found = self._db.execute(query, (" OR ".join(_phrase([gram]) for gram in grams),))
        return [word for (word,) in found]
