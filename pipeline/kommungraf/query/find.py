"""Finding what a person means: by name, short name, other spelling, diary number, § and year, or words of a title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Store

from kommungraf.errors import UsageError
from kommungraf.query.kinds import kind_word
from kommungraf.query.lookup import Lookup, full, local
from kommungraf.text import fold

FUZZY_FLOOR = 82
"""Below this similarity (rapidfuzz WRatio, 0-100) a name is another name, not a typing error."""

FUZZY_LENGTH = 4
"""A shorter name (a party's letter) is near everything that holds it."""

LISTED = 15
"""So many choices are listed when a term is ambiguous."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What a term may mean: IRI, class (last part of its IRI), name, and the scope that tells it apart."""

    iri: str
    kind: str
    name: str
    scope: str = ""


Named = tuple[str, Candidate]
"""Something that a thing is called, and the thing."""

_NAMED = (
    "foaf:Person kg:Party kg:Municipality kg:Region kg:GoverningBody org:Organization kg:Network kg:Project "
    "kg:FocusArea kg:NamedThing kg:Case"
).split()
"""Classes of what has a name of its own."""
_LABELS = ("foaf:name", "skos:altLabel", "kg:shortName", "kg:diaryNumber", "kg:abbreviation")

_PARAGRAPH = re.compile(r"§+\s*(\d{1,4})\b(.*)")


def find(store: Store, term: str, base: str) -> list[Candidate]:
    """What a term may mean, by name: an IRI (whole or below the base), the § of a meeting (``§ 27``, ``§ 27 2023``,
    ``§ 27 styrelsen``), else what bears the name exactly, else part of it or its words, else a near spelling.

    Only the best of these is returned; entities go before matters by their titles, and these before documents.
    """
    look = Lookup(store)
    if match := _PARAGRAPH.match(term.strip()):
        return _paragraphs(look, int(match.group(1)), match.group(2))
    wanted = fold(term)
    if not wanted:
        return []
    if found := _by_iri(look, term if "://" in term else base + term):
        return found
    entities, titled = named(look), _titled(look)
    steps: list[Callable[[], Iterable[Candidate]]] = [
        lambda: (thing for label, thing in entities + titled if fold(label) == wanted),
        lambda: (thing for label, thing in entities if wanted in fold(label)),
        lambda: (thing for label, thing in titled if wanted in fold(label)),
        lambda: (thing for label, thing in entities + titled if _has_words(fold(label), wanted)),
        lambda: (thing for label, thing in _documents(look) if _has_words(fold(label), wanted)),
        lambda: _near(entities, wanted),
        lambda: _near(titled, wanted),
    ]
    return next((found for step in steps if (found := _distinct(step()))), [])


def _distinct(found: Iterable[Candidate]) -> list[Candidate]:
    """One candidate per thing, in an order that depends on nothing else."""
    things: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda c: (c.kind, c.name, c.scope, c.iri)):
        things.setdefault(candidate.iri, candidate)
    return sorted(things.values(), key=lambda c: (c.kind, c.name, c.iri))


def _has_words(label: str, wanted: str) -> bool:
    words = label.split()
    return all(any(word.startswith(part) for word in words) for part in wanted.split())


def _paragraphs(look: Lookup, number: int, rest: str) -> list[Candidate]:
    """Items with a number, of the meetings (by body or date) and titles that the other words tell.

    An item of a meeting may stand in its notice and in its minutes: the one of which most is said stands for both.
    """
    words = fold(rest).split()
    found: list[Candidate] = []
    for item in look.subjects("kg:number", Literal(number)):
        if "AgendaItem" in look.classes(item):
            meeting = next((look.name(ref) for ref in look.nodes(item, "kg:meeting")), "")
            found.append(Candidate(item.value, "AgendaItem", f"§ {number} {look.name(item)}", meeting))
    of_meeting: dict[str, list[Candidate]] = defaultdict(list)
    for thing in _distinct(found):
        if all(word in fold(f"{thing.scope} {thing.name}") for word in words):
            of_meeting[thing.scope or thing.iri].append(thing)
    return [max(same, key=lambda one: _said(look, one)) for same in of_meeting.values()]


def _said(look: Lookup, item: Candidate) -> int:
    return len(look.subjects("kg:agendaItem", NamedNode(item.iri)))


