"""The headings of a report: which lines head what follows, with mark-up or without it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kommungraf.segment.contents import Contents
from kommungraf.segment.lines import Line, label_key

_LONGEST = 320
_PLANNED_WORK = frozenset({"goals", "activities", "results", "focus", "group", "accounts", "contents"})


@dataclass(slots=True)
class Heading:
    """A line that heads what follows.

    ``named`` is the table's name for it (``focus``, ``goals`` …) or empty; ``listed``: the table of contents has it;
    ``level``: 1 is the highest, as marked, or as concluded where nothing is marked.
    """

    at: int
    level: int
    named: str
    listed: bool


@cache
def _table() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str]]:
    data = tomllib.loads(files("kommungraf.segment").joinpath("data/sections.toml").read_text(encoding="utf-8"))
    lead = re.compile(rf"(?i){data.pop('lead')}")
    return {name: re.compile("|".join(f"(?:{one})" for one in some)) for name, some in data.items()}, lead


@cache
def name_of(key: str) -> str:
    """What the table of headings calls a folded heading, or an empty string."""
    return next((name for name, pattern in _table()[0].items() if pattern.fullmatch(key)), "")


def leads(line: Line, following: Line) -> bool:
    """A sentence that introduces a list of what is planned ("… stödjer kommunerna genom att")."""
    return line.kind == "paragraph" and following.kind == "item" and bool(_table()[1].search(line.text.rstrip()))


def headings(lines: list[Line], table: Contents, start: int, end: int) -> list[Heading]:
    """The headings between two lines, in order, the table of contents left out."""
    listed_rows = table.rows or range(0)
    marked = sum(line.kind == "heading" for line in lines[start:end]) >= 3
    found: list[Heading] = []
    in_results = False
    for at in range(start, end):
        line = lines[at]
        if at in listed_rows or line.kind in ("item", "table") or len(line.text) > _LONGEST:
            continue
        named = name_of(line.key) if line.key else ""
        listed = bool(line.key) and line.key in table.titles
        if not _is_heading(lines, at, end, named, listed, marked, in_results):
            continue
        found.append(Heading(at, _marked_level(line), named, listed))
        in_results = named == "results" or (in_results and named not in _PLANNED_WORK)
    if not marked:
        _conclude_levels(found)
    return found


def _marked_level(line: Line) -> int:
    """As marked up; a line that is only bold or italic stands below every marked one."""
    if line.kind == "heading":
        return line.level or 4
    return 5 if line.bold else 6 if line.italic else 0


def _is_heading(lines: list[Line], at: int, end: int, named: str, listed: bool, marked: bool, in_results: bool) -> bool:
    line = lines[at]
    if line.kind == "heading":
        return True
    if not line.alone:
        return False
    stopped = line.text.rstrip()[-1:] in ".!?,;"
    if line.headed:
        return not stopped or (in_results and line.bold)
    if listed or named in _PLANNED_WORK:
        return not stopped
    return not marked and _looks_headed(lines, at, end, in_results)


def _looks_headed(lines: list[Line], at: int, end: int, in_results: bool) -> bool:
    """A plain line that reads as a heading: short, no final stop, prose or a list right after it.

    Where a report repeats each planned activity before what was done, the activity is a whole sentence, stop included,
    and a list follows it, or the next such sentence.
    """
    line = lines[at]
    if line.kind != "paragraph" or not line.alone or at + 1 >= end or not line.text[:1].isupper():
        return False
    text, following = line.text.rstrip(), lines[at + 1]
    if not following.first or following.kind == "table":
        return False
    if in_results and text[-1] in ".:" and len(text) <= _LONGEST:
        if following.kind == "item":
            return text[-1] == "."
        return (
            at + 2 < end
            and following.kind == "paragraph"
            and lines[at + 2].kind == "item"
            and following.text.rstrip().endswith(".")
        )
    if len(text) > 220 or text[-1] in ".,;:!?" or following.text[:1].islower():
        return False
    return len(following.text) > len(text) or following.kind == "item" or _looks_headed(lines, at + 1, end, in_results)


def _conclude_levels(found: list[Heading]) -> None:
    """Levels where nothing is marked up: what the table of contents lists stands above what it does not.

    Of two listed headings with no text between, the first is the higher; it stays so for those that follow.
    """
    for index, heading in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        if heading.named in ("budget", "accounts", "plain") or (
            heading.listed
            and following
            and (following.named == "group" or (following.listed and following.at == heading.at + 1))
        ):
            heading.level = 1
        else:
            heading.level = 2 if heading.listed or heading.named else 3


def key_of(line: Line) -> str:
    """A heading's folded text, however long."""
    return label_key(line.text)
