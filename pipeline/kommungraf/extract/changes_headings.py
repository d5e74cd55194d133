"""Headings that are the name of a thing: a report often tells of a project under its bare name, ``### Stegen``.

A heading is a name where the file never prints it as common words (``### Utbildningar``, "tio utbildningar"), and
prints it with its capital inside a sentence, or has capitals within it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from kommungraf.extract.context import Context
from kommungraf.model.facts import FocusArea, GoverningBody, Municipality, Organization, Person, Region
from kommungraf.model.source import Span

_TITLE = re.compile(r"[A-ZÅÄÖ][\wåäö&-]+(?: [\wåäö&-]+){0,3}")
_FIRST = re.compile(r"(?<![\w-])[A-ZÅÄÖ][\wåäö&-]+")
_INSIDE = re.compile(r"[A-ZÅÄÖ]")
_BEFORE = re.compile(r"[a-zåäö,] ")  # what stands before a capital inside a sentence
_OTHERS = (Municipality, Region, Organization, GoverningBody, Person, FocusArea)
_SHORTEST = 4


class Headings:
    """The headings of a document that name a thing, found again in its text."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._by_word: dict[str, list[Span]] = defaultdict(list)
        self._names: dict[str, bool] = {}
        clean = ctx.text.clean
        for index in ctx.document.blocks:
            block = ctx.text.blocks[index]
            if block.kind == "heading" and (title := _TITLE.fullmatch(clean, block.start, block.end)) is not None:
                self._by_word[title.group().split()[0]].append(Span(block.start, block.end))

    def within(self, span: Span) -> Iterator[Span]:
        """Where a span prints the name of a heading, the longest one at each place."""
        clean = self._ctx.text.clean
        for first in _FIRST.finditer(clean, span.start, span.end):
            titles = {clean[title.start : title.end]: title for title in self._by_word.get(first.group(), ())}
            for text in sorted(titles, key=len, reverse=True):
                end = first.start() + len(text)
                whole = end <= span.end and clean.startswith(text, first.start()) and not clean[end : end + 1].isalnum()
                if whole and self._is_name(text, titles[text]):
                    yield Span(first.start(), end)
                    break

    def _is_name(self, text: str, title: Span) -> bool:
        if text not in self._names:
            self._names[text] = len(text) >= _SHORTEST and self._proper(text, title)
        return self._names[text]

    def _proper(self, text: str, title: Span) -> bool:
        clean = self._ctx.text.clean
        if any(self._ctx.within(kind, title) for kind in _OTHERS):
            return False
        if text.isupper() and " " in text:
            return False
        common = text.lower() if text.isupper() else text[0].lower() + text[1:]
        if any(_is_word(clean, place, common) for place in _places(clean, common)):
            return False
        if " " in text and _INSIDE.search(text, 1) is not None:
            return True
        return any(
            _is_word(clean, place, text) and _BEFORE.match(clean, max(0, place - 2)) for place in _places(clean, text)
        )


def _places(clean: str, text: str) -> Iterator[int]:
    place = clean.find(text)
    while place >= 0:
        yield place
        place = clean.find(text, place + len(text))


def _is_word(clean: str, place: int, text: str) -> bool:
    around = clean[max(0, place - 1) : place], clean[place + len(text) : place + len(text) + 1]
    return not any(letter.isalnum() or letter in ("-", "_") for letter in around)
