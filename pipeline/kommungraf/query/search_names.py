"""Searching names by SPARQL: for a graph that has no search index, such as one in a store elsewhere."""

from __future__ import annotations

from pyoxigraph import Literal, NamedNode, QuerySolutions

from kommungraf.query.lookup import local
from kommungraf.query.search_found import Found, Hit
from kommungraf.query.search_rows import NAMED
from kommungraf.query.search_snippet import marked
from kommungraf.query.search_terms import terms
from kommungraf.query.search_words import words
from kommungraf.query.store import Reader, ask

_QUERY = """SELECT DISTINCT ?thing ?class ?name ?label WHERE {{
  VALUES ?property {{ foaf:name skos:altLabel kg:shortName kg:abbreviation kg:diaryNumber }}
  VALUES ?class {{ {classes} }}
  ?thing a ?class ; ?property ?label .
  FILTER ({filter})
  OPTIONAL {{ ?thing foaf:name ?named }}
  OPTIONAL {{ ?thing kg:diaryNumber ?number }}
  BIND (COALESCE(?named, ?number, ?label) AS ?name)
}} LIMIT {limit}"""
_CLASSES = {"Person": "foaf:Person", "Organization": "org:Organization"}


def find_names(store: Reader, text: str, limit: int = 50) -> Found:
    """The things with a name that holds all words of ``text``, as they are typed but for capitals.

    Raises :class:`~kommungraf.errors.UsageError` for a search that is too long, or that the store cannot answer.
    """
    wanted = [word for term in terms(text) for word in term.words if not term.excluded]
    if not wanted:
        return Found((), 0, {})
    classes = " ".join(_CLASSES.get(kind, f"kg:{kind}") for kind in NAMED)
    tests = " && ".join(f"CONTAINS(LCASE(STR(?label)), {Literal(word)})" for word in wanted)
    answer = ask(store, _QUERY.format(classes=classes, filter=tests, limit=limit))
    assert isinstance(answer, QuerySolutions)
    hits: dict[str, Hit] = {}
    rows = list(answer)
    for row in rows:
        thing, kind, name = row["thing"], row["class"], row["name"]
        if isinstance(thing, NamedNode) and isinstance(kind, NamedNode) and isinstance(name, Literal):
            found = frozenset(word for word in words(name.value) if any(part in word for part in wanted))
            title = marked(name.value, found)
            hits.setdefault(thing.value, Hit(thing.value, local(kind.value), title, (), (), "", "", "", "", 0))
    best = sorted(hits.values(), key=lambda hit: (len(hit.name), hit.name, hit.iri))
    return Found(tuple(best), len(best), {}, more=len(rows) == limit)
