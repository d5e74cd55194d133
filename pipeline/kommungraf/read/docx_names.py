"""Names in Word's XML, and how its attributes are read."""

from __future__ import annotations

from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
V = "{urn:schemas-microsoft-com:vml}"
VAL = f"{W}val"

# The strict form of the standard has namespaces of its own for the same names.
STRICT = tuple(
    (b"http://purl.oclc.org/ooxml/" + strict, b"http://schemas.openxmlformats.org/" + usual)
    for strict, usual in (
        (b"wordprocessingml/main", b"wordprocessingml/2006/main"),
        (b"officeDocument/relationships", b"officeDocument/2006/relationships"),
        (b"officeDocument/math", b"officeDocument/2006/math"),
        (b"drawingml/main", b"drawingml/2006/main"),
        (b"drawingml/wordprocessingDrawing", b"drawingml/2006/wordprocessingDrawing"),
    )
)
_OFF = frozenset({"0", "false", "off", "none"})


def value(parent: Element | None, name: str) -> str | None:
    """The ``w:val`` of a child, ``None`` where there is no such child or value."""
    child = parent.find(W + name) if parent is not None else None
    return child.get(VAL) if child is not None else None


def number(parent: Element | None, name: str) -> int | None:
    """The ``w:val`` of a child as a whole number; ``None`` for none, and for what is no number."""
    return whole(value(parent, name))


def whole(text: str | None) -> int | None:
    """A whole number of a few digits, or ``None``."""
    return int(text) if text and len(text) < 10 and text.lstrip("-").isdecimal() and text.isascii() else None


def switch(parent: Element | None, name: str) -> bool | None:
    """Whether a property is on (``<w:b/>``) or off (``<w:b w:val="0"/>``); ``None`` where nothing is said."""
    child = parent.find(W + name) if parent is not None else None
    return None if child is None else child.get(VAL, "1").lower() not in _OFF
