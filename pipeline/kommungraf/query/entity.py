"""One entity: finding it by what a person types, and all that the documents say of it, year by year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store

from kommungraf.errors import UsageError
from kommungraf.query.store import PREFIXES, ask
from kommungraf.text import fold

FUZZY_FLOOR = 82
"""Below this similarity (rapidfuzz WRatio, 0-100) a name is another name, not a typing error."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a term may mean: IRI, class (last part of its IRI), name, and the scope that tells it apart."""

    iri: str
    kind: str
    name: str
    scope: str = ""


@dataclass(slots=True)
class Fact:
    """One thing that a document says of an entity.

    ``when`` is the date at the precision known (empty when no document dates it), ``kind`` the statement's class,
    ``summary`` one line, ``quote`` the passage as printed, ``page`` counted from 1 where pages exist; ``more``: in how
    many other places the same is shown (a post that ten meetings show is one fact).
    """

    when: str
    kind: str
    summary: str
    quote: str
    document: str
    file: str
    page: int | None
    start: int
    sha256: str
    end: int = 0
    more: int = 0


@dataclass(slots=True)
class Entity:
    """An entity with its own properties (``foaf:name`` and the like, shortened) and its facts in order of time."""

    candidate: Candidate
    properties: dict[str, list[str]] = field(default_factory=dict)
    facts: list[Fact] = field(default_factory=list)

    def by_year(self) -> dict[str, list[Fact]]:
        """Facts by year; the key is empty for facts that no date is known of."""
        years: dict[str, list[Fact]] = defaultdict(list)
        for fact in self.facts:
            years[fact.when[:4]].append(fact)
        return dict(sorted(years.items(), key=lambda entry: (entry[0] == "", entry[0])))


_NAMES = """
SELECT DISTINCT ?entity ?class ?label ?name ?scope WHERE {
  VALUES ?property { foaf:name skos:altLabel kg:shortName kg:diaryNumber kg:abbreviation }
  ?entity ?property ?label ; a ?class .
  VALUES ?class { foaf:Person kg:Party kg:Municipality kg:Region kg:GoverningBody org:Organization kg:Network kg:Project
                  kg:FocusArea kg:Case }
  OPTIONAL { ?entity foaf:name ?printed }
  BIND(COALESCE(?printed, ?label) AS ?name)
  OPTIONAL { ?entity org:unitOf/foaf:name ?scope }
}
"""


def find(store: Store, term: str, base: str) -> list[Candidate]:
    """The entities that a term may mean, best first: an IRI (whole or below the base), a name or short name or diary
    number as written, then part of a name, then a near spelling. Only the best of these four kinds is returned.
    """
    rows = _names(store)
    as_iri = term if "://" in term else base + term
    exact = {row[1] for row in rows if row[1].iri == as_iri}
    wanted = fold(term)
    exact = exact or {candidate for label, candidate in rows if fold(label) == wanted}
    part = exact or {candidate for label, candidate in rows if wanted in fold(label)}
    return sorted(part or _near(rows, wanted), key=lambda c: (c.kind, c.name, c.iri))


def _names(store: Store) -> list[tuple[str, Candidate]]:
    rows: list[tuple[str, Candidate]] = []
    for row in _select(store, _NAMES):
        kind = _local(row["class"])
        candidate = Candidate(row["entity"].value, kind, row["name"].value, row["scope"].value if row["scope"] else "")
        rows.append((row["label"].value, candidate))
    return rows


def _near(rows: list[tuple[str, Candidate]], wanted: str) -> set[Candidate]:
    from rapidfuzz import fuzz, process

    labels = [fold(label) for label, _ in rows]
    matches = process.extract(wanted, labels, scorer=fuzz.WRatio, limit=8, score_cutoff=FUZZY_FLOOR)
    best = matches[0][1] if matches else 0
    return {rows[index][1] for _, score, index in matches if score >= best - 3}


def find_one(store: Store, term: str, base: str) -> Candidate:
    """The one entity that a term means; :class:`~kommungraf.errors.UsageError` lists the choices if several."""
    candidates = find(store, term, base)
    if not candidates:
        raise UsageError(
            f"Nothing in the graph is called {term!r} or nearly so. Try: kommungraf query people -p name=…"
        )
    if len(candidates) > 1:
        lines = [
            f"  {c.name}{f' ({c.scope})' if c.scope else ''} · {c.kind} · {c.iri.removeprefix(base)}"
            for c in candidates[:15]
        ]
        more = f"\n  … and {len(candidates) - 15} more" if len(candidates) > 15 else ""
        raise UsageError(
            f"{term!r} may mean {len(candidates)} things; say which by its last column:\n" + "\n".join(lines) + more
        )
    return candidates[0]


_PROPERTIES = """
SELECT DISTINCT ?property ?value ?name WHERE {
  <%s> ?property ?value .
  FILTER(?property NOT IN (rdf:type, kg:evidence))
  OPTIONAL { ?value foaf:name|skos:notation ?name }
}
"""

