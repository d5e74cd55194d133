"""Attendance: who took part in a meeting, in what capacity, for which party and municipality, for which §§.

Lists of participants are read as units (cells, lines, items). A label before names ("Beslutande", "Ej tjänstgörande
ersättare") says the capacity of all that follow, words after a name ("tjg ersättare för …", "ordförande") that of one.
Signatures add who chaired, kept and adjusted the minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from kommungraf.extract.attendance_capacity import decide
from kommungraf.extract.attendance_lists import (
    HELD_BY_ONE,
    Lists,
    has_colon,
    heads,
    is_ruled,
    own_office,
    pair_offices,
    read_unit,
    stands_before_name,
    title_before,
    units,
)
from kommungraf.extract.context import Context
from kommungraf.extract.people_evidence import is_party
from kommungraf.model import iri
from kommungraf.model.facts import Attendance, Meeting, Party, Person
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.text import slug

_SPACE = r"[ \u00a0]*"
_NUMBERS = rf"§§?{_SPACE}\d+[\d ,–-]*(?:(?:och|samt){_SPACE}\d+[\d ,–-]*)?"
_CLOCK = rf"(?:kl\.?|klockan){_SPACE}\d{{1,2}}[.:]\d\d(?:{_SPACE}[-–]{_SPACE}\d{{1,2}}[.:]\d\d)?"
_LIMITS = r"(?:t\.?\s?o\.?\s?m\.?|fr\.?\s?o\.?\s?m\.?|från och med|till och med|från|del av|ej)"
_PARAGRAPHS = re.compile(rf"(?:{_LIMITS})?{_SPACE}{_NUMBERS}|{_CLOCK}")
_SUBSTITUTES = re.compile(r"\b(?:ersätter|ersättare för|ers\.? ?för|för|i ?stället för|istf)[ \u00a0\n]*$", re.I)
_PARTY_AFTER = re.compile(r"^[ \u00a0]*[,*]?[ \u00a0]*(?:\([^()]{1,12}\)|[A-ZÅÄÖ]{1,4}(?=[ \u00a0]))")  # "(M)", "M "
_LISTS = (Role.MEETING, Role.ATTENDANCE, Role.SIGNATURES)
_LABELLED = (Role.HANDLER, Role.BODY)  # extracts print "Beslutande: …" after the decision; only such lines count there
_PRESENT = re.compile(r"\b(?:beslutande|närvarande|tjänstgörande|frånvarande|närvaro)\b", re.I)


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
    lists = Lists()
    for part in ctx.document.with_role(*_LISTS, *_LABELLED):
        label: str | None = None
        above: str | None = None
        once: str | None = None
        for block in (ctx.text.blocks[index] for index in part.own_blocks()):
            columns: dict[int, str] = {}
            for cells in units(ctx, block):
                if cells and not part.start <= cells[-1].end <= part.end:
                    continue  # a table of attendance is several parts, one for each label
                said, names = read_unit(ctx, cells)
                columns = (
                    columns if names and ctx.within(Person, Span(cells[0].start, cells[-1].end)) else heads(ctx, cells)
                )
                if part.role in (Role.MEETING, Role.ATTENDANCE):
                    said, columns = lists.read(ctx, cells, said, columns)
                    once = said if said in HELD_BY_ONE and label == "" and stands_before_name(ctx, cells) else None
                    label = said if said is not None and once is None else label
                else:  # a label holds for its own line or below a line to sign on; other words near a name are its hint
                    label, above = said if said is not None else above, said if is_ruled(ctx, cells) else None
                if part.role in _LABELLED and (label in (None, "", "föredragande") or not has_colon(ctx, cells)):
                    continue
                pair_offices(ctx, names)
                for person, rest in _participants(ctx, names):
                    column = next(
                        (n for n, cell in enumerate(cells) if cell.start <= person.evidence[0].start <= cell.end), 0
                    )
                    start = cells[min(column, len(cells) - 1)].start
                    own = own_office(ctx, person, start) or once or columns.get(column, label)
                    capacity = decide(own, rest, person, part, member, title_before(ctx, person, start))
                    capacity = lists.marked_as(ctx, cells, capacity)
                    if capacity:
                        lists.marked |= capacity == "tjänstgörande ersättare"
                        yield part, person, capacity, rest


def _participants(ctx: Context, names: list[Span]) -> Iterator[tuple[Person, str]]:
    """Those who take part by themselves, each with the words up to the next."""
    named = [person for cell in names for person in ctx.within(Person, cell)]
    people = [person for person in named if not _is_substituted(ctx, person)]
    for person, following in zip_longest(people, people[1:]):
        yield person, _rest(ctx, person, following, names)


def _rest(ctx: Context, person: Person, following: Person | None, names: list[Span]) -> str:
    end = person.evidence[0].end
    alone = sum(len(ctx.within(Person, cell)) for cell in names) == 1  # "Anna Berg | M | ordförande"
    cell = names[-1] if alone else next((cell for cell in names if cell.start <= end <= cell.end), None)
    stop = cell.end if cell else end
    if following is not None and end < following.evidence[0].start < stop:
        stop = following.evidence[0].start
    return _PARTY_AFTER.sub("", ctx.clean(Span(end, stop))).strip(" ,\n–-(*")


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
