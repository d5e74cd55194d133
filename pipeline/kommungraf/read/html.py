"""Web pages: the content of a page without what the site puts around it. The stored text is built block by block."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser

from kommungraf.errors import InputError
from kommungraf.model.source import SourceFile, Text
from kommungraf.read.compose import Composer
from kommungraf.read.html_blocks import blocks
from kommungraf.read.html_bytes import page_text, unpacked
from kommungraf.read.html_content import content_of
from kommungraf.read.html_metadata import claims
from kommungraf.read.html_nodes import Styles

_TAG = re.compile(r"<(/?)([a-z][\w:-]*)", re.IGNORECASE)
# Elements that need no end, or whose end is understood.
_UNCLOSED = frozenset(
    "area base body br col colgroup dd dt embed head hr html img input li link meta option p param source tbody td"
    " tfoot th thead tr track wbr".split()
)
_DEEPEST = 1000  # browsers stop at 512; the parser's time grows with the square of the depth


def read_html(data: bytes, file: SourceFile) -> Text:
    """Read a web page.

    Raises :class:`~kommungraf.errors.InputError`: ``no-text``, ``too-deep``, ``binary``, ``encoding``.
    """
    source, issues = page_text(data, file.name)
    if _depth(source) > _DEEPEST:
        raise InputError(
            "too-deep", f"{file.name} has more than {_DEEPEST:,} elements inside one another; it is no page."
        )
    page = LexborHTMLParser(source)
    content = content_of(page)
    composer = Composer()
    drafts = blocks(content, Styles.of(page), file)
    if not drafts:
        raise _empty(page, data, file.name)
    for draft in drafts:
        composer.block(draft)
    text = composer.text(file)
    text.left_out, text.metadata, text.issues = content.left_out, claims(page), issues
    return text


def read_web_archive(data: bytes, file: SourceFile) -> Text:
    """Read a page that a browser saved as one file (MHTML). Raises the errors of :func:`read_html` and ``damaged``."""
    return read_html(unpacked(data, file.name), file)


def _depth(source: str) -> int:
    """How deep the elements of a page stand in one another, at most."""
    depth = deepest = 0
    for end, name in _TAG.findall(source):
        if name.lower() not in _UNCLOSED:
            depth = max(0, depth - 1) if end else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _empty(page: LexborHTMLParser, data: bytes, name: str) -> InputError:
    if page.css_first("frame, iframe") is not None:
        return InputError("no-text", f"{name} only shows other pages in frames; save the page in the frame instead.")
    if b"<script" in data.lower():
        return InputError("no-text", f"{name} has no text of its own (scripts make it?); print it to PDF in a browser.")
    return InputError("no-text", f"{name} is a web page without text.")
