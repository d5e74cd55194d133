"""What conclusions say of an entity: tenures, successions, what became of plans, contradictions, silence."""

from __future__ import annotations

from collections.abc import Callable

from kommungraf.query.entity import Entity, Fact
from kommungraf.query.nodes import Node
from kommungraf.query.telling_words import Telling, join, period

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
    told = join(period(node), start, stop, f"after {after}" if after else "")
    if fact.link == "person":
        return Telling("held", join(f"{post(node)} in {node.one('kg:inBody')}", told))
    who = node.one("kg:person") or "vacant"
    return Telling("held", join(post(node), told), ("held", post(node), told), who)


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
    return join(who, how)


def _succession(fact: Fact, entity: Entity) -> Telling:
    node, kind, when = fact.node, fact.node.one("kg:successionKind"), fact.node.one("kg:effective")
    old, new = node.one("kg:predecessor"), node.one("kg:successor")
    dated = f"from {when}" if when else ""
    if kind == "ended":
        return Telling("ended", join(old, "" if len(when) > len("2024") else when))
    if kind == "renamed":
        return Telling("renamed", join(f"from {old} to {new}", dated))
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
        return Telling("as planned" if fact.link == "reported" else status, join(what, node.one("kg:difference")))
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


_MAYBE = {
    "samePerson": "the same person as",
    "continued": "continued by or continuing",
    "renamed": "another name of",
    "sameDocument": "a version of",
}


def _candidate(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    ((iri, name),) = node.told["kg:candidate" if fact.link == "about" else "kg:about"].items()
    alike = f" ({iri.rsplit('/', 1)[-1]})" if name == entity.name else ""
    kind = node.one("kg:candidateKind")
    return Telling("perhaps", f"{_MAYBE.get(kind, kind)} {name}{alike}")


def _restatement(fact: Fact, entity: Entity) -> Telling:
    sides = [entity.nodes[ref] for name in ("kg:earlier", "kg:later") for ref in fact.node.refs(name)]
    values = " → ".join(side.one("kg:asPrinted") or side.one("kg:value") for side in sides)
    return Telling("restated", join(*sorted({side.one("kg:lineItem") for side in sides}), values))


def _version(fact: Fact, entity: Entity) -> Telling:
    """The other version, by its file: their titles are often the same."""
    side = "kg:setAside" if fact.link == "inForce" else "kg:inForce"
    files = [entity.nodes[ref].one("dcterms:isPartOf") for ref in fact.node.refs(side)]
    told = "in force before" if fact.link == "inForce" else "set aside for"
    return Telling("version", f"{told} {', '.join(files)}")


CONCLUSION_TELLERS: dict[str, Callable[[Fact, Entity], Telling]] = {
    "Alignment": _alignment,
    "Candidate": _candidate,
    "Conclusion": _conclusion,
    "Contradiction": _contradiction,
    "Presence": _presence,
    "Restatement": _restatement,
    "Succession": _succession,
    "Tenure": _tenure,
    "Version": _version,
}
