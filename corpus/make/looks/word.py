"""DOCX with real styles, lists, fields and tables, as a template in Word gives them."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
from corpus.make.looks.blocks import Block, Document, Line, is_number, plain, spread
from corpus.make.looks.markup import numbers
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

_MADE = dt.datetime(2024, 1, 2, 8, 0)
_WIDTH = Cm(16)
_ROLE = re.compile(r"(.+\)), (.+)")
_LONG = 120
_WIDEST, _LEAST = 40, 4  # letters that a column is wide at most, and that its margins take
_NO_BREAK = "\u00a0"


def word(documents: Sequence[Document], to: Path) -> list[Path]:
    """Serif, ruled tables, labels and values as a ruled table, names left and roles right, head with page fields."""
    return [_write(document, to / f"{document.name}.docx", labels="table") for document in documents]


def word_tabs(documents: Sequence[Document], to: Path) -> list[Path]:
    """The same with labels and values by tabs and hanging indents, under review: a comment and a tracked deletion."""
    return [_write(document, to / f"{document.name}.docx", labels="tabs") for document in documents]


def _write(document: Document, path: Path, labels: str) -> Path:
    file = docx.Document()
    _styles(file)
    _head(file, document.head)
    properties = file.core_properties
    properties.title, properties.author, properties.created, properties.modified = (
        document.title, "Exempelkorpus", _MADE, _MADE,
    )  # fmt: skip
    before: Block | None = None
    for block in document.blocks:
        _Writer(file, labels).block(block, before)
        before = block
    if labels == "tabs":
        _review(file)
    path.write_bytes(_fixed(file))
    return path


def _review(file: Word) -> None:
    """A comment and a deletion that nobody has accepted, in the first paragraph of any length: neither is its text."""
    paragraph = next((one for one in file.paragraphs if len(one.text) > _LONG and one.runs), None)
    if paragraph is None:
        return
    file.add_comment(paragraph.runs[:1], text="Stämmer detta? Kolla före justering.", author="Granskare", initials="G")
    deleted = OxmlElement("w:del")
    for name, value in (("id", "901"), ("author", "Granskare"), ("date", "2024-01-02T08:00:00Z")):
        deleted.set(qn(f"w:{name}"), value)
    run, words = OxmlElement("w:r"), OxmlElement("w:delText")
    words.text = " Det här struket i granskningen."
    words.set(qn("xml:space"), "preserve")
    run.append(words)
    deleted.append(run)
    paragraph._p.append(deleted)


def _fixed(file: Word) -> bytes:
    """The file with the same time on every part, so that the same text gives the same bytes."""
    saved, made = io.BytesIO(), io.BytesIO()
    file.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as fixed:
        for part in parts.infolist():
            entry = zipfile.ZipInfo(part.filename, _MADE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(entry, parts.read(part))
    return made.getvalue()


def _styles(file: Word) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = "Liberation Serif", Pt(11)
    normal.paragraph_format.space_after = Pt(7)
    for level, size in ((1, 18), (2, 14), (3, 12), (4, 11), (5, 11)):
        style = file.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.bold = "Liberation Serif", Pt(size), True
        style.element.rPr.rFonts.set(qn("w:asciiTheme"), "")
        for name in list(style.element.rPr.rFonts.attrib):
            if "Theme" in name:
                del style.element.rPr.rFonts.attrib[name]


def _head(file: Word, text: str) -> None:
    paragraph = file.sections[0].header.paragraphs[0]
    paragraph.style = file.styles["Normal"]  # the one of heads has a stop in the middle
    paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(f"{text}\tSida ")
    _field(paragraph, "PAGE")
    paragraph.add_run(" (")
    _field(paragraph, "NUMPAGES")
    paragraph.add_run(")")


def _field(paragraph: Paragraph, code: str) -> None:
    for kind, text in (("begin", None), (None, code), ("separate", None), ("shown", "1"), ("end", None)):
        run = paragraph.add_run(text if kind == "shown" else "")
        if kind == "shown":
            continue
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)


class _Writer:
    """Adds one block to the end of a file."""

    def __init__(self, file: Word, labels: str) -> None:
        self.file = file
        self.labels = labels

    def block(self, block: Block, before: Block | None) -> None:
        match block.kind:
            case "break":
                self.file.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case "heading":
                self.file.add_heading(" ".join(plain(line) for line in block.lines), min(5, max(1, block.level)))
            case "table":
                self._table(block)
            case "fields":
                self._fields(block)
            case "item":
                self._item(block, before)
            case "names":
                self._names(block)
            case _:
                self._lines(self.file.add_paragraph(), block.lines)

    def _lines(self, paragraph: Paragraph, lines: list[Line]) -> None:
        for number, line in enumerate(lines):
            if number:
                paragraph.add_run().add_break()
            ends = spread(line)
            if ends:
                paragraph.paragraph_format.tab_stops.add_tab_stop(_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
                paragraph.add_run(f"{ends[0]}\t{ends[1]}")
                continue
            for run in line:
                paragraph.add_run(run.text).bold = run.bold or None

    def _names(self, block: Block) -> None:
        """Names left, roles right at a tab stop, one paragraph each."""
        for line in block.lines:
            paragraph = self.file.add_paragraph()
            paragraph.paragraph_format.space_after = Pt(0)
            role = _ROLE.fullmatch(plain(line))
            if role and len(role[2]) < 40:
                paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(7))
                paragraph.add_run(f"{role[1]}\t{role[2]}")
            else:
                self._lines(paragraph, [line])
        self.file.paragraphs[-1].paragraph_format.space_after = Pt(7)

    def _item(self, block: Block, before: Block | None) -> None:
        first = before is None or before.kind != "item" or before.marker[-1:].isalnum() != block.marker[-1:].isalnum()
        if block.marker in ("-", "•", "*"):
            paragraph = self.file.add_paragraph(style="List Bullet")
        elif re.fullmatch(r"\d+\.", block.marker):
            paragraph = self.file.add_paragraph(style="List Number")
            if first or block.marker == "1.":
                _restart(self.file, int(block.marker[:-1]))
            _set_number(paragraph, _last_number(self.file))
        else:
            paragraph = self.file.add_paragraph()
            paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1), Cm(-1)
            paragraph.add_run(f"{block.marker}\t")
        self._lines(paragraph, block.lines)

    def _fields(self, block: Block) -> None:
        if self.labels == "table":
            table = self.file.add_table(0, 2, style="Table Grid")
            table.autofit = False
            table.columns[0].width, table.columns[1].width = Cm(4.5), Cm(11.5)
            for label, values in block.fields:
                cells = table.add_row().cells
                cells[0].width, cells[1].width = Cm(4.5), Cm(11.5)
                cells[0].paragraphs[0].add_run(label).bold = True
                for number, value in enumerate(values):
                    paragraph = cells[1].paragraphs[0] if not number else cells[1].add_paragraph()
                    paragraph.add_run(value)
                    paragraph.paragraph_format.space_after = Pt(0)
            self.file.add_paragraph()
            return
        for label, values in block.fields:
            for number, value in enumerate(values):
                paragraph = self.file.add_paragraph()
                paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(5), Cm(-5)
                paragraph.paragraph_format.space_after = Pt(8 if number == len(values) - 1 else 0)
                paragraph.add_run(label if not number else "").bold = True
                paragraph.add_run(f"\t{value}")

    def _table(self, block: Block) -> None:
        width = max(len(row) for row in block.rows)
        table = self.file.add_table(len(block.rows), width, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.LEFT
        table.autofit = False
        widths = _widths(block, width)
        for column, share in zip(table.columns, widths, strict=True):
            column.width = share
        for number, row in enumerate(block.rows):
            for column, cell in enumerate(row):
                table.rows[number].cells[column].width = widths[column]
                paragraph = table.rows[number].cells[column].paragraphs[0]
                paragraph.paragraph_format.space_after = Pt(2)
                paragraph.add_run(numbers(cell.text, _NO_BREAK)).bold = cell.bold or None
                if is_number(cell.text):
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        self.file.add_paragraph()


def _widths(block: Block, count: int) -> list[int]:
    """The widths of columns by their longest texts, as a program that fits a table to its content sets them."""
    longest = [0] * count
    for row in block.rows:
        for column, cell in enumerate(row):
            longest[column] = max(longest[column], len(cell.text))
    shares = [min(length, _WIDEST) + _LEAST for length in longest]
    return [int(_WIDTH * share / sum(shares)) for share in shares]


def _restart(file: Word, start: int) -> None:
    """A new list that counts from ``start``, in the numbering of the style."""
    numbering = file.part.numbering_part.element
    style = file.styles["List Number"].element.pPr.numPr.numId.val
    abstract = next(num for num in numbering.num_lst if num.numId == style).abstractNumId.val
    numbering.add_num(abstract).add_lvlOverride(ilvl=0).add_startOverride(start)


def _last_number(file: Word) -> int:
    return int(file.part.numbering_part.element.num_lst[-1].numId)


def _set_number(paragraph: Paragraph, number: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = 0
    properties.get_or_add_numId().val = number
