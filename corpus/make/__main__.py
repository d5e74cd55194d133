"""Write the corpus: documents, gold and ``sources.toml``."""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import tomllib
from pathlib import Path
from typing import Any

from corpus.make.gold import Gold, Line, make_gold
from corpus.make.links import make_links
from corpus.make.markup import Source, parse
from corpus.make.pdf import FOOT, running_lines, write_pdf
from corpus.make.place import place_in_pdf
from corpus.make.world import World

HERE = Path(__file__).parent
WHOLE = 1_000_000_000  # the gold of a PDF is complete; how long its stored text is depends on the reader
KINDS = (
    "person", "party", "municipality", "body", "organization", "network", "project", "case", "document", "decision",
    "reference", "observation", "meeting", "attendance", "agendaItem", "motion", "proposal",
    "plannedActivity", "reportedResult", "focusArea", "vote", "reservation", "recusal",
)  # fmt: skip


def main() -> None:
    """Write the corpus into a folder (default: the one of the repository)."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=HERE.parent, help="folder to write to (default: corpus/)")
    make(parser.parse_args().to)


def make(to: Path) -> None:
    """Write ``documents/``, ``gold/`` and ``sources.toml`` into a folder."""
    world = World.load(HERE / "world.toml")
    for folder in ("documents", "gold"):
        (to / folder).mkdir(parents=True, exist_ok=True)
    golds: list[Gold] = []
    coverage: dict[str, Any] = {}
    entries: list[str] = []
    for path in sorted((HERE / "texts").glob("*.toml")):
        source = parse(_with_feet(tomllib.loads(path.read_text(encoding="utf-8"))))
        gold = make_gold(source, world)
        target = to / "documents" / source.meta["file"]
        coverage[target.name] = _write(target, source, gold)
        golds.append(gold)
        entries.append(_entry(target, source))
    links, coverage["*"] = make_links(HERE / "links.toml", to / "documents")
    _write_gold(to / "gold", golds, links, coverage)
    (to / "sources.toml").write_text(_HEAD + "".join(entries), encoding="utf-8")


def _with_feet(meta: dict[str, str]) -> dict[str, str]:
    """An annotated source in which every page of a text format ends with the line that says EXEMPEL."""
    if meta["file"].endswith(".pdf"):
        return meta  # the look prints it
    gap = "@page\n" if meta.get("pages") == "form feed" else "\n\n\n"
    pages = re.split(r"^@page\n", meta["text"], flags=re.M)
    return meta | {"text": (f"\n{FOOT}\n{gap}").join(page.rstrip("\n") + "\n" for page in pages) + f"\n{FOOT}\n"}


def _write(target: Path, source: Source, gold: Gold) -> dict[str, Any]:
    """Write a document and place its gold; the ranges in which the gold is complete."""
    if target.suffix == ".pdf":
        write_pdf(target, source.text, source.meta)
        place_in_pdf(target, source.text, [*gold.mentions, *gold.facts], running_lines(source.meta))
        first = next(line for line in gold.facts if line["kind"] == "document")
        for key in ("text", "page", "occurrence"):
            del first[key]
        first["start"] = 0  # the first document begins where the file does, whoever reads it
        return {kind: [[0, WHOLE]] for kind in KINDS}
    target.write_text(source.text, encoding="utf-8", newline="\n")
    for line in gold.facts:
        if line["kind"] == "document":  # where it ends follows from where the next one begins
            del line["end"], line["text"]
    return {kind: [[0, len(source.text)]] for kind in KINDS}


def _write_gold(folder: Path, golds: list[Gold], links: list[Line], coverage: dict[str, Any]) -> None:
    facts = [{"file": gold.file} | line for gold in golds for line in gold.facts]
    stated = [line for line in facts if line["kind"] == "succession"]
    _write_lines(folder / "mentions.jsonl", [{"file": gold.file} | line for gold in golds for line in gold.mentions])
    _write_lines(folder / "facts.jsonl", [line for line in facts if line["kind"] != "succession"])
    _write_lines(folder / "links.jsonl", [*stated, *links])
    (folder / "coverage.json").write_text(
        json.dumps(coverage, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )


def _write_lines(path: Path, lines: list[Line]) -> None:
    text = "".join(json.dumps(_plain(line), ensure_ascii=False) + "\n" for line in lines)
    path.write_text(text, encoding="utf-8", newline="\n")


def _plain(line: Line) -> Line:
    return {key: value for key, value in line.items() if key != "anchor"}


_HEAD = """# Every document of the bundled corpus. Written by `python -m corpus.make`; do not edit by hand.
# All are our own work: the federation, the people and the cases are invented. Licence: CC0-1.0.
"""


def _entry(target: Path, source: Source) -> str:
    digest = hashlib.sha256(target.read_bytes()).hexdigest()
    title = json.dumps(source.meta["title"], ensure_ascii=False)
    return (
        f'\n[[source]]\nfile = "documents/{target.name}"\ntitle = {title}\n'
        f'origin = "written for kommungraf (corpus/make/texts); invented"\nlicence = "CC0-1.0"\nsha256 = "{digest}"\n'
    )


if __name__ == "__main__":
    main()
