"""The annotated source of a document: a TOML file whose ``text`` has marks that say what a passage is.

A mark is ``{kind attribute key=value|text}`` and may hold other marks; a line ``@kind key="value"`` is a fact without a
passage of its own (``@doc``, ``@table`` …) and does not reach the document; ``@page`` alone is a page break.
"""

from __future__ import annotations

import re
import shlex
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
    """One file of the corpus: what is said of it, its text without marks, and the marks in the order of the text."""

    meta: dict[str, str]
    text: str
    marks: list[Mark]


def parse(meta: dict[str, str]) -> Source:
    """Take the marks out of an annotated source. Raises ``ValueError`` for a mark that is not closed."""
    reader = _Reader()
    for line in meta["text"].strip("\n").split("\n"):
        if line == "@page":
            reader.text += PAGE_BREAK + "\n"
        elif line.startswith("@"):
            kind, value, attributes = _words(line[1:])
            reader.marks.append(Mark(kind, len(reader.text), len(reader.text), value, attributes))
        else:
            reader.read(line + "\n")
    if reader.open:
        raise ValueError(f"a mark is not closed: {reader.text[reader.open[-1].start :][:60]!r}")
    reader.marks.sort(key=lambda mark: (mark.start, -mark.end))
    return Source(meta, reader.text, reader.marks)


@dataclass
class _Reader:
    text: str = ""
    marks: list[Mark] = field(default_factory=list)
    open: list[Mark] = field(default_factory=list)

    def read(self, line: str) -> None:
        """Add a line without its marks; a mark may go on over the end of the line."""
        position = 0
        while position < len(line):
            opening = _OPEN.match(line, position)
            if opening:
                _, value, attributes = _words(f"{opening[1]} {opening[2]}")
                self.open.append(Mark(opening[1], len(self.text), 0, value, attributes))
                position = opening.end()
            elif line[position] == "}":
                mark = self.open.pop()
                mark.end = len(self.text)
                self.marks.append(mark)
                position += 1
            else:
                self.text += line[position]
                position += 1


def _words(line: str) -> tuple[str, str, dict[str, str]]:
    kind, *words = shlex.split(line)
    attributes = dict(word.split("=", 1) for word in words if "=" in word)
    return kind, " ".join(word for word in words if "=" not in word), attributes
