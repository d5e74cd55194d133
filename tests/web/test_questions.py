"""The named queries as pages: what a form takes, what comes of it, and that no value becomes a part of the query."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

import pytest
from pyoxigraph import QuerySolutions
from selectolax.lexbor import LexborHTMLParser

from kommungraf.languages import words
from kommungraf.query.named_queries import named_queries, named_query
from kommungraf.query.store import PREFIXES, open_store
from kommungraf.web import pages
from kommungraf.web.pages import questions
from kommungraf.web.pages.questions_columns import COLUMNS
from kommungraf.web.site import NotFoundError, Page, PageRequest, Site

BASE = "https://w3id.org/kommungraf/id/"
VALUES = {
    "person": "Nils", "body": "styrelsen", "municipality": "Granåker", "project": "Ung", "item": "personal",
    "number": "KS 2020", "about": BASE + "organization/kommunförbundet-exempelbygden",
}  # fmt: skip
"""A value for each parameter that some query needs."""

Ask = Callable[..., Page]


@pytest.fixture(scope="module")
def site(corpus_graph: Path) -> Site:
    return Site(open_store(corpus_graph), BASE, "1", corpus_graph)


@pytest.fixture(scope="module")
def ask(site: Site) -> Ask:
    """The page of a question for some values."""

    def page(name: str, language: str = "sv", form: str = "html", /, **values: str) -> Page:
        path = f"/fragor/{name}" if name else "/fragor"
        return pages.page(site, PageRequest(path, tuple(values.items()), language, form))  # type: ignore[arg-type]

    return page


def html(page: Page) -> LexborHTMLParser:
    return LexborHTMLParser(page.body.decode())


def needed(name: str) -> dict[str, str]:
    return {p.name: VALUES[p.name] for p in named_query(name).parameters if p.required}


@pytest.mark.parametrize("language", ["sv", "en"])
def test_all_questions_are_listed_in_the_language(ask: Ask, language: str) -> None:
    tree = html(ask("", language))
    said = {str(link.attributes["href"]): link.text() for link in tree.css("main li a")}
    assert said == {f"/fragor/{query.name}": words(language)(query.title) for query in named_queries().values()}


@pytest.mark.parametrize("name", list(named_queries()))
def test_every_question_is_answered(site: Site, ask: Ask, name: str) -> None:
    """The query that is shown stands on its own and gives the rows that are shown."""
    page = ask(name, **needed(name))
    tree = html(page)
    assert page.status == 200
    code = tree.css_first("details.query code")
    assert code is not None
    answer = site.store.query(code.text(), use_default_graph_as_union=True)
    assert isinstance(answer, QuerySolutions)
    assert len(tree.css("table.data tbody tr")) == min(len(list(answer)), questions.PER_PAGE)
    assert not tree.css("script, [style]")
    assert len(html(ask(name, "en", **needed(name))).css("h1")) == 1


@pytest.mark.parametrize("name", list(named_queries()))
def test_every_column_and_field_has_words(ask: Ask, name: str) -> None:
    page = ask(name, "sv", "csv", **needed(name))
    columns = next(csv.reader(io.StringIO(page.body.decode(), newline="")))
    assert [
        column for column in [*columns, *(p.name for p in named_query(name).parameters)] if column not in COLUMNS
    ] == []


@pytest.mark.parametrize("name", [name for name in named_queries() if needed(name)])
def test_what_is_needed_is_asked_for_first(ask: Ask, name: str) -> None:
    tree = html(ask(name))
    assert not tree.css("table, details.query")
    assert {str(field.attributes["name"]) for field in tree.css("input[required]")} == needed(name).keys()
    assert all(tree.css_first(f'label[for="{field.id}"]') for field in tree.css("form.filters input"))


# (question, parameters, what is said, why)
FAULTS = [
    ("decisions", {"year": "abc"}, "Give a year such as 2024.", "letters"),
    ("decisions", {"year": "2024 }"}, "Give a year such as 2024.", "a sign of SPARQL"),
    ("amounts", {"least": "1e5"}, "Give a whole number.", "no whole number"),
    ("attendance", {"date": "i går"}, "Give a date such as 2024-04-25.", "no date"),
    ("evidence", {"about": "kommun"}, "Give a whole IRI", "a name"),
    ("evidence", {"about": "http://a> ?p ?o } #"}, "Give a whole IRI", "the end of an IRI"),
    ("evidence", {"about": "http://[::"}, "Give a whole IRI", "an IRI that is none"),
]


@pytest.mark.parametrize(("name", "values", "said", "why"), FAULTS, ids=[f"{row[0]}: {row[3]}" for row in FAULTS])
def test_what_does_not_fit_is_told_and_not_asked(
    ask: Ask, name: str, values: dict[str, str], said: str, why: str
) -> None:
    page = ask(name, "en", **values)
    tree = html(page)
    assert page.status == 400, why
    field = tree.css_first("input[aria-invalid]")
    assert field is not None
    hint = tree.css_first(f"#{field.attributes['aria-describedby']}")
    assert hint is not None
    assert said in hint.text()
    assert field.attributes["value"] == values[str(field.attributes["name"])], "what was typed is there to be mended"
    assert not tree.css("table")


@pytest.mark.parametrize(
    "text",
    [
        '" } SELECT * { ?s ?p ?o } #',
        "\\",
        '"""',
        "'; DROP",
        "\n} INSERT DATA {}",
        "$person",
        "<script>alert(1)</script>",
        "a" * 5000,
    ],
)
def test_a_value_is_a_value(ask: Ask, text: str) -> None:
    """Nobody bears such a name: whatever it holds, the answer is empty and the page is whole."""
    page = ask("people", name=text)
    tree = html(page)
    assert page.status == 200
    assert not tree.css("table tbody tr, script")
    assert "<script>alert" not in page.body.decode()


