"""What search engines read: every page that somebody may want to find, and what need not be read."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from pyoxigraph import QuerySolutions

from kommungraf.query.store import ask
from kommungraf.web.site import MEDIA_TYPES, NotFoundError, Page, PageRequest, Site

MOST = 50_000
"""Addresses in one file: the protocol allows no more."""

OVERVIEWS = (
    "/",
    "/oversikt",
    "/oversikt/narvaro",
    "/oversikt/loften",
    "/oversikt/motsagelser",
    "/oversikt/pengar",
    "/oversikt/tackning",
    "/fragor",
    "/ns/",
    "/.well-known/void",
)
KINDS = (
    "foaf:Person kg:Party kg:Municipality kg:Region kg:GoverningBody org:Organization kg:Network kg:Project "
    "kg:FocusArea kg:NamedThing kg:Case kg:Document kg:Meeting kg:Motion kg:Decision"
).split()
"""Classes whose nodes have a page that stands by itself; single statements and passages are found from these."""

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def page(site: Site, request: PageRequest) -> Page:
    """The index at ``/sitemap.xml``, or one of the files that it names.

    No file says when a page changed: a page is made of many documents, and what dates a document is not when it was
    read.
    """
    addresses = _addresses(site)
    files = -(-len(addresses) // MOST)
    if request.path == "/sitemap.xml":
        names = (f"{request.root}/sitemap/{number}.xml" for number in range(1, files + 1))
        return _xml("sitemapindex", "sitemap", names)
    number = int(request.path.rpartition("/")[2].removesuffix(".xml"))
    if not 1 <= number <= files:
        raise NotFoundError(request.path)
    some = addresses[(number - 1) * MOST : number * MOST]
    return _xml("urlset", "url", (request.root + address for address in some))


def robots(_site: Site, request: PageRequest) -> Page:
    """Robots read pages once, in one form and language; they do not search and ask no queries."""
    text = (
        "User-agent: *\nDisallow: /sparql\nDisallow: /query\nDisallow: /sok\nDisallow: /*?\n"
        f"Sitemap: {request.root}/sitemap.xml\n"
    )
    return Page(text.encode(), "text/plain; charset=utf-8")


def _addresses(site: Site) -> list[str]:
    """The paths of all pages, sorted; kept for the life of the generation."""
    if "sitemap" not in site.memo:
        site.memo["sitemap"] = [*OVERVIEWS, *_entities(site)]
    kept: list[str] = site.memo["sitemap"]
    return kept


def _entities(site: Site) -> Iterator[str]:
    values = " ".join(KINDS)
    replaced = "FILTER NOT EXISTS { GRAPH ?h { ?x dcterms:isReplacedBy ?other } }"
    answer = ask(
        site.store, f"SELECT DISTINCT ?x {{ VALUES ?kind {{ {values} }} GRAPH ?g {{ ?x a ?kind }} {replaced} }}"
    )
    assert isinstance(answer, QuerySolutions)
    found = {row["x"].value for row in answer}
    return (site.href(iri) for iri in sorted(found) if iri.startswith(site.base))


def _xml(root: str, entry: str, addresses: Iterator[str]) -> Page:
    lines = "".join(f"<{entry}><loc>{escape(address)}</loc></{entry}>\n" for address in addresses)
    whole = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n{lines}</{root}>\n'
    return Page(whole.encode(), MEDIA_TYPES["xml"])
