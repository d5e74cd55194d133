"""The numbers of an OpenDocument's lists and headings, counted as a program counts them when it shows the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kommungraf.read.odt_names import LIBREOFFICE, STYLE, TEXT, XML_ID, whole
from kommungraf.read.office_numbers import bullet, counted, plain

LEVELS = 10
_LONGEST = 100  # characters of a label
_PLACE = re.compile(r"%(\d{1,2})%")
_NUMBERED = frozenset({f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style"})
_BULLETS = frozenset({f"{TEXT}list-level-style-bullet", f"{TEXT}list-level-style-image"})


@dataclass(slots=True)
class Level:
    """How a level is numbered: its pattern with a place for the number of each level (``%1%.%2%``), or a bullet."""

    pattern: str = ""
    form: str = ""
    start: int = 1
    sign: str = ""


@dataclass(slots=True)
class Count:
    """How far a list has come at each level, and the levels of its style."""

    levels: dict[int, Level]
    numbers: list[int | None] = field(default_factory=lambda: [None] * (LEVELS + 1))

    def label(self, at: int, start: int | None = None) -> str:
        """The next number or bullet at a level (from 1); ``start``: what it is to be."""
        at = min(at, LEVELS)
        level = self.levels.get(at)
        before = self.numbers[at]
        first = level.start if level else 1
        self.numbers[at] = start if start is not None else first if before is None else before + 1
        self.numbers[at + 1 :] = [None] * (LEVELS - at)
        if level is None:
            return ""
        return level.sign or plain(_PLACE.sub(lambda place: self._at(int(place[1])), level.pattern)).strip()

    def _at(self, at: int) -> str:
        level = self.levels.get(at)
        if level is None or at > LEVELS:
            return ""
        if self.numbers[at] is None:
            self.numbers[at] = level.start
        return counted(self.numbers[at] or 0, level.form)


class Lists:
    """Counts the lists of a document, list after list as they stand in it; ``roots``: where its list styles are."""

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles: dict[str, dict[int, Level]] = {}
        self._by_id: dict[str, Count] = {}
        self._last: dict[str, Count] = {}
        self.headings = Count({})
        for root in roots:
            for element in root.iter(f"{TEXT}list-style"):
                self._styles.setdefault(element.get(f"{STYLE}name", ""), _levels(element))
            for element in root.iter(f"{TEXT}outline-style"):
                self.headings = Count(_levels(element))

    def begun(self, element: Element) -> Count:
        """The count of a list that is in no other: begun anew, or gone on with where the list says so."""
        style = element.get(f"{TEXT}style-name", "")
        before = self._by_id.get(element.get(f"{TEXT}continue-list", ""))
        if before is None and element.get(f"{TEXT}continue-numbering") == "true":
            before = self._last.get(style)
        count = before or Count(self._styles.get(style, {}))
        self._last[style] = count
        if identity := element.get(XML_ID):
            self._by_id[identity] = count
        return count

    def levels(self, style: str) -> dict[int, Level]:
        """The levels of a list style, none for one that is not there."""
        return self._styles.get(style, {})


def _levels(style: Element) -> dict[int, Level]:
    found = {whole(child.get(f"{TEXT}level"), 1): _level(child) for child in style if child.tag in _NUMBERED | _BULLETS}
    return {at: level for at, level in found.items() if 1 <= at <= LEVELS}


def _level(element: Element) -> Level:
    if element.tag in _BULLETS:
        return Level(sign=bullet(element.get(f"{TEXT}bullet-char", "")))
    form = element.get(f"{STYLE}num-format", "")
    pattern = element.get(f"{LIBREOFFICE}num-list-format")
    if pattern is None:
        at, shown = whole(element.get(f"{TEXT}level"), 1), whole(element.get(f"{TEXT}display-levels"), 1)
        places = range(max(1, at - shown + 1), min(at, LEVELS) + 1)
        numbers = ".".join(f"%{one}%" for one in places) if form else ""
        pattern = element.get(f"{STYLE}num-prefix", "") + numbers + element.get(f"{STYLE}num-suffix", "")
    return Level(pattern[:_LONGEST], form[:1], whole(element.get(f"{TEXT}start-value"), 1))
