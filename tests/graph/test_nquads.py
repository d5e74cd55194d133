"""N-Quads are what a JSON-LD reader makes of the same nodes with the same context."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad, RdfFormat, parse

from kommungraf.graph import ontology
from kommungraf.graph.materialise import Identities, document_graph, graph_ids
from kommungraf.graph.nquads import n_quads

G = "https://exempel.se/id/g"
N = "https://exempel.se/id/n"


def by_json_ld(nodes: list[dict[str, Any]]) -> set[Quad]:
    document = {"@context": ontology.context(), "@graph": [{"@id": G, "@graph": nodes}]}
    return set(parse(json.dumps(document), RdfFormat.JSON_LD))


NODES: list[dict[str, Any]] = [
    {"@id": N, "@type": ["Organization", "Network"], "name": 'Sju "systrar"\n\\ och\ten\u00a0till'},
    {"@id": N, "title": ["A", "B"], "year": 2024, "number": 5, "isGoal": True, "page": None, "hints": {"a": 1}},
    {"@id": N, "value": {"@value": "1.50", "@type": "xsd:decimal"}, "issued": {"@value": "2024", "@type": "xsd:gYear"}},
    {
        "@id": N,
        "role": "kg:capacity-vice-ordförande",
        "cites": "https://lagen.nu/2005:837#K14P13",
        "prefLabel": "rektor",
    },
    {"@id": N, "creator": [N, f"{N}å"], "evidence": [], "foundBy": "people", "unknownKey": "x"},
    {"@id": N, "hasSelector": [{"@id": f"{N}/p", "@type": "TextPositionSelector", "start": 0, "end": 3}]},
    {"@id": "kg:role-rektor", "@type": "Concept", "inScheme": "kg:roles"},
]


@pytest.mark.parametrize("node", NODES)
def test_like_a_json_ld_reader(node: dict[str, Any]) -> None:
    assert set(parse(n_quads(G, [node]), RdfFormat.N_QUADS)) == by_json_ld([node])


def test_like_a_json_ld_reader_on_the_whole_corpus(corpus_graph: Path) -> None:
    for path in (corpus_graph / "records").iterdir():
        for _, nodes in graph_ids(json.loads(path.read_text(encoding="utf-8"))):
            made = document_graph(nodes, Identities("https://exempel.se/id/"))
            assert set(parse(n_quads(G, made), RdfFormat.N_QUADS)) == by_json_ld(made)


def test_what_may_not_stand_in_an_iri_is_escaped() -> None:
    line = n_quads(G, [{"@id": N, "cites": "https://exempel.se/a b<c>"}])
    assert "<https://exempel.se/a%20b%3Cc%3E>" in line
