"""What a fact says of an entity, in a word for its kind and one line: no IRIs, no codes."""

from __future__ import annotations

from collections.abc import Callable

from kommungraf.languages import Words, messages
from kommungraf.query.entity import Entity, Fact
from kommungraf.query.nodes import Node, Nodes
from kommungraf.query.telling_conclusions import CONCLUSION_TELLERS
from kommungraf.query.telling_words import Telling, join, period

OUTCOMES = messages(
    {
        "adopt": "outcome|adopted",
        "amend": "outcome|amended",
        "answer": "outcome|answered",
        "appoint": "outcome|appointed",
        "approve": "outcome|approved",
        "assign": "outcome|assigned",
        "delegate": "outcome|delegated",
        "discharge": "outcome|discharge granted",
        "dismiss": "outcome|released from office",
        "elect": "outcome|elected",
        "grant": "outcome|granted",
        "note": "outcome|noted",
        "permit": "outcome|permitted",
        "postpone": "outcome|postponed",
        "propose": "outcome|proposed",
        "recommend": "outcome|recommended",
        "refer": "outcome|referred",
        "reject": "outcome|rejected",
        "repeal": "outcome|repealed",
        "return": "outcome|sent back",
        "other": "outcome|decided",
    }
)
"""What a decision does: in English as its past, in Swedish in the present, which fits any subject and object."""

_OUTCOMES_TO = messages(
    {
        "assign": "outcome|assigned to {to}",
        "delegate": "outcome|delegated to {to}",
        "propose": "outcome|proposed to {to}",
        "recommend": "outcome|recommended to {to}",
        "refer": "outcome|referred to {to}",
        "return": "outcome|sent back to {to}",
    }
)
"""… and to whom."""


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
    return Telling("decision", join(where(fact.node, entity.nodes), outcome_of(fact.node, entity.words, entity.name)))


def outcome_of(node: Node, words: Words, of: str = "") -> str:
    """What a decision does, and to whom; ``of`` is who need not be told."""
    code, to = node.one("kg:outcome"), ", ".join(node.all("kg:referredTo"))
    if not to or to == of:
        return words(OUTCOMES.get(code, code))
    if code in _OUTCOMES_TO:
        return words(_OUTCOMES_TO[code], to=to)
    return words("{outcome}, to {to}", outcome=words(OUTCOMES.get(code, code)), to=to)


def _reported_decision(fact: Fact, entity: Entity) -> Telling:
    words = entity.words
    outcome = words(OUTCOMES.get(fact.node.one("kg:outcome"), ""))
    held = "" if fact.node.refs("kg:minutes") else words("told afterwards, no minutes of it are held")
    return Telling("reported", join(where(fact.node, entity.nodes), outcome, held))


