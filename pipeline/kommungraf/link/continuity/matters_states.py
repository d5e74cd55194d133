"""Where a matter stands: the state of cases and motions after their latest decision, and since when.

Minutes come first, with lists that say how matters stand and decisions that a text tells of, then the papers alone: a
matter with nothing but a motion or an officer's letter is open since that. Nothing says how long an open matter stays
so: ``stateSince`` gives the day of which it is known, and no later document means no answer known, not no decision.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kommungraf.link.continuity.matters_places import Place, code
from kommungraf.link.continuity.matters_remisses import REMISS
from kommungraf.link.continuity.matters_reports import Report
from kommungraf.link.resolution import Json, Resolution, Slice, literal_text
from kommungraf.model import iri

_WITHDRAWN = re.compile(r"(?i)\b(?:återta\w*|återkalla\w*|dras? tillbaka|dragit[s]? tillbaka|avskrivs)\b")
# Where the matter stands after a meeting: the first of these that it decided says so. What is not here decides it.
# What a body proposes to another awaits that one, whatever else it decided.
_ORDER = ("return", "postpone", "propose", "answer")
_STATE = {"return": "open", "postpone": "postponed", "propose": "open", "answer": "answered"}
_OPEN = frozenset({"refer", "propose", "permit"})
_FINAL = frozenset("adopt approve elect appoint dismiss discharge grant reject amend repeal".split())
_COUNCIL = re.compile(r"(?:fullmäktige|mötet|stämman)$")
"""The bodies that have the last word."""
_OPINION = re.compile(r"(?i)\b(?:yttrande\w*|yttra sig|remissvar\w*|svar\w*|synpunkter|erinra)\b")
# "Ärendet utgår": not dealt with. What is handed over "för beslut" awaits that body; a demand to return it that is
# granted returns it.
_LEFT_OUT = re.compile(
    r"(?i)^\W*(?:\w+(?:et|en|an)|punkt(?:en)? \d+)\s+utgår\b"
    r"(?:\W*$|\s+(?:ur|från)\s+(?:dagordning|föredragning|ärendelist))"
)
_HANDS_OVER = re.compile(
    r"(?i)\böver(?:låt|lämn|för)\w*\b[^.]*\btill\b[^.]*\b(?:för (?:beslut|avgörande)|att (?:besluta|avgöra))\b"
)
_RETURNS = re.compile(r"(?i)\bbifall\w*\s+(?:[^\W\d]+s\s+)?(?:yrkandet\s+om\s+)?återremiss(?:yrkande\w*)?\b")
_MOTION = re.compile(r"(?i)motion|medborgarförslag|interpellation")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


_KINDS = {"paper": (0, 0.7), "told": (1, 0.8), "listed": (1, 0.85), "decision": (2, 0.92)}
"""Kinds of events with their rank and how sure a state is that follows from them."""


@dataclass(frozen=True, slots=True)
class _Event:
    """Something that says where a matter stands: a meeting's decisions, a telling, a list of matters, or papers (which
    ``said`` a state themselves). ``kind`` is a key of ``_KINDS``."""

    date: str
    kind: str
    source: str
    nodes: tuple[Json, ...]
    said: str = ""
    by_council: bool = False

    @property
    def rank(self) -> int:
        """What is ranked higher goes before."""
        return _KINDS[self.kind][0]

    @property
    def state(self) -> str:
        """The state after it."""
        return self.said or state_after(self.nodes)


def follow_states(
    slices: list[Slice],
    places: list[Place],
    reports: list[Report],
    threads: dict[str, list[Place]],
    resolution: Resolution,
) -> None:
    """Conclude ``state`` and ``stateSince`` of every case and motion."""
    events: dict[str, list[_Event]] = {}
    for place in places:
        for case in {resolution.iri(one.get("case")) or place.case for one in place.decisions} - {None}:
            events.setdefault(str(case), []).append(_decided(place))
        if place.case is not None and place.proposals and not place.decisions:
            events.setdefault(place.case, []).append(_pending(place.piece, place.proposals[0]))
    for report in reports:
        case = resolution.iri(report.node.get("case"))
        if case is not None and not report.minuted and report.date and code(report.node) in _OPEN:
            events.setdefault(case, []).append(_Event(report.date, "told", report.piece.id, (report.node,)))
    for piece in slices:
        for listed in piece.of("Case"):
            if said := listed.get("hints", {}).get("state"):
                event = _Event(piece.date, "listed", piece.id, (listed,), str(said))
                events.setdefault(str(resolution.iri(listed["@id"])), []).append(event)
        for motion in piece.of("Motion"):
            own = [_decided(place) for place in threads.get(motion["@id"], []) if place.decisions]
            case = _case_of(motion, resolution)
            known = [*own, *events.get(case or "", ())]
            events.setdefault(motion["@id"], []).extend({(e.source, e.date, e.rank): e for e in known}.values())
            events[motion["@id"]].append(_pending(piece, motion))
            if case is not None:
                events.setdefault(case, []).append(_pending(piece, motion))
    for about in sorted(events):
        _conclude(about, events[about], resolution)


def _case_of(motion: Json, resolution: Resolution) -> str | None:
    told = resolution.entities.get(motion["@id"], {}).get("case")
    return resolution.iri(motion.get("case")) or (told[0] if isinstance(told, list) else None)


def _decided(place: Place) -> _Event:
    council = bool(_COUNCIL.search(place.body or ""))
    return _Event(place.date, "decision", place.id, tuple(place.decisions), _opinion(place, council), council)


def _opinion(place: Place, council: bool) -> str:
    """What an opinion settles: a remiss is answered with it; a motion is only prepared by a board's opinion."""
    given = any(_OPINION.search(decision["text"]) for decision in place.decisions)
    if not given or not REMISS.search(place.title) or state_after(place.decisions) != "decided":
        return ""
    return "answered" if council or not _MOTION.search(place.title) else "open"


