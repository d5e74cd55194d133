"""Text and Markdown files: the cases are (text, blocks); a block is (kind, text) with what else matters."""

from __future__ import annotations

import pytest

from kommungraf.model.source import Block, Text
from kommungraf.read import read_bytes


def read(text: str) -> Text:
    return read_bytes(text.encode(), "fil.txt")


def shown(text: Text, block: Block) -> tuple[str, str]:
    return block.kind, text.of(block)


BLOCKS = [
    ("# Protokoll\n\nText.", [("heading", "Protokoll"), ("paragraph", "Text.")], "hashes go"),
    ("## § 5 Budget ##\n", [("heading", "§ 5 Budget")], "a heading keeps its number, closing hashes go"),
    ("#Hashtag är ingen rubrik", [("paragraph", "#Hashtag är ingen rubrik")], "a heading has a space after its hashes"),
    ("Rubrik\n======\nText.", [("heading", "Rubrik"), ("paragraph", "Text.")], "underlined heading"),
    ("- ett\n- två", [("item", "ett"), ("item", "två")], "bullets are not in clean"),
    ("•ett\n• två", [("item", "ett"), ("item", "två")], "a real bullet needs no space"),
    ("> citat\n> mer", [("paragraph", "citat\nmer")], "a quotation"),
    ("§ 12\tVal av justerare", [("paragraph", "§ 12\tVal av justerare")], "a numbered title with a tab is no table"),
    (
        "**§ 12 Val\tKS 2024/1**",
        [("paragraph", "§ 12 Val\tKS 2024/1")],
        "a numbered title with its diary number is no table",
    ),
    ("1. ett\n2) två\na) tre", [("item", "ett"), ("item", "två"), ("item", "tre")], "numbers and letters"),
    ("- 5. Val av ombud**\n", [("item", "Val av ombud")], "a converter's bullet before a number, and its lost stars"),
    (
        "**Beslut**\nAtt avslå.",
        [("paragraph", "Beslut"), ("paragraph", "Att avslå.")],
        "a bold line on a paragraph is its own",
    ),
    ("Anna Ek  \nOrdförande", [("paragraph", "Anna Ek\nOrdförande")], "two spaces: a break that carries meaning"),
    ("Anna Ek\\\nOrdförande", [("paragraph", "Anna Ek\nOrdförande")], "so does a backslash"),
    ("Anna Ek (S)\nBo Al (M)", [("paragraph", "Anna Ek (S)\nBo Al (M)")], "a list of names in plain text"),
    ("a\n---\nb", [("heading", "a"), ("paragraph", "b")], "dashes under a single line"),
    ("a\n\n---\n\nb", [("paragraph", "a"), ("paragraph", "b")], "a rule is mark-up"),
    ("a\r\n\r\nb\rc", [("paragraph", "a"), ("paragraph", "b\nc")], "any line end"),
    (
        "Beslut\nKommunstyrelsen avslår motionen.",
        [("paragraph", "Beslut"), ("paragraph", "Kommunstyrelsen avslår motionen.")],
        "a title right on its text",
    ),
    (
        "Anna Ek\nKommunstyrelsens ordförande",
        [("paragraph", "Anna Ek\nKommunstyrelsens ordförande")],
        "a name on its title is no title",
    ),
    ("_____________\nAnna Ek", [("paragraph", "_____________\nAnna Ek")], "a line to sign on stays"),
]


@pytest.mark.parametrize(("source", "expected", "why"), BLOCKS)
def test_blocks(source: str, expected: list[tuple[str, str]], why: str) -> None:
    text = read(source)
    assert [shown(text, block) for block in text.blocks] == expected, why
    assert text.stored == source, "the stored text is the file, unchanged"


CLEAN = [
    ("**fet** och *kursiv* och ***båda***", "fet och kursiv och båda", "emphasis"),
    ("_kursiv_ men inte snake_case_namn", "kursiv men inte snake_case_namn", "underscores inside words stay"),
    ("en asterisk (\\*) och \\_a", "en asterisk (*) och _a", "escapes"),
    ("Ek, Anna *", "Ek, Anna *", "a lone asterisk is a sign of its own"),
    ("*Fotnot utan slut", "*Fotnot utan slut", "so is one before a footnote"),
    ("<b>Organ</b> A&amp;B &aring;", "Organ A&B å", "tags and entities"),
    ("e-post <anna@exempel.se>, 3 < 4", "e-post <anna@exempel.se>, 3 < 4", "what is no tag stays"),
    ("[sidan](https://exempel.se/a_(b)) här", "sidan här", "links"),
    ("§ 5 [sic]", "§ 5 [sic]", "brackets that are no link"),
    ("mjuk\u00adbindestreck", "mjukbindestreck", "soft hyphens"),
    ("\ufeffProtokoll", "Protokoll", "a byte order mark"),
]


