"""Word and OpenDocument files, web pages and archives that are broken or meant to harm."""

from __future__ import annotations

import io
import struct
import zipfile

from hostile_pdf import CANARY, WORDS, swollen

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPES = (
    f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{_RELS}/officeDocument" Target="word/document.xml"/></Relationships>'
)
PARAGRAPH = f"<w:p><w:r><w:t>{WORDS}</w:t></w:r></w:p>"
FILE = "file:///etc/passwd"

Member = tuple[str, str | bytes]


def package(*members: Member) -> bytes:
    """A ZIP package of parts, the later ones in place of earlier ones of the same name."""
    parts = dict(members)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def word(body: str = PARAGRAPH, *others: Member, prolog: str = "") -> bytes:
    """A Word document with a body, parts beside it, and what stands before its root."""
    whole = f"{_HEAD}{prolog}<w:document {_W} xmlns:r='{_RELS}'><w:body>{body}</w:body></w:document>"
    return package(("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", whole), *others)


def related(kind: str, target: str) -> Member:
    """The relations of the document's body: one, to something outside."""
    one = f'<Relationship Id="rId9" Type="{_RELS}/{kind}" Target="{target}" TargetMode="External"/>'
    head = f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    return "word/_rels/document.xml.rels", f"{head}{one}</Relationships>"


def entity(system: str) -> str:
    """A document type with an entity that stands elsewhere."""
    return f'<!DOCTYPE x [<!ENTITY ute SYSTEM "{system}">]>'


