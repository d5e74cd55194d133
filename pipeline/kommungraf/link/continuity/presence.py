"""Presence and silence: for every entity and year whether documents name it, and whether there are documents at all.

The rule, so that the answer is what an analyst wants and grows no faster than what documents name:

- A document counts for the year that it is about, else for the year of its date; one without either counts for none.
- Every entity has a presence for each year in which a document names it: *new* in the first, *resumed* in one that
  follows on a silent year, else *again*. That the first year is when it began is worth something only if earlier
  documents of the same type are held, and nothing for what stands (parties, bodies, municipalities): the score says so.
- Projects, networks, focus areas, governing bodies and named things are followed: for a year without them, from the
  first on, they are *silent* if we hold a document of that year by an organisation whose documents name them, else
  there are *noDocuments*. So are people, organisations, municipalities and parties that at least two documents name;
  but a year is silent for them only if a document of a type that has named them is held for it: a plan that names no
  people says nothing about who is there. What one outside document mentions in passing is not followed.
- Before a followed thing is called silent, the words of the year's statements (activities, results, decisions, titles)
  are searched for its names: a sentence that prints one without being read as a mention names it all the same.
- After the last year in which something is named, silence is told for three years; then it is known.
- *ended* takes the place of silence after the year in which a succession says that it ended, was renamed, merged, split
  or replaced. Silence alone never ends anything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kommungraf.link.continuity.presence_names import printed, year_of
from kommungraf.link.named import scopes
from kommungraf.link.resolution import Json, Resolution, Slice, literal_text
from kommungraf.model import iri

_FOLLOWED = ("Project", "Network", "FocusArea", "GoverningBody", "NamedThing")
_STANDING = ("GoverningBody", "Party", "Municipality", "Organization")
_SEEN_TWICE = ("Person", "Organization", "Municipality", "Party")
_SILENT_YEARS = 3
_FROM_A_YEAR = re.compile(
    r"(?i)\b(?:från och med|fr\.?\s?o\.?\s?m\.?|från)\s+(?:år\s+|den\s+1\s+januari\s+|januari\s+)?"
    r"(?:(?P<year>(?:19|20)\d\d)\b|nästa år|kommande år|årsskiftet)|\bfrån årsskiftet\b"
)


@dataclass(slots=True)
class _Seen:
    """Where an entity is named: the first passage by year and document, by whom, in documents of which types (all,
    and those of each year in ``first``)."""

    kind: str
    years: dict[int, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))
    publishers: set[str] = field(default_factory=set)
    types: set[str] = field(default_factory=set)
    first: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    documents: set[str] = field(default_factory=set)
    read: dict[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _End:
    """That a succession ended something: after which year, if it says so, by which node, by what evidence."""

    year: int | None
    kind: str
    evidence: tuple[str, ...]


Held = dict[str, dict[int, set[str]]]
"""The types of documents that we hold by publisher and year."""


def follow_presence(slices: list[Slice], resolution: Resolution) -> None:
    """Conclude for every entity and year: new, again, resumed, silent, ended or no documents."""
    scope_of = scopes(slices, resolution)
    held: Held = defaultdict(lambda: defaultdict(set))
    seen: dict[str, _Seen] = {}
    for piece in slices:
        year = year_of(piece)
        if year is not None:
            held[scope_of[piece.id]][year].add(piece.type)
            _see(piece, year, scope_of[piece.id], resolution, seen)
    followed = {entity: one for entity, one in seen.items() if one.kind in _FOLLOWED}
    for entity, year, document, passage in printed(slices, followed, scope_of, resolution):
        one = followed[entity]
        if year > min(one.years) and year not in one.years:
            one.read[year] = min(one.read.get(year, (document, passage)), (document, passage))
    ends = _ends(resolution, _from_a_year_on(slices))
    for entity, one in sorted(seen.items()):
        resolution.conclusions.extend(_presences(entity, one, held, ends.get(entity)))


def _see(piece: Slice, year: int, scope: str, resolution: Resolution, seen: dict[str, _Seen]) -> None:
    document, kind_of_document = piece.id, piece.type
    for kind in (*_FOLLOWED, *_SEEN_TWICE):
        named: dict[str, str] = {}
        for node in piece.of(kind):
            entity = resolution.iri(node["@id"])
            if entity and node.get("evidence"):
                named.setdefault(entity, node["evidence"][0])
        for entity, passage in named.items():
            one = seen.setdefault(entity, _Seen(kind))
            one.years[year].append((document, passage))
            one.publishers.add(scope)
            one.types.add(kind_of_document)
            one.first[year].add(kind_of_document)
            one.documents.add(document)


def _from_a_year_on(slices: list[Slice]) -> dict[str, set[str]]:
    """By passage the years from which on its sentence says that something is so ("upphör från och med 2024"); "" where
    it names none ("nästa år")."""
    years: dict[str, set[str]] = {}
    for piece in slices:
        for node in piece.of("Change"):
            if told := {match["year"] or "" for match in _FROM_A_YEAR.finditer(str(node.get("text", "")))}:
                years |= dict.fromkeys(node.get("evidence", ()), told)
    return years


def _ends(resolution: Resolution, from_a_year: dict[str, set[str]]) -> dict[str, _End]:
    """What successions say has ended: the earliest for each entity."""
    ends: dict[str, _End] = {}
    for node in sorted(resolution.conclusions, key=lambda node: str(node["@id"])):
        if node.get("@type") != "Succession":
            continue
        effective, kind = literal_text(node.get("effective")), str(node.get("successionKind", "ended"))
        told = {year for passage in node.get("evidence", ()) for year in from_a_year.get(passage, ())}
        with_the_year = kind != "ended" or bool(told & {"", effective[:4]})
        end = _End(_last_year(effective, with_the_year), kind, tuple(node.get("evidence", ())))
        year = end.year
        successors = _as_list(node.get("successor"))
        for entity in _as_list(node.get("predecessor")):
            known = ends.get(entity)
            if entity not in successors and (known is None or (year or 9999) < (known.year or 9999)):
                ends[entity] = end
    return ends


def _last_year(effective: str, with_the_year: bool) -> int | None:
    """The last year in which something was what it was: what takes effect with a year has ended the year before."""
    if not effective[:4].isdigit():
        return None
    return int(effective[:4]) - (with_the_year and effective[4:] in ("", "-01", "-01-01"))


def _as_list(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []


def _presences(entity: str, one: _Seen, held: Held, end: _End | None) -> Iterator[Json]:
    """The presences of one entity in the order of years."""
    followed = one.kind in _FOLLOWED or len(one.documents) > 1
    first, last = min(one.years), max(*one.years, *one.read) if one.read else max(one.years)
    stop = max((year for publisher in one.publishers for year in held[publisher]), default=last)
    stop = min(stop, last + _SILENT_YEARS) if followed else last
    quiet = False
    before = ""
    for year in range(first, stop + 1):
        types = sorted({kind for publisher in one.publishers for kind in held[publisher].get(year, ())})
        if year in one.years:
            passage = min(one.years[year])[1]
            state = "new" if year == first else "resumed" if quiet else "again"
            yield _node(entity, year, state, *_named(one, year, state, held), [passage])
            before, quiet = passage, False
        elif year in one.read:
            passage = one.read[year][1]
            because = f"A statement of {year} prints its name."
            yield _node(entity, year, "resumed" if quiet else "again", 0.8, because, [passage])
            before, quiet = passage, False
        elif end is not None and (end.year < year if end.year is not None else year > last):
            because = (
                f"A text says that it was {end.kind}{f' and that {end.year} was its last year' if end.year else ''}."
            )
            yield _node(entity, year, "ended", 0.93, because, sorted({*end.evidence, before} - {""})[:4])
        elif followed and types and (one.kind in _FOLLOWED or one.types & set(types)):
            quiet = True
            yield _node(entity, year, "silent", *_silent(one, year, types), [before])
        elif followed and not types:
            because = f"No document of {year} by those whose documents name it is held."
            yield _node(entity, year, "noDocuments", 0.95, because, [before])


def _named(one: _Seen, year: int, state: str, held: Held) -> tuple[float, str]:
    documents = len(one.years[year])
    many = f"{documents} document{'s' * (documents > 1)} of {year} name{'s' * (documents == 1)} it"
    if state == "again":
        return 0.97, f"{many}."
    if state == "resumed":
        return 0.92, f"{many}, after silence."
    earlier = sorted({past for publisher in one.publishers for past in held[publisher] if past < year})
    if not earlier:
        return 0.6, f"{many}; no earlier documents are held, so that it may be older."
    before = {kind for publisher in one.publishers for past in earlier for kind in held[publisher].get(past, ())}
    if not one.first[year] & before:
        types = _list(sorted(one.first[year]))
        return 0.55, f"{many}; no earlier documents of that type ({types}) are held, so that it may be older."
    if one.kind in _STANDING:
        return 0.6, f"{many}; those of {_list([str(past) for past in earlier])} do not, but it may have been there."
    return 0.85, f"{many}; those of {_list([str(past) for past in earlier])} do not."


def _silent(one: _Seen, year: int, types: list[str]) -> tuple[float, str]:
    alike = sorted(one.types & set(types))
    because = f"Held of {year}, and no mention of it found in them: {_list(types)}."
    if alike:
        return 0.88, because
    return 0.65, because[:-1] + f"; it was named in documents of other types ({_list(sorted(one.types))})."


def _list(words: list[str]) -> str:
    return ", ".join(words) if len(words) < 7 else f"{', '.join(words[:6])} and {len(words) - 6} more"


def _node(entity: str, year: int, state: str, score: float, because: str, evidence: list[str]) -> Json:
    return {
        "@id": f"presence/{iri.digest(entity, str(year))}",
        "@type": "Presence",
        "entity": entity,
        "year": {"@value": str(year), "@type": "xsd:gYear"},
        "presence": state,
        "method": "presence/succession" if state == "ended" else "presence/documents",
        "score": score,
        "because": because,
        "evidence": evidence,
    }
