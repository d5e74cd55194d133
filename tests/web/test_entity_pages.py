"""Pages of people, bodies, cases, municipalities, parties, organisations: whole, linked, proved, in two languages."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Store

from kommungraf.config import DEFAULT_BASE
from kommungraf.query.entity import describe
from kommungraf.query.find import Candidate, named
from kommungraf.query.nodes import Node
from kommungraf.web.pages import page
from kommungraf.web.pages.entity import PORTRAITS
from kommungraf.web.parts import portraits, years
from kommungraf.web.parts.seats import Seat
from kommungraf.web.parts.years import linked
from kommungraf.web.site import NotFoundError, Page, PageRequest, Site

PERSON = "/id/person/kommunförbundet-exempelbygden/johan-ekdahl"
BODY = "/id/body/kommunförbundet-exempelbygden/styrelsen"
CASE = "/id/case/granåkers-kommun/ks-2020-112"
HELPERS = frozenset({"br", "hr", "img", "input", "link", "meta", "rect", "path", "line", "circle", "use"})
"""Elements that need no end."""
BOXES = frozenset({"td", "th", "li", "dt", "dd", "p", "h1", "h2", "h3"})
"""Elements after which a reader pauses."""


@pytest.fixture(scope="module")
def site(corpus_graph: Path, corpus_store: Store) -> Site:
    return Site(corpus_store, DEFAULT_BASE, "1", corpus_graph, (corpus_graph / "store").resolve().parent)


def get(site: Site, path: str, language: str = "sv", form: str = "html", **query: str) -> Page:
    return page(site, PageRequest(path, tuple(query.items()), language, form, "http://localhost"))  # type: ignore[arg-type]


def text_of(site: Site, path: str, language: str = "sv", **query: str) -> str:
    """The text of a page as it is read, without its marks."""
    return " ".join(plain(get(site, path, language, **query).body.decode()).split())


def plain(piece: str) -> str:
    """The text of a piece of HTML."""
    read = Reading()
    read.feed(piece)
    read.close()
    return "".join(read.texts)


class Reading(HTMLParser):
    """What a page holds: its elements with their attributes, its text; ``faults``: what is not nested."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.faults: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))
        if tag not in HELPERS:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attributes)))

    def handle_endtag(self, tag: str) -> None:
        if tag in HELPERS:
            return
        if not self._open or self._open.pop() != tag:
            self.faults.append(tag)
        if tag in BOXES:
            self.texts.append(" ")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


# (path, language, words of the page, why)
TOLD = [
    (PERSON, "sv", "omnämns i 11 dokument från 2019–2026", "where a person is known from"),
    (PERSON, "sv", "Andra namn Johan Ekdal, Johan Olof Ekdahl", "other spellings"),
    (PERSON, "en", "Johan Ekdahl and Johan Ekdal sound the same", "… and why they are one"),
    (PERSON, "sv", "styrelsen vice ordförande 2023-05-01 – 2027-04-30 vald", "a post that a text states"),
    (PERSON, "sv", "styrelsen ersättare 2019-05-01 – (2022-10-20)", "an end that documents only show is in brackets"),
    (PERSON, "en", "10 people sat in the same body in the same year", "who sat there at the same time"),
    (PERSON, "en", "That somebody was there does not say how they voted", "attending is not voting"),
    (PERSON, "sv", "2020 nämns inte. Held of 2020, and no mention of it found", "silence is shown as silence"),
    (PERSON, "en", "concluded, 0.95: A text states 2022-11-01–2027-04-30", "a conclusion says how surely and why"),
    (BODY, "sv", "Del av Kommunförbundet Exempelbygden", "whose body it is"),
    (BODY, "en", "Birgitta Sjöqvist ledamot", "a member"),
    (BODY, "sv", "vald, avgick", "how a seat began and ended"),
    (BODY, "sv", "Beslut per år", "decisions per year"),
    (CASE, "sv", "Det tog 756 dagar från den första handling som finns", "how long it took"),
    (CASE, "en", "It took 756 days from the first paper held", "… in English"),
    (CASE, "sv", "2022-02-28 beslut kommunfullmäktige § 12 Motionen anses i övrigt besvarad. besvarar", "the answer"),
    ("/id/party/s", "sv", "Förkortning S", "the letters of a party"),
    ("/id/municipality/1497", "en", "Municipality code 1497", "the code of a municipality"),
    (
        "/id/organization/kommunförbundet-exempelbygden",
        "sv",
        "Organ Namn arbetsutskottet förbundsmötet styrelsen",
        "bodies of an organisation",
    ),
]


