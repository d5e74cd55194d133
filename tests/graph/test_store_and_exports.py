"""Generations of the store; exports that are the same for the same graph; tables and networks for people's tools."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import networkx
import pyarrow.parquet
import pytest
from pyoxigraph import Quad, RdfFormat, Store, parse

from kommungraf.errors import UsageError
from kommungraf.graph import export
from kommungraf.graph.export import export_rdf, open_graph
from kommungraf.graph.files import current, read_manifest
from kommungraf.graph.generation import Generation
from kommungraf.graph.tables import network, table_names, tables, write_tables

B = "https://exempel.se/id/"
DATA = f"""
@prefix : <{B}> . @prefix kg: <https://w3id.org/kommungraf/ns#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix org: <http://www.w3.org/ns/org#> . @prefix oa: <http://www.w3.org/ns/oa#> .
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
:links {{
  :ylva a foaf:Person ; foaf:name "Ylva Provberg" ; skos:altLabel "Provberg, Ylva" .
  :s a kg:Party ; foaf:name "Provpartiet" ; kg:abbreviation "PP" .
  :ks a kg:GoverningBody ; foaf:name "Kommunstyrelsen" ; org:unitOf :kommun .
  :kommun a org:Organization ; foaf:name "Exempelby kommun" .
  :m1 a org:Membership ; org:member :ylva ; org:organization :ks ; org:role kg:capacity-ledamot ;
      kg:firstSeen "2023"^^xsd:gYear ; kg:lastSeen "2024-05-02"^^xsd:date .
  kg:capacity-ledamot skos:notation "ledamot" .
  :p a kg:Project ; foaf:name "Provet" ; kg:funder :kommun ; kg:amount 1500.5 .
}}
:doc {{
  :doc a kg:Document ; dcterms:title "Protokoll" ; dcterms:isPartOf :file ; kg:ordinal 1 ; kg:year "2024"^^xsd:gYear ;
      dcterms:type kg:documentType-protokoll .
  :seat kg:person :ylva ; kg:meeting :meeting ; kg:forParty :s .
  :meeting a kg:Meeting ; kg:body :ks ; dcterms:date "2024-05-02"^^xsd:date .
  :ylva kg:evidence :passage . :p kg:evidence :passage .
  :passage oa:hasSource :doc ; kg:page 2 .
  :d a kg:Decision ; kg:text "Kommunstyrelsen beslutar att anta planen." ; kg:ordinal 1 ; kg:evidence :passage ;
      kg:outcome kg:outcome-adopt ; kg:decidedBy :ks .
  :o a kg:Observation ; kg:lineItem "Intäkter" ; kg:value -12.5 ; kg:unit "SEK" ; kg:evidence :passage ;
      kg:fiscalYear "2023"^^xsd:gYear .
  :r a kg:LegalReference ; kg:text "5 kap. 1 §" ; kg:evidence :passage .
}}
:file {{ :file kg:sha256 "ab" ; dcat:mediaType "text/plain" ; dcat:byteSize 3 ; kg:fileName "b.md", "a.md" . }}
"""


@pytest.fixture
def store() -> Store:
    made = Store()
    made.load(DATA, RdfFormat.TRIG)
    return made


def shuffled(store: Store) -> Store:
    quads: list[Quad] = list(store)
    random.Random(3).shuffle(quads)
    made = Store()
    for quad in quads:
        made.add(quad)
    return made


def text(store: Store, form: str) -> str:
    target = io.BytesIO()
    export_rdf(store, form, target)
    return target.getvalue().decode()


@pytest.mark.parametrize("form", ["nq", "trig", "ttl", "jsonld"])
def test_an_export_is_the_same_for_the_same_graph_and_reads_back(form: str, store: Store) -> None:
    exported = text(store, form)
    assert exported == text(shuffled(store), form)
    formats = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "ttl": RdfFormat.TURTLE, "jsonld": RdfFormat.JSON_LD}
    back = set(parse(exported, formats[form]))
    assert back == ({Quad(*quad.triple) for quad in store} if form == "ttl" else set(store))


def test_n_quads_are_sorted_also_when_they_do_not_fit_in_memory(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = text(store, "nq")
    assert whole.splitlines() == sorted(whole.splitlines())
    monkeypatch.setattr(export, "_RUN", 7)
    assert text(store, "nq") == whole


def test_tables_have_the_columns_and_types_that_they_always_have(store: Store, tmp_path: Path) -> None:
    full, empty = dict(tables(store)), dict(tables(Store()))
    assert sorted(full) == table_names()
    assert {name: table.schema for name, table in full.items()} == {name: table.schema for name, table in empty.items()}
    assert {
        "people",
        "memberships",
        "meetings",
        "decisions",
        "projects",
        "observations",
        "references",
        "documents",
    } == set(full)
    rows = {name: table.to_pylist() for name, table in full.items()}
    assert all(len(found) == 1 for found in rows.values()), rows
    assert rows["people"][0]["other_names"] == "Provberg, Ylva"
    assert rows["people"][0]["party"] == "PP"
    assert rows["people"][0]["meetings"] == 1
    assert rows["memberships"][0]["organization_name"] == "Kommunstyrelsen"
    assert rows["memberships"][0]["last_seen"] == "2024-05-02"
    assert rows["decisions"][0]["decided_by"] == "Kommunstyrelsen"
    assert rows["decisions"][0]["page"] == 2
    assert rows["observations"][0]["value"] == -12.5
    assert rows["observations"][0]["fiscal_year"] == 2023
    assert rows["projects"][0]["funders"] == "Exempelby kommun"
    assert set(rows["documents"][0]["file"].split("; ")) == {"a.md", "b.md"}
    write_tables(store, "parquet", tmp_path)
    assert pyarrow.parquet.read_table(tmp_path / "people.parquet").to_pylist() == rows["people"]
    write_tables(store, "csv", tmp_path)
    with (tmp_path / "people.csv").open(encoding="utf-8") as file:
        assert [row["name"] for row in csv.DictReader(file)] == ["Ylva Provberg"]


def test_the_network_has_typed_ties(store: Store, tmp_path: Path) -> None:
    graph = network(store)
    assert graph.nodes[f"{B}ylva"] == {"kind": "person", "label": "Ylva Provberg"}
    ties = {
        (source.removeprefix(B), told["kind"], target.removeprefix(B))
        for source, target, told in graph.edges(data=True)
    }
    assert ties == {
        ("ylva", "memberOf", "ks"),
        ("ylva", "attended", "ks"),
        ("ylva", "forParty", "s"),
        ("ks", "unitOf", "kommun"),
        ("p", "funder", "kommun"),
    }
    networkx.write_graphml(graph, tmp_path / "g.graphml")
    assert networkx.read_graphml(tmp_path / "g.graphml").number_of_edges() == 5


def one(graph: str) -> str:
    return f'<{B}s> <{B}p> "1" <{B}{graph}> .\n'


def test_a_generation_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    with Generation(tmp_path, fresh=True) as first:
        first.add([one("a"), one("b")])
        first.commit({"n": 1})
    reader = open_graph(tmp_path)
    with Generation(tmp_path, fresh=False) as second:
        second.remove(f"{B}a")
        second.add([one("c")])
        second.commit({"n": 2})
    assert read_manifest(tmp_path) == {"n": 2}
    assert {str(graph) for graph in open_graph(tmp_path).named_graphs()} >= {f"<{B}b>", f"<{B}c>"}
    assert len(open_graph(tmp_path)) == 2
    assert len(reader) == 2, "who had the old one open reads on"
    with Generation(tmp_path, fresh=False) as third:
        third.remove(f"{B}b")
        third.commit({"n": 3})
    kept = sorted(path.name for path in (tmp_path / "generations").iterdir())
    assert kept == ["000002", "000003"], "the one before stays, to be compared with"


def test_a_generation_that_is_not_committed_leaves_no_trace(tmp_path: Path) -> None:
    with Generation(tmp_path, fresh=True) as first:
        first.add([one("a")])
        first.commit({"n": 1})
    before = current(tmp_path)
    with Generation(tmp_path, fresh=False) as second:
        second.remove(f"{B}a")
    assert current(tmp_path) == before
    assert len(open_graph(tmp_path)) == 1
    assert len(list((tmp_path / "generations").iterdir())) == 1


def test_no_graph_no_export(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Build one first"):
        open_graph(tmp_path)
