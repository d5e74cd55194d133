"""From marks and the world to gold lines: mentions of entities and facts, each with its place in the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from corpus.make.markup import Mark, Source
from corpus.make.world import Mention, World

Line = dict[str, Any]
_MENTION_MARKS = {
    "p": "person",
    "m": "municipality",
    "g": "party",
    "j": "project",
    "n": "network",
    "o": "organization",
    "b": "body",
}
_NAMED = ("creator", "concerns", "person", "member", "votedYes", "votedNo", "votedAbstain")
_SPAN_FACTS = {
    "pr": "proposal", "pa": "plannedActivity", "rr": "reportedResult", "fa": "focusArea", "mo": "motion",
    "res": "reservation", "jav": "recusal", "vote": "vote", "r": "reference", "am": "observation", "ms": "membership",
}  # fmt: skip
_DIRECTIVE_FACTS = {"meeting", "membership", "project", "succession", "contradiction"}


@dataclass
class Gold:
    """The gold of one file. Lines have ``start`` and ``end`` in the stripped text until the writer places them."""

    file: str
    mentions: list[Line] = field(default_factory=list)
    facts: list[Line] = field(default_factory=list)


@dataclass
class _State:
    """What the text says before a mark: the meeting, the § and its case number."""

    date: str = ""
    number: int | None = None
    diary_number: str = ""
    ordinal: int = 0
    next_diary_number: str = ""

    def reset(self) -> None:
        """Forget everything: a new document begins."""
        self.date, self.number, self.diary_number, self.ordinal = "", None, "", 0


def make_gold(source: Source, world: World) -> Gold:
    """The gold lines of a source, in the order of its text."""
    gold = Gold(source.meta["file"])
    explicit = [_explicit(mark) for mark in source.marks if mark.kind in _MENTION_MARKS]
    taken = [(mention.start, mention.end) for mention in explicit]
    automatic = [
        mention
        for mention in world.find(source.text, source.meta.get("home", ""))
        if not any(start < mention.end and mention.start < end for start, end in taken)
    ]
    mentions = sorted([*explicit, *automatic], key=lambda mention: mention.start)
    gold.mentions = [_mention_line(source, world, mention) for mention in mentions if mention.entity != "none"]
    state = _State()
    for mark in source.marks:
        _fact(gold, source, world, mark, state, mentions)
    gold.facts += _other_amounts(source)
    return gold


_AMOUNT = re.compile(r"(?<![\w,–-])[-–−]?\d{1,3}(?:[ \n]?\d{3})*(?:,\d+)?[ \n](tkr|mnkr|kronor|kr)\b")


def _other_amounts(source: Source) -> list[Line]:
    """Sums of money in running text that no mark says more about: the value and where it stands."""
    marked = [(mark.start, mark.end) for mark in source.marks if mark.kind == "am"]
    lines = []
    for match in _AMOUNT.finditer(source.text):
        first = source.text.rfind("\n", 0, match.start()) + 1
        in_table = "\t" in source.text[first : source.text.find("\n", match.start())]
        if in_table or any(start < match.end() and match.start() < end for start, end in marked):
            continue
        number = _number(match[0].removesuffix(match[1]))
        assert number is not None
        line: Line = {"kind": "observation", "start": match.start(), "end": match.end(), "text": match[0]}
        lines.append(line | {"value": _scaled(number, match[1]), "unit": "SEK"})
    return lines


def _explicit(mark: Mark) -> Mention:
    return Mention(_MENTION_MARKS[mark.kind], mark.start, mark.end, mark.value)


def _mention_line(source: Source, world: World, mention: Mention) -> Line:
    entity = world.entity(mention.kind, mention.entity)
    line: Line = {"kind": mention.kind, "start": mention.start, "end": mention.end, "entity": mention.entity}
    line["text"] = source.text[mention.start : mention.end]
    line["name"] = entity["name"]
    for key in ("party", "municipalityCode", "abbreviation"):
        if key in entity:
            line[key] = entity[key]
    return line


def _fact(gold: Gold, source: Source, world: World, mark: Mark, state: _State, mentions: list[Mention]) -> None:
    inside = [m for m in mentions if mark.start <= m.start and m.end <= mark.end]
    if mark.kind == "doc":
        start = re.compile(r"\S").search(source.text, mark.start)
        assert start
        first = Mark("doc", start.start(), source.text.index("\n", start.start()))
        gold.facts.append(_span(source, first, "document") | _attributes(mark, world))
        state.reset()
    elif mark.kind in _DIRECTIVE_FACTS:
        if mark.kind == "meeting":
            state.date = mark.attributes["date"]
        gold.facts.append({"kind": mark.kind, "anchor": mark.start} | _attributes(mark, world))
    elif mark.kind == "i":
        state.number, state.ordinal = int(mark.value), 0
        state.diary_number, state.next_diary_number = state.next_diary_number, ""
        gold.facts.append(
            _span(source, mark, "agendaItem") | {"number": state.number, "title": source.text[mark.start : mark.end]}
        )
        if state.diary_number:
            _item_of(gold, state).setdefault("diaryNumber", state.diary_number)
    elif mark.kind == "dnr":
        number = source.text[mark.start : mark.end]
        gold.mentions.append(
            _span(source, mark, "case") | {"entity": mark.value or number, "diaryNumber": number, "name": number}
        )
        if mark.attributes.get("item") == "next":  # printed before the title of its item
            state.next_diary_number = number
        else:
            state.diary_number = number
            _item_of(gold, state).setdefault("diaryNumber", state.diary_number)
    elif mark.kind == "fd":
        _item_of(gold, state).setdefault("presenter", []).extend(_people(world, inside))
    elif mark.kind == "d":
        gold.facts.append(_decision(source, world, mark, state, inside))
    elif mark.kind == "at":
        gold.facts.append(_attendance(source, world, mark, state, inside))
    elif mark.kind == "table":
        gold.facts.extend(_observations(source, mark))
    elif mark.kind in _SPAN_FACTS:
        line = _span(source, mark, _SPAN_FACTS[mark.kind]) | _attributes(mark, world)
        if mark.kind == "jav":  # the person is the evidence
            line |= {key: getattr(inside[0], key) for key in ("start", "end")}
            line["text"] = source.text[line["start"] : line["end"]]
        if mark.kind in ("pr", "res", "jav", "vote") and state.number:
            line["number"] = state.number
        gold.facts.append(line)
    elif mark.kind not in _MENTION_MARKS and mark.kind not in ("cols", "endcols", "style"):
        raise ValueError(f"{source.meta['file']}: no such mark: {mark.kind}")


def _span(source: Source, mark: Mark, kind: str) -> Line:
    return {"kind": kind, "start": mark.start, "end": mark.end, "text": source.text[mark.start : mark.end]}


def _attributes(mark: Mark, world: World) -> Line:
    """A mark's attributes as gold fields: people by their plain names, numbers as numbers."""
    result: Line = {}
    for key, value in mark.attributes.items():
        if key in _NAMED and not value.isdigit():
            names = [world.entity("person", v)["name"] if v in world.tables["person"] else v for v in value.split(",")]
            result[key] = names[0] if key in ("person", "member") else names
        elif key == "participant":
            result[key] = value.split(",")
        elif key in ("year", "fiscalYear", "number", "ordinal", "yes", "no", "abstained", "chapter"):
            result[key] = int(value)
        elif key in ("startTime", "endTime"):
            result[key] = value.replace(".", ":")
        elif key in ("value", "amount"):
            result[key] = _number(value)
        else:
            result[key] = value
    return result