@pytest.mark.parametrize(("path", "language", "words", "why"), TOLD, ids=[f"{row[0][-20:]} {row[3]}" for row in TOLD])
def test_the_page_tells(site: Site, path: str, language: str, words: str, why: str) -> None:
    assert words in text_of(site, path, language), why


def test_silence_is_never_called_an_end(site: Site) -> None:
    body = get(site, PERSON).body.decode()
    silent = re.findall(r'<section class="year silent".*?</section>', body, re.S)
    assert silent
    assert not any("upphör" in one or "avslut" in one for one in silent)


def test_the_thread_of_a_case_goes_in_the_order_of_time_and_of_the_meeting(site: Site) -> None:
    body = get(site, CASE).body.decode()
    thread = body[body.index('id="thread"') :].split("</table>")[0]
    days = re.findall(r'<th scope="row"><time datetime="([^"]+)"', thread)
    assert days == sorted(days)
    assert len(days) > 20
    read = plain(thread)
    steps = [
        "Motion om en cykelpool",
        "Motionen remitteras till kommunstyrelsen",
        "yrkar avslag på motionen",
        "besvarar",
    ]
    places = [read.index(step) for step in steps]
    assert places == sorted(places), "a proposal comes before the decision of its item"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_page_is_whole_and_its_links_lead_somewhere(site: Site, language: str) -> None:
    """A third of all names: well-formed, one main heading, no level left out, ids once, no inline code, known links."""
    things = {thing.iri: thing for _, thing in named(site.look) if thing.kind in PORTRAITS}
    assert {thing.kind for thing in things.values()} >= PORTRAITS.keys() - {"Region"}
    for iri in list(things)[:: 3 if language == "sv" else 7]:
        read = Reading()
        answer = get(site, site.path + iri[len(site.base) :], language)
        read.feed(answer.body.decode())
        assert read.faults == [], iri
        assert len(answer.body) < 300_000, iri
        _check(site, read, iri)


