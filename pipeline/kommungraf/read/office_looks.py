"""How text looks in a word processor, and what the names of its styles say."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """How text looks: ``size`` in points, ``hidden``: not printed."""

    bold: bool = False
    italic: bool = False
    size: float = 10.0
    hidden: bool = False


# Word writes the English names of its own styles whatever its language; other programs and old conversions write the
# names that the user saw.
_NUMBERED = re.compile(r"(?:heading|rubrik|överskrift|overskrift|otsikko|überschrift) ?([1-9])\b")
_TITLE = re.compile(r"(?:title|titel|rubrik|dokumenttitel|dokumentrubrik)$")
_SUBTITLE = re.compile(r"(?:subtitle|underrubrik|undertitel)$")
_TITLED = re.compile(r"\w*rubrik(?:er|en)?\b|heading\b")
_CONTENTS = re.compile(
    r"(?:toc|contents|innehåll|innehållsförteckning) ?(?:[1-9]|heading)\b|toc heading|innehållsförteckningsrubrik"
)


def heading_of(name: str) -> int:
    """The level of heading that a style's name says, 0 for none."""
    name = name.strip().lower()
    if match := _NUMBERED.match(name):
        return int(match[1])
    return 1 if _TITLE.fullmatch(name) else 2 if _SUBTITLE.fullmatch(name) else 0


def is_titled(name: str) -> bool:
    """Whether a style's name calls it a heading ("Ärenderubrik") of no certain level."""
    return bool(_TITLED.match(name.strip().lower()))


def is_contents(name: str) -> bool:
    """Whether a style's name is that of a table of contents."""
    return bool(_CONTENTS.match(name.strip().lower()))
