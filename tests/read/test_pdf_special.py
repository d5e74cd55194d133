"""PDF files: bookmarks, footnotes, page labels, and the pages and marks that signing services add."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest
from read_pdfs import PROSE, drawn, lines
from reportlab.pdfgen.canvas import Canvas

from kommungraf.model.source import Text
from kommungraf.read import read_bytes
from kommungraf.read.signing import is_mark, is_signing_page, without_identity

KEY = "5TQWE-6ABCD-7XYZA-12ABC-QWERT"
SIGNED = [
    "Underskriftssida",
    "Detta dokument har undertecknats med elektroniska underskrifter:",
    "NAMN: Anna Ek",
    "TITEL: Ordförande, Exempelnämnden",
    "TID: 2023-05-09 11:20:33 +02:00",
    "IDENTIFIKATIONSTYP: Svensk e-legitimation",
    "IDENTIFIKATIONS-ID: _0123b45cd67e89f0ab12c3d4e5f60718a",
    "Personnummer 19121212-1212, anna.ek@exempel.example",
]
LOGGED = [
    "Verifikat",
    "Transaktion 01222333445566778899",
    "Signerare",
    "Anna Ek, anna.ek@exempel.example, +46 70 000 00 00",
    "Händelser i dokumentet",
    "2023-05-09 11:20:33 CET Anna Ek signerade dokumentet med BankID",
    "IP-adress 192.0.2.17",
]


def pages(*texts: list[str], foot: str = "") -> Text:
    def draw(canvas: Canvas) -> None:
        for text in texts:
            canvas.setFont("Helvetica", 10)
            lines(canvas, 60, 700, text, 20)
            if foot:
                canvas.drawString(60, 20, foot)
            canvas.showPage()

    return read_bytes(drawn(draw), "a.pdf")


def test_who_signed_stays_and_what_identifies_them_is_never_stored() -> None:
    text = pages(["Protokoll", "Nämnden avslår motionen."], SIGNED)
    for kept in ("Anna Ek", "Ordförande, Exempelnämnden", "elektroniska underskrifter"):
        assert kept in text.clean
    for gone in ("0123b45", "IDENTIFIKATIONS-ID", "1212", "exempel.example"):
        assert gone not in text.stored
    assert [(left.kind, left.page, left.text) for left in text.left_out] == [("signing-ids", 2, "")]


def test_the_log_of_a_signing_service_is_no_part_of_the_document() -> None:
    text = pages(["Protokoll", "Nämnden avslår motionen."], LOGGED)
    assert text.clean == "Protokoll\nNämnden avslår motionen." or "Anna Ek" not in text.stored
    assert "192.0.2.17" not in text.stored
    assert [(left.kind, left.page) for left in text.left_out] == [("signing-log", 2)]


def test_marks_of_signing_services_in_the_margin() -> None:
    text = pages(["Nämnden avslår motionen."], ["Nämnden bifaller den andra."], foot=f"Penneo dokumentnyckel: {KEY}")
    assert KEY not in text.stored
    assert [(left.kind, left.page) for left in text.left_out] == [("signing-mark", 1), ("signing-mark", 2)]


PAGES = [
    (SIGNED, True, "a service's page with names and certificates"),
    (LOGGED, True, "a log"),
    (["Protokollet är digitalt signerat.", "Anna Ek", "Ordförande"], False, "a sentence of the protocol's own"),
    (["Val av justerare", "Justering sker med BankID 2024-03-12.", "anna@exempel.example"], False, "how to sign"),
    ([PROSE], False, "prose"),
]


@pytest.mark.parametrize(("page", "expected", "why"), PAGES)
def test_signing_pages(page: list[str], expected: bool, why: str) -> None:
    assert is_signing_page(page) is expected, why


MARKS = [
    (f"Penneo dokumentnyckel: {KEY}", True),
    ("Docusign Envelope ID: 8A7B1C2D-1111-2222-3333-444455556666", True),
    ("Transaktion 01222333445566778899   Signerat AE, BL", True),
    ("Justerandes sign", False),
    ("Exempelkommunen, 0123-45 67 89, kommun@exempel.example", False),
]


@pytest.mark.parametrize(("line", "expected"), MARKS)
def test_marks(line: str, expected: bool) -> None:
    assert is_mark(line) is expected


IDENTITIES = [
    ("NAMN: Anna Ek", "NAMN: Anna Ek", "who signed"),
    ("IDENTIFIKATIONS-ID: _0123b45cd67e89f0ab12c3d4e5f60718a", "", "a certificate, and its label"),
    ("Anna Ek 121212-1212", "Anna Ek", "a personal number"),
    ("2023-05-09 11:20:33", "2023-05-09 11:20:33", "when"),
    ("Dnr KS 2024/112", "Dnr KS 2024/112", "a diary number"),
]


@pytest.mark.parametrize(("line", "left", "why"), IDENTITIES)
def test_identities(line: str, left: str, why: str) -> None:
    assert without_identity(line) == left, why


BLANKS = [
    "Denna sida är avsiktligt lämnad tom",
    "[Denna sida är avsiktligt blank]",
    "This page intentionally left blank.",
]


@pytest.mark.parametrize("sentence", BLANKS)
def test_a_page_that_says_that_it_is_empty(sentence: str) -> None:
    text = pages(["Första sidan."], [sentence], ["Tredje sidan."])
    assert sentence not in text.clean
    assert [(left.kind, left.page) for left in text.left_out] == [("blank-page", 2)]
    assert not text.issues


def outlined(mark: Callable[[Canvas, int], None]) -> Text:
    def draw(canvas: Canvas) -> None:
        for page, title in enumerate(("Sammanfattning", "Bakgrund")):
            canvas.setFont("Times-Roman", 11)
            mark(canvas, page)
            lines(
                canvas,
                60,
                740,
                [title, "", *textwrap.wrap(PROSE, 80), "", f"Mål {page}", "", *textwrap.wrap(PROSE, 80)],
            )
            canvas.showPage()

    return read_bytes(drawn(draw), "a.pdf")


def test_bookmarks_make_headings_of_what_is_printed_and_tell_their_level() -> None:
    def mark(canvas: Canvas, page: int) -> None:
        titles = [(("Sammanfattning", "BAKGRUND")[page], 0), (f"Mål {page}", 1), ("Som ingen har tryckt", 1)]
        for number, (title, level) in enumerate(titles):
            canvas.bookmarkPage(f"{page}.{number}")
            canvas.addOutlineEntry(title, f"{page}.{number}", level)

    text = outlined(mark)
    headings = [(text.of(block), block.level) for block in text.blocks if block.kind == "heading"]
    assert headings == [("Sammanfattning", 1), ("Mål 0", 2), ("Bakgrund", 1), ("Mål 1", 2)]


def test_without_bookmarks_the_same_lines_are_paragraphs() -> None:
    assert not [block for block in outlined(lambda canvas, page: None).blocks if block.kind == "heading"]


def beside(canvas: Canvas, x: float, y: float, text: str, size: float = 11) -> float:
    """A text, raised where it begins with ``^``; where the next one would begin."""
    up = text[0] == "^"
    canvas.setFont("Times-Roman", 0.6 * size if up else size)
    canvas.drawString(x, y + 0.35 * size * up, text.lstrip("^"))
    return x + canvas.stringWidth(text.lstrip("^"))


def noted(canvas: Canvas) -> None:
    """A sentence that goes on over a page break, with a footnote under it and its mark after a word."""
    for page, text in enumerate((f"{PROSE} Nämnden har tagit del av", "planen och godkänner den.")):
        canvas.setFont("Times-Roman", 11)
        lines(canvas, 60, 740, textwrap.wrap(text, 80))
        if not page:
            x = 60.0
            for part in ("Ytan är 25 m", "^2", " enligt beslut", "^1", " i nämnden."):
                x = beside(canvas, x, 780, part)
            beside(canvas, beside(canvas, 60, 100, "^1", 8), 100, "Se bilagan till planen, som antogs för den", 8)
            beside(canvas, 60, 90, "förra nämnden.", 8)
            canvas.line(60, 115, 160, 115)
        canvas.showPage()


def test_footnotes_stand_beside_the_sentence_that_goes_on() -> None:
    text = read_bytes(drawn(noted), "a.pdf")
    assert [text.of(block) for block in text.blocks] == [
        "Ytan är 25 m² enligt beslut i nämnden.",
        "Se bilagan till planen, som antogs för den förra nämnden.",
        f"{PROSE} Nämnden har tagit del av planen och godkänner den.",
    ]
    assert "beslut\u2060¹ i" in text.stored
