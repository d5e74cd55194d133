"""Whether letters are a language at all: fonts that name their letters wrongly give text that nobody wrote."""

from __future__ import annotations

import re

# The pairs of letters that are most common in Swedish, most of which are so in English, German and Finnish too.
_PAIRS = (
    "en er de an ar tt st et ng in om ör ll ra ti ig re ta nd at sk ge te le na rs sa är on is al or la me ri so es ha"
).split()
_ENOUGH = 200  # letters: fewer do not show what they are
_SAMPLE = 1200  # characters of a page that are looked at
_LEAST = 0.17  # common pairs for each letter: Swedish has 0.30 to 0.39, English 0.26, letters that are shifted 0.14
_SIGNS = re.compile(r"[^\w\s.,:;()/\"'%§–\-_…·•*+=&@!?”’<>|\[\]]|[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")


def is_garbled(text: str) -> bool:
    """Whether a page's text is no language: glyphs without a letter, signs in place of letters, or wrong letters.

    Symbols of lists and rows of dots are no signs of it; nor are names and figures, as long as they are not all.
    """
    sample = text.strip()[:_SAMPLE]
    signs = len(_SIGNS.findall(sample))
    if signs > 20 and signs > 0.3 * len(sample):
        return True
    lower = sample.lower()
    letters = sum(map(str.isalpha, lower))
    if letters < _ENOUGH:
        return False
    return sum(map(lower.count, _PAIRS)) < _LEAST * letters
