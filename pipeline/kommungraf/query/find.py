"""Finding what a person means: by name, short name, other spelling, diary number, § and year, or words of a title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store

from kommungraf.errors import UsageError
from kommungraf.query.store import ask
from kommungraf.text import fold

FUZZY_FLOOR = 82
"""Below this similarity (rapidfuzz WRatio, 0-100) a name is another name, not a typing error."""

FUZZY_LENGTH = 4
"""A shorter name (a party's letter) is near everything that holds it."""

LISTED = 15
"""So many choices are listed when a term is ambiguous."""

Term = NamedNode | Literal | BlankNode


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a term may mean: IRI, class (last part of its IRI), name, and the scope that tells it apart."""

    iri: str
    kind: str
    name: str
    scope: str = ""


Named = tuple[str, Candidate]
"""Something that a thing is called, and the thing."""

# What has a name of its own. Its other names, short name and numbers find it too.
_ENTITIES = """
SELECT DISTINCT ?entity ?class ?label ?name ?scope WHERE {
  VALUES ?class { foaf:Person kg:Party kg:Municipality kg:Region kg:GoverningBody org:Organization kg:Network kg:Project
                  kg:FocusArea kg:NamedThing kg:Case }
  VALUES ?property { foaf:name skos:altLabel kg:shortName kg:diaryNumber kg:abbreviation }
  ?entity a ?class ; ?property ?label .
  OPTIONAL { ?entity foaf:name|kg:diaryNumber ?name }
  OPTIONAL { ?entity org:unitOf/foaf:name ?scope }
}
"""

# What is called by its title: matters by those of their items, motions, meetings.
_TITLED = """
SELECT DISTINCT ?entity ?class ?label ?name ?scope WHERE {
  { ?entity a kg:Case ; dcterms:title ?label ; kg:diaryNumber ?name . BIND(kg:Case AS ?class) BIND(?label AS ?scope) }
  UNION
  { ?entity a kg:Motion ; dcterms:title ?label . BIND(kg:Motion AS ?class) BIND(?label AS ?name)
    FILTER NOT EXISTS { ?entity kg:case ?case } }
  UNION
  { ?entity a kg:Meeting ; dcterms:title ?label . BIND(kg:Meeting AS ?class) BIND(?label AS ?name)
    OPTIONAL { ?entity kg:body/org:unitOf/foaf:name ?scope } }
}
"""

_DOCUMENTS = """
SELECT DISTINCT ?entity ?class ?label ?name ?scope WHERE {
  ?entity a kg:Document ; dcterms:title ?label . BIND(kg:Document AS ?class) BIND(?label AS ?name)
  OPTIONAL { ?entity dcterms:isPartOf/kg:fileName ?scope }
}
"""

_PARAGRAPHS = """
SELECT DISTINCT ?entity ?class ?label ?name ?scope WHERE {
  ?entity a kg:AgendaItem ; kg:number ?number ; dcterms:title ?label . FILTER(?number = %d)
  BIND(kg:AgendaItem AS ?class) BIND(CONCAT("§ ", STR(?number), " ", ?label) AS ?name)
  OPTIONAL { ?entity kg:meeting/dcterms:title ?scope }
}
"""

_BY_IRI = "SELECT ?class ?name WHERE { %s a ?class ; kg:evidence ?p . OPTIONAL { %s dcterms:title ?name } }"

_PARAGRAPH = re.compile(r"§+\s*(\d{1,4})\b(.*)")


def find(store: Store, term: str, base: str) -> list[Candidate]:
    """What a term may mean, by name: an IRI (whole or below the base), the § of a meeting (``§ 27``, ``§ 27 2023``,
    ``§ 27 styrelsen``), else what bears the name exactly, else part of it or its words, else a near spelling.

    Only the best of these is returned; entities go before matters by their titles, and these before documents.
    """
    if match := _PARAGRAPH.match(term.strip()):
        return _paragraphs(store, int(match.group(1)), match.group(2))
    wanted = fold(term)
    if not wanted:
        return []
    as_iri = term if "://" in term else base + term
    entities, titled = _named(store, _ENTITIES), _named(store, _TITLED)
    steps: list[Callable[[], Iterable[Candidate]]] = [
        lambda: (thing for _, thing in entities + titled if thing.iri == as_iri),
        lambda: _by_iri(store, as_iri),
        lambda: (thing for label, thing in entities + titled if fold(label) == wanted),
        lambda: (thing for label, thing in entities if wanted in fold(label)),
        lambda: (thing for label, thing in titled if wanted in fold(label)),
        lambda: (thing for label, thing in entities + titled if _has_words(fold(label), wanted)),
        lambda: (thing for label, thing in _named(store, _DOCUMENTS) if _has_words(fold(label), wanted)),
        lambda: _near(entities, wanted),
        lambda: _near(titled, wanted),
    ]
    for step in steps:
        if found := _distinct(step()):
            return found
    return []


def _distinct(found: Iterable[Candidate]) -> list[Candidate]:
    """One candidate per thing, in an order that depends on nothing else."""
    things: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda c: (c.kind, c.name, c.scope, c.iri)):
        things.setdefault(candidate.iri, candidate)
    return sorted(things.values(), key=lambda c: (c.kind, c.name, c.iri))


def _has_words(label: str, wanted: str) -> bool:
    words = label.split()
    return all(any(word.startswith(part) for word in words) for part in wanted.split())


def _paragraphs(store: Store, number: int, rest: str) -> list[Candidate]:
    """Items with a number, of the meetings (by body or date) and titles that the other words tell.

    An item of a meeting may stand in its notice and in its minutes: the one of which most is said stands for both.
    """
    words = fold(rest).split()
    found = _distinct(thing for _, thing in _named(store, _PARAGRAPHS % number))
    of_meeting: dict[str, list[Candidate]] = defaultdict(list)
    for thing in found:
        if all(word in fold(f"{thing.scope} {thing.name}") for word in words):
            of_meeting[thing.scope or thing.iri].append(thing)
    return [same[0] if len(same) == 1 else max(same, key=lambda one: _said(store, one)) for same in of_meeting.values()]


def _said(store: Store, item: Candidate) -> int:
    return len(select(store, f"SELECT ?said WHERE {{ ?said kg:agendaItem <{item.iri}> }}"))


def _by_iri(store: Store, iri: str) -> list[Candidate]:
    """Anything else that has evidence, by its IRI: a decision, an item, a document."""
    if re.search(r"[\s<>\"{}|\\^`]", iri):
        return []
    return [
        Candidate(iri, local(row["class"]), row["name"].value if row["name"] else local(NamedNode(iri)))
        for row in select(store, _BY_IRI.replace("%s", f"<{iri}>"))
    ]


def _named(store: Store, sparql: str) -> list[Named]:
    rows: list[Named] = []
    for row in select(store, sparql):
        name, scope = row["name"] or row["label"], row["scope"]
        rows.append(
            (
                row["label"].value,
                Candidate(row["entity"].value, local(row["class"]), name.value, scope.value if scope else ""),
            )
        )
    return rows


def _near(rows: list[Named], wanted: str) -> Iterable[Candidate]:
    from rapidfuzz import fuzz, process

    rows = [row for row in rows if len(row[0]) >= FUZZY_LENGTH]
    matches = process.extract(
        wanted, [fold(label) for label, _ in rows], scorer=fuzz.WRatio, limit=8, score_cutoff=FUZZY_FLOOR
    )
    best = matches[0][1] if matches else 0
    return [rows[index][1] for _, score, index in matches if score >= best - 3]


class AmbiguousError(UsageError):
    """A term that several things bear: ``choices`` are they, numbered from 1 in the message."""

    def __init__(self, term: str, choices: list[Candidate], lines: list[str]) -> None:
        self.term, self.choices, self.lines = term, choices, lines
        more = f"\n  … and {len(choices) - LISTED} more: say more of the name" if len(choices) > LISTED else ""
        super().__init__(
            f"{term!r} may mean {len(choices)} things:\n"
            + "\n".join(lines)
            + more
            + "\nSay which by its number (--number 1), or by what stands last in its line."
        )


def find_one(store: Store, term: str, base: str, number: int | None = None) -> Candidate:
    """The one thing that a term means, or the ``number``-th (from 1) of those that it may mean.

    Raises :class:`~kommungraf.errors.UsageError` when there is none, and :class:`AmbiguousError`, which lists them,
    when there are several and no number says which.
    """
    candidates = find(store, term, base)
    if not candidates:
        raise UsageError(
            f"Nothing in the graph is called {term!r} or nearly so. Try a part of the name, or: kommungraf query people"
        )
    if number is not None:
        if not 1 <= number <= len(candidates):
            raise UsageError(f"{term!r} may mean {len(candidates)} thing(s); there is no number {number}.")
        return candidates[number - 1]
    if len(candidates) > 1:
        raise AmbiguousError(term, candidates, _lines(store, candidates[:LISTED], base))
    return candidates[0]


_SEEN = """
SELECT ?entity ?year ?document WHERE {
  VALUES ?entity { %s }
  ?entity kg:evidence/oa:hasSource ?document . OPTIONAL { ?document kg:year ?year }
}
"""
_SIDES = """
SELECT DISTINCT ?entity ?side WHERE {
  VALUES ?entity { %s }
  { ?attendance kg:person ?entity ; kg:forParty/kg:abbreviation ?side }
  UNION { ?attendance kg:person ?entity ; kg:forMunicipality/foaf:name ?side }
  UNION { ?membership org:member ?entity ; org:organization/kg:abbreviation ?side }
}
"""


def _lines(store: Store, candidates: list[Candidate], base: str) -> list[str]:
    """One line per choice with what tells it from the others: whose it is, which side, when and how often named."""
    values = " ".join(f"<{candidate.iri}>" for candidate in candidates)
    years: dict[str, set[str]] = defaultdict(set)
    documents: dict[str, set[str]] = defaultdict(set)
    sides: dict[str, set[str]] = defaultdict(set)
    for row in select(store, _SEEN % values):
        documents[row["entity"].value].add(row["document"].value)
        if row["year"]:
            years[row["entity"].value].add(row["year"].value)
    for row in select(store, _SIDES % values):
        sides[row["entity"].value].add(row["side"].value)
    lines = []
    for number, one in enumerate(candidates, 1):
        seen, count = sorted(years[one.iri]), len(documents[one.iri])
        span = seen[0] if len(seen) == 1 else f"{seen[0]}–{seen[-1]}" if seen else ""
        told = [one.scope, ", ".join(sorted(sides[one.iri])), span, f"{count} document{'' if count == 1 else 's'}"]
        words = " · ".join(part for part in (f"{one.name}", kind_word(one.kind), *told) if part)
        lines.append(f"  {number:>2}  {words} · {one.iri.removeprefix(base)}")
    return lines


_WORDS = {
    "GoverningBody": "body",
    "Organization": "organisation",
    "FocusArea": "focus area",
    "AgendaItem": "item of a meeting",
    "NamedThing": "named thing",
}


def kind_word(kind: str) -> str:
    """A class as a person calls it."""
    return _WORDS.get(kind, kind.lower())


def select(store: Store, sparql: str) -> list[dict[str, Term]]:
    """The rows of a SELECT by the names of its variables; an unbound one is ``None``."""
    answer = ask(store, sparql)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [{name: row[name] for name in names} for row in answer]


def local(term: Term) -> str:
    """The last part of an IRI."""
    return term.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]
