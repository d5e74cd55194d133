"""What conclusions say of an entity: tenures, successions, what became of plans, contradictions, silence."""

from __future__ import annotations

from collections.abc import Callable

from kommungraf.languages import ENGLISH, Words, messages
from kommungraf.query.entity import Entity, Fact
from kommungraf.query.nodes import Node
from kommungraf.query.telling_words import Telling, join, period

STARTS = messages(
    {
        "elected": "elected",
        "byElection": "elected in a by-election",
        "appointed": "appointed",
        "movedUp": "moved up",
        "retitled": "the office got this title",
    }
)
"""How a tenure begins."""

ENDS = messages(
    {
        "resigned": "resigned",
        "dismissed": "released",
        "replaced": "replaced",
        "retitled": "the office got another title",
        "termEnd": "end of term",
    }
)
"""How a tenure ends."""


def _tenure(fact: Fact, entity: Entity) -> Telling:
    node, words = fact.node, entity.words
    start, stop = words(STARTS.get(node.one("kg:startedBy"), "")), words(ENDS.get(node.one("kg:endedBy"), ""))
    before = {entity.nodes[ref].one("kg:person") for ref in node.refs("kg:takesOverFrom")}
    after = ", ".join(sorted(before - {"", node.one("kg:person")}))
    told = join(period(node, words), start, stop, words("after {who}", who=after) if after else "")
    if fact.link == "person":
        return Telling("held", join(_post_in(node, words), told))
    who, seat = node.one("kg:person") or words("vacant"), post(node, words)
    return Telling("held", join(seat, told), ("held", seat, told), who)


def post(node: Node, words: Words = ENGLISH) -> str:
    """The seat or office of a tenure."""
    role = node.one("org:role")
    return words("acting {role}", role=role) if node.one("kg:acting") == "true" else role


def _post_in(node: Node, words: Words) -> str:
    return words("{role} in {body}", role=post(node, words), body=node.one("kg:inBody"))


def leaving(fact: Fact, words: Words) -> str:
    """How a tenure ended by the word of a text, or nothing."""
    node = fact.node
    how = words(ENDS.get(node.one("kg:endedBy"), ""))
    if not how or not node.one("kg:validTo"):
        return ""
    who = _post_in(node, words) if fact.link == "person" else f"{node.one('kg:person')}, {post(node, words)}"
    return join(who, how)


_FORWARD = messages(
    {
        "continued": "{dated} goes on as",
        "merged": "{dated} becomes part of",
        "split": "{dated} is parted into",
        "replaced": "{dated} gives way to",
    }
)
_BACKWARD = messages(
    {
        "continued": "{dated} goes on from",
        "merged": "{dated} is made of",
        "split": "{dated} is a part of",
        "replaced": "{dated} takes over from",
    }
)


def _succession(fact: Fact, entity: Entity) -> Telling:
    node, kind, when = fact.node, fact.node.one("kg:successionKind"), fact.node.one("kg:effective")
    old, new = node.one("kg:predecessor"), node.one("kg:successor")
    said = entity.words
    dated = said("from {when}", when=when) if when else ""
    if kind == "ended":
        return Telling("ended", join(old, "" if len(when) > len("2024") else when))
    if kind == "renamed":
        return Telling("renamed", join(said("from {old} to {new}", old=old, new=new), dated))
    before = fact.of in node.told.get("kg:predecessor", {})
    how = " ".join(said((_FORWARD if before else _BACKWARD)[kind], dated=dated).split())
    return Telling(kind, how, (kind, how, when), new if before else old)


_STATUSES = {"notDone": "not done", "carriedForward": "carried on"}


