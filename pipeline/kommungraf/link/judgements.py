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

    [[reject]]
    conclusion = "succession/5f0c2a…"

``same`` joins (the first named keeps its IRI), ``different`` keeps people apart that linking would join, ``rename``
sets the name of choice, ``forget`` leaves an entity and all that is about it out of the graph, ``reject`` leaves out a
conclusion about time (a succession, an alignment, a contradiction …) or that a document is a version of another.
``because`` is kept.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

from kommungraf.errors import UsageError
from kommungraf.link.resolution import Json, Resolution, Resolved, Slice
from kommungraf.text import fold

_KEYS = {"same": "things", "different": "things", "rename": "thing", "forget": "thing", "reject": "conclusion"}


class Thing(NamedTuple):
    """What a ruling is about: an IRI, or a name in a document. ``instead``: where its versions in force are."""

    iri: str = ""
    name: str = ""
    document: str = ""
    instead: frozenset[str] = frozenset()

    def fits(self, candidate: str, name: str, document: str) -> bool:
        """Whether a mention of ``name`` in ``document``, with its candidate IRI, is meant."""
        if self.iri:
            return self.iri == candidate
        return fold(self.name) == fold(name) and self._in(document)

    def now_in_force(self, superseded: Mapping[str, str]) -> Thing:
        """The thing, looked for in the versions in force as well."""
        if not self.document:
            return self
        return self._replace(instead=frozenset(new for old, new in superseded.items() if self._in(old)))

    def _in(self, document: str) -> bool:
        if document in self.instead:
            return True
        return document == self.document or document.removeprefix("document/").startswith(self.document[:16])

    def said(self) -> str:
        """The thing in a sentence."""
        return self.iri or f"{self.name} in {self.document}"


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

    def part(self, one: str, other: str) -> bool:
        """Whether a ``different`` ruling keeps two IRIs apart."""
        return one != other and any(
            {one, other} <= {thing.iri for thing in ruling.things} for ruling in self.of("different")
        )

    def rejects(self, conclusion: str) -> bool:
        """Whether a ``reject`` ruling is about a conclusion."""
        return any(thing.iri == conclusion for ruling in self.of("reject") for thing in ruling.things)

    def now_in_force(self, superseded: Mapping[str, str]) -> Judgements:
        """The same rulings, where a name in a version that was set aside is the name in the version in force."""
        if not superseded:
            return self
        return Judgements(
            tuple(
                ruling._replace(things=tuple(thing.now_in_force(superseded) for thing in ruling.things))
                for ruling in self.rulings
            )
        )

    def reject(self, resolution: Resolution) -> None:
        """Take the conclusions that people have rejected out of the resolution, and remember that they were drawn."""
        wrong = {thing.iri for ruling in self.of("reject") for thing in ruling.things}
        if wrong:
            resolution.rejected |= {one["@id"] for one in resolution.conclusions} & wrong
            resolution.conclusions[:] = [one for one in resolution.conclusions if one["@id"] not in wrong]

    def apply(self, slices: list[Slice], resolution: Resolution) -> None:
        """Carry out ``same``, ``rename`` and ``forget`` on what linking found so far. May be called again."""
        if not self.rulings:
            return
        known = _Known(slices, resolution)
        for ruling in self.of("same"):
            first, *others = known.meant_by(ruling) or [""]
            for other in others:
                if _kind(first) == _kind(other):
                    known.unite(first, other, ruling)
        for ruling in self.of("rename"):
            for entity in known.meant_by(ruling):
                for mention in known.mentions[entity]:
                    if mention.node["@id"] in resolution.by_mention:
                        resolution.by_mention[mention.node["@id"]] = Resolved(entity, ruling.name)
        for ruling in self.of("forget"):
            resolution.forgotten.update(known.meant_by(ruling))

    def unmet(self, slices: list[Slice], resolution: Resolution) -> list[str]:
        """A sentence for every thing that no document names (any more) and every conclusion that is not drawn (any
        more): perhaps it is misspelt in the ruling."""
        if not self.rulings:
            return []
        known = _Known(slices, resolution)
        told = []
        for ruling in self.rulings:
            for thing in ruling.things:
                if ruling.kind == "reject" and thing.iri not in resolution.rejected:
                    told.append(f"A [[reject]] ruling is about {thing.said()}, which nothing concludes.")
                elif ruling.kind != "reject" and not known.meant(thing):
                    told.append(f"A [[{ruling.kind}]] ruling is about {thing.said()}, which no document names.")
        return told


class _Mention(NamedTuple):
    node: Json
    kind: str
    document: str


