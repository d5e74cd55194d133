"""The marks of list items: bullets, numbers and letters as a browser would print them."""

from __future__ import annotations

import re

from kommungraf.read.html_nodes import Node, Styles, children, classes

_STYLE = re.compile(
    r"list-style(?:-type)?\s*:\s*[^;]*?\b(none|disc|circle|square|decimal|(?:lower|upper)-\w+)", re.IGNORECASE
)
_TYPES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}
_BULLETS = {"disc": "•", "circle": "◦", "square": "▪"}
_BY_DEPTH = "•◦▪"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_MOST = 999
_GOOGLE_LEVEL = re.compile(r"lst-kix_\w+-(\d)$")


class ListMarks:
    """Counts the items of one list. ``depth`` is 1 for a list that stands in no other."""

    def __init__(self, node: Node, depth: int, styles: Styles) -> None:
        self.depth = depth + _google_level(node)
        self.ordered = node.tag == "ol"
        self.before, self.after = "", "."
        attributes = node.attrs
        style = _STYLE.search(styles.style(node))
        counter = next((styles.counters[name] for name in classes(node) if name in styles.counters), None)
        if counter and self.ordered:
            self.before, self.style, self.after = counter
        else:
            default = "decimal" if self.ordered else ""
            self.style = style[1].lower() if style else _by_type(attributes.sget("type") or "", default)
            if self.style == "none" and any("lst-kix" in name for name in classes(node)):
                self.style = default  # the page prints its own marks
        self.step = -1 if "reversed" in attributes else 1
        items = sum(child.tag == "li" for child in children(node)) if self.step < 0 else 1
        self.next = _number(attributes.get("start"), items)

    def mark(self, item: Node) -> str:
        """The mark of the next item, or nothing where it has none."""
        number = _number(item.attrs.get("value"), self.next)
        self.next = number + self.step
        if self.style == "none":
            return ""
        if self.style in _BULLETS:
            return _BULLETS[self.style]
        if not self.ordered and not self.style.startswith(("decimal", "lower", "upper")):
            return _BY_DEPTH[min(self.depth, len(_BY_DEPTH)) - 1]
        return f"{self.before}{_counted(number, self.style)}{self.after or '.'}"


def _by_type(value: str, default: str) -> str:
    return value if value in _BULLETS else _TYPES.get(value, default)


def _google_level(node: Node) -> int:
    """Google Docs writes lists beside each other and tells their depth in a class."""
    return next((int(match[1]) for name in classes(node) if (match := _GOOGLE_LEVEL.match(name))), 0)


def _number(value: str | None, default: int) -> int:
    value = (value or "").strip()
    return int(value) if re.fullmatch(r"-?\d{1,4}", value) else default


def _counted(number: int, style: str) -> str:
    if not 0 < number <= _MOST or style.startswith("decimal"):
        return str(number)
    text = _roman(number) if style.endswith("roman") else _letters(number)
    return text.upper() if style.startswith("upper") else text


def _letters(number: int) -> str:
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text
