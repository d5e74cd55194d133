"""Who is who: names, context and conflicts decide together, in any order of documents. All people are invented."""

from __future__ import annotations

import random
from typing import Any

import pytest

from kommungraf.link.judgements import Judgements, Ruling, Thing
from kommungraf.link.people import resolve_people
from kommungraf.link.resolution import Resolution, Slice

KS, FED, VARA = "Hjo kommun", "Kommunförbundet Exempelbygden", "Vara kommun"


def document(
    number: int, publisher: str, *people: tuple[str, dict[str, Any]] | str, year: int = 2024, about: str = ""
) -> Slice:
    """A document with mentions of people; a name alone has no hints. Every document lies in a file of its own."""
    ident = f"document/{number:016}/1"
    nodes: dict[str, list[dict[str, Any]]] = {"Person": [], "Organization": []}
    for place, person in enumerate(people):
        name, hints = (person, {}) if isinstance(person, str) else person
        node = {
            "@id": f"{ident}/mention/Person/{place}",
            "name": name,
            "evidence": [f"passage/{number}/{place}-{place + 9}"],
        }
        nodes["Person"].append(node | ({"hints": hints} if hints else {}))
    for place, name in enumerate(filter(None, (publisher, about))):
        nodes["Organization"].append({"@id": f"{ident}/mention/Organization/{place}", "name": name})
    head = {"@id": ident, "ordinal": 1, "year": {"@value": str(year), "@type": "xsd:gYear"}}
    if publisher:
        head["publisher"] = f"{ident}/mention/Organization/0"
    return Slice(head, nodes)


def people(*documents: Slice, judgements: Judgements | None = None) -> list[set[str]]:
    """The clusters, each as ``document:name`` of its mentions."""
    resolution = resolved(*documents, judgements=judgements)
    found: dict[str, set[str]] = {}
    for piece in documents:
        for node in piece.of("Person"):
            label = f"{int(piece.id.split('/')[1])}:{node['name']}"
            found.setdefault(resolution.by_mention[node["@id"]].iri, set()).add(label)
    return sorted(found.values(), key=sorted)


def resolved(*documents: Slice, judgements: Judgements | None = None) -> Resolution:
    """The resolution of some documents."""
    resolution = Resolution(judgements=judgements)
    resolve_people(sorted(documents, key=lambda piece: piece.id), resolution)
    return resolution


ONE = [
    (document(1, KS, "Ewa Gustafsson", ("Eva Gustavsson", {})), "spellings that sound the same, in one document"),
    (
        document(1, KS, "Johan Lind", ("Johan Karl Lind", {"full": "JOHAN KARL LIND"})),
        "the civil name of a signature page",
    ),
    (document(1, KS, "Anna-Lena Berg", "Anna Lena Berg"), "a double name with and without hyphen"),
    (document(1, KS, "Per-Erik Berg", "Per-Eric Berg"), "k and c"),
    (document(1, KS, "Nils Hedenby", "N. Hedenby"), "an initial"),
    (
        document(1, KS, ("Ann Ek", {"party": "Vi i Hjo"}), ("Ann Ek", {"party": "VIH"})),
        "a local party by name and by its letters",
    ),
]


@pytest.mark.parametrize(("piece", "why"), ONE, ids=[why for _, why in ONE])
def test_one_person(piece: Slice, why: str) -> None:
    assert len(people(piece)) == 1


TWO = [
    (document(1, KS, "Kurt Larsson", "Kurt Karlsson"), "names that only look alike"),
    (document(1, KS, ("Anna Berg", {"party": "S"}), ("Anna Berg", {"party": "M"})), "two parties"),
    (
        document(1, KS, ("Anna Berg", {"municipality": "1497"}), ("Anna Berg", {"municipality": "1470"})),
        "two municipalities",
    ),
    (document(1, KS, "Anna Berg", "Anna-Karin Berg"), "Anna is not Anna-Karin"),
    (document(1, KS, "Maria Ek", "Marie Ek"), "Maria is not Marie"),
]


@pytest.mark.parametrize(("piece", "why"), TWO, ids=[why for _, why in TWO])
def test_two_people(piece: Slice, why: str) -> None:
    assert len(people(piece)) == 2


def test_one_organisation_is_context_enough() -> None:
    assert len(people(document(1, KS, "Anna Berg"), document(2, KS, "Anna Berg", year=2021))) == 1


def test_another_party_after_many_years_is_no_conflict_but_at_the_same_time_it_is() -> None:
    early, late = ("Anna Berg", {"party": "S"}), ("Anna Berg", {"party": "M"})
    assert len(people(document(1, KS, early, year=2012), document(2, KS, late, year=2024))) == 1
    assert len(people(document(1, KS, early, year=2022), document(2, KS, late, year=2024))) == 2


