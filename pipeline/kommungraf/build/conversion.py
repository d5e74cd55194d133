"""Documents in old formats, which another program converts: which of them to read again once it is there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kommungraf.read import soffice

Json = dict[str, Any]


def waits_for_office(issues: Iterable[Json]) -> bool:
    """Whether a file was left out for want of LibreOffice, which is there now."""
    return any(issue["kind"] == soffice.NO_OFFICE for issue in issues) and soffice.program() is not None
