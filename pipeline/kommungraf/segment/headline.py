"""What a document says about itself: title, publisher, date of issue, the year it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kommungraf.dates import DateMatch, PartialDate, find_dates, year_of_weekday
from kommungraf.model.source import Span
from kommungraf.segment.kinds import authority_decides
from kommungraf.segment.labels import labels
from kommungraf.segment.lines import Line
from kommungraf.text import squeeze

_PAGE_AT_END = re.compile(r"\s\d{1,3} ?\(\d{1,3}\)$")
_W = r"[A-ZÅÄÖ][\wåäöÅÄÖé-]+"
_S = r"(?: |\n(?!\n))"
_ORGANISATION = re.compile(
    rf"(?:Kommunalförbundet|Kommunförbundet|Regionförbundet|Samordningsförbundet|Räddningstjänstförbundet|Gymnasieförbundet|Utbildningsförbundet|Vårdförbundet|Kommunalförbund){_S}{_W}(?:{_S}(?:län|{_W}))*"
    rf"|Länsstyrelsen(?:{_S}i)?{_S}{_W}(?:{_S}{_W})?(?:{_S}län)?"
    rf"|Region{_S}{_W}(?:{_S}län)?"
    rf"|(?:{_W}{_S}){{0,2}}{_W}{_S}(?:kommunalförbund|kommunförbund|kommun|stad|stadshus{_S}AB|räddningstjänstförbund)\b"
    rf"|(?:{_W}{_S}){{1,3}}(?:AB|förbund)\b"
    rf"|(?:[A-ZÅÄÖ]{{3,}}{_S}){{1,2}}KOMMUN\b"
)
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_PERIOD_YEAR = re.compile(r"(?i)(?:räkenskapsåret|verksamhetsåret|budgetåret|året|för år|under år)\s+((?:19|20)\d\d)\b")
_ISSUE_FIELD = re.compile(
    r"(?i)^(?:datum|upprättad|utfärdad|beslutsdatum|sammanträdesdatum|mötesdatum|dokumentdatum|inlämnad|skapad|inkom|"
    r"vårt datum)\b"
)
_PLACE_DATE = re.compile(r"^[A-ZÅÄÖ][\wåäö]+(?: [A-ZÅÄÖ][\wåäö]+)?,? (?:den )?(?=\d)")
_TIME_FIELD = re.compile(
    r"(?i)^(?:plats och tid|tid och plats|tid|datum|sammanträdesdatum|när|datum och tid|organ|sammanträde)\b"
)

_BY_TITLE = {"verksamhetsberättelse", "verksamhetsplan", "budget", "årsredovisning", "revisionsberättelse", "strategi"}
_DATED_AT_SIGNATURE = {
    "årsredovisning",
    "revisionsberättelse",
    "motion",
    "interpellation",
    "medborgarförslag",
    "överenskommelse",
}
_SPEAK_OF_THEMSELVES = _BY_TITLE | {"protokoll", "kallelse", "föredragningslista"}
_SHORT = 100
_NEVER_DATED = {"underskriftssida"}


@dataclass(slots=True)
class Headline:
    """See :class:`kommungraf.model.parts.LogicalDocument`."""

    title: str
    publisher: Span | None
    issued: PartialDate | None
    year: int | None


def title_of(lines: list[Line], where: range) -> str:
    """The title as printed, on one line, without a colon at its end."""
    title = squeeze(" ".join(_PAGE_AT_END.sub("", squeeze(lines[index].text)) for index in where)).rstrip(": ")
    label = labels("header").find(lines[where.start]) if len(where) else None
    if label and label.inline:
        title = title.removeprefix(squeeze(label.text)).lstrip(": ")
    return title.removeprefix("Motion: ")


def publisher_of(lines: list[Line], title: range, kind: str, clean: str) -> Span | None:
    """The organisation behind a document, as printed: who decides, letterhead, logo, title, first mention."""
    if not lines:
        return None
    if kind == "myndighetsbeslut":
        for line in lines[:25]:
            if match := authority_decides().search(line.text):
                return Span(line.start + match.start(1), line.start + match.end(1))
        return None
    head = [line for line in lines[: title.stop + 6] if len(line.text) <= _SHORT]
    for line in head:
        match = _ORGANISATION.search(clean, line.start, _end_of_block(line, head))
        if match and match.start() < line.end:
            return Span(match.start(), match.end())
    start = lines[0].start
    if kind not in _SPEAK_OF_THEMSELVES:
        return None
    if match := _ORGANISATION.search(clean, start, min(start + 3000, lines[-1].end)):
        return Span(match.start(), match.end())
    return None


def _end_of_block(line: Line, head: list[Line]) -> int:
    return max(one.end for one in head if one.block == line.block)


def issued_of(lines: list[Line], title: range, kind: str) -> PartialDate | None:
    """The document's own date: in its letterhead, in a date field, or with the place at its signatures."""
    if kind in _NEVER_DATED:
        return None
    for line in lines[: title.stop + 4]:
        text = line.text.strip()
        if len(text) > 90:
            continue
        dates = [found.value for found in find_dates(text) if found.value and found.value.day]
        if len(dates) == 1 and (len(text) < 30 or _ISSUE_FIELD.match(text) or _PLACE_DATE.match(text)):
            return dates[0]
    for line in reversed(lines[-60:] if kind in _DATED_AT_SIGNATURE else []):
        text = line.text.strip()
        if len(text) < 50 and _PLACE_DATE.match(text):
            dates = [found.value for found in find_dates(text) if found.value and found.value.day]
            if len(dates) == 1:
                return dates[0]
    if kind == "protokoll":
        for line in lines[:25]:
            if _TIME_FIELD.match(line.text):
                dates = [found.value for found in find_dates(line.text) if found.value and found.value.day]
                if len(dates) == 1:
                    return dates[0]
    return None


