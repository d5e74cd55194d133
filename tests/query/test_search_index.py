"""The index goes with its generation: whole, changed where graphs changed, and the same as one that is made anew."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from kommungraf.build import build
from kommungraf.config import Config
from kommungraf.graph.files import current
from kommungraf.query import search_index
from kommungraf.query.search import Search, search_of
from kommungraf.query.search_file import SEARCH, VERSION, is_current

CORPUS = Path(__file__).parents[2] / "corpus" / "documents"
FEW = sorted([*CORPUS.glob("*.md"), *CORPUS.glob("*.txt")])
ASKED = [
    "cykelpool",
    "Granåker",
    "grön måltid",
    "gustafson",
    "2020/112",
    "kommun -styrelsen",
    "projekt",
    "samordna",
    "",
]


@pytest.fixture
def copies(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The indexes of before that builds changed copies of."""
    seen: list[Path] = []
    copy = search_index._copy
    monkeypatch.setattr(search_index, "_copy", lambda old, new: (seen.append(old), copy(old, new)))
    return seen


def made(source: Path, out: Path) -> Path:
    build([source], out, Config(judgements=source / "judgements.toml"), jobs=1)
    folder = current(out)
    assert folder is not None
    return folder / SEARCH


def answers(path: Path) -> list[Any]:
    with Search(path) as search:
        return [search.find(text, limit=100) for text in ASKED]


def documents(folder: Path, files: list[Path]) -> Path:
    folder.mkdir()
    for path in files:
        shutil.copy(path, folder)
    return folder


def test_a_changed_copy_answers_as_an_index_made_anew(tmp_path: Path, copies: list[Path]) -> None:
    source, out = documents(tmp_path / "in", FEW[:-1]), tmp_path / "out"
    first = made(source, out)
    assert not copies
    before = answers(first)
    shutil.copy(FEW[-1], source)  # one comes, one goes, one changes
    (source / FEW[0].name).unlink()
    changed = source / FEW[1].name
    changed.write_text(changed.read_text(encoding="utf-8").replace("cykelpool", "cykelflotta"), encoding="utf-8")
    second = made(source, out)
    assert copies == [first], "the second build changed a copy"
    after = answers(second)
    assert after == answers(made(source, tmp_path / "anew"))
    assert after != before == answers(first), "the generation of before keeps its own"
    with Search(second) as search:
        assert search.find("cykelflotta").total
        assert search.find('"cykelpool"').total < before[0].total


def test_the_order_of_documents_does_not_matter(tmp_path: Path) -> None:
    one = documents(tmp_path / "one", FEW[:6])
    other = tmp_path / "other"
    other.mkdir()
    for number, path in enumerate(reversed(FEW[:6])):
        shutil.copy(path, other / f"{number}.md")
    of_one, of_other = answers(made(one, tmp_path / "a")), answers(made(other, tmp_path / "b"))
    assert [(found.total, found.facets) for found in of_one] == [(found.total, found.facets) for found in of_other]
    assert [[hit.iri for hit in found.hits] for found in of_one] == [
        [hit.iri for hit in found.hits] for found in of_other
    ]


def test_a_graph_without_an_index_gets_one_by_the_next_build(tmp_path: Path) -> None:
    source, out = documents(tmp_path / "in", FEW[:2]), tmp_path / "out"
    index = made(source, out)
    assert made(source, out) == index, "nothing changed: no new generation"
    index.write_bytes(index.read_bytes()[:60] + (VERSION + 1).to_bytes(4, "big"))
    assert not is_current(index)
    anew = made(source, out)
    assert anew != index
    assert is_current(anew)


def test_a_version_that_is_not_in_force_is_not_found(tmp_path: Path) -> None:
    text = FEW[1].read_text(encoding="utf-8")
    source = documents(tmp_path / "in", [])
    (source / "protokoll.md").write_text(text, encoding="utf-8")
    alone = answers(made(source, tmp_path / "a"))
    (source / "protokoll igen.md").write_text(text.replace("\n\n", "\n\n\n"), encoding="utf-8")
    both = answers(made(source, tmp_path / "b"))
    assert [found.total for found in both] == [found.total for found in alone]


def test_what_is_to_be_forgotten_is_not_found_in_any_text(tmp_path: Path) -> None:
    source, out = documents(tmp_path / "in", [CORPUS / "2022-10-20_protokoll_styrelsen.md"]), tmp_path / "out"
    made(source, out)
    with search_of(out) as search:
        found = search.find("Johan Ekdahl", limit=100)
        assert {"Person", "Passage"} <= {hit.kind for hit in found.hits}
        person = found.hits[0].iri.partition("/id/")[2]
    (source / "judgements.toml").write_text(f'[[forget]]\nthing = "{person}"\n', encoding="utf-8")
    made(source, out)
    with search_of(out) as search:
        assert search.find('"Johan Ekdahl"').total == 0
        assert search.find("styrelsen").total, "what does not name him is found as before"
