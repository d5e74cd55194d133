"""Which form and which language a page is given in, and what an answer says of itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kommungraf.web import negotiation

ENTITY, OVERVIEW, FEED = "/id/person/x", "/oversikt/narvaro", "/feed.atom"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize(
    ("path", "asked", "accept", "form", "why"),
    [
        (ENTITY, "", BROWSER, "html", "a browser"),
        (ENTITY, "", "", "html", "no Accept at all means anything"),
        (ENTITY, "", "*/*", "html", "curl: the usual form"),
        (ENTITY, "", "text/turtle", "ttl", "named alone"),
        (ENTITY, "", "application/ld+json, text/turtle;q=0.5", "jsonld", "the higher quality"),
        (ENTITY, "", "text/turtle;q=0.5, application/ld+json;q=0.5", "ttl", "equal: our order, not theirs"),
        (ENTITY, "", "text/turtle;q=0.9, text/html;q=0.8, */*;q=0.1", "ttl", "rdflib and the like"),
        (ENTITY, "", "TEXT/TURTLE", "ttl", "media types know no case"),
        (ENTITY, "", "text/*", "html", "a range: the usual form in it"),
        (ENTITY, "", "text/html;q=0, */*", "ttl", "what is refused by name is not given by a range"),
        (ENTITY, "", "image/png", None, "nothing that there is: 406"),
        (ENTITY, "", "text/html;q=0", None, "everything is refused"),
        (ENTITY, "", "text/html;q=huge", None, "a quality that is no number counts nothing"),
        (ENTITY, "", "text/turtle;q=nan, text/html;q=0.1", "html", "nor does one that is none"),
        (ENTITY, "", "text/turtle;charset=utf-8", "ttl", "other parameters change nothing"),
        (ENTITY, "ttl", BROWSER, "ttl", "the parameter wins over the header"),
        (ENTITY, "exe", BROWSER, None, "a form that does not exist"),
        (ENTITY, "TTL", BROWSER, None, "forms are spelt in one way"),
        (OVERVIEW, "csv", BROWSER, "csv", "tables"),
        (OVERVIEW, "", "text/csv", "csv", "by the header, too"),
        (OVERVIEW, "ttl", BROWSER, None, "a table is no graph"),
        (FEED, "", BROWSER, "atom", "a feed is a feed whoever asks"),
        (FEED, "", "image/png", "atom", "and there is only one form of it"),
    ],
)
def test_form(path: str, asked: str, accept: str, form: str | None, why: str) -> None:
    """The form by parameter, then by the header."""
    assert negotiation.form(path, asked, accept) == form, why


@pytest.mark.parametrize(
    ("asked", "cookie", "accept", "language", "why"),
    [
        ("", "", "", "sv", "Swedish unless something else is wished for"),
        ("en", "lang=sv", "sv", "en", "the parameter first"),
        ("", "lang=en", "sv", "en", "then the cookie"),
        ("", "a=b; lang=en; c=d", "", "en", "among other cookies"),
        ("", "xlang=en", "", "sv", "another cookie is another cookie"),
        ("", "", "en-GB,en;q=0.9", "en", "then what the browser speaks"),
        ("", "", "de, en;q=0.5, sv;q=0.4", "en", "the best of those that there are"),
        ("", "", "de, fr", "sv", "none of them"),
        ("", "", "en;q=0, sv", "sv", "refused by name"),
        ("xx", "lang=yy", "en", "en", "languages that there are none of are passed over"),
        ("'><script>", "lang=../../etc", "", "sv", "and so is what is no language"),
    ],
)
def test_language(asked: str, cookie: str, accept: str, language: str, why: str) -> None:
    """The language by parameter, cookie, header."""
    assert negotiation.language(asked, cookie, accept) == language, why


@pytest.mark.parametrize(
    ("header", "accepted"),
    [("gzip", True), ("br, gzip;q=0.5", True), ("*", True), ("", False), ("identity", False), ("gzip;q=0, *", False)],
)
def test_gzip(header: str, accepted: bool) -> None:
    """gzip is given to who takes it."""
    assert negotiation.gzipped(header) is accepted


@given(st.text(max_size=300), st.text(max_size=100), st.text(max_size=100))
def test_any_header_has_an_answer(accept: str, cookie: str, language: str) -> None:
    """Whatever stands in a header, it is read without error, and what comes of it is one of ours."""
    assert negotiation.form(ENTITY, "", accept) in {"html", "ttl", "jsonld", "csv", None}
    assert negotiation.language("", cookie, language) in {"sv", "en"}
    assert negotiation.gzipped(accept) in {True, False}
