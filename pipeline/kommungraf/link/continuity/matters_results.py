"""What became of proposals, across meetings and bodies: an officer's letter and the § that decided it; what a board
proposes and what the general meeting decides; and the case of what prints no number, or prints it differently.

A proposal's decision is under nearly the same title in the same meeting, file or case, and says nearly the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from kommungraf.link.continuity.matters_places import Place, code, conclude, shared, words_of
from kommungraf.link.resolution import Json, Resolution, Slice

_COMMON = 400
_AHEAD = 150
"""A letter is written so many days before the meeting that decides, at most."""


class Finder:
    """Places by the words of their titles within a file, a meeting and an organisation, and by case."""

    def __init__(self, places: list[Place]) -> None:
        self._by_word: dict[tuple[str, str], list[Place]] = {}
        self._by_case: dict[str, list[Place]] = {}
        for place in places:
            for scope in _scopes(place):
                for word in place.words:
                    self._by_word.setdefault((scope, word), []).append(place)
            if place.case is not None:
                self._by_case.setdefault(place.case, []).append(place)

    def same_title(self, place: Place, least: float = 0.6, scopes: Iterable[str] | None = None) -> list[Place]:
        """Other places of the same meeting, file or organisation whose title is nearly the same."""
        near = {
            one.id: one
            for scope in (_scopes(place) if scopes is None else scopes)
            for word in place.words
            if len(self._by_word.get((scope, word), ())) <= _COMMON
            for one in self._by_word.get((scope, word), ())
        }
        alike = [one for one in near.values() if len(one.words & place.words) >= least * _longer(one, place)]
        return sorted((one for one in alike if one is not place), key=lambda one: one.id)

    def same_case(self, place: Place) -> list[Place]:
        """Other places of the same case."""
        return [one for one in self._by_case.get(place.case or "", ()) if one is not place]


def _scopes(place: Place) -> Iterator[str]:
    yield place.piece.file
    if place.meeting is not None:
        yield place.meeting
    if place.publisher is not None:
        yield place.publisher


def _longer(one: Place, other: Place) -> int:
    return max(len(one.words), len(other.words))


def _in_reach(place: Place, other: Place) -> bool:
    """By its title a matter is one within a file or meeting, or a letter and the meeting some months later: plans and
    reports come back every year."""
    if place.piece.file == other.piece.file or (place.meeting is not None and place.meeting == other.meeting):
        return not (place.date and other.date) or place.date[:4] == other.date[:4]
    letter, meeting = (place, other) if place.item is None else (other, place)
    if letter.item is not None or meeting.meeting is None or letter.publisher != meeting.publisher:
        return False
    same_title = len(letter.words) >= 2 and letter.words == meeting.words
    return same_title and letter.publisher is not None and 0 <= _days(letter.date, meeting.date) <= _AHEAD


def _days(earlier: str, later: str) -> int:
    """The days from one date to another; -1 where one of them is not a day."""
    if len(earlier) != 10 or len(later) != 10:
        return -1
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def follow_proposals(places: list[Place], resolution: Resolution) -> None:
    """Conclude the decision that every proposal led to, and what became of decisions to propose."""
    finder = Finder(places)
    for place in places:
        if place.proposals:
            near = [place] + [one for one in finder.same_title(place) if _in_reach(place, one)]
            near += [one for one in finder.same_case(place) if _not_before(one, place)]
            for proposal in place.proposals:
                if not proposal.get("partOf"):
                    _decide(place, proposal, near, resolution)
        for decision in place.decisions:
            if code(decision) == "propose":
                later = [
                    one
                    for one in finder.same_case(place)
                    if _after(one, place) and _answers(one, place, decision, resolution)
                ]
                _decide(place, decision, later, resolution)


def _not_before(one: Place, place: Place) -> bool:
    return not one.date or not place.date or one.date >= place.date[: len(one.date)]


def _after(one: Place, place: Place) -> bool:
    return bool(one.date and place.date and one.date > place.date)


def _answers(one: Place, place: Place, decision: Json, resolution: Resolution) -> bool:
    """Is it the body that the proposal goes to, or at least another one?"""
    wanted = resolution.iri(decision.get("referredTo"))
    return one.body == wanted if wanted is not None and one.body is not None else one.body != place.body


def _decide(place: Place, proposal: Json, near: list[Place], resolution: Resolution) -> None:
    """The first decision in time that says what was proposed."""
    words = words_of(proposal["text"])
    found: list[tuple[float, str, str, Place, Json]] = []
    for one in {other.id: other for other in near}.values():
        for decision in one.decisions:
            share = shared(words, words_of(decision["text"]))
            if share >= 0.6 and len(words) > 0:
                found.append((share, one.date or "9999", decision["@id"], one, decision))
    if not found:
        return
    best = max(share for share, *_ in found)
    share, _, _, where, decision = min((one for one in found if one[0] >= best - 0.15), key=lambda one: one[1:3])
    same = "in the same case" if where.case is not None and where.case == place.case else "under the same title"
    same = "in the same item" if where is place else same
    conclude(
        resolution, proposal, "resultedIn", decision["@id"], method="matters/proposal", score=0.55 + 0.4 * share,
        because=f"the decision stands {same} and {share:.0%} of the words are the same",
        evidence=decision.get("evidence", ()),
    )  # fmt: skip


def lend_cases(places: list[Place], resolution: Resolution) -> None:
    """What prints no diary number belongs to the case of the item of the same title in its meeting or file."""
    finder = Finder([place for place in places if place.case is not None])
    for place in places:
        if place.case is not None or not place.words or "Motion" in place.piece.nodes:
            continue
        near = [one for one in finder.same_title(place) if _in_reach(place, one) and _same_item(place, one)]
        cases = {one.case for one in near}
        if len(cases) != 1:
            continue
        place.case = near[0].case
        nodes = [node for node in (place.item, *place.proposals, *place.decisions) if node and not node.get("case")]
        for node in nodes or [place.piece.head]:
            conclude(
                resolution, node, "case", str(place.case), method="matters/title", score=0.9,
                because=f"“{near[0].title}” stands under that number in the same meeting or file",
                evidence=[*place.evidence, *near[0].evidence],
            )  # fmt: skip


def file_letters(slices: list[Slice], places: list[Place], resolution: Resolution) -> None:
    """Conclude the case of every document that is one paper of a matter: a letter, an agreement, a statement."""
    lent = {place.piece.id: place for place in places if place.item is None and place.case is not None}
    for piece in slices:
        if piece.nodes.keys() & {"AgendaItem", "Motion", "ReportedResult", "PlannedActivity"}:
            continue
        printed = [case for case in piece.of("Case") if not case.get("hints", {}).get("foreign")]
        cases = {resolution.iri(case["@id"]) for case in printed}
        place = lent.get(piece.id)
        if len(cases) == 1:
            because, score = f"it prints the number {printed[0]['diaryNumber']} and no other", 0.95
            evidence = printed[0].get("evidence", ())
        elif not cases and place is not None:
            because, score, evidence = "what it proposes is decided in that matter", 0.9, place.evidence
            cases = {place.case}
        else:
            continue
        conclude(
            resolution, piece.head, "case", str(cases.pop()), method="matters/letter", score=score, because=because,
            evidence=evidence,
        )  # fmt: skip


def _same_item(place: Place, other: Place) -> bool:
    """In one meeting an item has one number; a letter has none."""
    if place.meeting is not None and place.meeting == other.meeting:
        return place.number == other.number or len(place.words & other.words) >= 2
    return len(place.words & other.words) >= 2 or place.words == other.words
