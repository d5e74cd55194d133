"""Inline mark-up of text files: emphasis, escapes, tags, entities, links. What is to go, and what was emphasised.

Only what is surely mark-up goes: a lone asterisk is a footnote sign, a row of underscores a line to sign on,
``<x@y.se>`` an address.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from kommungraf.read.builder import Edit

_ANY = re.compile(r"[*_\\<&\[`~\u00ad\ufeff\u200b]")
_TAGS = (
    "a|abbr|b|big|blockquote|br|caption|center|code|col|div|em|figure|font|h[1-6]|hr|i|img|ins|li|mark|ol|p|pre|q|s|small|"
    "span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul"
)
_TOKEN = re.compile(
    r"(?P<escape>\\(?=[!-/:-@\[-`{-~]))"
    r"|(?P<comment><!--.*?-->)"
    rf"|(?P<tag><(?P<close>/?)(?P<name>{_TAGS})(?:\s[^<>\n]*)?\s*/?>)"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)"
    r"|(?P<link>!?\[(?P<label>(?:[^\[\]\\\n]|\\.)*)\]\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\))?)(?:\s+\"[^\"\n]*\")?\))"
    r"|(?P<run>\*+|(?<![^\W_])_{1,3}(?=[^\W_])|(?<=[^\s_])_{1,3}(?![^\W]))"
    r"|(?P<strike>~~)"
    r"|(?P<code>(?<!`)`(?=[^`\n]+`(?!`))|(?<=[^`])`(?!`))"
    r"|(?P<invisible>[\u00ad\ufeff\u200b])",
    re.IGNORECASE,
)
_BREAKING = frozenset({"br", "p", "div", "li", "tr"})


@dataclass(slots=True)
class Marks:
    """The edits of one stretch of text, in order, and the ranges (marks included) that were bold or italic."""

    edits: list[Edit] = field(default_factory=list)
    bold: list[tuple[int, int]] = field(default_factory=list)
    italic: list[tuple[int, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    """An emphasis mark or tag that waits for its end: its sign (``*``, ``_`` or a tag's name), range and signs left."""

    sign: str
    start: int
    end: int
    left: int


def find_marks(stored: str, start: int, end: int) -> Marks:
    """All inline mark-up between two offsets of ``stored`` (a paragraph: emphasis does not cross blank lines)."""
    marks = Marks()
    if not _ANY.search(stored, start, end):
        return marks
    opened: list[_Open] = []
    position = start
    while match := _TOKEN.search(stored, position, end):
        position = match.end()
        kind = match.lastgroup
        if kind == "escape":
            marks.edits.append(Edit(match.start(), match.end()))
            position = match.end() + 1
        elif match["run"]:
            _emphasis(stored, match.start(), match.end(), opened, marks, (start, end))
        elif match["tag"]:
            _tag(match, opened, marks)
        elif match["entity"]:
            text = html.unescape(match["entity"])
            if text != match["entity"]:
                marks.edits.append(Edit(match.start(), match.end(), text if text.isprintable() else " "))
        elif match["link"]:
            marks.edits.append(Edit(match.start(), match.start("label")))
            marks.edits.append(Edit(match.end("label"), match.end()))
            position = match.start("label")
            inner = find_marks(stored, match.start("label"), match.end("label"))
            marks.edits += inner.edits
            position = match.end()
        else:
            marks.edits.append(Edit(match.start(), match.end()))
    marks.edits.sort()
    return marks


def _tag(match: re.Match[str], opened: list[_Open], marks: Marks) -> None:
    """A tag goes; one that breaks the line leaves a line break behind."""
    name = match["name"].lower()
    breaks = name == "br" or (name in _BREAKING and match["close"])
    marks.edits.append(Edit(match.start(), match.end(), "\n" if breaks else ""))
    if not match["close"]:
        opened.append(_Open(name, match.start(), match.end(), 0))
        return
    for index in range(len(opened) - 1, -1, -1):
        if opened[index].sign == name:
            span = (opened[index].start, match.end())
            if name in {"b", "strong"}:
                marks.bold.append(span)
            elif name in {"i", "em"}:
                marks.italic.append(span)
            del opened[index]
            return


def _emphasis(stored: str, start: int, end: int, opened: list[_Open], marks: Marks, within: tuple[int, int]) -> None:
    """A run of ``*`` or ``_``: closes what waits for it, then may open. Signs that find no partner stay in the text."""
    sign = stored[start]
    before = stored[start - 1] if start > within[0] else " "
    after = stored[end] if end < within[1] else " "
    left = end - start
    if not before.isspace():
        while left:
            index = next((i for i in range(len(opened) - 1, -1, -1) if opened[i].sign == sign and opened[i].left), None)
            if index is None:
                break
            opener = opened[index]
            count = 2 if left >= 2 and opener.left >= 2 else 1
            opener.left -= count
            marks.edits.append(Edit(opener.start + opener.left, opener.start + opener.left + count))
            marks.edits.append(Edit(end - left, end - left + count))
            (marks.bold if count == 2 else marks.italic).append((opener.start, end))
            left -= count
            del opened[index + (1 if opener.left else 0) :]
    if left and not after.isspace():
        opened.append(_Open(sign, end - left, end, left))
