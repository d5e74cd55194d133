"""Posts by the offices that stand with names: in signatures, in a list of participants, in a preface.

Whose office it is follows from the words: a body named with it ("styrelsens ordförande", "sekreterare styrelsen"), the
kind of organisation in it ("förbundschef"), or the organisation behind the document that is signed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kommungraf.dates import PartialDate, find_dates
from kommungraf.extract.attendance_capacity import label_capacity
from kommungraf.extract.context import Context
from kommungraf.extract.memberships_posts import ACTING, PASSING, Post, plain_role
from kommungraf.extract.memberships_unnamed import indefinite
from kommungraf.extract.people_evidence import OFFICE
from kommungraf.model import iri
from kommungraf.model.facts import Attendance, GoverningBody, Meeting, Municipality, Organization, Person
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.text import fold

Days = list[tuple[int, PartialDate]]

SEATS = frozenset({"ledamot", "ersättare", "ombud", "ordförande", "vice ordförande"})
_OF_MEETING = ("justerare", "sekreterare", "ordförande")
_NO_POST = ("handläggare", "föredragande", "föredragare", "motionär", "justerare", "rösträknare", "protokollförare")
QUALIFIER = re.compile(r"^(?:(?:tf\.?|t\.\s?f\.|tillförordnad|vikarierande|vik\.|förtroendevald|ny)\s+)+", re.I)
_WHOSE = r"(?:[\wåäöÅÄÖ-]+s[ \u00a0]+)?"
_SIGNED_OFFICE = re.compile(
    r"[ \u00a0]*(?:\([^()\n]{1,12}\))?[ \u00a0]*(?:,[ \u00a0]*|\n)(?:TITEL[^:\n]*: )?"
    rf"(?P<whose>{_WHOSE})(?P<office>{OFFICE})(?P<rest>[^\n]*)",
    re.I,
)
_BESIDE = re.compile(
    r"[ \u00a0]*(?:\([^()\n]{1,12}\))?[ \u00a0]*[,\t–-]?[ \u00a0]*"
    r"(?:[\wåäö-]+s[ \u00a0]+)?(?P<office>(?:vice[ \u00a0]+|v\.?[ \u00a0]*)?ordf(?:örande|\.)?)[^\n\t,;]{0,60}",
    re.I,
)
# An office that names the kind of organisation it is in, and how the name of such an organisation says it.
_KINDS = {
    "förbund": re.compile(r"^förbunds"),
    "kommun": re.compile(r"^(?:kommun(?!ikat|polis|ombud|represent)|oppositionsråd)"),
    "stad": re.compile(r"^(?:stads(?!byggnad|miljö|arkitekt)|borgarråd|oppositionsråd)"),
    "region": re.compile(r"^(?:regions?(?:direktör|råd|ordförande|sekreterare)|oppositionsråd)"),
}
_AUDITORS = re.compile(r"\brevisorerna[ \u00a0]+$", re.I)
_LISTED = re.compile(r"(?:[ \u00a0]*\([^()\n]{1,12}\))?(?:,| och| samt)[ \u00a0]*")
_AUDITED = re.compile(
    r"(?:[ \u00a0]*\([^()\n]{1,12}\))?[ \u00a0]+(?:har |redogör|presenter|föredr|tillstyrk|lämn|gransk)", re.I
)
_FIRM = re.compile(r"\brevisor\b[ \u00a0]*[,(]?[ \u00a0]*(?:på |vid |från )?(?-i:[A-ZÅÄÖ])", re.I)


def signed(ctx: Context) -> Iterator[Post]:
    """Offices with the names in signatures; in an annual report the members of the board sign without one."""
    for part in ctx.document.with_role(Role.SIGNATURES, Role.HANDLER):
        people, days = ctx.within(Person, part), _days(ctx, part)
        posts = {person.id: _signed_post(ctx, part, person, days) for person in people}
        for post in posts.values():
            if post is not None:
                yield post
        chaired = any(post is not None and post.role == "ordförande" for post in posts.values())
        if chaired and len(people) > 3 and not ctx.of_type(Meeting) and (board := board_of(ctx)):
            for person in people:
                if posts[person.id] is None and not person.hints.get("office") and not _is_audit(ctx, part, person):
                    yield Post(person, person.evidence[0], "ledamot", "seen", board)


def _signed_post(ctx: Context, part: Part, person: Person, days: Days) -> Post | None:
    """The post by the words after a name ("Anna Berg / Förbundschef") or before it ("Styrelsens ordförande Bo Ek")."""
    name, text = person.evidence[0], ctx.text.clean
    match = _SIGNED_OFFICE.match(text, name.end, part.end)
    if match:
        span, printed = Span(name.start, match.end("office")), match["office"]
        bodies = ctx.within(GoverningBody, Span(match.start("whose"), match.end("rest")))
    elif office := str(person.hints.get("office", "")):
        line = max(part.start, text.rfind("\n", 0, name.start) + 1)
        at = text.rfind(office, line, name.start)
        if at < 0:
            return None
        span, printed = Span(at, name.end), office
        bodies = ctx.within(GoverningBody, Span(line, name.start))
    else:
        return None
    role = plain_role(QUALIFIER.sub("", printed))
    if PASSING.search(role) or role in _NO_POST or (role in _OF_MEETING and ctx.of_type(Meeting) and not bodies):
        return None
    if _is_audit(ctx, part, person) and role in SEATS:  # the auditors' own chair signs under their heading
        role, where = "revisor", organization_of(ctx)
    elif (kinds := _kinds(role)) and ctx.document.publisher and not kinds & _kinds_of_publisher(ctx):
        return None  # the chief of a municipality signs for a federation, but is none of its officers
    else:
        where = bodies[0].id if bodies else board_of(ctx) if role in SEATS else organization_of(ctx)
    acting = bool(ACTING.match(printed + " "))
    return Post(person, span, role, "seen", where, acting=acting, on=_signed_on(ctx, part, person, days))


def _days(ctx: Context, part: Part) -> Days:
    """The days that a page of electronic signatures prints, with their places."""
    if ctx.document.type != "underskriftssida":
        return []
    found = find_dates(ctx.clean(part))
    return [(part.start + one.start, one.value) for one in found if one.value is not None and one.value.day]


def _signed_on(ctx: Context, part: Part, person: Person, days: Days) -> PartialDate | None:
    """The day that a signature service prints with a name: above it or below it, as the first signature shows."""
    first, name = ctx.within(Person, part)[0].evidence[0], person.evidence[0]
    if days and days[0][0] < first.start:
        before = [day for at, day in days if at < name.start]
        return before[-1] if before else None
    following = [other.evidence[0].start for other in ctx.within(Person, Span(name.end, part.end))]
    return next((day for at, day in days if name.end <= at < min(following, default=part.end)), None)


def organization_of(ctx: Context) -> str | None:
    """The organisation behind a document; a page of signatures belongs to the document before it in the file."""
    if ctx.document.publisher_id or ctx.document.type != "underskriftssida":
        return ctx.document.publisher_id
    before = [document for document in ctx.bundle if document.ordinal < ctx.document.ordinal]
    return before[-1].publisher_id if before else None


def _is_audit(ctx: Context, part: Part, person: Person) -> bool:
    """Whether a signature stands under a heading of the auditors ("Revisorspåteckning")."""
    blocks = ctx.text.blocks
    above = range(ctx.text.block_index(person.evidence[0].start), part.blocks.start - 1, -1)
    title = next((ctx.text.of(blocks[index]) for index in above if blocks[index].kind == "heading"), part.title)
    return "revis" in title.lower()


def board_of(ctx: Context) -> str | None:
    """The board of the organisation behind a document, where the document names just one."""
    if organization_of(ctx) is None:
        return None  # a letter to a council may name nobody's board but the one that it is sent to
    boards = [body for body in ctx.of_type(GoverningBody) if re.search(r"styrelse|direktion", body.name, re.I)]
    whose = {fold(str(body.hints.get("organization", ""))) for body in boards}
    return boards[0].id if boards and len(whose) == 1 else None


def attending(ctx: Context) -> Iterator[Post]:
    """Who takes part in a meeting as somebody of elsewhere: the board's chair at a general meeting, an auditor."""
    people = {person.id: person for person in ctx.of_type(Person)}
    for attendance in ctx.of_type(Attendance):
        person = people[attendance.person]
        name, text = person.evidence[0], ctx.text.clean
        office = str(person.hints.get("office", ""))
        if attendance.capacity == iri.concept("capacity", "revisor") or fold(office) == "revisor":
            if not _FIRM.search(text, name.end, min(len(text), name.end + 60)):
                yield Post(person, name, "revisor", "seen", ctx.document.publisher_id)
        elif attendance.capacity == iri.concept("capacity", "övrig"):
            match = _BESIDE.match(text, name.end)
            if match and (body := ctx.within(GoverningBody, Span(match.start(), match.end()))):
                role = "vice ordförande" if match["office"].lower().startswith("v") else "ordförande"
                yield Post(person, Span(name.start, match.end("office")), role, "seen", body[0].id)
            elif label_capacity(office) == "ordförande" and (found := _paired(ctx, person)):
                yield Post(person, name, "ordförande", "seen", found)


