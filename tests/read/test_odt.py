"""OpenDocument texts: what their XML says, as blocks. Rows are (what stands in the body, the blocks, why)."""

from __future__ import annotations

import pytest
from office_files import ODT_TYPE, odt, packed, read_odt, shown

from kommungraf.errors import InputError
from kommungraf.read import read_bytes


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int = 1, style: str = "") -> str:
    return f'<text:h text:outline-level="{level}" text:style-name="{style}">{text}</text:h>'


def items(*inside: str, style: str = "Nr", more: str = "") -> str:
    each = "".join(f"<text:list-item>{one}</text:list-item>" for one in inside)
    return f'<text:list text:style-name="{style}" {more}>{each}</text:list>'


def style(name: str, family: str = "paragraph", parent: str = "", inside: str = "", more: str = "") -> str:
    start = f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}" {more}>'
    return f"{start}{inside}</style:style>"


def table(*rows: str) -> str:
    return f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>"


def cell(*texts: str, more: str = "") -> str:
    return f"<table:table-cell {more}>{''.join(map(p, texts))}</table:table-cell>"


COVERED = "<table:covered-table-cell/>"
BOLD = '<style:text-properties fo:font-weight="bold"/>'
AUTOMATIC = (
    style("Fet", inside=BOLD)
    + style("F", "text", inside=BOLD)
    + style("Dold", "text", inside='<style:text-properties text:display="none"/>')
    + style("Stor", inside='<style:text-properties fo:font-size="160%"/>')
    + style("Ny", inside='<style:paragraph-properties fo:break-before="page"/>')
    + style("Slut", inside='<style:paragraph-properties fo:break-after="page"/>')
    + style("Onumrerad", parent="Heading_20_1", more='style:list-style-name=""')
    + style("Arende", parent="Heading_20_2")
    + style("Ring", parent="Ring")
    + style("Tatt", inside='<style:paragraph-properties fo:margin-bottom="0cm"/>')
)
NUMBERS = (
    '<text:list-style style:name="Nr">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="\uf0a7"/></text:list-style>'
    '<text:list-style style:name="Flera">'
    '<text:list-level-style-number text:level="1" style:num-format="1"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" text:display-levels="2"/></text:list-style>'
    '<text:list-style style:name="Streck"><text:list-level-style-bullet text:level="1" text:bullet-char="–"/>'
    "</text:list-style>"
)
STYLES = (
    style("Heading_20_1", more='style:default-outline-level="1"')
    + style("Heading_20_2", more='style:display-name="Rubrik 2"')
    + style("Contents_20_1")
    + NUMBERS
)
OUTLINE = (
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1" style:num-prefix="§ " '
    'text:start-value="12"/></text:outline-style>'
)
PROSE = "Nämnden har under året arbetat med planen, som gäller hela kommunen och ska antas före sommaren."

TEXTS = [
    (h("Protokoll") + h("Val", 2) + p("Text."), ["#1 Protokoll", "#2 Val", "Text."], "headings have levels"),
    (p("Val", "Arende") + p("Text."), ["#2 Val", "Text."], "a paragraph whose style is based on a heading"),
    (p("Runt", "Ring"), ["Runt"], "a style above itself"),
    (p("Beslut", "Fet") + p(PROSE), ["#1 Beslut", PROSE], "a short bold paragraph over text is a heading"),
    (p("Stort", "Stor") + p(PROSE * 2), ["#1 Stort", PROSE * 2], "larger than the text, in percent"),
    (p("a<text:s text:c='3'/>b\n   c"), ["a   b c"], "spaces that are written count, others are one"),
    (p("A<text:tab/>1") + p("B<text:tab/><text:tab/>2"), ["| A | 1", "| B | 2"], "a table made with tabs"),
    (p(f"Ett<text:line-break/>{PROSE}"), [f"Ett / {PROSE}"], "a line break"),
    (
        p(f'<text:span text:style-name="F">Beslut</text:span><text:line-break/>{PROSE}'),
        ["#1 Beslut", PROSE],
        "a line break between a bold line and its text parts them",
    ),
    (p('<text:a xlink:href="x">Sidan</text:a> <text:page-number>3</text:page-number>'), ["Sidan 3"], "links, fields"),
    (
        p("Närvarande", "Tatt") + p("Anna Ek (S)", "Tatt") + p("Val"),
        ["Närvarande / Anna Ek (S) / Val"],
        "short paragraphs without white between them are lines",
    ),
    (p("Ett<text:soft-page-break/> två"), ["Ett två"], "a page break of the program is none"),
    (f"<text:section>{p('I avsnitt')}</text:section>", ["I avsnitt"], "a section"),
    (
        p(f"Ankare<draw:frame><draw:text-box>{p('I rutan')}</draw:text-box></draw:frame>"),
        ["Ankare", "I rutan"],
        "a text box after the paragraph that it hangs on",
    ),
    (f"<draw:custom-shape>{p('I formen')}</draw:custom-shape>", ["I formen"], "text in a shape"),
]


