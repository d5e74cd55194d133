"""Reference data of Sweden: the 290 municipalities, the 21 regions and county administrative boards, with SCB codes.

Source: SCB's register of counties and municipalities (the first two digits of a municipality's code are its county's);
compiled by the project (CC0) into ``data/municipalities.csv`` and ``data/counties.toml``.
"""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from kommungraf.wordlists import toml

DATA = files("kommungraf.extract") / "data"


class MunicipalityEntry(NamedTuple):
    """A municipality. ``city``: it calls itself ``stad``; ``homonym``: its name is also a word or a personal name."""

    code: str
    name: str
    other: str
    city: bool
    homonym: bool


class County(NamedTuple):
    """A county (län) with the names of its region, the official one first, and its county administrative board."""

    code: str
    name: str
    regions: tuple[str, ...]

    @property
    def board(self) -> str:
        """The full name of the county administrative board."""
        return f"Länsstyrelsen i {self.name}"

    @property
    def stem(self) -> str:
        """The name without ``län``: ``Skåne``, ``Stockholms``."""
        return self.name.removesuffix(" län")


@cache
def municipalities() -> dict[str, MunicipalityEntry]:
    """The municipalities by code."""
    rows = csv.DictReader((DATA / "municipalities.csv").read_text(encoding="utf-8").splitlines())
    entries = (MunicipalityEntry(r["code"], r["name"], r["other"], bool(r["city"]), bool(r["homonym"])) for r in rows)
    return {entry.code: entry for entry in entries}


@cache
def counties() -> dict[str, County]:
    """The counties by code."""
    return {
        code: County(code, row["county"], tuple(row["region"]))
        for code, row in toml("extract", "counties.toml").items()
    }
