"""What each entity is and is called: said once, in the links graph, because it follows from all documents together.

A spelling that a recogniser read in a picture may be misread: where a document prints the name, the name is as printed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from kommungraf.link.resolution import Json, Resolution, Resolved, Slice
from kommungraf.model.facts import ENTITY_KEYS
from kommungraf.text import fold

_NAME_KEY: dict[str, str | None] = {"Meeting": "title", "Case": None, "Membership": None}
"""Where a name goes when it is not a ``foaf:name``: a meeting has a title, a case its diary number."""


def resolve_names(slices: list[Slice], resolution: Resolution) -> None:
    """Add every entity's class, name of choice, other spellings and keys to ``resolution.entities``."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    misread: dict[str, Counter[str]] = defaultdict(Counter)
    chosen: dict[str, str] = {}
    for piece in slices:
        for nodes in piece.nodes.values():
            for node in nodes:
                if "name" in node:
                    recognised = "recognition" in node.get("hints", ())
                    _take(node, resolution, misread if recognised else spellings, chosen)
    _prefer_printed(spellings, misread, chosen, resolution)
    for entity in sorted(spellings.keys() | misread.keys()):
        _put_name(resolution.entities[entity], spellings[entity], misread[entity], chosen.get(entity))


def _prefer_printed(
    spellings: dict[str, Counter[str]], misread: dict[str, Counter[str]], chosen: dict[str, str], resolution: Resolution
) -> None:
    """Choose a printed spelling for what is called as only a recogniser read it, in the whole resolution."""
    changed: dict[str, str] = {}
    for entity in misread:
        name, printed = chosen.get(entity, ""), spellings.get(entity)
        if printed and name in misread[entity] and fold(name) not in {fold(one) for one in printed}:
            changed[entity] = chosen[entity] = _most_frequent(printed)
    if changed:
        for mention, resolved in resolution.by_mention.items():
            if resolved.iri in changed:
                resolution.by_mention[mention] = Resolved(resolved.iri, changed[resolved.iri])


def _most_frequent(printed: Counter[str]) -> str:
    return min(printed, key=lambda spelling: (-printed[spelling], spelling))


def _take(node: Json, resolution: Resolution, spellings: dict[str, Counter[str]], chosen: dict[str, str]) -> None:
    resolved = resolution.by_mention.get(node["@id"])
    entity = resolved.iri if resolved else str(node["@id"])
    spellings[entity][node["name"]] += 1
    if resolved and resolved.name:
        chosen[entity] = resolved.name
    properties = resolution.entities.setdefault(entity, {})
    for key in ENTITY_KEYS & node.keys() - {"name"}:
        _add(properties, key, _resolved(node[key], resolution))


def _resolved(value: Any, resolution: Resolution) -> Any:
    return resolution.iri(value) if isinstance(value, str) else value


def _add(properties: Json, key: str, value: Any) -> None:
    have = properties.get(key)
    if have is None:
        properties[key] = value
    elif value != have and not (isinstance(have, list) and value in have):
        values = [*have, value] if isinstance(have, list) else [have, value]
        properties[key] = sorted(values, key=str)


def _put_name(properties: Json, printed: Counter[str], misread: Counter[str], chosen: str | None) -> None:
    key = _NAME_KEY.get(str(properties.get("@type")), "name")
    if key is None:
        return
    name = chosen or _most_frequent(printed or misread)
    properties[key] = name
    if key == "name" and (others := sorted((printed.keys() | misread.keys()) - {name})):
        properties["altLabel"] = others
