"""Searching a graph by words: names, diary numbers, titles, statements and paragraphs, best first, with facets.

    with Search(folder / "search.sqlite") as search:
        found = search.find('cykelpool "i försök" -borgen', kinds=["Decision"], years=[2021])

What a search may find is told by the index (:mod:`kommungraf.query.search_index`); what words mean by
:mod:`kommungraf.query.search_terms`.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from kommungraf.query.lookup import local
from kommungraf.query.search_file import SEARCH, is_current
from kommungraf.query.search_found import FIELDS, Bounded, Card, Facet, Found, Hit, NoIndexError, SearchTimeError, order
from kommungraf.query.search_rows import LONG, NAME, SHORT
from kommungraf.query.search_snippet import Pieces, marked, snippet
from kommungraf.query.search_terms import EXACT, INFLECTED, LOOSE, Meaning, Term, Vocabulary, terms
from kommungraf.query.search_words import bare, could_mean, words

__all__ = ["Facet", "Found", "Hit", "NoIndexError", "Search", "SearchTimeError", "search_of"]

SECONDS = 2.0
"""A search that takes longer is given up."""
MOST_HITS = 20_000
"""So many hits of a kind of nearness are ranked and counted; with more, :attr:`Found.more` says so."""
MOST_SHOWN = 100
"""Hits that one call gives at most."""
DEEPEST = 2_000
"""Hits farther down are not given: whoever wants them narrows the search."""

_SCORES = {
    (NAME, EXACT): 60, (SHORT, EXACT): 50, (LONG, EXACT): 25,
    (NAME, INFLECTED): 55, (SHORT, INFLECTED): 45, (LONG, INFLECTED): 20,
    (NAME, LOOSE): 35, (SHORT, LOOSE): 30, (LONG, LOOSE): 10,
}  # fmt: skip
"""What a hit is worth by its level and by how near its words are to what was typed."""
_NAME_IS, _NAME_BEGINS = 100, 80


class Search:
    """The search index of a generation, open for reading. May be used by several threads, one after the other."""

    def __init__(self, path: Path, *, seconds: float = SECONDS) -> None:
        """Raises :class:`NoIndexError` where there is no index that this version can read."""
        if not is_current(path):
            raise NoIndexError(f"There is no search index in {path.parent}. Build the graph again: kommungraf build")
        self._seconds = seconds
        self._lock = threading.Lock()
        self._cards: dict[int, Card] = {}
        uri = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._db = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA temp_store=MEMORY")
        self._db.execute(
            "CREATE TEMP TABLE hit (id INTEGER PRIMARY KEY, score INTEGER, facets INTEGER, named INTEGER,"
            " length INTEGER, year INTEGER, tie INTEGER)"
        )
        self._db.execute("CREATE TEMP TABLE chosen (facets INTEGER PRIMARY KEY)")
        self._vocabulary = Vocabulary(self._db)

    def __enter__(self) -> Search:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the index."""
        self._db.close()

    def find(
        self,
        text: str,
        *,
        kinds: Collection[str] = (),
        years: Collection[int | str] = (),
        bodies: Collection[str] = (),
        places: Collection[str] = (),
        limit: int = 20,
        offset: int = 0,
    ) -> Found:
        """What is found by the words of ``text``, best first; with no words, all names that the choices leave.

        A phrase stands in quotation marks, ``-word`` leaves out what has the word. Choices within a field widen, those
        of several fields narrow. Raises :class:`~kommungraf.errors.UsageError` for a search that is too long, and
        :class:`SearchTimeError` for one that takes too long.
        """
        asked = terms(text)
        choices = (frozenset(kinds), frozenset(map(str, years)), frozenset(bodies), frozenset(places))
        with self._lock, self._bounded():
            self._db.execute("BEGIN")
            try:
                return self._find(asked, choices, min(limit, MOST_SHOWN), min(max(offset, 0), DEEPEST))
            finally:
                self._db.execute("ROLLBACK")  # hits are kept nowhere

    def _bounded(self) -> Bounded:
        return Bounded(self._db, self._seconds)

    def _find(self, asked: list[Term], choices: Sequence[frozenset[str]], limit: int, offset: int) -> Found:
        meant = [self._vocabulary.meaning(term) for term in asked]
        right = [one if one.is_known or one.term.excluded else self._corrected(one) for one in meant]
        unknown = tuple(" ".join(one.term.words) for one in right if not one.is_known and not one.term.excluded)
        more = False if unknown else self._collect(right)
        counted: dict[int, int] = dict(self._db.execute("SELECT facets, COUNT(*) FROM temp.hit GROUP BY facets"))
        cards = [(self._card(number), number, count) for number, count in counted.items()]
        left = [number for card, number, _ in cards if not any(choices) or card.fits(choices)]
        self._db.executemany("INSERT INTO temp.chosen VALUES (?)", [(number,) for number in left])
        wanted = frozenset(word for one in right if not one.term.excluded for word in one.all())
        return Found(
            hits=tuple(self._hits(wanted, limit, offset)),
            total=sum(counted[number] for number in left),
            facets=self._facets(cards, choices),
            corrected=_retyped(right) if right != meant else None,
            unknown=unknown,
            more=more,
        )

    def _corrected(self, meaning: Meaning) -> Meaning:
        term = self._vocabulary.corrected(meaning.term)
        return self._vocabulary.meaning(term) if term else meaning

    def _collect(self, meant: list[Meaning]) -> bool:
        """Fill the table of hits, best first: what is there already stays. Returns whether there are more."""
        wanted = [one for one in meant if not one.term.excluded]
        if not wanted:
            return not meant and self._all_names()
        if all(not one.term.quoted for one in wanted):
            self._by_name(" ".join(word for one in wanted for word in one.term.words))
        more = False
        for nearness in (EXACT, INFLECTED, LOOSE):
            parts = [one.upto(nearness) for one in wanted]
            if all(parts):
                more |= self._by_words(" AND ".join(f"({part})" for part in parts), nearness)
        for one in meant:
            if one.term.excluded and one.is_known:
                self._db.execute(
                    "DELETE FROM temp.hit WHERE id IN (SELECT rowid FROM words WHERE words MATCH ?)",
                    (one.upto(INFLECTED),),
                )
        return more

    def _all_names(self) -> bool:
        self._db.execute(f"INSERT INTO temp.hit {_AS_HIT % 0} WHERE level = {NAME} ORDER BY thing.id LIMIT {MOST_HITS}")
        return self._count() == MOST_HITS

    def _by_name(self, typed: str) -> None:
        """What is called so, and what has a name that begins so; first what is spelt as it was typed."""
        rows = self._db.execute(
            f"SELECT folded, thing FROM label WHERE bare >= ? AND bare < ? LIMIT {MOST_HITS}",
            (bare(typed), bare(typed) + "\U0010ffff"),
        ).fetchall()
        scored = [
            ((_NAME_IS if len(name) == len(typed) else _NAME_BEGINS) - (not name.startswith(typed)), thing)
            for name, thing in rows
            if could_mean(typed, name)
        ]
        hit = f"INSERT OR IGNORE INTO temp.hit {_AS_HIT % '?'} WHERE thing.id = ?"
        self._db.executemany(hit, sorted(scored, reverse=True))

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

    def _card(self, number: int) -> Card:
        if number not in self._cards:
            if len(self._cards) >= 10 * MOST_HITS:
                self._cards.clear()
            (card,) = self._db.execute("SELECT card FROM facets WHERE id = ?", (number,)).fetchone()
            kind, years, bodies, places = json.loads(card)
            self._cards[number] = Card(((kind,), tuple(map(str, years)), tuple(bodies), tuple(places)))
        return self._cards[number]

    def _facets(
        self, cards: list[tuple[Card, int, int]], choices: Sequence[frozenset[str]]
    ) -> dict[str, tuple[Facet, ...]]:
        found = {}
        for field, name in enumerate(FIELDS):
            counts: Counter[str] = Counter(dict.fromkeys(choices[field], 0))
            others = [frozenset() if place == field else one for place, one in enumerate(choices)]
            fitting = [entry for entry in cards if entry[0].fits(others)] if any(others) else cards
            for card, _, count in fitting:
                for value in card.values[field]:
                    counts[value] += count
            rows = [Facet(value, self._label(name, value), n, value in choices[field]) for value, n in counts.items()]
            found[name] = tuple(sorted(rows, key=lambda one: order(name, one)))
        return found

    def _label(self, field: str, value: str) -> str:
        if field not in ("bodies", "places"):
            return value
        return self._title(value) or local(value)

    def _title(self, iri: str) -> str:
        """What a thing with a name, or a document, is called."""
        query = "SELECT title FROM told WHERE iri = ? AND passage = '' AND title <> '' LIMIT 1"  # as the index has it
        row = self._db.execute(query, (iri,)).fetchone()
        return str(row[0]) if row else ""

    def _hits(self, wanted: frozenset[str], limit: int, offset: int) -> Iterator[Hit]:
        rows = self._db.execute(
            "SELECT told.iri, thing.facets, thing.level, thing.named, graph, passage, title, text FROM"
            " (SELECT id, score, named, length, year, tie FROM temp.hit JOIN temp.chosen USING (facets)"
            " ORDER BY score DESC, named DESC, length, year DESC, tie LIMIT ? OFFSET ?) AS best"
            " JOIN thing USING (id) JOIN told USING (id) LEFT JOIN document ON document.id = thing.document"
            " ORDER BY best.score DESC, best.named DESC, best.length, best.year DESC, best.tie",
            (limit, offset),
        ).fetchall()
        for iri, facets, level, named, graph, passage, title, text in rows:
            (kind,), years, bodies, places = self._card(facets).values
            yield Hit(
                iri=iri,
                kind=kind,
                title=marked(title or self._title(graph or iri), wanted if title else ()),
                snippet=_aliases(title, text, wanted) if level == NAME else snippet(text, wanted),
                years=tuple(map(int, years)),
                body=self._label("bodies", bodies[0]) if len(bodies) == 1 else "",
                place=self._label("places", places[0]) if len(places) == 1 else "",
                document=graph or "",
                passage=passage or (iri if kind == "Passage" and iri != graph else ""),
                named=named,
            )


_AS_HIT = "SELECT thing.id, %s, thing.facets, thing.named, thing.length, thing.year, thing.tie FROM thing"


def _aliases(title: str, text: str, wanted: frozenset[str]) -> Pieces:
    """The other names of something that match, where its title does not have all words that match."""
    here = wanted.intersection(words(title))
    others = [label for label in text.split("\n") if label != title and label not in title]
    matching = [label for label in others if wanted.intersection(words(label)) - here]
    return marked(" · ".join(matching[:3]), wanted) if matching else ()


def _retyped(meant: list[Meaning]) -> str:
    """A search as it would be typed."""
    said = []
    for one in meant:
        together = " ".join(one.term.words)
        together = f'"{together}"' if one.term.quoted else together
        said.append(f"-{together}" if one.term.excluded else together)
    return " ".join(said)


def search_of(out: Path) -> Search:
    """The search index of the current generation of an output folder.

    Raises :class:`NoIndexError` when there is none.
    """
    store = out / "store"
    return Search((store.resolve().parent if store.exists() else out) / SEARCH)
