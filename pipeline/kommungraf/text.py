"""Pure helpers on Swedish strings: folding, slugs, the phonetic key of names, numbers as printed."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

import Stemmer

_SPACES = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^\w]+")
_DASHES = str.maketrans(
    {"‐": "-", "‑": "-", "–": "-", "—": "-", "−": "-", "’": "'", "´": "'", "\u00a0": " ", "\u00ad": ""}
)


def squeeze(text: str) -> str:
    """One line, single spaces, no soft hyphens: the text as one would type it."""
    return _SPACES.sub(" ", text.replace("\u00ad", "")).strip()


def cut(text: str, most: int) -> str:
    """The text, or where it has more than so many characters its first whole words and an ellipsis."""
    if len(text) <= most:
        return text
    return (text[:most].rpartition(" ")[0] or text[: most - 2]) + " …"


@cache
def _snowball() -> Any:
    return Stemmer.Stemmer("swedish")


def snowball(word: str) -> str:
    """The stem of a folded word, by Snowball's rules for Swedish."""
    return str(_snowball().stemWord(word))


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """A form in which spelling differences that never carry meaning are gone: case, spaces, dashes, composed letters.

    å, ä and ö are letters of their own in Swedish and stay; é, ü and the like lose their accents.
    """
    text = squeeze(unicodedata.normalize("NFC", text).translate(_DASHES)).casefold()
    return "".join(c if c in "åäö" or c.isascii() else unicodedata.normalize("NFD", c)[0] for c in text)


def slug(text: str) -> str:
    """The folded text as one path segment of an IRI: words joined by ``-``, å, ä and ö kept (an IRI may hold them)."""
    return _NOT_WORD.sub("-", fold(text)).strip("-_") or "-"


_LONGEST_NAME = 240


def visible(text: str) -> str:
    """One line, safe on a terminal and in a page: what could steer these is spelt out (``\\x1b``, ``\\u202e``).

    Control characters, marks that turn the direction of writing, characters that nobody sees, halves of characters.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\u00a0" else c.encode("unicode_escape").decode() for c in text)


def printable(name: str) -> str:
    """A name, :func:`visible`; one that is longer than any file system allows loses its middle."""
    name = visible(name)
    if len(name) > _LONGEST_NAME:
        half = _LONGEST_NAME // 2
        name = f"{name[:half]}…{name[-half:]}"
    return name


_PHONETIC = (
    (re.compile(r"(?<=[a-zåäö])(?:qv|kv|qu|kw)i(?:s|z)t$"), "kvist"),
    (re.compile(r"th"), "t"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"c(?=[eiyéäö])|z"), "s"),
    (re.compile(r"ck|cc|ch|c|q|g(?=s)"), "k"),  # Eric, Erik; Alexandersson, Alecsandersson
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"[fv]+(?=s)"), "v"),  # Gustafsson, Gustavsson, Olofsson, Olovsson
    (re.compile(r"ae"), "ä"),
    (re.compile(r"hj|gj|lj(?=u)|dj"), "j"),
    (re.compile(r"(?<=[aeiouyåäö])h(?=[lmnr])"), ""),  # Dahl, Dahlgren, Rehn, Ahlgren
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=[^aeiouyåäö])i(?=a)"), "i"),
)


@lru_cache(maxsize=200_000)
def phonetic(name: str) -> str:
    """A key that is equal for spellings of one Swedish name: w/v, th/t, -qvist/-kvist, f/v before s, c/k, doubles.

    Larsson and Karlsson differ, Ewa and Eva do not. Words keep their order and are joined by a space.
    """
    words = []
    for word in _NOT_WORD.sub(" ", fold(name)).split():
        before = ""
        while word != before:  # a rule may make a place for an earlier one: the key of a key is itself
            before = word
            for pattern, by in _PHONETIC:
                word = pattern.sub(by, word)
        words.append(word)
    return " ".join(words)


_NUMBER = re.compile(r"[-−–]?\s?\d{1,3}(?:[ \u00a0\u202f.]\d{3})+(?:,\d+)?|[-−–]?\s?\d+(?:,\d+|\.\d{1,2}(?!\d))?")


def parse_number(text: str) -> Decimal | None:
    """A number as Swedish documents print it (``1 234 567``, ``-1 234``, ``12,5``, ``1.234``, ``(12)``), or ``None``.

    Thousands are split by spaces or points, decimals by a comma; a minus is a hyphen, a dash, a minus sign or brackets.
    """
    text = text.strip().strip("*").strip()
    brackets = text.startswith("(") and text.endswith(")")
    body = text[1:-1].strip() if brackets else text
    if not _NUMBER.fullmatch(body):
        return None
    negative = brackets or body[0] in "-−–"
    digits = re.sub(r"[\s\u00a0\u202f−–-]", "", body)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?", digits):
        digits = digits.replace(".", "")
    value = Decimal(digits.replace(",", "."))
    return -value if negative else value


def ranges(numbers: list[int]) -> str:
    """``1, 3-5, 9`` for ``[1, 3, 4, 5, 9]``."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}" for part in parts)
