"""``kommungraf show``: one entity through the years, each fact with its quote."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kommungraf import config
from kommungraf.cli.options import out_option

if TYPE_CHECKING:
    from rich.console import Console

    from kommungraf.query.entity import Entity, Fact

CONTEXT = 90
"""Characters of text shown on each side of a bare mention."""


@click.command()
@click.argument("term")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option(
    "--mentions/--no-mentions", default=True, show_default=True, help="Show places that only name the entity."
)
@out_option
def show(term: str, form: str, mentions: bool, out: Path) -> None:
    """All that is known of one entity, year by year, each fact with its quote, document and page.

    TERM is a name, a short name, a diary number or an IRI (whole, or the part after the base).

    \b
    kommungraf show "Åsa Bergvall"
    kommungraf show "KS 2023/114"
    """
    from kommungraf.query.entity import describe, find_one
    from kommungraf.query.store import open_store

    store = open_store(out)
    entity = describe(store, find_one(store, term, config.load().base))
    if not mentions:
        entity.facts = [fact for fact in entity.facts if fact.kind != "mention"]
    if form == "json":
        click.echo(json.dumps(asdict(entity), ensure_ascii=False, indent=2))
    else:
        from rich.console import Console

        print_entity(entity, out, Console(width=None if sys.stdout.isatty() else 120, highlight=False))


_HIDDEN = {"foaf:name", "skos:altLabel", "dcterms:isReplacedBy", "kg:foundBy"}
_MARKUP = re.compile(r"</?[a-z][^<>]*>|\*{1,3}|^(?:#+|[-*]) ")


def print_entity(entity: Entity, out: Path, console: Console) -> None:
    """Write an entity to a console: its name, properties, and facts under their years."""
    from rich.text import Text

    console.print(Text(entity.candidate.name, style="bold"), Text(f"· {entity.candidate.kind}", style="dim"))
    if others := sorted(set(entity.properties.get("skos:altLabel", [])) - {entity.candidate.name}):
        console.print(Text("also: " + ", ".join(others), style="dim"))
    for name, values in sorted(entity.properties.items()):
        if name not in _HIDDEN:
            console.print(Text(f"{name.partition(':')[2]}: {', '.join(sorted(set(values)))}", style="dim"))
    for year, facts in entity.by_year().items():
        console.print()
        console.print(Text(year or "year not known", style="bold cyan"))
        for fact in facts:
            _print_fact(console.print, fact, out)
    console.print(Text(f"\n{entity.candidate.iri}", style="dim"))


def _print_fact(write: object, fact: Fact, out: Path) -> None:
    from rich.padding import Padding
    from rich.text import Text

    assert callable(write)
    when = fact.when if len(fact.when) > 4 else ""
    head = " · ".join(part for part in (when, fact.kind, fact.summary) if part)
    where = fact.document + (f", p. {fact.page}" if fact.page else "") + f" — {fact.file}"
    where += f" (and {fact.more} more)" if fact.more else ""
    before, quote, after = _in_context(fact, out)
    write(Padding(Text(head), (0, 0, 0, 2)))
    write(Padding(Text.assemble(("“" + before, "dim"), (quote, "italic"), (after + "”", "dim")), (0, 0, 0, 4)))
    write(Padding(Text(where, style="dim"), (0, 0, 0, 4)))


def _in_context(fact: Fact, out: Path) -> tuple[str, str, str]:
    quote = " ".join(fact.quote.split())
    path = out / "text" / f"{fact.sha256}.txt"
    if fact.kind != "mention" or not path.exists():
        return "", quote, ""
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    line_start = max(text.rfind("\n", 0, fact.start) + 1, fact.start - CONTEXT)
    line_end = text.find("\n", fact.end)
    line_end = min(len(text) if line_end < 0 else line_end, fact.end + CONTEXT)
    return _tidy(text[line_start : fact.start]).lstrip(), quote, _tidy(text[fact.end : line_end]).rstrip()


def _tidy(text: str) -> str:
    """A stretch of stored text on one line without mark-up; a space at its edge stays."""
    return re.sub(r"\s+", " ", _MARKUP.sub("", text))
