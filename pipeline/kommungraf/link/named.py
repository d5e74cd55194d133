"""Networks, focus areas and local parties: one entity per scope and normal form of the name; joins explained.

The scope is the document's publisher: a ``skolchefsnätverket`` of one federation is not another's.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from kommungraf.link.resolution import Json, Resolution, Resolved, Slice
from kommungraf.model import iri
from kommungraf.text import fold

_LETTERS = re.compile(r"[\W_]+")
_FOR_CHIEFS = re.compile(r"^nätverket för (.*chef)er(?:na)?$")
_NUMBER = re.compile(
    r"^(?:(?:fokus|verksamhets|insats|prioriterat |strategiskt )?(?:område|mål)\s*)?\d+(?:\.\d+)*[.:)]?\s*[–:-]?\s*",
    re.I,
)


@dataclass(slots=True)
class _Group:
    names: Counter[str] = field(default_factory=Counter)
    mentions: list[Json] = field(default_factory=list)
    shorts: set[str] = field(default_factory=set)


def scopes(slices: list[Slice], resolution: Resolution) -> dict[str, str]:
    """The scope of each document's names: its publisher, or the only one of its file, or else the document alone."""
    publishers: dict[str, set[str]] = defaultdict(set)
    for piece in slices:
        if (publisher := resolution.iri(piece.head.get("publisher"))) is not None:
            publishers[piece.file].add(publisher)
    found = {}
    for piece in slices:
        others = publishers[piece.file]
        own = resolution.iri(piece.head.get("publisher")) or (min(others) if len(others) == 1 else piece.id)
        found[piece.id] = own.removeprefix("organization/")
    return found


def resolve_named(slices: list[Slice], resolution: Resolution) -> None:
    """Resolve every Network, FocusArea and local Party mention."""
    scope_of = scopes(slices, resolution)
    for kind, key in (("Network", network_key), ("FocusArea", area_key), ("Party", _party_key)):
        groups: dict[tuple[str, str], _Group] = defaultdict(_Group)
        for piece in slices:
            scope = scope_of[piece.id]
            for mention in piece.of(kind):
                if "/mention/" in mention["@id"]:
                    group = groups[scope, key(mention)]
                    group.mentions.append(mention)
                    group.names[str(mention["name"])] += 1
                    group.shorts |= {mention["shortName"]} if mention.get("shortName") else set()
        _resolve(kind, groups, resolution)


def network_key(mention: Json) -> str:
    """``nätverket för skolchefer`` and ``skolchefsnätverket`` are one; spaces, hyphens and case say nothing."""
    name = fold(str(mention["name"]))
    chiefs = _FOR_CHIEFS.match(name)
    return _LETTERS.sub("", f"{chiefs[1]}snätverket" if chiefs else name)


def area_key(mention: Json) -> str:
    """The title without its number: areas are numbered anew each year."""
    return _LETTERS.sub(" ", _NUMBER.sub("", fold(str(mention["name"])))).strip()


def _party_key(mention: Json) -> str:
    return fold(str(mention.get("abbreviation") or mention["name"]))


def _resolve(kind: str, groups: dict[tuple[str, str], _Group], resolution: Resolution) -> None:
    joined = _by_short(groups, resolution) if kind == "Network" else {}
    for (scope, key), group in sorted(groups.items()):
        target = joined.get((scope, key), key)
        best = _name(groups[scope, target].names)
        entity = iri.local_party(scope, target) if kind == "Party" else iri.named(kind.lower(), scope, target)
        for mention in group.mentions:
            resolution.by_mention[mention["@id"]] = Resolved(entity, best)
        _explain(kind, scope, key, target, group, best, resolution)


def _by_short(groups: dict[tuple[str, str], _Group], resolution: Resolution) -> dict[tuple[str, str], str]:
    """``UoF-nätverket`` is the network that the same publisher calls ``… (UoF)``."""
    joined = {}
    for (scope, key), group in groups.items():
        for short in group.shorts:
            other = _LETTERS.sub("", fold(short)) + "nätverket"
            parted = resolution.parted(iri.named("network", scope, key), iri.named("network", scope, other))
            if (scope, other) in groups and other != key and not parted:
                joined[scope, other] = key
    return joined


def _name(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], name))


def _explain(kind: str, scope: str, key: str, target: str, group: _Group, best: str, resolution: Resolution) -> None:
    """A join for every other name by which the group was found, each once."""
    for name in sorted(group.names.keys() - {best}):
        if fold(name) == fold(best):
            continue
        by_short = target != key
        first = next(mention for mention in group.mentions if mention["name"] == name)
        own = iri.named(kind.lower(), scope, key if by_short else fold(name))
        entity = resolution.by_mention[first["@id"]].iri
        if own == entity:
            continue
        resolution.join(
            entity,
            own,
            kind=kind,
            method=f"named/{'acronym' if by_short else 'same-words'}",
            score=0.93 if by_short else 0.9,
            because=f"{name} is {best} of the same publisher: "
            + (
                "the text gives it this acronym."
                if by_short
                else "the words are the same but for number, form or compounding."
            ),
            evidence=list(first.get("evidence", ())),
        )
