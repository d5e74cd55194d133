"""Web pages: what a browser shows of the content, without what the site puts around it.

Whole pages stand in ``html/`` beside the dump that a person has looked at; after a wanted change:
``KOMMUNGRAF_GOLDEN=write pytest tests/read/test_html.py``, then read the diff.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommungraf.errors import InputError
from kommungraf.model.source import Block, Span, Text
from kommungraf.read import read_bytes

PAGES = Path(__file__).parent / "html"


def page(body: str, head: str = "") -> Text:
    return read_bytes(f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(), "sida.html")


def shown(text: Text, block: Block) -> str:
    marks = [f"level={block.level}"] * bool(block.level) + [f"marker={block.marker}"] * bool(block.marker)
    marks += ["bold"] * block.bold + ["italic"] * block.italic + [f"gap={block.gap}"] * (block.gap > 1)
    body = text.of(block).replace("\t", " | ").replace("\n", "\n    ")
    return f"[{' '.join([block.kind, *marks])}]\n    {body}"


def lines(text: Text) -> list[str]:
    """One line a block: what it is, and its words; ``/`` for a line break, ``|`` between cells."""
    return [f"{b.kind[0]}{b.level or ''} {text.of(b)}".replace("\t", "|").replace("\n", " / ") for b in text.blocks]


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.*html")), ids=lambda path: path.stem)
def test_page(path: Path) -> None:
    text = read_bytes(path.read_bytes(), path.name)
    left_out = [f"({left.kind}) {left.text}" for left in text.left_out]
    claims = [f"{key}: {value}" for key, value in text.metadata.items()]
    dump = "\n".join([*(shown(text, block) for block in text.blocks), "", *left_out, "", *claims, ""])
    golden = path.with_suffix(".blocks")
    if os.environ.get("KOMMUNGRAF_GOLDEN") == "write":
        golden.write_text(dump, encoding="utf-8")
    assert dump == golden.read_text(encoding="utf-8")
    assert not text.issues


@pytest.mark.parametrize(
    ("body", "expected", "why"),
    [
        ("<p>Ett\n  stycke</p>", ["p Ett stycke"], "line ends of the source mean nothing"),
        ("Ord<p>Stycke</p>efter", ["p Ord", "p Stycke", "p efter"], "words right in a block are a paragraph"),
        ("<div>Ett.</div><div>Två.</div>", ["p Ett.", "p Två."], "paragraphs without p"),
        ("<div>Ett</div> <div>Två</div>", ["p Ett / Två"], "short lines: a div has no margin"),
        ("<div class=a>Ett</div><div class=b>Två</div>", ["p Ett", "p Två"], "lines of two kinds"),
        ("<p>a<br>b<br><br>c</p>", ["p a / b", "p c"], "an empty line parts paragraphs"),
        ("<p><b>Beslut</b><br>Nämnden avslår.</p>", ["p Beslut", "p Nämnden avslår."], "a bold line is a title"),
        ("<p>8 m<sup>2</sup> CO<sub>2</sub></p>", ["p 8 m² CO2"], "a raised figure is no part of the number"),
        ("<p>år 2024<sup>1</sup></p>", ["p år 2024¹"], "a note's number does not lengthen a year"),
        ("<p>sam&shy;man&#8203;träde</p>", ["p sammanträde"], "places to break a word are not shown"),
        ("<p>5&nbsp;000 &lt;kr&gt; &amp; &aring;</p>", ["p 5 000 <kr> & å"], "entities"),
        ("<p>x &notanentity; y</p>", ["p x ¬anentity; y"], "as browsers read a forgotten semicolon"),
        ("<p>a <q>b</q></p>", ["p a ”b”"], "a quotation has its marks"),
        ("<p>Sven<span>son</span></p>", ["p Svenson"], "words may be cut into spans"),
        ("<p><span>Ordförande</span><span>Tora</span></p>", ["p Ordförande   Tora"], "set apart by a style sheet"),
        ("<h2>§ 4<br>Val</h2>", ["h2 § 4 / Val"], "a heading of two lines"),
        ('<div role="heading" aria-level="3">Val</div>', ["h3 Val"], "a heading by its role"),
        ("<ul><li>a<ul><li>b</ul><li>c</ul>", ["i1 a", "i2 b", "i1 c"], "list in list, ends left out"),
        ("<table><tr><td>Ett<tr><td>Två</table>", ["p Ett", "p Två"], "one column lays out"),
        (
            "<table><tr><td>Meny<td><h2>Val</h2><p>Text</table>",
            ["p Meny", "h2 Val", "p Text"],
            "a table with headings lays out",
        ),
        (
            '<table><tr><td rowspan="2">a<td>b<td>c<tr><td colspan="2">d</table>',
            ["t a|b|c / |d|"],
            "cells stand in their columns",
        ),
        (
            '<table><tr><td rowspan="99999">a<td colspan="99999">b</table>',
            ["t a|b"],
            "spans without end, columns without words",
        ),
        ('<div role="table"><div role="row"><i role="cell">a</i><i role="cell">b</i></div></div>', ["t a|b"], "roles"),
        ("<dl><dt>Plats</dt><dd>Salen</dd></dl>", ["t Plats|Salen"], "labels and values"),
        ("<dl><dt>Val</dt><dd><ul><li>a</ul></dd></dl>", ["p Val", "i1 a"], "blocks beside a label"),
        ("<pre>Ett\n\n- a\n- b</pre>", ["p Ett", "i1 a", "i1 b"], "as in a text file"),
        ("<p>a</p><h1>b</h1><h1>c</h1>", ["p a", "h1 b", "h1 c"], "several main headings"),
        ("<details><summary>Mer</summary>Text</details>", ["p Mer", "p Text"], "closed, but to be opened"),
        ("<p>a<script>b</script><style>c</style><template>d</template></p>", ["p a"], "never shown"),
    ],
)
def test_blocks(body: str, expected: list[str], why: str) -> None:
    assert lines(page(body)) == expected, why


@pytest.mark.parametrize(
    ("source", "marks"),
    [
        ("<ol><li>a<li>b", ["1.", "2."]),
        ("<ol start=3><li>a<li value=7>b<li>c", ["3.", "7.", "8."]),
        ("<ol reversed><li>a<li>b", ["2.", "1."]),
        ("<ol type=a><li>a<li>b", ["a.", "b."]),
        ("<ol type=i start=4><li>a<li>b", ["iv.", "v."]),
        ("<ol style='list-style-type: upper-alpha'><li>a", ["A."]),
        ("<ol style='list-style: none'><li>a) med egen bokstav", ["a)"]),
        ("<ol><li>3. med eget nummer", ["3."]),
        ("<ul><li>a<ul><li>b", ["•", "◦"]),
        ("<ul type=square><li>a", ["▪"]),
        ("<p>– utan lista", ["–"]),
    ],
)
def test_marks(source: str, marks: list[str]) -> None:
    text = page(source)
    assert [block.marker for block in text.blocks] == marks
    for block in text.blocks:  # the mark is in the quote of an item, not in its words
        assert text.stored_span(Span(block.start, block.end)) == block.stored
        assert text.stored[block.stored.start :].startswith(block.marker)
        assert not text.of(block).startswith(block.marker) or block.marker == "A."


MAIN = "<p>" + "Nämnden går igenom ärendet och lämnar det till nästa möte. " * 6 + "</p>"


@pytest.mark.parametrize(
    ("around", "kind"),
    [
        ("<nav>Skola Omsorg</nav>", "navigation"),
        ("<div class='c-breadcrumbs'>Start / Politik</div>", "navigation"),
        ("<ul><li><a href=/a>Ett</a><li><a href=/b>Två</a><li><a href=/c>Tre</a></ul>", "navigation"),
        ("<ul><li><a href=#a>Ett</a><li><a href=#b>Två</a><li><a href=#c>Tre</a></ul>", "contents"),
        ("<header>Lillsunds kommun</header>", "header"),
        ("<footer>Storgatan</footer>", "footer"),
        ("<div id=cookieBanner>Vi använder kakor</div>", "cookies"),
        ("<div class='shareLinks'><a href=x>Dela</a></div>", "share"),
        ("<div><h3>Hittade du rätt?</h3><button>Ja</button></div>", "feedback"),
        ("<form>Nyhetsbrev <button>Anmäl</button></form>", "form"),
        ("<p hidden>Utkast</p>", "hidden"),
        ("<p aria-hidden=true>Utkast</p>", "hidden"),
        ("<p style='DISPLAY: none'>Utkast</p>", "hidden"),
        ("<span class='sr-only'>Öppnas i nytt fönster</span>", "hidden"),
        ("<noscript>Slå på skript</noscript>", "noscript"),
        ("<iframe src=karta.html title='Karta över ån'></iframe>", "embedded"),
        ("<p>Sidan uppdaterades den 3 maj 2024</p>", "page-info"),
        ("<del>Struket</del>", "deletion"),
    ],
)
def test_what_is_no_content_is_left_out_and_told(around: str, kind: str) -> None:
    text = page(around + MAIN)
    assert len(text.blocks) == 1
    assert [left.kind for left in text.left_out] == [kind]
    assert text.left_out[0].text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<div class='menu-layout has-cookies'>" + MAIN + "</div>", 1),  # a layout's name is no menu
        ("<ul class=menu><li>Fisk med potatis i skolan<li>Soppa</ul>" + MAIN, 3),  # nor is a menu without links
        ("<button aria-expanded=false aria-controls=x>§ 4</button><div id=x hidden>" + MAIN + "</div>", 2),
        ("<article><header><h2>Val</h2></header>" + MAIN + "<footer>Justerat</footer></article>", 3),
        ("<form><button>Sök</button>" + MAIN + "</form>", 1),  # old systems put a form around the page
        ("<ol><li><a href=1.pdf>Val</a><li><a href=2.pdf>Ny väg</a><li><a href=3.pdf>Övrigt</a></ol>" + MAIN, 4),
    ],
)
def test_what_only_looks_so_stays(body: str, expected: int) -> None:
    assert len(page(body).blocks) == expected


def test_the_main_landmark_is_the_content() -> None:
    text = page(f"<div>Ovanför</div><div role=main>{MAIN}</div><div>Nedanför</div>")
    assert len(text.blocks) == 1
    assert [(left.kind, left.text) for left in text.left_out] == [("outside", "Ovanför"), ("outside", "Nedanför")]


def test_an_empty_landmark_is_not() -> None:
    assert len(page(f"<main></main><div>{MAIN}</div>").blocks) == 1


def test_the_title_may_stand_above_the_main_landmark() -> None:
    text = page(f"<div class=hero><h1>Protokoll</h1></div><main>{MAIN}</main>")
    assert lines(text)[0] == "h1 Protokoll"
    assert not text.left_out


@pytest.mark.parametrize(
    ("data", "why"),
    [
        ("<html><p>Åäö</p>".encode(), "UTF-8 without a word"),
        ("\ufeff<html><p>Åäö</p>".encode(), "a byte order mark"),
        ("<html><p>Åäö</p>".encode("utf-16"), "UTF-16 by its mark"),
        ("<html><meta charset=iso-8859-1><p>Åäö</p>".encode("cp1252"), "what the page says"),
        ("<html><meta charset=iso-8859-1><p>Åäö</p>".encode(), "the bytes know better"),
        ("<?xml version='1.0' encoding='iso-8859-1'?><html><p>Åäö</p></html>".encode("cp1252"), "XHTML"),
        ("<html><meta http-equiv=x content='text/html; charset=macintosh'><p>Åäö</p>".encode("mac-roman"), "old Macs"),
        (
            b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; "
            b"charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C5=E4=F6</p>\r\n--x--\r\n",
            "a web archive (MHTML)",
        ),
    ],
)
def test_letters(data: bytes, why: str) -> None:
    text = read_bytes(data, "sida")
    assert text.clean == "Åäö", why


def test_a_guess_is_owned_up_to() -> None:
    assert [issue.kind for issue in read_bytes("<html><p>Åäö</p>".encode("cp1252"), "sida").issues] == ["encoding"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"<html><body><img src=x></body></html>", "no-text"),
        (b"<html><frameset><frame src=a></frameset></html>", "no-text"),
        (b"<html><div id=app></div><script src=app.js></script></html>", "no-text"),
        (b"<html>" + b"<div>" * 5000 + b"djupt", "too-deep"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x--\n", "damaged"),
    ],
)
def test_nothing_to_read(data: bytes, kind: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, "sida.html")
    assert caught.value.kind == kind
    assert str(caught.value).startswith("sida.html ")
    assert str(caught.value).count(".") == 2  # one sentence, and the one of the name


def test_deep_elements_keep_their_words() -> None:
    assert page("<div>" * 500 + "djupt").clean == "djupt"


def test_pictures_written_out_are_no_endless_word() -> None:
    assert page(f"<p>Ord</p><img src='data:image/png;base64,{'A' * 50_000}'>").clean == "Ord"


TAGS = st.sampled_from("p div b ul li table tr td h2 dl dt dd pre br span main nav details a sup form".split())
PIECES = st.one_of(
    st.builds("<{}>".format, TAGS), st.builds("</{}>".format, TAGS), st.text("abc 1.)-§&<>\n\u00a0åÄ", max_size=12)
)


@given(st.lists(PIECES, max_size=40))
def test_any_tag_soup_is_read(parts: list[str]) -> None:
    text = page("Ord" + "".join(parts))
    for block in text.blocks:
        assert text.of(block) == text.of(block).strip() or block.kind == "table"
        if block.end > block.start:
            stored = text.stored_span(Span(block.start, block.end))
            assert block.stored.start <= stored.start < stored.end <= block.stored.end
