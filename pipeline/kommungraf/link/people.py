"""Who is who: mentions of people become people.

Within a document, one spelling is one person unless party or municipality tell two apart. Then clusters are compared
inside blocks (first letter and the sound of the last name), those of one organisation first: same name, no conflict,
and something that links them (:mod:`.people_compare`); names that were misread in a picture come last
(:mod:`.people_misread`). Every join beyond one spelling in one document is recorded with
its method, score and reason. Nothing depends on the order of the documents.

**IRIs.** A name in a scope (the organisation that stands behind the documents) has a candidate IRI,
``person/<scope>/<name>``. A cluster takes the candidate that most documents use (ties: the alphabet), because later
documents mostly repeat it; its other candidates are retired into ``resolution.replaced``. Where two people bear one
name in one scope, the one with more documents keeps the plain IRI, the other's ends in what tells it apart: party or
municipality.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from itertools import groupby

from kommungraf.link.judgements import Judgements
from kommungraf.link.people_compare import Cluster, Finding, block_of, conflict, context, name_words, same_name
from kommungraf.link.people_misread import join_misread
from kommungraf.link.resolution import Json, Resolution, Resolved, Slice
from kommungraf.model import iri
from kommungraf.text import fold, phonetic, slug

_MUNICIPALITY_NAME = re.compile(r"^(.+?)s? (?:kommun|stad)s?$", re.I)
_EVIDENCE_SHOWN = 6


def resolve_people(slices: list[Slice], resolution: Resolution) -> None:
    """Decide who every Person mention is."""
    judgements = resolution.judgements or Judgements()
    scopes = _Scopes(slices, resolution)
    blocks: dict[tuple[str, str], list[Cluster]] = defaultdict(list)
    for piece in slices:
        for cluster in _in_document(piece, scopes, judgements):
            blocks[block_of(cluster.words)].append(cluster)
    first_names: dict[str, set[str]] = defaultdict(set)
    for first, last in blocks:
        first_names[last].add(first)
    people: list[Cluster] = []
    for (_, last), clusters in sorted(blocks.items()):
        rare = len(first_names[last]) == 1 and last not in common_last_names()
        people.extend(_join(clusters, rare))
    _settle(join_misread(people, common_last_names()), resolution)


@cache
def common_last_names() -> frozenset[str]:
    """The sounds of last names that so many bear that they tell little."""
    text = files("kommungraf.link").joinpath("data", "common_last_names.txt").read_text(encoding="utf-8")
    return frozenset(phonetic(word) for line in text.splitlines() if not line.startswith("#") for word in line.split())


def _place(piece: Slice) -> tuple[str, int]:
    """File and ordinal of a document: its IRI is ``document/<hash>/<ordinal>``."""
    return _Scopes.file(piece), int(piece.head.get("ordinal", 0))


class _Scopes:
    """What a document is about for naming people: whose it is, in which area, in which file, of which year."""

    def __init__(self, slices: list[Slice], resolution: Resolution) -> None:
        self.resolution = resolution
        self.codes: dict[str, str] = {}
        self.nearest: dict[str, str] = {}
        for piece in slices:
            for node in piece.of("Municipality"):
                self.codes.setdefault(fold(node["name"]), node["municipalityCode"])
        for _, bundle in groupby(sorted(slices, key=_place), key=self.file):
            pieces = list(bundle)
            publishers = [self._publisher(piece) for piece in pieces]
            last = next((name for name in publishers if name), "")
            for piece, name in zip(pieces, publishers, strict=True):
                last = name or last
                self.nearest[piece.id] = last

    def _publisher(self, piece: Slice) -> str:
        local = piece.head.get("publisher")
        if not local:
            return ""
        node = next(
            (
                node
                for node in piece.of("Organization", "GoverningBody", "Region", "Municipality")
                if node["@id"] == local
            ),
            None,
        )
        return str(self.resolution.name(local) or (node or {}).get("name") or "")

    @staticmethod
    def file(piece: Slice) -> str:
        """The file of a document (its IRI is ``document/<hash>/<ordinal>``)."""
        return piece.id.split("/")[1] if "/" in piece.id else piece.id

    def scope(self, piece: Slice) -> str:
        """The organisation behind the document, else behind the one before it in its file, else the file."""
        return self.nearest.get(piece.id) or self.file(piece)

    def about(self, piece: Slice) -> set[str]:
        """The organisations that a document mentions, by the names that scopes have."""
        names = (self.resolution.name(node["@id"]) or node["name"] for node in piece.of("Organization"))
        return {str(name) for name in names}

    def area(self, piece: Slice) -> set[str]:
        """The municipality whose document it is, if it is one's."""
        match = _MUNICIPALITY_NAME.match(self.scope(piece))
        code = (self.codes.get(fold(match[1])) or self.codes.get(fold(match[1] + "s"))) if match else None
        return {code} if code else set()

    @staticmethod
    def year(piece: Slice) -> int:
        """The year in which the document was made, else the one that it is about, else 0."""
        for key in ("issued", "year"):
            value = piece.head.get(key)
            value = value.get("@value") if isinstance(value, dict) else value
            if value:
                return int(str(value)[:4])
        return 0


