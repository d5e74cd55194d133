"""Dates that cannot be: a notice sent after its meeting or a year before it, a report of a year that was not over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kommungraf.link.continuity.contradictions_said import Contradiction, day_of
from kommungraf.link.continuity.measures_words import period_of
from kommungraf.link.resolution import Json, Resolution, Slice, literal_text

_NOTICES = ("kallelse", "föredragningslista")
_REPORTS = ("verksamhetsberättelse", "årsredovisning", "revisionsberättelse")
_LONGEST = 300
"""Days. No law or statutes let a notice go out so long before the meeting; by then it is the year that is wrong."""
_PERIOD = re.compile(r"(\d{4})-01-01\s*[-–]+\s*(\d{4})-12-31")


def notices_out_of_time(slices: list[Slice], resolution: Resolution) -> Iterator[Contradiction]:
    """Notices dated after the meeting that they call to, or most of a year before it."""
    for piece in slices:
        sent = day_of(piece.head.get("issued"))
        if sent is None or piece.type not in _NOTICES:
            continue
        for meeting in piece.of("Meeting"):
            held = day_of(meeting.get("date"))
            if held is None or 0 <= (held - sent).days < _LONGEST:
                continue
            late = held < sent
            how = "after" if late else f"{(held - sent).days} days before"
            yield Contradiction(
                _issue(piece),
                meeting,
                resolution.iri(meeting["@id"]),
                f"The notice is dated {sent}, {how} the meeting of {held} that it calls to.",
                "contradictions/notice",
                0.9 if not late else 0.8,
                "A notice is sent some days or weeks before its meeting.",
            )


def notices_against_minutes(slices: list[Slice], resolution: Resolution) -> Iterator[Contradiction]:
    """A notice and minutes of one meeting that begin it at different times. When it ends no notice can know."""
    called: dict[str, list[tuple[Slice, Json]]] = {}
    for piece in slices:
        if piece.type in _NOTICES:
            for meeting in piece.of("Meeting"):
                called.setdefault(str(resolution.iri(meeting["@id"])), []).append((piece, meeting))
    for piece in slices:
        for meeting in piece.of("Meeting") if piece.type.startswith("protokoll") else ():
            for notice, planned in called.get(str(resolution.iri(meeting["@id"])), ()):
                apart = _minutes_apart(planned.get("startTime"), meeting.get("startTime"))
                if apart is None or apart < 60 or not meeting.get("date"):
                    continue
                yield Contradiction(
                    planned,
                    meeting,
                    resolution.iri(meeting["@id"]),
                    f"{notice.head.get('title')} calls to {planned['startTime']}, but by the minutes the meeting of "
                    f"{literal_text(meeting['date'])} began at {meeting['startTime']}.",
                    "contradictions/start",
                    0.62,
                    "Notice and minutes are of the same meeting of the same body on the same day.",
                )


def reports_before_their_time(slices: list[Slice]) -> Iterator[Contradiction]:
    """Reports of a whole year that are dated before it was over: either the date or the year is wrong."""
    for piece in slices:
        issued, year = day_of(piece.head.get("issued")), piece.year
        if issued is None or year is None or piece.type not in _REPORTS:
            continue
        title = str(piece.head.get("title", ""))
        if str(year) not in title or period_of(title) or issued >= date(year, 12, 1):
            continue
        if _issue(piece) is piece.head or (issued.month, issued.day) == (1, 1):  # a period's first day dates nothing
            continue
        yield Contradiction(
            _issue(piece),
            piece.head,
            piece.id,
            f"“{piece.head.get('title')}” reports on {year}, but is dated {issued}, before the year was over.",
            "contradictions/report",
            0.7,
            "A report of a whole year cannot be older than the year's end.",
        )


def stated_dates(slices: list[Slice]) -> Iterator[Contradiction]:
    """Weekdays that do not fall on their date, and periods that end before they begin."""
    for piece in slices:
        for node in piece.of("StatedDate"):
            kind = node["dateKind"]
            if kind == "weekday":
                yield Contradiction(
                    node,
                    piece.head,
                    piece.id,
                    f"“{node['text']}”: by the calendar {literal_text(node['date'])} is {node['weekday']}.",
                    "contradictions/weekday",
                    0.92,
                    "The calendar gives the day another weekday than the text.",
                )
            elif kind == "period":
                yield Contradiction(
                    node,
                    piece.head,
                    piece.id,
                    f"“{node['text']}” ends before it begins.",
                    "contradictions/period",
                    0.9,
                    "A period cannot end before it begins.",
                )


def columns_of_two_years(slices: list[Slice]) -> Iterator[Contradiction]:
    """A column of accounts that runs over two years beside one of the last of them: its head has a year too many."""
    for piece in slices:
        heads = [node for node in piece.of("StatedDate") if node["dateKind"] == "column"]
        for wrong in heads:
            first, last = _years(wrong["text"])
            right = next((node for node in heads if first != last and _years(node["text"]) == (last, last)), None)
            if right is not None:
                yield Contradiction(
                    wrong,
                    right,
                    piece.id,
                    f"The column “{wrong['text']}” runs over two years, {first} and {last}, but {last} has a column of "
                    f"its own, “{right['text']}”.",
                    "contradictions/column",
                    0.85,
                    "The columns of a statement of accounts are of one year each.",
                )


def _issue(piece: Slice) -> Json:
    """The statement that dates a document: its printed date where that was found, else its head."""
    return next((node for node in piece.of("StatedDate") if node["dateKind"] == "issued"), piece.head)


def _minutes_apart(one: str | None, other: str | None) -> int | None:
    if not one or not other:
        return None
    (a, b), (c, d) = (tuple(map(int, time.split(":"))) for time in (one, other))
    return abs(a * 60 + b - c * 60 - d)


def _years(column: str) -> tuple[int, int]:
    first, last = _PERIOD.findall(column)[0]
    return int(first), int(last)
