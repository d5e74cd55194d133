"""What a document states of a project near its name: period, funder, amount and participating municipalities.

Read are the sentence that names the project and, as far as they go on about ``projektet``, the sentences after it: to
the end of its paragraph, or below a heading to the next one. The first statement of each kind counts; plans that never
came true (``skulle ha pågått till …``) do not.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Any

from kommungraf.dates import PartialDate, find_dates
from kommungraf.extract.context import Context
from kommungraf.model.facts import Entity, Municipality, Organization, Region
from kommungraf.model.source import Span
from kommungraf.text import parse_number

Facts = dict[str, Any]
"""Fields of :class:`~kommungraf.model.facts.Project`: valid_from, valid_to, funder, amount, participant."""

_SENTENCE = re.compile(r"(?<=[.!?])(?<!t\.o\.m\.)(?<!bl\.a\.)\s+(?=[A-ZÅÄÖ\"“”])|\n")
_GOES_ON = re.compile(
    r"\b(?:[Pp]rojekt(?:et|ets|tiden|perioden)?|\w+projektet|[Ii]nsatsen|[Ss]tödet|[Ss]atsningen"
    r"|[Pp]rogrammet|[Dd]et|[Dd]en)\b|\s(?:har\sbeviljat|beviljade)\s\d"
)
_ANOTHER = re.compile(r"\b(?:gemensamma|sammanslagna|nya|andra|tidigare|kommande|nästa) projekt(?:et)?\b")
_THIS = re.compile(r"[Pp]rojekt(?:et|ets|tid|period)|[Ii]nsatsen|[Ss]tödet\b|[Pp]rogrammet\b|[Pp]ilotprojekt")
_RANGE = re.compile(
    r"\s*(?:–|-|till|och|t\.?\s?o\.?\s?m\.?|till och med|fram till)\s+(?:och med\s+)?(?:den\s+)?|\s*[–-]\s*"
)
_START = re.compile(
    r"(?:start(?:ade|ar|at)|inleddes|inleds|påbörjades|pågått sedan|från och med|fr\.?o\.?m\.?|med start)"
    r"(?:\s\w+){0,3}?\s*$",
    re.I,
)
_STARTED = re.compile(r"\s(?:startade|startar|inleddes|inleds|påbörjades|påbörjas|drog i\s?gång)\b")
_END = re.compile(
    r"(?:till och med|t\.?\s?o\.?\s?m\.?|avslutades|avslutas|avslutat|upphörde|upphör|slutade|slutar|fram till)"
    r"(?:\s(?:i förtid|sin|helt|då|den|under|i))*\s*$",
    re.I,
)
_UNREAL = re.compile(r"\bskulle\b|\bansök(?:a|an|te|er)\b|\bplanera", re.I)
_CHANGE = re.compile(
    r"\b(?:slå(?:s|tts)? (?:samman|ihop)|slagits (?:samman|ihop)|slogs (?:samman|ihop)|delas (?:upp )?i|ersätts av"
    r"|uppgår i|övergår (?:i|till)|fortsätter (?:som|under)|(?P<named>byter namn|ska (?:heta|benämnas|kallas)))\b"
)
_YEARS = re.compile(r"(?<![\d/–-])((?:19|20)\d\d)\s?[–-]\s?((?:19|20)\d\d)(?![\d–-])")
_YEAR_START = re.compile(
    r"\b(?:startade|startar|inleddes|påbörjades)\s"
    r"(?:(?:i|under|år|våren|hösten|sommaren|årsskiftet)\s){0,2}((?:19|20)\d\d)(?![\d/–-])",
    re.I,
)
_YEAR_END = re.compile(
    r"\b(?:avslutades|avslutas|upphörde|slutade|slutar|till och med|t\.o\.m\.)\s"
    r"(?:(?:i|under|efter|år|våren|hösten|halvåret|halvårsskiftet|utgången av|slutet av)\s){0,2}"
    r"((?:19|20)\d\d)(?![\d/–-])",
    re.I,
)
# "Gröna byar 2024–2026": the period is printed with the name, as that of plans and of projects that return.
_WITH_NAME = re.compile(r"[\"”»*]?,?\s\(?((?:19|20)\d\d)\s?[–-]\s?((?:19|20)\d\d)(?![\d–-])")
_AMOUNT = re.compile(
    r"(?<![\d§.,-])(\d{1,3}(?:[ \u00a0.]\d{3})+|\d+(?:,\d+)?)[ \u00a0]?"
    r"(kronor|kr|tkr|tusen kronor|miljoner(?: kronor)?|mnkr|mkr|milj\.? kr)\b",
    re.I,
)
_GRANTED = re.compile(
    r"\b(?:bevilja\w*|stöd(?:et)?|projektmedel\w*|projektbudget\w*|budget(?:en)?"
    r"|omfattar|omfattning|total\w*|finansier\w+|stöttas)\b",
    re.I,
)
_NOT_GRANT = re.compile(
    r"\b(?:årligen|per år|vidare|vidareutbetala|transferera|återbetal\w*"
    r"|använd\w*|förbruk\w*|kvar|projektbidragen|per deltagare|varav)\b",
    re.I,
)
_UNIT = {"tkr": 1000, "tus": 1000, "mil": 1_000_000, "mnk": 1_000_000, "mkr": 1_000_000}
_FUNDED_BY = re.compile(
    r"(?:finansier(?:as|at|ad|ade|ades|ats)(?:\s\w+){0,3}?\s(?:av|genom|med)(?:\s[\w:]+)?(?:\smedel\sfrån)?"
    r"|finansiering(?:en)?\s(?:av|från)|medel\sfrån|projekt\sfrån|(?:stöd|bidrag)\s(?:av|från)"
    r"|bevilja\w*[^.]{0,60}?\s(?:av|från))\s(?:den\s|det\s)?$",
    re.I,
)
_APPLIED_TO = re.compile(r"\bansökan\s(?:\w+\s){0,2}till\s$", re.I)
_GRANTS = re.compile(r"\s(?:har\s[^.]{0,80}?\s?beviljat|beviljade|finansierar|har\sbeviljat)\b")
_FUND_PROJECT = re.compile(
    r"\b(?:ett|är ett|ett nytt)\s(?P<fund>ESF)-(?:projekt|finansierat projekt)|\bESF-(?:finansierade )?projektet\s$"
)
_TAKES_PART = re.compile(
    r"\b(?:delta\w*|medverka\w*|[Dd]riv\w*|[Gg]enomför\w*|[Ss]tarta\w*|tillsammans med|omfattar"
    r"|i kommunerna|är med i|ingår)\b"
)
_NOT_PART = re.compile(r"\b(?:inte|utanför|lämna\w*|utom|undantag|bad|avstå\w*|tillfråga\w*|vill gå in)\b")


def facts_of(
    ctx: Context, span: Span, row: Facts | None, others: list[Span], titles: dict[int, int]
) -> tuple[Facts, list[Entity]]:
    """The facts stated at a mention, and mentions of funders that are only part of a word (``ESF-projekt``).

    ``others`` are the mentions of other projects, in order: what follows one of them is said of it. ``titles`` are the
    blocks that are titles of parts, each with the end of its part.
    """
    if row is not None:
        return row, []
    facts: Facts = dict(zip(("valid_from", "valid_to"), printed_period(ctx, span), strict=False))
    made: list[Entity] = []
    for index, sentence in enumerate(_sentences(ctx, span, others, titles)):
        text = ctx.clean(sentence)
        place = span.start - sentence.start if index == 0 else 0
        for key, value in (*_period(text, place), *_amount(text)):
            facts.setdefault(key, value)
        if "funder" not in facts and (funder := _funder(ctx, sentence, text, span)) is not None:
            facts["funder"] = funder.id
            if funder not in ctx.of_type(Organization) and isinstance(funder, Organization):
                made.append(funder)
        if index == 0 and "participant" not in facts and (members := _participants(ctx, sentence, text)):
            facts["participant"] = members
    return facts, made


def printed_period(ctx: Context, span: Span) -> tuple[PartialDate, ...]:
    """The first and last year that are printed with the name at a place; empty where there are none."""
    match = _WITH_NAME.match(ctx.text.clean, span.end, ctx.document.end)
    if match is None or int(match[1]) >= int(match[2]):
        return ()
    return PartialDate(int(match[1])), PartialDate(int(match[2]))


def _sentences(ctx: Context, span: Span, others: list[Span], titles: dict[int, int]) -> Iterator[Span]:
    """The sentence of a mention and those after it that go on about the same project."""
    index = ctx.text.block_index(span.start)
    block = ctx.text.blocks[index]
    if index in titles or block.kind == "heading":
        yield Span(block.start, block.end)
        for sentence in _below(ctx, index, titles.get(index, ctx.document.end)):
            if _holds(others, sentence):
                return
            if _THIS.search(ctx.clean(sentence)):
                yield sentence
        return
    if block.kind == "table":
        return
    named = False
    for sentence in _split(ctx, Span(block.start, block.end)):
        if sentence.start <= span.start < sentence.end:
            named = True
            yield sentence
        elif named:
            text = ctx.clean(sentence)
            if not _GOES_ON.search(text) or _ANOTHER.search(text) or _holds(others, sentence):
                return
            yield sentence


def _holds(mentions: list[Span], sentence: Span) -> bool:
    index = bisect_left(mentions, sentence)
    return index < len(mentions) and mentions[index].start < sentence.end


def _below(ctx: Context, index: int, end: int) -> Iterator[Span]:
    """The sentences below a heading, to the next one or the end of its part."""
    for block in ctx.text.blocks[index + 1 : min(index + 7, ctx.document.blocks.stop)]:
        if block.kind in ("heading", "table") or block.start >= end:
            return
        yield from _split(ctx, Span(block.start, block.end))


def _split(ctx: Context, span: Span) -> Iterator[Span]:
    start = span.start
    for match in _SENTENCE.finditer(ctx.text.clean, span.start, span.end):
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    if start < span.end:
        yield Span(start, span.end)


def _changed_there(text: str, date: int, place: int) -> bool:
    """Whether a date is when a project became another or got another name, and not when it began."""
    match = _CHANGE.search(text)
    return (
        match is not None and abs(match.start() - date) < 120 and (place < match.start() or match["named"] is not None)
    )


def _period(text: str, place: int) -> Iterator[tuple[str, PartialDate]]:
    """The period that a sentence states; ``place`` is where the project's name stands in it."""
    dates = [date for date in find_dates(text) if date.value is not None]
    for first, second in pairwise(dates):
        if _RANGE.fullmatch(text[first.end : second.start]) and not _UNREAL.search(text[: first.start]):
            yield from (("valid_from", _value(first.value)), ("valid_to", _value(second.value)))
    for date in dates:
        before = text[max(0, date.start - 50) : date.start]
        started = _START.search(before) or _STARTED.match(text, date.end)
        if started and not _UNREAL.search(before) and not _changed_there(text, date.start, place):
            yield "valid_from", _value(date.value)
        if _END.search(before) and not _UNREAL.search(text[max(0, date.start - 90) : date.start]):
            yield "valid_to", _value(date.value)
    for match in _YEARS.finditer(text):
        if int(match[1]) < int(match[2]) and re.search(
            r"\b(?:under|period\w*|projekttid\w*|åren|pågår|pågick|löper|löpte)\s$", text[: match.start()]
        ):
            yield from (("valid_from", PartialDate(int(match[1]))), ("valid_to", PartialDate(int(match[2]))))
    for pattern, key in ((_YEAR_START, "valid_from"), (_YEAR_END, "valid_to")):
        for match in pattern.finditer(text):
            if not _UNREAL.search(text[max(0, match.start() - 40) : match.start()]):
                yield key, PartialDate(int(match[1]))


