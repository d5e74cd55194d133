"""The page of a passage: the quote marked in its paragraph, where it stands, and all that rests on it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kommungraf.query.nodes import Quote
from kommungraf.text import cut
from kommungraf.web.parts.contents import place
from kommungraf.web.parts.passages import Stored, Surroundings, around, row, stored, surroundings
from kommungraf.web.parts.sheets import Sheet, sheets
from kommungraf.web.parts.things import Link, Things, Told
from kommungraf.web.site import NotFoundError, Page, PageRequest, Site

_STEPS = (1, 4, 12, 40)
"""Paragraphs on each side of the quote, less or more of them."""
_FACTS = 100
"""Facts that are told one by one: a heading may prove very many."""
_MARKDOWN = (".md", ".markdown")
_EMPHASIS = re.compile(r"(\*\*|__|^#{1,6} |</?(?:b|i|u|em|strong)>)", re.MULTILINE)
"""Marks of emphasis and headings of a text in Markdown: they stand in the stored text, and are shown less."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The passages before and after one in the same document, and which of how many it is."""

    number: int
    count: int
    before: str
    after: str


def page(site: Site, request: PageRequest) -> Page:
    """The evidence at a passage's IRI. Raises :class:`~kommungraf.web.site.NotFoundError` where there is none."""
    iri = site.iri(request.path)
    things = Things(site, request)
    if things.kind(iri) != "Passage":
        raise NotFoundError(request.path)
    quote = things.nodes.quote(NamedNode(iri))
    facts = site.look.subjects("kg:evidence", NamedNode(iri))
    wide = int(request.get("om")) if request.get("om") in map(str, range(len(_STEPS))) else 0
    text = _text(site, quote)
    near = _around(text, quote, _STEPS[wide])
    return site.render(
        "evidence.html",
        request,
        quote=quote,
        iri=iri,
        printed=things.nodes[iri].one("kg:printedPage"),
        document=things.link(quote.document_iri),
        head=_head(things, quote),
        around=near,
        at_hand=text is not None,
        row=row(text, quote.start, quote.end) if text is not None else None,
        pieces=_pieces if quote.file.lower().endswith(_MARKDOWN) else _whole,
        wider=str(wide + 1) if wide + 1 < len(_STEPS) and (near.more_before or near.more_after) else "",
        narrower=str(wide - 1) if wide > 1 else ("" if wide == 0 else None),
        facts=_facts(things, [fact.value for fact in facts[:_FACTS]]),
        more=max(0, len(facts) - _FACTS),
        neighbours=_neighbours(site, iri, quote.document_iri),
        sheets=_sheets(site, quote),
        title=cut(" ".join(quote.text.split()), 70),
    )


def _text(site: Site, quote: Quote) -> Stored | None:
    """The stored text of a quote; nothing where it is not here, or is another one by now."""
    text = stored(site.texts / f"{quote.sha256}.txt") if site.texts is not None else None
    return text if text is not None and text.read(quote.start, quote.end) == quote.text else None


def _around(text: Stored | None, quote: Quote, paragraphs: int) -> Surroundings:
    """The paragraphs around a quote; only itself where its text is not here."""
    if text is None:
        return surroundings(quote.text, 0, len(quote.text))
    return around(text, quote.start, quote.end, paragraphs)


def _whole(text: str) -> list[tuple[str, bool]]:
    return [(text, False)]


def _pieces(text: str) -> list[tuple[str, bool]]:
    """A text in pieces, each with whether it is but a mark of emphasis. Together they are the text."""
    return [(piece, bool(place % 2)) for place, piece in enumerate(_EMPHASIS.split(text)) if piece]


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
    facts = [things.told(iri, quoted=False) for iri in iris]
    return sorted(facts, key=lambda fact: (bool(fact.score), fact.kind == "mention", fact.word, fact.what))


def _neighbours(site: Site, iri: str, document: str) -> Neighbours:
    """The passages of a document in their order: known once for the documents looked at last."""
    order: dict[str, list[str]] = site.memo.setdefault("evidence:order", {})
    if document not in order:
        if len(order) >= _DOCUMENTS:
            order.pop(next(iter(order)))
        found = site.look.subjects("oa:hasSource", NamedNode(document))
        order[document] = sorted((one.value for one in found), key=place)
    passages = order[document]
    number = bisect_left(passages, place(iri), key=place)
    return Neighbours(
        number + 1,
        len(passages),
        site.href(passages[number - 1]) if number else "",
        site.href(passages[number + 1]) if number + 1 < len(passages) else "",
    )


_DOCUMENTS = 50


def _sheets(site: Site, quote: Quote) -> list[Sheet]:
    """The pictures of the pages that the quote stands on, where documents may be shown."""
    return sheets(site, quote) if site.documents and quote.page is not None else []
