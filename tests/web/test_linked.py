"""The manners of linked data: descriptions of entities and of the whole, the words of the graph, sitemap and feed."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from click.testing import CliRunner
from pyoxigraph import NamedNode, Quad, RdfFormat, Store, Triple, parse

from kommungraf.cli import main
from kommungraf.config import DEFAULT_BASE
from kommungraf.model import iri as minted
from kommungraf.query.lookup import full
from kommungraf.web import pages
from kommungraf.web.pages.sitemap import OVERVIEWS
from kommungraf.web.parts import linked
from kommungraf.web.site import Form, NotFoundError, Page, PageRequest, Site

ROOT = "https://exempel.se"
VOID = "http://rdfs.org/ns/void#"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"


@pytest.fixture(scope="module")
def site(corpus_graph: Path, corpus_store: Store) -> Site:
    """The corpus as pages see it."""
    return Site(corpus_store, DEFAULT_BASE, out=corpus_graph, folder=(corpus_graph / "store").resolve().parent)


def _page(site: Site, path: str, form: Form = "html", language: str = "sv") -> Page:
    return pages.page(site, PageRequest(path, language=language, form=form, root=ROOT))


def _triples(page: Page) -> set[Triple]:
    form = RdfFormat.JSON_LD if page.media_type == "application/ld+json" else RdfFormat.TURTLE
    return {quad.triple for quad in parse(page.body, form)}


def test_every_kind_of_node_is_described_and_both_forms_say_the_same(site: Site, corpus_store: Store) -> None:
    one_of: dict[str, str] = {}
    for quad in corpus_store.quads_for_pattern(None, full("rdf:type"), None):
        one_of.setdefault(str(quad.object), quad.subject.value)  # type: ignore[union-attr]
    assert len(one_of) > 40
    for kind, iri in one_of.items():
        told = set(linked.statements(site, iri, ROOT))
        own = {quad.triple for quad in corpus_store.quads_for_pattern(NamedNode(iri), None, None)}
        assert own <= told, kind
        assert _triples(linked.description(site, iri, "ttl", ROOT)) == told, kind
        assert _triples(linked.description(site, iri, "jsonld", ROOT)) == told, kind


def test_what_points_at_a_node_and_what_it_names_have_names(site: Site, corpus_store: Store) -> None:
    person = min(q.subject.value for q in corpus_store.quads_for_pattern(None, full("rdf:type"), full("foaf:Person")))  # type: ignore[union-attr]
    told = linked.statements(site, person, ROOT)
    pointing = {one.subject for one in told if one.object == NamedNode(person)}
    assert pointing
    assert pointing <= {one.subject for one in told if one.predicate == full("rdf:type")}
    assert Triple(NamedNode(person), NamedNode(VOID + "inDataset"), NamedNode(DEFAULT_BASE + minted.DATASET)) in told


def test_a_long_description_is_cut_and_says_where_the_rest_is(
    site: Site, corpus_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linked, "MOST", 5)
    node = NamedNode(min(q.subject.value for q in corpus_store.quads_for_pattern(None, None, full("kg:Municipality"))))  # type: ignore[union-attr]
    told = linked.statements(site, node.value, ROOT)
    assert sum(one.predicate == full("kg:evidence") and one.subject == node for one in told) == 5
    (more,) = (one.object for one in told if one.predicate == full("rdfs:seeAlso") and one.subject == node)
    assert str(more).startswith(f"<{ROOT}/sparql?query=")


def test_json_ld_holds_the_part_of_the_context_that_it_needs(site: Site, corpus_store: Store) -> None:
    meeting = min(q.subject.value for q in corpus_store.quads_for_pattern(None, None, full("kg:Meeting")))  # type: ignore[union-attr]
    told = json.loads(linked.description(site, meeting, "jsonld").body)
    assert told["@graph"][0]["@id"] == meeting
    assert told["@graph"][0]["@type"] == "Meeting"
    assert told["@context"]["Meeting"] == "kg:Meeting"
    assert "Vote" not in told["@context"]


def test_of_what_nobody_speaks_there_is_no_description(site: Site) -> None:
    with pytest.raises(NotFoundError):
        linked.description(site, DEFAULT_BASE + "person/ingen", "ttl")


def test_the_data_set_is_counted_as_it_is(site: Site, corpus_store: Store) -> None:
    told = _triples(_page(site, "/.well-known/void", "ttl"))
    assert told == _triples(_page(site, "/id/dataset", "jsonld"))
    dataset = NamedNode(DEFAULT_BASE + minted.DATASET)
    said = {one.predicate.value: one.object for one in told if one.subject == dataset}
    own = [quad for quad in corpus_store if quad.graph_name.value.startswith(DEFAULT_BASE)]  # type: ignore[union-attr]
    assert said[VOID + "triples"].value == str(len(own))  # type: ignore[union-attr]
    parts = [one.object for one in told if one.predicate.value == VOID + "propertyPartition"]
    sizes = [int(o.object.value) for o in told if o.subject in parts and o.predicate.value == VOID + "triples"]  # type: ignore[union-attr]
    assert sum(sizes) == len(own)
    assert str(said[VOID + "sparqlEndpoint"]) == f"<{ROOT}/sparql>"
    assert {"http://purl.org/dc/terms/license", "http://purl.org/dc/terms/modified"} <= said.keys()


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", ["/.well-known/void", "/ns/"])
def test_pages_for_people(site: Site, path: str, language: str) -> None:
    body = _page(site, path, "html", language).body.decode()
    assert f'lang="{language}"' in body
    assert "kg:Decision" in body


def test_the_words_of_the_graph_are_the_ontology(site: Site, corpus_store: Store) -> None:
    ours = NamedNode("https://w3id.org/kommungraf/ns")
    ontology = {quad.triple for quad in corpus_store.quads_for_pattern(None, None, None, ours)}
    assert _triples(_page(site, "/ns/", "ttl")) == ontology
    assert _triples(_page(site, "/ns/", "jsonld")) == ontology
    assert json.loads(_page(site, "/ns/context.jsonld", "jsonld").body)["@context"]["name"] == "foaf:name"


def test_the_sitemap_names_pages_that_are_there(site: Site) -> None:
    index = ElementTree.fromstring(_page(site, "/sitemap.xml", "xml").body)
    files = [entry.text or "" for entry in index.iter(SITEMAP + "loc")]
    assert files == [f"{ROOT}/sitemap/1.xml"]
    whole = ElementTree.fromstring(_page(site, "/sitemap/1.xml", "xml").body)
    addresses = [entry.text or "" for entry in whole.iter(SITEMAP + "loc")]
    assert len(addresses) == len(set(addresses)) > 300
    assert all(address.isascii() and address.startswith(ROOT + "/") for address in addresses)
    with pytest.raises(NotFoundError):
        _page(site, "/sitemap/2.xml", "xml")
    assert f"Sitemap: {ROOT}/sitemap.xml" in _page(site, "/robots.txt").body.decode()


def test_a_large_sitemap_is_split_and_quickly_made() -> None:
    graph, kind = NamedNode("urn:x:graph"), full("rdf:type")
    store = Store()
    store.extend(
        Quad(NamedNode(f"{DEFAULT_BASE}case/x/{number}"), kind, full("kg:Case"), graph) for number in range(120_000)
    )
    large = Site(store, DEFAULT_BASE)
    began = time.process_time()
    index = _page(large, "/sitemap.xml", "xml").body.decode()
    files = [_page(large, f"/sitemap/{number}.xml", "xml").body.decode() for number in range(1, 4)]
    assert time.process_time() - began < 8
    assert index.count("<loc>") == 3
    counts = [file.count("<loc>") for file in files]
    assert counts == [50_000, 50_000, 20_000 + len(OVERVIEWS)]
    assert max(map(len, files)) < 50_000_000, "the protocol allows no more bytes"


def test_the_feed_tells_what_the_last_build_changed(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for name in ("2020_verksamhetsplan_och_budget.md", "2023-04-13_protokoll_forbundsmote.md"):
        shutil.copy(DOCUMENTS / name, source)
        assert CliRunner().invoke(main, ["build", str(source), "--out", str(out), "-q"]).exit_code == 0
    built = Site(Store.read_only(str((out / "store").resolve())), DEFAULT_BASE, out=out)
    body = _page(built, "/feed.atom", "atom").body
    told = feedparser.parse(body)
    assert not told.bozo
    assert len({entry.id for entry in told.entries}) == len(told.entries) > 1
    assert told.entries[0].title.startswith("ny: protokoll")
    assert told.entries[0].link.startswith(f"{ROOT}/kommungraf/id/document/")
    again = Site(built.store, DEFAULT_BASE, out=out)
    assert _page(again, "/feed.atom", "atom").body == body


def test_a_feed_of_a_first_build_is_empty_and_valid(site: Site) -> None:
    told = feedparser.parse(_page(site, "/feed.atom", "atom", "en").body)
    assert (told.bozo, told.entries) == (False, [])
    assert told.feed.id
