"""Tables in PDF files: spans, wrapped cells, every way of drawing lines, none at all, and page breaks."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from read_pdfs import PROSE, drawn, grid, lines
from reportlab.lib import colors
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Table, TableStyle

from kommungraf.model.source import Text
from kommungraf.read import read_bytes

Rows = list[list[str]]
Draw = Callable[[Canvas], None]
BUDGET = [["Verksamhet", "Budget", "Utfall"], ["Kansli", "16 630 326", "-1 190"], ["Skola", "960", "1 000"]]
XS, TOP, HEIGHT = (60, 200, 300, 400), 700, 20


def tables(text: Text) -> list[Rows]:
    return [
        [[text.of(cell) for cell in row.cells] for row in block.rows] for block in text.blocks if block.kind == "table"
    ]


def texts(canvas: Canvas, rows: Rows = BUDGET, top: float = TOP) -> None:
    """The texts of a table: words at the left of their columns, numbers at the right."""
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            y = top - HEIGHT * number - 14
            if text[-1:].isdigit():
                canvas.drawRightString(XS[column + 1] - 4, y, text)
            else:
                canvas.drawString(XS[column] + 4, y, text)


def heights(rows: Rows = BUDGET) -> list[float]:
    return [TOP - HEIGHT * number for number in range(len(rows) + 1)]


def segments(canvas: Canvas, length: float, gap: float, thick: float = 0) -> None:
    """The grid of the budget drawn in bits, as strokes or as filled boxes."""
    left, right, bottom = XS[0], XS[-1], heights()[-1]
    for start in range(0, right - left, int(length + gap)):
        for y in heights():
            bit(canvas, left + start, y, min(length, right - left - start), 0, thick)
    for start in range(0, int(TOP - bottom), int(length + gap)):
        for x in XS:
            bit(canvas, x, bottom + start, 0, min(length, TOP - bottom - start), thick)


def bit(canvas: Canvas, x: float, y: float, width: float, height: float, thick: float) -> None:
    if thick:
        canvas.rect(x, y, width or thick, height or thick, stroke=0, fill=1)
    else:
        canvas.line(x, y, x + width, y + height)


def dashed(canvas: Canvas) -> None:
    canvas.setDash(3, 2)
    canvas.grid(list(XS), heights())
    canvas.setDash()
    texts(canvas)


def in_bits(length: float, gap: float, thick: float = 0) -> Draw:
    def draw(canvas: Canvas) -> None:
        segments(canvas, length, gap, thick)
        texts(canvas)

    return draw


def flat(*which: int) -> Draw:
    """Only some of the horizontal lines."""

    def draw(canvas: Canvas) -> None:
        for number in which:
            canvas.line(XS[0], heights()[number], XS[-1], heights()[number])
        texts(canvas)

    return draw


def shaded(by_cell: bool, *which: int) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.85)
        for number in which:
            for x0, x1 in pairwise(XS) if by_cell else [(XS[0], XS[-1])]:
                canvas.rect(x0, heights()[number + 1], x1 - x0, HEIGHT, stroke=0, fill=1)
        canvas.setFillGray(0)
        texts(canvas)

    return draw


def open_edges(canvas: Canvas) -> None:
    for y in heights()[1:-1]:
        canvas.line(XS[0], y, XS[-1], y)
    for x in XS[1:-1]:
        canvas.line(x, TOP, x, heights()[-1])
    texts(canvas)


def head_alone(canvas: Canvas) -> None:
    canvas.grid(list(XS), heights()[:2])
    texts(canvas)


def in_a_frame(canvas: Canvas) -> None:
    canvas.rect(50, 300, 480, 480)
    lines(canvas, 60, 760, textwrap.wrap(PROSE, 80))
    canvas.grid(list(XS), heights())
    texts(canvas)


def touching_its_frame(canvas: Canvas) -> None:
    canvas.rect(XS[0], 300, XS[-1] - XS[0], 480)
    lines(canvas, 70, 760, textwrap.wrap(PROSE, 50), 11)
    canvas.grid(list(XS), heights())
    texts(canvas)


def touching_numbers(canvas: Canvas) -> None:
    canvas.grid([60, 126, 190, 260], heights())
    for number, (name, one, other) in enumerate(BUDGET):
        y = TOP - HEIGHT * number - 14
        canvas.drawString(61, y, name)
        canvas.drawRightString(189.5, y, one)
        canvas.drawRightString(259.5, y, other)


def digits_alone(canvas: Canvas) -> None:
    canvas.grid(list(XS), heights())
    texts(canvas, [[row[0], "", row[2]] for row in BUDGET])
    for number, row in enumerate(BUDGET):
        x = 210.0
        for char in row[1].replace(" ", "\u00a0"):
            canvas.drawString(x, TOP - HEIGHT * number - 14, char)
            x += canvas.stringWidth(char, "Helvetica", 12)


DRAWINGS = [
    pytest.param(lambda canvas: (canvas.grid(list(XS), heights()), texts(canvas)), id="lines"),
    pytest.param(dashed, id="dashes of the pen"),
    pytest.param(in_bits(4, 0), id="many short strokes, as word processors draw them"),
    pytest.param(in_bits(1, 1, 0.8), id="dots as boxes, as browsers draw them"),
    pytest.param(in_bits(20, 0, 0.6), id="thin filled boxes"),
    pytest.param(flat(0, 1, 2, 3), id="horizontal lines alone"),
    pytest.param(flat(1, 2), id="horizontal lines between rows alone"),
    pytest.param(flat(0, 1, 3), id="lines around the head and at the end"),
    pytest.param(flat(1, 3), id="a line under the head and one at the end"),
    pytest.param(shaded(True, 0, 2), id="every other row shaded, cell by cell"),
    pytest.param(shaded(True, 1), id="one row shaded, cell by cell"),
    pytest.param(shaded(False, 0, 2), id="every other row shaded at once"),
    pytest.param(shaded(False, 1), id="one row shaded at once"),
    pytest.param(open_edges, id="no lines around it"),
    pytest.param(head_alone, id="lines around the head alone"),
    pytest.param(in_a_frame, id="in a frame around the page's text"),
    pytest.param(touching_its_frame, id="its lines reach the frame"),
    pytest.param(touching_numbers, id="no white between columns"),
    pytest.param(digits_alone, id="digits and hard spaces drawn one by one"),
]


@pytest.mark.parametrize("draw", DRAWINGS)
def test_one_table_drawn_in_many_ways(draw: Draw) -> None:
    assert tables(read_bytes(drawn(draw), "a.pdf")) == [BUDGET]


def styled(rows: Rows, *style: tuple[object, ...], widths: Sequence[float] | None = None) -> Draw:
    def draw(canvas: Canvas) -> None:
        table = Table(rows, colWidths=widths)
        table.setStyle(TableStyle([("FONT", (0, 0), (-1, -1), "Times-Roman", 10), *style]))
        table.wrapOn(canvas, 500, 500)
        table.drawOn(canvas, 60, 500)

    return draw


RULED = ("GRID", (0, 0), (-1, -1), 0.5, colors.black)
SPANNED = [
    ["Verksamhet", "Budget", "", "Utfall", ""],
    ["", "2023", "2024", "2023", "2024"],
    ["Skola", "10", "20", "30", "40"],
    ["", "11", "21", "31", "41"],
    ["Ej fördelat", "", "", "5", "6"],
]
SPANS = [
    ("SPAN", (0, 0), (0, 1)),
    ("SPAN", (1, 0), (2, 0)),
    ("SPAN", (3, 0), (4, 0)),
    ("SPAN", (0, 2), (0, 3)),
    ("SPAN", (0, 4), (2, 4)),
]
WRAPPED = [
    ["Mål", "Aktivitet", "Ansvar"],
    ["En trygg skola\nför alla barn", "Utbilda personalen och\nfölja upp varje termin", "Nämnden"],
    ["Fler bostäder", "Ta fram planer för nya\nområden nära stationen", "Styrelsen"],
]
UNWRAPPED = [[text.replace("\n", " ") for text in row] for row in WRAPPED]
CASES = [
    pytest.param(styled(SPANNED, RULED, *SPANS), SPANNED, id="cells over columns and rows: text where they begin"),
    pytest.param(
        styled(
            SPANNED,
            ("LINEABOVE", (0, 0), (-1, -1), 0.5, colors.black),
            ("LINEBELOW", (1, 0), (-1, 0), 0.5, colors.black),
        ),
        SPANNED,
        id="a short line under a head over two columns",
    ),
    pytest.param(styled(WRAPPED, RULED), UNWRAPPED, id="wrapped cells"),
    pytest.param(styled(WRAPPED, RULED, ("VALIGN", (0, 0), (-1, -1), "MIDDLE")), UNWRAPPED, id="wrapped and centred"),
    pytest.param(
        styled(WRAPPED, ("LINEBELOW", (0, 0), (-1, -1), 0.5, colors.black)), UNWRAPPED, id="wrapped, horizontal lines"
    ),
    pytest.param(
        styled(
            WRAPPED, ("LINEABOVE", (0, 0), (-1, 1), 1, colors.black), ("LINEBELOW", (0, -1), (-1, -1), 1, colors.black)
        ),
        UNWRAPPED,
        id="wrapped, lines around the head and at the end: rows by their wrapped cells",
    ),
    pytest.param(
        styled([["Namn", "", ""], ["Överförmyndarnämnden", "", "3"]], RULED, widths=[60, 90, 60]),
        [["Namn", "", ""], ["Överförmyndarnämnden", "", "3"]],
        id="a text that reaches over the edge of its cell",
    ),
    pytest.param(
        styled([["Namn", "", "Parti"], ["Anna Ek", "", "S"]], RULED),
        [["Namn", "", "Parti"], ["Anna Ek", "", "S"]],
        id="an empty column stays",
    ),
]


@pytest.mark.parametrize(("draw", "expected"), CASES)
def test_spans_and_wrapped_cells(draw: Draw, expected: Rows) -> None:
    assert tables(read_bytes(drawn(draw), "a.pdf")) == [expected]


def test_tables_side_by_side() -> None:
    def draw(canvas: Canvas) -> None:
        grid(canvas, 60, 600, [["Post", "2023"], ["Kansli", "1"]])
        grid(canvas, 300, 598, [["Namn", "Parti"], ["Ann Ek", "S"]])
        canvas.drawString(480, 610, "Vid sidan om")

    text = read_bytes(drawn(draw), "a.pdf")
    assert tables(text) == [[["Post", "2023"], ["Kansli", "1"]], [["Namn", "Parti"], ["Ann Ek", "S"]]]
    assert text.of(text.blocks[-1]) == "Vid sidan om"


def prose_between_lines(canvas: Canvas) -> None:
    for y in (780, 700, 620):
        canvas.line(60, y, 500, y)
        lines(canvas, 60, y - 20, textwrap.wrap(f"Stycke {y}. {PROSE}", 80))


def framed_prose(canvas: Canvas) -> None:
    canvas.rect(50, 600, 480, 180)
    canvas.setFillGray(0.9)
    canvas.rect(50, 640, 480, 80, fill=1)
    canvas.setFillGray(0)
    lines(canvas, 60, 760, textwrap.wrap(PROSE, 80))


def signatures(canvas: Canvas) -> None:
    for y in (700, 640, 580):
        canvas.line(60, y, 250, y)
        canvas.drawString(60, y - 14, "Anna Exempelsson")


@pytest.mark.parametrize("draw", [prose_between_lines, framed_prose, signatures])
def test_lines_that_make_no_table(draw: Draw) -> None:
    assert tables(read_bytes(drawn(draw), "a.pdf")) == []


def test_a_drawing_of_thousands_of_lines_costs_little_and_makes_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 800, "Karta över området")
        for number in range(4000):
            x, y = 50 + 37 * number % 490, 60 + 61 * number % 690
            canvas.line(x, y, x + 3 + number % 90, y)
            canvas.line(x, y, x, y + 3 + number % 70)

    data = drawn(draw)
    start = time.process_time()
    text = read_bytes(data, "a.pdf")
    assert time.process_time() - start < 5
    assert (tables(text), text.clean) == ([], "Karta över området")


HEAD = ["Mål", "Aktivitet", "Ansvar"]


def over_pages(*parts: Rows, shift: float = 0) -> Draw:
    def draw(canvas: Canvas) -> None:
        for number, rows in enumerate(parts):
            canvas.drawString(60, 810, f"Exempelnämnden {number + 1} ({len(parts)})")
            x, y = 60 + shift * (number % 2), 600.0
            widths = [120, 200, 100][-len(rows[0]) :]
            table = Table(rows, colWidths=widths, style=[RULED])
            table.wrapOn(canvas, 500, 500)
            table.drawOn(canvas, x + 120 * (3 - len(rows[0])), y)
            canvas.showPage()

    return draw


ONE, TWO = ["Fler bostäder", "Ta fram planer för nya", "Styrelsen"], ["Kultur", "Stödja föreningar", "Nämnden"]
SUM = ["Summa", "10", "20"]
BREAKS = [
    ([HEAD, ONE], [TWO, ONE], [[HEAD, ONE, TWO, ONE]], "rows go on"),
    ([HEAD, ONE], [HEAD, TWO], [[HEAD, ONE, TWO]], "a head that is printed again is no row"),
    (
        [HEAD, ONE],
        [["", "områden nära stationen", ""], TWO],
        [[HEAD, [ONE[0], "Ta fram planer för nya områden nära stationen", ONE[2]], TWO]],
        "the rest of a row is joined",
    ),
    (
        [HEAD, ONE],
        [HEAD, ["", "områden nära stationen", ""], TWO],
        [[HEAD, [ONE[0], "Ta fram planer för nya områden nära stationen", ONE[2]], TWO]],
        "also under the head",
    ),
    ([HEAD, ONE], [["", "Rusta lekplatser", "Nämnden"]], [[HEAD, ONE, ["", "Rusta lekplatser", "Nämnden"]]], "a row"),
    ([HEAD, SUM], [SUM], [[HEAD, SUM, SUM]],
     "an equal row is no head"),
    ([HEAD, ONE], [["Post", "2024"], ["Kansli", "10"]], [[HEAD, ONE], [["Post", "2024"], ["Kansli", "10"]]],
     "other columns are another table"),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "expected", "why"), BREAKS)
def test_a_table_over_a_page_break(first: Rows, second: Rows, expected: list[Rows], why: str) -> None:
    draw = over_pages(first, second)
    if len(second[0]) == 2:

        def draw(canvas: Canvas) -> None:
            over_pages(first)(canvas)
            grid(canvas, 60, 600, second)

    text = read_bytes(drawn(draw), "a.pdf")
    assert tables(text) == expected, why
    for block in text.blocks:
        assert block.stored.start < block.stored.end


def test_pages_of_odd_and_even_margins_and_a_row_on_two_pages() -> None:
    draw = over_pages([HEAD, ONE], [HEAD, ["", "områden nära stationen", ""], TWO], [HEAD, ONE], shift=20)
    text = read_bytes(drawn(draw), "a.pdf")
    (block,) = (block for block in text.blocks if block.kind == "table")
    cell = block.rows[1].cells[1]
    assert [text.page_at(position) for position in (cell.start, cell.end - 1)] == [1, 2]
    assert [place.page for place in block.places] == [1, 2, 3]
    assert len(block.rows) == 4
