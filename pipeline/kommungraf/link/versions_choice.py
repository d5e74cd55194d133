"""Which of several versions of a document is in force: a rank of each, in the order in which its parts decide.

First what the texts state (a revision over none, a draft below it, the higher number, the later date). Then the better
reading: what a scan has otherwise than the typed text is nearly always the recogniser's doing. Then the later date that
a file claims, for it is a claim. What is left is decided by content, so that every build decides alike.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kommungraf.dates import find_dates
from kommungraf.link.resolution import Json, literal_text
from kommungraf.link.versions_told import Told

_DRAFT = re.compile(r"(?i)utkast|förslag|koncept|arbetsmaterial|remissversion|preliminär|ojusterat")
_NUMBER = re.compile(r"(?i)(?:version|utgåva)\D{0,12}?(\d+(?:\.\d+)*)(?![\d-])")
_FIRST = (1,)
_GOOD_READING = 0.05  # scores of two recognised texts that are nearer than this say nothing


class Rank(NamedTuple):
    """What decides, the most telling first; compared part by part."""

    stage: int
    number: tuple[int, ...]
    revised: str
    issued: str
    reading: float
    claimed: str
    words: int
    digest: str


def rank(document: Told, file: Json) -> Rank:
    """The rank of a document. ``file`` is the node of its file, which holds the claims of its metadata."""
    edition = document.edition
    number = _NUMBER.search(edition)
    dates = [str(found.value) for found in find_dates(edition) if found.value]
    said = tuple(int(part) for part in number[1].split(".")) if number else ()
    stage = -1 if _DRAFT.search(edition) else int(bool(edition) and said not in (_FIRST, (1, 0)))
    return Rank(
        stage,
        said,
        max(dates, default=""),
        document.issued,
        _steps(document.recognition),
        max(literal_text(file.get(key)) for key in ("claimedModified", "claimedCreated")),
        document.sketch.words if document.recognised else 0,
        document.id,
    )


def _steps(recognition: float) -> float:
    return 1.0 if recognition == 1 else round(recognition / _GOOD_READING) * _GOOD_READING - 1


_REASONS = {
    "stage": "it says that it is {edition}, the other does not",
    "number": "it is the later by the number that it prints ({edition})",
    "revised": "it was revised later ({edition})",
    "issued": "it is dated later ({issued})",
    "reading": "its text is the file's own or was recognised more surely",
    "claimed": "its file claims the later date ({claimed})",
    "words": "more of its text was recognised",
    "digest": "nothing tells them apart, and its content is taken by a fixed rule",
}


def reason(chosen: Told, by: Rank, other: Told, than: Rank) -> str:
    """A clause that says why one version is in force and not the other."""
    name = next(name for name in Rank._fields if getattr(by, name) != getattr(than, name))
    if name == "stage" and than.stage < 0:
        return f"the other says that it is {other.edition}"
    return _REASONS[name].format(edition=f"“{chosen.edition}”", issued=chosen.issued, claimed=by.claimed)
