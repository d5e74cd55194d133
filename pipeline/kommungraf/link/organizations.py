"""Organisations: one entity per full name; abbreviations, other names and bare mentions are joined to it, explained.

The IRI comes from the folded full name without the ``i`` that documents put in or leave out (``Länsstyrelsen i X län``,
``Länsstyrelsen X län``). Renames are not joins: a new name is a new organisation until a succession is known.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from kommungraf.link.resolution import Json, Resolution, Resolved, Slice
from kommungraf.model import iri
from kommungraf.text import fold

_I = re.compile(r"\bi (?=\w)")
_COMPANY = re.compile(r"\b(?:ab|aktiebolag|hb|kb|ek\.? för\.?)$")


@dataclass(slots=True)
class _Group:
    """The mentions of one full name: how it is printed, and how else."""

    names: Counter[str] = field(default_factory=Counter)
    mentions: list[Json] = field(default_factory=list)
    shorts: dict[str, Json] = field(default_factory=dict)
    others: dict[str, Json] = field(default_factory=dict)


def organization_key(name: str) -> str:
    """The folded full name without ``i`` between its words: what decides an organisation's IRI."""
    return _I.sub("", fold(name))


def resolve_organizations(slices: list[Slice], resolution: Resolution) -> None:
    """Resolve every Organization mention."""
    groups: dict[str, _Group] = defaultdict(_Group)
    for piece in slices:
        for mention in piece.of("Organization"):
            _add(groups, mention, resolution)
    replaced = _same_acronym(groups, resolution)
    for key, group in sorted(groups.items()):
        target = replaced.get(key, key)
        entity = iri.organization(target)
        best = _name(groups[target].names)
        for mention in group.mentions:
            resolution.by_mention[mention["@id"]] = Resolved(entity, best)
        for other, mention in sorted(group.others.items()):
            _join_alias(resolution, entity, best, other, mention)


def _add(groups: dict[str, _Group], mention: Json, resolution: Resolution) -> None:
    hints = mention.get("hints", {})
    name, canonical = str(mention["name"]), hints.get("canonical")
    if canonical and resolution.parted(*(iri.organization(organization_key(str(one))) for one in (name, canonical))):
        canonical = None
    full = str(canonical or name)
    group = groups[organization_key(full)]
    group.mentions.append(mention)
    group.names[full] += 0 if hints.get("bare") else 1
    if short := mention.get("shortName"):
        group.shorts.setdefault(str(short), mention)
    if canonical:
        group.others.setdefault(name, mention)


def _name(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], -len(name), name))


def _join_alias(resolution: Resolution, entity: str, best: str, other: str, mention: Json) -> None:
    """The name that stands there, as an entity of its own, is this one: by the register or by the text's definition."""
    kind = mention.get("hints", {}).get("kind")
    known = kind in ("authority", "court", "university", "association", "fund", "county board")
    own = iri.organization(organization_key(other))
    if own == entity:
        return
    resolution.join(
        entity,
        own,
        kind="Organization",
        method="organizations/register" if known else "organizations/acronym",
        score=0.99 if known else 0.95,
        because=f"{other} is another name of {best}" + (", by the register." if known else ", as the text defines it."),
        evidence=list(mention.get("evidence", ())),
    )


def _same_acronym(groups: dict[str, _Group], resolution: Resolution) -> dict[str, str]:
    """Names with the same acronym of which one has all the other's words: the longer one stands for both."""
    by_acronym: dict[str, set[str]] = defaultdict(set)
    for key, group in groups.items():
        for short in group.shorts:
            by_acronym[short].add(key)
    replaced: dict[str, str] = {}
    for short, keys in sorted(by_acronym.items()):
        ordered = sorted(keys, key=lambda key: (-len(key), key))
        for longer in ordered:
            for shorter in ordered:
                parted = resolution.parted(iri.organization(shorter), iri.organization(longer))
                if shorter == longer or shorter in replaced or longer in replaced or parted:
                    continue
                if set(shorter.split()) < set(longer.split()) and bool(_COMPANY.search(shorter)) == bool(
                    _COMPANY.search(longer)
                ):
                    replaced[shorter] = longer
                    _join_names(resolution, short, groups, shorter, longer)
    return replaced


def _join_names(resolution: Resolution, short: str, groups: dict[str, _Group], shorter: str, longer: str) -> None:
    entity, own = iri.organization(longer), iri.organization(shorter)
    resolution.replaced[own] = entity
    evidence = [*groups[longer].shorts[short].get("evidence", ()), *groups[shorter].shorts[short].get("evidence", ())]
    resolution.join(
        entity,
        own,
        kind="Organization",
        method="organizations/same-acronym",
        score=0.88,
        because=f"{_name(groups[shorter].names)} and {_name(groups[longer].names)} are both called {short}, "
        "and the words of one are among the other's.",
        evidence=evidence,
    )
