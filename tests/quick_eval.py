"""Score the seeds (or any files) in memory, before there is a store: read, segment, extract and link, then compare.

    .venv/bin/python tests/quick_eval.py [--gold DIR] [--errors N] [--kind KIND]… [FILE…]

Without linking steps, mentions of one class and name count as one entity.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from kommungraf.cli.eval import _print_errors, print_reports
from kommungraf.extract import extract
from kommungraf.link import resolve
from kommungraf.link.resolution import Resolution, Slice
from kommungraf.model.record import make_record
from kommungraf.query.evaluate import compare
from kommungraf.query.found import Graph, facts_of
from kommungraf.query.gold import read_gold
from kommungraf.read import read
from kommungraf.segment import segment
from kommungraf.text import slug

SHARED = Path(__file__).parents[2] / "shared"


def graph_of_files(paths: list[Path]) -> tuple[Graph, dict[str, str]]:
    """The graph of some files, built in memory, and their stored texts. Prints where the time goes."""
    texts: dict[str, str] = {}
    records, seconds, words = [], dict.fromkeys(("read", "segment", "extract", "link"), 0.0), 0
    for path in paths:
        clock = time.perf_counter()
        text = read(path)
        texts[path.name] = text.stored
        words += len(text.stored.split())
        clock = _lap(seconds, "read", clock)
        bundle, _ = segment(text)
        clock = _lap(seconds, "segment", clock)
        results, _ = extract(text, bundle)
        records.append((path.name, make_record(text, results, "quick")))
        _lap(seconds, "extract", clock)
    clock = time.perf_counter()
    resolution = resolve([piece for _, record in records for piece in _slices(record)])
    _lap(seconds, "link", clock)
    print(f"{words} words:", ", ".join(f"{stage} {took:.2f} s" for stage, took in seconds.items()))
    graph = Graph()
    for name, record in records:
        for part in record["@graph"][1:]:
            _add(graph, name, part["@graph"], resolution)
    return graph, texts


def _lap(seconds: dict[str, float], stage: str, since: float) -> float:
    now = time.perf_counter()
    seconds[stage] += now - since
    return now


def _slices(record: dict) -> list[Slice]:
    slices = []
    for part in record["@graph"][1:]:
        nodes: dict[str, list[dict]] = {}
        for node in part["@graph"][1:]:
            nodes.setdefault(node["@type"], []).append(node)
        slices.append(Slice(part["@graph"][0], nodes))
    return slices


def _add(graph: Graph, file: str, nodes: list[dict], resolution: Resolution) -> None:
    passages = {n["@id"]: n["hasSelector"][0] for n in nodes if n["@type"] == "Passage"}
    local: dict[str, str] = {}
    for node in nodes:
        if "/mention/" in node["@id"] and node["@id"] not in resolution.by_mention and "name" in node:
            local[node["@id"]] = f"{node['@type'].lower()}/{slug(node['name'])}"

    def final(value: object) -> str:
        if isinstance(value, dict):
            value = value["@value"]
        return str(resolution.iri(str(value)) if str(value) not in local else local[str(value)])

    for node in nodes:
        if node["@type"] == "Passage":
            continue
        iri = final(node["@id"])
        properties = {
            key: [final(item) for item in (value if isinstance(value, list) else [value])]
            for key, value in node.items()
            if not key.startswith("@") and key not in ("evidence", "hints")
        }
        if node["@type"] == "Person" and (party := node.get("hints", {}).get("party")):
            properties["party"] = [str(party)]
        graph.add(node["@type"], iri, properties)
        for passage in node.get("evidence", ()):
            graph.place(iri, file, passages[passage]["start"], passages[passage]["end"])


def main() -> None:
    """Run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, default=SHARED / "gold")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--kind", action="append", default=[])
    parser.add_argument("files", type=Path, nargs="*")
    options = parser.parse_args()
    graph, texts = graph_of_files(options.files or sorted((SHARED / "seeds").glob("*.txt")))
    gold = read_gold(options.gold)
    found = facts_of(graph, gold.files)
    reports = [r for r in compare(gold, found, texts) if not options.kind or r.kind in options.kind]
    print_reports(reports)
    for report in reports:
        _print_errors(report, options.errors)


if __name__ == "__main__":
    main()
