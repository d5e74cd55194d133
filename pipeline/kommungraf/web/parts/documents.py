"""The documents' own files: found by their content only, never by a name that a request holds."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256 as digest
from pathlib import Path

from pyoxigraph import Literal

from kommungraf.errors import InputError
from kommungraf.graph.files import MANIFEST
from kommungraf.limits import MB
from kommungraf.read.inputs import Source, content, find
from kommungraf.web.site import NotFoundError, Site

LARGEST = 100 * MB
"""A larger file is not shown."""
_KEPT = 2
"""Files that are kept as they are read: whoever turns pages stays in one."""


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the graph: its content's SHA-256, its name there, its media type, its size in bytes, its content."""

    sha256: str
    name: str
    media_type: str
    data: bytes = field(repr=False)


def document(site: Site, sha256: str) -> Document:
    """The file with this content, if it is one of the graph and is still where files are looked for.

    Raises :class:`~kommungraf.web.site.NotFoundError` where documents are not shown, or there is none.
    """
    if not site.documents:
        raise NotFoundError("The documents' own files are not shown here.")
    file = next(iter(site.look.subjects("kg:sha256", Literal(sha256))), None)
    if file is None:
        raise NotFoundError(f"No document has the SHA-256 {sha256}.")
    size = int(site.look.value(file, "dcat:byteSize"))
    data = _kept(site).get(sha256, size) if size <= LARGEST else b""
    if not data:
        raise NotFoundError(f"The document with the SHA-256 {sha256} is not where documents are looked for.")
    return Document(sha256, site.look.name(file), site.look.value(file, "dcat:mediaType"), data)


class _Kept:
    """Contents as they are found, the last few of them kept."""

    def __init__(self, site: Site) -> None:
        self._places = _places(site)
        self.get = lru_cache(_KEPT)(self._read)

    def _read(self, sha256: str, size: int) -> bytes:
        """The content that has this SHA-256 and size; nothing where no file has it."""
        for source in self._places.get(sha256, []) + self._places.get(str(size), []):
            try:
                data = content(source) if source.length == size else b""
            except InputError:
                continue
            if digest(data).hexdigest() == sha256:
                return data
        return b""


def _kept(site: Site) -> _Kept:
    if "documents" not in site.memo:
        site.memo["documents"] = _Kept(site)
    kept: _Kept = site.memo["documents"]
    return kept


def _places(site: Site) -> dict[str, list[Source]]:
    """Where files may be: by their size, in the folders told, else by their SHA-256, where the build read them."""
    places: dict[str, list[Source]] = defaultdict(list)
    if site.looked_for_in:
        for source in find(path for path in site.looked_for_in if path.exists()).sources:
            places[str(source.length)].append(source)
    elif site.folder is not None:
        told = json.loads((site.folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        for key, file in told.items():
            places[file["sha256"]] += _where(key, file["size"])
    return dict(places)


def _where(key: str, size: int) -> list[Source]:
    """The source behind a key of the manifest: a file, or a member of an archive."""
    path = Path(key)
    if "!" not in key or path.exists():
        return [Source(key, path.name, path, size, 0, size)]
    outer = Path(key.partition("!")[0])
    return [source for source in _members(outer) if source.key == key]


@lru_cache(16)
def _members(archive: Path) -> tuple[Source, ...]:
    return tuple(find([archive]).sources) if archive.exists() else ()
