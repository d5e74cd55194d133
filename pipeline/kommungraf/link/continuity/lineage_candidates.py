"""Lineage without a sentence: projects of one publisher that may follow on each other, though no text says so.

Telling are words that the names share, one end near another's beginning, the same funder, and the same participants.
None of them alone is enough, and all together stay below the limit of a succession: they are for a person to decide.
Only a project that returns under the same words with the next period is taken to go on.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from kommungraf.link.resolution import Json, Resolution, Slice, literal_text
from kommungraf.model import iri
from kommungraf.text import fold

SHOWN = 0.4
"""Pairs that score less are not worth a person's time."""
HIGHEST = 0.55
"""Signals without a sentence never reach the limit of a succession."""

RETURNED = 0.7
"""How sure it is that a project of the same words and the next period goes on from the one before."""

_NAME, _ADJOINING, _FUNDER, _PARTNERS = 0.3, 0.2, 0.12, 0.1
_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(
    "projekt projektet program programmet kommun kommuner kommunen region regional regionala arbete leder genom inom "
    "till från kring mellan".split()
)
_YEARS = 1  # from one's end to the other's beginning
_CROWD = 40  # a word or funder that more projects share tells nothing of two of them


@dataclass(slots=True)
class _Project:
    """What the documents state of a project, from all of its mentions."""

    iri: str
    scope: str
    words: frozenset[str]
    starts: set[int] = field(default_factory=set)
    ends: set[int] = field(default_factory=set)
    funders: set[str] = field(default_factory=set)
    partners: set[str] = field(default_factory=set)
    evidence: str = ""


def suggest_lineage(slices: list[Slice], resolution: Resolution, told: set[frozenset[str]]) -> None:
    """Add a candidate for each pair of projects that may follow on each other and of which nothing is told."""
    projects = _projects(slices, resolution)
    for one, other in _near(projects):
        if frozenset((one.iri, other.iri)) in told or resolution.parted(one.iri, other.iri):
            continue
        for old, new in ((one, other), (other, one)):
            score, reasons = follows(old, new)
            if score and len(old.words) > 1 and old.words == new.words:
                resolution.conclusions.append(_returned(old, new, reasons[0], resolution))
            elif score >= SHOWN and len(reasons) > 1:
                resolution.conclusions.append(_candidate(old, new, score, reasons, resolution))


def follows(old: _Project, new: _Project) -> tuple[float, list[str]]:
    """How much speaks for one project following on another, and what. Without dates that allow it nothing does."""
    gap = min((start - end for end in old.ends for start in new.starts), default=None)
    if gap is None or not 0 <= gap <= _YEARS:
        return 0.0, []
    reasons = [f"one ends in {max(old.ends)} and the other begins in {min(new.starts)}"]
    score = _ADJOINING
    shared = old.words & new.words
    if shared:
        score += _NAME * len(shared) / min(len(old.words), len(new.words))
        reasons.append(f"the names share {len(shared)} of {min(len(old.words), len(new.words))} telling words")
    if old.funders & new.funders:
        score += _FUNDER
        reasons.append("the funder is the same")
    partners = old.partners & new.partners
    if len(partners) > 1:
        score += _PARTNERS * len(partners) / len(old.partners | new.partners)
        reasons.append(f"{len(partners)} participants are the same")
    return min(score, HIGHEST), reasons


def _projects(slices: list[Slice], resolution: Resolution) -> list[_Project]:
    projects: dict[str, _Project] = {}
    for piece in slices:
        for mention in piece.of("Project"):
            entity = resolution.iri(mention["@id"])
            if entity is None:
                continue
            if entity not in projects:
                name = str(resolution.name(mention["@id"]) or mention["name"])
                words = frozenset(word[:6] for word in _WORD.findall(fold(name)) if word not in _COMMON)
                projects[entity] = _Project(
                    entity, entity.rsplit("/", 1)[0], words, evidence=str(mention["evidence"][0])
                )
            _add(projects[entity], mention, resolution)
    return [projects[entity] for entity in sorted(projects)]


def _add(project: _Project, mention: Json, resolution: Resolution) -> None:
    for key, years in (("validFrom", project.starts), ("validTo", project.ends)):
        if value := literal_text(mention.get(key)):
            years.add(int(value[:4]))
    if (funder := resolution.iri(mention.get("funder"))) is not None:
        project.funders.add(funder)
    project.partners |= {entity for ref in mention.get("participant", ()) if (entity := resolution.iri(ref))}


def _near(projects: list[_Project]) -> Iterator[tuple[_Project, _Project]]:
    """Pairs of one publisher that share a word of the name or a funder."""
    blocks: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, project in enumerate(projects):
        for key in project.words | project.funders:
            blocks[project.scope, key].append(index)
    pairs = {pair for members in blocks.values() if len(members) <= _CROWD for pair in combinations(members, 2)}
    for one, other in sorted(pairs):
        yield projects[one], projects[other]


def _returned(old: _Project, new: _Project, reason: str, resolution: Resolution) -> Json:
    """A project that returns under the same words with a new period goes on, though no sentence says so."""
    names = _names(old, new, resolution)
    return {
        "@id": f"succession/{iri.digest(old.iri, new.iri)}",
        "@type": "Succession",
        "predecessor": old.iri,
        "successor": new.iri,
        "successionKind": "continued",
        "effective": {"@value": f"{min(new.starts):04}", "@type": "xsd:gYear"},
        "method": "lineage/periods",
        "score": RETURNED,
        "because": f"{names[0]} and {names[1]} have the same words, and {reason}.",
        "evidence": sorted({old.evidence, new.evidence}),
    }


def _names(old: _Project, new: _Project, resolution: Resolution) -> list[str]:
    return [str(resolution.entities.get(project.iri, {}).get("name", "")) for project in (old, new)]


def _candidate(old: _Project, new: _Project, score: float, reasons: list[str], resolution: Resolution) -> Json:
    names = _names(old, new, resolution)
    because = f"{names[1]} may follow on {names[0]}: {', '.join(reasons[:-1])} and {reasons[-1]}; no text says so."
    return {
        "@id": f"candidate/{iri.digest('continued', old.iri, new.iri)}",
        "@type": "Candidate",
        "about": old.iri,
        "candidate": new.iri,
        "candidateKind": "continued",
        "method": "lineage/signals",
        "score": round(score, 3),
        "because": because,
        "evidence": sorted({old.evidence, new.evidence}),
    }
