"""Validation finds what is wrong, and agrees with pySHACL on what that is."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from pyoxigraph import Store
from rdflib import SH, Graph

from kommungraf.graph import ontology
from kommungraf.graph.validate import validate, validate_triples

PREFIXES = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in ontology.prefixes().items())
GOOD = (
    PREFIXES
    + """
@prefix : <https://exempel.se/id/> .
:file a kg:File ; kg:sha256 "%s" ; kg:fileName "a.md" ; dcat:byteSize 3 ; dcat:mediaType "text/plain" .
:doc a kg:Document ; dcterms:title "P" ; dcterms:type kg:documentType-protokoll ; dcterms:isPartOf :file ;
  kg:ordinal 1 ; kg:year "2024"^^xsd:gYear ; dcterms:issued "2024-05"^^xsd:gYearMonth ; kg:evidence :pass .
:pass a kg:Passage ; oa:hasSource :doc ; oa:hasSelector :pos, :quote ; kg:page 1 .
:pos a oa:TextPositionSelector ; oa:start 0 ; oa:end 4 .
:quote a oa:TextQuoteSelector ; oa:exact "Text" .
:d a kg:Decision ; kg:text "Styrelsen beslutar." ; kg:outcome kg:outcome-note ; kg:ordinal 1 ; kg:evidence :pass .
:o a kg:Observation ; kg:lineItem "Intäkter" ; kg:value 12.5 ; kg:unit "SEK" ; kg:phase "budget" ; kg:evidence :pass .
:j a kg:Join ; kg:entity :x ; kg:joined :y ; kg:method "m" ; kg:score 0.9 ; kg:because "B." ; kg:evidence :pass .
kg:documentType-protokoll a skos:Concept . kg:outcome-note a skos:Concept . kg:Join rdfs:subClassOf kg:Conclusion .
"""
    % ("a" * 64)
)

BROKEN = [
    # what is changed, what the shape then says it of
    ('kg:sha256 "aaa', 'kg:sha256 "AAA', ("File", "kg:sha256")),
    ('"2024"^^xsd:gYear', "2024", ("Document", "kg:year")),
    ('"2024-05"^^xsd:gYearMonth', '"maj 2024"', ("Document", "dcterms:issued")),
    ("kg:outcome kg:outcome-note ;", "", ("Decision", "kg:outcome")),
    ("kg:outcome kg:outcome-note", "kg:outcome kg:outcome-invented", ("Decision", "kg:outcome")),
    ("kg:value 12.5", 'kg:value "12,5"', ("Observation", "kg:value")),
    ('"budget"', '"utfall"', ("Observation", "kg:phase")),
    ("oa:end 4", "oa:end 4, 5", ("TextPositionSelector", "oa:end")),
    ("oa:hasSelector :pos, :quote", "oa:hasSelector :pos", ("Passage", "oa:hasSelector")),
    ('kg:unit "SEK" ; kg:phase "budget" ; kg:evidence :pass', 'kg:unit "SEK"', ("Observation", "kg:evidence")),
    ("kg:score 0.9", "kg:score 1.1", ("Conclusion", "kg:score")),
    ('kg:because "B." ;', "", ("Conclusion", "kg:because")),
]


def test_a_good_graph_conforms() -> None:
    assert validate_triples(GOOD) == []


@pytest.mark.parametrize(("old", "new", "expected"), BROKEN)
def test_what_is_wrong_is_found_and_pyshacl_agrees(old: str, new: str, expected: tuple[str, str]) -> None:
    assert old in GOOD
    data = GOOD.replace(old, new)
    found = validate_triples(data)
    assert {(violation.shape, violation.path) for violation in found} == {expected}
    assert {violation.node for violation in found} == _by_pyshacl(data)


def _by_pyshacl(data: str) -> set[str]:
    from pyshacl import validate as check

    logging.getLogger("rdflib.term").setLevel(logging.ERROR)  # it warns of the literals that are wrong on purpose
    shapes = Graph()
    for path in ontology.files():
        shapes.parse(path)
    _, report, _ = check(Graph().parse(data=data, format="turtle"), shacl_graph=shapes)
    return {str(node) for node in report.objects(None, SH.focusNode)}


def test_the_corpus_conforms(corpus_store: Store) -> None:
    assert validate(corpus_store) == []


@pytest.mark.seeds
def test_the_real_documents_conform(seeds_store: Store) -> None:
    assert validate(seeds_store) == []


def test_the_report_names_shape_property_and_node(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    from kommungraf.cli import main
    from kommungraf.graph import validate as module

    monkeypatch.setattr("kommungraf.graph.export.open_graph", lambda _out: Store())
    monkeypatch.setattr(module, "validate", lambda _store: validate_triples(GOOD.replace("kg:score 0.9", "kg:score 2")))
    result = CliRunner().invoke(main, ["validate", "--out", str(tmp_path)])
    assert result.exit_code == 1
    assert "Conclusion kg:score" in result.stdout
    assert "https://exempel.se/id/j" in result.stdout
    assert "1 violations" in result.stderr
