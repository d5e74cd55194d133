"""What a built graph says, as plain facts that can be laid beside gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from pyoxigraph import NamedNode, QuerySolutions, Store

from kommungraf.query.gold import Fact, Place
from kommungraf.query.store import PREFIXES, ask

Properties = dict[str, list[str]]

# Kinds of gold and the classes that hold them. In gold these are mentions: each place where an entity is named counts.
MENTIONS = {
    "person": "Person",
    "party": "Party",
    "municipality": "Municipality",
    "region": "Region",
    "body": "GoverningBody",
    "organization": "Organization",
    "network": "Network",
    "case": "Case",
}
STATEMENTS = {
    "document": "Document",
    "meeting": "Meeting",
    "attendance": "Attendance",
    "membership": "Membership",
    "agendaItem": "AgendaItem",
    "decision": "Decision",
    "proposal": "Proposal",
    "motion": "Motion",
    "vote": "Vote",
    "reservation": "Reservation",
    "recusal": "Recusal",
    "focusArea": "FocusArea",
    "plannedActivity": "PlannedActivity",
    "reportedResult": "ReportedResult",
    "observation": "Observation",
    "reference": "LegalReference",
    "project": "Project",
}
CLASSES = {**MENTIONS, **STATEMENTS}
# What links are made of, apart from the facts: conclusions and the statements that only they cite.
_LINKED = (
    "Abbreviation Alignment BudgetComparison Change Contradiction Figure NamedThing Presence ReportedDecision "
    "Restatement Series StatedDate Succession Tenure"
).split()
# Where the value of a gold field stands, seen from the node: the first path that leads anywhere. Default: its own name.
_PATHS: dict[str, tuple[tuple[str, ...], ...]] = {
    "diaryNumber": (("diaryNumber",), ("case", "diaryNumber"), ("agendaItem", "case", "diaryNumber")),
    "number": (("number",), ("agendaItem", "number")),
    "date": (("date",), ("meeting", "date"), ("agendaItem", "meeting", "date")),
    "type": (("type",), ("documentType",)),
    "paragraphs": (("paragraphs",), ("paragraph",)),
    "party": (("forParty",), ("party",)),
    "municipality": (("forMunicipality",),),
    "goal": (("isGoal",),),
}
_LABELS = ("name", "altLabel", "shortName", "abbreviation", "diaryNumber", "title")


@dataclass(slots=True)
class Graph:
    """Nodes by class and IRI, their properties by local name, and the places of each node's evidence by file."""

    nodes: dict[str, dict[str, Properties]] = field(default_factory=lambda: defaultdict(dict))
    places: dict[str, dict[str, list[Place]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(list)))
    _by_iri: dict[str, Properties] = field(default_factory=dict)

    def add(self, kind: str, iri: str, properties: Properties) -> None:
        """Add a node, or more properties of one that is there."""
        node = self._by_iri.setdefault(iri, {})
        for name, values in properties.items():
            known = node.setdefault(name, [])
            known.extend(value for value in values if value not in known)
        self.nodes[kind][iri] = node

    def place(self, iri: str, file: str, start: int, end: int) -> None:
        """Add a place of a node's evidence."""
        places = self.places[iri][PurePosixPath(file).name]
        if (place := Place(start, end)) not in places:
            places.append(place)

    def node(self, iri: str) -> Properties:
        """The properties of a node, none where there is no such node."""
        return self._by_iri.get(iri, {})

    def values(self, node: Properties, attribute: str) -> list[str]:
        """The values of a gold field of a node, as words: names for entities, codes for concepts."""
        for path in _PATHS.get(attribute, ((attribute,),)):
            nodes, last = [node], path[-1]
            for step in path[:-1]:
                nodes = [self._by_iri[i] for n in nodes for i in n.get(step, ()) if i in self._by_iri]
            values = [value for n in nodes for value in n.get(last, ())]
            if values:
                return [word for value in values for word in self._words(value)]
        return []

    def _words(self, value: str) -> list[str]:
        node = self._by_iri.get(value)
        if node is not None:
            return [label for name in _LABELS for label in node.get(name, ())] or [value]
        if value.startswith("kg:") and "-" in value:  # a concept's IRI has hyphens where its notation has spaces
            code = value.partition("-")[2]
            return [code, code.replace("-", " ")]
        return [value]


