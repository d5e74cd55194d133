"""The picture of a page before its letters are read; no recogniser is needed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from kommungraf.read.ocr import parsed
from kommungraf.read.ocr_letters import bullet, em_of, is_stray
from kommungraf.read.ocr_picture import Grey, erased, evened, ink_of, ruled_lines, skew_of, stands_on_end, turned

DPI = 150


def lines_of_words(seed: int = 1) -> Image.Image:
    """A page with lines of small black boxes, as words look from afar."""
    image = Image.new("L", (1000, 1400), 255)
    draw = ImageDraw.Draw(image)
    random = np.random.default_rng(seed)
    for y in range(120, 1280, 30):
        x = 100
        while x < 850:
            width = int(random.integers(20, 90))
            draw.rectangle((x, y, x + width, y + 12), fill=30)
            x += width + 12
    return image


def grey(image: Image.Image) -> Grey:
    return np.asarray(image)


@pytest.mark.parametrize("angle", [-2.0, -1.3, -0.5, 0.0, 0.7, 1.0, 1.6, 2.0])
def test_skew_is_measured(angle: float) -> None:
    page = lines_of_words().rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    assert skew_of(ink_of(grey(page))) == pytest.approx(angle, abs=0.1)
    straight = turned(grey(page), skew_of(ink_of(grey(page))))
    assert abs(skew_of(ink_of(straight))) <= 0.1


@given(st.floats(-2.5, 2.5), st.integers(0, 5))
@settings(max_examples=8, deadline=None)
def test_any_small_skew_is_undone(angle: float, seed: int) -> None:
    page = lines_of_words(seed).rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    assert skew_of(ink_of(grey(page))) == pytest.approx(angle, abs=0.15)


def test_an_empty_page_has_no_skew() -> None:
    assert skew_of(np.zeros((400, 300), dtype=np.bool_)) == 0.0


def test_lines_that_run_down_the_page() -> None:
    ink = ink_of(grey(lines_of_words()))
    assert not stands_on_end(ink)
    assert stands_on_end(ink.T)


def test_grey_paper_and_a_shadow_become_white() -> None:
    page = grey(lines_of_words()).astype(np.float32)
    shadow = np.linspace(0.55, 0.95, page.shape[1], dtype=np.float32)
    even = evened((page * shadow).astype(np.uint8))
    paper = even[page == 255]
    assert np.percentile(paper, 5) > 220, "paper is white on the dark side too"
    assert even[page < 60].max() < 140, "ink stays dark"


def table(image: Image.Image) -> None:
    draw = ImageDraw.Draw(image)
    for y in (200, 240, 280):
        draw.line((100, y, 700, y), fill=0, width=2)
    for x in (100, 400, 700):
        draw.line((x, 200, x, 280), fill=0, width=2)


def test_rules_of_a_table_are_found_and_letters_are_not() -> None:
    image = Image.new("L", (800, 600), 255)
    table(image)
    draw = ImageDraw.Draw(image)
    draw.rectangle((120, 215, 124, 230), fill=0)  # an upright stroke of a letter
    draw.rectangle((130, 226, 150, 230), fill=0)  # its foot
    draw.rectangle((100, 400, 104, 440), fill=0)  # of a letter of a large heading, which meets no line
    draw.rectangle((300, 400, 700, 500), fill=0)  # a filled area
    lines, mask = ruled_lines(ink_of(grey(image)), DPI)
    flat = {round(line.y0, -1) for line in lines if line.y0 == line.y1}
    upright = {round(line.x0, -1) for line in lines if line.x0 == line.x1}
    assert flat == {200, 240, 280, 400, 500}, "the edges of a filled area are lines too"
    assert upright == {100, 400, 700, 300}
    clean = erased(grey(image), mask)
    assert clean[200:204, 150:390].min() == 255, "rules are erased"
    assert clean[220, 122] == 0, "letters stay"


def test_skewed_rules_are_found_after_straightening() -> None:
    image = lines_of_words()
    ImageDraw.Draw(image).rectangle((60, 100, 960, 1300), outline=0, width=3)
    page = image.rotate(1.4, Image.Resampling.BICUBIC, fillcolor=255)
    straight = turned(grey(page), skew_of(ink_of(grey(page))))
    lines, _ = ruled_lines(ink_of(straight), DPI)
    long = [line for line in lines if max(line.x1 - line.x0, line.y1 - line.y0) > 700]
    assert len(long) == 4


HOCR = """
<span class='ocr_line' id='line_1_1' title="bbox 100 50 400 90; baseline 0.01 -8; x_size 40">
 <span class='ocrx_word' id='word_1_1' title='bbox 100 50 200 82; x_wconf 96'>P&amp;D</span>
 <span class='ocrx_word' id='word_1_2' title='bbox 210 50 400 82; x_wconf 41'><strong>Ån</strong></span>
</span>
<span class='ocr_header' id='line_1_2' title="bbox 100 150 400 190; baseline 0 0; x_size 40">
 <span class='ocrx_word' id='word_1_3' title='bbox 100 150 110 190; x_wconf 10'> </span>
</span>
"""


def test_answers_of_the_recogniser_are_read() -> None:
    first, second = parsed(HOCR)
    assert (first.text, first.score, first.line, first.baseline) == ("P&D", 0.96, 0, 82.0)
    assert (second.text, second.x0, second.x1) == ("Ån", 210.0, 400.0)
    assert second.baseline == pytest.approx(83.1)


def test_one_size_whatever_the_letters_reach() -> None:
    word, *_ = parsed(HOCR)
    # In a font of 100 pixels: x-height 53, capitals 72, ring 92, below 21.
    heights = {"Anna": 72, "sa": 53, "Åsa": 92, "gå": 93, "Dag": 93, "2024": 72}
    sizes = [em_of([word._replace(text=text, y0=0, y1=height)]) for text, height in heights.items()]
    assert sizes == pytest.approx([100] * len(sizes), rel=0.03)


def test_strays_and_bullets() -> None:
    word = parsed(HOCR)[0]._replace(x0=0, x1=12, y0=40, y1=52, baseline=62, score=0.9)
    assert bullet(word._replace(text="»"), 40, 62) == "•", "small, round and above the line"
    assert bullet(word._replace(text="-"), 40, 62) == "-", "a dash is a mark of its own"
    assert bullet(word._replace(text="e", y0=30, x1=30, y1=62), 40, 62) == "e", "a letter stands on the line"
    assert is_stray(word._replace(text="|"), 300), "a rest of a rule"
    assert is_stray(word._replace(text=".", x1=2, y1=42), 300), "a speck"
    assert is_stray(word._replace(score=0.1), 300), "what the recogniser does not believe itself"
    assert not is_stray(word._replace(text="§"), 300)
