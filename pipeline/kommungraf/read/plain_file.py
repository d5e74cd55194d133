"""Text files: their bytes decoded, the text read as it stands."""

from __future__ import annotations

from kommungraf.errors import InputError
from kommungraf.model.source import SourceFile, Text
from kommungraf.read.decode import decode
from kommungraf.read.plain import read_plain


def read_text(data: bytes, file: SourceFile) -> Text:
    """Read a text or Markdown file.

    Raises :class:`~kommungraf.errors.InputError`: ``empty``, ``binary``, ``encoding``.
    """
    stored, issues = decode(data, file.name)
    text = read_plain(stored, file)
    if not text.blocks:
        raise InputError("empty", f"{file.name} holds no text, only marks or white space.")
    text.issues[:0] = issues
    return text
