"""Attendance: who took part in a meeting, in what capacity, for which party and municipality, for which §§.

Lists of participants are read as units (cells, lines, items). A label before names ("Beslutande", "Ej tjänstgörande
ersättare") says the capacity of all that follow, words after a name ("tjg ersättare för …", "ordförande") that of one.
Signatures add who chaired, kept and adjusted the minutes.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise, zip_longest
from typing import NamedTuple

from kommungraf.extract.context import Context
from kommungraf.extract.people_evidence import OFFICE, is_party
from kommungraf.model import iri
from kommungraf.model.facts import Attendance, Meeting, Party, Person
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Block, Span
from kommungraf.text import slug

_SPACE = r"[ \u00a0]*"
_NUMBERS = rf"§§?{_SPACE}\d+[\d ,–-]*(?:(?:och|samt){_SPACE}\d+[\d ,–-]*)?"
_CLOCK = rf"(?:kl\.?|klockan){_SPACE}\d{{1,2}}[.:]\d\d(?:{_SPACE}[-–]{_SPACE}\d{{1,2}}[.:]\d\d)?"
_LIMITS = r"(?:t\.?\s?o\.?\s?m\.?|fr\.?\s?o\.?\s?m\.?|från och med|till och med|från|del av|ej)"
_PARAGRAPHS = re.compile(rf"(?:{_LIMITS})?{_SPACE}{_NUMBERS}|{_CLOCK}")
_SUBSTITUTES = re.compile(r"\b(?:ersätter|ersättare för|ers\.? ?för|för|i ?stället för|istf)[ \u00a0\n]*$", re.I)
_WHOSE = re.compile(r"^\W*[\w-]+s (?=ledam|ersätt|suppl|ordf|vice|ombud|revisor)", re.I)  # "Direktionens ledamöter"
_TICKED = {"tjg": True, "tjg.": True, "tjänstg": True, "tjänstgör": True, "tjänstgörande": True}
_TICKED |= {
    "ej tjg": False,
    "ej tjg.": False,
    "ej tjänstg": False,
    "ej tjänstgörande": False,
    "närv": False,
    "närvarande": False,
}
_HELD_BY_ONE = frozenset({"ordförande", "vice ordförande", "sekreterare"})
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
_PARTY_AFTER = re.compile(r"^[ \u00a0]*[,*]?[ \u00a0]*(?:\([^()]{1,12}\)|[A-ZÅÄÖ]{1,4}(?=[ \u00a0]))")  # "(M)", "M "
_OFFICES = re.compile(rf"(?<![\wåäö]){OFFICE}", re.I)
# Whoever has another office than these and no party is there as an officer.
_NOT_STAFF = re.compile(
    "ordf|ledamot|ersättare|suppleant|ombud|råd$|föreläsare|elev|student|representant|politiker|gruppledare|konsult"
    "|författare|föredragare|sakkunnig|företagare|minister",
    re.I,
)


_LISTS = (Role.MEETING, Role.ATTENDANCE, Role.SIGNATURES)
_LABELLED = (Role.HANDLER, Role.BODY)  # extracts print "Beslutande: …" after the decision; only such lines count there


_PRESENT = re.compile(r"\b(?:beslutande|närvarande|tjänstgörande|frånvarande|närvaro)\b", re.I)


class _Rule(NamedTuple):
    begins: re.Pattern[str]
    capacity: str


@cache
def _rules(kind: str) -> list[_Rule]:
    data = tomllib.loads(files("kommungraf.extract").joinpath("data", "attendance.toml").read_text(encoding="utf-8"))
    return [_Rule(re.compile(r"\W*" + row["begins"], re.I), row["capacity"]) for row in data[kind]]


def _capacity(kind: str, words: str) -> str | None:
    return next((rule.capacity for rule in _rules(kind) if rule.begins.match(words)), None)


def label_capacity(words: str) -> str | None:
    """The capacity that a label of a list says; "" for other participants, "-" for nobody, ``None`` for no label."""
    return _capacity("label", words) or _capacity("label", _WHOSE.sub("", words))


def find_attendance(ctx: Context) -> Iterator[Attendance]:
    """One attendance per person, meeting and capacity; none where the document has no meeting."""
    meetings = ctx.of_type(Meeting)
    taking_part = list(_taking_part(ctx, _member(ctx, meetings[0]))) if meetings and _has_met(ctx) else []
    if all(part.role is Role.SIGNATURES for part, *_ in taking_part):
        return  # a notice is signed as well; nobody has met yet
    seen: set[tuple[str, str, str, str]] = set()
    for part, person, capacity, rest in taking_part:
        told_apart = str(person.hints.get("party", "")), str(person.hints.get("municipality", ""))
        key = slug(person.name), capacity, *told_apart
        if key in seen or (not any(told_apart) and any(key[:2] == other[:2] for other in seen)):
            continue
        key_text = "/".join(slug(piece) for piece in key if piece)
        seen.add(key)
        yield Attendance(
            id=iri.statement(ctx.document.id, "attendance", key_text),
            meeting=meetings[0].id,
            person=person.id,
            capacity=iri.concept("capacity", capacity),
            for_party=_party(ctx, person),
            for_municipality=_municipality(person),
            substitutes_for=_substituted(ctx, part, person),
            paragraphs=_limited(rest),
            evidence=person.evidence,
        )


def _has_met(ctx: Context) -> bool:
    """Minutes decide, or say who was present; a notice only lists whom it is sent to."""
    if any(ctx.document.with_role(Role.DECISION)):
        return True
    return any(_PRESENT.search(ctx.clean(part)) for part in ctx.document.with_role(Role.MEETING, Role.ATTENDANCE))


def _member(ctx: Context, meeting: Meeting) -> str:
    """What those who decide are: at a federation's or association's general meeting ombud, if the file says so."""
    general = re.search(r"stämma|förbundsmöte|årsmöte", meeting.name, re.I)
    return "ombud" if general and re.search(r"\bombud\b", ctx.text.clean, re.I) else "ledamot"


def _taking_part(ctx: Context, member: str) -> Iterator[tuple[Part, Person, str, str]]:
    """Each participant with the capacity, and the words between the name and the next one."""
    lists = _Lists()
    for part in ctx.document.with_role(*_LISTS, *_LABELLED):
        label: str | None = None
        above: str | None = None
        once: str | None = None
        for block in (ctx.text.blocks[index] for index in part.own_blocks()):
            columns: dict[int, str] = {}
            for cells in _units(ctx, block):
                if cells and not part.start <= cells[-1].end <= part.end:
                    continue  # a table of attendance is several parts, one for each label
                said, names = _read_unit(ctx, cells)
                columns = (
                    columns if names and ctx.within(Person, Span(cells[0].start, cells[-1].end)) else _heads(ctx, cells)
                )
                if part.role in (Role.MEETING, Role.ATTENDANCE):
                    said, columns = lists.read(ctx, cells, said, columns)
                    once = said if said in _HELD_BY_ONE and label == "" and _stands_before_name(ctx, cells) else None
                    label = said if said is not None and once is None else label
                else:  # a label holds for its own line or below a line to sign on; other words near a name are its hint
                    label, above = said if said is not None else above, said if _is_ruled(ctx, cells) else None
                if part.role in _LABELLED and (label in (None, "", "föredragande") or not _has_colon(ctx, cells)):
                    continue
                _pair_offices(ctx, names)
                for person, rest in _participants(ctx, names):
                    column = next(
                        (n for n, cell in enumerate(cells) if cell.start <= person.evidence[0].start <= cell.end), 0
                    )
                    start = cells[min(column, len(cells) - 1)].start
                    own = _own_office(ctx, person, start) or once or columns.get(column, label)
                    capacity = _decide(own, rest, person, part, member, _title_before(ctx, person, start))
                    capacity = lists.marked_as(ctx, cells, capacity)
                    if capacity:
                        lists.marked |= capacity == "tjänstgörande ersättare"
                        yield part, person, capacity, rest


class _Lists:
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
        ticked = [serves for column, serves in self.ticks.items() if ctx.clean(cells[column]).strip(" -–")]
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
            elif (words and _capacity("label", words) is not None) or (people and self.open == "beslutande"):
                self.open = ""
        return said, columns


def _is_ruled(ctx: Context, cells: list[Span]) -> bool:
    """A label with a line to sign on, below which the name stands: "Sekreterare ............ Paragrafer 1–8"."""
    return any(_RULED.search(ctx.clean(cell)) and not ctx.within(Person, cell) for cell in cells)


def _participants(ctx: Context, names: list[Span]) -> Iterator[tuple[Person, str]]:
    """Those who take part by themselves, each with the words up to the next."""
    named = [person for cell in names for person in ctx.within(Person, cell)]
    people = [person for person in named if not _is_substituted(ctx, person)]
    for person, following in zip_longest(people, people[1:]):
        yield person, _rest(ctx, person, following, names)


def _stands_before_name(ctx: Context, cells: list[Span]) -> bool:
    """Office and name side by side ("Sekreterare Anna Ek") among others in a list: the next line is another's."""
    first = next((cell for cell in cells if cell.end > cell.start), None)
    people = ctx.within(Person, first) if first else []
    if first is None or not people:
        return False
    return ":" not in ctx.clean(Span(first.start, people[0].evidence[0].start))


