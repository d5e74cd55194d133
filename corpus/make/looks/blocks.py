"""The neutral list that every look is made from: headings, paragraphs, items, tables, label-value lists, names, breaks.

It comes from our reader of plain text, so that any text or Markdown file can be given any look.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from corpus.make.pdf import FOOT

from kommungraf.model.source import Block as Read
from kommungraf.model.source import Text

Kind = Literal["heading", "paragraph", "item", "table", "fields", "names", "break"]

_BOLD = re.compile(r"\*\*(.+?)\*\*|<b>(.+?)</b>", re.S)
_NAME = re.compile(r"\W?[A-ZÅÄÖÉ][\w.-]+(?: (?:af|von|de|[A-ZÅÄÖÉ][\w.-]*)){1,3}(?: \([\w-]{1,12}\))?(?:,? .{1,70})?")
_PARTY = re.compile(r"\((?:[A-ZÅÄÖ]{1,4}|[A-ZÅÄÖ][a-zåäö]{1,3}|-)\)")
_NUMBER = re.compile(r"[-−–+]?\d[\d \u00a0\u202f]*(?:[,.]\d+)?(?: ?%)?")
_WIDE = re.compile(r" {3,}|\t")
_LONG_LABEL = 45
_FEW_NAMES = 4


@dataclass(frozen=True)
class Run:
    """A stretch of a line, bold or not."""

    text: str
    bold: bool = False


Line = list[Run]


@dataclass
class Cell:
    """A cell of a table."""

    text: str
    bold: bool = False


@dataclass
class Block:
    """One block. ``lines`` of a paragraph, an item or names; ``rows`` of a table; ``fields`` of a label-value list."""

    kind: Kind
    lines: list[Line] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    fields: list[tuple[str, list[str]]] = field(default_factory=list)
    level: int = 0
    marker: str = ""
    near: bool = False  # no empty line before it


@dataclass
class Document:
    """A document to be set: the name of its file (without ending), title, running head, and its blocks."""

    name: str
    title: str
    head: str
    blocks: list[Block]


def document(name: str, title: str, head: str, text: Text) -> Document:
    """The neutral list of a text that our reader has read. Running heads and feet are left to the looks."""
    blocks: list[Block] = []
    page = None
    for read in text.blocks:
        if text.of(read).strip() == FOOT:
            continue
        breaks = read.page != page if page is not None else read.gap >= 3
        if blocks and breaks:
            blocks.append(Block("break"))
        page = read.page
        blocks.append(_block(text, read))
    return Document(name, title, head, _with_names(_with_fields(blocks)))


def plain(line: Line) -> str:
    """The letters of a line."""
    return "".join(run.text for run in line)


def is_number(text: str) -> bool:
    """Whether a cell is a number alone: looks set those to the right."""
    return _NUMBER.fullmatch(text.strip()) is not None


def spread(line: Line) -> tuple[str, str] | None:
    """The two ends of a line that has its last words at the right edge of the page, or nothing."""
    parts = _WIDE.split(plain(line).strip())
    return (parts[0], " ".join(parts[1:])) if len(parts) == 2 and all(parts) else None


def _block(text: Text, read: Read) -> Block:
    if read.kind == "table":
        rows = [[Cell(text.of(cell).replace("\n", " "), cell.bold) for cell in row.cells] for row in read.rows]
        return Block("table", rows=rows)
    stored = text.stored[read.stored.start : read.stored.end]
    bold = [_plain_mark(match[1] or match[2]) for match in _BOLD.finditer(stored)]
    lines = [_runs(line, bold, whole=read.bold) for line in text.of(read).split("\n")]
    return Block(read.kind, lines, level=read.level, marker=read.marker, near=read.gap == 0)


def _plain_mark(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("*", "")).strip()


def _runs(line: str, bold: list[str], *, whole: bool) -> Line:
    """A line with its bold words at the start or the end; in the middle they do not matter to any look."""
    if whole:
        return [Run(line, bold=True)]
    for words in bold:
        if words and line.startswith(words):
            rest = line[len(words) :]
            return [Run(words, bold=True), *([Run(rest)] if rest else [])]
    return [Run(line)]


def _with_fields(blocks: list[Block]) -> list[Block]:
    """Tables of two columns that are labels with their values become lists of fields; neighbours become one list."""
    result: list[Block] = []
    for block in blocks:
        fields = _fields(block)
        if fields is None:
            result.append(block)
        elif result and result[-1].kind == "fields":
            result[-1].fields += fields
        else:
            result.append(Block("fields", fields=fields))
    return result


def _fields(block: Block) -> list[tuple[str, list[str]]] | None:
    rows = block.rows
    if block.kind != "table" or any(len(row) != 2 for row in rows) or any(row[1].bold for row in rows):
        return None
    if any(_NUMBER.fullmatch(row[1].text) for row in rows):
        return None
    labels = [row[0] for row in rows]
    marked = any(cell.bold or not cell.text for cell in labels) or len(rows) == 1
    if not marked or not labels[0].text or any(len(cell.text) > _LONG_LABEL for cell in labels):
        return None
    fields: list[tuple[str, list[str]]] = []
    for label, value in rows:
        if label.text:
            fields.append((label.text, [value.text]))
        else:
            fields[-1][1].append(value.text)
    return fields


def _with_names(blocks: list[Block]) -> list[Block]:
    """Lists of people, line under line or paragraph under paragraph, become blocks of names."""
    result: list[Block] = []
    group: list[Block] = []
    for block in [*blocks, Block("break")]:
        if block.kind == "paragraph" and all(_NAME.fullmatch(plain(line)) for line in block.lines):
            group.append(block)
            continue
        lines = [line for one in group for line in one.lines]
        people = sum(1 for line in lines if _PARTY.search(plain(line)))
        if len(lines) >= _FEW_NAMES and people * 2 >= len(lines):
            result.append(Block("names", lines, near=group[0].near))
        else:
            result += group
        group = []
        result.append(block)
    return result[:-1]
