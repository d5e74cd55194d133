"""Lineage: what was renamed, continued, merged, split, replaced or ended, by the sentences that say so.

Every sentence is a :class:`Told`; those on the same two things are one ``kg:Succession`` with all of them as evidence.
A succession holds between entities as linking knows them and joins none: each name keeps its entity.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from kommungraf.link.continuity.lineage_candidates import suggest_lineage
from kommungraf.link.continuity.lineage_people import suggest_people
from kommungraf.link.resolution import Json, Resolution, Slice, literal_text
from kommungraf.model import iri

LIMIT = 0.6
"""A succession is concluded from this score on; what scores less is a candidate for a person to decide."""

_SAID = 0.9
_PLANNED = 0.75  # said before it was to happen
_UNNAMED = 0.05  # less where a thing is known from these sentences alone
_AGREED = 0.02  # more for every other document that says so
_CONFLICT = 0.1  # less where texts disagree on when
_HIGHEST = 0.97
# Of two kinds said of the same two things the more telling one is kept: a merger is also a continuation.
_TELLING = ("merged", "split", "renamed", "replaced", "continued", "ended")
_ENTITIES = ("Project", "Network", "GoverningBody", "Organization", "FocusArea", "NamedThing")
_PLANS = frozenset({"verksamhetsplan", "budget"})
_QUOTE = 220

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """That a sentence says what became of a thing. ``said`` is when the document speaks; dates are as in the record."""

    kind: str
    effective: str
    datatype: str
    text: str
    document: str
    said: str
    evidence: str
    plan: bool = False

    @property
    def planned(self) -> bool:
        """Whether the document spoke before the change was to take effect; a plan speaks before all of its year."""
        shared = min(len(self.said), len(self.effective))
        said, effective = self.said[:shared], self.effective[:shared]
        return bool(shared) and (effective > said or (self.plan and effective[:4] >= said[:4]))


@dataclass(slots=True)
class _Story:
    """All that is told of one thing becoming another (or, with no ``new``, of its end)."""

    old: str
    new: str
    told: list[Told] = field(default_factory=list)

    @property
    def kind(self) -> str:
        return min((one.kind for one in self.told), key=_TELLING.index)


def follow_lineage(slices: list[Slice], resolution: Resolution) -> None:
    """Conclude successions from changes that texts tell, and candidates from weaker signals."""
    _one_class(resolution)
    stories = _fold(_stories(slices, resolution))
    wanted = {entity for story in stories for entity in (story.old, story.new) if entity}
    mentions = _mentions(slices, wanted, resolution)
    for story in stories:
        resolution.conclusions.append(_succession(story, mentions))
    suggest_lineage(slices, resolution, {frozenset((story.old, story.new)) for story in stories})
    suggest_people(slices, resolution)


def _one_class(resolution: Resolution) -> None:
    """A thing that turned out to be a project or network is that, and no mere named thing."""
    for properties in resolution.entities.values():
        classes = properties.get("@type")
        if isinstance(classes, list) and "NamedThing" in classes:
            others = [one for one in classes if one != "NamedThing"]
            properties["@type"] = others[0] if len(others) == 1 else others


def _stories(slices: list[Slice], resolution: Resolution) -> dict[Pair, _Story]:
    stories: dict[Pair, _Story] = {}
    for piece in slices:
        for change in piece.of("Change"):
            for old, new in _pairs(change, resolution):
                told = _told(piece, change)
                stories.setdefault((old, new), _Story(old, new)).told.append(told)
    return stories


def _pairs(change: Json, resolution: Resolution) -> Iterator[Pair]:
    """Each thing before with each thing after; what is prolonged or spelt in another way is still the same thing."""
    olds = [entity for ref in change.get("changedFrom", ()) if (entity := resolution.iri(ref))]
    news = [entity for ref in change.get("changedInto", ()) if (entity := resolution.iri(ref))]
    for old in dict.fromkeys(olds):
        for new in dict.fromkeys(news or [""]):
            if old != new and not resolution.parted(old, new):
                yield old, new


def _told(piece: Slice, change: Json) -> Told:
    date = change.get("effective")
    return Told(
        kind=str(change["changeKind"]),
        effective=literal_text(date),
        datatype=str(date["@type"]) if isinstance(date, dict) else "",
        text=str(change["text"]),
        document=piece.id,
        said=piece.date,
        evidence=str(change["evidence"][0]),
        plan=piece.type in _PLANS,
    )


def _fold(stories: dict[Pair, _Story]) -> list[_Story]:
    """An end with a successor is no story of its own: that the old project ended is told with what followed on it."""
    followed: dict[str, list[_Story]] = defaultdict(list)
    for story in stories.values():
        if story.new and story.kind != "renamed":
            followed[story.old].append(story)
    kept = []
    for key in sorted(stories):
        story = stories[key]
        if story.new or not followed[story.old]:
            kept.append(story)
            continue
        for successor in followed[story.old]:
            successor.told.extend(one for one in story.told if one.kind == successor.kind or not _later(one, successor))
        if all(_later(one, successor) for one in story.told for successor in followed[story.old]):
            kept.append(story)
    return kept


def _later(end: Told, successor: _Story) -> bool:
    """Whether an end is dated after its successor began: then the two are different events."""
    began = [one.effective for one in successor.told if one.effective]
    return bool(began and end.effective) and end.effective[:4] > max(began)[:4]


def _mentions(slices: list[Slice], wanted: set[str], resolution: Resolution) -> dict[str, list[tuple[str, str]]]:
    """When and where each of some entities is named: (date of the document, passage), in order."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for piece in slices:
        for mention in piece.of(*_ENTITIES):
            entity = resolution.iri(mention["@id"])
            if entity in wanted:
                found[entity].append((piece.date, str(mention["evidence"][0])))
    return {entity: sorted(places) for entity, places in found.items()}