def _paired(ctx: Context, person: Person) -> str | None:
    """The body that stands with the office of somebody whose office is printed in the next cell: "ordf styrelsen"."""
    block = ctx.text.block_at(person.evidence[0].start)
    for row in block.rows if block.kind == "table" else ():
        if row.cells and row.cells[0].start <= person.evidence[0].start <= row.cells[-1].end:
            bodies = ctx.within(GoverningBody, Span(person.evidence[0].end, row.cells[-1].end))
            chairs = len(re.findall(r"\bordf", ctx.clean(Span(person.evidence[0].end, row.cells[-1].end)), re.I))
            return bodies[0].id if len(bodies) == 1 and chairs == 1 else None
    return None


def named(ctx: Context) -> Iterator[Post]:
    """Offices that name the kind of organisation they are in, wherever the document prints them with a name: the
    förbundschef in a federation's document is that federation's; auditors named as such are the publisher's."""
    for person in ctx.of_type(Person):
        office = indefinite(plain_role(QUALIFIER.sub("", str(person.hints.get("office", "")))))
        kinds = _kinds(office)
        if not kinds or office in _NO_POST:
            continue
        own = bool(kinds & _kinds_of_publisher(ctx)) and not _of_another(ctx, person)
        where = ctx.document.publisher_id if own else None
        if where is None and ctx.document.type in ("motion", "interpellation"):
            where = _put_to(ctx)
        if where is not None:
            acting = bool(ACTING.match(str(person.hints["office"]) + " "))
            role, body = (office, where)
            if office == "förbundsordförande" and (board := board_of(ctx)):
                role, body = "ordförande", board  # the federation's chair chairs its board
            yield Post(person, person.evidence[0], role, "seen", body, acting=acting)
    yield from _auditors_named(ctx)


