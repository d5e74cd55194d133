"""Posts that sentences give and take, and the lists and forms that follow such sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.extract.attendance_capacity import label_capacity
from kommungraf.extract.context import Context
from kommungraf.extract.memberships_posts import (
    ACTING,
    AFTER_WHOM,
    AND_ROLE,
    APPOINTS,
    AS_ROLE,
    BY_ELECTION,
    ELECTS,
    EXPIRES,
    GONE,
    MOVES_UP,
    PASSING,
    PROPOSES,
    RESIGNS,
    ROLE,
    SEAT_VACANT,
    SEVERAL,
    VACANT,
    Post,
    end_of,
    period_of,
    plain_role,
    speaks_of_posts,
    where,
)
from kommungraf.extract.sentences import sentences
from kommungraf.model.facts import GoverningBody, Municipality, Person
from kommungraf.model.parts import Role
from kommungraf.model.source import Block, Span

_ELSEWHERE = (Role.ATTENDANCE, Role.CONTENTS, Role.SIGNATURES, Role.RECIPIENTS, Role.MEETING)
_FORM = re.compile(
    r"(?:^|\n)[ \t]*(?P<what>Ny|Nya|Avgången|Avgående|Avgångna|Tidigare)[ \u00a0]+"
    r"(?P<role>ledamot|ledamöter|ersättare|ordförande|vice ordförande|revisor)[ \u00a0]*:[ \u00a0]*$",
    re.I,
)


def stated(ctx: Context) -> Iterator[Post]:
    """Posts by sentences that elect, appoint or release, block by block."""
    skip = [(part.start, part.end) for part in ctx.document.with_role(*_ELSEWHERE)]
    blocks = iter(ctx.document.blocks)
    for index in blocks:
        block = ctx.text.blocks[index]
        if any(low <= block.start < high for low, high in skip):
            continue
        text = ctx.text.of(block)
        if not speaks_of_posts(text):
            continue
        last: str | None = None
        for sentence in sentences(ctx.text.clean, block.start, block.end):
            for post in _in_sentence(ctx, sentence, last):
                last = post.organization
                yield post
        if text.rstrip().endswith(":"):
            yield from _following(ctx, index)


def _event(text: str, position: int) -> str:
    """How a sentence speaks of a post named at a position: the nearest verb before it, else the first after."""
    verbs = [(ELECTS, "elected"), (APPOINTS, "appointed"), (RESIGNS, "resigned")]
    found = sorted((match.start(), event) for pattern, event in verbs for match in pattern.finditer(text))
    before = [event for start, event in found if start < position]
    return before[-1] if before else found[0][1] if found else ""


def _in_sentence(ctx: Context, sentence: Span, last: str | None) -> Iterator[Post]:
    """The posts of one sentence; ``last`` is the body of the post before in the same paragraph."""
    text = ctx.clean(sentence)
    people = ctx.within(Person, sentence)
    if not people and VACANT.search(text):
        yield from _vacated(ctx, sentence, last)
    if not people or not _event(text, len(text)):
        return
    matches = _roles(text)
    if not matches and RESIGNS.search(text):
        yield from _released(ctx, sentence, people)
    holders: list[Person] = []
    ombud = False
    for number, match in enumerate(matches):
        role = plain_role(match["role"])
        around = text[max(0, match.start() - 3) : match.end() + 14]
        if PASSING.search(around) or (role in ("ordförande", "sekreterare") and PASSING.search(text)):
            continue  # "… till mötets ordförande, … till sekreterare": for this meeting only
        ombud |= role == "ombud"
        substitutes = (
            ombud and role == "ersättare"
        )  # of the ombud, wherever that is: not of the council that sends them
        last = last if substitutes else where(ctx, sentence, match, role, last)
        named = _holders(ctx, sentence, people, matches, number)
        holders = named if named or match.re is not AND_ROLE else holders
        final = number + 1 == len(matches)
        yield from _given(ctx, sentence, match, Post(None, sentence, role, "", last), holders, people if final else [])


def _roles(text: str) -> list[re.Match[str]]:
    """The roles that a sentence gives or takes; after "uppdragen som" those joined by "och", too."""
    matches = list(AS_ROLE.finditer(text))
    if matches and SEVERAL.search(text):
        matches += AND_ROLE.finditer(text, matches[0].end())
    return sorted(matches, key=lambda match: match.start())


def _holders(
    ctx: Context, sentence: Span, people: list[Person], matches: list[re.Match[str]], number: int
) -> list[Person]:
    """The people of one role of several: those before it, or after it where the roles come first."""
    with_post = [_just_before(ctx, people, sentence, match) for match in matches]
    if with_post[number]:
        return with_post[number]
    role_first = not any(p.evidence[0].start < sentence.start + matches[0].start() for p in people)
    begin = 0 if number == 0 else matches[number - 1].end()
    finish = matches[number + 1].start() if number + 1 < len(matches) else sentence.end - sentence.start
    low, high = (matches[number].end(), finish) if role_first else (begin, matches[number].start())
    others = {person.id for own in with_post for person in own}
    return [person for person in _between(people, sentence, low, high) if person.id not in others]


def _given(
    ctx: Context, sentence: Span, match: re.Match[str], post: Post, holders: list[Person], others: list[Person]
) -> Iterator[Post]:
    """The post of each holder, as the sentence speaks of it, and whom of the others it is taken over from."""
    text = ctx.clean(sentence)
    expires = EXPIRES.search(text)
    event = "seen" if expires else _event(text, match.start())
    if event in ("elected", "appointed") and PROPOSES.search(text, 0, match.start()):
        return
    since, until = period_of(text)
    since, until = (None, since or end_of(text)) if event == "resigned" or expires else (since, until)
    gone = [one for one in ctx.within(Person, sentence) if event != "resigned" and is_left(ctx, sentence, one)]
    how = "movedUp" if MOVES_UP.search(text) else "byElection" if BY_ELECTION.search(text) or gone else ""
    how = "" if post.role.endswith(("chef", "direktör")) else how  # officers are hired, not elected
    post = post._replace(event=event, since=since, until=until, acting=bool(ACTING.search(match.group())), how=how)
    for person in holders:
        if person not in gone:
            yield post._replace(person=person, after=gone[0] if len(gone) == 1 else None)
    for person in gone if others else ():
        said = RESIGNS.search(text, match.end()) or GONE.match(ctx.text.clean, person.evidence[0].end, sentence.end)
        left = "resigned" if said else "seen"
        yield Post(person, sentence, post.role, left, post.organization, until=end_of(text) if said else None)


def is_left(ctx: Context, sentence: Span, person: Person) -> bool:
    """ "… efter Bo Ek (M)", "… sedan Bo Ek (M) avgått": who had the post before."""
    name, text = person.evidence[0], ctx.text.clean
    return bool(AFTER_WHOM.search(text, sentence.start, name.start) or GONE.match(text, name.end, sentence.end))


def _vacated(ctx: Context, sentence: Span, last: str | None) -> Iterator[Post]:
    """ "… att uppdraget som ersättare i socialnämnden lämnas vakant": a seat without a person.

    "Platsen lämnas vakant" has no role: the seat is the one that is left in the same item.
    """
    since, until = period_of(text := ctx.clean(sentence))
    for match in AS_ROLE.finditer(text):
        role = plain_role(match["role"])
        yield Post(None, sentence, role, "vacant", where(ctx, sentence, match, role, last), since, until)
    if not AS_ROLE.search(text) and SEAT_VACANT.search(text):
        places = {place.municipality_code for place in ctx.within(Municipality, sentence)}
        yield Post(
            None, sentence, "", "vacant", None, since, until, municipality=min(places) if len(places) == 1 else ""
        )


def _between(people: list[Person], sentence: Span, low: int, high: int) -> list[Person]:
    return [person for person in people if low <= person.evidence[0].start - sentence.start < high]


def _just_before(ctx: Context, people: list[Person], sentence: Span, match: re.Match[str]) -> list[Person]:
    """ "… väljs A med B som ersättare": the post is B's."""
    if not match.group().lower().startswith("som"):
        return []
    start = sentence.start + match.start()
    before = [person for person in people if person.evidence[0].end <= start]
    if before and re.fullmatch(r"\s*(?:\([^()]{1,12}\))?\s*", ctx.text.clean[before[-1].evidence[0].end : start]):
        return before[-1:]
    return []


