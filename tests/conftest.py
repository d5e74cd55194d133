"""Graphs that several tests look at, built once per test process."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from pyoxigraph import Store

ROOT = Path(__file__).parent.parent
SEEDS = ROOT.parent / "shared" / "seeds"


def build(source: Path, out: Path) -> Path:
    """Build a graph through the command, as a user does, and return its folder."""
    from kommungraf.cli import main

    result = CliRunner().invoke(main, ["build", str(source), "--out", str(out), "--jobs", "1"])
    assert result.exit_code == 0, result.output
    return out


@pytest.fixture(scope="session")
def corpus_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the bundled corpus."""
    return build(ROOT / "corpus", tmp_path_factory.mktemp("corpus") / "out")


@pytest.fixture(scope="session")
def empty_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of a document in which there is nothing to find."""
    folder = tmp_path_factory.mktemp("empty")
    (folder / "in").mkdir()
    (folder / "in" / "tom.txt").write_text("Inget att se här.\n", encoding="utf-8")
    return build(folder / "in", folder / "out")


@pytest.fixture(scope="session")
def seeds_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of the shared real documents; skips where they are not."""
    if not SEEDS.exists():
        pytest.skip("../shared/seeds is not here: the real documents are not part of the project")
    return build(SEEDS, tmp_path_factory.mktemp("seeds") / "out")


@pytest.fixture(scope="session")
def corpus_store(corpus_graph: Path) -> Store:
    """The store of the bundled corpus, read-only."""
    return Store.read_only(str((corpus_graph / "store").resolve()))


@pytest.fixture(scope="session")
def seeds_store(seeds_graph: Path) -> Store:
    """The store of the shared real documents, read-only."""
    return Store.read_only(str((seeds_graph / "store").resolve()))
