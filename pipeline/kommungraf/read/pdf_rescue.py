"""A second reader for PDF files that the first cannot open: pdfplumber, which finds the pages of more broken files."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pdfplumber
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from kommungraf import limits
from kommungraf.read.pdf_frame import Frame
from kommungraf.read.pdf_grid import find_grids, merged
from kommungraf.read.pdf_page import PageContent
from kommungraf.read.pdf_paths import Rule
from kommungraf.read.rows import Font, Run

_STUMBLES = (
    *(MalformedPDFException, PdfminerException, PSException),
    *(LookupError, TypeError, ValueError, AttributeError, AssertionError),
    *(RecursionError, ArithmeticError, struct.error, zlib.error, EOFError),
)
"""What pdfminer raises on broken files, beside its own errors: whatever it stumbles on."""
_SLOWER = 10  # times slower than the first reader


def rescued_pages(data: bytes) -> list[PageContent]:
    """The pages that could be made out; none where that failed, or where there are more than any document has."""
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            if len(document.pages) > limits.in_force().pages:
                return []
            limits.more_time(_SLOWER * limits.in_force().seconds_per_page * len(document.pages))
            return [_content(page) for page in document.pages]
    except _STUMBLES:
        return []


def _content(page: Any) -> PageContent:
    """A page's words, each a run of its own, and its ruled tables; the page is closed, so that memory stays flat."""
    words = page.extract_words(keep_blank_chars=False, extra_attrs=["fontname", "size"])
    runs = [_run(word) for word in words if word["upright"] and word["text"].strip()]
    rules = [_rule(edge) for edge in page.edges]
    frame = Frame(0.0, -float(page.height), float(page.width), 0.0)
    page.close()
    return PageContent(
        runs=runs, grids=find_grids(*merged(rules)), characters=sum(len(run.text) for run in runs), frame=frame
    )


def _run(word: dict[str, Any]) -> Run:
    size = round(float(word["size"]), 1) or 1.0
    name = str(word["fontname"]).lower()
    font = Font(size, "bold" in name or "black" in name, "italic" in name or "oblique" in name)
    return Run(word["text"], float(word["x0"]), float(word["x1"]), float(word["bottom"]) - 0.2 * size, font)


def _rule(edge: dict[str, Any]) -> Rule:
    if edge["orientation"] == "h":
        return Rule(float(edge["x0"]), float(edge["top"]), float(edge["x1"]), float(edge["top"]))
    return Rule(float(edge["x0"]), float(edge["top"]), float(edge["x0"]), float(edge["bottom"]))
