"""Agenda items of minutes (§ 5), notices and agendas (5.), with their case and who presents them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.extract.context import Context
from kommungraf.extract.meetings import meeting_of
from kommungraf.model import iri
from kommungraf.model.facts import AgendaItem, Case, Person
from kommungraf.model.parts import LogicalDocument, Part, Role
from kommungraf.model.source import Span
from kommungraf.text import squeeze

_PRESENTER = re.compile(
    r"(?im)^\W*(?:föredragande|föredragning|föredras av|ärendet föredras av|föredragare|rapportör)\b[^\n]*"
)
# Headings inside an item, never its title.
_LABEL = re.compile(
    r"(?i)\W*(?:[\wåäö-]+s )?(?:beslut(?:et|ar|sunderlag|sgång)?|bakgrund|ärende(?:t|beskrivning)?"
    r"|sammanfattning|beskrivning|föredragande|handläggare|förslag|yrkande|reservation|jäv|votering|omröstning|motivering|skäl|bedömning)\w*\b"
)
# Parts of an item that tell about other matters too; a diary number there need not be the item's own.
_TELLING = {
    Role.BACKGROUND,
    Role.BASIS,
    Role.PROPOSAL,
    Role.PROCEDURE,
    Role.RESERVATION,
    Role.DECISION,
    Role.RECIPIENTS,
    Role.APPEAL,
}


def find(ctx: Context) -> Iterator[AgendaItem]:
    """One node per agenda item that has a number; an item without a title is an issue."""
    ids = item_ids(ctx.document)
    for part in ctx.document.with_role(Role.AGENDA_ITEM):
        if part.number is None:
            continue
        heading = _heading(part)
        if heading is None:
            ctx.issue("no-title", f"Item {part.number} has no title.", Span(part.start, part.end))
        meeting = meeting_of(ctx, part.start)
        case = item_case(ctx, part)
        yield AgendaItem(
            id=ids[part.start],
            meeting=meeting.id if meeting else None,
            number=part.number,
            title=_title(ctx, part),
            case=case.id if case else None,
            presenter=_presenters(ctx, part),
            evidence=(heading or _first_line(ctx, part),),
        )


def _title(ctx: Context, part: Part) -> str:
    """The title without the diary number that many print at its end: "Ekonomisk rapport, dnr SN 2024/18"."""
    heading = _heading(part) or _first_line(ctx, part)
    printed = title = squeeze(part.title or ctx.clean(heading))
    for case in ctx.within(Case, heading):
        number = re.escape(case.diary_number)
        title = re.sub(
            rf"(?i)[\s,(\[–-]*\b(?:dnr|diarienr|diarienummer|ärendenr)?[.:]?\s*{number}[)\]]*\s*$", "", title
        )
    return title or printed


def _heading(part: Part) -> Span | None:
    """Where the title stands. "Delegationsbeslut" reads like a label: then it heads the first part of its own item."""
    if part.title_span is not None and part.title:
        return part.title_span
    first = part.children[0] if part.children else None
    return first.title_span if first is not None and first.title and not _LABEL.match(first.title) else None


def item_ids(document: LogicalDocument) -> dict[int, str]:
    """The IRI of each agenda item by where its part starts; a number that comes twice gets its offset too."""
    ids: dict[int, str] = {}
    seen: set[int] = set()
    for part in document.with_role(Role.AGENDA_ITEM):
        if part.number is not None:
            key = f"{part.number}-{part.start - document.start}" if part.number in seen else f"{part.number}"
            seen.add(part.number)
            ids[part.start] = iri.statement(document.id, "agenda-item", key)
    return ids


def enclosing(document: LogicalDocument) -> Iterator[tuple[Part, Part | None]]:
    """Every part of a document with the agenda item that it stands in (or is)."""

    def walk(parts: list[Part], item: Part | None) -> Iterator[tuple[Part, Part | None]]:
        for part in parts:
            inside = part if part.role is Role.AGENDA_ITEM else item
            yield part, inside
            yield from walk(part.children, inside)

    return walk(document.parts, None)


def item_case(ctx: Context, item: Part) -> Case | None:
    """The case of an item: a number in its head, else the only one among its documents (beslutsunderlag)."""
    if item.start not in ctx.item_cases:
        ctx.item_cases[item.start] = _item_case(ctx, item)
    return ctx.item_cases[item.start]


def _item_case(ctx: Context, item: Part) -> Case | None:
    cases = _own(ctx.within(Case, item))
    telling = [part for part in item.walk() if part.role in _TELLING]
    head = [case for case in cases if not any(part.start <= case.evidence[0].start < part.end for part in telling)]
    if head:
        return head[0]
    basis = [case for part in telling if part.role is Role.BASIS for case in _own(ctx.within(Case, part))]
    if len({case.diary_number for case in basis}) == 1:
        return basis[0]
    alone = sum(1 for _ in ctx.document.with_role(Role.AGENDA_ITEM)) == 1  # an extract: the head prints the number
    return _head_case(ctx) if alone else None


def _head_case(ctx: Context) -> Case | None:
    inside = [
        case for part in ctx.document.with_role(Role.FRONT, Role.MEETING) for case in _own(ctx.within(Case, part))
    ]
    return inside[0] if len({case.diary_number for case in inside}) == 1 else None


def document_case(ctx: Context) -> Case | None:
    """The case of a letter or an authority's decision: its only number, else the one in its head, else in its basis."""
    cases = _own(ctx.of_type(Case))
    if len({case.diary_number for case in cases}) == 1:
        return cases[0]
    if (head := _head_case(ctx)) is not None:
        return head
    basis = [case for part in ctx.document.with_role(Role.BASIS) for case in _own(ctx.within(Case, part))]
    return basis[0] if len({case.diary_number for case in basis}) == 1 else None


def _own(cases: list[Case]) -> list[Case]:
    return [case for case in cases if not case.hints.get("foreign")]


def _presenters(ctx: Context, part: Part) -> tuple[str, ...]:
    people: list[str] = []
    text = ctx.clean(part)
    for match in _PRESENTER.finditer(text):
        span = Span(part.start + match.start(), part.start + match.end())
        people += [person.id for person in ctx.within(Person, span)]
    for child in part.walk():
        if child.role is Role.HANDLER and _PRESENTER.match(ctx.clean(child)):
            people += [person.id for person in ctx.within(Person, child)]
    return tuple(dict.fromkeys(people + _column_presenters(ctx, part)))


def _column_presenters(ctx: Context, part: Part) -> list[str]:
    """People in the column "Föredragande" of an agenda that is printed as a table."""
    block = ctx.text.block_at(part.start)
    if block.kind != "table" or not block.rows:
        return []
    columns = {cell.column for cell in block.rows[0].cells if _PRESENTER.match(ctx.text.of(cell))}
    cells = (cell for row in block.rows[1:] for cell in row.cells if cell.column in columns)
    inside = [Span(cell.start, cell.end) for cell in cells if part.start <= cell.start < part.end]
    return [person.id for span in inside for person in ctx.within(Person, span)]


def _first_line(ctx: Context, part: Part) -> Span:
    end = ctx.text.clean.find("\n", part.start, part.end)
    return Span(part.start, end if end > part.start else part.end)
