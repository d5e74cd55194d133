"""Elements of a web page: walking over them, their style, whether they are shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

Node = LexborNode

SILENT = frozenset(
    "script style template svg canvas input select textarea datalist audio video map meta link base head title".split()
)
"""Elements that never show text of their own."""

HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())

NOT_CONTENT = {
    "nav": "navigation",
    "aside": "aside",
    "dialog": "dialog",
    "noscript": "noscript",
    "iframe": "embedded",
    "object": "embedded",
    "embed": "embedded",
    "del": "deletion",
    "search": "tools",
}
"""Elements that are no content of their page, and what they are instead."""

_RULE = re.compile(r"([^{}]*)([{}])")
_CLASS = re.compile(r"[\w-]*\.([\w-]+)$")
_BEFORE = re.compile(r"\.([\w-]+)\s*>\s*li::?before$")
_COUNTER = re.compile(r"content:\s*(?:\"([^\"]{0,3})\"\s*)?counter\([\w-]+\s*,\s*([\w-]+)\s*\)\s*\"([^\"]{0,3})\"")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)", re.IGNORECASE)
_PLAIN = re.compile(r"font-weight\s*:\s*(?:normal|[1-5]00)", re.IGNORECASE)
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)


@dataclass(slots=True)
class Styles:
    """What a page's own style sheet says of its classes, as far as it tells how words are meant.

    ``said`` are the declarations of a class; ``counters`` how the items of a list of a class are numbered (before,
    style, after), as Google Docs writes lists.
    """

    said: dict[str, str] = field(default_factory=dict)
    counters: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, page: LexborHTMLParser) -> Styles:
        """The styles of a page. Rules for a medium (``@media``) are passed over."""
        styles = cls()
        for element in page.css("style"):
            for selector, declarations in _rules(element.text()):
                for one in selector.split(","):
                    styles._add(one.strip(), declarations)
        return styles

    def _add(self, selector: str, declarations: str) -> None:
        if match := _CLASS.match(selector):
            self.said[match[1]] = self.said.get(match[1], "") + ";" + declarations
        elif (match := _BEFORE.match(selector)) and (counter := _COUNTER.search(declarations)):
            self.counters[match[1]] = (counter[1] or "", counter[2], counter[3].rstrip())

    def style(self, node: Node) -> str:
        """All declarations for an element: those of its classes, then its own."""
        own = node.attrs.sget("style") or ""
        if not self.said:
            return own
        return ";".join([*(self.said[name] for name in classes(node) if name in self.said), own])

    def emphasis(self, node: Node, bold: bool, italic: bool) -> tuple[bool, bool]:
        """Whether the text of an element is bold and italic, inside text that is so or not."""
        tag = node.tag
        bold = bold or tag in ("b", "strong", "th")
        italic = italic or tag in ("i", "em", "cite", "dfn")
        style = self.style(node)
        if style:
            bold = (bold or bool(_BOLD.search(style))) and not _PLAIN.search(style)
            italic = italic or bool(_ITALIC.search(style))
        return bold, italic


def _rules(css: str) -> Iterator[tuple[str, str]]:
    depth, selector = 0, ""
    for text, brace in _RULE.findall(css):
        if brace == "{":
            if depth == 0:
                selector = text.rpartition(";")[2].strip()  # after an @import
            depth += 1
            continue
        if depth == 1 and not selector.startswith("@"):
            yield selector, text
        depth = max(0, depth - 1)


def classes(node: Node) -> list[str]:
    """The classes of an element."""
    return (node.attrs.sget("class") or "").split()


def role(node: Node) -> str:
    """An element's ARIA role, or nothing."""
    return (node.attrs.sget("role") or "").strip().lower()


def is_hidden(node: Node) -> bool:
    """Whether an element says that it is not shown (or, as icons do, not read out)."""
    attributes = node.attrs
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN.search(style))


def children(node: Node) -> Iterator[Node]:
    """The elements and texts right below an element."""
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def elements(node: Node) -> Iterator[Node]:
    """The elements right below an element."""
    return (child for child in children(node) if child.is_element_node)


def walk(root: Node, enters: Callable[[Node], bool] = lambda _: True) -> Iterator[tuple[Node, bool]]:
    """All nodes below an element and itself, each as it begins (true) and as it ends (false); however deep.

    An element into which ``enters`` does not want to go is passed over whole.
    """
    node, end = root, root.mem_id
    while True:
        entered = not node.is_element_node or enters(node)
        if entered:
            yield node, True
            if (child := node.first_child) is not None:
                node = child
                continue
            yield node, False
        while node.mem_id != end and node.next is None:
            parent = node.parent
            if parent is None:
                return
            node = parent
            yield node, False
        if node.mem_id == end or (following := node.next) is None:
            return
        node = following


def plain(node: Node) -> str:
    """The text below an element in one line."""
    return " ".join(node.text(separator=" ").split())