@pytest.mark.parametrize(("body", "blocks", "why"), TEXTS, ids=[row[2] for row in TEXTS])
def test_text(body: str, blocks: list[str], why: str) -> None:
    assert shown(read_odt(body, automatic=AUTOMATIC, styles=STYLES)) == blocks, why


LISTS = [
    (items(p("a"), p("b")), ["1. a", "2. b"], "numbers are counted"),
    (
        items(p("a") + items(p("x") + items(p("z")), p("y")), p("b")),
        ["1. a", "  a) x", "    • z", "  b) y", "2. b"],
        "lists in lists",
    ),
    (items(items(p("x")), p("a")), ["  a) x", "1. a"], "an item that only holds a list has no number"),
    (items(p("a")) + items(p("b")), ["1. a", "1. b"], "a new list begins anew"),
    (
        items(p("a")) + p("mellan") + items(p("b"), more='text:continue-numbering="true"'),
        ["1. a", "mellan", "2. b"],
        "a list that goes on",
    ),
    (
        items(p("a"), more='xml:id="l1"') + items(p("x")) + items(p("b"), more='text:continue-list="l1"'),
        ["1. a", "1. x", "2. b"],
        "a list that goes on with one further up",
    ),
    (
        items(p("a")).replace("<text:list-item>", '<text:list-item text:start-value="7">'),
        ["7. a"],
        "an item with its own number",
    ),
    (items(p("a") + p("mer")), ["1. a", "mer"], "a second paragraph of an item"),
    (items(p("a"), style="Streck"), ["- a"], "a dash"),
    (items(p("a") + items(p("b"), style="Flera"), style="Flera"), ["1 a", "1.1 b"], "numbers of several levels"),
    (
        items(p("a") + items(p("b"), style="Flera"), p("c")),
        ["1. a", "1.1 b", "2. c"],
        "a list in another with a style of its own",
    ),
    (
        h("Val") + h("Inget", style="Onumrerad") + h("Budget"),
        ["#1 § 12 Val", "#1 Inget", "#1 § 13 Budget"],
        "headings numbered by the outline, but for one",
    ),
]


@pytest.mark.parametrize(("body", "blocks", "why"), LISTS, ids=[row[2] for row in LISTS])
def test_lists(body: str, blocks: list[str], why: str) -> None:
    assert shown(read_odt(body, automatic=AUTOMATIC, styles=STYLES + OUTLINE)) == blocks, why


TABLES = [
    (table(cell("a") + cell("b"), cell("c") + cell("d")), ["| a | b", "| c | d"], "rows of cells"),
    (
        table(cell("Budget", more='table:number-columns-spanned="2"') + COVERED + cell("x"), cell("a") * 3),
        ["| Budget |  | x", "| a | a | a"],
        "a cell over two columns",
    ),
    (
        table(cell("Kansli", more='table:number-rows-spanned="2"') + cell("1"), COVERED + cell("2")),
        ["| Kansli | 1", "|  | 2"],
        "a cell over two rows",
    ),
    (
        table(cell("0", more='table:number-columns-repeated="3"'), cell("a") * 3),
        ["| 0 | 0 | 0", "| a | a | a"],
        "cells that are the same are written once",
    ),
    (
        f"<table:table><table:table-header-rows><table:table-row>{cell('A') + cell('B')}</table:table-row>"
        f"</table:table-header-rows><table:table-row>{cell('1') + cell('2')}</table:table-row></table:table>",
        ["| A | B", "| 1 | 2"],
        "rows of the head",
    ),
    (
        table(cell("Beslutande") + cell("Anna Ek (S)", "Bo Al (M)")),
        ["| Beslutande | Anna Ek (S)", "|  | Bo Al (M)"],
        "a label beside a list of names: a row for each",
    ),
]


@pytest.mark.parametrize(("body", "blocks", "why"), TABLES, ids=[row[2] for row in TABLES])
def test_tables(body: str, blocks: list[str], why: str) -> None:
    assert shown(read_odt(body, automatic=AUTOMATIC, styles=STYLES)) == blocks, why


def test_repeated_cells_are_bounded() -> None:
    more = 'table:number-columns-repeated="999999999"'
    row = '<table:table-row table:number-rows-repeated="99999999">'
    rows = table(cell("a", more=more)).replace("<table:table-row>", row)
    assert len(read_odt(rows).clean) < 20_000


