"""Word documents of before 2007 and rich text: LibreOffice makes an OpenDocument text of them, and that is read."""

from __future__ import annotations

from kommungraf.errors import InputError
from kommungraf.model.source import SourceFile, Text
from kommungraf.read.detect import RTF
from kommungraf.read.odt import read_odt
from kommungraf.read.soffice import to_odt

_WORD_STREAM = b"\xec\xa5"  # how Word's own stream begins
_SECTOR = 512
_FLAGS = 11  # where in that stream the flags are of which one says that the text is encrypted
_ENCRYPTED = 0x01
_MOST_SECTORS = 20_000


def read_old(data: bytes, file: SourceFile) -> Text:
    """Read a Word document of before 2007 (DOC) or rich text (RTF).

    Raises :class:`~kommungraf.errors.InputError`: ``no-office`` where LibreOffice is not installed, ``encrypted``,
    ``damaged``, ``too-slow``, and what :func:`~kommungraf.read.odt.read_odt` raises.
    """
    if file.media_type == RTF:
        return read_odt(to_odt(data, file.name, "rtf", "Rich Text Format"), file)
    if is_encrypted(data):
        raise InputError("encrypted", f"{file.name} is protected with a password; save it without one.")
    return read_odt(to_odt(data, file.name, "doc", "MS Word 97"), file)


def is_encrypted(data: bytes) -> bool:
    """Whether a Word document of before 2007 has a password: its text is then unreadable, whatever opens it."""
    for start in range(_SECTOR, min(len(data), _SECTOR * _MOST_SECTORS), _SECTOR):
        if data.startswith(_WORD_STREAM, start):
            return bool(data[start + _FLAGS : start + _FLAGS + 1]) and bool(data[start + _FLAGS] & _ENCRYPTED)
    return False
