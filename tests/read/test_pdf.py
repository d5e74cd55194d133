"""PDF files: two looks of minutes, columns, turned pages, pages without text."""

from __future__ import annotations

import textwrap

import pytest
from read_pdfs import ATTENDANCE, PROSE, drawn, grid, landscape, lines, many, mixed, sans, serif, two_columns
from reportlab.pdfgen.canvas import Canvas

from kommungraf.model.source import Block, Text
from kommungraf.read import read_bytes


def cells(text: Text, block: Block) -> list[list[str]]:
    return [[text.of(cell) for cell in row.cells] for row in block.rows]


@pytest.fixture(scope="module")
def protocol() -> Text:
    return read_bytes(drawn(serif), "protokoll.pdf")


@pytest.fixture(scope="module")
def attendance() -> Text:
    return read_bytes(drawn(sans), "protokoll.pdf")


def test_blocks_of_a_page(protocol: Text) -> None:
    page = [block for block in protocol.blocks if block.page == 2]
    assert [(block.kind, block.marker) for block in page] == [
        ("heading", ""),
        ("paragraph", ""),
        ("paragraph", ""),
        ("heading", ""),
        ("item", "1."),
        ("item", "2."),
        ("table", ""),
    ]
    title, prose, broken, beslut, first, second, _ = (protocol.of(block) for block in page)
    assert title == "§ 12 Ärende nummer 2"
    assert prose == f"Ärende 2. {PROSE}", "wrapped lines are one"
    assert "socialtjänsten" in broken, "a broken word is whole again"
    assert "barn- och ungdomsplan" in broken, "a hanging hyphen stays"
    assert beslut == "Beslut"
    assert first.endswith("av fullmäktige i mars."), "a list item goes on under its text"
    assert second == "Ärendet återremitteras."


def test_headings_rank_by_size_then_bold(protocol: Text) -> None:
    levels = {protocol.of(block): block.level for block in protocol.blocks if block.kind == "heading"}
    assert levels["§ 11 Ärende nummer 1"] < levels["Beslut"]


def test_ruled_table_with_merged_and_empty_cells(protocol: Text) -> None:
    table = next(block for block in protocol.blocks if block.kind == "table")
    assert cells(protocol, table) == [
        ["Verksamhet", "Budget", ""],
        ["", "2023", "2024"],
        ["Kansli", "1 250", "-1 190"],
        ["Summa", "", "3 300"],
    ]


def test_running_heads_and_feet_are_remembered_but_not_in_clean(protocol: Text) -> None:
    assert "SAMMANTRÄDESPROTOKOLL" not in protocol.clean
    assert "Justerandes" not in protocol.clean
    assert "SAMMANTRÄDESPROTOKOLL" in protocol.stored
    for line in protocol.running:
        assert protocol.stored[slice(*line.stored)] == line.text
    assert protocol.page_labels == {1: "1", 2: "2", 3: "3"}


def test_attendance_without_lines_is_a_table(attendance: Text) -> None:
    table = next(block for block in attendance.blocks if block.kind == "table")
    expected = []
    for label, rows in ATTENDANCE:
        for number, row in enumerate(rows):
            expected.append([label if not number else "", row[0], row[1] if len(row) > 1 else ""])
    assert cells(attendance, table) == expected
    assert table.rows[0].cells[0].bold
    assert not table.rows[0].cells[1].bold


def test_signatures_side_by_side(attendance: Text) -> None:
    table = [block for block in attendance.blocks if block.kind == "table"][1]
    assert cells(attendance, table) == [["Anna Exempelsson", "Bo Låtsas"], ["Ordförande", "Justerare"]]


def test_two_columns_are_read_one_after_the_other() -> None:
    text = read_bytes(drawn(two_columns), "blad.pdf")
    assert [text.of(block) for block in text.blocks] == [
        "Nyhetsblad",
        f"Spalt 0 börjar. {PROSE} {PROSE}",
        f"Spalt 1 börjar. {PROSE} {PROSE}",
        f"Under spalterna. {PROSE}",
    ]


def test_turned_page() -> None:
    text = read_bytes(drawn(landscape), "bilaga.pdf")
    title, table = text.blocks
    assert text.of(title) == "Bilaga på tvären"
    assert cells(text, table) == [["Kommun", "Ombud"], ["Exempelby", "Ann Ek (S)"]]


def test_pages_without_text_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kommungraf.read.ocr.engine", lambda: "")
    text = read_bytes(drawn(mixed), "blandat.pdf")
    assert text.pages == 3
    assert text.empty_pages == [2]
    (issue,) = text.issues
    assert (issue.kind, issue.page) == ("no-ocr", 2)
    assert "page 2" in issue.message
    assert [text.of(block) for block in text.blocks if block.page == 1][-1] == "Signerat dokument", "stamps come last"


def test_every_character_of_clean_stands_in_stored(protocol: Text, attendance: Text) -> None:
    for text in (protocol, attendance):
        pairs = [(char, at) for char, at in zip(text.clean, text.offsets, strict=True) if not char.isspace()]
        assert all(text.stored[at] == char for char, at in pairs)
        assert [at for _, at in pairs] == sorted({at for _, at in pairs})
        for block in text.blocks:
            start, end = text.stored_span(block)
            assert block.stored.start <= start
            assert end <= block.stored.end


