"""Governing bodies: one entity per organisation and name; a federation's ``styrelsen`` is its ``förbundsstyrelsen``."""

from __future__ import annotations

import re
from collections import defaultdict

from kommungraf.link.organizations import organization_key
from kommungraf.link.resolution import Json, Resolution, Resolved, Slice
from kommungraf.model import iri
from kommungraf.text import fold

# In an association of municipalities the prefix says nothing more: it has one board, one directorate.
_PLAIN = {"förbundsstyrelsen": "styrelsen", "förbundsdirektionen": "direktionen"}
_MUNICIPAL = re.compile(r"^kommun|nämnden|utskott")
_PREFIXED = {plain: prefixed for prefixed, plain in _PLAIN.items()}


def resolve_bodies(slices: list[Slice], resolution: Resolution) -> None:
    """Resolve every GoverningBody mention, and say which organisation each body belongs to."""
    organizations = _organizations(slices, resolution)
    municipal = _municipal_publishers(slices, resolution, organizations)
    names: dict[str, set[str]] = defaultdict(set)
    found: list[tuple[Json, str, str, str]] = []
    for piece in slices:
        for mention in piece.of("GoverningBody"):
            owner, scope = _owner(mention, organizations, resolution, piece)
            name = str(mention["name"])
            if owner is None and _MUNICIPAL.search(name) and len(neighbours := municipal[piece.file]) == 1:
                alone = iri.body(scope, name)
                ((scope, owner),) = neighbours.items()
                _explain_neighbour(resolution, iri.body(scope, name), alone, mention, scope)
            plain = _PLAIN.get(name, name) if "förbund" in scope else name
            entity = iri.body(scope, plain)
            names[entity].add(name)
            found.append((mention, entity, owner or "", plain))
            if owner:
                resolution.entities.setdefault(entity, {})["unitOf"] = owner
    for mention, entity, _owner_iri, plain in found:
        best = _PREFIXED.get(plain, plain) if _PREFIXED.get(plain) in names[entity] else plain
        resolution.by_mention[mention["@id"]] = Resolved(entity, best)
    _explain(found, names, resolution)


def _organizations(slices: list[Slice], resolution: Resolution) -> dict[str, str]:
    """Every organisation's IRI by its key, municipalities and regions included."""
    known: dict[str, str] = {}
    for piece in slices:
        for node in piece.of("Organization"):
            known[organization_key(str(node.get("hints", {}).get("canonical") or node["name"]))] = str(
                resolution.iri(node["@id"])
            )
        for node in piece.of("Municipality"):
            known[organization_key(f"{node['name']} kommun")] = node["@id"]
        for node in piece.of("Region"):
            known[organization_key(node["name"])] = node["@id"]
    return known


def _owner(
    mention: Json, organizations: dict[str, str], resolution: Resolution, piece: Slice
) -> tuple[str | None, str]:
    """The organisation's IRI and the scope that its name gives the body; without one the document is the scope."""
    name = mention.get("hints", {}).get("organization")
    owner = resolution.iri(mention.get("unitOf"))
    if name:
        key = organization_key(str(name))
        return organizations.get(key, owner), key
    return None, piece.id.replace("/", "-")


def _municipal_publishers(
    slices: list[Slice], resolution: Resolution, organizations: dict[str, str]
) -> dict[str, dict[str, str]]:
    """The municipalities that publish documents of each file: their keys and IRIs."""
    keys = {entity: key for key, entity in organizations.items() if key.endswith(" kommun")}
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for piece in slices:
        publisher = resolution.iri(piece.head.get("publisher"))
        if publisher in keys:
            found[piece.file][keys[publisher]] = publisher
    return found


def _explain_neighbour(resolution: Resolution, entity: str, alone: str, mention: Json, scope: str) -> None:
    """The document names no municipality, but the file that it lies in has documents of one only."""
    resolution.join(
        entity,
        alone,
        kind="GoverningBody",
        method="bodies/one-municipality-in-file",
        score=0.8,
        because=f"The document names no organisation; of the documents of its file, one municipality's only: {scope}.",
        evidence=list(mention.get("evidence", ())),
    )


def _explain(found: list[tuple[Json, str, str, str]], names: dict[str, set[str]], resolution: Resolution) -> None:
    """Two names of a federation's board are one body: say so once, with a mention of each."""
    told: set[tuple[str, str]] = set()
    for mention, entity, _, plain in found:
        name = mention["name"]
        if name != plain and len(names[entity]) > 1 and (entity, name) not in told:
            told.add((entity, name))
            scope = entity.removeprefix("body/").rpartition("/")[0]
            resolution.join(
                entity,
                iri.body(scope, fold(name)),
                kind="GoverningBody",
                method="bodies/federation-board",
                score=0.95,
                because=f"{name} and {plain} of one federation are the same body.",
                evidence=list(mention.get("evidence", ())),
            )