def _own_office(ctx: Context, person: Person, start: int) -> str | None:
    """What the definite office right before a name says of this one ("ordföranden Anna Ek (S), Bo Lind (M)").

    Its plural holds for those that it joins ("tjänstgörande ersättarna Anna Ek och Bo Lind").
    """
    before = ctx.clean(Span(start, person.evidence[0].start)) if start < person.evidence[0].start else ""
    if match := _OWN_OFFICE.search(before):
        return _capacity("label", match[1])
    shared = _SHARED_OFFICE.search(before)
    if shared is None:
        return None
    return _capacity("label", shared[1]) or (
        "tjänsteperson" if shared[1].endswith(("arna", "erna", "örerna")) else None
    )


def _heads(ctx: Context, cells: list[Span]) -> dict[int, str]:
    """The capacities of a row of labels over a row of names: "Sekreterare | Ordförande | Justerare"."""
    said = {column: _capacity("label", ctx.clean(cell).strip()) for column, cell in enumerate(cells)}
    found = {column: capacity for column, capacity in said.items() if capacity and capacity != "-"}
    return found if len(found) > 1 else {}


def _units(ctx: Context, block: Block) -> Iterator[list[Span]]:
    """The rows of a table as cells; of other blocks each line."""
    if block.kind == "table":
        for row in block.rows:
            yield [Span(cell.start, cell.end) for cell in row.cells]
        return
    start = block.start
    for line in ctx.text.of(block).split("\n"):
        yield [Span(start, start + len(line))]
        start += len(line) + 1