def _kinds(office: str) -> set[str]:
    """The kinds of organisation that an office names."""
    return {kind for kind, begins in _KINDS.items() if begins.match(office)}


def _kinds_of_publisher(ctx: Context) -> set[str]:
    """What kind of organisation publishes the document; a kommunförbund is no kommun."""
    publisher = fold(ctx.document.publisher or "")
    return {"förbund"} if "förbund" in publisher else {kind for kind in _KINDS if kind in publisher}


def _of_another(ctx: Context, person: Person) -> bool:
    """Whether the words around a name tell of another municipality or organisation: "kommunchef Bo Ek, Hjo kommun"."""
    name = person.evidence[0]
    line = ctx.text.clean.rfind("\n", 0, name.start) + 1
    near = (Span(max(line, name.start - 45), name.start), Span(name.end, name.end + 45))
    around = [node for span in near for node in (*ctx.within(Municipality, span), *ctx.within(Organization, span))]
    publisher = fold(ctx.document.publisher or "")
    return any(node.id != ctx.document.publisher_id and fold(node.name) not in publisher for node in around)


def _put_to(ctx: Context) -> str | None:
    """The municipality to which a motion is put: the one that it names most, and more than all others together."""
    named = Counter(place.id for place in ctx.of_type(Municipality))
    (first, times), *_ = named.most_common(1) or [("", 0)]
    return first if times > named.total() - times else None


def _auditors_named(ctx: Context) -> Iterator[Post]:
    """ "Revisorerna Anna Berg, Bo Ek och Eva Lind har granskat …": each is an auditor of whoever publishes the text."""
    text, people = ctx.text.clean, ctx.of_type(Person)
    for index, person in enumerate(people):
        if not _AUDITORS.search(text, max(ctx.document.start, person.evidence[0].start - 14), person.evidence[0].start):
            continue
        group = [person]
        for other in people[index + 1 :]:
            if not _LISTED.fullmatch(text, group[-1].evidence[0].end, other.evidence[0].start):
                break
            group.append(other)
        if _AUDITED.match(text, group[-1].evidence[0].end):
            yield from (Post(one, one.evidence[0], "revisor", "seen", ctx.document.publisher_id) for one in group)
