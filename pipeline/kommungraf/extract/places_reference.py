"""Reference data of Sweden: the 290 municipalities, the 21 regions and county administrative boards, with SCB codes.

Source: SCB's register of counties and municipalities (the first two digits of a municipality's code are its county's);
compiled by the project (CC0) into ``data/municipalities.csv`` and ``data/counties.toml``.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kommungraf.municipalities import MunicipalityEntry, municipalities
from kommungraf.wordlists import toml

__all__ = ["County", "MunicipalityEntry", "counties", "municipalities"]


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
def counties() -> dict[str, County]:
    """The counties by code."""
    return {
        code: County(code, row["county"], tuple(row["region"]))
        for code, row in toml("extract", "counties.toml").items()
    }
