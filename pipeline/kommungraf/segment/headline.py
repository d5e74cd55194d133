"""What a document says about itself: title, date of issue, the year it is about."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from kommungraf.dates import DateMatch, PartialDate, find_dates, year_of_weekday
from kommungraf.segment.kinds import authority_decides
from kommungraf.segment.labels import labels
from kommungraf.segment.lines import Line
from kommungraf.text import squeeze

_PAGE_AT_END = re.compile(r"\s\d{1,3} ?\(\d{1,3}\)$")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
_YEAR_LINE = re.compile(r"(?:19|20)\d\d(?: ?[-–] ?(?:19|20)?\d\d)?")
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
_DATED_AT_ADOPTION = {"reglemente", "strategi", "överenskommelse", "verksamhetsplan", "budget"}
_ADOPTED = re.compile(r"(?i)^(?:antagen|antaget|antagna|fastställd|fastställt|fastställda|beslutad|beslutat|godkänd)\b")
_OF_MEETINGS = {"protokoll", "kallelse", "föredragningslista"}
_NEVER_DATED = {"underskriftssida"}


def title_of(lines: list[Line], where: range) -> str:
    """The title as printed, on one line, without a colon at its end."""
    title = squeeze(" ".join(_PAGE_AT_END.sub("", squeeze(lines[index].text)) for index in where)).rstrip(": ")
    label = labels("header").find(lines[where.start]) if len(where) else None
    if label and label.inline:
        title = title.removeprefix(squeeze(label.text)).lstrip(": ")
    return title.removeprefix("Motion: ")


def issued_of(lines: list[Line], title: range, kind: str) -> PartialDate | None:
    """The document's own date: in its letterhead, in a date field, or with the place at its signatures."""
    if kind in _NEVER_DATED:
        return None
    if kind in _OF_MEETINGS and (day := _only_day(" ".join(line.text for line in lines[title.start : title.stop]))):
        return day  # "Protokoll från socialutskottets sammanträde 2011-10-12"
    for line in lines[: title.stop + 4]:
        for text in line.text.split("\t") if line.kind == "table" else [line.text.strip()]:
            day = _only_day(text) if len(text) <= 90 else None
            if day and (_is_little_more(text) or _ISSUE_FIELD.match(line.text) or _PLACE_DATE.match(text)):
                return day
    if kind in _DATED_AT_ADOPTION:
        for line in lines[: title.stop + 6]:
            if _ADOPTED.match(line.text) and len(line.text) < 120 and (day := _only_day(line.text)):
                return day
    for line in reversed(lines[-60:] if kind in _DATED_AT_SIGNATURE else []):
        text = line.text.strip()
        if len(text) < 50 and _PLACE_DATE.match(text) and (day := _only_day(text)):
            return day
    if kind == "protokoll":
        for line in lines[:25]:
            if _TIME_FIELD.match(line.text) and (day := _only_day(line.text)):
                return day
    return None


def _is_little_more(text: str) -> bool:
    """A line that is a date and at the most a word or two ("Kommunstyrelsen 2024-05-07"), not a short sentence."""
    return len(text) < 45 and len(text.split()) <= 5 and not text.endswith((".", "!", "?"))


def _only_day(text: str) -> PartialDate | None:
    """The one full date of a line; two dates are a period, not a date of issue."""
    dates = [found.value for found in find_dates(text) if found.value and found.value.day]
    return dates[0] if len(dates) == 1 else None


def year_of(lines: list[Line], where: range, kind: str, issued: PartialDate | None, clean: str) -> int | None:
    """The year that a document is about; ``None`` where it does not say so.

    Reports and plans: the first year of their title, or "räkenskapsåret …". Minutes and notices: the meeting's year.
    Letters and decisions: the year of their date. ``where`` are the lines of the title; ``clean`` is the whole file,
    whose full dates may tell the year of "torsdagen den 25 april".
    """
    title = " ".join(lines[index].text for index in where)
    titled = next((int(match[1]) for match in _YEAR.finditer(title)), None)
    if kind in _BY_TITLE:
        return titled or _period_year(lines, where)
    if kind in ("protokoll", "kallelse", "föredragningslista"):
        return _meeting_year(lines, clean) or titled or (issued.year if issued else None)
    if kind in ("reglemente", "överenskommelse", "underskriftssida", "övrigt"):
        return titled or (issued.year if issued else None)
    if issued:
        return issued.year
    if kind == "myndighetsbeslut":
        deciding = next((line.text for line in lines[:30] if authority_decides(line.text)), "")
        return next((found.value.year for found in find_dates(deciding) if found.value), None)
    return titled


def _period_year(lines: list[Line], where: range) -> int | None:
    """A year printed right below the title, or as the period that the first lines name."""
    below = next(
        (line.text for line in lines[where.stop : where.stop + 4] if _YEAR_LINE.fullmatch(line.text.strip())), ""
    )
    match = _YEAR.search(below) or _PERIOD_YEAR.search("\n".join(line.text for line in lines[:40]))
    return int(match[1]) if match else None


def _meeting_year(lines: list[Line], clean: str) -> int | None:
    for line in lines[:25]:
        if not _TIME_FIELD.match(line.text):
            continue
        for found in find_dates(line.text):
            if found.value:
                return found.value.year
            known = _full_dates(clean)
            mentioned = Counter(int(match[1]) for one in lines for match in _YEAR.finditer(one.text))
            if year := concluded_year(found, known, mentioned):
                return year
    return None


@lru_cache(maxsize=1)
def _full_dates(clean: str) -> list[PartialDate]:
    """All full dates of a file; a bundle may ask for each of its minutes."""
    return [date.value for date in find_dates(clean) if date.value and date.value.day]


def concluded_year(found: DateMatch, known: list[PartialDate], mentioned: Counter[int]) -> int | None:
    """The year of a day printed without one; ``None`` if several fit equally well.

    A full date of the same day and month elsewhere in the file decides. Else, of the years in which the day falls on
    the printed weekday, the one that the document mentions most, last year's mentions included: a meeting deals with
    the year that was and the year that is.
    """
    same = {date.year for date in known if (date.month, date.day) == (found.month, found.day)}
    if not found.weekday:
        return next(iter(same)) if len(same) == 1 else None
    if not mentioned:
        return None
    years = range(min(mentioned), max(mentioned) + 2)
    fitting = year_of_weekday(found.weekday, found.month, found.day, years)
    agreed = [year for year in fitting if year in same]
    if len(agreed) == 1:
        return agreed[0]
    ranked = sorted(((2 * mentioned[year] + mentioned[year - 1], year) for year in fitting), reverse=True)
    if not ranked or not ranked[0][0] or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]
