"""What a publisher says of a data set: its title, licence, and who answers for it (``[publish]`` of the settings)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from kommungraf.errors import UsageError

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"


@dataclass(frozen=True, slots=True)
class Publishing:
    """All are text. ``licence``, ``publisher`` and ``homepage`` are IRIs; what is empty is not said.

    The licence is that of the statements. Quotes are from the documents, whose own terms apply to them.
    """

    title: str = ""
    description: str = ""
    licence: str = CC0
    publisher: str = ""
    publisher_name: str = ""
    homepage: str = ""


def publishing(table: Any, where: str) -> Publishing:
    """The table ``[publish]``. Raises :class:`~kommungraf.errors.UsageError` for a setting that cannot be."""
    known = {one.name for one in fields(Publishing)}
    if not isinstance(table, Mapping) or (unknown := table.keys() - known):
        which = f"{sorted(unknown)[0]!r} is none" if isinstance(table, Mapping) else "it is a table"
        raise UsageError(f"{where}: [publish] knows {', '.join(sorted(known))}; {which}.")
    for name, value in table.items():
        if not isinstance(value, str):
            raise UsageError(f"{where}: publish.{name} is text, in quotation marks.")
        if name in ("licence", "publisher", "homepage") and not _is_iri(value):
            raise UsageError(f"{where}: publish.{name} is a whole IRI (https://…).")
    return Publishing(**table)


def _is_iri(value: str) -> bool:
    return value.startswith(("http://", "https://")) and not set(value) & set(' <>"{}|\\^`\n')
