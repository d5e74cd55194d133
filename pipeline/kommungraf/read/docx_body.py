"""The paragraphs and tables of a part of a Word document (its body, a header, a note), in the order of reading."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kommungraf.errors import InputError
from kommungraf.read.docx_names import MC, W, number, switch
from kommungraf.read.docx_numbering import Numbering
from kommungraf.read.docx_runs import Fields, Line, Runs
from kommungraf.read.docx_styles import BODY_TEXT, Style, Styles, style_id, white
from kommungraf.read.office_parts import Box, Content, Paragraph, Story, Table, boxed, text_of

DEEPEST = 40
"""Tables, content controls and text boxes inside each other: more is no document but an attack."""
_MOST_COLUMNS = 64  # Word allows 63
_HOLDERS = frozenset(f"{W}{name}" for name in "ins moveTo customXml smartTag sdtContent".split())
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_CONTENTS_GALLERY = "Table of Contents"


@dataclass(frozen=True, slots=True)
class Section:
    """The end of a section, with its properties: paper, heads and feet."""

    properties: Element


class Body:
    """Reads parts of one document; lists are counted through all of it."""

    def __init__(self, styles: Styles, numbering: Numbering, story: Story) -> None:
        self.styles = styles
        self.numbering = numbering
        self.story = story
        self.runs = Runs(styles, story)
        self._fields = Fields()
        self._pending: Paragraph | None = None  # its end was deleted: the next one goes on in it
        self._contents: list[str] = []

    def blocks(self, parent: Element) -> list[Content]:
        """What stands in a part that has no sections: a header, a note."""
        return [block for block in self.read(parent) if not isinstance(block, (Section, Note))]

    def read(self, parent: Element, depth: int = 0) -> Iterator[Content | Section | Note]:
        """The blocks of an element, with the ends of sections and the notes where they are referred to."""
        if depth > DEEPEST:
            raise InputError("too-deep", f"{self.story.name} has parts inside each other deeper than any document.")
        for child in parent:
            tag = child.tag
            if tag == f"{W}p":
                yield from self.paragraph(child, depth)
            elif tag == f"{W}tbl":
                yield from self.flush()
                yield Table(list(self.rows(child, depth)))
            elif tag == f"{W}sdt":
                yield from self.control(child, depth)
            elif tag in _HOLDERS:
                yield from self.read(child, depth + 1)
            elif tag == f"{MC}AlternateContent":
                yield from self.read(chosen(child), depth + 1)
            elif tag in _DELETED:
                self.runs.deleted(child)
            elif tag == f"{W}altChunk":
                message = f"{self.story.name} holds another document that is not merged into it; save it again in Word."
                self.story.issue("embedded", message)
            elif tag == f"{W}sectPr":
                yield from self.flush()
                yield Section(child)
        if not depth:
            yield from self.flush()

    def control(self, element: Element, depth: int) -> Iterator[Content | Section | Note]:
        """A content control; one that is a table of contents is left out, and one that waits to be filled in."""
        content = element.find(f"{W}sdtContent")
        if content is None:
            return
        properties = element.find(f"{W}sdtPr")
        gallery = properties.find(f".//{W}docPartGallery") if properties is not None else None
        if gallery is not None and gallery.get(f"{W}val") == _CONTENTS_GALLERY:
            inside = [block for block in self.read(content, depth + 1) if not isinstance(block, (Section, Note))]
            self.leave_contents(text_of(inside))
        elif switch(properties, "showingPlcHdr"):
            self.runs.placeholder(content)
        else:
            yield from self.read(content, depth + 1)

    def leave_contents(self, text: str) -> None:
        """A table of contents names what comes: it is no text of its own."""
        if text.strip():
            self.story.leave_out("contents", "a table of contents, which repeats the headings", text)

    def paragraph(self, element: Element, depth: int) -> Iterator[Content | Section | Note]:
        """A paragraph, as two where a page ends inside it; then the text boxes that hang on it."""
        properties = element.find(f"{W}pPr")
        identity = style_id(properties, "pStyle")
        style = self.styles.paragraph(identity)
        in_contents = self._fields.in_contents
        line = self.runs.line(element, style.look, self._fields)
        if style.contents or (in_contents and self._fields.in_contents) or line.contents:
            self.leave_contents("".join(run.text for part in line.parts for run in part))
        else:
            yield from self.parts(line, properties, style, identity)
        for box in line.boxes:
            yield from boxed(self.read(box, depth + 1))
        yield from map(Note, line.notes)
        section = properties.find(f"{W}sectPr") if properties is not None else None
        if section is not None:
            yield from self.flush()
            yield Section(section)

    def parts(self, line: Line, properties: Element | None, style: Style, identity: str | None) -> Iterator[Paragraph]:
        """The paragraph of a line, or what a deleted end of a paragraph and page breaks make of it."""
        first = self._pending or self.begun(properties, style, identity)
        self._pending = None
        first.runs += line.parts[0]
        mark = properties.find(f"{W}rPr") if properties is not None else None
        if mark is not None and any(mark.find(tag) is not None for tag in _DELETED):
            self.story.tracked_changes()
            self._pending = first
            return
        yield first
        for runs in line.parts[1:]:
            yield Paragraph(runs, heading=first.heading, titled=first.titled, breaks=True)

    def begun(self, properties: Element | None, style: Style, identity: str | None) -> Paragraph:
        """A paragraph with what its own properties and its style say of it."""
        paragraph = Paragraph(heading=style.heading, titled=style.titled, breaks=style.breaks)
        paragraph.above, paragraph.below = white(properties, style.above, style.below)
        list_id, level = style.list_id, style.list_level
        if properties is not None:
            outline, breaks = number(properties, "outlineLvl"), switch(properties, "pageBreakBefore")
            if outline is not None:
                paragraph.heading = outline + 1 if 0 <= outline < BODY_TEXT else 0
            paragraph.breaks = style.breaks if breaks is None else breaks
            own = properties.find(f"{W}numPr")
            if own is not None:
                list_id = list_id if (said := number(own, "numId")) is None else said
                level = level if (said := number(own, "ilvl")) is None else said
        if list_id:
            level = self.numbering.level_of_style(list_id, identity or "") if level is None else level
            paragraph.label = self.numbering.label(list_id, level)
            paragraph.depth = level + 1 if paragraph.label else 0
        return paragraph

    def flush(self) -> Iterator[Paragraph]:
        """A paragraph whose end was deleted, where nothing comes that could go on in it."""
        if self._pending is not None:
            yield self._pending
            self._pending = None

    def rows(self, table: Element, depth: int) -> Iterator[list[Box]]:
        """The rows of a table, deleted ones left out."""
        for row in _children(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                self.runs.deleted(row)
                continue
            boxes = [Box()] * min(number(properties, "gridBefore") or 0, _MOST_COLUMNS)
            for cell in _children(row, f"{W}tc"):
                boxes.append(self.cell(cell, depth))
            yield boxes

    def cell(self, cell: Element, depth: int) -> Box:
        """A cell; one that only goes on from the cell above is empty."""
        properties = cell.find(f"{W}tcPr")
        span = min(max(number(properties, "gridSpan") or 1, 1), _MOST_COLUMNS)
        merged = properties.find(f"{W}vMerge") if properties is not None else None
        blocks: list[Content] = []
        for block in self.read(cell, depth + 1):
            if isinstance(block, Note):
                self.runs.notes_in_tables.append(block.element)
            elif not isinstance(block, Section):
                blocks.append(block)
        blocks += self.flush()
        if merged is not None and merged.get(f"{W}val", "continue") == "continue":
            return Box(span=span)
        return Box(blocks, span)


@dataclass(frozen=True, slots=True)
class Note:
    """A reference to a footnote or endnote."""

    element: Element


def chosen(alternatives: Element) -> Element:
    """The first form of content that is given in several; the last is for old programs."""
    return next(iter(alternatives), alternatives)


def _children(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, those in content controls and marks of changes included."""
    waiting = list(parent)[::-1]
    while waiting:
        child = waiting.pop()
        if child.tag == tag:
            yield child
        elif child.tag == f"{W}sdt" or child.tag in _HOLDERS:
            waiting.extend(list(child)[::-1])
