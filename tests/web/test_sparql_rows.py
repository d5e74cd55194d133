"""Rows are counted exactly, in every form, wherever the pieces of an answer are cut."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    serialize,
)

from kommungraf.web.endpoint.rows import counter

TABLES = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPHS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "n3": RdfFormat.N3,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}
TEXT = st.text('ab",{}[]<>\\\n\t .;:åÖ', max_size=12)
VALUES = st.one_of(
    TEXT.map(Literal),
    TEXT.map(lambda text: Literal(text, language="sv")),
    st.sampled_from([NamedNode("urn:a,b;c.d"), BlankNode("b"), Literal(1), Literal(True)]),
)


def pieces(body: bytes, cuts: list[int]) -> list[bytes]:
    places = sorted({0, len(body), *(cut % (len(body) + 1) for cut in cuts)})
    return [body[start:end] for start, end in itertools.pairwise(places)]


def counted(form: str, body: bytes, cuts: list[int]) -> int:
    count = counter(form)
    return [count(b""), *(count(piece) for piece in pieces(body, cuts))][-1]


@pytest.mark.parametrize("form", TABLES)
@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.tuples(st.none() | VALUES, st.none() | VALUES), max_size=8), cuts=st.lists(st.integers(0)))
def test_rows_of_tables(form: str, rows: list[tuple[object, object]], cuts: list[int]) -> None:
    told = " ".join(
        f"({' '.join('UNDEF' if v is None or isinstance(v, BlankNode) else str(v) for v in r)})" for r in rows
    )
    answer = Store().query(f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {told} }} }}")
    assert isinstance(answer, QuerySolutions)
    body = answer.serialize(format=TABLES[form])
    assert body is not None
    assert counted(form, body, cuts) == len(rows)


@pytest.mark.parametrize("form", GRAPHS)
@settings(max_examples=60, deadline=None)
@given(
    values=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 2), VALUES), max_size=8),
    cuts=st.lists(st.integers(0)),
)
def test_triples_of_graphs(form: str, values: list[tuple[int, int, Literal]], cuts: list[int]) -> None:
    predicates = ["http://a.se/p", "http://a.se/q", "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"]
    triples = [Triple(NamedNode(f"http://a.se/{s}"), NamedNode(predicates[p]), value) for s, p, value in values]
    body = serialize(triples, format=GRAPHS[form])
    assert body is not None
    assert counted(form, body, cuts) == len(triples)


def test_the_engine_writes_as_the_library_does() -> None:
    """What is counted above is what goes out: both are one program's writers."""
    answer = Store().query("CONSTRUCT { <urn:a> <urn:b> 1, 2 ; <urn:c> 3 } {}")
    assert isinstance(answer, QueryTriples)
    body = answer.serialize(format=RdfFormat.TURTLE)
    assert body is not None
    assert counted("ttl", body, []) == 3


def test_other_writers_of_json_may_put_blanks_anywhere() -> None:
    body = b'{ "head": { "vars": ["a"] },\n "results": { "bindings": [\n { "a": {"value": "}, {"} },\n { } , {} ] } }'
    assert counted("json", body, [40, 60, 77, 90]) == 3
