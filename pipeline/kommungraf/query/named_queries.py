"""The named queries: ``.rq`` files that are SPARQL on their own, with a header of title, description and parameters.

    # title: Who sat where, and when?
    # description: …
    # param person (text, required): part of a name
    # param year (year): only this year

In the query a parameter is written ``$person``. A line that ends in ``# if year`` counts only when that parameter is
given, so an optional filter is one line. Values are bound as RDF terms, never pasted, so no value can change the query.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from pyoxigraph import Literal, NamedNode

from kommungraf.errors import UsageError
from kommungraf.query.store import PREFIXES

_HEADER = re.compile(r"^# (title|description): (.+)$", re.M)
_PARAM = re.compile(
    r"^# param (?P<name>\w+) \((?P<kind>text|year|number|date|iri)(?P<required>, required)?\): (?P<help>.+)$", re.M
)
_CONDITION = re.compile(r"^(.*?)\s*# if (\w+)\s*$")
_XSD = PREFIXES["xsd"]
_PATTERNS = {
    "year": (re.compile(r"\d{4}"), "a year such as 2024"),
    "number": (re.compile(r"-?\d+"), "a whole number"),
    "date": (re.compile(r"\d{4}-\d\d-\d\d"), "a date such as 2024-04-25"),
    "iri": (re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+"), "an absolute IRI"),
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter: ``kind`` is text, year, number, date or iri."""

    name: str
    kind: str
    required: bool
    help: str

    def term(self, value: str) -> Literal | NamedNode:
        """The RDF term of a value as typed; :class:`~kommungraf.errors.UsageError` when it does not fit the kind."""
        if self.kind == "text":
            return Literal(value)
        pattern, example = _PATTERNS[self.kind]
        if not pattern.fullmatch(value):
            raise UsageError(f"{self.name}={value}: give {example}.")
        if self.kind == "iri":
            return NamedNode(value)
        datatype = {"year": "gYear", "number": "integer", "date": "date"}[self.kind]
        return Literal(value, datatype=NamedNode(_XSD + datatype))


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A question with a name. ``sparql`` is the file's text."""

    name: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    sparql: str

    def bind(self, values: Mapping[str, str]) -> str:
        """The query for some values; :class:`~kommungraf.errors.UsageError` for unknown or missing parameters."""
        known = {parameter.name: parameter for parameter in self.parameters}
        if unknown := values.keys() - known.keys():
            may = ", ".join(known) or "none"
            raise UsageError(f"The query {self.name} has no parameter {sorted(unknown)[0]!r}; it takes: {may}.")
        if missing := [p.name for p in self.parameters if p.required and p.name not in values]:
            raise UsageError(f"The query {self.name} needs --param {missing[0]}=… ({known[missing[0]].help}).")
        terms = {name: known[name].term(value) for name, value in values.items()}
        lines = (kept for line in self.sparql.splitlines() if (kept := _conditional(line, terms)) is not None)
        return re.sub(
            r"\$(\w+)", lambda m: str(terms[m.group(1)]) if m.group(1) in terms else m.group(0), "\n".join(lines)
        )


def _conditional(line: str, given: Iterable[str]) -> str | None:
    match = _CONDITION.match(line)
    if match is None:
        return line
    return match.group(1) if match.group(2) in given else None


@cache
def named_queries() -> dict[str, NamedQuery]:
    """All named queries by name, in alphabetical order."""
    folder = resources.files("kommungraf.query") / "named"
    texts = {
        entry.name[:-3]: entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".rq")
    }
    return {name: parse(name, texts[name]) for name in sorted(texts)}


def parse(name: str, text: str) -> NamedQuery:
    """A named query from the text of its file; raises ``ValueError`` for a file without title or description."""
    head = {match.group(1): match.group(2).strip() for match in _HEADER.finditer(text)}
    if head.keys() != {"title", "description"}:
        raise ValueError(f"{name}.rq needs a title and a description")
    parameters = tuple(
        Parameter(m["name"], m["kind"], m["required"] is not None, m["help"]) for m in _PARAM.finditer(text)
    )
    return NamedQuery(name, head["title"], head["description"], parameters, text)


def named_query(name: str) -> NamedQuery:
    """One named query; raises :class:`~kommungraf.errors.UsageError` that names the nearest ones when there is none."""
    queries = named_queries()
    if name not in queries:
        from rapidfuzz.process import extract

        near = ", ".join(match[0] for match in extract(name, list(queries), limit=3))
        raise UsageError(f"There is no query {name!r}. Near it: {near}. All: kommungraf query --list")
    return queries[name]
