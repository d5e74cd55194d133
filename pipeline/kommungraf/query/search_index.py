"""The search index of a generation: one SQLite file beside the store.

A build that changes few graphs changes a copy of the index of before, for these graphs only. Full text is FTS5 over
words as :mod:`kommungraf.query.search_words` gives them; inflection, spelling and compounds are a matter of asking
(:mod:`kommungraf.query.search_terms`), by the table of all words. Decision 23 tells why.
"""

from __future__ import annotations

import fcntl
import json
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from kommungraf.query.search_file import VERSION
from kommungraf.query.search_rows import NAME, NAMED, Facets, Row, Whole, name_row
from kommungraf.query.search_words import bare, of_year, stem, words
from kommungraf.text import phonetic

Json = dict[str, Any]

_FICLONE = 0x40049409
_SCHEMA = """
CREATE TABLE facets (id INTEGER PRIMARY KEY, card TEXT NOT NULL UNIQUE);
CREATE TABLE thing (
  id INTEGER PRIMARY KEY, facets INTEGER NOT NULL, level INTEGER NOT NULL, named INTEGER NOT NULL,
  length INTEGER NOT NULL, year INTEGER NOT NULL, tie INTEGER NOT NULL, document INTEGER NOT NULL);
CREATE TABLE told (
  id INTEGER PRIMARY KEY, digest TEXT NOT NULL, iri TEXT NOT NULL, passage TEXT NOT NULL, title TEXT NOT NULL,
  text TEXT NOT NULL);
CREATE TABLE label (
  bare TEXT NOT NULL, folded TEXT NOT NULL, thing INTEGER NOT NULL,
  PRIMARY KEY (bare, folded, thing)) WITHOUT ROWID;
CREATE TABLE document (id INTEGER PRIMARY KEY, graph TEXT NOT NULL UNIQUE, facets TEXT NOT NULL);
CREATE TABLE named (
  document INTEGER NOT NULL, iri TEXT NOT NULL, titles TEXT NOT NULL,
  PRIMARY KEY (document, iri)) WITHOUT ROWID;
CREATE TABLE word (
  id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, stem TEXT NOT NULL, bare TEXT NOT NULL, sound TEXT NOT NULL,
  found INTEGER NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(name, text, content='', tokenize="ascii tokenchars '/'");
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(words, 'row');
CREATE VIRTUAL TABLE grams USING fts5(bare, content='', tokenize='trigram');
"""
_INDEXES = """
CREATE INDEX IF NOT EXISTS thing_document ON thing (document);
CREATE INDEX IF NOT EXISTS told_iri ON told (iri) WHERE passage = '' AND title <> '';
CREATE INDEX IF NOT EXISTS thing_level ON thing (level, facets);
CREATE INDEX IF NOT EXISTS label_thing ON label (thing);
CREATE INDEX IF NOT EXISTS word_stem ON word (stem);
CREATE INDEX IF NOT EXISTS word_bare ON word (bare);
CREATE INDEX IF NOT EXISTS word_sound ON word (sound);
"""


def _copy(old: Path, new: Path) -> None:
    """Copy a file: by reference where the file system can, so that only what changes takes room."""
    with old.open("rb") as source, new.open("wb") as target:
        try:
            fcntl.ioctl(target.fileno(), _FICLONE, source.fileno())
        except OSError:  # not this file system
            shutil.copyfileobj(source, target, 1 << 20)