@pytest.mark.parametrize(("source", "expected", "why"), CLEAN)
def test_clean(source: str, expected: str, why: str) -> None:
    assert read(source).clean == expected, why


TABLES = [
    ("a\tb\n\tc", [["a", "b"], ["", "c"]], "an empty cell is a cell"),
    (
        "<b>Organ</b>\tNämnden\t\n<b>Tid</b>\tKl. 9\t",
        [["Organ", "Nämnden", ""], ["Tid", "Kl. 9", ""]],
        "tags in cells go",
    ),
    (
        "Post\t2023\nKansli\t1\nKonferenser\t\nDag\t2",
        [["Post", "2023"], ["Kansli", "1"], ["Konferenser", ""], ["Dag", "2"]],
        "a title row",
    ),
    ("**Post\t2023**\nDag\t2", [["Post", "2023"], ["Dag", "2"]], "a row that is bold as a whole"),
    ("Post\t2023\nKonferenser\nDag\t2", [["Post", "2023"], ["Konferenser"], ["Dag", "2"]], "a title row without a tab"),
    ("Livslängd\t5 år\n---\t------", [["Livslängd", "5 år"]], "the separator line is mark-up"),
    ("| a | **b** |\n|---|---|\n| c | |", [["a", "b"], ["c", ""]], "a pipe table"),
    ("a | b\n---|---\nc | d", [["a", "b"], ["c", "d"]], "a pipe table without outer pipes"),
    ("A\tB\nC\tD\nE\tF\tG", [["A", "B"], ["C", "D"], ["E", "F", "G"]], "short rows stay rows"),
    ("A<br>B\tc", [["A\nB", "c"]], "a line break in a cell"),
    (
        "Namn\tRoll\tParti\nAnna\nBo\tledamot\tS",
        [["Namn", "Roll", "Parti"], ["Anna"], ["Bo", "ledamot", "S"]],
        "rows stay rows",
    ),
    (
        "Anna Ek     ledamot i nämndens\n            arbetsutskott\nBo Al       ledamot",
        [["Anna Ek", "ledamot i nämndens\narbetsutskott"], ["Bo Al", "ledamot"]],
        "a cell that goes on",
    ),
    (
        "<table>\n<tr><th colspan=2>Namn</th></tr>\n<tr><td>Anna <b>Ek</b></td><td></td></tr>\n</table>",
        [["Namn", ""], ["Anna Ek", ""]],
        "an HTML table",
    ),
    (
        "Beslutande     Anna Ek (S)\n               Bo Al (M)",
        [["Beslutande", "Anna Ek (S)"], ["", "Bo Al (M)"]],
        "columns of spaces",
    ),
]


@pytest.mark.parametrize(("source", "expected", "why"), TABLES)
def test_tables(source: str, expected: list[list[str]], why: str) -> None:
    text = read(source)
    (block,) = text.blocks
    assert [[text.of(cell) for cell in row.cells] for row in block.rows] == expected, why
    assert text.of(block) == "\n".join("\t".join(row) for row in expected), why


def test_a_lone_value_where_values_stand_is_a_table_too() -> None:
    lone = "Plats          Eken\n\n"
    table = "Ledamöter      Anna Ek (S)\n               Bo Al (M)\n\n"
    text = read(lone + table + "§ 4                       Dnr 2024/1\n")
    assert [block.kind for block in text.blocks] == ["table", "table", "paragraph"]


def test_tab_after_a_list_mark_is_no_table() -> None:
    assert [block.kind for block in read("1.\tAtt avslå motionen.\n2.\tAtt bifalla.").blocks] == ["item", "item"]


def test_items_have_marker_level_and_their_mark_in_the_quote() -> None:
    text = read("Beslut\n\n1. Avslås.\n   - under\n2. Bifalls.\n")
    items = [block for block in text.blocks if block.kind == "item"]
    assert [(item.marker, item.level) for item in items] == [("1.", 1), ("-", 2), ("2.", 1)]
    first = items[0]
    start, end = text.stored_span(first)
    assert text.stored[start:end] == "1. Avslås."


def test_gap_counts_the_blank_lines_before_a_block() -> None:
    assert [block.gap for block in read("a\n\nb\n\n\n\nc").blocks] == [0, 1, 3]


