"""Pages that are pictures, read with the recogniser where it is installed, and named where it is not."""

from __future__ import annotations

import io
import math
import os
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter
from read_pdfs import drawn, grid, lines, scanned
from reportlab.pdfgen.canvas import Canvas

from kommungraf import limits
from kommungraf.errors import InputError
from kommungraf.limits import Limits
from kommungraf.model.source import Block, Text
from kommungraf.read import ocr, read_bytes
from kommungraf.read.ocr_page import Picture, recognise
from kommungraf.read.ocr_picture import evened, ink_of
from kommungraf.read.ocr_turns import turns
from kommungraf.read.pdf_frame import Frame

needs_ocr = pytest.mark.skipif(not ocr.engine(), reason=f"no recogniser of text: {ocr.INSTALL}")


def minutes(canvas: Canvas) -> None:
    """A short page of minutes with a heading, a section, a list and a ruled table."""
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(60, 780, "Sammanträdesprotokoll")
    canvas.setFont("Helvetica-Bold", 11)
    canvas.drawString(60, 740, "§ 12 Val av justerare")
    canvas.setFont("Helvetica", 11)
    duty = "Åsa Öberg (S) utses att justera protokollet, enligt § 7 i arbetsordningen."
    lines(canvas, 60, 720, [duty, "Andelen är 45 %."])
    lines(canvas, 60, 660, ["1.", "2."])
    lines(canvas, 95, 660, ["Lekplatsen vid Ängsvägen byggs om.", "Kostnaden tas från budgeten."])
    rows = [["Post", "2023", "2024"], ["Intäkter", "12 500", "13 250"], ["Kostnader", "-9 350", "-8 210"]]
    grid(canvas, 60, 560, rows)


def scan(draw: object = minutes, dpi: int = 300, skew: float = 1.2, turn: int = 0) -> Image.Image:
    """A drawn page as a scanner gives it: grey, skewed, blurred and noisy."""
    page = pypdfium2.PdfDocument(drawn(draw))[0]  # type: ignore[arg-type]
    picture = page.render(scale=dpi / 72, grayscale=True, crop=(0, 420, 0, 0)).to_pil().convert("L")
    picture = picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(dpi / 400))
    noise = np.random.default_rng(7).normal(0, 7, (picture.height, picture.width))
    noisy = Image.fromarray(np.clip(np.asarray(picture) * 0.93 + 8 + noise, 0, 255).astype(np.uint8))
    return noisy.rotate(turn, expand=True)


def saved(picture: Image.Image, kind: str, *more: Image.Image, dpi: int = 300) -> bytes:
    buffer = io.BytesIO()
    pages = {"save_all": True, "append_images": list(more)} if kind in ("PDF", "TIFF") else {}
    resolution = {"resolution": dpi} if kind == "PDF" else {"dpi": (dpi, dpi)}
    picture.save(buffer, kind, **pages, **resolution)
    return buffer.getvalue()


def blocks(text: Text) -> list[str]:
    return [text.of(block) for block in text.blocks if block.kind != "table"]


def cells(text: Text, table: Block) -> list[list[str]]:
    return [[text.of(cell) for cell in row.cells] for row in table.rows]


@needs_ocr
def test_a_scan_is_read_like_a_drawn_page() -> None:
    text = read_bytes(saved(scan(), "PDF"), "skannad.pdf")
    kinds = [(block.kind, text.of(block)) for block in text.blocks]
    assert kinds[0] == ("heading", "Sammanträdesprotokoll")
    assert ("heading", "§ 12 Val av justerare") in kinds, "a sign that the Swedish model has not, and a bold heading"
    assert any("§ 7 i arbetsordningen" in told and "45 %" in told for _, told in kinds)
    assert [(b.marker, text.of(b)) for b in text.blocks if b.kind == "item"] == [
        ("1.", "Lekplatsen vid Ängsvägen byggs om."),
        ("2.", "Kostnaden tas från budgeten."),
    ], "short pieces in a wide white space are found"
    table = next(block for block in text.blocks if block.kind == "table")
    rows = [[cell.replace(" ", "") for cell in row] for row in cells(text, table)]
    assert rows == [["Post", "2023", "2024"], ["Intäkter", "12500", "13250"], ["Kostnader", "-9350", "-8210"]]
    assert all(0.7 < score <= 1 for _, score in text.recognised)
    assert text.recogniser.startswith("tesseract")
    assert (text.unrecognised, text.issues) == ([], [])


@needs_ocr
@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_that_lies_or_stands_on_its_head(turn: int) -> None:
    text = read_bytes(saved(scan(turn=turn), "PNG"), "vriden.png")
    assert blocks(text)[0] == "Sammanträdesprotokoll"
    box = text.blocks[0].places[0]
    assert box.x0 < box.x1, "places are those of the page as it is shown"
    if turn == 180:
        assert box.y0 > 200, "upside down, the title is at the bottom"


