"""A running server follows the builds: no request fails, and each answer is of one generation."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from serving import KOMMUNGRAF, Server, serving

from kommungraf import config
from kommungraf.web.front.first import first
from kommungraf.web.front.generation import Source, newest

COUNT = "SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ?d a <https://w3id.org/kommungraf/ns#Document> }"


def build(out: Path, *paths: Path) -> None:
    """Build in a process of its own, as somebody else would."""
    subprocess.run([KOMMUNGRAF, "build", *paths, "--out", out, "--jobs", "1", "-q"], check=True, timeout=120)


def until(holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait for something."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.05)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a graph of a few documents in ``out``, made from ``in``."""
    (tmp_path / "in").mkdir()
    for number in range(3):
        add(tmp_path, number)
    build(tmp_path / "out", tmp_path / "in")
    return tmp_path


def add(folder: Path, number: int) -> None:
    """One more document."""
    text = f"Protokoll\nLillköpings kommun\nKommunstyrelsen 202{number}-03-0{number + 1}\n\n§ 1 Val av justerare\n"
    (folder / "in" / f"protokoll-{number}.txt").write_text(text, encoding="utf-8")


def documents(server: Server) -> int:
    """How many documents the endpoint counts."""
    answer = httpx.get(f"{server.root}sparql", params={"query": COUNT}, headers={"accept": "text/csv"}, verify=False)
    assert answer.status_code == 200, answer.text
    return int(answer.text.split()[1])


def page(server: Server) -> httpx.Response:
    """A page that is had whatever the graph holds."""
    return httpx.get(f"{server.root}ingenting")


def generation(server: Server) -> str:
    """The generation that the ETag of a page names."""
    found = re.match(r'W/"(\d+-\w+)-', httpx.get(f"{server.root}oversikt/tackning", verify=False).headers["etag"])
    assert found
    return found[1]


def test_a_build_switches_the_generation_of_a_running_server(folder: Path) -> None:
    """While a build replaces the graph, every request is answered with 200, and an answer never changes back."""
    with serving(folder / "out", folder / "stderr.txt") as server:
        failed: list[str] = []
        seen: dict[str, list[str]] = {"sparql": [], "page": []}
        over = threading.Event()

        def ask(kind: str, what: Callable[[], str]) -> None:
            while not over.is_set():
                try:
                    seen[kind].append(what())
                except (AssertionError, httpx.HTTPError, KeyError) as error:
                    failed.append(f"{kind}: {error!r}")

        asking = [
            threading.Thread(target=ask, args=("sparql", lambda: str(documents(server)))),
            threading.Thread(target=ask, args=("page", lambda: generation(server))),
        ]
        for thread in asking:
            thread.start()
        for number in (3, 4):
            before = generation(server)
            add(folder, number)
            build(folder / "out", folder / "in")
            until(lambda before=before: generation(server) != before)  # type: ignore[misc]
        until(lambda: documents(server) == 5)
        over.set()
        for thread in asking:
            thread.join()
        assert failed == []
        assert seen["sparql"] == sorted(seen["sparql"])
        assert seen["page"] == sorted(seen["page"])
        assert len(set(seen["page"])) == 3
        assert "Now served: generation 000003" in server.said()


def test_what_visitors_open_first_is_made_ahead(folder: Path) -> None:
    """The start page, the overviews and what most documents name; without an index, what is known without it."""
    here = newest(Source(folder / "out", config.load().base))
    paths = [request.path for request in first(here, "http://exempel.se")]
    assert paths[:3] == ["/", "/oversikt", "/oversikt/narvaro"]
    assert any(path.endswith("/body/lillköpings-kommun/kommunstyrelsen") for path in paths)
    assert here.folder is not None
    (here.folder / "search.sqlite").unlink()
    assert [request.path for request in first(here, "")] == [path for path in paths if "/id/" not in path]


def test_the_graph_of_before_is_served_when_the_folder_goes(folder: Path) -> None:
    """The link breaks, the folder is gone, it comes back: each is told once, and every request is answered."""
    with serving(folder / "out", folder / "stderr.txt") as server:
        before = generation(server)
        store = folder / "out" / "store"
        target = store.readlink()
        store.unlink()
        store.symlink_to("generations/nowhere/store")
        until(lambda: "Still served: generation 000001" in server.said())
        assert (documents(server), generation(server)) == (3, before)
        shutil.rmtree(folder / "out" / target.parent)
        time.sleep(1.5)
        assert (documents(server), generation(server)) == (3, before)
        assert server.said().count("Still served") == 1
        shutil.rmtree(folder / "out")
        add(folder, 3)
        build(folder / "out", folder / "in")
        until(lambda: documents(server) == 4)
        until(lambda: "Now served: generation 000001" in server.said())
        assert generation(server) != before, "a build from nothing has the same number, and another name"


def test_a_store_that_cannot_be_opened_is_told_and_not_served(folder: Path) -> None:
    """A damaged generation takes nothing down: the one before it goes on."""
    with serving(folder / "out", folder / "stderr.txt") as server:
        before = generation(server)
        damaged = folder / "out" / "generations" / "000002"
        (damaged / "store").mkdir(parents=True)
        (damaged / "manifest.json").write_text("{}", encoding="utf-8")
        (damaged / "store" / "CURRENT").write_text("MANIFEST-000099\n", encoding="utf-8")
        link = folder / "out" / "store.new"
        link.symlink_to("generations/000002/store")
        link.replace(folder / "out" / "store")
        until(lambda: "Still served: generation 000001" in server.said())
        assert (documents(server), generation(server)) == (3, before)
        assert page(server).status_code == 404