def _item_of(gold: Gold, state: _State) -> Line:
    """The agenda item that is being read, or a line that nobody keeps where there is none."""
    for line in reversed(gold.facts):
        if line["kind"] == "document":
            break
        if line["kind"] == "agendaItem" and line["number"] == state.number:
            return line
    return {}


def _people(world: World, mentions: list[Mention]) -> list[str]:
    return [str(world.entity("person", m.entity)["name"]) for m in mentions if m.kind == "person"]


def _decision(source: Source, world: World, mark: Mark, state: _State, inside: list[Mention]) -> Line:
    state.ordinal += 1
    line = _span(source, mark, "decision") | {"outcome": mark.value}
    if state.number:
        line |= {"number": state.number, "ordinal": state.ordinal}
    if state.date:
        line["date"] = state.date
    if state.diary_number:
        line["diaryNumber"] = state.diary_number
    line |= _attributes(mark, world)
    people = _people(world, inside)
    if people:
        line.setdefault("concerns", list(dict.fromkeys(people)))
    return line


def _attendance(source: Source, world: World, mark: Mark, state: _State, inside: list[Mention]) -> Line:
    people = [m for m in inside if m.kind == "person"]
    if len(people) != 1:
        raise ValueError(f"{source.meta['file']}: one person attends in: {source.text[mark.start : mark.end]!r}")
    line: Line = {"kind": "attendance", "start": people[0].start, "end": people[0].end}
    line["text"] = source.text[people[0].start : people[0].end]
    line |= {"person": world.entity("person", people[0].entity)["name"], "capacity": mark.value}
    for mention in inside:
        if mention.kind in ("party", "municipality"):
            line[mention.kind] = world.entity(mention.kind, mention.entity)[
                "name" if mention.kind == "municipality" else "abbreviation"
            ]
    if state.date:
        line["date"] = state.date
    return line | _attributes(mark, world)


