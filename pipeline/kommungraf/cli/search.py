"""``kommungraf search``: names, diary numbers, titles, statements and paragraphs by their words, best first."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kommungraf import config
from kommungraf.cli.options import out_option

if TYPE_CHECKING:
    from rich.text import Text

    from kommungraf.query.search import Found, Hit
    from kommungraf.query.search_snippet import Pieces

_COLUMNS = ("kind", "name", "year", "body", "text", "iri")


@click.command()
@click.argument("text")
@click.option("--kind", "kinds", multiple=True, metavar="CLASS", help="Only this kind (Decision); repeatable.")
@click.option("--year", "years", multiple=True, type=int, metavar="YEAR", help="Only this year; repeatable.")
@click.option("--limit", "-n", type=click.IntRange(1, 100), default=20, show_default=True, help="Hits to show.")
@click.option("--format", "form", type=click.Choice(["table", "json", "csv"]), default="table", show_default=True)
@out_option
def search(text: str, kinds: tuple[str, ...], years: tuple[int, ...], limit: int, form: str, out: Path) -> None:
    """Find names, diary numbers, decisions and paragraphs by their words, best first.

    Inflected words and parts of compounds are found, å, ä and ö may be typed as a and o, and a word that is nowhere is
    taken for the nearest one. A phrase stands in quotation marks, -word leaves out what has the word.

    \b
    kommungraf search cykelpool
    kommungraf search "2020/112" --kind Decision
    kommungraf search '"i försök" -borgen' --year 2021 --format csv
    """
    from kommungraf.query.search import search_of

    _check(kinds)
    with search_of(out) as index:
        found = index.find(text, kinds=kinds, years=years, limit=limit)
    base = config.load().base
    if form == "json":
        rows = [dict(zip(_COLUMNS, _row(hit, base), strict=True)) for hit in found.hits]
        told = {"total": found.total, "corrected": found.corrected, "without": found.without, "hits": rows}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(_COLUMNS)
        writer.writerows(_row(hit, base) for hit in found.hits)
    else:
        _print(found, base)
    click.echo(_summary(found), err=True)


def _check(kinds: tuple[str, ...]) -> None:
    """Raises :class:`~kommungraf.errors.UsageError` for a kind that nothing is of."""
    from kommungraf.errors import UsageError
    from kommungraf.query.search_rows import KINDS

    for kind in kinds:
        if kind not in KINDS:
            raise UsageError(f"Nothing is of the kind {kind!r}. There are: {', '.join(KINDS)}.")


def _row(hit: Hit, base: str) -> list[str]:
    return [hit.kind, hit.name, hit.year, hit.body, hit.text, hit.iri.removeprefix(base)]


def _print(found: Found, base: str) -> None:
    from rich.console import Console
    from rich.text import Text

    from kommungraf.query.kinds import kind_word

    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False)
    for hit in found.hits:
        foot = " · ".join(part for part in (kind_word(hit.kind), hit.year, hit.body) if part)
        console.print(_marked(hit.title, "bold underline", "bold"))
        if hit.snippet:
            console.print(_marked(hit.snippet, "underline"))
        console.print(Text(f"{foot} · {hit.iri.removeprefix(base)}", "dim"))
        console.print()


def _marked(pieces: Pieces, matched: str, plain: str = "") -> Text:
    from rich.text import Text

    return Text.assemble(*((part, matched if match else plain) for part, match in pieces))


def _summary(found: Found) -> str:
    shown = len(found.hits)
    more = "more than " if found.more else ""
    told = f"{more}{found.total} hit{'' if found.total == 1 else 's'}"
    if shown < found.total:
        told += f", the best {shown} shown"
    if found.corrected is not None:
        told += f"; nothing has the words as typed, so this is for: {found.corrected}"
    if found.without:
        told += f"; nothing has all of the words, so this is without: {', '.join(found.without)}"
    return told + "".join(f"; nothing has {word!r}, or a word near it" for word in found.unknown)
