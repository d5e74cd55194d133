"""Readers of PDF that are measured beside ours, each as a function of a file that gives its text and its tables.

A reader imports its library when it is asked for, so that each runs in a process that holds no other.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import NamedTuple

Table = list[list[str]]
Found = tuple[str, list[Table]]


class Reader(NamedTuple):
    """A reader: its name, the distribution or program that it needs, its text, and its tables where it has any."""

    name: str
    needs: str
    text: Callable[[str], str]
    both: Callable[[str], Found] | None = None

    @property
    def version(self) -> str:
        """Which version is installed; nothing where none is."""
        if self.needs == "pdftotext":
            path = shutil.which(self.needs)
            told = subprocess.run([path, "-v"], capture_output=True, text=True).stderr if path else ""
            return told.split("\n")[0].rpartition(" ")[2]
        try:
            return version(self.needs)
        except PackageNotFoundError:
            return ""


def _kommungraf(path: str) -> Found:
    from pathlib import Path

    from kommungraf.read import read

    text = read(Path(path))
    parts = [f"{block.marker} {text.of(block)}" for block in text.blocks]
    tables = [block for block in text.blocks if block.kind == "table"]
    return "\n".join(parts), [[[text.of(cell) for cell in row.cells] for row in table.rows] for table in tables]


def _pdfplumber(path: str) -> Found:
    import pdfplumber

    texts, tables = [], []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            texts.append(page.extract_text())
            tables += [[[cell or "" for cell in row] for row in table] for table in page.extract_tables()]
            page.close()  # or memory grows with every page
    return "\n".join(texts), tables


def _pdfplumber_text(path: str) -> str:
    import pdfplumber

    texts = []
    with pdfplumber.open(path) as document:
        for page in document.pages:
            texts.append(page.extract_text())
            page.close()
    return "\n".join(texts)


def _pdfminer(path: str) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(path)


def _pypdf(path: str) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def _pdftotext(path: str) -> str:
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def _pymupdf_text(path: str) -> str:
    import pymupdf

    with pymupdf.open(path) as document:
        return "\n".join(page.get_text() for page in document)


def _pymupdf(path: str) -> Found:
    import pymupdf

    texts, tables = [], []
    with pymupdf.open(path) as document:
        for page in document:
            texts.append(page.get_text())
            tables += [[[cell or "" for cell in row] for row in t.extract()] for t in page.find_tables().tables]
    return "\n".join(texts), tables


def _kreuzberg(path: str) -> Found:
    from kreuzberg import extract_file_sync

    result = extract_file_sync(path)
    return result.content, [table.cells for table in result.tables or []]


def _docling(path: str) -> Found:
    from docling.document_converter import DocumentConverter

    document = DocumentConverter().convert(path).document
    tables = [[[cell.text for cell in row] for row in table.data.grid] for table in document.tables]
    return document.export_to_text(), tables


READERS = {
    reader.name: reader
    for reader in (
        Reader("kommungraf", "kommungraf", lambda path: _kommungraf(path)[0], _kommungraf),
        Reader("pdfplumber", "pdfplumber", _pdfplumber_text, _pdfplumber),
        Reader("pdfminer.six", "pdfminer.six", _pdfminer),
        Reader("pypdf", "pypdf", _pypdf),
        Reader("pdftotext -layout", "pdftotext", _pdftotext),
        Reader("PyMuPDF", "pymupdf", _pymupdf_text, _pymupdf),
        Reader("kreuzberg", "kreuzberg", lambda path: _kreuzberg(path)[0], _kreuzberg),
        Reader("docling", "docling", lambda path: _docling(path)[0], _docling),
    )
}
