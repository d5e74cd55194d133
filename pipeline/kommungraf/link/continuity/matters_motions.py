"""Motions, interpellations and citizens' proposals: the items and letters that deal with each, its case, its answer.

Words in common weigh most, then the case, who wrote it, and that the two lie in one file. Outside its file a motion is
known by its case or its writer: two municipalities have motions of the same title.
"""

from __future__ import annotations

import re

from kommungraf.link.continuity.matters_places import Place, code, conclude, words_of
from kommungraf.link.resolution import Json, Resolution, Slice, literal_text
from kommungraf.text import fold

_MOTION = re.compile(r"(?i)motion|interpellation|medborgarförslag")
# Not what became of a motion: leave to put it, tasks on the side, where it went, when it comes back, who proposes what.
_NO_RESULT = frozenset({"permit", "assign", "refer", "postpone", "return", "propose", "delegate", "recommend"})
_COMMON = 400
"""A word that more places about motions have says nothing: it is not looked up."""


def thread_motions(slices: list[Slice], places: list[Place], resolution: Resolution) -> dict[str, list[Place]]:
    """Conclude the case and the result of every motion, and which decisions concern it; its places by motion."""
    by_word: dict[str, list[Place]] = {}
    by_case: dict[str, list[Place]] = {}
    for place in places:
        if any(_MOTION.search(text) for text in place.texts):
            for word in place.words:
                by_word.setdefault(word, []).append(place)
        if place.case is not None:
            by_case.setdefault(place.case, []).append(place)
    return {
        motion["@id"]: _thread(piece, motion, by_word, by_case, resolution)
        for piece in slices
        for motion in piece.of("Motion")
    }


def _thread(
    piece: Slice,
    motion: Json,
    by_word: dict[str, list[Place]],
    by_case: dict[str, list[Place]],
    resolution: Resolution,
) -> list[Place]:
    words, case = words_of(motion["title"]), resolution.iri(motion.get("case"))
    near = {
        id(place): place for word in words if len(by_word.get(word, ())) <= _COMMON for place in by_word.get(word, ())
    }
    near |= {id(place): place for place in by_case.get(case or "", ())}
    found: list[tuple[Place, float, str]] = []
    for place in sorted(near.values(), key=lambda one: one.id):
        if place.piece.id != piece.id and (match := _match(piece, motion, words, case, place, resolution)) is not None:
            found.append((place, *match))
    found = _nearest(words, found)
    if case is None:
        case = _case_of(motion, found, resolution)
        for place in sorted(by_case.get(case or "", ()), key=lambda one: one.id):
            if place.piece.id != piece.id and all(place is not one for one, _, _ in found):
                found.append((place, 0.9, "the case is the same"))
    for place, score, because in found:
        for decision in place.decisions:
            _say(resolution, decision, "concerns", motion, score, because)
    _results(motion, found, resolution)
    return [place for place, _, _ in found]


def _nearest(words: frozenset[str], found: list[tuple[Place, float, str]]) -> list[tuple[Place, float, str]]:
    """Where titles have every telling word of the motion, others of other cases are about something like it."""
    whole = [place for place, _, _ in found if len(words) > 1 and words <= place.words]
    cases = {place.case for place in whole}
    return [one for one in found if not whole or one[0].case in cases or any(one[0] is place for place in whole)]


def _match(
    piece: Slice, motion: Json, words: frozenset[str], case: str | None, place: Place, resolution: Resolution
) -> tuple[float, str] | None:
    """How surely a place deals with a motion, and why; ``None`` where it does not."""
    same_case = case is not None and case == place.case
    if not same_case and case is not None and place.case is not None:
        return None
    common, least = len(words & place.words), min(len(words), len(place.words))
    share = common / max(1, least)
    by_writer = bool(_writers(piece, motion) & place.people)
    same_file = piece.file == place.piece.file
    publisher = resolution.iri(piece.head.get("publisher"))
    if publisher is not None and place.publisher is not None and publisher != place.publisher and not same_file:
        return None
    if place.date and (moved := literal_text(piece.head.get("issued"))) and place.date < moved[: len(place.date)]:
        return None
    if not same_case and (share < 0.5 or common < min(2, len(words)) or not (by_writer or same_file)):
        return None
    score = 0.65 + 0.3 * same_case if same_case else 0.1 + 0.55 * share + 0.2 * by_writer + 0.15 * same_file
    if score < 0.6:
        return None
    reasons = ["the case is the same"] * same_case
    reasons += [f"the titles share {common} of {least} telling words"] * bool(common)
    return score, "; ".join(reasons + ["its writer is named there"] * by_writer)


def _case_of(motion: Json, found: list[tuple[Place, float, str]], resolution: Resolution) -> str | None:
    """The case under which a motion without a number of its own is dealt with, where the places agree on one."""
    cases = {place.case for place, _, _ in found if place.case is not None}
    if len(cases) != 1:
        return None
    case = cases.pop()
    place, score, because = max((one for one in found if one[0].case == case), key=lambda one: one[1])
    number = resolution.entities.get(str(case), {}).get("diaryNumber")
    number = f" {number}" if isinstance(number, str) else ""
    conclude(
        resolution, motion, "case", str(case), method="matters/motion", score=score,
        because=f"{because}; it is dealt with as{number} in “{place.title}”", evidence=place.evidence,
    )  # fmt: skip
    return case


def _results(motion: Json, found: list[tuple[Place, float, str]], resolution: Resolution) -> None:
    """The decisions that settle it: of the last place that does. A body that proposes to another settles nothing."""
    settling = [
        (place.date, place, score, because)
        for place, score, because in found
        if place.decisions
        and all(code(one) != "propose" for one in place.decisions)
        and any(code(one) not in _NO_RESULT for one in place.decisions)
    ]
    if not settling:
        return
    _, place, score, because = max(settling, key=lambda one: (one[0], one[1].id))
    for decision in place.decisions:
        if code(decision) not in _NO_RESULT:
            conclude(
                resolution, motion, "resultedIn", decision["@id"], method="matters/motion", score=score,
                because=because, evidence=decision.get("evidence", ()),
            )  # fmt: skip


def _say(resolution: Resolution, decision: Json, key: str, motion: Json, score: float, because: str) -> None:
    conclude(
        resolution, decision, key, motion["@id"], method="matters/motion", score=score, because=because,
        evidence=motion.get("evidence", ()),
    )  # fmt: skip


def _writers(piece: Slice, motion: Json) -> set[str]:
    wanted = set(motion.get("creator", ()))
    return {fold(person["name"]) for person in piece.of("Person") if person["@id"] in wanted}
