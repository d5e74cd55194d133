"""What a search gives: hits with the words that matched, counts of what they can be chosen by, and how it was taken."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import dataclass

from kommungraf.errors import UsageError
from kommungraf.query.search_rows import KINDS
from kommungraf.query.search_snippet import Pieces

FIELDS = ("kinds", "years", "bodies", "places")
"""What hits can be chosen by."""


class NoIndexError(UsageError):
    """There is no search index beside the graph, or one of another version."""


class SearchTimeError(UsageError):
    """A search took too long and was given up."""


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found. ``iri`` is the page to go to: for a passage, that of its evidence.

    ``passage`` is the evidence of a statement, ``document`` the IRI of its document (empty for names).
    ``title`` and ``snippet`` are pieces of text, each with whether it matched. ``years`` of a name are those of its
    documents, and ``named`` is how many these are.
    """

    iri: str
    kind: str
    title: Pieces
    snippet: Pieces
    years: tuple[int, ...]
    body: str
    place: str
    document: str
    passage: str
    named: int

    @property
    def name(self) -> str:
        """The title as text."""
        return "".join(text for text, _ in self.title)

    @property
    def text(self) -> str:
        """The snippet as text."""
        return "".join(text for text, _ in self.snippet)

    @property
    def year(self) -> str:
        """The year, or the first and the last of several: ``2019–2023``."""
        return "–".join(str(year) for year in sorted({min(self.years), max(self.years)})) if self.years else ""


@dataclass(frozen=True, slots=True)
class Facet:
    """A value that hits can be chosen by: a class, a year or an IRI; its name; and in how many hits it is."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found.

    ``facets``: by field (kinds, years, bodies, places), each counted under the choices in the other fields.
    ``corrected``: the search that was made instead, where words that are nowhere were taken for near ones.
    ``unknown``: words that are nowhere and near none. ``without``: words that were left out, as nothing has all.
    ``more``: there are more hits than were counted.
    """

    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, tuple[Facet, ...]]
    corrected: str | None = None
    unknown: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    more: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """A combination of values that hits have: by field, in the order of :data:`FIELDS`."""

    values: tuple[tuple[str, ...], ...]

    def fits(self, choices: Sequence[frozenset[str]]) -> bool:
        """Whether each field in which something is chosen has one of the chosen values."""
        return all(not chosen or not chosen.isdisjoint(own) for chosen, own in zip(choices, self.values, strict=True))


def order(field: str, facet: Facet) -> tuple[bool, int, str]:
    """Years newest first, kinds in their order, the rest by how many hits have them."""
    if field == "years":
        return False, -int(facet.value) if facet.value.isdecimal() else 0, facet.value
    if field == "kinds":
        return facet.value not in KINDS, KINDS.index(facet.value) if facet.value in KINDS else 0, facet.value
    return False, -facet.count, facet.label


class Bounded:
    """While it is entered, SQL on a connection is stopped when its time is over."""

    def __init__(self, db: sqlite3.Connection, seconds: float) -> None:
        self._db, self._seconds, self._late = db, seconds, False

    def __enter__(self) -> None:
        until = time.monotonic() + self._seconds

        def is_late() -> bool:
            self._late = time.monotonic() > until
            return self._late

        self._db.set_progress_handler(is_late, 1_000)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        self._db.set_progress_handler(None, 0)
        if isinstance(error, sqlite3.OperationalError) and self._late:
            raise SearchTimeError(
                f"The search took longer than {self._seconds:g} seconds and was given up: use longer or rarer words."
            ) from error
