"""Versions that change exactly when results may: digests of the code and data that make them."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]
_SHARED = ("text.py", "dates.py", "errors.py", "wordlists.py", "model")
_LIBRARIES = ("pdfplumber", "pypdfium2", "selectolax", "spacy")
_IGNORED = ("__pycache__", ".pyc")


@cache
def extractor(model: str = "") -> str:
    """What makes records: the code and data of read, segment and extract, the libraries that read, the spaCy model."""
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    code = _digest("read", "segment", "extract", *_SHARED)
    return hashlib.sha256("\n".join([code, *libraries, model]).encode()).hexdigest()[:12]


@cache
def linker() -> str:
    """What makes the resolution of given records."""
    return _digest("link", *_SHARED)


@cache
def grapher() -> str:
    """What makes graphs of given records and a given resolution (the ontology folder has its own version)."""
    return _digest("graph/materialise.py", "graph/ontology.py", "model/iri.py")


def _digest(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        root = _PACKAGE / part
        files = [root] if root.is_file() else sorted(path for path in root.rglob("*") if path.is_file())
        for path in files:
            if not any(mark in str(path) for mark in _IGNORED):
                digest.update(path.relative_to(_PACKAGE).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
