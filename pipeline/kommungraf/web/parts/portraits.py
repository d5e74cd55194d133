"""What the page of every entity shows: name, facts, sections of its kind, its years, where it is known from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup
from pyoxigraph import NamedNode

from kommungraf.languages import messages
from kommungraf.query.entity import Candidate, Entity, describe
from kommungraf.query.kinds import entry_word, kind_word
from kommungraf.query.lookup import local
from kommungraf.query.nodes import Node
from kommungraf.query.portrait import either, known_from, money, state_word
from kommungraf.query.timeline import Entry, timeline, unfolded
from kommungraf.web.parts.tables import csv_page
from kommungraf.web.parts.things import Things
from kommungraf.web.parts.years import one_year, years
from kommungraf.web.site import NotFoundError, Page, PageRequest, Site
from kommungraf.web.sparql_links import query_page_link

MOST = 1_500
"""Statements and mentions that a page is made of; what has more is told from its newest documents."""
LISTED = 60
"""Rows of a table of a section; more are counted."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A field of a table or a value of a fact. ``lang`` is set for the words of documents; ``ends`` are the days of a
    period, each kept on one line; ``said`` is what a text that is a letter stands for.
    """

    text: str
    href: str = ""
    lang: str = ""
    time: bool = False
    num: bool = False
    ends: tuple[str, ...] = ()
    said: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: a graphic, a table with the same data, the query behind it, a link to more.

    ``folded`` are rows that a reader unfolds; ``data`` are the columns and rows for programs (``?table=`` its key).
    """

    key: str
    title: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    lede: str = ""
    graphic: Markup | None = None
    query: str = ""
    unshown: int = 0
    more: Cell | None = None
    folded: tuple[tuple[Cell, ...], ...] = ()
    data: tuple[tuple[str, ...], tuple[tuple[str, ...], ...]] | None = None


@dataclass
class Portrait:
    """An entity on the way to its page: ``facts`` are those above everything, ``sections`` those of its kind."""

    site: Site
    request: PageRequest
    things: Things
    entity: Entity
    facts: list[tuple[str, list[Cell]]] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)

    @property
    def node(self) -> NamedNode:
        """The entity as a node of the graph."""
        return NamedNode(self.entity.candidate.iri)

    def link(self, iri: str) -> Cell:
        """A thing by its name, with the link to its page. Its own statements are not read: of a party they are many."""
        return Cell(self.site.look.name(NamedNode(iri)) or self.things.name(iri), self.site.href(iri), "sv")

    def kind(self, iri: str) -> Cell:
        """The kind of a thing in a word."""
        return Cell(kind_word(self.things.kind(iri), self.things.say))

    def ask(self, sparql: str) -> str:
        """The link to a query in the query page."""
        return query_page_link(sparql, self.request.root)


def portrait(site: Site, request: PageRequest, iri: str, kind: str) -> Portrait:
    """All that is known of an entity, told in the language of the request."""
    look, node = site.look, NamedNode(iri)
    name = look.value(node, "foaf:name") or look.value(node, "kg:diaryNumber") or look.name(node) or local(iri)
    things = Things(site, request)
    entity = describe(look, Candidate(iri, kind, name), things.say, MOST)
    things.nodes = entity.nodes
    made = Portrait(site, request, things, entity)
    made.facts = facts(made)
    return made


def show(made: Portrait) -> Page:
    """The page, or its timeline or a section (``table=``) as a table (``format=csv``).

    Raises ``NotFoundError`` for a year that has nothing and for a section that is not there.
    """
    entity, request, say = made.entity, made.request, made.things.say
    if request.form == "csv" and request.get("table"):
        return _data(made, request.get("table"))
    entries = timeline(entity, made.site.texts)
    if request.form == "csv":
        return _table(made, entries)
    asked = request.get("ar")
    shared: dict[str, Any] = {
        "made": made,
        "name": entity.name,
        "kind": entity.candidate.kind,
        "word": kind_word(entity.candidate.kind, say),
        "iri": entity.candidate.iri,
        "lede": " · ".join(part for part in (titled(entity), known_from(entity) if entity.of is None else "") if part),
        "scope": ", ".join(entity.properties.get("org:unitOf", [])),
        "newest": None if entity.of is None else len(entity.of),
        "query": made.ask(f"DESCRIBE <{entity.candidate.iri}>"),
        "licence": made.site.licence,
        "forms": ("ttl", "jsonld", "csv"),
    }
    if asked:
        return _year(made, entries, asked, shared)
    shown = years(made.things, entries, lambda year: request.link(ar=year, sida=None))
    return made.site.render("entity.html", request, years=shown, **shared)


