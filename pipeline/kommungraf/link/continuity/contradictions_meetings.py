"""A notice and the minutes of what must be one meeting, on two days: the same agenda, and the days nearly the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from kommungraf.link.continuity.contradictions_said import Contradiction, day_of
from kommungraf.link.resolution import Json, Resolution, Slice
from kommungraf.text import fold

_NOTICES = ("kallelse", "föredragningslista")
_NEAR = 14
"""Days. A date that is mistyped is seldom further off, unless the year is wrong."""
_FEWEST, _SHARE, _OWN = 5, 0.8, 2
"""How many titles an agenda has at least, what share of them the minutes repeat, and how many no other meeting has."""

_Held = tuple[date, Json, Slice, frozenset[str]]


def meetings_on_two_days(slices: list[Slice], resolution: Resolution) -> Iterator[Contradiction]:
    """Notices whose agenda is that of minutes of the body from another day, with no minutes from the day called."""
    called: dict[str, list[_Held]] = {}
    held: dict[str, list[_Held]] = {}
    for piece in slices:
        side = called if piece.type in _NOTICES else held if piece.type.startswith("protokoll") else None
        if side is None:
            continue
        titles = frozenset(fold(str(item["title"])) for item in piece.of("AgendaItem"))
        for meeting in piece.of("Meeting"):
            body, day = resolution.iri(meeting.get("body")), day_of(meeting.get("date"))
            if body and day and len(titles) >= _FEWEST:
                side.setdefault(body, []).append((day, meeting, piece, titles))
    for body in sorted(called.keys() & held.keys()):
        common = Counter(title for _, _, _, titles in held[body] for title in titles)
        days = {day for day, *_ in held[body]}
        for notice in called[body]:
            if notice[0] not in days:
                yield from _minutes_of(notice, held[body], common, resolution)


def _minutes_of(
    notice: _Held, held: list[_Held], common: Counter[str], resolution: Resolution
) -> Iterator[Contradiction]:
    day, meeting, piece, titles = notice
    for other_day, minuted, minutes, theirs in held:
        near = abs((other_day - day).days) <= _NEAR or (
            abs(other_day.year - day.year) == 1 and (other_day.month, other_day.day) == (day.month, day.day)
        )
        shared = titles & theirs
        own = sum(1 for title in shared if common[title] == 1)
        if near and len(shared) >= _SHARE * min(len(titles), len(theirs)) and own >= _OWN:
            yield Contradiction(
                meeting,
                minuted,
                resolution.iri(meeting.get("body")),
                f"“{piece.head.get('title')}” calls to a meeting on {day}, but the minutes with the same agenda, "
                f"“{minutes.head.get('title')}”, are of {other_day}.",
                "contradictions/meeting-date",
                0.75,
                f"Notice and minutes are of one body, and {len(shared)} items of their agendas are the same.",
            )