def _observations(source: Source, mark: Mark) -> list[Line]:
    """The values of the table that follows a ``@table``; its first row is its head.

    ``cols`` says for each column behind the first what its values are: ``phase:year:unit``, the unit only where it is
    not that of the table, ``none`` or nothing for what is not printed; ``-`` is a column without values.
    """
    columns = [column.split(":") for column in mark.attributes["cols"].split(",")]
    rows, position = [], mark.start
    for row in source.text[mark.start :].split("\n"):
        if "\t" in row:
            rows.append((position, row))
        elif rows:
            break
        position += len(row) + 1
    if len(rows) < 2:
        raise ValueError(f"{source.meta['file']}: no values in table {mark.attributes['title']}")
    return [line for start, row in rows[1:] for line in _row(mark, columns, row, start)]


def _row(mark: Mark, columns: list[list[str]], row: str, start: int) -> Iterator[Line]:
    first, *cells = row.split("\t")
    item = _plain(first)
    units = dict(pair.split("=") for pair in mark.attributes.get("units", "").split(";") if pair)
    start += len(first) + 1
    for cell, (phase, *rest) in zip(cells, columns, strict=False):
        year, unit = (*rest, "", "")[:2]
        unit = unit or units.get(item, mark.attributes["unit"])
        number = _number(cell)
        if number is not None and phase != "-":
            at = start + cell.index(_plain(cell))
            line: Line = {"kind": "observation", "start": at, "end": at + len(_plain(cell)), "text": _plain(cell)}
            line |= {"table": mark.attributes["title"], "lineItem": item.removesuffix(" (%)")}
            line |= {"value": _scaled(number, unit), "unit": "SEK" if unit in ("tkr", "kr", "mnkr") else unit}
            yield line | ({"phase": phase} if phase != "none" else {}) | ({"fiscalYear": int(year)} if year else {})
        start += len(cell) + 1


def _plain(cell: str) -> str:
    """A cell without marks of emphasis."""
    return re.sub(r"\*\*|</?b>", "", cell)


def _number(cell: str) -> int | float | None:
    digits = re.sub(r"(tkr|mnkr|kronor)$|[\s%]", "", _plain(cell)).replace("−", "-").replace("–", "-").replace(",", ".")
    if not re.fullmatch(r"-?\d+(\.\d+)?", digits):
        return None
    number = Decimal(digits)
    return int(number) if number == int(number) else float(number)


def _scaled(number: int | float, unit: str) -> int | float:
    scaled = Decimal(str(number)) * {"tkr": 1000, "mnkr": 1_000_000}.get(unit, 1)
    return int(scaled) if scaled == int(scaled) else float(scaled)