def laughs() -> str:
    """A thousand million words in ten lines."""
    lines = ['<!ENTITY a0 "skratt">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))]
    return f"<!DOCTYPE x [{''.join(lines)}]>"


def utf16_entity() -> bytes:
    """An entity in an encoding in which a search for its bytes does not find it."""
    text = word_text().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return word(PARAGRAPH, ("word/document.xml", text.encode("utf-16")))


def word_text() -> str:
    body = "<w:p><w:r><w:t>&ute;</w:t></w:r></w:p>" + PARAGRAPH
    return f"{_HEAD}{entity(FILE)}<w:document {_W}><w:body>{body}</w:body></w:document>"


def in_word(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def million_rows() -> bytes:
    row = f"<w:tr><w:tc>{in_word('1')}</w:tc></w:tr>"
    return word(f"{PARAGRAPH}<w:tbl>{row * 1_000_000}</w:tbl>")


def nested_tables(depth: int = 10_000) -> bytes:
    return word(f"{PARAGRAPH}{'<w:tbl><w:tr><w:tc>' * depth}{in_word('x')}{'</w:tc></w:tr></w:tbl>' * depth}")


def nested_controls(depth: int = 10_000) -> bytes:
    return word(f"{PARAGRAPH}{'<w:sdt><w:sdtContent>' * depth}{in_word('x')}{'</w:sdtContent></w:sdt>' * depth}")


def huge_attribute() -> bytes:
    return word(f"{PARAGRAPH}<w:p w:rsidR='{'A' * 50_000_000}'/>")


def many_attributes() -> bytes:
    attributes = " ".join(f'a{n}="1"' for n in range(200_000))
    return word(f"{PARAGRAPH}<w:p {attributes}/>")


def wide_span() -> bytes:
    cell = f'<w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>{in_word("x")}</w:tc>'
    return word(f"{PARAGRAPH}<w:tbl><w:tr>{cell}</w:tr></w:tbl>")


def style_loop() -> bytes:
    """Styles that are each based on the other, and a list that is its own."""
    style = '<w:style w:type="paragraph" w:styleId="{0}"><w:basedOn w:val="{1}"/><w:link w:val="{1}"/></w:style>'
    styles = f"{_HEAD}<w:styles {_W}>{style.format('A', 'B')}{style.format('B', 'A')}</w:styles>"
    body = f'<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr><w:r><w:t>{WORDS}</w:t></w:r></w:p>'
    types = TYPES.replace(
        "</Types>",
        '<Override PartName="/word/styles.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>',
    )
    relation = f'<Relationship Id="rId2" Type="{_RELS}/styles" Target="styles.xml"/>'
    head = f'{_HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    relations = ("word/_rels/document.xml.rels", f"{head}{relation}</Relationships>")
    return word(body, ("[Content_Types].xml", types), relations, ("word/styles.xml", styles))


def zeros(megabytes: int) -> bytes:
    """Packed zeros: a thousand times as many as bytes."""
    return swollen(bytes(1_000_000), megabytes, raw=True)


def with_raw(name: str, packed: bytes, size: int, *members: Member, method: int = 8) -> bytes:
    """An archive whose last member is packed already, and says that it has a size."""
    data = package(*members, (name, b""))
    raw = name.encode()
    place = data.rindex(b"PK\x03\x04")
    end = place + 30 + len(raw)
    header = bytearray(data[place:end])
    struct.pack_into("<H", header, 8, method)
    struct.pack_into("<III", header, 14, 0, len(packed), min(size, 0xFFFFFFFE))
    directory = bytearray(data[data.index(b"PK\x01\x02") :])
    last = directory.rindex(b"PK\x01\x02")
    struct.pack_into("<H", directory, last + 10, method)
    struct.pack_into("<III", directory, last + 16, 0, len(packed), min(size, 0xFFFFFFFE))
    start = place + len(header) + len(packed)
    struct.pack_into("<I", directory, directory.rindex(b"PK\x05\x06") + 16, start)
    return data[:place] + bytes(header) + packed + bytes(directory)


def word_bomb() -> bytes:
    """A body of 1.5 GB in 1.5 MB."""
    return with_raw("word/document.xml", zeros(1_500), 1_500_000_000, ("[Content_Types].xml", TYPES))


def word_bomb_that_lies() -> bytes:
    """The same, but it says that it is small."""
    return with_raw("word/document.xml", zeros(1_500), 20_000, ("[Content_Types].xml", TYPES))


_ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text='
    '"urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
)
ODT = "application/vnd.oasis.opendocument.text"
ODT_PARAGRAPH = f"<text:p>{WORDS}</text:p>"


def odt(body: str = ODT_PARAGRAPH, *others: Member, prolog: str = "") -> bytes:
    """An OpenDocument text."""
    whole = f"{_HEAD}{prolog}<office:document-content {_ODF}><office:body><office:text>{body}</office:text>"
    whole += "</office:body></office:document-content>"
    return package(("mimetype", ODT), ("content.xml", whole), *others)


def repeated_cells() -> bytes:
    """A table of a thousand million times a thousand million cells, in a line."""
    cell = f'<table:table-cell table:number-columns-repeated="1000000000">{ODT_PARAGRAPH}</table:table-cell>'
    row = f'<table:table-row table:number-rows-repeated="1000000000">{cell}</table:table-row>'
    return odt(f"{ODT_PARAGRAPH}<table:table>{row}</table:table>")


def html(body: str, head: str = "") -> bytes:
    """A web page."""
    title = "<title>Protokoll</title>"
    return f"<!DOCTYPE html><html><head><meta charset=utf-8>{title}{head}</head><body>{body}</body></html>".encode()


MAIN = f"<main><h1>Protokoll</h1><p>{WORDS}</p></main>"


def page_with_resources() -> bytes:
    """Everything that a browser would fetch, run or follow."""
    head = (
        f"<base href='{CANARY}'><meta http-equiv=refresh content='0; url={CANARY}'><script src='{CANARY}x.js'></script>"
        f"<link rel=stylesheet href='{CANARY}x.css'><style>@import url({CANARY}y.css);</style>"
    )
    body = (
        f"<img src='{CANARY}x.png' onerror='alert(1)'><iframe src='{CANARY}'></iframe><object data='{CANARY}'></object>"
        f"<script>document.write('INJICERAT')</script><video src='{CANARY}v'></video>{MAIN}"
    )
    return html(body, head)


# Archives


def password() -> bytes:
    data = bytearray(package(("a.txt", "hemligt")))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    return bytes(data)


def overlapping() -> bytes:
    """Two hundred members that are all the same bytes: no one is large, all together are."""
    data = package(("a.txt", zeros_text(9)))
    start = data.index(b"PK\x01\x02")
    end = data.index(b"PK\x05\x06")
    tail = bytearray(data[end:])
    struct.pack_into("<HHI", tail, 8, 200, 200, (end - start) * 200)
    return data[:start] + data[start:end] * 200 + bytes(tail)


def zeros_text(megabytes: int) -> bytes:
    return b"nollor " * (megabytes * 140_000)


def many_members() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for number in range(100_000):
            archive.writestr(f"{number}.txt", b"x")
    return file.getvalue()


def deep_archive(depth: int = 12) -> bytes:
    data = package(("djup.txt", WORDS))
    for _ in range(depth):
        data = package(("inre.zip", data))
    return data


def wide_archive() -> bytes:
    """Archives in archives, ten in each: a hundred thousand files of 5 MB, in a few kilobytes."""
    data = package(("x.txt", zeros_text(5)))
    for _ in range(5):
        data = package(*((f"{n}.zip", data) for n in range(10)))
    return data


def bzip2() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.txt", bytes(50_000_000))
    return file.getvalue()


def way_out(name: str) -> bytes:
    return package((name, "Utanför mappen? Nej: i grafen.\n"))


def wrong_checksum() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", WORDS)
    return file.getvalue().replace(b"Exempelby", b"Exempalby", 1)


def disagreeing() -> bytes:
    """The directory calls the member otherwise than its own header."""
    return package(("a.txt", WORDS)).replace(b"a.txt", b"b.txt", 1)


def no_directory() -> bytes:
    data = package(("a.txt", WORDS))
    return data[: data.index(b"PK\x01\x02")]
