"""Which of several versions of a document is in force: a rank of each, in the order in which its parts decide.

First what the texts state (a revision over none, a draft below it, the higher number, the later date). Then typed text
over recognised: what a scan has otherwise is nearly always the recogniser's doing. Then the later date that a file
claims, where every version has a claim that can be true. Then the file in which more was found: of one text in two
formats the better read tells more, and what lies with its papers is understood better than what lies alone. What is
left is decided by content, so that every build decides alike. Two bundles with the same papers are thus never mixed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
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
    found: int
    digest: str


def ranks(documents: Iterable[Told], files: Mapping[str, Json], found_in: Mapping[str, int]) -> dict[str, Rank]:
    """The ranks of versions of one document, by id. ``files``: by document, the node of its file; ``found_in``: by
    file, how many mentions and statements were found in it."""
    found = {one.id: _rank(one, files[one.id], found_in[one.file]) for one in documents}
    if all(one.claimed for one in found.values()):
        return found
    return {key: one._replace(claimed="") for key, one in found.items()}  # no claim is not an early one


def _rank(document: Told, file: Json, found: int) -> Rank:
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
        _claimed(document, file),
        found,
        document.id,
    )


def _claimed(document: Told, file: Json) -> str:
    """The latest date that the file claims; none when it is earlier than what the text says of itself."""
    claimed = max(literal_text(file.get(key)) for key in ("claimedModified", "claimedCreated"))
    own = document.met or document.issued or document.year
    return claimed if claimed[: len(own)] >= own[: len(claimed)] else ""


def _steps(recognition: float) -> float:
    return 1.0 if recognition == 1 else round(recognition / _GOOD_READING) * _GOOD_READING - 1


_REASONS = {
    "stage": "it says that it is {edition}, the other does not",
    "number": "it is the later by the number that it prints ({edition})",
    "revised": "it was revised later ({edition})",
    "issued": "it is dated later ({issued})",
    "reading": "its text is the file's own or was recognised more surely",
    "claimed": "its file claims the later date ({claimed})",
    "found": "more was found in its file",
    "digest": "nothing tells them apart, and its content is taken by a fixed rule",
}


def reason(chosen: Told, by: Rank, other: Told, than: Rank) -> str:
    """A clause that says why one version is in force and not the other."""
    name = next(name for name in Rank._fields if getattr(by, name) != getattr(than, name))
    if name == "stage" and than.stage < 0:
        return f"the other says that it is {other.edition}"
    return _REASONS[name].format(edition=f"“{chosen.edition}”", issued=chosen.issued, claimed=by.claimed)
