"""The page of a passage: the quote marked in its paragraph, where it stands, and all that rests on it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kommungraf.query.lookup import local
from kommungraf.query.nodes import Quote
from kommungraf.web.parts.passages import Surroundings, stored, surroundings
from kommungraf.web.parts.sheets import Sheet, sheets
from kommungraf.web.parts.things import Link, Things, Told
from kommungraf.web.site import NotFoundError, Page, PageRequest, Site

_STEPS = (1, 4, 12, 40)
"""Paragraphs on each side of the quote, less or more of them."""
_FACTS = 100
"""Facts that are told one by one: a heading may prove very many."""
_SPAN = re.compile(r"/(\d+)-(\d+)$")


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The passages before and after one in the same document, and which of how many it is."""

    number: int
    count: int
    before: str
    after: str


def page(site: Site, request: PageRequest) -> Page:
    """The evidence at a passage's IRI."""
    iri = site.iri(request.path)
    things = Things(site, request)
    if things.kind(iri) != "Passage":
        raise NotFoundError(request.path)
    quote = things.nodes.quote(NamedNode(iri))
    facts = site.look.subjects("kg:evidence", NamedNode(iri))
    wide = int(request.get("om")) if request.get("om") in map(str, range(len(_STEPS))) else 0
    around = _around(site, quote, _STEPS[wide])
    return site.render(
        "evidence.html",
        request,
        quote=quote,
        iri=iri,
        printed=things.nodes[iri].one("kg:printedPage"),
        document=things.link(quote.document_iri),
        head=_head(things, quote),
        around=around,
        wider=str(wide + 1) if wide + 1 < len(_STEPS) and (around.more_before or around.more_after) else "",
        narrower=str(wide - 1) if wide > 1 else ("" if wide == 0 else None),
        facts=_facts(things, [fact.value for fact in facts[:_FACTS]]),
        more=max(0, len(facts) - _FACTS),
        neighbours=_neighbours(site, iri, quote.document_iri),
        sheets=_sheets(site, quote),
        title=_short(quote.text),
    )


def _short(text: str, most: int = 70) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[:most].rpartition(" ")[0] + " …"


def _around(site: Site, quote: Quote, paragraphs: int) -> Surroundings:
    """The paragraphs around a quote; only itself where its text is not here, or is another one by now."""
    text = stored(site.texts / f"{quote.sha256}.txt") if site.texts is not None else ""
    if text[quote.start : quote.end] != quote.text:
        text = ""
    return surroundings(text or quote.text, *((quote.start, quote.end) if text else (0, len(quote.text))), paragraphs)


@dataclass(frozen=True, slots=True)
class Head:
    """What is to be known of a passage's document and file."""

    type: str
    issued: str
    publisher: list[Link]
    file: str
    in_force: Link | None


def _head(things: Things, quote: Quote) -> Head:
    node = things.nodes[quote.document_iri]
    newer = things.links(node, "dcterms:isReplacedBy")
    return Head(
        type=", ".join(link.name for link in things.links(node, "dcterms:type")),
        issued=node.one("dcterms:issued") or node.one("kg:year"),
        publisher=things.links(node, "dcterms:publisher"),
        file=quote.file,
        in_force=newer[0] if newer else None,
    )


def _facts(things: Things, iris: list[str]) -> list[Told]:
    """What rests on the passage: what the document says before what was concluded from it."""
    facts = [things.told(iri) for iri in iris]
    return sorted(facts, key=lambda fact: (bool(fact.score), fact.kind == "mention", fact.word, fact.what))


def _neighbours(site: Site, iri: str, document: str) -> Neighbours:
    """The passages of a document in their order: known once for the documents looked at last."""
    order: dict[str, list[str]] = site.memo.setdefault("evidence:order", {})
    if document not in order:
        if len(order) >= _DOCUMENTS:
            order.pop(next(iter(order)))
        found = site.look.subjects("oa:hasSource", NamedNode(document))
        order[document] = sorted((one.value for one in found), key=place)
    row = order[document]
    number = bisect_left(row, place(iri), key=place)
    return Neighbours(
        number + 1,
        len(row),
        site.href(row[number - 1]) if number else "",
        site.href(row[number + 1]) if number + 1 < len(row) else "",
    )


_DOCUMENTS = 50


def place(passage: str) -> tuple[int, int]:
    """The offsets that stand in a passage's IRI."""
    match = _SPAN.search(passage)
    if match is None:
        raise ValueError(f"{local(passage)} is no place in a text.")
    return int(match.group(1)), int(match.group(2))


def _sheets(site: Site, quote: Quote) -> list[Sheet]:
    """The pictures of the pages that the quote stands on, where documents may be shown."""
    return sheets(site, quote) if site.documents and quote.page is not None else []
