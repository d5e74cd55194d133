"""Answers in the formats that people and programs take."""

from __future__ import annotations

from collections.abc import Callable

from pyoxigraph import BlankNode, Literal, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat

from kommungraf.errors import UsageError
from kommungraf.query.store import PREFIXES, QueryAnswer

Term = NamedNode | Literal | BlankNode
Row = list[str]


def serialize(answer: QueryAnswer, form: str) -> str:
    """An answer as ``csv``, ``json`` (the W3C result formats) or ``ttl``.

    Raises :class:`~kommungraf.errors.UsageError` where the format does not fit the kind of query.
    """
    if isinstance(answer, QuerySolutions | QueryBoolean):
        if form == "ttl":
            raise UsageError("Turtle is for CONSTRUCT and DESCRIBE queries; use table, csv or json for SELECT and ASK.")
        kind = {"csv": QueryResultsFormat.CSV, "json": QueryResultsFormat.JSON}[form]
        if isinstance(answer, QueryBoolean) and form == "csv":
            return f"{str(bool(answer)).lower()}\n"
        return (answer.serialize(format=kind) or b"").decode("utf-8")
    kinds = {"ttl": RdfFormat.TURTLE, "json": RdfFormat.JSON_LD}
    if form not in kinds:
        raise UsageError("CONSTRUCT and DESCRIBE queries give triples: use --format ttl or json.")
    return (answer.serialize(format=kinds[form]) or b"").decode("utf-8")


def rows(answer: QuerySolutions, base: str) -> tuple[Row, list[Row]]:
    """Column names and rows as a person reads them: IRIs shortened, no datatypes, empty for unbound."""
    names = [variable.value for variable in answer.variables]
    shorten = shortener(base)
    return names, [["" if (term := row[name]) is None else shorten(term) for name in names] for row in answer]


def shortener(base: str) -> Callable[[Term], str]:
    """A function that writes a term for people: concepts by their notation part, own IRIs without the base."""

    def shorten(term: Term) -> str:
        if not isinstance(term, NamedNode):
            return term.value
        if term.value.startswith(base):
            return term.value[len(base) :]
        for prefix, namespace in PREFIXES.items():
            if term.value.startswith(namespace):
                return f"{prefix}:{term.value[len(namespace) :]}"
        return term.value

    return shorten
