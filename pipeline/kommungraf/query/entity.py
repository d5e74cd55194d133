"""One entity and all that the graph holds of it: its properties, what documents say, and what follows from that."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import Any, NamedTuple, cast

from pyoxigraph import NamedNode, QuerySolutions

from kommungraf.languages import ENGLISH, Words
from kommungraf.model.iri import offsets, position
from kommungraf.query.find import AmbiguousError, Candidate, find, find_one
from kommungraf.query.lookup import Lookup, full, graph_of, local
from kommungraf.query.nodes import Node, Nodes, Quote
from kommungraf.query.store import Reader, ask

__all__ = ["AmbiguousError", "Candidate", "Entity", "Fact", "Node", "Quote", "describe", "find", "find_one"]

CONCLUSIONS = frozenset(
    "Tenure Succession Alignment Presence Contradiction Candidate Restatement Version Conclusion".split()
)
"""What no text says but linking concludes. Joins are not among them: they are told as other names."""

_OF_STATEMENTS = frozenset("Alignment Contradiction Restatement Conclusion".split())
"""Conclusions about single statements: they belong to whatever the statement is about."""

_STATEMENTS = frozenset(
    "Attendance Membership Decision AgendaItem Motion Proposal Reservation Vote Recusal PlannedActivity ReportedResult "
    "Observation Figure Change ReportedDecision Meeting Document Project".split()
)
_OWN_TEXT = frozenset("AgendaItem Motion Meeting Decision Proposal PlannedActivity ReportedResult".split())
_SAYING = frozenset(
    "Decision Proposal Motion PlannedActivity ReportedResult ReportedDecision Change Figure AgendaItem".split()
)
"""Statements that are a text of their own: where one holds a mention, it tells more than the mention."""


WIDELY = 200
"""What more documents name is named everywhere."""


@dataclass(slots=True)
class Fact:
    """One thing that documents say of an entity, or that follows from what they say.

    ``kind`` is the class of the statement or conclusion, or ``mention``; ``link`` how it points at the entity (the
    property's last part; ``around`` for a statement whose text names it). ``when`` is the date at the precision known
    (empty when nothing dates it). ``of`` is the IRI that it is about: another than the entity's where it was renamed.
    A conclusion has ``score`` (0 to 1) and ``because``.
    """

    kind: str
    link: str
    when: str
    node: Node
    quotes: list[Quote]
    of: str
    score: float | None = None
    because: str = ""

    @property
    def concluded(self) -> bool:
        """Whether no document says it, but linking concluded it."""
        return self.score is not None


@dataclass(slots=True)
class Entity:
    """An entity with its properties (``foaf:name`` and the like, shortened) and its facts in order of time.

    ``names`` are the names of the IRIs that it goes by: its own and those of what it was renamed from or to. ``nodes``
    holds what facts point at: meetings, items, the other side of a conclusion. ``words`` is the language that
    tells it. ``of`` are the documents that it is told from, where it is not told from all of them.
    """

    candidate: Candidate
    nodes: Nodes = field(repr=False)
    words: Words = field(default=ENGLISH, repr=False)
    properties: dict[str, list[str]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    of: frozenset[str] | None = None

    @property
    def name(self) -> str:
        """What it is called."""
        return self.candidate.name

    def by_year(self) -> dict[str, list[Fact]]:
        """Facts by year; the key is empty for facts that no date is known of."""
        years: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            years[fact.when[:4]].append(fact)
        return dict(sorted(years.items(), key=lambda entry: (entry[0] == "", entry[0])))


Row = tuple[str, str, str, str]
"""Node, its class, the link to what it is about, and the IRI of that."""


def describe(store: Reader | Lookup, candidate: Candidate, words: Words = ENGLISH, most: int | None = None) -> Entity:
    """All that is known of an entity: properties, every fact with its quotes, and conclusions with their reasons.

    Whoever describes many gives a kept ``Lookup``, which remembers what they share (names, documents, meetings). With
    ``most``, what documents name in more places than that is told from the newest documents only.
    """
    look = store if isinstance(store, Lookup) else Lookup(store)
    entity = Entity(candidate, Nodes.of(look), words, names=_names(look, candidate))
    own = entity.nodes[candidate.iri]
    entity.properties = {name: own.all(name) for name in sorted(own.told)}
    entity.of = _newest(look, entity.names, most) if most is not None else None
    mentions = _mentions(entity)
    rows = _statements(look, entity, mentions)
    conclusions = _pointing(look, entity.names, CONCLUSIONS)
    conclusions += _pointing(look, (row[0] for row in rows), _OF_STATEMENTS)
    entity.facts = sorted([*mentions, *_facts(entity, [*rows, *conclusions])], key=_in_time)
    return entity


def _newest(look: Lookup, names: Iterable[str], most: int) -> frozenset[str] | None:
    """The newest documents that together say so much of an entity; ``None`` when all of them do not say more."""
    said: Counter[str] = Counter()
    for node in map(NamedNode, names):
        quads = chain(
            look.store.quads_for_pattern(node, full("kg:evidence"), None),
            look.store.quads_for_pattern(None, None, node),
        )
        said.update(map(graph_of, quads))
    if said.total() <= most:
        return None
    years = {graph: look.value(NamedNode(graph), "kg:year") if graph else "" for graph in said}
    kept, total = set(), 0
    for graph in sorted(said, key=lambda one: (years[one], one), reverse=True):
        total += said[graph]
        if years[graph] and total > most:
            break
        kept.add(graph)
    return frozenset(kept | {graph for graph in said if not years[graph]})


def _in_time(fact: Fact) -> tuple[Any, ...]:
    place = (fact.quotes[0].file, fact.quotes[0].start) if fact.quotes else ("", 0)
    return fact.when == "", fact.when, *place, fact.kind, fact.node.iri, fact.link


def _names(look: Lookup, candidate: Candidate) -> dict[str, str]:
    """The IRIs that a thing goes by, its own first, with their names: renamed things, items of notice and minutes."""
    node = NamedNode(candidate.iri)
    if candidate.kind == "AgendaItem":
        number = look.value(node, "kg:number")
        same = [item for meeting in look.nodes(node, "kg:meeting") for item in look.subjects("kg:meeting", meeting)]
        alike = [item.value for item in same if look.value(item, "kg:number") == number]
        return dict.fromkeys([candidate.iri, *alike], candidate.name)
    names, fresh = {candidate.iri: candidate.name}, [node]
    while fresh:
        other = [one for known in fresh for one in _renamed(look, known) if one.value not in names]
        names |= {one.value: look.name(one) for one in other}
        fresh = other
    return names


def _renamed(look: Lookup, node: NamedNode) -> Iterator[NamedNode]:
    """What a thing was called before it was renamed, and after."""
    for here, there in (("kg:predecessor", "kg:successor"), ("kg:successor", "kg:predecessor")):
        for succession in look.subjects(here, node):
            if look.value(succession, "kg:successionKind") == "renamed":
                yield from look.nodes(succession, there)


def _mentions(entity: Entity) -> list[Fact]:
    """Where documents name the entity, one fact per place."""
    nodes, of = entity.nodes, entity.of
    return [
        Fact("mention", "mention", nodes.date_of(quote), Node(about, {}), [quote], about)
        for about in entity.names
        for quote in nodes.quotes(about, of)
    ]


def _statements(look: Lookup, entity: Entity, mentions: list[Fact]) -> list[Row]:
    """What documents say of the entity: statements that point at it, hold its name, or belong to one that does."""
    candidate = entity.candidate
    rows = _pointing(look, entity.names, _STATEMENTS, entity.of)
    if candidate.kind == "Meeting":
        rows += _pointing(look, (row[0] for row in rows if row[1] == "AgendaItem"), _STATEMENTS)
    if candidate.kind in _OWN_TEXT:
        rows.append((candidate.iri, candidate.kind, "itself", candidate.iri))
    if candidate.kind not in ("Person", "GoverningBody", "Document", "AgendaItem", "Meeting"):
        rows += _around(entity, mentions, {row[0] for row in rows})
    return rows + _outcomes(look, rows)


def _pointing(
    look: Lookup, targets: Iterable[str], classes: frozenset[str], of: frozenset[str] | None = None
) -> list[Row]:
    """What points at the targets, of some classes; not the versions of documents that were set aside. ``of``: only what
    these documents say.
    """
    return sorted(
        {
            (node.value, kind, link, target)
            for target in set(targets)
            for node, link in look.pointing(NamedNode(target), of)
            if link != "hasSource"  # a passage, of which a document has thousands
            for kind in look.classes(node)
            if kind in classes and not (kind == "Document" and look.nodes(node, "dcterms:isReplacedBy"))
        }
    )


def _around(entity: Entity, mentions: list[Fact], known: set[str]) -> list[Row]:
    """Statements whose text holds a mention, but for those of the entity's own documents, which are all about it.

    What very many documents name (a municipality) is not looked for: its mentions are told as such.
    """
    places: dict[str, list[Fact]] = defaultdict(list)
    for fact in mentions:
        document = entity.nodes[fact.quotes[0].document_iri]
        if not set(document.refs("dcterms:publisher")) & entity.names.keys():
            places[document.iri].append(fact)
    if len(places) > WIDELY:
        return []
    sayings = _sayings(entity.nodes.look, places)
    return sorted(
        {
            (saying.iri, saying.kind, "around", fact.of)
            for document, facts in places.items()
            for saying in sayings[document]
            if saying.iri not in known
            for fact in facts
            if saying.start <= fact.quotes[0].start and fact.quotes[0].end <= saying.end
        }
    )


KEPT_SAYINGS = 1_000
"""Documents whose statements are kept by their places, some kilobytes each."""
_READ_TOGETHER = 50
"""Documents that are read in one query."""


class _Saying(NamedTuple):
    """A statement that is a text of its own, and where a passage that proves it stands in the text of its file."""

    iri: str
    kind: str
    start: int
    end: int


def _sayings(look: Lookup, documents: Iterable[str]) -> dict[str, tuple[_Saying, ...]]:
    """The statements of documents that are texts of their own. Those of several are read together."""
    kept: dict[str, tuple[_Saying, ...]] = look.memo.setdefault("sayings", {})
    wanted = list(documents)
    found = {one: kept[one] for one in wanted if one in kept}
    unread = [one for one in wanted if one not in kept]
    for start in range(0, len(unread), _READ_TOGETHER):
        found |= _read_sayings(look.store, unread[start : start + _READ_TOGETHER])
    kept |= found
    while len(kept) > KEPT_SAYINGS:
        del kept[next(iter(kept))]
    return found


def _read_sayings(store: Reader, documents: list[str]) -> dict[str, tuple[_Saying, ...]]:
    found: dict[str, set[_Saying]] = {document: set() for document in documents}
    graphs = " ".join(str(NamedNode(document)) for document in documents)
    kinds = " ".join(f"kg:{kind}" for kind in sorted(_SAYING))
    query = (
        f"SELECT ?document ?node ?kind ?passage {{ VALUES ?document {{ {graphs} }} VALUES ?kind {{ {kinds} }}"
        " GRAPH ?document { ?node a ?kind ; kg:evidence ?passage } }"
    )
    for row in cast(QuerySolutions, ask(store, query)):
        if place := offsets(position(row["passage"].value)):
            found[row["document"].value].add(_Saying(row["node"].value, local(row["kind"].value), *place))
    return {document: tuple(sorted(sayings)) for document, sayings in found.items()}


def _outcomes(look: Lookup, rows: list[Row]) -> list[Row]:
    """The decisions that motions led to."""
    known = {row[0] for row in rows}
    return sorted(
        {
            (decision.value, "Decision", "resultedIn", about)
            for iri, kind, _, about in rows
            if kind == "Motion"
            for decision in look.nodes(NamedNode(iri), "kg:resultedIn")
            if decision.value not in known
        }
    )


_LATER = frozenset({"next", "reported", "successor", "statementB", "later", "candidate"})
"""A conclusion that points at an entity by both its sides is told from the earlier one."""


def _first(entity: Entity, row: Row) -> tuple[object, ...]:
    """Links to the entity itself go before those to its other names, and these before those to its statements."""
    return row[3] != entity.candidate.iri, row[3] not in entity.names, row[2] in _LATER, row


def _facts(entity: Entity, rows: list[Row]) -> Iterator[Fact]:
    """The facts of nodes, each with its quotes; one that is about two names of the entity is told once."""
    told: set[str] = set()
    linked: set[tuple[str, str]] = set()
    for iri, kind, link, about in sorted(rows, key=lambda row: _first(entity, row)):
        once = kind in CONCLUSIONS or kind == "Change" or about not in entity.names
        if (once and iri in told) or (iri, link) in linked:
            continue
        told.add(iri)
        linked.add((iri, link))
        node, own = entity.nodes[iri], entity.nodes.quotes(iri)
        score = float(node.one("kg:score")) if kind in CONCLUSIONS and node.one("kg:score") else None
        yield Fact(
            kind=kind,
            link=link,
            when=_when(entity.nodes, node) or (entity.nodes.date_of(own[0]) if own else ""),
            node=node,
            quotes=own,
            of=about if about in entity.names else entity.candidate.iri,
            score=score,
            because=node.one("kg:because") if score is not None else "",
        )


_TIMES = ("dcterms:date", "kg:effective", "kg:validFrom", "kg:firstSeen", "kg:fiscalYear", "kg:year")


def _when(nodes: Nodes, node: Node) -> str:
    """When it was or took effect, at the precision known; a plan or result is of its year."""
    own = next((value for name in _TIMES if (value := node.one(name))), "")
    places = ("kg:meeting", "kg:agendaItem", "kg:planned", "kg:reported", "kg:statementA", "kg:about")
    around = (ref for name in places for ref in node.refs(name))
    return own or next((value for ref in around if (value := _when(nodes, nodes[ref]))), "")
