"""What a node of the graph is called in a line for people: its name, the year that it is of, and why it is there."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store, Triple

from kommungraf.query.store import PREFIXES

Value = NamedNode | BlankNode | Literal | Triple
Told = dict[str, list[Value]]
"""What a graph says of a node: values by the last part of the property's IRI."""

_NAMES = ("name", "title", "diaryNumber", "notation")
_TEXTS = ("text", "lineItem", "explanation")
_PARTIES = tuple(
    "predecessor successor member role organization inBody person meeting capacity entity planned reported next about "
    "candidate earlier later budgeted accounted decidedBy cites".split()
)
_YEARS = ("year", "fiscalYear", "date", "effective", "validFrom", "issued", "firstSeen")
_LONGEST = 90
_OF_DOCUMENT = NamedNode(PREFIXES["dcterms"] + "type")
_LOCAL = re.compile(r"[^/#]+$")


def local(iri: str) -> str:
    """The last part of an IRI: ``Succession`` of a class, ``validFrom`` of a property."""
    found = _LOCAL.search(iri)
    return found[0] if found else iri


class Words:
    """The words of one graph."""

    def __init__(self, store: Store, base: str) -> None:
        self._store, self._base = store, base
        self._labels: dict[str, str] = {}

    def line(self, told: Told) -> str:
        """What a node is called, from what is told of it; the names of those it is about where it has none."""
        if own := self._own(told):
            return own
        parties = [self.label(value) for key in _PARTIES for value in told.get(key, ())[:2]]
        return " – ".join(dict.fromkeys(filter(None, parties))) or _first(told, ("because",))

    def label(self, value: Value) -> str:
        """What a value is called: a literal is its text, a node its name, else its IRI without the base."""
        if not isinstance(value, NamedNode):
            return _text(value)
        if value.value not in self._labels:
            plain = value.value.removeprefix(self._base)
            plain = local(plain) if plain.startswith("http") else plain
            self._labels[value.value] = plain  # two nodes may be about each other
            told = as_told(self._store.quads_for_pattern(value, None, None, None))
            self._labels[value.value] = self.line(told) or plain
        return self._labels[value.value]

    @staticmethod
    def _own(told: Told) -> str:
        if "lineItem" in told and "value" in told:
            item, value, unit = (_first(told, (key,)) for key in ("lineItem", "value", "unit"))
            return f"{item}: {value} {unit}"
        return _first(told, _NAMES) or _first(told, _TEXTS)

    @staticmethod
    def year(told: Told) -> str:
        """The year that a node is of; empty where nothing says it."""
        return _first(told, _YEARS)[:4]


def as_told(quads: Iterable[Quad]) -> Told:
    """Quads of one node by property."""
    told: Told = {}
    for quad in quads:
        key = "documentType" if quad.predicate == _OF_DOCUMENT else local(quad.predicate.value)
        told.setdefault(key, []).append(quad.object)
    for values in told.values():
        values.sort(key=str)
    return told


def class_of(told: Told) -> str:
    """The class of a node: the one of our own where it has several; empty where the graph does not say it."""
    classes = [value.value for value in told.get("type", ()) if isinstance(value, NamedNode)]
    ours = [name for name in classes if name.startswith(PREFIXES["kg"])]
    return local((ours or classes or [""])[0])


def _first(told: Told, keys: Iterable[str]) -> str:
    for key in keys:
        for value in told.get(key, ()):
            if text := " ".join(_text(value).split()):
                return text if len(text) <= _LONGEST else text[: _LONGEST - 1].rstrip() + "…"
    return ""


def _text(value: Value) -> str:
    return value.value if isinstance(value, Literal | NamedNode) else ""
