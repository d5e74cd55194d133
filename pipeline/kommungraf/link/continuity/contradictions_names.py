"""One abbreviation explained in two ways by one publisher in one year: one word differs, and not only in its ending or
spelling. In another year the name may have changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations

from kommungraf.link.continuity.contradictions_said import Contradiction
from kommungraf.link.continuity.measures_words import stem
from kommungraf.link.resolution import Json, Resolution, Slice
from kommungraf.text import fold

_WORD = re.compile(r"[^\W\d_]+")
_SMALL = frozenset("och i för av på till med om vid inom från en ett den det de samt".split())
_ALIKE = 0.75
"""Two words more alike than this are one in two spellings."""


def names_in_two_forms(slices: list[Slice], resolution: Resolution) -> Iterator[Contradiction]:
    """Abbreviations whose long forms differ in one word that carries meaning."""
    told: dict[tuple[str, str], dict[tuple[str, ...], tuple[Slice, Json]]] = {}
    for piece in slices:
        publisher = resolution.iri(piece.head.get("publisher")) or piece.file
        for node in piece.of("Abbreviation"):
            forms = told.setdefault((publisher, node["abbreviation"]), {})
            forms.setdefault(_words(node["text"]), (piece, node))
    for (publisher, short), forms in told.items():
        for (words, (piece, one)), (others, (elsewhere, other)) in combinations(forms.items(), 2):
            if piece.year == elsewhere.year is not None and _differ_in_one(words, others):
                yield Contradiction(
                    one,
                    other,
                    publisher if publisher.startswith("organization/") else None,
                    f"{short} is “{one['text']}” in {_title(piece)}, but “{other['text']}” in {_title(elsewhere)}.",
                    "contradictions/name",
                    0.7,
                    "The abbreviation is the same, and all words of the two long forms but one.",
                )


def _words(text: str) -> tuple[str, ...]:
    return tuple(stem(word) for word in _WORD.findall(fold(text)) if word not in _SMALL)


def _differ_in_one(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    if len(words) != len(others) or len(words) < 3:
        return False
    apart = [(one, other) for one, other in zip(words, others, strict=True) if one != other]
    if len(apart) != 1:
        return False
    one, other = apart[0]
    return (
        not one.startswith(other) and not other.startswith(one) and SequenceMatcher(None, one, other).ratio() < _ALIKE
    )


def _title(piece: Slice) -> str:
    return str(piece.head.get("title") or piece.type)