def _succession(story: _Story, mentions: dict[str, list[tuple[str, str]]]) -> Json:
    """The conclusion: kind, date, how sure, the sentence that says so, and where both things are named."""
    told = sorted(set(story.told), key=lambda one: (one.kind != story.kind, one.planned, one.said, one.evidence))
    dated = [one for one in told if one.kind == story.kind] or told
    best, others = _effective(dated)
    node: Json = {
        "@id": f"succession/{iri.digest(story.old, story.new)}",
        "@type": "Succession",
        "predecessor": story.old,
        "successor": story.new or None,
        "successionKind": story.kind,
        "effective": {"@value": best.effective, "@type": best.datatype} if best is not None else None,
        "method": "lineage/said",
        "score": _score(story, told, others),
        "because": _because(told, best, others),
        "evidence": sorted({one.evidence for one in told} | _named(story, mentions)),
    }
    return {key: value for key, value in node.items() if value is not None}


def _effective(told: list[Told]) -> tuple[Told | None, list[str]]:
    """The date that most sentences bear out, the more precise one of those that agree; and the dates that do not.

    What was said afterwards counts before what was planned.
    """
    dated = [one for one in told if one.effective]
    if not dated:
        return None, []
    if not all(one.planned for one in dated):
        plans = {one.effective for one in dated if one.planned}
        dated = [one for one in dated if not one.planned]
    else:
        plans = set()
    support = Counter({one.effective: sum(_agree(one.effective, other.effective) for other in dated) for one in dated})
    best = min(dated, key=lambda one: (-support[one.effective], -len(one.effective), one.effective, one.evidence))
    others = {one.effective for one in dated} | plans
    return best, sorted(date for date in others if not _agree(date, best.effective))


def _agree(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _score(story: _Story, told: list[Told], others: list[str]) -> float:
    score = _PLANNED if all(one.planned for one in told) else _SAID
    score += _AGREED * (len({one.document for one in told}) - 1)
    score -= _CONFLICT * bool(others)
    score -= _UNNAMED * sum(entity.startswith("thing/") for entity in (story.old, story.new))
    return round(min(score, _HIGHEST), 3)


def _because(told: list[Told], best: Told | None, others: list[str]) -> str:
    first = told[0]
    quote = first.text if len(first.text) <= _QUOTE else first.text[: _QUOTE - 2].rstrip() + " …"
    said = f"The document of {first.said} says" if first.said else "A document says"
    sentence = f"{said}{' beforehand' if first.planned else ''}: “{quote}”"
    more = len({one.evidence for one in told}) - 1
    if more:
        sentence += f"; {more} more {'sentence says' if more == 1 else 'sentences say'} so"
    if others and best is not None:
        sentence += f"; for {best.effective} other texts have {', '.join(others)}"
    return sentence + "."


def _named(story: _Story, mentions: dict[str, list[tuple[str, str]]]) -> set[str]:
    """A place where each thing is named: the first of what was before, the last of what came after."""
    found = {mentions[story.old][0][1]} if mentions.get(story.old) else set()
    return found | ({mentions[story.new][-1][1]} if mentions.get(story.new) else set())
