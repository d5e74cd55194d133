"""Memberships: who holds which post in which body or organisation, and how the document speaks of it.

Sources: sentences that elect, appoint or release somebody; forms of county boards ("Ny ledamot: …"); lists of seats
("Ledamot", "Ersättare"), "Vakant" among them; offices in signatures ("Anna Berg / Förbundschef"); attendance as a
member of the body that meets. A post without a body or organisation is an issue, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple

from kommungraf.dates import PartialDate, find_dates
from kommungraf.extract.attendance import label_capacity
from kommungraf.extract.context import Context
from kommungraf.extract.people_evidence import OFFICE
from kommungraf.model import iri
from kommungraf.model.facts import Attendance, GoverningBody, Meeting, Membership, Organization, Person
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.text import fold

_ELECT = r"(?:välj|vald|utse|utså|utsed|utsett|förordna|tillsät|nyvälj|omvälj)\w*"
_RESIGN = r"(?:avsäg|avsag|av sagt|entledig|befria|avgå|avböj|frånträd)\w*"
_S = r"[ \u00a0]+"
_ROLE = (
    rf"(?:(?:1:e|2:e|3:e|förste|andre|tredje|första|andra){_S})?(?:vice{_S})?ordförande"
    rf"|(?:personlig{_S})?ersättare(?:{_S}för{_S}revisor)?|suppleant|ledamot|(?:lekmanna)?revisor|ombud|nämndeman"
    r"|gruppledare|kommunalråd|oppositionsråd|regionråd|sekreterare|[\wåäö]*(?:chef|direktör)"
)
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n\n|\n(?=[-•\d])")
# "X väljs till ordförande", "utser X som ersättare i styrelsen", "till ny ledamot i nämnden väljs X"
_ELECTED = re.compile(rf"\b(?P<verb>{_ELECT})\b", re.I)
_RESIGNED = re.compile(rf"\b(?P<verb>{_RESIGN})", re.I)
_NEW = r"(?:ny|nya|ordinarie|adjungerad|mötets|stämmans|tillförordnad|tf)"
_AS_ROLE = re.compile(
    rf"\b(?:till|som|att vara|uppdrag(?:et)? som|från){_S}(?:{_NEW}{_S})*"
    rf"(?P<role>{_ROLE})\b(?:{_S}(?:i|för|av|på|vid|till)\b)?",
    re.I,
)
_PASSING = re.compile(
    r"(?:mötets?|mötes|stämmans|dagens|sammanträdets)[ \u00a0]*(?:ordförande|sekreterare)"
    r"|rösträknare|justera|protokollförare",
    re.I,
)
_VACANT = re.compile(r"(?<![\wåäö])(?:vakant|vakans|vakantsatt|vakanta)(?![\wåäö])", re.I)
_FORM = re.compile(
    rf"(?:^|\n)[ \t]*(?P<what>Ny|Nya|Avgången|Avgående|Avgångna|Tidigare){_S}"
    r"(?P<role>ledamot|ledamöter|ersättare|ordförande|vice ordförande|revisor)[ \u00a0]*:[ \u00a0]*$",
    re.I,
)
_SINCE = re.compile(
    r"(?:fr\.?\s?o\.?\s?m\.?|från och med|från|med början|räknat från)[ \u00a0]+(?:den[ \u00a0]+)?$", re.I
)
_UNTIL = re.compile(r"(?:t\.?\s?o\.?\s?m\.?|till och med|intill|till|längst till)[ \u00a0]+(?:den[ \u00a0]+)?$", re.I)
_SEATS = {
    "ledamot": "ledamot",
    "ersättare": "ersättare",
    "ombud": "ombud",
    "ordförande": "ordförande",
    "vice ordförande": "vice ordförande",
}
_MEMBER_CAPACITIES = {
    iri.concept("capacity", role): role for role in ("ordförande", "vice ordförande", "ledamot", "ersättare", "ombud")
} | {iri.concept("capacity", "tjänstgörande ersättare"): "ersättare"}


class Post(NamedTuple):
    """A post somebody has, gets or leaves: its place, role and how it is spoken of."""

    person: Person | None
    span: Span
    role: str
    event: str
    organization: str | None
    since: PartialDate | None = None
    until: PartialDate | None = None


def find_memberships(ctx: Context) -> Iterator[Membership]:
    """Every post that the document states, one membership for each person, body and role."""
    seen: set[tuple[str, str, str]] = set()
    homeless: list[Post] = []
    names = {node.id: fold(f"{node.name} {node.hints.get('organization', '')}") for node in ctx.of_type(GoverningBody)}
    for post in (*_stated(ctx), *_forms(ctx), *_seats(ctx), *_signed(ctx), *_attended(ctx)):
        if post.organization is None:
            homeless.append(post)
            continue
        who = fold(post.person.name) if post.person else f"vacant {post.span.start}"
        where = names.get(post.organization, post.organization)
        if (who, where, post.role) in seen:
            continue
        seen.add((who, where, post.role))
        yield Membership(
            id=ctx.mention_id(Membership, post.span) + "/" + iri.digest(post.organization, post.role)[:6],
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


def _stated(ctx: Context) -> Iterator[Post]:
    """Sentences with somebody's name and a verb of electing or leaving."""
    roles = (Role.ATTENDANCE, Role.CONTENTS, Role.SIGNATURES, Role.RECIPIENTS)
    skip = [(part.start, part.end) for part in ctx.document.with_role(*roles)]
    done, last, block = -1, None, -1
    for person in ctx.of_type(Person):
        start = person.evidence[0].start
        if start < done or any(low <= start < high for low, high in skip):
            continue
        sentence = sentence_at(ctx, start)
        done = sentence.end
        if (here := ctx.text.block_index(start)) != block:
            block, last = here, None
        for post in _in_sentence(ctx, sentence, last):
            last = post.organization
            yield post


