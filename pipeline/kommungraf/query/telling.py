"""What a fact says of an entity, in a word for its kind and one line: no IRIs, no codes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kommungraf.query.entity import Entity, Fact
from kommungraf.query.nodes import Node, Nodes

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


@dataclass(frozen=True, slots=True)
class Telling:
    """A fact in words. Facts of one year with the same ``group`` are told in one line that lists their ``item``s."""

    kind: str
    what: str
    group: tuple[str, ...] = ()
    item: str = ""


Teller = Callable[[Fact, Entity], Telling]


def tell(fact: Fact, entity: Entity) -> Telling:
    """A fact in words."""
    return _TELLERS.get(fact.kind, _plainly)(fact, entity)


def _join(*parts: str) -> str:
    return " · ".join(part for part in parts if part)


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
    return Telling("decision", _join(where(fact.node, entity.nodes), outcome))


def _reported_decision(fact: Fact, entity: Entity) -> Telling:
    held = fact.node.refs("kg:minutes")
    outcome = OUTCOMES.get(fact.node.one("kg:outcome"), "")
    return Telling(
        "reported",
        _join(where(fact.node, entity.nodes), outcome, "" if held else "told afterwards, no minutes of it are held"),
    )


def _attendance(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    body = where(node, entity.nodes)
    side = ", ".join(part for part in (node.one("kg:forParty"), node.one("kg:forMunicipality")) if part)
    capacity, who = node.one("kg:capacity"), node.one("kg:person")
    if fact.link == "person":
        what = _join(f"{body} as {capacity}", side)
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


def _period(node: Node) -> str:
    """The period that texts state, else the one in which documents show it."""
    start, stop = node.one("kg:validFrom"), node.one("kg:validTo")
    if start or stop:
        return f"{start or '…'} – {stop or '…'}"
    first, last = node.one("kg:firstSeen"), node.one("kg:lastSeen")
    return f"seen {first}" + (f" – {last}" if last != first else "") if first else ""


def _membership(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    role, body, event = node.one("org:role"), node.one("org:organization"), node.one("kg:event")
    who = node.one("org:member") or "vacant"
    if fact.link == "member":
        if role == "partimedlem":
            return Telling("party", body)
        return Telling("seat", _join(f"{role} in {body}", _EVENTS.get(event, ""), _period(node)))
    when = node.one("kg:validFrom")
    return Telling("seats", _join(role, f"from {when}" if when else ""), ("seats", role, fact.when), who)


def _item(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    what = _join(where(node, entity.nodes), node.one("dcterms:title"))
    return Telling("presented" if fact.link == "presenter" else "item", what)


def _document(fact: Fact, entity: Entity) -> Telling:
    kind = "published" if fact.link == "publisher" else "document"
    return Telling(kind, fact.quotes[0].document if fact.quotes else fact.node.one("dcterms:title"))


def _motion(fact: Fact, entity: Entity) -> Telling:
    by = "" if fact.link == "creator" else ", ".join(fact.node.all("dcterms:creator"))
    return Telling("motion", _join(fact.node.one("dcterms:title"), f"by {by}" if by else ""))


def _proposal(fact: Fact, entity: Entity) -> Telling:
    by = "" if fact.link == "creator" else ", ".join(fact.node.all("dcterms:creator"))
    return Telling("proposal", _join(where(fact.node, entity.nodes), f"by {by}" if by else ""))


def _reservation(fact: Fact, entity: Entity) -> Telling:
    by = "" if fact.link == "creator" else ", ".join(fact.node.all("dcterms:creator"))
    return Telling("reservation", _join(where(fact.node, entity.nodes), by))


def _vote(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    counts = [
        (node.one(f"kg:{name}"), word) for name, word in (("yes", "yes"), ("no", "no"), ("abstained", "abstained"))
    ]
    side = {"votedYes": "voted yes", "votedNo": "voted no", "votedAbstain": "abstained"}.get(fact.link, "")
    return Telling(
        "vote", _join(where(node, entity.nodes), side, ", ".join(f"{count} {word}" for count, word in counts if count))
    )


def _recusal(fact: Fact, entity: Entity) -> Telling:
    who = "" if fact.link == "person" else fact.node.one("kg:person")
    return Telling("recusal", _join(where(fact.node, entity.nodes), who, "took no part (jäv)"))


def _plan(fact: Fact, entity: Entity) -> Telling:
    area = fact.node.one("kg:partOf") if fact.link != "partOf" else ""
    return Telling("goal" if fact.node.one("kg:isGoal") == "true" else "plan", area)


def _result(fact: Fact, entity: Entity) -> Telling:
    area = fact.node.one("kg:partOf") if fact.link != "partOf" else ""
    return Telling("result", _join(area, fact.node.one("kg:heading")))


_UNITS = {"SEK": "kr", "count": "", "percent": "%", "persons": "persons"}


def _figure(fact: Fact, entity: Entity) -> Telling:
    """A number in running text: what it counts, and the number as printed. Those of a sentence are told together."""
    node = fact.node
    value = node.one("kg:asPrinted") or f"{node.one('kg:value')} {_UNITS.get(node.one('kg:unit'), node.one('kg:unit'))}"
    hedge = node.one("kg:hedge")
    value = f"{hedge} {value}" if hedge and not value.casefold().startswith(hedge.casefold()) else value
    told, quote = f"{node.one('kg:lineItem')}: {value.strip()}", fact.quotes[0] if fact.quotes else None
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
    return Telling("meeting", _join(body, node.one("kg:place"), times))


def _project(fact: Fact, entity: Entity) -> Telling:
    role = {"participant": "takes part in", "funder": "pays for"}.get(fact.link, "named with")
    return Telling("project", _join(f"{role} {fact.node.one('foaf:name')}", _period(fact.node)))


def _change(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    before, after = ", ".join(node.all("kg:changedFrom")), ", ".join(node.all("kg:changedInto"))
    if before == after:
        return Telling(node.one("kg:changeKind"), "")
    return Telling(node.one("kg:changeKind"), " → ".join(part for part in (before, after) if part))


# --- conclusions -----------------------------------------------------------------------------------------------------

_STARTS = {
    "elected": "elected",
    "byElection": "elected in a by-election",
    "appointed": "appointed",
    "movedUp": "moved up",
    "retitled": "the office got this title",
}
_ENDS = {
    "resigned": "resigned",
    "dismissed": "released",
    "replaced": "replaced",
    "retitled": "the office got another title",
    "termEnd": "end of term",
}


def _tenure(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    start, stop = _STARTS.get(node.one("kg:startedBy"), ""), _ENDS.get(node.one("kg:endedBy"), "")
    before = {entity.nodes[ref].one("kg:person") for ref in node.refs("kg:takesOverFrom")}
    after = ", ".join(sorted(before - {"", node.one("kg:person")}))
    told = _join(_period(node), start, stop, f"after {after}" if after else "")
    if fact.link == "person":
        return Telling("held", _join(f"{post(node)} in {node.one('kg:inBody')}", told))
    who = node.one("kg:person") or "vacant"
    return Telling("held", _join(post(node), told), ("held", post(node), told), who)


def post(node: Node) -> str:
    """The seat or office of a tenure."""
    return ("acting " if node.one("kg:acting") == "true" else "") + node.one("org:role")


def leaving(fact: Fact) -> str:
    """How a tenure ended by the word of a text, or nothing."""
    node = fact.node
    how = _ENDS.get(node.one("kg:endedBy"), "")
    if not how or not node.one("kg:validTo"):
        return ""
    who = (
        f"{post(node)} in {node.one('kg:inBody')}"
        if fact.link == "person"
        else f"{node.one('kg:person')}, {post(node)}"
    )
    return _join(who, how)


def _succession(fact: Fact, entity: Entity) -> Telling:
    node, kind, when = fact.node, fact.node.one("kg:successionKind"), fact.node.one("kg:effective")
    old, new = node.one("kg:predecessor"), node.one("kg:successor")
    dated = f"from {when}" if when else ""
    if kind == "ended":
        return Telling("ended", _join(old, "" if len(when) > len("2024") else when))
    if kind == "renamed":
        return Telling("renamed", _join(f"from {old} to {new}", dated))
    forward = {
        "continued": "goes on as",
        "merged": "becomes part of",
        "split": "is parted into",
        "replaced": "gives way to",
    }
    backward = {
        "continued": "goes on from",
        "merged": "is made of",
        "split": "is a part of",
        "replaced": "takes over from",
    }
    before = fact.of in node.told.get("kg:predecessor", {})
    words = (forward if before else backward).get(kind, "")
    return Telling(kind, f"{dated} {words}".strip(), (kind, words, when), new if before else old)


_STATUSES = {"notDone": "not done", "carriedForward": "carried on"}


def _alignment(fact: Fact, entity: Entity) -> Telling:
    """What became of a plan: told of the plan; seen from the later plan or the result, what it comes from."""
    node, nodes = fact.node, entity.nodes
    status = _STATUSES.get(node.one("kg:status"), node.one("kg:status"))
    planned, reported, following = (
        [nodes[ref] for ref in node.refs(name)] for name in ("kg:planned", "kg:reported", "kg:next")
    )
    if fact.link in ("next", "reported"):
        what = "; ".join(f"planned {_dated(one)}" for one in planned)
        return Telling("as planned" if fact.link == "reported" else status, _join(what, node.one("kg:difference")))
    if following:
        years = ", ".join(sorted({one.one("kg:year") for one in following}))
        difference = node.one("kg:difference") or "; ".join(one.one("kg:text") for one in following)
        return Telling(status, f"planned for {years} too: {difference}", (status, "next", *node.refs("kg:planned")))
    told = "; ".join(_dated(one) for one in reported)
    return Telling(status, f"reported {told}" if told else "", (status, "reported", *node.refs("kg:planned")))


def _dated(node: Node) -> str:
    return f"{node.one('kg:year')}: {node.one('kg:text')}".removeprefix(": ")


_PRESENCES = {
    "new": "named for the first time",
    "again": "named again",
    "resumed": "named again after a gap",
    "silent": "not mentioned",
    "noDocuments": "no documents are held",
    "ended": "said to have ended",
}


def _presence(fact: Fact, entity: Entity) -> Telling:
    kind = fact.node.one("kg:presence")
    return Telling(kind, _PRESENCES.get(kind, kind))


def _contradiction(fact: Fact, entity: Entity) -> Telling:
    return Telling("contradiction", fact.node.one("kg:explanation"))


_DECIDED = {
    ("followUp", "noWord"): "no word of it in the report of the year",
    ("nextPlan", "dropped"): "not in the next plan",
    ("promise", "unpromised"): "reported, though no plan promised it",
}
"""What conclusions about a plan or result are worth telling; others say what the timeline shows."""


def _conclusion(fact: Fact, entity: Entity) -> Telling:
    name = fact.node.one("kg:property")
    values = [value for ref in fact.node.refs("kg:about") for value in entity.nodes[ref].all(f"kg:{name}")]
    told = [words for value in values if (words := _DECIDED.get((name, value)))]
    return Telling("silence" if name != "promise" else "new", told[0] if told else "")


_MAYBE = {"samePerson": "the same person as", "continued": "continued by or continuing", "renamed": "another name of"}


def _candidate(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    ((iri, name),) = node.told["kg:candidate" if fact.link == "about" else "kg:about"].items()
    alike = f" ({iri.rsplit('/', 1)[-1]})" if name == entity.name else ""
    kind = node.one("kg:candidateKind")
    return Telling("perhaps", f"{_MAYBE.get(kind, kind)} {name}{alike}")


def _restatement(fact: Fact, entity: Entity) -> Telling:
    sides = [entity.nodes[ref] for name in ("kg:earlier", "kg:later") for ref in fact.node.refs(name)]
    values = " → ".join(side.one("kg:asPrinted") or side.one("kg:value") for side in sides)
    return Telling("restated", _join(*sorted({side.one("kg:lineItem") for side in sides}), values))


_TELLERS: dict[str, Teller] = {
    "AgendaItem": _item,
    "Alignment": _alignment,
    "Attendance": _attendance,
    "Candidate": _candidate,
    "Conclusion": _conclusion,
    "Change": _change,
    "Contradiction": _contradiction,
    "Decision": _decision,
    "Document": _document,
    "Figure": _figure,
    "Meeting": _meeting,
    "Membership": _membership,
    "Motion": _motion,
    "Observation": _observation,
    "PlannedActivity": _plan,
    "Presence": _presence,
    "Project": _project,
    "Proposal": _proposal,
    "Recusal": _recusal,
    "ReportedDecision": _reported_decision,
    "ReportedResult": _result,
    "Reservation": _reservation,
    "Restatement": _restatement,
    "Succession": _succession,
    "Tenure": _tenure,
    "Vote": _vote,
}
