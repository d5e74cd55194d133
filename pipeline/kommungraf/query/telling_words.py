"""The words of a telling: its kind, one line, and what is listed with others of its group."""

from __future__ import annotations

from dataclasses import dataclass

from kommungraf.languages import Words
from kommungraf.query.nodes import Node


@dataclass(frozen=True, slots=True)
class Telling:
    """A fact in words. Facts of one year with the same ``group`` are told in one line that lists their ``item``s."""

    kind: str
    what: str
    group: tuple[str, ...] = ()
    item: str = ""


def join(*parts: str) -> str:
    """The parts that say something, set apart by dots."""
    return " · ".join(part for part in parts if part)


def period(node: Node, words: Words) -> str:
    """The period that texts state, else the one in which documents show it."""
    start, stop = node.one("kg:validFrom"), node.one("kg:validTo")
    if start or stop:
        return f"{start or '…'} – {stop or '…'}"
    first, last = node.one("kg:firstSeen"), node.one("kg:lastSeen")
    return words("seen {when}", when=first + (f" – {last}" if last != first else "")) if first else ""
