"""Counts and shares in running text: how many, of what, and how sure the text is ("drygt 200 nya filmer").

Two forms are read. A number before its noun: "sex medarbetare", "12 av 13 kommuner", "fem av länets kommuner". And a
number after what it measures: "antalet utlån har ökat till 722", "sjukfrånvaron var 3,1 procent". Money is left to
:mod:`kommungraf.extract.amounts`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any

from kommungraf.extract.context import Context
from kommungraf.extract.sentences import sentences
from kommungraf.extract.units import unit_of_words, whole_number
from kommungraf.model import iri
from kommungraf.model.facts import Figure, FocusArea, Network, Project
from kommungraf.model.parts import Role
from kommungraf.model.source import Span
from kommungraf.text import fold, parse_number

_NOT_TEXT = tuple(map(Role, "contents attendance signatures recipients vote meeting handler appeal basis".split()))
_WORD = re.compile(r"[^\W\d_]+(?:[:-][^\W\d_]+)*-?")
_YEAR = re.compile(r"(?<![\d/-])(?:19|20)\d\d(?![\d-]|/\d)")
# A year after these is a day's or a limit's, not the year of the count.
_NOT_ITS_YEAR = re.compile(
    r"(?i)(?:\b\d{1,2}(?::e)?\s+(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december)"
    r"|\b(?:till|senast|från|med|sedan|före|efter|inför|än|målet|agenda|jämfört\s+med(?:\s+\S+){1,3}|mot\s+\S+(?:\s+procent)?))\s+(?:år\s+)?$"
)
_GENITIVE = re.compile(r"[^\W\d_]{2,}(?:et|en|rna|arna|orna|erna)s")
_DEFINITE = re.compile(r"[^\W\d_]+(?:arna|orna|(?<!ext)(?<!int)(?<!mod)erna)")
_PARTICIPLE = re.compile(r"[^\W\d_]{2,}(?:ade|nda|rda|lda|gda|tta)")
_LONGEST = 400
"""A sentence that is longer is a list; its text is cut around the number."""


@lru_cache(maxsize=1)
def rules() -> dict[str, Any]:
    """The word lists of ``data/figures.toml``."""
    source = resources.files("kommungraf.extract").joinpath("data/figures.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


@lru_cache(maxsize=10)
def _words(name: str) -> frozenset[str]:
    return frozenset(rules()["words"][name])


@lru_cache(maxsize=1)
def hedge_pattern() -> str:
    """The words before a number that make it approximate, as one alternative of a pattern."""
    words = sorted(rules()["hedges"]["words"], key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in words)


@lru_cache(maxsize=1)
def _number() -> str:
    written = "|".join(sorted(rules()["numbers"], key=len, reverse=True))
    return rf"(?:\d{{1,3}}(?:[ \u00a0\u202f]\d{{3}})+|\d+(?:,\d+)?|(?:{written})(?!\w))"


@lru_cache(maxsize=1)
def _before_noun() -> re.Pattern[str]:
    """A number with the word before it, the hedge, and "av 13" or "av länets" after it; the noun is read by words."""
    return re.compile(
        rf"(?i)(?<![\w,.:/§&+–-])(?P<number>{_number()})"
        rf"(?:\s*(?P<percent>%|procent(?:enheter)?\b)|\s+av\s+(?P<whole>{_number()}|(?:de|alla|våra|dessa)(?:\s+{_number()})?|[^\W\d_]+s(?:\s+(?:sammanlagt|totalt|alla)?\s*{_number()})?)?(?=\s))?"
        r"(?:[ \t\u00a0]+\n?|\n|(?<=%)|(?<=procent))"
    )


@lru_cache(maxsize=1)
def _after_measure() -> re.Pattern[str]:
    """ "Antalet utlån av utrustning har ökat från 698 till 722", "Medelantalet anställda var 19"."""
    verbs = (
        r"har|hade|var|är|blev|blir|som|uppgick|uppgår|ökat|ökade|ökar|minskat|minskade|minskar|gick|beräknas|beräknades|vara|bli|uppgå"
        r"|landade|landar|låg|ligger|legat|till|på|från|ned|upp|nu|därmed|totalt|sammanlagt|under\s+(?:året|perioden)"
    )
    return re.compile(
        rf"(?i)\b(?P<count>(?:medel)?antal(?:et)?)\s+(?P<noun>(?:(?!(?:{verbs}|har|som)\b)[^\W\d_][\w-]*\s+){{1,5}}?)"
        rf"(?:(?:{verbs}|{_number()}(?=\s+till))\s+)*(?:(?P<hedge>{hedge_pattern()})\s+)?(?P<number>{_number()})(?!\s*(?:%|procent|[.:]\d))"
    )


@lru_cache(maxsize=1)
def _share_of() -> re.Pattern[str]:
    """ "Sjukfrånvaron har legat på 2,8 %": the subject of a share that comes last."""
    return re.compile(
        r"(?i)\b(?P<noun>[^\W\d_]{4,})\s+(?:har\s+)?(?:under\s+(?:året|\d{4})\s+)?(?:var|är|blev|uppgick\s+till|uppgår\s+till|legat\s+på"
        r"|låg\s+på|på|i\s+snitt|i\s+genomsnitt)\s+$"
    )


@lru_cache(maxsize=1)
def _hedge_before() -> re.Pattern[str]:
    return re.compile(rf"(?i)(?<!\w)(?P<hedge>{hedge_pattern()})\s+$")


@dataclass(slots=True)
class _Found:
    """A number with its measure, before the sentence's year and scope are known."""

    start: int
    end: int
    value: Decimal
    unit: str
    noun: str
    hedge: str | None


