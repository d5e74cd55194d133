"""What is seen of a query without an engine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommungraf.web.endpoint.query_text import changes_each_time, depth, federated, kind, names_graphs


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * {}", "SELECT"),
        ("select*{}", "SELECT"),
        ("ASK{}", "ASK"),
        ("PREFIX a: <urn:a>\nCONSTRUCT {} {}", "CONSTRUCT"),
        ("prefix : <urn:a#> base <urn:b> # SELECT\n describe <x>", "DESCRIBE"),
        ("# INSERT\r\nASK {}", "ASK"),
        ("\ufeffASK {}", "ASK"),
        ("PREFIX select: <urn:select> ASK {}", "ASK"),
        ("PREFIX a: # a comment with <urn:x> SELECT\n <urn:y> ASK {}", "ASK"),
        ("INSERT DATA {}", "update"),
        ("PREFIX a: <urn:a> delete where {}", "update"),
        ("LOAD <file:///etc/passwd>", "update"),
        ("WITH <urn:g> DELETE {} WHERE {}", "update"),
        ("", "unknown"),
        ("{}", "unknown"),
        ("SELEKT * {}", "unknown"),
    ],
)
def test_the_kind_is_the_first_word_after_the_prologue(query: str, expected: str) -> None:
    assert kind(query) == expected


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1/> {} }",
        "SELECT * { service SILENT <http://127.0.0.1/> {} }",
        "SELECT * { SERVICE\n#\n<http://127.0.0.1/> {} }",
        "SELECT * { SERVICE ?x {} }",
        "SELECT * { SERVICEex:a {} }",
        "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1/>{} }",
        "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1/>{} }",
        "SELECT * { ?s ?p ex:a.SERVICE<http://127.0.0.1/>{} }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1/> {} }",
        "SELECT * { S\\U00000045RVICE <http://127.0.0.1/> {} }",
        "SELECT * { { OPTIONAL { GRAPH ?g { SERVICE <http://127.0.0.1/> {} } } } }",
        "SELECT * { FILTER EXISTS { SERVICE <http://127.0.0.1/> {} } }",
        "SELECT * { { SELECT * { SERVICE <http://127.0.0.1/> {} } } }",
        "SELECT * { ?s <http://a.se/#> ?o . SERVICE <http://127.0.0.1/> {} }",
        'SELECT * { ?s ?p "\\"" . SERVICE <http://127.0.0.1/> {} # "\n}',
        "SELECT * { ?s ?p '''a''' . SERVICE <http://127.0.0.1/> {} # '''\n}",
        "SELECT * { FILTER(?a<'>') SERVICE <http://127.0.0.1/> {} # '\n}",
        "SELECT * { FILTER(?a<?b#>'''\n) SERVICE <http://127.0.0.1/> {} # '''\n}",
        'SELECT * { ?s ?p "\\u0022" . ?s <http://a\\u0041#b> ?o . SERVICE <http://127.0.0.1/> {} }',
        "SELECT * { ?s <http://a\\u0041#b> ?o . SERVICE <http://127.0.0.1/> {} }",
    ],
)
def test_a_query_that_asks_elsewhere_is_seen_however_it_is_written(query: str) -> None:
    assert federated(query)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p "Service och teknik" }',
        "SELECT * { ?s ?p 'SERVICE <http://a.se/> {}' }",
        'SELECT * { ?s ?p """a "SERVICE <x> {}" b""" }',
        "SELECT * { ?s ?p ?o } # SERVICE <http://a.se/> {}",
        "SELECT ?service { ?service ?p ?o }",
        "SELECT * { ?s <http://a.se/service> ?o }",
        "SELECT * { ?s <http://a.se/#SERVICE> ?o }",
        "PREFIX service: <http://a.se/> SELECT * { service:a service:b ?o . ?s ex:service 1 }",
        "SELECT * { ?s ?p ?o FILTER(?o < 5 && ?p > 3 && CONTAINS(?s, 'service')) }",
        'SELECT * { ?s ?p "x"@sv-service }',
    ],
)
def test_the_word_itself_may_stand_in_texts_names_and_comments(query: str) -> None:
    assert not federated(query)


@given(
    before=st.text("ab<>?'\"#\\ \n{}().:u0041", max_size=30),
    between=st.sampled_from([" ", "\n", "#x\n", " SILENT ", ""]),
    after=st.text("ab<>?'\"#\\ \n{}", max_size=20),
)
def test_what_is_let_through_holds_the_word_in_a_closed_text_a_comment_or_a_name_only(
    before: str, between: str, after: str
) -> None:
    query = f"SELECT * {{ {before} SERVICE{between}<http://a.se/> {{}} {after} }}"
    if not federated(query):
        head = query[: query.index("SERVICE")]
        assert any(mark in head for mark in "'\"#?:@<"), "nothing before it could have made it a text"


@pytest.mark.parametrize(
    ("query", "least", "most"),
    [
        ("ASK {}", 1, 1),
        ("ASK " + "{" * 100 + "}" * 100, 100, 100),
        ("ASK { " + "FILTER(" * 90 + "1" + ")" * 90 + "}", 91, 91),
        ("ASK { ?s ?p '" + "{" * 100 + "' }", 1, 1),
        ("ASK { ?s ?p ?o } # " + "{" * 100, 1, 1),
        ("ASK { " + "{}" * 100 + "}", 2, 2),
        ("ASK { FILTER(?a<'>'" + "(" * 100 + ")" * 100 + ") }", 100, 105),
    ],
)
def test_depth(query: str, least: int, most: int) -> None:
    assert least <= depth(query) <= most


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT (NOW() AS ?x) {}", True),
        ("SELECT (uuid () AS ?x) {}", True),
        ("SELECT (RAND() AS ?x) {}", True),
        ("SELECT (YEAR(?d) AS ?now) {}", False),
    ],
)
def test_queries_whose_answer_changes_each_time(query: str, expected: bool) -> None:
    assert changes_each_time(query) is expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { ?s ?p ?o }", False),
        ("SELECT * FROM <urn:g> { ?s ?p ?o }", True),
        ("SELECT * from named <urn:g> { GRAPH ?g { ?s ?p ?o } }", True),
        ("SELECT *FROM<urn:g>{}", True),
        ("ASKFROM <urn:g> {}", True),
        ("SELECT *FROMNAMED<urn:g>{}", True),
        ("PREFIX a: <urn:> SELECT * FROMa:g {}", True),
        ("SELECT (EXISTS { ?s ?p 'x' } AS ?x) # from\n FROM <urn:g> {}", True),
        ("CONSTRUCT { ?s ?p ?o } FROM <urn:g> { ?s ?p ?o }", True),
        ("CONSTRUCT FROM <urn:g> WHERE { ?s ?p ?o }", True),
        ("DESCRIBE <urn:a> FROM <urn:g>", True),
        ("PREFIX x: <http://a.se/it's#> SELECT (1 < 2 AS ?x) FROM <urn:g> { FILTER(?a > 'b') }", True),
        ("SELECT * { ?s ?p 'FROM <urn:g>' }", False),
        ("SELECT * { ?s ?p ?o } # FROM <urn:g>", False),
        ('SELECT * { ?s ?p """a \'FROM\' b""" }', False),
        ("SELECT ?from $FROM { ?from ?p $FROM }", False),
        ("PREFIX from: <urn:from/> SELECT * { from:a a from:from }", False),
        ("SELECT * { ?s <http://a.se/#from> <from>, _:from, 'x'@from }", False),
        ("SELECT * { ?s <http://a.se/a\u0301from> ex:a\u0301from }", False),
        ("SELECT (?a<'>' AS ?b) FROM <urn:g> {} # '", None),
    ],
)
def test_whether_a_query_says_of_which_graphs_it_is_asked(query: str, expected: bool | None) -> None:
    assert names_graphs(query) is expected
