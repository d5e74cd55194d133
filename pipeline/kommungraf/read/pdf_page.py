"""What a PDF page holds, as pypdfium2 tells it: runs of text with their places and fonts, and ruled tables.

Coordinates are turned so that the page's text is upright: x to the right, y downwards. The text is asked for once per
page, places once per line and word: a box for every character would take four times as long.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from statistics import median

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kommungraf.read.garbled import is_garbled
from kommungraf.read.office_numbers import plain
from kommungraf.read.pdf_bands import Ladder, find_ladders
from kommungraf.read.pdf_bullets import bullets
from kommungraf.read.pdf_frame import NOWHERE, Box, Frame
from kommungraf.read.pdf_grid import MOST_RULES, Grid, find_grids, merged
from kommungraf.read.pdf_letters import SPACED, composed, has_vowels
from kommungraf.read.pdf_paths import Rule, page_rules
from kommungraf.read.pdf_seen import Sight, Unseen
from kommungraf.read.raised import RAISED, SMALLER, raised
from kommungraf.read.rows import GAP, Font, Run

_LINE = re.compile(r"[^\r\n\ufffe\x02]+[\ufffe\x02]?")
_LETTER = re.compile(r"\w")
_DIGIT = re.compile(r"\d")
_FEW = 20  # lines: so many of a letter each are no list
_SHORT = 12  # characters: so short a text has one look
_font = lru_cache(maxsize=1024)(Font)  # a document has few looks and many lines
_UNSEEN = " \t\r\n\u00a0\ufffe\x02"
_WORD = re.compile(r"\S+")
# Names of bold fonts, also TeX's (CMBX10) and those of the old PostScript fonts (NimbusRomNo9L-Medi).
_BOLD = re.compile(r"bold|black|heavy|demi(?!l)|fett|[-,]medi|[-,]bd\b|(?:^|\+)[A-Z]{2}BX\d", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
_SPACED_OUT = 1.2  # ems: letters further apart than this are no word
_AROUND = 30.0  # points above and below lines in which the first and last row of their table may stand
_BELOW = 200.0  # points below a head or a shaded row in which rows without a line or shade may stand
_MOST_CHARACTERS = 100_000  # a page of newsprint has 25,000
_FORCE_BOLD, _ITALIC_FLAG = 1 << 18, 1 << 6


@dataclass(slots=True)
class PageContent:
    """The runs of a page, what stands on end, its tables, what nobody sees, and whether its letters are a language.

    ``recognised``: the page is a picture, and its text is what somebody's OCR read in it.
    """

    runs: list[Run] = field(default_factory=list)
    sideways: list[tuple[str, Box]] = field(default_factory=list)
    unseen: list[tuple[Unseen, str]] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    ladders: list[Ladder] = field(default_factory=list)
    characters: int = 0
    garbled: bool = False
    recognised: bool = False
    frame: Frame = NOWHERE


def page_content(page: pdfium.PdfPage) -> PageContent:
    """Read one page; the caller closes it. Raises ``PdfiumError`` for one that holds more than paper can."""
    textpage = page.get_textpage()
    try:
        if textpage.count_chars() > _MOST_CHARACTERS:
            raise pdfium.PdfiumError("more characters than a page can hold")
        return _PageReader(page, textpage).read()
    finally:
        textpage.close()


class _PageReader:
    """The calls into pdfium for one page, with the structures that they fill."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage) -> None:
        self.page = page
        self.textpage = textpage
        self.text: str = textpage.get_text_range()
        self.same_index = textpage.count_chars() == len(self.text)
        self.doubles = [ctypes.c_double() for _ in range(4)]
        self.matrix = raw.FS_MATRIX()
        self.loose = raw.FS_RECTF()
        self.name = ctypes.create_string_buffer(256)
        self.flags = ctypes.c_int()
        self.fonts: dict[tuple[bytes, int, int], tuple[bool, bool]] = {}
        self.by_object: dict[int, Font] = {}
        self.frame = _frame(page)
        self.zones: list[tuple[float, float]] = []
        self.scattered = False

    def read(self) -> PageContent:
        lines = [(match.start(), match.end()) for match in _LINE.finditer(self.text) if match[0].strip()]
        self.scattered = _are_scattered(lines)
        plain = self.text.replace("\r\n", "") if self.scattered else self.text
        content = PageContent(characters=len(plain.strip()), garbled=is_garbled(plain), frame=self.frame)
        if not lines:
            return content
        angles = [self.direction(self.first_visible(*line)) for line in lines]
        angle = max(0, Counter(angles).most_common(1)[0][0])
        content.frame = self.frame = self.frame._replace(angle=angle)
        self.visible = self.frame.visible
        rules, dots = page_rules(self.page)
        self.find_tables(content, [Rule(*self.frame.turned_box(*rule)) for rule in rules])
        self.sight = Sight(self.page, self.textpage, self.frame)
        for (start, end), angle in zip(lines, angles, strict=True):
            self.read_line(content, start, end, angle)
        content.runs += bullets([self.frame.turned_box(*dot) for dot in dots], content.runs)
        return content

    def read_line(self, content: PageContent, start: int, end: int, angle: int) -> None:
        """Add a line of pdfium's text to what it is: text, a stamp on end, or nothing that anybody sees."""
        first, last = self.sight.of_line(
            self.index(self.first_visible(start, end)), self.index(self.last_visible(start, end))
        )
        if first != last and " " in self.text[start:end]:
            for match in _WORD.finditer(self.text, start, end):
                self.read_line(content, *match.span(), angle)
            return
        if first == "recognised":
            content.recognised = True
        elif first or angle < 0:
            content.unseen.append((first or "watermark", self.text[start:end].strip()))
            return
        if angle == self.frame.angle:
            for run in self.runs(start, end):
                if self.is_inside(run):
                    content.runs.append(run)
                else:
                    content.unseen.append(("outside-page", run.text))
        else:
            content.sideways.append((self.text[start:end].strip(), self.span_box(start, end)))

    def is_inside(self, run: Run) -> bool:
        """Whether the middle of a run is on the visible page."""
        left, top, right, bottom = self.visible
        return left <= (run.x0 + run.x1) / 2 <= right and top <= run.y and run.y - run.font.size / 2 <= bottom

    def span_box(self, start: int, end: int) -> Box:
        """The box around a line that runs in another direction than the page's text."""
        boxes = [self.char_box(self.first_visible(start, end)), self.char_box(self.last_visible(start, end))]
        x0, y0, x1, y1 = zip(*boxes, strict=True)
        return min(x0), min(y0), max(x1), max(y1)

    def last_visible(self, start: int, end: int) -> int:
        while end - 1 > start and self.text[end - 1] in _UNSEEN:
            end -= 1
        return end - 1

    def find_tables(self, content: PageContent, rules: list[Rule]) -> None:
        """The grids and ladders of the page, and the heights between which words are asked for one by one."""
        if len(rules) < 3 or len(rules) > MOST_RULES:
            return
        flat, upright = merged(rules)
        content.grids = find_grids(flat, upright)
        content.ladders = find_ladders(flat, content.grids)
        self.zones = [(grid.ys[0], grid.ys[-1]) for grid in content.grids]
        shaded = [y for grid in content.grids if len(grid.owners) == 1 for y in grid.ys]
        self.zones += [(min(shaded) - _AROUND, max(shaded) + _BELOW)] if shaded else []
        self.zones += [(ladder.ys[0] - _AROUND, ladder.ys[-1] + _AROUND) for ladder in content.ladders]

    def index(self, position: int) -> int:
        """The index of a character in pdfium's list, which differs from that in the text on a few pages."""
        if self.same_index:
            return position
        return max(0, int(raw.FPDFText_GetCharIndexFromTextIndex(self.textpage, position)))

    def first_visible(self, start: int, end: int) -> int:
        match = _WORD.search(self.text, start, end)
        return match.start() if match else start

    def direction(self, position: int) -> int:
        """The direction of writing in quarter turns, counter-clockwise on the page as stored; -1 for askew."""
        matrix = self.matrix
        raw.FPDFText_GetMatrix(self.textpage, self.index(position), matrix)
        turns = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        return round(turns) % 4 if abs(turns - round(turns)) < 0.1 else -1

    def font(self, position: int) -> Font:
        """The look of a character; those that were drawn at once have one look."""
        index = self.index(position)
        item = raw.FPDFText_GetTextObject(self.textpage, index)
        if not item:
            return self.look(index)
        key = ctypes.addressof(item.contents)
        font = self.by_object.get(key)
        if font is None:
            font = self.by_object[key] = self.look(index)
        return font

    def look(self, index: int) -> Font:
        """Size as printed, and whether bold or italic: by the font's name, its flags and its weight."""
        raw.FPDFText_GetMatrix(self.textpage, index, self.matrix)
        size = raw.FPDFText_GetFontSize(self.textpage, index) * math.hypot(self.matrix.c, self.matrix.d)
        length = raw.FPDFText_GetFontInfo(self.textpage, index, self.name, 256, self.flags)
        weight = raw.FPDFText_GetFontWeight(self.textpage, index)
        key = (self.name.raw[: max(0, length - 1)], self.flags.value, weight)
        look = self.fonts.get(key)
        if look is None:
            name = key[0].decode("utf-8", "replace")
            bold = bool(_BOLD.search(name)) or weight >= 600 or bool(self.flags.value & _FORCE_BOLD)
            look = (bold, bool(_ITALIC.search(name)) or bool(self.flags.value & _ITALIC_FLAG))
            self.fonts[key] = look
        return _font(round(size, 1) or 1.0, *look)

    def char_box(self, position: int) -> Box:
        """The box of a character, turned."""
        left, right, bottom, top = self.doubles
        raw.FPDFText_GetCharBox(self.textpage, self.index(position), left, right, bottom, top)
        return self.frame.turned_box(left.value, bottom.value, right.value, top.value)

    def box(self, position: int) -> tuple[float, float]:
        """Where a character begins and ends along its line; where letters stand alone, with the white around them."""
        if self.scattered:
            raw.FPDFText_GetLooseCharBox(self.textpage, self.index(position), self.loose)
            box = self.frame.turned_box(self.loose.left, self.loose.bottom, self.loose.right, self.loose.top)
        else:
            box = self.char_box(position)
        return box[0], box[2]

    def baseline(self, position: int) -> float:
        x, y = self.doubles[:2]
        raw.FPDFText_GetCharOrigin(self.textpage, self.index(position), x, y)
        return self.frame.turned(x.value, y.value)[1]

    def runs(self, start: int, end: int) -> list[Run]:
        """The runs of one line of pdfium's text: one, or more where wide gaps or the cells of a table part them."""
        while end > start and self.text[end - 1].isspace():
            end -= 1
        start = self.first_visible(start, end)
        font = self.line_font(start, end)
        y = self.baseline(start)
        spaced = SPACED.match(self.text, start, end)
        if spaced and (text := self.unspaced(start, spaced.end(), font.size)):
            first = Run(text, self.box(start)[0], self.box(spaced.end() - 1)[1], y, font)
            return [first, *self.parted(spaced.end(), end, font.size, True)]
        by_word = any(top < y - font.size / 4 < bottom for top, bottom in self.zones)
        gaps = by_word or raw.FPDFText_CountRects(self.textpage, self.index(start), end - start) > 1
        if not gaps or " " not in self.text[start:end]:
            return [Run(self.clean(start, end), self.box(start)[0], self.box(end - 1)[1], y, font)]
        return self.parted(start, end, font.size, by_word)

    def unspaced(self, start: int, end: int, size: float) -> str:
        """The words of a letterspaced title, as the wider gaps part them; nothing where letters stand in columns."""
        letters = [position for position in range(start, end) if not self.text[position].isspace()]
        boxes = [self.box(position) for position in letters]
        gaps = [right[0] - left[1] for left, right in pairwise(boxes)]
        usual = median(gaps)
        if usual > _SPACED_OUT * size:
            return ""
        words = [self.text[letters[0]]]
        for position, gap in zip(letters[1:], gaps, strict=True):
            if gap > 1.5 * usual + 0.1 * size:
                words.append("")
            words[-1] += self.text[position]
        return composed(" ".join(words)) if has_vowels("".join(words)) else ""

    def line_font(self, start: int, end: int) -> Font:
        """The look of a line, asked of three letters: the middle size, bold or italic only when all are.

        A bullet, or a name in another font, has its own size, which is not the line's.
        """
        letter = _LETTER.search(self.text, start, end)
        first = self.font(letter.start() if letter else start)
        if end - start < _SHORT and not (first.bold or first.italic):
            return first
        middle = self.first_visible((start + end) // 2, end)  # a space between words may have no font at all
        probes = (first, self.font(middle), self.font(end - 1))
        size = sorted(probe.size for probe in probes)[1]
        return _font(size, all(probe.bold for probe in probes), all(probe.italic for probe in probes))

    def parted(self, start: int, end: int, size: float, by_word: bool) -> list[Run]:
        """The line cut at its gaps: every word for itself beside a grid, else where the white is wide."""
        spans: list[tuple[int, int, float, float]] = []
        limit = GAP * size
        for match in _WORD.finditer(self.text, start, end):
            x0, x1 = self.box(match.start())[0], self.box(match.end() - 1)[1]
            if spans and not by_word and -size < x0 - spans[-1][3] < limit:
                spans[-1] = (spans[-1][0], match.end(), spans[-1][2], x1)
            else:
                spans.append((match.start(), match.end(), x0, x1))
        return [
            Run(self.clean(first, last), x0, x1, self.baseline(first), self.line_font(first, last))
            for first, last, x0, x1 in spans
        ]

    def clean(self, start: int, end: int) -> str:
        """The text of a stretch as stored: hyphens at line ends are hyphens again, no characters that nobody sees."""
        text = self.text[start:end]
        if text[-1] in "\ufffe\x02":
            text = text[:-1] + "-"
        if _DIGIT.search(text) and RAISED.search(text):  # a look for any digit costs little
            text = RAISED.sub(lambda match: self.figures(match, start), text)
        if text.isascii() and text.isprintable():
            return text
        if not text.isprintable():
            text = "".join(c if c.isprintable() or c in "\u00ad\u2060" else " " for c in plain(text)).strip()
        return composed(text)

    def figures(self, match: re.Match[str], start: int) -> str:
        """Figures after a word or before the first one, as the mark of a note where they are printed small."""
        beside = match.start() - 1 if match.start() else match.end()
        while match.string[beside].isspace():
            beside += 1
        figure, letter = start + match.start(), start + beside
        small = self.font(figure).size < SMALLER * self.font(letter).size
        high = small and self.baseline(figure) < self.baseline(letter)
        return raised(match.string[: match.start()], match[0]) if high else match[0]


def _are_scattered(lines: list[tuple[int, int]]) -> bool:
    """Whether pdfium put each letter on a line of its own: it takes a page of little text for one that runs down."""
    return len(lines) > _FEW and 2 * sum(end - start <= 2 for start, end in lines) > len(lines)


def _frame(page: pdfium.PdfPage) -> Frame:
    """The visible part of a page: its crop box, which no viewer lets reach beyond the paper."""
    left, bottom, right, top = page.get_mediabox()
    x0, y0, x1, y1 = page.get_cropbox()
    visible = (max(left, x0), max(bottom, y0), min(right, x1), min(top, y1))
    if visible[0] >= visible[2] or visible[1] >= visible[3]:
        visible = (left, bottom, right, top)
    return Frame(*visible, page.get_rotation() // 90)
