"""A second look at a page: ink that the recogniser passed over, and signs that its Swedish model does not have.

What is looked at again is pasted together, row under row, each beside a word that stands next to it: alone in a wide
white space, a short piece such as ``1.`` is passed over again.
"""

from __future__ import annotations

import re
from statistics import median
from typing import NamedTuple

import numpy as np

from kommungraf.read import ocr
from kommungraf.read.ocr import Word
from kommungraf.read.ocr_letters import em_of
from kommungraf.read.ocr_picture import Grey, Ink, regions

_OWN = "§%@*"  # what the Swedish model has no sign for
_STAND_IN = re.compile(
    r"\(\d\d\)|[$&£€8SB356]{1,2}[.,]?|[$&£€8S5§]{1,2}\d{1,4}[.,;:]?"
    r"|\W*\d*[,.]?\d*(?:96|9o|90|Y[o0O]|V[o0O]|0[o0]|[o0Y]/[o0]|Z)[.,;:)]*"
)
_TAKEN = re.compile(r"\(?(?:§{1,2}|§{1,2}\d{1,4}|\d*[,.]?\d*%|\*+)[.,;:)]*")
_LEAST, _WIDEST, _TALLEST = 0.15, 10.0, 1.5  # ems: smaller is a speck, larger a drawing
_MOST_PIECES = 150  # more is a picture, or noise
_SURE = 0.3
_FEW = 2  # letters
_ROOM = 1.5  # ems: a dot that begins a line has so much room before it
_POINT = 0.07  # ems: the side of the smallest point
_ROUND = 0.6  # of its box: so full is a round mark


class Sight(NamedTuple):
    """A picture that is looked at again, its ink and resolution, the size of its letters, and until when."""

    picture: Grey
    ink: Ink
    dpi: float
    em: float
    until: float


class Box(NamedTuple):
    """A part of a picture in pixels; ends excluded."""

    x0: int
    y0: int
    x1: int
    y1: int


def sight_of(words: list[Word], picture: Grey, ink: Ink, dpi: float, until: float) -> Sight | None:
    """The picture for a second look; none where there are no letters that tell their size."""
    sizes = [em_of([word]) for word in words if any(c.isalpha() for c in word.text)]
    return Sight(picture, ink, dpi, median(sizes), until) if sizes else None


def looked_again(words: list[Word], sight: Sight) -> list[Word]:
    """The words with what a second look changes and adds."""
    ink, em = sight.ink, sight.em
    words = [_as_bullet(word, words, number, ink, em) for number, word in enumerate(words)]
    words = [_with_point(word, words, number, ink, em) for number, word in enumerate(words)]
    return _with_passed_over(_with_signs(words, sight), sight)


def _as_bullet(word: Word, words: list[Word], number: int, ink: Ink, em: float) -> Word:
    """The word, a bullet where it begins a line and is a dot: alone, a dot is taken for any letters."""
    first = number == 0 or words[number - 1].line != word.line
    dot = first and len(word.text) <= _FEW and _is_round(Box(*(round(value) for value in word[1:5])), ink, em)
    return word._replace(text="•", score=max(word.score, _SURE)) if dot else word


def _with_point(word: Word, words: list[Word], number: int, ink: Ink, em: float) -> Word:
    """A number that begins a line, or the last word of one, with the point behind it that was passed over."""
    first = number == 0 or words[number - 1].line != word.line
    last = number + 1 == len(words) or words[number + 1].line != word.line
    if not ((first and word.text.isdigit()) or (last and word.text[-1].isalnum())):
        return word
    x0, x1 = round(word.x1 + 0.04 * em), round(word.x1 + 0.4 * em)
    foot, line = round(word.baseline - 0.25 * em), round(word.baseline + 0.08 * em)
    dot, above = ink[max(0, foot) : line, x0:x1], ink[max(0, round(word.baseline - 0.9 * em)) : max(0, foot), x0:x1]
    below = ink[line : round(word.baseline + 0.3 * em), x0:x1]
    if dot.sum() >= (_POINT * em) ** 2 and not above.any() and not below.any() and not dot[:, -1].any():
        return word._replace(text=word.text + ".", x1=float(word.x1 + 0.25 * em))
    return word


