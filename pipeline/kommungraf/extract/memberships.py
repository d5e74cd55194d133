"""Memberships: who holds which post in which body or organisation, and how the document speaks of it.

Sources: sentences that elect, appoint or release somebody; forms of county boards ("Ny ledamot: …"); lists of seats
("Ledamot", "Ersättare"), "Vakant" among them; offices in signatures and with names; attendance as a member of the body
that meets; reports of offices that changed hands. A post without a body or organisation is an issue, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from kommungraf.extract.attendance_capacity import label_capacity
from kommungraf.extract.context import Context
from kommungraf.extract.memberships_items import exchanges, resignations, taken_over
from kommungraf.extract.memberships_lists import seats_of_table
from kommungraf.extract.memberships_parties import changes_of_party
from kommungraf.extract.memberships_posts import ACTING, VACANT, Post, meets, plain_role
from kommungraf.extract.memberships_signed import QUALIFIER, SEATS, attending, named, signed
from kommungraf.extract.memberships_stated import forms, stated
from kommungraf.extract.memberships_unnamed import Retitled, retitles, unnamed
from kommungraf.model import iri
from kommungraf.model.facts import Attendance, GoverningBody, Hints, Meeting, Membership, Person
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.text import fold

_BY_CAPACITY = {iri.concept("capacity", role): role for role in SEATS} | {
    iri.concept("capacity", "tjänstgörande ersättare"): "ersättare"
}


def find_memberships(ctx: Context) -> Iterator[Membership]:
    """Every post that the document states, one membership for each person, body and role."""
    found = [
        *stated(ctx),
        *resignations(ctx),
        *exchanges(ctx),
        *forms(ctx),
        *_seats(ctx),
        *signed(ctx),
        *_attended(ctx),
        *attending(ctx),
        *named(ctx),
    ]
    names = {node.id: fold(f"{node.name} {node.hints.get('organization', '')}") for node in ctx.of_type(GoverningBody)}
    titles = list(retitles(ctx))
    seen: set[tuple[str, str, str, bool]] = set()
    homeless: list[Post] = []
    for post in (*taken_over(ctx, found, names), *unnamed(ctx), *changes_of_party(ctx)):
        if post.organization is None:
            homeless.append(post)
            continue
        who = _bearer(post.person) if post.person else f"vacant {post.span.start}"
        where = names.get(post.organization, post.organization)
        if (who, where, post.role, post.acting) in seen:
            continue
        seen.add((who, where, post.role, post.acting))
        yield _membership(ctx, post, who, titles)
    placed = {(who, role) for who, _, role, _ in seen}
    homeless = [post for post in homeless if post.person is None or (_bearer(post.person), post.role) not in placed]
    for _, posts in groupby(homeless, key=lambda post: ctx.text.block_index(post.span.start)):
        first, *others = posts
        name = first.person.name if first.person else "a vacant seat"
        more = f" (and {len(others)} more posts in the same list)" if others else ""
        ctx.issue("no-organization", f"It is not said where {name} is {first.role}{more}.", first.span)


def _membership(ctx: Context, post: Post, who: str, titles: list[Retitled]) -> Membership:
    about = [title for title in titles if post.role in (title.old, title.new)]
    digest = iri.digest(who, str(post.organization), post.role, *(["acting"] if post.acting else []))
    return Membership(
        id=ctx.mention_id(Membership, post.span) + "/" + digest[:8],
        name=post.role,
        member=post.person.id if post.person else None,
        organization=str(post.organization),
        role=iri.concept("role", post.role),
        valid_from=post.since,
        valid_to=post.until,
        event=post.event,
        hints=_hints(post, about[0] if about else None) | ({"proposed": True} if _is_proposed(ctx, post) else {}),
        evidence=tuple(
            dict.fromkeys((post.span, *([post.said] if post.said else []), *(title.span for title in about)))
        ),
    )


def _hints(post: Post, title: Retitled | None) -> Hints:
    """What linking may weigh: acting, after whom, how it began, the day of a signature, a new or former title."""
    hints: Hints = {
        "acting": post.acting,
        "after": post.after.id if post.after else "",
        "how": post.how,
        "on": str(post.on or ""),
        "municipality": post.municipality,
    }
    if title is not None:
        hints |= {"formerly": title.old, "title": title.new, "retitled": str(title.since or "")}
    return {key: value for key, value in hints.items() if value}


_PREPARES = frozenset({"tjänsteskrivelse", "kallelse", "föredragningslista"})


def _is_proposed(ctx: Context, post: Post) -> bool:
    """Whether a post is only proposed: in a proposal, or in a document that prepares a meeting."""
    if post.event == "seen" or post.event == "vacant":
        return False
    if ctx.document.type in _PREPARES:
        return True
    return any(part.start <= post.span.start < part.end for part in ctx.document.with_role(Role.PROPOSAL))


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
            if label not in SEATS:
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


def _attended(ctx: Context) -> Iterator[Post]:
    """Who takes part as member or substitute holds that post in the body that meets; staff their office."""
    body = meets(ctx)
    people = {person.id: person for person in ctx.of_type(Person)}
    for attendance in ctx.of_type(Attendance):
        person = people[attendance.person]
        role = _BY_CAPACITY.get(attendance.capacity)
        block = ctx.text.block_at(person.evidence[0].start)
        if role == "ordförande" and any(
            part.start <= block.start < part.end for part in ctx.document.with_role(Role.SIGNATURES)
        ):
            continue  # whoever chairs one meeting need not be its chair
        if role and body:
            yield Post(person, person.evidence[0], role, "seen", body)
        elif attendance.capacity == iri.concept("capacity", "tjänsteperson") and ctx.document.publisher_id:
            printed = str(person.hints.get("office", ""))
            office = plain_role(QUALIFIER.sub("", printed))
            if office:
                acting = bool(ACTING.match(printed + " "))
                yield Post(person, person.evidence[0], office, "seen", ctx.document.publisher_id, acting=acting)
