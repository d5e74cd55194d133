"""Projects: names are compared within a publisher by short name and by the words of the long name.

Two mentions are one project when they share a short name and their long names do not contradict each other, or when
their long names have the same words but for order, inflection and the small words between. A new name in a later year
(``Fortsatt …``, a renaming) is a project of its own until a succession is known.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import NamedTuple

from rapidfuzz.distance import JaroWinkler

from kommungraf.link.named import scopes
from kommungraf.link.named_projects_phases import boundaries, phase_of, printed
from kommungraf.link.resolution import Json, Resolution, Resolved, Slice
from kommungraf.model import iri
from kommungraf.text import fold

_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset("och i på för till av med kring om samt den det en ett".split())
_LETTERS = re.compile(r"[\W_]+")


@dataclass(slots=True)
class _Group:
    """The mentions of one name in one scope."""

    scope: str
    key: str
    names: Counter[str] = field(default_factory=Counter)
    shorts: Counter[str] = field(default_factory=Counter)
    mentions: list[Json] = field(default_factory=list)
    years: dict[str, int | None] = field(default_factory=dict)
    phase: int = 0
    about: set[str] = field(default_factory=set)  # the scopes of the organisations that its documents name

    @property
    def entity(self) -> str:
        return iri.named("project", self.scope, f"{self.key} {self.phase}" if self.phase else self.key)

    def add(self, mention: Json, year: int | None) -> None:
        """Take in a mention from a document about a year."""
        self.mentions.append(mention)
        self.years[mention["@id"]] = year
        self.names[str(mention["name"])] += 1
        if short := mention.get("shortName"):
            self.shorts[str(short)] += 1

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for word in _WORD.findall(self.key) if word not in _SMALL)


class _Link(NamedTuple):
    """That two names are one project: how sure, and why."""

    score: float
    one: _Group
    other: _Group
    because: str


def resolve_projects(slices: list[Slice], resolution: Resolution) -> None:
    """Resolve every Project mention."""
    groups: dict[tuple[str, str], _Group] = {}
    scope_of = scopes(slices, resolution)
    for piece in slices:
        scope = scope_of[piece.id]
        about = {str(resolution.iri(node["@id"])).removeprefix("organization/") for node in piece.of("Organization")}
        for mention in piece.of("Project"):
            key = fold(str(mention["name"]))
            group = groups.setdefault((scope, key), _Group(scope, key))
            group.add(mention, piece.year)
            group.about |= about
    for cluster, links in _clusters(_by_phase([groups[key] for key in sorted(groups)]), resolution):
        _settle(cluster, links, resolution)


def _by_phase(groups: list[_Group]) -> list[_Group]:
    """The groups, each name split into the phases of a project that returns; ``phase`` is the year it begins."""
    if not any(printed(mention) for group in groups for mention in group.mentions):
        return groups
    alike: dict[int, set[int]] = {index: {index} for index in range(len(groups))}
    index_of = {id(group): index for index, group in enumerate(groups)}
    for one, other in _candidates(groups):
        if one.scope == other.scope and _one_name(one, other):
            alike[index_of[id(one)]].add(index_of[id(other)])
            alike[index_of[id(other)]].add(index_of[id(one)])
    split: list[_Group] = []
    for index, group in enumerate(groups):
        starts = boundaries([groups[other] for other in sorted(alike[index])])
        phases: dict[int, _Group] = {}
        for mention in group.mentions:
            year = group.years[mention["@id"]]
            number = phase_of(mention, year, starts)
            begins = starts[number - 1] if number else 0
            part = phases.setdefault(begins, _Group(group.scope, group.key, phase=begins, about=group.about))
            part.add(mention, year)
        split += [phases[begins] for begins in sorted(phases)]
    return split


def _one_name(one: _Group, other: _Group) -> bool:
    """Whether two names have the same words, or one says in short what the other says in full."""
    same = min(len(one.words), len(other.words)) >= 2 and _words_alike(one.words, other.words) >= 0.99
    return same or _is_object_of(one, other) or _is_object_of(other, one)


def same_project(one: _Group, other: _Group) -> tuple[float, str] | None:
    """A score and a sentence when two names of one publisher are one project, else ``None``."""
    if one.phase != other.phase:
        return None
    if one.scope != other.scope and _elsewhere(one, other):
        return 0.86, f"Two publishers name {_best(one)} in the same words, and the documents of one name the other."
    if one.scope != other.scope:
        return (
            0.8,
            f"The document has no publisher, and only {sorted((one.scope, other.scope))[-1]} has a {_best(one)}.",
        )
    if _LETTERS.sub("", one.key) == _LETTERS.sub("", other.key):
        return 0.97, f"{_best(one)} and {_best(other)} are the same letters."
    shorts = {fold(short) for short in one.shorts} & {fold(short) for short in other.shorts}
    alike = _words_alike(one.words, other.words)
    bare = next((pair for pair in ((one, other), (other, one)) if _is_short_of(pair[0], pair[1])), None)
    if bare is not None:
        return 0.94, f"{_best(bare[0])} is the short name that the text gives {_best(bare[1])}."
    if shorts and alike >= 0.5:
        return (
            0.8 + 0.18 * alike,
            f"Both are called {sorted(shorts)[0].upper()}, and {alike:.0%} of the words of the names agree.",
        )
    tail = next((pair for pair in ((one, other), (other, one)) if _is_object_of(pair[0], pair[1])), None)
    if tail is not None:
        return 0.85, f"{_best(tail[1])} says in full what {_best(tail[0])} says in short, for the same publisher."
    if alike >= 0.99 and min(len(one.words), len(other.words)) >= 2:
        return 0.9, f"{_best(one)} and {_best(other)} have the same words but for their form."
    return None


def _elsewhere(one: _Group, other: _Group) -> bool:
    """Whether two publishers speak of one project: the same proper name, and the one's documents name the other."""
    return one.key == other.key and len(one.words) >= 2 and (one.scope in other.about or other.scope in one.about)


