"""Named queries: the header is read, parameters are bound as terms, every file is SPARQL."""

import pytest
from pyoxigraph import Store

from kommungraf.errors import UsageError
from kommungraf.query.named_queries import named_queries, named_query, parse
from kommungraf.query.store import ask

SAMPLE = """# title: Who?
# description: For the test.
# param name (text, required): part of the name
# param year (year): the year
SELECT ?s WHERE {
  ?s foaf:name ?n FILTER(CONTAINS(?n, $name))
  FILTER(?y = $year) # if year
}
"""
EXAMPLES = {"text": 'a" } DROP', "year": "2024", "number": "5", "date": "2024-01-31", "iri": "https://example.org/x"}


def test_the_header_is_read() -> None:
    query = parse("sample", SAMPLE)
    assert (query.title, query.description) == ("Who?", "For the test.")
    assert [(p.name, p.kind, p.required) for p in query.parameters] == [("name", "text", True), ("year", "year", False)]


def test_a_line_with_a_condition_counts_only_when_its_parameter_is_given() -> None:
    query = parse("sample", SAMPLE)
    assert "?y" not in query.bind({"name": "x"})
    assert '?y = "2024"^^<http://www.w3.org/2001/XMLSchema#gYear>' in query.bind({"name": "x", "year": "2024"})


def test_a_value_is_a_term_and_cannot_change_the_query() -> None:
    bound = parse("sample", SAMPLE).bind({"name": 'x")) } DELETE WHERE { ?s ?p ?o'})
    assert r'"x\")) } DELETE WHERE { ?s ?p ?o"' in bound
    assert list(ask(Store(), bound)) == []


@pytest.mark.parametrize(
    ("values", "says", "why"),
    [
        ({}, "needs --param name", "a required parameter is missing"),
        ({"name": "x", "colour": "red"}, "no parameter 'colour'", "an unknown one is named, with those that exist"),
        ({"name": "x", "year": "last"}, "give a year such as 2024", "a value of the wrong kind is explained"),
    ],
)
def test_wrong_parameters_are_explained(values: dict[str, str], says: str, why: str) -> None:
    with pytest.raises(UsageError, match=says):
        parse("sample", SAMPLE).bind(values)


def test_an_unknown_query_names_its_neighbours() -> None:
    with pytest.raises(UsageError, match="career"):
        named_query("carrer")


def test_there_are_enough_questions() -> None:
    assert len(named_queries()) >= 15


@pytest.mark.parametrize("name", list(named_queries()))
def test_every_query_is_sparql_with_all_with_required_and_without_parameters(name: str) -> None:
    query = named_query(name)
    everything = {p.name: EXAMPLES[p.kind] for p in query.parameters}
    required = {p.name: EXAMPLES[p.kind] for p in query.parameters if p.required}
    for sparql in (query.bind(everything), query.bind(required), query.sparql):
        ask(Store(), sparql)
