"""A page's picture becomes what a born-digital page is: runs of text with places and fonts, and ruled tables."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from statistics import median
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageFilter

from kommungraf.read import ocr
from kommungraf.read.ocr import Word
from kommungraf.read.ocr_letters import bullet, em_of, is_stray, may_be_bullet, on_their_feet, stroke_of
from kommungraf.read.ocr_numbers import with_numbers
from kommungraf.read.ocr_picture import (
    Grey,
    Ink,
    erased,
    evened,
    ink_of,
    ruled_lines,
    skew_of,
    stands_on_end,
    turned,
)
from kommungraf.read.ocr_second import looked_again, sight_of
from kommungraf.read.pdf_bands import find_ladders
from kommungraf.read.pdf_frame import Frame
from kommungraf.read.pdf_grid import MOST_RULES, find_grids, merged
from kommungraf.read.pdf_page import PageContent
from kommungraf.read.pdf_paths import Rule
from kommungraf.read.rows import Font, Run

_COARSE = 220.0  # dots per inch: the letters of a coarser picture are too small for the recogniser
_LETTER = re.compile(r"\w")
_UPSIDE_DOWN = 0.6  # mean sureness: a page that is less sure may stand on its head
READABLE = 0.5
"""Mean sureness of a page's letters below which it is no page of print: a photo, a map, handwriting."""
_BLANK = 0.0002  # of the pixels: less ink than this is an empty page

_FAINTEST = 20.0  # of 255: ink that differs less from its paper is noise, or the print of the other side


class Picture(NamedTuple):
    """The picture of a page as a viewer shows it, its resolution, and the page's width and height in points."""

    grey: Grey
    dpi: float
    width: float
    height: float


@dataclass(slots=True)
class Scan:
    """What was recognised on a page: its content, how sure its words are, and the mean of that.

    ``blank``: there is nothing on it. ``slow``: it was given up. ``strokes`` are how thick the strokes of each run's
    letters are, in ems.
    """

    content: PageContent
    score: float = 0.0
    blank: bool = False
    slow: bool = False
    strokes: list[float] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)

    @property
    def readable(self) -> bool:
        """Whether it is a page of print."""
        return bool(self.content.runs) and self.score >= READABLE

    def score_of(self, texts: list[str]) -> float:
        """How sure some of the page's text is, by letters."""
        words = [word for text in texts for word in text.split()]
        letters = sum(map(len, words))
        if not letters:
            return self.score
        return round(sum(len(word) * self.scores.get(word, self.score) for word in words) / letters, 3)


def recognise(picture: Picture, seconds: float) -> Scan:
    """Recognise one page. A page that takes longer than some seconds is given up and says so."""
    until = time.monotonic() + seconds
    grey = np.asarray(Image.fromarray(evened(picture.grey)).filter(ImageFilter.GaussianBlur(picture.dpi / 375)))
    ink = ink_of(grey)
    frame = Frame(0.0, 0.0, picture.width, picture.height)
    if ink.mean() < _BLANK or grey[~ink].mean() - grey[ink].mean() < _FAINTEST:
        return Scan(PageContent(frame=frame), blank=True)
    quarter = 1 if stands_on_end(ink) else 0
    try:
        best = _upright(grey, picture.dpi, frame, quarter, until)
        if best.score < _UPSIDE_DOWN:
            other = _upright(grey, picture.dpi, frame, (quarter + 2) % 4, until)
            best = max(best, other, key=lambda scan: scan.score)
    except ocr.SlowPageError:
        return Scan(PageContent(frame=frame), slow=True)
    return best


def _upright(grey: Grey, dpi: float, frame: Frame, quarter: int, until: float) -> Scan:
    """The page read with its text in one of four directions (quarter turns counter-clockwise)."""
    grey = np.ascontiguousarray(np.rot90(grey, -quarter))
    ink = ink_of(grey)
    angle = skew_of(ink)
    frame = frame._replace(angle=quarter, slant=angle)
    if angle:
        grey = turned(grey, angle)
        ink = ink_of(grey)
    lines, mask = ruled_lines(ink, dpi)
    letters = erased(grey, mask)
    times = 2 if dpi < _COARSE else 1
    if times > 1:
        size = (letters.shape[1] * times, letters.shape[0] * times)
        letters = np.asarray(Image.fromarray(letters).resize(size, Image.Resampling.BICUBIC))
    words = ocr.words_in(letters, dpi * times, until)
    sure = [(word.score, len(word.text)) for word in words]
    score = sum(s * n for s, n in sure) / total if (total := sum(n for _, n in sure)) else 0.0
    words = on_their_feet([word for word in words if not is_stray(word, dpi * times)])
    ink = ink_of(letters)
    if score >= READABLE and (sight := sight_of(words, letters, ink, dpi * times, until)):
        words = with_numbers(looked_again(words, sight), sight)
    scan = _scan(words, ink, 72.0 / (dpi * times), frame, round(score, 3))
    left, top, _, _ = frame.visible
    point = 72.0 / dpi
    rules = [Rule(left + x0 * point, top + y0 * point, left + x1 * point, top + y1 * point) for x0, y0, x1, y1 in lines]
    if 3 <= len(rules) <= MOST_RULES:
        flat, upright = merged(rules)
        scan.content.grids = find_grids(flat, upright)
        scan.content.ladders = find_ladders(flat, scan.content.grids)
    return scan


