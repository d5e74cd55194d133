"""``kommungraf query``: named questions, or any SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kommungraf import config
from kommungraf.cli.options import out_option
from kommungraf.errors import UsageError


@click.command()
@click.argument("name", required=False)
@click.option(
    "--param", "-p", "pairs", multiple=True, metavar="K=V", help="A parameter of the named query; repeatable."
)
@click.option(
    "--file", "file", type=click.Path(path_type=Path), help="Run the SPARQL in a file; - or the name '-' reads stdin."
)
@click.option("--list", "list_", is_flag=True, help="List the named queries with the questions that they answer.")
@click.option("--sparql", is_flag=True, help="Print the SPARQL of the named query instead of running it.")
@click.option(
    "--format", "form", type=click.Choice(["table", "csv", "json", "ttl"]), default="table", show_default=True
)
@out_option
def query(
    name: str | None, pairs: tuple[str, ...], file: Path | None, list_: bool, sparql: bool, form: str, out: Path
) -> None:
    """Ask the graph a named question, or any SPARQL.

    \b
    kommungraf query --list
    kommungraf query career --param person="Bergvall"
    kommungraf query decisions -p year=2024 --format csv
    kommungraf query --file my.rq
    """
    if list_:
        _print_list()
        return
    text = _text(name, file, dict(_pair(pair) for pair in pairs))
    if sparql:
        click.echo(text)
        return
    from kommungraf.query.store import ask, open_store

    print_answer(ask(open_store(out), text), form)


def _pair(pair: str) -> tuple[str, str]:
    key, equals, value = pair.partition("=")
    if not equals:
        raise UsageError(f"--param {pair}: write it as name=value.")
    return key, value


def _text(name: str | None, file: Path | None, values: dict[str, str]) -> str:
    from kommungraf.query.named_queries import named_query

    if (name is None) == (file is None):
        raise UsageError("Give the name of a query (kommungraf query --list) or --file with SPARQL.")
    if name == "-" or (file is not None and str(file) == "-"):
        return sys.stdin.read()
    if file is not None:
        try:
            return file.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{file} cannot be read: {error}.") from error
    return named_query(str(name)).bind(values)


def _print_list() -> None:
    from rich.console import Console
    from rich.table import Table

    from kommungraf.query.named_queries import named_queries

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("query", "question", "parameters (* required)"):
        table.add_column(column, no_wrap=column == "query")
    for entry in named_queries().values():
        parameters = ", ".join(p.name + ("*" if p.required else "") for p in entry.parameters)
        table.add_row(entry.name, entry.title, parameters)
    Console(width=None if sys.stdout.isatty() else 140).print(table)


def print_answer(answer: object, form: str) -> None:
    """Write an answer to stdout as a table for people, or as csv, json or ttl."""
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

    from kommungraf.query.answer import rows, serialize

    assert isinstance(answer, QuerySolutions | QueryBoolean | QueryTriples)
    if form == "table" and not isinstance(answer, QuerySolutions):
        form = "csv" if isinstance(answer, QueryBoolean) else "ttl"
    if form != "table" or not isinstance(answer, QuerySolutions):
        click.echo(serialize(answer, form), nl=False)
        return
    from rich.console import Console

    from kommungraf.cli.table import print_rows

    names, body = rows(answer, config.load().base)
    left_out = print_rows(names, body, Console(width=None if sys.stdout.isatty() else 200, highlight=False))
    count = f"{len(body)} row{'' if len(body) == 1 else 's'}"
    note = f"; left out for lack of room: {', '.join(left_out)} (--format csv has all)" if left_out else ""
    click.echo(count + note, err=True)
