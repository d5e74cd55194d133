"""Where a quote stands in a PDF: its page and which of its like on that page. Stored offsets belong to the reader."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
from corpus.make.gold import Line

_MARKUP = re.compile(r"^#{1,3} |^- |^\|\|\|$|\*|[\s\f]", re.M)


class _Glyph(NamedTuple):
    """A character of the source that is printed: the page it stands on and its offset in that page's text."""

    page: int
    offset: int


def place_in_pdf(path: Path, source: str, lines: list[Line], running: tuple[str, ...]) -> None:
    """Give each gold line ``page`` and ``occurrence`` instead of offsets.

    The printed characters of the source and those of the PDF, without spaces, are the same in number and order.
    """
    pages = page_texts(path)
    glyphs = _align(source, pages, running)
    for line in lines:
        start, end = line.pop("start", None), line.pop("end", None)
        anchor = line.pop("anchor", None)
        if start is None:
            start, end = anchor, len(source)
            line["page"] = next(glyphs[i].page for i in range(start, end) if i in glyphs)
            continue
        printed = [glyphs[i] for i in range(start, end) if i in glyphs]
        first, last = printed[0], printed[-1]
        if first.page != last.page:
            raise ValueError(f"runs over a page break: {line['text']!r}")
        text = pages[first.page - 1]
        line["text"] = text[first.offset : last.offset + 1]
        line["page"] = first.page
        same = re.compile(rf"(?<!\w){re.escape(line['text'])}(?!\w)")
        line["occurrence"] = sum(match.start() < first.offset for match in same.finditer(text)) + 1


def page_texts(path: Path) -> list[str]:
    """The text of each page with single spaces."""
    document = pdfium.PdfDocument(path)
    try:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in document]
    finally:
        document.close()


def _align(source: str, pages: list[str], running: tuple[str, ...]) -> dict[int, _Glyph]:
    """For each printed character of the source, where it stands in the PDF."""
    hidden = {i for match in _MARKUP.finditer(source) for i in range(*match.span())}
    printed = [i for i in range(len(source)) if i not in hidden]
    found: list[_Glyph] = []
    for number, text in enumerate(pages, 1):
        skip = {
            i
            for match in re.finditer("|".join(map(re.escape, running)) + r"|Sida \d+|•", text)
            for i in range(*match.span())
        }
        if not running[0].startswith("EXEMPEL"):
            skip |= _page_number(text, number, running[0])
        found.extend(_Glyph(number, i) for i, character in enumerate(text) if i not in skip and character != " ")
    for i, glyph in zip(printed, found, strict=False):
        if source[i] != pages[glyph.page - 1][glyph.offset]:
            printed_there = pages[glyph.page - 1][max(0, glyph.offset - 20) :][:40]
            raise ValueError(f"source and PDF differ at {source[i - 20 : i + 20]!r} / {printed_there!r}")
    if len(printed) != len(found):
        raise ValueError(f"the PDF prints {len(found)} characters, the source {len(printed)}")
    return dict(zip(printed, found, strict=True))


def _page_number(text: str, number: int, foot: str) -> set[int]:
    """The page number that stands behind the running foot of the sans look."""
    start = text.index(foot) + len(foot)
    match = re.compile(rf"\s*{number}").match(text, start)
    return set(range(*match.span())) if match else set()
