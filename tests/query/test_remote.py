"""A store elsewhere is read as the one here: the same facts of every kind of entity, in few requests."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, QueryBoolean, QuerySolutions, QueryTriples, Store

sys.path.insert(0, str(Path(__file__).parents[1]))

from stores_elsewhere import free_port, oxigraph

from kommungraf.config import DEFAULT_BASE
from kommungraf.errors import RemoteError
from kommungraf.query.entity import describe
from kommungraf.query.find import find
from kommungraf.query.lookup import full
from kommungraf.query.remote import RemoteStore
from kommungraf.query.store import PREFIXES, ask

KINDS = (
    "foaf:Person kg:Municipality kg:Project kg:Case kg:GoverningBody kg:Document kg:Decision kg:Meeting "
    "org:Organization kg:AgendaItem kg:Party kg:Motion kg:FocusArea kg:Network"
).split()
REQUESTS = 80
"""More means that nodes, or documents, are asked for one by one: the largest entity here has nodes by the thousand."""


@pytest.fixture(scope="module")
def urls(corpus_graph: Path) -> Iterator[dict[str, str]]:
    """Endpoints over the corpus: one whose queries see the union of all graphs, one that wants to be asked for it."""
    store = (corpus_graph / "store").resolve()
    with ExitStack() as running:
        union = running.enter_context(oxigraph(store, "--union-default-graph", read_only=True))
        plain = running.enter_context(oxigraph(store, read_only=True))
        yield {"union": union.query, "plain": plain.query}


@pytest.fixture(scope="module")
def shared(urls: dict[str, str]) -> RemoteStore:
    """One that remembers what others read."""
    return RemoteStore(urls["plain"])


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_is_known_of_an_entity_is_the_same(
    corpus_store: Store, urls: dict[str, str], shared: RemoteStore, kind: str
) -> None:
    found = corpus_store.quads_for_pattern(None, full("rdf:type"), full(kind))
    iris = sorted({quad.subject.value for quad in found if isinstance(quad.subject, NamedNode)})
    (candidate,) = find(corpus_store, iris[len(iris) // 2], DEFAULT_BASE)
    here = describe(corpus_store, candidate)
    fresh = RemoteStore(urls["union"])
    for elsewhere in (fresh, shared):
        there = describe(elsewhere, candidate)
        assert (there.facts, there.properties, there.names) == (here.facts, here.properties, here.names)
    assert fresh.requests <= REQUESTS


@pytest.mark.parametrize("mode", ["union", "plain"])
@pytest.mark.parametrize(
    ("query", "kind"),
    [
        ("SELECT ?p { ?p a foaf:Person } ORDER BY ?p", QuerySolutions),
        ("ASK { ?p a foaf:Person ; foaf:name ?name }", QueryBoolean),
        ("CONSTRUCT { ?p foaf:name ?name } WHERE { ?p a foaf:Person ; foaf:name ?name }", QueryTriples),
        ("# SELECT\nPREFIX kg: <urn:other:>\nASK { ?p a kg:Document }", QueryBoolean),
    ],
)
def test_queries_see_the_union_of_all_graphs(
    corpus_store: Store, urls: dict[str, str], mode: str, query: str, kind: type
) -> None:
    answers = [ask(store, query) for store in (corpus_store, RemoteStore(urls[mode]))]
    assert [type(answer) for answer in answers] == [kind, kind]
    here, there = (bool(one) if isinstance(one, QueryBoolean) else sorted(map(str, one)) for one in answers)
    assert here == there
    assert here is not None


def test_patterns_match_the_same_quads(corpus_store: Store, shared: RemoteStore) -> None:
    document = next(iter(corpus_store.quads_for_pattern(None, full("rdf:type"), full("kg:Document")))).subject
    assert isinstance(document, NamedNode)
    title = next(iter(corpus_store.quads_for_pattern(document, full("dcterms:title"), None))).object
    for pattern in (
        (document, None, None),
        (document, full("kg:evidence"), None),
        (document, full("dcterms:title"), title),
        (None, None, document),
        (None, full("oa:hasSource"), document),
        (None, full("dcterms:title"), title),
        (None, full("kg:diaryNumber"), None),
    ):
        assert set(shared.quads_for_pattern(*pattern)) == set(corpus_store.quads_for_pattern(*pattern)), pattern


def test_what_is_remembered_is_bounded(urls: dict[str, str], corpus_store: Store) -> None:
    store = RemoteStore(urls["union"], kept=500)
    for quad in list(corpus_store.quads_for_pattern(None, full("rdf:type"), full("kg:Decision")))[:60]:
        assert isinstance(quad.subject, NamedNode)
        assert list(store.quads_for_pattern(quad.subject, None, None))
    assert store.held <= 500


def test_what_is_no_query_is_told_in_the_words_of_the_store(urls: dict[str, str]) -> None:
    with pytest.raises(RemoteError, match=r"cannot read a query: .*expected"):
        RemoteStore(urls["union"]).query("SELECT ?s { ?s ", prefixes=PREFIXES)


@pytest.mark.parametrize(
    ("path", "why"), [("/nothing", "refused a query: 404"), ("/", "is it a SPARQL endpoint|refused a query")]
)
def test_what_is_no_endpoint_is_told(urls: dict[str, str], path: str, why: str) -> None:
    with pytest.raises(RemoteError, match=why):
        RemoteStore(urls["union"].replace("/query", path)).query("ASK { }")


def test_a_store_that_is_not_there_is_told() -> None:
    with pytest.raises(RemoteError, match="cannot be reached"):
        RemoteStore(f"http://127.0.0.1:{free_port()}/query").query("ASK { }")


def test_a_store_that_is_slow_is_told(urls: dict[str, str]) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } FILTER(STRLEN(STR(?a)) > 5) }"
    with pytest.raises(RemoteError, match="in time"):
        RemoteStore(urls["union"], timeout=0.3).query(slow)
