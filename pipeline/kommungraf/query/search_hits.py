"""How a search is taken: the hits of its words in a table, as they were typed, corrected, or without some of them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product

from kommungraf.query.search_rows import LONG, NAME, SHORT
from kommungraf.query.search_terms import EXACT, INFLECTED, LOOSE, Meaning, Term, Vocabulary
from kommungraf.query.search_words import bare, could_mean

MOST_HITS = 20_000
"""So many hits of a kind of nearness are ranked and counted; with more, :attr:`Found.more` says so."""
_SCORES = {
    (NAME, EXACT): 60, (SHORT, EXACT): 50, (LONG, EXACT): 25,
    (NAME, INFLECTED): 55, (SHORT, INFLECTED): 45, (LONG, INFLECTED): 20,
    (NAME, LOOSE): 35, (SHORT, LOOSE): 30, (LONG, LOOSE): 10,
}  # fmt: skip
"""What a hit is worth by its level and by how near its words are to what was typed."""
_NAME_IS, _NAME_BEGINS = 100, 80
_WAYS = 8
"""Ways to correct a search that are tried."""


_AS_HIT = "SELECT thing.id, %s, thing.facets, thing.named, thing.length, thing.year, thing.tie FROM thing"


@dataclass(frozen=True, slots=True)
class Taken:
    """How a search was taken: its terms, and what :class:`Found` says of them."""

    meant: list[Meaning]
    corrected: str | None = None
    unknown: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    more: bool = False


class Collector:
    """Fills the temporary table ``hit`` of a connection to an index; the caller empties it, by rolling back."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._vocabulary = Vocabulary(db)
        db.execute(
            "CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY, score INTEGER, facets INTEGER, named INTEGER,"
            " length INTEGER, year INTEGER, tie INTEGER)"
        )

    def collect(self, asked: list[Term]) -> Taken:
        """Put the hits of a search in the table: as it is typed, else corrected, else without some of its words."""
        words = [self._vocabulary.meaning(term) for term in asked]
        told = [one for one in words if one.term.excluded or not one.term.says_little]
        meant = told if any(not one.term.excluded for one in told) else words
        if len(meant) > 1:
            meant = [self._vocabulary.of_year(one) for one in meant]
        self._by_name(words)
        lost = [one for one in meant if not one.is_known and not one.term.excluded]
        more = not lost and self._collect(meant)
        self._leave_out(meant)
        if self._count():
            return Taken(meant, more=more)
        for right in self._corrections(meant) if lost else ():
            more = self._collect(right)
            if self._count():
                typed = [right[meant.index(one)] if one in meant else one for one in words]
                self._by_name(typed)
                return Taken(right, _retyped(typed), more=more)
        return self._relaxed([one for one in meant if one not in lost], lost)

    def _corrections(self, meant: list[Meaning]) -> Iterator[list[Meaning]]:
        """The search with near words in the place of those that are nowhere, in a few ways, the nearest first."""
        ways = [
            [one]
            if one.is_known or one.term.excluded
            else [self._vocabulary.meaning(term) for term in self._vocabulary.corrected(one.term)]
            for one in meant
        ]
        return map(list, islice(product(*ways), _WAYS))

    def _relaxed(self, known: list[Meaning], lost: list[Meaning]) -> Taken:
        """The search without words that are nowhere, and without as few others as can be: the common ones go first."""
        unknown = tuple(" ".join(one.term.words) for one in lost)
        kept = sorted((one for one in known if not one.term.excluded), key=self._found)
        beside, gone = [one for one in known if one.term.excluded], list(lost)
        if not lost and len(kept) < 2:
            return Taken(known)
        while kept:
            for left_out in [None, *reversed(kept)] if len(kept) > 1 else [None]:
                rest = [one for one in kept if one is not left_out]
                more = self._collect([*rest, *beside])
                if self._count():
                    out = [*gone, left_out] if left_out else gone
                    return Taken([*rest, *beside], None, unknown, tuple(" ".join(one.term.words) for one in out), more)
            gone.append(kept.pop())
        return Taken(known, None, unknown)

    def _found(self, meaning: Meaning) -> int:
        """In how many things a term is, as far as it is counted."""
        query = "SELECT COUNT(*) FROM (SELECT 1 FROM words WHERE words MATCH ? LIMIT ?)"
        (count,) = self._db.execute(query, (meaning.upto(LOOSE), MOST_HITS)).fetchone()
        return int(count)

    def _collect(self, meant: list[Meaning]) -> bool:
        """Fill the table of hits, best first: what is there already stays. Returns whether there are more."""
        wanted = [one for one in meant if not one.term.excluded]
        if not wanted:
            return not meant and self._all_names()
        more = False
        for nearness in (EXACT, INFLECTED, LOOSE):
            parts = [one.upto(nearness) for one in wanted]
            if all(parts):
                more |= self._by_words(" AND ".join(f"({part})" for part in parts), nearness)
        self._leave_out(meant)
        return more

    def _leave_out(self, meant: list[Meaning]) -> None:
        """Take out what has a word that is not wanted."""
        for one in meant:
            if one.term.excluded and one.is_known:
                self._db.execute(
                    "DELETE FROM temp.hit WHERE id IN (SELECT rowid FROM words WHERE words MATCH ?)",
                    (one.upto(INFLECTED),),
                )

    def _all_names(self) -> bool:
        self._db.execute(f"INSERT INTO temp.hit {_AS_HIT % 0} WHERE level = {NAME} ORDER BY thing.id LIMIT {MOST_HITS}")
        return self._count() == MOST_HITS

    def _by_name(self, meant: list[Meaning]) -> None:
        """What is called so, and what has a name that begins so; first what is spelt as it was typed."""
        wanted = [one.term for one in meant if not one.term.excluded]
        if not wanted or any(term.quoted for term in wanted):
            return
        typed = " ".join(word for term in wanted for word in term.words)
        rows = self._db.execute(
            f"SELECT folded, thing FROM label WHERE bare >= ? AND bare < ? LIMIT {MOST_HITS}",
            (bare(typed), bare(typed) + "\U0010ffff"),
        ).fetchall()
        scored = [
            ((_NAME_IS if len(name) == len(typed) else _NAME_BEGINS) - (not name.startswith(typed)), thing)
            for name, thing in rows
            if could_mean(typed, name)
        ]
        hit = f"INSERT OR REPLACE INTO temp.hit {_AS_HIT % '?'} WHERE thing.id = ?"
        self._db.executemany(hit, sorted(scored))

    def _by_words(self, expression: str, nearness: int) -> bool:
        before = self._count()
        score = (
            "CASE level "
            + " ".join(f"WHEN {level} THEN {score}" for (level, near), score in _SCORES.items() if near == nearness)
            + " END"
        )
        self._db.execute(
            f"INSERT OR IGNORE INTO temp.hit {_AS_HIT % score} WHERE thing.id IN"
            f" (SELECT rowid FROM words WHERE words MATCH ? LIMIT {before + MOST_HITS})",
            (expression,),
        )
        return self._count() >= before + MOST_HITS

    def _count(self) -> int:
        (count,) = self._db.execute("SELECT COUNT(*) FROM temp.hit").fetchone()
        return int(count)


def _retyped(meant: list[Meaning]) -> str:
    """A search as it would be typed."""
    said = []
    for one in meant:
        together = " ".join(one.term.words)
        together = f'"{together}"' if one.term.quoted else together
        said.append(f"-{together}" if one.term.excluded else together)
    return " ".join(said)
