"""What the headings of a report are that no table names: areas, focus areas or sections, by what stands below them."""

from __future__ import annotations

from dataclasses import dataclass, field

from kommungraf.model.parts import Role
from kommungraf.segment.headings import Heading

WORK = {"goals": Role.GOALS, "activities": Role.ACTIVITIES, "results": Role.RESULTS}
"""The headings over what is planned and what was done."""


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
