"""The static files of the package, held in memory: a request names one of them, or there is nothing."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
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
    return dict(_files(resources.files("kommungraf.web").joinpath("static"), ""))


def _files(folder: Traversable, before: str) -> list[tuple[str, StaticFile]]:
    found: list[tuple[str, StaticFile]] = []
    for entry in folder.iterdir():
        name = before + entry.name
        if entry.is_dir():
            found += _files(entry, f"{name}/")
        else:
            ending = name.rpartition(".")[2]
            body = entry.read_bytes()
            packed = gzip.compress(body, 9, mtime=0) if ending in _PACKED else b""
            found.append((name, StaticFile(_MEDIA[ending], body, packed, static_version(name))))
    return found
