"""A few documents in a few looks: the same facts as from the clean text. `make eval-formats` shows all of them."""

import tomllib
from pathlib import Path

import pytest
from corpus.formats.compare import compare
from corpus.formats.facts import said
from corpus.formats.run import build
from corpus.make.looks import LOOKS
from corpus.make.looks.sources import corpus_texts, load

from kommungraf.read.ocr import INSTALL, engine

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
FLOOR = tomllib.loads((Path(__file__).parents[2] / "corpus/formats/floor.toml").read_text())
SCANNED = "2026-03-12_protokoll_styrelsen.md"  # short: recognising a page takes seconds
DOCUMENTS = (
    SCANNED,
    "2021-11-09_protokoll_kommunstyrelsen_granaker.md",  # labels and values, attendance, a vote in a table
    "2024_verksamhetsplan_och_budget.md",  # headings, lists, a table of sums
)
BORN = (
    "writer",  # what most case systems export
    "book",  # hyphens, heads of odd and even pages
    "docx",
    "html",
)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """The clean texts and the graph of them."""
    folder = tmp_path_factory.mktemp("clean")
    (folder / "files").mkdir()
    texts = corpus_texts()
    for name in DOCUMENTS:
        (folder / "files" / name).write_text(texts[name], encoding="utf-8")
    build(folder / "files", folder / "out")
    return folder / "out", sorted((folder / "files").iterdir())


@pytest.mark.parametrize("name", BORN)
def test_a_look_gives_the_facts_of_the_clean_text(name: str, clean: tuple[Path, list[Path]], tmp_path: Path) -> None:
    assert _below(name, clean, tmp_path, FLOOR["born"]) == []


@pytest.mark.skipif(not engine(), reason=f"recognition is not installed: {INSTALL}")
def test_a_scan_at_300_dpi_gives_nearly_all(clean: tuple[Path, list[Path]], tmp_path: Path) -> None:
    out, files = clean
    scanned = [path for path in files if path.name == SCANNED]
    assert _below("scan-300", (out, scanned), tmp_path, FLOOR["scan"]) == []


@pytest.mark.seeds
@pytest.mark.parametrize("name", ["writer", "browser", "docx"])
def test_real_documents_set_by_other_programs(name: str, seeds_graph: Path, tmp_path: Path) -> None:
    real = seeds_graph, sorted(SEEDS.iterdir())
    assert _below(name, real, tmp_path, {"recall": 0.98, "precision": 0.98}) == []


def _below(
    name: str, clean: tuple[Path, list[Path]], folder: Path, least: dict[str, float]
) -> list[tuple[str, float, float]]:
    look = LOOKS[name]
    if look.missing:
        pytest.skip(look.missing)
    out, files = clean
    look.render([load(path) for path in files], folder / "files")
    build(folder / "files", folder / "out")
    stems = {path.stem for path in files}
    wanted = [fact for fact in said(out) if fact.file in stems]
    results = compare(wanted, said(folder / "out"), recognised=look.scan)
    assert all(results[kind].wanted for kind in FLOOR["kinds"] if kind != "observation"), "the sample has each kind"
    return [
        (kind, result.recall, result.precision)
        for kind, result in results.items()
        if kind in FLOOR["kinds"] and min(result.recall - least["recall"], result.precision - least["precision"]) < 0
    ]
