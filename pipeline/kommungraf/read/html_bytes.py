"""The bytes of a web page become a string; what browsers pack around a page is unpacked."""

from __future__ import annotations

import codecs
import re
from email import message_from_bytes
from email.message import Message

from kommungraf.errors import InputError, Issue
from kommungraf.read.decode import decode

# Scripts, styles and pictures written out as text have no words of the page; a script may be data that tells of it.
_NOISE = re.compile(
    rb"(?P<keep><style\b.*?(?:</style\s*>|\Z))|<!--.*?(?:-->|\Z)|<script\b(?![^>]*ld\+json)(?:[^>]*/>|.*?(?:</script\s*>|\Z))"
    rb"|data:[\w/+.;=-]{0,80},[A-Za-z0-9+/=%._~:@!$&*-]{200,}",
    re.IGNORECASE | re.DOTALL,
)
_META = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.IGNORECASE)
_DECLARED = re.compile(rb"\s*<\?xml\b[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{2,30})[\"']", re.IGNORECASE)
_SEARCHED = 4096  # bytes: browsers look for the charset in the first kilobyte, some generators write it later
# What pages name that is no text encoding of the web (utf-7, idna, rot13 ...) is not tried.
_ENCODINGS = re.compile(
    r"(?:iso-?8859-\d{1,2}|latin-?[1-9]|windows-125\d|cp125\d|macintosh|mac-?roman|us-ascii|ascii)$"
)
_LATIN = re.compile(r"iso-?8859-1$|latin-?1$|(?:us-)?ascii$")  # browsers read these as Windows-1252
_XHTML = re.compile(r"\s*(?:<\?xml\b[^>]*>\s*)?<!doctype\s+html\s[^>]*\bXHTML\b|\s*<\?xml\b", re.IGNORECASE)
_CLOSED = re.compile(r"<([a-z][\w:.-]*)((?:\s+[\w:.-]+(?:\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'))?)*)\s*/>", re.IGNORECASE)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())


def page_text(data: bytes, name: str) -> tuple[str, list[Issue]]:
    """The source of a web page: by its byte order mark, as UTF-8, by what it says, or else by a guess.

    Raises :class:`~kommungraf.errors.InputError` (``binary``, ``encoding``).
    """
    data = _NOISE.sub(rb"\g<keep>", data)
    if not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and not _is_utf8(data):
        said = _DECLARED.match(data) or _META.search(data, 0, _SEARCHED)
        data = _by_name(data, said[1].decode("ascii", "replace")) if said else data
    text, issues = decode(data, name, markup=True)
    text = text.removeprefix("\ufeff")
    return (_CLOSED.sub(_opened, text) if _XHTML.match(text) else text), issues


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _by_name(data: bytes, encoding: str) -> bytes:
    """The bytes as UTF-8, where they are in the encoding that the page names."""
    encoding = encoding.lower()
    if not _ENCODINGS.match(encoding):
        return data
    encoding = "cp1252" if _LATIN.match(encoding) else encoding
    try:
        return data.decode(encoding).encode("utf-8")
    except (UnicodeDecodeError, LookupError):
        return data


def _opened(match: re.Match[str]) -> str:
    """``<a id="p1"/>`` is empty in XHTML and would stay open in HTML."""
    if match[1].lower() in _VOID:
        return match[0]
    return f"<{match[1]}{match[2]}></{match[1]}>"


def unpacked(data: bytes, name: str) -> bytes:
    """The page in a web archive (MHTML: a mail message with the page and its pictures), as UTF-8 where that is told.

    Raises :class:`~kommungraf.errors.InputError` (``damaged``) where no page is in it.
    """
    try:
        message = message_from_bytes(data)
        page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    except RecursionError as error:
        raise InputError("damaged", f"{name} is a web archive with parts in parts without end.") from error
    content = page.get_payload(decode=True) if isinstance(page, Message) else None
    if page is None or not isinstance(content, bytes) or not content.strip():
        raise InputError("damaged", f"{name} is a web archive without a page in it.")
    charset = page.get_content_charset()
    return _by_name(content, charset) if charset and not _is_utf8(content) else content