LEFT_OUT = [
    (p("Kvar") + f"<text:table-of-content>{p('Val 3')}</text:table-of-content>", "contents"),
    (p("Val 3", "Contents_20_1") + p("Kvar"), "contents"),
    (p('Kvar<text:span text:style-name="Dold">Dolt</text:span>'), "hidden"),
    (p("Kvar") + f'<text:section text:display="none">{p("Dolt")}</text:section>', "hidden"),
    (p(f"Kvar<office:annotation><dc:creator>X</dc:creator>{p('Stämmer det?')}</office:annotation>"), "comment"),
    (p("Kvar<text:placeholder>Klicka</text:placeholder>"), "placeholder"),
    (p('Kvar<draw:frame svg:width="3cm" svg:height="3cm"><draw:image/></draw:frame>'), "picture"),
    (p("Kvar<draw:frame><draw:object/><draw:image/></draw:frame>"), "object"),
]


@pytest.mark.parametrize(("body", "kind"), LEFT_OUT)
def test_left_out(body: str, kind: str) -> None:
    text = read_odt(body, automatic=AUTOMATIC, styles=STYLES)
    assert shown(text) == ["Kvar"]
    assert [one.kind for one in text.left_out] == [kind]


def test_tracked_changes_are_taken_as_accepted_and_told() -> None:
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c1">'
        f"<text:deletion>{p('avslår')}</text:deletion></text:changed-region></text:tracked-changes>"
    )
    text = read_odt(changes + p('Nämnden <text:change text:change-id="c1"/>bifaller'))
    assert shown(text) == ["Nämnden bifaller"]
    assert [issue.kind for issue in text.issues] == ["tracked-changes"]
    assert [(one.kind, one.text) for one in text.left_out] == [("deletion", "avslår")]


def test_notes_stand_before_the_next_heading() -> None:
    note = f"<text:note-citation>1</text:note-citation><text:note-body>{p('Not.')}</text:note-body>"
    note = f"<text:note>{note}</text:note>"
    assert shown(read_odt(p(f"Text{note} till.") + p("Mer.") + h("Val"))) == ["Text till.", "Mer.", "1 Not.", "#1 Val"]


def test_heads_and_feet_run_and_the_head_of_the_first_page_is_read() -> None:
    masters = (
        f'<style:master-page style:name="Forst" style:next-style-name="Standard"><style:header>{p("TJÄNSTESKRIVELSE")}'
        f'</style:header></style:master-page><style:master-page style:name="Standard">'
        f"<style:header>{p('Påhittade kommun')}</style:header>"
        f"<style:footer>{p('Sida <text:page-number>1</text:page-number>')}</style:footer>"
        f'<style:footer-left style:display="false">{p("Visas inte")}</style:footer-left></style:master-page>'
    )
    first = style("P1", more='style:master-page-name="Forst"')
    text = read_odt(p("Första.", "P1") + p("Andra"), automatic=first, masters=masters)
    assert shown(text) == ["TJÄNSTESKRIVELSE", "Första.", "Andra"]
    assert [(one.kind, one.text) for one in text.running] == [
        ("header", "Påhittade kommun"), ("page-number", "Sida 1"),
    ]  # fmt: skip
    assert text.pages == 0


@pytest.mark.parametrize("body", [p("Gammal") + p("Ny", "Ny"), p("Gammal", "Slut") + p("Ny")])
def test_page_breaks(body: str) -> None:
    assert read_odt(body, automatic=AUTOMATIC).blocks[1].gap >= 3


def test_claims() -> None:
    meta = (
        "<dc:title>Protokoll</dc:title><meta:initial-creator>Eva Lind</meta:initial-creator>"
        "<dc:date>2024-03-05T08:00</dc:date>"
    )
    assert read_odt(p("Text"), meta=meta).metadata == {
        "title": "Protokoll", "author": "Eva Lind", "modified": "2024-03-05",
    }  # fmt: skip


LOCKED = packed(
    {"mimetype": ODT_TYPE, "content.xml": b"\x8a\x01", "META-INF/manifest.xml": "<manifest:encryption-data/>"}
)
BAD = [
    ("encrypted", LOCKED, "a password"),
    ("damaged", packed({"mimetype": ODT_TYPE}), "no content"),
    ("damaged", packed({"mimetype": ODT_TYPE, "content.xml": "<x/>"}), "content that is none"),
    ("unsafe", packed({"mimetype": ODT_TYPE, "content.xml": "<!DOCTYPE x><x/>"}), "a document type"),
    ("too-deep", odt(f"{'<text:section>' * 200}{p('x')}{'</text:section>' * 200}"), "sections without end"),
    ("empty", odt(p(" ")), "no text"),
]


@pytest.mark.parametrize(("kind", "data", "why"), BAD, ids=[row[2] for row in BAD])
def test_bad_documents(kind: str, data: bytes, why: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "mapp/fil.odt")
    assert caught.value.kind == kind, f"{why}: {caught.value}"
    assert str(caught.value).startswith("mapp/fil.odt ")
