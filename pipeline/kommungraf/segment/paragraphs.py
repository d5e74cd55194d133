"""The § lines of minutes: where items begin, their numbers and titles.

Printed as "§ 5", "Ks § 45", "§ 12/2023", "§ 46<tab>Dnr KS 2024/12", "§§ 12–13 Anmälningar", with the title on the same
line or below it, and other bodies' § and the diary number around it.
"""

from __future__ import annotations

import re

from kommungraf.model.parts import Role
from kommungraf.model.source import Span
from kommungraf.segment.items import DIARY, without_diary
from kommungraf.segment.labels import Label, labels
from kommungraf.segment.lines import Line, label_key
from kommungraf.segment.numbering import number_of, numbered

_BODY_NAMES = (
    r"[A-ZÅÄÖ][\wåäöÅÄÖ]{0,7}(?: [A-ZÅÄÖa-zåäö]{2,8})?|"
    r"[A-ZÅÄÖ][\wåäö-]+(?:fullmäktige|styrelsen|nämnden|utskottet|styrelsens arbetsutskott)"
)
_PARAGRAPH = re.compile(
    rf"^(?:(?:{_BODY_NAMES}),? )?(?:§§?|Paragraf|PARAGRAF) ?(?P<number>\d{{1,4}})(?: ?[-–] ?(?P<last>\d{{1,4}}))?"
    r"(?:[/:]\d{2,4})?[.:]?(?=\s|$|[–-])(?P<rest>.*)$",
    re.DOTALL,
)
_OLD_PARAGRAPH = re.compile(r"^(?P<number>\d{1,4}) ?§(?=\s|$)(?P<rest>.*)$", re.DOTALL)
_OTHER_BODY = re.compile(r"^[\s,–-]*(?:\(?(?:[A-ZÅÄÖ][\wåäö]{0,12} ){1,2}§ ?\d+[\w/]*\)?[\s,]*)+")
_CONTENTS_ROW = re.compile(r"(?:\.{3,}|…|\t| {2,})\s*\d{1,3}$")
_ORDINAL_ABOVE = re.compile(r"(?:ärende|punkt|ärende nr|nr) \d{1,3}")
_LONGEST_TITLE = 250
_ALSO_TITLES = frozenset({Role.RECUSAL, Role.RECIPIENTS, Role.RESERVATION, Role.ATTENDANCE, Role.APPEAL})
_GENERAL_TITLES = frozenset(
    {
        "information",
        "informationspunkt",
        "frågor",
        "fråga",
        "uppföljning",
        "ekonomi",
        "yttrande",
        "delegationsbeslut",
        "delegeringsbeslut",
        "ordförandebeslut",
    }
)


def item_starts(lines: list[Line]) -> list[int]:
    """The lines at which items begin: § lines whose numbers rise, the table of contents left out.

    Minutes that do not count in § have numbered headings ("1. Mötets öppnande").
    """
    matches = [(at, match) for at, line in enumerate(lines) if (match := _paragraph(line))]
    found = [(at, int(match["number"])) for at, match in matches]
    if len(found) > 1 and _is_extent(matches[0][1], found[1][1]):
        found = found[1:]
    found = found or [(at, int(match["number"])) for at, line in enumerate(lines) if (match := _old_paragraph(line))]
    if not found:
        return [at for at, _, _ in numbered(lines, headed=True)]
    listed = _listed(found, lines)
    starts: list[int] = []
    last = 0
    for at, number in found:
        if at in listed or (starts and not last < number <= last + 60):
            continue  # a lower number is another text's §, the same number is "§ 5 forts."
        starts.append(at - 1 if at and _ORDINAL_ABOVE.fullmatch(lines[at - 1].key) else at)
        last = number
    return [at - 1 if _has_diary_above(lines, at) else at for at in starts] if _above(lines, starts) else starts


def _is_extent(match: re.Match[str], following: int) -> bool:
    """Whether a § line tells what the minutes hold ("Regionstyrelsen §§ 201–221"): the next § is one of these."""
    return bool(match["last"]) and not match["rest"].strip() and int(match["number"]) <= following <= int(match["last"])