@pytest.mark.parametrize(
    ("source", "bold", "italic"),
    [
        ("**a b**", True, False),
        ("**a** b", False, False),
        ("*a*", False, True),
        ("### ***a***", True, True),
        ("<b>a</b>", True, False),
    ],
)
def test_emphasis_of_a_whole_block(source: str, bold: bool, italic: bool) -> None:
    (block,) = read(source).blocks
    assert (block.bold, block.italic) == (bold, italic)


WRAPPED = """Kommunstyrelsen beslutar att avslå motionen med hänvisning till social-
tjänstens yttrande och den hälso- och sjukvårdsplan som gäller för hälso-
och sjukvården i hela kommunen från och med nästa år. Planen tas fram av
förvaltningen tillsammans med Exempelregionen.

Kommunfullmäktiges beslut den 28 september 2020, § 70 och bilagan till det
Samhällsbyggnadsnämndens beslut den 23 mars 2021, § 29 och dess bilaga
"""


def test_wrapped_prose_is_joined_and_lists_are_not() -> None:
    text = read(WRAPPED)
    prose, entries = (text.of(block) for block in text.blocks)
    assert "socialtjänstens" in prose, "the hyphen of a broken word goes"
    assert "hälso- och sjukvården" in prose, "a hanging hyphen stays, with its space"
    assert "\n" not in prose
    assert entries.count("\n") == 1, "full lines that each begin a new entry stay lines"


def test_lines_of_a_text_that_does_not_wrap_keep_their_breaks() -> None:
    entries = [f"Kommunfullmäktiges beslut den {day} september 2020, § 7 om plan" for day in (11, 12, 13, 14)]
    text = read("\n".join(entries) + "\n\n" + "Ett långt stycke utan radbrytning. " * 9 + "\n")
    assert text.of(text.blocks[0]).split("\n") == entries


def test_pages_and_running_lines() -> None:
    head, foot = "Exempelkommunen      Sida {0} (3)\nKommunstyrelsen 2024-03-05", "Justerandes sign"
    page = f"{head}\n\n§ {{0}}0 Ärende\n\nText {{1}}.\n\n{foot}\n"
    text = read("\f".join(page.format(number, word) for number, word in ((1, "ett"), (2, "två"), (3, "tre"))))
    assert text.pages == 3
    assert text.page_labels == {1: "1", 2: "2", 3: "3"}
    assert [shown(text, block)[1] for block in text.blocks if block.page == 2] == ["§ 20 Ärende", "Text två."]
    assert {line.text for line in text.running if line.page == 1} == {
        "Exempelkommunen      Sida 1 (3)",
        "Kommunstyrelsen 2024-03-05",
        "Justerandes sign",
    }
    for line in text.running:
        assert text.stored[slice(*line.stored)] == line.text


def test_a_paragraph_number_at_the_top_of_each_page_is_no_running_line() -> None:
    text = read("\f".join(f"§ {number}\n\nText nummer {number} här.\n" for number in (4, 5, 6)))
    assert not text.running
    assert len(text.blocks) == 6


def test_text_without_pages() -> None:
    text = read("a\n\nb")
    assert text.pages == 0
    assert {block.page for block in text.blocks} == {None}


LONG = "För att möta dessa behov har förbundet under året, på"


@pytest.mark.parametrize(
    ("source", "expected", "why"),
    [
        (
            f"{LONG}\n\n\n\nkommunernas uppdrag, tecknat avtal.",
            [f"{LONG} kommunernas uppdrag, tecknat avtal."],
            "a page broke",
        ),
        (f"{LONG}\n\nkommunernas uppdrag.", [LONG, "kommunernas uppdrag."], "one blank line ends a paragraph"),
        (f"{LONG}.\n\n\n\nkommunernas uppdrag.", [f"{LONG}.", "kommunernas uppdrag."], "the sentence has ended"),
        (f"{LONG}\n\n\n\nKommunernas uppdrag.", [LONG, "Kommunernas uppdrag."], "a capital begins something new"),
        (f"{LONG}\fkommunernas uppdrag.", [f"{LONG} kommunernas uppdrag."], "a form feed"),
        ("- anna\n\n\n\nbo", ["anna", "bo"], "short lines are lists"),
    ],
)
def test_paragraphs_over_a_page_break(source: str, expected: list[str], why: str) -> None:
    text = read(source)
    assert [text.of(block) for block in text.blocks] == expected, why
