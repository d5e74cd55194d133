"""The stories planted in the corpus (``docs/corpus.md``) come out of the graph as they went into the documents."""

from __future__ import annotations

import tomllib
from pathlib import Path

from pyoxigraph import QuerySolutions, Store

from kommungraf.config import load
from kommungraf.query.evaluate import below_floor, evaluate
from kommungraf.query.store import ask

CORPUS = Path(__file__).parents[2] / "corpus"


def test_the_gold_is_met(corpus_graph: Path) -> None:
    """What ``make eval-corpus`` asks: every kind of fact and of link is at or over the floor."""
    reports, missing = evaluate(CORPUS / "gold", corpus_graph, load().base)
    assert missing == []
    assert below_floor(reports, tomllib.loads((CORPUS / "floor.toml").read_text(encoding="utf-8"))) == []


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    """The answers of a query as words."""
    answer = ask(store, query)
    assert isinstance(answer, QuerySolutions)
    return [tuple("" if value is None else str(value.value) for value in row) for row in answer]


def people_called(store: Store, name: str) -> set[str]:
    """The people who bear a name or had it as a spelling."""
    query = "SELECT DISTINCT ?p WHERE { ?p a foaf:Person ; foaf:name|skos:altLabel ?n FILTER(STR(?n) = '%s') }"
    return {row[0] for row in rows(store, query % name)}


def test_one_person_under_several_spellings(corpus_store: Store) -> None:
    spellings = ("Ewa Gustafsson", "Eva Gustavsson", "Ewa Gustafson", "Ewa Kristina Gustafsson")
    people = [people_called(corpus_store, name) for name in spellings]
    assert len(set.union(*people)) == 1


def test_two_people_of_one_name(corpus_store: Store) -> None:
    query = """SELECT DISTINCT ?p ?short WHERE {
        ?a a kg:Attendance ; kg:person ?p ; kg:forParty/kg:abbreviation ?short . ?p foaf:name "Anders Nilsson" }"""
    found = rows(corpus_store, query)
    assert {party for _, party in found} == {"M", "S"}
    assert len({person for person, _ in found}) == 2 == len(found)


def test_a_member_leaves_and_the_substitute_takes_over(corpus_store: Store) -> None:
    found = rows(
        corpus_store,
        """SELECT DISTINCT ?role ?from WHERE {
             ?m org:member/foaf:name "Johan Ekdahl" ; org:organization/foaf:name "styrelsen" .
             ?m org:role/skos:notation ?role
             OPTIONAL { ?m kg:validFrom ?from } } ORDER BY ?from""",
    )
    assert {"ersättare", "ledamot", "vice ordförande"} <= {role for role, _ in found}
    assert ("ledamot", "2022-11-01") in found


def test_a_motion_from_its_submission_to_its_answer(corpus_store: Store) -> None:
    found = rows(
        corpus_store,
        """SELECT DISTINCT ?date ?outcome WHERE {
             ?case a kg:Case ; kg:diaryNumber "KS 2020/112" .
             ?d a kg:Decision ; kg:case|kg:agendaItem/kg:case ?case ; dcterms:date ?date .
             ?d kg:outcome/skos:notation ?outcome
           } ORDER BY ?date""",
    )
    assert sorted(r for r in found if r[0].startswith("2020")) == [("2020-09-28", "permit"), ("2020-09-28", "refer")]
    assert ("2021-11-09", "propose") in found
    assert {("2022-02-28", "approve"), ("2022-02-28", "answer")} <= set(found)


def test_budget_and_outcome_are_one_value_in_tkr_and_in_kronor(corpus_store: Store) -> None:
    found = rows(
        corpus_store,
        """SELECT ?phase (GROUP_CONCAT(DISTINCT STR(?v); separator=" ") AS ?values) WHERE {
             ?o a kg:Observation ; kg:fiscalYear ?year ; kg:lineItem ?item ; kg:value ?v ; kg:phase ?p .
             ?o kg:evidence/oa:hasSource/dcterms:isPartOf/kg:fileName ?file .
             FILTER(REGEX(?file, "/2022_verksamhetsberattelse|/2023_verksamhetsplan_och_budget"))
             FILTER(STR(?year) = "2022" && ?item IN ("Resultat", "Årets resultat"))
             BIND(REPLACE(STR(?p), "^.*[#-]", "") AS ?phase)
           } GROUP BY ?phase ORDER BY ?phase""",
    )
    assert found == [("budget", "100000"), ("outcome", "-240000")]


def test_a_text_and_a_table_contradict_each_other(corpus_store: Store) -> None:
    query = """SELECT DISTINCT ?said ?table WHERE {
        ?c a kg:Contradiction ; kg:statementA|kg:statementB ?text, ?cell .
        ?text a kg:Figure ; kg:value ?said .
        ?cell a kg:Observation ; kg:lineItem "Medelantalet anställda" ; kg:value ?table }"""
    assert rows(corpus_store, query) == [("19", "21")]


def test_a_project_that_was_split_has_two_successors(corpus_store: Store) -> None:
    query = """SELECT DISTINCT ?after ?from WHERE {
        ?s a kg:Succession ; kg:predecessor/foaf:name "Grönstråket" ; kg:successor/foaf:name ?after ;
           kg:successionKind "split" ; kg:effective ?from } ORDER BY ?after"""
    assert rows(corpus_store, query) == [("Hedvallslyftet", "2026-04-01"), ("Norrstråket", "2026-04-01")]


def test_what_was_proposed_and_rejected_did_not_happen(corpus_store: Store) -> None:
    query = """SELECT DISTINCT ?name WHERE {
        ?s a kg:Succession ; kg:predecessor|kg:successor ?p . ?p foaf:name|skos:altLabel ?name
        FILTER(STR(?name) = "Norrsjöleden") }"""
    assert rows(corpus_store, query) == []


def test_an_acting_chief_stands_between_two_chiefs(corpus_store: Store) -> None:
    query = """SELECT DISTINCT ?name ?from ?to ?acting WHERE {
        ?t a kg:Tenure ; kg:person/foaf:name ?name ; org:role/skos:notation "förbundsdirektör" ; kg:validFrom ?from .
        OPTIONAL { ?t kg:validTo ?to } OPTIONAL { ?t kg:acting ?acting } } ORDER BY ?from"""
    assert rows(corpus_store, query) == [
        ("Karin Vallgren", "2023-01-01", "2025-11-30", ""),
        ("Jonas Tillberg", "2025-12-01", "2026-04-30", "true"),
        ("Hedvig Almroth", "2026-05-01", "", ""),
    ]


def test_a_notice_is_dated_a_year_wrong(corpus_store: Store) -> None:
    found = rows(
        corpus_store,
        """SELECT DISTINCT ?issued ?date WHERE {
             ?d a kg:Document ; dcterms:type/skos:notation "kallelse" ; dcterms:issued ?issued .
             ?m a kg:Meeting ; dcterms:date ?date ; kg:evidence/oa:hasSource ?d
             FILTER(YEAR(?issued) < YEAR(?date)) }""",
    )
    assert found == [("2022-03-16", "2023-04-13")]
