"""The invented world: who and what exists, and under which spellings. Mentions are found by these spellings alone."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple


class Mention(NamedTuple):
    """A passage that names an entity of the world."""

    kind: str
    start: int
    end: int
    entity: str


@dataclass(frozen=True)
class World:
    """``world.toml``: for each kind a table of entities with their plain name and their spellings."""

    tables: dict[str, dict[str, dict[str, Any]]]

    @classmethod
    def load(cls, path: Path) -> World:
        """Read the world from its file."""
        return cls(tomllib.loads(path.read_text(encoding="utf-8")))

    def entity(self, kind: str, key: str) -> dict[str, Any]:
        """An entity by its key; ``KeyError`` when a text names one that does not exist."""
        return self.tables[kind][key]

    @cached_property
    def spellings(self) -> dict[str, list[tuple[str, str, str]]]:
        """All spellings of a scope (``""``: everywhere) as (spelling, kind, entity)."""
        result: dict[str, list[tuple[str, str, str]]] = {}
        for kind, table in self.tables.items():
            for key, entity in table.items():
                names = [entity["name"], *entity.get("spellings", [])]
                for name in names:
                    if not entity.get("only_marked"):
                        result.setdefault(entity.get("scope", ""), []).append((name, kind, entity.get("same", key)))
        return result

    def find(self, text: str, scope: str) -> list[Mention]:
        """All mentions in a text by spelling, longest first, not overlapping; ``scope`` is the home of the document."""
        known = {}
        for part in ("", scope):
            for spelling, kind, key in self.spellings.get(part, []):
                if spelling in known and known[spelling] != (kind, key):
                    raise ValueError(f"{spelling} is two things: mark it")
                known[spelling] = (kind, key)
        names = "|".join(re.escape(name).replace(r"\ ", r"[ \n]") for name in sorted(known, key=len, reverse=True))
        found = []
        for match in re.finditer(rf"(?<![\w-])({names})(s)?(?![\w]|-\w)", text):
            kind, key = known[match[1].replace("\n", " ")]
            found.append(Mention(kind, match.start(), match.end(), key))
        return sorted(found + self._parties(text), key=lambda mention: mention.start)

    def _parties(self, text: str) -> list[Mention]:
        """Abbreviations of parties: only in brackets, as behind a name, since ``S`` alone is a letter."""
        short = "|".join(self.tables["party"])
        return [Mention("party", m.start(1), m.end(1), m[1]) for m in re.finditer(rf"\(({short})\)", text)]
