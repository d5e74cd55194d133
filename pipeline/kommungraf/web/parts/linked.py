"""What is known of one IRI as linked data: its statements, what points at it, and what all that is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

from kommungraf.graph import ontology
from kommungraf.graph.written import json_ld, turtle
from kommungraf.model import iri as minted
from kommungraf.model.iri import NS
from kommungraf.query.lookup import full
from kommungraf.query.store import PREFIXES, Reader, ask
from kommungraf.web.site import MEDIA_TYPES, Form, NotFoundError, Page, Site

MOST = 1_000
"""Values of one kind that are given: passages of evidence, nodes that point here. The rest is a query away."""

_TOGETHER = 500
_NAMED_BY = "rdf:type foaf:name skos:prefLabel dcterms:title rdfs:label kg:fileName kg:diaryNumber".split()
_VOID = "http://rdfs.org/ns/void#"
_SEE_ALSO = NamedNode(PREFIXES["rdfs"] + "seeAlso")
_EVIDENCE = full("kg:evidence")
_SELECTOR = full("oa:hasSelector")


def description(site: Site, iri: str, form: Form, root: str = "") -> Page:
    """The linked data of an IRI as ``ttl`` or ``jsonld``.

    All that is said of it over all graphs and what points at it (at most :data:`MOST` passages and :data:`MOST` nodes;
    where there are more, ``rdfs:seeAlso`` is the query for them), the selectors of a passage, and the classes and names
    of all that these name. ``root`` is the address of this site (``PageRequest.root``).

    Raises :class:`~kommungraf.web.site.NotFoundError` for an IRI of which nothing is said.
    """
    triples = statements(site, iri, root)
    body = json_ld(triples, iri) if form == "jsonld" else turtle(triples, iri)
    return Page(body, MEDIA_TYPES["jsonld" if form == "jsonld" else "ttl"])


def statements(site: Site, iri: str, root: str = "") -> list[Triple]:
    """The statements of :func:`description`, sorted."""
    node = NamedNode(iri)
    own = {quad.triple for quad in site.store.quads_for_pattern(node, None, None)}
    if not own:
        raise NotFoundError(iri)
    evidence = sorted((one for one in own if one.predicate == _EVIDENCE), key=_order)
    found = own - set(evidence[MOST:])
    pointing, more = _pointing(site.store, node)
    found |= pointing | _selectors(site.store, own)
    if root and (more or len(evidence) > MOST):
        found.add(Triple(node, _SEE_ALSO, NamedNode(_query_address(root, iri))))
    found |= _names(site.store, _mentioned(found - set(evidence), node))
    if iri.startswith(site.base):
        found.add(Triple(node, NamedNode(_VOID + "inDataset"), NamedNode(site.base + minted.DATASET)))
    return sorted(found, key=_order)


def _order(triple: Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _pointing(store: Reader, node: NamedNode) -> tuple[set[Triple], bool]:
    """What points at a node, and whether there is more. At a word of the ontology: what other words say of it."""
    graph = f"<{ontology.GRAPH}>" if node.value.startswith(NS) else "?g"
    query = f"SELECT DISTINCT ?s ?p {{ GRAPH {graph} {{ ?s ?p {node} }} }} ORDER BY ?p ?s LIMIT {MOST + 1}"
    rows = [(row["s"], row["p"]) for row in _rows(store, query)]
    return {Triple(subject, link, node) for subject, link in rows[:MOST]}, len(rows) > MOST


def _selectors(store: Reader, own: set[Triple]) -> set[Triple]:
    """What the selectors say: they have no page of their own."""
    nodes = (one.object for one in own if one.predicate == _SELECTOR)
    return {
        quad.triple
        for node in nodes
        if isinstance(node, NamedNode | BlankNode)
        for quad in store.quads_for_pattern(node, None, None)
    }


def _mentioned(triples: Iterable[Triple], but: NamedNode) -> set[NamedNode]:
    """The nodes at either end of the statements."""
    ends = {end for one in triples for end in (one.subject, one.object)}
    return {end for end in ends if isinstance(end, NamedNode) and end != but}


def _names(store: Reader, nodes: set[NamedNode]) -> set[Triple]:
    """The classes and names of nodes: of what the graph knows, in a request for several hundred."""
    links = ", ".join(str(full(name)) for name in _NAMED_BY)
    found: set[Triple] = set()
    for some in _some(sorted(map(str, nodes))):
        values = " ".join(some)
        query = (
            f"SELECT DISTINCT ?s ?p ?o {{ VALUES ?s {{ {values} }} GRAPH ?g {{ ?s ?p ?o }} FILTER(?p IN ({links})) }}"
        )
        found |= {Triple(row["s"], row["p"], row["o"]) for row in _rows(store, query) if _is_term(row["o"])}
    return found


def _is_term(term: object) -> bool:
    return isinstance(term, NamedNode | Literal)


def _some(names: list[str]) -> Iterator[list[str]]:
    return (names[start : start + _TOGETHER] for start in range(0, len(names), _TOGETHER))


def _rows(store: Reader, query: str) -> QuerySolutions:
    answer = ask(store, query)
    assert isinstance(answer, QuerySolutions)
    return answer


def _query_address(root: str, iri: str) -> str:
    """The address at which all that is left out is had."""
    query = f"CONSTRUCT {{ <{iri}> ?p ?o . ?s ?q <{iri}> }} WHERE {{ {{ <{iri}> ?p ?o }} UNION {{ ?s ?q <{iri}> }} }}"
    return f"{root}/sparql?" + urlencode({"query": query})
