"""Running heads, feet and page numbers: lines that come back at the top or bottom of page after page."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from kommungraf.model.source import Running, RunningKind, Span
from kommungraf.read.lines import Line

ZONE = 5  # lines from the edge of a page that may be running
# Where a page number may stand in a line: at its end or beginning, after "Sida", before "(12)".
_NUMBER = re.compile(
    r"(?:(?<=sid )|(?<=sida )|(?<=sidan )|^)\d{1,4}\b|\b\d{1,4}(?=$|\s?\(\d+\)|/\d+|\sav\s\d)", re.IGNORECASE
)
_PAGE_NUMBER = re.compile(
    r"(?:sid(?:a|an|nr)?\.?\s*)?[-–]?\s*(\d{1,4})\s*[-–]?(?:\s*(?:\(\d+\)|/\s*\d+|av\s+\d+))?$", re.IGNORECASE
)
_PAGE_OF = re.compile(
    r"(?:^|\s)(?:sid(?:a|an|nr)?\.?:?\s*(\d{1,4})\b|(\d{1,4})\s?(?:\(\d+\)|/\d+|av\s\d+)(?=$|\s))", re.IGNORECASE
)
_PAGE_OF_ALL = re.compile(
    r"(?:(?:^|(?<=\s))sid(?:a|an|nr)?\.?:?\s*|^|(?<=\s))(\d{1,4})\s?(?:\(|/\s?|av\s)(\d{1,4})\)?(?=$|\s)", re.IGNORECASE
)
_PRINTED = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4},? \d{1,2}[:.]\d\d(?: ?[AP]M)?\s+\S")
_ADDRESS = re.compile(r"(?:https?|file)://\S+\s")
_HEADER: RunningKind = "header"
_FOOTER: RunningKind = "footer"
# A number that counts pages looks like one that counts these, where each has a page of its own.
_COUNTED = re.compile(
    r"(?:§|\b(?:bilaga|punkt|ärende|not|tabell|figur|kapitel|kap\.?|nr|uppdrag|mål|område|fokusområde))\s*$",
    re.IGNORECASE,
)


def find_running(lines: list[Line]) -> list[Running]:
    """The running lines of a paged text, in order."""
    pages = [list(group) for _, group in groupby((line for line in lines if line.text), key=lambda line: line.page)]
    kinds = running_lines([(page[:ZONE], page[-ZONE:]) for page in pages])
    return [_running(line, kinds[line.start]) for line in lines if line.start in kinds]


def running_lines(pages: list[tuple[list[Line], list[Line]]]) -> dict[int, RunningKind]:
    """Which of the lines at the top and bottom of each page run, by where they start.

    Only an unbroken row of such lines from a page's edge is taken.
    """
    places: defaultdict[str, set[int]] = defaultdict(set)
    for top, bottom in pages:
        for line in {*top, *bottom}:
            for key in _keys(line):
                places[key].add(line.page)
    few = len(pages) <= 3
    found: dict[int, RunningKind] = {}
    for top, bottom in pages:
        for kind, edge in (_HEADER, top), (_FOOTER, bottom[::-1]):
            for number, line in enumerate(edge):
                runs = _returns(line, places, few) or _counts(line, len(pages))
                if line.start in found or not (runs or (few and number and _is_repeated(line, places))):
                    break
                found[line.start] = "page-number" if _PAGE_NUMBER.fullmatch(line.text.strip()) else kind
    return found


def _counts(line: Line, pages: int) -> bool:
    """Whether a line is the number of its page, or tells it among all from the second page on: it runs, though alone.

    The first page of a short document often has another head than the one or two pages that follow. What a browser
    prints around a page, the time and the address, runs on a single page too.
    """
    text = line.text.strip()
    number = _PAGE_NUMBER.fullmatch(text)
    if _PRINTED.match(text) or (number and int(number[1]) == line.page):
        return True
    match = _PAGE_OF_ALL.search(text)
    alone = line.page > 1 or _ADDRESS.match(text)
    return match is not None and bool(alone) and (int(match[1]), int(match[2])) == (line.page, pages)


def _is_repeated(line: Line, places: dict[str, set[int]]) -> bool:
    """Whether a line next to a running one, after the first page, stood on the page before, at any height.

    Asked of a few pages only: in a bundle a letter's title is often that of the paper on the next page.
    """
    return line.page - 1 in places[_anywhere(line)]


def without_number(texts: Sequence[str], page: int, pages: int) -> int | None:
    """Which of the texts of a line in the upper margin is nothing but the number of the page: "Protokoll    1 (4)"."""
    for number, text in enumerate(texts):
        match = _PAGE_OF_ALL.fullmatch(text.strip())
        if match is None or len(texts) < 2:
            continue
        own, last = int(match[1]), int(match[2])
        if (own, last) == (page, pages) or (own <= last and "/" not in text):  # a bundle has documents of their own
            return number
    return None


def _keys(line: Line) -> Iterator[str]:
    """What would be equal on another page: the text itself, or the text with its page number counted from this page."""
    text = " ".join(line.text.split())
    yield f"{line.place} {_mirrored(text)}"
    yield _anywhere(line)
    for match in _NUMBER.finditer(text):
        if _COUNTED.search(text, 0, match.start()):
            continue
        if line.page > 1000 or not 1900 <= int(match[0]) <= 2100:  # a year
            numbered = f"{text[: match.start()]}\0{int(match[0]) - line.page}\0{text[match.end() :]}"
            yield f"{line.place} {_mirrored(numbered)}"


def _anywhere(line: Line) -> str:
    return " ".join(line.text.split())


def _mirrored(text: str) -> str:
    """A text as it is compared: what stands left on odd pages often stands right on even ones."""
    return " ".join(sorted(text.split()))


def _returns(line: Line, places: dict[str, set[int]], few: bool) -> bool:
    """Whether a line stands on pages near this one too: two more, or one more where its number counts the pages."""
    near = range(line.page - 4, line.page + 5)
    for key in _keys(line):
        if key == _anywhere(line):
            continue
        count = sum(page in places[key] for page in near)
        if count >= (2 if few or "\0" in key else 3):
            return True
    return False


def _running(line: Line, kind: RunningKind) -> Running:
    start = line.start + len(line.text) - len(line.text.lstrip())
    text = line.text.strip()
    return Running(kind, line.page, Span(start, start + len(text)), text)


def printed_labels(running: Iterable[Running]) -> dict[int, str]:
    """Page numbers as printed, by counted page: alone on a line, or ``3 (12)`` at the end of a running head or foot.

    A bare number beside other text is one where it counts the pages as the others do.
    """
    labels: dict[int, str] = {}
    bare: list[tuple[int, str]] = []
    for line in running:
        number = _PAGE_NUMBER.fullmatch(line.text) or _PAGE_OF.search(line.text)
        if number:
            labels.setdefault(line.page, next(group for group in number.groups() if group))
        else:
            bare += [(line.page, match[0]) for match in _NUMBER.finditer(line.text)]
    shifts = Counter(int(text) - page for page, text in [*labels.items(), *bare])
    if shifts:
        shift, count = shifts.most_common(1)[0]
        for page, text in bare if count > 1 else ():
            if int(text) - page == shift:
                labels.setdefault(page, text)
    return dict(sorted(labels.items()))
