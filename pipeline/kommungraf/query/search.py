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
from kommungraf.query.search_hits import MOST_HITS, Collector
from kommungraf.query.search_rows import NAME
from kommungraf.query.search_snippet import Pieces, marked, snippet
from kommungraf.query.search_terms import Term, terms
from kommungraf.query.search_words import words

__all__ = ["Facet", "Found", "Hit", "NoIndexError", "Search", "SearchTimeError", "search_of"]

SECONDS = 2.0
"""A search that takes longer is given up."""
MOST_SHOWN = 100
"""Hits that one call gives at most."""
DEEPEST = 2_000
"""Hits farther down are not given: whoever wants them narrows the search."""


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
        self._db.execute("CREATE TEMP TABLE chosen (facets INTEGER PRIMARY KEY)")
        self._collector = Collector(self._db)

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
        if not asked and text.strip():
            return Found((), 0, {}, unknown=(text.strip(),))
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
        taken = self._collector.collect(asked)
        counted: dict[int, int] = dict(self._db.execute("SELECT facets, COUNT(*) FROM temp.hit GROUP BY facets"))
        cards = [(self._card(number), number, count) for number, count in counted.items()]
        left = [number for card, number, _ in cards if not any(choices) or card.fits(choices)]
        self._db.executemany("INSERT INTO temp.chosen VALUES (?)", [(number,) for number in left])
        wanted = frozenset(word for one in taken.meant if not one.term.excluded for word in one.all())
        return Found(
            hits=tuple(self._hits(wanted, limit, offset)),
            total=sum(counted[number] for number in left),
            facets=self._facets(cards, choices),
            corrected=taken.corrected,
            unknown=taken.unknown,
            without=taken.without,
            more=taken.more,
        )

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


def _aliases(title: str, text: str, wanted: frozenset[str]) -> Pieces:
    """The other names of something that match, where its title does not have all words that match."""
    here = wanted.intersection(words(title))
    others = [label for label in text.split("\n") if label != title and label not in title]
    matching = [label for label in others if wanted.intersection(words(label)) - here]
    return marked(" · ".join(matching[:3]), wanted) if matching else ()


def search_of(out: Path) -> Search:
    """The search index of the current generation of an output folder.

    Raises :class:`NoIndexError` when there is none.
    """
    store = out / "store"
    return Search((store.resolve().parent if store.exists() else out) / SEARCH)
