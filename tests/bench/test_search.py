"""What the search index costs a build, and how soon it answers: run with ``make bench``."""

from __future__ import annotations

import os
import random
import sqlite3
import statistics
import sys
import time
from pathlib import Path

import pytest

from kommungraf.build import build, searching
from kommungraf.graph.files import current
from kommungraf.query.search import Search
from kommungraf.query.search_file import SEARCH

sys.path.insert(0, str(Path(__file__).parent))
import generate

pytestmark = pytest.mark.bench
DOCUMENTS = 400


def test_the_index_is_a_small_part_of_a_build_and_answers_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At most a tenth of a first build (processor time) and of the store's room; 95 of 100 searches in 50 ms of it."""
    generate.write_texts(tmp_path / "in", DOCUMENTS)
    spent = _timed(monkeypatch)
    before = sum(os.times()[:4])
    build([tmp_path / "in"], tmp_path / "out", jobs=1)
    whole = sum(os.times()[:4]) - before
    folder = current(tmp_path / "out")
    assert folder is not None
    index = folder / SEARCH
    size = index.stat().st_size / sum(path.stat().st_size for path in (folder / "store").iterdir())
    times = _searches(index)
    fast, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    print(
        f"\n{DOCUMENTS} documents: index {spent[0]:.2f} of {whole:.1f} s of a processor ({spent[0] / whole:.1%}), "
        f"{index.stat().st_size / 1e6:.1f} MB ({size:.0%} of the store); {len(times)} searches: "
        f"p50 {fast * 1000:.1f} ms, p95 {slow * 1000:.1f} ms"
    )
    assert spent[0] / whole < 0.1
    assert size < 0.1
    assert slow < 0.05


def _timed(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What is in the list, once a build is done: the seconds of a processor that making the index took."""
    spent = [0.0]
    for name in ("hear", "finish"):
        step = getattr(searching.Searching, name)

        def timed(*arguments: object, step: object = step) -> None:
            assert callable(step)
            start = time.thread_time()
            step(*arguments)
            spent[0] += time.thread_time() - start

        monkeypatch.setattr(searching.Searching, name, timed)
    return spent


def _searches(index: Path) -> list[float]:
    """Seconds of a processor for searches: common and rare words, names, pairs, beginnings, a letter left out."""
    chance = random.Random(1)
    db = sqlite3.connect(index)
    words = [word for (word,) in db.execute("SELECT word FROM word ORDER BY found DESC, word")]
    names = [name for (name,) in db.execute("SELECT DISTINCT folded FROM label ORDER BY folded")]
    db.close()
    long = [word for word in words if len(word) > 5]
    asked = [*words[:30], *chance.sample(words, 60), *chance.sample(names, 60)]
    asked += [" ".join(chance.sample(words[:500], 2)) for _ in range(60)]
    asked += [word[:4] for word in chance.sample(long, 30)] + [word[:2] + word[3:] for word in chance.sample(long, 40)]
    times = []
    with Search(index) as search:
        for text in asked:
            start = time.thread_time()
            search.find(text)
            times.append(time.thread_time() - start)
    return times
