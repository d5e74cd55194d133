"""Networks of a graph for one year or all: who sits where, who takes part in what, who works with whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Store

from kommungraf.errors import UsageError
from kommungraf.query.lookup import Lookup, full

if TYPE_CHECKING:
    import networkx

Row = dict[str, str]

KINDS = {
    "people": "people and the bodies and organisations that they sit or work in",
    "projects": "municipalities and organisations, and the projects that they take part in or pay for",
    "cooperation": "municipalities and organisations that take part in the same projects",
}


def network(store: Store, kind: str, year: int | None, base: str) -> networkx.Graph:
    """A network of one of :data:`KINDS`; with a year, only the ties that hold in it.

    Nodes are IRIs without the base and carry ``name`` and ``kind``. An edge carries ``role`` (several roles are joined
    by commas), ``first`` and ``last`` (years; of a stated period where there is one, else of the documents that show
    it); an edge of cooperation carries ``projects`` and its ``weight``, their number.
    """
    makers: dict[str, Callable[[Store, int | None, str], networkx.Graph]] = {
        "people": _people,
        "projects": _projects,
        "cooperation": _cooperation,
    }
    if kind not in makers:
        known = "; ".join(f"{name} ({what})" for name, what in KINDS.items())
        raise UsageError(f"There is no network {kind!r}. There are: {known}.")
    return makers[kind](store, year, base)


_ORGANISATIONS = {
    "GoverningBody": "body",
    "Organization": "organization",
    "Network": "network",
    "Municipality": "municipality",
    "Region": "region",
}


def _people(store: Store, year: int | None, base: str) -> networkx.Graph:
    """Tenures where linking concluded them, else seats and offices as documents state or show them."""
    look = Lookup(store)
    drawn = _seats(look, "kg:Tenure", "kg:person", "kg:inBody")
    known = {(row["source"], row["target"], row["role"]) for row in drawn}
    seen = _seats(look, "org:Membership", "org:member", "org:organization")
    others = [row for row in seen if (row["source"], row["target"], row["role"]) not in known]
    return _tied([*drawn, *others], year, base)


def _seats(look: Lookup, kind: str, who: str, where: str) -> list[Row]:
    rows: list[Row] = []
    for seat in look.subjects("rdf:type", full(kind)):
        role = next((look.value(one, "skos:notation") for one in look.nodes(seat, "org:role")), "")
        for body in look.nodes(seat, where):
            target_kind = next((_ORGANISATIONS[one] for one in look.classes(body) if one in _ORGANISATIONS), "")
            for person in look.nodes(seat, who) if target_kind and role else ():
                row = {"source": person.value, "sourceName": look.name(person), "sourceKind": "person"}
                row |= {"target": body.value, "targetName": look.name(body), "targetKind": target_kind, "role": role}
                rows.append(row | _period(look, seat))
    return rows


def _period(look: Lookup, node: NamedNode) -> Row:
    """From the first start to the last end that texts state, and from when to when documents show it."""
    starts, stops = ([term.value for term in look.objects(node, name)] for name in ("kg:validFrom", "kg:validTo"))
    first, last = look.value(node, "kg:firstSeen"), look.value(node, "kg:lastSeen")
    return {"from": min(starts, default=""), "to": max(stops, default=""), "first": first, "last": last}


def _projects(store: Store, year: int | None, base: str) -> networkx.Graph:
    """Who takes part in and who pays for which project: in its stated period, or in the years of what names it."""
    look = Lookup(store)
    rows: list[Row] = []
    for project in look.subjects("rdf:type", full("kg:Project")):
        partners = [(one, role) for role in ("participant", "funder") for one in look.nodes(project, f"kg:{role}")]
        passages = look.nodes(project, "kg:evidence") if partners else []
        named = {look.value(of, "kg:year") for passage in passages for of in look.nodes(passage, "oa:hasSource")} - {""}
        when = _period(look, project) | {"first": min(named, default=""), "last": max(named, default="")}
        for partner, role in partners:
            kind = next((_ORGANISATIONS[one] for one in look.classes(partner) if one in _ORGANISATIONS), "")
            if kind:
                row = {"source": partner.value, "sourceName": look.name(partner), "sourceKind": kind, "role": role}
                row |= {"target": project.value, "targetName": look.name(project), "targetKind": "project"}
                rows.append(row | when)
    return _tied(rows, year, base)


def _cooperation(store: Store, year: int | None, base: str) -> networkx.Graph:
    import networkx

    projects = _projects(store, year, base)
    graph = networkx.Graph()
    shared: dict[tuple[str, str], list[str]] = defaultdict(list)
    for node, told in sorted(projects.nodes(data=True)):
        if told["kind"] != "project":
            continue
        partners = sorted(who for who in projects[node] if "participant" in projects[node][who]["role"])
        graph.add_nodes_from((who, projects.nodes[who]) for who in partners)
        for pair in combinations(partners, 2):
            shared[pair].append(told["name"])
    for (one, other), names in shared.items():
        graph.add_edge(one, other, projects=", ".join(sorted(names)), weight=len(names))
    return graph


def _tied(rows: list[Row], year: int | None, base: str) -> networkx.Graph:
    """A graph of the rows that hold in a year; rows between the same two become one edge."""
    import networkx

    graph = networkx.Graph()
    for row in sorted(rows, key=lambda row: sorted(row.items())):
        first, last = _years(row)
        if year is not None and not (first is not None and last is not None and first <= year <= last):
            continue
        source, target = row["source"].removeprefix(base), row["target"].removeprefix(base)
        graph.add_node(source, name=row["sourceName"], kind=row["sourceKind"])
        graph.add_node(target, name=row["targetName"], kind=row["targetKind"])
        edge = graph.edges[source, target] if graph.has_edge(source, target) else {}
        roles = sorted({row["role"], *filter(None, edge.get("role", "").split(", "))})
        graph.add_edge(source, target, role=", ".join(roles), **_span(edge, first, last))
    return graph


def _years(row: Row) -> tuple[int | None, int | None]:
    """First and last year of a tie: as stated, else as seen; a side that neither tells is that of the other."""
    start, stop = row["from"] or row["first"], row["to"] or row["last"]
    first, last = int(start[:4]) if start else None, int(stop[:4]) if stop else None
    return first if first is not None else last, last if last is not None else first


def _span(edge: dict[str, int], first: int | None, last: int | None) -> dict[str, int]:
    firsts = [year for year in (edge.get("first"), first) if year is not None]
    lasts = [year for year in (edge.get("last"), last) if year is not None]
    return ({"first": min(firsts)} if firsts else {}) | ({"last": max(lasts)} if lasts else {})
