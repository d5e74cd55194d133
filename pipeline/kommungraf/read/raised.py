"""Raised figures: the marks of notes after a word, and the figures of square and cubic metres."""

from __future__ import annotations

import re

# A figure right after a word or its stop; "K3" and "covid19" look so too, and only their size tells.
RAISED = re.compile(r"(?<=[^\W\d_][.,;:)\"”]|.[^\W\d_])\d{1,2}(?![\w])|^\d{1,2}(?=[^\W\d_]| [^\W\d_])")
JOINER = "\u2060"  # before the mark of a note: it is no part of the word
_UNIT = re.compile(r"(?<![^\W_])[ckmd]?m$")
_FIGURES = str.maketrans("0123456789", "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079")
SMALLER = 0.8  # times the size of the letter before it


def raised(word: str, figures: str) -> str:
    """Figures that are printed small and high after a word, written so; the mark of a note is set apart."""
    written = figures.translate(_FIGURES)
    return written if figures in {"2", "3"} and _UNIT.search(word) else JOINER + written
