"""``kommungraf push``: the named graphs that changed, into any store that takes graphs over HTTP."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kommungraf.graph.graph_store import Access
    from kommungraf.graph.push import Graph, Plan, Pushed


@click.command()
@click.argument("endpoint")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("graph_out"), show_default=True, help="The built graph."
)
@click.option("--dry-run", is_flag=True, help="Only list what would be put and taken out.")
@click.option("--all", "everything", is_flag=True, help="Put every graph, also those that lie there as they should.")
@click.option("--user", help="Who writes.")
@click.option("--password-env", metavar="NAME", help="The environment variable that holds the user's password.")
@click.option("--digest", is_flag=True, help="Digest authentication, as Virtuoso wants it; else basic.")
@click.option("--token-env", metavar="NAME", help="The environment variable that holds a bearer token.")
@click.option("--jobs", type=click.IntRange(1, 32), default=2, show_default=True, help="Requests at a time.")
@click.option(
    "--part", type=click.IntRange(100), default=50_000, show_default=True, help="Statements in one request at most."
)
@click.option("--gzip", "packed", is_flag=True, help="Send graphs packed; not every store reads that.")
@click.option("--tries", type=click.IntRange(1, 50), default=6, show_default=True, help="Before a request is given up.")
@click.option("--quiet", "-q", is_flag=True, help="No progress bar and no table.")
def push(
    endpoint: str,
    out: Path,
    dry_run: bool,
    everything: bool,
    user: str | None,
    password_env: str | None,
    digest: bool,
    token_env: str | None,
    jobs: int,
    part: int,
    packed: bool,
    tries: int,
    quiet: bool,
) -> None:
    """Load the named graphs that changed into a store elsewhere.

    ENDPOINT is the store's address for the SPARQL 1.1 Graph Store HTTP Protocol. The store comes to hold what the built
    graph holds, with the ontology and a description of the data set; other graphs in it are left alone. What was pushed
    is noted in the store itself, in the graph …/graph/pushed: a push that was stopped goes on where it was, from any
    machine. Exit code 1 means that the store refused some graphs; each is named.

    \b
    kommungraf push http://localhost:7878/store
    kommungraf push http://localhost:8890/sparql-graph-crud-auth --user dba --password-env PASSWORD --digest
    """
    from kommungraf.graph.graph_store import GraphStore
    from kommungraf.graph.push import Plan, plan
    from kommungraf.graph.push import push as run
    from kommungraf.model import iri

    store, base, graphs = _ours(out, part)
    target = GraphStore(
        endpoint, _access(user, password_env, token_env, digest), packed=packed, tries=tries, told=_told
    )
    record = base + iri.PUSHED_GRAPH
    todo = plan(iter(graphs), target, record)
    if everything:
        todo = Plan(tuple(graphs), todo.delete, {})
    if dry_run:
        _print_plan(store, todo)
        return
    from kommungraf.cli.progress import bars

    try:
        with bars(quiet) as progress:
            done = run(todo, target, record, jobs=jobs, progress=progress)
    except KeyboardInterrupt:
        click.echo("kommungraf: stopped; the same command goes on where it was.", err=True)
        sys.exit(1)
    if not quiet:
        _print(done, endpoint)
    for graph, why in done.refused.items():
        click.echo(f"refused: {graph}: {why}", err=True)
    sys.exit(1 if done.refused else 0)


def _ours(out: Path, part: int) -> tuple[Store, str, list[Graph]]:
    """The store, its base IRI, and all graphs that belong elsewhere: its own, and the description of the whole."""
    from pyoxigraph import RdfFormat, serialize

    from kommungraf.config import load
    from kommungraf.errors import UsageError
    from kommungraf.graph.files import read_manifest
    from kommungraf.graph.push import described, graphs_of
    from kommungraf.model import iri
    from kommungraf.query.dataset import description, extent
    from kommungraf.query.store import open_store

    store, manifest = open_store(out), read_manifest(out)
    if not manifest.get("graphs"):
        raise UsageError(f"{out} has a graph but no manifest beside it; build it again: kommungraf build --out {out}")
    base = manifest["versions"]["base"]
    triples = sorted(description(extent(store, base), base, load().publish), key=str)
    whole = described(base + iri.DATASET_GRAPH, serialize(triples, format=RdfFormat.N_TRIPLES) or b"")
    return store, base, [*graphs_of(store, manifest["graphs"], base, part), whole]


def _access(user: str | None, password_env: str | None, token_env: str | None, digest: bool) -> Access:
    from kommungraf.errors import UsageError
    from kommungraf.graph.graph_store import Access

    if bool(user) != bool(password_env):
        raise UsageError("--user and --password-env belong together: the password is read from the environment.")
    if user and token_env:
        raise UsageError("A user with a password or a token: not both.")
    for name in (password_env, token_env):
        if name and name not in os.environ:
            raise UsageError(f"There is no environment variable {name}.")
    return Access(
        user=user or "",
        password=os.environ[password_env] if password_env else "",
        token=os.environ[token_env] if token_env else "",
        digest=digest,
    )


def _told(message: str) -> None:
    click.echo(f"kommungraf: {message}", err=True)


def _print_plan(store: Store, todo: Plan) -> None:
    from pyoxigraph import QuerySolutions

    answer = store.query("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g")
    assert isinstance(answer, QuerySolutions)
    counts = {row["g"].value: int(row["n"].value) for row in answer}
    statements = 0
    for graph in todo.put:
        held = counts[graph.iri] if graph.iri in counts else sum(part.count(b"\n") for part in graph.parts())
        statements += held
        click.echo(f"put     {held:>9}  {graph.iri}")
    for name in todo.delete:
        click.echo(f"delete             {name}")
    click.echo(
        f"{len(todo.put)} graphs with {statements} statements would be put, {len(todo.delete)} taken out;"
        f" {len(todo.kept)} lie there as they should."
    )


def _print(done: Pushed, endpoint: str) -> None:
    rows = {
        "graphs put": done.put,
        "statements": done.statements,
        "taken out": done.deleted,
        "unchanged": done.unchanged,
        "refused": len(done.refused),
    }
    for name, number in rows.items():
        click.echo(f"{name:<12}{number:>12}")
    click.echo(f"{endpoint} holds what the graph holds." if not done.refused else f"{endpoint} lacks what it refused.")
