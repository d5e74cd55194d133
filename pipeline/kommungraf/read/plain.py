"""Plain text and Markdown: the stored text is the file decoded, unchanged; blocks are found line by line."""

from __future__ import annotations

import re
from itertools import groupby

from kommungraf.model.source import Block, BlockKind, SourceFile, Span, Text
from kommungraf.read.aligned import aligned_tables, column_stops
from kommungraf.read.breaks import BREAK, SPACE, TIGHT, WHOLE, goes_on, hyphen_join, is_title, is_wrapped, settled
from kommungraf.read.builder import CleanBuilder, Piece, pieces
from kommungraf.read.lines import FIRST_MARKERS, ITEM, Line, split_lines, usual_width
from kommungraf.read.marks import find_marks
from kommungraf.read.running import find_running, printed_labels
from kommungraf.read.tables import html_rows, html_table_end, is_separator, put_table, table_marks, table_rows

_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_HEADING_END = re.compile(r"[ \t]+#+[ \t]*$")
_UNDERLINE = re.compile(r"\s*(={3,}|-{3,})\s*$")
_RULE = re.compile(r"\s*(?:(?:-\s?){3,}|(?:\*\s?){3,}|={3,}|___|```+\w*)\s*$")
_QUOTE = re.compile(r" {0,3}>[ \t]+")
_PAGE_BREAK = 3  # blank lines: where a text file that had pages was broken
_PAGE_BREAKS = re.compile(r"\f|\r\r|\n\s*\n")


def read_plain(stored: str, file: SourceFile) -> Text:
    """The blocks of a text or Markdown file, with clean text mapped to the stored one."""
    lines = split_lines(stored)
    pages = lines[-1].page if lines and "\f" in stored else 0
    running = find_running(lines) if pages else []
    reader = _Reader(stored, lines, bool(pages))
    reader.read(lines, {line.stored.start for line in running})
    builder = reader.builder
    full = {block.page for block in builder.blocks}
    text = Text(file, stored, builder.clean, builder.offsets, builder.blocks, pages=pages, running=running)
    text.empty_pages = [page for page in range(1, pages + 1) if page not in full]
    text.page_labels = printed_labels(running)
    return text