def sentence_at(ctx: Context, position: int) -> Span:
    """The sentence, line or item around a position."""
    block = ctx.text.block_at(position)
    start, end = max(block.start, ctx.document.start), min(block.end, ctx.document.end)
    for match in _SENTENCE_END.finditer(ctx.text.clean, start, end):
        if match.end() <= position:
            start = match.end()
        else:
            end = match.end()
            break
    while start < position and ctx.text.clean[start] in " \n\t":
        start += 1
    return Span(start, end)


def _in_sentence(ctx: Context, sentence: Span, last: str | None) -> Iterator[Post]:
    """The posts of one sentence; ``last`` is the body of the post before in the same paragraph."""
    text = ctx.clean(sentence)
    passing = _PASSING.search(text)
    elected, resigned = _ELECTED.search(text), _RESIGNED.search(text)
    if not (elected or resigned):
        return
    people = ctx.within(Person, sentence)
    previous = 0
    for match in _AS_ROLE.finditer(text):
        if _PASSING.search(text[max(0, match.start() - 3) : match.end() + 14]):
            continue
        role = _plain_role(match["role"])
        named = _for_role(people, sentence, match, previous, elected)
        previous = match.end()
        event = "resigned" if resigned and (not elected or resigned.start() < match.start()) else "elected"
        if event == "elected" and elected is None:
            continue
        if passing and role in ("ordförande", "sekreterare"):
            previous = match.end()
            continue  # "… till mötets ordförande, … till sekreterare": for this meeting only
        organization = _organization(ctx, sentence, sentence.start + match.end()) or last or _meets(ctx)
        since, until = _period(text)
        for person in named:
            yield Post(
                person, sentence, role, event, organization, since, until if event == "elected" else until or since
            )


def _for_role(
    people: list[Person], sentence: Span, match: re.Match[str], previous: int, elected: re.Match[str] | None
) -> list[Person]:
    """Whose post it is: those named before "till ordförande" since the last post, else those named after "väljs"."""
    low, high = sentence.start + previous, sentence.start + match.start()
    before = [person for person in people if low <= person.evidence[0].start < high]
    if before:
        return before
    after = [person for person in people if person.evidence[0].start >= sentence.start + match.end()]
    return after[:1] if elected is None or elected.start() < match.start() or after else []


def _plain_role(printed: str) -> str:
    words = fold(printed).replace("personlig ", "")
    numbered = {"1:e": "första", "2:e": "andra", "3:e": "tredje", "förste": "första", "andre": "andra"}
    words = " ".join(numbered.get(word, word) for word in words.split())
    return re.sub(r"^(?:första|andra|tredje) vice", "vice", words)


def _organization(ctx: Context, sentence: Span, position: int) -> str | None:
    """The body or organisation that a sentence names for a post, right after it."""
    kinds: tuple[type[GoverningBody | Organization], ...] = (GoverningBody, Organization)
    named = sorted((node for kind in kinds for node in ctx.within(kind, sentence)), key=lambda node: node.evidence[0])
    after = [node for node in named if position <= node.evidence[0].start <= position + 40]
    return after[0].id if after else None


def _meets(ctx: Context) -> str | None:
    meetings = ctx.of_type(Meeting)
    return meetings[0].body if meetings and meetings[0].body else None


def _period(text: str) -> tuple[PartialDate | None, PartialDate | None]:
    since = until = None
    for found in find_dates(text):
        before = text[: found.start]
        if found.value and _UNTIL.search(before):
            until = until or found.value
        elif found.value and _SINCE.search(before):
            since = since or found.value
    return since, until


