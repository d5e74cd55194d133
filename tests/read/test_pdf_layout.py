"""PDF files: what the arrangement of a page means, look by look."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest
from read_pdfs import PROSE, drawn, grid, lines
from reportlab.pdfgen.canvas import Canvas

from kommungraf.model.source import Text
from kommungraf.read import read_bytes


def shown(text: Text) -> list[tuple[str, str, str]]:
    """Kind, marker and text of each block; cells are parted by ``|``."""
    return [(block.kind, block.marker, text.of(block).replace("\t", "|")) for block in text.blocks]


def test_bullets_that_are_drawn_as_shapes() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        for start in (700, 672):
            canvas.circle(65, start + 3.5, 1.5, stroke=0, fill=1)
            lines(canvas, 75, start, textwrap.wrap(f"Punkt {start}. {PROSE[:120]}", 84))
        for dot in range(20):  # a dotted line in the margin
            canvas.rect(65, 600 - 2 * dot, 1.6, 1.6, stroke=0, fill=1)
        canvas.drawString(75, 590, "Ingen punkt.")
        canvas.drawString(75, 576, "Inte heller.")

    assert shown(read_bytes(drawn(draw), "a.pdf")) == [
        ("item", "•", f"Punkt 700. {PROSE[:120]}".strip()),
        ("item", "•", f"Punkt 672. {PROSE[:120]}".strip()),
        ("paragraph", "", "Ingen punkt.\nInte heller."),
    ]


def test_a_sentence_whose_end_is_emphasised_is_one_block_and_a_title_is_not() -> None:
    above, below = textwrap.wrap(PROSE[:140], 84)

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(60, 700, above)
        canvas.setFont("Times-Bold", 11)
        canvas.drawString(60, 686, below)
        canvas.drawString(60, 660, "Beslut")
        canvas.setFont("Times-Roman", 11)
        lines(canvas, 60, 646, textwrap.wrap(PROSE, 84))

    assert shown(read_bytes(drawn(draw), "a.pdf")) == [
        ("paragraph", "", f"{above} {below}"),
        ("heading", "", "Beslut"),
        ("paragraph", "", PROSE),
    ]


def cells(text: Text) -> list[list[str]]:
    """The cells of the only table."""
    (table,) = (block for block in text.blocks if block.kind == "table")
    return [[text.of(cell) for cell in row.cells] for row in table.rows]


def boxed(canvas: Canvas, top: float, bottom: float, *edges: float) -> None:
    """A row of a ruled table by hand."""
    for y in (top, bottom):
        canvas.line(edges[0], y, edges[-1], y)
    for x in edges:
        canvas.line(x, top, x, bottom)


def columns(canvas: Canvas, y: float, at: tuple[float, ...], *rows: tuple[str, ...]) -> None:
    """Lines of texts side by side."""
    for row in rows:
        for x, text in zip(at, row, strict=False):
            canvas.drawString(x, y, text)
        y -= 12


NAMES = [
    ("Anna Ek (S)", "Bo Låtsas (M)", "Cia Påhitt"),
    ("Dan Öst (V)", "Eva Å (C)", "Hans Alm"),
    ("Gun Hed", "Ivar"),
]


def test_names_in_columns_inside_a_cell() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        boxed(canvas, 715, 650, 60, 160, 500)
        canvas.drawString(65, 700, "Beslutande")
        columns(canvas, 700, (165, 260, 355), *NAMES)

    expected = "Anna Ek (S)\nDan Öst (V)\nGun Hed\nBo Låtsas (M)\nEva Å (C)\nIvar\nCia Påhitt\nHans Alm"
    assert cells(read_bytes(drawn(draw), "a.pdf")) == [["Beslutande", expected]]


def test_wrapped_names_in_narrow_columns_inside_a_cell() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        boxed(canvas, 715, 650, 60, 160, 330)
        canvas.drawString(65, 700, "Beslutande")
        rows = [("Gunnel Påhitts", "Bo Exempelsson"), ("(KD)", "(M)"), ("Bo Ek (S)", "Ann Alm (V)")]
        columns(canvas, 700, (165, 245), *rows)

    expected = "Gunnel Påhitts (KD)\nBo Ek (S)\nBo Exempelsson (M)\nAnn Alm (V)"
    assert cells(read_bytes(drawn(draw), "a.pdf")) == [["Beslutande", expected]]


def test_roles_beside_names_inside_a_cell() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        boxed(canvas, 715, 650, 60, 160, 500)
        canvas.drawString(65, 700, "Närvarande")
        columns(canvas, 700, (165, 300), ("Anna Ek", "ekonom"), ("Bo Al", "rektor"), ("Cia Öst", "chef"))

    assert cells(read_bytes(drawn(draw), "a.pdf")) == [["Närvarande", "Anna Ek ekonom\nBo Al rektor\nCia Öst chef"]]


def test_roles_in_a_narrow_cell_beside_the_cell_of_names() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for row, label in enumerate(("Organ", "Plats", "Tid", "Närvarande")):
            boxed(canvas, 775 - 20 * row, 755 - 20 * row - 30 * (row == 3), 60, 160, 250, 330)
            canvas.drawString(65, 762 - 20 * row, label)
        rows = [("Anna Ek", "nämndsekr."), ("Bo Al", "förvaltningschef"), ("Cia Öst", "revisor")]
        columns(canvas, 702, (165, 255), *rows)

    expected = ["Närvarande", "Anna Ek\nBo Al\nCia Öst", "nämndsekr.\nförvaltningschef\nrevisor"]
    assert cells(read_bytes(drawn(draw), "a.pdf"))[-1] == expected


def test_figures_that_end_under_each_other() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        rows = [
            ("Resultaträkning (tkr)", "Not", "2023-01-01-", "2022-01-01-"),
            ("", "", "2023-12-31", "2022-12-31"),
            ("Bidrag", "", "46 047", "57 337"),
            ("Personal", "2", "-21 723", "-18 087"),
            ("Övrigt", "", "314", "318"),
        ]
        for number, row in enumerate(rows):
            y = 700 - 12 * number
            canvas.drawString(60, y, row[0])
            canvas.drawString(263, y, row[1])
            for x, text in zip((340, 430), row[2:], strict=True):
                canvas.drawRightString(x, y, text)

    assert cells(read_bytes(drawn(draw), "a.pdf")) == [
        ["Resultaträkning (tkr)", "Not", "2023-01-01- 2023-12-31", "2022-01-01- 2022-12-31"],
        ["Bidrag", "", "46 047", "57 337"],
        ["Personal", "2", "-21 723", "-18 087"],
        ["Övrigt", "", "314", "318"],
    ]


def test_labels_and_values_without_lines_that_go_on() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        place = "Kommunhuset i Exempelby, sammanträdesrummet Eken på andra våningen, klockan"
        rows = [("Plats och tid", place), ("", "09.00–11.45"), ("Övriga", "Anna Ek"), ("deltagare", "Bo Al")]
        columns(canvas, 700, (60, 160), *rows, ("Paragrafer", "§§ 1–12"))
        columns(canvas, 600, (60,), *((line,) for line in textwrap.wrap(PROSE, 90)))

    assert cells(read_bytes(drawn(draw), "a.pdf")) == [
        ["Plats och tid", "Kommunhuset i Exempelby, sammanträdesrummet Eken på andra våningen, klockan 09.00–11.45"],
        ["Övriga deltagare", "Anna Ek"],
        ["", "Bo Al"],
        ["Paragrafer", "§§ 1–12"],
    ]


def test_a_full_last_line_goes_on_after_the_page_break_with_a_figure_or_a_name() -> None:
    def draw(canvas: Canvas) -> None:
        wrapped = textwrap.wrap(f"{PROSE} Nämnden tog ställning den 11 april (§ 18 och 20) till det {PROSE}", 88)
        for page in range(2):
            canvas.setFont("Times-Roman", 11)
            lines(canvas, 60, 740, wrapped[:4] if page == 0 else [*wrapped[4:], "", "Beslut"])
            canvas.showPage()

    first, title = (text := read_bytes(drawn(draw), "a.pdf")).blocks
    assert text.of(first) == f"{PROSE} Nämnden tog ställning den 11 april (§ 18 och 20) till det {PROSE}"
    assert text.of(title) == "Beslut"


def test_a_sentence_goes_on_in_the_next_column() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 10)
        wrapped = textwrap.wrap(f"{PROSE} {PROSE} {PROSE} {PROSE}", 46)
        half = len(wrapped) // 2 + 2
        lines(canvas, 60, 750, wrapped[:half], 12)
        lines(canvas, 310, 750, wrapped[half:], 12)

    (block,) = (text := read_bytes(drawn(draw), "a.pdf")).blocks
    assert text.of(block) == f"{PROSE} {PROSE} {PROSE} {PROSE}"


def test_a_table_whose_rest_is_one_row() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(2):
            canvas.setFont("Helvetica", 10)
            rows = [["Post", "2023"], ["Kansli", "100"]] if page == 0 else [["Resor", "20"]]
            grid(canvas, 60, 600, rows)
            canvas.showPage()

    assert cells(read_bytes(drawn(draw), "a.pdf")) == [["Post", "2023"], ["Kansli", "100"], ["Resor", "20"]]


CHAPTERS = ["Inledning", "Mål", "Vård och omsorg", "Kultur och fritid", "Ekonomi", "Personal", "Framåtblick"]


def test_contents_with_drawn_leaders_on_a_page_of_little_text() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(60, 720, "Innehåll")
        canvas.setDash(1, 2)
        for number, title in enumerate(CHAPTERS * 3):
            y = 690 - 13 * number
            canvas.drawString(60, y, f"{title} {number}")
            canvas.line(65 + canvas.stringWidth(f"{title} {number}"), y, 515, y)
            canvas.drawRightString(530, y, str(number + 3))

    title, _ = (text := read_bytes(drawn(draw), "a.pdf")).blocks
    assert text.of(title) == "Innehåll"
    assert cells(text) == [[f"{title} {number}", str(number + 3)] for number, title in enumerate(CHAPTERS * 3)]


def test_letters_that_pdfium_takes_for_lines_that_run_down() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        for number, title in enumerate(CHAPTERS * 3):
            x, y = 60.0, 690 - 13 * number
            for letter in title:  # as browsers place them: one by one, and no spaces
                if letter != " ":
                    canvas.drawString(x, y, letter)
                x += canvas.stringWidth(letter)
            canvas.drawRightString(530, y, str(number + 3))

    expected = [[title, str(number + 3)] for number, title in enumerate(CHAPTERS * 3)]
    assert cells(read_bytes(drawn(draw), "a.pdf")) == expected


def pages(*drawings: Callable[[Canvas], None]) -> Callable[[Canvas], None]:
    """Drawings, each on a page of its own."""

    def draw(canvas: Canvas) -> None:
        for one in drawings:
            canvas.setFont("Times-Roman", 11)
            one(canvas)
            lines(canvas, 60, 640, textwrap.wrap(PROSE, 84))
            canvas.showPage()

    return draw


def feet(left: str, right: str) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 40, left)
        canvas.drawString(400, 40, right)

    return draw


def head(left: str, right: str) -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 800, left)
        canvas.drawString(500, 800, right)

    return draw


def foot_of(text: str) -> Callable[[Canvas], None]:
    return lambda canvas: canvas.drawCentredString(300, 40, text)


RUNNING = [
    (
        [feet("Sign", "Bestyrks"), feet("Bestyrks", "Sign")] * 2,
        [PROSE] * 4,
        "even and odd pages mirror each other: two of each are four of one",
    ),
    ([foot_of("1")], [PROSE], "the number of a page stands alone on a single page too"),
    ([head("Nämnden", "1 (2)"), head("Exempelkommun", "2 (2)")], ["Nämnden", PROSE, PROSE], "a first page of its own"),
    ([head("Protokoll", "Sida 1 (1)")], ["Protokoll", PROSE], "the number beside a title is no word of it"),
    ([head("Rapport", "12 (8)")], ["Rapport 12 (8)", PROSE], "no page counts so"),
    ([head("2024-05-02, 10:15", "Protokoll")], [PROSE], "what a browser prints over a page"),
]


@pytest.mark.parametrize(("drawings", "expected", "why"), RUNNING)
def test_running_lines_of_short_documents(
    drawings: list[Callable[[Canvas], None]], expected: list[str], why: str
) -> None:
    text = read_bytes(drawn(pages(*drawings)), "a.pdf")
    assert [text.of(block).replace("\t", " ") for block in text.blocks] == expected, why


def test_lists_beside_each_other_whose_entries_wrap() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Bold", 11)
        canvas.drawString(60, 700, "Beslutande")
        canvas.setFont("Times-Roman", 11)
        rows = [
            ("Anna Ek (S), vice", "Cia Öst (V)"),
            ("ordförande", "Dan Berg (M), för"),
            ("Bo Al (M)", "Eva Lind (M)"),
        ]
        columns(canvas, 700, (160, 260), *rows)
        canvas.setFont("Times-Bold", 11)
        canvas.drawString(60, 650, "Justerare")
        canvas.setFont("Times-Roman", 11)
        canvas.drawString(160, 650, "Bo Al (M)")

    found = [cell for row in cells(read_bytes(drawn(draw), "a.pdf")) for cell in row]
    assert "Anna Ek (S), vice ordförande" in found
    assert "Cia Öst (V)" in found


def test_a_label_of_two_lines_beside_the_middle_of_its_value() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Times-Roman", 11)
        columns(canvas, 714, (60, 200), ("Plats", "Stadshuset"))
        lines(canvas, 60, 694, ["Justeringens", "plats"], 13)
        canvas.drawString(200, 687.5, "Biblioteket")
        columns(canvas, 661, (60, 200), ("Paragrafer", "1-12"))

    assert cells(read_bytes(drawn(draw), "a.pdf"))[1] == ["Justeringens plats", "Biblioteket"]
