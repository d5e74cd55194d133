"""What the headings of a report are that no table names: areas, focus areas or sections, by what stands below them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from kommungraf.model.parts import Role
from kommungraf.segment.headings import Heading, instructs
from kommungraf.segment.lines import Line

WORK = {"goals": Role.GOALS, "activities": Role.ACTIVITIES, "results": Role.RESULTS}
"""The headings over what is planned and what was done."""

# "Aktiviteter", "Nämndens uppdrag", "Mål": what a plan lists below such a heading a report answers there.
_ANSWERED = re.compile(r"(?:\w+ ){0,2}(?:uppdrag|insatser|projekt|aktiviteter)(?: \d{4})?")


@dataclass(slots=True)
class Node:
    """A heading that no table names: an area, a focus area or a section, by what it holds."""

    heading: Heading
    children: list[Node] = field(default_factory=list)
    holds: set[str] = field(default_factory=set)
    grouped: int = 0
    role: Role = Role.SECTION


def decide(node: Node) -> None:
    """An area holds focus areas, or goals and activities itself; what holds such areas is a section; so is all else."""
    for child in node.children:
        decide(child)
    plain = node.heading.named == "plain"
    working = [child for child in node.children if child.role is Role.AREA]
    deep = any(
        child.holds & {"focus", "group"} or any(one.role is Role.FOCUS for one in child.children) for child in working
    )
    if node.holds & {"focus", "group"} or (working and not deep and not plain):
        node.role = Role.AREA
        later = node.children[node.grouped :] if "group" in node.holds else []
        for child in node.children:
            if child in working or (child in later and child.heading.named != "plain"):
                child.role = Role.FOCUS
    elif not plain and not deep and (node.holds & set(WORK) or node.heading.named == "area"):
        node.role = Role.AREA


def report_what_was_done(roots: list[Node]) -> None:
    """A report that names neither goals nor results: below its areas each heading is over what was done."""
    for node in roots:
        leaves = [child for child in node.children if not child.children and not child.heading.named]
        if node.role is Role.SECTION and not node.heading.named and len(leaves) == len(node.children) > 1:
            node.role = Role.AREA
            for child in leaves:
                child.role = Role.RESULTS


def promote(siblings: list[Node]) -> None:
    """A chapter among areas that has chapters of its own is an area as well, although no goals stand in it."""
    for node in siblings:
        promote(node.children)
    if any(node.role is Role.AREA for node in siblings):
        for node in siblings:
            if (
                node.role is Role.SECTION
                and node.children
                and not node.heading.named
                and not any(child.role is Role.AREA for child in node.children)
            ):
                node.role = Role.AREA


def answering(found: list[Heading], lines: list[Line]) -> set[int]:
    """The lines of a report's headings ("Aktiviteter", "Mål", "Insatser") below which each heading is one of them, over
    how it went. A report that also says "Resultat" tells it there."""
    if any(heading.named == "results" for heading in found):
        return set()
    return {
        heading.at
        for heading, following in pairwise(found)
        if heading.named in ("activities", "goals") or _ANSWERED.fullmatch(lines[heading.at].key)
        if following.level > heading.level > 0 and not following.named
        if following.at == heading.at + 1 or (heading.named != "goals" and not _lists(lines[heading.at : following.at]))
    }


def _lists(lines: list[Line]) -> bool:
    return any(line.kind in ("item", "table") for line in lines)


def lists_activities(heading: Heading, lines: list[Line], end: int) -> bool:
    """Whether what follows a plan's "Uppdrag" or "Prioriterade uppdrag" is a list of what is to be done, and no focus
    areas."""
    items = [line for line in lines[heading.at + 1 : end] if line.kind == "item"]
    named = heading.named == "group" or bool(_ANSWERED.fullmatch(lines[heading.at].key))
    if not named or len(items) < 2 or lines[heading.at + 1].kind != "item":
        return False
    return 2 * sum(instructs(one.text) for one in items) > len(items)
