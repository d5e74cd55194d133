"""``kommungraf eval`` on a small store of its own: what it prints and with which code it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import RdfFormat, Store

from kommungraf.cli import main

TEXT = "Ada Ek väljs.\n"
GRAPH = """
PREFIX kg: <https://w3id.org/kommungraf/ns#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
BASE <https://w3id.org/kommungraf/id/>
<file/1> a kg:File ; kg:fileName "a.txt" ; kg:sha256 "1" .
<document/1> a kg:Document ; dcterms:isPartOf <file/1> ; dcterms:type kg:documentType-protokoll ;
  kg:evidence <passage/0-13> .
<person/x/ada-ek> a foaf:Person ; foaf:name "Ada Ek" ; kg:evidence <passage/0-6> .
<document/1/decision/1> a kg:Decision ; kg:outcome kg:outcome-elect ; kg:concerns <person/x/ada-ek> ;
  kg:evidence <passage/0-13> .
<project/eken> a kg:Project ; foaf:name "Eken" ; kg:shortName "EK" ; kg:evidence <passage/0-6> .
<project/nya-eken> a kg:Project ; foaf:name "Nya Eken" ; kg:evidence <passage/0-6> .
<succession/1> a kg:Succession ; kg:predecessor <project/eken> ; kg:successor <project/nya-eken> ;
  kg:successionKind "renamed" ; kg:method "said" ; kg:score 0.9 ; kg:evidence <passage/0-13> .
<passage/0-6> a kg:Passage ; oa:hasSource <document/1> ; oa:hasSelector [ oa:start 0 ; oa:end 6 ] .
<passage/0-13> a kg:Passage ; oa:hasSource <document/1> ; oa:hasSelector [ oa:start 0 ; oa:end 13 ] .
"""
GOLD = [
    {"file": "a.txt", "kind": "person", "start": 0, "end": 6, "entity": "p1", "name": "Ada Ek"},
    {"file": "a.txt", "kind": "document", "start": 0, "type": "protokoll"},
    {
        "file": "a.txt",
        "kind": "decision",
        "start": 0,
        "end": 13,
        "outcome": "elect",
        "concerns": ["Ada Ek"],
        "number": 5,
    },
]


LINK = {"kind": "succession", "predecessor": "projektet EK", "successor": "Nya Eken", "successionKind": "continued"}


@pytest.fixture
def folders(tmp_path: Path) -> tuple[str, str]:
    """Gold and a built graph."""
    gold, out = tmp_path / "gold", tmp_path / "out"
    (out / "text").mkdir(parents=True)
    gold.mkdir()
    (out / "text" / "1.txt").write_text(TEXT, encoding="utf-8")
    (gold / "facts.jsonl").write_text("\n".join(map(json.dumps, GOLD)), encoding="utf-8")
    (gold / "coverage.json").write_text(json.dumps({"a.txt": {"person": [[0, 14]]}}), encoding="utf-8")
    store = Store(str(out / "store"))
    store.load(GRAPH.encode(), format=RdfFormat.TURTLE)
    store.flush()
    del store
    return str(gold), str(out)


def test_measures_each_kind(folders: tuple[str, str]) -> None:
    gold, out = folders
    done = CliRunner().invoke(main, ["eval", gold, "--out", out, "--format", "json"])
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert report["person"]["strict"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert report["document"]["strict"] == {"precision": None, "recall": 1.0, "f1": None}
    assert report["decision"]["attributes"] == {"concerns": 1.0, "number": 0.0, "outcome": 1.0}


def test_prints_a_table_and_what_is_wrong(folders: tuple[str, str]) -> None:
    gold, out = folders
    done = CliRunner().invoke(main, ["eval", gold, "--out", out, "--errors", "3"])
    assert done.exit_code == 0, done.output
    assert "person identity, bcubed: P 1.000 R 1.000 F1 1.000" in done.output
    assert "decision fields: concerns 1/1, number 0/1, outcome 1/1" in done.output


def test_ends_with_1_under_a_floor(folders: tuple[str, str], tmp_path: Path) -> None:
    gold, out = folders
    floor = tmp_path / "floor.toml"
    floor.write_text("[decision.attributes]\nnumber = 1.0\n", encoding="utf-8")
    done = CliRunner().invoke(main, ["eval", gold, "--out", out, "--floor", str(floor)])
    assert done.exit_code == 1
    assert "decision.attributes.number is 0.000, under the floor of 1.0." in done.output


def test_missing_gold_or_graph_is_wrong_usage(folders: tuple[str, str], tmp_path: Path) -> None:
    gold, out = folders
    assert CliRunner().invoke(main, ["eval", str(tmp_path / "none"), "--out", out]).exit_code == 2
    assert CliRunner().invoke(main, ["eval", gold, "--out", str(tmp_path / "none")]).exit_code == 2


def test_links_are_measured_too(folders: tuple[str, str]) -> None:
    gold, out = folders
    Path(gold, "links.jsonl").write_text(json.dumps(LINK), encoding="utf-8")
    Path(gold, "coverage.json").write_text(json.dumps({"*": {"succession": "all"}}), encoding="utf-8")
    done = CliRunner().invoke(main, ["eval", gold, "--out", out, "--format", "json", "--errors", "1"])
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)["succession"]
    assert report["soft"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert (report["strict"]["recall"], report["attributes"]["successionKind"]) == (0.0, 0.0)
    assert "- succession missed:" in done.stderr
