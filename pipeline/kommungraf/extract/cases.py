"""Cases by their diary numbers, in the ways that Swedish authorities print them.

A number is one if a label announces it ("Dnr", "Diarienummer", "Beteckning"), or if it opens with the letters of a
diary ("KS 2023/123"). Dates, telephone and organisation numbers, § and statutes look alike and are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from kommungraf.extract.cases_states import said_state
from kommungraf.extract.context import Context
from kommungraf.model.facts import Case
from kommungraf.model.parts import Role
from kommungraf.model.source import Span
from kommungraf.text import squeeze
from kommungraf.wordlists import toml


class DiaryNumber(NamedTuple):
    """A diary number in a string; ``prefix`` are the letters of its diary, ``foreign``: another authority's."""

    start: int
    end: int
    prefix: str
    foreign: bool = False


_LETTERS = r"[A-ZÅÄÖ][A-Za-zÅÄÖåäö]{0,8}"
# Year and serial, with the parts that some systems add: "2023-00123 106" and "2023.45.106" (diary plan), "2023:45-7"
# (document).
_YEAR_FIRST = (
    r"(?:19|20)\d\d[-/.:]\d{1,7}(?:[-:/]\d{1,4}|\.\d{3}(?!\d))?"
    r"(?:\s(?!(?:19|20)\d\d)\d{3}(?![\d.,:/-]|\s*(?:kr|tkr|mkr|mnkr|st)\b))?"
)
_SERIAL_FIRST = r"\d{1,6}[-/](?:19|20)?\d\d(?:(?<=\d{4})\s\d{3}(?![\d.,:/-]|\s*(?:kr|tkr|mkr|mnkr|st)\b))?"
_SHORT_YEAR = r"\d\d/\d{3,6}"
_AGENCY = r"\d{1,4}(?:\.\d{1,3}){1,4}-\d{1,6}[-/](?:19|20)?\d\d|\d{2,4}(?:\.\d{1,3})*-\d{1,6}-(?:19|20)?\d\d"
_SEPARATOR = r"\s?[-/:.]?\s?"
_LABELLED = re.compile(
    rf"(?:(?P<prefix>{_LETTERS}(?:[-/]{_LETTERS})*){_SEPARATOR})?"
    rf"(?:{_AGENCY}|{_YEAR_FIRST}|{_SERIAL_FIRST}|{_SHORT_YEAR}|(?:19|20)\d\d[-/]?[A-ZÅÄÖ]{{2,5}}[-/:.\s]?\d{{1,6}}(?:\s\d{{2,3}}\b)?"
    rf"|\d\d[A-ZÅÄÖ]{{2,5}}/?\d{{1,5}}|\d{{5,9}})"
    rf"(?:-[A-ZÅÄÖ]{{1,5}}\b)?(?![\w@]|[.,:/-]\d)"
)
# The last two: "LS 0803-0288" has year and month first, "KS23.512" a short year joined to its letters.
_PREFIXED = re.compile(
    rf"(?<![\w@/.:-])(?P<prefix>(?:Ks[A-Za-z]{{0,3}}|[A-ZÅÄÖ]{{1,5}})(?:[-/][A-ZÅÄÖ]{{2,5}})?){_SEPARATOR}"
    rf"(?P<number>(?:19|20)\d\d[-/.:]\d{{1,6}}(?:[-:]\d{{1,4}})?|\d{{1,6}}/(?:19|20)\d\d|\d\d/\d{{1,6}}"
    rf"|\d\d(?:0[1-9]|1[0-2])-\d{{4}}|(?<=[A-ZÅÄÖ]{{2}})\d\d\.\d{{2,5}})(?![\w@]|[.,:/-]\d)"
)
# "§ 15 1435/22": some city councils print the number without a label, right after the paragraph.
_AFTER_PARAGRAPH = re.compile(
    r"§\s*\d{1,4}\s+(?P<number>\d{1,6}/(?:19|20)?\d\d|(?:19|20)\d\d[-/:]\d{1,6})(?![\w.,:/-])"
)
_DATE = re.compile(r"(?:19|20)\d\d[-/.](?:0[1-9]|1[0-2])[-/.](?:0[1-9]|[12]\d|3[01])\b")
_PERIOD = re.compile(r"(?P<first>(?:19|20)\d\d)[-/](?P<second>(?:19|20)\d\d|\d\d)")
_MORE = re.compile(r"\s*(?:,|;|och|samt|&|\n)\s*")


@dataclass(frozen=True, slots=True)
class _Diaries:
    label: re.Pattern[str]
    known: frozenset[str]
    excluded: frozenset[str]


@cache
def _diaries() -> _Diaries:
    data = toml("extract", "diaries.toml")
    labels = "|".join(re.escape(label) for label in sorted(data["labels"], key=len, reverse=True))
    initials = "".join(sorted({label[0] for label in data["labels"]}))  # keeps the search fast
    return _Diaries(
        re.compile(rf"(?i)\b(?=[{initials}])(?P<label>{labels})(?P<colon>\s*[.:]*)\s*"),
        frozenset(data["diaries"].split()),
        frozenset(data["not_diaries"].split()),
    )


