"""What the server bears, beside the bare Oxigraph server: ``python tests/bench/bench_serve.py`` (``make bench-serve``).

A graph of a million statements is made of copies of the bundled corpus (``--graph`` takes one that was made before).
Point queries are asked of Oxigraph and through us; then 64 clients mix point look-ups, entity pages of all kinds and
two heavy aggregates, once at rest and once while builds switch the generation. Pages are asked for as readers do: of
3,000 entities of all kinds the one at place n is asked for 1/n as often as the first (Zipf), and a reader looks at a
page for a second on average before asking for the next (``--pause``; 0 asks as fast as answers come). All others ask
without a pause. A server has run for 45 seconds and been asked for nothing before it is measured: it has made the
pages of the most named things, and makes every other page in each load, and after each switch. The exit code is 1 when
a request fails, when a page or a point query is refused, or when a figure is over its limit.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

sys.path.insert(0, str(Path(__file__).parent))
import psutil
from bench_queries import large_store
from load import UNIQUE, Mix, Told, finish, get, post, start
from pyoxigraph import NamedNode

from kommungraf.query.store import PREFIXES, open_store

BIN = Path(sys.executable).parent
CLIENTS, HEAVY, RUNS = 64, 2, 3
SETTLED = 45.0
"""Seconds that a server runs before it is asked: it makes the pages of what most documents name ahead."""
RATIO, PAGE_P95, MEMORY_MB = 0.7, 0.150, 3_000
ENTITIES, ZIPF = 3_000, 1.0
KINDS = (
    "foaf:Person kg:Party kg:Municipality kg:GoverningBody org:Organization kg:Network kg:Project kg:Case kg:Document "
    "kg:Decision kg:Meeting kg:Motion kg:Passage kg:PlannedActivity kg:ReportedResult kg:Observation"
).split()
AGGREGATES = (
    "SELECT ?type ?p (COUNT(*) AS ?n) WHERE {{ ?s a ?type ; ?p ?o }} GROUP BY ?type ?p ORDER BY DESC(?n) # {}",
    "SELECT ?doc (COUNT(DISTINCT ?x) AS ?n) WHERE {{ ?x kg:evidence ?e . ?e oa:hasSource ?doc }} "
    "GROUP BY ?doc ORDER BY DESC(?n) LIMIT 100 # {}",
)


def main() -> int:
    """Measure, print, and tell what is over its limit; the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--graph", type=Path, help="a folder with in/ and out/ that was made before")
    parser.add_argument("--statements", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=60.0, help="of each mixed load; of the others at most 8")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds between the pages of a reader, on average")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = chosen.graph or Path(scratch) / "made"
        if chosen.graph and not (chosen.graph / "in").exists():
            parser.error(
                f"{chosen.graph} has no folder in/: give one that holds in/, and out/ as it was built from it."
            )
        if not chosen.graph:
            print(f"Building a graph of {chosen.statements:,} statements …", flush=True)
            large_store(folder, chosen.statements)
        return _measure(folder, Path(scratch), chosen.seconds, chosen.pause)


def _measure(folder: Path, scratch: Path, seconds: float, pause: float) -> int:
    store = open_store(folder / "out")
    iris = _entities(store)
    machine = f"{psutil.cpu_count()} cores, load {psutil.getloadavg()[0]:.1f}"
    print(f"{len(store):,} statements; {machine}; {len(iris):,} pages, readers pause for {pause:g} s\n")
    print(f"{CLIENTS} clients{'':31}{_HEAD}", flush=True)
    out = scratch / "served"
    shutil.copytree(folder / "out", out, symlinks=True)
    over = _rates(folder / "out", out, iris, min(seconds, 8.0))
    for name, builds in (("At rest", False), ("While builds switch", True)):
        with _served(out) as (port, pid), _Memory(pid) as memory:
            begun = start(port, _mixed(iris, pause), seconds)
            switches = _builds(folder, scratch, seconds) if builds else 0
            told = finish(begun)
            heading = f"{name}, {told.passed:.0f} s" + (f", {switches} switches" if builds else "")
            _print_mixed(heading, told, memory.most)
            over += _over(name, told, memory.most)
            if builds and not switches:
                over.append("no build switched a generation")
    for line in over:
        print(f"OVER THE LIMIT: {line}")
    print("" if over else "Nothing is over its limit.")
    return 1 if over else 0


