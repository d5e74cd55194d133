"""``kommungraf validate``: the graph against the shapes of the ontology."""

from __future__ import annotations

import sys
from pathlib import Path

import click

_EXAMPLES = 3


@click.command()
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("graph_out"), show_default=True, help="The built graph."
)
@click.option("--all", "all_", is_flag=True, help="Name every node, not only a few of each kind of violation.")
def validate(out: Path, all_: bool) -> None:
    """Check the graph against the shapes of the ontology (SHACL core).

    Prints what does not conform, by shape and property, with examples. Exit code 1 when the graph does not conform.
    """
    from kommungraf.graph.export import open_graph
    from kommungraf.graph.validate import summed_up
    from kommungraf.graph.validate import validate as check

    store = open_graph(out)
    violations = check(store)
    for (shape, path, message), nodes in summed_up(violations).items():
        click.echo(f"{shape} {path}: {message} ({len(nodes)})")
        for node in nodes if all_ else nodes[:_EXAMPLES]:
            click.echo(f"    {node}")
    if violations:
        click.echo(f"{out / 'store'} does not conform: {len(violations)} violations.", err=True)
        sys.exit(1)
    click.echo(f"{out / 'store'} conforms: {len(store):,} statements.")
