"""The pages as people use them: in a browser, in two languages, by keyboard, on a telephone, on paper, in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from browser import NARROW, Watched, chromium, tab
from hostile_documents import PAYLOADS
from playwright.sync_api import Browser
from serving import Server, serving

WIDE = {"width": 1280, "height": 900}
LONG = {"width": NARROW, "height": 800}

OF_CLASS = {
    "person": "foaf:Person",
    "project": "kg:Project",
    "case": "kg:Case",
    "body": "kg:GoverningBody",
    "municipality": "kg:Municipality",
    "party": "kg:Party",
    "organisation": "org:Organization",
    "document": "kg:Document",
    "decision": "kg:Decision",
    "meeting": "kg:Meeting",
    "item of a meeting": "kg:AgendaItem",
    "evidence": "kg:Passage",
}
"""Kinds of pages of entities; the one of which most is said stands for its kind."""

PATHS = {
    "start": "/",
    "search": "/sok?q=styrelsen",
    "search without hits": "/sok?q=xyzzyx",
    "overviews": "/oversikt",
    "presence": "/oversikt/narvaro",
    "promises": "/oversikt/loften",
    "contradictions": "/oversikt/motsagelser",
    "money": "/oversikt/pengar",
    "coverage": "/oversikt/tackning",
    "questions": "/fragor",
    "question": "/fragor/people",
    "data set": "/.well-known/void",
    "words of the graph": "/ns/",
    "concept": "/ns/outcome-adopt",
}

KINDS = (*PATHS, *OF_CLASS)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as one:
        yield one


@pytest.fixture(scope="module")
def readers(browser: Browser, served: Server) -> Iterator[tuple[Watched, Watched]]:
    """Two people: one with JavaScript who reads Swedish, one without it who reads English."""
    with (
        tab(browser, served.root, locale="sv-SE", viewport=WIDE) as swede,
        tab(browser, served.root, locale="en-GB", viewport=WIDE, java_script_enabled=False) as other,
    ):
        yield swede, other


@pytest.fixture(scope="module")
def paths(served: Server) -> dict[str, str]:
    """A path for each kind of page."""
    return PATHS | {kind: of_class(served, name) for kind, name in OF_CLASS.items()}


def of_class(server: Server, name: str) -> str:
    """The path of the entity of a class of which most is said; empty where there is none."""
    query = (
        "PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX kg: <https://w3id.org/kommungraf/ns#> "
        "PREFIX org: <http://www.w3.org/ns/org#> "
        f"SELECT ?s {{ ?s a {name} . ?s ?p ?o }} GROUP BY ?s ORDER BY DESC(COUNT(*)) ?s LIMIT 1"
    )
    answer = httpx.get(f"{server.root}sparql", params={"query": query, "format": "csv"})
    iri = "".join(answer.text.split()[1:]).strip('"')
    return quote("/id/" + iri.partition("/id/")[2]) if iri else ""


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_whole_and_open_to_all(kind: str, paths: dict[str, str], readers: tuple[Watched, Watched]) -> None:
    swede, other = readers
    for reader, language in ((swede, "sv"), (other, "en")):
        assert reader.open(paths[kind]) == 200
        assert reader.page.locator("html").get_attribute("lang") == language
        assert reader.page.locator("main h1").count() == 1
        assert reader.page.title()
    page = swede.page
    barriers: dict[str, list[str]] = {}
    barriers["light"] = swede.barriers()
    page.emulate_media(color_scheme="dark")
    barriers["dark"] = swede.barriers("color-contrast")
    page.set_viewport_size(LONG)
    barriers["narrow"] = swede.barriers()
    overflow = swede.overflow()
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    wrong, swede.wrong, other.wrong = swede.wrong + other.wrong, [], []
    assert wrong == []
    assert barriers == {"light": [], "dark": [], "narrow": []}
    assert overflow <= 0


def test_three_clicks_lead_from_the_start_to_a_quoted_line(readers: tuple[Watched, Watched]) -> None:
    """Something that the start page names, a fact of it, the line that says so; with JavaScript and without."""
    for reader in readers:
        reader.open("/")
        page, clicks = reader.page, 0
        while "/passage/" not in page.url:
            quoted = page.locator("main a[href*='/id/passage/']:visible")
            named = page.locator("main a[href*='/id/']:visible, main a[href*='sok?']:visible")
            (quoted if quoted.count() else named).first.click()
            page.wait_for_load_state()
            clicks += 1
            assert clicks <= 3
        assert page.locator("main mark, main blockquote").first.is_visible()
        assert reader.wrong == []


def test_the_query_page_runs_a_query(browser: Browser, served: Server) -> None:
    with tab(browser, served.root, viewport=WIDE) as reader:
        reader.open("/sparql")
        page = reader.page
        page.locator(".yasqe_queryButton").first.click()
        page.locator(".yasr table tbody tr").first.wait_for()
        unexpected = [one for one in reader.wrong if not any(known in one for known in REFUSED)]
        assert unexpected == []


def test_the_keyboard_reaches_all(readers: tuple[Watched, Watched]) -> None:
    """The first stop leads past the head of the page; then come search and navigation; where one is, is seen."""
    page = readers[0].page
    readers[0].open("/")
    stops = []
    for _ in range(20):
        page.keyboard.press("Tab")
        stops.append(
            page.evaluate("""() => {
            const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
            const seen = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
            return {id: one.id, skip: one.matches('.skip'), nav: !!one.closest('nav'),
                    seen: seen && box.width > 0 && box.bottom > 0 && box.right > 0};
        }""")
        )
    assert stops[0]["skip"]
    assert [stop for stop in stops if not stop["seen"]] == []
    assert "seek" in [stop["id"] for stop in stops]
    assert any(stop["nav"] for stop in stops)
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_language_is_changed_by_a_link_and_stays(browser: Browser, served: Server) -> None:
    with tab(browser, served.root, locale="sv-SE", viewport=WIDE) as reader:
        reader.open("/oversikt/loften")
        reader.page.locator(".tongue a").click()
        reader.page.wait_for_load_state()
        assert reader.page.locator("html").get_attribute("lang") == "en"
        reader.open("/fragor")
        assert reader.page.locator("html").get_attribute("lang") == "en"
        assert reader.wrong == []


@pytest.mark.parametrize("kind", ["person", "presence"])
def test_a_page_is_printed(kind: str, paths: dict[str, str], readers: tuple[Watched, Watched]) -> None:
    readers[0].open(paths[kind])
    assert readers[0].page.pdf(format="A4").startswith(b"%PDF")


@pytest.fixture(scope="module")
def hostile_served(hostile_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(hostile_graph, tmp_path_factory.mktemp("hostile_served") / "stderr.txt") as server:
        yield server


REFUSED = ("prefix.cc", "404 (Not Found)", "TypeError: Failed to fetch")
"""The query page, which is Oxigraph's, asks elsewhere for prefixes and here for a picture: it is not let, and works."""

