"""Where gold stands in the stored texts: quotes of PDF pages get a place, and marks around a span are left out."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from kommungraf.query.gold import Fact, Place


def place_quotes(facts: list[Fact], texts: Mapping[str, str]) -> list[Fact]:
    """Give a place to gold that quotes a page of a PDF: ``text``, ``page`` (from 1) and ``occurrence`` on it (from 1).

    Offsets into the text of a PDF belong to its reader, so gold for PDFs cannot state them. ``texts`` are the stored
    texts by file name, pages split by form feeds; a quote that is not there stays without a place and counts as missed.
    """
    pages: dict[tuple[str, int], list[int]] = defaultdict(list)
    for index, fact in enumerate(facts):
        if "page" in fact.attributes:
            pages[fact.file, int(fact.attributes["page"][0])].append(index)
    placed = list(facts)
    for (file, number), indexes in pages.items():
        places = _places([facts[index] for index in indexes], number, texts.get(file, ""))
        for index in indexes:
            fact = facts[index]
            kept = {key: value for key, value in fact.attributes.items() if key not in ("page", "occurrence")}
            place = places.get((fact.text, _occurrence(fact)))
            placed[index] = replace(fact, attributes=kept, places=(place,) if place else ())
    return placed


def _occurrence(fact: Fact) -> int:
    return int(next(iter(fact.attributes.get("occurrence", ())), "0"))


def _places(facts: list[Fact], number: int, text: str) -> dict[tuple[str, int], Place]:
    """Where the quotes of a page stand.

    Two readers may order the parts of a page differently (its running head first or last), which shifts counts. So
    where as many whole words are there as gold quotes, they are these in order; else the counted one is taken.
    """
    pages = text.split("\f")
    if not 1 <= number <= len(pages):
        return {}
    page, offset = pages[number - 1], sum(len(before) + 1 for before in pages[: number - 1])
    wanted: dict[str, set[int]] = defaultdict(set)
    for fact in facts:
        if fact.text and _occurrence(fact):
            wanted[fact.text].add(_occurrence(fact))
    places: dict[tuple[str, int], Place] = {}
    for quote, occurrences in wanted.items():
        found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, quote.split())), page)]
        whole = [span for span in found if _is_whole(page, *span)]
        for rank, occurrence in enumerate(sorted(occurrences)):
            span = whole[rank] if len(whole) == len(occurrences) else found[:occurrence][-1] if found else None
            if span:
                places[quote, occurrence] = Place(offset + span[0], offset + span[1])
    return places


def _is_whole(page: str, start: int, end: int) -> bool:
    around = page[max(0, start - 1) : start] + page[end : end + 1]
    return not any(character.isalnum() for character in around)


_BEFORE = re.compile(r"(?:[\s#*_>•–-]|<b>|<i>|<p>|(?:\d{1,3}|[a-zåäö])[.)](?=\s|\*))+")
_AFTER = re.compile(r"(?:[\s*_]|</b>|</i>|</p>)+$")


def without_marks(fact: Fact, text: str | None) -> Fact:
    """A fact whose places begin and end with words: marks of headings, list items and emphasis are no difference."""
    if text is None or not fact.places:
        return fact
    return replace(fact, places=tuple(_bare(place, text) for place in fact.places))


def _bare(place: Place, text: str) -> Place:
    before = _BEFORE.match(text, place.start)
    start = before.end() if before else place.start
    if place.end == place.start:
        return Place(start, start)
    after = _AFTER.search(text, max(start, place.end - 20), place.end)
    end = after.start() if after else place.end
    return Place(start, end) if start < end else place