ACROSS = [
    ("Anna Berg", {}, {}, "", 2, "a common name in two organisations"),
    ("Anna Berg", {"party": "S"}, {"party": "S"}, "", 2, "a party alone is not enough for a common name"),
    (
        "Anna Berg",
        {"party": "S"},
        {"party": "S"},
        KS,
        1,
        "party, and the one's document speaks of the other's organisation",
    ),
    ("Anna Kvoldra", {"party": "S"}, {"party": "S"}, "", 1, "a rare name and the party"),
    ("Anna Kvoldra", {"party": "S"}, {"party": "C"}, KS, 2, "a rare name, but another party"),
    ("Anna Kvoldra", {}, {}, KS, 1, "a rare name, and the document speaks of the other's organisation"),
    (
        "Anna Kvoldra",
        {"municipality": "1497"},
        {"municipality": "1470"},
        KS,
        2,
        "a rare name, but another municipality",
    ),
]


@pytest.mark.parametrize(
    ("name", "here", "there", "about", "expected", "why"), ACROSS, ids=[case[-1] for case in ACROSS]
)
def test_across_organisations(
    name: str, here: dict[str, str], there: dict[str, str], about: str, expected: int, why: str
) -> None:
    assert len(people(document(1, KS, (name, here)), document(2, FED, (name, there), about=about))) == expected


def test_a_mention_without_party_among_two_of_the_name_is_neither() -> None:
    both = document(1, KS, ("Anna Berg", {"party": "S"}), ("Anna Berg", {"party": "M"}))
    assert len(people(both, document(2, KS, "Anna Berg"))) == 3


def test_the_order_of_documents_does_not_matter() -> None:
    pieces = [
        document(
            n,
            (KS, FED, VARA)[n % 3],
            ("Anna Kvoldra", {"party": "S"}),
            "Ewa Ek" if n % 2 else "Eva Ek",
            "Bo Ek",
            year=2018 + n,
        )
        for n in range(1, 9)
    ]
    expected = resolved(*pieces)
    for seed in range(5):
        shuffled = random.Random(seed).sample(pieces, len(pieces))
        again = resolved(*shuffled)
        assert (again.by_mention, again.replaced) == (expected.by_mention, expected.replaced)
        assert again.conclusions == expected.conclusions


def test_names_and_iris() -> None:
    found = resolved(
        document(1, KS, "Johan Lind", "Johan Lind"), document(2, KS, ("Johan Karl Lind", {"full": "JOHAN KARL LIND"}))
    )
    assert {(item.iri, item.name) for item in found.by_mention.values()} == {
        ("person/hjo-kommun/johan-lind", "Johan Lind")
    }
    assert found.replaced == {"person/hjo-kommun/johan-karl-lind": "person/hjo-kommun/johan-lind"}


def test_two_bearers_of_a_name_in_one_organisation_are_told_apart_by_party() -> None:
    found = resolved(
        document(1, KS, ("Anna Berg", {"party": "S"}), ("Anna Berg", {"party": "M"})),
        document(2, KS, ("Anna Berg", {"party": "S"})),
    )
    assert {item.iri for item in found.by_mention.values()} == {
        "person/hjo-kommun/anna-berg",
        "person/hjo-kommun/anna-berg-m",
    }


def test_joins_are_explained_and_their_scores_differ() -> None:
    found = resolved(
        document(1, KS, ("Ewa Kvoldra", {"party": "S"}), "Eva Kvoldra"),
        document(2, FED, ("Ewa Kvoldra", {"party": "S"})),
    )
    scores = [join["score"] for join in found.conclusions]
    assert len(scores) == 2
    assert all(0 < score < 1 for score in scores)
    assert len(set(scores)) == 2
    assert all(join["because"].endswith(".") and join["evidence"] for join in found.conclusions)


def test_a_judgement_keeps_two_apart() -> None:
    pieces = document(1, KS, "Anna Berg"), document(2, KS, "Anna Berg", year=2021)
    apart = Ruling("different", tuple(Thing(name="Anna Berg", document=piece.id) for piece in pieces))
    assert len(people(*pieces, judgements=Judgements((apart,)))) == 2


def test_many_documents_take_seconds() -> None:
    import time

    names = [
        f"{first} {last}" for first in ("Anna", "Bo", "Eva", "Karin", "Per") for last in ("Ek", "Lind", "Berg", "Ström")
    ]
    pieces = [document(n, (KS, FED, VARA)[n % 3], *((name, {"party": "S"}) for name in names)) for n in range(500)]
    start = time.perf_counter()
    resolved(*pieces)
    assert time.perf_counter() - start < 10  # 10,000 mentions; ten times what it takes
