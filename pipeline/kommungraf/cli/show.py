"""``kommungraf show``: one entity through the years, each fact with its quote."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kommungraf import config
from kommungraf.cli.options import out_option

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kommungraf.query.entity import Candidate


@click.command()
@click.argument("term")
@click.option("--format", "form", type=click.Choice(["text", "json", "md"]), default="text", show_default=True)
@click.option("--number", "-n", type=int, metavar="N", help="Which of the things that an ambiguous TERM may mean.")
@click.option(
    "--mentions/--no-mentions", default=True, show_default=True, help="Show documents that only name the entity."
)
@click.option("--language", type=click.Choice(["en", "sv"]), default="en", show_default=True, help="Its words.")
@out_option
def show(term: str, form: str, number: int | None, mentions: bool, language: str, out: Path) -> None:
    """One thing through the years: what documents say of it, each with its quote, and what follows from that.

    TERM is a name, a short name, part of one, a diary number, a § (with a year or body), words of a matter's title, or
    an IRI (whole, or the part after the base). Where several things are meant, they are listed.

    \b
    kommungraf show "Åsa Bergvall"
    kommungraf show "KS 2023/114"
    kommungraf show "§ 27 2023" --language sv
    kommungraf show Nilsson --number 2 --format md > nilsson.md
    """
    from kommungraf.languages import words
    from kommungraf.query.entity import describe
    from kommungraf.query.store import open_store
    from kommungraf.query.timeline import timeline

    store = open_store(out)
    entity = describe(store, _chosen(store, term, number), words(language))
    entries = [entry for entry in timeline(entity, out / "text") if mentions or entry.kind != "mention"]
    if form == "json":
        from kommungraf.query.portrait import as_json

        click.echo(json.dumps(as_json(entity, entries), ensure_ascii=False, indent=2))
    elif form == "md":
        from kommungraf.query.portrait import as_markdown

        click.echo(as_markdown(entity, entries), nl=False)
    else:
        from rich.console import Console

        from kommungraf.cli.show_text import print_entity

        print_entity(entity, entries, Console(width=None if sys.stdout.isatty() else 100, highlight=False))


def _chosen(store: Store, term: str, number: int | None) -> Candidate:
    """The one thing that is meant; whoever sits at a terminal is asked, others get the list and exit code 2."""
    from kommungraf.query.find import LISTED, AmbiguousError, find_one

    try:
        return find_one(store, term, config.load().base, number)
    except AmbiguousError as error:
        if not _somebody_sits_there():
            raise
        click.echo(f"{term!r} may mean {len(error.choices)} things:\n" + "\n".join(error.lines), err=True)
        last = min(LISTED, len(error.choices))
        return error.choices[int(click.prompt("Which one", type=click.IntRange(1, last), err=True)) - 1]


def _somebody_sits_there() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