def find_figures(ctx: Context) -> Iterator[Figure]:
    """The counts and shares of the document's paragraphs, items and headings, in reading order."""
    clean = ctx.text.clean
    excluded = [(part.start, part.end) for part in ctx.document.with_role(*_NOT_TEXT)]
    for index in ctx.document.blocks:
        block = ctx.text.blocks[index]
        if block.kind == "table" or any(start <= block.start < end for start, end in excluded):
            continue
        found = sorted(_in_block(clean, block.start, block.end), key=lambda one: one.start)
        if not found:
            continue
        spans = list(sentences(clean, block.start, block.end))
        for one in found:
            sentence = next((span for span in spans if span.start <= one.start < span.end), None)
            if sentence is not None:
                yield _figure(ctx, one, sentence)


def _in_block(clean: str, start: int, end: int) -> Iterator[_Found]:
    taken: set[int] = set()
    for match in _after_measure().finditer(clean, start, end):
        value = number_of(match["number"])
        noun = " ".join(match["noun"].split())
        if value is None or _is_year(match["number"]):
            continue
        taken.add(match.start("number"))
        count = match["count"].lower()
        unit = unit_of_words(f"{count} {noun.lower()}")
        yield _Found(
            match.start("number"),
            match.end("number"),
            value,
            unit.code if unit else "count",
            f"{match['count']} {noun}" if count.startswith("medel") else noun,
            _plain(match["hedge"]),
        )
    for match in _before_noun().finditer(clean, start, end):
        if match.start() not in taken and (found := _read(clean, match, start, end)):
            yield found


def _read(clean: str, match: re.Match[str], start: int, end: int) -> _Found | None:
    """A number before its noun, unless its label or its noun says that nothing is counted."""
    value = number_of(match["number"])
    if value is None or _is_year(match["number"]):
        return None
    before = clean[max(start, match.start() - 40) : match.start()]
    hedge = _hedge_before().search(before)
    lead = before[: hedge.start()] if hedge else before
    word = re.search(r"(\S+)\s+$", lead)
    last = word[1].lower().strip('(*"”') if word else ""
    said = _plain(hedge["hedge"]) if hedge else None
    if match["percent"]:
        return _share(clean, match, start, end, len(hedge[0]) if hedge else 0, said)
    if last.rstrip(":") in _words("labels") or (last and last[-1] in ":§") or re.search(r"\d\s*[-–]\s*$", lead):
        return None
    if re.search(rf"(?i)(?:\b(?:en|ett|var)|{_number()})\s+av\s+(?:(?:de|alla)\s+)?$", lead):  # "en av fyra personer"
        return None
    counted = _noun_at(clean, match.end(), end)
    if counted is None:
        return None
    noun, stop = counted
    if word and _GENITIVE.fullmatch(last):
        noun = f"{word[1]} {noun}"  # "länets 12 kommuner"
    head = noun.split()[-1].lower()
    return _Found(match.start(), stop, value, _unit(head), noun, said)


def _share(clean: str, match: re.Match[str], start: int, end: int, hedged: int, said: str | None) -> _Found | None:
    """A percentage of what follows ("40 procent av deltagarna"), else of the subject before it."""
    value = number_of(match["number"])
    if value is None or match["percent"].lower().startswith("procentenhet"):
        return None
    whole = re.match(r"\s*av\s+", clean[match.end("percent") : end])
    if whole:
        measure = _noun_at(clean, match.end("percent") + whole.end(), end)
    else:
        measure = _subject(clean, start, match.start() - hedged)
    return _Found(match.start(), match.end("percent"), value, "percent", measure[0], said) if measure else None