def _check(site: Site, read: Reading, iri: str) -> None:
    levels = [int(tag[1]) for tag, _ in read.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1, iri
    assert all(after - before <= 1 for before, after in pairwise(levels)), (iri, levels)
    ids = Counter(told["id"] for _, told in read.elements if told.get("id"))
    assert not [one for one, count in ids.items() if count > 1], iri
    assert not [told for _, told in read.elements if "style" in told or any(name.startswith("on") for name in told)]
    for tag, told in read.elements:
        address = told.get("href") or told.get("cite") or ""
        if tag == "a" and address.startswith("#"):
            assert address[1:] in ids, (iri, address)
        known = site.iri(unquote(urlsplit(address).path)) if address.startswith((site.path, "/id/")) else ""
        if known:
            node = NamedNode(known)
            assert site.look.classes(node) or site.look.nodes(node, "dcterms:isReplacedBy"), (iri, address)


def test_a_quote_leads_to_the_passage_that_has_its_words(site: Site) -> None:
    seen = 0
    for path in (PERSON, BODY, CASE):
        for cite, quote in re.findall(
            r'<blockquote class="quote" cite="([^"]+)"><p lang="sv">(.*?)</p>', get(site, path).body.decode()
        ):
            passage = NamedNode(site.iri(unquote(cite)))
            selectors = site.look.objects(passage, "oa:hasSelector")
            exact = " ".join(" ".join(site.look.value(one, "oa:exact") for one in selectors).split())
            said = re.sub(" …$", "", plain(quote))
            assert said in exact or exact in said, cite  # a bare mention is shown with the words around it
            seen += 1
    assert seen > 50


def test_a_graphic_has_a_name_and_the_table_of_its_data(site: Site) -> None:
    read = Reading()
    read.feed(get(site, PERSON).body.decode())
    graphics = [told for tag, told in read.elements if tag == "svg"]
    assert [told["aria-labelledby"] for told in graphics] == ["career-title career-desc"]
    body = get(site, PERSON).body.decode()
    career = body[body.index('id="career"') :].split("</section>")[0]
    drawn = len(re.findall(r'class="chart-link"', career))
    rows = len(re.findall(r"<tr>", career)) - 1
    assert drawn == rows == 3


def test_what_was_joined_is_sent_on(site: Site) -> None:
    answer = get(site, "/id/person/kommunförbundet-exempelbygden/johan-ekdal", lang="en")
    target = "/kommungraf/id/person/kommunf%C3%B6rbundet-exempelbygden/johan-ekdahl?lang=en"
    assert (answer.status, dict(answer.headers)) == (301, {"location": target})


# (path, parameters, why)
NOWHERE: list[tuple[str, dict[str, str], str]] = [
    ("/id/person/nobody/at-all", {}, "an IRI that nothing is said of"),
    ("/id/person/<b>", {}, "no IRI"),
    ("/id/\x00", {}, "no IRI, either"),
    ("/id/person/\ud800", {}, "half a character"),
    (PERSON, {"ar": "1850"}, "a year without entries"),
    (PERSON, {"ar": "{}{}"}, "no year"),
    (PERSON, {"ar": "2022", "sida": "99"}, "a part beyond the last one"),
    (PERSON, {"ar": "2022", "sida": "0"}, "parts are counted from 1"),
    (PERSON, {"ar": "2022", "sida": "9" * 5000}, "a number that is none"),
    (PERSON, {"ar": "2022", "sida": "²"}, "digits of another kind"),
]


@pytest.mark.parametrize(("path", "query", "why"), NOWHERE, ids=[row[2] for row in NOWHERE])
def test_what_is_not_there_is_not_found(site: Site, path: str, query: dict[str, str], why: str) -> None:
    with pytest.raises(NotFoundError):
        get(site, path, **query)


@pytest.mark.parametrize(("form", "start"), [("ttl", b"@prefix"), ("jsonld", b"{")])
def test_other_forms_are_the_linked_data(site: Site, form: str, start: bytes) -> None:
    assert get(site, PERSON, form=form).body.lstrip().startswith(start)


def test_the_timeline_as_a_table(site: Site) -> None:
    rows = list(csv.DictReader(io.StringIO(get(site, PERSON, "sv", "csv").body.decode())))
    held = [row for row in rows if row["kind"] == "held"]
    assert {key: held[0][key] for key in ("when", "label", "score")} == {
        "when": "2019-05-01",
        "label": "uppdrag",
        "score": "0.95",
    }
    assert all(row["passage"].startswith(DEFAULT_BASE) for row in rows if row["quote"])


def test_a_long_timeline_shows_the_newest_of_each_year_and_the_way_to_the_others(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(years, "ENTRIES", 10)
    body = get(site, BODY).body.decode()
    shown = {year: len(re.findall('<li class="entry">', part)) for year, part in _years(body)}
    assert all(count >= 1 for year, count in shown.items() if "silent" not in year)
    more = re.findall(r'<p class="more"><a href="([^"]+\?ar=(\d{4}))">', body)
    assert more
    address, year = more[0]
    entries: list[str] = []
    for number in range(1, 100):
        part = get(site, unquote(urlsplit(address).path), ar=year, sida=str(number)).body.decode()
        assert len(re.findall(r'^<li class="entry">', part, re.M)) <= 10 * (1 + years.UNDER)
        entries += re.findall(r'class="entry-what">(.*?)</span>\n', part)
        if 'rel="next"' not in part:
            break
    assert len(entries) > shown.get(f"y{year}", 0), "all of the year is there"


def _years(body: str) -> list[tuple[str, str]]:
    return re.findall(r'<section class="year" id="([^"]+)"(.*?)</section>', body, re.S)


def test_what_is_named_everywhere_is_told_from_its_newest_documents(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = text_of(site, BODY)
    monkeypatch.setattr(portraits, "MOST", 120)
    cut = text_of(site, BODY)
    assert "bara bygger på de" in cut
    assert "bara bygger på" not in whole
    assert "2026-03-12" in cut, "the newest stays"
    assert len(cut) < len(whole)


@pytest.mark.parametrize("most", [1, 60, 150, 10_000])
def test_with_a_limit_the_newest_documents_tell_of_an_entity(site: Site, most: int) -> None:
    iri = site.iri(BODY)
    body = Candidate(iri, "GoverningBody", "styrelsen")
    whole, cut = describe(site.look, body), describe(site.look, body, most=most)
    known = {(fact.node.iri, fact.link, *(quote.passage for quote in fact.quotes)) for fact in whole.facts}
    assert {(fact.node.iri, fact.link, *(quote.passage for quote in fact.quotes)) for fact in cut.facts} <= known
    if most == 10_000:
        assert (cut.of, len(cut.facts)) == (None, len(whole.facts))
        return
    assert cut.of is not None
    named_in = {quote.document_iri for fact in whole.facts if fact.kind == "mention" for quote in fact.quotes}
    year = {one: whole.nodes[one].one("kg:year") for one in named_in}
    kept = [year[one] for one in named_in & cut.of if year[one]]
    left = [year[one] for one in named_in - cut.of]
    assert left
    assert max(left) <= min(kept, default="9999"), "what is left out is not newer than what is kept"


# (line, names, what is linked, why)
LINES = [
    ("styrelsen § 61", {"styrelsen": "/b"}, '<a href="/b">styrelsen</a> § 61', "a name"),
    ("styrelsens möte", {"styrelsen": "/b"}, "styrelsens möte", "no part of a word"),
    ("by Ek, Ek", {"Ek": "/e"}, 'by <a href="/e">Ek</a>, Ek', "once"),
    ("Åsa Ek Lund", {"Åsa Ek": "/1", "Åsa Ek Lund": "/2"}, '<a href="/2">Åsa Ek Lund</a>', "the longer one"),
    ("<b>Ek & Co</b>", {"Ek & Co": "/e"}, '&lt;b&gt;<a href="/e">Ek &amp; Co</a>&lt;/b&gt;', "everything is escaped"),
    ("Ek", {"Ek": '/"x'}, '<a href="/&#34;x">Ek</a>', "… in addresses, too"),
    ("(S)", {"(S)": "/s"}, "(S)", "a name that begins with a mark is left alone"),
    ("nobody", {}, "nobody", "nothing to link"),
]


@pytest.mark.parametrize(("line", "names", "expected", "why"), LINES, ids=[row[3] for row in LINES])
def test_names_in_a_line_are_linked(line: str, names: dict[str, str], expected: str, why: str) -> None:
    assert str(linked(line, names)) == expected, why


@given(st.text(), st.dictionaries(st.text(min_size=1, max_size=8), st.just("/x"), max_size=5))
def test_linking_changes_no_word(line: str, names: dict[str, str]) -> None:
    assert plain(str(linked(line, names)).replace("\r", "\n")) == line.replace("\r", "\n")


spans = st.tuples(st.integers(0, 2100), st.integers(0, 2100))


@given(spans, spans)
def test_two_seats_share_the_same_years_from_either_side(one: tuple[int, int], other: tuple[int, int]) -> None:
    first, second = (Seat("", "", "", Node("", {}), *years, (True, True)) for years in (one, other))
    shared = first.meets(second)
    assert shared == second.meets(first)
    if shared:
        assert all(start <= shared[0] <= shared[1] <= stop for start, stop in (one, other))
