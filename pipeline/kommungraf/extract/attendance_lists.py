"""The lists of participants as they are printed: rows and lines, their labels, offices beside and before names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from kommungraf.extract.attendance_capacity import capacity_of, label_capacity
from kommungraf.extract.context import Context
from kommungraf.extract.people_evidence import OFFICE
from kommungraf.model.facts import Person
from kommungraf.model.source import Block, Span

_TICKED = {"tjg": True, "tjg.": True, "tjänstg": True, "tjänstgör": True, "tjänstgörande": True}
_TICKED |= {
    "ej tjg": False,
    "ej tjg.": False,
    "ej tjänstg": False,
    "ej tjänstgörande": False,
    "närv": False,
    "närvarande": False,
}
_UNTICKED = frozenset({"", "nej", "0", "frånvarande", "f"})
HELD_BY_ONE = frozenset({"ordförande", "vice ordförande", "sekreterare"})
_RULED = re.compile(r"[._…]{3,}")  # a line to sign on
_JOINED = r"\b(?:och|samt)"
_ORDINAL = r"(?:[123]:?[aeo:]*|förste|andre|tredje|första|andra)[ \u00a0]+"
_OWN_OFFICE = re.compile(
    rf"(?:^|[\n\t,;:(]|{_JOINED}|\.)[ \u00a0]*"
    rf"((?:{_ORDINAL})?(?:vice[ \u00a0]?)?ordföranden|tjänstgörande ersättaren)[ \u00a0]+$",
    re.I,
)
_SHARED_OFFICE = re.compile(
    r"(?:^|[\s,;])(tjänstgörande ersättarna|[a-zåäö-]+(?:ar|er|ör)na)[ \u00a0]+"
    rf"(?:[A-ZÅÄÖ][^,;\n]*?{_JOINED}[ \u00a0]+)?$"
)
_TITLE = re.compile(
    r"(?:^|[\s,;])(?!och\b|samt\b|för\b|istället\b|ers|ledam|suppl)([a-zåäö][a-zåäö-]{3,}(?<![ae]nde))[ \u00a0]+$"
)
_OFFICES = re.compile(rf"(?<![\wåäö]){OFFICE}", re.I)


class Lists:
    """Which list of a head is open. Below "Beslutande", divided into "Ledamöter" and "Ersättare", the latter serve too.

    Unless serving substitutes are marked one by one among the members: then "Ersättare" are those who do not serve.
    """

    def __init__(self) -> None:
        self.open = ""
        self.marked = False
        self.ticks: dict[int, bool] = {}  # columns to tick, and whether they say that one serves

    def marked_as(self, ctx: Context, cells: list[Span], capacity: str | None) -> str | None:
        """In a roll with columns to tick ("Tjg", "Ej tjg"): who is not ticked is not there."""
        if capacity not in ("ledamot", "ersättare") or len(cells) <= max(self.ticks, default=len(cells)):
            return capacity
        ticked = [
            serves
            for column, serves in self.ticks.items()
            if ctx.clean(cells[column]).strip(" -–").casefold() not in _UNTICKED
        ]
        if not ticked:
            return None
        return "tjänstgörande ersättare" if capacity == "ersättare" and any(ticked) else capacity

    def read(
        self, ctx: Context, cells: list[Span], said: str | None, columns: dict[int, str]
    ) -> tuple[str | None, dict[int, str]]:
        """What a row or line says of capacity, with the lists above it in mind."""
        heads = [ctx.clean(cell).strip(" *.").casefold() for cell in cells]
        if ticks := {column: _TICKED[head] for column, head in enumerate(heads) if head in _TICKED}:
            self.ticks = ticks
        elif len(cells) < 2:
            self.ticks = {}
        for cell in cells:
            people = ctx.within(Person, cell)
            words = ctx.clean(Span(cell.start, people[0].evidence[0].start if people else cell.end)).strip(" :*\n\t")
            key = words.casefold()
            if key == "beslutande" and not people:
                self.open = key
            elif key in ("ledamöter", "ordinarie ledamöter") and self.open == "beslutande":
                self.open = "ledamöter"
            elif key == "ersättare" and self.open == "ledamöter" and not self.marked:
                serving = "tjänstgörande ersättare"
                return serving, dict.fromkeys(columns, serving)
            elif (words and capacity_of("label", words) is not None) or (people and self.open == "beslutande"):
                self.open = ""
        return said, columns


def is_ruled(ctx: Context, cells: list[Span]) -> bool:
    """A label with a line to sign on, below which the name stands: "Sekreterare ............ Paragrafer 1–8"."""
    return any(_RULED.search(ctx.clean(cell)) and not ctx.within(Person, cell) for cell in cells)


def stands_before_name(ctx: Context, cells: list[Span]) -> bool:
    """Office and name side by side ("Sekreterare Anna Ek") among others in a list: the next line is another's."""
    first = next((cell for cell in cells if cell.end > cell.start), None)
    people = ctx.within(Person, first) if first else []
    if first is None or not people:
        return False
    return ":" not in ctx.clean(Span(first.start, people[0].evidence[0].start))


