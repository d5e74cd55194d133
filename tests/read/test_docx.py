"""Word documents: what their XML says, as blocks. Rows are (what stands in the body, the blocks, why)."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from office_files import W, docx, packed, read_docx, shown

from kommungraf.errors import InputError
from kommungraf.read import read_bytes


def p(text: str, style: str = "", properties: str = "", run: str = "") -> str:
    """A paragraph with a style, other properties, and properties of its one run."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{named}{properties}</w:pPr>{r(text, run)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def item(text: str, number: int, level: int = 0) -> str:
    return p(text, properties=f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(*texts: str, properties: str = "") -> str:
    inside = "".join(text if text.startswith("<w:") else p(text) for text in texts)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inside}</w:tc>"


def field(instruction: str, result: str) -> str:
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    return f"{begin}<w:r><w:instrText>{instruction}</w:instrText></w:r>{separate}{result}{end}"


BOLD = "<w:b/>"
TIGHT = '<w:spacing w:after="0"/>'
BREAK = "<w:r><w:br/></w:r>"
PROSE = "Nämnden har under året arbetat med planen, som gäller hela kommunen och ska antas före sommaren."


def style(identity: str, name: str, based: str = "", paragraph: str = "", run: str = "") -> str:
    inside = f'<w:name w:val="{name}"/>' + (f'<w:basedOn w:val="{based}"/>' if based else "")
    kind = "character" if name == "Strong" else "paragraph"
    inside += f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr>"
    return f'<w:style w:type="{kind}" w:styleId="{identity}">{inside}</w:style>'


STYLES = "".join(
    [
        style("Normal", "Normal"),
        style("Rubrik1", "heading 1", paragraph='<w:outlineLvl w:val="0"/>'),
        style("R2", "Rubrik 2", run=BOLD),
        style("Egen", "Ärende", based="R2"),
        style("Ring", "Ring", based="Ring"),
        style("TOC1", "toc 1"),
        style("Par", "Paragraf", based="Rubrik1", paragraph='<w:numPr><w:numId w:val="4"/></w:numPr>'),
        style("Stark", "Strong", run=BOLD),
    ]
)

