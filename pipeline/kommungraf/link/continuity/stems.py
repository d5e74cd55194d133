"""Snowball's stemmer for Swedish (https://snowballstem.org/algorithms/swedish/stemmer.html), written for speed.

The library that is made from its description takes several times as long, and longer to load than to use.
"""

from __future__ import annotations

import re

_V = "aeiouyäåö"
_REGION = re.compile(f"[^{_V}]*[{_V}]+[^{_V}]")
_SUFFIXES = frozenset(
    "a arna erna heterna orna ad e ade ande arne are aste en anden aren heten ern ar er heter or s as arnas ernas "
    "ornas es ades andes ens arens hetens erns at et andet het ast".split()
)
_LONGEST = 7
_BEFORE_S, _BEFORE_OST = frozenset("bcdfghjklmnoprtvy"), frozenset("iklnprtuv")
# "-et" is no ending of these: bageriet, kommunitet.
_KEEPS_ET = tuple("fab h pak rak stak kom iet cit dit alit ilit mit nit pit rit sit tit uit ivit kvit xit".split())
_PAIRS = frozenset("dd gd nn dt gt kt tt".split())


def snowball(word: str) -> str:
    """The stem of a word in lower case, by Snowball's rules."""
    match = _REGION.match(word) if len(word) > 2 else None
    if match is None:
        return word
    region = max(3, match.end())
    word = _without_ending(word, region)
    if len(word) - 2 >= region and word[-2:] in _PAIRS:
        word = word[:-1]
    tail = word[region:]
    if tail.endswith(("lig", "els")):
        return word[:-3]
    if tail.endswith("ig"):
        return word[:-2]
    if tail.endswith("fullt") or (tail.endswith("öst") and word[-4] in _BEFORE_OST):
        return word[:-1]
    return word


def _without_ending(word: str, region: int) -> str:
    for length in range(min(_LONGEST, len(word) - region), 0, -1):
        ending = word[-length:]
        if ending not in _SUFFIXES:
            continue
        if ending == "et":
            return word[:-2] if _may_have_et(word[:-2]) else word
        if ending != "s":
            return word[:-length]
        if word.endswith("ets") and _may_have_et(word[:-3]):
            return word[:-3]
        return word[:-1] if word[-2] in _BEFORE_S else word
    return word


def _may_have_et(root: str) -> bool:
    """Whether "-et" may be the article: after a vowel and one consonant, and not in words that end so."""
    return len(root) > 2 and root[-1] not in _V and root[-2] in _V and not root.endswith(_KEEPS_ET)
