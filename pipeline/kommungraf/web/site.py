"""What a page is made of and from: the request, the graph, the words of a language, the templates."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal
from urllib.parse import quote, urlencode, urlsplit

from kommungraf.languages import Words, words
from kommungraf.model.iri import NS
from kommungraf.publishing import CC0
from kommungraf.query.lookup import Lookup
from kommungraf.query.store import Reader

Form = Literal["html", "ttl", "jsonld", "csv", "xml", "atom"]

MEDIA_TYPES: dict[str, str] = {
    "html": "text/html; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "csv": "text/csv; charset=utf-8",
    "xml": "application/xml",
    "atom": "application/atom+xml",
}
"""The forms in which pages are had, and their media types."""


@dataclass(frozen=True, slots=True)
class PageRequest:
    """What somebody asks for.

    ``path`` is decoded; ``query`` holds the parameters in their order; ``language`` is ``sv`` or ``en``; ``root`` is
    the address that the site is seen at (``https://exempel.se``), for what must have whole addresses.
    """

    path: str
    query: tuple[tuple[str, str], ...] = ()
    language: str = "sv"
    form: Form = "html"
    root: str = ""

    def get(self, name: str, default: str = "") -> str:
        """The first value of a parameter."""
        return next((value for key, value in self.query if key == name), default)

    def all(self, name: str) -> list[str]:
        """Every value of a parameter that is not empty."""
        return [value for key, value in self.query if key == name and value]

    def link(self, **changes: str | None) -> str:
        """The address of this page with some parameters set, or left out (``None``)."""
        kept = [(key, value) for key, value in self.query if key not in changes]
        kept += [(key, value) for key, value in changes.items() if value is not None]
        return quote(self.path, safe="/:@!$&'()*+,;=~-._") + ("?" + urlencode(kept) if kept else "")


@dataclass(frozen=True, slots=True)
class Page:
    """What a page function gives. ``headers`` are those beside type, length, language and what every answer has."""

    body: bytes
    media_type: str = MEDIA_TYPES["html"]
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


class NotFoundError(Exception):
    """There is nothing at a path; the message says what was looked for."""


def path_of(base: str) -> str:
    """The path below which the pages of a base IRI's entities live, with a slash at both ends."""
    return urlsplit(base).path if "//" in base else "/id/"


@dataclass
class Site:
    """A generation of a graph as pages see it: made once per renderer process and generation.

    ``out`` is the output folder (``None`` with a store elsewhere only), ``folder`` that of the generation.
    ``documents``: whether the documents' own files may be shown; ``looked_for_in``: the folders and archives that they
    are looked for in, none for where the build read them. ``licence``: the IRI of that of the statements.
    """

    store: Reader
    base: str
    generation: str = ""
    out: Path | None = None
    folder: Path | None = None
    documents: bool = False
    looked_for_in: tuple[Path, ...] = ()
    licence: str = CC0
    memo: dict[str, Any] = field(default_factory=dict)
    """What page modules keep for the life of the generation, by a key of their own. Bounded by what they put in."""

    @cached_property
    def look(self) -> Lookup:
        """Single look-ups, with what was looked up kept."""
        return Lookup(self.store)

    @property
    def texts(self) -> Path | None:
        """The folder of stored texts."""
        return self.out / "text" if self.out else None

    def words(self, language: str) -> Words:
        """The words of a language."""
        return words(language)

    @cached_property
    def path(self) -> str:
        """The path of the base IRI, with a slash at both ends: entity pages live below it."""
        return path_of(self.base)

    def href(self, iri: str) -> str:
        """The link to what is known of an IRI: a path here for what is ours, else the IRI itself."""
        if iri.startswith(self.base):
            return quote(self.path + iri[len(self.base) :], safe="/:@!$&'()*+,;=~-._")
        if iri.startswith(NS):
            return "/ns/" + quote(iri[len(NS) :])
        return iri if iri.startswith(("http://", "https://")) else ""

    def iri(self, path: str) -> str:
        """The IRI that a path of an entity page stands for; empty where it is no such path."""
        for start in (self.path, "/id/"):
            if path.startswith(start) and len(path) > len(start):
                return self.base + path[len(start) :]
        return NS + path.removeprefix("/ns/") if path.startswith("/ns/") and path != "/ns/" else ""

    def render(self, template: str, request: PageRequest, /, status: int = 200, **values: object) -> Page:
        """A page of HTML from a template, with what every template has: see :mod:`kommungraf.web.templating`."""
        from kommungraf.web.templating import render

        return Page(render(self, template, request, values).encode(), MEDIA_TYPES["html"], status)