def _value(date: PartialDate | None) -> PartialDate:
    if date is None:
        raise ValueError("a date without a year is no limit of a period")
    return date


def _amount(text: str) -> Iterator[tuple[str, Decimal]]:
    if _NOT_GRANT.search(text):
        return
    for match in _AMOUNT.finditer(text):
        if _GRANTED.search(text, max(0, match.start() - 90), match.start()) or re.match(
            r"[^.]{0,40}\bav\b", text[match.end() :]
        ):
            value = read_amount(match[1], match[2])
            if value is not None and value >= 10_000 and _GRANTED.search(text):
                yield "amount", value
                return


def read_amount(number: str, unit: str) -> Decimal | None:
    """An amount in SEK from a number and its unit as printed (``24 000``, ``tkr``), or ``None``."""
    value = parse_number(number)
    return None if value is None else value * _UNIT.get(unit.lower()[:3], 1)


def _funder(ctx: Context, sentence: Span, text: str, span: Span) -> Entity | None:
    nodes = [*ctx.within(Organization, sentence), *ctx.within(Region, sentence), *ctx.within(Municipality, sentence)]
    for node in sorted(nodes, key=lambda node: node.evidence[0]):
        place = node.evidence[0]
        before, after = text[: place.start - sentence.start], text[place.end - sentence.start :]
        if _FUNDED_BY.search(before) or (
            _GRANTS.match(after) and (place.start < span.start or sentence.start > span.start)
        ):
            return node
        if _APPLIED_TO.search(before) and "bevilja" in ctx.clean(
            Span(sentence.start, min(sentence.end + 600, len(ctx.text.clean)))
        ):
            return node
    match = _FUND_PROJECT.search(text)
    if match is not None and match["fund"]:
        start = sentence.start + match.start("fund")
        place = Span(start, start + len(match["fund"]))
        return Organization(
            id=ctx.mention_id(Organization, place),
            name=match["fund"],
            evidence=(place,),
            hints={"kind": "fund", "canonical": "Europeiska socialfonden"},
        )
    return None


def _participants(ctx: Context, sentence: Span, text: str) -> tuple[str, ...]:
    nodes = [node for node in ctx.within(Municipality, sentence) if "bare" not in node.hints]
    ids = tuple(dict.fromkeys(node.id for node in nodes))
    if len(ids) < 2 or _NOT_PART.search(text) or not _TAKES_PART.search(text):
        return ()
    return ids
