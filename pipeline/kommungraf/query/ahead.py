"""Reading ahead from a store elsewhere: nodes that were found together are fetched together.

A walk over the graph asks for one node after the other (this statement's passage, that one's), and what it asks of one
node it soon asks of those that came with it. So the first question fetches the answers of all of them. Nothing here
knows the ontology, but that evidence may be plenty: a municipality has that of every mention.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad, QuerySolutions

from kommungraf.model.iri import NS

Key = tuple[str, str, str]
"""What is known whole: of a subject (``s``) all but its evidence, its evidence (``e``), or what points at a term
(``o``, with the predicate or nothing)."""

TOGETHER = 1_000
"""Nodes in one request."""

MUCH = 20_000
"""Statements that a request for several nodes may bring; where there are more, it is made for fewer nodes."""

_EVIDENCE = f"<{NS}evidence>"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_GROUPED = 200_000


class ReadAhead:
    """Quads by subject or by object, remembered up to a number of statements, the least recently asked forgotten first.

    ``ask`` runs a SELECT with the variables s, p, o and g and gives its quads.
    """

    def __init__(self, ask: Callable[[str], list[Quad]], most: int) -> None:
        self._ask, self._most = ask, most
        self.forget()

    def forget(self) -> None:
        """Forget all."""
        self._known: OrderedDict[Key, tuple[Quad, ...]] = OrderedDict()
        self.size = 0
        self._found_pointing: dict[str, list[str]] = {}
        self._found_pointed_at: dict[str, list[str]] = {}
        self._heavy: set[str] = set()

    def note(self, rows: QuerySolutions) -> None:
        """The nodes of each column of an answer belong together."""
        columns: list[list[str]] = [[] for _ in rows.variables]
        for row in rows:
            for column, term in zip(columns, row, strict=True):
                if isinstance(term, NamedNode):
                    column.append(str(term))
        for column in columns:
            self._note(self._found_pointing, column)

    def statements(self, subject: NamedNode, predicate: NamedNode | None) -> Iterable[Quad]:
        """What is said of a subject, of one property or of all."""
        name = str(subject)
        parts = ["s", "e"] if predicate is None else ["e"] if str(predicate) == _EVIDENCE else ["s"]
        known = {part: self._get((part, name, "")) for part in parts if (part, name, "") in self._known}
        if missing := [part for part in parts if part not in known]:
            fetched = self._fetch_subjects(name, missing)
            known |= {part: tuple(fetched[part, name, ""]) for part in missing}
        found = [quad for part in parts for quad in known[part]]
        return found if predicate is None else [quad for quad in found if quad.predicate == predicate]

    def pointing(self, predicate: NamedNode | None, target: NamedNode | Literal) -> Iterable[Quad]:
        """What points at a term, by one property or by any."""
        link, name = str(predicate) if predicate else "", str(target)
        key = ("o", name, link)
        if key in self._known:
            return self._get(key)
        if link and ("o", name, "") in self._known:
            return [quad for quad in self._get(("o", name, "")) if quad.predicate == predicate]
        return self._fetch_pointing(name, link)[key]

    def _get(self, key: Key) -> tuple[Quad, ...]:
        self._known.move_to_end(key)
        return self._known[key]

    def _fetch_subjects(self, name: str, parts: list[str]) -> dict[Key, list[Quad]]:
        """The statements of a node and of those that it came with."""
        where = "GRAPH ?g { ?s ?p ?o }"
        if parts == ["e"]:
            where = f"GRAPH ?g {{ ?s {_EVIDENCE} ?o }} BIND({_EVIDENCE} AS ?p)"
        elif parts == ["s"]:
            where += f" FILTER(?p != {_EVIDENCE})"
        mates = self._mates(name, self._found_pointed_at.get(name) or self._found_pointing.get(name) or [])
        wanted = [name, *(one for one in mates if any((part, one, "") not in self._known for part in parts))]
        wanted, quads = self._ask_few("s", wanted[:TOGETHER], where)
        found: dict[Key, list[Quad]] = {(part, one, ""): [] for one in wanted for part in parts}
        for quad in quads:
            found["e" if str(quad.predicate) == _EVIDENCE else "s", str(quad.subject), ""].append(quad)
        self._note_objects(quads)
        self._keep(found)
        return found

    def _fetch_pointing(self, name: str, link: str) -> dict[Key, list[Quad]]:
        """What points at a node and at those that it came with; by any property, only at what itself points."""
        group = self._found_pointing.get(name) or (self._found_pointed_at.get(name) if link else None) or []
        wanted = [name, *(one for one in self._mates(name, group) if ("o", one, link) not in self._known)]
        where = f"GRAPH ?g {{ ?s {link or '?p'} ?o }}" + (f" BIND({link} AS ?p)" if link else "")
        wanted, quads = self._ask_few("o", wanted[:TOGETHER], where)
        found: dict[Key, list[Quad]] = {("o", one, link): [] for one in wanted}
        for quad in quads:
            target = str(quad.object) if len(wanted) > 1 else name  # a store may write a number in another way
            found["o", target, link].append(quad)
        self._note(self._found_pointing, (str(quad.subject) for quad in quads))
        self._keep(found)
        return found

    def _mates(self, name: str, group: list[str]) -> Iterator[str]:
        return (one for one in group if one != name and one not in self._heavy)

    def _ask_few(self, variable: str, names: list[str], where: str) -> tuple[list[str], list[Quad]]:
        """Ask for several nodes, the first of which is wanted: for fewer while there is too much to tell of all."""
        while len(names) > 1:
            values = f"VALUES ?{variable} {{ {' '.join(names)} }}"
            quads = self._ask(f"SELECT ?s ?p ?o ?g {{ {values} {where} }} LIMIT {MUCH + 1}")
            if len(quads) <= MUCH:
                return names, quads
            names = names[: len(names) // 4 or 1]
        quads = self._ask(f"SELECT ?s ?p ?o ?g {{ VALUES ?{variable} {{ {names[0]} }} {where} }}")
        if len(quads) > TOGETHER * 5:
            self._heavy.add(names[0])
        return names, quads

    def _note_objects(self, quads: list[Quad]) -> None:
        """Nodes that were found as values belong together: all of them where they are few, else those of a property."""
        by_link: defaultdict[str, list[str]] = defaultdict(list)
        for quad in quads:
            if isinstance(quad.object, NamedNode) and str(quad.predicate) != _TYPE:
                by_link[str(quad.predicate)].append(str(quad.object))
        if sum(map(len, by_link.values())) <= TOGETHER:
            self._note(self._found_pointed_at, (one for names in by_link.values() for one in names))
        else:
            for names in by_link.values():
                self._note(self._found_pointed_at, names)

    def _note(self, groups: dict[str, list[str]], names: Iterable[str]) -> None:
        group = list(dict.fromkeys(names))
        if len(groups) + len(group) > _GROUPED:
            groups.clear()
        groups.update(dict.fromkeys(group, group))

    def _keep(self, found: dict[Key, list[Quad]]) -> None:
        for key, quads in found.items():
            self.size += len(quads) + 1 - (len(self._known.pop(key, ())) + 1 if key in self._known else 0)
            self._known[key] = tuple(quads)
        while self.size > self._most and self._known:
            _, forgotten = self._known.popitem(last=False)
            self.size -= len(forgotten) + 1
