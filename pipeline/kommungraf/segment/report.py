"""Reports, plans, strategies, budgets: the tree of areas, focus areas, goals, activities and results, each with its text."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kommungraf.model.parts import Part, Role
from kommungraf.segment.contents import Contents, contents
from kommungraf.segment.lines import Line
from kommungraf.segment.signatures import closing
from kommungraf.segment.tree import Mark, build

_DEPTH = {
    Role.AREA: 0,
    Role.SECTION: 0,
    Role.BUDGET: 0,
    Role.ACCOUNTS: 0,
    Role.CONTENTS: 0,
    Role.FOCUS: 1,
    Role.GOALS: 2,
    Role.ACTIVITIES: 2,
    Role.RESULTS: 2,
}
_BUDGET_TABLE = re.compile(r"(?i)\b\w*budget\w*\b")
_ACCOUNT_TABLE = re.compile(
    r"(?i)^(?:resultaträkning|balansräkning|kassaflödesanalys|flerårsöversikt|driftredovisning|investeringsredovisning)\b"
)


@cache
def _sections() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str]]:
    data = tomllib.loads(files("kommungraf.segment").joinpath("data/sections.toml").read_text(encoding="utf-8"))
    lead = re.compile(rf"(?i){data.pop('lead')}")
    return {name: re.compile("|".join(f"(?:{one})" for one in patterns)) for name, patterns in data.items()}, lead


@dataclass(slots=True)
class Heading:
    """A line that heads what follows. ``named`` is the table's name for it (``focus``, ``goals`` …) or empty."""

    at: int
    level: int
    named: str
    listed: bool


