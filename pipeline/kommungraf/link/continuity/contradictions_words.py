"""The words of sentences with numbers: telling stems, and what says that a number is planned, partial or compared."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from kommungraf.link.continuity.measures_words import stem
from kommungraf.text import fold
from kommungraf.wordlists import toml

_TOKEN = re.compile(r"[^\W\d_]+(?:[:-][^\W\d_]+)*")


@lru_cache(maxsize=1)
def _rules() -> dict[str, Any]:
    return toml("link", "contradictions.toml")


@lru_cache(maxsize=1)
def hedges() -> dict[str, str]:
    """How each hedge widens the number after it: about, just_above, above, just_below or below."""
    return {word: kind for kind, words in _rules()["hedges"].items() for word in words}


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """Stems of measures so common that they tell little."""
    return frozenset(_stem(word) for word in _rules()["words"]["common"])


@lru_cache(maxsize=10)
def listed(name: str) -> frozenset[str]:
    """A list of words as it stands in the data."""
    return frozenset(_rules()["words"][name])


@lru_cache(maxsize=10)
def pattern(name: str) -> re.Pattern[str]:
    """A pattern of the data, for folded text."""
    return re.compile(_rules()["patterns"][name])


@lru_cache(maxsize=20_000)
def stems(text: str) -> frozenset[str]:
    """The telling words of a text without their endings; of compounds with a hyphen each part."""
    tokens = _TOKEN.findall(fold(text))
    words = {part for token in tokens for part in (token.split("-") if "-" in token else (token,))}
    return frozenset(_stem(word) for word in words - listed("empty") if len(word) > 1)


def names_of(sentence: str) -> frozenset[str]:
    """The stems of the words of a sentence that have a capital, but for the first word."""
    _, _, rest = sentence.partition(" ")
    return stems(" ".join(token for token in _TOKEN.findall(rest) if token[0].isupper()))


@lru_cache(maxsize=20_000)
def head_of(measure: str) -> str:
    """The stem of the head noun of a measure: the last word of what is counted."""
    words = _TOKEN.findall(fold(measure))
    return _stem(words[-1]) if words else ""


@lru_cache(maxsize=1)
def _one_verb() -> dict[str, str]:
    return {form: verb for verb, forms in _rules()["forms"].items() for form in (verb, *forms)}


@lru_cache(maxsize=50_000)
def _stem(word: str) -> str:
    verb = _one_verb().get(word)
    if verb is not None:
        return stem(verb)
    return stem(word[:-1] if word.endswith("s") and len(word) > 5 else word)
