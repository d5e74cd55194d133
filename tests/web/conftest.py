"""Running servers over the bundled corpus, shared by all tests of a process."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the modules beside the tests are found by their names

from serving import Server, serving


@pytest.fixture(scope="session")
def served(corpus_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the bundled corpus."""
    with serving(corpus_graph, tmp_path_factory.mktemp("served") / "stderr.txt") as server:
        yield server
