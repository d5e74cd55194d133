"""The numbers of a text with what they count: the noun phrase after a number, or the measure before it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kommungraf.extract.figures_words import (
    after_measure,
    before_noun,
    hedge_before,
    is_year,
    listed,
    number_of,
    number_pattern,
    plain_hedge,
    share_of,
)
from kommungraf.extract.units import unit_of_words

_WORD = re.compile(r"[^\W\d_]+(?:[:-][^\W\d_]+)*-?")
_GENITIVE = re.compile(r"[^\W\d_]{2,}(?:et|en|rna|arna|orna|erna)s")
_DEFINITE = re.compile(r"[^\W\d_]+(?:arna|orna|(?<!ext)(?<!int)(?<!mod)erna)")
_PARTICIPLE = re.compile(r"[^\W\d_]{2,}(?:ade|nda|rda|lda|gda|tta)")


@dataclass(slots=True)
class Found:
    """A number with its measure, before the sentence's year and scope are known."""

    start: int
    end: int
    value: Decimal
    unit: str
    noun: str
    hedge: str | None


def numbers_in(clean: str, start: int, end: int) -> Iterator[Found]:
    """The counts and shares of ``clean[start:end]``; money, dates, sections of law and lists of numbers are none."""
    taken: list[tuple[int, int]] = []
    for match in after_measure().finditer(clean, start, end):
        value = number_of(match["number"])
        noun = " ".join(match["noun"].split()).rstrip(":")
        if value is None or is_year(match["number"]):
            continue
        taken.append(match.span())
        count = match["count"].lower()
        unit = unit_of_words(f"{count} {noun.lower()}")
        yield Found(
            match.start("number"),
            match.end("number"),
            value,
            unit.code if unit else "count",
            f"{match['count']} {noun}" if count.startswith("medel") else noun,
            plain_hedge(match["hedge"]),
        )
    for match in before_noun().finditer(clean, start, end):
        inside = any(first <= match.start() < last for first, last in taken)  # "ökade med 12 personer till 400"
        if not inside and (found := _read(clean, match, start, end)):
            yield found


def _read(clean: str, match: re.Match[str], start: int, end: int) -> Found | None:
    """A number before its noun, unless its label or its noun says that nothing is counted."""
    value = number_of(match["number"])
    if value is None or is_year(match["number"]):
        return None
    before = clean[max(start, match.start() - 40) : match.start()]
    hedge = hedge_before().search(before)
    lead = before[: hedge.start()] if hedge else before
    word = re.search(r"(\S+)\s+$", lead)
    last = word[1].lower().strip('(*"”') if word else ""
    said = plain_hedge(hedge["hedge"]) if hedge else None
    if match["percent"]:
        return _share(clean, match, start, end, len(hedge[0]) if hedge else 0, said)
    if last.rstrip(":") in listed("labels") or last.endswith("§") or re.search(r"\d\s*[-–]\s*$", lead):
        return None
    if re.search(
        rf"(?i)(?:\b(?:en|ett|var)|{number_pattern()})\s+av\s+(?:(?:de|alla)\s+)?$", lead
    ):  # "en av fyra personer"
        return None
    counted = _noun_at(clean, match.end(), end)
    if counted is None:
        return None
    noun, stop = counted
    if word and _GENITIVE.fullmatch(last):
        noun = f"{word[1]} {noun}"  # "länets 12 kommuner"
    head = noun.split()[-1].lower()
    return Found(match.start(), stop, value, _unit(head), noun, said)


def _share(clean: str, match: re.Match[str], start: int, end: int, hedged: int, said: str | None) -> Found | None:
    """A percentage of what follows ("40 procent av deltagarna"), else of the subject before it."""
    value = number_of(match["number"])
    if value is None or match["percent"].lower().startswith("procentenhet"):
        return None
    whole = re.match(r"\s*av\s+", clean[match.end("percent") : end])
    if whole:
        measure = _noun_at(clean, match.end("percent") + whole.end(), end)
    else:
        measure = _subject(clean, start, match.start() - hedged)
    return Found(match.start(), match.end("percent"), value, "percent", measure[0], said) if measure else None


def _noun_at(clean: str, position: int, end: int) -> tuple[str, int] | None:
    """The noun phrase that begins at a place: adjectives and the noun; ``None`` where no noun stands there."""
    words: list[re.Match[str]] = []
    while position < end and len(words) < 5:
        match = _WORD.match(clean, position, end)
        if match is None:
            break
        text = match[0]
        low = text.lower()
        if low in listed("stops") or (not words and low in listed("not_counted") - {"olika", "stycken", "st"}):
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
    if len(last) < 3 or last in listed("not_counted") or _GENITIVE.fullmatch(last):
        return None
    if _is_adjective(last):  # "tre korta och två långa möten": the noun stands elsewhere
        return None
    while len(words) > 1 and words[0][0].lower() in ("stycken", "st", "olika", "sammanlagt", "totalt"):
        words.pop(0)
    return " ".join(clean[words[0].start() : words[-1].end()].split()), words[-1].end()


def _is_adjective(word: str) -> bool:
    if word in listed("nouns") or _DEFINITE.fullmatch(word):
        return False
    return (
        word in listed("adjectives")
        or (word.endswith("a") and len(word) > 2)
        or _PARTICIPLE.fullmatch(word) is not None
    )


def _subject(clean: str, start: int, position: int) -> tuple[str, int] | None:
    match = share_of().search(clean[max(start, position - 80) : position])
    return (" ".join(match["noun"].split()), position) if match else None


def _unit(head: str) -> str:
    if head in listed("persons"):
        return "persons"
    unit = unit_of_words(f"antal {head}")
    return unit.code if unit else "count"
