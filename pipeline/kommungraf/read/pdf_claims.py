"""What a PDF says of itself beside its pages: title, author, dates, numbers of pages. All of it may be broken."""

from __future__ import annotations

import re
from collections.abc import Callable

import pypdfium2 as pdfium

from kommungraf.text import printable

_CLAIMS = {"Title": "title", "Author": "author", "Subject": "subject", "CreationDate": "created", "ModDate": "modified"}
_FILLERS = {"", "anonymous", "unspecified", "untitled"}
_DATED = {"created", "modified"}
_DATE = re.compile(r"(?:D:)?((?:19|20)\d\d)(?:(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?)?")


def metadata_of(document: pdfium.PdfDocument) -> dict[str, str]:
    """Title, author, subject and dates (at the day); programs' fillers are left out."""
    claims: dict[str, str] = {}
    for key, name in _CLAIMS.items():
        value = claim(document.get_metadata_value, key)
        if value.strip("() ").lower() in _FILLERS:
            continue
        if name in _DATED and (date := _DATE.match(value)):
            claims[name] = "-".join(part for part in date.groups() if part)
        elif name not in _DATED:
            claims[name] = value
    return claims


def labels_of(document: pdfium.PdfDocument) -> dict[int, str]:
    """The page numbers that the file claims for its pages (counted from 1), where it claims any."""
    labels = {index + 1: claim(document.get_page_label, index) for index in range(len(document))}
    return {page: label for page, label in labels.items() if label}


def claim(ask: Callable[..., str], *what: object) -> str:
    """A text that a file has beside its pages, as it can be shown; empty where it is broken (halves of characters)."""
    try:
        return printable(ask(*what).strip())
    except UnicodeDecodeError:
        return ""
