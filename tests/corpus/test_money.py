"""Money and counts of the corpus (stories 15, 30 and 32): series, restated values, outcomes beside budgets."""

from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions, Store

from kommungraf.query.store import ask


def rows(store: Store, query: str) -> list[tuple[str, ...]]:
    """The answers of a query as words."""
    answer = ask(store, query)
    assert isinstance(answer, QuerySolutions)
    return [tuple("" if value is None else str(value.value) for value in row) for row in answer]


RESULTS = """SELECT DISTINCT ?year ?budget ?outcome ?deviation WHERE {
  ?c a kg:BudgetComparison ; kg:budgeted ?b ; kg:accounted ?a ; kg:deviation ?deviation .
  ?b kg:fiscalYear ?year ; kg:value ?budget . ?a kg:fiscalYear ?year ; kg:lineItem ?line ; kg:value ?outcome
  FILTER(CONTAINS(LCASE(?line), "resultat")) } ORDER BY ?year"""


@pytest.mark.parametrize(
    ("year", "budget", "outcome"),
    [("2020", 100_000, 412_000), ("2022", 100_000, -240_000), ("2023", 120_000, 185_000)],
)
def test_the_result_beside_its_budget(corpus_store: Store, year: str, budget: int, outcome: int) -> None:
    found = [row for row in rows(corpus_store, RESULTS) if row[0] == year]
    assert found == [(year, str(budget), str(outcome), str(outcome - budget))]


def test_the_budget_is_the_plans_where_the_report_says_the_same(corpus_store: Store) -> None:
    found = rows(
        corpus_store,
        """SELECT DISTINCT ?plan ?report WHERE { ?c a kg:BudgetComparison ; kg:budgeted ?b ; kg:accounted ?a .
             ?b kg:fiscalYear "2023"^^xsd:gYear ; kg:evidence/oa:hasSource/dcterms:title ?plan .
             ?a kg:evidence/oa:hasSource/dcterms:title ?report FILTER(CONTAINS(?report, "berättelse")) }""",
    )
    assert found == [("Verksamhetsplan och budget 2023", "Verksamhetsberättelse 2023")]


def test_kronor_and_thousands_are_one_series_and_no_restatement(corpus_store: Store) -> None:
    found = rows(
        corpus_store,
        """SELECT DISTINCT ?year ?value WHERE { ?s a kg:Series ; kg:lineItem "Personalkostnader" ; kg:phase "outcome" ;
             kg:observation ?o . ?o kg:fiscalYear ?year ; kg:value ?value } ORDER BY ?year ?value""",
    )
    assert {("2022", "-9118000"), ("2022", "-9118407")} <= set(found)
    assert [year for year, _ in found] == ["2020", "2021", "2022", "2022", "2023", "2024", "2025"]


def test_what_is_restated_and_nothing_else(corpus_store: Store) -> None:
    found = rows(
        corpus_store,
        """SELECT DISTINCT ?line ?year ?before ?after WHERE { ?r a kg:Restatement ; kg:earlier ?e ; kg:later ?l .
             ?e kg:value ?before . ?l kg:lineItem ?line ; kg:fiscalYear ?year ; kg:value ?after } ORDER BY ?line""",
    )
    assert found == [
        ("Projektbidrag", "2022", "7985000", "8025000"),
        ("Summa intäkter", "2022", "13432000", "13472000"),
        ("Årets resultat", "2022", "-240000", "-200000"),
    ]


def test_what_eight_months_gave_is_no_outcome_of_the_year(corpus_store: Store) -> None:
    found = rows(
        corpus_store,
        """SELECT DISTINCT ?phase ?value WHERE { ?o a kg:Observation ; kg:lineItem "Resultat" ; kg:value ?value ;
             kg:evidence/oa:hasSource/dcterms:title ?title OPTIONAL { ?o kg:phase ?phase }
             FILTER(STRSTARTS(?title, "Delårsrapport")) }""",
    )
    assert sorted(found) == [("", "118000"), ("budget", "100000"), ("forecast", "-225000")]


def test_every_conclusion_has_a_reason_a_score_and_its_values(corpus_store: Store) -> None:
    found = rows(
        corpus_store,
        """SELECT ?c (COUNT(DISTINCT ?p) AS ?passages) (MIN(?score) AS ?least) WHERE {
             VALUES ?kind { kg:Series kg:Restatement kg:BudgetComparison }
             ?c a ?kind ; kg:because ?because ; kg:score ?score ; kg:evidence ?p } GROUP BY ?c""",
    )
    assert len(found) > 50
    assert all(int(passages) >= 2 and 0.5 < float(least) < 1 for _, passages, least in found)