class _Known:
    """The entities that linking knows so far, with their mentions, and where retired IRIs lead."""

    def __init__(self, slices: list[Slice], resolution: Resolution) -> None:
        self._resolution = resolution
        self.mentions: dict[str, list[_Mention]] = {}
        for piece in slices:
            for kind, nodes in piece.nodes.items():
                for node in nodes:
                    entity = resolution.iri(node["@id"]) if "name" in node else None
                    if entity and (entity != node["@id"] or "/mention/" not in entity):
                        self.mentions.setdefault(entity, []).append(_Mention(node, kind, piece.id))
        joins = (one for one in resolution.conclusions if "joined" in one)
        self._retired = {join["joined"]: join["entity"] for join in joins}
        self._retired |= resolution.replaced

    def meant(self, thing: Thing) -> list[str]:
        """The entities that a thing stands for, none when no document names it; a retired IRI leads to its heir."""
        if not thing.iri:
            return [
                entity
                for entity, mentions in self.mentions.items()
                if any(thing.fits("", mention.node["name"], mention.document) for mention in mentions)
            ]
        entity, seen = thing.iri, set[str]()
        while entity not in self.mentions and entity not in seen and entity in self._retired:
            seen.add(entity)
            entity = self._retired[entity]
        return [entity] if entity in self.mentions else []

    def meant_by(self, ruling: Ruling) -> list[str]:
        """The entities that a ruling is about, each once, in its order."""
        return list(dict.fromkeys(entity for thing in ruling.things for entity in self.meant(thing)))

    def unite(self, entity: str, other: str, ruling: Ruling) -> None:
        """Make ``other`` one with ``entity``, with the reason that the ruling gives."""
        resolution, kept, gone = self._resolution, self.mentions[entity], self.mentions.pop(other)
        name = resolution.name(kept[0].node["@id"])
        for mention in gone:
            own = mention.node["@id"]
            resolution.by_mention[own] = Resolved(entity, name or resolution.name(own))
        for conclusion in resolution.conclusions:
            if conclusion.get("entity") == other:
                conclusion["entity"] = entity
        told = resolution.entities.pop(other, {})
        resolution.entities[entity] = told | resolution.entities.get(entity, {})
        resolution.replaced.pop(entity, None)
        resolution.replaced[other] = entity
        self._retired = {old: new for old, new in self._retired.items() if old != entity} | {other: entity}
        resolution.join(
            entity,
            other,
            kind=gone[0].kind,
            method="judgement",
            score=0.99,
            because=ruling.because or "A person has ruled that they are one.",
            evidence=[kept[0].node["evidence"][0], gone[0].node["evidence"][0]],
        )
        kept.extend(gone)


def _kind(entity: str) -> str:
    return entity.partition("/")[0]


def load(path: Path, base: str = "") -> Judgements:
    """The rulings of a file; none where there is no file. Things may be IRIs under ``base`` or relative to it.

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
    rulings = []
    for kind, entries in data.items():
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            raise UsageError(f"{path}: rulings are written [[{kind}]], with two brackets on each side.")
        rulings += [_ruling(kind, entry, path, base) for entry in entries]
    return Judgements(tuple(rulings))


def _ruling(kind: str, entry: dict[str, Any], path: Path, base: str) -> Ruling:
    key = _KEYS[kind]
    value, name, because = entry.get(key), entry.get("name", ""), entry.get("because", "")
    if unknown := entry.keys() - {key, "because", *(["name"] if kind == "rename" else [])}:
        raise UsageError(f"{path}: a [[{kind}]] ruling has a key that does not exist: {min(unknown)}.")
    values = value if isinstance(value, list) else [value]
    joint = key == "things"
    if value is None or isinstance(value, list) != joint or len(values) < 1 + joint or (kind == "rename" and not name):
        needed = "a list of two or more things" if joint else f"a {key}" + (" and a name" if kind == "rename" else "")
        raise UsageError(f"{path}: a [[{kind}]] ruling needs {needed}.")
    if not isinstance(name, str) or not isinstance(because, str):
        raise UsageError(f"{path}: the name and the because of a [[{kind}]] ruling are text.")
    if kind == "reject" and not isinstance(value, str):
        raise UsageError(f"{path}: a [[reject]] ruling names its conclusion by the IRI.")
    things = tuple(_thing(thing, kind, path, base) for thing in values)
    if len(kinds := sorted({_kind(thing.iri) for thing in things if thing.iri})) > 1:
        raise UsageError(f"{path}: a [[{kind}]] ruling cannot be about a {kinds[0]} and a {kinds[1]}.")
    return Ruling(kind, things, name, because)


def _thing(value: Any, kind: str, path: Path, base: str) -> Thing:
    if isinstance(value, str) and value:
        return Thing(iri=value.removeprefix(base))
    if isinstance(value, dict) and all(isinstance(value.get(key), str) and value[key] for key in ("name", "document")):
        return Thing(name=value["name"], document=value["document"])
    raise UsageError(f"{path}: a thing of a [[{kind}]] ruling is an IRI, or a name with a document.")
