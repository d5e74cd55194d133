"""What a file is, by its content: names lie (a PDF called ``.txt``, a page called ``.pdf``)."""

from __future__ import annotations

import io
import re
import zipfile

from kommungraf.errors import InputError
from kommungraf.read.unpack import MAGIC, member_bytes, opened
from kommungraf.text import visible

PDF = "application/pdf"
TEXT = "text/plain"
HTML = "text/html"
MHTML = "multipart/related"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
DOC = "application/msword"
RTF = "application/rtf"
PNG, JPEG, TIFF = "image/png", "image/jpeg", "image/tiff"
ZIP = "application/zip"

_READ = (
    (b"{\\rtf", RTF),
    (b"\x89PNG\r\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
)
# First bytes -> what a person calls it.
_NOT_READ = (
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"%!PS", "a PostScript document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD, _LOCKED = "WordDocument".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
_CONTENT_TYPES = "[Content_Types].xml"
_TYPES_READ = 1_000_000  # bytes: the list of parts of the largest document is shorter
# A file in the package -> what it makes of it: a media type that can be read, or what a person calls it.
_INSIDE = (
    ("word/document.xml", DOCX),
    ("xl/workbook.xml", "a spreadsheet"),
    ("ppt/presentation.xml", "a presentation"),
)
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
# A page that a browser saved as one file with its pictures is a mail message.
_MHTML = re.compile(rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type:\s*multipart/related\b", re.IGNORECASE)
_WIDE = (("utf-16-le", b"\xff\xfe"), ("utf-16-be", b"\xfe\xff"))
_XML = re.compile(rb"\s*<\?xml\b")


def media_type(data: bytes, name: str) -> str:
    """The media type of a file that can be read, or of a ZIP archive.

    Raises :class:`~kommungraf.errors.InputError`: ``empty``, ``unsupported`` for a known format that is not read.
    """
    if not data.strip(b"\x00\t\n\r\f \xef\xbb\xbf"):
        raise InputError("empty", f"{name} is empty: there is nothing to read in it.")
    head = data[:2048]
    if head.startswith(MAGIC):
        return _package(data, name)
    if b"%PDF-" in head[:1024] or (b"endobj" in data and b"endstream" in data):
        return PDF
    if head.startswith(_COMPOUND):
        return _compound(data, name)
    for magic, kind in _READ:
        if head.startswith(magic):
            return kind
    for magic, what in _NOT_READ:
        if head.startswith(magic):
            raise _unsupported(name, what)
    for encoding, mark in _WIDE:
        if head.startswith(mark):
            head = head.removeprefix(mark).decode(encoding, "replace").encode("utf-8")
    if _HTML.match(head):
        return HTML
    if _MHTML.match(head):
        return MHTML
    if _XML.match(head):
        raise _unsupported(name, "XML")
    return TEXT


def _package(data: bytes, name: str) -> str:
    with opened(io.BytesIO(data), name) as package:
        return package_type(package, name)


def package_type(package: zipfile.ZipFile, name: str) -> str:
    """Office documents and archives are all ZIP files; what is in them tells which.

    Raises :class:`~kommungraf.errors.InputError` of kind ``unsupported`` for a document that is not read.
    """
    members = set(package.namelist())
    kind = ""
    if "mimetype" in members:
        kind = member_bytes(package, package.getinfo("mimetype"), name, 100).decode("ascii", "replace")
    if kind in (ODT, f"{ODT}-template"):
        return ODT
    if kind.startswith("application/vnd.oasis.opendocument."):
        raise _unsupported(name, f"an OpenDocument {visible(kind.rpartition('.')[2])}")
    if kind.startswith("application/epub"):
        raise _unsupported(name, "a book (EPUB)")
    for member, what in _INSIDE:
        if member in members:
            if "/" not in what:
                raise _unsupported(name, what)
            return what
    if _CONTENT_TYPES in members:  # some programs give the main part another name
        types = member_bytes(package, package.getinfo(_CONTENT_TYPES), name, _TYPES_READ)
        if b"wordprocessingml" in types and b"main+xml" in types:
            return DOCX
    return ZIP


def _compound(data: bytes, name: str) -> str:
    """The container of Office before 2007: of Word where it holds Word's stream; newer ones lock their files in it."""
    if _WORD in data:
        return DOC
    if _LOCKED in data:
        raise InputError("encrypted", f"{name} is protected with a password; save it without one.")
    raise _unsupported(name, "an older Office document that is not Word's, or a protected one")


def _unsupported(name: str, what: str) -> InputError:
    return InputError("unsupported", f"{name} is {what}, which is not read; save it as PDF, Word, ODT, HTML or text.")