def _above(lines: list[Line], starts: list[int]) -> bool:
    """Whether these minutes print the diary number above the § ("KS/2024:12", "§ 45"), not below it or beside it."""
    above = sum(_has_diary_above(lines, at) for at in starts)
    below = sum(any(DIARY.match(line.text.strip()) for line in lines[at + 1 : at + 3]) for at in starts)
    return above > below


def _has_diary_above(lines: list[Line], at: int) -> bool:
    return at > 0 and len(lines[at - 1].text) < 40 and bool(DIARY.match(lines[at - 1].text.strip()))


def item_title(lines: list[Line], start: int, end: int) -> tuple[int, Span | None, int]:
    """An item's number, the place of its title, and the first line after its title."""
    for at in range(start, min(start + 2, end)):
        if match := _paragraph(lines[at]) or _old_paragraph(lines[at]):
            break
    else:
        numbered_as, begin = number_of(lines[start])
        title = Span(lines[start].start + begin, lines[start].end)
        return numbered_as or 0, title if title.start < title.end else None, start + 1
    number = int(match["number"])
    rest = _bare(match["rest"])
    if rest:
        begin = lines[at].start + lines[at].text.index(
            rest, lines[at].text.index(match["number"]) + len(match["number"])
        )
        return number, Span(begin, begin + len(rest)), at + 1
    return number, *_title_below(lines, at + 1, end)


def _bare(rest: str) -> str:
    """What stands after the § on its line without other bodies' §, diary number and separators."""
    if other := _OTHER_BODY.match(rest):
        rest = rest[other.end() :]
    rest = without_diary(rest)
    return "" if DIARY.match(rest.strip()) else rest.strip(" \t:.–-,")


def _title_below(lines: list[Line], start: int, end: int) -> tuple[Span | None, int]:
    """A title on one of the lines below the §: the first that is no diary number, unless it is a label or prose."""
    known = labels("item")
    for at in range(start, min(start + 4, end)):
        line = lines[at]
        text = line.text.strip()
        if DIARY.match(text):
            continue
        label = known.find(line)
        if (label and not _may_be_title(label, at - start)) or (
            not line.headed and (len(text) > 150 or text.endswith("."))
        ):
            break
        if length := len(without_diary(line.text).rstrip()):
            return Span(line.start, line.start + length), at + 1
    return None, start


def _may_be_title(label: Label, below: int) -> bool:
    """Right below its § "Jävsanmälan" or "Information" is what the item is called, not a part of it."""
    if label.inline or below:
        return False
    return label.role in _ALSO_TITLES or label_key(label.text) in _GENERAL_TITLES


def _paragraph(line: Line) -> re.Match[str] | None:
    if line.kind == "item" or len(line.text) > _LONGEST_TITLE:
        return None
    if "§" not in line.text[:40] and not line.text[:9].lower().startswith("paragraf"):
        return None
    match = _PARAGRAPH.match(line.text.strip())
    if match is None:
        return None
    rest = match["rest"].strip()
    prose = rest and (rest[:1].islower() or rest.endswith((".", ",", ";")))
    if prose and line.kind != "heading" and not line.bold:
        return None  # "§ 18 ändras meningen …" is prose about a law or a statute
    return match


def _old_paragraph(line: Line) -> re.Match[str] | None:
    """As older minutes count ("45 § Bokslut"); so do statutes, therefore it only counts where no "§ 45" stands."""
    if line.kind == "item" or "§" not in line.text[:8] or len(line.text) > _LONGEST_TITLE:
        return None
    match = _OLD_PARAGRAPH.match(line.text.strip())
    return match if match and not match["rest"].strip().endswith((".", ",")) else None


def _listed(found: list[tuple[int, int]], lines: list[Line]) -> set[int]:
    """§ lines of a table of contents: they end in a page number, or the same numbers come again with text."""
    rows = {at for at, _ in found if _CONTENTS_ROW.search(lines[at].text)}
    places: dict[int, list[int]] = {}
    for at, number in found:
        places.setdefault(number, []).append(at)
    starts = {at for at, _ in found}
    for same in places.values():
        for at in same[:-1]:
            if starts & {at - 1, at + 1, at + 2} or at - 1 in rows:
                rows.add(at)
    return rows if len(rows) < len(found) else set()
