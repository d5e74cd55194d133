"""A record and its slice of the resolution become the nodes of named graphs: whole IRIs, entities for mentions.

Nothing here knows a class of the ontology beyond the few whose name has a key of its own: the mapping to RDF is
``ontology/context.jsonld``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from typing import Any, Protocol

from kommungraf.dates import PartialDate
from kommungraf.graph import ontology
from kommungraf.model import iri
from kommungraf.model.facts import ENTITY_KEYS

Json = dict[str, Any]

_ESSENTIAL = frozenset({"person", "member", "entity", "joined", "predecessor", "successor", "about"})
"""A statement is about these: when a judgement forgets the entity, the statement goes with it."""

_ABSOLUTE = ("kg:", "http:", "https:", "urn:")
_DATATYPES = {4: "xsd:gYear", 7: "xsd:gYearMonth", 10: "xsd:date"}


class Named(Protocol):
    """What linking says a mention is."""

    @property
    def iri(self) -> str: ...
    @property
    def name(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Identities:
    """What linking found, as the graph needs it: see :class:`kommungraf.link.resolution.Resolution`."""

    base: str
    by_mention: Mapping[str, Named] = field(default_factory=dict)
    entities: Mapping[str, Json] = field(default_factory=dict)
    forgotten: frozenset[str] = frozenset()

    def absolute(self, ref: str) -> str:
        """The whole IRI of what a record's reference stands for (concepts stay compact: the context expands them)."""
        resolved = self.by_mention.get(ref)
        ref = resolved.iri if resolved else ref
        return ref if ref.startswith(_ABSOLUTE) else self.base + ref

    def is_forgotten(self, ref: Any) -> bool:
        """Whether a judgement asks to leave out what a reference stands for."""
        if not self.forgotten or not isinstance(ref, str):
            return False
        resolved = self.by_mention.get(ref)
        return (resolved.iri if resolved else ref) in self.forgotten

    def by_document(self) -> dict[str, str]:
        """A digest of each document's slice of the resolution: while it is the same, the document's graph is too."""
        slices: dict[str, list[tuple[str, str, Any]]] = {}
        for mention, entity in self.by_mention.items():
            state = self.entities.get(entity.iri, {}).get("state")
            row = (mention, entity.iri, [state, entity.iri in self.forgotten])
            slices.setdefault(mention.partition("/mention/")[0], []).append(row)
        return {
            document: sha256(json.dumps(sorted(rows), ensure_ascii=False).encode()).hexdigest()[:20]
            for document, rows in slices.items()
        }


def document_graph(nodes: Iterable[Json], identities: Identities) -> list[Json]:
    """The nodes of one logical document: mentions of one entity become one node, passages that nothing cites go."""
    merged: dict[str, Json] = {}
    others: list[Json] = []
    passages: list[Json] = []
    for node in nodes:
        if node["@type"] == "Passage":
            passages.append(node)
            continue
        made = _node(node, identities)
        if made is None:
            continue
        if "name" in node:
            _merge(merged.setdefault(made["@id"], {"@id": made["@id"]}), _said_here(made))
        else:
            others.append(made)
    for entity in merged.values():
        _settle(entity)
    kept = [*merged.values(), *others]
    cited = {passage for node in kept for passage in node.get("evidence", ())}
    told: set[str] = set()
    kept.extend(_told_once(made, told) for node in passages if (made := _passage(node, identities))["@id"] in cited)
    return kept


def superseded_graph(nodes: Iterable[Json], identities: Identities) -> list[Json]:
    """The nodes of a document that is not in force: its head. What it states is stated by the version that is."""
    nodes = list(nodes)
    head = next(node for node in nodes if node["@type"] == "Document")
    publisher = head.get("publisher")
    if publisher is not None and "/mention/" in publisher and publisher not in identities.by_mention:
        head = {key: value for key, value in head.items() if key != "publisher"}
    passages = (node for node in nodes if node["@type"] == "Passage")
    return document_graph([head, *passages], identities)


def _told_once(passage: Json, told: set[str]) -> Json:
    """The passage, with no more than a reference to a selector that another passage of the document has, too."""
    for index, selector in enumerate(passage["hasSelector"]):
        if selector["@id"] in told:
            passage["hasSelector"][index] = {"@id": selector["@id"]}
        told.add(selector["@id"])
    return passage


def file_graph(nodes: Iterable[Json], names: Iterable[str], identities: Identities) -> list[Json]:
    """The nodes of a file: the same content under two names is one file with two names."""
    made = [node for raw in nodes if (node := _node(raw, identities)) is not None]
    for node in made:
        if node["@type"] == "File":
            node["fileName"] = sorted(set(names))
    return made


def links_graph(conclusions: Iterable[Json], replaced: Mapping[str, str], identities: Identities) -> list[Json]:
    """What linking concluded: explained nodes, properties of entities as wholes, and where retired IRIs went."""
    drawn = _drawn_once(conclusions)
    made = [node for raw in drawn if (node := _node(raw, identities)) is not None]
    made.extend(entity_nodes(identities))
    made.extend(_succeeded(drawn, identities))
    went = {**_retired(drawn, identities), **replaced}
    for old in went:
        new = _now(old, went)
        if new != old and old not in identities.entities and not identities.is_forgotten(new):
            made.append({"@id": identities.absolute(old), "isReplacedBy": identities.absolute(new)})
    roles = {role for node in made for role in _as_list(node.get("role")) if role.startswith("kg:role-")}
    made.extend(_role(role) for role in roles)
    return sorted(made, key=lambda node: str(node["@id"]))


