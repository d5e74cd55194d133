"""Overviews: what is shown is what was run, silence is never an end, everything leads to a line, and CSV is CSV."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store, serialize
from selectolax.lexbor import LexborHTMLParser, LexborNode

sys.path.insert(0, str(Path(__file__).parents[1]))  # the module of stores is beside the folder

from stores_elsewhere import Elsewhere, oxigraph, virtuoso

from kommungraf.languages import ENGLISH, catalogue, words
from kommungraf.model.iri import NS
from kommungraf.query.remote import RemoteStore
from kommungraf.query.store import open_store
from kommungraf.web import pages
from kommungraf.web.pages import contradictions, coverage, money, presence, promises
from kommungraf.web.parts import overviews
from kommungraf.web.parts.tables import csv_page, harmless
from kommungraf.web.site import Page, PageRequest, Site

BASE = "https://w3id.org/kommungraf/id/"
OVERVIEWS = ("/oversikt/narvaro", "/oversikt/loften", "/oversikt/motsagelser", "/oversikt/pengar", "/oversikt/tackning")


class Counted:
    """A store that counts what it is asked."""

    def __init__(self, store: Store) -> None:
        self.store, self.asked = store, 0

    def query(self, query: str, **options: Any) -> Any:
        self.asked += 1
        return self.store.query(query, **options)

    def quads_for_pattern(self, *pattern: Any) -> Any:
        self.asked += 1
        return self.store.quads_for_pattern(*pattern)


def site_of(out: Path) -> Site:
    return Site(open_store(out), BASE, "000001", out, (out / "store").resolve().parent)


@pytest.fixture(scope="module")
def site(corpus_graph: Path) -> Site:
    return site_of(corpus_graph)


def get(site: Site, address: str, language: str = "sv") -> Page:
    """The page at an address."""
    parts = urlsplit(address)
    query = tuple(parse_qsl(parts.query))
    form = dict(query).get("format", "html")
    return pages.page(site, PageRequest(unquote(parts.path), query, language, form))  # type: ignore[arg-type]


def html(page: Page) -> LexborHTMLParser:
    assert page.media_type.startswith("text/html")
    return LexborHTMLParser(page.body.decode())


def table_of(page: Page) -> list[dict[str, str]]:
    assert page.media_type == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(page.body.decode(), newline="")))


def texts(nodes: list[LexborNode]) -> list[str]:
    return [" ".join(node.text().split()) for node in nodes]


def first(tree: LexborHTMLParser, selector: str) -> LexborNode:
    found = tree.css_first(selector)
    assert found is not None, selector
    return found


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("path", OVERVIEWS)
def test_an_overview_has_all_that_it_should(site: Site, path: str, language: str) -> None:
    tree = html(get(site, path, language))
    assert len(tree.css("h1")) == 1
    assert len(first(tree, ".lede").text()) > 40, "what is shown, and what silence means"
    assert first(tree, "form.filters").attributes["method"] == "get"
    assert all(
        tree.css_first(f'label[for="{field.id}"]') for field in tree.css("form.filters select, form.filters input")
    )
    for svg in tree.css("figure svg"):
        assert svg.attributes["role"] in ("img", "group")
        assert all(first(tree, f"#{name}").text() for name in str(svg.attributes["aria-labelledby"]).split())
    assert tree.css("figure svg")
    assert tree.css("table.data thead th[scope=col]")
    assert "format=csv" in str(first(tree, 'a[type="text/csv"]').attributes["href"])
    assert tree.css("details.query code")
    assert not tree.css("[style], script, [onclick]"), "the pages' policy allows none"
    ids = [node.id for node in tree.css("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", OVERVIEWS)
def test_the_query_that_is_shown_is_the_one_that_was_run(site: Site, path: str) -> None:
    """It stands on its own: any SPARQL tool takes it, and gives as many rows as the page had."""
    tree = html(get(site, path))
    kept = site.memo["overviews"]
    for shown, link in zip(tree.css("details.query code"), tree.css("details.query p a"), strict=True):
        answer = site.store.query(shown.text(), use_default_graph_as_union=True)
        assert isinstance(answer, QuerySolutions)
        assert len(list(answer)) == len(kept[shown.text()].rows) > 0
        told = dict(parse_qsl(str(link.attributes["href"]).partition("#")[2]))
        assert told["query"] == shown.text()


@pytest.mark.parametrize("path", OVERVIEWS)
def test_a_query_is_called_by_its_question_in_the_language(site: Site, path: str) -> None:
    english = texts(html(get(site, path, "en")).css("details.query summary"))
    swedish = texts(html(get(site, path)).css("details.query summary"))
    assert len(english) == len(swedish) == len(set(english))
    assert not set(english) & set(swedish)
    asked = [said.removeprefix("Show query: ") for said in english if said.startswith("Show query: ")]
    assert asked
    assert set(asked) <= catalogue("sv").keys()


@pytest.mark.parametrize("path", OVERVIEWS)
def test_every_line_that_is_linked_to_is_a_passage(site: Site, path: str) -> None:
    places = {str(link.attributes["href"]) for link in html(get(site, path)).css('a[href*="/id/passage/"]')}
    if path == "/oversikt/tackning":
        assert places == set(), "numbers of documents rest on no single line"
        return
    assert places
    for place in places:
        node = NamedNode(site.iri(unquote(place)))
        assert any(site.store.quads_for_pattern(node, NamedNode(NS + "page"), None)) or any(
            site.store.quads_for_pattern(None, NamedNode(NS + "evidence"), node)
        )


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def elsewhere(
    request: pytest.FixtureRequest, corpus_store: Store, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Site]:
    """The site over a store elsewhere that holds the same graphs."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "store").mkdir()
    with oxigraph(folder / "store") if request.param == "oxigraph" else virtuoso(folder) as store:
        push(corpus_store, store)
        yield Site(RemoteStore(store.query), BASE, "1")


