"""Tables and networks of the graph: each is a SPARQL file in ``data/``, its variables are the columns.

For people who work in pandas, DuckDB, Excel or Gephi. A row that is a statement names its document and its evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import QuerySolutions, Store

from kommungraf.graph import ontology
from kommungraf.graph.files import replacing

if TYPE_CHECKING:
    import networkx
    import pyarrow

_INTEGERS = frozenset({"year", "number", "ordinal", "page", "fiscal_year", "meetings", "bytes"})
_DECIMALS = frozenset({"value", "amount"})
Row = tuple[Any, ...]


def table_names() -> list[str]:
    """The tables that can be exported."""
    return sorted(name for name, _ in _queries("tables"))


def tables(store: Store) -> Iterator[tuple[str, pyarrow.Table]]:
    """Every table, rows sorted."""
    import pyarrow as pa

    for name, query in _queries("tables"):
        columns, rows = _rows(store, query)
        fields = [pa.field(column, _type(column)) for column in columns]
        cells = [[row[index] for row in rows] for index in range(len(columns))]
        arrays = [pa.array(column, field.type) for column, field in zip(cells, fields, strict=True)]
        yield name, pa.Table.from_arrays(arrays, schema=pa.schema(fields))


def write_tables(store: Store, form: str, folder: Path) -> list[Path]:
    """Write all tables as ``parquet`` or ``csv`` into a folder; the files written are returned."""
    import pyarrow.csv
    import pyarrow.parquet

    folder.mkdir(parents=True, exist_ok=True)
    write = pyarrow.parquet.write_table if form == "parquet" else pyarrow.csv.write_csv
    written = []
    for name, table in tables(store):
        path = folder / f"{name}.{form}"
        with replacing(path) as beside:
            write(table, str(beside))
        written.append(path)
    return written


def network(store: Store) -> networkx.MultiDiGraph:
    """People, bodies, organisations, parties, municipalities and projects with the ties between them."""
    import networkx

    graph = networkx.MultiDiGraph()
    for name, query in _queries("network"):
        columns, rows = _rows(store, query)
        for row in rows:
            told = {key: value for key, value in zip(columns, row, strict=True) if value is not None}
            if name == "nodes":
                graph.add_node(told.pop("id"), **told)
            elif told["source"] in graph and told["target"] in graph:
                graph.add_edge(told.pop("source"), told.pop("target"), kind=name, **told)
    return graph


def _queries(folder: str) -> list[tuple[str, str]]:
    found = {
        path.name.removesuffix(".rq"): path for path in files("kommungraf.graph").joinpath("data", folder).iterdir()
    }
    order = sorted(found, key=lambda name: (name != "nodes", name))  # ties are between nodes that are there
    return [(name, found[name].read_text(encoding="utf-8")) for name in order]


def _rows(store: Store, query: str) -> tuple[list[str], list[Row]]:
    answer = store.query(query, prefixes=ontology.prefixes(), use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    columns = [variable.value for variable in answer.variables]
    rows = [tuple(_value(column, solution[column]) for column in columns) for solution in answer]
    return columns, sorted(rows, key=lambda row: tuple("" if cell is None else str(cell) for cell in row))


def _value(column: str, term: Any) -> Any:
    if term is None:
        return None
    if column in _INTEGERS:
        return int(term.value)
    return float(term.value) if column in _DECIMALS else term.value


def _type(column: str) -> Any:
    import pyarrow as pa

    return pa.int64() if column in _INTEGERS else pa.float64() if column in _DECIMALS else pa.string()
