"""Records become graphs: mentions become entities, judgements are obeyed, values keep their types."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
from pyoxigraph import RdfFormat, parse, serialize

from kommungraf.dates import PartialDate
from kommungraf.graph.materialise import Identities, document_graph, file_graph, links_graph
from kommungraf.graph.nquads import n_quads

BASE = "https://exempel.se/id/"
DOCUMENT = "document/ab/1"


class Named(NamedTuple):
    iri: str
    name: str | None = None


def passage(start: int, end: int) -> dict[str, Any]:
    own = f"passage/ab/{start}-{end}"
    return {
        "@id": own,
        "@type": "Passage",
        "hasSource": DOCUMENT,
        "hasSelector": [
            {"@id": f"{own}/position", "@type": "TextPositionSelector", "start": start, "end": end},
            {"@id": f"{own}/quote", "@type": "TextQuoteSelector", "exact": 'Tor "Ek"\nTest'},
        ],
    }


def mention(start: int, kind: str = "Person", **properties: Any) -> dict[str, Any]:
    own = f"{DOCUMENT}/mention/{kind}/{start}-{start + 5}"
    return {"@id": own, "@type": kind, "evidence": [f"passage/ab/{start}-{start + 5}"], "name": "Tor", **properties}


def triples(nodes: list[dict[str, Any]]) -> set[str]:
    """The graph as N-Triples with the namespaces left out, which is easier on the eye."""
    quads = parse(n_quads(f"{BASE}g", nodes), RdfFormat.N_QUADS)
    text = (serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b"").decode()
    for namespace in (BASE, "https://w3id.org/kommungraf/ns#", "http://www.w3.org/2001/XMLSchema#"):
        text = text.replace(namespace, "")
    return {line.removesuffix(" .") for line in text.splitlines()}


def test_two_mentions_of_one_person_become_one_node_with_both_passages() -> None:
    first, second = mention(0, hints={"party": "S"}), mention(20)
    seat = {"@id": f"{DOCUMENT}/attendance/0", "@type": "Attendance", "person": second["@id"], "evidence": []}
    entity = Named("person/x/tor-ek", "Tor Ek")
    identities = Identities(BASE, {first["@id"]: entity, second["@id"]: entity})
    found = triples(document_graph([first, second, seat, passage(0, 5), passage(20, 25)], identities))
    assert "<person/x/tor-ek> <evidence> <passage/ab/0-5>" in found
    assert "<person/x/tor-ek> <evidence> <passage/ab/20-25>" in found
    assert "<document/ab/1/attendance/0> <person> <person/x/tor-ek>" in found
    assert not [line for line in found if "mention/" in line or "party" in line]


def test_a_forgotten_person_goes_with_all_that_is_about_her() -> None:
    person, other = mention(0), mention(20)
    seat = {"@id": f"{DOCUMENT}/attendance/0", "@type": "Attendance", "person": person["@id"], "evidence": []}
    item = {
        "@id": f"{DOCUMENT}/agendaitem/1",
        "@type": "AgendaItem",
        "title": "Val",
        "presenter": [person["@id"], other["@id"]],
        "evidence": ["passage/ab/30-35"],
    }
    by_mention = {person["@id"]: Named("person/x/a"), other["@id"]: Named("person/x/b")}
    identities = Identities(BASE, by_mention, {"person/x/a": {"name": "A"}}, frozenset({"person/x/a"}))
    nodes = [person, other, seat, item, passage(0, 5), passage(20, 25), passage(30, 35)]
    found = triples(document_graph(nodes, identities))
    assert not [line for line in found if "person/x/a" in line or "attendance" in line or "ab/0-5" in line]
    assert "<document/ab/1/agendaitem/1> <presenter> <person/x/b>" in found
    conclusion = {"@id": "join/1", "@type": "Join", "entity": "person/x/a", "joined": "person/y/a"}
    assert links_graph([conclusion], {"person/z/a": "person/x/a"}, identities) == []


LITERALS = [
    # what a record or a link step says, what the graph then says
    ({"year": 2024}, '<n> <year> "2024"^^<gYear>'),
    ({"fiscalYear": 2024}, '<n> <fiscalYear> "2024"^^<gYear>'),
    ({"validFrom": {"@value": "2024-05", "@type": "xsd:gYearMonth"}}, '<n> <validFrom> "2024-05"^^<gYearMonth>'),
    ({"firstSeen": "2024"}, '<n> <firstSeen> "2024"^^<gYear>'),
    ({"firstSeen": "2024-05-06"}, '<n> <firstSeen> "2024-05-06"^^<date>'),
    ({"lastSeen": PartialDate(2024, 5)}, '<n> <lastSeen> "2024-05"^^<gYearMonth>'),
    ({"value": {"@value": "-12.50", "@type": "xsd:decimal"}}, '<n> <value> "-12.50"^^<decimal>'),
    ({"value": Decimal("3")}, '<n> <value> "3"^^<decimal>'),
    ({"score": 0.9}, '<n> <score> "0.9"^^<decimal>'),
    ({"score": 1}, '<n> <score> "1"^^<decimal>'),
    ({"number": 5}, '<n> <number> "5"^^<integer>'),
    ({"isGoal": False}, '<n> <isGoal> "false"^^<boolean>'),
    ({"text": "Två\nrader"}, '<n> <text> "Två\\nrader"'),
    ({"outcome": "kg:outcome-adopt"}, "<n> <outcome> <outcome-adopt>"),
    ({"cites": "https://lagen.nu/2005:837#K14P13"}, "<n> <http://data.europa.eu/eli/ontology#cites> "
     "<https://lagen.nu/2005:837#K14P13>"),
]  # fmt: skip


@pytest.mark.parametrize(("properties", "expected"), LITERALS)
def test_values_keep_their_types(properties: dict[str, Any], expected: str) -> None:
    assert triples(links_graph([{"@id": "n", **properties}], {}, Identities(BASE))) == {expected}


def test_a_conclusion_drawn_twice_is_one_with_the_surest_reason() -> None:
    drawn = {"@id": "join/1", "because": "B.", "score": 0.7, "evidence": ["p/2"]}
    surer = {"@id": "join/1", "because": "C.", "score": 0.9, "evidence": ["p/1"]}
    found = triples(links_graph([drawn, surer], {}, Identities(BASE)))
    assert found == triples(links_graph([surer, drawn], {}, Identities(BASE)))
    assert found == {
        '<join/1> <because> "C."',
        '<join/1> <score> "0.9"^^<decimal>',
        "<join/1> <evidence> <p/1>",
        "<join/1> <evidence> <p/2>",
    }


def test_retired_names_point_to_what_took_their_place() -> None:
    found = triples(links_graph([], {"person/x/old": "person/x/new"}, Identities(BASE)))
    assert found == {"<person/x/old> <http://purl.org/dc/terms/isReplacedBy> <person/x/new>"}


def test_a_chain_of_replacements_is_followed_to_its_end() -> None:
    gone = {"person/x/a": "person/x/b", "person/x/b": "person/x/c", "person/x/c": "person/x/c"}
    replaced = "<http://purl.org/dc/terms/isReplacedBy>"
    found = triples(links_graph([], gone, Identities(BASE, {}, {"person/x/c": {}})))
    assert {line for line in found if replaced in line} == {
        f"<person/x/a> {replaced} <person/x/c>",
        f"<person/x/b> {replaced} <person/x/c>",
    }
    forgotten = Identities(BASE, {}, {"person/x/c": {}}, frozenset({"person/x/c"}))
    assert triples(links_graph([], gone, forgotten)) == set(), "who is forgotten leaves no retired name behind"


def test_an_iri_that_a_join_retires_stays() -> None:
    join = {"@type": "Join", "entity": "organization/b"}
    joins = [
        {**join, "@id": "join/1", "joined": "organization/a"},  # no one has this name any more
        {**join, "@id": "join/2", "joined": "organization/c"},  # is still something of its own
        {**join, "@id": "join/3", "joined": f"{DOCUMENT}/mention/Organization/0-5"},  # never was an entity's
    ]
    found = triples(links_graph(joins, {}, Identities(BASE, {}, {"organization/c": {}})))
    assert [line for line in found if "isReplacedBy" in line] == [
        "<organization/a> <http://purl.org/dc/terms/isReplacedBy> <organization/b>"
    ]


def test_an_office_that_the_ontology_does_not_list_is_a_concept() -> None:
    membership = {"@id": "membership/1", "role": "kg:role-tillförordnad-rektor"}
    found = triples(links_graph([membership], {}, Identities(BASE)))
    skos = "http://www.w3.org/2004/02/skos/core#"
    assert f'<role-tillförordnad-rektor> <{skos}notation> "tillförordnad rektor"' in found
    assert f"<role-tillförordnad-rektor> <{skos}inScheme> <roles>" in found


def test_a_file_has_all_its_names() -> None:
    found = triples(file_graph([{"@id": "file/ab", "@type": "File"}], ["b.md", "a.md", "a.md"], Identities(BASE)))
    assert {line for line in found if "fileName" in line} == {
        '<file/ab> <fileName> "a.md"',
        '<file/ab> <fileName> "b.md"',
    }


@pytest.mark.parametrize("base", ["https://exempel.se/id/", "https://exempel.se/id#", "urn:exempel:"])
def test_any_base_will_do(base: str) -> None:
    nodes = document_graph([mention(0), passage(0, 5)], Identities(base))
    subjects = {str(quad.subject) for quad in parse(n_quads(f"{base}g", nodes), RdfFormat.N_QUADS)}
    assert all(subject.startswith(f"<{base}") for subject in subjects)


def test_a_document_whose_slice_is_the_same_has_the_same_digest() -> None:
    one, other = "document/ab/1/mention/Person/0-5", "document/cd/1/mention/Person/0-5"
    before = Identities(BASE, {one: Named("person/a"), other: Named("person/b")}).by_document()
    after = Identities(BASE, {other: Named("person/c"), one: Named("person/a")}).by_document()
    assert before["document/ab/1"] == after["document/ab/1"]
    assert before["document/cd/1"] != after["document/cd/1"]


def test_a_record_is_json_ld_by_itself() -> None:
    """Any JSON-LD reader gets the mentions of a record, given the context and a base."""
    from kommungraf.graph import ontology

    record = {
        "@context": ontology.context(),
        "extractor": "x",
        "issues": [],
        "statistics": {"pages": 3},
        "@graph": [{"@id": DOCUMENT, "@graph": [mention(0, hints={"party": "S"}), passage(0, 5)]}],
    }
    quads = list(parse(json.dumps(record), RdfFormat.JSON_LD, base_iri=BASE))
    assert {quad.graph_name.value for quad in quads} == {BASE + DOCUMENT}
    assert not [quad for quad in quads if "hints" in str(quad) or "statistics" in str(quad)]