_FACTS = """
SELECT DISTINCT ?node ?class ?link ?passage ?start ?end ?quote ?page ?document ?type ?docYear ?issued ?file ?sha WHERE {
  { <%(iri)s> kg:evidence ?passage . <%(iri)s> a ?class . BIND(<%(iri)s> AS ?node) BIND(kg:mention AS ?link) }
  UNION
  { ?node ?link <%(iri)s> ; a ?class ; kg:evidence ?passage . FILTER(?class NOT IN (kg:Join)) }
  ?passage oa:hasSource ?source ; oa:hasSelector ?position, ?quoted .
  ?position oa:start ?start ; oa:end ?end .
  ?quoted oa:exact ?quote .
  ?source dcterms:title ?document ; dcterms:type/skos:notation ?type ; dcterms:isPartOf ?f .
  ?f kg:fileName ?file ; kg:sha256 ?sha .
  OPTIONAL { ?source kg:year ?docYear }
  OPTIONAL { ?source dcterms:issued ?issued }
  OPTIONAL { ?passage kg:page ?page }
}
ORDER BY ?docYear ?issued ?file ?start
"""

_DETAILS = """
SELECT DISTINCT ?node ?property ?value ?name WHERE {
  VALUES ?node { %s }
  { ?node ?property ?value }
  UNION
  { ?node kg:meeting|kg:agendaItem/kg:meeting ?m . ?m ?property ?value FILTER(?property IN (dcterms:date, kg:body)) }
  FILTER(?property NOT IN (kg:evidence))
  OPTIONAL { ?value foaf:name|skos:notation|dcterms:title ?name }
}
"""


def describe(store: Store, candidate: Candidate) -> Entity:
    """All that is known of an entity: its properties and every fact with its quote, in order of time."""
    entity = Entity(candidate)
    for row in _select(store, _PROPERTIES % candidate.iri):
        value = row["name"] or row["value"]
        entity.properties.setdefault(_short(row["property"]), []).append(value.value)
    rows = list(_select(store, _FACTS % {"iri": candidate.iri}))
    details = _details(store, {row["node"].value for row in rows if row["link"].value != PREFIXES["kg"] + "mention"})
    facts: dict[tuple[str, ...], Fact] = {}
    for row in rows:
        fact = _fact(row, details.get(row["node"].value, {}), candidate.name)
        lasting = fact.kind in _LASTING
        known = facts.setdefault((row["node"].value, fact.summary, *([] if lasting else [row["passage"].value])), fact)
        if lasting and known is not fact:
            known.more += 1
    entity.facts = sorted(
        facts.values(), key=lambda fact: (fact.when == "", fact.when, fact.file, fact.start, fact.kind)
    )
    return entity


_LASTING = frozenset("Attendance Membership Project GoverningBody Organization Network FocusArea Meeting Case".split())
"""Classes of which many passages show the same node: it is told once."""


def _fact(row: dict[str, Literal | NamedNode], details: dict[str, list[str]], about: str) -> Fact:
    kind, link = _local(row["class"]), _local(row["link"])
    dates = details.get("dcterms:date") or details.get("kg:validFrom") or details.get("kg:firstSeen")
    when = dates[0] if dates else next((row[key].value for key in ("docYear", "issued") if row[key]), "")
    return Fact(
        when=when,
        kind="mention" if link == "mention" else kind,
        summary="" if link == "mention" else summarize(kind, link, details, about),
        quote=row["quote"].value,
        document=f"{row['document'].value} ({row['type'].value})",
        file=row["file"].value,
        page=int(row["page"].value) if row["page"] else None,
        start=int(row["start"].value),
        end=int(row["end"].value),
        sha256=row["sha"].value,
    )


_SUMMARY = {
    "Attendance": ("kg:capacity", "kg:body", "kg:forParty", "kg:forMunicipality"),
    "Membership": ("org:role", "org:organization", "org:member", "kg:validFrom", "kg:validTo"),
    "Decision": ("kg:outcome", "kg:decidedBy"),
    "AgendaItem": ("kg:number", "dcterms:title"),
    "Motion": ("dcterms:title",),
    "Meeting": ("kg:body", "kg:place"),
    "Observation": ("kg:table", "kg:lineItem", "kg:value", "kg:unit"),
    "Project": ("foaf:name",),
    "GoverningBody": ("foaf:name",),
}


def summarize(kind: str, link: str, details: dict[str, list[str]], about: str = "") -> str:
    """One line that says what a statement says of ``about``: the properties that matter for its class."""
    words = [", ".join(details[key]) for key in _SUMMARY.get(kind, ()) if key in details]
    words = [word for word in words if word != about]
    role = {"concerns": "concerned", "creator": "author", "presenter": "presenter", "referredTo": "referred to"}.get(
        link
    )
    return " · ".join(([role] if role else []) + words)


def _details(store: Store, nodes: set[str]) -> dict[str, dict[str, list[str]]]:
    details: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    if not nodes:
        return {}
    values = " ".join(f"<{node}>" for node in sorted(nodes))
    for row in _select(store, _DETAILS % values):
        value = (row["name"] or row["value"]).value
        bucket = details[row["node"].value][_short(row["property"])]
        if value not in bucket:
            bucket.append(value)
    return details


def _select(store: Store, sparql: str) -> list[dict[str, Literal | NamedNode]]:
    answer = ask(store, sparql)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [{name: row[name] for name in names} for row in answer]


def _local(term: Literal | NamedNode) -> str:
    return term.value.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _short(term: Literal | NamedNode) -> str:
    for prefix, namespace in PREFIXES.items():
        if term.value.startswith(namespace):
            return f"{prefix}:{term.value[len(namespace) :]}"
    return term.value
