"""The page of a meeting: when and where it was, who was there, and what was decided under each item."""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from kommungraf.query.telling import outcome_of
from kommungraf.web.parts.portraits import Cell
from kommungraf.web.parts.statements import place, statement
from kommungraf.web.parts.things import Proof, Things
from kommungraf.web.site import Page, PageRequest, Site

_SAID = ("Decision", "Proposal", "Vote", "Reservation", "Recusal")
"""What is told of an item, decisions first."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided: its outcome in a word, its text, its page, its first proof."""

    outcome: str
    text: str
    href: str
    proof: Proof | None


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda, as its notice and its minutes have it."""

    number: str
    title: str
    href: str
    case: list[Cell]
    decided: list[Decided]
    other: list[tuple[str, str]] = field(default_factory=list)


def page(site: Site, request: PageRequest) -> Page:
    """The page of a meeting."""
    things, node = Things(site, request), NamedNode(site.iri(request.path))
    pointing = {one.value for one, link in site.look.pointing(node) if link == "meeting"}
    kinds: dict[str, list[str]] = {}
    for iri in pointing:
        kinds.setdefault(things.kind(iri), []).append(iri)
    return statement(
        site,
        request,
        "meeting.html",
        items=_items(things, kinds.get("AgendaItem", [])),
        present=_present(things, kinds.get("Attendance", [])),
        groups=[],
    )


def _items(things: Things, iris: list[str]) -> list[Item]:
    """The items, each once: a notice and its minutes may both have it, and the one with more said of it leads."""
    by_number: dict[str, list[str]] = {}
    for iri in sorted(iris, key=lambda one: place(things, one)):
        by_number.setdefault(things.nodes[iri].one("kg:number") or iri, []).append(iri)
    return [_item(things, same) for same in by_number.values()]


def _item(things: Things, same: list[str]) -> Item:
    said = {iri: [one.value for one in things.look.subjects("kg:agendaItem", NamedNode(iri))] for iri in same}
    chief = max(same, key=lambda iri: len(said[iri]))
    node = things.nodes[chief]
    under = sorted({one for found in said.values() for one in found}, key=lambda one: place(things, one))
    other = [things.told(one) for one in under if things.kind(one) in _SAID[1:]]
    return Item(
        number=node.one("kg:number"),
        title=node.one("dcterms:title"),
        href=things.site.href(chief),
        case=[Cell(link.name, link.href, link.lang) for link in things.links(node, "kg:case")],
        decided=[_decided(things, one) for one in under if things.kind(one) == "Decision"],
        other=[(fact.word, fact.href) for fact in other],
    )


def _decided(things: Things, iri: str) -> Decided:
    node, proofs = things.nodes[iri], things.proofs(iri)
    return Decided(
        outcome_of(node, things.say),
        " ".join(node.one("kg:text").split()),
        things.site.href(iri),
        proofs[0] if proofs else None,
    )


def _present(things: Things, iris: list[str]) -> list[tuple[str, list[tuple[Cell, str, str]]]]:
    """Who was there, by capacity: the person, whom for, and the line that says it."""
    groups: dict[str, list[tuple[Cell, str, str]]] = {}
    for iri in sorted(iris, key=lambda one: place(things, one)):
        node, proofs = things.nodes[iri], things.proofs(iri)
        who = things.links(node, "kg:person")
        person = Cell(who[0].name, who[0].href, "sv") if who else Cell(things.say("vacant"))
        side = ", ".join(part for part in (node.one("kg:forParty"), node.one("kg:forMunicipality")) if part)
        capacity = ", ".join(link.name for link in things.links(node, "kg:capacity"))
        groups.setdefault(capacity, []).append((person, side, proofs[0].href if proofs else ""))
    return list(groups.items())
