"""Posts that sentences give and take, and the lists and forms that follow such sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kommungraf.dates import find_dates
from kommungraf.extract.context import Context
from kommungraf.extract.memberships_lists import following
from kommungraf.extract.memberships_posts import (
    ACTING,
    AFTER_WHOM,
    AND_ROLE,
    AS_ROLE,
    BY_ELECTION,
    DISMISSES,
    EXPIRES,
    GONE,
    MOVES_UP,
    ON_LEAVE,
    PASSING,
    PROPOSES,
    RESIGNS,
    ROLE,
    SEAT_VACANT,
    SEVERAL,
    VACANT,
    Post,
    end_of,
    event_of,
    left_on,
    period_of,
    plain_role,
    speaks_of_posts,
    where,
)
from kommungraf.extract.memberships_unnamed import indefinite
from kommungraf.extract.sentences import sentences
from kommungraf.model.facts import GoverningBody, Municipality, Person
from kommungraf.model.parts import Role
from kommungraf.model.source import Span

_ELSEWHERE = (Role.ATTENDANCE, Role.CONTENTS, Role.SIGNATURES, Role.RECIPIENTS, Role.MEETING)
_FORM = re.compile(
    r"(?:^|\n)[ \t]*(?P<what>Ny|Nya|Avgången|Avgående|Avgångna|Tidigare)[ \u00a0]+"
    r"(?P<role>ledamot|ledamöter|ersättare|ordförande|vice ordförande|revisor)[ \u00a0]*:[ \u00a0]*$",
    re.I,
)

_BEGINS = re.compile(r"(?:Hon|Han|Hen)[ \u00a0](?:tillträder|tillträdde|börjar|började)\b(?!.*\binte\b)")
_GOES = re.compile(
    r"(?:[ \u00a0]*\([^()\n]{1,12}\))?(?:,[^,.\n]{2,40},)?[ \u00a0]+"
    r"(?:(?:har[ \u00a0]+)?(?:meddela|avisera|berätta)(?:r|t|de)[ \u00a0]+att[ \u00a0]+(?:hon|han|hen)[ \u00a0]+)?"
    r"(?:(?:har sagt|sade|säger) upp sig och )?(?:(?P<dismissed>entledigades|har entledigats)"
    r"|slutar|slutade|har slutat|går i pension|gick i pension|avgår|avgick)\b"
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
        posts: list[Post] = []
        for sentence in ctx.sentences(block.start, block.end):
            begins = _BEGINS.match(ctx.clean(sentence))
            if begins and posts and posts[-1].event in ("elected", "appointed") and posts[-1].since is None:
                dates = [found.value for found in find_dates(ctx.clean(sentence)) if found.value is not None]
                posts[-1] = posts[-1]._replace(since=dates[0] if dates else None, said=sentence)
            for post in _in_sentence(ctx, sentence, last):
                last = post.organization
                posts.append(post)
        yield from posts
        if ":" in text:
            yield from following(ctx, index)


def _in_sentence(ctx: Context, sentence: Span, last: str | None) -> Iterator[Post]:
    """The posts of one sentence; ``last`` is the body of the post before in the same paragraph."""
    text = ctx.clean(sentence)
    people = ctx.within(Person, sentence)
    if not people and VACANT.search(text):
        yield from _vacated(ctx, sentence, last)
    if not people or not event_of(text, len(text)):
        return
    matches = _roles(text)
    if not matches and RESIGNS.search(text):
        yield from _released(ctx, sentence, people)
        yield from _leaving(ctx, sentence, people)
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
    event = "seen" if expires else event_of(text, match.start())
    if event in ("elected", "appointed") and PROPOSES.search(text, 0, match.start()):
        return
    since, until = period_of(text)
    if event == "resigned" or expires:
        since, until = None, end_of(text, ctx.document.issued)
    elif event == "seen":
        if not ON_LEAVE.search(text) and since is None:
            return  # "Bo Ek ersätter Anna Lind som ordförande": for this meeting
        since, until = None if ON_LEAVE.search(text) else since, None
    gone = [one for one in ctx.within(Person, sentence) if event != "resigned" and is_left(ctx, sentence, one)]
    how = "movedUp" if MOVES_UP.search(text) else "byElection" if BY_ELECTION.search(text) or gone else ""
    if event == "seen" or post.role.endswith(("chef", "direktör")):
        how = ""  # officers are hired, not elected
    post = post._replace(event=event, since=since, until=until, acting=bool(ACTING.search(match.group())), how=how)
    for person in holders:
        if person not in gone:
            yield post._replace(person=person, after=gone[0] if len(gone) == 1 else None)
    for person in gone if others else ():
        name, clean = person.evidence[0], ctx.text.clean
        said = RESIGNS.search(text, match.end()) or GONE.match(clean, name.end, sentence.end)
        said = said or DISMISSES.search(clean, sentence.start, name.start)
        left = "resigned" if said else "seen"
        clause = text[person.evidence[0].start - sentence.start :]
        until = left_on(clause, ctx.document.issued) if said else None
        yield Post(person, sentence, post.role, left, post.organization, until=until)


def is_left(ctx: Context, sentence: Span, person: Person) -> bool:
    """ "… efter Bo Ek (M)", "… sedan Bo Ek (M) avgått", "entledigar Bo Ek och väljer …": who had the post before."""
    name, text = person.evidence[0], ctx.text.clean
    if DISMISSES.search(text, sentence.start, name.start):
        return True
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
    if before and is_left(ctx, sentence, before[-1]):
        return []
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


def _leaving(ctx: Context, sentence: Span, people: list[Person]) -> Iterator[Post]:
    """ "Bo Ek går i pension den 31 augusti 2024": who leaves when. The post is that of the title before the name, else
    the one that the document shows."""
    for person in people[:1]:
        goes = _GOES.match(ctx.text.clean, person.evidence[0].end, sentence.end)
        text = ctx.clean(sentence)
        until = end_of(text, ctx.document.issued)
        if goes and goes["dismissed"]:
            until = until or next((found.value for found in find_dates(text)), None)
        if goes and until:
            title = indefinite(plain_role(str(person.hints.get("office", ""))))
            office = title if title.endswith(("chef", "direktör")) else ""
            where = ctx.document.publisher_id if office else None
            yield Post(person, sentence, office, "resigned", where, until=until)


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