def _with_signs(words: list[Word], sight: Sight) -> list[Word]:
    """The words, those that may hold a sign which only the English model knows read by that one.

    Only what consists of such signs and digits is taken from it.
    """
    doubtful = [number for number, word in enumerate(words) if _STAND_IN.fullmatch(word.text)]
    rows = [(box_of(words[number], sight.picture), after(words, number, sight.picture)) for number in doubtful]
    words = list(words)
    for number, seen in zip(doubtful, read_again(rows, sight, "eng"), strict=True):
        text = _alone(seen, words[number], words[number + 1].text if number + 1 < len(words) else "", sight.em)
        if any(sign in text for sign in _OWN) and _TAKEN.fullmatch(text):
            words[number] = words[number]._replace(text=text, score=min(word.score for word in seen))
    return words


def _with_passed_over(words: list[Word], sight: Sight) -> list[Word]:
    """The words and those in ink that stands on their lines but in none of their boxes."""
    picture, ink, em = sight.picture, sight.ink, sight.em
    rows: list[tuple[Box, Box | None]] = []
    beside: list[Word] = []
    for piece in _passed_over(words, ink, em):
        middle = (piece.y0 + piece.y1) / 2
        level = [word for word in words if word.y0 - 0.2 * em <= middle <= word.baseline + 0.3 * em]
        if not level:
            continue
        nearest = min(level, key=lambda word: max(word.x0 - piece.x1, piece.x0 - word.x1))
        beside.append(nearest)
        rows.append((piece, box_of(nearest, picture) if nearest.x0 > piece.x0 else None))
    if not rows or len(rows) > _MOST_PIECES:
        return words
    found: list[Word] = []
    line = words[-1].line
    for (piece, _), near, seen in zip(rows, beside, read_again(rows, sight, ocr.LANGUAGE), strict=True):
        line += 1
        seen = [word for word in seen if word.score >= _SURE]
        text = _alone(seen, piece, near.text, em)
        placed = [_at(piece, near, text, min(word.score for word in seen), line)] if text else []
        if not placed and near.x0 > piece.x0 and (mark := _mark(piece, near, words, ink, em)):
            placed = [_at(piece, near, mark, near.score, line)]
        found += placed
    return words + found


def _alone(seen: list[Word], piece: Box | Word, following: str, em: float) -> str:
    """What was seen in a piece, without the word beside it where both were seen as one; empty if they do not part."""
    text = "".join(word.text for word in seen)
    if seen and max(word.x1 for word in seen) > piece.x1 + 0.2 * em:
        return text.removesuffix(following) if following and text != following and text.endswith(following) else ""
    return text


def _at(piece: Box, near: Word, text: str, score: float, line: int) -> Word:
    """A word in a piece that stands on the line of another."""
    return Word(text, piece.x0, piece.y0, piece.x1, piece.y1, score, line, near.baseline)


def _passed_over(words: list[Word], ink: Ink, em: float) -> list[Box]:
    """Pieces of ink outside of all words, of the size of letters or of a short word."""
    left = ink.copy()
    margin = round(0.12 * em)
    for word in words:
        x0, y0, x1, y1 = (round(value) for value in word[1:5])
        left[max(0, y0 - margin) : y1 + margin, max(0, x0 - margin) : x1 + margin] = False
    joined = left.copy()
    for step in range(1, round(0.3 * em)):  # the letters of a word are one piece
        joined[:, step:] |= left[:, :-step]
    pieces = [
        Box(int(x0), first, int(x1) - round(0.3 * em) + 2, last + 1) for x0, _, x1, (first, last) in regions(joined)
    ]
    merged: list[Box] = []
    for piece in sorted(pieces):
        last = merged[-1] if merged else None
        if last and piece.x0 <= last.x1 and piece.y0 < last.y1 + 0.3 * em and last.y0 < piece.y1 + 0.3 * em:
            merged[-1] = Box(last.x0, min(last.y0, piece.y0), max(last.x1, piece.x1), max(last.y1, piece.y1))
        else:
            merged.append(piece)
    return [piece for piece in merged if _is_letters(piece, em)]