def _alignment(fact: Fact, entity: Entity) -> Telling:
    """What became of a plan: told of the plan; seen from the later plan or the result, what it comes from."""
    node, nodes, words = fact.node, entity.nodes, entity.words
    status = _STATUSES.get(node.one("kg:status"), node.one("kg:status"))
    planned, reported, following = (
        [nodes[ref] for ref in node.refs(name)] for name in ("kg:planned", "kg:reported", "kg:next")
    )
    if fact.link in ("next", "reported"):
        what = "; ".join(words("planned {what}", what=_dated(one)) for one in planned)
        return Telling("as planned" if fact.link == "reported" else status, join(what, node.one("kg:difference")))
    if following:
        years = ", ".join(sorted({one.one("kg:year") for one in following}))
        difference = node.one("kg:difference") or "; ".join(one.one("kg:text") for one in following)
        told = words("planned for {years} too: {what}", years=years, what=difference)
        return Telling(status, told, (status, "next", *node.refs("kg:planned")))
    told = "; ".join(_dated(one) for one in reported)
    told = words("reported {what}", what=told) if told else ""
    return Telling(status, told, (status, "reported", *node.refs("kg:planned")))


def _dated(node: Node) -> str:
    return f"{node.one('kg:year')}: {node.one('kg:text')}".removeprefix(": ")


_PRESENCES = messages(
    {
        "new": "named for the first time",
        "again": "named again",
        "resumed": "named again after a gap",
        "silent": "not mentioned",
        "noDocuments": "no documents are held",
        "ended": "said to have ended",
    }
)


def _presence(fact: Fact, entity: Entity) -> Telling:
    kind = fact.node.one("kg:presence")
    return Telling(kind, entity.words(_PRESENCES.get(kind, kind)))


def _contradiction(fact: Fact, entity: Entity) -> Telling:
    return Telling("contradiction", fact.node.one("kg:explanation"))


_DECIDED = messages(
    {
        "followUp noWord": "no word of it in the report of the year",
        "nextPlan dropped": "not in the next plan",
        "promise unpromised": "reported, though no plan promised it",
    }
)
"""What conclusions about a plan or result are worth telling; others say what the timeline shows."""


def _conclusion(fact: Fact, entity: Entity) -> Telling:
    name = fact.node.one("kg:property")
    values = [value for ref in fact.node.refs("kg:about") for value in entity.nodes[ref].all(f"kg:{name}")]
    told = [said for value in values if (said := _DECIDED.get(f"{name} {value}"))]
    return Telling("silence" if name != "promise" else "new", entity.words(told[0]) if told else "")


_MAYBE = messages(
    {
        "carriedForward": "carried on as {other}",
        "continued": "continued by or continuing {other}",
        "renamed": "another name of {other}",
        "reported": "reported as {other}",
        "sameDocument": "a version of {other}",
        "samePerson": "the same person as {other}",
    }
)


def _candidate(fact: Fact, entity: Entity) -> Telling:
    node = fact.node
    ((iri, name),) = node.told["kg:candidate" if fact.link == "about" else "kg:about"].items()
    alike = f" ({iri.rsplit('/', 1)[-1]})" if name == entity.name else ""
    kind = node.one("kg:candidateKind")
    return Telling("perhaps", entity.words(_MAYBE.get(kind, f"{kind} {{other}}"), other=f"{name}{alike}"))


def _restatement(fact: Fact, entity: Entity) -> Telling:
    sides = [entity.nodes[ref] for name in ("kg:earlier", "kg:later") for ref in fact.node.refs(name)]
    values = " → ".join(side.one("kg:asPrinted") or side.one("kg:value") for side in sides)
    return Telling("restated", join(*sorted({side.one("kg:lineItem") for side in sides}), values))


def _version(fact: Fact, entity: Entity) -> Telling:
    """The other version, by its file: their titles are often the same."""
    side = "kg:setAside" if fact.link == "inForce" else "kg:inForce"
    files = [entity.nodes[ref].one("dcterms:isPartOf") for ref in fact.node.refs(side)]
    said = entity.words
    if fact.link == "inForce":
        return Telling("version", said("in force before {others}", others=", ".join(files)))
    return Telling("version", said("set aside for {others}", others=", ".join(files)))


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
