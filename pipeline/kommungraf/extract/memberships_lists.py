"""Lists and tables of those who get a post: the names under "… väljer följande personer till socialnämnden …:".

The post stands in the sentence over the list, or in labels in it ("Ledamöter", "Ersättare"), and where it is said only
in the heading of the matter ("Val av ledamöter i socialnämnden 2023–2026"), there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.dates import PartialDate
from kommungraf.extract.attendance_capacity import label_capacity
from kommungraf.extract.context import Context
from kommungraf.extract.memberships_posts import (
    APPOINTS,
    ELECTS,
    PASSING,
    PROPOSES,
    ROLE,
    VACANT,
    Post,
    event_of,
    period_of,
    plain_role,
    where,
)
from kommungraf.extract.memberships_signed import SEATS
from kommungraf.extract.sentences import sentences, trim
from kommungraf.model.facts import GoverningBody, Municipality, Organization, Person
from kommungraf.model.parts import Role
from kommungraf.model.source import Block, Span

_TERM = re.compile(r"(?<!\d)((?:19|20)\d\d)[ \u00a0]?[–-][ \u00a0]?((?:19|20)\d\d)(?!\d|-)")
_AFTER_NAME = re.compile(r"[ \u00a0*]*(?:\([^()\n]{1,40}\)[ \u00a0*]*)?(?:[,;:|/\t–.-]|och\b|$|(?-i:[A-ZÅÄÖ]{1,3})\b)")
_PERSONAL = re.compile(r"^(?:personliga?|valda?)[ \u00a0]+", re.I)
_SHORT = 4
"""So many words at most has a line that is the name of a body and no sentence about it."""
_AUDITS = frozenset({"revisor", "lekmannarevisor"})
_CHAIRS = frozenset({"ordförande", "vice ordförande"})


def following(ctx: Context, index: int) -> Iterator[Post]:
    """The posts of the list or table after "… väljer följande ledamöter i styrelsen för tiden …:" in a block."""
    block = ctx.text.blocks[index]
    colon = ctx.text.of(block).rstrip().rfind(":") + block.start + 1
    rest = Span(colon, block.end)
    if "\n" not in ctx.text.clean[colon : block.end] and ctx.clean(rest).strip():
        return
    intro = list(sentences(ctx.text.clean, block.start, colon))[-1]
    text = ctx.clean(intro)
    event = event_of(text, len(text))
    if event not in ("elected", "appointed") or ctx.within(Person, intro):
        return
    if PASSING.search(text) or PROPOSES.search(text):
        return
    roles = [plain_role(match["role"]) for match in ROLE.finditer(text)]
    since, until = _term(ctx, intro)
    post = Post(None, intro, "", event, _elected_to(ctx, intro, text), since, until, said=intro)
    yield from _listed(ctx, index, rest, roles, post)


def _listed(ctx: Context, index: int, rest: Span, roles: list[str], post: Post) -> Iterator[Post]:
    """The posts of the lines after a sentence; ``roles`` are those that it names."""
    role = roles[0] if len(set(roles)) == 1 else ""
    for next_index in range(index, ctx.document.blocks.stop):
        block = ctx.text.blocks[next_index]
        if block.kind == "table" and next_index > index:
            for one in seats_of_table(ctx, block, post.organization):
                yield post._replace(
                    person=one.person, span=one.span, role=one.role, municipality=one.municipality,
                    event=post.event if one.person else "vacant",
                )  # fmt: skip
            return
        for line in _lines(ctx, rest if next_index == index else Span(block.start, block.end)):
            people = ctx.within(Person, line)
            before = ctx.text.clean[line.start : people[0].evidence[0].start] if people else ctx.clean(line)
            label = _label(before)
            role = label if label in SEATS else role
            if not people and VACANT.search(before) and role:
                yield post._replace(span=line, role=role, event="vacant")
            elif not people and label not in SEATS:
                body = _places(ctx, line)
                if len(body) != 1 or len(before.split()) > _SHORT:
                    return
                post, role = post._replace(organization=body[0]), ""  # one list of several bodies
            if people and (block.kind == "heading" or not _is_name(ctx, line, people[0], label in SEATS)):
                return
            for person in people:
                named = list(_named(ctx, person, line, role, post))
                if not named:
                    if roles:
                        ctx.issue("unclear-role", f"The list does not say who is elected {roles[0]}.", post.span)
                    return
                yield from named


def _label(words: str) -> str | None:
    """The role that a label says: "Ordinarie" are the members, a "personlig ersättare" is one."""
    words = words.strip(" *:-–•\n")
    if words.casefold() == "ordinarie":
        return "ledamot"
    return label_capacity(_PERSONAL.sub("", words))


def _is_name(ctx: Context, line: Span, person: Person, labelled: bool) -> bool:
    """Whether a line of a list is a name, with what belongs to it: not a sentence that begins with one."""
    name = person.evidence[0]
    opens = labelled or not re.search(r"[^\W\d]", ctx.text.clean[line.start : name.start])
    return opens and _AFTER_NAME.match(ctx.text.clean, name.end, line.end) is not None


def _named(ctx: Context, person: Person, line: Span, role: str, post: Post) -> Iterator[Post]:
    """The posts of one name in a list: the list's own, and another that its line adds ("…, ordförande")."""
    name = person.evidence[0]
    following = [one.evidence[0].start for one in ctx.within(Person, Span(name.end, line.end))]
    own = ROLE.search(ctx.text.clean, name.end, min([line.end, name.end + 60, *following]))
    other = plain_role(own["role"]) if own else role
    if role and (other != "ersättare" or other == role):  # "Bo Ek (M), ersättare" in a list of ombud is one, no ombud
        yield post._replace(person=person, span=name, role=role)
    if other != role and not (role in _AUDITS and other in _CHAIRS):  # who chairs the auditors chairs nothing else
        yield post._replace(person=person, span=name, role=other)


