"""From a line to its page and back: paragraphs around a quote, its words on the page, and files only where allowed."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommungraf import config
from kommungraf.query.store import ask, open_store
from kommungraf.web import pages
from kommungraf.web.parts.passages import surroundings
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
    marked = "".join(paragraph.quoted for paragraph in shown.paragraphs)
    assert marked.split() == text[start:end].split()


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
    from pyoxigraph import Literal

    return Literal("application/pdf")
