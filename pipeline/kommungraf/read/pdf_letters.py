"""Letters that a PDF holds in parts: accents drawn over their letters, and the letters of a title set apart."""

from __future__ import annotations

import re
import unicodedata

SPACED = re.compile(r"(?:[^\W\d_] +){4,}[^\W\d_](?!\S)")
"""Five single letters or more: a title may be printed so, or parties listed."""
# Old TeX prints the dots or the ring first, as a sign of its own, and the letter under it.
_ACCENT = re.compile("([\u00a8\u02da]) ?([AOUaou])")
_COMBINING = {"\u00a8": "\u0308", "\u02da": "\u030a"}
_VOWELS = re.compile(r"[aeiouyåäö]", re.IGNORECASE)
_FEWEST_VOWELS = 0.2  # of the letters of a word


def composed(text: str) -> str:
    """The text with each letter and its accent as one character."""
    if "\u00a8" in text or "\u02da" in text:
        text = _ACCENT.sub(_over, text)
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _over(match: re.Match[str]) -> str:
    accent, letter = match.groups()
    if accent == "\u02da" and letter not in "Aa":
        return match[0]
    return unicodedata.normalize("NFC", letter + _COMBINING[accent])


def has_vowels(letters: str) -> bool:
    """Whether letters can be words, and are no list of signs (``S M C V L``)."""
    return len(_VOWELS.findall(letters)) >= _FEWEST_VOWELS * len(letters)