def _by_iri(look: Lookup, iri: str) -> list[Candidate]:
    """Whatever has an IRI and evidence: an entity, a decision, an item, a document."""
    if re.search(r"[\s<>\"{}|\\^`]", iri):
        return []
    node = NamedNode(iri)
    if not look.objects(node, "kg:evidence"):
        return []
    scope = next((look.name(of) for of in look.nodes(node, "org:unitOf")), "")
    return [Candidate(iri, kind, _called(look, node) or local(iri), scope) for kind in look.classes(node)[:1]]


def named(look: Lookup) -> list[Named]:
    """Everything with a name of its own, by each of its names."""
    things: dict[str, Candidate] = {}
    for name in _NAMED:
        for node in look.subjects("rdf:type", full(name)):
            scope = next((look.name(of) for of in look.nodes(node, "org:unitOf")), "")
            things[node.value] = Candidate(node.value, local(name.replace(":", "/")), _called(look, node), scope)
    return [(label, things[iri]) for name in _LABELS for iri, label in look.pairs(name) if iri in things]


def _called(look: Lookup, node: NamedNode) -> str:
    """A name; of a matter its number, which many titles share."""
    return look.value(node, "foaf:name") or look.value(node, "kg:diaryNumber") or look.name(node)


def _titled(look: Lookup) -> list[Named]:
    """What is called by its title: matters by those of their items, motions without a matter, meetings."""
    rows: list[Named] = []
    for node in look.subjects("rdf:type", full("kg:Case")):
        number = look.value(node, "kg:diaryNumber")
        titles = [title.value for title in look.objects(node, "dcterms:title")]
        rows += [(title, Candidate(node.value, "Case", number or title, title if number else "")) for title in titles]
    for node in look.subjects("rdf:type", full("kg:Motion")):
        if not look.objects(node, "kg:case"):
            rows.append((look.name(node), Candidate(node.value, "Motion", look.name(node))))
    for node in look.subjects("rdf:type", full("kg:Meeting")):
        bodies = look.nodes(node, "kg:body")
        scope = next((look.name(of) for body in bodies for of in look.nodes(body, "org:unitOf")), "")
        rows.append((look.name(node), Candidate(node.value, "Meeting", look.name(node), scope)))
    return rows


def _documents(look: Lookup) -> list[Named]:
    rows: list[Named] = []
    for node in look.subjects("rdf:type", full("kg:Document")):
        if look.nodes(node, "dcterms:isReplacedBy"):
            continue  # another version of it is in force
        file = next((look.name(of) for of in look.nodes(node, "dcterms:isPartOf")), "")
        rows.append((look.name(node), Candidate(node.value, "Document", look.name(node), file)))
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
        look = Lookup(store)
        lines = [_line(look, place, one, base) for place, one in enumerate(candidates[:LISTED], 1)]
        raise AmbiguousError(term, candidates, lines)
    return candidates[0]


def _line(look: Lookup, number: int, one: Candidate, base: str) -> str:
    """A choice with what tells it from the others: whose it is, which side, when and how often named."""
    node = NamedNode(one.iri)
    documents = {
        of.value: of for passage in look.nodes(node, "kg:evidence") for of in look.nodes(passage, "oa:hasSource")
    }
    years = sorted({year for of in documents.values() if (year := look.value(of, "kg:year"))})
    span = years[0] if len(years) == 1 else f"{years[0]}–{years[-1]}" if years else ""
    count = f"{len(documents)} document{'' if len(documents) == 1 else 's'}"
    words = (one.name, kind_word(one.kind), one.scope, ", ".join(_sides(look, node)), span, count)
    return f"  {number:>2}  {' · '.join(word for word in words if word)} · {one.iri.removeprefix(base)}"


def _sides(look: Lookup, node: NamedNode) -> list[str]:
    """Parties and municipalities that a person stands for."""
    ties = [(who, "kg:forParty") for who in look.subjects("kg:person", node)]
    ties += [(who, "kg:forMunicipality") for who, _ in ties]
    ties += [(seat, "org:organization") for seat in look.subjects("org:member", node)]
    found = {of.value: of for tie, name in ties for of in look.nodes(tie, name)}
    kept = (of for of in found.values() if {"Party", "Municipality"} & set(look.classes(of)))
    return sorted({look.value(of, "kg:abbreviation") or look.name(of) for of in kept})