def titled(entity: Entity) -> str:
    """What a case is about, by its first title."""
    return next(iter(entity.properties.get("dcterms:title", [])), "") if entity.candidate.kind == "Case" else ""


def _year(made: Portrait, entries: list[Entry], asked: str, shared: dict[str, Any]) -> Page:
    """All of one year, in parts."""
    request, number = made.request, made.request.get("sida", "1")
    if not re.fullmatch("[1-9][0-9]{0,3}", number) or not any(entry.year == asked for entry in entries):
        raise NotFoundError(request.path)
    shown, parts = one_year(made.things, entries, asked, int(number))
    if int(number) > parts:
        raise NotFoundError(request.path)
    before = request.link(sida=str(int(number) - 1)) if int(number) > 1 else ""
    after = request.link(sida=str(int(number) + 1)) if int(number) < parts else ""
    whole = request.link(ar=None, sida=None)
    paging: dict[str, Any] = {
        "number": int(number),
        "parts_of_year": parts,
        "before": before,
        "after": after,
        "whole": whole,
    }
    return made.site.render("entity_year.html", request, year=shown, **paging, **shared)


def _data(made: Portrait, key: str) -> Page:
    """A section for programs."""
    data = next((one.data for one in made.sections if one.key == key and one.data), None)
    if data is None:
        raise NotFoundError(made.request.path)
    return csv_page(f"{local(made.entity.candidate.iri)}-{key}", *data)


def _table(made: Portrait, entries: list[Entry]) -> Page:
    say = made.things.say
    rows = [
        (one.when, one.kind, entry_word(one.kind, say), one.what, q.text if q else "", q.document if q else "")
        + ((q.page or "", q.passage) if q else ("", ""))
        + (("" if one.score is None else one.score), one.because)
        for one in unfolded(entries)
        for q in [one.quotes[0] if one.quotes else None]
    ]
    columns = ("when", "kind", "label", "what", "quote", "document", "page", "passage", "score", "because")
    return csv_page(local(made.entity.candidate.iri) or "entity", columns, rows)


_LABELS = messages(
    {
        "kg:abbreviation": "Abbreviation",
        "kg:diaryNumber": "Diary number",
        "kg:municipalityCode": "Municipality code",
        "org:unitOf": "Part of",
        "kg:heldBy": "Held by",
        "kg:referredFrom": "Referred from",
        "kg:funder": "Paid for by",
        "kg:participant": "Takes part",
        "kg:partOf": "Part of",
        "owl:sameAs": "The same as",
    }
)
"""Properties that are shown as they are."""


def facts(made: Portrait) -> list[tuple[str, list[Cell]]]:
    """What it is, besides its name: a label and its values."""
    entity, say, told = made.entity, made.things.say, made.entity.properties
    node = entity.nodes[entity.candidate.iri]
    others = {*told.get("skos:altLabel", []), *told.get("kg:shortName", []), *entity.names.values()} - {entity.name}
    shown = [(say("Other names"), [Cell(name, lang="sv") for name in sorted(others)])]
    if entity.candidate.kind == "Case":
        shown.append((say("Titles"), [Cell(title, lang="sv") for title in told.get("dcterms:title", [])]))
        states = [Cell(state_word(state, say)) for state in told.get("kg:state", [])]
        shown.append((say("State"), states))
        shown.append((say("In this state since"), [Cell(day, time=True) for day in told.get("kg:stateSince", [])]))
    shown += [(say(label), values(made, node, name)) for name, label in _LABELS.items()]
    starts, stops = told.get("kg:validFrom", []), told.get("kg:validTo", [])
    period = f"{either(starts, say) or '…'} – {either(stops, say) or '…'}" if starts or stops else ""
    amounts = either([money(amount) for amount in told.get("kg:amount", [])], say)
    shown += [(say("Period"), [Cell(period)] if period else []), (say("Amount"), [Cell(amounts)] if amounts else [])]
    return [(label, cells) for label, cells in shown if cells]


def values(made: Portrait, node: Node, name: str) -> list[Cell]:
    """The values of a property: things with the links to their pages, else as they are."""
    told = node.told.get(name, {})
    return [
        made.link(value) if value.startswith(made.site.base) else Cell(said, made.site.href(value), "sv")
        for value, said in sorted(told.items(), key=lambda pair: pair[1])
    ]


def table(made: Section, most: int = LISTED) -> list[Section]:
    """A section with the first rows of its table; nothing where there are none."""
    return [replace(made, rows=made.rows[:most], unshown=max(0, len(made.rows) - most))] if made.rows else []


def counted(number: int, made: Portrait) -> Cell:
    """A number in a column of numbers."""
    return Cell(made.things.say.number(number), num=True)
