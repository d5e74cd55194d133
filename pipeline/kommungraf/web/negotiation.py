"""Which form and which language a page is wanted in: by its parameters, a cookie, or what the browser prefers."""

from __future__ import annotations

import re
from functools import lru_cache

from kommungraf.languages import CODES

_MEDIA: dict[str, tuple[str, ...]] = {
    "html": ("text/html", "application/xhtml+xml"),
    "ttl": ("text/turtle", "application/x-turtle"),
    "jsonld": ("application/ld+json", "application/json"),
    "csv": ("text/csv",),
    "xml": ("application/xml", "text/xml"),
    "atom": ("application/atom+xml",),
}
"""The media types that ask for a form, the usual one first."""

_FORMS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (r"/feed\.atom", ("atom",)),
    (r"/sitemap(?:/\d+)?\.xml", ("xml",)),
    (r"/robots\.txt", ("html",)),
    (r"/\.well-known/void", ("ttl", "jsonld", "html")),
    (r"/ns/context\.jsonld", ("jsonld",)),
    (r"/oversikt(?:/.*)?|/fragor(?:/.*)?", ("html", "csv")),
    (r"/|/sok", ("html",)),
    (r"/opensearch\.xml", ("xml",)),
)
_OF_ENTITIES = ("html", "ttl", "jsonld")
_QUALITY = re.compile(r"\s*(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*")
_MOST = 40
"""Entries of a header that are looked at: no browser sends as many."""


def forms(path: str) -> tuple[str, ...]:
    """The forms that a page is had in, the usual one first."""
    return next((forms for pattern, forms in _FORMS if re.fullmatch(pattern, path)), _OF_ENTITIES)


def form(path: str, asked: str, accept: str) -> str | None:
    """The form that a page is wanted in: the parameter ``format``, else the header ``Accept``; ``None``: there is none.

    A page with one form only gives that to whoever accepts anything else: a browser that opens a feed has no better.
    """
    offered = forms(path)
    if asked:
        return asked if asked in offered else None
    if len(offered) == 1 or not accept.strip():
        return offered[0]
    return _accepted(accept, offered)


@lru_cache(maxsize=512)
def _accepted(accept: str, offered: tuple[str, ...]) -> str | None:
    ranges = preferences(accept)
    weighed = [(_weight(ranges, _MEDIA[name]), -place) for place, name in enumerate(offered)]
    best, place = max(weighed)
    return offered[-place] if best > 0 else None


def _weight(ranges: list[tuple[str, float]], media: tuple[str, ...]) -> float:
    """The quality of a form: that of its media types by name, else that of the most precise range that it is in."""
    named = [quality for name, quality in ranges if name in media]
    if named:
        return max(named)
    for wanted in (media[0].partition("/")[0] + "/*", "*/*"):
        for name, quality in ranges:
            if name == wanted:
                return quality
    return 0.0


def preferences(header: str) -> list[tuple[str, float]]:
    """The entries of a header such as ``Accept`` in lower case, with their qualities; what is malformed counts 0."""
    entries = []
    for entry in header.split(",")[:_MOST]:
        name, *parameters = entry.split(";")
        quality = 1.0
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            if key.strip().lower() == "q":
                quality = float(value) if _QUALITY.fullmatch(value) else 0.0
        if name.strip():
            entries.append((name.strip().lower(), quality))
    return entries


def language(asked: str, cookie: str, accept: str) -> str:
    """The language of a page: the parameter ``lang``, the cookie ``lang``, ``Accept-Language``, else Swedish."""
    for wish in (asked, _cookie(cookie)):
        if wish in CODES:
            return wish
    return _spoken(accept) if accept else CODES[0]


@lru_cache(maxsize=512)
def _spoken(accept: str) -> str:
    best, chosen = 0.0, CODES[0]
    for name, quality in preferences(accept):
        code = name.partition("-")[0]
        if code in CODES and quality > best:
            best, chosen = quality, code
    return chosen


def _cookie(header: str) -> str:
    for pair in header.split(";")[:_MOST]:
        name, _, value = pair.strip().partition("=")
        if name == "lang":
            return value
    return ""


@lru_cache(maxsize=512)
def gzipped(accept_encoding: str) -> bool:
    """Whether gzip is accepted."""
    qualities = dict(preferences(accept_encoding))
    return qualities.get("gzip", qualities.get("*", 0.0)) > 0
