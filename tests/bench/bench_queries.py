"""How fast named queries answer on a million statements: ``python tests/bench/bench_queries.py [STATEMENTS]``.

The graph is one of copies of the bundled corpus; each query is asked with parameters that have an answer in it. A store
just opened is cold, so each is asked once before it is timed.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import copies
from pyoxigraph import NamedNode, Store

from kommungraf.build.composer import build
from kommungraf.query.named_queries import named_queries
from kommungraf.query.store import ask, open_store

_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_PERSON = NamedNode("http://xmlns.com/foaf/0.1/Person")
WORDS = dict(
    pair.split("=")
    for pair in "text=projekt name=an person=Nilsson body=styrelsen number=2020/112 item=kostnader line=resultat "
    "scope=bygden publisher=bygden type=protokoll creator=Anders municipality=Hjo project=måltid role=ledamot "
    "phase=outcome table=ekonomi party=S organization=bygden state=open kind=merged network=nätverk area=digital "
    "status=done outcome=approve presence=silent place=Hjo title=cykel entity=måltid".split()
)
"""A value for each parameter by its name, so that a new query is asked too."""


def large_store(folder: Path, statements: int) -> Store:
    """A built graph of at least so many statements."""
    build([copies.ROOT / "corpus"], folder / "one", jobs=1)
    each = len(open_store(folder / "one"))
    copies.write_texts(folder / "one" / "text", folder / "in", 1 + -(-statements // each))
    build([folder / "in"], folder / "out")
    return open_store(folder / "out")


def times(store: Store) -> dict[str, float]:
    """The seconds of each named query: without optional parameters, and with all of them; the slower counts."""
    some = next(iter(store.quads_for_pattern(None, _TYPE, _PERSON))).subject.value  # type: ignore[union-attr]
    found: dict[str, float] = {}
    for name, query in named_queries().items():
        needed = [p for p in query.parameters if p.required]
        for asked in (needed, list(query.parameters)):
            values = {p.name: some if p.kind == "iri" else _value(p.name, p.kind) for p in asked}
            sparql = query.bind(values)
            for _ in range(2):
                start = time.process_time()
                sum(1 for _ in ask(store, sparql))  # type: ignore[arg-type]
                passed = time.process_time() - start
            found[name] = max(found.get(name, 0), passed)
    return found


def _value(name: str, kind: str) -> str:
    plain = {"year": "2022", "number": "1000000", "date": "2022-10-20"}
    return WORDS.get(name, "a") if kind == "text" else plain[kind]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        store = large_store(Path(scratch), int(sys.argv[1]) if sys.argv[1:] else 1_000_000)
        print(f"{len(store):,} statements")
        for name, passed in sorted(times(store).items(), key=lambda pair: -pair[1]):
            print(f"{passed:7.3f} s  {name}")
