"""A PDF's bookmarks: an entry whose title is printed on its page makes that line a heading, and tells how deep."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pypdfium2 as pdfium

from kommungraf.read.drafts import Draft
from kommungraf.read.pdf_claims import claim

_DEEPEST, _MOST = 6, 5_000
_SIGNS = re.compile(r"[\W_]+")


class Bookmark(NamedTuple):
    """An entry: its title as compared, the page that it leads to (from 1), and how deep it is (from 1)."""

    title: str
    page: int
    depth: int


def bookmarks_of(document: pdfium.PdfDocument) -> list[Bookmark]:
    """The bookmarks of a document that lead to a page of it; an outline that is a loop or endless is cut off."""
    found: list[Bookmark] = []
    for entry in document.get_toc(max_depth=_DEEPEST):
        if len(found) >= _MOST:
            break
        target = entry.get_dest()
        index = target.get_index() if target else None
        if index is not None and (title := _folded(claim(entry.get_title))):
            found.append(Bookmark(title, index + 1, entry.level + 1))
    return found


def _folded(text: str) -> str:
    return _SIGNS.sub("", text).casefold()


def mark_headings(pages: Iterable[tuple[int, list[Draft]]], bookmarks: Sequence[Bookmark]) -> None:
    """Make the blocks that bookmarks name headings, as deep as these; nothing that is not printed becomes one.

    Where sizes made some of them headings already, the highest of these says how deep the outline begins.
    """
    wanted: defaultdict[int, dict[str, int]] = defaultdict(dict)
    for title, page, depth in bookmarks:
        wanted[page].setdefault(title, depth)
    named = [
        (draft, wanted[number].pop(title))
        for number, drafts in pages
        if number in wanted
        for draft in drafts
        if draft.kind != "table" and (title := _folded(" ".join(draft.lines))) in wanted[number]
    ]
    shift = min((draft.level - depth for draft, depth in named if draft.kind == "heading"), default=0)
    for draft, depth in named:
        if draft.kind == "item":  # "1. Inledning": the mark is a part of the title
            draft.marker = ""
        draft.kind, draft.level = "heading", min(_DEEPEST, depth + max(0, shift))
