"""What a web page says of itself: title, author and dates in its head or in data for search engines."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from selectolax.lexbor import LexborHTMLParser

_NAMES = {
    "author": "author",
    "article:author": "author",
    "dc.creator": "author",
    "dcterms.creator": "author",
    "description": "subject",
    "dc.subject": "subject",
    "og:title": "title",
    "dc.title": "title",
    "dcterms.title": "title",
    "article:published_time": "published",
    "dc.date": "published",
    "dc.date.issued": "published",
    "dcterms.issued": "published",
    "date": "published",
    "created": "created",
    "dcterms.created": "created",
    "article:modified_time": "modified",
    "dcterms.modified": "modified",
    "dc.date.modified": "modified",
    "last-modified": "modified",
    "revised": "modified",
    "generator": "program",
}
_DATA = {
    "datePublished": "published",
    "dateCreated": "created",
    "dateModified": "modified",
    "headline": "title",
    "author": "author",
}
_DATES = frozenset({"published", "created", "modified"})
_DATE = re.compile(r"\s*(\d{4}(?:-\d\d(?:-\d\d)?)?)(?![\d-])")
_LONGEST = 300
_DEEPEST = 6


def claims(page: LexborHTMLParser) -> dict[str, str]:
    """The claims of a page, dates at the day; the first that is made counts."""
    found: dict[str, str] = {}
    title = page.css_first("head > title")
    if title is not None:
        _claim(found, "title", title.text())
    for meta in page.css("meta[content]"):
        attributes = meta.attrs
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
        key = _NAMES.get(name.strip().lower()) or _DATA.get(name.strip())
        _claim(found, key or "", attributes.sget("content"))
    for time in page.css("time[itemprop][datetime]"):
        _claim(found, _DATA.get(time.attrs.sget("itemprop"), ""), time.attrs.sget("datetime"))
    for script in page.css("script[type='application/ld+json']"):
        for key, value in _data(script.text()):
            _claim(found, key, value)
    return found


def _claim(found: dict[str, str], key: str, value: str) -> None:
    value = " ".join(value.split())[:_LONGEST]
    if key in _DATES:
        date = _DATE.match(value)
        value = date[1] if date else ""
    if key and value:
        found.setdefault(key, value)


def _data(source: str) -> Iterator[tuple[str, str]]:
    """The claims in data for search engines (JSON-LD); what is no such data says nothing."""
    try:
        data = json.loads(source)
    except (ValueError, RecursionError):
        return
    yield from _claims_in(data, 0)


def _claims_in(data: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for one in data:
            yield from _claims_in(one, depth + 1)
    if isinstance(data, dict):
        for key, value in data.items():
            name = value.get("name") if key == "author" and isinstance(value, dict) else value
            if key in _DATA and isinstance(name, str):
                yield _DATA[key], name
        yield from _claims_in(data.get("@graph"), depth + 1)
