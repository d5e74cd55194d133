"""Links as gold states them: what follows from several documents, said by names, values and quotes of its sides.

A link has *sides* (the planned activity and the reported result, the two statements of a contradiction), each given by
a quote, a place or a value, and *fields* with the names of the ontology's properties. The format is in docs/gold.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from kommungraf.errors import UsageError
from kommungraf.query.gold import FACT_FILES, LINK_KINDS, Entry, Fact, Place, entries


@dataclass(frozen=True, slots=True)
class LinkKind:
    """How links of a kind are told apart: ``keys`` and ``sides`` say which one it is, ``details`` whether it is right.

    Of ``closed`` keys and sides, what gold does not give must not be there: an end has no successor. ``unordered``:
    the sides may be given in either order.
    """

    keys: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    unordered: bool = False


KINDS: dict[str, LinkKind] = {
    "succession": LinkKind(
        keys=("predecessor", "successor"), details=("successionKind", "effective"), closed=("successor",)
    ),
    "alignment": LinkKind(
        sides=("planned", "reported", "next"), details=("status", "year"), closed=("reported", "next")
    ),
    "neverReported": LinkKind(sides=("planned",), details=("year",)),
    "neverPromised": LinkKind(sides=("reported",), details=("year",)),
    "contradiction": LinkKind(sides=("a", "b"), details=("about",), unordered=True),
    "tenure": LinkKind(
        keys=("person", "inBody", "role"),
        details=("validFrom", "validTo", "firstSeen", "lastSeen", "startedBy", "endedBy", "acting"),
    ),
    "presence": LinkKind(keys=("entity", "year"), details=("presence",)),
    "caseState": LinkKind(keys=("diaryNumber", "title"), details=("state", "stateSince")),
    "resultedIn": LinkKind(sides=("matter",), keys=("number", "date"), details=("outcome", "decidedBy")),
    "reportedDecision": LinkKind(
        sides=("said",), keys=("date", "number"), details=("decidedBy", "outcome", "minutesHeld")
    ),
    "series": LinkKind(keys=("lineItem", "scope", "fiscalYear", "phase"), details=("value", "unit")),
    "budgetVsOutcome": LinkKind(
        sides=("budgeted", "accounted"), keys=("lineItem", "fiscalYear"), details=("deviation", "scope")
    ),
    "restatement": LinkKind(sides=("earlier", "later"), keys=("lineItem", "fiscalYear"), details=()),
}
assert frozenset(KINDS) == LINK_KINDS


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a link: what it says, where it stands (by file), and the fields of its statement."""

    texts: tuple[str, ...] = ()
    places: tuple[tuple[str, Place], ...] = ()
    files: frozenset[str] = frozenset()
    fields: dict[str, list[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.texts or self.places or self.fields)


@dataclass(frozen=True, slots=True)
class Link:
    """A link of gold or of the graph. ``node`` is its IRI there; ``optional`` gold is neither missed nor excess."""

    kind: str
    fields: dict[str, list[str]]
    sides: dict[str, Side] = field(default_factory=dict)
    node: str = ""
    optional: bool = False

    def as_fact(self) -> Fact:
        """The link as one line for a reader."""
        shown = dict(self.fields)
        for name, side in self.sides.items():
            shown[name] = [" / ".join([*side.texts[:1], *(f"{key}={v[0]}" for key, v in side.fields.items() if v)][:4])]
        files = sorted({file for side in self.sides.values() for file in side.files})
        return Fact(" + ".join(files), self.kind, (), "", "", shown, self.node)


@dataclass(frozen=True, slots=True)
class LinkGold:
    """Gold of links, and for each kind where it is complete: ``all``, or the field whose values in gold it covers."""

    links: list[Link]
    coverage: dict[str, str]

    @property
    def files(self) -> set[str]:
        """The files that the links speak of."""
        return {file for link in self.links for side in link.sides.values() for file in side.files}


def read_links(folder: Path) -> LinkGold:
    """Read the links of a folder of gold: ``links.jsonl`` and links among the facts.

    Raises :class:`~kommungraf.errors.UsageError` when a line or the coverage cannot be read.
    """
    links = [
        link_of(entry) for name in FACT_FILES for entry in entries(folder / name) if entry.get("kind") in LINK_KINDS
    ]
    return LinkGold(links, _coverage(folder / "coverage.json"))


def _coverage(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        whole = json.loads(path.read_text(encoding="utf-8")).get("*", {})
        return {str(kind): str(extent) for kind, extent in whole.items()}
    except (ValueError, AttributeError) as error:
        raise UsageError(f"{path} is not a coverage file: {error}.") from error


def link_of(entry: Entry) -> Link:
    """A link from a line of gold; a side is a quote, an object, or fields such as ``plannedText``, ``plannedFile``."""
    kind = str(entry["kind"])
    spec = KINDS[kind]
    sides = {name: _side(dict(_side_fields(entry, name)), entry.get("file")) for name in spec.sides}
    fields = {
        key: _texts(value)
        for key, value in entry.items()
        if key in (*spec.keys, *spec.details, "name") and value is not None
    }
    return Link(kind, fields, {name: side for name, side in sides.items() if side}, "", bool(entry.get("optional")))


def _side_fields(entry: Entry, name: str) -> Iterator[tuple[str, Any]]:
    value = entry.get(name)
    if isinstance(value, str):
        yield "text", value
    elif isinstance(value, dict):
        yield from value.items()
    for key, other in entry.items():
        if key.startswith(name) and key[len(name) : len(name) + 1].isupper():
            yield key[len(name)].lower() + key[len(name) + 1 :], other


def _side(entry: Entry, file: str | None) -> Side:
    name = entry.pop("file", file)
    start, end = entry.pop("start", None), entry.pop("end", None)
    texts = entry.pop("text", None)
    places: tuple[tuple[str, Place], ...] = ()
    if name is not None and start is not None:
        places = ((_base(name), Place(int(start), int(start if end is None else end))),)
    kept = {
        key: _texts(value) for key, value in entry.items() if key not in ("page", "occurrence") and value is not None
    }
    files = frozenset() if name is None else frozenset({_base(name)})
    return Side(tuple(_texts(texts)) if texts else (), places, files, kept)


def _base(file: str) -> str:
    return PurePosixPath(file).name


def _texts(value: Any) -> list[str]:
    return [_text(item) for item in value] if isinstance(value, list) else [_text(value)]


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
