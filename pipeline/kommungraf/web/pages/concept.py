"""The page of a term of the ontology: what it means in both languages, its scheme, and things that use it."""

from __future__ import annotations

from itertools import islice

from pyoxigraph import Literal, NamedNode

from kommungraf.query.lookup import local, shorten
from kommungraf.web.parts.portraits import Cell
from kommungraf.web.parts.things import Link, Things
from kommungraf.web.site import Page, PageRequest, Site
from kommungraf.web.sparql_links import query_page_link

_EXAMPLES = 30
_LOOKED_AT = 500
_LABELS = ("skos:prefLabel", "rdfs:label")
_MEANINGS = ("skos:definition", "rdfs:comment")


def page(site: Site, request: PageRequest) -> Page:
    """The page of a concept, a scheme, a class or a property."""
    iri, things = site.iri(request.path), Things(site, request)
    node, look = NamedNode(iri), site.look
    used = look.pointing(node)
    using = dict.fromkeys(one.value for one, _ in islice(used, _LOOKED_AT) if one.value.startswith(site.base))
    schemes = look.nodes(node, "skos:inScheme")
    return site.render(
        "concept.html",
        request,
        iri=iri,
        name=_said(things, node, _LABELS) or local(iri),
        other=_said(things, node, _LABELS, other=True),
        meaning=_said(things, node, _MEANINGS),
        code=look.value(node, "skos:notation"),
        short=shorten(iri),
        schemes=[_link(things, one) for one in schemes],
        members=[_link(things, one) for one in look.subjects("skos:inScheme", node)],
        beside=[_link(things, one) for scheme in schemes for one in look.subjects("skos:inScheme", scheme)],
        facts=[(label, [_cell(things, one) for one in ends]) for label, ends in _ends(things, node) if ends],
        examples=[things.told(one) for one in islice(using, _EXAMPLES)],
        query=query_page_link(f"SELECT ?thing ?property WHERE {{ ?thing ?property <{iri}> }} LIMIT 100"),
        forms=("ttl", "jsonld"),
    )


def _said(things: Things, node: NamedNode, names: tuple[str, ...], other: bool = False) -> str:
    """What is said of a term in the language of the page, or in the other one."""
    code = things.say.code if not other else {"sv": "en", "en": "sv"}[things.say.code]
    terms = [term for name in names for term in things.look.objects(node, name) if isinstance(term, Literal)]
    return next((term.value for term in terms if term.language == code), "")


def _link(things: Things, node: NamedNode) -> Link:
    name = _said(things, node, _LABELS) or local(node.value)
    return Link("", "", name, things.site.href(node.value))


def _cell(things: Things, node: NamedNode) -> Cell:
    link = _link(things, node)
    return Cell(link.name, link.href)


def _ends(things: Things, node: NamedNode) -> list[tuple[str, list[NamedNode]]]:
    """Where a property goes from and to; what a class or property is a case of."""
    look, say = things.look, things.say
    return [
        (say("Of"), look.nodes(node, "rdfs:domain")),
        (say("Points at"), look.nodes(node, "rdfs:range")),
        (say("A kind of"), look.nodes(node, "rdfs:subClassOf") + look.nodes(node, "rdfs:subPropertyOf")),
    ]