def _read_unit(ctx: Context, cells: list[Span]) -> tuple[str | None, list[Span]]:
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


def _has_colon(ctx: Context, cells: list[Span]) -> bool:
    """Whether a line is a label with a colon and what it labels, not a sentence that begins with an office."""
    return any(":" in ctx.clean(cell)[:40] for cell in cells[:1])


def _rest(ctx: Context, person: Person, following: Person | None, names: list[Span]) -> str:
    end = person.evidence[0].end
    alone = sum(len(ctx.within(Person, cell)) for cell in names) == 1  # "Anna Berg | M | ordförande"
    cell = names[-1] if alone else next((cell for cell in names if cell.start <= end <= cell.end), None)
    stop = cell.end if cell else end
    if following is not None and end < following.evidence[0].start < stop:
        stop = following.evidence[0].start
    return _PARTY_AFTER.sub("", ctx.clean(Span(end, stop))).strip(" ,\n–-(*")


def _title_before(ctx: Context, person: Person, start: int) -> str:
    """A word in small letters right before the name: "controller Anna Ek" is an officer, whatever the list is for."""
    match = _TITLE.search(ctx.clean(Span(start, max(start, person.evidence[0].start))))
    return match[1] if match else ""


def _decide(label: str | None, rest: str, person: Person, part: Part, member: str, title: str = "") -> str | None:
    after = next((said for piece in re.split(r"[,\t]", rest) if (said := _capacity("after", piece))), None)
    office = str(person.hints.get("office", "")) or (title if label == "ersättare" else "")
    if label == "-":
        return None
    if label == "ledamot":
        return after if after not in (None, "revisor") else member
    party = bool(person.hints.get("party"))
    if label == "tjänsteperson" and not party and not office and after is None and part.role is Role.ATTENDANCE:
        return label  # "handläggarna Anna Ek och Bo Lind"
    if label == "närvarande":
        label = after if after in ("ordförande", "vice ordförande") else ""
    if label in ("", "tjänsteperson") or (
        label == "ersättare" and office and not party and after in (None, "sekreterare")
    ):
        return _by_office(after, office, party)  # "Ersättare och övriga deltagare": officers stand in the same list
    if label is not None:
        return after if label == "ersättare" and after == "tjänstgörande ersättare" else label
    if part.role is Role.SIGNATURES:
        return after or (_capacity("label", office) if office else None) or None
    return None


