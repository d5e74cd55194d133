"""Place, start and end of a meeting, from the words of its head."""

from __future__ import annotations

import re

from kommungraf.dates import find_dates
from kommungraf.text import squeeze

_CLOCK = r"(?:[01]?\d|2[0-4])[.:][0-5]\d|(?:[01]?\d|2[0-4])(?![\d.:])"
_RANGE = re.compile(
    rf"(?<![\d§.,-])(?P<a>(?:[01]?\d|2[0-4])[.:][0-5]\d)\s*(?:[-–—−]|till|--)\s*(?:kl\.?\s*)?(?P<b>{_CLOCK})(?![\d])"
)
_HOURS = re.compile(
    r"(?i)\b(?:kl(?:ockan|\.)?)\s*(?P<a>[01]?\d|2[0-4])\s*(?:[-–—]|till)\s*(?P<b>[01]?\d|2[0-4])(?![\d.:])"
)
_START = re.compile(rf"(?i)\b(?:kl(?:ockan|\.)?)\s*(?P<a>{_CLOCK})")
_LABELLED_START = re.compile(
    rf"(?i)\b(?:mötet öppnas|mötets öppnande|starttid|början|start)\W+(?:kl\.?\s*)?(?P<a>{_CLOCK})"
)
_LABELLED_END = re.compile(rf"(?i)\b(?:mötet avslutas|mötets avslutande|sluttid|slut)\W+(?:kl\.?\s*)?(?P<b>{_CLOCK})")
# Times on a line about these are not the meeting's own.
_PAUSE = re.compile(r"(?i)ajourner|paus\b|lunch|fika|gruppmöte|förmöte|juster|anslag|inlämn|anmäl|samling")
_PLACE_LABEL = re.compile(
    r"(?im)(?:^\W*|[.\d]\s+)(?:plats och tid|tid och plats|plats|sammanträdesplats|mötesplats|lokal|plats/tid|var)\b"
    r"\s*(?P<sign>[:\t]|\s{2,}|\n)?[ \t]*"
)
_PLACE_END = re.compile(
    r"(?i)[\t\n;]|(?:,\s*)?\b(?:kl(?:ockan|\.)?\s*\d|klockan\b|kl\b|(?:mån|tis|ons|tors|fre|lör|sön)dag(?:en)?\b)|\["
)
_TIME_THEN_PLACE = re.compile(
    r"(?i)\bkl(?:ockan|\.)?\s*\d{1,2}(?:[.:]\d\d)?(?:\s*[-–]\s*\d{1,2}(?:[.:]\d\d)?)?,?\s+(?:i|på)\s+(?P<place>[^.;\n]{3,80})"
)
_JUSTERING = re.compile(r"(?i)juster")
_LINK = re.compile(r"(?i)[.,]?\s+länk(?: till \w+)*\.?$")


def times_of(head: str) -> tuple[str | None, str | None]:
    """Start and end as ``HH:MM``: the first start and the last end of the ranges, pauses left out."""
    starts: list[str] = []
    ends: list[str] = []
    for line in head.split("\n"):
        pause = _PAUSE.search(line)
        usable = line[: pause.start()] if pause else line
        for match in (*_RANGE.finditer(usable), *_HOURS.finditer(usable)):
            starts.append(_clock(match["a"]))
            ends.append(_clock(match["b"]))
        if not starts and (match_start := _LABELLED_START.search(usable) or _START.search(usable)):
            starts.append(_clock(match_start["a"]))
        if not ends and (match_end := _LABELLED_END.search(usable)):
            ends.append(_clock(match_end["b"]))
    return (starts[0] if starts else None), (ends[-1] if ends else None)


def place_of(head: str) -> str | None:
    """The place after its label, without the date and the time that often share its line."""
    for match in _PLACE_LABEL.finditer(head):
        line_start = head.rfind("\n", 0, match.start()) + 1
        if _JUSTERING.search(head[line_start : match.end() + 40].split("\n")[0]):
            continue
        text = head[match.end() : match.end() + 300].lstrip("\n\t ")
        cut = _PLACE_END.search(text)
        dates = [found.start for found in find_dates(text)]
        end = min([cut.start() if cut else len(text), *dates, text.find("\n") if "\n" in text else len(text)])
        place = _LINK.sub("", squeeze(text[:end])).strip(" ,;:.*–-")
        if not place:  # "Tid och plats: onsdag 21 september kl. 14.00–15.45, Tekniska kontoret"
            place = _after_the_time(text)
        if place and not place[0].isdigit() and len(place) < 160:
            return place
    return _in_sentence(head) or None


def _in_sentence(head: str) -> str:
    """ "… kallas till sammanträde måndagen den 24 februari klockan 18.00 i Folkets hus." """
    match = _TIME_THEN_PLACE.search(head)
    return squeeze(match["place"]).strip(" ,;") if match else ""


def _after_the_time(text: str) -> str:
    line = text.partition("\n")[0]
    last = [match.end() for match in (*_RANGE.finditer(line), *_START.finditer(line))]
    return squeeze(line[max(last) :]).strip(" ,;:.*–-") if last else ""


def _clock(text: str) -> str:
    hours, _, minutes = text.replace(".", ":").partition(":")
    return f"{int(hours):02}:{minutes or '00'}"
