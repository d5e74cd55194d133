"""How long it takes to follow everything through time: ``python tests/bench/bench_continuity.py [DOCUMENTS …]``.

Prints, for ever more documents, the seconds of each step of linking, the largest of them, and how far the growth is
from n log n.
"""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from math import log
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import copies

from kommungraf import link
from kommungraf.build.composer import build, slices_of
from kommungraf.link import STEPS as LINKING
from kommungraf.link import continuity
from kommungraf.link.names import resolve_names
from kommungraf.link.resolution import Resolution, Slice
from kommungraf.link.versions import in_force

Times = dict[str, float]


def corpus_records(out: Path) -> Path:
    """The records of the bundled corpus, read into ``out``."""
    build([copies.ROOT / "corpus"], out, jobs=1)
    return out / "records"


def generated(folder: Path, count: int) -> list[Slice]:
    """At least ``count`` logical documents: copies of the corpus's."""
    slices: list[Slice] = []
    number = 0
    while len(slices) < count:
        slices.extend(piece for record in copies.records(folder, number) for piece in slices_of(record))
        number += 1
    return sorted(slices[:count], key=lambda piece: piece.id)


def measured(slices: list[Slice]) -> tuple[Times, Times]:
    """Seconds of each step of linking, and of each step of continuity."""
    resolution = Resolution()
    known, slices = slices, []
    versions = seconds(lambda: slices.extend(in_force(known, resolution)))
    linking = {"versions": versions}
    linking |= {name: seconds(lambda step=step: step(slices, resolution)) for name, step in LINKING.items()}
    linking["names"] = seconds(lambda: resolve_names(slices, resolution))
    following = {name: seconds(lambda step=step: step(slices, resolution)) for name, step in continuity.STEPS.items()}
    return linking, following


def seconds(work: Callable[[], object]) -> float:
    """Seconds of the processor that some work takes, without collections of garbage, as a build runs it."""
    gc.collect()
    gc.disable()
    start = time.process_time()
    work()
    passed = time.process_time() - start
    gc.enable()
    return passed


def share(documents: Path, scratch: Path) -> float:
    """How much following through time, with the writing of what it concludes, adds to a build without it."""

    def built() -> float:
        shutil.rmtree(scratch, ignore_errors=True)
        return seconds(lambda: build([documents], scratch, jobs=1))

    real = link.follow
    built()  # what is loaded once is loaded
    try:
        whole = min(built() for _ in range(3))
        link.follow = lambda slices, resolution: None
        without = min(built() for _ in range(3))
    finally:
        link.follow = real
    print(f"\nbuild without continuity {without:.2f} s, with it {whole:.2f} s: it adds {whole / without - 1:.0%}")
    return whole / without - 1


def against(count: int, passed: float, less: int, before: float) -> float:
    """How many times slower the larger of two runs is than n log n makes it from the smaller."""
    return passed / (before * (count * log(count)) / (less * log(less)))


def curve(counts: list[int], folder: Path) -> dict[int, tuple[Times, Times]]:
    """The measures for ever more documents, printed as they come."""
    found: dict[int, tuple[Times, Times]] = {}
    for count in counts:
        slices = generated(folder, count)
        linking, following = found[count] = measured(slices)
        total = sum(following.values())
        print(f"\n{count:,} documents: linking {sum(linking.values()):.2f} s, continuity {total:.2f} s", end="")
        if (less := max((other for other in found if other < count), default=None)) is not None:
            ratio = against(count, total, less, sum(found[less][1].values()))
            print(f", {ratio:.2f} times n log n from {less:,}", end="")
        print(f"; largest: {max(following, key=following.__getitem__)}")
        for times in (linking, following):
            print("  " + ", ".join(f"{name} {passed:.2f}" for name, passed in times.items()))
    return found


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        numbers = [int(argument) for argument in sys.argv[1:]]
        curve(numbers or [100, 1_000, 10_000], corpus_records(Path(scratch, "out")))
