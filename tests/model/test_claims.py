"""What is kept of a file's metadata: titles and dates as claims, no authors, nothing that cannot be one."""

from __future__ import annotations

import pytest

from kommungraf.model.claims import claims


@pytest.mark.parametrize(
    ("metadata", "kept", "why"),
    [
        ({}, {}, "no claims"),
        ({"title": " Protokoll \n KS "}, {"claimedTitle": "Protokoll KS"}, "on one line"),
        ({"author": "Ylva Provberg"}, {}, "whose program it was is nobody's business"),
        ({"created": "2024-03-20"}, {"claimedCreated": ("2024-03-20", "xsd:date")}, "a day"),
        ({"modified": "2024-03"}, {"claimedModified": ("2024-03", "xsd:gYearMonth")}, "no made-up day"),
        ({"created": "2024-03-20T10:11:12Z"}, {"claimedCreated": ("2024-03-20", "xsd:date")}, "the time says no more"),
        ({"created": "2024-02-30"}, {}, "no such day"),
        ({"created": "1970-01-01"}, {}, "a clock that was never set"),
        ({"created": "i går"}, {}, "no date"),
        ({"title": "Ansökan 19990101-1234"}, {}, "a personal identity number goes nowhere"),
        ({"title": "a\x1b[31mb\u202ec"}, {"claimedTitle": "a[31mbc"}, "nothing that steers a terminal"),
        ({"subject": "x" * 1000}, {"claimedSubject": "x" * 300}, "a subject, not a book"),
    ],
)
def test_claims(metadata: dict[str, str], kept: dict[str, str | tuple[str, str]], why: str) -> None:
    expected = {
        key: {"@value": value[0], "@type": value[1]} if isinstance(value, tuple) else value
        for key, value in kept.items()
    }
    assert claims(metadata) == expected, why
