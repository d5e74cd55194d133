"""``kommungraf tour``: two or three real answers from a graph, and what to try next."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from kommungraf.cli.options import out_option

_BUSIEST_PERSON = """
SELECT ?name (COUNT(DISTINCT ?organization) AS ?n) (COUNT(DISTINCT ?document) AS ?d) WHERE {
  ?membership a org:Membership ; org:member ?person ; org:organization ?organization .
  ?person foaf:name ?name ; kg:evidence/oa:hasSource ?document .
} GROUP BY ?name ORDER BY DESC(?n) DESC(?d) ?name LIMIT 1
"""
_LONGEST_PROJECT = """
SELECT ?name (COUNT(DISTINCT ?year) AS ?n) WHERE {
  ?project a kg:Project ; foaf:name ?name ; kg:evidence/oa:hasSource/kg:year ?year .
} GROUP BY ?name ORDER BY DESC(?n) ?name LIMIT 1
"""
_NEXT = (
    ("query --list", "the questions that have a name"),
    ("query decisions", "every decision with its outcome"),
    ("query motions", "who moved what, and what came of it"),
    ("validate", "does the graph keep the rules of the ontology?"),
    ("export --format ttl", "the whole graph as Turtle"),
)


@click.command()
@out_option
def tour(out: Path) -> None:
    """Show a person's career and a project over years from the graph, and what to try next."""
    from kommungraf.query.store import open_store

    store = open_store(out)
    for sparql, name, parameter in (
        (_BUSIEST_PERSON, "career", "person"),
        (_LONGEST_PROJECT, "project-timeline", "project"),
    ):
        found = _first(store, sparql)
        if found is not None:
            _answer(store, name, parameter, found, out)
    click.echo("\nTry next:")
    suffix = "" if out == Path("graph_out") else f" --out {shlex.quote(str(out))}"
    for command, what in _NEXT:
        click.echo(f"  .venv/bin/kommungraf {command + suffix:<34} {what}")


def _first(store: object, sparql: str) -> str | None:
    from pyoxigraph import QuerySolutions, Store

    from kommungraf.query.store import ask

    assert isinstance(store, Store)
    answer = ask(store, sparql)
    assert isinstance(answer, QuerySolutions)
    row = next(iter(answer), None)
    return None if row is None or row["name"] is None else str(row["name"].value)


def _answer(store: object, name: str, parameter: str, value: str, out: Path) -> None:
    from pyoxigraph import Store

    from kommungraf.cli.query import print_answer
    from kommungraf.query.named_queries import named_query
    from kommungraf.query.store import ask

    assert isinstance(store, Store)
    query = named_query(name)
    click.secho(f"\n{query.title}", bold=True)
    suffix = "" if out == Path("graph_out") else f" --out {shlex.quote(str(out))}"
    click.echo(f"$ kommungraf query {name} --param {parameter}={shlex.quote(value)}{suffix}\n")
    print_answer(ask(store, query.bind({parameter: value})), "table")
