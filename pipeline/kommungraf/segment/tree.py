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
    open_parts: list[tuple[int, Part]] = []
    for index, mark in enumerate(marks):
        last = next((one.at for one in marks[index + 1 :] if one.depth <= mark.depth), len(lines)) - 1
        if mark.stop is not None:
            last = min(last, mark.stop - 1)
        first_line, last_line = lines[mark.at], lines[max(last, mark.at)]
        part = Part(
            mark.role, first_line.start, last_line.end, range(first_line.block, last_line.block + 1),
            mark.title, mark.span, mark.number,
        )  # fmt: skip
        while open_parts and open_parts[-1][0] >= mark.depth:
            open_parts.pop()
        (open_parts[-1][1].children if open_parts else parts).append(part)
        open_parts.append((mark.depth, part))
    return parts
