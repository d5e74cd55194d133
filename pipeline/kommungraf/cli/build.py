"""``kommungraf build``: documents into the graph, with a progress bar and a table of what was done at the end."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kommungraf.build import Summary

_SHOWN = 10
"""Quarantined files that are named on the screen; the rest are in issues.jsonl."""


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("graph_out"), show_default=True, help="The output folder."
)
@click.option("--jobs", type=click.IntRange(1, 256), help="Worker processes (default: by cores and amount of input).")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no tables.")
def build(paths: tuple[Path, ...], out: Path, jobs: int | None, quiet: bool) -> None:
    """Read documents and make them a graph.

    PATH is a file (.txt, .md, .pdf), a folder with all below it, or a ZIP archive; corpus/ when none is given. The
    graph becomes that of exactly these documents: run it again and only what is new or changed is read, and what is
    gone is taken out. Exit code 1 means that the graph is built but some files were left out; each is named in
    issues.jsonl.

    \b
    kommungraf build protokoll/ --out graph_out
    kommungraf build 2023.zip 2024.zip extra.pdf --jobs 4
    """
    from kommungraf.build import build as run
    from kommungraf.cli.progress import bars

    with bars(quiet) as progress:
        summary = run(paths or (Path("corpus"),), out, jobs=jobs, progress=progress)
    if not quiet:
        _print(summary, out)
    if summary.waiting_pages or summary.waiting_files:
        click.echo(_waiting(summary), err=True)
    for issue in summary.quarantined[:_SHOWN]:
        click.echo(f"left out: {issue['message']}", err=True)
    if (more := len(summary.quarantined) - _SHOWN) > 0:
        click.echo(f"… and {more} more; see {out / 'issues.jsonl'}", err=True)
    sys.exit(1 if summary.quarantined else 0)


def _print(summary: Summary, out: Path) -> None:
    from rich.columns import Columns
    from rich.console import Console
    from rich.table import Table

    console = Console(width=None if sys.stdout.isatty() else 120, highlight=False)

    def table(title: str, rows: list[tuple[str, str]]) -> Table:
        made = Table(title=title, title_justify="left", title_style="bold", box=None, show_header=False, pad_edge=False)
        made.add_column()
        made.add_column(justify="right")
        for row in rows:
            made.add_row(*row)
        return made

    tables = [
        table("Documents", _done(summary)),
        table("Coverage", _coverage(summary)),
        table("Types", [(kind, _n(count)) for kind, count in summary.documents.items()]),
        table("Found (entities)", _found(summary)),
    ]
    console.print(Columns([one for one in tables if one.row_count], padding=(1, 4)))
    console.print(f"{out / 'store'} in {summary.seconds:.1f} s; {_n(summary.issues)} issues in {out / 'issues.jsonl'}")


def _waiting(summary: Summary) -> str:
    """What could not be read without OCR, and the command that installs it."""
    from kommungraf.build.recognition import INSTALL

    waiting = []
    if summary.waiting_files:
        waiting.append(_counted(summary.waiting_files, "file"))
    if summary.waiting_pages:
        waiting.append(_counted(summary.waiting_pages, "page") + " of other files")
    return f"not read for want of OCR: {' and '.join(waiting)}; install it with {INSTALL} and build again"


def _counted(number: int, what: str) -> str:
    return f"{_n(number)} {what}" + ("s" if number > 1 else "")


def _done(summary: Summary) -> list[tuple[str, str]]:
    return [
        ("read", _n(summary.read)),
        ("unchanged", _n(summary.unchanged)),
        ("removed", _n(summary.removed)),
        ("quarantined", _n(len(summary.quarantined))),
        ("not documents", _n(summary.passed_over)),
    ]


def _coverage(summary: Summary) -> list[tuple[str, str]]:
    return [
        ("files in the graph", _n(summary.files)),
        ("documents in force", _n(sum(summary.documents.values()))),
        ("versions set aside", _n(summary.versions)),
        ("pages", _n(summary.pages)),
        ("pages that gave no text", _n(summary.empty_pages)),
        ("pages read by OCR", _n(summary.recognised_pages)),
        ("characters", _n(summary.characters)),
        ("documents without a type", _n(summary.untyped)),
        ("decisions without an outcome", _n(summary.decisions_without_outcome)),
    ]


def _found(summary: Summary) -> list[tuple[str, str]]:
    def amount(kind: str, count: int) -> str:
        entities = summary.entities.get(kind)
        return f"{_n(count)} ({_n(entities)})" if entities else _n(count)

    return [(kind, amount(kind, count)) for kind, count in summary.found.items()]


def _n(number: int) -> str:
    return f"{number:,}".replace(",", " ")