def _scan(words: list[Word], ink: Ink, point: float, frame: Frame, score: float) -> Scan:
    """The words as runs: those of one line have one size and stand on one height."""
    left, top, _, _ = frame.visible
    scan = Scan(PageContent(frame=frame, characters=sum(len(word.text) for word in words)), score)
    told: defaultdict[str, list[float]] = defaultdict(list)
    for line in _with_marks([_line(list(group)) for _, group in groupby(words, key=lambda word: word.line)]):
        stroke = stroke_of(line.words, ink) / line.em
        for number, word in enumerate(line.words):
            text = word.text if number else bullet(word, line.em, line.baseline)
            font = Font(line.em * point, False, False)
            y = top + line.baseline * point
            scan.content.runs.append(Run(text, left + word.x0 * point, left + word.x1 * point, y, font))
            scan.strokes.append(stroke)
            told[text].append(word.score)
    scan.scores = {text: sum(scores) / len(scores) for text, scores in told.items()}
    return scan


class _Line(NamedTuple):
    """Words that the recogniser saw on one line, the size of their font and where they stand, in pixels."""

    words: list[Word]
    em: float
    baseline: float


def _line(words: list[Word]) -> _Line:
    return _Line(words, em_of(words), median(word.baseline for word in words))


def _with_marks(lines: list[_Line]) -> list[_Line]:
    """The lines; a lone mark that holds no letter (a bullet, a dash) has the size and the height of what it marks."""
    lettered = [line for line in lines if any(_LETTER.search(word.text) for word in line.words)]
    usual = median(line.em for line in lettered) if lettered else 0.0

    def marked(line: _Line) -> _Line:
        mark = line.words[0]
        if not lettered or len(line.words) > 1 or (_LETTER.search(mark.text) and not may_be_bullet(mark, usual)):
            return line
        middle = (mark.y0 + mark.y1) / 2
        beside = [one for one in lettered if one is not line and 0 < one.baseline - middle < 0.8 * one.em]
        beside = [one for one in beside if 0 < one.words[0].x0 - mark.x1 < 6 * one.em]
        own = min(beside, key=lambda one: one.words[0].x0, default=None)
        return _Line(line.words, own.em, own.baseline) if own else line._replace(em=usual)

    return [marked(line) for line in lines]


def settle_fonts(scans: list[Scan]) -> None:
    """Give runs whose sizes differ by no more than measuring does one size, and find the bold ones, over all pages.

    A stroke is bold when it is clearly thicker than the usual stroke of the document.
    """
    runs = [(run, stroke) for scan in scans for run, stroke in zip(scan.content.runs, scan.strokes, strict=True)]
    if not runs:
        return
    sizes = _sizes([(run.font.size, len(run.text)) for run, _ in runs])
    usual = _weighted_median([(stroke, len(run.text)) for run, stroke in runs])
    for run, stroke in runs:
        size = min(sizes, key=lambda s: abs(s - run.font.size))
        run.font = Font(size, stroke > _BOLD * usual, False)


_BOLD = 1.25  # times the usual stroke
_NEAR_SIZE = 0.08  # sizes nearer than this are measured alike


def _sizes(measured: list[tuple[float, int]]) -> list[float]:
    """The sizes of a document: from the most common on, each with what is near it."""
    sizes: list[float] = []
    left = [(size, count) for size, count in measured if size > 0]
    while left:
        counts: defaultdict[float, int] = defaultdict(int)
        for size, count in left:
            counts[round(size, 1)] += count
        heaviest = max(
            counts, key=lambda s: (sum(c for size, c in counts.items() if abs(size - s) < _NEAR_SIZE * s / 2), -s)
        )
        near = [(size, count) for size, count in left if abs(size - heaviest) <= _NEAR_SIZE * heaviest]
        sizes.append(round(_weighted_median(near), 1) or 1.0)
        left = [(size, count) for size, count in left if abs(size - heaviest) > _NEAR_SIZE * heaviest]
    return sizes


def _weighted_median(values: list[tuple[float, int]]) -> float:
    half = sum(count for _, count in values) / 2
    for value, count in sorted(values):
        half -= count
        if half <= 0:
            return value
    return 0.0
