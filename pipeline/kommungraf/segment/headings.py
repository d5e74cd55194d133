"""The headings of a report: which lines head what follows, with mark-up or without it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kommungraf.segment.contents import Contents
from kommungraf.segment.lines import Line, label_key
from kommungraf.wordlists import toml

_LONGEST = 320
_BOLD = 5
# "Samordna nätverket för …", "Ge stöd i …": what is to be done, over what was done.
_INSTRUCTION = re.compile(r"(?:Att )?(?:[A-ZÅÄÖ][a-zåäö]*a|Ge|Se|Få|Nå|Stå) [a-zåäö]")
_NUMBER = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+(?=[A-ZÅÄÖ])")
# What a body is for is no promise of the year.
_DUTY = re.compile(r"(?i)\b(?:uppgift|ändamål|syfte)\w* (?:är|att)(?: att)?:?$")
_PLANNED_WORK = frozenset({"goals", "activities", "results", "focus", "group", "accounts", "contents"})


@dataclass(slots=True)
class Heading:
    """A line that heads what follows.

    ``named`` is the table's name for it (``focus``, ``goals`` …) or empty; ``listed``: the table of contents has it;
    ``level``: 1 is the highest, as marked, or as concluded where nothing is marked; ``activity``: a planned activity,
    repeated over what was done.
    """

    at: int
    level: int
    named: str
    listed: bool
    activity: bool = False


@cache
def _table() -> tuple[dict[str, re.Pattern[str]], re.Pattern[str]]:
    data = toml("segment", "sections.toml")
    lead = re.compile(rf"(?i){data.pop('lead')}")
    return {name: re.compile("|".join(f"(?:{one})" for one in some)) for name, some in data.items()}, lead


@cache
def name_of(key: str) -> str:
    """What the table of headings calls a folded heading, or an empty string."""
    return next((name for name, pattern in _table()[0].items() if pattern.fullmatch(key)), "")


def without_number(text: str) -> str:
    """A heading without the number of its chapter ("2.1 Budget" is "Budget")."""
    return _NUMBER.sub("", text, count=1)


def leads(line: Line, following: Line) -> bool:
    """A sentence that introduces a list of what is planned ("… stödjer kommunerna genom att")."""
    return following.kind == "item" and announces(line)


def announces(line: Line) -> bool:
    """A sentence that says that what is planned follows ("Under året kommer följande projekt att genomföras:")."""
    text = line.text.rstrip()
    return line.kind == "paragraph" and bool(_table()[1].search(text)) and not _DUTY.search(text)


def headings(lines: list[Line], table: Contents, start: int, end: int, reports: bool) -> list[Heading]:
    """The headings between two lines, in order, the table of contents left out. ``reports``: it says what was done."""
    listed_rows = table.rows or range(0)
    style = _Style(
        marked=sum(line.kind == "heading" for line in lines[start:end]) >= 3,
        repeats=reports and sum(_opens_list(lines, at, end) for at in range(start, end)) >= 3,
    )
    found: list[Heading] = []
    for at in range(start, end):
        line = lines[at]
        if at in listed_rows or line.kind in ("item", "table") or len(line.text) > _LONGEST:
            continue
        key = label_key(without_number(line.text)) if line.key else ""
        named = _in_context(name_of(key), reports) if key else ""
        listed = bool(key) and bool(table.titles & {key, line.key})
        activity = not named and not listed and line.kind != "heading" and _is_activity(lines, at, end, style)
        if activity or _is_heading(lines, at, end, named, listed, style) or (reports and _instructs(lines, at, end)):
            found.append(Heading(at, _marked_level(line), named, listed, activity))
            style.in_results = named == "results" or (style.in_results and named not in _PLANNED_WORK)
    if not style.marked:
        _conclude_levels(found)
    return found


@dataclass(slots=True)
class _Style:
    """How a document prints its headings: with mark-up; each planned activity as a sentence over what was done."""

    marked: bool
    repeats: bool
    in_results: bool = False


def _in_context(named: str, reports: bool) -> str:
    """In a report "Uppföljning" heads results; in a plan or a strategy it says how it will be followed up."""
    return ("results" if reports else "plain") if named == "followup" else named


def _marked_level(line: Line) -> int:
    """As marked up; a line that is only bold or italic stands below every marked one."""
    if line.kind == "heading":
        return line.level or 4
    return _BOLD if line.bold else _BOLD + 1 if line.italic else 0


def _is_heading(lines: list[Line], at: int, end: int, named: str, listed: bool, style: _Style) -> bool:
    line = lines[at]
    if line.kind == "heading":
        return True
    if not line.alone:
        return False
    stopped = line.text.rstrip()[-1:] in ".!?,;"
    if line.headed:
        return not stopped or (style.in_results and line.bold)
    if listed or named in _PLANNED_WORK:
        return not stopped
    return not style.marked and _looks_headed(lines, at, end)


def _is_activity(lines: list[Line], at: int, end: int, style: _Style) -> bool:
    """A planned activity, repeated over what was done: a whole sentence above a list, or above the next such one."""
    if not (style.repeats or (style.in_results and not style.marked)):
        return False
    if _opens_list(lines, at, end):
        return True
    sentence = lines[at].kind == "paragraph" and lines[at].alone and lines[at].text.rstrip().endswith(".")
    return sentence and style.in_results and at + 1 < end and _opens_list(lines, at + 1, end)


def _opens_list(lines: list[Line], at: int, end: int) -> bool:
    line = lines[at]
    return (
        line.kind == "paragraph"
        and line.alone
        and at + 1 < end
        and lines[at + 1].kind == "item"
        and lines[at + 1].first
        and len(line.text) <= _LONGEST
        and line.text[:1].isupper()
        and line.text.rstrip().endswith(".")
    )


def _looks_headed(lines: list[Line], at: int, end: int, more: int = 3) -> bool:
    """A plain line that reads as a heading: short, no final stop; prose, a list or another such line right after it.

    A row of many short lines is a list of something and no row of headings: ``more`` says how many may follow.
    """
    line = lines[at]
    if line.kind != "paragraph" or not line.alone or at + 1 >= end or not line.text[:1].isupper():
        return False
    text, following = line.text.rstrip(), lines[at + 1]
    if not following.first or (following.kind == "table" and not name_of(line.key)):
        return False
    if len(text) > 220 or text[-1] in ".,;:!?" or following.text[:1].islower():
        return False
    if len(following.text) > len(text) or following.kind in ("item", "table") or _opens_list(lines, at + 1, end):
        return True
    return more > 0 and _looks_headed(lines, at + 1, end, more - 1)


def _instructs(lines: list[Line], at: int, end: int) -> bool:
    """In a report, an instruction without a full stop over a short sentence that tells how it went."""
    line = lines[at]
    if line.kind != "paragraph" or not line.alone or at + 1 >= end or not 20 < len(line.text) <= 220:
        return False
    following = lines[at + 1]
    told = following.kind == "paragraph" and following.first and following.text.rstrip().endswith(".")
    text = line.text.rstrip()
    return told and text[-1] not in ".,;:!?" and following.text[:1].isupper() and instructs(text)


def instructs(text: str) -> bool:
    """Whether a line reads as an instruction: "Samordna nätverket", "Ge stöd i analys"."""
    return bool(_INSTRUCTION.match(text))


def _conclude_levels(found: list[Heading]) -> None:
    """Levels where nothing is marked up: what the table of contents lists stands above what it does not.

    Of two listed headings with no text between, the first is the higher; it stays so for those that follow. Without a
    table of contents nothing tells chapters apart: they are all of one level.
    """
    unlisted = 3 if any(heading.listed for heading in found) else 1
    some_marked = any(0 < heading.level < _BOLD for heading in found)  # what is only bold stands below these
    for heading, following in zip(found, [*found[1:], None], strict=False):
        above = following and (following.named == "group" or (following.listed and following.at == heading.at + 1))
        if heading.named in ("budget", "accounts", "plain", "area") or (heading.listed and above):
            heading.level = 1
        elif heading.listed or heading.named:
            heading.level = 2
        else:
            below = some_marked and heading.level >= _BOLD
            heading.level = 9 if heading.activity else unlisted + below
