"""How many words stand in each element of a web page, and how many of them are links."""

from __future__ import annotations

from typing import NamedTuple

from kommungraf.read.html_nodes import HEADINGS, NOT_CONTENT, SILENT, Node, walk


class Weight(NamedTuple):
    """The words of an element, and how many of them are links; whether it holds a main heading or a thing to press."""

    words: int = 0
    linked: int = 0
    links: int = 0
    controls: int = 0
    headings: int = 0

    @property
    def prose(self) -> int:
        """Words that are no links."""
        return self.words - self.linked

    def plus(self, other: Weight) -> Weight:
        """Both together."""
        return Weight(*(mine + theirs for mine, theirs in zip(self, other, strict=True)))


def weigh(body: Node) -> dict[int, Weight]:
    """The weight of every element that is shown."""
    weights: dict[int, Weight] = {}
    open_: list[Weight] = []
    links = 0

    def enters(node: Node) -> bool:
        return node.tag not in SILENT and node.tag not in NOT_CONTENT

    for node, begins in walk(body, enters):
        if not node.is_element_node:
            if begins and node.is_text_node:
                count = len((node.text_content or "").split())
                open_[-1] = open_[-1].plus(Weight(count, count if links else 0))
            continue
        tag = node.tag
        links += (1 if begins else -1) if tag == "a" else 0
        if begins:
            open_.append(Weight(0, 0, tag == "a", _has_control(node), tag in HEADINGS))
        else:
            weights[node.mem_id] = weight = open_.pop()
            if open_:
                open_[-1] = open_[-1].plus(weight)
    return weights


def _has_control(node: Node) -> bool:
    return node.tag in ("button", "form")
