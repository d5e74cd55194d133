"""``kommungraf eval``: how much of the gold is in the graph, how much of the graph is in the gold, kind by kind.

Strict: the same span, the same key fields and, for mentions of entities, the same partition into entities. Soft: an
overlapping span (or the same key where gold gives no span). Precision is counted only where gold says it is complete.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kommungraf.query.found import CLASSES, facts_of, graph_of_store, stored_texts
from kommungraf.query.gold import Fact, Gold, read_gold
from kommungraf.query.links import KINDS, Link, LinkGold, read_links
from kommungraf.query.links_found import links_of
from kommungraf.query.links_scores import field_agrees, is_right, match_links
from kommungraf.query.places import place_quotes, without_marks
from kommungraf.query.scores import (
    Pairs,
    Score,
    agrees,
    entity_mapping,
    has_same_place,
    identity,
    match,
    score,
    soft,
    strict,
)
from kommungraf.query.store import open_store

# Fields that only help a reader of gold: the name of an act says no more than its number.
_UNSCORED = {"reference": {"name"}}


@dataclass(slots=True)
class KindReport:
    """The result for one kind. ``found`` is ``None`` where gold is complete nowhere; attributes: (right, of all)."""

    kind: str
    gold: int
    found: int | None
    strict: Score
    soft: Score
    attributes: dict[str, tuple[int, int]] = field(default_factory=dict)
    identity: dict[str, Score] = field(default_factory=dict)
    missed: list[tuple[Fact, Fact | None]] = field(default_factory=list)
    spurious: list[Fact] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """For JSON and floors."""
        return {
            "gold": self.gold,
            "found": self.found,
            "strict": self.strict.as_dict(),
            "soft": self.soft.as_dict(),
            "attributes": {name: right / total for name, (right, total) in self.attributes.items()},
            "identity": {name: value.as_dict() for name, value in self.identity.items()},
        }


def evaluate(gold_folder: Path, out: Path, base: str) -> tuple[list[KindReport], list[str]]:
    """Compare a folder of gold with the graph of an output folder; also the files of gold that the graph does not hold.

    Raises :class:`~kommungraf.errors.UsageError` when either is missing.
    """
    gold, links, store = read_gold(gold_folder), read_links(gold_folder), open_store(out)
    texts, graph = stored_texts(store, out), graph_of_store(store, base)
    reports = compare(gold, facts_of(graph, gold.files), texts)
    reports += compare_links(links, links_of(graph, texts))
    return reports, sorted((gold.files | links.files) - texts.keys())


def compare_links(gold: LinkGold, found: list[Link]) -> list[KindReport]:
    """The report of every kind of link that gold has or says that it has all of."""
    kinds = {link.kind for link in gold.links} | gold.coverage.keys()
    return [
        _compare_links_of(kind, [one for one in gold.links if one.kind == kind], found, gold.coverage.get(kind))
        for kind in KINDS
        if kind in kinds
    ]


def _compare_links_of(kind: str, gold: list[Link], found: list[Link], extent: str | None) -> KindReport:
    """Precision is counted over all links, or those whose field has a value that gold speaks of (``extent``).

    What only optional gold says counts neither as missed nor as found in excess.
    """
    found = [one for one in found if one.kind == kind]
    pairs = match_links(gold, found)
    excused = {f for g, f in pairs.items() if gold[g].optional}
    wanted = {g for g, one in enumerate(gold) if not one.optional}
    pairs = {g: f for g, f in pairs.items() if g in wanted}
    covered = {f for f, one in enumerate(found) if f not in excused and _is_covered(one, gold, extent)}
    right = {g for g, f in pairs.items() if is_right(gold[g], found[f])}

    def scored(hits: set[int]) -> Score:
        hit = sum(pairs[g] in covered for g in hits)
        return score(len(wanted), len(covered) if extent else None, len(hits), hit)

    report = KindReport(kind, len(wanted), len(covered) if extent else None, scored(right), scored(set(pairs)))
    for g, f in pairs.items():
        for name in gold[g].fields:
            agreed, total = report.attributes.get(name, (0, 0))
            report.attributes[name] = (agreed + field_agrees(gold[g], found[f], name), total + 1)
    report.attributes = dict(sorted(report.attributes.items()))
    report.missed = [
        (gold[g].as_fact(), found[pairs[g]].as_fact() if g in pairs else None) for g in sorted(wanted - right)
    ]
    report.spurious = [found[f].as_fact() for f in sorted(covered - set(pairs.values()))]
    return report


def _is_covered(found: Link, gold: list[Link], extent: str | None) -> bool:
    if extent in (None, "all"):
        return extent == "all"
    return any(extent in one.fields and field_agrees(one, found, extent) for one in gold)


def compare(gold: Gold, found: list[Fact], texts: Mapping[str, str]) -> list[KindReport]:
    """The report of every kind that gold has, in the order of the ontology. ``texts``: stored texts by file name.

    Where gold has both mentions and facts of a kind (projects), its coverage is that of the mentions.
    """
    quoted = place_quotes(gold.facts, texts)
    gold = Gold([without_marks(fact, texts.get(fact.file)) for fact in quoted], gold.coverage)
    found = [without_marks(fact, texts.get(fact.file)) for fact in found]
    kinds = [kind for kind in CLASSES if any(fact.kind == kind for fact in gold.facts)]
    kinds += sorted({fact.kind for fact in gold.facts} - set(kinds))
    reports = []
    for kind in kinds:
        facts = [fact for fact in gold.facts if fact.kind == kind]
        mentions = [fact for fact in facts if fact.is_mention]
        others = [fact for fact in facts if not fact.is_mention]
        candidates = [fact for fact in found if fact.kind == kind]
        if mentions:
            reports.append(_compare_kind(kind, mentions, _as_mentions(candidates), gold))
        if others:
            name = f"{kind} facts" if mentions else kind
            reports.append(_compare_kind(name, others, candidates, Gold([], {}) if mentions else gold))
    return reports


def _as_mentions(found: list[Fact]) -> list[Fact]:
    """Facts as single mentions: gold of a corpus may give mentions of a kind that otherwise is a list of facts."""
    return [
        Fact(f.file, f.kind, (place,), f.entity or f.node, f.text, f.attributes) for f in found for place in f.places
    ]


def _compare_kind(kind: str, gold: list[Fact], found: list[Fact], all_gold: Gold) -> KindReport:
    pairs = match(gold, found, soft)
    covered = {index for index, fact in enumerate(found) if all_gold.covers(fact) and not _is_beside(fact, gold)}
    is_covered = any((fact.file, fact.kind) in all_gold.coverage for fact in gold)
    right = _strictly_right(gold, found, pairs)
    softly = set(pairs)
    report = KindReport(
        kind,
        len(gold),
        len(covered) if is_covered else None,
        _score(gold, covered, is_covered, pairs, right),
        _score(gold, covered, is_covered, pairs, softly),
        _attributes(gold, found, pairs),
    )
    if gold[0].is_mention:
        matched = set(pairs.values())
        universe = [index for index in range(len(found)) if index in covered or index in matched]
        position = {index: new for new, index in enumerate(universe)}
        moved = {g: position[f] for g, f in pairs.items()}
        report.identity = identity(gold, [found[index] for index in universe], moved)
    report.missed = [(fact, found[pairs[i]] if i in pairs else None) for i, fact in enumerate(gold) if i not in right]
    report.spurious = [found[index] for index in sorted(covered - set(pairs.values()))]
    return report


def _is_beside(found: Fact, gold: list[Fact]) -> bool:
    """Whether a fact is of a sort that gold leaves out: amounts in running text where it gives table values only."""
    if found.kind != "observation" or found.attributes.get("table"):
        return False
    return all("table" in fact.attributes for fact in gold if fact.file == found.file)


def _strictly_right(gold: list[Fact], found: list[Fact], pairs: Pairs) -> set[int]:
    if not gold[0].is_mention:
        return {g for g, f in pairs.items() if strict(gold[g], found[f])}
    mapping = entity_mapping(gold, found, pairs)
    same_span = ((g, f) for g, f in pairs.items() if has_same_place(gold[g], found[f]))
    return {g for g, f in same_span if mapping.get(gold[g].entity) == found[f].entity}


def _score(gold: list[Fact], covered: set[int], is_covered: bool, pairs: Pairs, right: set[int]) -> Score:
    right_found = sum(pairs[index] in covered for index in right)
    return score(len(gold), len(covered) if is_covered else None, len(right), right_found)


def _attributes(gold: list[Fact], found: list[Fact], pairs: Pairs) -> dict[str, tuple[int, int]]:
    """How often each field that gold gives is right, among the facts that were found at all."""
    counts: dict[str, tuple[int, int]] = {}
    for g, f in pairs.items():
        for name in gold[g].attributes.keys() - _UNSCORED.get(gold[g].kind, set()):
            right, total = counts.get(name, (0, 0))
            counts[name] = (right + agrees(gold[g], found[f], name), total + 1)
    return dict(sorted(counts.items()))


def below_floor(reports: list[KindReport], floor: dict[str, Any]) -> list[str]:
    """What is under the floor, one sentence each. A floor is shaped as the JSON: ``[person.strict] f1 = 0.98``."""
    measured = {report.kind: report.as_dict() for report in reports}
    return list(_below(measured, floor, ""))


def _below(measured: Any, floor: dict[str, Any], path: str) -> list[str]:
    problems: list[str] = []
    for name, wanted in floor.items():
        value = measured.get(name) if isinstance(measured, dict) else None
        here = f"{path}{name}"
        if isinstance(wanted, dict):
            problems += _below(value, wanted, f"{here}.")
        elif value is None:
            problems.append(f"{here} was not measured; the floor is {wanted}.")
        elif value < wanted:
            problems.append(f"{here} is {value:.3f}, under the floor of {wanted}.")
    return problems
