"""Known terms of the stages' word lists, against which the noise of recognition is repaired: reading knows none."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from kommungraf.model.source import Text
from kommungraf.read.terms import Lexicon, repaired
from kommungraf.wordlists import toml

_WORD = re.compile(r"[^\W\d_]{4,}")
_VERBS = ("verbs", "past", "nouns")


def without_noise(text: Text) -> Text:
    """The text with what was recognised in pictures repaired against known terms; others are as they were."""
    return repaired(text, _lexicon()) if text.recognised else text


@cache
def _lexicon() -> Lexicon:
    parties = toml("extract", "parties.toml")["party"]
    codes = {party["abbreviation"] for party in parties} | {
        code for party in parties for code in party.get("former", ())
    }
    names = {name for party in parties for form in party["forms"] for name in _WORD.findall(form)}
    terms = [*_labels(toml("segment", "labels.toml")), *_verbs(), *_bodies(), *_municipalities(), *names]
    return Lexicon(
        words=frozenset(word for term in terms for word in _WORD.findall(term)),
        names=frozenset(_listed("first_names.txt")) | frozenset(_listed("last_names.txt")),
        codes=frozenset(codes),
    )


def _labels(table: dict[str, Any]) -> Iterator[str]:
    """The literal labels in a table of tables."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _labels(value)
        elif key == "words":
            yield from value


def _verbs() -> Iterator[str]:
    for outcome in toml("extract", "outcomes.toml").values():
        yield from (outcome[kind] for kind in _VERBS if kind in outcome)


def _bodies() -> Iterator[str]:
    for stem, body in toml("extract", "bodies.toml").items():
        if not isinstance(body, dict) or "prefixes" not in body:
            continue
        ending = body["definite"]
        for prefix in body["prefixes"]:
            yield from _forms(f"{prefix}{stem}".replace("*", ""), ending)


def _forms(name: str, ending: str) -> Iterable[str]:
    return name, name + ending, name + ending + "s"


def _municipalities() -> Iterator[str]:
    data = files("kommungraf.extract").joinpath("data", "municipalities.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(data.splitlines()):
        yield row["name"]
        yield row["name"] + "s"


def _listed(name: str) -> Iterator[str]:
    text = files("kommungraf.extract").joinpath("data", name).read_text(encoding="utf-8")
    return (word for line in text.splitlines() if not line.startswith("#") for word in line.split())
