"""A ZIP as people send them: files of several formats in folders, and another ZIP inside."""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from corpus.make.looks import reportlab_look, typeset, web, word
from corpus.make.looks.blocks import Document

_MADE = (2024, 1, 2, 8, 0, 0)
_LOOKS = (word.word, web.web_page, typeset.typst, reportlab_look.serif)


def mixed(documents: Sequence[Document], to: Path) -> list[Path]:
    """One ZIP for all documents, each in the next of four formats; every second format lies in a ZIP within."""
    target = to / "Handlingar.zip"
    with tempfile.TemporaryDirectory() as made, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as outer:
        inner_path = Path(made) / "Bilagor.zip"
        with zipfile.ZipFile(inner_path, "w", zipfile.ZIP_DEFLATED) as inner:
            for number, look in enumerate(_LOOKS):
                folder = Path(made) / str(number)
                folder.mkdir()
                for path in look(documents[number :: len(_LOOKS)], folder) if documents[number :: len(_LOOKS)] else []:
                    archive, place = (inner, "Bilagor") if number % 2 else (outer, "Möten/Protokoll och övrigt")
                    _add(archive, f"{place}/{path.name}", path)
        _add(outer, "Bilagor.zip", inner_path)
    return [target]


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> None:
    entry = zipfile.ZipInfo(name, _MADE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, path.read_bytes())
