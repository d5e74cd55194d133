"""The blocks of all pages of a PDF: those of the text, footnotes, and the headings that bookmarks tell."""

from __future__ import annotations

from collections.abc import Sequence

from kommungraf.read.bookmarks import Bookmark, mark_headings
from kommungraf.read.drafts import Draft
from kommungraf.read.footnotes import note_drafts, parted, with_notes
from kommungraf.read.order import Stretch, gutter_of, in_reading_order
from kommungraf.read.pdf_blocks import page_blocks
from kommungraf.read.pdf_rows import RuledRow
from kommungraf.read.pdf_style import Style
from kommungraf.read.rows import Row

_MOST_GUTTERS = 5  # a document has one layout, or a few


def page_drafts(bodies: list[list[Row | RuledRow]], bookmarks: Sequence[Bookmark]) -> list[list[Draft]]:
    """The blocks of each page in reading order; ``bodies`` are the rows without running heads and feet.

    The bodies are emptied page by page, so that rows and blocks are never all in memory together.
    """
    gutters = list(dict.fromkeys(gutter for body in bodies if (gutter := gutter_of(body))))[:_MOST_GUTTERS]
    ordered = [in_reading_order(body, gutters) for body in bodies]
    style = Style.of([stretch.rows for stretches in ordered for stretch in stretches])
    pages = []
    for body, stretches in zip(bodies, ordered, strict=True):
        pages.append([draft for number, part in enumerate(stretches) for draft in _drafts(part, style, number)])
        stretches.clear()
        body.clear()
    mark_headings(enumerate(pages, 1), bookmarks)
    return pages


def _drafts(stretch: Stretch, style: Style, number: int) -> list[Draft]:
    text, notes = parted(stretch.rows, style.on_page(stretch.rows).size)
    drafts = list(page_blocks(text, style, stretch.right))
    if drafts:
        drafts[0].after_column = number > 0
    return with_notes(drafts, note_drafts(notes))
