"""What became of motions and proposals: the decisions that they resulted in, as explained conclusions.

A motion is met again in a referral and, a year later, in an answer, under a title that is seldom the same. Words in
common weigh most, then the case, who wrote it, and that the two lie in one file.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from kommungraf.link.resolution import Json, Resolution, Slice
from kommungraf.model import iri
from kommungraf.text import fold

_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
_EMPTY = frozenset(
    "motion motionen motioner interpellation medborgarförslag medborgarförslaget svar remittering remiss angående "
    "gällande av om att och för till från med vid den det ett en som ska kommun kommunen kommuns inför förslag beslut "
    "fråga frågan besvarande remitteras".split()
)
# "Får ställas" and a task on the side are not what became of a motion.
_SIDE = frozenset({"permit", "assign"})


@dataclass(slots=True)
class _Place:
    """Decisions taken together: those of an agenda item, or of a letter."""

    title: str
    words: frozenset[str]
    file: str
    document: str
    meeting: str | None
    case: str | None
    people: set[str] = field(default_factory=set)
    decisions: list[Json] = field(default_factory=list)


def resolve_results(slices: list[Slice], resolution: Resolution) -> None:
    """Conclude ``resultedIn`` for motions and proposals."""
    places = [place for piece in slices for place in _places(piece, resolution)]
    by_word: dict[str, list[_Place]] = {}
    for place in places:
        for word in place.words:
            by_word.setdefault(word, []).append(place)
    by_title = _by_title(places)
    for piece in slices:
        for motion in piece.of("Motion"):
            _resolve_motion(piece, motion, by_word, resolution)
        _resolve_proposals(piece, by_title, resolution)


def _by_title(places: list[_Place]) -> dict[tuple[str, str], list[_Place]]:
    """Places by each word of their title within a file and within a meeting: where a proposal may find its decision."""
    found: dict[tuple[str, str], list[_Place]] = {}
    for place in places:
        for where in {place.file, place.meeting} - {None}:
            for word in place.words:
                found.setdefault((str(where), word), []).append(place)
    return found


def _places(piece: Slice, resolution: Resolution) -> list[_Place]:
    items = {item["@id"]: item for item in piece.of("AgendaItem")}
    people = {fold(person["name"]) for person in piece.of("Person")}
    places: dict[str, _Place] = {}
    for decision in piece.of("Decision"):
        item = items.get(decision.get("agendaItem", ""))
        title = str((item or piece.head).get("title", ""))
        place = places.setdefault(
            item["@id"] if item else "",
            _Place(
                title,
                words_of(title),
                _file(piece),
                piece.id,
                resolution.iri(item.get("meeting")) if item else None,
                resolution.iri(decision.get("case")),
                people,
            ),
        )
        place.decisions.append(decision)
    return list(places.values())


@lru_cache(maxsize=20_000)
def words_of(text: str) -> frozenset[str]:
    """The telling words of a title, by their first six letters: inflection is at the end of Swedish words."""
    return frozenset(word[:6] for word in _WORD.findall(fold(text)) if word not in _EMPTY)


def _resolve_motion(piece: Slice, motion: Json, by_word: dict[str, list[_Place]], resolution: Resolution) -> None:
    words = words_of(motion["title"])
    writers = _names(piece, motion.get("creator", ()))
    candidates = {id(place): place for word in words for place in by_word.get(word, ()) if place.document != piece.id}
    case = resolution.iri(motion.get("case"))
    for place in sorted(candidates.values(), key=lambda one: (one.document, one.title)):
        shared = len(words & place.words) / max(1, min(len(words), len(place.words)))
        same_case = case is not None and case == place.case
        about_motion = any(re.search(r"(?i)motion|interpellation|medborgarförslag", text) for text in _texts(place))
        by_writer = bool(writers & place.people)
        score = (
            0.55 * shared + 0.2 * by_writer + 0.15 * (place.file == _file(piece)) + 0.1 * about_motion + 0.3 * same_case
        )
        if not about_motion or shared < 0.5 or score < 0.6 or len(words & place.words) < min(2, len(words)):
            continue
        reasons = [f"the titles share {len(words & place.words)} of {min(len(words), len(place.words))} telling words"]
        reasons += ["the case is the same"] * same_case + ["its writer is named there"] * by_writer
        _conclude(motion, _main(place.decisions), min(0.98, score), "; ".join(reasons), "results/motion", resolution)


def _resolve_proposals(piece: Slice, by_title: dict[tuple[str, str], list[_Place]], resolution: Resolution) -> None:
    """A proposal's decision is in its own item, or in the item of nearly the same title in the same meeting or file."""
    items = {item["@id"]: item for item in piece.of("AgendaItem")}
    for proposal in piece.of("Proposal"):
        if proposal.get("partOf"):
            continue
        item = items.get(proposal.get("agendaItem", ""))
        title = words_of(str((item or piece.head).get("title", "")))
        meeting = resolution.iri(item.get("meeting")) if item else None
        words = words_of(proposal["text"])
        best: tuple[float, Json] | None = None
        wheres = {_file(piece), meeting or ""}
        near = {id(one): one for where in wheres for word in title for one in by_title.get((where, word), ())}
        for place in sorted(near.values(), key=lambda one: (one.document, one.title)):
            if len(title & place.words) < 0.6 * max(len(title), len(place.words)):
                continue
            for decision in place.decisions:
                theirs = words_of(decision["text"])
                share = len(words & theirs) / max(1, min(len(words), len(theirs)))
                if best is None or share > best[0]:
                    best = (share, decision)
        if best is not None and best[0] >= 0.6:
            because = f"It stands under the same title and {best[0]:.0%} of the words are the same"
            _conclude(proposal, [best[1]], 0.55 + 0.4 * best[0], because, "results/proposal", resolution)


def _main(decisions: list[Json]) -> list[Json]:
    codes = {decision["@id"]: str(decision["outcome"]).removeprefix("kg:outcome-") for decision in decisions}
    if "propose" in codes.values():  # a preparing body: what comes of the motion is decided elsewhere
        return []
    return [one for one in decisions if codes[one["@id"]] not in _SIDE][:1]


def _conclude(
    node: Json, decisions: list[Json], score: float, because: str, method: str, resolution: Resolution
) -> None:
    for decision in decisions:
        targets = resolution.entities.setdefault(node["@id"], {}).setdefault("resultedIn", [])
        if decision["@id"] in targets:
            continue
        targets.append(decision["@id"])
        resolution.conclusions.append(
            {
                "@id": f"conclusion/{iri.digest(node['@id'], 'resultedIn', decision['@id'])}",
                "@type": "Conclusion",
                "about": node["@id"],
                "property": "resultedIn",
                "method": method,
                "score": round(min(score, 0.98), 3),
                "because": f"{because[0].upper()}{because[1:]}.",
                "evidence": sorted({*node.get("evidence", ()), *decision.get("evidence", ())}),
            }
        )


def _names(piece: Slice, people: list[str]) -> set[str]:
    wanted = set(people)
    return {fold(person["name"]) for person in piece.of("Person") if person["@id"] in wanted}


def _texts(place: _Place) -> list[str]:
    return [place.title, *(decision["text"] for decision in place.decisions)]


def _file(piece: Slice) -> str:
    return piece.id.rsplit("/", 1)[0]
