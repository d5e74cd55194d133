"""Posts by the items of minutes they stand in: lists of resignations, tables of who leaves and who comes, and who takes
over from whom within one matter.

An item of minutes, or a document without items such as a letter or a county board's decision, is about one matter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kommungraf.extract.context import Context
from kommungraf.extract.memberships_posts import (
    BY_ELECTION,
    ELECTS,
    RESIGNS,
    ROLE,
    Post,
    period_of,
    plain_role,
)
from kommungraf.extract.memberships_stated import is_left
from kommungraf.model.facts import GoverningBody, Person
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.text import fold

_LEAVES = re.compile(r"^\W*(?:entledigas?|avgående|avgår|avgången|avsäger sig|avsägelse|tidigare|efter)\b", re.I)
# What becomes of the wish to leave: the decision that does not grant it, and the one that does.
_DENIES = re.compile(r"bordlägg|\bavslå|återremit|\butgår\b|avskriv", re.I)
_GRANTS = re.compile(r"bevilja|godkänn|bifall|\bentledig(?:a|as|ar|ade|ades|ats)\b|befria", re.I)
_WISHES = re.compile(r"\b(?:begär(?:t|de)?|begäran om|anhåller|anhållit|önskar|vill)\b", re.I)
_GETS = ("elected", "appointed")
_COMES = re.compile(r"^\W*(?:nya?\b|efterträdare|ersätts av|väljs|vald|utses|nyval|inval|förslag)", re.I)


_LISTED = re.compile(r"[ \u00a0]*(?:\([^()\n]{1,12}\))?[ \u00a0]*[,:–-]?[ \u00a0]*(?:som[ \u00a0]+)?$", re.I)


def resignations(ctx: Context) -> Iterator[Post]:
    """Items about resignations that list them: "Bo Ek (M), ersättare i socialnämnden" under "Avsägelser"."""
    for item in ctx.document.with_role(Role.AGENDA_ITEM):
        if not RESIGNS.search(item.title) or ELECTS.search(item.title) or BY_ELECTION.search(item.title):
            continue
        for person in ctx.within(Person, item):
            name, text = person.evidence[0], ctx.text.clean
            end = text.find("\n", name.end, item.end)
            line = Span(name.end, end if end >= 0 else item.end)
            match = ROLE.search(ctx.clean(line))
            if match and _LISTED.fullmatch(ctx.clean(line)[: match.start()]):
                role = plain_role(match["role"])
                body = ctx.within(GoverningBody, line)
                yield Post(person, Span(name.start, line.end), role, "resigned", body[0].id if body else None)


def exchanges(ctx: Context) -> Iterator[Post]:
    """Tables with a column of those who leave a post and one of those who get it: "Uppdrag", "Avgående", "Ny"."""
    for block in (ctx.text.blocks[index] for index in ctx.document.blocks):
        if block.kind != "table" or len(block.rows) < 2:
            continue
        head = [ctx.clean(Span(cell.start, cell.end)) for cell in block.rows[0].cells]
        leaves = [n for n, words in enumerate(head) if _LEAVES.match(words)]
        comes = [n for n, words in enumerate(head) if _COMES.match(words)]
        if len(leaves) != 1 or len(comes) != 1:
            continue
        for row in block.rows[1:]:
            cells = [Span(cell.start, cell.end) for cell in row.cells]
            if len(cells) > max(leaves[0], comes[0]):
                yield from _exchanged(ctx, Span(cells[0].start, cells[-1].end), cells[leaves[0]], cells[comes[0]])


def _exchanged(ctx: Context, row: Span, leaves: Span, comes: Span) -> Iterator[Post]:
    gone, new = ctx.within(Person, leaves), ctx.within(Person, comes)
    role, bodies = ROLE.search(ctx.clean(row)), ctx.within(GoverningBody, row)
    if role is None or len(gone) > 1 or len(new) > 1:
        return
    post = Post(None, row, plain_role(role["role"]), "resigned", bodies[0].id if bodies else None)
    yield from (post._replace(person=person) for person in gone)
    since, until = period_of(ctx.clean(row))
    for person in new:
        after = gone[0] if gone else None
        how = "byElection" if after else ""
        yield post._replace(person=person, event="elected", since=since, until=until, after=after, how=how)


def taken_over(ctx: Context, posts: list[Post], names: dict[str, str]) -> list[Post]:
    """The same posts, where an item has one that is left and one person who gets it: she takes over from him.

    ``names`` tells when two mentions of a body are the same.
    """
    items = list(ctx.document.with_role(Role.AGENDA_ITEM))
    posts = [post._replace(event="seen", until=None) if _stays(ctx, items, post) else post for post in posts]
    groups: dict[tuple[int, str, str], list[int]] = defaultdict(list)
    for number, post in enumerate(posts):
        item = next((i for i, part in enumerate(items) if part.start <= post.span.start < part.end), -1)
        if post.organization is not None and post.event != "seen" and (item >= 0 or not items):
            groups[item, names.get(post.organization, post.organization), post.role].append(number)
    done = list(posts)
    for (item, *_), numbers in groups.items():
        part = items[item] if item >= 0 else None
        before = _predecessor(ctx, part, [posts[n] for n in numbers])
        by_election = part is not None and bool(BY_ELECTION.search(ctx.clean(part)))
        for n in numbers:
            post = posts[n]
            if post.event in _GETS:
                by_election |= before is not None and post.event == "elected"
                officer = post.role.endswith(("chef", "direktör"))  # is hired, not elected
                how = post.how or ("byElection" if by_election and not officer else "")
                done[n] = post._replace(after=post.after or before, how=how)
    return [post for post in (_of_item(items, post, posts) for post in done) if post is not None]


def _stays(ctx: Context, items: list[Part], post: Post) -> bool:
    """Whether somebody stays in a post: the item does not grant the wish to leave it, or only tells of the wish."""
    if post.event != "resigned":
        return False
    item = next((part for part in items if part.start <= post.span.start < part.end), None)
    parts = [one for one in ctx.document.with_role(Role.DECISION) if item and item.start <= one.start < item.end]
    decided = " ".join(ctx.clean(part) for part in parts)
    said = ctx.clean(post.span)
    if _DENIES.search(said):
        return not _GRANTS.search(said)  # one point grants what another postpones
    if _GRANTS.search(decided):
        return False
    return bool(_DENIES.search(decided) or _WISHES.search(said))


def _predecessor(ctx: Context, item: Part | None, posts: list[Post]) -> Person | None:
    """Who left the one post that one person gets in an item: by a resignation in it, or by its title."""
    left = {fold(post.person.name): post.person for post in posts if post.person and post.event == "resigned"}
    new = {fold(post.person.name) for post in posts if post.person and post.event in _GETS}
    if not left and item is not None and item.title_span is not None:
        named = ctx.within(Person, item.title_span)
        left = {fold(person.name): person for person in named if is_left(ctx, item.title_span, person)}
    return next(iter(left.values())) if len(left) == 1 == len(new) and not new & left.keys() else None


def _of_item(items: list[Part], post: Post, posts: list[Post]) -> Post | None:
    """A post that its sentence does not name: the one that the document shows of somebody who leaves, and of a seat
    that is "lämnas vakant" the one that somebody leaves in the same item; none where they are several."""
    if post.role:
        return post
    if post.person is not None:
        name = fold(post.person.name)
        shown = [one for one in posts if one.role and one.person and fold(one.person.name) == name]
        if len({(one.role, one.organization) for one in shown}) != 1:
            return None
        return post._replace(role=shown[0].role, organization=shown[0].organization, acting=shown[0].acting)
    item = next((part for part in items if part.start <= post.span.start < part.end), None)
    inside = [one for one in posts if item and one.event == "resigned" and item.start <= one.span.start < item.end]
    left = {(fold(one.person.name), one.role) for one in inside if one.person}
    if len(left) != 1:
        return None
    place = post.municipality or str(inside[0].person.hints.get("municipality", "") if inside[0].person else "")
    return post._replace(
        role=inside[0].role, organization=inside[0].organization, after=inside[0].person, municipality=place
    )