def _attendance(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    body = where(node, entity.nodes)
    side = ", ".join(part for part in (node.one("kg:forParty"), node.one("kg:forMunicipality")) if part)
    capacity, who = node.one("kg:capacity"), node.one("kg:person")
    if fact.link == "person":
        what = join(entity.words("{body} as {role}", body=body, role=capacity), side)
        return Telling("present", what, ("person", body, capacity, side), fact.when[5:])
    if fact.link == "substitutesFor":
        what = entity.words("{body}: {who} stood in", body=body, who=who)
        return Telling("absent", what, ("absent", body, who), fact.when[5:])
    if fact.link == "meeting":
        return Telling("present", capacity, ("meeting", capacity), f"{who} ({side})" if side else who)
    others = node.one("kg:forMunicipality") if fact.link == "forParty" else node.one("kg:forParty")
    return Telling("present", body, (fact.link, body), f"{who} ({others})" if others else who)


_EVENTS = messages(
    {
        "elected": "elected",
        "appointed": "appointed",
        "resigned": "resigned",
        "vacant": "vacant",
    }
)


def _membership(fact: Fact, entity: Entity) -> Telling:
    node, words = fact.node, entity.words
    role, body, event = node.one("org:role"), node.one("org:organization"), node.one("kg:event")
    who = node.one("org:member") or words("vacant")
    if fact.link == "member":
        if role == "partimedlem":
            return Telling("party", body)
        seat = words("{role} in {body}", role=role, body=body)
        return Telling("seat", join(seat, words(_EVENTS.get(event, "")), period(node, words)))
    when = node.one("kg:validFrom")
    told = join(role, words("from {when}", when=when) if when else "")
    return Telling("seats", told, ("seats", role, fact.when), who)


def _item(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    what = join(where(node, entity.nodes), node.one("dcterms:title"))
    return Telling("presented" if fact.link == "presenter" else "item", what)


def _document(fact: Fact, entity: Entity) -> Telling:
    kind = "published" if fact.link == "publisher" else "document"
    return Telling(kind, fact.quotes[0].document if fact.quotes else fact.node.one("dcterms:title"))


def _motion(fact: Fact, entity: Entity) -> Telling:
    return Telling("motion", join(fact.node.one("dcterms:title"), _by(fact, entity)))


def _proposal(fact: Fact, entity: Entity) -> Telling:
    return Telling("proposal", join(where(fact.node, entity.nodes), _by(fact, entity)))


def _by(fact: Fact, entity: Entity) -> str:
    by = "" if fact.link == "creator" else ", ".join(fact.node.all("dcterms:creator"))
    return entity.words("by {who}", who=by) if by else ""


def _reservation(fact: Fact, entity: Entity) -> Telling:
    by = "" if fact.link == "creator" else ", ".join(fact.node.all("dcterms:creator"))
    return Telling("reservation", join(where(fact.node, entity.nodes), by))


_SIDES = messages({"votedYes": "voted yes", "votedNo": "voted no", "votedAbstain": "abstained"})
_COUNTS = messages({"yes": "{n} yes", "no": "{n} no", "abstained": "{n} abstained"})


def _vote(fact: Fact, entity: Entity) -> Telling:
    node, words = fact.node, entity.words
    counts = [words(said, n=count) for name, said in _COUNTS.items() if (count := node.one(f"kg:{name}"))]
    side = words(_SIDES.get(fact.link, ""))
    return Telling("vote", join(where(node, entity.nodes), side, ", ".join(counts)))


def _recusal(fact: Fact, entity: Entity) -> Telling:
    who = "" if fact.link == "person" else fact.node.one("kg:person")
    return Telling("recusal", join(where(fact.node, entity.nodes), who, entity.words("took no part (jäv)")))


def _plan(fact: Fact, entity: Entity) -> Telling:
    area = fact.node.one("kg:partOf") if fact.link != "partOf" else ""
    return Telling("goal" if fact.node.one("kg:isGoal") == "true" else "plan", area)


def _result(fact: Fact, entity: Entity) -> Telling:
    area = fact.node.one("kg:partOf") if fact.link != "partOf" else ""
    return Telling("result", join(area, fact.node.one("kg:heading")))


_UNITS = messages({"SEK": "kr", "count": "", "percent": "%", "persons": "persons"})


def _figure(fact: Fact, entity: Entity) -> Telling:
    """A number in running text: what it counts, and the number as printed. Those of a sentence are told together."""
    node, unit = fact.node, fact.node.one("kg:unit")
    value = node.one("kg:asPrinted") or f"{node.one('kg:value')} {entity.words(_UNITS.get(unit, unit))}"
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


_PROJECTS = messages(
    {"participant": "takes part in {project}", "funder": "pays for {project}", "": "named with {project}"}
)


def _project(fact: Fact, entity: Entity) -> Telling:
    said = entity.words(_PROJECTS.get(fact.link) or _PROJECTS[""], project=fact.node.one("foaf:name"))
    return Telling("project", join(said, period(fact.node, entity.words)))


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