def year_of(
    lines: list[Line], title: str, kind: str, issued: PartialDate | None, known: list[PartialDate]
) -> int | None:
    """The year that a document is about.

    Reports and plans: the first year of their title, or "räkenskapsåret …". Minutes and notices: the meeting's year.
    ``known`` are the full dates of the file, from which the year of "torsdagen den 25 april" may follow.
    """
    if kind in _BY_TITLE:
        if match := _YEAR.search(title):
            return int(match[1])
        text = "\n".join(line.text for line in lines[:40])
        if match := _PERIOD_YEAR.search(text):
            return int(match[1])
        return None
    if kind in ("protokoll", "kallelse", "föredragningslista"):
        year = _meeting_year(lines, known)
        if year is None and (match := _YEAR.search(title)):
            return int(match[1])
        return year or (issued.year if issued else None)
    if kind in ("reglemente", "överenskommelse", "underskriftssida", "övrigt"):
        match = _YEAR.search(title)
        return int(match[1]) if match else issued.year if issued else None
    if issued:
        return issued.year
    match = _YEAR.search(title)
    return int(match[1]) if match else None


def _meeting_year(lines: list[Line], known: list[PartialDate]) -> int | None:
    for line in lines[:25]:
        if not _TIME_FIELD.match(line.text):
            continue
        for found in find_dates(line.text):
            if found.value:
                return found.value.year
            if year := concluded_year(found, known):
                return year
    return None


def concluded_year(found: DateMatch, known: list[PartialDate]) -> int | None:
    """The year of a day printed without one, from its weekday and the full dates around it; ``None`` if several fit.

    A date of the same day and month elsewhere in the file decides; else the one fitting year near the latest date.
    """
    same = {date.year for date in known if (date.month, date.day) == (found.month, found.day)}
    if not found.weekday:
        return next(iter(same)) if len(same) == 1 else None
    years = [date.year for date in known if date.day]
    if not years:
        return None
    fitting = year_of_weekday(found.weekday, found.month, found.day, range(min(years), max(years) + 2))
    agreed = [year for year in fitting if year in same]
    if len(agreed) == 1:
        return agreed[0]
    recent = [year for year in fitting if year >= max(years) - 1]
    return recent[0] if len(recent) == 1 else None