TEXTS = [
    (p("Protokoll", "Rubrik1") + p("Val", "R2") + p("Text."), ["#1 Protokoll", "#2 Val", "Text."], "styles by name"),
    (p("Val", "Egen") + p("Text."), ["#2 Val", "Text."], "a style based on a heading is one"),
    (p("Val", properties='<w:outlineLvl w:val="2"/>'), ["#3 Val"], "an outline level of its own"),
    (p("Val", "Rubrik1", '<w:outlineLvl w:val="9"/>'), ["Val"], "level 9 is text"),
    (p("Runt", "Ring"), ["Runt"], "a style based on itself"),
    (p("Beslut", run=BOLD) + p(PROSE), ["#1 Beslut", PROSE], "a short bold paragraph over text is a heading"),
    (p("Beslut", run='<w:rStyle w:val="Stark"/>') + p(PROSE), ["#1 Beslut", PROSE], "bold by a character style"),
    (p("Val", "R2", run='<w:b w:val="0"/>'), ["#2 Val"], "bold taken away"),
    (p("Stort", run='<w:sz w:val="32"/>') + p(PROSE * 2), ["#1 Stort", PROSE * 2], "larger than the text"),
    (p(PROSE) + p("Viktigt: kom i tid.", run=BOLD), [PROSE, "*Viktigt: kom i tid."], "a bold sentence is none"),
    (
        f"<w:p>{r('Ett', BOLD)}<w:r><w:tab/></w:r>{r('två ')}<w:r><w:t>3</w:t><w:noBreakHyphen/><w:t>4</w:t></w:r>"
        "</w:p>",
        ["| Ett | två 3-4"],
        "runs, a tab between two texts, a hyphen that does not break",
    ),
    ("<w:p><w:r><w:t>sam</w:t><w:softHyphen/><w:t>råd</w:t></w:r></w:p>", ["samråd"], "a soft hyphen is no letter"),
    ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t> Ja</w:t></w:r></w:p>', ["✓ Ja"], "a symbol"),
    (f'<w:p><w:hyperlink r:id="x">{r("Sidan")}</w:hyperlink></w:p>', ["Sidan"], "a link is its text"),
    (f"<w:p>{r('Sida ')}{field('PAGE', r('7'))}</w:p>", ["Sida 7"], "a field is what it shows"),
    (f'<w:p><w:fldSimple w:instr="REF x">{r("§ 4")}</w:fldSimple></w:p>', ["§ 4"], "a simple field too"),
    (f"<w:sdt><w:sdtContent>{p('Styrd text')}</w:sdtContent></w:sdt>", ["Styrd text"], "a content control"),
    (
        f"<w:p><w:sdt><w:sdtContent>{r('2024-01-02')}</w:sdtContent></w:sdt></w:p>",
        ["2024-01-02"],
        "a content control in a line",
    ),
    (
        p("Ankare")[:-6]
        + "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx><w:txbxContent>"
        + p("I rutan")
        + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        + p("I rutan")
        + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
        ["Ankare", "I rutan"],
        "a text box, which is there twice, once for old programs",
    ),
    (
        f"<w:p>{r('Beslut', BOLD)}{BREAK}{r(PROSE)}</w:p>",
        ["#1 Beslut", PROSE],
        "a line break between a bold line and its text parts them",
    ),
    (
        f"<w:p>{r('Nämnden beslutar att')}{BREAK}{r('1. anta planen,')}{BREAK}{r('2. avsluta ärendet.')}</w:p>",
        ["Nämnden beslutar att", "1. anta planen,", "2. avsluta ärendet."],
        "items by hand, with line breaks for new paragraphs",
    ),
    (f"<w:p>{r('Plats: Salen')}{BREAK}{r('Tid: 10.00')}</w:p>", ["Plats: Salen / Tid: 10.00"], "lines stay lines"),
    (
        p("Närvarande", properties=TIGHT) + p("Anna Ek (S)", properties=TIGHT) + p("Bo Al (M)") + p("Val"),
        ["Närvarande / Anna Ek (S) / Bo Al (M)", "Val"],
        "short paragraphs without white between them are lines",
    ),
    (p("Beslut tas.", properties=TIGHT) + p("Mer text"), ["Beslut tas.", "Mer text"], "but not after a sentence"),
    (p("1.\tAnta planen") + p("§ 4\tVal"), ["1. Anta planen", "§ 4\tVal"], "a tab after a number parts no cells"),
    (p("att\tanta planen"), ["att anta planen"], "nor does one after the att of a clause"),
    (
        p("Ledamöter:\t\tAnna Ek (S)") + p("\t\tBo Al (M)") + p("Sekreterare:\tEva Lind"),
        ["| Ledamöter: | Anna Ek (S)", "|  | Bo Al (M)", "| Sekreterare: | Eva Lind"],
        "a table made with tabs, pressed until it looked right",
    ),
    (p("A\t\t3") + p("B\t2\t"), ["| A | 3", "| B | 2"], "a tab at the end is no column"),
    (p("PROTOKOLL\t2 (14)"), ["PROTOKOLL 2 (14)"], "a page number at the right is no cell"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "blocks", "why"), TEXTS, ids=[row[2] for row in TEXTS])
def test_text(body: str, blocks: list[str], why: str) -> None:
    assert shown(read_docx(tabbed(body), styles=STYLES)) == blocks, why


def tabbed(body: str) -> str:
    """Tabs as Word writes them."""
    return re.sub(r"\t", '</w:t><w:tab/><w:t xml:space="preserve">', body)


def level(at: int, form: str, text: str, more: str = "") -> str:
    inside = f'<w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}'
    return f'<w:lvl w:ilvl="{at}">{inside}</w:lvl>'


