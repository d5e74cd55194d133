"""Scanned looks: another look's PDF, as pictures."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.make.looks import office, reportlab_look
from corpus.make.looks.blocks import Document
from corpus.make.looks.scan import scan_pdf, scan_png, scan_tiff

_Render = Callable[[Sequence[Document], Path], list[Path]]


def scan_300(documents: Sequence[Document], to: Path) -> list[Path]:
    """LibreOffice's pages at 300 dpi."""
    return _scan(office.writer, documents, to, ".pdf", lambda source, target: scan_pdf(source, target, 300))


def scan_150(documents: Sequence[Document], to: Path) -> list[Path]:
    """LibreOffice's pages at 150 dpi."""
    return _scan(office.writer, documents, to, ".pdf", lambda source, target: scan_pdf(source, target, 150))


def scan_sans(documents: Sequence[Document], to: Path) -> list[Path]:
    """Sans pages with unruled tables and names in columns, at 300 dpi."""
    return _scan(reportlab_look.sans, documents, to, ".pdf", lambda source, target: scan_pdf(source, target, 300))


def tiff(documents: Sequence[Document], to: Path) -> list[Path]:
    """LibreOffice's pages at 300 dpi, as TIFF."""
    return _scan(office.writer, documents, to, ".tif", lambda source, target: scan_tiff(source, target, 300))


def png(documents: Sequence[Document], to: Path) -> list[Path]:
    """The first page of each, as PNG."""
    return _scan(office.writer, documents, to, ".png", lambda source, target: scan_png(source, target, 300))


def _scan(
    look: _Render, documents: Sequence[Document], to: Path, ending: str, scan: Callable[[Path, Path], Path]
) -> list[Path]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "pdf").mkdir()
        return [scan(source, to / f"{source.stem}{ending}") for source in look(documents, Path(folder) / "pdf")]
