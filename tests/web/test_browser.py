"""The pages as people use them: in a browser, in two languages, by keyboard, on a telephone, on paper, in the dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pypdfium2
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

QUOTED = "a[href*='/id/passage/']"
NAMED = ":is(a[href*='/id/'], a[href*='sok?'])"
REPEATED = ("tr:nth-child(n+20)", ".year:nth-child(n+5)", ".entry:nth-child(n+20)")
"""Rows and entries like those above them. Looking at their colours one by one takes a minute, and finds the same."""
STOPS = 120
"""Times that somebody may have to press Tab before a page's first line of a document."""

STOP = """wanted => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const marked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
    const inside = box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
    return {what: one.outerHTML.slice(0, 150), id: one.id, skip: one.matches('.skip'), wanted: one.matches(wanted),
            seen: marked && inside};
}"""


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
    english = swede.english()
    barriers: dict[str, list[str]] = {}
    barriers["wide"] = swede.barriers(colours=False)
    barriers["light"] = swede.barriers("color-contrast", apart=REPEATED)
    page.emulate_media(color_scheme="dark")
    barriers["dark"] = swede.barriers("color-contrast", apart=REPEATED)
    page.set_viewport_size(LONG)
    barriers["narrow"] = swede.barriers(colours=False)
    overflow = swede.overflow()
    page.set_viewport_size(WIDE)
    page.emulate_media(color_scheme="light")
    wrong, swede.wrong, other.wrong = swede.wrong + other.wrong, [], []
    assert wrong == []
    assert english == []
    assert barriers == {"wide": [], "light": [], "dark": [], "narrow": []}
    assert overflow <= 0


def test_three_clicks_lead_from_the_start_to_a_quoted_line(readers: tuple[Watched, Watched]) -> None:
    """Something that the start page names, a fact of it, the line that says so; with JavaScript and without."""
    for reader in readers:
        reader.open("/")
        page, clicks = reader.page, 0
        while "/passage/" not in page.url:
            quoted = page.locator(f"main {QUOTED}:visible")
            named = page.locator(f"main {NAMED}:visible")
            reader.follow((quoted if quoted.count() else named).first.click)
            clicks += 1
            assert clicks <= 3
        assert page.locator("main mark, main blockquote").first.is_visible()
        assert reader.wrong == []


def test_the_keyboard_leads_from_the_start_to_a_quoted_line(readers: tuple[Watched, Watched]) -> None:
    """The same with Tab and Enter alone; every stop on the way can be seen."""
    reader = readers[0]
    page = reader.page
    reader.open("/")
    for _ in range(3):
        wanted = QUOTED if page.locator(f"main {QUOTED}:visible").count() else NAMED
        for _ in range(STOPS):
            page.keyboard.press("Tab")
            stop = page.evaluate(STOP, wanted)
            assert stop["seen"], stop
            if stop["wanted"]:
                break
        reader.follow(lambda: page.keyboard.press("Enter"))
        if "/passage/" in page.url:
            break
    assert page.locator("main mark, main blockquote").first.is_visible()
    assert reader.wrong == []


def test_the_query_page_runs_a_query(browser: Browser, served: Server) -> None:
    """It is a click away. It would ask a server elsewhere for prefixes: that is refused, and nothing else."""
    with tab(browser, served.root, viewport=WIDE) as reader:
        reader.open("/")
        page = reader.page
        reader.follow(page.locator("nav a", has_text="SPARQL").click)
        page.locator(".yasqe_queryButton").first.click()
        page.locator(".yasr table tbody tr").first.wait_for()
        assert len([one for one in reader.wrong if one.startswith("warning: TypeError: Failed to fetch")]) == 1
        refused = [one for one in reader.wrong if "http://prefix.cc/popular/all.file.json" in one]
        assert refused
        assert len(reader.wrong) == len(refused) + 1, reader.wrong


def test_the_keyboard_reaches_all(readers: tuple[Watched, Watched]) -> None:
    """The first stop leads past the head of the page; then come search and navigation; where one is, is seen."""
    page = readers[0].page
    readers[0].open("/")
    stops = []
    for _ in range(20):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(STOP, "nav a"))
    assert stops[0]["skip"]
    assert [stop for stop in stops if not stop["seen"]] == []
    assert "seek" in [stop["id"] for stop in stops]
    assert any(stop["wanted"] for stop in stops)
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_language_is_changed_by_a_link_and_stays(browser: Browser, served: Server) -> None:
    with tab(browser, served.root, locale="sv-SE", viewport=WIDE) as reader:
        reader.open("/oversikt/loften")
        reader.follow(reader.page.locator(".tongue a").click)
        assert reader.page.locator("html").get_attribute("lang") == "en"
        reader.open("/fragor")
        assert reader.page.locator("html").get_attribute("lang") == "en"
        assert reader.wrong == []


@pytest.mark.parametrize("kind", ["person", "presence"])
def test_a_page_is_printed(kind: str, paths: dict[str, str], readers: tuple[Watched, Watched]) -> None:
    """What it says is on paper, with the addresses of the lines; what is to be clicked is not."""
    readers[0].open(paths[kind])
    page = readers[0].page
    with pypdfium2.PdfDocument(page.pdf(format="A4")) as document:
        printed = "".join(sheet.get_textpage().get_text_range() for sheet in document)
    assert page.locator("h1").inner_text() in printed
    assert page.locator("table.data tbody th").first.inner_text() in printed
    assert page.locator(".skip").inner_text() not in printed
    assert page.locator(".tongue").inner_text() not in printed


@pytest.fixture(scope="module")
def hostile_served(hostile_graph: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(hostile_graph, tmp_path_factory.mktemp("hostile_served") / "stderr.txt") as server:
        yield server


RUN = """() => ({
    ran: window.__x ?? null,
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
            assert reader.page.evaluate(RUN) == {"ran": None, "made": []}, path
            assert reader.wrong == [], path
