"""PDF files. The stored text is what is built here: lines, blocks, pages in the order of reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kommungraf import limits
from kommungraf.errors import InputError, Issue
from kommungraf.model.source import LeftOut, SourceFile, Text
from kommungraf.read import ocr
from kommungraf.read.bookmarks import Bookmark, bookmarks_of
from kommungraf.read.compose import Composer
from kommungraf.read.drafts import Draft
from kommungraf.read.lines import Line
from kommungraf.read.ocr_page import Scan
from kommungraf.read.ocr_scans import (
    UNTOLD,
    is_picture,
    not_installed,
    picture_of,
    recognised_pages,
    scan_issues,
)
from kommungraf.read.pdf_aside import numbers_of, set_aside
from kommungraf.read.pdf_claims import labels_of, metadata_of
from kommungraf.read.pdf_drafts import page_drafts
from kommungraf.read.pdf_frame import NOWHERE, Box, Frame
from kommungraf.read.pdf_page import page_content
from kommungraf.read.pdf_rows import RuledRow, page_rows
from kommungraf.read.pdf_seen import WHY, Unseen
from kommungraf.read.rows import Row
from kommungraf.read.running import printed_labels, running_lines
from kommungraf.text import ranges

_TOP, _BOTTOM = 0.17, 0.12  # the parts of a page in which running lines stand: heads of protocols are tall
_SHOWN = 200  # characters of what was left out
_NO_PAGES = re.compile(rb"/Count\s+0\b(?=[^>]{0,200}/Type\s*/Pages)|/Type\s*/Pages\b(?=[^>]{0,200}/Count\s+0\b)")


class Page(NamedTuple):
    """A page between the two passes: rows, what stands sideways, whether its letters are known, its frame.

    ``characters`` are those of its text layer; ``picture``: its text has to be recognised; ``scan`` is that text,
    ``recognised`` a layer of text that somebody else recognised. ``unseen`` is what nobody sees of its text, and why.
    """

    rows: list[Row | RuledRow]
    sideways: list[tuple[str, Box]]
    garbled: bool
    frame: Frame
    characters: int = 0
    picture: bool = False
    recognised: bool = False
    scan: Scan | None = None
    unseen: Sequence[tuple[Unseen, str]] = ()

    @property
    def empty(self) -> bool:
        """Whether it gave no text."""
        return not (self.rows or self.sideways)

    def with_scan(self, scan: Scan) -> Page:
        """The page with what was recognised in its picture, where that is more than its text layer."""
        if not scan.readable or (not self.garbled and scan.content.characters < 1.5 * self.characters):
            return self
        return Page(page_rows(scan.content), [], False, scan.content.frame, scan=scan)


def read_pdf(data: bytes, file: SourceFile) -> Text:
    """Read a PDF.

    Raises :class:`~kommungraf.errors.InputError`: ``encrypted``, ``damaged``, ``no-pages``, ``no-text``, ``no-ocr``,
    ``too-large``.
    """
    issues: list[Issue] = []
    try:
        document = _opened(data, file.name)
    except InputError as error:
        if error.kind != "damaged":
            raise
        return _rescued(data, file, error)
    try:
        _count(len(document), file.name)
        if b"%%EOF" not in data[-2048:]:
            message = f"{file.name} is cut off before its end; what could be recovered of it was read."
            issues.append(Issue(file.name, "read", "truncated", message))
        pages = list(_pages(document, file.name, issues))
        if ocr.engine():
            pages = _recognised(document, pages, file.name, issues)
        metadata, bookmarks, labels = metadata_of(document), bookmarks_of(document), labels_of(document)
    finally:
        document.close()
    if all(page.empty for page in pages):
        raise _textless(pages, file.name)
    text = composed(pages, file, bookmarks)
    text.page_labels = text.page_labels or labels
    text.metadata = metadata
    text.issues = issues + _page_issues(pages, text, file.name)
    return text


def _rescued(data: bytes, file: SourceFile, damage: InputError) -> Text:
    """What a second reader makes out of a file that cannot be opened; raises the damage where it makes out nothing."""
    from kommungraf.read.pdf_rescue import rescued_pages  # takes a while to load

    contents = rescued_pages(data)
    pages = [Page(page_rows(content), [], False, content.frame, characters=content.characters) for content in contents]
    if all(page.empty for page in pages):
        raise damage
    text = composed(pages, file)
    message = f"{file.name} is damaged; what could be made out of its {len(pages)} pages was read, compare it."
    text.issues.append(Issue(file.name, "read", "damaged", message))
    return text


def _recognised(document: pdfium.PdfDocument, pages: list[Page], name: str, issues: list[Issue]) -> list[Page]:
    """The pages, those that are pictures with the text that was recognised in them."""
    wanted = [number for number, page in enumerate(pages, 1) if page.picture]
    scans = recognised_pages((number, picture_of(document[number - 1])) for number in wanted)
    issues += [issue for issue in scan_issues(scans, name) if pages[(issue.page or 1) - 1].empty]
    return [page.with_scan(scans[number]) if number in scans else page for number, page in enumerate(pages, 1)]


def _textless(pages: list[Page], name: str) -> InputError:
    count = f"any of its {len(pages)} pages" if len(pages) > 1 else "its only page"
    if any(page.picture for page in pages) and not ocr.engine():
        return InputError("no-ocr", not_installed(f"{name} has no text layer on {count} (a scan)"))
    return InputError("no-text", f"{name} has no text on {count}, and none could be made out in its pictures.")


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


def _count(pages: int, name: str) -> None:
    """Refuse a document without pages, or with more than any has; ask for time for those that it has."""
    allowed = limits.in_force()
    if not pages:
        raise _pageless(name)
    if pages > allowed.pages:
        raise InputError("too-large", f"{name} has {pages} pages, more than {allowed.pages}; split it.")
    limits.more_time(allowed.seconds_per_page * pages)


def _pageless(name: str) -> InputError:
    return InputError("no-pages", f"{name} is a PDF without pages.")


def _pages(document: pdfium.PdfDocument, name: str, issues: list[Issue]) -> Iterator[Page]:
    """Each page read and closed before the next is opened, so that memory stays flat."""
    damaged: list[int] = []
    for index in range(len(document)):
        try:
            page = document[index]
            content = page_content(page)
        except pdfium.PdfiumError:
            damaged.append(index + 1)
            yield Page([], [], False, NOWHERE)
            continue
        yield Page(
            page_rows(content),
            content.sideways,
            content.garbled,
            content.frame,
            characters=content.characters,
            picture=content.garbled or is_picture(page, content),
            recognised=content.recognised,
            unseen=content.unseen,
        )
        page.close()
    if damaged:
        which = f"page {damaged[0]} is" if len(damaged) == 1 else f"pages {ranges(damaged)} are"
        message = f"In {name}, {which} damaged and could not be read."
        issues.append(_issue("damaged-page", message, damaged, name))


def composed(pages: list[Page], file: SourceFile, bookmarks: Sequence[Bookmark] = ()) -> Text:
    """Second pass: running lines are known, so what is left can become blocks."""
    empty = [number for number, page in enumerate(pages, 1) if page.empty]
    pages, left_out = _set_aside(pages)
    running = running_lines([_edges(number, page) for number, page in enumerate(pages, 1)])
    bodies = [[row for row in page.rows if id(row) not in running] for page in pages]
    composer = Composer()
    margins = [[(running[id(row)], row.text) for row in page.rows if id(row) in running] for page in pages]
    for number, (body, margin) in enumerate(zip(bodies, margins, strict=True), 1):
        margin += [
            ("page-number", text) for text in numbers_of(body, _margins(pages[number - 1])[0], number, len(pages))
        ]
    for page in pages:
        page.rows.clear()  # thousands of pages: what is a block now is no row any more
    all_drafts = page_drafts(bodies, bookmarks)
    for number, (page, drafts, edges) in enumerate(zip(pages, all_drafts, margins, strict=True), 1):
        composer.page(number)
        composer.running([edge for edge in edges if edge[0] == "header"])
        for draft in drafts:
            draft.box = page.frame.shown(draft.box) if draft.box else None
            draft.score = _score(draft, page)
            composer.block(draft)
        for stamp, box in page.sideways:
            score = UNTOLD if page.recognised else None
            composer.block(Draft("paragraph", [stamp], gap=1, box=page.frame.shown(box), score=score))
        composer.running([edge for edge in edges if edge[0] != "header"])
    text = composer.text(file)
    text.empty_pages = empty
    text.recogniser = ocr.engine() if any(page.scan for page in pages) else ""
    text.unrecognised = [number for number, page in enumerate(pages, 1) if page.picture] if not ocr.engine() else []
    text.page_labels = printed_labels(text.running)
    text.left_out = left_out + [left for number, page in enumerate(pages, 1) for left in _left_out(number, page)]
    return text


def _left_out(number: int, page: Page) -> Iterator[LeftOut]:
    """What is in the file and not on the page, for each reason once."""
    texts: dict[str, list[str]] = {}
    for reason, text in page.unseen:
        texts.setdefault(reason, []).append(text)
    for kind, parts in texts.items():
        yield LeftOut(kind, WHY[kind], " ".join(parts)[:_SHOWN], number)


def _set_aside(pages: list[Page]) -> tuple[list[Page], list[LeftOut]]:
    """The pages without what services for signatures added to them, and what that was."""
    kept: list[Page] = []
    told: list[LeftOut] = []
    for number, page in enumerate(pages, 1):
        margin = {line.start for edge in _edges(number, page) for line in edge}
        rows, sideways, left_out = set_aside(number, page.rows, page.sideways, margin)
        kept.append(page._replace(rows=rows, sideways=sideways) if left_out else page)
        told += left_out
    return kept, told


def _score(draft: Draft, page: Page) -> float | None:
    """How sure the letters of a block are, where they were recognised in a picture."""
    if page.scan is None:
        return UNTOLD if page.recognised else None
    lines = [line for row in draft.rows for cell in row for line in cell.lines]
    return page.scan.score_of(lines or draft.lines)


def _edges(number: int, page: Page) -> tuple[list[Line], list[Line]]:
    """The rows in the upper and lower margin of a page, where running lines stand, but for tables that reach out."""
    top, bottom = _margins(page)
    rows = [r for r in page.rows if not isinstance(r, RuledRow) or r.grid.ys[-1] < top or r.grid.ys[0] > bottom]
    lines = [(row.y, Line(id(row), 0, number, row.text, round(row.y / 3))) for row in rows if row.text.strip()]
    return [line for y, line in lines if y < top], [line for y, line in lines if y > bottom]


def _margins(page: Page) -> tuple[float, float]:
    """Where the upper margin of a page ends and the lower one begins."""
    _, upper, _, lower = page.frame.visible
    return upper + _TOP * (lower - upper), lower - _BOTTOM * (lower - upper)


def _page_issues(pages: list[Page], text: Text, name: str) -> list[Issue]:
    issues: list[Issue] = []
    waiting = text.unrecognised
    told = {*waiting, *(number for number, page in enumerate(pages, 1) if page.picture)}
    if empty := [number for number in text.empty_pages if number not in told]:
        which = f"page {empty[0]} has" if len(empty) == 1 else f"pages {ranges(empty)} have"
        issues.append(_issue("no-text", f"In {name}, {which} no text and no picture of any (blank?).", empty, name))
    if waiting:
        which = f"page {waiting[0]} is a picture" if len(waiting) == 1 else f"pages {ranges(waiting)} are pictures"
        issues.append(_issue("no-ocr", not_installed(f"In {name}, {which}"), waiting, name))
    for number, page in enumerate(pages, 1):
        if page.garbled:
            message = f"The fonts on page {number} of {name} do not tell their letters: do not trust its text."
            issues.append(Issue(name, "read", "garbled", message, page=number))
    return issues


def _issue(kind: str, message: str, pages: list[int], name: str) -> Issue:
    return Issue(name, "read", kind, message, page=pages[0] if len(pages) == 1 else None)