def _released(ctx: Context, sentence: Span, people: list[Person]) -> Iterator[Post]:
    """ "… godkänner Anna Eks avsägelse": the item says before, in its title or background, what she leaves."""
    items = [part for part in ctx.document.with_role(Role.AGENDA_ITEM) if part.start <= sentence.start < part.end]
    if not items:
        return
    before = Span(items[-1].start, sentence.start)
    text = ctx.clean(before)
    if not RESIGNS.search(text) or not (match := ROLE.search(text, RESIGNS.search(text).start())):  # type: ignore[union-attr]
        return
    role = plain_role(match["role"])
    for person in people[:1]:
        yield Post(person, sentence, role, "resigned", where(ctx, before, match, role, None))


def _following(ctx: Context, index: int) -> Iterator[Post]:
    """The list or table after "… väljer följande ledamöter i styrelsen för tiden …:"."""
    block = ctx.text.blocks[index]
    intro = list(sentences(ctx.text.clean, block.start, block.end))[-1]
    text = ctx.clean(intro)
    roles = list(ROLE.finditer(text))
    event = _event(text, len(text))
    if not roles or event in ("", "resigned") or ctx.within(Person, intro) or PASSING.search(text):
        return
    organization = where(ctx, intro, roles[-1], plain_role(roles[0]["role"]), None)
    since, until = period_of(text)
    role = plain_role(roles[0]["role"]) if len({plain_role(match["role"]) for match in roles}) == 1 else None
    for next_index in range(index + 1, ctx.document.blocks.stop):
        listed = ctx.text.blocks[next_index]
        if listed.kind == "table":
            for post in seats_of_table(ctx, listed, organization):
                yield post._replace(event=event if post.person else "vacant", since=since, until=until, said=intro)
            return
        people = ctx.within(Person, Span(listed.start, listed.end))
        if listed.kind == "heading" or not people:
            return
        if role is None:
            ctx.issue("unclear-role", f"The list does not say who is elected {roles[0]['role']}.", intro)
            return
        for person in people:
            post = Post(person, person.evidence[0], role, event, organization, since, until, said=intro)
            yield post
            rest = ctx.text.clean[person.evidence[0].end : ctx.text.clean.find("\n", person.evidence[0].end)]
            if (own := ROLE.search(rest[:60])) and plain_role(own["role"]) != role:
                yield post._replace(role=plain_role(own["role"]))