def _forms(ctx: Context) -> Iterator[Post]:
    """County boards: "Ny ledamot: A", "Avgången ledamot: B"; the period and the body stand in the decision above."""
    text = ctx.text.clean
    for person in ctx.of_type(Person):
        start = person.evidence[0].start
        match = _FORM.search(text, max(ctx.document.start, start - 60), start)
        if match is None:
            continue
        decision = _decision_before(ctx, start)
        since, until = _period(ctx.clean(decision)) if decision else (None, None)
        bodies = ctx.within(GoverningBody, decision) if decision else []
        role = {"ledamöter": "ledamot"}.get(match["role"].lower(), match["role"].lower())
        new = match["what"].lower().startswith("ny")
        line = Span(match.start() + (text[match.start()] == "\n"), person.evidence[0].end)
        organization = bodies[0].id if bodies else None
        yield Post(
            person,
            line,
            role,
            "elected" if new else "resigned",
            organization,
            *((since, until) if new else (None, None)),
        )


def _decision_before(ctx: Context, position: int) -> Span | None:
    parts = [part for part in ctx.document.with_role(Role.DECISION) if part.start <= position]
    return Span(parts[-1].start, max(parts[-1].end, position)) if parts else None


def _seats(ctx: Context) -> Iterator[Post]:
    """Lists of seats outside minutes: "Ledamot", "Ersättare" and names under them; "Vakant" is an empty seat."""
    if any(ctx.document.with_role(Role.DECISION)) and ctx.of_type(Meeting):
        return
    for part in ctx.document.with_role(Role.ATTENDANCE):
        organization = _of_list(ctx, part)
        columns: dict[int, str] = {}
        label = _SEATS.get(label_capacity(part.title) or "")
        for block in (ctx.text.blocks[index] for index in part.own_blocks()):
            if block.kind == "table":
                yield from _seat_table(ctx, Span(block.start, block.end), organization, columns)
                continue
            line = ctx.text.of(block)
            people = ctx.within(Person, Span(block.start, block.end))
            if not people and (said := label_capacity(line)) is not None:
                label = _SEATS.get(said)
            for person in people if label else ():
                yield Post(person, person.evidence[0], str(label), "seen", organization)
            if label and not people and (vacant := _VACANT.search(line)):
                yield Post(
                    None, Span(block.start + vacant.start(), block.start + vacant.end()), label, "vacant", organization
                )


def _seat_table(ctx: Context, span: Span, organization: str | None, columns: dict[int, str]) -> Iterator[Post]:
    """A table whose head says "Ledamot" and "Ersättare" over columns of names."""
    general = _general_meeting(ctx)
    for row in ctx.text.block_at(span.start).rows:
        cells = [Span(cell.start, cell.end) for cell in row.cells]
        people = [ctx.within(Person, cell) for cell in cells]
        if not any(people):
            for column, cell in enumerate(cells):
                said = label_capacity(ctx.clean(cell).strip())
                if said in _SEATS:
                    columns[column] = said
        if "ombud" in columns.values():
            organization = general
        for column, cell in enumerate(cells):
            role = columns.get(column)
            if role is None:
                continue
            for person in people[column]:
                yield Post(person, person.evidence[0], role, "seen", organization)
            if any(people) and not people[column] and (vacant := _VACANT.search(ctx.clean(cell))):
                yield Post(
                    None, Span(cell.start + vacant.start(), cell.start + vacant.end()), role, "vacant", organization
                )


def _general_meeting(ctx: Context) -> str | None:
    """The meeting that ombud take part in, where the document is about one."""
    bodies = [body for body in ctx.of_type(GoverningBody) if re.search(r"möte|stämma", body.name, re.I)]
    return _meets(ctx) or (bodies[0].id if bodies else None)


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
    meets = _meets(ctx)
    return meets or (
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
    role = _plain_role(_ACTING.sub("", match["office"]))
    if (
        _PASSING.search(role)
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
    body = _meets(ctx)
    people = {person.id: person for person in ctx.of_type(Person)}
    for attendance in ctx.of_type(Attendance):
        person = people[attendance.person]
        role = _MEMBER_CAPACITIES.get(attendance.capacity)
        signed = ctx.text.block_at(person.evidence[0].start)
        if role == "ordförande" and any(
            part.start <= signed.start < part.end for part in ctx.document.with_role(Role.SIGNATURES)
        ):
            continue  # whoever chairs one meeting need not be its chair
        if role and body:
            yield Post(person, person.evidence[0], role, "seen", body)
        elif attendance.capacity == iri.concept("capacity", "tjänsteperson") and ctx.document.publisher_id:
            office = _plain_role(str(person.hints.get("office", "")))
            if office:
                yield Post(person, person.evidence[0], office, "seen", ctx.document.publisher_id)
