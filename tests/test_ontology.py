"""The ontology says of every term what it means, and the records, the shapes and the context agree with it."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from functools import cache

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef

from kommungraf.graph import ontology
from kommungraf.model import facts, iri
from kommungraf.model.record import _camel

CONTRACT_CODES = {
    "outcomes": "adopt approve elect appoint dismiss discharge grant permit refer assign propose reject return "
    "postpone answer note amend repeal recommend delegate other",
    "documentTypes": "protokoll kallelse föredragningslista motion interpellation medborgarförslag tjänsteskrivelse "
    "myndighetsbeslut verksamhetsberättelse verksamhetsplan budget årsredovisning revisionsberättelse strategi "
    "reglemente överenskommelse underskriftssida övrigt",
    "caseStates": "open answered decided postponed withdrawn unknown",
    "phases": "budget outcome forecast",
    "successionKinds": "renamed continued merged split replaced ended",
    "statuses": "done partly ongoing postponed cancelled notDone carriedForward changed",
    "presences": "new again resumed silent noDocuments ended",
}
CAPACITIES = {
    "ordförande", "vice ordförande", "ledamot", "tjänstgörande ersättare", "ersättare", "ombud", "sekreterare",
    "justerare", "föredragande", "tjänsteperson", "revisor", "övrig",
}  # fmt: skip
KINDS = [kind for kind in vars(facts).values() if isinstance(kind, type) and issubclass(kind, facts.Node)]


@cache
def graph() -> Graph:
    whole = Graph()
    for path in ontology.files():
        whole.parse(path)
    return whole


def ours(kind: URIRef) -> list[URIRef]:
    return sorted(term for term in graph().subjects(RDF.type, kind) if str(term).startswith(iri.NS))


def languages(term: URIRef, predicate: URIRef) -> set[str | None]:
    return {text.language for text in graph().objects(term, predicate) if isinstance(text, Literal)}


def codes(scheme: str) -> set[str]:
    concepts = graph().subjects(SKOS.inScheme, URIRef(iri.NS + scheme))
    return {str(graph().value(concept, SKOS.notation)) for concept in concepts}


@pytest.mark.parametrize("term", [*ours(RDFS.Class), *ours(RDF.Property)])
def test_every_term_has_label_and_comment_in_both_languages(term: URIRef) -> None:
    assert languages(term, RDFS.label) == {"sv", "en"}
    assert languages(term, RDFS.comment) == {"sv", "en"}


@pytest.mark.parametrize("term", ours(RDF.Property))
def test_every_property_has_domain_and_range(term: URIRef) -> None:
    assert graph().value(term, RDFS.domain) is not None
    assert graph().value(term, RDFS.range) is not None


def test_every_concept_has_notation_labels_and_definitions() -> None:
    for concept in ours(SKOS.Concept):
        assert graph().value(concept, SKOS.notation) is not None, concept
        assert languages(concept, SKOS.prefLabel) == {"sv", "en"}, concept
        assert languages(concept, SKOS.definition) == {"sv", "en"}, concept


@pytest.mark.parametrize(("scheme", "expected"), CONTRACT_CODES.items())
def test_the_codes_of_the_contract_are_there(scheme: str, expected: str) -> None:
    assert codes(scheme) == set(expected.split())


def test_the_capacities_of_the_contract_are_there() -> None:
    assert codes("capacities") == CAPACITIES


def test_every_unit_that_extraction_gives_is_a_concept() -> None:
    from importlib.resources import files

    data = files("kommungraf.extract").joinpath("data", "observations.toml").read_text(encoding="utf-8")
    assert {unit for unit, _ in tomllib.loads(data)["units"].values()} <= codes("units")


def test_a_concept_has_the_iri_that_the_model_mints() -> None:
    """A record says ``kg:documentType-årsredovisning``; the ontology must mean the same IRI."""
    for scheme, member in (("outcomes", "outcome"), ("documentTypes", "documentType"), ("capacities", "capacity")):
        minted = {URIRef(iri.NS + iri.concept(member, code).removeprefix("kg:")) for code in codes(scheme)}
        assert minted == set(graph().subjects(SKOS.inScheme, URIRef(iri.NS + scheme)))


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_a_record_has_a_term(kind: type[facts.Node]) -> None:
    keys = {_camel(field.name) for field in fields(kind)} - {"id"}
    assert keys <= ontology.context().keys()


def test_every_term_of_the_context_that_is_ours_is_defined() -> None:
    defined = {str(term).removeprefix(iri.NS) for term in graph().subjects(RDFS.label)}
    for key, term in ontology.context().items():
        expanded = term["@id"] if isinstance(term, dict) else term
        if isinstance(expanded, str) and expanded.startswith("kg:"):
            assert expanded.removeprefix("kg:") in defined, (
                f"{key} is {expanded}, which no file of the ontology defines"
            )


def test_every_class_of_ours_has_a_shape() -> None:
    assert set(ours(RDFS.Class)) <= set(graph().objects(None, SH.targetClass))


def test_shapes_are_shacl_core() -> None:
    """SPARQL constraints do not scale, and not every engine has them."""
    used = {str(term) for triple in graph() for term in triple if str(term).startswith(str(SH))}
    assert not {name for name in used if "sparql" in name.lower() or "js" in name.lower().rpartition("#")[2][:2]}


def test_paths_of_shapes_are_terms_that_exist() -> None:
    for path in graph().objects(None, SH.path):
        if str(path).startswith(iri.NS):
            assert (path, RDFS.range, None) in graph(), path


def test_what_lies_in_the_store_has_no_shapes_and_no_blank_nodes() -> None:
    text = ontology.vocabulary()
    assert "_:" not in text
    assert str(SH) not in text
    assert str(SKOS.notation) in text
    assert str(OWL.ObjectProperty) in text
