"""What a recogniser of letters takes for what: the shape of a word, and how many confusions part two words."""

from __future__ import annotations

import re
from functools import lru_cache

# What is seen for what: a ring or dots are lost, never won; strokes without a foot are alike; r and n grow together.
_ALIKE = str.maketrans("åäàö0éèceü5869gq1i|!jtfßz", "aaaooeeeeusbbggglllllllb2")
_JOINED = re.compile(r"rn|ln|in")
_TWO_STROKES = re.compile(r"ll")
_DOUBLE = re.compile(r"(.)\1+")
_TWINS = ("gq",)  # of two letters that look alike the first is lost; doubled ones sound the same without it
_GROWN = (
    ("rn", "m"), ("in", "m"), ("ln", "m"), ("m", "rn"), ("ii", "u"), ("ll", "u"), ("li", "h"), ("cl", "d"), ("d", "cl"),
)  # fmt: skip
NEVER = 9
"""More confusions than any word has."""
_MARKS = {"a": "åäà", "o": "ö", "e": "éèc", "u": "ü", "c": "e"}
_LIKE = {
    "0": "oO", "1": "lIi", "5": "sS", "8": "BS", "6": "bG", "9": "gq", "q": "g", "g": "q", "|": "lIi", "!": "lIi",
    "ä": "å", "å": "ä", "l": "iI1tj", "i": "lj", "I": "l", "j": "i", "t": "lf", "f": "t", "2": "zZ", "ß": "B",
}  # fmt: skip


@lru_cache(maxsize=50_000)
def shape(word: str) -> str:
    """The same for words that recognition may take for each other."""
    return _TWO_STROKES.sub("u", _JOINED.sub("m", word.casefold()).translate(_ALIKE)).replace("m", "lu")


@lru_cache(maxsize=50_000)
def look(word: str) -> str:
    """Coarser than :func:`shape`: the same also where one of two like letters was lost."""
    return _DOUBLE.sub(r"\1", shape(word.casefold().replace("cl", "d")).replace("u", "l"))


def is_near(seen: str, term: str) -> bool:
    """Whether what was seen can be a term: at most two letters were confused, and those are confused usually.

    Marks over letters are lost, never won: ``Vara`` may be seen for ``Våra``, not the other way round.
    """
    cost = confusions(seen, term)
    return 0 < cost <= (1 if len(seen) < 6 else 2)


def confusions(seen: str, term: str) -> int:
    """How many confusions make a term what was seen; :data:`NEVER` where others than the usual ones are needed."""
    if not seen and not term:
        return 0
    costs = [NEVER]
    if seen and term:
        a, b = seen[0], term[0]
        low, wanted = a.casefold(), b.casefold()
        if low == wanted:
            return confusions(seen[1:], term[1:])
        if b in _LIKE.get(a, "") or wanted in _LIKE.get(low, "") or wanted in _MARKS.get(low, ""):
            costs.append(1 + confusions(seen[1:], term[1:]))
        if term[:2].casefold() in _TWINS:
            costs.append(1 + confusions(seen, term[1:]))
    for two, one in _GROWN:
        if seen.startswith(two) and term.casefold().startswith(one):
            costs.append(1 + confusions(seen[len(two) :], term[len(one) :]))
    return min(costs)
