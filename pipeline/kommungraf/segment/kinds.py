"""How documents of each type begin: the rules of ``data/openings.toml``, compiled."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kommungraf.wordlists import toml


@dataclass(frozen=True, slots=True)
class Kind:
    """A document type: the lines and titles that open it, the types that are chapters in it, what confirms it."""

    code: str
    lines: frozenset[str]
    title: re.Pattern[str]
    sections: frozenset[str]
    support: re.Pattern[str]


@cache
def kinds() -> dict[str, Kind]:
    """All types by code, in the order in which titles are tried."""
    data = toml("segment", "openings.toml")
    return {
        code: Kind(
            code,
            frozenset(entry["line"]),
            re.compile(entry["title"]),
            frozenset(entry.get("sections", ())),
            re.compile(entry["support"]),
        )
        for code, entry in data.items()
    }


@cache
def type_of_line() -> dict[str, str]:
    """The type that a letterhead's line names, by the folded line."""
    return {line: code for code, kind in kinds().items() for line in kind.lines}


def type_of_title(key: str) -> str | None:
    """The type that a folded title names at its beginning."""
    return next((code for code, kind in kinds().items() if kind.title.match(key)), None)


_DECIDES = re.compile(r" (?:beslutar|har beslutat|förordnar|avslår|beviljar|godkänner|fastställer|utser)\b")


def authority_decides(text: str) -> re.Match[str] | None:
    """A state authority's decision sentence: "Länsstyrelsen i X län beslutar …"; group 1 is the authority."""
    return _deciding_authority().search(text) if _DECIDES.search(text) else None


@cache
def _deciding_authority() -> re.Pattern[str]:
    listed = "|".join(re.escape(name) for name in _authorities())
    return re.compile(rf"\b((?:{listed})(?:(?: i| för)?(?: [A-ZÅÄÖ][\w-]+){{1,3}}(?: län)?)?){_DECIDES.pattern}")


def is_authority(text: str) -> bool:
    """Whether a line is the name of a state authority, as its letterhead prints it."""
    return len(text) < 80 and text.strip().startswith(_authorities()) and not _DECIDES.search(text)


@cache
def _authorities() -> tuple[str, ...]:
    return tuple(line for line in _read("authorities.txt").splitlines() if line and not line.startswith("#"))


def _read(name: str) -> str:
    return files("kommungraf.segment").joinpath(f"data/{name}").read_text(encoding="utf-8")