def pattern(number: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def numbered(number: int, of: int, start: int = 0) -> str:
    own = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{own}</w:num>'


SQUARE = "\uf0a7"
NUMBERING = "".join(
    [
        pattern(0, level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"), level(2, "bullet", SQUARE)),
        pattern(1, level(0, "decimal", "§ %1", '<w:pStyle w:val="Par"/>')),
        pattern(2, level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2", "<w:isLgl/>")),
        pattern(3, level(0, "bullet", "att")),
        numbered(1, of=0),
        numbered(2, of=0, start=1),
        numbered(3, of=0),
        numbered(4, of=1, start=12),
        numbered(5, of=2),
        numbered(6, of=3),
    ]
)

LISTS = [
    (item("a", 1) + item("b", 1), ["1. a", "2. b"], "numbers are counted"),
    (item("a", 1) + p("mellan") + item("b", 1), ["1. a", "mellan", "2. b"], "a list goes on after a paragraph"),
    (
        item("a", 1) + item("x", 1, 1) + item("y", 1, 1) + item("z", 1, 2) + item("b", 1) + item("x", 1, 1),
        ["1. a", "  a) x", "  b) y", "    • z", "2. b", "  a) x"],
        "levels below begin anew",
    ),
    (item("a", 1) + item("b", 2) + item("c", 2), ["1. a", "1. b", "2. c"], "a list with its own start begins anew"),
    (item("a", 1) + item("b", 3), ["1. a", "2. b"], "two lists of one pattern are one list"),
    (item("a", 5) + item("b", 5, 1), ["I. a", "1.1 b"], "the numbers of the levels above, in digits"),
    (
        p("Val", "Par") + p("Text.") + p("Budget", "Par"),
        ["#1 § 12 Val", "Text.", "#1 § 13 Budget"],
        "paragraphs numbered by their style, from a start",
    ),
    (p("", "Par") + p("Val av justerare"), ["#1 § 12", "Val av justerare"], "a number alone, its title below it"),
    (item("anta planen", 6), ["att anta planen"], "a word for a bullet is a word"),
    (item("a", 99), ["a"], "a list that is not there"),
    (p("Val", "Par", '<w:numPr><w:numId w:val="0"/></w:numPr>'), ["#1 Val"], "number 0 takes the numbering away"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "blocks", "why"), LISTS, ids=[row[2] for row in LISTS])
def test_lists(body: str, blocks: list[str], why: str) -> None:
    assert shown(read_docx(body, styles=STYLES, numbering=NUMBERING)) == blocks, why


SPAN = '<w:gridSpan w:val="2"/>'
TABLES = [
    (table(cell("a") + cell("b"), cell("c") + cell("d")), ["| a | b", "| c | d"], "rows of cells"),
    (
        table(cell("Budget", properties=SPAN) + cell("x"), cell("a") + cell("b") + cell("c")),
        ["| Budget |  | x", "| a | b | c"],
        "a cell over two columns",
    ),
    (
        table(
            cell("Kansli", properties='<w:vMerge w:val="restart"/>') + cell("1"),
            cell("", properties="<w:vMerge/>") + cell("2"),
        ),
        ["| Kansli | 1", "|  | 2"],
        "a cell over two rows",
    ),
    (
        table(cell("Beslutande") + cell("Anna Ek (S)", "Bo Al (M)"), cell("Tid") + cell("10.00")),
        ["| Beslutande | Anna Ek (S)", "|  | Bo Al (M)", "| Tid | 10.00"],
        "a label beside a list of names: a row for each",
    ),
    (table(cell(p("Beslut", run=BOLD), PROSE)), ["#1 Beslut", PROSE], "a frame around text is no table"),
    (
        table(cell("Bakgrund") + cell(*[PROSE] * 6)),
        ["Bakgrund", *[PROSE] * 6],
        "two columns that lay out prose are no table",
    ),
    (
        table(cell("a") + cell("b"), cell(table(cell("x") + cell("y")), "") + cell("c")),
        ["| a | b", "| x | y", "c"],
        "a table in a cell",
    ),
    (
        table(cell("a") + cell("b")).replace(
            "</w:tbl>", f"<w:tr><w:trPr><w:del/></w:trPr>{cell('c')}{cell('d')}</w:tr></w:tbl>"
        ),
        ["| a | b"],
        "a deleted row",
    ),
    (
        f"<w:tbl><w:sdt><w:sdtContent><w:tr>{cell('a')}<w:sdt><w:sdtContent>{cell('b')}</w:sdtContent></w:sdt></w:tr>"
        "</w:sdtContent></w:sdt></w:tbl>",
        ["| a | b"],
        "rows and cells in content controls",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "blocks", "why"), TABLES, ids=[row[2] for row in TABLES])
def test_tables(body: str, blocks: list[str], why: str) -> None:
    assert shown(read_docx(body, styles=STYLES)) == blocks, why


VANISH = "<w:vanish/>"
LEFT_OUT = [
    (f"<w:p>{r('Kvar')}<w:del><w:r><w:delText>Bort</w:delText></w:r></w:del></w:p>", ["Kvar"], ["deletion"]),
    (f"<w:p>{r('Kvar')}<w:moveFrom>{r('Flyttat')}</w:moveFrom></w:p>", ["Kvar"], ["deletion"]),
    (f"<w:p>{r('Kvar')}{r('Dolt', VANISH)}</w:p>", ["Kvar"], ["hidden"]),
    (f"<w:p>{r('Kvar')}{field('TOC', r('Val 3'))}</w:p><w:p/>" + p("Text"), ["Text"], ["contents"]),
    (p("Val 3", "TOC1") + p("Text"), ["Text"], ["contents"]),
    (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('Innehåll')}{p('Val 3')}</w:sdtContent></w:sdt>{p('Text')}",
        ["Text"],
        ["contents"],
    ),
    (
        f"<w:p>{r('Datum: ')}<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Klicka')}</w:sdtContent>"
        "</w:sdt></w:p>",
        ["Datum:"],
        ["placeholder"],
    ),
    (
        f'<w:p>{r("Bild")}<w:r><w:drawing><wp:extent cx="900000" cy="900000"/><a:blip/></w:drawing></w:r></w:p>',
        ["Bild"],
        ["picture"],
    ),
    (f"<w:p>{r('Objekt')}<w:r><w:object><o:OLEObject/></w:object></w:r></w:p>", ["Objekt"], ["object"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "blocks", "kinds"), LEFT_OUT)
def test_left_out(body: str, blocks: list[str], kinds: list[str]) -> None:
    text = read_docx(body, styles=STYLES)
    assert shown(text) == blocks
    assert [one.kind for one in text.left_out] == kinds
    assert [issue.kind for issue in text.issues] == ["tracked-changes"] * ("deletion" in kinds)


def test_tracked_changes_are_taken_as_accepted_and_told_once() -> None:
    body = (
        f"<w:p>{r('Nämnden ')}<w:del><w:r><w:delText>avslår</w:delText></w:r></w:del>"
        f"<w:ins>{r('bifaller')}</w:ins></w:p>"
        f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{r('Ett ')}</w:p><w:p>{r('stycke')}</w:p>"
    )
    text = read_docx(body)
    assert shown(text) == ["Nämnden bifaller", "Ett stycke"]
    assert [issue.kind for issue in text.issues] == ["tracked-changes"]
    assert text.left_out[0].text == "avslår"


def test_comments_are_noted_and_no_text() -> None:
    comments = f'<w:comment w:id="0">{p("Stämmer det?")}</w:comment>'
    text = read_docx(f'<w:p>{r("Text.")}<w:commentRangeStart w:id="0"/></w:p>', comments=comments)
    assert shown(text) == ["Text."]
    assert [(one.kind, one.text) for one in text.left_out] == [("comment", "Stämmer det?")]


def test_notes_stand_before_the_next_heading() -> None:
    notes = f'<w:footnote w:id="2">{p("Not ett.")}</w:footnote><w:footnote w:id="3">{p("Not två.")}</w:footnote>'
    refer = '<w:r><w:footnoteReference w:id="%s"/></w:r>'
    body = f"<w:p>{r('Text')}{refer % 2}{r(' till.')}</w:p>" + p("Mer.") + p("Val", "Rubrik1")
    body += table(cell(f"<w:p>{r('i tabell')}{refer % 3}</w:p>") + cell("b"))
    text = read_docx(body, styles=STYLES, footnotes=notes)
    assert shown(text) == ["Text till.", "Mer.", "1 Not ett.", "#1 Val", "| i tabell | b", "2 Not två."]


def test_heads_and_feet_run_and_the_head_of_the_first_page_is_read() -> None:
    sides = (
        '<w:headerReference w:type="first" r:id="rId-header1"/><w:headerReference w:type="default" r:id="rId-header2"/>'
        '<w:headerReference w:type="even" r:id="rId-header3"/><w:footerReference w:type="default" r:id="rId-footer1"/>'
    )
    body = f"<w:p><w:pPr><w:sectPr>{sides}<w:titlePg/></w:sectPr></w:pPr>{r('Första')}</w:p>{p('Andra')}"
    text = read_docx(
        f"{body}<w:sectPr>{sides}<w:titlePg/></w:sectPr>",
        header1=p("TJÄNSTESKRIVELSE"),
        header2=f"<w:p>{r('Påhittade kommun')}</w:p>",
        header3=p("Påhittade kommun"),
        footer1=f"<w:p>{r('Sida ')}{field('PAGE', r('1'))}</w:p>",
    )
    assert shown(text) == ["TJÄNSTESKRIVELSE", "Första", "Andra"]
    assert [(one.kind, one.text) for one in text.running] == [
        ("header", "Påhittade kommun"), ("page-number", "Sida 1"),
    ]  # fmt: skip
    assert [text.stored[slice(*one.stored)] for one in text.running] == [one.text for one in text.running]
    assert text.blocks[2].gap >= 3
    assert text.pages == 0


BREAKS = [
    (p("Ny", properties="<w:pageBreakBefore/>"), "a property of the paragraph"),
    (f'<w:p><w:r><w:br w:type="page"/></w:r></w:p>{p("Ny")}', "a break alone in a paragraph"),
    (f'<w:p><w:r><w:br w:type="page"/></w:r>{r("Ny")}</w:p>', "a break before the text"),
    (p("") + p("") + p("") + p("Ny"), "empty lines"),
]


@pytest.mark.parametrize(("body", "why"), BREAKS)
def test_page_breaks(body: str, why: str) -> None:
    text = read_docx(p("Gammal") + body)
    assert shown(text) == ["Gammal", "Ny"]
    assert text.blocks[1].gap >= 3, why


def test_pages_that_word_once_made_are_none() -> None:
    text = read_docx(f"{p('Gammal')}<w:p><w:r><w:lastRenderedPageBreak/></w:r>{r('Ny')}</w:p>")
    assert (text.blocks[1].gap, text.blocks[1].page, text.pages) == (1, None, 0)


def test_a_scan_pasted_into_word_is_told() -> None:
    drawing = '<w:r><w:drawing><wp:extent cx="5760000" cy="8000000"/><a:blip/></w:drawing></w:r>'
    text = read_docx(p("Bilaga 1") + f"<w:p>{drawing}</w:p>")
    assert [issue.kind for issue in text.issues] == ["picture"]
    assert "Bilaga 1" in text.issues[0].message


def test_claims() -> None:
    core = (
        "<dc:title>Protokoll</dc:title><dc:creator>Eva Lind</dc:creator>"
        "<dcterms:created>2024-03-05T08:00:00Z</dcterms:created>"
    )
    assert read_docx(p("Text"), core=core).metadata == {
        "title": "Protokoll", "author": "Eva Lind", "created": "2024-03-05",
    }  # fmt: skip


def test_strict_form_of_the_standard() -> None:
    data = docx(p("Protokoll", "Rubrik1") + p("Text."), styles=STYLES)
    parts = {
        name: content.replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
        for name, content in unpacked(data).items()
    }
    assert shown(read_bytes(packed(parts), "strikt.docx")) == ["#1 Protokoll", "Text."]


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_main(content: bytes) -> bytes:
    return packed(unpacked(docx(p("Text"))) | {"word/document.xml": content})


MAIN = unpacked(docx(p("Text")))["word/document.xml"]
NESTED = b"".join([b"<w:tbl><w:tr><w:tc>"] * 300) + b"".join([b"</w:tc></w:tr></w:tbl>"] * 300)
BAD = [
    (
        "unsafe",
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>' + MAIN.replace(b"Text", b"&e;"),
        "an entity",
    ),
    ("unsafe", '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x>'.encode("utf-16"), "one in another encoding"),
    ("damaged", b'<?xml version="1.0" encoding="cp037"?>' + MAIN, "an encoding that hides what it says"),
    ("damaged", MAIN[:-20], "cut off"),
    ("damaged", b"<w:document xmlns:w='x'/>", "no body"),
    ("too-deep", MAIN.replace(b"<w:body>", b"<w:body>" + NESTED), "tables in tables without end"),
    ("empty", MAIN.replace(b"Text", b" "), "no text"),
]


@pytest.mark.parametrize(("kind", "main", "why"), BAD, ids=[row[2] for row in BAD])
def test_bad_documents(kind: str, main: bytes, why: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(with_main(main), "mapp/fil.docx")
    assert caught.value.kind == kind, f"{why}: {caught.value}"
    assert str(caught.value).startswith("mapp/fil.docx ")


def test_a_document_with_a_password_is_told() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(100)
    with pytest.raises(InputError, match="protected with a password") as caught:
        read_bytes(data, "fil.docx")
    assert caught.value.kind == "encrypted"


def test_another_name_of_the_main_part() -> None:
    parts = unpacked(docx(p("Text")))
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"/word/document2.xml")
    parts["[Content_Types].xml"] = b"<Override ContentType='application/vnd.x.wordprocessingml.document.main+xml'/>"
    assert shown(read_bytes(packed(parts), "fil.docx")) == ["Text"]