def graph_of_store(store: Store, base: str) -> Graph:
    """Load what evaluation needs from a built store."""
    graph = Graph()
    for kind in sorted({*CLASSES.values(), *_LINKED}):
        for subject, properties in _subjects(store, _class_iri(kind), base):
            graph.add(kind, subject, properties)
        for row in _rows(store, _PLACES % _class_iri(kind)):
            graph.place(_local(row[0], base), str(row[1].value), int(row[2].value), int(row[3].value))
    return graph


def stored_texts(store: Store, out: Path) -> dict[str, str]:
    """The stored texts of a built graph by the name of their file."""
    query = "SELECT ?name ?sha WHERE { ?file a kg:File ; kg:fileName ?name ; kg:sha256 ?sha }"
    texts = {}
    for name, sha in _rows(store, query):
        path = out / "text" / f"{sha.value}.txt"
        if path.is_file():
            with path.open(encoding="utf-8", newline="") as file:  # offsets count line ends as they are
                texts[PurePosixPath(name.value).name] = file.read()
    return texts


_PROPERTIES = """SELECT DISTINCT ?node ?property ?value WHERE {
  ?node a <%s> ; ?property ?value . FILTER (?property NOT IN (rdf:type, kg:evidence)) }"""
_PLACES = """SELECT DISTINCT ?node ?name ?start ?end WHERE {
  ?node a <%s> ; kg:evidence ?passage .
  ?passage oa:hasSource/dcterms:isPartOf/kg:fileName ?name ; oa:hasSelector ?position .
  ?position oa:start ?start ; oa:end ?end . }"""


def _subjects(store: Store, class_iri: str, base: str) -> Iterator[tuple[str, Properties]]:
    query = _PROPERTIES % class_iri
    found: dict[str, Properties] = defaultdict(dict)
    for node, predicate, value in _rows(store, query):
        name = str(predicate.value).rpartition("#" if "#" in predicate.value else "/")[2]
        found[_local(node, base)].setdefault(name, []).append(_local(value, base))
    yield from found.items()


def _rows(store: Store, query: str) -> Iterator[tuple[NamedNode, ...]]:
    answer = ask(store, query)
    assert isinstance(answer, QuerySolutions)
    for row in answer:
        yield tuple(row[index] for index in range(len(answer.variables)))


def _local(term: NamedNode, base: str) -> str:
    """A term as in records: IRIs of ours relative to the base, concepts compact, literals as their text."""
    value = str(term.value)
    if not isinstance(term, NamedNode):
        return value
    if value.startswith(PREFIXES["kg"]):
        return "kg:" + value[len(PREFIXES["kg"]) :]
    return value.removeprefix(base)


def _class_iri(kind: str) -> str:
    prefix = {"Person": "foaf", "Organization": "org", "Membership": "org"}.get(kind, "kg")
    return PREFIXES[prefix] + kind


def facts_of(graph: Graph, files: Iterable[str]) -> list[Fact]:
    """The facts that the graph holds about some files."""
    wanted = {PurePosixPath(file).name: file for file in files}
    _derive_parties(graph)
    return [
        fact
        for kind, name in CLASSES.items()
        for iri, node in graph.nodes.get(name, {}).items()
        for fact in _facts_of_node(graph, kind, iri, node, wanted)
    ]


def _facts_of_node(graph: Graph, kind: str, iri: str, node: Properties, wanted: dict[str, str]) -> Iterator[Fact]:
    for name, places in graph.places.get(iri, {}).items():
        file = wanted.get(name)
        if file is None:
            continue
        attributes = {key: graph.values(node, key) for key in (*node, *_PATHS)}
        attributes["name"] = [label for key in _LABELS for label in node.get(key, ())]
        if kind == "reference":
            attributes["ref"] = node.get("instrument", []) + node.get("cites", [])
        if kind in MENTIONS:
            yield from (Fact(file, kind, (place,), iri, attributes=attributes) for place in sorted(places))
        else:
            yield Fact(file, kind, tuple(sorted(places)), attributes=attributes, node=iri)


def _derive_parties(graph: Graph) -> None:
    """Give people the parties that they attend for or are members of: gold states a person's party at the mention."""
    parties = graph.nodes.get("Party", {})
    for kind, person, party in (("Attendance", "person", "forParty"), ("Membership", "member", "organization")):
        for node in graph.nodes.get(kind, {}).values():
            for iri in node.get(person, ()):
                found = [value for value in node.get(party, ()) if value in parties or party == "forParty"]
                if iri in graph.nodes.get("Person", {}) and found:
                    graph.add("Person", iri, {"party": found})
