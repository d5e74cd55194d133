"""What an entity is called: the spelling that most mentions have, and never one that only a recogniser read."""

from __future__ import annotations

import pytest

from kommungraf.link.names import resolve_names
from kommungraf.link.resolution import Resolution, Resolved, Slice

READ = {"recognition": 0.8}


def named(chosen: str | None, *mentions: tuple[str, dict[str, float]]) -> dict[str, object]:
    """The properties of one person after settling the names of her mentions, each with its hints."""
    nodes = [
        {"@id": f"document/1/1/mention/Person/{at}", "@type": "Person", "name": name, "hints": hints}
        for at, (name, hints) in enumerate(mentions)
    ]
    resolution = Resolution()
    for node in nodes:
        resolution.by_mention[str(node["@id"])] = Resolved("person/x", chosen)
    resolve_names([Slice({"@id": "document/1/1"}, {"Person": nodes})], resolution)
    assert {resolution.name(str(node["@id"])) for node in nodes} == {
        resolution.entities["person/x"]["name"] if chosen else None
    }
    return resolution.entities["person/x"]


@pytest.mark.parametrize(
    ("chosen", "mentions", "name", "others", "why"),
    [
        (None, [("Siv Ek", {}), ("Siv Ek", {}), ("S. Ek", {})], "Siv Ek", ["S. Ek"], "the most frequent"),
        ("S. Ek", [("Siv Ek", {}), ("S. Ek", {})], "S. Ek", ["Siv Ek"], "as an earlier step chose"),
        ("Siv Fk", [("Siv Fk", READ), ("Siv Fk", READ), ("Siv Ek", {})], "Siv Ek", ["Siv Fk"], "printed before read"),
        (None, [("Siv Fk", READ), ("Siv Fk", READ), ("Siv Ek", {})], "Siv Ek", ["Siv Fk"], "without a choice, too"),
        ("Siv Fk", [("Siv Fk", READ)], "Siv Fk", None, "nothing else is known"),
        ("Siv Ek", [("Siv Ek", READ), ("SIV EK", {})], "Siv Ek", ["SIV EK"], "the letters are the printed ones"),
        ("Siv Ek Lund", [("Siv Fk", READ), ("Siv Ek", {})], "Siv Ek Lund", ["Siv Ek", "Siv Fk"], "a person's ruling"),
    ],
)  # fmt: skip
def test_the_name_of_an_entity(
    chosen: str | None, mentions: list[tuple[str, dict[str, float]]], name: str, others: list[str] | None, why: str
) -> None:
    found = named(chosen, *mentions)
    assert (found["name"], found.get("altLabel")) == (name, others), why
