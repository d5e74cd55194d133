"""Pages that are pictures: how many of a file were recognised, and which files to read again once that can be done."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kommungraf.model.source import Text
from kommungraf.read import ocr
from kommungraf.read.ocr import INSTALL

__all__ = ["INSTALL", "NO_OCR", "ocr_statistics", "waits_for_ocr"]

Json = dict[str, Any]

NO_OCR = "no-ocr"
"""The kind of issue of pages, and of files, that nothing was read of as no recogniser is installed."""


def ocr_statistics(text: Text) -> Json:
    """What recognition did for a file; empty where it has no pages that are pictures."""
    pages = {text.page_of_stored(span.start) for span, _ in text.recognised}
    told: Json = {"recognisedPages": len(pages), "waitingPages": len(text.unrecognised), "recogniser": text.recogniser}
    return {key: value for key, value in told.items() if value}


def waits_for_ocr(statistics: Json, issues: Iterable[Json]) -> bool:
    """Whether a file has to be read again: a recogniser is there that was missing, or another one than before.

    A file of typed text never has, and what was recognised stays when the recogniser is taken away.
    """
    before = statistics.get("recogniser", "")
    missed = statistics.get("waitingPages") or any(issue["kind"] == NO_OCR for issue in issues)
    if not (before or missed):
        return False
    now = ocr.engine()
    return bool(now) and (bool(missed) or now != before)
