"""What a file claims of itself in its metadata: kept beside it, never taken for what its text says.

Who is named as its author is not kept. The name is that of whoever had the program's licence or last wrote over an old
file, often of a person without a public role, and says nothing that the text does not say better.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kommungraf.dates import PartialDate
from kommungraf.text import squeeze

Json = dict[str, Any]

_TEXTS = {"title": "claimedTitle", "subject": "claimedSubject"}
_DATES = {"created": "claimedCreated", "modified": "claimedModified"}
_DAY = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?!\d))?)?(?![\d-])")
_EARLIEST = 1980  # clocks that were never set begin in 1970, 1904 or 1601
_LONGEST = 300
_IDENTITY_NUMBER = re.compile(r"(?<!\d)(?:19|20)?\d{6}[-+ ]?\d{4}(?!\d)")


def claims(metadata: Mapping[str, str]) -> Json:
    """The claims of a file under the keys of a record; dates at the precision that the file has."""
    found: Json = {}
    for name, key in _TEXTS.items():
        value = "".join(letter for letter in squeeze(metadata.get(name, "")) if letter.isprintable())
        if value and not _IDENTITY_NUMBER.search(value):
            found[key] = value[:_LONGEST]
    for name, key in _DATES.items():
        if (date := _date(metadata.get(name, ""))) is not None:
            found[key] = {"@value": str(date), "@type": date.datatype}
    return found


def _date(value: str) -> PartialDate | None:
    match = _DAY.match(value.strip())
    if match is None:
        return None
    year, month, day = (int(part or 0) for part in match.groups())
    try:
        return PartialDate(year, month, day) if year >= _EARLIEST else None
    except ValueError:
        return None  # a date that is none claims nothing
