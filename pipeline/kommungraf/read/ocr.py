"""Tesseract, called as a program: whether it is there, and the words that it sees in a picture."""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import time
from functools import cache
from typing import NamedTuple

from kommungraf.read.ocr_picture import Grey

INSTALL = "apt-get install tesseract-ocr tesseract-ocr-swe"
"""The command that installs what recognition needs."""

LANGUAGE = "swe"
_ASKED = 30.0  # seconds: the program tells its version
SPARSE, BLOCK = "11", "6"  # words wherever they stand (their order is ours to find); rows right under each other
_ENVIRONMENT = {"OMP_THREAD_LIMIT": "1"}  # its own threads slow a page down, and pages run beside each other
_ELEMENT = re.compile(
    r"class='(?P<kind>ocr_line|ocr_header|ocr_caption|ocr_textfloat|ocrx_word)'[^>]*?"
    r"title=(?P<quote>['\"])(?P<title>.*?)(?P=quote)[^>]*>(?:(?P<text>[^\n]*?)</span>)?"
)
_BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"baseline (\S+) (\S+?)(?:;|$)")
_SURE = re.compile(r"x_wconf (\d+)")
_TAG = re.compile(r"<[^>]*>")


class Word(NamedTuple):
    """A word in a picture: its box in pixels, how sure its letters are (0 to 1), its line (counted) and baseline."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    score: float
    line: int
    baseline: float


class SlowPageError(Exception):
    """Recognition of a page took longer than it may."""


@cache
def engine() -> str:
    """Name and version of the recogniser, or nothing when it or its Swedish is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return ""
    told = _asked(program, "--version").split()
    languages = _asked(program, "--list-langs").split("\n")
    return " ".join([*told[:2], LANGUAGE]) if LANGUAGE in languages else ""


def _asked(program: str, question: str) -> str:
    done = subprocess.run([program, question], capture_output=True, check=False, timeout=_ASKED)
    return (done.stdout or done.stderr).decode("utf-8", "replace")


def words_in(picture: Grey, dpi: float, until: float, language: str = LANGUAGE, layout: str = SPARSE) -> list[Word]:
    """The words in a picture of upright text.

    ``until`` is when it must be done (:func:`time.monotonic`). Raises :class:`SlowPageError` when it is not; a
    recogniser that fails on a picture sees nothing in it.
    """
    left = until - time.monotonic()
    if left <= 0:
        raise SlowPageError
    height, width = picture.shape
    command = ["tesseract", "-", "-", "-l", language, "--psm", layout, "--dpi", str(round(dpi)), "hocr"]
    pnm = b"P5 %d %d 255\n" % (width, height) + picture.tobytes()
    try:
        done = subprocess.run(
            command, input=pnm, capture_output=True, check=False, timeout=left, env=os.environ | _ENVIRONMENT
        )
    except subprocess.TimeoutExpired as error:
        raise SlowPageError from error
    return parsed(done.stdout.decode("utf-8", "replace"))


def parsed(hocr: str) -> list[Word]:
    """The words of an hOCR answer."""
    words: list[Word] = []
    line = -1
    left = bottom = slope = offset = 0.0
    for element in _ELEMENT.finditer(hocr):
        title = element["title"]
        box = _BOX.search(title)
        if box is None:
            continue
        x0, y0, x1, y1 = map(float, box.groups())
        if element["kind"] != "ocrx_word":
            found = _BASELINE.search(title)
            slope, offset = (float(found[1]), float(found[2])) if found else (0.0, 0.0)
            line, left, bottom = line + 1, x0, y1
            continue
        text = html.unescape(_TAG.sub("", element["text"] or "")).strip()
        sure = _SURE.search(title)
        if text and sure:
            words.append(Word(text, x0, y0, x1, y1, int(sure[1]) / 100, line, bottom + offset + slope * (x0 - left)))
    return words