def _pending(piece: Slice, node: Json) -> _Event:
    return _Event(literal_text(piece.head.get("issued")), "paper", piece.id, (node,), "open")


def state_after(decisions: Iterable[Json]) -> str:
    """The state of a matter after a meeting's decisions in it."""
    decisions = list(decisions)
    if any(_WITHDRAWN.search(decision.get("text", "")) for decision in decisions):
        return "withdrawn"
    if decisions and all(_is_put_off(decision) for decision in decisions):
        return "open"
    codes = {code(decision) for decision in decisions}
    for one in _ORDER:
        if one in codes:
            return _STATE[one]
    return "open" if codes & _OPEN and not codes & _FINAL else "decided"


def _is_put_off(decision: Json) -> bool:
    """Whether a decision leaves a matter to another day or body, whatever its verb."""
    text = decision.get("text", "")
    return any(pattern.search(text) for pattern in (_LEFT_OUT, _HANDS_OVER, _RETURNS))


def _conclude(about: str, events: list[_Event], resolution: Resolution) -> None:
    """The latest of the surest kind of event decides; undated ones that disagree decide nothing."""
    told = [event for event in events if event.rank] or events
    dated = sorted((event for event in told if event.date), key=lambda one: (one.date, one.rank, one.source))
    dated = _settled(dated)
    latest = [event for event in dated if event.date == dated[-1].date] if dated else told
    states = {event.state for event in latest}
    undated = {event.state for event in told if not event.date} - {"open", "postponed"}  # the start of a matter
    if len(states) != 1 or (dated and undated - states):
        return  # meetings of one day, or undated ones, that say different things
    state = states.pop()
    since, why = _since(about, state, latest[0].date, resolution)
    entity = resolution.entities.setdefault(about, {})
    entity["state"] = state
    if since:
        entity["stateSince"] = since
    outcomes = ", ".join(dict.fromkeys(code(node) for event in latest for node in event.nodes if "outcome" in node))
    when = f"of {latest[0].date}" if latest[0].date else "without a date"
    kind, sure = latest[0].kind, _KINDS[latest[0].kind][1]
    name = {"told": "decision that a text tells of", "listed": "list that names it"}.get(kind, kind)
    because = f"Its latest {name} {when} says: {outcomes or latest[0].said}."
    resolution.conclusions.append(
        {
            "@id": f"conclusion/{iri.digest(about, 'state')}",
            "@type": "Conclusion",
            "about": about,
            "property": "state",
            "method": f"matters/latest-{kind}",
            "score": round(sure - (0 if latest[0].date else 0.1), 3),
            "because": because[:-1] + (f"; {why}." if why else "."),
            "evidence": sorted(
                {passage for event in latest for node in event.nodes for passage in node.get("evidence", ())}
            ),
        }
    )


def _settled(dated: list[_Event]) -> list[_Event]:
    """The events up to the last word of a council or general meeting, where only proposals came after: a follow-up
    under the same number does not take an answer back."""
    for index in range(len(dated) - 1, -1, -1):
        event = dated[index]
        if event.by_council and event.state in ("answered", "decided", "withdrawn"):
            return dated[: index + 1]
        if {code(node) for node in event.nodes if "outcome" in node} - {"propose", "assign", "note"}:
            break
    return dated


def _since(about: str, state: str, date: str, resolution: Resolution) -> tuple[str, str]:
    """Since when: the day of the decision, else for an open matter the year in its diary number."""
    if date:
        return date, ""
    told = resolution.entities.get(about, {})
    case = told.get("case")
    number = told.get("diaryNumber") or resolution.entities.get(case[0] if isinstance(case, list) else "", {}).get(
        "diaryNumber"
    )
    year = _YEAR.search(str(number or ""))
    if state != "open" or year is None:
        return "", ""
    return year[1], f"no date is printed, {year[1]} is the year in its diary number"
