"""The 290 municipalities of Sweden with their SCB codes, and the official forms of their names.

Source: SCB's register of counties and municipalities, compiled by the project (CC0) into
``extract/data/municipalities.csv``. It is read without the stage that has it, which pages do without.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from kommungraf.text import fold


class MunicipalityEntry(NamedTuple):
    """A municipality. ``city``: it calls itself ``stad``; ``homonym``: its name is also a word or a personal name."""

    code: str
    name: str
    other: str
    city: bool
    homonym: bool

    @property
    def official(self) -> Iterator[str]:
        """What the municipality calls itself, ``kommun`` (and ``stad``) after its name, with and without genitive."""
        for name in filter(None, (self.name, self.other)):
            for stem in (name, name if name.endswith(("s", "x", "z")) else f"{name}s"):
                yield f"{stem} kommun"
                if self.city:
                    yield f"{stem} stad"


@cache
def municipalities() -> dict[str, MunicipalityEntry]:
    """The municipalities by code."""
    table = files("kommungraf").joinpath("extract", "data", "municipalities.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    entries = (MunicipalityEntry(r["code"], r["name"], r["other"], bool(r["city"]), bool(r["homonym"])) for r in rows)
    return {entry.code: entry for entry in entries}


def municipality_called(name: str) -> MunicipalityEntry | None:
    """The municipality of which a name is an official form, but for how it is spelt (:func:`fold`); else ``None``."""
    return _official().get(fold(name))


@cache
def _official() -> dict[str, MunicipalityEntry]:
    return {fold(form): entry for entry in municipalities().values() for form in entry.official}
