"""Pushing to real stores: what they hold afterwards is what ours holds, however often and wherever it was stopped."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner, Result
from pyoxigraph import NamedNode, RdfFormat, Store, Triple, parse

sys.path.insert(0, str(Path(__file__).parents[1]))

from stores_elsewhere import Elsewhere, oxigraph, virtuoso

from kommungraf.cli import main
from kommungraf.config import DEFAULT_BASE
from kommungraf.errors import RemoteError
from kommungraf.graph.files import read_manifest
from kommungraf.graph.graph_store import GraphStore
from kommungraf.graph.push import Graph, graphs_of, plan, push
from kommungraf.model import iri

RECORD = DEFAULT_BASE + iri.PUSHED_GRAPH
DATASET = DEFAULT_BASE + iri.DATASET_GRAPH
DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
SOME = ("2020_verksamhetsplan_och_budget.md", "2022_verksamhetsberattelse.md", "2023-04-13_protokoll_forbundsmote.md")


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def elsewhere(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Elsewhere]:
    """A running store that nothing has been pushed to."""
    folder = tmp_path_factory.mktemp(request.param)
    started = virtuoso(folder) if request.param == "virtuoso" else oxigraph(folder / "store")
    with started as store:
        yield store


@pytest.fixture(scope="module")
def two_builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The output folders of three documents, and of the same when one of them had become another."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "in").mkdir()
    for name in SOME:
        shutil.copy(DOCUMENTS / name, folder / "in")
    _build(folder / "in", folder / "first")
    shutil.copytree(folder / "first", folder / "second", symlinks=True)
    changed = folder / "in" / SOME[0]
    changed.write_text(changed.read_text(encoding="utf-8") + "\nEn mening till.\n", encoding="utf-8")
    _build(folder / "in", folder / "second")
    return folder / "first", folder / "second"


@pytest.fixture(scope="module")
def small_graph(two_builds: tuple[Path, Path]) -> Path:
    """The output folder of three documents."""
    return two_builds[0]


@pytest.fixture
def empty(elsewhere: Elsewhere) -> Elsewhere:
    """The store with all graphs that a push could have left taken out."""
    target = _target(elsewhere)
    for quad in target.get(RECORD):
        assert isinstance(quad.subject, NamedNode)
        target.delete(httpx.URL(quad.subject.value).fragment)
    target.delete(RECORD)
    return elsewhere


def _target(elsewhere: Elsewhere, **more: float) -> GraphStore:
    return GraphStore(elsewhere.graphs, elsewhere.access, pause=0.01, **more)  # type: ignore[arg-type]


def _push(elsewhere: Elsewhere, out: Path, *options: str) -> Result:
    command = ["push", elsewhere.graphs, "--out", str(out), *elsewhere.options, *options]
    return CliRunner().invoke(main, command, env={"STORE_PASSWORD": "dba"})


def _build(source: Path, out: Path) -> None:
    result = CliRunner().invoke(main, ["build", str(source), "--out", str(out), "--jobs", "1", "-q"])
    assert result.exit_code == 0, result.output


def _graph(elsewhere: Elsewhere, name: str) -> set[Triple]:
    return _graphs(elsewhere, [name])[name]


def _graphs(elsewhere: Elsewhere, names: Iterable[str]) -> dict[str, set[Triple]]:
    target = _target(elsewhere)
    return {name: {quad.triple for quad in target.get(name)} for name in names}


def _ours(out: Path) -> dict[str, set[Triple]]:
    store = Store.read_only(str((out / "store").resolve()))
    names = [graph for graph in store.named_graphs() if isinstance(graph, NamedNode)]
    return {name.value: {quad.triple for quad in store.quads_for_pattern(None, None, None, name)} for name in names}


def _numbers(result: Result) -> dict[str, int]:
    """The table of a push."""
    assert result.exit_code == 0, result.output
    rows = (line.rsplit(maxsplit=1) for line in result.stdout.splitlines()[:5])
    return {name: int(number) for name, number in rows}


def test_the_store_holds_what_ours_holds_and_a_second_push_does_nothing(empty: Elsewhere, corpus_graph: Path) -> None:
    first = _numbers(_push(empty, corpus_graph))
    ours = _ours(corpus_graph)
    assert first["graphs put"] == len(ours) + 1, "the description of the data set is a graph, too"
    assert _graphs(empty, ours) == ours
    assert len(_graph(empty, DATASET)) > 100
    again = _numbers(_push(empty, corpus_graph))
    assert (again["graphs put"], again["unchanged"]) == (0, first["graphs put"])


def test_only_what_changed_is_put_and_what_is_gone_is_taken_out(
    empty: Elsewhere, two_builds: tuple[Path, Path]
) -> None:
    first, out = two_builds
    assert _push(empty, first).exit_code == 0
    before = read_manifest(first)["graphs"]
    after = read_manifest(out)["graphs"]
    differing = {name for name in after if before.get(name) != after[name]}
    assert len(differing) < len(after), "else nothing is shown"
    listed = _push(empty, out, "--dry-run").stdout
    put = {line.split()[-1] for line in listed.splitlines() if line.startswith("put")}
    assert put - {DATASET} == {DEFAULT_BASE + name for name in differing}
    done = _numbers(_push(empty, out))
    assert done["graphs put"] == len(put)
    gone = before.keys() - after.keys()
    assert done["taken out"] == len(gone) > 0
    assert all(not _graph(empty, DEFAULT_BASE + name) for name in gone)
    ours = _ours(out)
    assert _graphs(empty, ours) == ours


@dataclass
class _Stopping(GraphStore):
    """A store that dies after some requests; a large graph is then written in part."""

    def __init__(self, elsewhere: Elsewhere, writes: int) -> None:
        super().__init__(elsewhere.graphs, elsewhere.access)
        self.left = writes

    def _send(self, method: str, *args: object, **named: object) -> httpx.Response | None:
        if method != "GET":
            self.left -= 1
            if self.left < 0:
                raise KeyboardInterrupt
        return super()._send(method, *args, **named)  # type: ignore[arg-type]


@pytest.mark.parametrize("writes", [0, 1, 12, 20])
def test_a_push_that_is_killed_is_gone_on_with(empty: Elsewhere, small_graph: Path, writes: int) -> None:
    store = Store.read_only(str((small_graph / "store").resolve()))
    digests = read_manifest(small_graph)["graphs"]

    def graphs() -> Iterator[Graph]:
        return graphs_of(store, digests, DEFAULT_BASE, part=200)

    stopping = _Stopping(empty, writes)
    with pytest.raises(KeyboardInterrupt):
        push(plan(graphs(), stopping, RECORD), stopping, RECORD, jobs=1, noted=2)
    rest = plan(graphs(), _target(empty), RECORD)
    ours = _ours(small_graph)
    whole = _graphs(empty, rest.kept)
    assert whole == {name: ours[name] for name in whole}, "what is noted lies there whole"
    assert (len(rest.kept) > 0) == (writes >= 20), "what was done is noted now and then"
    push(rest, _target(empty), RECORD)
    assert _graphs(empty, ours) == ours
    assert plan(graphs(), _target(empty), RECORD).is_empty


def test_a_graph_that_was_begun_and_is_not_ours_any_more_is_taken_out(empty: Elsewhere) -> None:
    begun = Graph("urn:x:begun", "1", lambda: iter([b"<urn:a> <urn:b> <urn:c> .\n"] * 3))
    stopping = _Stopping(empty, 2)
    with pytest.raises(KeyboardInterrupt):
        push(plan(iter([begun]), stopping, RECORD), stopping, RECORD)
    assert _graph(empty, "urn:x:begun")
    push(plan(iter([]), _target(empty), RECORD), _target(empty), RECORD)
    assert not _graph(empty, "urn:x:begun")
    assert plan(iter([]), _target(empty), RECORD).is_empty


def test_the_record_says_nothing_of_our_nodes(empty: Elsewhere, small_graph: Path) -> None:
    assert _push(empty, small_graph).exit_code == 0
    assert {str(triple.subject)[1:].startswith(RECORD + "#") for triple in _graph(empty, RECORD)} == {True}


def test_letters_numbers_and_languages_come_through(empty: Elsewhere) -> None:
    lines = (
        '<urn:å> <urn:p> "Åsa \\"Ö\\" \\\\ \\n–\U0001f600"@sv .\n'
        '<urn:å> <urn:p> "2020"^^<http://www.w3.org/2001/XMLSchema#gYear> .\n'
        '<urn:å> <urn:p> "2020-05"^^<http://www.w3.org/2001/XMLSchema#gYearMonth> .\n'
        '<urn:å> <urn:p> "10.50"^^<http://www.w3.org/2001/XMLSchema#decimal> .\n'
        '<urn:å> <urn:p> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .\n'
    ).encode()
    target = _target(empty)
    push(plan(iter([Graph("urn:x:letters", "1", lambda: iter([lines]))]), target, RECORD), target, RECORD)
    held = {str(triple.object) for triple in _graph(empty, "urn:x:letters")}
    said = {str(quad.object) for quad in parse(lines, RdfFormat.N_TRIPLES)}
    shortened = {value.replace('"10.50"', '"10.5"') for value in said}  # a store may keep the value, not the digits
    assert {value.replace('"10.50"', '"10.5"') for value in held} == shortened


@pytest.mark.parametrize("elsewhere", ["virtuoso"], indirect=True)  # the other asks nobody
def test_a_wrong_password_is_told(elsewhere: Elsewhere, corpus_graph: Path) -> None:
    command = ["push", elsewhere.graphs, "--out", str(corpus_graph), *elsewhere.options]
    result = CliRunner().invoke(main, command, env={"STORE_PASSWORD": "fel"})
    assert result.exit_code == 1
    assert "wants to know who you are" in result.stderr


def test_nothing_is_written_to_a_store_that_only_reads(tmp_path: Path) -> None:
    Store(str(tmp_path / "store")).flush()
    with oxigraph(tmp_path / "store", read_only=True) as store:
        target = _target(store)
        todo = plan(iter([Graph("urn:x:a", "1", lambda: iter([b""]))]), target, RECORD)
        with pytest.raises(RemoteError, match="does not let you"):
            push(todo, target, RECORD)