def _by_office(after: str | None, office: str, party: bool) -> str:
    if after == "revisor" or "revisor" in office.lower():
        return "revisor"
    if after in ("ersättare", "tjänstgörande ersättare"):
        return after
    if _capacity("label", office) == "sekreterare" or (after == "sekreterare" and not office):
        return "sekreterare"
    return "tjänsteperson" if office and not party and not _NOT_STAFF.search(office) else "övrig"


def _pair_offices(ctx: Context, names: list[Span]) -> None:
    """Names in one cell and as many offices in the next: the first office is the first name's, and so on."""
    for cell, beside in pairwise(names):
        people = ctx.within(Person, cell)
        if len(people) < 2 or ctx.within(Person, beside):
            continue
        text = ctx.clean(beside)
        offices = text.split("\n") if "\n" in text else [match.group() for match in _OFFICES.finditer(text)]
        if len(offices) == len(people):
            for person, office in zip(people, offices, strict=True):
                person.hints["office"] = office.strip()
        elif offices:
            ctx.issue(
                "offices", f"{len(people)} names stand beside {len(offices)} offices; whose is which is unclear.", cell
            )


def _party(ctx: Context, person: Person) -> str | None:
    end = person.evidence[0].end
    printed = ctx.within(Party, Span(end, end + 16))
    if printed and "\n" not in ctx.clean(Span(end, printed[0].evidence[0].start)).strip(" "):
        return printed[0].id
    party = str(person.hints.get("party", ""))
    return iri.party(party) if is_party(party) else None


def _municipality(person: Person) -> str | None:
    code = person.hints.get("municipality")
    return iri.municipality(str(code)) if code else None


def _is_substituted(ctx: Context, person: Person) -> bool:
    """Named only as the one whom somebody else stands in for."""
    start = person.evidence[0].start
    return bool(_SUBSTITUTES.search(ctx.text.clean, max(ctx.document.start, start - 30), start))


def _substituted(ctx: Context, part: Part, person: Person) -> str | None:
    end = person.evidence[0].end
    for other in ctx.within(Person, Span(end, min(end + 60, part.end))):
        return other.id if _is_substituted(ctx, other) else None
    return None


def _limited(rest: str) -> str | None:
    match = _PARAGRAPHS.search(rest)
    return match.group().strip(" ,") if match else None
