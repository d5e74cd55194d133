"""Meetings: one body on one date is one meeting, whichever documents speak of it.

Without a date a meeting is its document's own, unless the same file has exactly one dated meeting of the same body: an
agenda that prints no date was sent with the notice that does.
"""

from __future__ import annotations

from kommungraf.link.resolution import Json, Resolution, Resolved, Slice
from kommungraf.model import iri
from kommungraf.text import slug


def resolve_meetings(slices: list[Slice], resolution: Resolution) -> None:
    """Resolve every Meeting mention and record how a year that is not printed was concluded."""
    dated: dict[tuple[str, str], dict[str, Json]] = {}
    undated: list[tuple[Slice, Json]] = []
    for piece in slices:
        for meeting in piece.of("Meeting"):
            body = resolution.iri(meeting.get("body"))
            date = _value(meeting.get("date"))
            if body is None or date is None:
                undated.append((piece, meeting))
                continue
            entity = _meeting_iri(body, date, piece)
            resolution.by_mention[meeting["@id"]] = Resolved(entity, _name(resolution, meeting, date))
            dated.setdefault((piece.file, body), {}).setdefault(entity, meeting)
            if because := meeting.get("hints", {}).get("date_because"):
                _conclude_date(resolution, entity, because, meeting)
    for piece, meeting in undated:
        _resolve_undated(piece, meeting, dated, resolution)


def _resolve_undated(
    piece: Slice, meeting: Json, dated: dict[tuple[str, str], dict[str, Json]], resolution: Resolution
) -> None:
    own = f"meeting/{slug(piece.id)}/{meeting['@id'].rsplit('/', 1)[-1]}"
    candidates = dated.get((piece.file, resolution.iri(meeting.get("body")) or ""), {})
    if len(candidates) != 1 or meeting.get("date"):
        resolution.by_mention[meeting["@id"]] = Resolved(own, meeting["name"])
        return
    entity, other = next(iter(candidates.items()))
    resolution.by_mention[meeting["@id"]] = Resolved(entity, resolution.name(other["@id"]))
    resolution.join(
        entity,
        own,
        kind="Meeting",
        method="meetings/one-in-file",
        score=0.85,
        because=f"{meeting['name']} has no date here, and the file has one dated meeting of the same body.",
        evidence=[*meeting.get("evidence", ()), *other.get("evidence", ())],
    )


def _conclude_date(resolution: Resolution, entity: str, because: str, meeting: Json) -> None:
    printed_elsewhere = "is printed with the year" in because
    resolution.conclusions.append(
        {
            "@id": f"conclusion/{iri.digest(entity, 'date', meeting['@id'])}",
            "@type": "Conclusion",
            "about": entity,
            "property": "date",
            "method": "meetings/year",
            "score": 0.97 if printed_elsewhere else 0.85,
            "because": because,
            "evidence": sorted(meeting.get("evidence", ())),
        }
    )


def _meeting_iri(body: str, date: str, piece: Slice) -> str:
    """A body that linking could not place belongs to its document, and its meeting too."""
    return iri.meeting(body, date) if body.startswith("body/") else f"meeting/{slug(piece.id)}/{date}"


def _name(resolution: Resolution, meeting: Json, date: str) -> str:
    return f"{resolution.name(meeting.get('body')) or meeting['name']} {date}"


def _value(literal: object) -> str | None:
    if isinstance(literal, dict):
        return str(literal["@value"])
    return str(literal) if literal else None
