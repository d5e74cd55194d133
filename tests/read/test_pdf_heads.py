"""Heads and rows of tables that lines and shades tell only in part: wrapped heads, titles, rows without a shade."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from read_pdfs import drawn
from reportlab.pdfgen.canvas import Canvas

from kommungraf.model.source import Text
from kommungraf.read import read_bytes

LEFT, RIGHT = (64, 230, 330), (200, 300, 400)
EDGES = (60, 220, 320, 404)
Line = tuple[float, Sequence[str]]  # its height and its texts; one in "<…" stands at the left of its column


def put(canvas: Canvas, y: float, texts: Sequence[str], size: float = 10, font: str = "Helvetica") -> None:
    """Texts in three columns: figures at the right of theirs, words at the left."""
    canvas.setFont(font, size)
    for column, text in enumerate(texts):
        if text[-1:].isdigit() and text[0] != "<":
            canvas.drawRightString(RIGHT[column], y, text)
        else:
            canvas.drawString(LEFT[column], y, text.lstrip("<"))


def ruled(lines: Sequence[Line], rules: Sequence[float]) -> Text:
    """Texts between horizontal lines over all columns."""

    def draw(canvas: Canvas) -> None:
        for y, texts in lines:
            put(canvas, y, texts)
        for y in rules:
            canvas.line(EDGES[0], y, EDGES[-1], y)

    return read_bytes(drawn(draw), "a.pdf")


def shaded(lines: Sequence[Line], bands: Sequence[tuple[float, float]], edges: Sequence[float] = EDGES) -> Text:
    """Texts over shades, one for each cell; every second shade begins a hair further left, as programs round."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillGray(0.9)
        for number, (top, bottom) in enumerate(bands):
            for x0, x1 in pairwise(edges):
                canvas.rect(x0 - 0.6 * (number % 2), bottom, x1 - x0, top - bottom, stroke=0, fill=1)
        canvas.setFillGray(0)
        for y, texts in lines:
            put(canvas, y, texts)

    return read_bytes(drawn(draw), "a.pdf")


def tables(text: Text) -> list[list[list[str]]]:
    """The cells of all tables, whatever joins their lines."""
    return [
        [[" ".join(text.of(cell).split()) for cell in row.cells] for row in block.rows]
        for block in text.blocks
        if block.rows
    ]


ROWS: list[Line] = [
    (640, ["Kansli", "1 200", "1 190"]),
    (620, ["Skola", "960", "1 000"]),
    (600, ["Vård", "80", "75"]),
]
RULES = [655, 635, 615, 595]
BODY = [list(texts) for _, texts in ROWS]
RULED = [
    (
        [(660, ["", "<Utfall 2023", "<Utfall 2022"])],
        [["", "Utfall 2023", "Utfall 2022"]],
        "a head at the left of figures",
    ),
    (
        [(672, ["Område", "Budget", "Budget"]), (660, ["", "2023", "2022"])],
        [["Område", "Budget 2023", "Budget 2022"]],
        "a head whose cells wrap above the first line",
    ),
    (
        [(672, ["Område", "Budget", "Deltagande"]), (660, ["", "", "kommuner"])],
        [["Område", "Budget", "Deltagande kommuner"]],
        "a head of which one cell wraps",
    ),
]


@pytest.mark.parametrize(("head", "expected", "why"), RULED)
def test_heads_above_the_first_line(head: list[Line], expected: list[list[str]], why: str) -> None:
    assert tables(ruled([*head, *ROWS], RULES)) == [[*expected, *BODY]], why


def test_a_title_between_lines_ends_a_table_and_the_next_head_begins_another() -> None:
    below = [(y - 140, texts) for y, texts in ROWS]
    lines = [
        (660, ["Område", "Budget", "Utfall"]),
        *ROWS,
        (552, ["Medlemsavgifter"]),
        (520, ["Kommun", "Avgift", "Del"]),
    ]
    text = ruled([*lines, *below], [*RULES, *(y - 140 for y in RULES)])
    assert tables(text) == [[["Område", "Budget", "Utfall"], *BODY], [["Kommun", "Avgift", "Del"], *BODY]]
    assert "Medlemsavgifter" in [text.of(block) for block in text.blocks if not block.rows]


def test_wrapped_rows_are_not_parted_by_figures_of_different_columns() -> None:
    """A period that breaks after its dash is no figure under the sum of the line above."""
    lines: list[Line] = [
        (660, ["Projekt", "Period", "Belopp"]),
        (640, ["Trygg", "<2020–", "3 400"]),
        (629, ["vardag", "2023", "tkr"]),
        (608, ["Grön", "<2021–", "2 400"]),
        (597, ["måltid", "2024", "tkr"]),
    ]
    expected = [["Projekt", "Period", "Belopp"], ["Trygg vardag", "2020–2023", "3 400 tkr"]]
    assert tables(ruled(lines, [655, 622, 590])) == [[*expected, ["Grön måltid", "2021–2024", "2 400 tkr"]]]


def test_lists_between_the_lines_under_headings_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for top in (700, 630, 560):
            put(canvas, top + 5, [f"{(770 - top) // 70} Åtaganden"], 14, "Helvetica-Bold")
            canvas.line(60, top, 500, top)
            for number, item in enumerate(["anställa projektledare,", "ansvara för redovisningen."]):
                canvas.drawString(80, top - 20 - 15 * number, "•")
                canvas.drawString(92, top - 20 - 15 * number, item)

    text = read_bytes(drawn(draw), "a.pdf")
    assert not tables(text)
    assert sum(block.kind == "item" for block in text.blocks) == 6


def test_rows_without_a_shade_belong_to_the_shaded_table() -> None:
    """One of several lines, a single text as high as the shaded rows, the last row; edges differ by a hair."""
    lines: list[Line] = [
        (687, ["Kansli", "1 200", "1 190"]),
        (667, ["Skola och", "960", "1 000"]),
        (655, ["förskola"]),
        (637, ["Vård", "80", "75"]),
        (617, ["Övriga områden"]),
        (597, ["Miljö", "7", "8"]),
        (577, ["Summa", "2 247", "2 273"]),
    ]
    assert tables(shaded(lines, [(700, 680), (650, 630), (610, 590)])) == [
        [
            ["Kansli", "1 200", "1 190"],
            ["Skola och förskola", "960", "1 000"],
            ["Vård", "80", "75"],
            ["Övriga områden", "", ""],
            ["Miljö", "7", "8"],
            ["Summa", "2 247", "2 273"],
        ]
    ]


SPACES = [
    ("16 630 326", "16 630 326", "plain spaces"),
    ("16\u00a0630\u00a0326", "16 630 326", "no-break spaces"),
    ("-1\u00a0190", "-1 190", "with a sign"),
]


@pytest.mark.parametrize(("printed", "expected", "why"), SPACES)
def test_spaces_in_numbers_part_no_columns(printed: str, expected: str, why: str) -> None:
    lines: list[Line] = [(660, ["Område", "Budget", "Utfall"]), *ROWS[:2], (600, ["Vård", printed, "75"])]
    assert tables(ruled(lines, RULES))[0][-1][1] == expected, why
