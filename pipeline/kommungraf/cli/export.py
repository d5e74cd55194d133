"""``kommungraf export``: the graph or its tables in other formats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pyoxigraph import Store

_RDF = ("ttl", "trig", "nq", "jsonld")
_VOID = "void"
_TABLES = ("parquet", "csv")


@click.command()
@click.option(
    "--format", "form", type=click.Choice([*_RDF, "graphml", *_TABLES, _VOID]), required=True, help="What to write."
)
@click.option(
    "--to", type=click.Path(path_type=Path), help="A file (a folder for tables), or - for stdout; default OUT/export/."
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("graph_out"), show_default=True, help="The built graph."
)
def export(form: str, to: Path | None, out: Path) -> None:
    """Write the graph or its tables in other formats.

    ttl is the union of all graphs; trig, nq and jsonld keep the named graph of each document. nq is sorted, so that two
    graphs are equal when their files are. graphml is the network of people, bodies, organisations and projects, for
    Gephi and the like. parquet and csv are tables (people, memberships, meetings, decisions, projects, observations,
    references, documents), one file each. void is the description of the data set (VoID and DCAT, Turtle): what it
    holds, its licence; it is written beside every RDF export in OUT/export/, too.

    \b
    kommungraf export --format nq --to graph.nq
    kommungraf export --format parquet --to tables/
    """
    from kommungraf.errors import StorageError
    from kommungraf.graph.export import open_graph

    store = open_graph(out)
    target = to or out / "export" / _name(form)
    try:
        if form in _TABLES:
            _export_tables(store, form, target)
        elif form == _VOID:
            _export_description(store, out, target)
        else:
            _export_file(store, form, target)
            if form in _RDF and to is None:
                _export_description(store, out, target.with_name(_name(_VOID)))
    except BrokenPipeError:
        raise
    except OSError as error:
        raise StorageError(f"{target} cannot be written: {error.strerror or error}.") from error


def _name(form: str) -> str:
    """The file, or the folder of tables, that a format is written to."""
    return form if form in _TABLES else "void.ttl" if form == _VOID else f"graph.{form}"


def _export_description(store: Store, out: Path, path: Path) -> None:
    from kommungraf.config import load
    from kommungraf.graph.files import read_manifest, replacing
    from kommungraf.graph.written import turtle
    from kommungraf.model import iri
    from kommungraf.query.dataset import description, extent

    config = load()
    base = read_manifest(out).get("versions", {}).get("base", config.base)
    text = turtle(description(extent(store, base), base, config.publish), base + iri.DATASET)
    if str(path) == "-":
        sys.stdout.buffer.write(text)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as beside:
        beside.write_bytes(text)
    click.echo(path)


def _export_tables(store: Store, form: str, folder: Path) -> None:
    from kommungraf.errors import UsageError
    from kommungraf.graph.tables import write_tables

    if str(folder) == "-" or folder.is_file():
        raise UsageError(f"{form} is one file per table; --to needs a folder.")
    for path in write_tables(store, form, folder):
        click.echo(path)


def _export_file(store: Store, form: str, path: Path) -> None:
    from kommungraf.graph.files import replacing

    if str(path) == "-":
        _write(store, form, sys.stdout.buffer)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with replacing(path) as beside, beside.open("wb") as file:
        _write(store, form, file)
    click.echo(path)


def _write(store: Store, form: str, target: object) -> None:
    if form == "graphml":
        import networkx

        from kommungraf.graph.tables import network

        networkx.write_graphml(network(store), target)
    else:
        from kommungraf.graph.export import export_rdf

        export_rdf(store, form, target)  # type: ignore[arg-type]
