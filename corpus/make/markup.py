"""The annotated source of a document: plain text with marks that say what a passage is.

A mark is ``{kind attribute key=value|text}`` and may hold other marks; a line ``@kind key="value"`` is a fact without a
passage of its own (``@doc``, ``@table`` …) and does not reach the document; ``@page`` alone is a page break.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from dataclasses import dataclass, field

_OPEN = re.compile(r"\{(\w+)((?:\s[^|{}]*)?)\|")
PAGE_BREAK = "\f"


@dataclass
class Mark:
    """A marked passage of the stripped text, or a directive (``start == end``) at the place where it stood."""

    kind: str
    start: int
    end: int
    value: str = ""
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Source:
    """One file of the corpus: its front matter, its text without marks, and the marks in the order of the text."""

    meta: dict[str, str]
    text: str
    marks: list[Mark]


def parse(raw: str) -> Source:
    """Read an annotated source. Raises ``ValueError`` for a mark that is not closed."""
    _, front, body = raw.split("+++\n", 2)
    marks: list[Mark] = []
    pieces: list[str] = []
    length = 0
    for line in body.strip("\n").split("\n"):
        if line.startswith("@") and line != "@page":
            kind, value, attributes = _words(line[1:])
            marks.append(Mark(kind, length, length, value, attributes))
            continue
        if line == "@page":
            stripped, found = PAGE_BREAK, []
        else:
            stripped, found = _strip(line)
        for mark in found:
            mark.start += length
            mark.end += length
        marks.extend(found)
        pieces.append(stripped + "\n")
        length += len(stripped) + 1
    marks.sort(key=lambda mark: (mark.start, -mark.end))
    return Source(tomllib.loads(front), "".join(pieces), marks)


def _strip(line: str) -> tuple[str, list[Mark]]:
    out, marks, open_marks, position = "", [], [], 0
    while position < len(line):
        opening = _OPEN.match(line, position)
        if opening:
            _, value, attributes = _words(f"{opening[1]} {opening[2]}")
            open_marks.append(Mark(opening[1], len(out), 0, value, attributes))
            position = opening.end()
        elif line[position] == "}":
            if not open_marks:
                raise ValueError(f"a mark closes that was not opened: {line}")
            mark = open_marks.pop()
            mark.end = len(out)
            marks.append(mark)
            position += 1
        else:
            out += line[position]
            position += 1
    if open_marks:
        raise ValueError(f"a mark is not closed on its line: {line}")
    return out, marks


def _words(line: str) -> tuple[str, str, dict[str, str]]:
    kind, *words = shlex.split(line)
    attributes = dict(word.split("=", 1) for word in words if "=" in word)
    return kind, " ".join(word for word in words if "=" not in word), attributes
