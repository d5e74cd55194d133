"""Answers as pandas tables whose columns have the type of what is in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions

from kommungraf.query.answer import shortener
from kommungraf.query.store import PREFIXES

if TYPE_CHECKING:
    import pandas

Term = NamedNode | Literal | BlankNode
Cell = str | int | float | bool | None

_XSD = PREFIXES["xsd"]
_WHOLE = frozenset(_XSD + name for name in ("integer", "int", "long", "nonNegativeInteger", "gYear"))
_FRACTION = frozenset(_XSD + name for name in ("decimal", "double", "float"))
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_YEAR = re.compile(r"\d{4}")
_COUNTED = frozenset("page paragraph ordinal documents mentions decisions number".split())
_MEASURED = frozenset("value amount score difference".split())


def frame_of(answer: QuerySolutions, base: str) -> pandas.DataFrame:
    """The rows of a SELECT as a table.

    Whole numbers and years are integers, decimals are floats, dates are ``datetime64`` where every one of a column is
    a full day (a column that also holds months or years stays text, so that nothing is made more exact than it is). Own
    IRIs lose the base: such a name can be given to ``Graph.entity``. Gaps are ``NA``, ``NaN`` or ``NaT``.
    """
    names = [variable.value for variable in answer.variables]
    shorten = shortener(base)
    columns: dict[str, list[Term | None]] = {name: [] for name in names}
    for solution in answer:
        for name in names:
            columns[name].append(solution[name])
    import pandas

    return pandas.DataFrame({name: _typed(name, terms, shorten) for name, terms in columns.items()}, columns=names)


def frame(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> pandas.DataFrame:
    """A table of rows that are no terms; columns of whole numbers with gaps stay whole numbers."""
    import pandas

    cells = [list(row) for row in rows]
    return pandas.DataFrame({name: _plain(name, [row[index] for row in cells]) for index, name in enumerate(columns)})


def _plain(name: str, cells: list[Cell]) -> pandas.Series:
    import pandas

    present = [cell for cell in cells if cell is not None]
    if not present:
        return pandas.Series(cells, dtype=_without_values(name))
    if all(isinstance(cell, int) for cell in present):
        return pandas.Series(cells, dtype="int64" if len(present) == len(cells) else "Int64")
    return pandas.Series(cells, dtype="float64" if all(isinstance(cell, float) for cell in present) else "str")


def _typed(name: str, terms: list[Term | None], shorten: Callable[[Term], str]) -> pandas.Series:
    import pandas

    present = [term for term in terms if term is not None]
    texts = [None if term is None else shorten(term) for term in terms]
    if not present:
        return pandas.Series(texts, dtype=_without_values(name))
    kinds = {term.datatype.value if isinstance(term, Literal) else "" for term in present}
    if kinds <= _WHOLE or _is_year(name, texts):
        whole = [None if text is None else int(text) for text in texts]
        return pandas.Series(whole, dtype="int64" if len(present) == len(terms) else "Int64")
    if kinds <= _WHOLE | _FRACTION:
        return pandas.Series([None if text is None else float(text) for text in texts], dtype="float64")
    if kinds == {_XSD + "boolean"}:
        flags = [None if text is None else text == "true" for text in texts]
        return pandas.Series(flags, dtype="bool" if len(present) == len(terms) else "boolean")
    if all(text is None or _DAY.fullmatch(text) for text in texts):
        return pandas.to_datetime(pandas.Series(texts), format="%Y-%m-%d", errors="coerce")
    return pandas.Series(texts, dtype="str")


def _without_values(name: str) -> str:
    """So that a filter on years or numbers works on an empty answer too."""
    if name.lower().endswith("year") or name in _COUNTED:
        return "Int64"
    return "float64" if name in _MEASURED else "object"


def _is_year(name: str, texts: list[str | None]) -> bool:
    """Some queries cut the year out of a date, which leaves text."""
    return name.lower().endswith("year") and all(text is None or _YEAR.fullmatch(text) for text in texts)
