"""The facts of a built graph by what they mean, without offsets, so that those of two builds can be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kommungraf.config import load
from kommungraf.query.found import facts_of, graph_of_store, stored_texts
from kommungraf.query.gold import Fact
from kommungraf.query.store import open_store
from kommungraf.text import fold

NAMED = ("person", "creator", "member", "organization", "body", "decidedBy", "publisher", "name", "party", "meeting")
"""Fields that hold the names of an entity: any of them will do."""

FIELDS: dict[str, tuple[tuple[str, ...], str]] = {
    "document": (("type", "year", "issued", "publisher"), ""),
    "meeting": (("body", "date"), ""),
    "attendance": (("meeting", "person", "capacity", "party"), ""),
    "membership": (("member", "organization", "role"), ""),
    "decision": (("date", "decidedBy", "number", "outcome"), "text"),
    "observation": (("fiscalYear", "phase", "value", "unit"), "lineItem"),
    "agendaItem": (("date", "number"), "title"),
    "proposal": (("creator",), "text"),
    "motion": (("creator",), "title"),
    "person": (("name",), ""),
    "project": (("name",), ""),
    "reference": (("ref",), ""),
    "plannedActivity": (("year",), "text"),
    "reportedResult": (("year",), "text"),
}
"""For each kind, the fields that must be the same, and the one whose words must be."""

MENTIONED = ("person", "project", "reference")
"""Kinds of which a document has one or none, however often it names them."""


@dataclass(frozen=True)
class Said:
    """A fact: the document (name of its file without ending), the fields as sets of names, the words, the source."""

    file: str
    kind: str
    fields: tuple[frozenset[str], ...]
    words: str
    source: str


def said(out: Path) -> list[Said]:
    """What a built graph says of each of its files."""
    store = open_store(out)
    texts = stored_texts(store, out)
    facts = facts_of(graph_of_store(store, load().base), texts)
    return _once(_said(fact, texts) for fact in facts if fact.kind in FIELDS)


def _said(fact: Fact, texts: dict[str, str]) -> Said:
    names, words = FIELDS[fact.kind]
    values = tuple(frozenset(map(fold, fact.attributes.get(name, []))) for name in names)
    text = fold(" ".join(fact.attributes.get(words, [])[:1])) if words else ""
    return Said(
        PurePosixPath(fact.file).stem, fact.kind, values, text, _source(fact, texts[PurePosixPath(fact.file).name])
    )


def _source(fact: Fact, text: str) -> str:
    """The line in which the fact stands, cut to what a screen shows."""
    if not fact.places:
        return ""
    place = fact.places[0]
    start, end = text.rfind("\n", 0, place.start) + 1, text.find("\n", place.end)
    return " ".join(text[max(start, place.start - 60) : end if end > 0 else None].split())[:160]


def _once(facts: Iterable[Said]) -> list[Said]:
    """Mentions once for each document."""
    seen: set[tuple[object, ...]] = set()
    result = []
    for fact in facts:
        key = (fact.file, fact.kind, fact.fields)
        if fact.kind in MENTIONED and key in seen:
            continue
        seen.add(key)
        result.append(fact)
    return result
