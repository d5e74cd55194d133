"""Which version of itself a document says that it is: "Reviderad 2024-02-10", "Rättad version", "Utkast".

It stands on the first page as a line, a field or a part of the title. Governing documents number their versions and
say when they were last revised; minutes that were published with an error are published anew as corrected; drafts go
out before what is adopted.
"""

from __future__ import annotations

import re

from kommungraf.model.source import Span
from kommungraf.segment.lines import LONGEST_LABEL, Line

_LINES = 40  # a first page
_ADDED = r"(?:[\s,:]+(?:den\s+)?(?:\d{4}-\d\d-\d\d|\d{1,2}\s+[a-zåäö]{3,9}\.?\s+\d{4}|\d{1,2}/\d{1,2}[\s-]+\d{4}))?"
_SAID = re.compile(
    rf"""(?xi)
    (?<![\w-])(?:
      (?:senast\s+)?(?:reviderad|reviderat|rättad|rättat|korrigerad|korrigerat|uppdaterad|uppdaterat|rev\.|rev\b
        |omarbetad|omarbetat)(?:\s+(?:version|utgåva|upplaga|datum))?{_ADDED}(?![\w-])
    | revisionsdatum{_ADDED}
    | (?:ny|slutlig|slutgiltig|preliminär|justerad|rättad|ändrad)\s+version(?:\s+\d+(?:\.\d+)*)?{_ADDED}(?![\w-])
    | (?:dokument)?version(?:snummer|snr)?\.?[\s:]+\d+(?:\.\d+)*(?![\d-]){_ADDED}
    | utgåva\s+\d+(?:\.\d+)*(?![\d-]){_ADDED}
    | (?:utkast|arbetsmaterial|koncept|remissversion|ojusterat(?:\s+protokoll)?)(?![\w-])
    )"""
)
_OF_ANOTHER = re.compile(r"(?i)\b(?:förslag|till|av|om|ska|skall|beslutar?|föreslås|anta|antar|godkänna?|enligt)\b")
"""Words of a sentence or of a matter's title: "Förslag till reviderad budget" is about another document."""


def edition_of(lines: list[Line], title: range) -> Span | None:
    """Where a document says which version of itself it is: in its title, or as a line or field of its first page."""
    for line in lines[title.start : title.stop]:
        said = _SAID.search(line.text)
        if said is not None and not _OF_ANOTHER.search(line.text[: said.start()]):
            return Span(line.start + said.start(), line.start + said.end())
    for line in lines[:_LINES]:
        if (found := _field(line)) is not None:
            return found
    return None


def _field(line: Line) -> Span | None:
    start = 0
    for cell in line.text.split("\t"):
        said = _SAID.search(cell) if len(cell) <= LONGEST_LABEL else None
        if said is not None and _stands_alone(cell, said):
            return Span(line.start + start + said.start(), line.start + start + said.end())
        start += len(cell) + 1
    return None


def _stands_alone(cell: str, said: re.Match[str]) -> bool:
    """The cell holds little else: no sentence runs into it or out of it."""
    before, after = cell[: said.start()].strip(), cell[said.end() :].strip(" .)]")
    return not _OF_ANOTHER.search(before) and len(after.split()) <= 4 and not _OF_ANOTHER.search(after)