def own_office(ctx: Context, person: Person, start: int) -> str | None:
    """What the definite office right before a name says of this one ("ordföranden Anna Ek (S), Bo Lind (M)").

    Its plural holds for those that it joins ("tjänstgörande ersättarna Anna Ek och Bo Lind").
    """
    before = ctx.clean(Span(start, person.evidence[0].start)) if start < person.evidence[0].start else ""
    if match := _OWN_OFFICE.search(before):
        return capacity_of("label", match[1])
    shared = _SHARED_OFFICE.search(before)
    if shared is None:
        return None
    return capacity_of("label", shared[1]) or (
        "tjänsteperson" if shared[1].endswith(("arna", "erna", "örerna")) else None
    )


def heads(ctx: Context, cells: list[Span]) -> dict[int, str]:
    """The capacities of a row of labels over a row of names: "Sekreterare | Ordförande | Justerare"."""
    said = {column: capacity_of("label", ctx.clean(cell).strip()) for column, cell in enumerate(cells)}
    found = {column: capacity for column, capacity in said.items() if capacity and capacity != "-"}
    return found if len(found) > 1 else {}


def units(ctx: Context, block: Block) -> Iterator[list[Span]]:
    """The rows of a table as cells; of other blocks each line."""
    if block.kind == "table":
        for row in block.rows:
            yield [Span(cell.start, cell.end) for cell in row.cells]
        return
    start = block.start
    for line in ctx.text.of(block).split("\n"):
        yield [Span(start, start + len(line))]
        start += len(line) + 1


def read_unit(ctx: Context, cells: list[Span]) -> tuple[str | None, list[Span]]:
    """What a row or line says of capacity, and its cells with names (and those after them, which may be offices)."""
    filled = next((index for index, cell in enumerate(cells) if cell.end > cell.start), None)
    if filled is None:
        return None, []
    first = cells[filled]
    people = ctx.within(Person, first)
    before = ctx.clean(Span(first.start, people[0].evidence[0].start if people else first.end)).strip(" \n:*")
    said = label_capacity(before) if before and len(before) < 80 else None
    if people and _OWN_OFFICE.search(before + " ") and ctx.clean(first)[len(before) : len(before) + 1] == " ":
        said = None  # no label of the list: it is the office of the one who comes first
    if said is None and not people and before.endswith(":"):
        said = "-"
    names = cells[filled:] if people else cells[filled + 1 :]
    if said == "-" and (beside := next((cell for cell in names if ctx.within(Person, cell)), None)):
        start = ctx.within(Person, beside)[0].evidence[0].start  # "Underskrifter | Sekreterare Anna Ek"
        said = label_capacity(ctx.clean(Span(beside.start, start)).strip(" \n:*")) or said
    return said, names


def has_colon(ctx: Context, cells: list[Span]) -> bool:
    """Whether a line is a label with a colon and what it labels, not a sentence that begins with an office."""
    return any(":" in ctx.clean(cell)[:40] for cell in cells[:1])


def title_before(ctx: Context, person: Person, start: int) -> str:
    """A word in small letters right before the name: "controller Anna Ek" is an officer, whatever the list is for."""
    match = _TITLE.search(ctx.clean(Span(start, max(start, person.evidence[0].start))))
    return match[1] if match else ""


def pair_offices(ctx: Context, names: list[Span]) -> None:
    """Names in one cell and as many offices in the next: the first office is the first name's, and so on."""
    for cell, beside in pairwise(names):
        people = ctx.within(Person, cell)
        if len(people) < 2 or ctx.within(Person, beside):
            continue
        text = ctx.clean(beside)
        offices = text.split("\n")
        if len(offices) != len(people):  # run together, or wrapped in a narrow cell
            offices = [match.group() for match in _OFFICES.finditer(text.replace("\n", " "))]
        if len(offices) == len(people):
            for person, office in zip(people, offices, strict=True):
                person.hints["office"] = office.strip()
        elif offices:
            ctx.issue(
                "offices", f"{len(people)} names stand beside {len(offices)} offices; whose is which is unclear.", cell
            )