@pytest.mark.parametrize("name", ["nothing", "../secret", "decisions/x", "people.rq"])
def test_a_question_that_there_is_not(site: Site, name: str) -> None:
    with pytest.raises(NotFoundError):
        pages.page(site, PageRequest(f"/fragor/{name}"))


def test_what_is_no_parameter_changes_nothing(ask: Ask) -> None:
    assert ask("people", utm="x", lang="sv").body.count(b"<tr>") == ask("people").body.count(b"<tr>")


def test_pages_of_an_answer_make_up_the_whole(ask: Ask) -> None:
    whole = list(csv.reader(io.StringIO(ask("decisions", "sv", "csv").body.decode(), newline="")))[1:]
    assert len(whole) > questions.PER_PAGE
    seen, page = 0, 1
    while rows := html(ask("decisions", page=str(page))).css("table.data tbody tr"):
        seen += len(rows)
        if not html(ask("decisions", page=str(page))).css("nav.pager a[rel=next]"):
            break
        page += 1
    assert seen == len(whole)


def test_iris_lead_to_pages_and_names_to_the_search(site: Site, ask: Ask) -> None:
    tree = html(ask("decisions", text="motionen"))
    links = [str(link.attributes["href"]) for link in tree.css("table.data td a")]
    ours = [link for link in links if site.iri(unquote(link))]
    assert any("/decision/" in link or "/document/" in link for link in ours)
    sought = [dict(parse_qsl(urlsplit(link).query))["q"] for link in links if link.startswith("/sok?")]
    assert "KS 2020/112" in sought
    assert len(ours) + len(sought) == len(links)


def test_the_answer_is_had_as_csv_and_json(ask: Ask) -> None:
    tree = html(ask("people", name="nils"))
    hrefs = [str(link.attributes["href"]) for link in tree.css("p.actions a.button")]
    assert any(href == "/fragor/people?" + urlencode({"name": "nils", "format": "csv"}) for href in hrefs)
    (json,) = [href for href in hrefs if href.startswith("/sparql?")]
    asked = dict(parse_qsl(urlsplit(json).query))
    assert asked["format"] == "json"
    assert asked["query"].startswith("PREFIX foaf: <" + PREFIXES["foaf"])


def test_answers_are_bounded_and_say_so(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "MOST", 3)
    tree = html(ask("people", "en", name="s"))
    assert len(tree.css("table.data tbody tr")) == 3
    note = tree.css_first(".note-warn")
    assert note is not None
    assert "more than the 3 rows" in note.text()


def test_no_more_answers_are_kept_than_there_is_room_for(site: Site, ask: Ask) -> None:
    for number in range(40):
        ask("people", name=f"ingen heter så {number}")
    assert len(site.memo["questions"]) == 24


def test_reasons_are_english_and_words_of_documents_swedish(ask: Ask) -> None:
    tree = html(ask("promises", "en"))
    languages = {cell.attributes.get("lang") for cell in tree.css("table.data td[lang]")}
    assert languages == {"en", "sv"}


# (query, values, column, code, Swedish, English, why)
CODES = [
    ("decisions", {}, "outcome", "adopt", "antar", "adopt", "a concept of the ontology"),
    ("open-matters", {}, "state", "postponed", "bordlagt", "postponed", "the state of a matter"),
    ("promises", {}, "status", "notDone", "inte gjort", "not done", "what became of a promise"),
    ("presence", {}, "presence", "noDocuments", "inga dokument", "no documents", "a year of which none are held"),
    ("presence", {}, "kind", "GoverningBody", "organ", "body", "a class"),
    ("documents", {}, "type", "kallelse", "kallelse", "notice of meeting", "codes may be Swedish, labels are of both"),
    ("lineage", {}, "kind", "merged", "gick ihop", "merged", "how one thing followed another"),
    ("contradictions", {}, "kind", "sum", "en summa och dess rader", "a sum and its rows", "a kind of contradiction"),
    ("plans", {}, "kind", "goal", "mål", "goal", "a code that is no concept"),
    ("tenures", {}, "ended", "termEnd", "mandattiden löpte ut", "end of term", "how a seat ended"),
]


@pytest.mark.parametrize(("name", "values", "column", "code", "sv", "en", "why"), CODES, ids=[row[6] for row in CODES])
def test_codes_are_called_by_the_language_and_stay_codes_in_the_data(
    ask: Ask, name: str, values: dict[str, str], column: str, code: str, sv: str, en: str, why: str
) -> None:
    rows = list(csv.DictReader(io.StringIO(ask(name, "sv", "csv", **values).body.decode())))
    assert code in {row[column] for row in rows}, why
    page = str(next(at for at, row in enumerate(rows) if row[column] == code) // questions.PER_PAGE + 1)
    for language, label in (("sv", sv), ("en", en)):
        cells = html(ask(name, language, page=page, **values)).css(f'td data[value="{code}"]')
        assert {cell.text() for cell in cells} == {label}, why


def test_an_amount_is_no_code(ask: Ask) -> None:
    tree = html(ask("budget-vs-outcome"))
    heads = [head.text() for head in tree.css("thead th")]
    at = heads.index(words("sv")(COLUMNS["outcome"]))
    assert all(row.css("td")[at].css_first("data") is None for row in tree.css("tbody tr"))