def _in_document(piece: Slice, scopes: _Scopes, judgements: Judgements) -> list[Cluster]:
    """The people of one document, each spelling by itself; two when party or municipality tell two apart."""
    scope, area, year, file = scopes.scope(piece), scopes.area(piece), scopes.year(piece), scopes.file(piece)
    about = scopes.about(piece)
    by_name: dict[str, list[Cluster]] = {}
    late: list[tuple[Json, Cluster]] = []
    moved = {node.get("member") for node in piece.of("Membership") if node["name"] == "partimedlem"}
    for node in piece.of("Person"):
        cluster = _of_mention(node, piece, scope, year, judgements)
        cluster.moved = node["@id"] in moved
        cluster.areas, cluster.files, cluster.about = set(area), {file}, set(about)
        if not cluster.words:
            continue
        known = by_name.setdefault(fold(node["name"]), [])
        if not cluster.parties and not cluster.places:
            late.append((node, cluster))
            continue
        _put(cluster, known)
    for node, cluster in late:
        _put(cluster, by_name[fold(node["name"])])
    return [cluster for clusters in by_name.values() for cluster in clusters]


def _put(cluster: Cluster, known: list[Cluster]) -> None:
    fitting = [other for other in known if not conflict(other, cluster)]
    if fitting:
        fitting[0].take(cluster)
    else:
        known.append(cluster)


def _of_mention(node: Json, piece: Slice, scope: str, year: int, judgements: Judgements) -> Cluster:
    name, hints = node["name"], node.get("hints", {})
    candidate = iri.person(scope, name)
    cluster = Cluster(name_words(name), Counter({name: 1}), documents={piece.id}, scopes={scope}, years={year})
    if "full" in hints:
        cluster.civil.add(name)
    (cluster.misread if "recognition" in hints else cluster.printed).add(name)
    if hints.get("party") not in (None, "", "-"):
        cluster.parties[_letters(hints["party"])] = {year}
    if hints.get("municipality"):
        cluster.places[hints["municipality"]] = {year}
    if hints.get("office"):
        cluster.offices.add(fold(hints["office"]))
    cluster.candidates[candidate] = {piece.id}
    cluster.mentions.append((node["@id"], node["evidence"][0]))
    cluster.judged = judgements.marks(candidate, name, piece.id)
    return cluster


def _letters(party: str) -> str:
    """A local party by its letters, as minutes print it with names: ``Vi i Hjo`` is ``VIH``."""
    return "".join(word[0] for word in party.split()).upper() if " " in party else party


def _join(clusters: list[Cluster], rare: bool) -> list[Cluster]:
    """One block: those of one document first, then those of one organisation, then across organisations."""
    for near in ("documents", "scopes"):
        groups: dict[str, list[Cluster]] = defaultdict(list)
        for cluster in clusters:
            groups[min(getattr(cluster, near))].append(cluster)
        clusters = [joined for _, group in sorted(groups.items()) for joined in _merge(group, rare)]
    return _merge(clusters, rare)


