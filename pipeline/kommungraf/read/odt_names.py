"""Names in the XML of OpenDocument, and how its attributes are read."""

from __future__ import annotations

import re

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_ODF}office:1.0}}"
TEXT = f"{{{_ODF}text:1.0}}"
STYLE = f"{{{_ODF}style:1.0}}"
TABLE = f"{{{_ODF}table:1.0}}"
DRAW = f"{{{_ODF}drawing:1.0}}"
META = f"{{{_ODF}meta:1.0}}"
SVG = f"{{{_ODF}svg-compatible:1.0}}"
FO = f"{{{_ODF}xsl-fo-compatible:1.0}}"
LIBREOFFICE = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

_LENGTH = re.compile(r"(\d{1,7}(?:\.\d{1,8})?)(pt|cm|mm|in|pc|px)")
_POINTS = {"pt": 1.0, "cm": 28.3465, "mm": 2.83465, "in": 72.0, "pc": 12.0, "px": 0.75}


def points(length: str | None) -> float | None:
    """A length in points, ``None`` for none and for a relative one."""
    match = _LENGTH.fullmatch(length or "")
    return float(match[1]) * _POINTS[match[2]] if match else None


def whole(text: str | None, default: int) -> int:
    """A whole number of a few digits."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 10 else default
