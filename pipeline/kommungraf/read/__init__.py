"""Stage 1: a file becomes a :class:`~kommungraf.model.source.Text`. Nothing is known here about protocols."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

from kommungraf.errors import InputError
from kommungraf.model.source import SourceFile, Text
from kommungraf.read.detect import DOC, DOCX, HTML, JPEG, MHTML, ODT, PDF, PNG, RTF, TEXT, TIFF, media_type
from kommungraf.text import visible

__all__ = ["READERS", "read", "read_bytes"]

READERS = {
    TEXT: "kommungraf.read.plain_file:read_text",
    PDF: "kommungraf.read.pdf:read_pdf",
    HTML: "kommungraf.read.html:read_html",
    MHTML: "kommungraf.read.html:read_web_archive",
    DOCX: "kommungraf.read.docx:read_docx",
    ODT: "kommungraf.read.odt:read_odt",
    DOC: "kommungraf.read.office_old:read_old",
    RTF: "kommungraf.read.office_old:read_old",
    PNG: "kommungraf.read.image:read_image",
    JPEG: "kommungraf.read.image:read_image",
    TIFF: "kommungraf.read.image:read_image",
}
"""Media type -> the function that reads it, imported when a file has it (libraries take a while to load).

A reader takes the bytes and the :class:`~kommungraf.model.source.SourceFile` and gives a ``Text``.
"""


def read(path: Path, name: str | None = None) -> Text:
    """Read one file; ``name`` is the name to show (default: the file's own).

    Raises :class:`~kommungraf.errors.InputError` with one sentence when the file cannot be read.
    """
    shown = name or path.name
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError("missing", f"{shown} does not exist.") from error
    except IsADirectoryError as error:
        raise InputError("folder", f"{shown} is a folder, not a file.") from error
    except PermissionError as error:
        raise InputError("access", f"{shown} may not be read: access denied.") from error
    except OSError as error:
        raise InputError("access", f"{shown} could not be read: {error.strerror or error}.") from error
    return read_bytes(data, shown)


def read_bytes(data: bytes, name: str) -> Text:
    """Read a file's content. What it is follows from the content, never from the name.

    Raises :class:`~kommungraf.errors.InputError` of kind ``empty``, ``unsupported``, ``binary`` or ``encoding``; for a
    PDF also ``encrypted``, ``damaged``, ``no-pages``, ``no-text`` or ``no-ocr``. What is read in spite of a fault
    (``truncated``, ``no-text`` on some pages, ``garbled``, a guessed ``encoding``, a ``damaged-page``) is told in
    ``Text.issues``.
    """
    kind = media_type(data, name)
    if kind not in READERS:
        raise InputError("unsupported", f"{name} is of the type {kind}, which is not read yet; save it as PDF or text.")
    module, _, function = READERS[kind].partition(":")
    text: Text = getattr(import_module(module), function)(data, SourceFile(digest(data), name, len(data), kind))
    text.metadata = {key: visible(value) for key, value in text.metadata.items()}
    return text


def digest(data: bytes) -> str:
    """The SHA-256 of a file's content, by which it is known."""
    return hashlib.sha256(data).hexdigest()