class _Reader:
    """The state of one pass over the lines: how many blank lines stood before, and how deep the list is."""

    def __init__(self, stored: str, lines: list[Line], paged: bool) -> None:
        self.stored = stored
        self.builder = CleanBuilder(stored)
        self.width = usual_width(lines)
        self.stops = column_stops(lines)
        self.paged = paged
        self.gap = 0
        self.indents: list[int] = []

    def read(self, lines: list[Line], left_out: set[int]) -> None:
        """All lines but those left out; a chunk is what stands between blank lines or page breaks."""
        chunk: list[Line] = []
        blank = 0
        done = 0
        for line in lines:
            if line.start < done:
                continue
            if end := html_table_end(self.stored, line):
                self.chunk(chunk)
                self.gap += blank
                self.html_table(line, end)
                chunk, blank, done = [], 0, end
                continue
            if not line.text or line.start in left_out:
                blank += not line.text
                continue
            apart = blank or (chunk and line.page != chunk[-1].page)
            if chunk and apart and not _goes_on(chunk, line, blank):
                self.chunk(chunk)
                chunk = []
            if not chunk:
                self.gap += blank
            blank = 0
            chunk.append(line)
        self.chunk(chunk)

    def chunk(self, lines: list[Line]) -> None:
        """Tables are cut out of a chunk first; what is left is headings, items and paragraphs."""
        marked = table_marks(self.stored, lines)
        for kind, group in groupby(zip(marked, lines, strict=True), key=lambda pair: pair[0]):
            part = [line for _, line in group]
            if kind:
                self.table(part, kind)
            else:
                self.untabbed(part)

    def untabbed(self, lines: list[Line]) -> None:
        """Lines without tabs: columns that are made with spaces, and prose."""
        done = 0
        for table in aligned_tables(lines, self.stops):
            self.prose(lines[done : table.start])
            block = self.open(lines[table.start], "table")
            self.begin(block)
            put_table(self.builder, block, table.rows)
            self.close(block, lines[table.end - 1].end)
            done = table.end
        self.prose(lines[done:])

    def table(self, lines: list[Line], separator: str) -> None:
        """Rows of cells: each line, or the lines of a cell that goes over several."""
        kept = [line for line in lines if line.text.strip("| \t") and not is_separator(line.text)]
        if not kept:
            return
        rows = table_rows(self.stored, kept, separator)
        block = self.open(kept[0], "table")
        self.begin(block)
        put_table(self.builder, block, rows)
        self.close(block, kept[-1].end)

    def html_table(self, line: Line, end: int) -> None:
        """A table in HTML's own tags, as converters leave them in Markdown."""
        if rows := html_rows(self.stored, line.start, end):
            block = self.open(line, "table")
            self.begin(block)
            put_table(self.builder, block, rows)
            self.close(block, end)

    def prose(self, lines: list[Line]) -> None:
        """Headings, list items and paragraphs, each from its first line to where the next one begins."""
        start = 0
        while start < len(lines):
            line = lines[start]
            if _RULE.match(line.text):
                self.gap += 1
                start += 1
            elif match := _HEADING.match(line.text):
                self.heading(line, line.start + match.end(), len(match[1]))
                start += 1
            elif start + 1 < len(lines) and start == 0 and (match := _UNDERLINE.match(lines[1].text)):
                self.heading(line, line.start, 1 if match[1][0] == "=" else 2)
                start += 2
            else:
                start = self.item_or_paragraph(lines, start)

    def heading(self, line: Line, start: int, level: int) -> None:
        """One line; its number stays in the text, its hashes do not."""
        end = line.start + len(_HEADING_END.sub("", line.text))
        if not self.stored[start:end].strip():
            return
        block = self.open(line, "heading")
        block.level = level
        self.indents.clear()
        self.put([(start, end)], block, line.end)

    def item_or_paragraph(self, lines: list[Line], start: int) -> int:
        """A list item with its continuation lines, or a paragraph; the index of the line after it."""
        first = lines[start]
        match = ITEM.match(first.text)
        end = start + 1
        while end < len(lines) and not self.begins(lines[end - 1], lines[end], bool(match)):
            end += 1
        body = lines[start:end]
        if not match and len(body) > 1:
            titled = is_title([line.text.strip() for line in body]) and not self.is_hard(first)
            body = body[:1] if titled else self.same_emphasis(body)
            end = start + len(body)
        block = self.open(first, "item" if match else "paragraph")
        if match:
            block.marker = match[2]
            block.level = self.depth(match[1])
            block.stored = Span(first.start + match.end(1), first.end)
        else:
            self.indents.clear()
        ranges = [(line.start, line.start + len(line.text)) for line in body]
        if match:
            # Converters pull an item's mark out of its bold line and leave its closing stars: "- 5. Val av ombud**".
            orphan = first.text.endswith("**") and first.text.count("**") % 2 == 1
            ranges[0] = (first.start + match.end(), ranges[0][1] - 2 * orphan)
        self.put(ranges, block, body[-1].end)
        return end

    def begins(self, before: Line, line: Line, in_item: bool) -> bool:
        """Whether a line starts a new block inside its chunk."""
        if _HEADING.match(line.text) or _RULE.match(line.text):
            return True
        if _PAGE_BREAKS.search(self.stored, before.end, line.start):
            return False
        if match := ITEM.match(line.text):
            number = match[2].strip("().")
            unlikely = number.isdigit() and number not in FIRST_MARKERS and not in_item
            return not (unlikely and is_wrapped(before.text, line.text, self.width))
        if not in_item or self.is_hard(before) or line.text[0].isspace():
            return False
        return not (is_wrapped(before.text, line.text, self.width) or hyphen_join(before.text, line.text) is not None)

    def is_hard(self, line: Line) -> bool:
        """A Markdown hard break: two spaces or a backslash at the end of a line."""
        return line.text.endswith("\\") or self.stored[line.start : line.end].endswith("  ")

    def same_emphasis(self, lines: list[Line]) -> list[Line]:
        """The first lines that are all wholly bold, or all not: a bold line on top of a paragraph is its title."""
        first = self.is_bold(lines[0])
        for count, line in enumerate(lines[1:], 1):
            if self.is_bold(line) != first and (first or "*" in line.text or "<" in line.text):
                return lines[:count]
        return lines

    def is_bold(self, line: Line) -> bool:
        """Whether a whole line is bold by itself."""
        marks = find_marks(self.stored, line.start, line.end)
        return _covered(self.stored, pieces(self.stored, line.start, line.end, marks.edits), marks.bold)

    def depth(self, indent: str) -> int:
        """The level of a list item: how many of the items above it are indented less."""
        width = len(indent.expandtabs(4))
        while self.indents and self.indents[-1] >= width:
            self.indents.pop()
        self.indents.append(width)
        return len(self.indents)

    def open(self, line: Line, kind: BlockKind) -> Block:
        """A new block that begins on a line; it gets its place in clean by :meth:`begin`."""
        indent = len(line.text) - len(line.text.lstrip(" " if kind == "table" else None))
        page = line.page if self.paged else None
        return Block(kind, 0, 0, Span(line.start + indent, line.end), page=page, gap=self.gap)

    def begin(self, block: Block) -> None:
        """The block's text follows; the gap before it is used up."""
        self.builder.separate(block.stored.start)
        block.start = self.builder.length
        self.gap = 0

    def put(self, ranges: list[tuple[int, int]], block: Block, end: int) -> None:
        """The text of a block from its lines, joined by what each line break means; no block where all was mark-up."""
        marks = find_marks(self.stored, ranges[0][0], ranges[-1][1])
        found = [(at, pieces(self.stored, *self.bare(*at), marks.edits)) for at in ranges]
        ranges = [at for at, part in found if part]
        parts = [part for _, part in found if part]
        if not parts:
            self.gap += 1
            return
        self.begin(block)
        block.bold = _covered(self.stored, [piece for part in parts for piece in part], marks.bold)
        block.italic = _covered(self.stored, [piece for part in parts for piece in part], marks.italic)
        joins = [self.join(index, ranges, parts) for index in range(len(parts) - 1)]
        if SPACE in joins:
            joins = settled([self.stored[start:stop].strip() for start, stop in ranges], joins)
        for part, (_, stop), join in zip(parts, ranges, [*joins, TIGHT], strict=True):
            if join == WHOLE:
                part[-1] = Piece(part[-1].start, part[-1].end - 1)
            self.builder.copy(part)
            if join in (SPACE, BREAK):
                self.builder.put(join, stop)
        self.close(block, end)

    def bare(self, start: int, end: int) -> tuple[int, int]:
        """The line without the backslash of a hard break, and without the mark of a quotation."""
        if quote := _QUOTE.match(self.stored, start, end):
            start = quote.end()
        return (start, end - 1) if self.stored[start:end].endswith("\\") else (start, end)

    def join(self, index: int, ranges: list[tuple[int, int]], parts: list[list[Piece]]) -> str:
        """What joins a line to the next."""
        stop = ranges[index][1]
        above, below = self.stored[ranges[index][0] : stop], self.stored[slice(*ranges[index + 1])].lstrip()
        last = parts[index][-1] if parts[index] else None
        if last and last.by is None and last.end == stop and (hyphen := hyphen_join(above, below)) is not None:
            return hyphen
        if _PAGE_BREAKS.search(self.stored, stop, ranges[index + 1][0]):
            return SPACE
        hard = above.endswith("\\") or self.stored[stop : stop + 2] == "  "
        return SPACE if not hard and is_wrapped(above, below, self.width) else BREAK

    def close(self, block: Block, end: int) -> None:
        """The block ends where its text ends; white space after it is not its own."""
        block.end = self.builder.length
        block.stored = Span(block.stored.start, _rstrip(self.stored, end))
        self.builder.blocks.append(block)


def _goes_on(chunk: list[Line], line: Line, blank: int) -> bool:
    """Whether a paragraph goes on after a page break (in files without pages: a run of blank lines)."""
    last = chunk[-1].text
    if (line.page == chunk[-1].page and blank < _PAGE_BREAK) or not goes_on(last, line.text):
        return False
    return "\t" not in last and not last.lstrip().startswith(("#", "|")) and not ITEM.match(line.text)


def _rstrip(stored: str, end: int) -> int:
    while end and stored[end - 1].isspace():
        end -= 1
    return end


def _covered(stored: str, parts: list[Piece], ranges: list[tuple[int, int]]) -> bool:
    """Whether every word of the pieces lies in one of the ranges."""
    if not ranges:
        return False
    words = [p for p in parts if any(c.isalnum() for c in stored[p.start : p.end])]
    return bool(words) and all(any(a <= p.start and p.end <= b for a, b in ranges) for p in words)
