"""Text files: their bytes decoded, the text read as it stands."""

from __future__ import annotations

from kommungraf import limits
from kommungraf.errors import InputError
from kommungraf.model.source import SourceFile, Text
from kommungraf.read.decode import decode
from kommungraf.read.plain import read_plain


def read_text(data: bytes, file: SourceFile) -> Text:
    """Read a text or Markdown file.

    Raises :class:`~kommungraf.errors.InputError`: ``empty``, ``binary``, ``encoding``, ``too-large``.
    """
    stored, issues = decode(data, file.name)
    if len(stored) > (most := limits.in_force().pages) * limits.PAGE:
        raise InputError("too-large", f"{file.name} is as long as more than {most} pages; split it.")
    text = read_plain(stored, file)
    if not text.blocks:
        raise InputError("empty", f"{file.name} holds no text, only marks or white space.")
    text.issues[:0] = issues
    return text
