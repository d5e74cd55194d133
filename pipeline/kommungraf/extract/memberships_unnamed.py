"""Posts that change hands without a name ("förbundschefen har entledigats"), and offices that get a new title.

Reports tell what happened to an office and leave the name out. Whose it was is not guessed: it is a post of nobody
named, with what the text says of it. Only what has happened counts, not plans, conditions and what did not happen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kommungraf.dates import MONTHS, PartialDate, find_dates
from kommungraf.extract.context import Context
from kommungraf.extract.memberships_posts import ACTING, Post, plain_role
from kommungraf.model.facts import Person
from kommungraf.model.source import Span
from kommungraf.wordlists import toml

_REPORTS = frozenset({"verksamhetsberättelse", "årsredovisning"})
_S = r"[ \u00a0\n]+"
_FEW = r"(?:[\wåäö-]+[ \u00a0\n]+){0,3}?"
_NEW = rf"(?P<acting>(?:ny|nya|tf\.?|tillförordnad|vikarierande){_S})?"
_WHOSE = rf"(?:[\wåäö]+s{_S})?"
_IN_MONTH = re.compile(
    rf"\bi{_S}(?:(?:slutet|början|mitten){_S}av{_S})?(?P<month>{'|'.join(MONTHS)})\b(?!{_S}\d)", re.I
)
_IN_YEAR = re.compile(rf"\b(?:under|år|sedan){_S}((?:19|20)\d\d)\b", re.I)
_THIS_YEAR = re.compile(
    r"\bunder (?:det gångna )?(?:verksamhets|räkenskaps)?året\b|\bunder (?:våren|sommaren|hösten)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Retitled:
    """A sentence that gives an office a new title: ``old`` and ``new`` in their plain form, from when if it says so."""

    old: str
    new: str
    since: PartialDate | None
    span: Span


@cache
def _words() -> dict[str, str]:
    """The word lists as alternations."""
    data = toml("extract", "memberships.toml")
    return {name: "|".join(words.split()) for name, words in data.items()}


@cache
def _stems(words: str) -> tuple[str, ...]:
    return tuple(_words()[words].replace("\\s", " ").split("|"))


def _may_tell(text: str, words: str) -> bool:
    """Whether a text holds one of the stems of a list: a search for plain words is fast."""
    text = text.casefold()
    return any(stem in text for stem in _stems(words))


@cache
def _unreal() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_words()['unreal']})\b", re.I)


@cache
def _rules() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """How a sentence tells of an office, by event."""
    w = _words()
    chief, the = rf"(?P<office>[\wåäö]*(?:{w['chiefs']}))", rf"{_WHOSE}(?P<office>[\wåäö]*(?:{w['definite']}))"
    officer = rf"(?P<office>[\wåäö]*(?:{w['chiefs']}|{w['officers']}))"
    rules = (
        ("resigned", rf"{the}{_S}(?:har{_S})?{_FEW}(?:{w['left']})"),
        ("resigned", rf"har{_S}{the}{_S}{_FEW}(?:{w['left']})"),
        ("resigned", rf"entledigande(?:t)?{_S}av{_S}{_WHOSE}{chief}(?:en|n)?"),
        ("appointed", rf"tillsättning(?:en)?{_S}av{_S}(?:en{_S})?{_NEW}{officer}"),
        ("appointed", rf"(?:{w['filled']}){_S}(?:som|till|att{_S}vara){_S}{_NEW}{officer}"),
        ("appointed", rf"en{_S}{_NEW}{officer}\b{_S}{_FEW}(?:{w['came']})"),
        ("appointed", rf"(?:{w['hired']}){_S}en{_S}{_NEW}{officer}"),
        ("appointed", rf"(?:{w['hired']}){_S}en{_S}[^.;]{{3,80}}?{_S}(?:och|samt){_S}en{_S}{_NEW}{officer}"),
        ("vacant", rf"rekrytering(?:en)?{_S}av{_S}(?:en{_S})?{_NEW}{chief}\b{_S}{_FEW}(?:{w['seeking']})"),
        ("vacant", rf"tjänsten{_S}som{_S}{officer}{_S}(?:är|var|har{_S}varit|står){_S}(?:fortsatt{_S})?vakant"),
    )
    return tuple((event, re.compile(rf"\b{pattern}\b", re.I)) for event, pattern in rules)


def unnamed(ctx: Context) -> Iterator[Post]:
    """Offices that reports say were left, filled or vacant, without the name of whoever held them."""
    if ctx.document.type not in _REPORTS or ctx.document.publisher_id is None:
        return
    for index in ctx.document.blocks:
        block = ctx.text.blocks[index]
        if block.kind == "table" or not _may_tell(ctx.text.of(block), "quick"):
            continue
        year: PartialDate | None = None
        for sentence in ctx.sentences(block.start, block.end):
            if _THIS_YEAR.search(ctx.clean(sentence)) and ctx.document.year:
                year = PartialDate(ctx.document.year)  # holds for the rest of the paragraph
            if _may_tell(ctx.clean(sentence), "quick") and not ctx.within(Person, sentence):
                yield from _in_sentence(ctx, sentence, year)


def _in_sentence(ctx: Context, sentence: Span, year: PartialDate | None) -> Iterator[Post]:
    text = ctx.clean(sentence)
    seen: set[tuple[str, str]] = set()
    for event, pattern in _rules():
        for match in pattern.finditer(text):
            clause = re.split(r"[,;]", text[: match.start()])[-1] + match.group()
            role = indefinite(plain_role(match["office"]))
            if _unreal().search(clause) or (event, role) in seen:
                continue
            seen.add((event, role))
            acting = bool(ACTING.match(f"{(match.groupdict().get('acting') or '').strip()} "))
            when = _when(ctx, text) or year
            since, until = (None, when) if event == "resigned" else (when, None)
            if event == "vacant":
                since = None
            how = "dismissed" if event == "resigned" and "entledig" in match.group().lower() else ""
            how = "sought" if event == "vacant" and "rekryter" in match.group().lower() else how
            yield Post(None, sentence, role, event, ctx.document.publisher_id, since, until, acting, how=how)


def indefinite(office: str) -> str:
    """ "Förbundschefen" is a förbundschef, "ordföranden" an ordförande, "kommunalrådet" a kommunalråd."""
    if office.endswith(("aren", "anden")):
        return office[:-1]
    return office[:-2] if office.endswith(("en", "et")) else office


def _when(ctx: Context, text: str) -> PartialDate | None:
    """When a sentence of a report says that something happened; a month is of the year that it is about."""
    year = ctx.document.year
    for found in find_dates(text):
        if found.value is not None:
            return found.value
        if year is not None:
            return PartialDate(year, found.month, found.day)
    if year is not None and (month := _IN_MONTH.search(text)):
        return PartialDate(year, MONTHS.index(month["month"].lower()) + 1)
    stated = _IN_YEAR.search(text)
    return PartialDate(int(stated[1])) if stated else None


@cache
def _retitles() -> tuple[re.Pattern[str], ...]:
    title = rf"[\wåäö]*(?:{_words()['titled']})"
    old, new = rf"[\"”*]*(?P<old>{title})[\"”*]*", rf"[\"”*]*(?P<new>{title})"
    patterns = (
        rf"\b(?:benämningen|titeln|tjänstetiteln|befattningen|tjänsten){_S}(?:som{_S})?{old}{_S}"
        rf"(?:ändra(?:s|ts|des)|byts|byttes|byt(?:er|t|te){_S}namn|ersätts|ersattes|ersatts){_S}(?:till|av|med|mot){_S}{new}\b",
        rf"\b(?P<new>{title})\b[*_ \u00a0]*[(,][ \u00a0]*(?:tidigare|förut|f\.?d\.?)"
        rf"(?:{_S}(?:benämnd|kallad|titulerad))?[ \u00a0]*[–:-]?[ \u00a0]*{old}(?![\wåäö])",
        rf"\b(?P<old>{title})n?{_S}(?:benämns|kallas|heter|tituleras){_S}(?:numera|nu|hädanefter){_S}{new}\b",
    )
    return tuple(re.compile(pattern, re.I) for pattern in patterns)


def retitles(ctx: Context) -> Iterator[Retitled]:
    """Every sentence that says that an office is called something else from now on."""
    for index in ctx.document.blocks:
        block = ctx.text.blocks[index]
        if not _may_tell(ctx.text.of(block), "quick_title"):
            continue
        for sentence in ctx.sentences(block.start, block.end):
            text = ctx.clean(sentence)
            for match in (found for pattern in _retitles() for found in pattern.finditer(text)):
                old, new = plain_role(match["old"]), plain_role(match["new"])
                dates = [date.value for date in find_dates(text) if date.value is not None]
                if old != new:
                    yield Retitled(old, new, dates[0] if dates else None, sentence)
