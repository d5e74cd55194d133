"""What a fact says of an entity, in a word for its kind and one line: no IRIs, no codes."""

from __future__ import annotations

from collections.abc import Callable

from kommungraf.query.entity import Entity, Fact
from kommungraf.query.nodes import Node, Nodes
from kommungraf.query.telling_conclusions import CONCLUSION_TELLERS
from kommungraf.query.telling_words import Telling, join, period

OUTCOMES = {
    "adopt": "adopted",
    "amend": "amended",
    "answer": "answered",
    "appoint": "appointed",
    "approve": "approved",
    "assign": "assigned",
    "delegate": "delegated",
    "discharge": "discharge granted",
    "dismiss": "released from office",
    "elect": "elected",
    "grant": "granted",
    "note": "noted",
    "permit": "permitted",
    "postpone": "postponed",
    "propose": "proposed",
    "recommend": "recommended",
    "refer": "referred",
    "reject": "rejected",
    "repeal": "repealed",
    "return": "sent back",
    "other": "decided",
}


Teller = Callable[[Fact, Entity], Telling]


def tell(fact: Fact, entity: Entity) -> Telling:
    """A fact in words."""
    return _TELLERS.get(fact.kind, _plainly)(fact, entity)


def _plainly(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    return Telling(fact.kind.lower(), node.one("dcterms:title") or node.one("foaf:name") or node.one("kg:text"))


def where(node: Node, nodes: Nodes) -> str:
    """The body, day and § of a statement: ``styrelsen § 61``."""
    items = [nodes[ref] for ref in node.refs("kg:agendaItem")]
    meetings = [nodes[ref] for one in [node, *items] for ref in one.refs("kg:meeting")]
    body = node.one("kg:decidedBy") or node.one("kg:body") or next((m.one("kg:body") for m in meetings), "")
    number = next((item.one("kg:number") for item in items), "") or node.one("kg:number")
    return " ".join(part for part in (body, f"§ {number}" if number else "") if part)


def _decision(fact: Fact, entity: Entity) -> Telling:
    to = ", ".join(fact.node.all("kg:referredTo"))
    outcome = OUTCOMES.get(fact.node.one("kg:outcome"), fact.node.one("kg:outcome"))
    outcome += f" to {to}" if to and to != entity.name else ""
    return Telling("decision", join(where(fact.node, entity.nodes), outcome))


def _reported_decision(fact: Fact, entity: Entity) -> Telling:
    held = fact.node.refs("kg:minutes")
    outcome = OUTCOMES.get(fact.node.one("kg:outcome"), "")
    return Telling(
        "reported",
        join(where(fact.node, entity.nodes), outcome, "" if held else "told afterwards, no minutes of it are held"),
    )


def _attendance(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    body = where(node, entity.nodes)
    side = ", ".join(part for part in (node.one("kg:forParty"), node.one("kg:forMunicipality")) if part)
    capacity, who = node.one("kg:capacity"), node.one("kg:person")
    if fact.link == "person":
        what = join(f"{body} as {capacity}", side)
        return Telling("present", what, ("person", body, capacity, side), fact.when[5:])
    if fact.link == "substitutesFor":
        return Telling("absent", f"{body}: {who} stood in", ("absent", body, who), fact.when[5:])
    if fact.link == "meeting":
        return Telling("present", capacity, ("meeting", capacity), f"{who} ({side})" if side else who)
    others = node.one("kg:forMunicipality") if fact.link == "forParty" else node.one("kg:forParty")
    return Telling("present", body, (fact.link, body), f"{who} ({others})" if others else who)


_EVENTS = {
    "elected": "elected",
    "appointed": "appointed",
    "resigned": "resigned",
    "vacant": "vacant",
}


def _membership(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    role, body, event = node.one("org:role"), node.one("org:organization"), node.one("kg:event")
    who = node.one("org:member") or "vacant"
    if fact.link == "member":
        if role == "partimedlem":
            return Telling("party", body)
        return Telling("seat", join(f"{role} in {body}", _EVENTS.get(event, ""), period(node)))
    when = node.one("kg:validFrom")
    return Telling("seats", join(role, f"from {when}" if when else ""), ("seats", role, fact.when), who)


def _item(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    what = join(where(node, entity.nodes), node.one("dcterms:title"))
    return Telling("presented" if fact.link == "presenter" else "item", what)


def _document(fact: Fact, entity: Entity) -> Telling:
    kind = "published" if fact.link == "publisher" else "document"
    return Telling(kind, fact.quotes[0].document if fact.quotes else fact.node.one("dcterms:title"))


def _motion(fact: Fact, entity: Entity) -> Telling:
    by = "" if fact.link == "creator" else ", ".join(fact.node.all("dcterms:creator"))
    return Telling("motion", join(fact.node.one("dcterms:title"), f"by {by}" if by else ""))


def _proposal(fact: Fact, entity: Entity) -> Telling:
    by = "" if fact.link == "creator" else ", ".join(fact.node.all("dcterms:creator"))
    return Telling("proposal", join(where(fact.node, entity.nodes), f"by {by}" if by else ""))


def _reservation(fact: Fact, entity: Entity) -> Telling:
    by = "" if fact.link == "creator" else ", ".join(fact.node.all("dcterms:creator"))
    return Telling("reservation", join(where(fact.node, entity.nodes), by))


def _vote(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    counts = [
        (node.one(f"kg:{name}"), word) for name, word in (("yes", "yes"), ("no", "no"), ("abstained", "abstained"))
    ]
    side = {"votedYes": "voted yes", "votedNo": "voted no", "votedAbstain": "abstained"}.get(fact.link, "")
    return Telling(
        "vote", join(where(node, entity.nodes), side, ", ".join(f"{count} {word}" for count, word in counts if count))
    )


def _recusal(fact: Fact, entity: Entity) -> Telling:
    who = "" if fact.link == "person" else fact.node.one("kg:person")
    return Telling("recusal", join(where(fact.node, entity.nodes), who, "took no part (jäv)"))


def _plan(fact: Fact, entity: Entity) -> Telling:
    area = fact.node.one("kg:partOf") if fact.link != "partOf" else ""
    return Telling("goal" if fact.node.one("kg:isGoal") == "true" else "plan", area)


def _result(fact: Fact, entity: Entity) -> Telling:
    area = fact.node.one("kg:partOf") if fact.link != "partOf" else ""
    return Telling("result", join(area, fact.node.one("kg:heading")))


_UNITS = {"SEK": "kr", "count": "", "percent": "%", "persons": "persons"}


def _figure(fact: Fact, entity: Entity) -> Telling:
    """A number in running text: what it counts, and the number as printed. Those of a sentence are told together."""
    node = fact.node
    value = node.one("kg:asPrinted") or f"{node.one('kg:value')} {_UNITS.get(node.one('kg:unit'), node.one('kg:unit'))}"
    hedge = node.one("kg:hedge")
    value = f"{hedge} {value}" if hedge and not value.casefold().startswith(hedge.casefold()) else value
    line, quote = node.one("kg:lineItem"), fact.quotes[0] if fact.quotes else None
    told = value.strip() if line.casefold() in value.casefold() else f"{line}: {value.strip()}"
    if quote is None:
        return Telling("figure", told)
    if fact.link == "scope" and entity.candidate.kind != "Project":  # an organisation's own: a document's in a line
        return Telling("figures", quote.document, ("figures", quote.document_iri), told)
    return Telling("figure", "", ("figure", quote.document_iri, str(quote.start), str(quote.end)), told)


def _observation(fact: Fact, entity: Entity) -> Telling:
    if not fact.node.one("kg:table"):
        return _figure(fact, entity)
    document = fact.quotes[0].document if fact.quotes else ""
    return Telling("tables", document, ("tables", document), fact.node.one("kg:table"))


def _meeting(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    times = "–".join(part for part in (node.one("kg:startTime"), node.one("kg:endTime")) if part)
    body = "" if fact.link == "body" else node.one("kg:body")
    return Telling("meeting", join(body, node.one("kg:place"), times))


def _project(fact: Fact, entity: Entity) -> Telling:
    role = {"participant": "takes part in", "funder": "pays for"}.get(fact.link, "named with")
    return Telling("project", join(f"{role} {fact.node.one('foaf:name')}", period(fact.node)))


def _change(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    before, after = ", ".join(node.all("kg:changedFrom")), ", ".join(node.all("kg:changedInto"))
    if before == after:
        return Telling(node.one("kg:changeKind"), "")
    return Telling(node.one("kg:changeKind"), " → ".join(part for part in (before, after) if part))


_TELLERS: dict[str, Teller] = CONCLUSION_TELLERS | {
    "AgendaItem": _item,
    "Attendance": _attendance,
    "Change": _change,
    "Decision": _decision,
    "Document": _document,
    "Figure": _figure,
    "Meeting": _meeting,
    "Membership": _membership,
    "Motion": _motion,
    "Observation": _observation,
    "PlannedActivity": _plan,
    "Project": _project,
    "Proposal": _proposal,
    "Recusal": _recusal,
    "ReportedDecision": _reported_decision,
    "ReportedResult": _result,
    "Reservation": _reservation,
    "Vote": _vote,
}
