"""PDF looks: the stripped text, with a little markdown, set by ReportLab. Byte for byte the same on every run.

The serif look has one column, ruled tables, a running head and page numbers; the sans look has names in columns,
unruled tables and a foot. Both print EXEMPEL on every page.
"""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

from corpus.make.markup import PAGE_BREAK
from reportlab import rl_config
from reportlab.lib import colors
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, KeepTogether, PageBreak, PageTemplate, Paragraph, Spacer, Table

rl_config.invariant = 1
FOOT = "EXEMPEL – påhittade personer och ärenden"
_ITEM = re.compile(r"^(-|\d+\.) (.*)")


class Look:
    """Fonts and sizes of one look."""

    def __init__(self, name: str) -> None:
        serif = name == "serif"
        self.ruled = serif
        family, bold = ("Times-Roman", "Times-Bold") if serif else ("Helvetica", "Helvetica-Bold")
        self.font, self.bold = family, bold
        size = 11 if serif else 10
        body = ParagraphStyle("body", fontName=family, fontSize=size, leading=size * 1.35, spaceAfter=6)
        self.body = body
        self.cell = ParagraphStyle("cell", parent=body, fontSize=size - 1, leading=size + 1, spaceAfter=0)
        self.number = ParagraphStyle("number", parent=self.cell, alignment=TA_RIGHT)
        self.item = ParagraphStyle("item", parent=body, leftIndent=16, bulletIndent=2, spaceAfter=3)
        self.headings = [
            ParagraphStyle(
                f"h{level}",
                parent=body,
                fontName=bold,
                fontSize=size + extra,
                leading=(size + extra) * 1.25,
                spaceBefore=8,
                keepWithNext=1,
            )
            for level, extra in ((1, 7), (2, 3), (3, 0.5))
        ]


def write_pdf(path: Path, text: str, meta: dict[str, str]) -> None:
    """Set a text as a PDF file. ``meta`` gives the look, the running head and the title."""
    look = Look(meta["look"])
    buffer = io.BytesIO()
    document = BaseDocTemplate(
        buffer, pagesize=A4, title=meta["title"], author="Exempelkorpus", pageCompression=0, invariant=1,
        leftMargin=25 * mm, rightMargin=25 * mm, topMargin=28 * mm, bottomMargin=24 * mm,
    )  # fmt: skip
    frame = Frame(
        document.leftMargin,
        document.bottomMargin,
        document.width,
        document.height,
        id="page",
        leftPadding=0,
        rightPadding=0,
    )
    document.addPageTemplates(_page_template(frame, look, meta))
    document.build(list(_flowables(text, look)))
    path.write_bytes(buffer.getvalue())


def running_lines(meta: dict[str, str]) -> tuple[str, ...]:
    """The lines that a look prints on every page besides the page number."""
    if meta["look"] == "serif":
        return (FOOT, meta["head"])
    return (f"{meta['head']} · {FOOT}",)


def _page_template(frame: Frame, look: Look, meta: dict[str, str]) -> PageTemplate:
    """Head first and foot last, so that the order of the text in the file is the order on the page."""
    return PageTemplate(
        "page",
        [frame],
        onPage=lambda canvas, _: _head(canvas, look, meta),
        onPageEnd=lambda canvas, _: _foot(canvas, look, meta),
    )


def _head(canvas: Canvas, look: Look, meta: dict[str, str]) -> None:
    """The running head of the serif look: the sender and the page number."""
    if not look.ruled:
        return
    width, height = A4
    canvas.setFont(look.font, 8.5)
    canvas.drawString(25 * mm, height - 16 * mm, meta["head"])
    canvas.drawRightString(width - 25 * mm, height - 16 * mm, f"Sida {canvas.getPageNumber()}")
    canvas.line(25 * mm, height - 18 * mm, width - 25 * mm, height - 18 * mm)


def _foot(canvas: Canvas, look: Look, meta: dict[str, str]) -> None:
    """The running foot: EXEMPEL and, in the sans look, the sender and the page number."""
    canvas.setFont(look.font, 8.5)
    canvas.drawString(25 * mm, 14 * mm, running_lines(meta)[0])
    if not look.ruled:
        canvas.drawRightString(A4[0] - 25 * mm, 14 * mm, str(canvas.getPageNumber()))


def _flowables(text: str, look: Look) -> Any:
    blocks = re.split(r"\n[ \n]*\n|(?=\f)|(?<=\f)\n", text)
    for block in (block.strip("\n") for block in blocks):
        if not block.strip("\n "):
            if PAGE_BREAK in block:
                yield PageBreak()
            continue
        if block == PAGE_BREAK:
            yield PageBreak()
            continue
        yield from _block(block, look)


def _block(block: str, look: Look) -> Any:
    heading = re.match(r"(#{1,3}) (.*)", block)
    lines = block.split("\n")
    if heading:
        yield Paragraph(_inline(heading[2]), look.headings[len(heading[1]) - 1])
    elif all("\t" in line for line in lines):
        yield KeepTogether(_table([line.split("\t") for line in lines], look))
        yield Spacer(1, 8)
    elif block.startswith("|||"):
        yield _columns(lines[1:], look)
        yield Spacer(1, 8)
    elif _ITEM.match(block):
        for line in lines:
            item = _ITEM.match(line)
            assert item, f"an item of a list stands on one line: {line}"
            yield Paragraph(_inline(item[2]), look.item, bulletText="•" if item[1] == "-" else item[1])
        yield Spacer(1, 4)
    else:
        yield KeepTogether([Paragraph(_inline("<br/>".join(lines)), look.body)])


def _table(rows: list[list[str]], look: Look) -> Table:
    numeric = [
        re.fullmatch(r"[-−–]?[\d  ]+(,\d+)?( %)?", c) is not None for c in (cell.strip("*") for cell in rows[-1])
    ]
    cells = [
        [
            Paragraph(_inline(cell), look.number if column and numeric[min(column, len(numeric) - 1)] else look.cell)
            for column, cell in enumerate(row)
        ]
        for row in rows
    ]
    width = 160 * mm
    first = 0.46 if len(rows[0]) > 2 and any(numeric) else 0.28
    widths = [width * first] + [width * (1 - first) / (len(rows[0]) - 1)] * (len(rows[0]) - 1)
    style: list[Any] = [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
    ]
    if look.ruled:
        style.append(("GRID", (0, 0), (-1, -1), 0.5, colors.black))
    return Table(cells, colWidths=widths, style=style, hAlign="LEFT")


def _columns(lines: list[str], look: Look) -> Table:
    """Names in two columns side by side, as many programs print attendance: one under the other in each column."""
    middle = lines.index("|||")
    columns = [lines[:middle], lines[middle + 1 :]]
    cells = [[[Paragraph(_inline(line), look.cell) for line in column] for column in columns]]
    return Table(
        cells,
        colWidths=[80 * mm, 80 * mm],
        style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 0)],
        hAlign="LEFT",
    )


def _inline(text: str) -> str:
    text = text.replace("&", "&amp;")
    text = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text)
    return re.sub(r"\*(.+?)\*", r"<i>\1</i>", text)
