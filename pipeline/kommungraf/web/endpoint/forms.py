"""In which forms answers are had: their media types, and which of them somebody accepts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kommungraf.web.endpoint.query_text import Kind
from kommungraf.web.negotiation import preferences


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A form of answers. Each is there once, so that they are compared, quickly, by what they are.

    ``name`` is what ``format=`` calls it; ``media`` is what the engine is asked for; ``others`` are further types that
    mean it; ``formats`` is its IRI among the W3C's file formats.
    """

    name: str
    media: str
    content_type: bytes
    formats: str
    others: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


_FORMATS = "http://www.w3.org/ns/formats/"

TABLES: tuple[Form, ...] = (
    Form(
        "json",
        "application/sparql-results+json",
        b"application/sparql-results+json",
        _FORMATS + "SPARQL_Results_JSON",
        ("application/json", "text/json"),
    ),
    Form(
        "xml",
        "application/sparql-results+xml",
        b"application/sparql-results+xml",
        _FORMATS + "SPARQL_Results_XML",
        ("application/xml", "text/xml"),
    ),
    Form("csv", "text/csv", b"text/csv; charset=utf-8", _FORMATS + "SPARQL_Results_CSV"),
    Form(
        "tsv",
        "text/tab-separated-values",
        b"text/tab-separated-values; charset=utf-8",
        _FORMATS + "SPARQL_Results_TSV",
        ("text/tsv",),
    ),
)
"""The forms of answers to SELECT and ASK, the usual one first."""

GRAPHS: tuple[Form, ...] = (
    Form(
        "ttl", "text/turtle", b"text/turtle; charset=utf-8", _FORMATS + "Turtle", ("application/x-turtle",), ("turtle",)
    ),
    Form(
        "nt", "application/n-triples", b"application/n-triples", _FORMATS + "N-Triples", (), ("ntriples", "n-triples")
    ),
    Form(
        "rdf",
        "application/rdf+xml",
        b"application/rdf+xml",
        _FORMATS + "RDF_XML",
        ("application/xml", "text/xml"),
        ("xml", "rdfxml", "rdf/xml", "rdf+xml"),
    ),
    Form(
        "jsonld",
        "application/ld+json",
        b"application/ld+json",
        _FORMATS + "JSON-LD",
        ("application/json",),
        ("json", "json-ld"),
    ),
    Form("trig", "application/trig", b"application/trig", _FORMATS + "TriG"),
    Form("nq", "application/n-quads", b"application/n-quads", _FORMATS + "N-Quads", (), ("nquads", "n-quads")),
    Form("n3", "text/n3", b"text/n3; charset=utf-8", _FORMATS + "N3", ("text/rdf+n3",)),
)
"""The forms of answers to CONSTRUCT and DESCRIBE, and of the service description, the usual one first."""


def offered(kind: Kind) -> tuple[Form, ...]:
    """The forms that an answer to a kind of query is had in."""
    return GRAPHS if kind in ("CONSTRUCT", "DESCRIBE") else TABLES


@lru_cache(maxsize=2048)
def choose(forms: tuple[Form, ...], accept: str, wanted: str) -> Form | None:
    """The form that is given: by ``format=`` where it stands, else by the header ``Accept``; ``None``: none fits."""
    if wanted:
        name = wanted.strip().lower()
        return next((form for form in forms if name in (form.name, form.media, *form.aliases, *form.others)), None)
    if not accept.strip():
        return forms[0]
    ranges = dict(reversed(preferences(accept)))
    weighed = [(*_quality(ranges, form), -place) for place, form in enumerate(forms)]
    quality, _, place = max(weighed)
    return forms[-place] if quality > 0 else None


def _quality(ranges: dict[str, float], form: Form) -> tuple[float, int]:
    """How welcome a form is, and whether it was named itself."""
    exact = [ranges[name] for name in (form.media, *form.others) if name in ranges]
    if exact:
        return max(exact), 1
    whole = form.media.partition("/")[0] + "/*"
    return ranges.get(whole, ranges.get("*/*", 0.0)), 0


def names(forms: tuple[Form, ...]) -> str:
    """The forms in words, for who asked for another."""
    return ", ".join(f"{form.media} (format={form.name})" for form in forms)
