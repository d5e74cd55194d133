"""The paragraphs and tables of a part of an OpenDocument text (its body, a head, a note), in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kommungraf.errors import InputError
from kommungraf.read.odt_inline import Inline, Line
from kommungraf.read.odt_lists import Count, Lists
from kommungraf.read.odt_names import DRAW, OFFICE, TABLE, TEXT, whole
from kommungraf.read.odt_styles import ParagraphStyle, Styles
from kommungraf.read.office_parts import Box, Content, Paragraph, Story, Table, boxed, text_of

DEEPEST = 40
"""Lists, tables, sections and frames inside each other: more is no document but an attack."""
_MOST_COLUMNS = 64
_MOST_REPEATED = 64  # rows or cells that are the same: more are no table of facts
_MOST_MADE = 500_000  # characters and cells that a document may have by saying that they are repeated
_PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
_INDEXES = frozenset(
    f"{TEXT}{name}"
    for name in (
        "table-of-content", "illustration-index", "table-index", "object-index", "user-index", "alphabetical-index",
        "bibliography",
    )
)  # fmt: skip
_SKIPPED = frozenset(
    {f"{OFFICE}forms", f"{TEXT}sequence-decls", f"{TEXT}variable-decls", f"{TEXT}user-field-decls", f"{TEXT}number"}
)
_ROW_GROUPS = frozenset(f"{TABLE}{name}" for name in ("table-header-rows", "table-rows", "table-row-group"))
_CELLS = frozenset({f"{TABLE}table-cell", f"{TABLE}covered-table-cell"})


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote, where it is referred to."""

    element: Element


@dataclass(frozen=True, slots=True)
class Master:
    """From here on pages are of another kind: with other heads and feet."""

    name: str


@dataclass(slots=True)
class _Item:
    """The item of a list that is being read: its list, its depth, and the label that its first paragraph gets."""

    count: Count
    depth: int
    label: str = ""