def push(source: Store, target: Elsewhere) -> None:
    with httpx.Client(auth=httpx.DigestAuth("dba", "dba"), timeout=60) as client:
        for graph in source.named_graphs():
            triples = (quad.triple for quad in source.quads_for_pattern(None, None, None, graph))
            body = serialize(triples, format=RdfFormat.N_TRIPLES)
            name = {"graph": graph.value, "graph-uri": graph.value}
            headers = {"content-type": "application/n-triples"}
            client.put(target.graphs, params=name, content=body, headers=headers).raise_for_status()


def test_a_store_elsewhere_gives_the_same(corpus_store: Store, elsewhere: Site) -> None:
    here = Site(corpus_store, BASE, "1")
    for path in ("/oversikt", *OVERVIEWS):
        assert get(elsewhere, path).body == get(here, path).body, path
        data = f"{path}?format=csv"
        assert get(elsewhere, data).body == get(here, data).body, data
    assert table_of(get(elsewhere, "/fragor/people?format=csv")), "a question with its order and its limit"


@pytest.mark.parametrize("path", OVERVIEWS)
def test_a_second_look_asks_the_graph_nothing(corpus_graph: Path, path: str) -> None:
    counted = Counted(open_store(corpus_graph))
    site = Site(counted, BASE, "1", corpus_graph)
    get(site, path)
    asked = counted.asked
    assert asked > 0
    get(site, path, "en")
    get(site, f"{path}?q=kommun&year=2023&format=csv")
    first_time = 1 if path == "/oversikt/pengar" else 0
    assert counted.asked - asked <= first_time, "of money only the lines that are chosen are asked for"


@pytest.mark.parametrize("path", ["/oversikt", *OVERVIEWS])
def test_a_graph_without_anything_has_pages_that_say_so(empty_graph: Path, path: str) -> None:
    site = site_of(empty_graph)
    for language in ("sv", "en"):
        tree = html(get(site, path, language))
        assert tree.css("h1")
    assert get(site, f"{path}?format=csv").status == 200


@pytest.mark.parametrize("path", ["/oversikt", *OVERVIEWS, "/fragor/decisions", "/fragor/promises", "/fragor/figures"])
def test_text_of_documents_stays_text(hostile_graph: Path, path: str) -> None:
    for language in ("sv", "en"):
        tree = html(get(site_of(hostile_graph), path, language))
        assert not tree.css(
            "script, iframe, object, embed, img[onerror], [onload], [onclick], [style], base, meta[http-equiv]"
        )
        assert not [a for a in tree.css("a") if not str(a.attributes["href"]).startswith(("/", "#", "?", "https://"))]


