"""PDF files that are broken or meant to harm, written byte by byte."""

from __future__ import annotations

import zlib

CANARY = "http://127.0.0.1:48613/"
"""Where files of every format point to; a test listens there, and must hear nothing."""

WORDS = "Kommunstyrelsen i Exempelby kommun beslutar att anta planen."


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """The body of a stream object."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(data), data)


def packed(data: bytes, times: int = 1) -> bytes:
    """A stream that is packed one or more times."""
    for _ in range(times):
        data = zlib.compress(data, 9)
    return stream(data, b"/Filter [%s]" % (b"/FlateDecode " * times))


def swollen(block: bytes, times: int, *, raw: bool = False) -> bytes:
    """Packed data that is a block over and over again, made without packing it over and over (so its sum is wrong)."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    whole = (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)) * times + b"\x03\x00"
    return whole if raw else b"\x78\xda" + whole + bytes(4)


def shown(text: str = WORDS, at: int = 700) -> bytes:
    """The content of a page that shows a line."""
    return b"BT /F1 12 Tf 72 %d Td (%s) Tj ET" % (at, text.encode("latin-1"))


FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
BOX = b"[0 0 595 842]"


def page(entries: bytes = b"", box: bytes = BOX) -> bytes:
    """A page whose content is object 4 and whose font is object 5."""
    return b"<< /Type /Page /Parent 2 0 R /MediaBox %s /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> %s >>" % (
        box,
        entries,
    )


def document(objects: dict[int, bytes], trailer: bytes = b"", previous: bytes = b"") -> bytes:
    """A PDF of one page with a line of text, in which some objects are others."""
    bodies = {1: CATALOG, 2: PAGES, 3: page(), 4: stream(shown()), 5: FONT} | objects
    made = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
    places = {}
    for number, body in sorted(bodies.items()):
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    last = max(bodies)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1)
    for number in range(1, last + 1):
        made += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
    made += b"trailer\n<< /Size %d /Root 1 0 R %s %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        last + 1,
        trailer,
        previous.replace(b"HERE", b"%d" % start),
        start,
    )
    return bytes(made)


def good() -> bytes:
    """One page, one line."""
    return document({})


def cut(mark: bytes, after: int = 0) -> bytes:
    """The good document, cut off at the first place of a mark."""
    data = good()
    return data[: data.index(mark) + after]


def without_startxref() -> bytes:
    data = good()
    return data[: data.index(b"startxref")] + b"startxref\n99999999\n%%EOF\n"


def xref_loop() -> bytes:
    return document({}, previous=b"/Prev HERE")


def page_tree_loop() -> bytes:
    return document({2: b"<< /Type /Pages /Kids [3 0 R 2 0 R 2 0 R] /Count 3 >>"})


def parents_loop() -> bytes:
    """A page without a box of its own, whose parents have none and are each other's children."""
    naked = b"<< /Type /Page /Parent 6 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
    six, seven = (b"<< /Type /Pages /Parent %d 0 R /Kids [3 0 R] /Count 1 >>" % other for other in (7, 6))
    return document({3: naked, 6: six, 7: seven})


def million_pages() -> bytes:
    return document({2: b"<< /Type /Pages /Count 1000000 /Kids [%s] >>" % (b"3 0 R " * 1_000_000)})


