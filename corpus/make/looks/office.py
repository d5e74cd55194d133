"""What LibreOffice makes of the DOCX: PDF, ODT, DOC and RTF."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from corpus.make.looks.blocks import Document
from corpus.make.looks.word import word, word_tabs

_FILTERS = {
    "pdf": 'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}',
    "odt": "odt",
    "doc": "doc:MS Word 97",
    "rtf": "rtf",
}


def writer(documents: Sequence[Document], to: Path) -> list[Path]:
    """PDF with bookmarks."""
    return _convert(word(documents, _folder(to)), "pdf", to)


def odt(documents: Sequence[Document], to: Path) -> list[Path]:
    """OpenDocument text, labels by tabs."""
    return _convert(word_tabs(documents, _folder(to)), "odt", to)


def doc(documents: Sequence[Document], to: Path) -> list[Path]:
    """Word 97."""
    return _convert(word(documents, _folder(to)), "doc", to)


def rtf(documents: Sequence[Document], to: Path) -> list[Path]:
    """Rich text, labels by tabs."""
    return _convert(word_tabs(documents, _folder(to)), "rtf", to)


def _folder(to: Path) -> Path:
    """A folder beside the target for the DOCX that is converted."""
    return Path(tempfile.mkdtemp(prefix="looks-", dir=to.parent))


def _convert(files: list[Path], ending: str, to: Path) -> list[Path]:
    """Convert all files in one run of LibreOffice, in a profile of its own."""
    folder = files[0].parent
    profile = folder / "profile"
    command = ["soffice", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", _FILTERS[ending]]
    subprocess.run([*command, "--outdir", str(to), *map(str, files)], check=True, capture_output=True, timeout=600)
    subprocess.run(["rm", "-rf", str(folder)], check=True)
    paths = [to / f"{file.stem}.{ending}" for file in files]
    missing = [path.name for path in paths if not path.exists()]
    if missing:
        raise RuntimeError(f"LibreOffice did not make {', '.join(missing)}")
    return paths
