"""Names in the words of statements: where a followed thing is printed without having been read as a mention.

Every name is looked up by its longest word only, so the search reads each statement once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from kommungraf.link.resolution import Json, Resolution, Slice

_SPEAKING = (
    "PlannedActivity", "ReportedResult", "Decision", "AgendaItem", "Proposal", "Motion", "Figure", "Change",
    "ReportedDecision",
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_][\w-]+")
_SHORTEST = 5


def year_of(piece: Slice) -> int | None:
    """The year for which a document counts: the one that it is about, else that of its date."""
    if piece.year is not None:
        return piece.year
    return int(piece.date[:4]) if piece.date[:4].isdigit() else None


def printed(
    slices: list[Slice], entities: Iterable[str], scope_of: dict[str, str], resolution: Resolution
) -> Iterator[tuple[str, int, str, str]]:
    """Each place (entity, year, document, passage) where a statement of one who names an entity prints its name."""
    names: dict[str, list[tuple[str, str]]] = defaultdict(list)
    own = _scopes(entities)
    for entity in own:
        for name in _names(resolution.entities.get(entity, {})):
            names[max(_WORD.findall(name), key=lambda word: (len(word), word))].append((name, entity))
    for piece in slices:
        year = year_of(piece)
        if year is None:
            continue
        for node in piece.of(*_SPEAKING):
            text = _plain(" ".join(str(node.get(key, "")) for key in ("text", "title", "heading")))
            near: dict[str, set[str]] = defaultdict(set)
            for word in set(_WORD.findall(text)) & names.keys():
                for name, entity in names[word]:
                    near[name].add(entity)
            for name in sorted(near, key=lambda name: (-len(name), name)):
                text, times = re.subn(rf"(?<!\w){re.escape(name)}s?(?!\w)", "·", text)
                if times:  # what is found is masked: a shorter name inside a longer one is not meant
                    for entity in sorted(near[name]):
                        if own[entity] == scope_of[piece.id]:
                            yield entity, year, piece.id, node["evidence"][0]


def _scopes(entities: Iterable[str]) -> dict[str, str]:
    """Whose each entity is, by its IRI: ``project/<scope>/<name>``."""
    return {entity: entity.split("/")[1] for entity in entities if entity.count("/") == 2}


def _names(told: Json) -> list[str]:
    """The names of an entity that are long enough not to stand in other words by chance."""
    names = [told.get("name", ""), *told.get("altLabel", ())]
    return [name for name in (_plain(str(one)) for one in names) if len(name) >= _SHORTEST and _WORD.search(name)]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