class Index:
    """An index in the making. Use as a context manager: what is written is whole when it is left after :meth:`finish`.

    With ``before`` (an index of this version) a copy of that is changed: only documents that changed need be told.
    """

    def __init__(self, path: Path, before: Path | None = None) -> None:
        self._anew = before is None
        if before is not None:
            _copy(before, path)
        self._db = sqlite3.connect(path, isolation_level=None)
        self._cards: dict[tuple[str, Facets], int] = {}
        self._touched: set[str] = set()

    def __enter__(self) -> Index:
        self._db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-64000;")
        if self._anew:
            self._db.executescript(_SCHEMA)
        self._db.execute("BEGIN")
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    def remove(self, graph: str) -> None:
        """Take out what was found in a document."""
        known = self._db.execute("SELECT id FROM document WHERE graph = ?", (graph,)).fetchone()
        if known:
            for (thing,) in self._db.execute("SELECT id FROM thing WHERE document = ?", known).fetchall():
                self._remove(thing)
            self._db.execute("DELETE FROM named WHERE document = ?", known)
            self._db.execute("DELETE FROM document WHERE id = ?", known)

    def add(self, document: Whole) -> None:
        """Enter a document, in the place of what was known of it."""
        self.remove(document.graph)
        told = (document.graph, json.dumps(document.facets))
        number = self._db.execute("INSERT INTO document (graph, facets) VALUES (?, ?)", told).lastrowid
        assert number is not None
        named = ((number, iri, titles) for iri, titles in document.named())
        self._db.executemany("INSERT OR IGNORE INTO named VALUES (?, ?, ?)", named)
        self._add(((row, 0) for row in document.rows()), number)

    def finish(self, entities: Iterable[Json]) -> None:
        """Enter all names (those that are as they were stay), and what is known of all words."""
        self._enter({node["@id"]: node for node in entities if node.get("@type") in NAMED})
        if self._anew:
            self._db.execute("INSERT INTO words(words) VALUES ('optimize')")
            self._learn(self._db.execute("SELECT term, doc FROM vocabulary ORDER BY term"))
            self._db.execute("INSERT INTO grams(grams) VALUES ('optimize')")
        else:
            self._relearn()
        self._db.execute("COMMIT")
        self._db.executescript(f"{_INDEXES} PRAGMA user_version={VERSION};")

    def _enter(self, entities: Mapping[str, Json]) -> None:
        rows = self._db.execute("SELECT iri, id, digest FROM thing JOIN told USING (id) WHERE level = ?", (NAME,))
        known = {iri: (thing, digest) for iri, thing, digest in rows}
        said, new = self._said(), []
        for iri, node in entities.items():
            told = said.get(iri, _Said())
            row = name_row(node, told.facets(), sorted(told.titles), entities)
            thing, digest = known.pop(row.iri, (None, ""))
            if _digest(row, told.documents) != digest:
                if thing is not None:
                    self._remove(thing)
                new.append((row, told.documents))
        for thing, _ in known.values():
            self._remove(thing)
        self._add(new, 0)

    def _said(self) -> dict[str, _Said]:
        """Of everything that documents name, what they say of it."""
        facets = {number: json.loads(card) for number, card in self._db.execute("SELECT id, facets FROM document")}
        found: dict[str, _Said] = defaultdict(_Said)
        for number, iri, titles in self._db.execute("SELECT document, iri, titles FROM named"):
            told = found[iri]
            told.documents += 1
            told.titles.update(titles.split("\n") if titles else ())
            years, bodies, places = facets[number]
            told.years.update(years)
            told.bodies.update(bodies)
            told.places.update(places)
        return found

    def _add(self, rows: Iterable[tuple[Row, int]], document: int) -> None:
        """Enter rows, each with the number of documents that name it. ``document`` is 0 for names."""
        (last,) = self._db.execute("SELECT COALESCE(MAX(id), 0) FROM thing").fetchone()
        things, told, texts, labels = [], [], [], []
        for thing, (row, named) in enumerate(rows, last + 1):
            said = "\n".join(row.labels) if row.level == NAME else row.text
            name, text = _searched(row.level, row.title, said, row.facets.years)
            year = max(row.facets.years, default=0)
            tie = int.from_bytes(sha256(f"{row.iri} {said}".encode()).digest()[:6], "big")
            length = len(row.title if row.level == NAME else said)
            things.append((thing, self._card(row.kind, row.facets), row.level, named, length, year, tie, document))
            digest = _digest(row, named) if row.level == NAME else ""
            told.append((thing, digest, row.iri, row.passage if row.passage != row.iri else "", row.title, said))
            texts.append((thing, name, text))
            folded = (" ".join(words(label)) for label in row.labels)
            labels += [(bare(label), label, thing) for label in folded if label]
            if not self._anew:
                self._touched.update(name.split(), text.split())
        self._db.executemany("INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?)", things)
        self._db.executemany("INSERT INTO told VALUES (?, ?, ?, ?, ?, ?)", told)
        self._db.executemany("INSERT INTO words(rowid, name, text) VALUES (?, ?, ?)", texts)
        self._db.executemany("INSERT OR IGNORE INTO label VALUES (?, ?, ?)", labels)

    def _remove(self, thing: int) -> None:
        query = (
            "SELECT level, title, text, card FROM thing JOIN told USING (id) JOIN facets ON facets.id = thing.facets"
            " WHERE thing.id = ?"
        )
        level, title, said, card = self._db.execute(query, (thing,)).fetchone()
        name, text = _searched(level, title, said, json.loads(card)[1])
        self._db.execute("INSERT INTO words(words, rowid, name, text) VALUES ('delete', ?, ?, ?)", (thing, name, text))
        self._db.execute("DELETE FROM label WHERE thing = ?", (thing,))
        self._db.execute("DELETE FROM thing WHERE id = ?", (thing,))
        self._db.execute("DELETE FROM told WHERE id = ?", (thing,))
        self._touched.update(name.split(), text.split())

    def _card(self, kind: str, facets: Facets) -> int:
        """The number of a combination of kind and facets: thousands of hits share a few."""
        if (kind, facets) not in self._cards:
            card = json.dumps([kind, *facets], ensure_ascii=False)
            self._db.execute("INSERT OR IGNORE INTO facets (card) VALUES (?)", (card,))
            (number,) = self._db.execute("SELECT id FROM facets WHERE card = ?", (card,)).fetchone()
            self._cards[kind, facets] = number
        return self._cards[kind, facets]

    def _learn(self, found: Iterable[tuple[str, int]]) -> None:
        """Enter words that are new, with what they are found by."""
        rows = [(word, stem(word), bare(word), phonetic(word), count) for word, count in found]
        self._db.executemany("INSERT INTO word (word, stem, bare, sound, found) VALUES (?, ?, ?, ?, ?)", rows)
        self._db.execute(
            "INSERT INTO grams(rowid, bare) SELECT id, bare FROM word WHERE id > "
            "(SELECT COALESCE(MAX(id), 0) FROM word) - ?",
            (len(rows),),
        )

    def _relearn(self) -> None:
        """Count the words of what came and went; a word that is nowhere any more is no word to be found."""
        new: list[tuple[str, int]] = []
        for word in sorted(self._touched):
            known = self._db.execute("SELECT id, bare FROM word WHERE word = ?", (word,)).fetchone()
            count = self._db.execute("SELECT doc FROM vocabulary WHERE term = ?", (word,)).fetchone()
            if known and count:
                self._db.execute("UPDATE word SET found = ? WHERE id = ?", (count[0], known[0]))
            elif known:
                self._db.execute("INSERT INTO grams(grams, rowid, bare) VALUES ('delete', ?, ?)", known)
                self._db.execute("DELETE FROM word WHERE id = ?", (known[0],))
            elif count:
                new.append((word, count[0]))
        self._learn(new)


@dataclass(slots=True)
class _Said:
    """What documents say of something that they name."""

    documents: int = 0
    titles: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)

    def facets(self) -> Facets:
        """The facets of the documents."""
        return Facets(tuple(sorted(self.years)), tuple(sorted(self.bodies)), tuple(sorted(self.places)))


def _searched(level: int, title: str, said: str, years: Iterable[int]) -> tuple[str, str]:
    """The words of a row as they are searched: of all that it is called, and of its text with the years it is of."""
    of = [of_year(str(year)) for year in years]
    if level == NAME:
        return " ".join(words(said or title)), " ".join(of)
    return " ".join(words(title)), " ".join([*words(said), *of])


def _digest(row: Row, named: int) -> str:
    return sha256(json.dumps([*row.labels, row.title, row.kind, row.facets, named]).encode()).hexdigest()[:16]
