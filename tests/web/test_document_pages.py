"""Pages of documents, meetings, projects, statements and terms: every kind is shown, in both languages."""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from kommungraf import config
from kommungraf.query.store import ask, open_store
from kommungraf.web import pages
from kommungraf.web.drawing.lineage import Step, columns
from kommungraf.web.site import PageRequest, Site

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
    import re

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
