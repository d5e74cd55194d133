"""People's own rulings: they always win, and they survive re-ingestion because they refer to stable things.

The file is TOML (``corpus/judgements.toml``). A thing is an IRI relative to the base (``person/<scope>/<name>``), or a
name with a document (``{ name = "Anna Berg", document = "<its IRI or the start of the hash in it>" }``)::

    [[same]]
    things = ["person/a-kommun/anna-berg", "person/b-kommun/anna-berg"]
    because = "She moved in 2022."

    [[different]]
    things = [{ name = "Anna Berg", document = "0b06bf4a" }, { name = "Anna Berg", document = "97dddd62" }]

    [[rename]]
    thing = "person/a-kommun/anna-berg"
    name = "Anna Berg Ek"

    [[forget]]
    thing = "person/a-kommun/bo-ek"

``same`` joins (the first named keeps its IRI), ``different`` keeps people apart that linking would join, ``rename``
sets the name of choice, ``forget`` leaves an entity and all that is about it out of the graph. ``because`` is kept.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from kommungraf.errors import UsageError
from kommungraf.link.resolution import Resolution, Resolved, Slice
from kommungraf.text import fold

_KEYS = {"same": "things", "different": "things", "rename": "thing", "forget": "thing"}


class Thing(NamedTuple):
    """What a ruling is about: an IRI, or a name in a document."""

    iri: str = ""
    name: str = ""
    document: str = ""

    def fits(self, candidate: str, name: str, document: str) -> bool:
        """Whether a mention of ``name`` in ``document``, with its candidate IRI, is meant."""
        if self.iri:
            return self.iri == candidate
        return fold(self.name) == fold(name) and self._in(document)

    def _in(self, document: str) -> bool:
        return document == self.document or document.removeprefix("document/").startswith(self.document[:16])


class Ruling(NamedTuple):
    """One ruling: its kind, what it is about, the new name of a ``rename``, and why."""

    kind: str
    things: tuple[Thing, ...]
    name: str = ""
    because: str = ""


@dataclass(frozen=True, slots=True)
class Judgements:
    """All rulings of a file."""

    rulings: tuple[Ruling, ...] = ()

    def of(self, kind: str) -> Iterable[Ruling]:
        """The rulings of a kind."""
        return (ruling for ruling in self.rulings if ruling.kind == kind)

    def marks(self, candidate: str, name: str, document: str) -> set[str]:
        """Marks by which people of a ``different`` ruling repel each other: ``x`` is repelled by ``!x``."""
        found: set[str] = set()
        for number, ruling in enumerate(self.of("different")):
            places = [place for place, thing in enumerate(ruling.things) if thing.fits(candidate, name, document)]
            for one, other in combinations(range(len(ruling.things)), 2):
                found |= {f"{number}:{one}", f"!{number}:{other}"} if one in places else set()
                found |= {f"{number}:{other}", f"!{number}:{one}"} if other in places else set()
        return found

    def apply(self, slices: list[Slice], resolution: Resolution) -> None:
        """Carry out ``same``, ``rename`` and ``forget`` on what linking found so far. May be called again."""
        for ruling in self.of("same"):
            entities = self._entities(ruling, slices, resolution)
            for other in entities[1:]:
                _unite(entities[0], other, ruling, resolution)
        for ruling in self.of("rename"):
            for entity in self._entities(ruling, slices, resolution):
                for mention, resolved in resolution.by_mention.items():
                    if resolved.iri == entity:
                        resolution.by_mention[mention] = Resolved(entity, ruling.name)
        for ruling in self.of("forget"):
            resolution.forgotten.update(self._entities(ruling, slices, resolution))

    def _entities(self, ruling: Ruling, slices: list[Slice], resolution: Resolution) -> list[str]:
        found: list[str] = []
        for thing in ruling.things:
            for entity in [thing.iri] if thing.iri else _mentioned(thing, slices, resolution):
                while entity in resolution.replaced:
                    entity = resolution.replaced[entity]
                if entity not in found:
                    found.append(entity)
        return found


def _mentioned(thing: Thing, slices: list[Slice], resolution: Resolution) -> list[str]:
    found = []
    for piece in slices:
        for nodes in piece.nodes.values():
            for node in nodes:
                if "name" in node and thing.fits("", node["name"], piece.id):
                    entity = resolution.iri(node["@id"])
                    if entity and entity not in found:
                        found.append(entity)
    return found


def _unite(entity: str, other: str, ruling: Ruling, resolution: Resolution) -> None:
    mentions = [mention for mention, resolved in resolution.by_mention.items() if resolved.iri == other]
    name = next((found.name for found in resolution.by_mention.values() if found.iri == entity), None)
    for mention in mentions:
        resolution.by_mention[mention] = Resolved(entity, name or resolution.by_mention[mention].name)
    for conclusion in resolution.conclusions:
        if conclusion.get("entity") == other:
            conclusion["entity"] = entity
    resolution.replaced[other] = entity


def load(path: Path) -> Judgements:
    """The rulings of a file; none where there is no file.

    Raises :class:`~kommungraf.errors.UsageError`, saying what is expected, when the file is not as it should be.
    """
    if not path.exists():
        return Judgements()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is not valid TOML: {error}.") from error
    if unknown := data.keys() - _KEYS.keys():
        raise UsageError(
            f"{path} has rulings of a kind that does not exist: {min(unknown)}; known: {', '.join(_KEYS)}."
        )
    return Judgements(tuple(_ruling(kind, entry, path) for kind in _KEYS for entry in data.get(kind, ())))


def _ruling(kind: str, entry: dict[str, Any], path: Path) -> Ruling:
    key = _KEYS[kind]
    value = entry.get(key)
    things = value if isinstance(value, list) else [value]
    if (
        value is None
        or (kind in ("same", "different") and len(things) < 2)
        or (kind == "rename" and not entry.get("name"))
    ):
        needed = "two things" if key == "things" else "a thing" + (" and a name" if kind == "rename" else "")
        raise UsageError(f"{path}: a [[{kind}]] ruling needs {needed}.")
    return Ruling(
        kind, tuple(_thing(thing, kind, path) for thing in things), entry.get("name", ""), entry.get("because", "")
    )


def _thing(value: Any, kind: str, path: Path) -> Thing:
    if isinstance(value, str):
        return Thing(iri=value)
    if isinstance(value, dict) and isinstance(value.get("name"), str) and isinstance(value.get("document"), str):
        return Thing(name=value["name"], document=value["document"])
    raise UsageError(f"{path}: a thing of a [[{kind}]] ruling is an IRI, or a name with a document.")