def test_reading_twice_gives_the_same(protocol: Text) -> None:
    again = read_bytes(drawn(serif), "protokoll.pdf")
    assert (again.stored, again.clean, again.offsets) == (protocol.stored, protocol.clean, protocol.offsets)


def test_metadata_is_a_claim() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle("Protokoll 2024")
        canvas.drawString(60, 700, "Text")

    metadata = read_bytes(drawn(draw), "a.pdf").metadata
    assert metadata["title"] == "Protokoll 2024"
    assert "author" not in metadata, "a program's filler is no author"


def test_many_pages() -> None:
    text = read_bytes(many(60), "stor.pdf")
    assert text.pages == 60
    assert len(text.page_labels) == 60
    assert sum(block.kind == "table" for block in text.blocks) == 10
    assert "Exempelkommunen" not in text.clean


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    def draw(canvas: Canvas) -> None:
        for page, text in enumerate((f"{PROSE} Nämnden anser också att", "förslaget ska antas."), 1):
            canvas.setFont("Times-Roman", 11)
            canvas.drawString(60, 810, f"Exempelnämnden {page} (2)")
            lines(canvas, 60, 700, textwrap.wrap(text, 80))
            canvas.showPage()

    (block,) = (text := read_bytes(drawn(draw), "a.pdf")).blocks
    assert text.of(block) == f"{PROSE} Nämnden anser också att förslaget ska antas."
    assert [text.page_at(text.clean.index(word)) for word in ("Förvaltningen", "ska antas.")] == [1, 2]


def test_a_cell_that_goes_on_in_the_next_line() -> None:
    def draw(canvas: Canvas) -> None:
        for y, row in (
            (700, ("Anna Ek", "ledamot i nämndens arbets-", "S")),
            (686, ("", "utskott och i styrelsen", "")),
            (672, ("Bo Al", "ledamot", "M")),
        ):
            for x, text in zip((60, 160, 400), row, strict=True):
                canvas.drawString(x, y, text)

    (table,) = (text := read_bytes(drawn(draw), "a.pdf")).blocks
    assert cells(text, table) == [
        ["Anna Ek", "ledamot i nämndens arbetsutskott och i styrelsen", "S"],
        ["Bo Al", "ledamot", "M"],
    ]


def test_a_title_in_the_look_of_its_text() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 700, ["Beslut", "Nämnden avslår motionen.", "", "Skickas till", "Akten", "Tekniska nämnden"])

    text = read_bytes(drawn(draw), "a.pdf")
    assert [text.of(block) for block in text.blocks] == [
        "Beslut",
        "Nämnden avslår motionen.",
        "Skickas till\nAkten\nTekniska nämnden",
    ]


def test_a_bundle_with_texts_of_two_sizes_has_no_headings_by_mistake() -> None:
    def draw(canvas: Canvas) -> None:
        for size in (10, 12):
            canvas.setFont("Times-Bold", 18)
            canvas.drawString(60, 780, f"Handling {size}")
            canvas.setFont("Times-Roman", size)
            for start in (740, 600):
                lines(canvas, 60, start, textwrap.wrap(f"Stycke {start}. {PROSE}", 900 // size), 1.25 * size)
            canvas.showPage()

    text = read_bytes(drawn(draw), "a.pdf")
    assert [(block.kind, block.page) for block in text.blocks] == [
        (kind, page) for page in (1, 2) for kind in ("heading", "paragraph", "paragraph")
    ]
    assert "\n" not in text.of(text.blocks[4]), "each page has its own right edge"


def test_a_table_goes_on_over_page_breaks() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(1, 4):
            canvas.drawString(60, 810, f"Exempelnämnden {page} (3)")
            grid(canvas, 60, 600, [[f"Post {page}", "10 000"], ["Rad", str(page)]])
            canvas.showPage()

    (table,) = (text := read_bytes(drawn(draw), "a.pdf")).blocks
    assert cells(text, table) == [row for page in "123" for row in ([f"Post {page}", "10 000"], ["Rad", page])]
    assert [text.page_at(row.cells[0].start) for row in table.rows] == [1, 1, 2, 2, 3, 3]


def test_a_bullet_of_another_font_does_not_part_the_item() -> None:
    def draw(canvas: Canvas) -> None:
        for start in (700, 640):
            canvas.setFont("Symbol", 7)
            canvas.drawString(60, start, "\u2022")
            canvas.setFont("Times-Roman", 11)
            lines(canvas, 66, start, textwrap.wrap(f"Punkt {start}. {PROSE}", 84))

    blocks = (text := read_bytes(drawn(draw), "a.pdf")).blocks
    assert [block.kind for block in blocks] == ["item", "item"]
    assert text.of(blocks[1]) == f"Punkt 640. {PROSE}"


def test_page_numbers_beside_other_text_of_a_running_head() -> None:
    def draw(canvas: Canvas) -> None:
        for page in range(1, 5):
            canvas.drawString(60, 810, f"{page + 6}" if page == 1 else f"Kapitel om annat      {page + 6}")
            canvas.drawString(60, 700, f"Text om {'abcd'[page - 1]}.")
            canvas.showPage()

    assert read_bytes(drawn(draw), "a.pdf").page_labels == {2: "8", 3: "9", 4: "10"}
