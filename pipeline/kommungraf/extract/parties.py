"""Parties: registered ones by name or abbreviation, local ones as printed. The evidence is the bare name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from kommungraf.extract.context import Context
from kommungraf.extract.places_context import contents
from kommungraf.model import iri
from kommungraf.model.facts import Party
from kommungraf.model.source import Span
from kommungraf.wordlists import toml

# "(S)", "(S, V, MP)", "(M och KD)", "(M/L)", "(S)(V)"; the letters are checked against the register afterwards.
_BRACKETS = re.compile(r"\(([A-ZÅÄÖ][\w!]{0,7}(?:\s*(?:,|/|\+|&|och|samt)\s*[A-ZÅÄÖ][\w!]{0,7})*)\)")
_ITEM = re.compile(r"[A-ZÅÄÖ][\w!]*")
# "Anna Andersson, KD" and "Anna Andersson KD" at the end of a line or cell: minutes that do without brackets.
_AFTER_NAME = re.compile(r"(?<![\w(/-])[A-ZÅÄÖ][A-Za-zÅÄÖ!]{0,3}(?=[ \u00a0]*(?:[\n\t,;)]|$))")
# The form field of a county administrative board's decision: "Parti: Dalens Bästa".
_FIELD = re.compile(r"(?:^|\n)[ \t]*Parti:?[ \t]+([A-ZÅÄÖ][\wÅÄÖåäö -]{2,40}?)[ \t]*(?=\n|$)")
# Minutes before about 2010 print them small: "Anna Andersson (s)", "Anna Andersson, kd, ordförande".
_SMALL = re.compile(r"(?<=[a-zåäöé])(?:\s\(|,\s?)(s|m|c|v|kd|mp|fp|sd|l|kds)(?=\)|,\s|[ \u00a0]*(?:\n|\t|$))")
_NAME_BEFORE = re.compile(
    r"(?:^|[\s(*])([A-ZÅÄÖÉ][\w'’-]+)[ \u00a0\n]+(?:[\w.'’-]+[ \u00a0]+)*?([A-ZÅÄÖÉ][\w'’-]+)[ \u00a0]*[,*]*\s*$"
)


class PartyEntry(NamedTuple):
    """A party of the register. ``abbreviation`` decides the IRI."""

    abbreviation: str
    name: str


@cache
def by_abbreviation() -> dict[str, PartyEntry]:
    """Abbreviations, former ones included, to parties (``FP`` is ``L``)."""
    found = {}
    for row in toml("extract", "parties.toml")["party"]:
        if not row.get("name_only"):
            for form in (row["abbreviation"], *row.get("former", ())):
                found[form] = PartyEntry(row["abbreviation"], row["name"])
    return found


@cache
def _names() -> list[tuple[re.Pattern[str], dict[str, PartyEntry]]]:
    """One pattern per first word, each with a literal prefix: quicker than one alternation over the whole text."""
    entries: dict[str, dict[str, PartyEntry]] = {}
    for row in toml("extract", "parties.toml")["party"]:
        for form in row["forms"]:
            folded = form.lower()
            entries.setdefault(folded.split()[0], {})[folded] = PartyEntry(row["abbreviation"], row["name"])
    return [(_form_pattern(first, list(forms)), forms) for first, forms in sorted(entries.items())]


def _form_pattern(first: str, forms: list[str]) -> re.Pattern[str]:
    rests = sorted((form[len(first) :] for form in forms), key=len, reverse=True)
    spaced = "|".join(r"\s+".join(map(re.escape, rest.split(" "))) for rest in rests)
    return re.compile(rf"{re.escape(first)}(?:{spaced})(?=(s?)(?![\w-]))")


@cache
def _local_name() -> re.Pattern[str]:
    """The name of a local party at the end of a string: capitalised words of which the last is a party word."""
    words = "|".join(map(re.escape, toml("extract", "parties.toml")["local"]["words"]))
    return re.compile(rf"(?<![\w-])(?:[A-ZÅÄÖ][\w-]+[ \u00a0]){{0,3}}[\wÅÄÖåäö]*(?:{words})(?=[ \u00a0]*$)")


def find_parties(ctx: Context) -> Iterator[Party]:
    """Every mention of a party in a logical document, in the order of the ways that they are printed."""
    text, offset = ctx.clean(Span(ctx.document.start, ctx.document.end)), ctx.document.start
    skip = contents(ctx)
    taken: set[int] = set()
    for party in _all(text, offset, ctx.document.publisher):
        span = party.evidence[0]
        if span.start not in taken and not any(part.start <= span.start < part.end for part in skip):
            taken.update(range(span.start, span.end))
            party.id = party.id or ctx.mention_id(Party, span)
            yield party


def _all(text: str, offset: int, scope: str | None) -> Iterator[Party]:
    brackets = list(_BRACKETS.finditer(text))
    local: dict[str, str] = {}
    yield from _named(text, offset)
    for match in brackets:
        if match[1] not in by_abbreviation():
            name = _local_name().search(text, max(0, match.start() - 60), match.start())
            if name is not None:
                local[match[1]] = " ".join(name.group().split())
                yield _local(local[match[1]], match[1], Span(name.start() + offset, name.end() + offset), scope)
    for match in _FIELD.finditer(text):
        field = " ".join(match[1].split())
        if not any(pattern.match(field.lower()) for pattern, _ in _names()) and field not in by_abbreviation():
            yield _local(field, "", Span(match.start(1) + offset, match.end(1) + offset), scope)
    yield from _bracketed(text, offset, brackets, local, scope)
    yield from _unbracketed(text, offset)
    for match in _SMALL.finditer(text):
        if _NAME_BEFORE.search(text, max(0, match.start() - 60), match.start()) is not None:
            entry = by_abbreviation()[match[1].upper()]
            yield _registered(entry, Span(match.start(1) + offset, match.end(1) + offset))


def _named(text: str, offset: int) -> Iterator[Party]:
    lowered = text.lower()
    if len(lowered) != len(text):  # a letter such as "İ" grows when lowered; then only the printed case counts
        lowered = text
    for pattern, entries in _names():
        for match in pattern.finditer(lowered):
            before = lowered[match.start() - 1] if match.start() else " "
            if not (before.isalnum() or before in "-_"):
                entry = entries[" ".join(match.group().split())]
                yield _registered(entry, Span(match.start() + offset, match.end(1) + offset))


def _bracketed(
    text: str, offset: int, brackets: list[re.Match[str]], local: dict[str, str], scope: str | None
) -> Iterator[Party]:
    known = by_abbreviation()
    blocks: dict[int, bool] = {}
    for match in brackets:  # what is a local party in one place is one after any name of the document
        if match[1] not in known and match[1] not in local and _is_local(text, match, blocks):
            local[match[1]] = match[1]
    for match in brackets:
        for item in _ITEM.finditer(match[1]):
            word = item.group()
            span = Span(match.start(1) + item.start() + offset, match.start(1) + item.end() + offset)
            if word in known:
                yield _registered(known[word], span)
            elif word in local:
                yield _local(local[word], word, span, scope)


def _is_local(text: str, match: re.Match[str], blocks: dict[int, bool]) -> bool:
    """An unknown abbreviation in brackets is a local party after a person's name, among other names with a party.

    The letters must not be those of the words before them: ``Individuell Plan (IP)`` defines an acronym.
    """
    name = _NAME_BEFORE.search(text, max(0, match.start() - 60), match.start())
    if name is None or not 2 <= len(match[1]) <= 6 or not _ITEM.fullmatch(match[1]):
        return False
    words = name.group().split()
    initials = {word.strip(",*(")[:1].upper() for word in words}
    if set(match[1].upper()) <= initials or any(
        word.strip(",").upper().startswith(match[1].upper()[:3]) for word in words
    ):
        return False
    start, end = text.rfind("\n\n", 0, match.start()) + 1, text.find("\n\n", match.end())
    if start not in blocks:
        block = text[start : end if end > 0 else None]
        others = [found[1] for found in _BRACKETS.finditer(block)]
        blocks[start] = any(other in by_abbreviation() for other in others)
    return blocks[start]


def _unbracketed(text: str, offset: int) -> Iterator[Party]:
    known = by_abbreviation()
    for match in _AFTER_NAME.finditer(text):
        start = match.start()
        spaced = text[start - 1 : start] in (" ", "\u00a0", ",") and text[start - 2 : start] != ". "
        if match.group() in known and spaced and _NAME_BEFORE.search(text, max(0, start - 60), start) is not None:
            yield _registered(known[match.group()], Span(start + offset, match.end() + offset))


def _registered(entry: PartyEntry, span: Span) -> Party:
    return Party(id=iri.party(entry.abbreviation), name=entry.name, abbreviation=entry.abbreviation, evidence=(span,))


def _local(name: str, abbreviation: str, span: Span, scope: str | None) -> Party:
    return Party(
        id="", name=name, abbreviation=abbreviation or None, evidence=(span,), hints={"local": True, "scope": scope}
    )