def find_diary_numbers(text: str) -> Iterator[DiaryNumber]:
    """The diary numbers of a string, in order, without their label."""
    found = {one.start: one for one in _prefixed(text)}
    for match in _AFTER_PARAGRAPH.finditer(text):
        if not _is_period(match["number"]) and not _DATE.match(match["number"]):
            found[match.start("number")] = DiaryNumber(match.start("number"), match.end("number"), "")
    found |= {one.start: one for one in _labelled(text)}
    end = -1
    for start in sorted(found):
        if start >= end:
            yield found[start]
            end = found[start].end


def _labelled(text: str) -> Iterator[DiaryNumber]:
    for label in _diaries().label.finditer(text):
        # "Ärende 5" and "beteckning 12" number other things unless a colon or a year stands there
        weak = label["label"].lower() in {"ärende", "beteckning", "diarie", "vår referens"}
        foreign = label["label"].lower().startswith(("er", "ert"))
        match = _LABELLED.match(text, label.end())
        while match is not None and _is_number(text, match, weak):
            yield DiaryNumber(match.start(), match.end(), _plain(match["prefix"]), foreign)
            more = _MORE.match(text, match.end())
            match = _LABELLED.match(text, more.end()) if more else None
            weak = True


def _is_number(text: str, match: re.Match[str], weak: bool) -> bool:
    printed = match.group()
    if _DATE.match(printed) or _DATE.match(text, match.start()):
        return False
    return not weak or bool(re.search(r"(?:19|20)\d\d|\d\d/\d{3,}", printed))


def _prefixed(text: str) -> Iterator[DiaryNumber]:
    diaries = _diaries()
    for match in _PREFIXED.finditer(text):
        prefix, number = _plain(match["prefix"]), match["number"]
        if prefix in diaries.excluded or _DATE.match(number):
            continue
        # "SÄN/2012:16" is a diary's, "NFS 2012:16" a regulation's
        year_first = number.startswith(("19", "20")) and (":" not in number or "/" in match.group()[: -len(number)])
        if not _is_known(prefix) and (len(prefix) < 2 or not year_first):
            continue
        if _is_period(number):
            continue
        yield DiaryNumber(match.start(), match.end(), prefix)


def _is_known(prefix: str) -> bool:
    """Is this the abbreviation of a diary: one of the list, or of a nämnd (``…N``), or two of them joined?"""
    known = _diaries().known
    return any(part in known or part.startswith("KS") for part in re.split(r"[-/]", prefix))


def _is_period(number: str) -> bool:
    """Is this rather "2023-2026", "2023/24" or a month, "2023-10"?"""
    match = _PERIOD.fullmatch(number)
    if match is None:
        return False
    first, second = int(match["first"]), match["second"]
    if len(second) == 4:
        return first <= int(second) <= first + 20
    return int(second) == (first + 1) % 100 or ("-" in number and 1 <= int(second) <= 12)


def _plain(prefix: str | None) -> str:
    return (prefix or "").upper()


def find(ctx: Context) -> Iterator[Case]:
    """A mention of a case for each diary number of the document; its title is that of the item it stands in."""
    document = ctx.document
    places = [(part.start, part.end, part.title) for part in document.with_role(Role.AGENDA_ITEM) if part.title]
    contents = [(part.start, part.end) for part in document.with_role(Role.CONTENTS)]
    text = ctx.clean(Span(document.start, document.end))
    numbers = {number.start: number for number in find_diary_numbers(text)}
    for number in _columns(ctx):
        numbers.setdefault(number.start, number)
    for _, number in sorted(numbers.items()):
        span = Span(number.start + document.start, number.end + document.start)
        if any(start <= span.start < end for start, end in contents):
            continue
        title = next((title for start, end, title in places if start <= span.start < end), document.title)
        name = squeeze(ctx.clean(span))
        case = Case(
            id=ctx.mention_id(Case, span),
            name=name,
            diary_number=name,
            title=squeeze(title) or None,
            state="",  # linking concludes it from the decisions of all documents
            evidence=(span,),
            hints={
                "prefix": number.prefix or None,
                "publisher": document.publisher,
                "foreign": number.foreign or None,
                "state": said_state(ctx, span),
            },
        )
        case.hints = {key: value for key, value in case.hints.items() if value is not None}
        yield case


def _columns(ctx: Context) -> Iterator[DiaryNumber]:
    """Numbers in a table column that is headed "Dnr"; offsets count from the document's start, as in its text."""
    for block in (ctx.text.blocks[index] for index in ctx.document.blocks):
        if block.kind != "table" or not block.rows:
            continue
        labelled = {
            cell.column
            for cell in block.rows[0].cells
            if _diaries().label.fullmatch(ctx.text.of(cell).strip(" *") + ":")
        }
        for cell in (cell for row in block.rows[1:] for cell in row.cells if cell.column in labelled):
            match = _LABELLED.match(ctx.text.clean, cell.start, cell.end)
            if match is not None and _is_number(ctx.text.clean, match, weak=True):
                start = ctx.document.start
                yield DiaryNumber(match.start() - start, match.end() - start, _plain(match["prefix"]))
