"""What a file is, by its content: names lie (a PDF called ``.txt``, a page called ``.pdf``)."""

from __future__ import annotations

import re

from kommungraf.errors import InputError

PDF = "application/pdf"
TEXT = "text/plain"

# First bytes -> (media type, what a person calls it).
_MAGIC = (
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"%!PS", "a PostScript document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
)
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(rb"\s*<\?xml\b")


def media_type(data: bytes, name: str) -> str:
    """The media type of a file that can be read: ``text/plain`` or ``application/pdf``.

    Raises :class:`~kommungraf.errors.InputError`: ``empty``, ``unsupported`` for a known format that is not read,
    ``binary`` for data that is no text.
    """
    if not data.strip(b"\x00\t\n\r\f \xef\xbb\xbf"):
        raise InputError("empty", f"{name} is empty: there is nothing to read in it.")
    head = data[:2048]
    if b"%PDF-" in head[:1024] or (b"endobj" in data and b"endstream" in data):
        return PDF
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise InputError(
                "unsupported",
                f"{name} is {what}; text, Markdown and PDF files can be read, so save it as one of these.",
            )
    if _HTML.match(head):
        raise InputError(
            "unsupported",
            f"{name} is a web page (HTML); text, Markdown and PDF files can be read, so save it as one of these.",
        )
    if _XML.match(head):
        raise InputError(
            "unsupported", f"{name} is XML; text, Markdown and PDF files can be read, so save it as one of these."
        )
    return TEXT
