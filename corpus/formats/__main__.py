"""``make eval-formats``: each look and format against the clean text, kind by kind."""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path
from typing import Any

from corpus.formats.facts import FIELDS, Said
from corpus.formats.run import Row, reference, run
from corpus.make.looks import LOOKS
from corpus.make.looks.sources import corpus_texts
from rich.console import Console
from rich.table import Table

_FLOOR = Path(__file__).parent / "floor.toml"
_MATRIX = [name for name, look in LOOKS.items() if look.whole]


def main() -> None:
    """Print the matrix; exit code 1 when a look is below its floor."""
    options = _options()
    console = Console(width=None if sys.stdout.isatty() else 260, highlight=False)
    names = options.only or ([options.show[1]] if options.show else _MATRIX)
    names = [name for name in names if not _missing(name, console)]
    files = reference(_texts(options.files), options.work)
    rows = run(names, files, options.work, options.jobs)
    if options.show:
        _show(console, rows, options.show[0])
        return
    floor = tomllib.loads(_FLOOR.read_text(encoding="utf-8"))
    if options.markdown:
        print(_markdown(rows))
    else:
        console.print(_table(rows, floor))
    _say_samples(console, rows, len(files))
    below = [words for row in rows for words in _below(row, floor)]
    for words in below:
        console.print(f"below the floor: {words}")
    sys.exit(1 if below else 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m corpus.formats", description=__doc__)
    parser.add_argument("--only", action="append", choices=_MATRIX, metavar="LOOK", help="this look only (repeatable)")
    parser.add_argument(
        "--show", nargs=2, metavar=("KIND", "LOOK"), help="the facts that are lost and those that are new"
    )
    parser.add_argument("--files", type=Path, help="a folder of texts (.txt, .md) instead of the bundled corpus")
    parser.add_argument("--work", type=Path, default=Path("graph_out/formats"), help="folder of files and graphs")
    parser.add_argument("--jobs", type=int, default=2, help="looks at a time")
    parser.add_argument("--markdown", action="store_true", help="the matrix as Markdown")
    options = parser.parse_args()
    if options.show and (options.show[0] not in FIELDS or options.show[1] not in _MATRIX):
        parser.error(f"--show KIND LOOK: kinds are {', '.join(FIELDS)}; looks are {', '.join(_MATRIX)}")
    options.work = options.work.resolve()
    return options


def _texts(folder: Path | None) -> dict[str, str]:
    if folder is None:
        return corpus_texts()
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".txt", ".md"))
    return {path.name: path.read_bytes().decode("utf-8") for path in paths}


def _missing(name: str, console: Console) -> bool:
    look = LOOKS[name]
    if look.missing:
        console.print(f"{name} is left out: {look.program} is not installed; {look.missing}")
    return bool(look.missing)


def _table(rows: list[Row], floor: dict[str, Any]) -> Table:
    table = Table(title="recall / precision, in percent of the facts of the clean text", title_justify="left")
    table.add_column("look")
    for kind in FIELDS:
        table.add_column(kind, justify="right", style=None if kind in floor["kinds"] else "dim")
    table.add_column("seconds", justify="right")
    for row in rows:
        cells = [_percent(row, kind) for kind in FIELDS]
        table.add_row(row.look, *cells, f"{row.rendering:.0f} + {row.building:.0f}")
    return table


def _markdown(rows: list[Row]) -> str:
    lines = ["| look | " + " | ".join(FIELDS) + " |", "|---|" + "---:|" * len(FIELDS)]
    lines += [f"| {row.look} | " + " | ".join(_percent(row, kind) for kind in FIELDS) + " |" for row in rows]
    return "\n".join(lines)


def _percent(row: Row, kind: str) -> str:
    result = row.results[kind]
    return f"{_cut(result.recall)} / {_cut(result.precision)}" if result.wanted or result.found else "–"


def _cut(share: float) -> str:
    """Percent with one decimal, cut and not rounded: 100 is all of them."""
    return "100" if share == 1 else f"{int(share * 1000) / 10:.1f}"


def _say_samples(console: Console, rows: list[Row], documents: int) -> None:
    drawn = [row for row in rows if LOOKS[row.look].sampled]
    if drawn and drawn[0].documents < documents:
        names = ", ".join(row.look for row in drawn)
        console.print(
            f"Of a sample of {drawn[0].documents} of the {documents} documents, with all their pages: {names}."
        )
    for row in rows:
        if row.said:
            console.print(f"{row.look}: {row.said}", style="dim")


def _below(row: Row, floor: dict[str, Any]) -> list[str]:
    scan = LOOKS[row.look].scan
    if row.look in floor["scan"]["unmeasured"]:
        return []
    least = floor["scan" if scan else "born"]
    return [
        f"{row.look} {kind}: {measure} {_cut(share)} < {_cut(least[measure])}"
        for kind in floor["kinds"]
        for measure, share in (("recall", row.results[kind].recall), ("precision", row.results[kind].precision))
        if share < least[measure]
    ]


def _show(console: Console, rows: list[Row], kind: str) -> None:
    for row in rows:
        result = row.results[kind]
        console.print(f"{row.look}, {kind}: {result.same} the same, {len(result.lost)} lost, {len(result.extra)} new")
        for sign, facts in (("-", result.lost), ("+", result.extra)):
            for fact in sorted(facts, key=lambda fact: fact.file):
                console.print(_line(sign, fact), markup=False, soft_wrap=True)


def _line(sign: str, fact: Said) -> str:
    names = FIELDS[fact.kind][0]
    fields = ", ".join(f"{name}={min(values, default='')}" for name, values in zip(names, fact.fields, strict=True))
    words = f" “{fact.words}”" if fact.words else ""
    return f"{sign} {fact.file}: {fields}{words}\n      {fact.source}"


if __name__ == "__main__":
    main()
