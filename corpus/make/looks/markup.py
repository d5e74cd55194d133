"""The neutral list as HTML: what the browser, WeasyPrint and the municipality's web page all set, each its own way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby

from corpus.make.looks.blocks import Block, Cell, Document, Line, is_number, plain, spread

_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}\b)")


@dataclass(frozen=True)
class Markup:
    """What differs in the HTML: how labels and values stand, the space in numbers, and whether ``§`` opens a box."""

    fields: str = "table"  # table, grid or lines
    number_space: str = " "
    framed: bool = False
    breaks: bool = True  # else a line across marks where a page or a document begins


def body(document: Document, markup: Markup) -> str:
    """The blocks as the content of an HTML body."""
    parts = []
    for kind, group in groupby(document.blocks, key=lambda block: (block.kind, block.marker[-1:].isalnum())):
        blocks = list(group)
        if kind[0] == "item":
            parts.append(_list(blocks))
        else:
            parts += [_block(block, markup) for block in blocks]
    return "\n".join(part for part in parts if part)


def numbers(text: str, space: str) -> str:
    """Spaces between groups of digits as a look prints them: plain, no-break or narrow."""
    return _THOUSANDS.sub(space, text)


def _block(block: Block, markup: Markup) -> str:
    if block.kind == "break":
        return '<div class="break"></div>' if markup.breaks else "<hr>"
    if block.kind == "heading":
        level = max(1, block.level)
        frame = ' class="framed"' if markup.framed and level == 2 else ""
        return f"<h{level}{frame}>{_lines(block.lines)}</h{level}>"
    if block.kind == "names":
        return '<div class="names">' + "".join(f"<div>{_runs(line)}</div>" for line in block.lines) + "</div>"
    if block.kind == "fields":
        return _fields(block, markup)
    if block.kind == "table":
        return _table(block.rows, markup)
    near = ' class="near"' if block.near else ""
    return f"<p{near}>{_lines(block.lines)}</p>"


def _list(items: list[Block]) -> str:
    """Items as a list of the browser's where its marks are the printed ones, else as paragraphs that hang."""
    if all(item.marker in ("-", "•", "*") for item in items):
        return "<ul>" + "".join(f"<li>{_lines(item.lines)}</li>" for item in items) + "</ul>"
    if [item.marker for item in items] == [f"{number}." for number in range(1, len(items) + 1)]:
        return "<ol>" + "".join(f"<li>{_lines(item.lines)}</li>" for item in items) + "</ol>"
    return "".join(f'<p class="hang">{escape(item.marker)} {_lines(item.lines)}</p>' for item in items)


def _fields(block: Block, markup: Markup) -> str:
    if markup.fields == "table":
        rows = "".join(
            f"<tr><th>{escape(label)}</th><td>{'<br>'.join(map(escape, values))}</td></tr>"
            for label, values in block.fields
        )
        return f'<table class="fields">{rows}</table>'
    if markup.fields == "grid":
        parts = "".join(f"<dt>{escape(label)}</dt><dd>{_values(values)}</dd>" for label, values in block.fields)
        return f"<dl>{parts}</dl>"
    return "".join(f"<p><b>{escape(label)}</b><br>{'<br>'.join(map(escape, v))}</p>" for label, v in block.fields)


def _values(values: list[str]) -> str:
    names = "names" if len(values) > 3 else ""
    return f'<div class="{names}">' + "".join(f"<div>{escape(value)}</div>" for value in values) + "</div>"


def _table(rows: list[list[Cell]], markup: Markup) -> str:
    head = all(cell.bold or not cell.text for cell in rows[0])
    numeric = not head and len(rows) > 1 and any(is_number(cell.text) for cell in rows[1])
    parts = []
    for number, row in enumerate(rows):
        tag = "th" if number == 0 and (head or numeric) and not any(is_number(cell.text) for cell in row) else "td"
        parts.append("<tr>" + "".join(_cell(cell, tag, markup) for cell in row) + "</tr>")
    return '<table class="data">' + "".join(parts) + "</table>"


def _cell(cell: Cell, tag: str, markup: Markup) -> str:
    side = ' class="number"' if is_number(cell.text) else ""
    text = escape(numbers(cell.text, markup.number_space))
    return f"<{tag}{side}>{f'<b>{text}</b>' if cell.bold and tag == 'td' else text}</{tag}>"


def _lines(lines: list[Line]) -> str:
    return "<br>".join(_runs(line) for line in lines)


def _runs(line: Line) -> str:
    ends = spread(line)
    if ends:
        return f'<span class="spread"><span>{escape(ends[0])}</span><span>{escape(ends[1])}</span></span>'
    return "".join(f"<b>{escape(run.text)}</b>" if run.bold else escape(run.text) for run in line) or plain(line)