@needs_ocr
def test_pictures_are_pages() -> None:
    first, second = scan(), scan(lambda canvas: canvas.drawString(60, 740, "Den andra sidan har bara en rad text."))
    text = read_bytes(saved(first, "TIFF", second), "två sidor.tif")
    assert text.pages == 2
    assert blocks(text)[0] == "Sammanträdesprotokoll"
    assert [text.of(block) for block in text.blocks if block.page == 2] == ["Den andra sidan har bara en rad text."]


@needs_ocr
def test_what_is_no_print_is_told() -> None:
    noise = Image.fromarray(np.random.default_rng(3).integers(0, 255, (200, 160), dtype=np.uint8))
    with pytest.raises(InputError) as caught:
        read_bytes(saved(noise, "PNG"), "foto.png")
    assert caught.value.kind == "no-text"


@pytest.mark.parametrize("name", ["skannad.pdf", "skannad.png"])
def test_without_a_recogniser_the_command_is_told(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(ocr, "engine", lambda: "")
    data = drawn(scanned) if name.endswith("pdf") else saved(Image.new("L", (300, 400), 255), "PNG")
    with pytest.raises(InputError) as caught:
        read_bytes(data, name)
    assert caught.value.kind == "no-ocr"
    assert name in str(caught.value)
    assert ocr.INSTALL in str(caught.value)


def test_without_a_recogniser_the_other_pages_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def page_and_picture(canvas: Canvas) -> None:
        canvas.drawString(60, 740, "Den första sidan har text.")
        canvas.showPage()
        canvas.rect(100, 100, 200, 300, fill=1)

    monkeypatch.setattr(ocr, "engine", lambda: "")
    text = read_bytes(drawn(page_and_picture), "blandad.pdf")
    assert text.unrecognised == [2]
    (issue,) = text.issues
    assert (issue.kind, issue.page) == ("no-ocr", 2)
    assert ocr.INSTALL in issue.message


def test_damaged_pictures_are_named() -> None:
    data = saved(scan(dpi=72), "PNG")
    with pytest.raises(InputError) as caught:
        read_bytes(data[: len(data) // 2], "halv.png")
    assert caught.value.kind in ("damaged", "no-ocr")


@pytest.mark.parametrize("edge", [0, 70])
def test_an_empty_page_is_blank_and_not_slow(edge: int) -> None:
    paper = np.full((1200, 900), 240.0) + np.random.default_rng(5).normal(0, 7, (1200, 900))
    paper[:, :edge] = 30  # the dark beyond the paper
    seen = recognise(Picture(paper.clip(0, 255).astype(np.uint8), 100, 648, 864), 5)
    assert (seen.blank, seen.slow, seen.content.runs) == (True, False, [])


@needs_ocr
def test_a_page_is_given_up_when_its_time_is_over() -> None:
    picture = Picture(np.asarray(scan()), 300, 595, 422)
    assert recognise(picture, 0.05).slow


@needs_ocr
def test_a_fax_has_pixels_that_are_no_squares() -> None:
    page = scan(dpi=200, skew=0.5)
    rows = page.resize((page.width, page.height // 2), Image.Resampling.BOX)
    buffer = io.BytesIO()
    rows.point(lambda light: 255 * (light > 150)).convert("1").save(
        buffer, "TIFF", compression="group4", dpi=(200, 100)
    )
    text = read_bytes(buffer.getvalue(), "fax.tif")
    assert "protokollet" in " ".join(blocks(text))


def test_dark_beyond_the_paper_is_no_ink() -> None:
    page = np.asarray(scan()).copy()
    page[:, :80], page[-40:], page[:60] = 25, 30, 40
    assert ink_of(evened(page))[:, :80].sum() == 0


PLACES = [(0.0, (100, 100, 200, 110)), (2.0, (100, 100, 200, 110)), (-6.5, (300, 700, 500, 712))]


@pytest.mark.parametrize(("slant", "box"), PLACES)
def test_places_are_those_of_the_skewed_page(slant: float, box: tuple[float, float, float, float]) -> None:
    straight, skewed = Frame(0, 0, 600, 800), Frame(0, 0, 600, 800, slant=slant)
    turned_box = (box[0], box[1] - 800, box[2], box[3] - 800)
    x0, y0, x1, y1 = skewed.shown(turned_box)
    assert straight.shown(turned_box) == box
    rise = math.tan(math.radians(slant))
    middle = ((box[0] + box[2]) / 2 - 300) * -rise + (box[1] + box[3]) / 2
    assert abs((y0 + y1) / 2 - middle) < 3, "lines that rise to the right are higher there"
    assert (y1 - y0) >= (box[3] - box[1]) - 1
    assert x1 > x0


def test_no_more_turns_than_cores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    waited: list[float] = []

    def clock(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) == 2:
            os.close(first)

    with limits.under(Limits(), clock, tmp_path), turns() as mine, turns() as others:
        first, second = mine.take(), others.take()
        third = mine.take()
    os.close(second)
    os.close(third)
    assert len(waited) == 2, "who waits asks for the time that it waits"