def entity_nodes(identities: Identities) -> Iterator[Json]:
    """The nodes of entities as wholes: what they are and are called."""
    for entity, properties in identities.entities.items():
        if (node := _node({"@id": entity, **properties}, identities)) is not None:
            yield node


def _retired(conclusions: Iterable[Json], identities: Identities) -> dict[str, str]:
    """The IRIs that a join took out of use: who kept one of them is told what it is called now."""
    return {
        one["joined"]: one["entity"]
        for one in conclusions
        if one.get("@type") == "Join" and one["joined"] not in identities.entities and "/mention/" not in one["joined"]
    }


def _succeeded(conclusions: Iterable[Json], identities: Identities) -> Iterator[Json]:
    """Each version of a document that was set aside, and the one that took its place."""
    for one in conclusions:
        if one.get("@type") == "Version":
            old, new = identities.absolute(one["setAside"]), identities.absolute(one["inForce"])
            yield {"@id": old, "isReplacedBy": new}
            yield {"@id": new, "replaces": old}


def _now(old: str, went: Mapping[str, str]) -> str:
    """Where a chain of replacements ends."""
    seen = {old}
    while (new := went.get(old)) is not None and new not in seen:
        seen.add(new)
        old = new
    return old


def _drawn_once(conclusions: Iterable[Json]) -> list[Json]:
    """A conclusion drawn several times is one, with the reason that is surest and the evidence of all."""
    drawn: dict[str, Json] = {}
    for one in sorted(conclusions, key=lambda each: (-each.get("score", 0), str(each.get("because")))):
        first = drawn.setdefault(one["@id"], one)
        if first is not one:
            evidence = sorted({*first.get("evidence", ()), *one.get("evidence", ())})
            drawn[one["@id"]] = {**first, "evidence": evidence}
    return list(drawn.values())


def _node(node: Json, identities: Identities) -> Json | None:
    """The node with whole IRIs and typed values; ``None`` when it is about something to be forgotten."""
    if identities.is_forgotten(node["@id"]):
        return None
    made: Json = {"@id": identities.absolute(node["@id"])}
    references, dates = ontology.reference_keys(), ontology.date_keys()
    for key, value in node.items():
        if key in references:
            value = _references(value, identities)
            if value is None and key in _ESSENTIAL and node[key] is not None:
                return None
        elif key in dates and isinstance(value, str):
            value = {"@value": value, "@type": _DATATYPES[len(value)]}
        elif isinstance(value, float | Decimal | PartialDate):
            value = _typed(value)
        if value is not None and key not in ("@id", "hints"):
            made[key] = value
    return made


def _said_here(entity: Json) -> Json:
    """What the document itself says of an entity: what it is and is called stands once, in the links graph."""
    return {key: value for key, value in entity.items() if key not in ENTITY_KEYS}


def _references(value: Any, identities: Identities) -> Any:
    if isinstance(value, list | tuple):
        return [identities.absolute(ref) for ref in value if not identities.is_forgotten(ref)] or None
    return None if value is None or identities.is_forgotten(value) else identities.absolute(value)


def _typed(value: float | Decimal | PartialDate) -> Json:
    if isinstance(value, PartialDate):
        return {"@value": str(value), "@type": value.datatype}
    return {"@value": format(Decimal(str(value)), "f"), "@type": "xsd:decimal"}


def _merge(entity: Json, mention: Json) -> None:
    for key, value in mention.items():
        if key == "@id":
            continue
        have = entity.get(key)
        if have is None:
            entity[key] = value
        elif have != value:
            values = _as_list(have)
            entity[key] = values + [one for one in _as_list(value) if one not in values]


def _settle(entity: Json) -> None:
    """A case whose state one mention tells is not also in an unknown state."""
    state = entity.get("state")
    if isinstance(state, list):
        entity["state"] = [one for one in state if one != "unknown"]


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else [value]


def _passage(node: Json, identities: Identities) -> Json:
    selectors = [{**selector, "@id": identities.absolute(selector["@id"])} for selector in node["hasSelector"]]
    return {
        **node,
        "@id": identities.absolute(node["@id"]),
        "hasSource": identities.absolute(node["hasSource"]),
        "hasSelector": selectors,
    }


def _role(role: str) -> Json:
    """An office that the ontology does not list, as a concept of the open scheme of roles."""
    name = role.removeprefix("kg:role-").replace("-", " ")
    return {"@id": role, "@type": "Concept", "notation": name, "prefLabel": name, "inScheme": "kg:roles"}


def graph_ids(record: Json) -> Iterator[tuple[str, list[Json]]]:
    """The named graphs of a record with their nodes: the file's first, then one per logical document."""
    for graph in record["@graph"]:
        yield graph["@id"], graph["@graph"]


LINKS = iri.LINKS_GRAPH
