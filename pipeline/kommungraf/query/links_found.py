"""The links that a built graph concludes, in the form in which gold states them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from kommungraf.query.found import Graph, Properties
from kommungraf.query.gold import Place
from kommungraf.query.links import KINDS, Link, Side

# Which class holds the links of a kind, and which property leads to each side.
_CLASSES: dict[str, tuple[str, dict[str, str]]] = {
    "succession": ("Succession", {}),
    "alignment": ("Alignment", {"planned": "planned", "reported": "reported", "next": "next"}),
    "contradiction": ("Contradiction", {"a": "statementA", "b": "statementB"}),
    "tenure": ("Tenure", {}),
    "presence": ("Presence", {}),
    "budgetVsOutcome": ("BudgetComparison", {"budgeted": "budgeted", "accounted": "accounted"}),
    "restatement": ("Restatement", {"earlier": "earlier", "later": "later"}),
}
# Of which side a link takes the line and the year of the accounts.
_ACCOUNTED = {"budgetVsOutcome": "accounted", "restatement": "earlier"}
# What is left over on each side: the kind, the class, the side, and the property with its value that say so.
_REMAINDERS = (
    ("neverReported", "PlannedActivity", "planned", "followUp", "noWord"),
    ("neverPromised", "ReportedResult", "reported", "promise", "unpromised"),
)
_TEXTS = ("text", "name", "altLabel", "shortName", "heading", "title", "lineItem")
_FIELDS = ("value", "fiscalYear", "year", "lineItem", "table", "phase", "unit", "date", "number")


def links_of(graph: Graph, texts: Mapping[str, str]) -> list[Link]:
    """All links of the graph. ``texts``: stored texts by file name, for the quotes of sides."""
    found = [link for kind in _CLASSES for link in _conclusions(graph, texts, kind)]
    found += _remainders(graph, texts)
    found += _case_states(graph)
    found += _results(graph, texts)
    found += _reported_decisions(graph, texts)
    found += _points(graph)
    return found


def _conclusions(graph: Graph, texts: Mapping[str, str], kind: str) -> Iterator[Link]:
    name, paths = _CLASSES[kind]
    spec = KINDS[kind]
    for iri, node in graph.nodes.get(name, {}).items():
        targets = {side: node[path] for side, path in paths.items() if node.get(path)}
        sides = {side: side_of(graph, texts, one) for side, (one, *_) in targets.items()}
        if spec.unordered:  # a statement may be a document or a meeting: what was quoted says which of its words
            sides["evidence"] = side_of(graph, texts, iri)
        fields = {key: graph.values(node, key) for key in (*spec.keys, *spec.details)}
        if kind == "alignment":
            fields["year"] = [year for target in node.get("planned", ()) for year in graph.node(target).get("year", ())]
        for target in node.get(_ACCOUNTED.get(kind, ""), ()):
            fields |= {key: graph.values(graph.node(target), key) for key in spec.keys}
        if kind == "budgetVsOutcome":
            fields["scope"] = graph.values(node, "scopeName")
        yield Link(kind, fields, sides, iri)
        for side in spec.closed:  # an activity may be answered by several results: each is a link of its own
            for other in targets.get(side, [])[1:]:
                yield Link(kind, fields, sides | {side: side_of(graph, texts, other)}, iri)


def side_of(graph: Graph, texts: Mapping[str, str], iri: str) -> Side:
    """What a node says and where it stands."""
    node = graph.node(iri)
    places = tuple((file, place) for file, found in graph.places.get(iri, {}).items() for place in found)
    said = [text for key in _TEXTS for text in node.get(key, ())]
    quotes = [_quote(texts, file, place) for file, place in places]
    fields = {key: graph.values(node, key) for key in _FIELDS}
    return Side(tuple(text for text in (*said, *quotes) if text), places, frozenset(file for file, _ in places), fields)


def _quote(texts: Mapping[str, str], file: str, place: Place) -> str:
    return texts.get(file, "")[place.start : place.end]


def _remainders(graph: Graph, texts: Mapping[str, str]) -> Iterator[Link]:
    """What was promised and never reported, and what was reported and never promised."""
    for kind, name, side, key, value in _REMAINDERS:
        for iri, node in graph.nodes.get(name, {}).items():
            if value in node.get(key, ()):
                yield Link(kind, {"year": node.get("year", [])}, {side: side_of(graph, texts, iri)}, iri)


def _case_states(graph: Graph) -> Iterator[Link]:
    """The state of cases, and of motions and proposals that have no case of their own."""
    for name in ("Case", "Motion", "Proposal"):
        for iri, node in graph.nodes.get(name, {}).items():
            if node.get("state") and not node.get("case"):
                fields = {key: graph.values(node, key) for key in ("diaryNumber", "state", "stateSince")}
                yield Link("caseState", fields | {"title": _titles(node)}, {}, iri)


def _titles(node: Properties) -> list[str]:
    return [*node.get("title", ()), *node.get("name", ())]


def _results(graph: Graph, texts: Mapping[str, str]) -> Iterator[Link]:
    for name in ("Motion", "Proposal"):
        for iri, node in graph.nodes.get(name, {}).items():
            for target in node.get("resultedIn", ()):
                decision = graph.node(target)
                fields = {key: graph.values(decision, key) for key in ("number", "date", "outcome", "decidedBy")}
                yield Link("resultedIn", fields, {"matter": side_of(graph, texts, iri)}, iri)


def _reported_decisions(graph: Graph, texts: Mapping[str, str]) -> Iterator[Link]:
    for iri, node in graph.nodes.get("ReportedDecision", {}).items():
        fields = {key: graph.values(node, key) for key in ("date", "number", "decidedBy", "outcome")}
        fields["minutesHeld"] = ["true" if node.get("minutes") else "false"]
        yield Link("reportedDecision", fields, {"said": side_of(graph, texts, iri)}, iri)


def _points(graph: Graph) -> Iterator[Link]:
    """The points of series, each once however many documents print it."""
    seen: set[tuple[str, ...]] = set()
    for series, node in graph.nodes.get("Series", {}).items():
        for target in node.get("observation", ()):
            point = graph.node(target)
            fields = {key: graph.values(point, key) for key in ("fiscalYear", "phase", "value", "unit")}
            fields["lineItem"] = [*node.get("lineItem", ()), *point.get("lineItem", ())]
            fields["scope"] = graph.values(node, "scope") or graph.values(point, "scope")
            key = (series, *(value for name in ("fiscalYear", "phase", "value") for value in fields[name][:1]))
            if key not in seen:
                seen.add(key)
                yield Link("series", fields, {}, series)
