"""``kommungraf tour``: a few real answers from a graph, and what to try next."""

from __future__ import annotations

import io
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kommungraf import config
from kommungraf.cli.options import out_option

if TYPE_CHECKING:
    from pyoxigraph import Store

SHOWN = 28
"""So many lines of a timeline are enough to see what it is."""
WIDTH = 100

_BUSIEST_PERSON = """
SELECT ?name (COUNT(DISTINCT ?organization) AS ?n) (COUNT(DISTINCT ?document) AS ?d) WHERE {
  ?membership a org:Membership ; org:member ?person ; org:organization ?organization .
  ?person foaf:name ?name ; kg:evidence/oa:hasSource ?document .
} GROUP BY ?name ORDER BY DESC(?n) DESC(?d) ?name LIMIT 1
"""
_LONGEST_PROJECT = """
SELECT ?project (COUNT(DISTINCT ?year) AS ?n) (MIN(?called) AS ?name) WHERE {
  ?project a kg:Project ; foaf:name ?called ; kg:evidence/oa:hasSource/kg:year ?year .
} GROUP BY ?project ORDER BY DESC(?n) ?name LIMIT 1
"""
_NEXT = (
    ("query --list", "the questions that have a name"),
    ("query promises", "what became of what plans promised"),
    ("query lineage", "what was renamed, merged, continued, ended"),
    ("query motions", "who moved what, and what came of it"),
    ("validate", "does the graph keep the rules of the ontology?"),
    ("export --format ttl", "the whole graph as Turtle"),
)


@click.command()
@out_option
def tour(out: Path) -> None:
    """Show a project through the years, a person's career and contradictions, and what to try next."""
    from kommungraf.query.store import open_store

    store = open_store(out)
    suffix = "" if out == Path("graph_out") else f" --out {shlex.quote(str(out))}"
    if project := _first(store, _LONGEST_PROJECT, "project"):
        _show(store, project, out, suffix)
    if person := _first(store, _BUSIEST_PERSON, "name"):
        _answer(store, "career", {"person": person}, suffix)
    _answer(store, "contradictions", {}, suffix)
    click.echo("\nTry next:")
    commands = [f".venv/bin/kommungraf {command}{suffix}" for command, _ in _NEXT]
    for command, (_, what) in zip(commands, _NEXT, strict=True):
        click.echo(f"  {command.ljust(max(map(len, commands)))}  {what}")


def _first(store: Store, sparql: str, name: str) -> str:
    """What a query finds first, or nothing."""
    from pyoxigraph import QuerySolutions

    from kommungraf.query.store import ask

    answer = ask(store, sparql)
    row = next(answer, None) if isinstance(answer, QuerySolutions) else None
    return "" if row is None or row[name] is None else row[name].value


def _show(store: Store, term: str, out: Path, suffix: str) -> None:
    """The first lines of the timeline of one thing."""
    from rich.console import Console

    from kommungraf.cli.show_text import print_entity
    from kommungraf.query.entity import describe, find_one
    from kommungraf.query.timeline import timeline

    entity = describe(store, find_one(store, term, config.load().base))
    entries = [entry for entry in timeline(entity, out / "text") if entry.kind != "mention"]
    told = io.StringIO()
    print_entity(entity, entries, Console(file=told, width=WIDTH, highlight=False))
    lines = told.getvalue().splitlines()
    click.secho("\nWhat is told of one project through the years, and what follows from it?", bold=True)
    click.echo(f"$ kommungraf show {shlex.quote(entity.name)} --no-mentions{suffix}\n")
    click.echo("\n".join(lines[:SHOWN]))
    if len(lines) > SHOWN:
        click.secho(f"… and {len(lines) - SHOWN} more lines", dim=True)


def _answer(store: Store, name: str, values: dict[str, str], suffix: str) -> None:
    from kommungraf.cli.query import print_answer
    from kommungraf.query.named_queries import named_query
    from kommungraf.query.store import ask

    query = named_query(name)
    given = "".join(f" --param {key}={shlex.quote(value)}" for key, value in values.items())
    click.secho(f"\n{query.title}", bold=True)
    click.echo(f"$ kommungraf query {name}{given}{suffix}\n")
    print_answer(ask(store, query.bind(values)), "table")