def _is_short_of(one: _Group, other: _Group) -> bool:
    """Whether a name is only the other's short name: an acronym, or the same letters (``Ny-Väg``, ``NyVäg X``)."""
    letters = _LETTERS.sub("", one.key)
    return any(_LETTERS.sub("", fold(short)) == letters for short in other.shorts)


def _is_object_of(one: _Group, other: _Group) -> bool:
    """``Gröna byar`` is short for ``Samverkan kring gröna byar``; after other words it may be a new project."""
    return len(one.words) >= 2 and bool(re.search(rf"\b(?:kring|för|om|runt) {re.escape(one.key)}$", other.key))


def _words_alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of words that have a counterpart: the same but for a Swedish ending."""
    if not one or not other:
        return 0.0
    smaller, larger = sorted((one, other), key=lambda words: (len(words), sorted(words)))
    met = sum(1 for word in smaller if any(_same_word(word, candidate) for candidate in larger))
    return met / len(larger)


def _same_word(one: str, other: str) -> bool:
    if one == other:
        return True
    shared = min(len(one), len(other))
    return (
        shared >= 5
        and one[: shared - 1] == other[: shared - 1]
        and abs(len(one) - len(other)) <= 3
        and (JaroWinkler.similarity(one, other) > 0.93)
    )


def _best(group: _Group) -> str:
    return min(group.names, key=lambda name: (-group.names[name], name))


def _clusters(groups: list[_Group], resolution: Resolution) -> list[tuple[list[_Group], list[_Link]]]:
    """Groups joined by pairs that are the same project, best score first, each cluster with the links that made it.

    What a ruling parts does not come into one cluster, by whatever way.
    """
    links = [
        _Link(verdict[0], one, other, verdict[1])
        for one, other in _candidates(groups)
        if (verdict := same_project(one, other)) is not None
    ]
    links.sort(key=lambda link: (-link.score, link.one.scope, link.one.key, link.other.key))
    cluster_of = {id(group): ([group], list[_Link]()) for group in groups}
    for link in links:
        kept, gone = cluster_of[id(link.one)], cluster_of[id(link.other)]
        if kept is gone or any(resolution.parted(a.entity, b.entity) for a in kept[0] for b in gone[0]):
            continue
        kept[0].extend(gone[0])
        kept[1].extend([*gone[1], link])
        for group in gone[0]:
            cluster_of[id(group)] = kept
    unique = {id(cluster): cluster for cluster in cluster_of.values()}
    return list(unique.values())


def _candidates(groups: list[_Group]) -> list[tuple[_Group, _Group]]:
    """Pairs of one scope that share a short name, the letters, or the beginning of a word."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        letters = {_LETTERS.sub("", fold(form)) for form in (group.key, *group.shorts)}
        for key in letters | {word[:5] for word in group.words}:
            blocks[group.scope, key].append(index)
    by_name: dict[str, list[int]] = defaultdict(list)
    for index, group in enumerate(groups):
        if not group.scope.startswith("document/"):
            by_name[group.key].append(index)
    for key, members in by_name.items():  # one project of two publishers: never more, or the name is a common one
        if len(members) == 2 and _elsewhere(groups[members[0]], groups[members[1]]):
            blocks["", key] = members
    for index, group in enumerate(groups):  # no publisher: the one publisher that has a project of this very name
        if group.scope.startswith("document/") and len(by_name.get(group.key, ())) == 1:
            blocks["", str(index)] = [index, by_name[group.key][0]]
    pairs = {pair for members in blocks.values() for pair in combinations(sorted(set(members)), 2)}
    return [(groups[one], groups[other]) for one, other in sorted(pairs)]


def _rank(group: _Group) -> tuple[bool, int, str, int, str]:
    """Which name stands for a project: a long one with a short one beside it, the longest, then by the alphabet.

    Of one name in two scopes it is the one with more mentions.
    """
    bare = not group.shorts or all(fold(short) == group.key for short in group.shorts)
    return (bare, -len(group.words), group.key, -len(group.mentions), group.scope)


def _settle(cluster: list[_Group], links: list[_Link], resolution: Resolution) -> None:
    kept = min(cluster, key=_rank)
    if len(cluster) > 1 and not any(group.shorts for group in cluster):
        shortest = min(cluster, key=lambda group: (len(group.words), group.key))
        if len(shortest.words) < len(kept.words):  # another spelling is no short name
            resolution.entities.setdefault(kept.entity, {})["shortName"] = _best(shortest)
    full = [group for group in cluster if _rank(group)[0] == _rank(kept)[0] and len(group.words) == len(kept.words)]
    names = sum((group.names for group in full), Counter[str]())
    best = min(names, key=lambda name: (-names[name], name))
    for group in cluster:
        if group.entity != kept.entity:
            resolution.replaced[group.entity] = kept.entity
        for mention in group.mentions:
            resolution.by_mention[mention["@id"]] = Resolved(kept.entity, best)
    for link in links:
        other = link.one if link.other is kept else link.other
        resolution.join(
            kept.entity,
            other.entity,
            kind="Project",
            method="projects/names",
            score=link.score,
            because=link.because,
            evidence=[*link.one.mentions[0].get("evidence", ()), *link.other.mentions[0].get("evidence", ())],
        )