def _rates(built: Path, out: Path, iris: list[str], seconds: float) -> list[str]:
    """Point queries of the bare server and through us; what is over its limit."""
    again = [post("/sparql", _point(iri)) for iri in iris[:500]]
    with _oxigraph(built / "store") as port:
        bare = _best(port, [Mix("point", _points(iris, "/query"), CLIENTS)], seconds)
    _print("point queries, bare Oxigraph", bare, "point")
    with _served(out) as (port, _):
        ours = _best(port, [Mix("point", _points(iris, "/sparql"), CLIENTS)], seconds)
        repeated = _best(port, [Mix("point", again, CLIENTS)], seconds)
    ratio = ours.rate("point") / bare.rate("point")
    _print(f"  through us, all distinct: {ratio:.2f}", ours, "point")
    _print(f"  through us, repeated: {repeated.rate('point') / bare.rate('point'):.2f}", repeated, "point")
    told = (("bare Oxigraph", bare), ("all distinct", ours), ("repeated", repeated))
    over = [line for name, one in told for line in _failed(name, one)]
    if ratio < RATIO:
        over.append(f"point queries have {ratio:.2f} of the bare server's throughput; at least {RATIO} are wanted")
    return over


def _entities(store: object) -> list[str]:
    """IRIs of all kinds, shuffled: what is asked for most is of any kind."""
    rng, found = random.Random(5), []
    kind = NamedNode(PREFIXES["rdf"] + "type")
    for name in KINDS:
        prefix, _, local = name.partition(":")
        quads = store.quads_for_pattern(None, kind, NamedNode(PREFIXES[prefix] + local))  # type: ignore[attr-defined]
        iris = sorted({quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode)})
        found += rng.sample(iris, min(len(iris), ENTITIES // len(KINDS) + 20))
    rng.shuffle(found)
    return found[:ENTITIES]


def _point(iri: str) -> str:
    return f"SELECT ?p ?o WHERE {{ <{iri}> ?p ?o }} LIMIT 20"


def _points(iris: list[str], path: str) -> list[str]:
    return [post(path, f"{_point(iri)} #{UNIQUE}") for iri in iris]


def _mixed(iris: list[str], pause: float) -> list[Mix]:
    pages = [get(quote(urlsplit(iri).path)) for iri in iris]
    light = CLIENTS - HEAVY
    declared = "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in ("kg", "oa"))
    heavy = [post("/sparql", declared + query.format(UNIQUE)) for query in AGGREGATES]
    return [
        Mix("page", pages, light // 2, ZIPF, pause),
        Mix("point", _points(iris, "/sparql"), light - light // 2),
        *(Mix("heavy", [query], HEAVY // len(heavy)) for query in heavy),
    ]


def _best(port: int, mixes: list[Mix], seconds: float) -> Told:
    """The best of three runs: the machine does other things, too. A run in which something failed is the one told."""
    runs = [finish(start(port, mixes, seconds)) for _ in range(RUNS)]
    return max(runs, key=lambda told: (bool(told.failed or told.over), told.rate("point")))


def _builds(folder: Path, scratch: Path, seconds: float) -> int:
    """Build with a document more, then without it, for about so long; how often the graph changed."""
    end = time.monotonic() + seconds
    more, out = scratch / "tillagt.md", scratch / "served"
    more.write_text("# Protokoll\n\nKommunstyrelsen 2020-01-15\n", encoding="utf-8")
    switches = 0
    while time.monotonic() < end:
        time.sleep(2)
        paths = [folder / "in", *([] if switches % 2 else [more])]
        before = (out / "store").resolve()
        command = [str(BIN / "kommungraf"), "build", *map(str, paths), "--out", str(out), "--jobs", "1", "-q"]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        switches += before != (out / "store").resolve()
    return switches


@contextlib.contextmanager
def _oxigraph(store: Path) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(BIN / "oxigraph"), "serve-read-only", "--union-default-graph", "--location", str(store)]
    process = subprocess.Popen([*command, "--bind", f"127.0.0.1:{port}"], stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        while "Listening" not in process.stderr.readline():
            pass
        yield port
    finally:
        process.kill()
        process.wait()


@contextlib.contextmanager
def _served(out: Path) -> Iterator[tuple[int, int]]:
    command = [str(BIN / "kommungraf"), "serve", "--port", "0", "--out", str(out), "--root-url", "http://localhost"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        port = int(urlsplit(process.stdout.readline().split()[0]).port or 0)
        time.sleep(SETTLED)
        yield port, process.pid
    finally:
        process.terminate()
        try:
            assert process.wait(20) == 0
        finally:
            process.kill()


class _Memory:
    """The most memory that a process and all below it had at once, in MB; looked at twice a second."""

    def __init__(self, pid: int) -> None:
        self.process, self.most = psutil.Process(pid), 0.0
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> _Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(0.5):
            total = 0
            for process in (self.process, *self.process.children(recursive=True)):
                with contextlib.suppress(psutil.NoSuchProcess):
                    total += process.memory_info().rss
            self.most = max(self.most, total / 1e6)


def _failed(name: str, told: Told) -> list[str]:
    """What failed or was refused, but for aggregates, which may take longer than a query may."""
    over = [f"{name}: {len(told.failed)} requests failed, such as {told.failed[0]}"] if told.failed else []
    refused = {kind: number for kind, number in told.over.items() if kind != "heavy"}
    return over + [f"{name}: {number} of {kind} were refused (503)" for kind, number in refused.items()]


def _over(name: str, told: Told, memory: float) -> list[str]:
    over = _failed(name, told)
    if (p95 := told.percentile("page", 0.95)) > PAGE_P95:
        over.append(f"{name}: p95 of entity pages is {p95 * 1000:.0f} ms; under {PAGE_P95 * 1000:.0f} is wanted")
    if memory > MEMORY_MB:
        over.append(f"{name}: {memory:.0f} MB of memory; under {MEMORY_MB} are wanted")
    return over


_HEAD = "requests/s      p50      p95   p99 ms   failed  refused"


def _print(name: str, told: Told, kind: str, *, counted: bool = True) -> None:
    figures = "".join(f"{told.percentile(kind, share) * 1000:9.1f}" for share in (0.5, 0.95, 0.99))
    failed = sum(line.startswith(f"{kind}:") for line in told.failed)
    counts = f"{failed:9}{told.over[kind]:9}" if counted else ""
    print(f"{name:40}{told.rate(kind):10,.1f}{figures}{counts}", flush=True)


def _print_mixed(heading: str, told: Told, memory: float) -> None:
    """A part of the table: all that was asked at the same time."""
    print(f"\n{heading}: {memory:,.0f} MB at most")
    _print("entity pages", told, "page")
    for kind, words in (("page kept", "kept"), ("page made", "made for who asked")):
        _print(f"  {words} ({told.share(kind, 'page'):.1%})", told, kind, counted=False)
    _print("point look-ups", told, "point")
    _print("two heavy aggregates", told, "heavy")
    if told.percentile("page", 0.95) <= PAGE_P95 < told.percentile("page made", 0.95):
        print("  The p95 of pages holds because most of them are kept; it does not hold for those that must be made.")


if __name__ == "__main__":
    sys.exit(main())