class Body:
    """Reads parts of one document; lists are counted through all of it."""

    def __init__(self, styles: Styles, lists: Lists, story: Story) -> None:
        self.styles = styles
        self.lists = lists
        self.story = story
        self.inline = Inline(styles, story)
        self._repeats = _MOST_MADE
        self._ended = False  # a page ends after the last paragraph

    def blocks(self, parent: Element) -> list[Content]:
        """What stands in a part that has no kinds of pages: a head, a note."""
        return [block for block in self.read(parent) if isinstance(block, (Paragraph, Table))]

    def read(self, parent: Element, depth: int = 0, item: _Item | None = None) -> Iterator[Content | Note | Master]:
        """The blocks of an element, with notes where they are referred to."""
        if depth > DEEPEST:
            raise InputError("too-deep", f"{self.story.name} has parts inside each other deeper than any document.")
        for child in parent:
            tag = child.tag
            if tag in _PARAGRAPHS:
                yield from self.paragraph(child, depth, item)
            elif tag == f"{TEXT}list":
                yield from self.items(child, depth, item)
            elif tag == f"{TABLE}table":
                yield from self.table(child, depth)
            elif tag in _INDEXES:
                self.leave_contents(child, depth)
            elif tag == f"{TEXT}tracked-changes":
                self.changes(child, depth)
            elif tag == f"{TEXT}section" and child.get(f"{TEXT}display") == "none":
                self.story.leave_out("hidden", "a hidden section, which is not printed", "".join(child.itertext()))
            elif child.tag.startswith(DRAW):
                for box in self.inline.boxes(child):
                    yield from boxed(self.read(box, depth + 1))
            elif tag not in _SKIPPED:
                yield from self.read(child, depth + 1, item)

    def leave_contents(self, element: Element, depth: int) -> None:
        """A table of contents names what comes: it is no text of its own."""
        inside = [block for block in self.read(element, depth + 1) if isinstance(block, (Paragraph, Table))]
        if text := text_of(inside):
            self.story.leave_out("contents", "a table of contents, which repeats the headings", text)

    def changes(self, element: Element, depth: int) -> None:
        """Changes that nobody has accepted: what was deleted is kept here, what was inserted stands in the text."""
        if len(element):
            self.story.tracked_changes()
        for deletion in element.iter(f"{TEXT}deletion"):
            for block in self.read(deletion, depth + 1):
                if isinstance(block, Paragraph) and block.text.strip():
                    self.story.leave_out("deletion", "deleted in a tracked change", block.text)

    def items(self, element: Element, depth: int, around: _Item | None) -> Iterator[Content | Note | Master]:
        """A list: its items, and lists inside them, get the labels that a program shows."""
        count = around.count if around else self.lists.begun(element)
        levels = count.levels  # a list inside another may have levels of its own
        if around:
            count.levels = self.lists.levels(element.get(f"{TEXT}style-name", "")) or levels
        level = around.depth + 1 if around else 1
        for child in element:
            item = _Item(count, level)
            if child.tag == f"{TEXT}list-item" and any(one.tag in _PARAGRAPHS for one in child):
                said = child.get(f"{TEXT}start-value")
                item.label = count.label(level, whole(said, 1) if said else None)
            yield from self.read(child, depth + 1, item)
        count.levels = levels

    def paragraph(self, element: Element, depth: int, item: _Item | None) -> Iterator[Content | Note | Master]:
        """A paragraph or heading, then the text boxes that hang on it and the notes that it refers to."""
        style = self.styles.paragraph(element.get(f"{TEXT}style-name", ""))
        if style.master and not depth:
            yield Master(style.master)
        line = self.inline.line(element, style.look)
        if style.contents:
            self.story.leave_out("contents", "a table of contents, which repeats the headings", _text(line))
        else:
            yield self.begun(element, style, line, item)
        for box in line.boxes:
            yield from boxed(self.read(box, depth + 1))
        yield from map(Note, line.notes)

    def begun(self, element: Element, style: ParagraphStyle, line: Line, item: _Item | None) -> Paragraph:
        """A paragraph with what it and its style say of it."""
        paragraph = Paragraph(line.text.runs(), style.heading, style.titled, breaks=style.breaks or self._ended)
        paragraph.above, paragraph.below = style.above, style.below
        self._ended = style.ends
        if element.tag == f"{TEXT}h":
            paragraph.heading = max(1, whole(element.get(f"{TEXT}outline-level"), 1))
        if item is not None:
            paragraph.label, item.label = item.label, ""
            paragraph.depth = item.depth
        elif element.tag == f"{TEXT}h" and style.numbered and element.get(f"{TEXT}is-list-header") != "true":
            said = element.get(f"{TEXT}start-value")
            paragraph.label = self.lists.headings.label(paragraph.heading, whole(said, 1) if said else None)
        return paragraph

    def table(self, element: Element, depth: int) -> Iterator[Content | Note]:
        """A table, and after it the notes that stand in it."""
        notes: list[Note] = []
        yield Table(list(self.rows(element, depth, notes)))
        yield from notes

    def rows(self, table: Element, depth: int, notes: list[Note]) -> Iterator[list[Box]]:
        """The rows of a table, those of its head and of groups included, hidden ones left out."""
        waiting = list(table)[::-1]
        while waiting:
            child = waiting.pop()
            if child.tag in _ROW_GROUPS:
                waiting.extend(list(child)[::-1])
            elif child.tag == f"{TABLE}table-row" and child.get(f"{TABLE}visibility", "visible") != "visible":
                self.story.leave_out("hidden", "a hidden row of a table", "".join(child.itertext()))
            elif child.tag == f"{TABLE}table-row":
                row = list(self.cells(child, depth, notes))
                for _ in range(self.times(child.get(f"{TABLE}number-rows-repeated"), row)):
                    yield row

    def times(self, said: str | None, boxes: list[Box]) -> int:
        """How often boxes stand that are written once: a document may say millions, and is to have but few of it."""
        length = sum(len(text_of(box.blocks)) for box in boxes)
        times = max(1, min(whole(said, 1), _MOST_REPEATED, 1 + self._repeats // (length + len(boxes) + 1)))
        self._repeats -= (times - 1) * (length + len(boxes))
        return times

    def cells(self, row: Element, depth: int, notes: list[Note]) -> Iterator[Box]:
        """The cells of a row; those that a wider cell covers are part of that one, those covered from above empty."""
        covered = 0
        for cell in row:
            if cell.tag not in _CELLS:
                continue
            if cell.tag == f"{TABLE}covered-table-cell":
                times = self.times(cell.get(f"{TABLE}number-columns-repeated"), [])
                skipped = min(covered, times)
                covered -= skipped
                yield from (Box() for _ in range(times - skipped))
                continue
            blocks: list[Content] = []
            for block in self.read(cell, depth + 1):
                if isinstance(block, Note):
                    notes.append(block)
                elif not isinstance(block, Master):
                    blocks.append(block)
            times = self.times(cell.get(f"{TABLE}number-columns-repeated"), [Box(blocks)])
            span = min(max(whole(cell.get(f"{TABLE}number-columns-spanned"), 1), 1), _MOST_COLUMNS)
            covered = span - 1
            yield from (Box(blocks, span) for _ in range(times))


def _text(line: Line) -> str:
    return "".join(run.text for run in line.text.runs())
