"""Words of names and texts as the search index holds them, with where each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kommungraf.text import fold, snowball

_NUMBER = r"(?<!\d)(?:19|20)\d\d[-/:]\d{1,5}(?![-/:]?\d)"
"""A diary number (``2020/112``, ``2020-112``, ``2020:112``), and no date."""
_TOKEN = re.compile(rf"§+\s*\d+|{_NUMBER}|[^\W\d_]{{1,6}}(?={_NUMBER})|[^\W_]+")
_BARE = str.maketrans("åäö", "aao")
LONGEST = 60
"""A longer word is cut: nobody types it, and a text without spaces must not become one word of a megabyte."""


STOP = frozenset(
    "alla att av blev bli de dem den det detta diarienr diarienummer dnr dom då efter eller en enligt ett finns fick "
    "från få för gäller har hade hos hur i in inte kan man med men mer mot ni när och om oss på samt sedan sin ska som "
    "till under upp ur ut vad var varför vart vem vi vid vilka vilken vilket är över".split()
)
"""Words that say little: where others are searched for beside them, these need not be there."""


class Token(NamedTuple):
    """A word as the index holds it, and the offsets of what is printed."""

    word: str
    start: int
    end: int


def tokens(text: str) -> Iterator[Token]:
    """The words of a text: folded (å, ä and ö stay), ``§ 27`` as ``§27``, a diary number as ``2020/112``.

    The letters before a diary number are a word of their own, also where nothing stands between them.
    """
    for match in _TOKEN.finditer(text):
        yield Token(_normal(match.group()), match.start(), match.end())


def words(text: str) -> list[str]:
    """The words of :func:`tokens`."""
    return [_normal(printed) for printed in _TOKEN.findall(text)]


@lru_cache(maxsize=200_000)
def _normal(printed: str) -> str:
    if printed[0] == "§":
        return "§" + printed.lstrip("§").strip()
    if len(printed) > 5 and printed[4] in "-/:":
        return f"{printed[:4]}/{int(printed[5:])}"
    return fold(printed)[:LONGEST]


_YEAR = re.compile(r"(?:19|20)\d\d")


def is_year(word: str) -> bool:
    """Whether a word may be a year that something is of."""
    return _YEAR.fullmatch(word) is not None


def of_year(year: str) -> str:
    """The word that stands in the index for everything of a year, and that no text can have."""
    return f"/{year}"


def bare(word: str) -> str:
    """The word as it is typed on a keyboard without å, ä and ö."""
    return word.translate(_BARE)


def could_mean(typed: str, word: str) -> bool:
    """Whether ``typed`` (or what it begins) may be ``word`` typed without å, ä or ö; a typed å is an å."""
    return len(word) >= len(typed) and all(
        one == other or (one in "ao" and other in "åäö" and bare(other) == one)
        for one, other in zip(typed, word, strict=False)
    )


def stem(word: str) -> str:
    """The word without inflection, by Snowball's rules for Swedish. What has a digit is its own stem."""
    return snowball(word) if word.isalpha() else word


_DROPPED = re.compile(r"(?<=[bcdfghjkmpstv])e(?=[lrn]$)")
_KEPT = re.compile(r"(?<=[bcdfghjkmpstv])(?=[lrn]$)")


def stems(word: str) -> list[str]:
    """The stem of a word, and what it is in forms that lose or keep an e: *cykel* and *cyklar*, *åker* and *åkrar*."""
    root = stem(word)
    other = _DROPPED.sub("", root) if _DROPPED.search(root) else _KEPT.sub("e", root)
    return [root] if other == root else [root, other]
