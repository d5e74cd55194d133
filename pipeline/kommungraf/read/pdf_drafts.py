"""The blocks of all pages of a PDF: those of the text, footnotes, and the headings that bookmarks tell."""

from __future__ import annotations

from collections.abc import Sequence

from kommungraf.read.bookmarks import Bookmark, mark_headings
from kommungraf.read.drafts import Draft
from kommungraf.read.footnotes import note_drafts, parted, with_notes
from kommungraf.read.pdf_blocks import page_blocks
from kommungraf.read.pdf_rows import RuledRow
from kommungraf.read.pdf_style import Style
from kommungraf.read.rows import Row


def page_drafts(bodies: list[list[Row | RuledRow]], style: Style, bookmarks: Sequence[Bookmark]) -> list[list[Draft]]:
    """The blocks of each page in reading order; ``bodies`` are the rows without running heads and feet.

    The bodies are emptied page by page, so that rows and blocks are never all in memory together.
    """
    pages = []
    for body in bodies:
        pages.append(_drafts(body, style))
        body.clear()
    mark_headings(enumerate(pages, 1), bookmarks)
    return pages


def _drafts(body: list[Row | RuledRow], style: Style) -> list[Draft]:
    text, notes = parted(body, style.on_page(body).size)
    return with_notes(list(page_blocks(text, style)), note_drafts(notes))
