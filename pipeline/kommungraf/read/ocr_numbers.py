"""Numbers that were taken for letters, where their place tells that they are numbers: looked at again, not guessed."""

from __future__ import annotations

import re

from kommungraf.read.ocr import Word
from kommungraf.read.ocr_second import Box, Sight, box_of, read_again

_COUNT = re.compile(r"\d{1,2}[.)]")
_LIKE_COUNT = re.compile(r"[^\W\d_]{1,2}[.)]")
_LETTERS = re.compile(r"[^\W\d_]{1,4}")
_FIGURES = re.compile(r"[-−–]?\d{1,3}(?: ?\d{3})*(?:,\d{1,2})?")
_DOUBTED = 0.5  # sureness
_BESIDE = 0.6  # ems: so near are the left edges of numbers that count lines, and the feet of one row


def with_numbers(words: list[Word], sight: Sight) -> list[Word]:
    """The words, with numbers in place of letters that count lines or stand among the numbers of a row.

    The English model, which reads figures better, must see a number there, and nothing else.
    """
    words = _with_counts_ended(words, sight.em)
    counts = [word for number, word in _firsts(words) if _COUNT.fullmatch(word.text)]
    doubted = {
        number: _COUNT
        for number, word in _firsts(words)
        if _LIKE_COUNT.fullmatch(word.text) and any(abs(word.x0 - one.x0) < _BESIDE * sight.em for one in counts)
    }
    for number, word in enumerate(words):
        if word.score < _DOUBTED and _LETTERS.fullmatch(word.text) and _among_numbers(word, words, sight.em):
            doubted.setdefault(number, _FIGURES)
    rows = [(box_of(words[n], sight.picture), _beside(words[n], words, sight)) for n in doubted]
    for (number, form), row, seen in zip(doubted.items(), rows, read_again(rows, sight, "eng"), strict=True):
        text = " ".join(word.text for word in seen if word.x0 < row[0].x1)
        if form.fullmatch(text):
            words[number] = words[number]._replace(text=text, score=min(word.score for word in seen))
    return words


def _beside(word: Word, words: list[Word], sight: Sight) -> Box | None:
    """The word that follows in the row."""
    level = [one for one in words if abs(one.baseline - word.baseline) < _BESIDE * sight.em and one.x0 > word.x1]
    return box_of(min(level, key=lambda one: one.x0), sight.picture) if level else None


def _firsts(words: list[Word]) -> list[tuple[int, Word]]:
    """The first words of lines, numbered."""
    return [(n, word) for n, word in enumerate(words) if n == 0 or words[n - 1].line != word.line]


def _among_numbers(word: Word, words: list[Word], em: float) -> bool:
    """Whether two numbers or more stand in a row with a word, and nothing in letters touches it."""
    level = [one for one in words if one is not word and abs(one.baseline - word.baseline) < _BESIDE * em]
    near = any(
        one.x0 - word.x1 < em and word.x0 - one.x1 < em and not any(c.isdigit() for c in one.text) for one in level
    )
    return not near and sum(one.text.strip("-−–").isdigit() for one in level) > 1


def _with_counts_ended(words: list[Word], em: float) -> list[Word]:
    """The words; a number that counts a line between two that end in a point ends in one, too."""
    firsts = _firsts(words)
    places = {
        int(word.text[:-1]): word.x0 for _, word in firsts if _COUNT.fullmatch(word.text) and word.text[-1] == "."
    }
    words = list(words)
    for number, word in firsts:
        if word.text.isdecimal() and len(word.text) < 3:
            beside = [places.get(int(word.text) - 1), places.get(int(word.text) + 1)]
            if all(x is not None and abs(x - word.x0) < em for x in beside):
                words[number] = word._replace(text=word.text + ".")
    return words
