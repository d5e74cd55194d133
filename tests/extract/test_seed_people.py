"""People of the shared real documents against the gold: mentions by exact span, identity by partition."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from kommungraf.extract import extract
from kommungraf.link import resolve
from kommungraf.link.resolution import Slice
from kommungraf.model.facts import Person
from kommungraf.model.record import make_record
from kommungraf.read import read
from kommungraf.segment import segment

SHARED = Path(__file__).parents[3] / "shared"
pytestmark = [
    pytest.mark.seeds,
    pytest.mark.skipif(
        not (SHARED / "gold").exists(), reason="needs ../shared: real documents, no part of the project"
    ),
]
Place = tuple[str, int, int]


@pytest.fixture(scope="module")
def found() -> dict[Place, str]:
    """Every mention of a person, by file and stored offsets, with the person that linking says it is."""
    slices: list[Slice] = []
    places: dict[str, Place] = {}
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        text = read(path)
        documents, _ = extract(text, segment(text)[0])
        for document, nodes in documents:
            for node in nodes:
                if isinstance(node, Person):
                    places[node.id] = (path.name, *text.stored_span(node.evidence[0], exact=True))
            graph = make_record(text, [(document, nodes)], "test")["@graph"][1]["@graph"]
            by_class = defaultdict(list)
            for made in graph[1:]:
                by_class[made["@type"]].append(made)
            slices.append(Slice(graph[0], dict(by_class)))
    resolution = resolve(slices)
    return {place: resolution.by_mention[mention].iri for mention, place in places.items()}


@pytest.fixture(scope="module")
def gold() -> dict[Place, str]:
    """The gold mentions with their person."""
    rows = [json.loads(line) for line in (SHARED / "gold" / "mentions.jsonl").read_text(encoding="utf-8").splitlines()]
    return {(row["file"], row["start"], row["end"]): row["entity"] for row in rows if row["kind"] == "person"}


def f1(right: int, found: int, expected: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * right / (found + expected) if found + expected else 1.0


def test_mentions_are_found_with_their_exact_span(found: dict[Place, str], gold: dict[Place, str]) -> None:
    coverage = json.loads((SHARED / "gold" / "coverage.json").read_text(encoding="utf-8"))
    covered = {
        place
        for place in found
        if any(low <= place[1] < high for low, high in coverage.get(place[0], {}).get("person", ()))
    }
    assert f1(len(covered & gold.keys()), len(covered), len(gold)) >= 0.98


def test_mentions_of_one_person_are_one_and_of_two_are_two(found: dict[Place, str], gold: dict[Place, str]) -> None:
    shared = sorted(found.keys() & gold.keys())
    pairs = [(one, other) for index, one in enumerate(shared) for other in shared[index + 1 :]]
    same_gold = {pair for pair in pairs if gold[pair[0]] == gold[pair[1]]}
    same_found = {pair for pair in pairs if found[pair[0]] == found[pair[1]]}
    assert f1(len(same_gold & same_found), len(same_found), len(same_gold)) >= 0.98
