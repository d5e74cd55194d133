"""Stage 1: a file becomes a :class:`~kommungraf.model.source.Text`. Nothing is known here about protocols."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kommungraf.errors import InputError
from kommungraf.model.source import SourceFile, Text
from kommungraf.read.detect import PDF, media_type

__all__ = ["read", "read_bytes"]


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
    """Read a file's content. What it is (text, Markdown, PDF) follows from the content, never from the name.

    Raises :class:`~kommungraf.errors.InputError` of kind ``empty``, ``unsupported``, ``binary`` or ``encoding``; for a
    PDF also ``encrypted``, ``damaged``, ``no-pages`` or ``no-text``. What is read in spite of a fault (``truncated``,
    ``no-text`` on some pages, ``garbled``, a guessed ``encoding``, a ``damaged-page``) is told in ``Text.issues``.
    """
    kind = media_type(data, name)
    file = SourceFile(hashlib.sha256(data).hexdigest(), name, len(data), kind)
    if kind == PDF:
        from kommungraf.read.pdf import read_pdf  # pypdfium2 takes a while to load

        return read_pdf(data, file)
    from kommungraf.read.decode import decode
    from kommungraf.read.plain import read_plain

    stored, issues = decode(data, name)
    text = read_plain(stored, file)
    if not text.blocks:
        raise InputError("empty", f"{name} holds no text, only marks or white space.")
    text.issues[:0] = issues
    return text
