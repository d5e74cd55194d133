"""Good files of every format, and ways to break them: in their bytes, in their streams, in their elements."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Callable

import hostile_office as office
import hostile_pdf as pdf
import hostile_text as text
from hostile_folder import GOOD_TEXT

_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_NUMBER = re.compile(rb"(?<![\w.])-?\d+(?![\w.])")
_ELEMENT = re.compile(rb"<(/?)([A-Za-z][\w:.-]*)([^<>]*)>")
_ODD_NUMBERS = (b"0", b"-1", b"1", b"255", b"65536", b"2147483647", b"4294967296", b"99999999999999999999", b"1e9", b"")
_ODD_TEXTS = (b"&#0;", b"\xff\xfe", b"\xed\xa0\x80", b"&a;", b"<!--", b"]]>", b"\0", "\u202e\x1b[2J".encode(), b"(((((")


def _pdf() -> bytes:
    """Three pages with a picture, a form, metadata, bookmarks and a packed stream."""
    page = (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
        b" /Resources << /Font << /F1 5 0 R >> /XObject << /I 9 0 R /X 10 0 R >> >> >>"
    )
    rules = b"".join(b"72 %d m 500 %d l S 72 500 m 72 600 l S 500 500 m 500 600 l S " % (y, y) for y in (500, 550, 600))
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /Font << /F1 5 0 R >> >>"
    image = b"/Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceGray"
    return pdf.document(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R /Outlines 12 0 R /PageLabels << /Nums [0 << /S /r >>] >> >>",
            2: b"<< /Type /Pages /Kids [3 0 R 6 0 R 7 0 R] /Count 3 >>",
            3: page % 4,
            4: pdf.stream(pdf.shown() + b"\n" + rules + pdf.shown("Namn Parti", 560)),
            6: page % 8,
            7: page % 8,
            8: pdf.packed(pdf.shown("Andra sidan", 600) + b" q 20 0 0 20 72 72 cm /I Do Q /X Do"),
            9: pdf.stream(bytes(range(16)), image),
            10: pdf.stream(pdf.shown("I ett formular", 400), form),
            11: b"<< /Title (Protokoll) /CreationDate (D:20240312) >>",
            12: b"<< /Type /Outlines /First 13 0 R /Last 13 0 R /Count 1 >>",
            13: b"<< /Title (Plan) /Parent 12 0 R /Dest [3 0 R /Fit] >>",
        },
        trailer=b"/Info 11 0 R",
    )


def _word() -> bytes:
    cell = "<w:tc><w:tcPr><w:gridSpan w:val='1'/></w:tcPr>{}</w:tc>"
    row = f"<w:tr>{cell.format(office.in_word('Namn'))}{cell.format(office.in_word('Parti'))}</w:tr>"
    changes = (
        "<w:p><w:ins><w:r><w:t>till</w:t></w:r></w:ins><w:del><w:r><w:delText>bort</w:delText></w:r></w:del></w:p>"
    )
    return office.word(f"{office.PARAGRAPH}<w:tbl>{row * 3}</w:tbl>{changes}", office.related("hyperlink", "x"))


def _odt() -> bytes:
    cell = f"<table:table-cell table:number-columns-repeated='2'>{office.ODT_PARAGRAPH}</table:table-cell>"
    table = f"<table:table><table:table-row table:number-rows-repeated='2'>{cell}</table:table-row></table:table>"
    return office.odt(f"<text:h text:outline-level='1'>Plan</text:h>{office.ODT_PARAGRAPH}{table}")


def _html() -> bytes:
    table = "<table><tr><th colspan=2>Namn<tr><td rowspan=2>Ylva<td>S</table><ol start=3><li>ett<li>två</ol>"
    return office.html(f"<nav><a href=x>Meny</a></nav>{office.MAIN}{table}")


FORMATS: dict[str, bytes] = {
    "fil.pdf": _pdf(),
    "fil.docx": _word(),
    "fil.odt": _odt(),
    "fil.html": _html(),
    "fil.md": f"{GOOD_TEXT}\n| Namn | Parti |\n|---|---|\n| Ylva | (S) |\n\n1. ett\n2. två\n".encode(),
    "fil.png": text.png(100, 100),
}
"""A good file of each format."""

Change = Callable[[bytes, random.Random], bytes]


def turn(data: bytes, dice: random.Random) -> bytes:
    """A few bytes become others."""
    made = bytearray(data)
    for _ in range(dice.choice((1, 1, 4, 32))):
        made[dice.randrange(len(made))] = dice.randrange(256)
    return bytes(made)


def cut(data: bytes, dice: random.Random) -> bytes:
    """The end is missing, or something in the middle."""
    start, end = sorted((dice.randrange(len(data)), dice.randrange(len(data))))
    return data[:start] + (data[end:] if dice.random() < 0.5 else b"")


def splice(data: bytes, dice: random.Random) -> bytes:
    """A piece stands elsewhere, once or very often."""
    start, place = dice.randrange(len(data)), dice.randrange(len(data))
    piece = data[start : start + dice.choice((1, 8, 64, 512))]
    return data[:place] + piece * dice.choice((1, 1, 3, 2_000)) + data[place:]


def number(data: bytes, dice: random.Random) -> bytes:
    """A number becomes an odd one."""
    found = list(_NUMBER.finditer(data))
    if not found:
        return data
    match = dice.choice(found)
    return data[: match.start()] + dice.choice(_ODD_NUMBERS) + data[match.end() :]


def insert(data: bytes, dice: random.Random) -> bytes:
    """Something odd stands in between."""
    place = dice.randrange(len(data))
    return data[:place] + dice.choice(_ODD_TEXTS) + data[place:]


def streams(data: bytes, dice: random.Random) -> bytes:
    """Two streams change places, or one is broken inside its packing."""
    found = list(_STREAM.finditer(data))
    if len(found) < 2:
        return turn(data, dice)
    one, other = sorted(dice.sample(found, 2), key=lambda match: match.start())
    if dice.random() < 0.5:
        parts = data[: one.start(1)], other[1], data[one.end(1) : other.start(1)], one[1], data[other.end(1) :]
        return b"".join(parts)
    try:
        inner = zlib.compress(dice.choice((turn, cut, splice, number))(zlib.decompress(other[1]), dice))
    except zlib.error:
        inner = dice.choice((turn, cut, splice, number))(other[1] or b"0", dice)
    return data[: other.start(1)] + inner + data[other.end(1) :]


def elements(data: bytes, dice: random.Random) -> bytes:
    """An element is gone, doubled, of another name, without its end, or inside itself a hundred times."""
    found = list(_ELEMENT.finditer(data))
    if not found:
        return turn(data, dice)
    one, other = dice.choice(found), dice.choice(found)
    instead = dice.choice((b"", one[0] * 2, other[0], one[0] * 100, b"<%s%s%s>" % (one[1], other[2], one[3]), b"<"))
    return data[: one.start()] + instead + data[one.end() :]


ANY: tuple[Change, ...] = (turn, cut, splice, number, insert, streams, elements)


def broken(data: bytes, dice: random.Random) -> bytes:
    """A file with one to three changes; those of an Office document are mostly in its parts, not in its packing."""
    for _ in range(dice.choice((1, 1, 2, 3))):
        if data.startswith(b"PK\x03\x04") and dice.random() < 0.85:
            data = _in_a_part(data, dice)
        elif data:
            data = dice.choice(ANY)(data, dice)
    return data


def _in_a_part(data: bytes, dice: random.Random) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {name: package.read(name) for name in package.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError, zlib.error):
        return turn(data, dice)
    name = dice.choice(sorted(parts))
    change = dice.choice((*ANY, elements, elements, None))
    if change is None:
        del parts[name]
    elif parts[name]:
        parts[name] = change(parts[name], dice)
    return office.package(*parts.items())
