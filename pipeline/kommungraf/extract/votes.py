"""Voteringar, reservations and jäv: how an item was voted on and who would not answer for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kommungraf.extract.agenda import enclosing, item_ids
from kommungraf.extract.context import Context
from kommungraf.extract.points import content
from kommungraf.extract.sentences import sentences, trim
from kommungraf.model import iri
from kommungraf.model.facts import Node, Party, Person, Recusal, Reservation, Vote
from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Block, Span
from kommungraf.text import squeeze

_WORDS = (
    "noll en två tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton nitton tjugo"
).split()
_NUMBERS = {word: number for number, word in enumerate(_WORDS)}
_COUNT = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})"


def _side(word: str) -> re.Pattern[str]:
    """ "31 ja-röster", "31 röster för ja", "Ja: 31"."""
    return re.compile(
        rf"""(?ix)\b{_COUNT}\s*(?:st\.?\s*)?(?:["”]?{word}["”]?(?:[-\s]?röst\w*)?\b|röst\w*\s(?:för\s)?["”]?{word}\b)
        |\b{word}(?:[-\s]?röster)?\s*[:=]?\s*{_COUNT}\b"""
    )


_VOTES = {
    "yes": _side("ja"),
    "no": _side("nej"),
    "abstained": re.compile(
        rf"""(?ix)\b{_COUNT}\s*(?:\w+\s){{0,3}}(?:avst(?:år|ått|od|ående)|nedlagd\w*)\b
        |\b(?:avstår|avstått|avstod|nedlagda\sröster)\s*[:=]?\s*{_COUNT}\b"""
    ),
}
_SIDE = re.compile(
    r"(?i)(?P<yes>röst\w*\s+ja\b|^\W*ja\s+röst\w*|\bja[- ]?röst\w*[^\n:.]{0,40}:"
    r"|^\W*ja-röst(?:er)?\W*$|^\W*ja\s*[:\t])"
    r"|(?P<no>röst\w*\s+nej\b|^\W*nej\s+röst\w*|\bnej[- ]?röst\w*[^\n:.]{0,40}:"
    r"|^\W*nej-röst(?:er)?\W*$|^\W*nej\s*[:\t])"
    r"|(?P<abstain>^\W*avst(?:år|od)[^\n:]{0,40}[:\t]|^\W*avstår\W*$"
    r"|avst(?:år|od) (?:från att rösta|gör)\b|lägger ner sin röst)",
    re.MULTILINE,
)
_RESERVES = re.compile(
    r"""(?ix)\breserver\w*\ssig\b|\bprotokollsanteckning|\bsärskilt\syttrande|\btill\sprotokollet\santeckn
    |\banteckning\still\sprotokollet|\breservation\b"""
)
_RESERVES_SELF = re.compile(r"(?i)\breserver\w* sig\b")
_PROPOSITION = re.compile(r"(?i)(?:voterings|omröstnings|propositions)(?:ordning|proposition)")
_RECUSED = re.compile(r"(?i)\bjäv(?:ig|iga)?\b")


def find(ctx: Context) -> Iterator[Node]:
    """Votes, reservations and recusals of the agenda items of a document."""
    ids = item_ids(ctx.document)
    seen: set[str] = set()
    vote: Vote | None = None
    for part, item in enclosing(ctx.document):
        item_id = ids.get(item.start) if item else None
        if part.role in (Role.VOTE, Role.PROCEDURE):
            nodes: Iterator[Node] = _votes(ctx, part, item_id)
        elif part.role is Role.RESERVATION:
            nodes = _reservations(ctx, part, item_id)
        elif part.role is Role.RECUSAL:
            nodes = _recusals(ctx, Span(part.start, part.end), item_id)
        elif part.role in (Role.DECISION, Role.BODY, Role.AGENDA_ITEM):
            nodes = _inline(ctx, part, item_id)
        else:
            continue
        for node in nodes:
            if isinstance(node, Vote):  # its sides may stand under headings of their own
                if vote is not None and not _completes(vote, node):
                    yield vote
                vote = node if vote is None or not _completes(vote, node) else _completed(vote, node)
            elif node.id not in seen:
                seen.add(node.id)
                yield node
    if vote is not None:
        yield vote


_SIDES = (("yes", "voted_yes"), ("no", "voted_no"), ("abstained", "voted_abstain"))


def _completes(vote: Vote, more: Vote) -> bool:
    """Whether two votes of an item are parts of one: nothing is told in both, neither a count nor names."""
    told = [{name for side in _SIDES for name in side if getattr(one, name)} for one in (vote, more)]
    return vote.agenda_item == more.agenda_item and not told[0] & told[1]


def _completed(vote: Vote, more: Vote) -> Vote:
    told = {name: getattr(more, name) for side in _SIDES for name in side if getattr(more, name)}
    return replace(vote, **told, evidence=(*vote.evidence, *more.evidence))


def _inline(ctx: Context, part: Part, item_id: str | None) -> Iterator[Node]:
    """Sentences about reservations and jäv that stand without a heading of their own."""
    if item_id is None:
        return
    for index in part.own_blocks():
        block = ctx.text.blocks[index]
        start, end = max(part.start, block.start), min(part.end, block.end)
        if start >= end or not (
            _RESERVES.search(ctx.text.clean, start, end) or _RECUSED.search(ctx.text.clean, start, end)
        ):
            continue
        for span in sentences(ctx.text.clean, start, end):
            text = ctx.clean(span)
            if _RESERVES_SELF.search(text):
                yield _reservation(ctx, span, item_id, squeeze(text))
            elif re.search(r"(?i)\b(?:anmäl\w*|på grund av|förklarar sig|deltar (?:ej|inte)[^.]*) ?(?:sig )?jäv", text):
                yield from _recusals(ctx, span, item_id)


def _votes(ctx: Context, part: Part, item_id: str | None) -> Iterator[Vote]:
    text = ctx.clean(part)
    if _PROPOSITION.search(part.title):  # which side "ja" means, not who said it
        return
    counts = {side: _count(pattern, text) for side, pattern in _VOTES.items()}
    voters = _table_voters(ctx, part) or _named_voters(ctx, part)
    if (counts["yes"] is None or counts["no"] is None) and not voters:
        return
    said = [one for one in sentences(ctx.text.clean, part.start, part.end) if _tells(ctx.clean(one))]
    span = said[0] if said else trim(ctx.text.clean, part.start, part.end)
    assert span is not None  # it holds names
    yield Vote(
        id=iri.statement(ctx.document.id, "vote", f"at{part.start - ctx.document.start}"),
        agenda_item=item_id,
        yes=counts["yes"],
        no=counts["no"],
        abstained=counts["abstained"],
        voted_yes=tuple(voters.get("yes", ())),
        voted_no=tuple(voters.get("no", ())),
        voted_abstain=tuple(voters.get("abstain", ())),
        evidence=(span,),
    )


def _tells(sentence: str) -> bool:
    return all(_count(_VOTES[side], sentence) is not None for side in ("yes", "no"))


def _count(pattern: re.Pattern[str], text: str) -> int | None:
    for match in pattern.finditer(text):
        printed = next(group for group in match.groups() if group).lower()
        return _NUMBERS[printed] if printed in _NUMBERS else int(printed)
    return None


def _named_voters(ctx: Context, part: Part) -> dict[str, list[str]]:
    """Who voted how where the names follow "röstar ja" or "Ja:"."""
    text = ctx.clean(part)
    marks = list(_SIDE.finditer(text))
    voters: dict[str, list[str]] = {}
    for index, mark in enumerate(marks):
        end = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        people = ctx.within(Person, Span(part.start + mark.end(), part.start + end))
        voters.setdefault(str(mark.lastgroup), []).extend(person.id for person in people)
    return {side: list(dict.fromkeys(people)) for side, people in voters.items() if people}


def _table_voters(ctx: Context, part: Part) -> dict[str, list[str]]:
    """Who voted how in a voting list: a column each for ja, nej and avstår, a mark in one of them."""
    voters: dict[str, list[str]] = {}
    for index in part.blocks:
        block = ctx.text.blocks[index]
        if block.kind == "table":
            for side, person in _rows(ctx, block):
                voters.setdefault(side, []).append(person)
    return voters


def _rows(ctx: Context, block: Block) -> Iterator[tuple[str, str]]:
    sides = {"ja": "yes", "nej": "no", "avstår": "abstain", "avst": "abstain", "avstår från att rösta": "abstain"}
    columns: dict[int, str] = {}
    for row in block.rows:
        words = {cell.column: ctx.text.of(cell).strip(" .").lower() for cell in row.cells}
        header = {column: sides[word] for column, word in words.items() if word in sides}
        if {"yes", "no"} <= set(header.values()):
            columns = header
            continue
        marked = [side for column, side in columns.items() if words.get(column) in {"x", "1", "ja", "nej", "avstår"}]
        people = ctx.within(Person, Span(row.cells[0].start, row.cells[-1].end)) if row.cells and marked else []
        if len(marked) == 1 and people:
            yield marked[0], people[0].id


def _reservations(ctx: Context, part: Part, item_id: str | None) -> Iterator[Reservation]:
    """One for each "reserverar sig", with the motivation that follows; else the part as a whole.

    "Deltar ej i beslutet" stands under the same headings and is no reservation.
    """
    if not _RESERVES.search(ctx.clean(part)):
        return
    spans: list[Span] = []
    for index in part.blocks:
        block = ctx.text.blocks[index]
        start, end = max(block.start, content(part).start), min(block.end, part.end)
        for one in sentences(ctx.text.clean, start, end):
            if _RESERVES_SELF.search(ctx.clean(one)) or not spans:
                spans.append(one)
            elif spans[-1].end >= start or not any(_RESERVES_SELF.search(ctx.clean(span)) for span in spans):
                spans[-1] = Span(spans[-1].start, one.end)
    for span in spans:
        start, end = span
        while start < end and ctx.text.clean[start] in ":* \t\n":
            start += 1
        if start < end:
            yield _reservation(ctx, Span(start, end), item_id, squeeze(ctx.text.clean[start:end]))


def _reservation(ctx: Context, span: Span, item_id: str | None, text: str) -> Reservation:
    people = [person.id for person in ctx.within(Person, span)]
    parties = [party.id for party in ctx.within(Party, span)] if not people else []
    return Reservation(
        id=iri.statement(ctx.document.id, "reservation", f"at{span.start - ctx.document.start}"),
        agenda_item=item_id,
        creator=tuple(dict.fromkeys(people or parties)),
        text=text,
        evidence=(span,),
    )


def _recusals(ctx: Context, span: Span, item_id: str | None) -> Iterator[Recusal]:
    if not _RECUSED.search(ctx.clean(span)):
        return
    for person in ctx.within(Person, span):
        key = f"at{person.evidence[0].start - ctx.document.start}"
        yield Recusal(
            id=iri.statement(ctx.document.id, "recusal", key),
            agenda_item=item_id,
            person=person.id,
            evidence=person.evidence,
        )
