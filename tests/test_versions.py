"""Versions of documents in a build: what counts, what stays, and what comes back."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import QuerySolutions, Store

sys.path.insert(0, str(Path(__file__).parent / "link"))
from version_texts import BUNDLE, CORRECTED, LETTER_ONE, MINUTES

from kommungraf.build import build
from kommungraf.cli import main
from kommungraf.config import Config
from kommungraf.config import load as load_config
from kommungraf.graph.validate import validate
from kommungraf.query.store import ask

REVISED = "Rättad version 2024-04-02\n\n" + CORRECTED


def write(folder: Path, **texts: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def rows(out: Path, sparql: str) -> list[tuple[str, ...]]:
    answer = ask(Store.read_only(str((out / "store").resolve())), sparql)
    assert isinstance(answer, QuerySolutions)
    names = [v.value for v in answer.variables]
    return sorted(tuple("" if row[name] is None else row[name].value for name in names) for row in answer)


FACTS = """SELECT ?kind ?text { ?s a ?kind
  OPTIONAL { ?s kg:text ?t } OPTIONAL { ?s foaf:name ?n } OPTIONAL { ?s kg:value ?v }
  FILTER(?kind IN (kg:Decision, kg:Attendance, kg:AgendaItem, foaf:Person, org:Membership, kg:Observation, kg:Case))
  BIND(COALESCE(?t, ?n, STR(?v), "") AS ?text) }"""
HEADS = """SELECT ?name ?sha ?replaced ?statement {
  ?d a kg:Document ; dcterms:title ?title ; dcterms:publisher/foaf:name ?p ; dcterms:isPartOf ?f .
  ?f kg:fileName ?name ; kg:sha256 ?sha .
  BIND(EXISTS { ?d dcterms:isReplacedBy ?n . ?n dcterms:replaces ?d } AS ?replaced)
  BIND(EXISTS { GRAPH ?d { ?x a kg:Decision } } AS ?statement) }"""


def test_what_is_there_twice_counts_once(tmp_path: Path) -> None:
    both = write(tmp_path / "both", old=MINUTES, new=REVISED)
    one = write(tmp_path / "one", new=REVISED)
    summary, alone = build([both], tmp_path / "out", jobs=1), build([one], tmp_path / "alone", jobs=1)
    assert rows(tmp_path / "out", FACTS) == rows(tmp_path / "alone", FACTS)
    assert (summary.versions, summary.documents, summary.found) == (1, {"protokoll": 1}, alone.found)
    heads = rows(tmp_path / "out", HEADS)
    assert [(head[0], head[2], head[3]) for head in heads] == [
        ("new.md", "false", "true"),
        ("old.md", "true", "false"),
    ]
    assert len({head[1] for head in heads}) == 2, "the file that is not in force keeps its hash"
    assert validate(Store.read_only(str((tmp_path / "out" / "store").resolve()))) == []


def test_any_way_gives_the_same_graph(tmp_path: Path) -> None:
    """From nothing, with one more document, with one less, with several workers."""
    texts = {"old": MINUTES, "new": REVISED, "bundle": BUNDLE, "letter": LETTER_ONE}
    whole = write(tmp_path / "whole", **texts)
    build([whole], tmp_path / "at_once", jobs=2)
    everything = "SELECT ?s ?p ?o { ?s ?p ?o FILTER(isIRI(?s)) }"
    for number, first in enumerate([["old"], ["new", "bundle"], ["letter", "old"]]):
        folder = write(tmp_path / f"part{number}", **{name: texts[name] for name in first})
        out = tmp_path / f"out{number}"
        build([folder], out, jobs=1)
        build([write(folder, **texts)], out, jobs=1)
        assert rows(out, everything) == rows(tmp_path / "at_once", everything)


def test_without_the_version_in_force_the_other_comes_back(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", old=MINUTES, new=REVISED)
    build([folder], tmp_path / "out", jobs=1)
    (folder / "new.md").unlink()
    assert build([folder], tmp_path / "out", jobs=1).versions == 0
    build([write(tmp_path / "alone", old=MINUTES)], tmp_path / "fresh", jobs=1)
    assert rows(tmp_path / "out", FACTS) == rows(tmp_path / "fresh", FACTS)
    assert rows(tmp_path / "out", "SELECT ?d { ?d dcterms:isReplacedBy ?n . ?d a kg:Document }") == []


def test_a_build_without_news_still_tells_of_versions(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", old=MINUTES, new=REVISED)
    first, second = (build([folder], tmp_path / "out", jobs=1) for _ in range(2))
    assert (second.read, second.versions, second.found) == (0, first.versions, first.found)


def test_a_ruling_brings_both_back(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", old=MINUTES, new=REVISED)
    build([folder], tmp_path / "out", jobs=1)
    ((version,),) = rows(tmp_path / "out", "SELECT ?v { ?v a kg:Version }")
    rulings = tmp_path / "judgements.toml"
    rulings.write_text(f'[[reject]]\nconclusion = "{version}"\nbecause = "Two meetings."\n', encoding="utf-8")
    config = Config(**{**vars_of(load_config()), "judgements": rulings})
    assert build([folder], tmp_path / "out", config, jobs=1).versions == 0
    assert len(rows(tmp_path / "out", "SELECT ?d { ?d a kg:Decision }")) == 6
    assert (tmp_path / "out" / "issues.jsonl").read_text(encoding="utf-8").count("judgement") == 0


def vars_of(config: Config) -> dict[str, object]:
    return {name: getattr(config, name) for name in config.__dataclass_fields__}


def test_the_same_bytes_under_two_names_are_one_file(tmp_path: Path) -> None:
    summary = build([write(tmp_path / "in", a=MINUTES, b=MINUTES)], tmp_path / "out", jobs=1)
    assert summary.versions == 0
    assert len(rows(tmp_path / "out", "SELECT ?d { ?d a kg:Document }")) == 1


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("versions")
    build([write(folder / "in", old=MINUTES, new=REVISED)], folder / "out", jobs=1)
    return folder / "out"


def asked(out: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, [*arguments, "--out", str(out)])
    assert result.exit_code == 0, result.output
    return result.output


def test_versions_are_listed_with_their_reason(out: Path) -> None:
    answer = asked(out, "query", "versions", "--format", "csv")
    assert "new.md,old.md" in answer
    assert "Rättad version" in answer


def test_only_the_version_in_force_is_listed_as_a_document(out: Path) -> None:
    answer = asked(out, "query", "documents", "--format", "csv")
    assert ",new.md," in answer
    assert "old.md" not in answer


def test_show_tells_of_the_other_version(out: Path) -> None:
    assert "in force before old.md" in asked(out, "show", "Sammanträdesprotokoll")
