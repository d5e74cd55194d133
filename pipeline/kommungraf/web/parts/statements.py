"""The page of a statement: what it says, word for word; its properties; what stands beside it and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode

from kommungraf.languages import messages
from kommungraf.model.iri import NS
from kommungraf.query.kinds import kind_word
from kommungraf.query.lookup import full, local
from kommungraf.query.nodes import Node
from kommungraf.query.portrait import money
from kommungraf.web.parts.portraits import Cell
from kommungraf.web.parts.things import Things, Told
from kommungraf.web.site import Page, PageRequest, Site
from kommungraf.web.sparql_links import query_page_link

MOST = 80
"""Statements of one group that are told; more are counted."""

_APART = frozenset(
    "kg:text dcterms:title kg:because kg:score kg:method foaf:name prov:wasDerivedFrom kg:evidence kg:basedOn "
    "kg:typeBecause".split()
)
"""Properties that are told above, or are of no use to a reader."""

_GROUPS = messages(
    {
        "AgendaItem": "Items of the meeting",
        "Proposal": "Proposals before it",
        "Recusal": "Who took no part",
        "Vote": "Votes",
        "Decision": "Decisions",
        "Reservation": "Reservations",
        "Motion": "Motions",
        "ReportedDecision": "Told again afterwards",
        "LegalReference": "Law that it refers to",
        "Alignment": "What became of it",
        "Contradiction": "Contradictions",
        "Attendance": "Who was there",
    }
)
"""Kinds of statements around another one, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Group:
    """Statements of a kind around another one, and how many more there are."""

    key: str
    title: str
    told: list[Told]
    more: int = 0


def label(things: Things, name: str) -> str:
    """A property as the ontology calls it in the language of the page; one of another vocabulary in our words."""
    if name in _USUAL:
        return things.say(_USUAL[name])
    found = {
        term.language: term.value
        for term in things.look.objects(NamedNode(full(name).value), "rdfs:label")
        if isinstance(term, Literal)
    }
    said = found.get(things.say.code) or found.get("en") or local(name.replace(":", "/"))
    return said[:1].upper() + said[1:]


_USUAL = messages(
    {
        "dcterms:date": "Date",
        "dcterms:creator": "By",
        "dcterms:isPartOf": "File",
        "dcterms:issued": "Issued",
        "dcterms:publisher": "Publisher",
        "dcterms:type": "Type",
        "dcterms:isReplacedBy": "Replaced by",
        "dcterms:replaces": "Replaces",
        "org:member": "Member",
        "org:organization": "Of",
        "org:role": "Role",
        "org:unitOf": "Part of",
        "eli:cites": "Refers to",
    }
)


def properties(things: Things, node: Node, apart: frozenset[str] = frozenset()) -> list[tuple[str, list[Cell]]]:
    """What a node says besides its text: labels and values, things as links."""
    shown = []
    for name in sorted(node.told):
        if ":" in name and "://" not in name and name not in _APART | apart:
            cells = [value(things, name, said) for said in node.refs(name)]
            shown.append((label(things, name), [cell for cell in cells if cell.text]))
    return sorted((label, cells) for label, cells in shown if cells)


def value(things: Things, name: str, said: str) -> Cell:
    """A value of a property: a thing by its name, an amount with its unit, a truth in a word, else as it is."""
    if said.startswith((things.site.base, NS)):
        link = things.link(said)
        return Cell(link.name, link.href, link.lang)
    if said in ("true", "false"):
        return Cell(things.say("yes") if said == "true" else things.say("no"))
    if name == "kg:amount":
        return Cell(money(said))
    return Cell(said, said if said.startswith(("http://", "https://")) else "", "" if name.endswith("date") else "sv")


def around(things: Things, iri: str, items: list[str]) -> list[Group]:
    """What points at a statement, and what was said under the same items of a meeting."""
    look = things.look
    found = {node.value for target in [iri, *items] for node, _ in look.pointing(NamedNode(target))}
    kinds: dict[str, list[str]] = {}
    for one in found - {iri, *items}:
        kind = things.kind(one)
        if kind and kind not in ("Passage", "Presence", "Extraction", "Join"):
            kinds.setdefault(kind if kind in _GROUPS else "", []).append(one)
    order = [*_GROUPS, ""]
    return [group(things, kind, kinds[kind]) for kind in order if kind in kinds]


def group(things: Things, kind: str, iris: list[str]) -> Group:
    """Statements of a kind in their order."""
    ordered = sorted(iris, key=lambda iri: place(things, iri))
    title = things.say(_GROUPS[kind]) if kind in _GROUPS else things.say("More that is known")
    return Group(kind.lower() or "rest", title, [things.told(iri) for iri in ordered[:MOST]], max(0, len(iris) - MOST))


def place(things: Things, iri: str) -> tuple[object, ...]:
    """Where a statement comes: by day, § and number in it, then by where it stands."""
    node = things.nodes[iri]
    quotes = things.nodes.quotes(iri)
    number, ordinal = node.one("kg:number"), node.one("kg:ordinal")
    return (
        node.one("dcterms:date") or node.one("kg:year"),
        int(number) if number.isdigit() else 0,
        int(ordinal) if ordinal.isdigit() else 0,
        (quotes[0].file, quotes[0].start) if quotes else ("", 0),
        iri,
    )


def statement(site: Site, request: PageRequest, template: str = "statement.html", /, **values: Any) -> Page:
    """The page of a statement. ``values`` are what its template shows besides, or instead of what every one does."""
    iri, things = site.iri(request.path), Things(site, request)
    node, kind = things.nodes[iri], things.kind(iri)
    told = things.told(iri)
    shown: dict[str, Any] = {
        "iri": iri,
        "kind": kind,
        "word": kind_word(kind, things.say),
        "told": told,
        "name": node.one("dcterms:title") or node.one("foaf:name") or told.what or kind_word(kind, things.say),
        "text": _text(node, told),
        "facts": properties(things, node),
        "groups": values["groups"] if "groups" in values else around(things, iri, node.refs("kg:agendaItem")),
        "query": query_page_link(f"DESCRIBE <{iri}>"),
        "licence": site.licence,
        "forms": ("ttl", "jsonld"),
    }
    return site.render(template, request, **(shown | values))


def _text(node: Node, told: Told) -> str:
    """Its text, where the quote below does not say the same."""
    text = " ".join(node.one("kg:text").split())
    return "" if any(text and text in proof.text for proof in told.proofs) else text
