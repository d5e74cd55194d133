"""Tables of a word processor: those that only lay out a page are taken apart, the others become rows of cells."""

from __future__ import annotations

from collections.abc import Iterator

from kommungraf.read.breaks import BREAK
from kommungraf.read.drafts import Draft, DraftCell
from kommungraf.read.lines import ITEM
from kommungraf.read.office_parts import Box, Content, Paragraph, Table, text_of

_PROSE = 400  # characters in several paragraphs: more than a cell of a table of facts holds
_LABEL = 60
_ENTRY = 80  # characters: a longer line is a sentence and no entry of a list


def laid_out(blocks: list[Content]) -> Iterator[Content]:
    """The blocks, with tables that only lay out their content taken apart, cell after cell."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            yield from _unfolded(block)


def _unfolded(table: Table) -> Iterator[Content]:
    rows = [row for row in table.rows if any(_is_full(box) for box in row)]
    if not rows:
        return
    if len({column for row in rows for column in _full_columns(row)}) == 1:  # a frame around text
        for row in rows:
            yield from _content(row)
        return
    two = max(len(row) for row in rows) == 2 and not _is_head(rows[0])
    kept: list[list[Box]] = []
    for row in rows:
        nested = any(isinstance(block, Table) for box in row for block in box.blocks)
        if nested or (two and _is_prose(row[-1])):
            if kept:
                yield Table(kept)
                kept = []
            yield from _content(row)
        else:
            kept.append(row)
    if kept:
        yield Table(kept)


def _content(row: list[Box]) -> Iterator[Content]:
    for box in row:
        yield from laid_out(box.blocks)


def _full_columns(row: list[Box]) -> Iterator[int]:
    column = 0
    for box in row:
        if _is_full(box):
            yield column
        column += box.span


def _is_full(box: Box) -> bool:
    return any(isinstance(block, Table) or block.text.strip() or _is_text(block.label) for block in box.blocks)


def _is_text(label: str) -> bool:
    return any(sign.isalnum() for sign in label)


def _is_head(row: list[Box]) -> bool:
    """Whether a row names its columns: each of its cells is a few words in bold."""
    return len(row) > 1 and all(_is_full(box) and len(text_of(box.blocks)) <= _LABEL and _is_bold(box) for box in row)


def _is_bold(box: Box) -> bool:
    runs = [run for block in box.blocks if isinstance(block, Paragraph) for run in block.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _is_prose(box: Box) -> bool:
    """Whether a cell holds a text of its own: a heading, or several paragraphs that are no list of short lines."""
    paragraphs = [block for block in box.blocks if isinstance(block, Paragraph) and block.text.strip()]
    if any(paragraph.heading for paragraph in paragraphs):
        return len(paragraphs) > 1
    length = sum(len(paragraph.text) for paragraph in paragraphs)
    return len(paragraphs) > 1 and length >= _PROSE and length / len(paragraphs) > _LABEL


def table_draft(table: Table, gap: int) -> Draft:
    """A table as a draft; a cell over several columns is followed by empty ones."""
    rows: list[list[DraftCell]] = []
    for row in table.rows:
        cells: list[DraftCell] = []
        for box in row:
            cells.append(_cell(box))
            cells += [DraftCell() for _ in range(box.span - 1)]
        rows += _listed(cells) if len(row) == 2 and not any(_has_items(box) for box in row) else [cells]
    return Draft("table", rows=rows, gap=gap)


def _listed(cells: list[DraftCell]) -> list[list[DraftCell]]:
    """A label beside a list of lines (who was there) is a row for each line, as it is where tabs part the two."""
    label, *empty, entries = cells
    if len(label.lines) != 1 or len(entries.lines) < 2 or max(map(len, entries.lines)) > _ENTRY:
        return [cells]
    lines = [DraftCell([line], [], entries.bold) for line in entries.lines]
    return [[label if not number else DraftCell(), *empty, line] for number, line in enumerate(lines)]


def _has_items(box: Box) -> bool:
    return any(ITEM.match(line) for block in box.blocks if isinstance(block, Paragraph) for line in cell_lines(block))


def _cell(box: Box) -> DraftCell:
    lines = [line for block in box.blocks if isinstance(block, Paragraph) for line in cell_lines(block)]
    return DraftCell(lines, [BREAK] * (len(lines) - 1), bool(lines) and _is_bold(box))


def cell_lines(paragraph: Paragraph) -> list[str]:
    """The lines of a paragraph in a cell; tabs part cells, so there are none in one."""
    text = f"{paragraph.label} {paragraph.text}" if paragraph.text.strip() or _is_text(paragraph.label) else ""
    return [" ".join(line.split(None)) if "\t" in line else line.strip() for line in text.split("\n") if line.strip()]
