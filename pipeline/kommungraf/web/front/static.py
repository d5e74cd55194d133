"""The static files of the package, held in memory: a request names one of them, or there is nothing."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from importlib.resources.abc import Traversable

from kommungraf.web.templating import static_version

_MEDIA = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "txt": "text/plain; charset=utf-8",
}
_PACKED = {"css", "js", "svg", "txt"}


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file: as it is, in gzip where that helps, and a digest that changes when it does."""

    media_type: str
    body: bytes
    packed: bytes
    digest: str


def static_files() -> dict[str, StaticFile]:
    """All files, by the name that follows ``/static/``. A kind of file that has no media type here is an error."""
    folder = resources.files("kommungraf.web").joinpath("static")
    return {name[1:]: _file(name[1:], entry) for name, entry in _below(folder, "")}


def release() -> str:
    """A digest of all that pages are made by and with: what was kept of another release is not ours."""
    said = sha256()
    for package in ("kommungraf.web", "kommungraf.languages", "kommungraf.query"):
        for name, entry in sorted(_below(resources.files(package), "")):
            said.update(name.encode() + entry.read_bytes())
    return said.hexdigest()[:6]


def _below(folder: Traversable, before: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        name = f"{before}/{entry.name}"
        if entry.is_dir():
            yield from _below(entry, name) if entry.name != "__pycache__" else ()
        else:
            yield name, entry


def _file(name: str, entry: Traversable) -> StaticFile:
    ending = name.rpartition(".")[2]
    body = entry.read_bytes()
    packed = gzip.compress(body, 9, mtime=0) if ending in _PACKED else b""
    return StaticFile(_MEDIA[ending], body, packed, static_version(name))
