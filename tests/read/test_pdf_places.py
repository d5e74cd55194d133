"""Where things stand on PDF pages, what nobody sees of them, and letters that come in parts."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable

import pytest
from PIL import Image
from read_pdfs import PROSE, drawn, grid, lines
from reportlab.lib.colors import Color
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from kommungraf.model.source import Text
from kommungraf.read import read_bytes
from kommungraf.read.garbled import is_garbled
from kommungraf.read.pdf_frame import Frame
from kommungraf.read.pdf_letters import composed

Draw = Callable[[Canvas], None]
WIDTH, HEIGHT = 500, 700


def page(text: Text) -> list[str]:
    return [text.of(block) for block in text.blocks]


def boxed(rotation: int, crop: float = 0) -> bytes:
    """A page that a viewer shows upright, whatever its rotation: a line and a table, 100 points from the left."""

    def draw(canvas: Canvas) -> None:
        width, height = (WIDTH, HEIGHT) if rotation % 180 == 0 else (HEIGHT, WIDTH)
        canvas.setPageSize((WIDTH + 2 * crop, HEIGHT + 2 * crop))  # reportlab turns it with the page
        if crop:
            canvas.setCropBox((crop, crop, width + crop, height + crop))
        canvas.setPageRotation(rotation)
        canvas.translate(crop, crop)
        origin = {0: (0, 0), 90: (width, 0), 180: (width, height), 270: (0, height)}[rotation]
        canvas.translate(*origin)
        canvas.rotate(rotation)
        canvas.setFont("Helvetica", 10)
        canvas.drawString(100, HEIGHT - 50, "Rubrik på sidan")
        canvas.setLineWidth(0.5)
        canvas.grid([100, 180, 260], [HEIGHT - 200, HEIGHT - 220, HEIGHT - 240])
        for x in (104, 184):
            canvas.drawString(x, HEIGHT - 214, "Namn")
            canvas.drawString(x, HEIGHT - 234, "Ann Ek")

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    draw(canvas)
    canvas.save()
    return buffer.getvalue()


@pytest.mark.parametrize("crop", [0, 40])
@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_are_those_of_the_page_as_shown(rotation: int, crop: float) -> None:
    title, table = read_bytes(boxed(rotation, crop), "a.pdf").blocks
    assert table.kind == "table"
    assert table.places[0] == pytest.approx((1, 100, 200, 260, 240), abs=1)
    number, left, top, right, bottom = title.places[0]
    assert (number, left) == (1, pytest.approx(100, abs=2))
    assert 38 <= top < 42 < 50 <= bottom <= 54, "the baseline is 50 points from the top"
    assert right == pytest.approx(169, abs=2)


@pytest.mark.parametrize("angle", range(4))
@pytest.mark.parametrize("rotation", range(4))
def test_a_turned_box_comes_back(rotation: int, angle: int) -> None:
    """Text that runs in another direction than its page is turned: the box shown is the box stored, turned."""
    frame = Frame(10, 20, 510, 720, rotation, angle)
    stored = (110, 120, 160, 220)  # 100 from the left and the bottom, 50 wide, 100 high
    shown = {0: (100, 500, 150, 600), 1: (100, 100, 200, 150), 2: (350, 100, 400, 200), 3: (500, 350, 600, 400)}
    assert frame.shown(frame.turned_box(*stored)) == shown[rotation]


def test_a_landscape_table_in_a_portrait_document_and_pages_of_other_sizes() -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 700, textwrap.wrap(PROSE, 80))
        canvas.showPage()
        canvas.translate(595, 0)
        canvas.rotate(90)
        grid(canvas, 60, 400, [["Kommun", "Ombud", "Ersättare"], ["Exempelby", "Ann Ek", "Bo Al"]])
        canvas.showPage()
        canvas.setPageSize((1190, 842))
        lines(canvas, 60, 700, textwrap.wrap(PROSE, 80))

    text = read_bytes(drawn(draw), "a.pdf")
    assert page(text)[1] == "Kommun\tOmbud\tErsättare\nExempelby\tAnn Ek\tBo Al"
    _, left, top, right, bottom = text.blocks[1].places[0]
    assert bottom - top > right - left, "on the page as shown it stands on end"


def ink(canvas: Canvas, *colour: float, mode: int = 0, y: float = 650, text: str = "Osedd rad") -> None:
    part = canvas.beginText(60, y)
    part.setFillColor(Color(*colour))
    part.setTextRenderMode(mode)
    part.textLine(text)
    canvas.drawText(part)


def on_black(canvas: Canvas) -> None:
    canvas.rect(50, 640, 300, 30, fill=1)
    ink(canvas, 1, 1, 1)


def outside(canvas: Canvas) -> None:
    canvas.setCropBox((50, 50, 500, 800))
    canvas.drawString(5, 20, "Osedd rad")


def askew(canvas: Canvas, text: str = "Osedd rad") -> None:
    canvas.saveState()
    canvas.translate(100, 600)
    canvas.rotate(40)
    canvas.setFont("Helvetica-Bold", 60)
    canvas.setFillGray(0.8)
    canvas.drawString(0, 0, text)
    canvas.restoreState()


def pale(canvas: Canvas) -> None:
    canvas.saveState()
    canvas.setFont("Helvetica-Bold", 70)
    canvas.setFillGray(0.85)
    canvas.drawString(80, 600, "Osedd rad")
    canvas.restoreState()


UNSEEN = [
    (lambda canvas: ink(canvas, 0, 0, 0, mode=3), "hidden-text", "without ink"),
    (lambda canvas: ink(canvas, 1, 1, 1), "hidden-text", "white on white"),
    (lambda canvas: ink(canvas, 0, 0, 0, 0), "hidden-text", "transparent"),
    (outside, "outside-page", "outside of the crop box"),
    (askew, "watermark", "askew over the text"),
    (pale, "watermark", "pale and large over the text"),
    (on_black, "", "white on black is seen"),
    (lambda canvas: ink(canvas, 0.4, 0.4, 0.4), "", "grey is seen"),
    (lambda canvas: ink(canvas, 0.95, 0.9, 0), "", "yellow is seen"),
]


@pytest.mark.parametrize(("draw", "kind", "why"), UNSEEN)
def test_what_nobody_sees_is_left_out_and_told(draw: Draw, kind: str, why: str) -> None:
    def with_prose(canvas: Canvas) -> None:
        lines(canvas, 60, 780, textwrap.wrap(PROSE, 60))
        draw(canvas)

    text = read_bytes(drawn(with_prose), "a.pdf")
    assert text.of(text.blocks[0]) == PROSE
    assert ("Osedd rad" in text.clean) is not bool(kind), why
    assert [(left.kind, left.text, left.page) for left in text.left_out] == [(kind, "Osedd rad", 1)] * bool(kind)


def test_invisible_text_over_a_scan_is_read_with_a_score() -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(Image.new("L", (60, 80), 220)), 0, 0, 595, 842)
        for number, line in enumerate(textwrap.wrap(PROSE, 60)):
            ink(canvas, 0, 0, 0, mode=3, y=700 - 14 * number, text=line)

    text = read_bytes(drawn(draw), "a.pdf")
    assert page(text) == [PROSE]
    assert [0.5 < part.score < 1 for part in text.recognised] == [True]
    assert not text.left_out


def test_text_drawn_twice_for_bold_is_there_once() -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0, 0.3):
            canvas.drawString(60 + shift, 700, "Beslutande organ")
        canvas.drawString(60, 670, "Nämnden")

    assert page(read_bytes(drawn(draw), "a.pdf")) == ["Beslutande organ", "Nämnden"]


SPACED = [
    ("P R O T O K O L L", "PROTOKOLL", "a title set apart"),
    ("P R O T O K O L L   F Ö R   N Ä M N D E N", "PROTOKOLL FÖR NÄMNDEN", "wider white parts its words"),
    ("K a l l e l s e   t i l l   m ö t e", "Kallelse till möte", "in small letters"),
    ("S M C V L", "S M C V L", "signs of parties are no word"),
    ("A B C", "A B C", "too few"),
]


@pytest.mark.parametrize(("printed", "expected", "why"), SPACED)
def test_letters_set_apart(printed: str, expected: str, why: str) -> None:
    text = read_bytes(drawn(lambda canvas: canvas.drawString(60, 700, printed)), "a.pdf")
    assert page(text) == [expected], why


def test_raised_and_lowered_figures_stand_in_their_line() -> None:
    def draw(canvas: Canvas) -> None:
        x = 60.0
        for part, size, rise in (
            ("Ytan är 25 m", 11, 0),
            ("2", 7, 4),
            (" och CO", 11, 0),
            ("2", 7, -2),
            (" minskar.", 11, 0),
        ):
            canvas.setFont("Times-Roman", size)
            canvas.drawString(x, 700 + rise, part)
            x += canvas.stringWidth(part, "Times-Roman", size)

    assert page(read_bytes(drawn(draw), "a.pdf")) == ["Ytan är 25 m² och CO2 minskar."]


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("A\u030angstro\u0308m", "Ångström", "an accent after its letter"),
        ("R\u00a8orelse p\u02da a g\u02da ard", "Rörelse på gård", "old TeX: the accent first, as a sign"),
        ("20 \u02daC", "20 \u02daC", "no letter that has a ring"),
        ("Ångström", "Ångström", "nothing to do"),
    ],
)
def test_accents_and_their_letters_are_one(text: str, expected: str, why: str) -> None:
    assert composed(text) == expected, why


def shifted(text: str) -> str:
    return "".join(chr((ord(char.lower()) - 94) % 26 + 97) if "a" <= char.lower() <= "z" else char for char in text)


NAMES = "Anna Ek (S), Bo Al (M), Cia Påhitt (C), Dan Öst (V), Eva Lund (L), Gun Hed (KD), Ivar Sand (MP). "
GARBLED = [
    (PROSE * 2, False, "Swedish"),
    ("The board approves the report and decides to adopt the plan for the coming year. " * 5, False, "English"),
    (NAMES * 5, False, "names"),
    ("Kansli 16 630 326 -1 190 500 " * 20, False, "a table of numbers"),
    ("Innehåll " + "." * 400 + " 3", False, "a row of dots"),
    (shifted(PROSE * 2), True, "each letter another: a font that names its letters wrongly"),
    ("\ue001\ue002\ue003\ue004 " * 60, True, "letters of a font's own"),
    ("\x01\x02\x03\x04 " * 60, True, "no letters at all"),
]


@pytest.mark.parametrize(("text", "expected", "why"), GARBLED)
def test_letters_that_are_no_language(text: str, expected: bool, why: str) -> None:
    assert is_garbled(text) is expected, why


def test_a_page_of_wrong_letters_says_so_where_it_cannot_be_recognised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kommungraf.read.ocr.engine", lambda: "")

    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 780, textwrap.wrap(shifted(PROSE * 2), 80))
        canvas.showPage()
        lines(canvas, 60, 780, textwrap.wrap(PROSE, 80))

    issues = read_bytes(drawn(draw), "a.pdf").issues
    assert [issue.page for issue in issues if issue.kind == "garbled"] == [1]
