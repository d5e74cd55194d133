"""Pages of documents, meetings, projects, statements and terms: every kind is shown, in both languages."""

from __future__ import annotations

import json
import re
from urllib.parse import unquote

import pytest

from kommungraf import config
from kommungraf.query.store import ask, open_store
from kommungraf.web import pages
from kommungraf.web.drawing.lineage import Step, columns
from kommungraf.web.parts.contents import contents, parts, place
from kommungraf.web.parts.reading import by_kind, issues, reading
from kommungraf.web.site import NotFoundError, PageRequest, Site

KINDS = (
    "kg:Document kg:File kg:Meeting kg:AgendaItem kg:Decision kg:Motion kg:Project kg:PlannedActivity "
    "kg:ReportedResult kg:Observation kg:Attendance kg:Contradiction kg:Alignment kg:Succession "
    "skos:Concept skos:ConceptScheme"
).split()


@pytest.fixture(scope="module")
def site(corpus_graph) -> Site:  # type: ignore[no-untyped-def]
    return Site(open_store(corpus_graph), config.load().base, out=corpus_graph)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_page_with_its_evidence(site: Site, kind: str, language: str) -> None:
    rows = list(ask(site.store, f"SELECT ?x {{ ?x a {kind} FILTER(ISIRI(?x)) }} ORDER BY ?x LIMIT 2"))  # type: ignore[arg-type]
    for (thing,) in rows:
        shown = pages.page(site, PageRequest(unquote(site.href(thing.value)), language=language)).body.decode()
        assert shown.count("<h1") == 1
        assert "style=" not in shown
        assert "<script" not in shown
        if not kind.startswith("skos") and kind != "kg:File":
            assert "/passage/" in shown, f"{thing.value} leads to no line"


def test_the_start_page_leads_to_a_line_in_two_more_clicks(site: Site) -> None:
    start = pages.page(site, PageRequest("/")).body.decode()
    way = next(href for href in re.findall(r'href="([^"]+)"', start) if "/person/" in href)
    person = pages.page(site, PageRequest(unquote(way))).body.decode()
    line = next(href for href in re.findall(r'href="([^"]+)"', person) if "/passage/" in href)
    assert "<mark>" in pages.page(site, PageRequest(unquote(line))).body.decode()


@pytest.mark.parametrize(
    ("steps", "expected", "why"),
    [
        ([("a", "b"), ("b", "c")], {"a": 0, "b": 1, "c": 2}, "what came later stands further to the right"),
        ([("a", "c"), ("b", "c")], {"a": 0, "b": 0, "c": 1}, "two that became one"),
        ([("a", "b"), ("b", "a")], None, "a circle ends"),
    ],
)
def test_columns_of_a_lineage(steps: list[tuple[str, str]], expected: dict[str, int] | None, why: str) -> None:
    told = [Step(before, after, "", "") for before, after in steps]
    keys = sorted({key for pair in steps for key in pair})
    found = columns(keys, told, keys[0])
    assert found == expected if expected else all(value >= 0 for value in found.values()), why


def document(site: Site, where: str) -> str:
    """The path of a document of the bundled corpus, by what its graph holds."""
    (row,) = ask(site.store, f"SELECT ?d {{ GRAPH ?d {{ {where} }} ?d a kg:Document }} ORDER BY ?d LIMIT 1")  # type: ignore[union-attr]
    return unquote(site.href(row[0].value))


def test_every_number_of_a_document_leads_to_a_list_of_as_many(site: Site) -> None:
    path = document(site, "?x a kg:Vote")
    shown = pages.page(site, PageRequest(path)).body.decode()
    counts = re.search(r'<dl class="counts">(.*?)</dl>', shown, re.DOTALL)
    assert counts
    links = re.findall(r'slag=(\w+)">([\d\u00a0]+)</a>', counts[1])
    assert {"Decision", "Person", "Vote"} <= {kind for kind, _ in links}
    for kind, number in links:
        listed = pages.page(site, PageRequest(path, (("slag", kind),))).body.decode()
        rows = re.search(r'<ol class="(?:plain|entries)" .*</ol>', listed, re.DOTALL)
        assert rows
        assert len(re.findall(r'<li class="entry">|<li><a href="[^"]+" lang="sv">[^<]*</a> <span', rows[0])) == int(
            number
        ), kind
        assert "/passage/" in listed, kind


@pytest.mark.parametrize("query", [{"slag": "Ingenting"}, {"slag": "Decision", "sida": "99"}])
def test_a_list_that_is_not_there_is_not_found(site: Site, query: dict[str, str]) -> None:
    with pytest.raises(NotFoundError):
        pages.page(site, PageRequest(document(site, "?x a kg:Vote"), tuple(query.items())))


def test_the_parts_of_a_document_stand_in_the_order_of_its_text(site: Site) -> None:
    held = contents(site, site.iri(document(site, "?x a kg:Vote")))
    found = parts(site, held, ["Decision", "Attendance", "AgendaItem", "Vote"])
    starts = [place(part.passage).start for part in found]
    assert starts == sorted(starts)
    assert {part.kind for part in found} >= {"Decision", "Attendance", "AgendaItem", "Vote"}
    assert {part.kind: part.count for part in found}["Vote"] == len(held.kinds["Vote"])


def test_tables_are_parts_by_their_titles(site: Site) -> None:
    shown = pages.page(site, PageRequest(document(site, '?x kg:table "Medlemsavgifter 2022"'))).body.decode()
    assert "tabell: Medlemsavgifter 2022" in shown


def test_how_a_document_was_read_is_told_by_what_is_there(site: Site) -> None:
    """The pages of all documents of a file are the file's; no document quotes more than it has."""
    held: dict[str, int] = {}
    for document, file, sha256 in ask(  # type: ignore[misc]
        site.store, "SELECT ?d ?f ?s { ?d a kg:Document ; dcterms:isPartOf ?f . ?f kg:sha256 ?s }"
    ):
        read = reading(site, document.value, sha256.value, contents(site, document.value))
        assert read
        assert 0 <= read.quoted <= read.characters
        assert not read.recognised
        text = (site.texts / f"{sha256.value}.txt").read_text(encoding="utf-8")  # type: ignore[operator]
        held[file.value] = held.get(file.value, 0) + read.characters
        assert held[file.value] <= len(text)
        assert read.pages <= text.count("\f") + 1


def test_problems_with_a_file_are_counted_by_stage_and_kind(site: Site) -> None:
    from pyoxigraph import Literal

    issue = json.loads((site.out / "issues.jsonl").read_text(encoding="utf-8").splitlines()[0])  # type: ignore[operator]
    file = site.look.subjects("kg:fileName", Literal(issue["file"]))[0]
    assert (issue["stage"], issue["kind"]) in {row[:2] for row in by_kind(issues(site, file.value))}
    shown = pages.page(site, PageRequest(unquote(site.href(file.value)))).body.decode()
    assert f"{issue['stage']} · {issue['kind']}" in shown
