"""The search page as it is read: hits that lead on, links that narrow, and help where nothing is found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from selectolax.lexbor import LexborHTMLParser

from kommungraf import config
from kommungraf.graph.files import current
from kommungraf.query.store import open_store
from kommungraf.web.pages import page
from kommungraf.web.site import Page, PageRequest, Site

Get = Callable[..., tuple[Page, LexborHTMLParser]]


@pytest.fixture(scope="module")
def site(corpus_graph: Path) -> Site:
    return Site(open_store(corpus_graph), config.load().base, out=corpus_graph, folder=current(corpus_graph))


@pytest.fixture(scope="module")
def get(site: Site) -> Get:
    def fetch(address: str, language: str = "sv", of: Site = site) -> tuple[Page, LexborHTMLParser]:
        parts = urlsplit(address)
        query = tuple(parse_qsl(parts.query, keep_blank_values=True))
        found = page(of, PageRequest(parts.path, query, language, root="https://exempel.se"))
        return found, LexborHTMLParser(found.body.decode())

    return fetch


def status(html: LexborHTMLParser) -> str:
    (told,) = html.css("main [role=status]")
    return " ".join(told.text().split())


def test_hits_lead_to_their_pages_and_to_the_line_that_says_it(get: Get, site: Site) -> None:
    _, html = get("/sok?q=cykelpool")
    first = html.css_first("a.hit-name")
    assert first.attributes["href"] == site.href(site.base + "case/granåkers-kommun/ks-2020-112")
    assert html.css_first("a.hit-name mark").text() == "cykelpool"
    decision = next(hit for hit in html.css("li.hit") if hit.css_first(".kind").text() == "beslut")
    assert "/passage/" in str(decision.css_first("a.proof").attributes["href"])
    assert status(html).startswith("5")


def test_a_facet_narrows_and_lets_go(get: Get) -> None:
    _, whole = get("/sok?q=cykelpool")
    link = next(a for a in whole.css("nav.narrow-by a") if a.text() == "beslut")
    count = link.parent.css_first(".num").text()
    _, narrowed = get(str(link.attributes["href"]))
    assert status(narrowed) == f"{count} träffar"
    assert {hit.text() for hit in narrowed.css("li.hit .kind")} == {"beslut"}
    chosen = next(a for a in narrowed.css("nav.narrow-by a") if "aria-current" in a.attributes)
    let_go = narrowed.css_first(".search-chosen a")
    assert chosen.attributes["href"] == let_go.attributes["href"]
    _, again = get(str(let_go.attributes["href"]))
    assert status(again) == status(whole)
    kept = {(one.attributes["name"], one.attributes["value"]) for one in narrowed.css("form.search input[type=hidden]")}
    assert kept == {("slag", "Decision")}, "a new search keeps what is chosen"


def test_two_facets_are_had_together(get: Get) -> None:
    _, html = get("/sok?q=cykelpool&slag=Decision&ar=2021&organ=body/granåkers-kommun/kommunstyrelsen")
    assert len(html.css(".search-chosen a")) == 3
    feet = [" ".join(foot.text().split()) for foot in html.css("li.hit .hit-foot")]
    assert feet
    assert all(foot.startswith("2021 kommunstyrelsen, Granåkers kommun") for foot in feet)


def test_pages_of_hits(get: Get) -> None:
    _, first = get("/sok?q=kommun")
    _, second = get(str(first.css_first(".pager a[rel=next]").attributes["href"]))
    names = [[hit.attributes["href"] for hit in html.css("a.hit-name")] for html in (first, second)]
    assert len(names[0]) == 20
    assert names[0] != names[1]
    assert second.css_first("ol.hits").attributes["start"] == "21"
    assert get(str(second.css_first(".pager a[rel=prev]").attributes["href"]))[0].body == first_body(get)


def first_body(get: Get) -> bytes:
    return get("/sok?q=kommun")[0].body


def test_a_correction_is_told(get: Get) -> None:
    _, html = get("/sok?q=cyklpol")
    assert "cykelpool" in status(html)
    assert str(html.css_first("[role=status] a").attributes["href"]) == "/sok?q=cykelpool"


def test_words_that_were_left_out_are_told(get: Get) -> None:
    _, html = get("/sok?q=cykelpool+qwxzyw")
    assert "här är utelämnat: qwxzyw" in status(html)
    assert html.css("a.hit-name")
    _, narrowed = get(html.css_first("nav.narrow-by a").attributes["href"] or "")
    assert "här är utelämnat: qwxzyw" in status(narrowed), "what narrows the hits keeps the search as it was typed"
    assert narrowed.css("a.hit-name")


def test_a_line_of_accounts_leads_to_its_years(get: Get) -> None:
    _, html = get("/sok?q=personalkostnader&slag=Observation")
    href = html.css_first("li.hit a[href^='/oversikt/pengar']").attributes["href"] or ""
    over, shown = get(href)
    assert over.status == 200
    assert "Personalkostnader" in shown.css_first("main").text()


@pytest.mark.parametrize(("language", "told"), [("sv", "Inget dokument här har"), ("en", "No document here has")])
def test_where_nothing_is_found_there_is_help(get: Get, language: str, told: str) -> None:
    _, html = get("/sok?q=qwxzyw", language)
    assert told in html.css_first(".note").text()
    assert html.css("ul.plain a"), "things of the graph itself to go on with"


def test_without_a_search_there_is_a_start(get: Get) -> None:
    _, html = get("/sok")
    assert html.css("ul.plain a")
    assert not html.css("li.hit")
    _, projects = get("/sok?slag=Project")
    assert {hit.text() for hit in projects.css("li.hit .kind")} == {"projekt"}


def test_a_search_that_is_too_long_is_told_in_the_language_of_the_page(get: Get) -> None:
    assert status(get("/sok?q=" + "a" * 300)[1]) == "En sökning har högst 200 tecken och 12 ord."
    assert status(get("/sok?q=" + "a" * 300, "en")[1]) == "A search has at most 200 characters and 12 words."


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/sok?q=" + "a" * 300, 400),
        ("/sok?q=a&sida=99999999999999999999", 200),
        ("/sok?q=a&sida=-1", 200),
        ("/sok?q=a&ar=x&slag=%00&organ=%22%3E&kommun=http://127.0.0.1/", 200),
        ("/sok?q=%22NEAR(a+b%29*", 200),
    ],
)
def test_what_makes_no_sense_harms_nothing(get: Get, address: str, expected: int) -> None:
    assert get(address)[0].status == expected


def test_what_is_typed_is_never_markup(get: Get) -> None:
    _, html = get("/sok?q=%3Cscript%3Ealert(1)%3C/script%3E%22onfocus=x&slag=%3Cb%3E&organ=%3Ci%3E")
    assert not html.css("main script, main b, main i, [onfocus]")
    assert "<script>alert(1)</script>" in html.css_first("h1").text()


def test_a_graph_without_an_index_is_searched_by_names(get: Get, site: Site) -> None:
    found, html = get("/sok?q=grön+mål", of=replace(site, folder=None, memo={}))
    assert found.status == 200
    assert [hit.text() for hit in html.css("a.hit-name")] == ["Grön måltid"]
    assert "sökindex" in html.css_first(".note").text()


def test_browsers_are_told_how_to_search(get: Get) -> None:
    found, _ = get("/opensearch.xml")
    url = ElementTree.fromstring(found.body).find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url is not None
    assert url.attrib["template"] == "https://exempel.se/sok?q={searchTerms}"
    assert found.media_type.startswith("application/opensearchdescription+xml")
