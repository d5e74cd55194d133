"""The numbers of a Word document's lists, counted as Word counts them: the file says only which list and level."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from kommungraf.read.docx_names import W, number, switch, value, whole
from kommungraf.read.office_numbers import bullet, counted, plain

_FORMS = {
    "decimal": "1", "decimalZero": "01", "lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I",
    "none": "",
}  # fmt: skip
_PLACE = re.compile(r"%([1-9])")
LEVELS = 9
_LONGEST = 100  # characters of a label


@dataclass(slots=True)
class Level:
    """How a level of a list is numbered. ``restart``: the level (from 1) that sets it back; 0 none, ``None`` any."""

    form: str = "1"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False  # all numbers in digits
    style: str | None = None
    is_bullet: bool = False


@dataclass(slots=True)
class _List:
    """A ``w:num``: its pattern, the levels that it has for itself, and where its numbers begin anew."""

    pattern: str
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts as it is asked, paragraph after paragraph. ``root`` is ``numbering.xml``, ``None`` for none."""

    def __init__(self, root: Element | None) -> None:
        self._patterns: dict[str, dict[int, Level]] = {}
        self._lists: dict[int, _List] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[tuple[int, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        by_style: dict[str, str] = {}
        linked: dict[str, str] = {}
        for element in root.iter(f"{W}abstractNum"):
            identity = element.get(f"{W}abstractNumId", "")
            self._patterns[identity] = {at: level for child in element.iter(f"{W}lvl") for at, level in _level(child)}
            if name := value(element, "styleLink"):
                by_style[name] = identity
            if name := value(element, "numStyleLink"):
                linked[identity] = name
        for element in root.iter(f"{W}num"):
            identity_of_list = whole(element.get(f"{W}numId"))
            if identity_of_list is None:
                continue
            pattern = value(element, "abstractNumId") or ""
            pattern = by_style.get(linked.get(pattern, ""), pattern)
            self._lists[identity_of_list] = _own(_List(pattern), element)

    def level_of_style(self, identity: int, style: str) -> int:
        """The level of a list that belongs to a paragraph style, the first where none does."""
        one = self._lists.get(identity)
        levels = self._patterns.get(one.pattern, {}) if one else {}
        return next((at for at, level in levels.items() if level.style == style), 0)

    def label(self, identity: int, at: int) -> str:
        """The next number or bullet of a list at a level (from 0); empty for a list that numbers nothing."""
        one = self._lists.get(identity)
        if one is None or not 0 <= at < LEVELS:
            return ""
        levels = {**self._patterns.get(one.pattern, {}), **one.levels}
        level = levels.get(at)
        if level is None:
            return ""
        counts = self._counts.setdefault(one.pattern, [None] * LEVELS)
        self._count(identity, one, levels, counts, at)
        if level.is_bullet:
            return bullet(level.text)
        return plain(_PLACE.sub(lambda place: _at(levels, counts, int(place[1]) - 1, level.legal), level.text)).strip()

    def _count(self, identity: int, one: _List, levels: dict[int, Level], counts: list[int | None], at: int) -> None:
        """One more at a level; the levels below begin anew, and those above have begun."""
        before = counts[at]
        if at in one.starts and (identity, at) not in self._begun:
            counts[at] = one.starts[at]
        else:
            counts[at] = one.starts.get(at, levels[at].start) if before is None else before + 1
        self._begun.add((identity, at))
        for above in range(at):
            if counts[above] is None:
                counts[above] = one.starts.get(above, levels[above].start if above in levels else 1)
        for below in range(at + 1, LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or at < restart:
                counts[below] = None


def _at(levels: dict[int, Level], counts: list[int | None], at: int, legal: bool) -> str:
    level = levels.get(at, Level())
    return counted(counts[at] or 0, "1" if legal and level.form else level.form)


def _own(one: _List, element: Element) -> _List:
    for override in element.iter(f"{W}lvlOverride"):
        at, start = whole(override.get(f"{W}ilvl")), number(override, "startOverride")
        if at is not None and start is not None:
            one.starts[at] = start
        one.levels |= {at: level for child in override.iter(f"{W}lvl") for at, level in _level(child)}
    return one


def _level(element: Element) -> list[tuple[int, Level]]:
    at = whole(element.get(f"{W}ilvl"))
    if at is None or not 0 <= at < LEVELS:
        return []
    form = value(element, "numFmt") or "decimal"
    start = number(element, "start")
    level = Level(
        _FORMS.get(form, "1"),
        (value(element, "lvlText") or "")[:_LONGEST],
        start or 0,  # the standard: none said is 0
        number(element, "lvlRestart"),
        bool(switch(element, "isLgl")),
        value(element, "pStyle"),
        form == "bullet" or element.find(f"{W}lvlPicBulletId") is not None,
    )
    return [(at, level)]
