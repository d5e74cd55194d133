"""From a line to its page and back: paragraphs around a quote, its words on the page, and files only where allowed."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal

from kommungraf import config
from kommungraf.query.store import ask, open_store
from kommungraf.web import pages
from kommungraf.web.parts.passages import Row, Stored, around, row, surroundings
from kommungraf.web.site import NotFoundError, PageRequest, Site


def site_of(out: Path, documents: bool = False) -> Site:
    """The bundled corpus as pages see it."""
    folder = (out / "store").resolve().parent
    return Site(open_store(out), config.load().base, out=out, folder=folder, documents=documents)


def first(site: Site, where: str) -> str:
    """The path of the first thing that a pattern finds."""
    rows = list(ask(site.store, f"SELECT ?x {{ {where} }} ORDER BY ?x LIMIT 1"))  # type: ignore[arg-type]
    return unquote(site.href(rows[0][0].value))


PDF_LINE = "?d kg:text ?t ; a kg:Decision ; kg:evidence ?x . ?x kg:page 2"


@given(st.text("ab \n", max_size=60), st.data())
def test_the_quote_is_marked_whole_and_nothing_else(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    shown = surroundings(text, start, end)
    marked = " ".join(paragraph.quoted for paragraph in shown.paragraphs)
    assert marked.split() == text[start:end].split()


LETTERS = "aå€😀\r\n\t\u2028\f "
"""Signs of one to four bytes, and those that end lines."""


@given(st.text(LETTERS, max_size=40), st.integers(1, 5000), st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
def test_a_stored_text_is_read_in_stretches_as_if_it_were_whole(
    tmp_path: Path, piece: str, times: int, data: st.DataObject
) -> None:
    text = piece * times
    (tmp_path / "text").write_bytes(text.encode())
    read = Stored(tmp_path / "text")
    start, end = data.draw(st.integers(0, len(text) + 9)), data.draw(st.integers(0, len(text) + 9))
    assert read.length == len(text)
    assert read.read(start, end) == text[start:end]


def test_of_a_text_of_megabytes_only_what_is_near_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    line = "Nämnden beslutar att köpa cyklar. "
    (tmp_path / "text").write_text(line * 300_000, encoding="utf-8")
    text, asked = Stored(tmp_path / "text"), []
    read = text.read
    monkeypatch.setattr(text, "read", lambda start, end: asked.append(end - start) or read(start, end))
    start = 200_000 * len(line)
    shown = around(text, start, start + len(line))
    assert [paragraph.quoted for paragraph in shown.paragraphs] == [line]
    assert shown.more_before
    assert shown.more_after
    assert sum(asked) < 200_000


@pytest.mark.parametrize(
    ("text", "quote", "marked", "why"),
    [
        ("Ett.\r\n\r\nTvå tre.\r\n\r\nFyra.", "tre", ["Ett.", "Två tre.", "Fyra."], "line ends of Windows"),
        ("Ett.\n\nTvå.\n\nTre.", "tt.\n\nTv", ["Ett.", "Två.", "Tre."], "a quote over two paragraphs"),
        ("Ett\u2028två.\u2029Tre.", "två", ["Ett\u2028två.", "Tre."], "signs that part lines and paragraphs"),
        ("Ett.\fTvå.", "Ett.\fTvå.", ["Ett.", "Två."], "a quote over two pages"),
    ],
)
def test_paragraphs_of_all_kinds_of_texts(text: str, quote: str, marked: list[str], why: str) -> None:
    start = text.index(quote)
    shown = surroundings(text, start, start + len(quote)).paragraphs
    assert [paragraph.text.strip() for paragraph in shown] == marked, why
    assert " ".join(paragraph.quoted for paragraph in shown).split() == quote.split(), why


TABLE = "Tabell\n\nPost\tBudget\tUtfall\nHyra\t10\t12\nResor\t\t7\n\nMer text."


@pytest.mark.parametrize(
    ("quote", "expected", "why"),
    [
        ("12", Row(["Post", "Budget", "Utfall"], ["Hyra", "10", "12"], [False, False, True]), "a cell"),
        ("7", Row(["Post", "Budget", "Utfall"], ["Resor", "", "7"], [False, False, True]), "after an empty cell"),
        ("Hyra\t10", Row(["Post", "Budget", "Utfall"], ["Hyra", "10", "12"], [True, True, False]), "two cells"),
        ("Budget", Row([], ["Post", "Budget", "Utfall"], [False, True, False]), "the head itself"),
        ("Mer text", None, "no table"),
        ("12\nResor", None, "more than a row"),
    ],
)
def test_the_row_of_a_cell_is_shown_beside_the_head(tmp_path: Path, quote: str, expected: Row | None, why: str) -> None:
    (tmp_path / "text").write_text(TABLE, encoding="utf-8")
    start = TABLE.index(quote)
    assert row(Stored(tmp_path / "text"), start, start + len(quote)) == expected, why


def test_a_figure_is_shown_in_its_row(corpus_graph: Path) -> None:
    site = site_of(corpus_graph)
    shown = pages.page(
        site, PageRequest(first(site, '?o kg:table ?t ; kg:lineItem "Medlemsavgifter" ; kg:evidence ?x'))
    )
    table = re.search(r"<table.*?</table>", shown.body.decode(), re.DOTALL)
    assert table
    assert "Medlemsavgifter" in table[0]
    assert table[0].count("<mark>") == 1


def test_marks_of_emphasis_stand_in_the_text_and_are_shown_less(corpus_graph: Path) -> None:
    site = site_of(corpus_graph)
    for text in sorted((corpus_graph / "text").iterdir()):
        start = text.read_text(encoding="utf-8").find("**")
        sha256 = text.stem
        file = site.look.name(site.look.subjects("kg:sha256", Literal(sha256))[0])
        if start < 0 or not file.endswith(".md"):
            continue
        path = first(site, f'?x a kg:Passage FILTER(CONTAINS(STR(?x), "/{sha256[:16]}/"))')
        shown = pages.page(site, PageRequest(path, (("om", "3"),))).body.decode()
        article = re.search(r"<article.*?</article>", shown, re.DOTALL)
        assert article
        assert '<span class="emphasis">**</span>' in article[0]
        return
    pytest.fail("no text in Markdown with emphasis")


def test_a_line_is_shown_in_its_paragraph_with_what_rests_on_it(corpus_graph: Path) -> None:
    site = site_of(corpus_graph)
    path = first(site, PDF_LINE)
    shown = pages.page(site, PageRequest(path)).body.decode()
    assert "<mark>" in shown
    assert site.iri(path) in shown
    assert "kind-decision" in shown
    assert "/sida/" not in shown, "no picture where documents are not shown"
    wider = pages.page(site, PageRequest(path, (("om", "2"),))).body
    assert len(wider) > len(shown.encode())


@pytest.mark.parametrize("kind", ["sida", "fil"])
def test_files_are_not_there_without_documents(corpus_graph: Path, kind: str) -> None:
    site = site_of(corpus_graph)
    sha256 = site.look.value(site.look.subjects("dcat:mediaType", _pdf())[0], "kg:sha256")
    path = f"/sida/{sha256}/1.png" if kind == "sida" else f"/fil/{sha256}"
    with pytest.raises(NotFoundError):
        pages.page(site, PageRequest(path))


def test_the_words_are_marked_on_the_picture_of_their_page(corpus_graph: Path) -> None:
    site = site_of(corpus_graph, documents=True)
    shown = pages.page(site, PageRequest(first(site, PDF_LINE))).body.decode()
    spots = [
        tuple(map(float, one)) for one in re.findall(r'class="spot" x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"', shown)
    ]
    assert spots
    assert all(x >= 0 and x + width <= 600 for x, _, width in spots), "inside of an A4 page"
    picture = pages.page(site, PageRequest(re.findall(r'href="(/sida/[^"]+)"', shown)[0]))
    assert picture.body.startswith(b"\x89PNG")


def test_a_file_is_given_to_be_kept_and_runs_nowhere(corpus_graph: Path) -> None:
    site = site_of(corpus_graph, documents=True)
    sha256 = site.look.value(site.look.subjects("dcat:mediaType", _pdf())[0], "kg:sha256")
    whole = pages.page(site, PageRequest(f"/fil/{sha256}"))
    headers = dict(whole.headers)
    assert whole.body.startswith(b"%PDF")
    assert headers["content-disposition"].startswith("attachment")
    assert "sandbox" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    ["/fil/" + "0" * 64, "/sida/" + "0" * 64 + "/1.png", "/fil/../../etc/passwd", "/sida/x/1.png", "/fil/" + "A" * 64],
)
def test_what_is_no_file_of_the_graph_is_not_found(corpus_graph: Path, path: str) -> None:
    with pytest.raises(NotFoundError):
        pages.page(site_of(corpus_graph, documents=True), PageRequest(path))


def _pdf():  # type: ignore[no-untyped-def]
    return Literal("application/pdf")
