"""From marks at lines to a tree of parts: a part runs from its mark to the next mark that is not deeper."""

from __future__ import annotations

from dataclasses import dataclass

from kommungraf.model.parts import Part, Role
from kommungraf.model.source import Span
from kommungraf.segment.lines import Line


@dataclass(slots=True)
class Mark:
    """At this line a part of this role and depth begins; before the line ``stop`` it ends at the latest."""

    at: int
    role: Role
    depth: int
    title: str = ""
    span: Span | None = None
    number: int | None = None
    stop: int | None = None


def build(lines: list[Line], marks: list[Mark], before: Role) -> list[Part]:
    """The parts of some lines, none left out: those before the first mark become a part of the role ``before``."""
    if not lines:
        return []
    if not marks or marks[0].at > 0:
        marks = [Mark(0, before, min((mark.depth for mark in marks), default=0)), *marks]
    parts: list[Part] = []
    open_parts: list[tuple[Mark, Part]] = []
    for mark in marks:
        while open_parts and open_parts[-1][0].depth >= mark.depth:
            _close(*open_parts.pop(), lines, mark.at)
        line = lines[mark.at]
        part = Part(
            mark.role, line.start, line.end, range(line.block, line.block + 1), mark.title, mark.span, mark.number
        )
        (open_parts[-1][1].children if open_parts else parts).append(part)
        open_parts.append((mark, part))
    for mark, part in open_parts:
        _close(mark, part, lines, len(lines))
    return parts


def _close(mark: Mark, part: Part, lines: list[Line], end: int) -> None:
    """Let a part end before the line ``end``, at the latest."""
    last = lines[max(min(end, mark.stop or end) - 1, mark.at)]
    part.end = last.end
    part.blocks = range(part.blocks.start, last.block + 1)
