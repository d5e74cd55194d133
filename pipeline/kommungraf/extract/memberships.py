"""Memberships: who holds which post in which body or organisation, and how the document speaks of it.

Sources: sentences that elect, appoint or release somebody; forms of county boards ("Ny ledamot: …"); lists of seats
("Ledamot", "Ersättare"), "Vakant" among them; offices in signatures ("Anna Berg / Förbundschef"); attendance as a
member of the body that meets. A post without a body or organisation is an issue, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from kommungraf.extract.attendance_capacity import label_capacity
from kommungraf.extract.context import Context
from kommungraf.extract.memberships_posts import PASSING, VACANT, Post, meets, plain_role
from kommungraf.extract.memberships_stated import forms, seats_of_table, stated
from kommungraf.extract.people_evidence import OFFICE
from kommungraf.model import iri
from kommungraf.model.facts import Attendance, GoverningBody, Meeting, Membership, Person
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.text import fold

_SEATS = frozenset({"ledamot", "ersättare", "ombud", "ordförande", "vice ordförande"})
_BY_CAPACITY = {iri.concept("capacity", role): role for role in _SEATS} | {
    iri.concept("capacity", "tjänstgörande ersättare"): "ersättare"
}


def find_memberships(ctx: Context) -> Iterator[Membership]:
    """Every post that the document states, one membership for each person, body and role."""
    seen: set[tuple[str, str, str]] = set()
    homeless: list[Post] = []
    names = {node.id: fold(f"{node.name} {node.hints.get('organization', '')}") for node in ctx.of_type(GoverningBody)}
    for post in (*stated(ctx), *forms(ctx), *_seats(ctx), *_signed(ctx), *_attended(ctx)):
        if post.organization is None:
            homeless.append(post)
            continue
        who = _bearer(post.person) if post.person else f"vacant {post.span.start}"
        where = names.get(post.organization, post.organization)
        if (who, where, post.role) in seen:
            continue
        seen.add((who, where, post.role))
        yield Membership(
            id=ctx.mention_id(Membership, post.span) + "/" + iri.digest(who, post.organization, post.role)[:8],
            name=post.role,
            member=post.person.id if post.person else None,
            organization=post.organization,
            role=iri.concept("role", post.role),
            valid_from=post.since,
            valid_to=post.until,
            event=post.event,
            evidence=(post.span,),
        )
    for _, posts in groupby(homeless, key=lambda post: ctx.text.block_index(post.span.start)):
        first, *others = posts
        who = first.person.name if first.person else "a vacant seat"
        more = f" (and {len(others)} more posts in the same list)" if others else ""
        ctx.issue("no-organization", f"It is not said where {who} is {first.role}{more}.", first.span)


def _bearer(person: Person) -> str:
    """A name with what tells two people of one name apart."""
    return fold(" ".join(str(person.hints.get(key, "")) for key in ("party", "municipality")) + " " + person.name)


def _seats(ctx: Context) -> Iterator[Post]:
    """Lists of seats outside minutes: "Ledamot", "Ersättare" and names under them; "Vakant" is an empty seat."""
    if any(ctx.document.with_role(Role.DECISION)) and ctx.of_type(Meeting):
        return
    for part in ctx.document.with_role(Role.ATTENDANCE):
        organization = _of_list(ctx, part)
        label = label_capacity(part.title)
        for block in (ctx.text.blocks[index] for index in part.own_blocks()):
            if block.kind == "table":
                posts = list(seats_of_table(ctx, block, organization))
                if any(post.role == "ombud" for post in posts):
                    posts = [post._replace(organization=_general_meeting(ctx)) for post in posts]
                yield from posts
                continue
            line = ctx.text.of(block)
            people = ctx.within(Person, Span(block.start, block.end))
            if not people and (said := label_capacity(line)) is not None:
                label = said
            if label not in _SEATS:
                continue
            for person in people:
                yield Post(person, person.evidence[0], str(label), "seen", organization)
            if not people and (vacant := VACANT.search(line)):
                start = block.start
                span = Span(start + vacant.start(), start + vacant.end())
                yield Post(None, span, str(label), "vacant", organization)


def _general_meeting(ctx: Context) -> str | None:
    """The meeting that ombud take part in, where the document is about one."""
    bodies = [body for body in ctx.of_type(GoverningBody) if re.search(r"möte|stämma", body.name, re.I)]
    return meets(ctx) or (bodies[0].id if bodies else None)


def _of_list(ctx: Context, part: Part) -> str | None:
    """The body of a list of seats: named in its title or its form fields, else the one most named in the document."""
    own = ctx.within(GoverningBody, Span(part.start, part.end))
    if own:
        return own[0].id
    bodies = ctx.of_type(GoverningBody)
    by_name: dict[str, list[GoverningBody]] = {}
    for body in bodies:
        by_name.setdefault(fold(body.name), []).append(body)
    if len(by_name) == 1:
        return bodies[0].id
    return meets(ctx) or (
        bodies[0].id if bodies and by_name and len(next(iter(by_name.values()))) > len(bodies) / 2 else None
    )


_OF_MEETING = ("justerare", "sekreterare", "ordförande")
_ACTING = re.compile(r"^(?:tf\.?|t\.f\.|tillförordnad|förtroendevald)\s+", re.I)
_SIGNED_OFFICE = re.compile(
    r"[ \u00a0]*(?:\([^()\n]{1,12}\))?[ \u00a0]*(?:,[ \u00a0]*|\n)(?:TITEL[^:\n]*: )?"
    rf"(?P<office>{OFFICE})(?P<rest>[^\n]*)",
    re.I,
)


def _signed(ctx: Context) -> Iterator[Post]:
    """Offices under names in signatures; in an annual report the members of the board sign without one."""
    for part in ctx.document.with_role(Role.SIGNATURES, Role.HANDLER):
        people = ctx.within(Person, part)
        offices = {
            person.id: _SIGNED_OFFICE.match(ctx.text.clean, person.evidence[0].end, part.end) for person in people
        }
        for person in people:
            if (match := offices[person.id]) and (post := _signed_post(ctx, part, person, match)):
                yield post
        chaired = any(match and fold(match["office"]).endswith("ordförande") for match in offices.values())
        if chaired and len(people) > 3 and not ctx.of_type(Meeting) and (board := _board(ctx)):
            for person in people:
                if offices[person.id] is None and not _is_audit(ctx, part, person):
                    yield Post(person, person.evidence[0], "ledamot", "seen", board)


def _signed_post(ctx: Context, part: Part, person: Person, match: re.Match[str]) -> Post | None:
    role = plain_role(_ACTING.sub("", match["office"]))
    if (
        PASSING.search(role)
        or (role in _OF_MEETING and ctx.of_type(Meeting))
        or role in ("handläggare", "föredragande")
    ):
        return None
    span = Span(person.evidence[0].start, match.end("office"))
    named = ctx.within(GoverningBody, Span(match.start("rest"), match.end("rest")))
    if named:
        return Post(person, span, role, "seen", named[0].id)
    if role in _SEATS:
        return Post(person, span, role, "seen", _auditors(ctx) if _is_audit(ctx, part, person) else _board(ctx))
    return Post(person, span, role, "seen", ctx.document.publisher_id)


def _is_audit(ctx: Context, part: Part, person: Person) -> bool:
    """Whether a signature stands under a heading of the auditors ("Revisorspåteckning")."""
    blocks = ctx.text.blocks
    above = range(ctx.text.block_index(person.evidence[0].start), part.blocks.start - 1, -1)
    title = next((ctx.text.of(blocks[index]) for index in above if blocks[index].kind == "heading"), part.title)
    return "revis" in title.lower()


def _auditors(ctx: Context) -> str | None:
    return next((body.id for body in ctx.of_type(GoverningBody) if "revisor" in body.name.lower()), None)


def _board(ctx: Context) -> str | None:
    """The board of the organisation, where the document names just one."""
    boards = [body for body in ctx.of_type(GoverningBody) if re.search(r"styrelse|direktion", body.name, re.I)]
    return (
        boards[0].id
        if boards and len({fold(str(body.hints.get("organization", ""))) for body in boards}) == 1
        else None
    )


def _attended(ctx: Context) -> Iterator[Post]:
    """Who takes part as member or substitute holds that post in the body that meets; staff their office."""
    body = meets(ctx)
    people = {person.id: person for person in ctx.of_type(Person)}
    for attendance in ctx.of_type(Attendance):
        person = people[attendance.person]
        role = _BY_CAPACITY.get(attendance.capacity)
        signed = ctx.text.block_at(person.evidence[0].start)
        if role == "ordförande" and any(
            part.start <= signed.start < part.end for part in ctx.document.with_role(Role.SIGNATURES)
        ):
            continue  # whoever chairs one meeting need not be its chair
        if role and body:
            yield Post(person, person.evidence[0], role, "seen", body)
        elif attendance.capacity == iri.concept("capacity", "tjänsteperson") and ctx.document.publisher_id:
            office = plain_role(str(person.hints.get("office", "")))
            if office:
                yield Post(person, person.evidence[0], office, "seen", ctx.document.publisher_id)
