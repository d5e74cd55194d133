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
    names: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(lambda: defaultdict(list))
    for entity, scope in _scopes(entities).items():
        for name in _names(resolution.entities.get(entity, {})):
            telling = max(_WORD.findall(name), key=lambda word: (len(word), word))
            names[scope][telling].append((name, entity))
    for piece in slices:
        year, document = year_of(piece), piece.id
        own = names.get(scope_of[document])
        if year is None or own is None:
            continue
        for node in piece.of(*_SPEAKING):
            text = _plain(" ".join(str(node[key]) for key in ("text", "title", "heading") if key in node))
            words = own.keys() & set(_WORD.findall(text))
            for entity in _printed_in(text, [pair for word in words for pair in own[word]]) if words else ():
                yield entity, year, document, node["evidence"][0]


def _printed_in(text: str, near: list[tuple[str, str]]) -> list[str]:
    """The entities whose names stand in a text, the longest first: a shorter name inside a longer one is not meant."""
    entities: dict[str, set[str]] = defaultdict(set)
    for name, entity in near:
        entities[name].add(entity)
    found: list[str] = []
    for name in sorted(entities, key=lambda name: (-len(name), name)):
        text, times = re.subn(rf"(?<!\w){re.escape(name)}s?(?!\w)", "·", text)
        found += sorted(entities[name]) if times else []
    return found


def _scopes(entities: Iterable[str]) -> dict[str, str]:
    """Whose each entity is, by its IRI: ``project/<scope>/<name>``."""
    return {entity: entity.split("/")[1] for entity in entities if entity.count("/") == 2}


def _names(told: Json) -> list[str]:
    """The names of an entity that are long enough not to stand in other words by chance."""
    names = [told.get("name", ""), *told.get("altLabel", ())]
    return [name for name in (_plain(str(one)) for one in names) if len(name) >= _SHORTEST and _WORD.search(name)]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
