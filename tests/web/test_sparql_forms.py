"""Which form of an answer is given."""

from __future__ import annotations

import pytest

from kommungraf.web.endpoint.forms import GRAPHS, TABLES, choose


@pytest.mark.parametrize(
    ("accept", "table", "graph", "why"),
    [
        ("", "json", "ttl", "nothing said"),
        ("*/*", "json", "ttl", "anything"),
        ("text/csv", "csv", None, "exactly"),
        ("TEXT/CSV", "csv", None, "types know no case"),
        ("text/turtle", None, "ttl", "exactly"),
        ("application/json", "json", "jsonld", "the plain type stands for both"),
        ("application/xml", "xml", "rdf", "the plain type stands for both"),
        ("text/csv;q=0.5, application/sparql-results+json;q=0.9", "json", None, "qualities"),
        ("text/csv;q=0.5, */*;q=0.1", "csv", "ttl", "the rest is less welcome"),
        ("text/csv;q=0, */*", "json", "ttl", "never"),
        ("application/sparql-results+json;q=0, */*;q=0.5", "xml", "ttl", "all but that"),
        ("text/*", "csv", "ttl", "a whole kind"),
        ("image/png", None, None, "nothing fits"),
        ("text/csv;q=0", None, None, "nothing is left"),
        ("text/csv;q=zwölf", None, None, "what is malformed is not accepted"),
        ("text/turtle, application/n-triples;q=0.9, application/rdf+xml;q=0.8", None, "ttl", "qualities"),
        ("application/n-triples, */*;q=0.1", "json", "nt", "qualities"),
    ],
)
def test_by_the_header(accept: str, table: str | None, graph: str | None, why: str) -> None:
    found = [form.name if (form := choose(forms, accept, "")) else None for forms in (TABLES, GRAPHS)]
    assert found == [table, graph], why


@pytest.mark.parametrize(
    ("wanted", "table", "graph"),
    [
        ("csv", "csv", None),
        ("CSV", "csv", None),
        ("json", "json", "jsonld"),
        ("xml", "xml", "rdf"),
        ("turtle", None, "ttl"),
        ("application/sparql-results+xml", "xml", None),
        ("text/csv", "csv", None),
        ("pdf", None, None),
    ],
)
def test_the_parameter_format_wins(wanted: str, table: str | None, graph: str | None) -> None:
    accept = "application/sparql-results+json, text/turtle"
    found = [form.name if (form := choose(forms, accept, wanted)) else None for forms in (TABLES, GRAPHS)]
    assert found == [table, graph]
