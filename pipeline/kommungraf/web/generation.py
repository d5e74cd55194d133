"""Which generation of a graph is served, and how the next one is noticed."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from kommungraf.errors import UsageError
from kommungraf.graph.files import MANIFEST, STORE, current


@dataclass(frozen=True, slots=True)
class Source:
    """Where a graph is had from, for as long as the server runs.

    ``out``: the output folder of a build. ``backend``: the address of a SPARQL endpoint that has the graph instead of
    the store in ``out``; empty where there is none. ``base``: the base IRI. ``documents``: whether the documents' own
    files may be shown; ``looked_for_in``: the folders and archives that they are looked for in.
    """

    out: Path | None
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
    if source.out is None:
        return Generation(_name(source.backend.encode()), source)
    folder = current(source.out)
    if folder is None:
        where = source.out
        raise UsageError(f"There is no graph in {where}. Build one first: kommungraf build PATH --out {where}")
    try:
        state = (folder / MANIFEST).stat()
    except OSError as error:
        raise UsageError(f"{folder / MANIFEST} cannot be read ({error.strerror}). Build again.") from error
    told = f"{folder.name} {state.st_mtime_ns} {state.st_size} {source.backend}"
    return Generation(f"{folder.name}-{_name(told.encode())}", source, folder)


def _name(told: bytes) -> str:
    return sha256(told).hexdigest()[:8]