def deep_page_tree() -> bytes:
    depth = 20_000
    tree = {n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % (n + 1) for n in range(10, 10 + depth)}
    return document(tree | {2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>", 10 + depth: page()})


def counted(count: int) -> bytes:
    return document({2: b"<< /Type /Pages /Kids [3 0 R] /Count %d >>" % count})


def no_pages() -> bytes:
    return document({2: b"<< /Type /Pages /Kids [] /Count 0 >>"})


def content_bomb() -> bytes:
    """A content of two thousand million spaces, packed twice into a few kilobytes."""
    return document(
        {4: stream(zlib.compress(swollen(b" " * 10_000_000, 200), 9), b"/Filter [/FlateDecode /FlateDecode]")}
    )


def operators_bomb() -> bytes:
    """Fifty million operators that draw nothing."""
    return document({4: stream(swollen(b"q Q " * 1_000_000, 25), b"/Filter /FlateDecode")})


def many_filters() -> bytes:
    data = shown()
    return document({4: stream(data.hex().encode(), b"/Filter [%s]" % (b"/ASCIIHexDecode " * 10_000))})


def object_stream_bomb() -> bytes:
    data = swollen(b"6 0 " * 2_500_000, 50)
    return document({6: stream(data, b"/Type /ObjStm /N 100000000 /First 400000000 /Filter /FlateDecode")})


def boxed(box: bytes) -> bytes:
    return document({3: page(box=box)})


def many_objects() -> bytes:
    return document({number: b"<< /A %d 0 R >>" % (number - 1) for number in range(6, 100_006)})


def many_segments() -> bytes:
    lines = b"".join(b"%d %d l\n" % (n % 595, (n * 7) % 842) for n in range(1_000_000))
    return document({4: packed(shown() + b"\n0 0 m\n" + lines + b"S\n")})


def many_rules() -> bytes:
    """A page of two hundred thousand ruled lines: a grid, if one believes it."""
    rules = b"".join(b"10 %d.%d m 585 %d.%d l S\n" % (n % 842, n % 10, n % 842, n % 10) for n in range(100_000))
    rules += b"".join(b"%d.%d 10 m %d.%d 832 l S\n" % (n % 595, n % 10, n % 595, n % 10) for n in range(100_000))
    return document({4: packed(shown() + b"\n" + rules)})


def many_letters() -> bytes:
    """A page with three hundred thousand lines of text, all over each other."""
    lines = b"".join(b"1 0 0 1 %d %d Tm (Nr %d) Tj\n" % (n % 500, n % 800, n) for n in range(300_000))
    return document({4: packed(b"BT /F1 9 Tf\n" + lines + b"ET")})


def forms(depth: int) -> dict[int, bytes]:
    """Forms in forms, the innermost with text."""
    made = {}
    for number in range(10, 10 + depth):
        inside = b"/Resources << /XObject << /X %d 0 R >> >>" % (number + 1)
        made[number] = stream(b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + inside)
    fonts = b"/Resources << /Font << /F1 5 0 R >> >>"
    made[10 + depth] = stream(shown(), b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + fonts)
    return made


def holding(inside: bytes, content: bytes, more: dict[int, bytes]) -> bytes:
    """A page with resources of its own, and the objects that these are."""
    resources = b"<< /Font << /F1 5 0 R >> %s >>" % inside
    body = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources %s >>" % resources
    return document({3: body, 4: stream(content), **more})


def nested_forms() -> bytes:
    return holding(b"/XObject << /X 10 0 R >>", shown() + b"\n/X Do", forms(5_000))


def form_loop() -> bytes:
    itself = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 10 0 R >> >>"
    return holding(b"/XObject << /X 10 0 R >>", shown() + b"\n/X Do", {10: stream(b"/X Do /X Do", itself)})


def form_tree() -> bytes:
    """Thirty forms that each show the next one twice: a thousand million, if all are drawn."""
    made = {}
    for number in range(10, 40):
        inside = b"/Resources << /XObject << /X %d 0 R >> >>" % (number + 1)
        made[number] = stream(b"/X Do /X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] " + inside)
    made[40] = stream(b"0 0 m 9 9 l S", b"/Type /XObject /Subtype /Form /BBox [0 0 595 842]")
    return holding(b"/XObject << /X 10 0 R >>", shown() + b"\n/X Do", made)


def unmapped_font() -> bytes:
    """Glyphs by number, and nothing that says which letters these are."""
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [6 0 R] >>"
    inner = b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (A) /Ordering (I)"
    glyphs = "".join(f"{n:04x}" for n in range(100, 180)).encode()
    content = b"BT /F1 12 Tf 72 700 Td <%s> Tj ET" % glyphs
    return document({4: stream(content), 5: font, 6: inner + b" /Supplement 0 >> /DW 500 >>"})


def broken_font(kind: bytes) -> bytes:
    """A font whose program is noise."""
    noise = bytes(range(256)) * 40
    font = b"<< /Type /Font /Subtype /TrueType /BaseFont /X /FontDescriptor 6 0 R /Encoding /WinAnsiEncoding >>"
    described = b"<< /Type /FontDescriptor /FontName /X /Flags 32 /FontBBox [0 0 1 1] /%s 7 0 R >>" % kind
    return document({5: font, 6: described, 7: stream(noise, b"/Subtype /Type1C /Length1 10240")})


def glyph_loop() -> bytes:
    """A font whose letter is drawn with itself."""
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97"
        b" /Widths [1] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >>"
        b" /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    return document(
        {4: stream(b"BT /F1 12 Tf 72 700 Td (aaaa) Tj ET"), 5: font, 6: stream(b"BT /F1 1 Tf (aaaa) Tj ET")}
    )


def endless_map() -> bytes:
    """A table of letters that says to have four thousand million entries."""
    table = (
        b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00000000> <FFFFFFFF>"
        b" endcodespacerange 1 beginbfrange <00000000> <FFFFFFFF> <0041> endbfrange endcmap"
    )
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    return document({5: font, 6: stream(table)})


def encrypted(values: bytes) -> bytes:
    return document({6: b"<< /Filter /Standard %s >>" % values}, trailer=b"/Encrypt 6 0 R /ID [(a) (b)]")


def actions() -> bytes:
    """Things to do when the document is opened: none of them is done."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R /OpenAction 6 0 R /AA << /WC 7 0 R >> /Names << /JavaScript 8 0 R >> >>"
    return document(
        {
            1: catalog,
            3: page(b"/AA << /O 9 0 R >>"),
            6: b"<< /S /JavaScript /JS (app.launchURL\\('%s'\\);) >>" % CANARY.encode(),
            7: b"<< /S /Launch /F (/bin/sh) /Unix << /F (touch hostile-was-here) >> >>",
            8: b"<< /Names [(x) 6 0 R] >>",
            9: b"<< /S /URI /URI (%s) >>" % CANARY.encode(),
        }
    )


def image(width: int, height: int, entries: bytes, data: bytes, *, text: bool = True) -> bytes:
    """A page with a picture, and a line of text or none."""
    head = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray" % (
        width,
        height,
    )
    content = (shown() + b"\n" if text else b"") + b"q 595 0 0 842 0 0 cm /I Do Q"
    return holding(b"/XObject << /I 6 0 R >>", content, {6: stream(data, head + b" " + entries)})


def embedded() -> bytes:
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [(../../ut.exe) 6 0 R] >> >> >>"
    described = b"<< /Type /Filespec /F (../../ut.exe) /EF << /F 7 0 R >> >>"
    return document({1: catalog, 6: described, 7: stream(b"MZ\x90", b"/Type /EmbeddedFile")})


def odd_metadata() -> bytes:
    title = "Titel\x1b[2J\x00\x07\u202erad\nrad".encode("utf-16-be").hex().encode()
    info = b"<< /Title <feff%s> /Author (\\377\\376) /CreationDate (D:99999999) /Creator <feffd800> >>" % title
    return document({6: info}, trailer=b"/Info 6 0 R")


def broken_names() -> bytes:
    """Bookmarks and page numbers in halves of characters."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R /PageLabels << /Nums [0 << /P <feffd800> /S /D >>] >> >>"
    mark = b"<< /Title <feffd800> /Parent 6 0 R /Dest [3 0 R /Fit] >>"
    return document({1: catalog, 6: b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>", 7: mark})


def bookmarks_loop() -> bytes:
    catalog = b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>"
    mark = b"<< /Title (x) /Parent 6 0 R /Next 7 0 R /First 7 0 R /Dest [3 0 R /Fit] >>"
    return document({1: catalog, 6: b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 9 >>", 7: mark})


def labels_loop() -> bytes:
    catalog = b"<< /Type /Catalog /Pages 2 0 R /PageLabels 6 0 R >>"
    return document({1: catalog, 6: b"<< /Kids [6 0 R 6 0 R] /Nums [0 << /S /r /St 999999999 >>] >>"})


def length(value: bytes) -> bytes:
    """A content whose length is a lie."""
    return document({4: b"<< /Length %s >>\nstream\n%s\nendstream" % (value, shown())})


def deep(opening: bytes, closing: bytes) -> bytes:
    """A value in a value in a value."""
    return document({6: opening * 500_000 + closing * 500_000})


def deep_content() -> bytes:
    """A content with half a million open brackets."""
    return document({4: packed(b"[" * 500_000 + shown())})


def many_states() -> bytes:
    return document({4: packed(b"q " * 1_000_000 + shown())})


def wild_numbers() -> bytes:
    content = (
        b"BT /F1 1e30 Tf 1e300 -1e300 Td (A) Tj 0 0 0 0 0 0 Tm (B) Tj 99999999999999999999 0 0 1 0 0 Tm (C) Tj ET\n"
    )
    return document({4: stream(content + b"1e39 0 0 1e39 0 0 cm 0 0 1e38 1e38 re S\n")})


def turned() -> bytes:
    return document({3: page(b"/Rotate 2147483647 /UserUnit 1e9")})


def notes() -> bytes:
    """A hundred thousand annotations, which are one another's parents."""
    note = b"<< /Type /Annot /Subtype /Text /Rect [0 0 1 1] /Contents (x) /Parent 6 0 R /Popup 6 0 R >>"
    return document({3: page(b"/Annots [%s]" % (b"6 0 R " * 100_000)), 6: note})


def form_fields() -> bytes:
    """Fields of a form that are their own children."""
    catalog = b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /XFA (x) >> >>"
    field = b"<< /FT /Tx /T (a) /Kids [6 0 R] /Parent 6 0 R /V (x) >>"
    return document({1: catalog, 3: page(b"/Annots [6 0 R]"), 6: field})


def own_resources() -> bytes:
    """Resources that hold themselves, and a pattern that is painted with itself."""
    pattern = b"/PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 1 1] /XStep 1e-9 /YStep 1e-9 /Resources 6 0 R"
    content = shown() + b"\n/Pattern cs /P scn 0 0 500 500 re f"
    whole = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 6 0 R >>"
    resources = b"<< /Font << /F1 5 0 R >> /Pattern << /P 7 0 R >> /XObject 6 0 R >>"
    return document(
        {3: whole, 4: stream(content), 6: resources, 7: stream(b"/Pattern cs /P scn 0 0 1 1 re f", pattern)}
    )
