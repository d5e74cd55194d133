"""Running heads, feet and page numbers: lines that come back at the top or bottom of page after page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby

from kommungraf.model.source import Running, RunningKind, Span
from kommungraf.read.lines import Line

ZONE = 5  # lines from the edge of a page that may be running
_NUMBER = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:sid(?:a|an|nr)?\.?\s*)?[-–]?\s*(\d{1,4})\s*[-–]?(?:\s*(?:\(\d+\)|/\s*\d+|av\s+\d+))?$", re.IGNORECASE
)
# A number that counts pages looks like one that counts these, where each has a page of its own.
_COUNTED = re.compile(
    r"§|\b(?:bilaga|punkt|ärende|not|tabell|figur|kapitel|kap|nr|uppdrag|mål|område|fokusområde)\b", re.IGNORECASE
)


def find_running(lines: list[Line]) -> list[Running]:
    """The running lines of a paged text. Only an unbroken row of such lines from a page's edge is taken."""
    pages = [list(group) for _, group in groupby((line for line in lines if line.text), key=lambda line: line.page)]
    places: defaultdict[str, set[int]] = defaultdict(set)
    for page in pages:
        for edge in (page[:ZONE], page[::-1][:ZONE]):
            for line in edge:
                for key in _keys(line):
                    places[key].add(line.page)
    few = len(pages) <= 3
    found: dict[int, Running] = {}
    for page in pages:
        for kind, edge in (("header", page[:ZONE]), ("footer", page[::-1][:ZONE])):
            for line in edge:
                if not _returns(line, places, few) or line.start in found:
                    break
                found[line.start] = _running(line, kind)  # type: ignore[arg-type]
    return [found[start] for start in sorted(found)]


def _keys(line: Line) -> Iterator[str]:
    """What would be equal on another page: the text itself, or the text with its page number counted from this page."""
    text = " ".join(line.text.split())
    yield text
    if _COUNTED.search(text):
        return
    for match in _NUMBER.finditer(text):
        if len(match[0]) <= 4:
            yield f"{text[: match.start()]}\0{int(match[0]) - line.page}\0{text[match.end() :]}"


def _returns(line: Line, places: dict[str, set[int]], few: bool) -> bool:
    """Whether a line stands on pages near this one too: two more, or one more where its number counts the pages."""
    near = range(line.page - 4, line.page + 5)
    for key in _keys(line):
        count = sum(page in places[key] for page in near)
        if count >= (2 if few or "\0" in key else 3):
            return True
    return False


def _running(line: Line, kind: RunningKind) -> Running:
    start = line.start + len(line.text) - len(line.text.lstrip())
    text = line.text.strip()
    number = _PAGE_NUMBER.fullmatch(text)
    return Running(
        "page-number" if number else kind, line.page, Span(start, start + len(text)), number[1] if number else text
    )


def printed_labels(running: Iterable[Running]) -> dict[int, str]:
    """Page numbers as printed, by counted page."""
    return {line.page: line.text for line in running if line.kind == "page-number"}
