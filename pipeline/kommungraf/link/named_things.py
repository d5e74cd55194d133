"""Named things: documents, products, titles and units whose fate a text tells; one per publisher and name.

A name that the same publisher has as a project, network, body or area is that one: a sentence that says what became of
it names it like any other.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Set as AbstractSet

from kommungraf.link.named import scopes
from kommungraf.link.resolution import Json, Resolution, Resolved, Slice
from kommungraf.model import iri
from kommungraf.text import fold

_LETTERS = re.compile(r"[\W_]+")
_NETWORK = re.compile(r"nätverket?$")
_KINDS = ("Project", "Network", "GoverningBody", "FocusArea", "Organization")
Key = tuple[str, str]


def resolve_named_things(slices: list[Slice], resolution: Resolution) -> None:
    """Resolve every NamedThing mention."""
    scope_of = scopes(slices, resolution)
    groups: dict[Key, list[Json]] = defaultdict(list)
    for piece in slices:
        for mention in piece.of("NamedThing"):
            groups[scope_of[piece.id], thing_key(str(mention["name"]))].append(mention)
    if not groups:
        return
    known = _known(slices, scope_of, groups.keys(), resolution)
    for (scope, key), mentions in sorted(groups.items()):
        entity = known.get((scope, key))
        if entity is None:
            names = Counter(str(mention["name"]) for mention in mentions)
            best = min(names, key=lambda name: (-names[name], name))
            entity = Resolved(iri.named("thing", scope, key), best)
        for mention in mentions:
            resolution.by_mention[mention["@id"]] = entity


def thing_key(name: str) -> str:
    """The letters of a name, without what only inflects it: ``IT-torget`` and ``IT torget`` are one."""
    return _NETWORK.sub("nätverk", _LETTERS.sub("", fold(name)))


def _known(
    slices: list[Slice], scope_of: dict[str, str], wanted: AbstractSet[Key], resolution: Resolution
) -> dict[Key, Resolved]:
    """The entities of other classes that bear one of the names in its scope; none where several do."""
    found: dict[Key, dict[str, Resolved]] = defaultdict(dict)
    for piece in slices:
        scope = scope_of[piece.id]
        for mention in piece.of(*_KINDS):
            for name in (mention.get("name"), mention.get("shortName")):
                key = (scope, thing_key(str(name))) if name else None
                resolved = resolution.by_mention.get(mention["@id"])
                if key is not None and key in wanted and resolved is not None:
                    found[key][resolved.iri] = resolved
    return {key: next(iter(entities.values())) for key, entities in found.items() if len(entities) == 1}
