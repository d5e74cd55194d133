"""Facts as gold files state them and as the graph holds them, in one plain form, so that the two can be compared."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from kommungraf.errors import UsageError

_PLACE = {"file", "kind", "start", "end", "text", "entity"}
FACT_FILES = ("mentions.jsonl", "facts.jsonl", "links.jsonl")
LINK_KINDS = frozenset({
    "alignment", "budgetVsOutcome", "caseState", "contradiction", "neverPromised", "neverReported", "presence",
    "reportedDecision", "restatement", "resultedIn", "series", "succession", "tenure",
})  # fmt: skip
"""Kinds that follow from several documents: :mod:`kommungraf.query.links` reads and scores them."""

Entry = dict[str, Any]


class Place(NamedTuple):
    """A range of code points of the stored text; ``end`` is ``start`` where gold gives a start only."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A mention (with ``entity``) or a statement of one file. ``places`` is empty where gold names no passage.

    ``attributes`` have the names of the gold fields; each value is a list of strings, of which a fact from the graph
    may have several that are all right (the names of an entity). ``node`` is the IRI of a fact from the graph.
    """

    file: str
    kind: str
    places: tuple[Place, ...] = ()
    entity: str = ""
    text: str = ""
    attributes: dict[str, list[str]] = field(default_factory=dict)
    node: str = ""

    @property
    def is_mention(self) -> bool:
        """Whether this is a place where an entity is named, rather than a statement."""
        return bool(self.entity)


Ranges = list[tuple[int, int]]


@dataclass(slots=True)
class Gold:
    """Gold facts and, per file and kind, the ranges in which they are complete: precision is counted only there."""

    facts: list[Fact]
    coverage: dict[tuple[str, str], Ranges]

    @property
    def files(self) -> set[str]:
        """The names of the files that gold speaks of."""
        return {fact.file for fact in self.facts} | {file for file, _ in self.coverage}

    def covers(self, fact: Fact) -> bool:
        """Whether gold would have a fact of this kind at this place."""
        ranges = self.coverage.get((fact.file, fact.kind), [])
        return any(low <= place.start and place.end <= high for place in fact.places for low, high in ranges)


def read_gold(folder: Path) -> Gold:
    """Read ``mentions.jsonl``, ``facts.jsonl`` and ``coverage.json`` of a folder (the format is in docs/gold.md).

    Raises :class:`~kommungraf.errors.UsageError` when the folder holds no gold or a line cannot be read.
    """
    paths = [folder / name for name in FACT_FILES if (folder / name).is_file()]
    if not paths:
        raise UsageError(f"{folder} holds no gold: neither {' nor '.join(FACT_FILES)} is there.")
    facts = [_fact(entry) for path in paths for entry in entries(path) if entry["kind"] not in LINK_KINDS]
    return Gold(facts, _read_coverage(folder / "coverage.json"))


def entries(path: Path) -> Iterator[Entry]:
    """The lines of a gold file that may not be there, each a JSON object with a kind; places are whole numbers."""
    if not path.is_file():
        return
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            entry = json.loads(line)
            if entry["kind"] not in LINK_KINDS:
                _fact(entry)
            yield entry
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise UsageError(f"{path}, line {number}, is not a line of gold: {error}.") from error


def _fact(entry: Entry) -> Fact:
    start: Any = entry.get("start")
    places = () if start is None else (Place(int(start), int(entry.get("end") or start)),)
    attributes = {key: _texts(value) for key, value in entry.items() if key not in _PLACE and value is not None}
    return Fact(
        entry["file"], entry["kind"], places, str(entry.get("entity", "")), str(entry.get("text", "")), attributes
    )


def _texts(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else [str(value)]


def _read_coverage(path: Path) -> dict[tuple[str, str], Ranges]:
    if not path.is_file():
        return {}
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return {
            (file, kind): [(int(low), int(high)) for low, high in ranges]
            for file, kinds in data.items()
            if file != "*"  # links of the whole folder
            for kind, ranges in kinds.items()
        }
    except (ValueError, TypeError, AttributeError) as error:
        raise UsageError(f"{path} is not a coverage file: {error}.") from error