def _lines(ctx: Context, span: Span) -> Iterator[Span]:
    start = span.start
    for line in ctx.clean(span).split("\n"):
        if (found := trim(ctx.text.clean, start, start + len(line))) is not None:
            yield found
        start += len(line) + 1


def _elected_to(ctx: Context, intro: Span, text: str) -> str | None:
    """What somebody in a list is elected to: named after the verb, or in the heading of the matter."""
    roles = list(ROLE.finditer(text))
    verb = ELECTS.search(text) or APPOINTS.search(text)
    if any(plain_role(match["role"]) in _AUDITS for match in roles):
        return where(ctx, intro, roles[-1], plain_role(roles[0]["role"]), None)
    inside = _places(ctx, Span(intro.start + (verb.end() if verb else 0), intro.end))
    if inside:
        return inside[0]
    item = _title(ctx, intro)
    if item is not None and (named := _places(ctx, item)):
        return named[0] if len(set(named)) == 1 else None
    return where(ctx, intro, roles[-1], plain_role(roles[0]["role"]), None) if roles else None


def _places(ctx: Context, span: Span) -> list[str]:
    kinds: tuple[type[GoverningBody | Organization], ...] = (GoverningBody, Organization)
    return [node.id for node in sorted((n for k in kinds for n in ctx.within(k, span)), key=lambda n: n.evidence[0])]


def _title(ctx: Context, span: Span) -> Span | None:
    """The heading of the matter that something stands in."""
    items = [part for part in ctx.document.with_role(Role.AGENDA_ITEM) if part.start <= span.start < part.end]
    return items[-1].title_span if items else None


def _term(ctx: Context, intro: Span) -> tuple[PartialDate | None, PartialDate | None]:
    """The term that a sentence or, where it is silent, the heading over it says; there it may be two years alone."""
    told = period_of(ctx.clean(intro))
    title = _title(ctx, intro)
    if any(told) or title is None:
        return told
    years = _TERM.search(ctx.clean(title))
    return (PartialDate(int(years[1])), PartialDate(int(years[2]))) if years else (None, None)


def seats_of_table(ctx: Context, block: Block, organization: str | None) -> Iterator[Post]:
    """A table whose head says "Ledamot" and "Ersättare" over columns of names; "Vakant" is a seat without a person."""
    columns: dict[int, str] = {}
    for row in block.rows:
        cells = [Span(cell.start, cell.end) for cell in row.cells]
        people = [ctx.within(Person, cell) for cell in cells]
        if not any(people):
            said = {column: _label(ctx.clean(cell)) for column, cell in enumerate(cells)}
            columns |= {column: role for column, role in said.items() if role not in (None, "", "-")}
        for column, role in columns.items():
            if column >= len(cells):
                continue
            for person in people[column]:
                yield Post(person, person.evidence[0], role, "seen", organization)
            if any(people) and not people[column] and (vacant := VACANT.search(ctx.clean(cells[column]))):
                start = cells[column].start
                span = Span(start + vacant.start(), start + vacant.end())
                whose = {
                    place.municipality_code for place in ctx.within(Municipality, Span(cells[0].start, cells[-1].end))
                }
                code = whose.pop() if len(whose) == 1 else ""
                yield Post(None, span, role, "vacant", organization, municipality=code)
