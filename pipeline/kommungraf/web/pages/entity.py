"""The page of whatever has an IRI: by the class of its thing, or what moved elsewhere; and its data in other forms."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from importlib import import_module

from pyoxigraph import NamedNode

from kommungraf.web.parts.portraits import Portrait, Section, portrait, show
from kommungraf.web.site import NotFoundError, Page, PageRequest, Site

PORTRAITS = {
    "Person": "person",
    "GoverningBody": "body",
    "Case": "case",
    "Municipality": "municipality",
    "Region": "municipality",
    "Party": "party",
    "Organization": "organization",
    "Network": "organization",
    "FocusArea": "organization",
    "NamedThing": "organization",
}
"""Modules whose ``sections`` say what is shown of a class besides its years."""

PAGES = {
    "Project": "project",
    "Document": "document",
    "File": "document",
    "Decision": "decision",
    "ReportedDecision": "decision",
    "AgendaItem": "decision",
    "Meeting": "meeting",
    "Passage": "evidence",
    "Concept": "concept",
    "ConceptScheme": "concept",
    "Property": "concept",
    "Class": "concept",
}
"""Modules with a ``page`` of their own; other statements and conclusions are shown as decisions are."""


def page(site: Site, request: PageRequest) -> Page:
    """The page of the IRI of a path. Raises :class:`~kommungraf.web.site.NotFoundError` where nothing is said of it."""
    iri = site.iri(request.path)
    try:
        classes = site.look.classes(NamedNode(iri))
    except ValueError as error:  # a path that is no IRI
        raise NotFoundError(request.path) from error
    if not classes:
        return _moved(site, request, iri)
    if request.form in ("ttl", "jsonld"):
        from kommungraf.web.parts.linked import description

        return description(site, iri, request.form, request.root)
    if kind := next((one for one in classes if one in PORTRAITS), ""):
        made = portrait(site, request, iri, kind)
        made.sections = _sections(PORTRAITS[kind])(made)
        return show(made)
    name = next((PAGES[one] for one in classes if one in PAGES), "decision")
    answer: Page = import_module(f"kommungraf.web.pages.{name}").page(site, request)
    return answer


def _sections(name: str) -> Callable[[Portrait], list[Section]]:
    made: Callable[[Portrait], list[Section]] = import_module(f"kommungraf.web.pages.{name}").sections
    return made


def _moved(site: Site, request: PageRequest, iri: str) -> Page:
    """What was joined to another thing: the way there, in the same form and language."""
    successor = site.look.value(NamedNode(iri), "dcterms:isReplacedBy")
    if not successor:
        raise NotFoundError(request.path)
    there = PageRequest("", request.query).link()
    return Page(b"", status=HTTPStatus.MOVED_PERMANENTLY, headers=(("location", site.href(successor) + there),))
