"""A folder of broken and hostile files between good ones: ``python tests/hostile/hostile_folder.py FOLDER``.

:data:`FILES` is the table: the name, what makes it, what becomes of it, and why it is here. What becomes of it is
``read``, or the kinds of the issue that names it, with ``|`` between them where programs and machines differ.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import hostile_office as office
import hostile_pdf as pdf
import hostile_text as text
from hostile_pdf import CANARY, WORDS

READ = "read"


class Bad(NamedTuple):
    """A file: its name, its bytes, what becomes of it, why it is here."""

    name: str
    make: Callable[[], bytes]
    becomes: str
    why: str


GOOD_TEXT = f"# Sammanträdesprotokoll\n\n**Organ:** Kommunstyrelsen\n\n## § 1 Plan\n\n### Beslut\n\n{WORDS}\n"
GOOD: dict[str, Callable[[], bytes]] = {
    "aa-god.md": GOOD_TEXT.encode,
    "god.pdf": lambda: pdf.document({4: pdf.stream(pdf.shown("Detta dokument i PDF kan läsas."))}),
    "god.docx": lambda: office.word(office.in_word("Detta dokument i Word kan läsas.")),
    "god.odt": lambda: office.odt("<text:p>Detta dokument i OpenDocument kan läsas.</text:p>"),
    "god.html": lambda: office.html("<main><h1>Protokoll</h1><p>Denna sida kan läsas.</p></main>"),
    "god.zip": lambda: office.package(("god-i-arkiv.md", GOOD_TEXT.replace("§ 1", "§ 2"))),
    "ö-god.md": GOOD_TEXT.replace("§ 1", "§ 3").encode,
}
"""Files that are read, whatever stands beside them."""

LIMIT = "too-slow|too-big|crashed"
DAMAGED = "damaged|no-text"

FILES = [
    # PDF: cut off at every structure
    Bad("kapad-huvud.pdf", lambda: pdf.good()[:6], "damaged", "cut off in its first line"),
    Bad("kapad-objekt.pdf", lambda: pdf.cut(b"/Type /Pages"), "damaged", "cut off in an object"),
    Bad("kapad-ström.pdf", lambda: pdf.cut(b"BT /F1", 5), "damaged", "cut off in a stream"),
    Bad("kapad-xref.pdf", lambda: pdf.cut(b"xref", 20), "damaged", "cut off in the table of objects"),
    Bad("utan-xref.pdf", lambda: pdf.cut(b"xref\n0"), "damaged", "cut off before the table of objects"),
    Bad("kapad-trailer.pdf", lambda: pdf.cut(b"/Root"), "damaged", "cut off before the root is named"),
    Bad("fel-startxref.pdf", pdf.without_startxref, READ, "the table of objects is not where it should be"),
    Bad("bara-namnet.pdf", lambda: b"%PDF-1.7\nskr\xc3\xa4p\n", "damaged", "a PDF by its first line only"),
    Bad("utan-sidor.pdf", pdf.no_pages, "no-pages", "no pages"),
    # PDF: loops
    Bad("xref-ring.pdf", pdf.xref_loop, READ, "the table of objects before this one is this one"),
    Bad("sidträd-ring.pdf", pdf.page_tree_loop, READ, "the tree of pages holds itself"),
    Bad("föräldrar-ring.pdf", pdf.parents_loop, READ, "a page inherits from its own children"),
    Bad("formulär-ring.pdf", pdf.form_loop, f"{READ}|{LIMIT}", "a form that shows itself twice"),
    Bad("formulär-träd.pdf", pdf.form_tree, f"{READ}|{LIMIT}", "forms that show each other a thousand million times"),
    Bad("djupa-formulär.pdf", pdf.nested_forms, READ, "five thousand forms in each other"),
    Bad("teckensnitt-ring.pdf", pdf.glyph_loop, READ, "a letter that is drawn with itself"),
    Bad("bokmärken-ring.pdf", pdf.bookmarks_loop, READ, "bookmarks that follow themselves"),
    Bad("etiketter-ring.pdf", pdf.labels_loop, READ, "page numbers that hold themselves"),
    Bad("fält-ring.pdf", pdf.form_fields, READ, "fields that are their own children"),
    Bad("resurser-ring.pdf", pdf.own_resources, READ, "resources that hold themselves"),
    Bad("längd-ring.pdf", lambda: pdf.length(b"4 0 R"), READ, "a length that is told by what it is the length of"),
    # PDF: lies
    Bad("räknar-miljarder.pdf", lambda: pdf.counted(2_000_000_000), f"{READ}|too-large", "says two thousand million"),
    Bad("räknar-fyratusen.pdf", lambda: pdf.counted(4000), READ, "says 4,000 pages and has one"),
    Bad("räknar-bakåt.pdf", lambda: pdf.counted(-5), READ, "fewer pages than none"),
    Bad("längd-negativ.pdf", lambda: pdf.length(b"-1"), READ, "a stream shorter than nothing"),
    Bad("längd-enorm.pdf", lambda: pdf.length(b"99999999999"), READ, "a stream longer than the file"),
    Bad("papper-enormt.pdf", lambda: pdf.boxed(b"[0 0 1e9 1e9]"), f"{READ}|{DAMAGED}", "paper of 350 kilometres"),
    Bad("papper-inget.pdf", lambda: pdf.boxed(b"[0 0 0 0]"), f"{READ}|{DAMAGED}", "no paper"),
    Bad("papper-text.pdf", lambda: pdf.boxed(b"(x)"), READ, "paper that is a word"),
    Bad("vriden.pdf", pdf.turned, f"{READ}|{DAMAGED}", "turned by two thousand million degrees"),
    Bad("vilda-tal.pdf", pdf.wild_numbers, f"{READ}|{DAMAGED}", "letters as large as the world"),
    # PDF: bombs and masses
    Bad("miljon-sidor.pdf", pdf.million_pages, "too-large", "a million pages that are all one"),
    Bad("djupt-sidträd.pdf", pdf.deep_page_tree, f"{READ}|{DAMAGED}", "twenty thousand levels of pages"),
    Bad("bomb-innehåll.pdf", pdf.content_bomb, f"{DAMAGED}|{LIMIT}", "2 GB of spaces in some kilobytes"),
    Bad("bomb-operatorer.pdf", pdf.operators_bomb, f"{DAMAGED}|{LIMIT}", "fifty million operators"),
    Bad("bomb-objekt.pdf", pdf.object_stream_bomb, READ, "a hundred million objects in a stream"),
    Bad("tiotusen-filter.pdf", pdf.many_filters, f"{READ}|{DAMAGED}", "packed ten thousand times"),
    Bad("hundratusen-objekt.pdf", pdf.many_objects, READ, "a hundred thousand objects in a chain"),
    Bad("miljon-segment.pdf", pdf.many_segments, READ, "a path of a million segments"),
    Bad("många-linjer.pdf", pdf.many_rules, f"{READ}|too-slow", "two hundred thousand ruled lines"),
    Bad("många-rader.pdf", pdf.many_letters, f"{READ}|{DAMAGED}|{LIMIT}", "300,000 lines of text on a page"),
    Bad("miljon-lägen.pdf", pdf.many_states, READ, "a million saved states"),
    Bad("djupt-innehåll.pdf", pdf.deep_content, f"{READ}|{DAMAGED}", "half a million open brackets"),
    Bad("djup-lista.pdf", lambda: pdf.deep(b"[", b"]"), READ, "half a million lists in each other"),
    Bad("djup-ordlista.pdf", lambda: pdf.deep(b"<< /A ", b">> "), READ, "half a million dictionaries in each other"),
    Bad("hundratusen-noter.pdf", pdf.notes, READ, "a hundred thousand notes"),
    # PDF: fonts
    Bad(
        "okända-bokstäver.pdf",
        pdf.unmapped_font,
        f"{READ}|no-text|garbled|too-slow",
        "glyphs without letters: OCR, which is slow",
    ),
    Bad("trasig-cff.pdf", lambda: pdf.broken_font(b"FontFile3"), READ, "a font that is noise"),
    Bad("trasig-truetype.pdf", lambda: pdf.broken_font(b"FontFile2"), READ, "another font that is noise"),
    Bad("oändlig-tabell.pdf", pdf.endless_map, READ, "a table of four thousand million letters"),
    # PDF: locks, actions, pictures, attachments
    Bad("låst-tomt.pdf", lambda: pdf.encrypted(b""), "encrypted", "a lock without a key"),
    Bad(
        "låst-fel.pdf", lambda: pdf.encrypted(b"/V 5 /R 6 /O (x) /U (y) /P -1 /Length 99999"), "encrypted", "short keys"
    ),
    Bad(
        "låst-ring.pdf", lambda: pdf.encrypted(b"/V 1 /R 2 /O 6 0 R /U 6 0 R /P 1"), "encrypted", "a key that is a lock"
    ),
    Bad("skript.pdf", pdf.actions, READ, "scripts, programs and addresses to open"),
    Bad("bilaga.pdf", pdf.embedded, READ, "a program inside, with a way out of the folder for a name"),
    Bad("halva-bokmärken.pdf", pdf.broken_names, READ, "bookmarks and page numbers in halves of characters"),
    Bad("metadata.pdf", pdf.odd_metadata, READ, "a title that steers the terminal, in halves of characters"),
    Bad(
        "bild-enorm.pdf",
        lambda: pdf.image(100_000, 100_000, b"", b""),
        READ,
        "a picture of 10 gigapixels that is not there",
    ),
    Bad("bild-jbig2.pdf", lambda: pdf.image(1000, 1000, b"/Filter /JBIG2Decode", bytes(range(256))), READ, "noise"),
    Bad(
        "skanning-jpx.pdf",
        lambda: pdf.image(1000, 1000, b"/Filter /JPXDecode", bytes(range(256)), text=False),
        "no-text",
        "a scan that is noise",
    ),
    # Word
    Bad(
        "xxe-fil.docx", lambda: office.word(office.in_word("&ute;"), prolog=office.entity(office.FILE)), "unsafe", "XXE"
    ),
    Bad(
        "xxe-nät.docx",
        lambda: office.word(office.in_word("&ute;"), prolog=office.entity(CANARY)),
        "unsafe",
        "XXE, http",
    ),
    Bad("xxe-utf16.docx", office.utf16_entity, "unsafe|damaged", "XXE in an encoding that hides it"),
    Bad("skratt.docx", lambda: office.word(office.in_word("&a9;"), prolog=office.laughs()), "unsafe", "billion laughs"),
    Bad(
        "mall-utifrån.docx",
        lambda: office.word(office.PARAGRAPH, office.related("attachedTemplate", f"{CANARY}mall.dotm")),
        READ,
        "a template on the network",
    ),
    Bad(
        "bild-utifrån.docx",
        lambda: office.word(office.PARAGRAPH, office.related("image", office.FILE)),
        READ,
        "a picture that is a file of the system",
    ),
    Bad("utväg.docx", lambda: office.word(office.PARAGRAPH, ("../../ut.txt", "x")), READ, "a part with a way out"),
    Bad("miljon-rader.docx", office.million_rows, "archive", "a table of a million rows"),
    Bad(
        "tabeller-i-tabeller.docx",
        office.nested_tables,
        "too-deep",
        "ten thousand in each other",
    ),
    Bad(
        "fält-i-fält.docx",
        office.nested_controls,
        "too-deep",
        "ten thousand controls in each other",
    ),
    Bad("stort-attribut.docx", office.huge_attribute, "archive", "an attribute of 50 MB"),
    Bad("många-attribut.docx", office.many_attributes, f"{READ}|damaged|unsafe|too-large", "200,000 attributes"),
    Bad("bred-cell.docx", office.wide_span, READ, "a cell over two thousand million columns"),
    Bad("stilar-ring.docx", office.style_loop, READ, "styles that are based on each other"),
    Bad("bomb.docx", office.word_bomb, "too-large|archive|damaged", "1.5 GB of zeros"),
    Bad("bomb-som-ljuger.docx", office.word_bomb_that_lies, "damaged", "1.5 GB that say they are 20 kB"),
    Bad("inte-xml.docx", lambda: office.word("<w:p><w:r>"), "damaged", "elements that never end"),
    Bad(
        "utan-typer.docx", lambda: office.package(("word/document.xml", "<w/>")), "damaged|empty", "nothing but a body"
    ),
    Bad("kapad.docx", lambda: office.word()[:600], "damaged", "cut off"),
    # OpenDocument
    Bad("xxe.odt", lambda: office.odt("<text:p>&ute;</text:p>", prolog=office.entity(office.FILE)), "unsafe", "XXE"),
    Bad("skratt.odt", lambda: office.odt("<text:p>&a9;</text:p>", prolog=office.laughs()), "unsafe", "billion laughs"),
    Bad("upprepning.odt", office.repeated_cells, f"{READ}|too-large|damaged", "a cell repeated 10^18 times"),
    Bad(
        "mellanslag.odt",
        lambda: office.odt(f'{office.ODT_PARAGRAPH}<text:p>a<text:s text:c="2000000000"/>b</text:p>'),
        f"{READ}|too-large",
        "two thousand million spaces in an element",
    ),
    Bad(
        "avsnitt-i-avsnitt.odt",
        lambda: office.odt("<text:section>" * 10_000 + office.ODT_PARAGRAPH + "</text:section>" * 10_000),
        "too-deep",
        "ten thousand sections in each other",
    ),
    Bad("utan-innehåll.odt", lambda: office.package(("mimetype", office.ODT)), "damaged", "no content"),
    # Web pages
    Bad(
        "div-i-div.html",
        lambda: office.html("<div>" * 100_000 + office.MAIN),
        "too-deep",
        "100,000 in each other",
    ),
    Bad(
        "oavslutade.html",
        lambda: office.html("<b><i><a><font>" * 50_000 + office.MAIN),
        "too-deep",
        "never closed",
    ),
    Bad(
        "evig-kommentar.html",
        lambda: office.html(f"{office.MAIN}<!-- {'-' * 5_000_000}"),
        READ,
        "a comment without an end",
    ),
    Bad("utifrån.html", office.page_with_resources, READ, "all that a browser would fetch and run"),
    Bad(
        "omdirigering.html",
        lambda: office.html(office.MAIN, f"<meta http-equiv=refresh content='0;{CANARY}'>"),
        READ,
        "leads away",
    ),
    Bad(
        "breda-celler.html",
        lambda: office.html(f"{office.MAIN}<table><tr><td colspan=999999999 rowspan=999999999>x</table>"),
        READ,
        "a cell as large as the world",
    ),
    Bad(
        "stort-attribut.html",
        lambda: office.html(f"{office.MAIN}<p title='{'A' * 20_000_000}'>x"),
        READ,
        "20 MB of title",
    ),
    Bad(
        "bara-skript.html", lambda: office.html("<script>while(1);</script>"), "empty|no-text", "nothing but a program"
    ),
    # Text
    Bad("en-rad.txt", lambda: text.one_line(50), "too-large", "50 MB in one line"),
    Bad("stjärnor.txt", lambda: text.run("*"), READ, "a run of emphasis"),
    Bad("parenteser.txt", lambda: text.run("("), READ, "a run of brackets"),
    Bad("paragraftecken.txt", lambda: text.run("§"), READ, "a run of section signs"),
    Bad("tabbar.txt", lambda: text.run("\t"), READ, "a run of tabs"),
    Bad("siffror.txt", lambda: text.run("7"), READ, "a run of digits"),
    Bad("punkter.txt", lambda: text.run("."), READ, "a run of dots"),
    Bad("bokstäver.txt", lambda: text.run("a"), READ, "a run of a letter"),
    Bad("blanksteg.txt", lambda: text.run(" "), READ, "a run of spaces"),
    Bad("streck.txt", lambda: text.run("-"), READ, "a run of dashes"),
    Bad("lodstreck.txt", lambda: text.run("|"), READ, "a run of bars"),
    Bad("tomrader.txt", lambda: text.lines_of("\n", 200_000), READ, "nothing but line ends"),
    Bad("rubriker.txt", lambda: text.lines_of("# Rubrik\n\n", 5_000), READ, "nothing but headings"),
    Bad("listor.txt", lambda: text.lines_of("  - (a) 1. § 2 *x\n", 5_000), READ, "marks of lists in each other"),
    Bad("tabell.txt", lambda: text.lines_of("| a | b |\n", 10_000), READ, "a table without a head"),
    Bad("styr.txt", text.steering, READ, "what steers a terminal, in the text"),
    Bad("nollor.txt", text.nulls, "binary", "a zero for each space"),
    Bad("halva-tecken.txt", text.half_characters, "encoding", "halves of characters"),
    Bad("blandat.txt", text.mixed, READ, "two encodings"),
    Bad("bara-bom.txt", lambda: b"\xef\xbb\xbf", "empty", "nothing but a byte order mark"),
    Bad("tom.pdf", lambda: b"", "empty", "nothing at all"),
    Bad("brus.txt", lambda: bytes(range(256)) * 400, "binary", "noise"),
    # Pictures, and other things under wrong names
    Bad("bomb.png", lambda: text.png(60_000, 60_000), "too-large|no-text|unsupported|damaged", "3,600 megapixels"),
    Bad("kapad.png", lambda: text.png(2000, 2000)[:200], "no-text|unsupported|damaged", "cut off"),
    Bad("fler-rader.png", lambda: text.png(2000, 2000, 100), "no-text|unsupported|damaged", "says more than there is"),
    Bad("bomb-kommentar.png", text.png_comment_bomb, "no-text|unsupported|damaged|too-large", "a comment of 1 GB"),
    Bad("brus.jpg", lambda: b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40, "no-text|unsupported|damaged", "noise"),
    Bad("ring.tif", text.tiff_loop, "no-text|unsupported|damaged|too-large", "a page after which comes itself"),
    Bad("bild.pdf", lambda: text.png(100, 100), "no-text|unsupported|damaged", "a picture that is called a PDF"),
    Bad("gammal.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "unsupported|damaged", "no Word"),
    Bad("program.doc", lambda: b"\x7fELF" + bytes(5000), "unsupported", "a program"),
    Bad("protokoll.pdf", GOOD_TEXT.replace("§ 1", "§ 4").encode, READ, "a text that is called a PDF"),
    # Archives
    Bad("lås.zip", office.password, "encrypted", "a password"),
    Bad("överlapp.zip", office.overlapping, "archive", "two hundred files that are the same bytes"),
    Bad("hundratusen.zip", office.many_members, "archive", "a hundred thousand files"),
    Bad("djup.zip", office.deep_archive, "archive", "twelve archives in each other"),
    Bad("bred.zip", office.wide_archive, "archive|too-large", "a hundred thousand archives"),
    Bad("bzip2.zip", office.bzip2, "archive", "packed by a method whose output has no bound"),
    Bad("bomb.zip", lambda: office.with_raw("a.txt", office.zeros(300), 300_000_000), "archive", "300 MB of zeros"),
    Bad(
        "bomb-som-ljuger.zip",
        lambda: office.with_raw("a.txt", office.zeros(900), 900),
        "damaged|empty",
        "says 900 bytes",
    ),
    Bad("kontrollsumma.zip", office.wrong_checksum, "damaged", "a wrong checksum"),
    Bad("oense.zip", office.disagreeing, "damaged", "two names for one file"),
    Bad("utan-katalog.zip", office.no_directory, "damaged", "no directory"),
    Bad("utväg.zip", lambda: office.way_out("../../../ut.txt"), READ, "a way out of the folder"),
    Bad("absolut.zip", lambda: office.way_out("/tmp/hostile-was-here.txt"), READ, "a path from the root"),
    Bad("styrtecken.zip", lambda: office.way_out("\x1b[2J\u202erad\nrad.txt"), READ, "a name that steers a terminal"),
    Bad("inte-arkiv.zip", lambda: b"PK\x03\x04 och sedan inget", "damaged", "an archive by its first bytes only"),
    # Names
    Bad("rad\nrad.txt", lambda: WORDS.encode() + b" 1", READ, "two lines in a name"),
    Bad("\x1b[31mr\x1b[2J.txt", lambda: WORDS.encode() + b" 2", READ, "a name that clears the terminal"),
    Bad("fdp\u202etxt.exe", lambda: WORDS.encode() + b" 3", READ, "a name that is turned"),
    Bad("<b>&amp;'\".txt", lambda: WORDS.encode() + b" 4", READ, "a name with the marks of a page"),
    Bad("l" * 240 + ".txt", lambda: WORDS.encode() + b" 5", READ, "the longest name that there is"),
    Bad("latin-\udce5.txt", lambda: WORDS.encode() + b" 6", READ, "a name that is not UTF-8"),
    Bad("[bold]%s{0}.txt", lambda: WORDS.encode() + b" 7", READ, "a name with the marks of formats"),
]

OTHERS = {
    "rör.pdf": "no-file",
    "uttag.pdf": "no-file",
    "bruten-länk.pdf": "access",
    "länk-ring.pdf": "access",
    "stängd.txt": "access",
}
"""What is no file, or may not be read."""


def make(folder: Path) -> None:
    """Write the folder."""
    folder.mkdir(parents=True)
    for name, data in GOOD.items():
        (folder / name).write_bytes(data())
    for file in FILES:
        (folder / file.name).write_bytes(file.make())
    os.mkfifo(folder / "rör.pdf")
    with socket.socket(socket.AF_UNIX) as listening:
        here = Path.cwd()
        os.chdir(folder)  # the address of a socket is short
        try:
            listening.bind("uttag.pdf")
        finally:
            os.chdir(here)
    (folder / "bruten-länk.pdf").symlink_to("finns-inte")
    (folder / "länk-ring.pdf").symlink_to("länk-ring.pdf")
    (folder / "ut-ur-mappen").symlink_to("..")
    (folder / "mapp.pdf").mkdir()
    (folder / "mapp.pdf" / "god-i-mapp.md").write_text(GOOD_TEXT.replace("§ 1", "§ 5"), encoding="utf-8")
    (folder / "stängd.txt").write_text("x")
    (folder / "stängd.txt").chmod(0)


if __name__ == "__main__":
    make(Path(sys.argv[1]))