def _noun_at(clean: str, position: int, end: int) -> tuple[str, int] | None:
    """The noun phrase that begins at a place: adjectives and the noun; ``None`` where no noun stands there."""
    words: list[re.Match[str]] = []
    while position < end and len(words) < 5:
        match = _WORD.match(clean, position, end)
        if match is None:
            break
        text = match[0]
        low = text.lower()
        if low in _words("stops") or (not words and low in _words("not_counted") - {"olika", "stycken", "st"}):
            break
        words.append(match)
        following = clean[match.end() : match.end() + 2]
        if _GENITIVE.fullmatch(low) and following[:1] == " ":
            position = match.end() + 1
            continue
        coordinated = text.endswith("-") and re.match(r"\s+(?:och|eller)\s+", clean[match.end() : end])
        if coordinated:
            position = match.end() + coordinated.end()
            continue
        if not _is_adjective(low) or not re.match(r"[ \n][^\W\d_]", following):
            break
        position = match.end() + 1
    while words and words[-1][0].endswith("-"):
        words.pop()
    if not words:
        return None
    last = words[-1][0].lower()
    if len(last) < 3 or last in _words("not_counted") or _GENITIVE.fullmatch(last):
        return None
    if _is_adjective(last):  # "två digitala och två fysiska träffar": the noun stands elsewhere
        return None
    while len(words) > 1 and words[0][0].lower() in ("stycken", "st", "olika", "sammanlagt", "totalt"):
        words.pop(0)
    return " ".join(clean[words[0].start() : words[-1].end()].split()), words[-1].end()


def _is_adjective(word: str) -> bool:
    if word in _words("nouns") or _DEFINITE.fullmatch(word):
        return False
    return (
        word in _words("adjectives")
        or (word.endswith("a") and len(word) > 2)
        or _PARTICIPLE.fullmatch(word) is not None
    )


def _subject(clean: str, start: int, position: int) -> tuple[str, int] | None:
    match = _share_of().search(clean[max(start, position - 80) : position])
    return (" ".join(match["noun"].split()), position) if match else None


def number_of(text: str) -> Decimal | None:
    """The value of a number in digits or words."""
    written: dict[str, int] = rules()["numbers"]
    low = text.lower()
    return Decimal(written[low]) if low in written else parse_number(text)


def _is_year(text: str) -> bool:
    return re.fullmatch(r"(?:19|20)\d\d", text) is not None


def _unit(head: str) -> str:
    if head in _words("persons"):
        return "persons"
    unit = unit_of_words(f"antal {head}")
    return unit.code if unit else "count"


def _plain(hedge: str | None) -> str | None:
    return " ".join(hedge.lower().split()) if hedge else None


def _figure(ctx: Context, found: _Found, sentence: Span) -> Figure:
    clean = ctx.text.clean
    told = sentence
    if sentence.end - sentence.start > _LONGEST:
        told = Span(max(sentence.start, found.start - _LONGEST // 2), min(sentence.end, found.end + _LONGEST // 2))
    printed = clean[found.start : found.end]
    return Figure(
        id=iri.statement(ctx.document.id, "figure", str(found.start)),
        evidence=(told, Span(found.start, found.end)),
        text=" ".join(clean[told.start : told.end].split()),
        line_item=found.noun,
        value=whole_number(found.value),
        unit=found.unit,
        fiscal_year=_year(ctx, clean[sentence.start : sentence.end]),
        scope=scope_of(ctx, sentence),
        hedge=found.hedge,
        as_printed=" ".join(f"{found.hedge or ''} {printed}".split()),
        under_heading=heading_over(ctx, sentence),
    )


def _year(ctx: Context, sentence: str) -> int | None:
    """The year of the sentence, else the document's; a year far ahead is in the name of a goal or strategy."""
    year, own = year_of(sentence), ctx.document.year
    return year if year is not None and (own is None or year <= own + 5) else own


def year_of(sentence: str) -> int | None:
    """The only year that a sentence names as such, not as part of a date."""
    years = {
        int(match[0])
        for match in _YEAR.finditer(sentence)
        if not _NOT_ITS_YEAR.search(sentence, max(0, match.start() - 24), match.start())
    }
    return years.pop() if len(years) == 1 else None


def hedge_of(before: str) -> str | None:
    """The word right before a number that makes it approximate: the text ends where the number begins."""
    match = _hedge_before().search(before)
    return _plain(match["hedge"]) if match else None


def scope_of(ctx: Context, sentence: Span) -> str | None:
    """What the number is about: the only project or network of the sentence, else of the nearest heading above it,
    else the area of work that it stands in, else the publisher."""
    for span in (sentence, _heading(ctx, sentence)):
        if span is None:
            continue
        for kind in (Project, Network):
            names = {fold(node.name): node.id for node in ctx.within(kind, span)}
            if len(names) == 1:
                return next(iter(names.values()))
    around = [part for part in ctx.document.with_role(Role.AREA, Role.FOCUS) if part.start <= sentence.start < part.end]
    for part in sorted(around, key=lambda one: one.end - one.start):
        if part.title_span and (areas := ctx.within(FocusArea, part.title_span)):
            return areas[0].id
    return ctx.document.publisher_id


def heading_over(ctx: Context, sentence: Span) -> str | None:
    """The nearest heading that a sentence stands under, as printed."""
    span = _heading(ctx, sentence)
    return " ".join(ctx.clean(span).split()) if span else None


def _heading(ctx: Context, sentence: Span) -> Span | None:
    titled = [part for part in ctx.document.walk() if part.title_span and part.start <= sentence.start < part.end]
    return max(titled, key=lambda part: part.start).title_span if titled else None