RUN = """() => ({
    ran: window.__x,
    made: [...document.querySelectorAll('main *')].filter(one =>
        one.matches('script, iframe, object, embed, base, meta, style, link, img[src="x"]')
        || one.matches('[onload], [onerror], [onfocus], [onbegin]')
        || /^javascript:/i.test(one.getAttribute('href') || '')).map(one => one.outerHTML.slice(0, 200)),
})"""


def test_nothing_in_a_document_runs(browser: Browser, hostile_served: Server) -> None:
    """Pages over documents whose text tries to: no script, no element of theirs, no request elsewhere, no defect."""
    pages = [path for name in OF_CLASS.values() if (path := of_class(hostile_served, name))]
    pages += [path for path in PATHS.values() if path != "/fragor/people"]
    pages += [f"/sok?q={quote(payload[:200])}" for payload, _ in PAYLOADS]
    query = "SELECT ?s { ?s a <https://w3id.org/kommungraf/ns#Decision> } ORDER BY ?s LIMIT 25"
    rows = httpx.get(f"{hostile_served.root}sparql", params={"query": query, "format": "csv"}).text.split()[1:]
    pages += [quote("/id/" + row.strip('"').partition("/id/")[2]) for row in rows]
    with tab(browser, hostile_served.root, viewport=WIDE) as reader:
        for path in pages:
            assert reader.open(path) == 200, path
            assert reader.page.evaluate(RUN) == {"made": []} or reader.page.evaluate(RUN) == {
                "ran": None,
                "made": [],
            }, path
            assert reader.wrong == [], path