def _merge(clusters: Iterable[Cluster], rare: bool) -> list[Cluster]:
    """Join each cluster with the best that it fits; those that know a party first, so that the others find them."""
    done: list[Cluster] = []
    for cluster in sorted(clusters, key=_order):
        scored = [(finding, index) for index, other in enumerate(done) if (finding := _fit(other, cluster, rare))]
        best = sorted(scored, key=lambda pair: (-pair[0].score, pair[1]))
        if not best or _torn(best, done):
            done.append(cluster)
            continue
        finding, index = best[0]
        evidence = [done[index].mentions[0][1], cluster.mentions[0][1]]
        done[index].joins.append((min(cluster.candidates), finding, evidence, cluster.mentions[0][0]))
        done[index].take(cluster)
    return done


def _order(cluster: Cluster) -> tuple[bool, bool, int, str, str]:
    return (not cluster.parties, bool(cluster.civil), -len(cluster.documents), cluster.name, min(cluster.mentions)[0])


def _torn(best: list[tuple[Finding, int]], done: list[Cluster]) -> bool:
    """Two different people fit equally well: then it is neither."""
    equal = [done[index] for finding, index in best if finding.score == best[0][0].score]
    return len(equal) > 1 and any(conflict(equal[0], other) for other in equal[1:])


def _fit(a: Cluster, b: Cluster, rare: bool) -> Finding | None:
    name = same_name(a, b)
    if name is None or conflict(a, b):
        return None
    link = context(a, b, rare)
    if link is None:
        return None
    return Finding(round(name.score * link.score, 3), f"{name.because}, {link.because}, and nothing speaks against it")


def _settle(people: list[Cluster], resolution: Resolution) -> None:
    """Give every person an IRI and a name, retire the other candidates, and record the joins."""
    claims: dict[str, list[Cluster]] = defaultdict(list)
    for person in people:
        claims[_candidate(person)].append(person)
    chosen: dict[int, str] = {}
    for candidate, clusters in sorted(claims.items()):
        clusters.sort(key=lambda person: (-len(person.documents), sorted(person.parties), sorted(person.mentions)))
        taken: set[str] = set()
        for place, person in enumerate(clusters):
            entity = candidate if place == 0 else _told_apart(candidate, person, taken)
            taken.add(entity)
            chosen[id(person)] = entity
    kept = set(chosen.values())
    for person in people:
        entity = chosen[id(person)]
        for mention, _ in person.mentions:
            resolution.by_mention[mention] = Resolved(entity, person.name)
        for candidate in sorted(person.candidates.keys() - kept):
            resolution.replaced[candidate] = entity
        _record(person, entity, resolution)


def _candidate(person: Cluster) -> str:
    civil = {iri.person(scope, name) for scope in person.scopes for name in person.civil}
    misread = {iri.person(scope, name) for scope in person.scopes for name in person.misread - person.printed}
    printed = [candidate for candidate in person.candidates if candidate not in misread] or list(person.candidates)
    return min(printed, key=lambda candidate: (-len(person.candidates[candidate]), candidate in civil, candidate))


def _told_apart(candidate: str, person: Cluster, taken: set[str]) -> str:
    """``…/anna-berg-kd``: what tells the second bearer of a name apart, else the document that names her first."""
    marks = [*sorted(person.parties), *sorted(person.places), *sorted(slug(office) for office in person.offices)]
    marks.append(iri.digest(min(person.mentions)[0])[:8])
    return next(made for mark in marks if (made := f"{candidate}-{slug(mark)}") not in taken)


def _record(person: Cluster, entity: str, resolution: Resolution) -> None:
    """The joins that made a person: the best one for each name in each scope."""
    best: dict[str, tuple[str, Finding, list[str], str]] = {}
    for join in person.joins:
        if join[0] not in best or join[1].score > best[join[0]][1].score:
            best[join[0]] = join
    for candidate, (_, finding, evidence, mention) in sorted(best.items()):
        because = finding.because[:1].upper() + finding.because[1:] + "."
        documents = len(person.candidates.get(candidate, ()))
        if documents > 1:
            because = because[:-1] + f" ({documents} documents)."
        resolution.join(
            entity,
            mention if candidate == entity else candidate,
            kind="Person",
            method="name-and-context",
            score=min(finding.score, 0.99),
            because=because,
            evidence=evidence[:_EVIDENCE_SHOWN],
        )