def report(lines: list[Line]) -> list[Part]:
    """The parts of a report, plan or strategy."""
    table = contents(lines)
    tail = closing(lines, len(lines) // 2)
    headings = _headings(lines, table, tail)
    marks = _marks(lines, headings, table, tail)
    if table.rows:
        marks.append(Mark(table.rows.start, Role.CONTENTS, 0, lines[table.rows.start].text.strip()))
        after = table.rows.stop
        if after < tail and not any(mark.at == after for mark in marks):
            marks.append(Mark(after, Role.BODY, 0))
    if tail < len(lines):
        marks.append(Mark(tail, Role.SIGNATURES, 0))
    marks.sort(key=lambda mark: (mark.at, mark.depth))
    return build(lines, marks, Role.FRONT)


def name_of(key: str) -> str:
    """What the table of headings calls a folded heading, or an empty string."""
    return next((name for name, pattern in _sections()[0].items() if pattern.fullmatch(key)), "")


def _headings(lines: list[Line], table: Contents, tail: int) -> list[Heading]:
    found: list[Heading] = []
    in_contents = table.rows or range(0)
    marked = sum(line.kind == "heading" for line in lines) >= 3
    for at, line in enumerate(lines[:tail]):
        if at in in_contents or not line.key or line.kind in ("item", "table"):
            continue
        listed = line.key in table.titles
        named = name_of(line.key)
        if (
            line.headed
            or (line.alone and line.kind == "paragraph" and (listed or named not in ("", "plain", "budget")))
            or (not marked and _looks_headed(lines, at, tail))
        ):
            level = line.level if line.kind == "heading" else 0
            found.append(Heading(at, level, named, listed))
    return found


def _looks_headed(lines: list[Line], at: int, tail: int) -> bool:
    """A plain line that reads as a heading: one short line, no final stop, prose or a list right after it."""
    line = lines[at]
    if not line.alone or line.kind != "paragraph" or at + 1 >= tail or not line.text[:1].isupper():
        return False
    text = line.text.rstrip()
    if len(text) > 200 or text[-1] in ".,;:!?" or lines[at + 1].kind == "table":
        return text.endswith(".") and lines[at + 1].kind == "item" and lines[at + 1].first and len(text) <= 320
    following = lines[at + 1]
    return following.first and (
        len(following.text) > len(text) or following.kind == "item" or _looks_headed(lines, at + 1, tail)
    )


def _marks(lines: list[Line], headings: list[Heading], table: Contents, tail: int) -> list[Mark]:
    marks: list[Mark] = []
    walk = _Walk()
    places = [heading.at for heading in headings]
    for index, heading in enumerate(headings):
        end = places[index + 1] if index + 1 < len(places) else tail
        following = headings[index + 1] if index + 1 < len(headings) else None
        mark = walk.mark(lines, heading, end, following)
        if mark is None:
            continue
        marks.append(mark)
        marks += _inside(lines, heading.at + 1, end, mark)
    first = places[0] if places else tail
    marks += _inside(lines, 0, first, None)
    return marks


class _Walk:
    """The state of going through the headings: what is open decides what an unnamed heading is."""

    def __init__(self) -> None:
        self.grouped = False
        self.open: Role | None = None
        self.area_level = 0
        self.seen_area = False

    def mark(self, lines: list[Line], heading: Heading, end: int, following: Heading | None) -> Mark | None:
        line = lines[heading.at]
        role = self._role(lines, heading, end, following)
        if role is None:
            return None
        if role in (Role.AREA, Role.SECTION, Role.BUDGET, Role.ACCOUNTS):
            self.open = None
            if role is Role.AREA:
                self.seen_area = True
                self.area_level = heading.level
        elif role is Role.FOCUS:
            self.open = None
        elif _DEPTH.get(role) == 2 and heading.named:
            self.open = role
        depth = _DEPTH[role]
        if role is Role.RESULTS and not heading.named:
            depth = 3
        if role is Role.SECTION and self.seen_area and heading.level > self.area_level > 0:
            depth = 1
        return Mark(heading.at, role, depth, line.text.strip().rstrip(":"), line.span)

    def _role(self, lines: list[Line], heading: Heading, end: int, following: Heading | None) -> Role | None:
        table = next((line.text for line in lines[heading.at + 1 : end] if line.kind == "table"), "")
        if heading.named == "group":
            self.grouped = True
            return None
        if heading.named in ("focus", "goals", "activities", "results", "accounts"):
            self.grouped = self.grouped or heading.named == "focus"
            return Role(heading.named)
        if heading.named == "budget" or (heading.named in ("area", "plain") and table and _BUDGET_TABLE.search(table)):
            return Role.BUDGET
        if heading.named == "contents":
            return None
        if heading.named == "plain":
            self.grouped = False
            return Role.SECTION
        return self._unnamed(lines, heading, following)

    def _unnamed(self, lines: list[Line], heading: Heading, following: Heading | None) -> Role:
        line = lines[heading.at]
        if (
            self.open is Role.RESULTS
            and not heading.listed
            and not (line.after_break and heading.level in (1, 2) and not line.bold)
        ):
            return Role.RESULTS
        adjacent = following is not None and following.at == heading.at + 1
        if (
            following
            and (following.named in ("group", "focus") or (adjacent and (following.listed or following.named == "")))
            and (heading.listed or heading.level in (1, 2))
        ):
            self.grouped = following.named in ("", "focus", "group")
            return Role.AREA
        if self.grouped and self.seen_area:
            if (
                heading.listed
                or heading.level >= 3
                or (following and following.named in ("goals", "activities", "results"))
            ):
                return Role.FOCUS
            if heading.level == 0:
                return Role.RESULTS
            self.grouped = False
        return Role.AREA if heading.named == "area" else Role.SECTION


def _inside(lines: list[Line], start: int, end: int, under: Mark | None) -> list[Mark]:
    """Parts that no heading opens: a list after "… genom att", and a statement's table that is its own heading."""
    marks: list[Mark] = []
    lead = _sections()[1]
    for at in range(start, end):
        line = lines[at]
        if line.kind == "table" and line.first and _ACCOUNT_TABLE.match(line.text):
            marks.append(Mark(at, Role.ACCOUNTS, 0, line.text.split("\t")[0].strip(), line.span))
        elif (
            under is not None
            and under.role in (Role.AREA, Role.FOCUS, Role.SECTION)
            and line.kind == "paragraph"
            and at + 1 < end
            and lines[at + 1].kind == "item"
            and lead.search(line.text.rstrip())
        ):
            marks.append(Mark(at, Role.ACTIVITIES, max(2, under.depth + 1)))
    return marks
