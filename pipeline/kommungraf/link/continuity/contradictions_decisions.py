"""Decisions that are dated in two ways, and decisions on a motion that are older than the motion."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kommungraf.link.continuity.contradictions_said import Contradiction, day_of
from kommungraf.link.resolution import Json, Resolution, Slice

_POSTED = 7
"""Days. A motion may be dated when it was registered, some days after it was handed in."""

_Told = tuple[date, Json, Slice]


def decisions_dated_twice(slices: list[Slice], resolution: Resolution) -> Iterator[Contradiction]:
    """The same § of the same body in the same matter, on two days: a body numbers its paragraphs through the year."""
    told: dict[tuple[str, str, int], list[_Told]] = {}
    for piece in slices:
        for node in piece.of("ReportedDecision", "Decision"):
            body, case = resolution.iri(node.get("decidedBy")), resolution.iri(node.get("case"))
            day, number = day_of(node.get("date")), node.get("number")
            if body and case and day and isinstance(number, int):
                told.setdefault((body, case, number), []).append((day, node, piece))
    for (_, case, number), members in sorted(told.items()):
        day, node, piece = members[0]
        for other_day, other, elsewhere in members[1:]:
            if other_day == day:
                continue
            yield Contradiction(
                node,
                other,
                case,
                f"§ {number} is dated {day} in “{_title(piece)}”, but {other_day} in “{_title(elsewhere)}”.",
                "contradictions/decision-date",
                0.75,
                "The body, the paragraph and the matter are the same.",
            )


def decisions_before_their_motion(slices: list[Slice], resolution: Resolution) -> Iterator[Contradiction]:
    """A matter that begins with a motion holds no decision from before it was written."""
    motions: dict[str, _Told] = {}
    for piece in slices:
        day = day_of(piece.head.get("issued"))
        for motion in piece.of("Motion") if day else ():
            case = resolution.iri(motion.get("case"))
            if case and day and (case not in motions or day < motions[case][0]):
                motions[case] = (day, motion, piece)
    for piece in slices if motions else ():
        for node in piece.of("Decision", "ReportedDecision"):
            case, day = resolution.iri(node.get("case")), day_of(node.get("date"))
            written = motions.get(case or "")
            if day is None or written is None or (written[0] - day).days <= _POSTED:
                continue
            yield Contradiction(
                node,
                written[1],
                case,
                f"A decision in the matter is dated {day}, but the motion that it is about {written[0]}.",
                "contradictions/before-motion",
                0.65,
                "A motion is decided on after it was written.",
            )


def _title(piece: Slice) -> str:
    return str(piece.head.get("title") or piece.type)
