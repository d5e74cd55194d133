"""PDF by Typst: names in three columns, tables of horizontal lines, a contents page, an e-signing page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from corpus.make.looks.blocks import Block, Cell, Document, Line, is_number, plain, spread
from corpus.make.looks.markup import numbers

_NARROW = "\u202f"
_MANY_HEADINGS = 4
_SETUP = """
#set document(title: {title}, date: datetime(year: 2024, month: 1, day: 2))
#set page(paper: "a4", margin: (x: 2.6cm, top: 3cm, bottom: 2.6cm),
  header: context if counter(page).get().first() > 1 [
    #text(8pt)[#{head}] #h(1fr) #text(8pt)[#counter(page).display()/#counter(page).final().first()]
  ],
  footer: align(center, text(8pt)[Justerandes sign.]))
#set text(font: "Libertinus Serif", size: 11pt, lang: "sv")
#set par(justify: false)
#show heading: set text(weight: "semibold")
#show heading.where(level: 2): it => block(width: 100%, stroke: (left: 2pt + gray), inset: (left: 6pt, y: 4pt), it)
"""


def typst(documents: Sequence[Document], to: Path) -> list[Path]:
    """Set with Typst."""
    import typst as compiler

    paths = []
    for document in documents:
        path = to / f"{document.name}.pdf"
        compiler.compile(_source(document).encode(), output=str(path))
        paths.append(path)
    return paths


def _source(document: Document) -> str:
    parts = [_SETUP.replace("{title}", _text(document.title)).replace("{head}", _text(document.head))]
    headings = sum(1 for block in document.blocks if block.kind == "heading" and block.level <= 2)
    contents = headings >= _MANY_HEADINGS
    for block in document.blocks:
        if block.kind == "break" and contents:
            parts.append("#pagebreak()\n#outline(title: [Innehåll], depth: 2)\n#pagebreak()")
            contents = False
        else:
            parts.append(_block(block))
    return "\n\n".join([*parts, _signatures(document)])


def _block(block: Block) -> str:
    match block.kind:
        case "break":
            return "#pagebreak(weak: true)"
        case "heading":
            return f"#heading(level: {max(1, block.level)}, {_text(' '.join(plain(line) for line in block.lines))})"
        case "table":
            return _table(block.rows)
        case "names":
            return _names([plain(line) for line in block.lines], 3)
        case "fields":
            rows = [f"strong({_text(label)}), {_values(values)}" for label, values in block.fields]
            return f"#grid(columns: (4.4cm, 1fr), row-gutter: 0.9em, {', '.join(rows)})"
        case "item":
            return f"#grid(columns: (0.8cm, 1fr), {_text(block.marker)}, [{_lines(block.lines)}])"
        case _:
            return f"#par[{_lines(block.lines)}]"


def _values(values: list[str]) -> str:
    return f"stack(spacing: 0.6em, {', '.join(map(_text, values))})"


def _names(lines: list[str], columns: int) -> str:
    """Columns filled from the top, as many as there are, of equal length."""
    length = -(-len(lines) // columns)
    parts = [_values(lines[start : start + length]) for start in range(0, len(lines), length)]
    return f"#grid(columns: ({'1fr, ' * columns}), column-gutter: 0.5cm, {', '.join(parts)})"


def _table(rows: list[list[Cell]]) -> str:
    width = max(len(row) for row in rows)
    cells = []
    for number, row in enumerate(rows):
        cells += [_cell(cell) for cell in row] + ["[]"] * (width - len(row))
        cells.append(f"table.hline(stroke: {'0.8pt' if number in (0, len(rows) - 1) else '0.3pt + gray'})")
    columns = f"1.6fr, {'1fr, ' * (width - 1)}"
    return f"#table(columns: ({columns}), stroke: none, table.hline(stroke: 0.8pt), {', '.join(cells)})"


def _cell(cell: Cell) -> str:
    text = _text(numbers(cell.text, _NARROW))
    content = f"strong({text})" if cell.bold else text
    return f"table.cell(align: right, {content})" if is_number(cell.text) else f"[#{content}]"


def _lines(lines: list[Line]) -> str:
    return " \\ ".join(_runs(line) for line in lines)


def _runs(line: Line) -> str:
    ends = spread(line)
    if ends:
        return f"#{_text(ends[0])} #h(1fr) #{_text(ends[1])}"
    return "".join(f"#strong({_text(run.text)})" if run.bold else f"#{_text(run.text)};" for run in line)


def _signatures(document: Document) -> str:
    """The page that an e-signing service adds: who has signed, and how."""
    people = [plain(line).split(" (")[0] for block in document.blocks if block.kind == "names" for line in block.lines]
    values = [value for block in document.blocks for _, values in block.fields for value in values]
    people += [value.split(" (")[0] for value in values if " (" in value]
    if not people:
        return ""
    rows = "".join(
        f"#par[#strong({_text(person)}) \\ #text(8pt)[Elektronisk underskrift \\ Signerat med e-legitimation]]\n\n"
        for person in dict.fromkeys(people[:2])
    )
    return (
        '#pagebreak()\n#heading(level: 1, outlined: false, bookmarked: false, "Underskriftssida")\n'
        "#par[Detta dokument är elektroniskt undertecknat.]\n" + rows
    )


def _text(text: str) -> str:
    """A string of Typst's."""
    return json.dumps(text, ensure_ascii=False)
