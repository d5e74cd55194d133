"""The same documents in many looks and formats, as real programs make them: test material, made when it is needed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from ctypes.util import find_library
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from corpus.make.looks.blocks import Document

Render = Callable[[Sequence[Document], Path], list[Path]]
_PANGO = ("library:pango-1.0", "apt-get install libpango-1.0-0 libpangoft2-1.0-0")
_SOFFICE = ("soffice", "apt-get install libreoffice-writer-nogui")
_CHROMIUM = ("chromium", "apt-get install chromium")


@dataclass(frozen=True)
class Look:
    """A look: what it is like, the function that makes it (``module:name``), and what it needs of the system, if any:
    a program, or a library (``library:name``), and the command that installs it."""

    name: str
    what: str
    function: str
    program: str = ""
    install: str = ""
    scan: bool = False
    whole: bool = True  # the files hold the whole documents
    slow: bool = False  # reading it starts a program for every file

    @property
    def sampled(self) -> bool:
        """Whether reading takes seconds a page or a file, so that a measurement takes a sample of the documents."""
        return self.scan or self.slow

    @property
    def missing(self) -> str:
        """The command that installs what the look needs and this machine lacks, or nothing."""
        if not self.program:
            return ""
        kind, _, name = self.program.rpartition(":")
        there = find_library(name) if kind == "library" else shutil.which(name)
        return "" if there else self.install

    def render(self, documents: Sequence[Document], to: Path) -> list[Path]:
        """Write the documents into a folder; the files, in the order of the documents (a ZIP is one file for all)."""
        to.mkdir(parents=True, exist_ok=True)
        module, _, name = self.function.partition(":")
        render: Render = getattr(import_module(f"corpus.make.looks.{module}"), name)
        return render(documents, to)


_ALL = (
    Look("writer", "LibreOffice's PDF: serif, ruled tables, bookmarks", "office:writer", *_SOFFICE),
    Look("browser", "Chromium's print: sans, zebra tables, names in two columns", "web:browser", *_CHROMIUM),
    Look(
        "book",
        "WeasyPrint: serif, justified, hyphens, heads of odd and even pages, names in 3 columns",
        "web:book",
        *_PANGO,
    ),
    Look("columns", "WeasyPrint: sans, prose in two columns", "web:columns", *_PANGO),
    Look("typst", "Typst: ligatures, contents page, horizontal lines, names in three columns", "typeset:typst"),
    Look("serif", "ReportLab: Times, ruled tables, running head", "reportlab_look:serif"),
    Look("sans", "ReportLab: Helvetica, unruled tables, names in two columns", "reportlab_look:sans"),
    Look("docx", "Word: labels and values in a table", "word:word"),
    Look("docx-tabs", "Word under review: labels and values by tabs, a comment, a tracked deletion", "word:word_tabs"),
    Look("odt", "OpenDocument", "office:odt", *_SOFFICE),
    Look("doc", "Word 97", "office:doc", *_SOFFICE, slow=True),
    Look("rtf", "Rich text", "office:rtf", *_SOFFICE, slow=True),
    Look("html", "a municipality's web page", "web:web_page"),
    Look("zip", "a ZIP of Word, HTML and PDF, one in another", "mixed:mixed"),
    Look("scan-300", "pages of LibreOffice's PDF scanned at 300 dpi", "scanned:scan_300", *_SOFFICE, scan=True),
    Look("scan-150", "pages of LibreOffice's PDF scanned at 150 dpi", "scanned:scan_150", *_SOFFICE, scan=True),
    Look("scan-sans", "pages of ReportLab's sans PDF scanned at 300 dpi", "scanned:scan_sans", scan=True),
    Look("tiff", "pages of LibreOffice's PDF scanned at 300 dpi, as TIFF", "scanned:tiff", *_SOFFICE, scan=True),
    Look("png", "the first page scanned at 300 dpi, as PNG", "scanned:png", *_SOFFICE, scan=True, whole=False),
)
LOOKS = {look.name: look for look in _ALL}
