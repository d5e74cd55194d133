"""The ZIP package of an office document: its parts are read in memory, bounded, and their XML without any DTD.

The parser is Python's own over expat: no part of an office document may have a document type (OPC forbids it,
OpenDocument does not use it), so one that has is refused before it is parsed, and with it all entities. Nothing is
fetched or written.
"""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from kommungraf.errors import InputError
from kommungraf.limits import MB
from kommungraf.read.unpack import member_bytes, opened

MAX_PART = 150 * MB
"""Bytes of one part when unpacked; of all parts that are read, twice as many."""
MAX_TAGS = 6_000_000
"""Signs that open a tag, in one part: some 5,000 pages of text. Each element takes memory."""

_ENCODING = re.compile(rb"\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"']{1,40})[\"']")
_DECLARATION = re.compile(rb"\s*<\?xml[^>]{0,300}\?>")
_KNOWN = frozenset({b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"utf8"})


class Package:
    """The parts of a document by name. ``name`` is the file's, for messages.

    Raises :class:`~kommungraf.errors.InputError`: ``damaged``, ``encrypted``, ``archive``, ``too-large``, ``unsafe``.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._read = 0
        self._zip = opened(io.BytesIO(data), name)
        self.names = frozenset(self._zip.namelist())

    def part(self, name: str) -> bytes:
        """The bytes of a part."""
        if name not in self.names:
            raise self.damaged(f"{name} is missing")
        data = member_bytes(self._zip, self._zip.getinfo(name), self.name, MAX_PART + 1)
        self._read += len(data)
        if len(data) > MAX_PART or self._read > 2 * MAX_PART:
            raise InputError("too-large", f"{self.name} grows to more than {MAX_PART // MB} MB when unpacked.")
        return data

    def xml(self, name: str, renamed: tuple[tuple[bytes, bytes], ...] = ()) -> Element:
        """The root element of a part; ``renamed`` are namespaces to be taken for others."""
        data = _utf8(self.part(name))
        if data is None:
            raise self.damaged(f"{name} is in an encoding that office documents do not have")
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            message = f"{self.name} declares a document type or entities, which no office document does."
            raise InputError("unsafe", message)
        if data.count(b"<") > MAX_TAGS:
            raise InputError("too-large", f"{self.name} is larger than any document that can be read; split it.")
        for before, after in renamed:
            data = data.replace(before, after)
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError) as error:
            raise self.damaged(f"{name}: {error}") from error

    def damaged(self, why: str) -> InputError:
        """The error for a package that is broken somewhere."""
        why = " ".join(why.split()).rstrip(".")
        return InputError("damaged", f"{self.name} is damaged ({why}); open it in its program and save it again.")


def _utf8(data: bytes) -> bytes | None:
    """A part as UTF-8 without its declaration; ``None`` for an encoding that could hide what it says."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeDecodeError:
            return None
    elif (declared := _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))) and declared[1].lower() not in _KNOWN:
        return None
    data = data.removeprefix(b"\xef\xbb\xbf")
    declaration = _DECLARATION.match(data)
    return data[declaration.end() :] if declaration else data
