"""``kommungraf diff``: what documents brought, what followed from it, what other code made of the same documents."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kommungraf import extract
from kommungraf.build import versions
from kommungraf.build.composer import build
from kommungraf.cli import main
from kommungraf.query.difference import Change, counts, difference

DOCUMENTS = Path(__file__).parents[2] / "corpus" / "documents"
REPORT, LATER = "2022_verksamhetsberattelse.md", "2023_arsredovisning.md"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, arguments)])


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The graph of one report, and the one that a later report made of it in the next generation."""
    folder = tmp_path_factory.mktemp("diff")
    (folder / "in").mkdir()
    shutil.copy(DOCUMENTS / REPORT, folder / "in")
    build([folder / "in"], folder / "old", jobs=1)
    shutil.copytree(folder / "old", folder / "new", symlinks=True)
    shutil.copy(DOCUMENTS / LATER, folder / "in")
    build([folder / "in"], folder / "new", jobs=1)
    return folder / "old", folder / "new"


def kinds(changes: list[Change]) -> set[str]:
    return {change.kind for change in changes}


def test_a_new_document_its_facts_and_what_follows(graphs: tuple[Path, Path]) -> None:
    found = difference(*graphs)
    assert [(one.how, one.title, one.file) for one in found.documents] == [("new", "Årsredovisning 2023", LATER)]
    assert "Observation" in kinds(found.world)
    assert all(change.how == "new" for change in found.world)
    restated = [change for change in found.conclusions if change.kind == "Restatement"]
    assert any("-240000" in change.name and "-200000" in change.name for change in restated)
    assert not found.code
    assert not found.notes


def test_backwards_everything_new_is_gone(graphs: tuple[Path, Path]) -> None:
    ahead, back = difference(*graphs), difference(*reversed(graphs))
    assert [one.how for one in back.documents] == ["gone"]
    assert counts(back.world)["Observation"]["gone"] == counts(ahead.world)["Observation"]["new"]
    assert {change.iri for change in back.conclusions} == {change.iri for change in ahead.conclusions}


def test_a_file_with_other_content_is_changed(graphs: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    text = (DOCUMENTS / REPORT).read_text(encoding="utf-8").replace("43 av 60", "44 av 60")
    (tmp_path / "in" / REPORT).write_text(f"{text}\nTillägg.\n", encoding="utf-8")
    build([tmp_path / "in"], tmp_path / "out", jobs=1)
    found = difference(graphs[0], tmp_path / "out")
    assert [(one.how, one.file) for one in found.documents] == [("changed", REPORT)]
    assert not found.code


def test_other_code_on_the_same_documents(
    graphs: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "extractor", lambda model="": "another")
    monkeypatch.delitem(extract.EXTRACTORS, "observations")
    build([graphs[1].parent / "in"], tmp_path / "out", jobs=1)
    found = difference(graphs[1], tmp_path / "out")
    assert not found.documents
    assert not found.world
    assert {"Observation", "Series"} <= kinds(found.code)
    assert {change.how for change in found.code if change.kind == "Observation"} == {"gone"}
    assert any("different versions" in note for note in found.notes)
    printed = run(graphs[1], tmp_path / "out").stdout
    assert "another version of kommungraf" in printed


@pytest.mark.parametrize("form", ["table", "md", "json"])
def test_a_graph_and_itself(graphs: tuple[Path, Path], form: str) -> None:
    result = run(graphs[1], f"{graphs[1]}@2", "--format", form)
    assert result.exit_code == 0
    if form == "json":
        assert not any(json.loads(result.stdout).values())
    else:
        assert result.stdout == "The two graphs say the same.\n"


def test_three_parts_for_people(graphs: tuple[Path, Path]) -> None:
    table = run(*graphs, "--limit", "2").stdout
    assert "+ Årsredovisning 2023, årsredovisning, 2023_arsredovisning.md" in table
    assert table.index("Documents") < table.index("In the world of the documents") < table.index("In what follows")
    assert "more (--limit 0 shows all)" in table
    assert "https://" not in table
    assert "## In what follows from them" in run(*graphs, "--format", "md").stdout
    told = json.loads(run(*graphs, "--format", "json").stdout)
    assert set(told) == {"documents", "world", "conclusions", "code", "notes"}


WRONG = [
    ("{old}", "{old}/no-such", "There is no graph", "a folder that is not there"),
    ("{new}@0", "{new}", "Generation 0 of", "a generation that later builds replaced"),
    ("{old}@7", "{new}", "is not kept, only 1", "a generation that never was"),
    ("{old}", "{old}/records", "There is no graph", "a folder that is no graph"),
]


@pytest.mark.parametrize(("old", "new", "says", "why"), WRONG)
def test_what_is_wrong_is_one_sentence(graphs: tuple[Path, Path], old: str, new: str, says: str, why: str) -> None:
    folders = {"old": graphs[0], "new": graphs[1]}
    result = run(old.format(**folders), new.format(**folders))
    assert result.exit_code == 2, why
    assert says in result.stderr
    assert result.stdout == ""


def test_the_generation_s_folder_is_a_graph_too(graphs: tuple[Path, Path]) -> None:
    assert difference(graphs[1] / "generations" / "000002", graphs[1]) == difference(graphs[1], graphs[1])


def test_one_folder_alone_tells_what_its_last_build_changed(graphs: tuple[Path, Path]) -> None:
    assert run(graphs[1]).stdout == run(*graphs).stdout
    once = run(graphs[0])
    assert (once.exit_code, "has been built once" in once.stderr) == (2, True)