def seats_of_table(ctx: Context, block: Block, organization: str | None) -> Iterator[Post]:
    """A table whose head says "Ledamot" and "Ersättare" over columns of names; "Vakant" is a seat without a person."""
    columns: dict[int, str] = {}
    for row in block.rows:
        cells = [Span(cell.start, cell.end) for cell in row.cells]
        people = [ctx.within(Person, cell) for cell in cells]
        if not any(people):
            said = {column: label_capacity(ctx.clean(cell).strip()) for column, cell in enumerate(cells)}
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


def forms(ctx: Context) -> Iterator[Post]:
    """County boards: "Ny ledamot: A", "Avgången ledamot: B"; the period and the body stand in the decision above."""
    text = ctx.text.clean
    for person in ctx.of_type(Person):
        start = person.evidence[0].start
        match = _FORM.search(text, max(ctx.document.start, start - 60), start)
        if match is None:
            continue
        decision = _decision_before(ctx, start)
        told = list(sentences(text, decision.start, decision.end)) if decision else []
        said = next((sentence for sentence in told if any(period_of(ctx.clean(sentence)))), None)
        since, until = period_of(ctx.clean(said)) if said else (None, None)
        bodies = ctx.within(GoverningBody, decision) if decision else []
        new = match["what"].lower().startswith("ny")
        line = Span(match.start() + (text[match.start()] == "\n"), person.evidence[0].end)
        organization = bodies[0].id if bodies else None
        event, time = ("appointed", (since, until)) if new else ("resigned", (None, None))
        yield Post(person, line, plain_role(match["role"]), event, organization, *time, said=said)


def _decision_before(ctx: Context, position: int) -> Span | None:
    parts = [part for part in ctx.document.with_role(Role.DECISION) if part.start <= position]
    return Span(parts[-1].start, max(parts[-1].end, position)) if parts else None
