"""Which generation of a graph is served, and how the next one is noticed."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from time import time

from kommungraf.errors import UsageError
from kommungraf.graph.files import MANIFEST, STORE, current

_ELSEWHERE = 60
"""Seconds for which a store elsewhere, which does not tell when it changes, counts as one generation."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a graph is had from, for as long as the server runs.

    ``out``: the output folder of a build. ``backend``: the address of a SPARQL endpoint that has the graph instead of
    the store in ``out`` (only texts are looked for there then); empty where there is none. ``base``: the base IRI.
    ``documents``: whether the documents' own files may be shown; ``looked_for_in``: where they are looked for.
    """

    out: Path
    base: str
    backend: str = ""
    documents: bool = False
    looked_for_in: tuple[Path, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Generation:
    """One state of a graph.

    ``name`` tells it from every other state, also of another folder or after a build from nothing: it is in ETags.
    ``folder`` is that of the generation, with its links resolved; ``None`` where the store is elsewhere only.
    """

    name: str
    source: Source
    folder: Path | None = None

    @property
    def store(self) -> Path | None:
        """The folder of the store."""
        return self.folder / STORE if self.folder else None


def newest(source: Source) -> Generation:
    """The generation that the folder points to now.

    Raises :class:`~kommungraf.errors.UsageError` when there is none, or a build is just replacing it.
    """
    folder = current(source.out)
    if source.backend:
        return Generation(_name(f"{source.backend} {folder} {time() // _ELSEWHERE}"), source, folder)
    if folder is None:
        where = source.out
        raise UsageError(f"There is no graph in {where}. Build one first: kommungraf build PATH --out {where}")
    try:
        state = (folder / MANIFEST).stat()
    except OSError as error:
        raise UsageError(f"{folder / MANIFEST} cannot be read ({error.strerror}). Build again.") from error
    told = _name(f"{folder.name} {state.st_mtime_ns} {state.st_size}")
    return Generation(f"{folder.name}-{told}", source, folder)


def _name(told: str) -> str:
    return sha256(told.encode()).hexdigest()[:8]