def _is_letters(piece: Box, em: float) -> bool:
    width, height = piece.x1 - piece.x0, piece.y1 - piece.y0
    return max(width, height) >= _LEAST * em and height <= _TALLEST * em and width <= _WIDEST * em


def _mark(piece: Box, near: Word, words: list[Word], ink: Ink, em: float) -> str:
    """A dot that begins a line, the minus of a number, or nothing."""
    if _is_round(piece, ink, em):
        before = [word for word in words if word.y0 < piece.y1 and piece.y0 < word.y1 and word.x0 < piece.x0]
        return "" if any(piece.x0 - word.x1 < _ROOM * em for word in before) else "•"
    width, height = piece.x1 - piece.x0, piece.y1 - piece.y0
    flat = 0.15 * em < width < 0.7 * em and height < min(0.16 * em, 0.6 * width)
    above = near.baseline - 0.5 * em < piece.y0 and piece.y1 < near.baseline - 0.1 * em
    return "-" if flat and above and near.text[:1].isdigit() and near.x0 - piece.x1 < 0.3 * em else ""


def _is_round(piece: Box, ink: Ink, em: float) -> bool:
    """Whether a piece is a dot that marks a line: as wide as high, and full."""
    width, height = piece.x1 - piece.x0, piece.y1 - piece.y0
    square = 0.6 < width / height < 1.6 and 0.15 * em < height < 0.55 * em
    return square and float(ink[piece.y0 : piece.y1, piece.x0 : piece.x1].mean()) > _ROUND


def box_of(word: Word, picture: Grey) -> Box:
    height, width = picture.shape
    x0, y0, x1, y1 = (round(value) for value in word[1:5])
    return Box(max(0, x0 - 2), max(0, y0 - 2), min(width, x1 + 3), min(height, y1 + 3))


def after(words: list[Word], number: int, picture: Grey) -> Box | None:
    """The next word of the line."""
    following = words[number + 1] if number + 1 < len(words) else None
    return box_of(following, picture) if following and following.line == words[number].line else None


def read_again(rows: list[tuple[Box, Box | None]], sight: Sight, language: str) -> list[list[Word]]:
    """The words in the first box of each row, at their places in the picture."""
    if not rows:
        return []
    picture, gap, space = sight.picture, round(0.3 * sight.em), round(sight.em)
    tops, height = [], space
    for piece, other in rows:
        top, bottom = _extent(piece, other)
        tops.append(height - top)
        height += bottom - top + space
    width = 2 * space + gap + max(p.x1 - p.x0 + (o.x1 - o.x0 if o else 0) for p, o in rows)
    pasted = np.full((height, width), 255, dtype=np.uint8)
    for (piece, other), top in zip(rows, tops, strict=True):
        _paste(pasted, picture, piece, space, top)
        if other:
            _paste(pasted, picture, other, space + piece.x1 - piece.x0 + gap, top)
    seen = ocr.words_in(pasted, sight.dpi, sight.until, language, ocr.BLOCK)
    return [
        [
            word._replace(x0=piece.x0, x1=word.x1 - space + piece.x0)
            for word in seen
            if word.x0 < space + piece.x1 - piece.x0
            and _extent(piece, other)[0] <= (word.y0 + word.y1) / 2 - top
            and (word.y0 + word.y1) / 2 - top <= _extent(piece, other)[1]
        ]
        for (piece, other), top in zip(rows, tops, strict=True)
    ]


def _extent(piece: Box, other: Box | None) -> tuple[int, int]:
    return min(piece.y0, other.y0 if other else piece.y0), max(piece.y1, other.y1 if other else piece.y1)


def _paste(pasted: Grey, picture: Grey, box: Box, x: int, top: int) -> None:
    part = picture[box.y0 : box.y1, box.x0 : box.x1]
    pasted[box.y0 + top : box.y0 + top + part.shape[0], x : x + part.shape[1]] = part
