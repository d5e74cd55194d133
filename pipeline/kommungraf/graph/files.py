"""Files of the output folder that can be had without opening the store."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

Json = dict[str, Any]

STORE = "store"
MANIFEST = "manifest.json"


def current(out: Path) -> Path | None:
    """The folder of the generation that ``out/store`` points to, if there is one."""
    link = out / STORE
    return link.resolve().parent if link.exists() else None


def read_manifest(out: Path) -> Json:
    """The manifest of the current generation; empty before the first build."""
    generation = current(out)
    path = generation / MANIFEST if generation else None
    if path is None or not path.exists():
        return {}
    try:
        manifest: Json = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:  # damaged: a build from nothing makes it anew
        return {}
    return manifest


def write_text(path: Path, text: str) -> None:
    """Write a file whole or not at all; line ends stay as they are."""
    with replacing(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        file.write(text)


def amend_manifest(out: Path, manifest: Json) -> None:
    """Replace the manifest of the current generation when its graph is the same (a file was only touched)."""
    generation = current(out)
    assert generation is not None
    write_text(generation / MANIFEST, json.dumps(manifest, ensure_ascii=False, sort_keys=True))


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path beside ``path`` to write to: it replaces ``path`` when the block ends well, and goes when it does not."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        yield beside
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
