"""What the boxes of recognised words tell of their letters: size, thickness; and strays."""

from __future__ import annotations

import re
from collections import Counter
from statistics import median

import numpy as np

from kommungraf.read.ocr import Word
from kommungraf.read.ocr_picture import Ink

# Heights of letters above and below the line, in ems: the means of common fonts.
_RINGED, _TALL, _SHORT_TALL, _LOW, _BELOW = 0.92, 0.72, 0.62, 0.53, 0.21
_MARKED = re.compile(r"[ÅÄÖÉÜ]")
_HIGH = re.compile(r"[A-ZÅÄÖÉÜ0-9bdfhklåäöéüij(){}\[\]|/!?&§%]")
_DESCENDS = re.compile(r"[gjpqyQ,;()\[\]{}|§$/]")
_LETTERS = re.compile(r"\w")
_DOT = re.compile(r"[^\w\s]{1,2}|[eo]")  # what a round mark is taken for
_STRAY = re.compile(r"[^\w\s]+")
_SIGN = re.compile(r"[$&£€§]{1,2}")  # seen for a sign that the model does not have, and never quite believed
_DASHES = re.compile(r"[-–—]")
_SURE, _SURE_SIGN = 0.25, 0.5
_SHORT = 6  # letters: so few tell no baseline
_SPECK = 0.012  # inches


def is_stray(word: Word, dpi: float) -> bool:
    """Whether a word is a speck, a rest of a line or nothing that the recogniser believes in itself."""
    if word.score < _SURE:
        return True
    if not _STRAY.fullmatch(word.text) or _SIGN.fullmatch(word.text):
        return False
    speck = max(word.x1 - word.x0, word.y1 - word.y0) < _SPECK * dpi
    return speck or (word.score < _SURE_SIGN and not _DASHES.fullmatch(word.text)) or word.text.strip("|_~¦") == ""


def em_of(line: list[Word]) -> float:
    """The size of a line's font in pixels: the height of its words, by how far their letters reach up and down."""
    tall = [(_em(word), len(word.text)) for word in line if _HIGH.search(word.text)]
    sizes = tall or [(_em(word), len(word.text)) for word in line if _LETTERS.search(word.text)]
    if not sizes:
        return max(word.y1 - word.y0 for word in line) / _TALL
    return max(1.0, median([size for size, count in sizes for _ in range(count)]))


def _em(word: Word) -> float:
    up = _RINGED if _MARKED.search(word.text) else _TALL if _HIGH.search(word.text) else _LOW
    if up == _LOW and "t" in word.text:
        up = _SHORT_TALL
    return (word.y1 - word.y0) / (up + (_BELOW if _DESCENDS.search(word.text) else 0.0))


def on_their_feet(words: list[Word]) -> list[Word]:
    """The words; one whose line is too short for a baseline stands where its letters end, unless they reach below."""
    letters = Counter(word.line for word in words for _ in word.text)
    return [
        word._replace(baseline=word.y1)
        if letters[word.line] < _SHORT and word.text[:1].isalnum() and not _DESCENDS.search(word.text)
        else word
        for word in words
    ]


def stroke_of(line: list[Word], ink: Ink) -> float:
    """How thick the strokes of a line's letters are, in pixels: the usual length of dark runs along its rows."""
    lengths: list[int] = []
    for word in line:
        part = ink[int(word.y0) : int(word.y1) + 1, int(word.x0) : int(word.x1) + 1]
        apart = np.zeros((part.shape[0], part.shape[1] + 2), dtype=np.bool_)
        apart[:, 1:-1] = part
        edges = np.flatnonzero(apart.ravel()[1:] != apart.ravel()[:-1])
        lengths += (edges[1::2] - edges[::2]).tolist()
    if not lengths:
        return 0.0
    usual = median(lengths)
    return float(np.mean([length for length in lengths if 0.4 * usual <= length <= 1.8 * usual]))


def bullet(word: Word, em: float, baseline: float) -> str:
    """The first word of a line, or a bullet where it is only a small mark above the line."""
    above = baseline - word.y1 > 0.07 * em
    return "•" if above and may_be_bullet(word, em) else word.text


def may_be_bullet(word: Word, em: float) -> bool:
    """Whether a word is a small round mark, whatever sign it was taken for."""
    small = word.y1 - word.y0 < 0.45 * em and word.x1 - word.x0 < 0.5 * em
    return small and bool(_DOT.fullmatch(word.text)) and not _DASHES.fullmatch(word.text)
