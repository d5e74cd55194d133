"""What continuity costs, and how fast named queries answer: run with ``make bench``."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import itertools

import bench_continuity
import bench_queries

from kommungraf.query.store import open_store

pytestmark = pytest.mark.bench
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
COUNTS = [100, 1_000, 10_000]


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seeds is not here")
def test_following_through_time_adds_at_most_half_of_a_build(tmp_path: Path) -> None:
    """On the real documents."""
    assert bench_continuity.share(SEEDS, tmp_path / "out") <= 0.5


def test_it_grows_no_worse_than_n_log_n(tmp_path: Path) -> None:
    """From 100 to 10,000 generated documents; the curve and the largest part are printed."""
    found = bench_continuity.curve(COUNTS, bench_continuity.corpus_records(tmp_path))
    totals = {count: sum(following.values()) for count, (_, following) in found.items()}
    for less, more in itertools.pairwise(COUNTS):
        assert bench_continuity.against(more, totals[more], less, totals[less]) <= 1.3


@pytest.mark.skipif(not SEEDS.exists(), reason="../shared/seeds is not here")
def test_named_queries_on_the_real_documents(seeds_graph: Path) -> None:
    """Each under 0.3 s."""
    passed = bench_queries.times(open_store(seeds_graph))
    assert {name: seconds for name, seconds in passed.items() if seconds > 0.3} == {}


def test_named_queries_on_a_million_statements(tmp_path: Path) -> None:
    """Each under 2 s."""
    store = bench_queries.large_store(tmp_path, 1_000_000)
    passed = bench_queries.times(store)
    slowest = sorted(passed, key=lambda name: -passed[name])[:5]
    print(f"\n{len(store):,} statements: " + ", ".join(f"{name} {passed[name]:.2f} s" for name in slowest))
    assert {name: seconds for name, seconds in passed.items() if seconds > 2} == {}
