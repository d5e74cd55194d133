"""Names that were misread in a picture: (what was read, what is known, whether they are one, why). All invented."""

from __future__ import annotations

from typing import Any

import pytest

from kommungraf.link.people import resolve_people
from kommungraf.link.resolution import Resolution, Slice
from kommungraf.misreading import NEVER, confusions

BODY, OTHER = "Granåkers kommun", "Kommunförbundet Exempelbygden"
Person = tuple[str, str, bool]  # name, party, whether it was read in a picture


def document(number: int, publisher: str, *people: Person) -> Slice:
    ident = f"document/{number:016}/1"
    nodes: dict[str, list[dict[str, Any]]] = {"Person": [], "Organization": []}
    for place, (name, party, seen) in enumerate(people):
        hints: dict[str, Any] = ({"party": party} if party else {}) | ({"recognition": 0.9} if seen else {})
        mention = f"{ident}/mention/Person/{place}"
        evidence = [f"passage/{number}/{place}-{place + 9}"]
        nodes["Person"].append({"@id": mention, "name": name, "evidence": evidence, "hints": hints})
    organization = f"{ident}/mention/Organization/0"
    nodes["Organization"].append({"@id": organization, "name": publisher})
    head = {"@id": ident, "ordinal": 1, "publisher": organization, "year": {"@value": "2024", "@type": "xsd:gYear"}}
    return Slice(head, nodes)


def resolved(*documents: Slice) -> Resolution:
    resolution = Resolution()
    resolve_people(list(documents), resolution)
    return resolution


def names(resolution: Resolution) -> list[str]:
    return sorted({entity.iri: str(entity.name) for entity in resolution.by_mention.values()}.values())


CASES = [
    ("Maja Berqvist", "Maja Bergqvist", True, "one of two letters that look alike is lost"),
    ("Äke Torsten", "Åke Torsten", True, "a ring seen as dots, in a short word"),
    ("Asa Törnros", "Åsa Törnros", True, "a lost ring"),
    ("Maja Bjomsäter", "Maja Björnsäter", True, "two letters: a mark is lost, and r and n grow together"),
    ("Elin Comér", "Elin Cornér", True, "r and n grow together"),
    ("Clara Wa1lner", "Clara Wallner", True, "a figure for a letter"),
    ("Clan Wallner", "Dan Wallner", False, "so few letters are another name"),
    ("Åke Torsten", "Äke Torsten", True, "a ring for dots"),
    ("Maja Björnsäter", "Maja Bjornsater", False, "marks are lost, never won"),
    ("Maja Bertqvist", "Maja Bergqvist", False, "t is not seen for g"),
    ("Lisa Lind", "Lisa Lund", False, "names that differ by another letter"),
    ("Jan Ek", "Jon Ek", False, "two first names"),
    ("Karl Larsson", "Karl Karlsson", False, "names that only sound nearly alike"),
    ("Eva Törnros-Ek", "Eva Törnros", False, "another name more"),
    ("Maja Bjomsater", "Maja Björnsäter", False, "three letters are too many"),
]


@pytest.mark.parametrize(("seen", "known", "one", "why"), CASES, ids=[why for *_, why in CASES])
def test_a_name_that_was_misread(seen: str, known: str, one: bool, why: str) -> None:
    found = names(resolved(document(1, BODY, (known, "S", False)), document(2, BODY, (seen, "S", True))))
    assert found == ([known] if one else sorted([seen, known])), why


KNOWN = document(1, BODY, ("Maja Bergqvist", "S", False))
APART = [
    ([document(2, BODY, ("Maja Berqvist", "S", False))], "two names as printed are never joined so"),
    ([document(2, BODY, ("Maja Berqvist", "M", True))], "the party differs"),
    ([document(2, OTHER, ("Maja Berqvist", "S", True))], "nothing but the party links them"),
    ([document(n, BODY, ("Maja Berqvist", "S", True)) for n in (2, 3, 4)], "read so often it is the name"),
    ([document(2, OTHER, ("Maja Berqvist", "", False)), document(3, OTHER, ("Maja Berqvist", "S", True))], "printed"),
]


@pytest.mark.parametrize(("others", "why"), APART, ids=[why for _, why in APART])
def test_what_stays_apart(others: list[Slice], why: str) -> None:
    assert len(names(resolved(KNOWN, *others))) == 2, why


def test_a_name_that_fits_two_is_neither() -> None:
    two = document(1, BODY, ("Hanna Åkerö", "", False), ("Hanna Äkerö", "", False))
    assert len(names(resolved(two, document(2, BODY, ("Hanna Akerö", "", True))))) == 3


def test_of_one_list_only_with_the_same_party() -> None:
    def both(party: str) -> list[str]:
        read = document(2, BODY, ("Maja Bergqvist", party, True), ("Maja Berqvist", party, True))
        return names(resolved(document(1, BODY, ("Maja Bergqvist", party, False)), read))

    assert both("S") == ["Maja Bergqvist"]
    assert both("") == ["Maja Bergqvist", "Maja Berqvist"]


def test_a_common_last_name_was_hardly_misread() -> None:
    def one(party: str) -> int:
        known, seen = document(1, BODY, ("Ivar Hölm", party, False)), document(2, BODY, ("Ivar Holm", party, True))
        return len(names(resolved(known, seen)))

    assert one("") == 2
    assert one("S") == 1


def test_the_join_says_why_and_the_name_is_the_printed_one() -> None:
    seen = [document(n, BODY, ("Maja Berqvist", "S", True)) for n in (2, 3)]
    resolution = resolved(KNOWN, *seen)
    (told,) = [join for join in resolution.conclusions if "misread" in join["because"]]
    assert told["because"].startswith(
        "Maja Berqvist, read in a picture, is Maja Bergqvist with one letter that is easily misread"
    )
    assert told["score"] < 0.8
    assert next(iter(resolution.by_mention.values())).iri.endswith("maja-bergqvist")


CONFUSIONS = [
    ("Bemt", "Bernt", 1),
    ("clag", "dag", 1),
    ("Åsa", "Åsa", 0),
    ("Åsa", "Asa", NEVER),
    ("Anna", "Anne", NEVER),
]


@pytest.mark.parametrize(("seen", "meant", "cost"), CONFUSIONS)
def test_confusions(seen: str, meant: str, cost: int) -> None:
    assert min(confusions(seen, meant), NEVER) == cost