def test_the_page_that_leads_to_all(site: Site) -> None:
    tree = html(get(site, "/oversikt"))
    linked = {str(link.attributes["href"]) for link in tree.css("main a")}
    assert {*OVERVIEWS, "/fragor"} <= linked
    assert len(tree.css("main svg")) == len(OVERVIEWS)
    numbers = {row["overview"]: int(row["number"]) for row in table_of(get(site, "/oversikt?format=csv"))}
    assert numbers["motsagelser"] == len(table_of(get(site, "/oversikt/motsagelser?format=csv")))
    assert numbers["loften"] == len(table_of(get(site, "/oversikt/loften?format=csv")))


def test_more_rows_than_are_kept_are_told_of(corpus_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(overviews, "MOST", 7)
    tree = html(get(site_of(corpus_graph), "/oversikt/narvaro", "en"))
    assert "more than the 7 rows" in first(tree, ".note-warn").text()
    assert first(tree, "details.query code").text().endswith("LIMIT 8"), (
        "one more than is kept, to know that there are more"
    )


def test_no_more_rows_are_kept_than_there_is_room_for(corpus_graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The answers that were used the longest ago are forgotten."""
    monkeypatch.setattr(overviews, "_KEPT_ROWS", 100)
    site = site_of(corpus_graph)
    for path in OVERVIEWS:
        get(site, path)
    kept = site.memo["overviews"]
    assert sum(len(answer.rows) for answer in kept.values()) <= 100
    assert "documentTypes" in list(kept)[-1], "the last that was asked for is there"


# Presence


def row_of(site: Site, name: str, kind: str = "Project") -> dict[str, str]:
    return {
        row["year"]: row["presence"]
        for row in table_of(get(site, f"/oversikt/narvaro?kind={kind}&format=csv"))
        if row["name"] == name
    }


def test_silence_and_missing_documents_are_not_an_end(site: Site) -> None:
    assert row_of(site, "Läsglädje") == {
        "2022": "new", "2023": "silent", "2024": "silent", "2025": "resumed", "2026": "silent",
    }  # fmt: skip
    assert row_of(site, "Grönstråket")["2025"] == "noDocuments"
    tree = html(get(site, "/oversikt/narvaro?kind=Project&q=läsglädje", "en"))
    assert texts(tree.css("table.matrix tbody td .unseen")) == [
        "new", "silent", "silent", "named again after silence", "silent",
    ]  # fmt: skip
    assert presence.STYLES["ended"] not in (presence.STYLES["silent"], presence.STYLES["noDocuments"])


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("module", [presence, promises])
def test_states_are_told_apart_without_colour(module: Any, language: str) -> None:
    """Within a graphic no two states share a letter, a fill or a word."""
    say = words(language)
    assert len({say(letter) for letter in module.LETTERS.values()}) == len(module.LETTERS)
    assert len({say(name) for name in module.NAMES.values()}) == len(module.NAMES)
    assert len(set(module.STYLES.values())) == len(module.NAMES)
    assert module.LETTERS.keys() == module.NAMES.keys() == module.STYLES.keys()


def test_things_are_in_the_order_of_their_first_year(site: Site) -> None:
    things = presence.things_of(presence.states(site, presence.kinds_of(site)["Project"]))
    assert [thing.first for thing in things] == sorted(thing.first for thing in things)
    assert things[0].first == "2020"


# (parameters, what is asked, why)
PRESENCE_FILTERS = [
    (
        "kind=Project&state=silent&year=2024",
        lambda row: row["presence"] == "silent" and row["year"] == "2024",
        "both in one year",
    ),
    ("kind=Project&q=språk jobb", lambda row: "Språk på jobbet" in row["name"], "every word, in any case"),
    ("kind=Network", lambda row: row["kind"] == "Network", "the kind"),
]


@pytest.mark.parametrize(("asked", "fits", "why"), PRESENCE_FILTERS, ids=[row[2] for row in PRESENCE_FILTERS])
def test_presence_is_filtered(site: Site, asked: str, fits: Any, why: str) -> None:
    rows = table_of(get(site, f"/oversikt/narvaro?{asked}&format=csv"))
    things = {row["entity"] for row in rows}
    assert things, why
    assert {row["entity"] for row in rows if fits(row)} == things, why


@pytest.mark.parametrize(
    "asked", ["kind=Nothing", "kind=%3Cscript%3E", "year=abc", "state='", "page=99999999999999", "page=-1", "page=²"]
)
def test_what_there_is_not_to_choose_is_as_nothing_chosen(site: Site, asked: str) -> None:
    plain = len(html(get(site, "/oversikt/narvaro")).css("table.matrix tbody tr"))
    assert len(html(get(site, f"/oversikt/narvaro?{asked}")).css("table.matrix tbody tr")) == plain


@settings(deadline=None)
@given(st.integers(0, 350), st.integers(10, 60), st.text(max_size=5))
def test_parts_of_a_list_make_up_the_whole(total: int, size: int, asked: str) -> None:
    rows = list(range(total))
    request = PageRequest("/x", (("page", asked),))
    part = overviews.part(request, rows, size)
    assert part.total == total
    assert len(part.rows) <= size
    seen, request = [], PageRequest("/x")
    while True:
        part = overviews.part(request, rows, size)
        seen += part.rows
        if not part.after:
            break
        request = PageRequest("/x", tuple(parse_qsl(urlsplit(part.after).query)))
    assert seen == rows


# Promises


def planned(follow_up: str) -> promises.Planned:
    return promises.Planned("p", "2023", "Göra något.", follow_up, "e", "d", "f")


def link(leads: str, status: str, score: str) -> promises.FollowUp:
    return promises.FollowUp("p", NS + leads, status, score, "why", "r", "Gjort.", "e2", "d2")


DONE, AGAIN = link("reported", "done", "0.7"), link("next", "changed", "0.8")

# (followUp, links, outcome, score of the link that is shown, why)
OUTCOMES = [
    ("reported", [DONE, link("reported", "partly", "0.9")], "partly", "0.9", "the surest link"),
    ("reported", [DONE, AGAIN], "done", "0.7", "a report before a plan"),
    ("noWord", [AGAIN], "carriedForward", "0.8", "again in a later plan, in other words"),
    ("noWord", [], "noWord", "", "a report is held and says nothing"),
    ("noReportHeld", [], "noReportHeld", "", "no report is held: that is no silence of the report"),
    ("unclear", [], "unclear", "", "too unsure to say"),
    ("reported", [], "unclear", "", "the link is not in the graph"),
]  # fmt: skip


@pytest.mark.parametrize(("follow_up", "links", "outcome", "score", "why"), OUTCOMES, ids=[row[4] for row in OUTCOMES])
def test_what_became_of_a_promise(
    follow_up: str, links: list[promises.FollowUp], outcome: str, score: str, why: str
) -> None:
    came, shown = promises.outcome(planned(follow_up), links)
    assert (came, shown.score if shown else "") == (outcome, score), why


def test_the_board_has_every_promise_once(site: Site) -> None:
    rows = table_of(get(site, "/oversikt/loften?format=csv"))
    assert len({row["planned"] for row in rows}) == len(rows) > 50
    assert {row["outcome"] for row in rows} <= promises.NAMES.keys()
    board = promises.board(site)
    per_year = promises.per_year(board.promises)
    assert sum(sum(counts.values()) for counts in per_year.values()) == len(rows)
    for row in rows:
        assert bool(row["reportEvidence"]) == bool(row["score"]) == bool(row["because"])


def test_a_promise_has_both_quotes(site: Site) -> None:
    tree = html(get(site, "/oversikt/loften?q=sommarlovsaktiviteter&year=2022"))
    assert (
        texts(tree.css("table.data tbody tr td blockquote p"))[0]
        == "Ta fram en gemensam vägledning för sommarlovsaktiviteter."
    )
    tree = html(get(site, "/oversikt/loften?outcome=done&q=digitaliseringsnätverket", "en"))
    quotes = texts(tree.css("table.data tbody tr:first-child td blockquote p"))
    assert len(quotes) == 2
    assert first(tree, ".because").attributes["lang"] == "en"
    assert all(quote.attributes["lang"] == "sv" for quote in tree.css("blockquote p"))


# Contradictions


def test_contradictions_have_both_sides_and_the_surest_come_first(site: Site) -> None:
    rows = table_of(get(site, "/oversikt/motsagelser?format=csv"))
    scores = [float(row["score"]) for row in rows]
    assert scores == sorted(scores, reverse=True)
    counted = next(row for row in rows if "412 deltagare" in row["quoteA"])
    assert "421 deltagare" in counted["quoteB"]
    assert (counted["kind"], counted["titleA"]) == ("text", "Verksamhetsberättelse 2022")
    tree = html(get(site, "/oversikt/motsagelser?kind=notice"))
    assert [len(card.css("blockquote")) for card in tree.css("article")] == [2]


def test_every_kind_of_contradiction_has_words() -> None:
    """The kinds that the query of contradictions names are those that have words."""
    from kommungraf.query.named_queries import named_query

    help_of_kind = next(p.help for p in named_query("contradictions").parameters if p.name == "kind")
    assert set(help_of_kind.split(", ")) == contradictions.KINDS.keys()


# Money


def value(series: str, year: str, number: str, about: str = "", restated: str = "") -> money.Value:
    return money.Value(
        series, f"{series}-{year}-{number}-{about}", year, number, number, "e", f"d{about}", "t", about, restated
    )


# (values of a year, the one that stands, are there several, why)
STANDING = [
    ([value("s", "2022", "5")], "5", False, "the only one"),
    ([value("s", "2022", "5", "2022"), value("s", "2022", "5", "2023")], "5", False, "the same in two documents"),
    ([value("s", "2022", "5", "2022", "later"), value("s", "2022", "7", "2023")], "7", True, "restated"),
    (
        [value("s", "2022", "5", "2023", "later"), value("s", "2022", "7", "2022")],
        "7",
        True,
        "restated, whatever the order",
    ),
    (
        [value("s", "2022", "5", "2022"), value("s", "2022", "7", "2024")],
        "7",
        True,
        "of two that differ the later document",
    ),
]


@pytest.mark.parametrize(("values", "stands", "several", "why"), STANDING, ids=[row[3] for row in STANDING])
def test_which_value_stands(values: list[money.Value], stands: str, several: bool, why: str) -> None:
    (last, more) = money.current(values)["2022"]
    assert (last.value, more) == (stands, several), why


def line(site: Site, name: str) -> money.Line:
    return next(line for line in money.lines_of(money.all_lines(site).rows) if line.name == name)


def test_a_restated_value_is_marked_and_both_are_shown(site: Site) -> None:
    revenue = line(site, "Summa intäkter")
    rows = table_of(get(site, f"/oversikt/pengar?line={revenue.key}&format=csv"))
    of_2022 = {(row["value"], row["stands"]) for row in rows if (row["year"], row["phase"]) == ("2022", "outcome")}
    assert of_2022 == {("13432000", "no"), ("13432314", "no"), ("13472000", "yes")}
    tree = html(get(site, f"/oversikt/pengar?line={revenue.key}", "en"))
    assert "restated later as 13,472,000" in first(tree, "table.data").text()
    assert tree.css("svg .chart-hollow")
    assert "thousand SEK" in texts(tree.css("svg .chart-axis"))


def test_lines_are_compared_and_units_are_not_mixed(site: Site) -> None:
    names = ("Summa intäkter", "Personalkostnader", "Medelantalet anställda")
    asked = "&".join(f"line={line(site, name).key}" for name in names)
    tree = html(get(site, f"/oversikt/pengar?{asked}"))
    axes = [text for svg in tree.css("figure svg") for text in texts(svg.css(".chart-axis"))]
    assert [text for text in axes if text.isalpha()] == ["tkr", "personer"]
    assert {"A", "B"} <= set(texts(tree.css("figure:nth-of-type(1) svg .chart-strong")))


def test_at_most_five_lines_and_none_that_there_is_not(site: Site) -> None:
    keys = [known.key for known in money.lines_of(money.all_lines(site).rows)]
    rows = table_of(get(site, "/oversikt/pengar?" + "&".join(f"line={key}" for key in keys) + "&format=csv"))
    assert len({(row["line"], row["scope"]) for row in rows}) == money.MOST_LINES
    plain = get(site, "/oversikt/pengar").body
    assert get(site, "/oversikt/pengar?line=..%2F..%2Fetc").body.count(b"<tr>") == plain.count(b"<tr>")


@pytest.mark.parametrize(
    ("language", "number", "said"),
    [
        ("sv", "-1480000", "\u22121\u00a0480\u00a0000"),
        ("en", "1480000.50", "1,480,000.5"),
        ("sv", "0.25", "0,25"),
        ("en", "-0.5", "\u22120.5"),
    ],
)
def test_numbers_are_written_as_the_language_does(language: str, number: str, said: str) -> None:
    assert money.number(words(language), Decimal(number)) == said


# Coverage


def test_gaps_between_years_are_shown_and_not_beyond(site: Site) -> None:
    kept = {kept.code: kept for kept in coverage.by_type(site, ENGLISH, coverage.held(site).rows)}
    plans = kept["verksamhetsplan"]
    assert (plans.name, plans.number("2021"), plans.number("2020"), plans.number("2019")) == (
        "activity plan",
        0,
        1,
        None,
    )
    tree = html(get(site, "/oversikt/tackning"))
    assert any("type=protokoll&year=2023" in str(a.attributes["href"]) for a in tree.css("table.matrix a"))


def test_what_could_not_be_read_is_named(site: Site, tmp_path: Path) -> None:
    issues = [
        {
            "file": "trasig.pdf",
            "stage": "read",
            "kind": "broken",
            "message": "It ends early.",
            "page": None,
            "quarantined": True,
        },
        {
            "file": "a.pdf",
            "stage": "extract",
            "kind": "outcome",
            "message": "<b>No verb</b>",
            "page": 2,
            "quarantined": False,
        },
        {
            "file": "b.pdf",
            "stage": "extract",
            "kind": "outcome",
            "message": "Another.",
            "page": 2,
            "quarantined": False,
        },
    ]
    (tmp_path / "issues.jsonl").write_text("".join(json.dumps(issue) + "\n" for issue in issues), encoding="utf-8")
    tree = html(get(Site(site.store, BASE, "1", tmp_path), "/oversikt/tackning", "en"))
    said = first(tree, "main").text()
    assert "1 file is not in the graph." in said
    assert "trasig.pdf" in said
    assert texts(tree.css("table.data")[-1].css("tbody tr td.num")) == ["2", "1"]
    assert "<b>No verb</b>" in said, "a message is text, whatever it holds"


def test_without_the_builds_folder_problems_are_with_the_builder(site: Site) -> None:
    tree = html(get(Site(site.store, BASE, "1"), "/oversikt/tackning", "en"))
    assert "with whoever built the graph" in first(tree, "main").text()


# CSV

# (cell, what is written, why)
CELLS = [
    ("Kommunstyrelsen", "Kommunstyrelsen", "text"),
    ("=HYPERLINK(1)", "'=HYPERLINK(1)", "a formula"),
    ("+46 70", "+46 70", "digits cannot do anything"),
    ("+A1", "'+A1", "a formula, too"),
    ("-2+3+cmd|' /C calc'!A0", "'-2+3+cmd|' /C calc'!A0", "the well-known attack"),
    ("@SUM(A1)", "'@SUM(A1)", "a formula of old spreadsheets"),
    (" =1+1", "' =1+1", "spreadsheets may pass over a space"),
    ("\t=1", "'\t=1", "or a tab"),
    ("-1480000", "-1480000", "a negative number stays one"),
    ("-1 480,5", "-1 480,5", "as it is printed, too"),
    ("\uff1d1", "'\uff1d1", "the wide sign counts as the narrow one in some"),
    ("– tom –", "– tom –", "a dash is no minus"),
]


@pytest.mark.parametrize(("cell", "written", "why"), CELLS, ids=[row[2] for row in CELLS])
def test_no_cell_is_run(cell: str, written: str, why: str) -> None:
    assert harmless(cell) == written, why


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=2), max_size=6))
def test_a_table_is_read_back_as_it_was(rows: list[list[str]]) -> None:
    page = csv_page("x", ["a", "b"], rows)
    assert page.headers == (("content-disposition", 'attachment; filename="x.csv"'),)
    back = list(csv.reader(io.StringIO(page.body.decode("utf-8", "surrogatepass"), newline="")))
    assert back == [["a", "b"], *[[harmless(cell) for cell in row] for row in rows]]


def test_lines_end_as_the_standard_says() -> None:
    assert csv_page("x", ["a", "b"], [['say "hi"', "1,2\n3"]]).body == b'a,b\r\n"say ""hi""","1,2\n3"\r\n'
