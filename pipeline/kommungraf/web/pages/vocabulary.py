"""The words of the graph: classes, properties and concepts, what they mean, and how often they are used."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from kommungraf.graph import ontology
from kommungraf.graph.written import json_ld, turtle
from kommungraf.query.lookup import full, shorten
from kommungraf.query.store import ask
from kommungraf.web.pages.dataset import counted
from kommungraf.web.site import MEDIA_TYPES, Page, PageRequest, Site

_CLASS, _SCHEME = full("owl:Class"), full("skos:ConceptScheme")
_PROPERTIES = frozenset(full(name) for name in ("rdf:Property", "owl:ObjectProperty", "owl:DatatypeProperty"))
_LABELS = ("rdfs:label", "skos:prefLabel", "dcterms:title")
_MEANINGS = ("rdfs:comment", "skos:definition", "skos:scopeNote")
_ALIGNED = (
    "rdfs:subClassOf rdfs:subPropertyOf skos:closeMatch skos:exactMatch owl:equivalentClass owl:equivalentProperty"
).split()

Told = dict[NamedNode, list[NamedNode | Literal]]


@dataclass(frozen=True, slots=True)
class Word:
    """A term of the ontology in one language. ``aligned``: what it is a kind of, or close to, elsewhere.

    ``used``: nodes of the class, or statements with the property; ``None`` for a concept.
    """

    iri: str
    name: str
    label: str
    meaning: str
    domain: list[str] = field(default_factory=list)
    range: list[str] = field(default_factory=list)
    aligned: list[str] = field(default_factory=list)
    used: int | None = None

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return self.name.replace(":", "-")


def page(site: Site, request: PageRequest) -> Page:
    """The ontology: HTML, Turtle or JSON-LD."""
    triples = _ontology(site)
    if request.form == "jsonld":
        return Page(json_ld(triples, ontology.GRAPH), MEDIA_TYPES["jsonld"])
    if request.form != "html":
        return Page(turtle(triples, ontology.GRAPH), MEDIA_TYPES["ttl"])
    told = _told(triples)
    words = [_word(site, node, said, request.language) for node, said in told.items()]
    by_iri = {word.iri: word for word in sorted(words, key=lambda word: word.name.casefold())}

    def of(kind: frozenset[NamedNode]) -> list[Word]:
        return [word for iri, word in by_iri.items() if kind & set(told[NamedNode(iri)].get(full("rdf:type"), ()))]

    return site.render(
        "vocabulary.html",
        request,
        forms=("ttl", "jsonld"),
        classes=of(frozenset({_CLASS})),
        properties=of(_PROPERTIES),
        schemes=[(scheme, _concepts(scheme, told, by_iri)) for scheme in of(frozenset({_SCHEME}))],
        shorten=shorten,
    )


def context(_site: Site, _request: PageRequest) -> Page:
    """The JSON-LD context of records and of our JSON-LD."""
    whole = {"@context": ontology.context()}
    return Page((json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode(), MEDIA_TYPES["jsonld"])


def _ontology(site: Site) -> list[Triple]:
    answer = ask(site.store, f"SELECT ?s ?p ?o {{ GRAPH <{ontology.GRAPH}> {{ ?s ?p ?o }} }}")
    assert isinstance(answer, QuerySolutions)
    return [Triple(row["s"], row["p"], row["o"]) for row in answer]


def _told(triples: list[Triple]) -> dict[NamedNode, Told]:
    told: defaultdict[NamedNode, Told] = defaultdict(dict)
    for one in triples:
        if isinstance(one.subject, NamedNode) and isinstance(one.object, NamedNode | Literal):
            told[one.subject].setdefault(one.predicate, []).append(one.object)
    return told


def _word(site: Site, node: NamedNode, told: Told, code: str) -> Word:
    held = counted(site)
    kinds = set(told.get(full("rdf:type"), ()))
    used = held.classes.get(node.value, 0) if _CLASS in kinds else held.properties.get(node.value, 0)
    return Word(
        iri=node.value,
        name=shorten(node.value),
        label=next(_texts(told, _LABELS, code), ""),
        meaning=" ".join(_texts(told, _MEANINGS, code)),
        domain=_iris(told, ["rdfs:domain"]),
        range=_iris(told, ["rdfs:range"]),
        aligned=_iris(told, _ALIGNED),
        used=used if kinds & {_CLASS, *_PROPERTIES} else None,
    )


def _texts(told: Told, names: tuple[str, ...], code: str) -> Iterator[str]:
    for name in names:
        found = [value for value in told.get(full(name), ()) if isinstance(value, Literal)]
        yield from sorted(value.value for value in found if value.language in (code, None))


def _iris(told: Told, names: list[str]) -> list[str]:
    return sorted({one.value for name in names for one in told.get(full(name), ()) if isinstance(one, NamedNode)})


def _concepts(scheme: Word, told: dict[NamedNode, Told], words: dict[str, Word]) -> list[Word]:
    here = NamedNode(scheme.iri)
    return [word for iri, word in words.items() if here in told[NamedNode(iri)].get(full("skos:inScheme"), ())]
