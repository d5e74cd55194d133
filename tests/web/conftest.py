"""Running servers over the bundled corpus, shared by all tests of a process."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the modules beside the tests are found by their names

import hostile_documents
from serving import KOMMUNGRAF, Server, serving
from sparql_servers import Serve, Served, Servers, small_quads, store_of


@pytest.fixture(scope="session")
def served(corpus_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of the bundled corpus."""
    with serving(corpus_graph, tmp_path_factory.mktemp("served") / "stderr.txt") as server:
        yield server


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of a few graphs that need no build."""
    return store_of(tmp_path_factory.mktemp("store") / "store", small_quads())


@pytest.fixture(scope="session")
def serve_sparql(small_store: Path) -> Iterator[Serve]:
    """Starts a SPARQL endpoint without pages, over the small store if no other is named; limits by their names."""
    servers = Servers(small_store)
    yield servers.serve
    servers.end()


@pytest.fixture(scope="session")
def endpoint(serve_sparql: Serve) -> Served:
    """A SPARQL endpoint over the small store with the usual limits."""
    return serve_sparql()


@pytest.fixture(scope="session")
def hostile_graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of documents whose text tries to run."""
    folder = tmp_path_factory.mktemp("hostile")
    out = folder / "out"
    source = hostile_documents.write(folder / "in")
    subprocess.run([KOMMUNGRAF, "build", source, "--out", out, "--jobs", "1"], check=True, capture_output=True)
    return out
