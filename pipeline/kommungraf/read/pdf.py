"""PDF files. The stored text is what is built here: lines, blocks, pages in the order of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kommungraf.errors import InputError, Issue
from kommungraf.model.source import SourceFile, Text
from kommungraf.read.compose import Composer
from kommungraf.read.drafts import Draft
from kommungraf.read.lines import Line
from kommungraf.read.pdf_blocks import page_blocks
from kommungraf.read.pdf_frame import NOWHERE, Frame
from kommungraf.read.pdf_page import PageContent, page_content
from kommungraf.read.pdf_rows import RuledRow, page_rows
from kommungraf.read.pdf_style import Style
from kommungraf.read.rows import Row
from kommungraf.read.running import printed_labels, running_lines

_TOP, _BOTTOM = 0.17, 0.12  # the parts of a page in which running lines stand: heads of protocols are tall
_CLAIMS = {"Title": "title", "Author": "author", "Subject": "subject", "CreationDate": "created", "ModDate": "modified"}
_NO_PAGES = re.compile(rb"/Count\s+0\b(?=[^>]{0,200}/Type\s*/Pages)|/Type\s*/Pages\b(?=[^>]{0,200}/Count\s+0\b)")
_DATE = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?")


class _Page(NamedTuple):
    """A page between the two passes: rows, what stands sideways, whether its letters are known, its frame."""

    rows: list[Row | RuledRow]
    sideways: list[str]
    garbled: bool
    frame: Frame


def read_pdf(data: bytes, file: SourceFile) -> Text:
    """Read a PDF.

    Raises :class:`~kommungraf.errors.InputError`: ``encrypted``, ``damaged``, ``no-pages``, ``no-text``.
    """
    issues: list[Issue] = []
    document = _opened(data, file.name)
    try:
        if not len(document):
            raise _pageless(file.name)
        if b"%%EOF" not in data[-2048:]:
            message = f"{file.name} is cut off before its end; what could be recovered of it was read."
            issues.append(Issue(file.name, "read", "truncated", message))
        pages = list(_pages(document, file.name, issues))
        metadata = _metadata(document)
    finally:
        document.close()
    if not any(page.rows or page.sideways for page in pages):
        count = f"any of its {len(pages)} pages" if len(pages) > 1 else "its only page"
        raise InputError("no-text", f"{file.name} has no text layer on {count} (a scan?); run it through OCR first.")
    text = _composed(pages, file)
    text.metadata = metadata
    text.issues = issues + _page_issues(pages, text.empty_pages, file.name)
    return text


def _opened(data: bytes, name: str) -> pdfium.PdfDocument:
    """The document, opened. pdfium's last error may be that of an earlier file, so the bytes are asked too."""
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if b"/Encrypt" in data and error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY):
            raise InputError("encrypted", f"{name} is protected with a password; save it without one.") from error
        if _NO_PAGES.search(data):
            raise _pageless(name) from error
        what = "is damaged and" if b"%%EOF" in data[-2048:] else "is cut off and"
        raise InputError("damaged", f"{name} {what} cannot be opened as a PDF.") from error


def _pageless(name: str) -> InputError:
    return InputError("no-pages", f"{name} is a PDF without pages.")


def _pages(document: pdfium.PdfDocument, name: str, issues: list[Issue]) -> Iterator[_Page]:
    """Each page read and closed before the next is opened, so that memory stays flat."""
    for index in range(len(document)):
        try:
            page = document[index]
            content = page_content(page)
        except pdfium.PdfiumError:
            message = f"Page {index + 1} of {name} is damaged and could not be read."
            issues.append(Issue(name, "read", "damaged-page", message, page=index + 1))
            yield _Page([], [], False, NOWHERE)
            continue
        page.close()
        yield _Page(page_rows(content), content.sideways, _is_garbled(content), content.frame)


def _is_garbled(content: PageContent) -> bool:
    """Whether the page's fonts do not say which letters their glyphs are."""
    return content.unmapped > 20 and content.unmapped > 0.3 * content.characters


def _composed(pages: list[_Page], file: SourceFile) -> Text:
    """Second pass: running lines are known, so what is left can become blocks."""
    running = running_lines([_edges(number, page) for number, page in enumerate(pages, 1)])
    bodies = [[row for row in page.rows if id(row) not in running] for page in pages]
    style = Style.of(bodies)
    composer = Composer()
    for number, (page, body) in enumerate(zip(pages, bodies, strict=True), 1):
        edges = [(running[id(row)], row.text) for row in page.rows if id(row) in running]
        composer.page(number)
        composer.running([edge for edge in edges if edge[0] == "header"])
        for draft in page_blocks(body, style):
            draft.box = page.frame.shown(draft.box) if draft.box else None
            composer.block(draft)
        for stamp in page.sideways:
            composer.block(Draft("paragraph", [stamp], gap=1))
        composer.running([edge for edge in edges if edge[0] != "header"])
    text = composer.text(file)
    text.empty_pages = [number for number, page in enumerate(pages, 1) if not (page.rows or page.sideways)]
    text.page_labels = printed_labels(text.running)
    return text


def _edges(number: int, page: _Page) -> tuple[list[Line], list[Line]]:
    """The rows in the upper and lower margin of a page, where running lines stand, but for tables that reach out."""
    _, upper, _, lower = page.frame.visible
    top, bottom = upper + _TOP * (lower - upper), lower - _BOTTOM * (lower - upper)
    rows = [r for r in page.rows if not isinstance(r, RuledRow) or r.grid.ys[-1] < top or r.grid.ys[0] > bottom]
    lines = [(row.y, Line(id(row), 0, number, row.text, round(row.y / 3))) for row in rows if row.text.strip()]
    return [line for y, line in lines if y < top], [line for y, line in lines if y > bottom]


def _page_issues(pages: list[_Page], empty: list[int], name: str) -> list[Issue]:
    issues: list[Issue] = []
    if empty:
        which = f"page {empty[0]} has" if len(empty) == 1 else f"pages {_ranges(empty)} have"
        message = f"In {name}, {which} no text layer (scanned?) and gave nothing to read."
        issues.append(Issue(name, "read", "no-text", message, page=empty[0] if len(empty) == 1 else None))
    for number, page in enumerate(pages, 1):
        if page.garbled:
            message = f"The fonts on page {number} of {name} do not tell their letters: do not trust its text."
            issues.append(Issue(name, "read", "garbled", message, page=number))
    return issues


def _ranges(numbers: list[int]) -> str:
    """``1, 3-5, 9`` for ``[1, 3, 4, 5, 9]``."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and number == parts[-1][-1] + 1:
            parts[-1].append(number)
        else:
            parts.append([number])
    return ", ".join(str(part[0]) if len(part) == 1 else f"{part[0]}-{part[-1]}" for part in parts)


def _metadata(document: pdfium.PdfDocument) -> dict[str, str]:
    """What the file says of itself, dates at the day; programs' fillers are left out."""
    claims: dict[str, str] = {}
    for key, value in document.get_metadata_dict(skip_empty=True).items():
        if key not in _CLAIMS or value.strip("() ").lower() in {"", "anonymous", "unspecified", "untitled"}:
            continue
        date = _DATE.match(value)
        claims[_CLAIMS[key]] = "-".join(part for part in date.groups() if part) if date else value.strip()
    return claims
